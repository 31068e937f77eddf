"""military_spending: what part of their output three states spent on the military, in a few years."""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("military_spending",)

RAW = "limits/wdi_selected_long.csv"
SIPRI = "security/sipri_milex_1949_2024.csv"
INDICATOR = "MS.MIL.XPND.GD.ZS"
COUNTRIES = {"Pakistan": "PAK", "India": "IND", "Russia": "RUS"}
YEARS = [1990, 1995, 2000, 2005, 2010, 2015, 2018, 2019, 2020, 2021, 2022, 2023, 2024]
ROWS = 38


def fetch() -> dict[str, pd.DataFrame]:
    """The World Bank's series as text."""
    return {"series": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a country and year; Russia begins in 1992, so 1990 has no row."""
    rows = files["series"].astype({"year": int, "value": float})
    rows = rows[
        rows.indicator_code.eq(INDICATOR) & rows.iso3.isin(COUNTRIES.values()) & rows.year.isin(YEARS)
    ]
    table = rows.assign(country=rows.iso3, share_gdp_pct=rows.value.round(3))[
        ["country", "year", "share_gdp_pct"]
    ]
    return {"military_spending": table.sort_values(["country", "year"], ignore_index=True)}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible shares, then compare with SIPRI's own workbook."""
    file, table = "military_spending", tables["military_spending"]
    if len(table) < ROWS:
        reject(
            file,
            "rows",
            f"{len(table)} rows, at least {ROWS} expected: three states in every year of the list",
        )
    reject_duplicates(file, table, ["country", "year"])
    reject_rows(file, table, ~table.country.isin(COUNTRIES.values()), "unknown country")
    reject_rows(file, table, ~table.share_gdp_pct.between(1, 15), "share outside 1 to 15 percent")
    theirs = read_raw(SIPRI).query("measure == 'Share of GDP'").replace({"country": COUNTRIES})
    theirs = theirs.astype({"year": int, "value": float})[["country", "year", "value"]]
    both = table.merge(theirs, on=["country", "year"], how="left")
    # The World Bank prints SIPRI's series; both come from the edition of 2025, so only rounding may differ.
    reject_rows(
        file, both, (both.share_gdp_pct - 100 * both.value).abs() > 0.0006, "the share is not that of SIPRI"
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store military_spending.csv."""
    write_csv(tables["military_spending"], folder, "military_spending")
