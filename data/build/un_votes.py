"""un_votes: every recorded vote of ten countries in the UN General Assembly, one row a roll call."""

from pathlib import Path

import pandas as pd
from common import COUNTRIES, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("un_votes",)

VOETEN = "history/unga_roll_calls_10_countries_1946_2019.csv"
UNDL = "history/unga_roll_calls_10_countries_2020_2021.csv"
COUNTS = "history/unga_vote_counts_15_countries_1946_2025.csv"
ISSUES = {
    "palestine": "me",
    "nuclear": "nu",
    "arms_control": "di",
    "human_rights": "hr",
    "colonialism": "co",
    "development": "ec",
}
COLUMNS = [
    "call_id",
    "year",
    "month",
    "session",
    "resolution",
    "title",
    "vote_kind",
    *ISSUES,
    *COUNTRIES,
    "source",
]

# Errors of the 1946-2019 file that were found by comparing it with other sources; V and the source's own number.
RESOLUTIONS = {"V1227": "26/2793"}
TITLES = {
    "V3858": "PALESTINE, SELF-DETERMINATION",
    "V2263": "DISARMAMENT, DÉTENTE",
    "V4604": "Situation of human rights in the Democratic People's Re…",
    "V5137": "INTERNATIONAL TRADE",
}
# The vote of January 2020 is in both files: the later file, which holds the rest of that year, keeps it.
IN_BOTH = "V9079"
ROWS = 6388


def fetch() -> dict[str, pd.DataFrame]:
    """The two roll-call files as text."""
    return {"voeten": read_raw(VOETEN), "undl": read_raw(UNDL)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One table in the order of the votes: year, month, then the order of the source."""
    table = pd.concat([_voeten(files["voeten"]), _undl(files["undl"])], ignore_index=True)
    table = table.sort_values(["year", "month"], kind="stable", na_position="last", ignore_index=True)
    return {"un_votes": table[COLUMNS]}


def _voeten(calls: pd.DataFrame) -> pd.DataFrame:
    calls = calls.assign(call_id="V" + calls.rcid, number=calls.rcid.astype(int)).sort_values("number")
    calls = calls[calls.call_id != IN_BOTH]
    tags = calls.issues.fillna("").str.split("|")
    title = calls.short_title.str.replace(
        r"\s*:\s*(r|re|res\w*|resolution\b.*)?$", "", regex=True
    ).str.strip()
    cut = calls.short_title.str.len().eq(60) & title.eq(calls.short_title.str.strip())
    return calls.assign(
        year=calls.date.str[:4].astype(int),
        month=calls.date.str[5:7].astype("Int64"),
        session=calls.session.astype(int),
        resolution=_symbol(calls.unres).mask(calls.call_id.isin(RESOLUTIONS), calls.call_id.map(RESOLUTIONS)),
        title=title.where(~cut, title + "…").mask(calls.call_id.isin(TITLES), calls.call_id.map(TITLES)),
        vote_kind=calls.para.eq("1")
        .map({True: "paragraph", False: "final"})
        .mask(calls.amend.eq("1"), "amendment"),
        source="voeten",
        **{
            name: pd.array([code in found for found in tags], dtype="boolean")
            for name, code in ISSUES.items()
        },
    )


def _undl(calls: pd.DataFrame) -> pd.DataFrame:
    symbol = _symbol(calls.resolution)
    return calls.assign(
        call_id="U" + symbol,
        year=calls.year.astype(int),
        month=pd.array([pd.NA] * len(calls), dtype="Int64"),
        session=symbol.str.extract(r"^(\d+)/", expand=False).astype(int),
        resolution=symbol,
        title=None,
        vote_kind="final",
        source="undl",
        **{name: pd.array([pd.NA] * len(calls), dtype="boolean") for name in ISSUES},
    )


def _symbol(text: pd.Series) -> pd.Series:
    """A/RES/68/262 and R/68/262 become 68/262; ESS/5/70 becomes ES-5/70 (emergency special session), SS S-."""
    return (
        text.str.replace(r"^(A/RES/|R/)", "", regex=True)
        .str.replace(r"^ESS/", "ES-", regex=True)
        .str.replace(r"^SS/", "S-", regex=True)
    )


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject implausible roll calls, then compare the counts of votes with the UN Digital Library."""
    file, table = "un_votes", tables["un_votes"]
    if len(table) < ROWS:
        reject(
            file,
            "rows",
            f"{len(table)} roll calls, at least {ROWS} expected: an edition adds calls, it loses none",
        )
    reject_duplicates(file, table, ["call_id"])
    reject_rows(file, table, ~table.year.between(1946, 2021), "year outside 1946 to 2021")
    reject_rows(file, table, table.year.eq(1964), "a vote in 1964, when the Assembly held none")
    # No slack: months of the first source were checked, and the second source gives none.
    reject_rows(file, table, ~table.month.between(1, 12) & table.source.eq("voeten"), "month outside 1 to 12")
    # A session opens in September of its year and its last votes fall in the next one or, in early years, the second.
    reject_rows(
        file, table, ~(table.year - table.session).between(1944, 1946), "session does not fit the year"
    )
    reject_rows(file, table, ~table.vote_kind.isin(["final", "paragraph", "amendment"]), "unknown vote_kind")
    reject_rows(file, table, ~table.source.isin(["voeten", "undl"]), "unknown source")
    for country in COUNTRIES:
        odd = table[country].notna() & ~table[country].isin(["Y", "A", "N"])
        reject_rows(file, table[["call_id", country]], odd, "a vote other than Y, A, N or empty")
    reject_rows(file, table, table[COUNTRIES].isna().all(axis=1), "no vote of any country")
    reject_rows(
        file, table, table.year.lt(1971) & table.CHN.notna(), "a vote of CHN before its seat changed in 1971"
    )
    reject_rows(file, table, table.year.lt(1947) & table.PAK.notna(), "a vote of PAK before it was a member")
    for name in ISSUES:
        reject_rows(
            file,
            table,
            table[name].isna() != table.source.eq("undl"),
            f"{name} filled where it has no source",
        )
    _compare_counts(table)


def _compare_counts(table: pd.DataFrame) -> None:
    """Final votes with yes, abstain, no against the tabulation of the UN Digital Library, year by year.

    That tabulation holds adopted resolutions only, and its 2018 and 2019 are fuller than ours. So the counts
    differ, but the share of yes among the votes of a country should not, from 1975 on, when nearly all final votes
    are on adopted texts (before, rejected drafts weigh). Found: 6.8 points at most, 0.7 on average; allowed: 8 and 2.
    """
    theirs = (
        read_raw(COUNTS)
        .rename(columns={"iso3c": "country"})
        .astype({"year": int, "yes": int, "total_cast": int})
    )
    ours = table[table.vote_kind.eq("final")].melt(["year"], COUNTRIES, "country", "vote").dropna()
    ours = (
        ours.groupby(["country", "year"])
        .vote.agg(lambda votes: 100 * votes.eq("Y").mean())
        .rename("ours_pct")
    )
    both = theirs.merge(ours.reset_index(), on=["country", "year"]).query("year >= 1975")
    both["gap"] = (100 * both.yes / both.total_cast - both.ours_pct).abs().round(1)
    reject_rows("un_votes", both, both.gap > 8, "share of yes is not that of the UN Digital Library")
    if both.gap.mean() > 2:
        reject(
            "un_votes", "share of yes", f"{both.gap.mean():.1f} points from the UN Digital Library on average"
        )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store un_votes.csv."""
    write_csv(tables["un_votes"], folder, "un_votes")
