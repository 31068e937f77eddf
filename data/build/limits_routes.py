"""routes_to_russia: ways for goods between Pakistan and Russia, with days and kilometres where a source gives them."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("routes_to_russia",)

RAW = "limits/routes_pakistan_russia.csv"
DISTANCES = "limits/cepii_distances_km.csv"

RUN = {
    "operated 2023": "run",
    "operated": "run",
    "monthly service": "run",
    "one trial with mangoes": "trial",
    "first truck": "trial",
    "trial": "trial",
    "first Uzbek run": "trial",
    "first run": "trial",
    "pilot": "trial",
    "first cargo": "run",
    "planned, not run (no report found)": "planned",
    "announced for October 2025, no report found": "planned",
    "none since 2020": "stopped",
}
ENDS_IN_RUSSIA = ["St Petersburg", "Russia", "Novorossiysk", "Astrakhan", "Moscow", "Urals"]


def fetch() -> dict[str, pd.DataFrame]:
    """The list as text."""
    return {"routes": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a route; days_max is empty where the source says "more than" or gives one number."""
    rows = files["routes"]
    table = pd.DataFrame(
        {
            "mode": rows["mode"].str.lower(),
            "route": rows.route.str.replace(" - ", "–"),
            "carrier": rows.vehicle,
            "km": rows.km.astype(float).astype("Int64"),
            "days_min": rows.days_min.astype(float).astype("Int64"),
            "days_max": rows.days_max.astype(float).astype("Int64"),
            "days_text": rows.days_text,
            "date": rows.date.str.replace("..", "/", regex=False),
            "status": rows.status.map(RUN),
            "to_russia": rows.route.str.contains("|".join(ENDS_IN_RUSSIA)),
            "source_url": rows.source_url,
        }
    )
    return {"routes_to_russia": table.sort_values(["mode", "route"], ignore_index=True)}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject odd words and numbers, then compare with the sourced facts and with the straight line."""
    file, table = "routes_to_russia", tables["routes_to_russia"]
    if len(table) < 15:
        reject(file, "rows", f"{len(table)} rows, at least 15 expected")
    reject_duplicates(file, table, ["mode", "route"])
    reject_rows(file, table, table.status.isna(), "unknown status")
    reject_rows(file, table, ~table.source_url.fillna("").str.match("https?://"), "no source")
    reject_rows(
        file,
        table,
        table.days_max.notna() & (table.days_max < table.days_min),
        "fewer days at most than at least",
    )
    facts = read_facts().set_index("id").value
    for place, column, key in (
        ("Astrakhan", "km", "L125"),
        ("St Petersburg", "days_min", "L122"),
        ("Novorossiysk", "days_min", "L124"),
    ):
        value = table[table.route.str.contains(place)][column].dropna()
        if value.astype(str).tolist() != [facts[key]]:
            reject(file, place, f"{column} {value.tolist()}, not as in fact {key}")
    straight = read_raw(DISTANCES).query("iso_o == 'PAK' and iso_d == 'RUS'").dist.astype(float).item()
    rail = table[table["mode"].eq("rail")].km.dropna()
    # A rail line round the mountains is longer than the straight line Karachi-Moscow (3,659 km), not ten times.
    reject_rows(
        file,
        table.loc[rail.index],
        ~(rail / straight).between(1, 4),
        "shorter than the straight line, or four times as long",
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store routes_to_russia.csv."""
    write_csv(tables["routes_to_russia"], folder, "routes_to_russia")
