"""electricity_ember: Pakistan's electricity by source from 2000 to 2024, one publisher and one edition."""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("electricity_ember",)

RAW = "additions/pakistan_electricity_ember_2000_2024.csv"
EI = "energy/ei2026_timeseries.csv"
# Imports and small sources are named, too, so that all add up to demand.
SOURCES = {
    "gas": "gas",
    "hydro": "hydro",
    "coal": "coal",
    "nuclear": "nuclear",
    "solar": "solar",
    "other_fossil": "oil and other fossil",
    "wind": "wind",
    "bioenergy": "bioenergy",
    "net_imports": "net imports",
}
SECOND = {"solar": "solar_generation_twh", "nuclear": "nuclear_generation_twh"}
ROWS = 225


def fetch() -> dict[str, pd.DataFrame]:
    """The file as text."""
    return {"electricity": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a year and source, terawatt-hours and percent of demand."""
    rows = files["electricity"].query("publisher == 'Ember'").astype({"year": int, "value": float})
    wide = rows[rows.unit.eq("twh")].pivot(index="year", columns="item", values="value")
    apart = (wide.drop(columns="demand").sum(axis=1) - wide.demand).abs()
    reject_rows(
        RAW, wide.reset_index(), (apart > 0.06).reset_index(drop=True), "the sources do not add up to demand"
    )
    long = wide[list(SOURCES)].melt(ignore_index=False, var_name="source", value_name="twh").reset_index()
    long["share_pct"] = (100 * long.twh / long.year.map(wide.demand)).round(1)
    long["place"] = pd.Categorical(long.source, list(SOURCES))
    long = (
        long.sort_values(["year", "place"], ignore_index=True).replace({"source": SOURCES}).round({"twh": 2})
    )
    return {"electricity_ember": long[["year", "source", "twh", "share_pct"]]}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject lost years and impossible amounts, then compare solar and nuclear of 2024."""
    file, table = "electricity_ember", tables["electricity_ember"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected")
    reject_duplicates(file, table, ["year", "source"])
    reject_rows(file, table, ~table.twh.between(-1, 70), "amount outside -1 to 70 TWh")
    sums = table.groupby("year", as_index=False).share_pct.sum()
    reject_rows(file, sums, (sums.share_pct - 100).abs() > 0.5, "shares do not add up to 100")
    theirs = (
        read_raw(EI).query("entity == 'Pakistan' and year == '2024'").set_index("series").value.astype(float)
    )
    ours = table[table.year.eq(2024) & table.source.isin(SECOND)]
    other = ours.source.map(SECOND).map(theirs)
    # Two estimators: half a percent apart at most.
    reject_rows(file, ours, ((ours.twh / other - 1).abs() > 0.006), "not as the Energy Institute has it")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store electricity_ember.csv."""
    write_csv(tables["electricity_ember"], folder, "electricity_ember")
