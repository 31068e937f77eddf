"""energy_prices: oil and gas by month, from the two open sources (US Energy Information Administration, World Bank)."""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("energy_prices",)

BRENT = "energy/eia_brent_monthly.csv"
BANK = "energy/worldbank_pinksheet_monthly.csv"
FIRST = "2019-01"
COLUMNS = {
    "Natural gas, Europe ($/mmbtu)": "gas_europe_usd_mmbtu",
    "Liquefied natural gas, Japan ($/mmbtu)": "lng_japan_usd_mmbtu",
}
ROWS = 91


def fetch() -> dict[str, pd.DataFrame]:
    """Both files as text."""
    return {"brent": read_raw(BRENT), "bank": read_raw(BANK)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a month since 2019; gas ends where the World Bank's file ends."""
    brent = pd.DataFrame(
        {"month": files["brent"].Date.str[:7], "brent_usd_barrel": files["brent"].Price.astype(float)}
    )
    bank = files["bank"].rename(columns=COLUMNS)[["month", *COLUMNS.values()]]
    bank = bank.astype(dict.fromkeys(COLUMNS.values(), float)).round(2)
    table = brent.merge(bank, on="month", how="left")
    return {"energy_prices": table[table.month >= FIRST].reset_index(drop=True)}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible prices, then compare Brent with the World Bank's."""
    file, table = "energy_prices", tables["energy_prices"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected: every month since {FIRST}")
    reject_duplicates(file, table, ["month"])
    for column in table.columns[1:]:
        reject_rows(
            file,
            table,
            ~table[column]
            .dropna()
            .between(0.5, 150 if column == "brent_usd_barrel" else 75)
            .reindex(table.index, fill_value=True),
            f"{column} out of range",
        )
    bank = read_raw(BANK).set_index("month")["Crude oil, Brent ($/bbl)"].astype(float)
    both = table.assign(theirs=table.month.map(bank)).dropna(subset="theirs")
    # Two means of daily quotes; found 5.0 dollars apart in April 2020, when prices fell by the day, else at most 3.0.
    reject_rows(
        file, both, (both.brent_usd_barrel - both.theirs).abs() > 5.5, "Brent is not that of the World Bank"
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store energy_prices.csv."""
    write_csv(tables["energy_prices"], folder, "energy_prices")
