"""russian_trade_compared, pakistan_ties, us_aid: Russia's trade with two neighbours; who buys from Pakistan, pays it."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("russian_trade_compared", "pakistan_ties", "us_aid")

PAIRS = "trade/cow_dyadic_trade_pak_rus_all_partners_1947_2014.csv"
GDP = "limits/wdi_gdp_current_usd.csv"
STATED = "limits/russia_trade_india_vs_pakistan.csv"
TURNOVER = "trade/turnover_statements.csv"
OLD_GDP = "limits/imf_weo_april2019.csv"
EXPORTS = "limits/pakistan_exports_by_destination.csv"
REMITTANCES = "limits/pakistan_remittances_by_source.csv"
INVESTMENT = "limits/pakistan_fdi_by_country.csv"
AID = "limits/us_foreign_aid.csv"

COW = {"750": "ind", "770": "pak", "365": "rus"}
FIRST, LAST = 1960, 2014
GROWTH = 1.33  # the rise that India's foreign secretary named with the total of 2023-24
EXPORT_YEAR, REMITTANCE_MONTHS, INVESTMENT_YEAR = "2023-24", "2024-07..2025-01", "2024-25"
PARTNERS = {
    "United States": "USA",
    "China": "CHN",
    "United Kingdom": "GBR",
    "United Arab Emirates": "ARE",
    "Saudi Arabia": "SAU",
    "Russia": "RUS",
    "European Union (27)": "EUU",
    "Hong Kong": "HKG",
}
DEBT = {"China": "CHN", "World Bank": "World Bank", "ADB": "Asian Development Bank", "Saudi Arabia": "SAU"}
STATES = ["PAK", "IND"]


def fetch() -> dict[str, pd.DataFrame]:
    """The files as text."""
    names = {
        "pairs": PAIRS,
        "gdp": GDP,
        "stated": STATED,
        "turnover": TURNOVER,
        "exports": EXPORTS,
        "remittances": REMITTANCES,
        "investment": INVESTMENT,
        "aid": AID,
    }
    return {name: read_raw(path) for name, path in names.items()} | {"facts": read_facts()}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Three tables, in million US dollars."""
    return {
        "russian_trade_compared": _compared(files),
        "pakistan_ties": _ties(files),
        "us_aid": _aid(files["aid"]),
    }


def _compared(files: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Trade of both with Moscow by year, beside the size of both economies."""
    pairs = files["pairs"]
    pairs = pairs[
        pairs.ccode1.isin(COW) & pairs.ccode2.isin(COW) & (pairs.ccode1.eq("365") | pairs.ccode2.eq("365"))
    ]
    other = pairs.ccode1.where(pairs.ccode1 != "365", pairs.ccode2).map(COW)
    total = pairs.flow1.astype(float) + pairs.flow2.astype(float)
    cow = pd.DataFrame({"year": pairs.year.astype(int), "other": other, "total": total})
    cow = cow[cow.year.between(FIRST, LAST)].pivot(index="year", columns="other", values="total")
    rows = [
        {
            "period": str(year),
            "years": [year],
            "basis": "calendar",
            "ind": pair.ind,
            "pak": pair.pak,
            "counting": "importers’ reports",
        }
        for year, pair in cow.iterrows()
    ]
    stated = (
        files["stated"]
        .set_index(["partner_of_russia", "year_or_fiscal_year"])
        .goods_trade_usd_million.astype(float)
    )
    turnover = files["turnover"].set_index("id").turnover_musd.astype(float)
    rows += [
        {
            "period": "2020-21",
            "years": [2020, 2021],
            "ind": stated["India", "2020-21"],
            "pak": stated["Pakistan", "2020-21"],
            "counting": "ministries",
        },
        {
            "period": "2021-22",
            "years": [2021, 2022],
            "ind": stated["India", "2021-22"],
            "pak": turnover["TS13"],
            "counting": "ministry and central bank",
        },
        {
            "period": "2022-23",
            "years": [2022, 2023],
            "ind": stated["India", "2022-23"],
            "pak": stated["Pakistan", "2022-23"],
            "counting": "ministries",
        },
        {
            "period": "2022-23",
            "years": [2022, 2023],
            "ind": stated["India", "2023-24"] / GROWTH,
            "pak": turnover["TS17"],
            "counting": "later and lower counts",
        },
    ]
    gdp = files["gdp"].assign(
        year=files["gdp"].year.astype(int), gdp=files["gdp"].gdp_current_usd.astype(float) / 1e9
    )
    gdp = gdp.pivot(index="year", columns="iso3", values="gdp")
    table = pd.DataFrame(
        [
            {
                "period": row["period"],
                "year": row["years"][0],
                "basis": row.get("basis", "fiscal"),
                "india_musd": round(row["ind"], 2),
                "pakistan_musd": round(row["pak"], 2),
                "india_gdp_busd": round(gdp.IND[row["years"]].mean(), 2),
                "pakistan_gdp_busd": round(gdp.PAK[row["years"]].mean(), 2),
                "counting": row["counting"],
            }
            for row in rows
        ]
    )
    return table


def _ties(files: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a tie and partner: exports, remittances, external debt, direct investment."""
    exports = files["exports"]
    revised = exports[
        exports.fiscal_year_july_june.eq(EXPORT_YEAR)
        & ~exports.note.fillna("").str.startswith("first release")
    ]
    revised = revised[revised.destination.isin(PARTNERS)]
    russia = exports[exports.destination.eq("Russia") & exports.fiscal_year_july_june.eq("2022-23")]
    sold = pd.concat([revised, russia])
    parts = [
        pd.DataFrame(
            {
                "tie": "exports",
                "period": sold.fiscal_year_july_june,
                "partner": sold.destination,
                "usd": sold.usd_million,
                "system": sold.destination.eq("Russia").map(
                    {True: "Ministry of Commerce", False: "State Bank of Pakistan"}
                ),
                "url": sold.source_url,
            }
        )
    ]
    paid = files["remittances"].query("period == @REMITTANCE_MONTHS")
    parts.append(
        pd.DataFrame(
            {
                "tie": "remittances",
                "period": paid.period,
                "partner": paid.source_country,
                "usd": paid.usd_million,
                "system": "State Bank of Pakistan",
                "url": paid.source_url,
            }
        )
    )
    money = files["investment"].query("fiscal_year_july_june == @INVESTMENT_YEAR")
    parts.append(
        pd.DataFrame(
            {
                "tie": "direct investment",
                "period": money.fiscal_year_july_june,
                "partner": money.source_country.replace("Total net FDI", "Total"),
                "usd": money.net_fdi_usd_million,
                "system": "State Bank of Pakistan",
                "url": money.source_url,
            }
        )
    )
    debt = files["facts"].set_index("id").loc["L088"]
    owed = pd.Series(debt.statement).str.extractall(r"(China|World Bank|ADB|Saudi Arabia) \d+% \(([\d.]+)\)")
    owed = pd.concat([owed, pd.DataFrame({0: ["Total"], 1: [debt.value]})])
    parts.append(
        pd.DataFrame(
            {
                "tie": "external debt",
                "period": "2023-12",
                "partner": owed[0],
                "usd": owed[1].astype(float) * 1000,
                "system": "World Bank",
                "url": debt.url,
            }
        )
    )
    ties = pd.concat(parts, ignore_index=True)
    ties["usd"] = ties.usd.astype(float).round(1)
    total = ties[ties.partner == "Total"].set_index("tie").usd
    ties["share_pct"] = (100 * ties.usd / ties.tie.map(total)).round(1)
    ties["partner"] = ties.partner.map(PARTNERS | DEBT).fillna(ties.partner)
    ties = ties.rename(columns={"usd": "amount_musd", "url": "source_url"})
    return ties[["tie", "period", "partner", "amount_musd", "share_pct", "system", "source_url"]]


def _aid(rows: pd.DataFrame) -> pd.DataFrame:
    """Obligations by fiscal year; the transition quarter of 1976 is in that year, 2025 (unfinished) left out."""
    rows = rows[rows.iso3.isin(STATES) & rows.transaction_type.eq("Obligations")]
    rows = rows.assign(
        fiscal_year=rows.fiscal_year.str[:4].astype(int),
        obligations_musd=rows.current_usd.astype(float) / 1e6,
        constant_2024_musd=rows.constant_2024_usd.astype(float) / 1e6,
    )
    sums = (
        rows[rows.fiscal_year <= 2024]
        .groupby(["iso3", "fiscal_year"])[["obligations_musd", "constant_2024_musd"]]
        .sum()
    )
    sums = sums.round(2).reset_index().rename(columns={"iso3": "country"})
    return sums[sums.fiscal_year >= 1951].reset_index(drop=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible values, then compare with the statements and the old edition of the IMF."""
    compared, ties, aid = (tables[name] for name in TABLES)
    for name, table, key, least in (
        ("russian_trade_compared", compared, ["period", "counting"], 59),
        ("pakistan_ties", ties, ["tie", "partner"], 21),
        ("us_aid", aid, ["country", "fiscal_year"], 140),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    money = ["india_musd", "pakistan_musd", "india_gdp_busd", "pakistan_gdp_busd"]
    reject_rows(
        "russian_trade_compared",
        compared,
        compared[money].le(0).any(axis=1) | compared[money].isna().any(axis=1),
        "no amount",
    )
    ratio = compared.india_musd / compared.pakistan_musd
    reject_rows("russian_trade_compared", compared, ~ratio.between(4, 80), "ratio outside 4 to 80")
    _compare_statements(compared)
    _compare_imf(compared)
    # The largest is the whole external debt, 130,847 million; a figure in thousands stands far above.
    reject_rows(
        "pakistan_ties",
        ties,
        ~ties.amount_musd.between(0.1, 150_000),
        "amount outside 0.1 to 150,000 million",
    )
    reject_rows(
        "pakistan_ties",
        ties,
        ties.share_pct.notna() & ~ties.share_pct.fillna(0).between(0, 100),
        "share outside 0 to 100",
    )
    sums = ties[ties.partner.ne("Total")].groupby("tie", as_index=False).share_pct.sum()
    reject_rows("pakistan_ties", sums, sums.share_pct > 100, "shares above 100")
    reject_rows(
        "us_aid",
        aid,
        aid.constant_2024_musd < aid.obligations_musd - 0.01,
        "less in constant dollars of 2024 than in current ones",
    )
    deflator = (aid.constant_2024_musd / aid.obligations_musd).where(aid.obligations_musd > 5)
    spread = deflator.groupby(aid.fiscal_year).agg(["min", "max"]).reset_index().dropna()
    reject_rows(
        "us_aid",
        spread,
        spread["max"] / spread["min"] > 1.12,
        "the two states have different price levels in one year",
    )


def _compare_statements(compared: pd.DataFrame) -> None:
    """COW against a Pakistani total for 2014 (454: 4 percent apart), ministries against the list of statements."""
    turnover = read_raw(TURNOVER).set_index("id").turnover_musd.astype(float)
    ours = compared.set_index(["period", "counting"]).pakistan_musd
    for period, counting, key, slack in (
        ("2014", "importers’ reports", "TS04", 0.06),
        ("2020-21", "ministries", "TS12", 0.001),
        ("2022-23", "ministries", "TS16", 0.001),
    ):
        if abs(ours[period, counting] / turnover[key] - 1) > slack:
            reject("russian_trade_compared", f"{period} {counting}", f"not as in the statement {key}")


def _compare_imf(compared: pd.DataFrame) -> None:
    """GDP against the IMF's edition of April 2019, 1980-2017.

    India within 5 percent (found 2). The World Bank's series of Pakistan has a break: 23 percent below the IMF to 1999,
    7 to 26 percent above from 2000 on. So a ratio must not be read across 2000 without saying so.
    """
    theirs = read_raw(OLD_GDP).query("weo_code == 'NGDPD'").astype({"year": int, "value": float})
    theirs = theirs[theirs.year <= 2017].pivot(index="year", columns="iso3", values="value")
    both = compared[compared.basis == "calendar"].merge(theirs[STATES], left_on="year", right_index=True)
    reject_rows(
        "russian_trade_compared",
        both,
        (both.india_gdp_busd / both.IND - 1).abs() > 0.05,
        "India’s GDP is not that of the IMF",
    )
    gap = both.pakistan_gdp_busd / both.PAK
    early, late = both.year < 2000, both.year >= 2000
    reject_rows(
        "russian_trade_compared",
        both,
        early & ~gap.between(0.75, 0.78),
        "Pakistan’s GDP to 1999 has another gap to the IMF",
    )
    reject_rows(
        "russian_trade_compared",
        both,
        late & ~gap.between(1.07, 1.26),
        "Pakistan’s GDP from 2000 has another gap to the IMF",
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
