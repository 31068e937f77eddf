"""gas_balance, lng_suppliers, russian_exports: Pakistan's gas, who sells it, and where Russia's oil and gas go.

The Energy Institute names no open licence: only the series and states that a lesson shows leave the raw files, rounded.
"""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("gas_balance", "lng_suppliers", "russian_exports")

SERIES = "energy/ei2026_timeseries.csv"
MATRICES = "energy/bp_ei_trade_matrices_2020_2025.csv"
OWID = "energy/owid2022_fossil_production.csv"
REGIONS = "energy/ei2026_gas_interregional_trade.csv"

YEARS = range(2010, 2026)
MATRIX_YEARS = [2020, 2021, 2022, 2023, 2025]  # the edition with 2024 was not to be had
SELLERS = {"Qatar": "Qatar", "US": "United States", "Russian Federation": "Russia"}
FLOWS = {
    "crude oil": (
        "Total",
        {"Europe": "Europe", "China": "China", "India": "India", "Other CIS": "former USSR"},
    ),
    "pipeline gas": ("Total exports", {"Europe": "Europe", "China": "China", "CIS": "former USSR"}),
    "LNG": ("Total exports", {"Europe": "Europe", "China": "China", "India": "India"}),
}
ORDER = ["Europe", "China", "India", "former USSR", "others"]


def fetch() -> dict[str, pd.DataFrame]:
    """The Energy Institute's series and the trade matrices of five editions, as text."""
    return {"series": read_raw(SERIES), "matrices": read_raw(MATRICES)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Three tables; gas in billion cubic metres, crude in million tonnes."""
    matrices = files["matrices"].astype({"year": int, "value": float})
    return {
        "gas_balance": _balance(files["series"]),
        "lng_suppliers": _suppliers(matrices),
        "russian_exports": _exports(matrices),
    }


def _balance(series: pd.DataFrame) -> pd.DataFrame:
    rows = series[series.entity.eq("Pakistan")].astype({"year": int, "value": float})
    wide = rows[rows.year.isin(YEARS)].pivot(index="year", columns="series", values="value")
    return (
        pd.DataFrame({"output_bcm": wide.gas_production_bcm, "lng_bcm": wide.lng_imports_bcm})
        .round(3)
        .reset_index()
    )


def _suppliers(matrices: pd.DataFrame) -> pd.DataFrame:
    """Pakistan's LNG by seller: three that the course follows, all others in one row."""
    rows = matrices[
        matrices.flow.eq("LNG") & matrices.to.eq("Pakistan") & matrices["from"].ne("Total imports")
    ]
    rows = rows.assign(seller=rows["from"].map(SELLERS).fillna("others"))
    sums = rows.groupby(["year", "edition", "seller"]).value.sum().reset_index()
    sums["share_pct"] = (100 * sums.value / sums.groupby("year").value.transform("sum")).round(1)
    sums = sums.assign(last=sums.seller.eq("others"), lng_bcm=sums.value.round(2))
    sums = sums.sort_values(["year", "last", "value"], ascending=[True, True, False], ignore_index=True)
    return sums[["year", "seller", "lng_bcm", "share_pct", "edition"]]


def _exports(matrices: pd.DataFrame) -> pd.DataFrame:
    """Russian exports of three fuels by destination; `others` is the printed total minus those named."""
    rows = matrices[matrices["from"].eq("Russian Federation")]
    made = []
    for fuel, (total, names) in FLOWS.items():
        for year in MATRIX_YEARS:
            one = rows[rows.flow.eq(fuel) & rows.year.eq(year)]
            values = one.set_index("to").value
            named = {name: values.get(there, 0.0) for there, name in names.items()}
            named["others"] = max(values[total] - sum(named.values()), 0)
            made += [
                {
                    "fuel": fuel,
                    "year": year,
                    "destination": name,
                    "amount": round(value, 1),
                    "unit": "million tonnes" if fuel == "crude oil" else "billion cubic metres",
                    "share_pct": round(100 * value / values[total], 1),
                    "edition": one.edition.iloc[0],
                }
                for name, value in named.items()
                if value >= 0.05
            ]
    table = pd.DataFrame(made)
    places = pd.Categorical(table.destination, ORDER)
    return (
        table.assign(place=places)
        .sort_values(["fuel", "year", "place"], ignore_index=True)
        .drop(columns="place")
    )


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible amounts, then compare with Our World in Data, between sheets and with two press figures."""
    balance, sellers, exports = (tables[name] for name in TABLES)
    for name, table, key, least in (
        ("gas_balance", balance, ["year"], len(YEARS)),
        ("lng_suppliers", sellers, ["year", "seller"], 15),
        ("russian_exports", exports, ["fuel", "year", "destination"], 58),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    reject_rows("gas_balance", balance, ~balance.output_bcm.between(20, 40), "output outside 20 to 40 bcm")
    reject_rows("gas_balance", balance, ~balance.lng_bcm.between(0, 15), "LNG outside 0 to 15 bcm")
    for name, table, keys in (
        ("lng_suppliers", sellers, ["year"]),
        ("russian_exports", exports, ["fuel", "year"]),
    ):
        shares = table.groupby(keys).share_pct.sum().reset_index()
        reject_rows(name, shares, (shares.share_pct - 100).abs() > 0.35, "shares do not add up to 100")
    owid = (
        read_raw(OWID)
        .query("Country == 'Pakistan'")
        .set_index("Year")["Gas production (TWh)"]
        .dropna()
        .astype(float)
    )
    both = balance.assign(theirs=balance.year.astype(str).map(owid) / 10).dropna()
    # Our World in Data takes 1 bcm as 10 TWh and uses the edition of 2021: found 0.0 apart in 2010-2020.
    reject_rows(
        "gas_balance",
        both,
        (both.output_bcm - both.theirs).abs() > 0.15,
        "output is not that of Our World in Data",
    )
    sums = sellers.groupby("year").lng_bcm.sum()
    both = balance.assign(sums=balance.year.map(sums)).dropna()
    # The series of 2026 corrects what older matrices print: found 0.2 apart at most (2022).
    reject_rows(
        "lng_suppliers",
        both,
        (both.lng_bcm - both.sums).abs() > 0.25,
        "sellers do not add up to the LNG of gas_balance",
    )
    _compare_regions(exports)
    _compare_press(exports)


def _compare_regions(exports: pd.DataFrame) -> None:
    """Gas by pipe against another sheet of the edition of 2026; 4.2 bcm allowed: 2023 was revised since (found: 4.1)."""
    regions = read_raw(REGIONS).astype({"year": int, "value": float})
    for there, item in (
        ("Europe", "pipeline exports of which to Europe"),
        ("China", "pipeline imports of which from Russian Federation"),
    ):
        region = "Russian Federation" if there == "Europe" else "China"
        theirs = regions[regions.region.eq(region) & regions.item.eq(item)].set_index("year").value
        ours = exports[exports.fuel.eq("pipeline gas") & exports.destination.eq(there)]
        reject_rows(
            "russian_exports",
            ours,
            (ours.amount - ours.year.map(theirs)).abs() > 4.2,
            "gas by pipe differs between two sheets",
        )


def _compare_press(exports: pd.DataFrame) -> None:
    """Crude of 2021 against Bruegel's 260 million tonnes, gas of 2022 outside the former USSR against Gazprom's 100.9 bcm."""
    facts = read_facts().set_index("id").value
    crude = exports.query("fuel == 'crude oil' and year == 2021")
    gas = exports.query("fuel == 'pipeline gas' and year == 2022 and destination != 'former USSR'")
    for rows, key, slack in ((crude, "E105", 0.02), (gas, "E104", 0.02)):
        if abs(rows.amount.sum() / float(facts[key]) - 1) > slack:
            reject("russian_exports", key, f"{rows.amount.sum():.1f} here, {facts[key]} there")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
