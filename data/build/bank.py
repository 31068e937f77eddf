"""bank_trade, bank_investment: whom Pakistan's banks paid for goods, who paid them, who invests.

No licence was found: only the largest partners and those that the course follows leave the raw files.
"""

from pathlib import Path

import pandas as pd
from common import read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("bank_trade", "bank_investment")

TRADE = "additions/sbp_pakistan_trade_by_country_fy24_fy26.csv"
MONEY = "additions/sbp_foreign_investment_by_country_fy25_fy26.csv"
PRESS = "limits/pakistan_exports_by_destination.csv"

PERIODS = {
    "fy2024_kusd": ("2023-24", 12),
    "fy2025_kusd": ("2024-25", 12),
    "jul_mar_fy2025_kusd": ("2024-25", 9),
    "jul_mar_fy2026_kusd": ("2025-26", 9),
}
TOTAL = {"imports": "I. Import Payments Through Banks", "exports": "I. Export Receipts through Banks"}
EMIRATES = "U. A. E."
TOP = 15
# Shown wherever they stand.
ALSO = ["RUS", "UKR", "KAZ", "UZB", "BLR", "IND", "AFG", "IRN", "TUR", "BGD"]
CODES = {
    "China": "CHN",
    "United Arab Emirates": "ARE",
    "Saudi Arabia": "SAU",
    "Qatar": "QAT",
    "Indonesia": "IDN",
    "U. S. A.": "USA",
    "Singapore": "SGP",
    "Kuwait": "KWT",
    "Japan": "JPN",
    "Malaysia": "MYS",
    "South Korea": "KOR",
    "Germany": "DEU",
    "U. K.": "GBR",
    "Netherlands (Holland)": "NLD",
    "Spain": "ESP",
    "Italy": "ITA",
    "Belgium": "BEL",
    "Brazil": "BRA",
    "Oman": "OMN",
    "Thailand": "THA",
    "Bangladesh": "BGD",
    "Afghanistan": "AFG",
    "Turkiye": "TUR",
    "Russian Federation": "RUS",
    "Ukraine": "UKR",
    "Kazakhstan": "KAZ",
    "Uzbekistan": "UZB",
    "Belarus": "BLR",
    "India": "IND",
    "Iran": "IRN",
    "Australia": "AUS",
    "France": "FRA",
    "South Africa": "ZAF",
    "Kenya": "KEN",
    "Morocco": "MAR",
    "Vietnam": "VNM",
    "Hong Kong": "HKG",
    "Switzerland": "CHE",
    "Argentina": "ARG",
    "Canada": "CAN",
}
NAMES = {
    "U. S. A.": "United States",
    "U. K.": "United Kingdom",
    "Netherlands (Holland)": "Netherlands",
    "Turkiye": "Türkiye",
    "Russian Federation": "Russia",
}
HALVES = {"fy25_9m": "2024-25", "fy26_9m": "2025-26"}
FLOWS = {"fdi_inflow": "inflow_musd", "fdi_outflow": "outflow_musd", "fdi_net": "net_musd"}
INVESTORS = {"Hongkong": "Hong Kong", "U.A.E": "United Arab Emirates", "Korea (South)": "South Korea"}
UNNAMED = "Others"
LEAST = 20  # million dollars in or out in either year: smaller investors are added up
ROWS = {"bank_trade": 104, "bank_investment": 20}


def fetch() -> dict[str, pd.DataFrame]:
    """Both files as text."""
    return {"trade": read_raw(TRADE), "money": read_raw(MONEY)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Two tables, in million US dollars; a fiscal year runs from July to June."""
    return {"bank_trade": _trade(files["trade"]), "bank_investment": _investment(files["money"])}


def _trade(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a partner and period, with its rank among all of the source; the seven emirates are one."""
    rows = rows.melt(["flow", "kind", "partner"], list(PERIODS), "period", "usd").astype({"usd": float})
    rows["partner"] = rows.partner.mask(rows.partner.str.startswith(EMIRATES), "United Arab Emirates")
    wide = rows[rows.kind.eq("country")].pivot_table(
        index=["period", "partner"], columns="flow", values="usd", aggfunc="sum", fill_value=0
    )
    totals = rows[rows.partner.isin(TOTAL.values())].pivot(index="period", columns="flow", values="usd")
    lost = [name for name in totals if (wide.groupby("period")[name].sum() - totals[name]).abs().max() > 1]
    if lost:
        reject(
            TRADE, f"{', '.join(lost)} by country", "the countries do not add up to the total through banks"
        )
    wide = wide.join(wide.groupby("period").rank(ascending=False, method="min").add_prefix("rank_"))
    wide["turnover"] = wide.imports + wide.exports
    place = wide.groupby("period").turnover.rank(ascending=False, method="min")
    wide = wide[place.le(TOP) | wide.index.get_level_values("partner").map(CODES).isin(ALSO)]
    whole = totals.assign(partner="Total", turnover=totals.imports + totals.exports).set_index(
        "partner", append=True
    )
    table = pd.concat([wide, whole]).reset_index()
    return pd.DataFrame(
        {
            "fiscal_year": table.period.map({key: year for key, (year, _) in PERIODS.items()}),
            "months": table.period.map({key: months for key, (_, months) in PERIODS.items()}),
            "partner": table.partner.map(CODES | {"Total": "WLD"}),
            "partner_name": table.partner.replace(NAMES),
            **{f"{name}_musd": (table[name] / 1000).round(1) for name in ("imports", "exports", "turnover")},
            **{f"rank_{name}": table[f"rank_{name}"].astype("Int64") for name in ("imports", "exports")},
        }
    ).sort_values(
        ["fiscal_year", "months", "turnover_musd"], ascending=[True, False, False], ignore_index=True
    )


def _investment(rows: pd.DataFrame) -> pd.DataFrame:
    """Direct investment of nine months: larger investors by name, all others added up."""
    parts = []
    for half, year in HALVES.items():
        part = rows[[f"{half}_{flow}" for flow in FLOWS]].astype(float).set_axis(FLOWS.values(), axis=1)
        parts.append(part.assign(fiscal_year=year, investor=rows.country.replace(INVESTORS)))
    table = pd.concat(parts, ignore_index=True)
    large = table.groupby("investor")[["inflow_musd", "outflow_musd"]].transform("max").ge(LEAST).any(axis=1)
    total = table.assign(investor="Total")
    table["investor"] = table.investor.where(large, "smaller, named").replace(UNNAMED, "others, not named")
    sums = pd.concat([table, total]).groupby(["fiscal_year", "investor"], as_index=False).sum().round(1)
    order = sums.investor.map({"smaller, named": 1, "others, not named": 2, "Total": 3}).fillna(0)
    sums = sums.assign(order=order).sort_values(
        ["fiscal_year", "order", "net_musd"], ascending=[True, True, False]
    )
    return sums[["fiscal_year", "investor", *FLOWS.values()]].reset_index(drop=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject lost partners and sums that do not hold, then compare with what the press printed."""
    trade, money = (tables[name] for name in TABLES)
    for name, key in (
        ("bank_trade", ["fiscal_year", "months", "partner_name"]),
        ("bank_investment", ["fiscal_year", "investor"]),
    ):
        if len(tables[name]) < ROWS[name]:
            reject(name, "rows", f"{len(tables[name])} rows, at least {ROWS[name]} expected")
        reject_duplicates(name, tables[name], key)
    reject_rows("bank_trade", trade, trade.partner.isna(), "a partner without a code")
    reject_rows(
        "bank_trade", trade, trade[["imports_musd", "exports_musd"]].lt(0).any(axis=1), "an amount below zero"
    )
    late = trade.pivot(
        index=["fiscal_year", "partner_name"], columns="months", values="turnover_musd"
    ).dropna()
    more = (late[9] > late[12]).reset_index(drop=True)
    reject_rows("bank_trade", late.reset_index(), more, "more in nine months than in the year")
    net = money.inflow_musd - money.outflow_musd - money.net_musd
    reject_rows("bank_investment", money, net.abs() > 0.21, "net is not inflow minus outflow")
    press = read_raw(PRESS).replace({"destination": {"Turkey": "Türkiye"}})
    press = press[
        ~press.note.fillna("").str.contains("first|rounded") & press.fiscal_year_july_june.eq("2023-24")
    ]
    both = trade[trade.months.eq(12)].merge(
        press, left_on=["fiscal_year", "partner_name"], right_on=["fiscal_year_july_june", "destination"]
    )
    if len(both) < 8:
        reject("bank_trade", "press", f"only {len(both)} exports could be compared, at least 8 expected")
    # The press printed the State Bank's revised figures of that year: the same to the last digit shown.
    theirs = both.usd_million.astype(float)
    reject_rows(
        "bank_trade",
        both,
        (both.exports_musd - theirs).abs() > 0.06,
        "exports are not those the press printed",
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store both tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
