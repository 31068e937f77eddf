"""ideal_points: where a country's votes place it on one line that all countries share, year by year."""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("ideal_points",)

RAW = "history/ideal_points_15_countries_1946_2024.csv"
COLUMNS = {
    "year": "year",
    "iso3c": "country",
    "idealpointfp": "ideal_point",
    "q5fp": "low_5",
    "q95fp": "high_95",
    "nvotesfp": "votes",
}
ROWS = 978


def fetch() -> dict[str, pd.DataFrame]:
    """The estimates of three models as text."""
    return {"estimates": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The model of votes on final passage: the only one that reaches 2024. Years without an estimate have no row."""
    table = files["estimates"][list(COLUMNS)].rename(columns=COLUMNS).dropna(subset="ideal_point")
    table = table.astype({"year": int, "ideal_point": float, "low_5": float, "high_95": float})
    table["votes"] = table.votes.astype(float).astype(int)
    return {"ideal_points": table.sort_values(["year", "country"], ignore_index=True)}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject a point outside its own band, and bands, years or places on the line that cannot be."""
    file, table = "ideal_points", tables["ideal_points"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected: a new edition adds years")
    reject_duplicates(file, table, ["year", "country"])
    reject_rows(file, table, ~table.year.between(1946, 2024), "year outside 1946 to 2024")
    reject_rows(
        file, table, ~table.country.str.fullmatch("[A-Z]{3}"), "country is not a code of three letters"
    )
    inside = table.ideal_point.between(table.low_5, table.high_95)
    reject_rows(file, table, ~inside, "the point lies outside its own band")
    # The scale is set so that the mean is about 0 and the spread about 1: early points reach -3.6 and +3.1.
    reject_rows(file, table, table.ideal_point.abs() > 4, "point further than 4 from the middle")
    reject_rows(file, table, ~table.votes.between(1, 250), "number of votes outside 1 to 250")
    # The United States defines the positive end: a turned scale would change every sign.
    turned = table.country.eq("USA") & (table.ideal_point < 0)
    reject_rows(file, table, turned, "USA on the negative side: scale turned")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store ideal_points.csv."""
    write_csv(tables["ideal_points"], folder, "ideal_points")
