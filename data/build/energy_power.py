"""electricity_mix, solar_output, solar_capacity: what makes Pakistan's electricity, and how much of it is solar."""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("electricity_mix", "solar_output", "solar_capacity")

OLD = "energy/owid2022_electricity_mix.csv"
NEW = "energy/owid2025_electricity_carbon_extract.csv"
EI = "energy/ei2026_timeseries.csv"
GRID = "energy/pakistan_power_and_gas_second_source.csv"

SOURCES = {
    "gas": "gas",
    "oil": "oil",
    "coal": "coal",
    "hydro": "hydro",
    "nuclear": "nuclear",
    "solar": "solar",
    "wind": "wind",
}
GRID_SOURCES = {
    "hydro": "hydro",
    "RLNG": "gas",
    "domestic gas": "gas",
    "nuclear": "nuclear",
    "local coal": "coal",
    "imported coal": "coal",
    "wind": "wind",
    "furnace oil": "oil",
}
CALENDAR, FISCAL = "calendar year, Ember in OWID 2022", "fiscal year, grid only"
FIRST, LAST = 2010, 2021
# Capacity of solar panels in Pakistan as others give it: name, date, gigawatts, fact.
PRESS = [
    ("Power Division, October 2025", 18.0, "E152"),
    ("Renewables First, low", 27.0, "E153"),
    ("Renewables First, high", 33.0, "E153"),
]
ENTITIES = {"Pakistan": "PAK", "India": "IND", "China": "CHN", "Germany": "DEU", "World": "WLD"}


def fetch() -> dict[str, pd.DataFrame]:
    """Electricity by source in two editions of Our World in Data, the Energy Institute's series, press figures of the grid."""
    return {"old": read_raw(OLD), "new": read_raw(NEW), "ei": read_raw(EI), "grid": read_raw(GRID)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Three tables, in terawatt-hours and gigawatts."""
    ei = files["ei"].astype({"year": int, "value": float})
    return {
        "electricity_mix": _mix(files["old"], files["grid"]),
        "solar_output": _output(ei, files["new"]),
        "solar_capacity": _capacity(ei),
    }


def _mix(old: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    rows = old[old.Country.eq("Pakistan")].astype({"Year": int})
    rows = rows[rows.Year.between(FIRST, LAST)]
    columns = {f"Electricity from {name} (TWh)": name for name in SOURCES}
    long = rows.melt(
        id_vars=["Year", "Electricity generation (TWh)"],
        value_vars=list(columns),
        var_name="source",
        value_name="twh",
    )
    long = pd.DataFrame(
        {
            "year": long.Year,
            "basis": CALENDAR,
            "source": long.source.map(columns),
            "twh": long.twh.astype(float),
            "total": long["Electricity generation (TWh)"].astype(float),
        }
    )
    grid = grid[grid.period.eq("FY2025")]
    total = float(grid[grid.measure.eq("grid generation")].value.item()) / 1000
    shares = grid[grid.measure.eq("share of grid generation")]
    shares = shares.value.astype(float).groupby(shares.category.map(GRID_SOURCES)).sum()
    fiscal = pd.DataFrame(
        {
            "year": 2025,
            "basis": FISCAL,
            "source": shares.index,
            "twh": shares.to_numpy() * total / 100,
            "total": total,
        }
    )
    both = pd.concat([long, fiscal], ignore_index=True)
    both["share_pct"] = (100 * both.twh / both.total).round(1)
    place = pd.Categorical(both.source, list(SOURCES))
    both = both.assign(place=place, twh=both.twh.round(1)).sort_values(
        ["basis", "year", "place"], ignore_index=True
    )
    return both[["year", "basis", "source", "twh", "share_pct"]]


def _output(ei: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Solar and all electricity by two estimators; Ember's total follows from hydro and its share."""
    rows = ei[ei.entity.eq("Pakistan") & ei.year.between(2018, 2025)].pivot(
        index="year", columns="series", values="value"
    )
    first = pd.DataFrame(
        {
            "estimator": "Energy Institute",
            "year": rows.index,
            "solar_twh": rows.solar_generation_twh.to_numpy(),
            "all_twh": rows.electricity_generation_twh.to_numpy(),
        }
    )
    mine = new[new.country.eq("Pakistan")].astype(
        {"year": int, "solar_electricity": float, "hydro_electricity": float, "hydro_share_elec": float}
    )
    mine = mine[mine.year.between(2018, 2024)]
    second = pd.DataFrame(
        {
            "estimator": "Ember",
            "year": mine.year,
            "solar_twh": mine.solar_electricity,
            "all_twh": 100 * mine.hydro_electricity / mine.hydro_share_elec,
        }
    )
    both = pd.concat([first, second], ignore_index=True)
    both["share_pct"] = (100 * both.solar_twh / both.all_twh).round(1)
    return both.round({"solar_twh": 1, "all_twh": 1})


def _capacity(ei: pd.DataFrame) -> pd.DataFrame:
    """Output of 2025 with the capacity that is named for it, by place and source of the capacity."""
    rows = ei[ei.entity.isin(ENTITIES) & ei.year.eq(2025)].pivot(
        index="entity", columns="series", values="value"
    )
    rows = rows.loc[list(ENTITIES)]
    table = pd.DataFrame(
        {
            "place": list(ENTITIES.values()),
            "capacity_from": "Energy Institute",
            "capacity_gw": rows.solar_capacity_mw.to_numpy() / 1000,
            "solar_twh": rows.solar_generation_twh.to_numpy(),
        }
    )
    press = pd.DataFrame(PRESS, columns=["capacity_from", "capacity_gw", "fact_id"]).assign(
        place="PAK", solar_twh=table.loc[table.place.eq("PAK"), "solar_twh"].item()
    )
    both = pd.concat([table[:1], press, table[1:]], ignore_index=True)
    both["solar_twh"] = both.solar_twh.round(1)
    return both.round({"capacity_gw": 2})[["place", "capacity_from", "capacity_gw", "solar_twh", "fact_id"]]


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible amounts and shares, then compare the two editions and the two estimators."""
    mix, output, capacity = (tables[name] for name in TABLES)
    for name, table, key, least in (
        ("electricity_mix", mix, ["year", "basis", "source"], 90),
        ("solar_output", output, ["estimator", "year"], 15),
        ("solar_capacity", capacity, ["place", "capacity_from"], 8),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    reject_rows("electricity_mix", mix, ~mix.twh.between(0, 80), "amount outside 0 to 80 TWh")
    sums = mix.groupby(["basis", "year"]).share_pct.sum().reset_index()
    # The rest is bioenergy; the press names 98.19 percent of the grid.
    reject_rows(
        "electricity_mix", sums, ~sums.share_pct.between(96, 100.5), "shares do not add up to about 100"
    )
    reject_rows(
        "solar_output", output, ~output.share_pct.between(0, 30), "solar share outside 0 to 30 percent"
    )
    # Gigawatts from megawatts: a panel that worked all year gives 8.76 TWh a gigawatt, a good field a fourth of it.
    # Far more is left for Pakistan, where the Energy Institute counts panels off the grid in the output only.
    yields = capacity.solar_twh / capacity.capacity_gw
    reject_rows("solar_capacity", capacity, ~yields.between(0.5, 12), "TWh a gigawatt outside 0.5 to 12")
    hydro = (
        read_raw(NEW)
        .query("country == 'Pakistan'")
        .astype({"year": int})
        .set_index("year")
        .hydro_electricity.astype(float)
    )
    ours = mix[mix.source.eq("hydro") & mix.basis.eq(CALENDAR)]
    # Ember revised hydro: found up to 9.7 TWh apart (2018) between the editions of 2022 and 2025, below 2 before 2017.
    reject_rows(
        "electricity_mix",
        ours,
        (ours.twh - ours.year.map(hydro)).abs() > 10,
        "hydro is far from the later edition",
    )
    wide = output.pivot(index="year", columns="estimator", values="solar_twh").dropna().reset_index()
    # Both estimate panels behind the meter: found 1.7 TWh apart at most.
    reject_rows(
        "solar_output",
        wide,
        (wide["Ember"] - wide["Energy Institute"]).abs() > 1.8,
        "the two estimators differ",
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
