"""imf_editions: what eleven editions of the IMF's outlook said of growth and prices in the same years.

The IMF's terms could not be read: two states, two series and six years leave the raw file.
"""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("imf_editions",)

EDITIONS = "additions/imf_weo_vintages_2020_2025.csv"
LATEST = "additions/imf_weo_oct2025_selected.csv"
SERIES = {"NGDP_RPCH": "growth_pct", "PCPIPCH": "inflation_pct"}
STATES = ["PAK", "RUS"]
FIRST, LAST = 2021, 2026
ROWS = 128
KEY = ["country", "year", "edition"]


def fetch() -> dict[str, pd.DataFrame]:
    """The editions as text."""
    return {"editions": read_raw(EDITIONS)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a state, year and edition; `made`: the edition came before, in or after the year."""
    rows = files["editions"].astype({"year": int, "value": float})
    rows = rows[rows.iso3c.isin(STATES) & rows.series.isin(SERIES) & rows.year.between(FIRST, LAST)]
    wide = rows.pivot(index=["iso3c", "year", "edition"], columns="series", values="value").rename(
        columns=SERIES
    )
    table = wide.round(1).reset_index().rename(columns={"iso3c": "country"})
    ahead = table.year - table.edition.str[:4].astype(int)
    table["made"] = ahead.map(
        lambda years: "before" if years > 0 else "after" if years < 0 else "in the year"
    )
    return {"imf_editions": table[[*KEY, "made", *SERIES.values()]].sort_values(KEY, ignore_index=True)}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject lost editions and impossible rates, then compare the last edition with a second copy."""
    file, table = "imf_editions", tables["imf_editions"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected")
    reject_duplicates(file, table, KEY)
    reject_rows(
        file, table, ~table.edition.str.fullmatch(r"20\d\d-(04|10)"), "an edition is April or October"
    )
    reject_rows(file, table, ~table.growth_pct.between(-15, 15), "growth outside -15 to 15 percent")
    reject_rows(file, table, ~table.inflation_pct.between(-2, 60), "inflation outside -2 to 60 percent")
    theirs = read_raw(LATEST).astype({"year": int, "value": float}).query("series in @SERIES.keys()")
    theirs = theirs.pivot(index=["iso3c", "year"], columns="series", values="value").reset_index()
    last = table[table.edition.eq("2025-10")]
    both = last.merge(theirs, left_on=["country", "year"], right_on=["iso3c", "year"], how="left")
    for series, name in SERIES.items():
        reject_rows(
            file, both, ~((both[name] - both[series]).abs() < 0.051), f"{name} differs from the second copy"
        )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store imf_editions.csv."""
    write_csv(tables["imf_editions"], folder, "imf_editions")
