"""council_votes, council_vetoes, south_asia_votes: votes of the UN Security Council."""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("council_votes", "council_vetoes", "south_asia_votes")

ADOPTED = "additions/unsc_adopted_votes_1946_2025.csv"
VETOES = "additions/unsc_vetoes_1946_2022.csv"
SOUTH_ASIA = "additions/unsc_india_pakistan_votes.csv"

VOTERS = ["PAK", "RUS", "USA", "CHN", "GBR", "FRA", "IND"]
PERMANENT = VOTERS[1:6]
TOTALS = ["yes", "no", "abstain", "not_voting"]
# The records of these two were exchanged in the source: the meeting tables fit the other way round.
EXCHANGED = {"400": "401", "401": "400"}
# In records of 1976 and 1977 an A also stands for a member that did not take part; the meeting table has
# the tally.
TALLY = r"meeting table (\d+)-(\d+)-(\d+)"
BEIJING = "1971-10-25"  # from this day the seat is that of the People's Republic
NOTES = {
    r"^(\d) of the A did not take part in the vote \((.*)\)": r"\2; the record writes A for \1 absent",
    r"^tallies differ, ": "the tally differs: ",
    r"^.*look exchanged.*; ": "the votes of 400 and 401, exchanged in the source, are put back; ",
    r"^not in the scraped records; ": "",
}
ABSENT = "did not take part|look exchanged"
TOPICS = {"S/5033": "Goa", "S/10771": "Bangladesh", "S/13729": "Afghanistan", "S/RES/1172": "nuclear tests"}
# The list prints 13-0-2 beside two vetoes, so its tally is wrong, and empty here.
NO_TALLY = ["S/2022/431"]
LEFT_OUT = ["S/25997", "S/RES/2797"]  # on Bosnia and Western Sahara
ROWS = {"council_votes": 534, "council_vetoes": 214, "south_asia_votes": 28}


def fetch() -> dict[str, pd.DataFrame]:
    """The three files as text."""
    return {"adopted": read_raw(ADOPTED), "vetoes": read_raw(VETOES), "south_asia": read_raw(SOUTH_ASIA)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Adopted texts while Pakistan was a member, vetoes to July 2022, and votes on South Asia one by one."""
    return {
        "council_votes": _adopted(files["adopted"]),
        "council_vetoes": _vetoes(files["vetoes"]),
        "south_asia_votes": _south_asia(files["south_asia"]),
    }


def _adopted(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a text, with the tally of the meeting table where the record writes A for absent members."""
    rows = (
        rows.dropna(subset="pakistan_term")
        .astype(dict.fromkeys([*TOTALS, "members"], int))
        .set_index("res_no")
    )
    rows.loc[list(EXCHANGED), VOTERS] = rows.loc[list(EXCHANGED.values()), VOTERS].to_numpy()
    flag = rows.flag.fillna("")
    absent, silent = flag.str.contains(ABSENT), rows.yes.eq(0)
    tally = flag.where(absent, "").str.extract(TALLY).astype(float)
    for place, name in enumerate(TOTALS[:3]):
        rows[name] = tally[place].fillna(rows[name]).astype(int)
    rows["not_voting"] = rows.members - rows[TOTALS[:3]].sum(axis=1)
    rows["CHN"] = rows.CHN.mask(rows.CHN.eq("A") & absent)
    table = rows.assign(
        year=rows.date.str[:4].astype(int),
        term=rows.pakistan_term,
        split=(rows.no + rows.abstain).gt(0),
        note=flag.replace(NOTES, regex=True).mask(silent, "no recorded vote").replace("", None),
        **{name: rows[name].astype("Int64").mask(silent) for name in TOTALS},
    )
    table = _votes(table.reset_index().astype({"res_no": int}).rename(columns={"res_no": "resolution"}))
    return table[["resolution", "date", "year", "term", "title", *VOTERS, *TOTALS, "split", "note"]]


def _votes(rows: pd.DataFrame) -> pd.DataFrame:
    """X (no vote, or none recorded) becomes empty, and so does China's seat before the People's Republic."""
    rows = rows.assign(**{name: rows[name].where(rows[name].ne("X")) for name in VOTERS})
    return rows.assign(CHN=rows.CHN.where(rows.date.ge(BEIJING)))


def _vetoes(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an entry of the list, numbered by date; vetoed_by joins permanent members with +."""
    tally = rows.tally_yes_no_abstain.str.split("-", expand=True).set_axis(TOTALS[:3], axis=1).astype("Int64")
    tally[rows.draft.isin(NO_TALLY)] = pd.NA
    table = rows.assign(
        year=rows.date.str[:4].astype(int), south_asia=rows.draft.isin(_south_asian()), **tally
    )
    table = table.sort_values("date", kind="stable", ignore_index=True).assign(
        veto=lambda rows: rows.index + 1
    )
    return table[["veto", "date", "year", "draft", "agenda_item", "vetoed_by", *TOTALS[:3], "south_asia"]]


def _south_asian() -> list[str]:
    """Drafts that the list of votes on South Asia names as vetoed."""
    return read_raw(SOUTH_ASIA).query("outcome == 'vetoed'").symbol.to_list()


def _south_asia(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[~rows.symbol.isin(LEFT_OUT)]
    year = rows.date.str[:4].astype(int)
    topic = year.map(lambda one: "Kashmir" if one < 1965 else "war of 1965" if one == 1965 else "war of 1971")
    rows = _votes(rows).assign(year=year, topic=rows.symbol.map(TOPICS).fillna(topic))
    rows = rows.astype(dict.fromkeys(TOTALS, int))
    columns = ["date", "year", "symbol", "outcome", "topic", "subject", *VOTERS, *TOTALS, "source", "note"]
    return rows[columns].reset_index(drop=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible votes and tallies, then compare the three tables where they name the same vote."""
    votes, vetoes, south = (tables[name] for name in TABLES)
    for name, key in (
        ("council_votes", ["resolution"]),
        ("council_vetoes", ["veto"]),
        ("south_asia_votes", ["symbol"]),
    ):
        if len(tables[name]) < ROWS[name]:
            reject(name, "rows", f"{len(tables[name])} rows, at least {ROWS[name]} expected")
        reject_duplicates(name, tables[name], key)
    for name, table in (("council_votes", votes), ("south_asia_votes", south)):
        for voter in VOTERS:
            odd = table[voter].notna() & ~table[voter].isin(["Y", "A", "N"])
            reject_rows(name, table[[*table.columns[:2], voter]], odd, "a vote other than Y, A, N or empty")
        members = table[TOTALS].sum(axis=1, min_count=4)
        seats = table.year.lt(1966).map({True: 11, False: 15})
        reject_rows(
            name,
            table,
            members.ne(seats).fillna(False),
            "the tally is not that of 11 members to 1965, 15 from 1966",
        )
        for vote, total in (("Y", "yes"), ("N", "no"), ("A", "abstain")):
            more = table[VOTERS].eq(vote).sum(axis=1) > table[total].fillna(0)
            reject_rows(name, table, more, f"more {vote} among the seven than members that voted {total}")
    # A text needs 7 of 11 or 9 of 15 votes and no veto; some were adopted without a recorded vote.
    counted = votes.yes.notna()
    passed = votes.yes.ge(votes.year.lt(1966).map({True: 7, False: 9})) & ~votes[PERMANENT].eq("N").any(
        axis=1
    )
    reject_rows("council_votes", votes, counted & ~passed, "adopted with too few votes or against a veto")
    first = votes.term.str[:4].astype(int)
    reject_rows(
        "council_votes", votes, ~(votes.year - first).between(0, 1), "year outside the term of Pakistan"
    )
    by = vetoes.vetoed_by.map(lambda names: set(names.split("+")) <= set(PERMANENT))
    reject_rows("council_vetoes", vetoes, ~by, "vetoed by a state that has no veto")
    reject_rows("council_vetoes", vetoes, ~vetoes.year.between(1946, 2022), "year outside 1946 to 2022")
    cast = vetoes.vetoed_by.str.count("[+]") + 1
    reject_rows(
        "council_vetoes", vetoes, vetoes.no.lt(cast).fillna(False), "fewer no than members that vetoed"
    )
    seats = vetoes.year.lt(1966).map({True: 11, False: 15})
    over = vetoes[TOTALS[:3]].sum(axis=1).gt(seats)
    reject_rows("council_vetoes", vetoes, over, "a tally of more than the 11 members to 1965 or 15 from 1966")
    few = vetoes.yes.lt(vetoes.year.lt(1966).map({True: 7, False: 9})).fillna(False)
    reject_rows("council_vetoes", vetoes, few, "a draft with too few yes needs no veto to fail")
    _compare(votes, vetoes, south)


def _compare(votes: pd.DataFrame, vetoes: pd.DataFrame, south: pd.DataFrame) -> None:
    """Vetoed drafts on South Asia against the list of vetoes, adopted ones against all records."""
    lost = south.outcome.eq("vetoed") & ~south.symbol.isin(vetoes.draft)
    reject_rows("south_asia_votes", south, lost, "vetoed here, and not in council_vetoes")
    both = vetoes.merge(south, left_on="draft", right_on="symbol", suffixes=("", "_there"))
    for column in ["date", *TOTALS[:3]]:
        shown = both[["draft", column, f"{column}_there"]]
        reject_rows(
            "council_vetoes", shown, both[column].ne(both[f"{column}_there"]), "not as in south_asia_votes"
        )
    records = _votes(read_raw(ADOPTED).assign(symbol=lambda rows: "S/RES/" + rows.res_no))
    both = south.merge(records, on="symbol", suffixes=("", "_there"))
    for column in PERMANENT:
        theirs = both[f"{column}_there"].fillna("-")
        shown = both[["symbol", column, f"{column}_there"]]
        reject_rows(
            "south_asia_votes", shown, both[column].fillna("-") != theirs, "not as in the record of all texts"
        )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
