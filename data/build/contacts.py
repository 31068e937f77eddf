"""contacts: meetings, visits and calls between Pakistan and Moscow that the facts name; a list, not a census."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("contacts",)

RAW = "history/high_level_contacts.csv"
ROWS = 57
COLUMNS = ["date", "year", "level", "direction", "pakistan_side", "russia_side", "place", "format", "fact_id"]
LEVELS = {"head", "deputy head", "minister", "deputy minister", "army chief", "special envoy", "parliament",
          "commission"}  # fmt: skip
DIRECTIONS = {"PAK_to_RUS", "RUS_to_PAK", "third_or_multilateral", "phone"}
# H1972a is a communiqué; the visit of that month is a fact of its own.
MOVED = {"H1972a": "H1972b"}
# Dates that a second reading of the facts gave otherwise.
READ_AGAIN = {
    ("H1993a", "1993-07"): "1993",
    ("H2005b", "2005-10"): "2005-10-26",
    ("H2015f", "2015-04-17"): "2015-04-15",
}
WORDS = {r"\bFM\b": "Foreign Minister", r"\bPM\b": "Prime Minister", r"\bSAPM": "Special Assistant",
         r"\bIGC (\d+)": r"intergovernmental commission, session \1"}  # fmt: skip
DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"


def fetch() -> dict[str, pd.DataFrame]:
    """Contacts, and the facts that they cite, as text."""
    return {"contacts": read_raw(RAW), "facts": read_facts()}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a contact that took place, in order of time."""
    rows = files["contacts"].replace({"fact_id": MOVED})
    rows = rows[rows["format"] != "visit not held"]
    unknown = ~rows["fact_id"].isin(files["facts"]["id"])
    reject_rows(RAW, rows, unknown, "a fact_id that the facts do not have")
    vice = rows["russia_side"].fillna("").str.startswith("Vice-President")
    rows["level"] = rows["level"].mask(vice, "deputy head")
    rows = rows.replace(WORDS, regex=True)
    rows["date"] = [READ_AGAIN.get(pair, pair[1]) for pair in zip(rows["fact_id"], rows["date"])]
    rows = rows.assign(year=rows["year"].astype(int))
    return {"contacts": rows[COLUMNS].sort_values("date", kind="stable", ignore_index=True)}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject unknown levels and directions, dates that their year contradicts, and doubled rows."""
    file, table = "contacts", tables["contacts"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected")
    reject_duplicates(file, table, ["date", "level", "fact_id", "direction"])
    reject_rows(file, table, ~table["date"].str.fullmatch(DAY), "date is not YYYY, YYYY-MM or YYYY-MM-DD")
    reject_rows(file, table, table["date"].str[:4].astype(int).ne(table["year"]), "year differs from date")
    reject_rows(file, table, ~table["year"].between(1948, 2026), "year outside 1948 to 2026")
    for column, known in (("level", LEVELS), ("direction", DIRECTIONS)):
        reject_rows(
            file, table, ~table[column].isin(known), f"{column} is none of {', '.join(sorted(known))}"
        )
    reject_rows(file, table, table["format"].isna(), "format is missing")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store contacts.csv."""
    write_csv(tables["contacts"], folder, "contacts")
