"""un_agreement and un_agreement_by_issue: how alike two countries vote, computed from the table un_votes.

Votes are placed on a line, yes 1, abstain 2, no 3. Only calls in which both countries voted count.
"""

from itertools import combinations
from pathlib import Path

import pandas as pd
from common import (
    COUNTRIES,
    ordered_pair,
    read_raw,
    reject,
    reject_duplicates,
    reject_rows,
    stored,
    write_csv,
)

TABLES = ("un_agreement", "un_agreement_by_issue")
AFTER = ("un_votes",)

PLACES = {"Y": 1, "A": 2, "N": 3}
PAIRS = [ordered_pair(one, other) for one, other in combinations(sorted(COUNTRIES), 2)]
ISSUES = ["palestine", "nuclear", "arms_control", "human_rights", "colonialism", "development"]
LAST_YEAR_OF_ALL = 2019
BY_YEAR = ["year", "country_a", "country_b", "scope"]
BY_ISSUE = ["decade", "issue", "country_a", "country_b", "scope"]
ROWS = {"un_agreement": 6212, "un_agreement_by_issue": 5256}

INDEPENDENT = {
    "all": "history/unga_agreement_pairs_by_year.csv",
    "final": "history/unga_agreement_pairs_final_votes_1946_2021.csv",
    "issue": "history/unga_agreement_pairs_by_issue_decade.csv",
}
STATE = "history/us_state_voting_coincidence_2018_2023.csv"


def fetch() -> dict[str, pd.DataFrame]:
    """The roll calls of the table un_votes."""
    return {"calls": pd.read_csv(stored("un_votes"), dtype={name: "boolean" for name in ISSUES})}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Shares by year, and by decade and issue, for final votes and for all."""
    calls = files["calls"]
    calls[COUNTRIES] = calls[COUNTRIES].replace(PLACES).astype(float)
    scopes = pd.concat(
        [
            calls[calls.vote_kind == "final"].assign(scope="final"),
            calls[calls.year <= LAST_YEAR_OF_ALL].assign(scope="all"),
        ]
    )
    by_year = agreement(scopes, ["year", "scope"])

    coded = scopes[scopes.source == "voeten"].assign(decade=lambda rows: rows.year // 10 * 10)
    parts = [coded.assign(issue="all"), coded[~coded[ISSUES].any(axis=1)].assign(issue="none")]
    parts += [coded[coded[name]].assign(issue=name) for name in ISSUES]
    by_issue = agreement(pd.concat(parts), ["decade", "issue", "scope"])
    by_issue = by_issue.drop(columns=["share_half_pct", "calls_decided", "share_alike_decided_pct"])
    return {
        "un_agreement": by_year[[*BY_YEAR, *by_year.columns.drop(BY_YEAR)]],
        "un_agreement_by_issue": by_issue[[*BY_ISSUE, *by_issue.columns.drop(BY_ISSUE)]],
    }


def agreement(calls: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """One row for each group of `by` and pair with a common call; shares in percent, two decimals."""
    found = []
    for a, b in PAIRS:
        both = calls[[*by, a, b]].dropna(subset=[a, b])
        gap, decided = (both[a] - both[b]).abs(), both[a].ne(2) & both[b].ne(2)
        measures = {"calls": 1, "alike": gap.eq(0), "half": 1 - gap / 2, "opposed": gap.eq(2), "decided": decided,
                    "alike_decided": gap.eq(0) & decided}  # fmt: skip
        found.append(both[by].assign(country_a=a, country_b=b, **measures))
    sums = pd.concat(found).groupby([*by, "country_a", "country_b"]).sum().reset_index()

    def pct(part: str, whole: str) -> pd.Series:
        return (100 * sums[part].astype(float) / sums[whole].where(sums[whole] > 0).astype(float)).round(2)

    return sums[[*by, "country_a", "country_b", "calls"]].assign(
        share_alike_pct=pct("alike", "calls"),
        share_half_pct=pct("half", "calls"),
        share_opposed_pct=pct("opposed", "calls"),
        calls_decided=sums.decided,
        share_alike_decided_pct=pct("alike_decided", "decided"),
    )


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible shares and counts, then compare with agreement tables that were computed by other code."""
    for file, key in (("un_agreement", BY_YEAR), ("un_agreement_by_issue", BY_ISSUE)):
        table = tables[file]
        if len(table) < ROWS[file]:
            reject(
                file,
                "rows",
                f"{len(table)} rows, at least {ROWS[file]} expected: no pair or year may be lost",
            )
        reject_duplicates(file, table, key)
        pairs = pd.Series(list(zip(table.country_a, table.country_b)), index=table.index)
        reject_rows(
            file, table[key], ~pairs.isin(PAIRS), "not a pair of the ten countries in the order of the course"
        )
        reject_rows(file, table, ~table.scope.isin(["final", "all"]), "unknown scope")
        reject_rows(file, table, table.calls < 1, "no call: a pair that never voted together has no row")
        for share in [name for name in table if name.startswith("share_")]:
            known = table[share].notna() if share == "share_alike_decided_pct" else True
            reject_rows(file, table, ~table[share].between(0, 100) & known, f"{share} outside 0 to 100")
        # Two shares rounded to two decimals may pass 100 by half a unit each.
        reject_rows(
            file,
            table,
            table.share_alike_pct + table.share_opposed_pct > 100.01,
            "alike and opposed over 100",
        )
    yearly, by_issue = tables["un_agreement"], tables["un_agreement_by_issue"]
    reject_rows("un_agreement", yearly, ~yearly.year.between(1946, 2021), "year outside 1946 to 2021")
    reject_rows(
        "un_agreement",
        yearly,
        yearly.scope.eq("all") & yearly.year.gt(LAST_YEAR_OF_ALL),
        "scope all goes on after the source that has paragraph votes",
    )
    reject_rows("un_agreement", yearly, yearly.calls_decided > yearly.calls, "more decided calls than calls")
    reject_rows(
        "un_agreement_by_issue", by_issue, ~by_issue.issue.isin(["all", "none", *ISSUES]), "unknown issue"
    )
    reject_rows(
        "un_agreement_by_issue", by_issue, ~by_issue.decade.isin(range(1940, 2020, 10)), "unknown decade"
    )
    for scope in ("all", "final"):
        theirs = read_raw(INDEPENDENT[scope])
        if scope == "all":  # that table ends with the single call of January 2020
            theirs = theirs[theirs.year.astype(int) <= LAST_YEAR_OF_ALL]
        _same("un_agreement", yearly[yearly.scope == scope], theirs, ["year"])
    codes = {
        "me": "palestine",
        "nu": "nuclear",
        "di": "arms_control",
        "hr": "human_rights",
        "co": "colonialism",
        "ec": "development",
    }
    theirs = read_raw(INDEPENDENT["issue"]).replace({"issue": codes})
    _same("un_agreement_by_issue", by_issue[by_issue.scope == "all"], theirs, ["decade", "issue"])
    _compare_decades(yearly, by_issue)
    _compare_state(yearly)


def _same(file: str, ours: pd.DataFrame, theirs: pd.DataFrame, by: list[str]) -> None:
    """Reject unless both have the same rows and calls, and shares within 0.011 points.

    Both are the same quantity rounded to two decimals of a percent, so only the last digit may differ.
    """
    pairs = [ordered_pair(a, b) for a, b in zip(theirs.a, theirs.b)]
    theirs = theirs.assign(country_a=[a for a, _ in pairs], country_b=[b for _, b in pairs]).astype(
        {by[0]: int}
    )
    both = ours.merge(theirs, on=[*by, "country_a", "country_b"], how="outer", indicator="where_found")
    keys = [*by, "country_a", "country_b"]
    reject_rows(
        file, both[[*keys, "where_found"]], both.where_found.ne("both"), "a row of only one computation"
    )
    columns = {
        "calls": "n_both",
        "share_alike_pct": "share_same",
        "share_half_pct": "share_half",
        "share_opposed_pct": "share_opposed",
        "calls_decided": "n_no_abst",
        "share_alike_decided_pct": "share_same_no_abst",
    }
    for name, other in columns.items():
        if name in both:
            scale = 100 if name.startswith("share_") else 1
            gap = (both[name].astype(float) - both[other].astype(float) * scale).abs()
            empty = both[name].isna() & both[other].isna()
            reject_rows(
                file, both[[*keys, name, other]], ~(gap < 0.011) & ~empty, f"{name} differs from {other}"
            )


def _compare_decades(yearly: pd.DataFrame, by_issue: pd.DataFrame) -> None:
    """The calls of a decade must be the sum of the calls of its years, in both scopes, without slack."""
    key = ["decade", "country_a", "country_b", "scope"]
    years = yearly[yearly.year <= LAST_YEAR_OF_ALL].assign(decade=yearly.year // 10 * 10)
    both = by_issue[by_issue.issue == "all"].merge(
        years.groupby(key).calls.sum().rename("sum_of_years"), left_on=key, right_index=True, how="outer"
    )
    reject_rows(
        "un_agreement_by_issue",
        both[[*key, "calls", "sum_of_years"]],
        both.calls.ne(both.sum_of_years),
        "the calls of a decade are not the sum of its years",
    )


def _compare_state(yearly: pd.DataFrame) -> None:
    """Half-counted agreement with the United States against the printed coincidence of the US State Department.

    Same measure, counted by others. Our 2018 and 2019 lack 15 and 10 of the 110 and 100 calls that it lists, so
    3 points are allowed (found: 2.3 at most); in 2020 and 2021 the calls are nearly the same, 2 allowed (found: 1.7).
    """
    theirs = read_raw(STATE).astype({"year": int, "coincidence": float})
    theirs[["country_a", "country_b"]] = [ordered_pair(code, "USA") for code in theirs.iso3c]
    both = theirs.merge(yearly[yearly.scope == "final"], on=["year", "country_a", "country_b"])
    gap = (both.share_half_pct - 100 * both.coincidence).abs()
    shown = both[["year", "country_a", "country_b", "share_half_pct", "coincidence"]]
    reject_rows(
        "un_agreement",
        shown,
        gap > both.year.map({2018: 3, 2019: 3, 2020: 2, 2021: 2}),
        "share_half_pct is too far from the US State Department's coincidence",
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store un_agreement.csv and un_agreement_by_issue.csv."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
