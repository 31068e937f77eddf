"""disputes: militarised disputes between two states in two data sets, one row a dispute and pair."""

from pathlib import Path

import pandas as pd
from common import ordered_pair, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("disputes",)

GML = "history/gml_mid_pairs_1947_2010.csv"
COW = "security/cow_mid_dyads.csv"
GML_SECOND = "security/gml_mid_dyads.csv"
CODES = {"2.0": "USA", "365.0": "RUS", "700.0": "AFG", "710.0": "CHN", "750.0": "IND", "770.0": "PAK"}
KEY = ["dataset", "dispute_id", "country_a", "country_b"]
# What both files cover; a pair of only one of them would look like peace in the other.
PAIRS = [
    ("PAK", "AFG"),
    ("PAK", "CHN"),
    ("PAK", "IND"),
    ("PAK", "RUS"),
    ("PAK", "USA"),
    ("RUS", "AFG"),
    ("RUS", "CHN"),
    ("RUS", "IND"),
    ("RUS", "USA"),
]
LAST_YEARS = {"cow": 2014, "gml": 2010}
ROWS = {"cow": 120, "gml": 135}


def fetch() -> dict[str, pd.DataFrame]:
    """Both files, a row a dispute, pair and year, as text."""
    cow = read_raw(COW).replace({"ccode1": CODES, "ccode2": CODES})
    return {"cow": cow.rename(columns={"ccode1": "a", "ccode2": "b"}), "gml": read_raw(GML)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Disputes from 1947 on, with the first and last year in which the pair was in it."""
    tables = [_disputes(rows).assign(dataset=name) for name, rows in files.items()]
    table = pd.concat(tables).sort_values(["dataset", "country_a", "country_b", "start_year", "dispute_id"])
    columns = [*KEY, "start_year", "end_year", "hostility", "fatality_level"]
    return {"disputes": table[columns].reset_index(drop=True)}


def _disputes(rows: pd.DataFrame) -> pd.DataFrame:
    pairs = [ordered_pair(a, b) for a, b in zip(rows.a, rows.b)]
    rows = rows[["dispnum", "year", "hostlev", "fatality"]].astype(float).astype("Int64")
    rows = rows.assign(country_a=[a for a, _ in pairs], country_b=[b for _, b in pairs])
    # -9 is the sources' sign for "not known".
    rows["fatality"] = rows.fatality.mask(rows.fatality < 0)
    rows = rows[[pair in PAIRS for pair in pairs]]
    found = (
        rows.groupby(["dispnum", "country_a", "country_b"])
        .agg(
            start_year=("year", "min"),
            end_year=("year", "max"),
            hostility=("hostlev", "max"),
            fatality_level=("fatality", "max"),
        )
        .reset_index()
    )
    return found[found.start_year >= 1947].rename(columns={"dispnum": "dispute_id"})


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible rows, check the counts that the course leans on, compare GML with its other extract."""
    file, table = "disputes", tables["disputes"]
    reject_duplicates(file, table, KEY)
    reject_rows(file, table, ~table.dataset.isin(LAST_YEARS), "unknown dataset")
    for name, least in ROWS.items():
        rows = int(table.dataset.eq(name).sum())
        if rows < least:
            reject(
                file,
                f"dataset {name}",
                f"{rows} rows, at least {least} expected: a new edition adds disputes",
            )
    late = table.end_year > table.dataset.map(LAST_YEARS)
    reject_rows(file, table, table.start_year.lt(1947) | late, "year outside 1947 to the end of the data set")
    reject_rows(file, table, table.start_year > table.end_year, "ends before it starts")
    reject_rows(file, table, ~table.hostility.between(1, 5), "hostility outside 1 to 5")
    known = table.fatality_level.notna()
    reject_rows(file, table, ~table.fatality_level.between(0, 6) & known, "fatality_level outside 0 to 6")
    # No slack: editions are fixed, and the notebooks name these counts.
    for other, expected in (("RUS", 1), ("IND", 35)):
        pair = table.dataset.eq("cow") & table.country_a.eq("PAK") & table.country_b.eq(other)
        if pair.sum() != expected:
            reject(file, f"cow, PAK-{other}", f"{pair.sum()} disputes, {expected} expected")
    _compare_gml(table)


def _compare_gml(table: pd.DataFrame) -> None:
    """Every dispute of the shorter GML extract (one dispute a pair and year) must be here, with the same hostility."""
    second = read_raw(GML_SECOND).replace({"ccode1": CODES, "ccode2": CODES})
    second = _disputes(second.rename(columns={"ccode1": "a", "ccode2": "b"})).assign(dataset="gml")
    both = second.merge(table, on=KEY, how="left", suffixes=("_second", ""))
    differs = ~both.hostility.eq(both.hostility_second)
    reject_rows(
        "disputes", both[[*KEY, "hostility_second"]], differs, "missing or other in the second GML extract"
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store disputes.csv."""
    write_csv(tables["disputes"], folder, "disputes")
