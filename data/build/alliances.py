"""alliances: obligations in force between two states, one row a year and pair."""

from pathlib import Path

import pandas as pd
from common import ordered_pair, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("alliances",)

RAW = "history/atop_alliance_obligations.csv"
SECOND = "security/atop_alliance_dyads.csv"
KINDS = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}
KEY = ["year", "country_a", "country_b"]
ROWS = 749


def fetch() -> dict[str, pd.DataFrame]:
    """Directed rows, a towards b, as text."""
    return {"obligations": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Undirected: an obligation is true when at least one of the two states owes it to the other."""
    rows = files["obligations"]
    pairs = [ordered_pair(a, b) for a, b in zip(rows.a, rows.b)]
    rows = rows.assign(
        year=rows.year.astype(int), country_a=[a for a, _ in pairs], country_b=[b for _, b in pairs]
    )
    rows = rows.rename(columns=KINDS)
    table = rows[list(KINDS.values())].eq("1").groupby([rows[name] for name in KEY]).any().reset_index()
    return {"alliances": table}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible rows, then compare with a second extract of the same data set."""
    file, table = "alliances", tables["alliances"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected: a new edition adds years")
    reject_duplicates(file, table, KEY)
    reject_rows(file, table, ~table.year.between(1945, 2018), "year outside 1945 to 2018")
    reject_rows(file, table, table.country_a.eq(table.country_b), "a state allied with itself")
    reject_rows(file, table, ~table.country_a.isin(["PAK", "RUS"]), "a pair without PAK or RUS")
    reject_rows(file, table, ~table[list(KINDS.values())].any(axis=1), "a row without any obligation")
    reject_rows(
        file, table, table.year.lt(1947) & table.country_a.eq("PAK"), "PAK before its independence in 1947"
    )
    codes = {"2.0": "USA", "365.0": "RUS", "700.0": "AFG", "710.0": "CHN", "750.0": "IND", "770.0": "PAK"}
    second = read_raw(SECOND).replace({"ccode1": codes, "ccode2": codes}).rename(columns=KINDS)
    pairs = [ordered_pair(a, b) for a, b in zip(second.ccode1, second.ccode2)]
    second = second.assign(
        year=second.year.astype(float).astype(int),
        country_a=[a for a, _ in pairs],
        country_b=[b for _, b in pairs],
    ).query("year >= 1945 and country_a in ['PAK', 'RUS']")
    # No slack for what that extract says: it keeps one direction, so what it calls true must be true here.
    both = second.merge(table, on=KEY, how="left", suffixes=("_second", ""))
    for kind in KINDS.values():
        lost = both[f"{kind}_second"].eq("1.0") & ~both[kind].eq(True)
        reject_rows(
            file, both[[*KEY, f"{kind}_second", kind]], lost, f"{kind} is true in the second extract only"
        )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store alliances.csv."""
    write_csv(tables["alliances"], folder, "alliances")
