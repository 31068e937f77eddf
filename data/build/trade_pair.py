"""bilateral_trade, mirror_trade, trade_partners, trade_falls, growth_base_rates, dollar_prices, macro_series: the pair, and its measures.

Correlates of War asks for citation and shows no terms: totals of pairs and sums leave the raw files, never the list of dyads.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from common import raw, read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

from ruspak.measures import grouped_interval

TABLES = (
    "bilateral_trade",
    "mirror_trade",
    "trade_partners",
    "trade_falls",
    "growth_base_rates",
    "dollar_prices",
    "macro_series",
)

DYADS = "trade/cow_dyadic_trade_pak_rus_all_partners_1947_2014.csv"
OTHERS = "trade/cow_dyadic_trade_comparison_set_1947_2014.csv"
STATES = "trade/cow_national_trade_1947_2014.csv"
EXPORTS = "trade/penppml_exports_pak_rus_partners_1964_2016.csv"
PRICES = "trade/worldbank_cpi_inflation.csv"
GDP = "trade/worldbank_gdp_current_usd.csv"
PEOPLE = "trade/worldbank_population.csv"
SERIES = "limits/wdi_selected_long.csv"
SECOND_PRICES = "limits/wdi_inflation_cpi.csv"
SECOND_GDP = "limits/wdi_gdp_current_usd.csv"
WITS = "trade/wits_trade_summary_PAK_1988_2015.csv"

CODES = {"770": "PAK", "365": "RUS"}
FIRST, LAST = 1948, 2014
BASE = 2014
TOP = 12
PARTNERS = {
    "China": "CHN",
    "United Arab Emirates": "ARE",
    "Saudi Arabia": "SAU",
    "United States of America": "USA",
    "Kuwait": "KWT",
    "India": "IND",
    "Afghanistan": "AFG",
    "Germany": "DEU",
    "Indonesia": "IDN",
    "Iran": "IRN",
    "United Kingdom": "GBR",
    "Japan": "JPN",
    "Netherlands": "NLD",
    "Belarus": "BLR",
    "Turkey": "TUR",
    "Poland": "POL",
    "Italy": "ITA",
    "South Korea": "KOR",
    "France": "FRA",
    "Ukraine": "UKR",
    "Russia": "RUS",
    "Pakistan": "PAK",
    "Romania": "ROU",
    "German Democratic Republic": "DDR",
    "Bangladesh": "BGD",
}
SHORT = {
    "United States of America": "United States",
    "German Democratic Republic": "East Germany",
    "Turkey": "Türkiye",
}
ALSO = ["Russia", "Pakistan", "India", "Bangladesh"]  # shown wherever they stand
RANKED = range(1960, LAST + 1)  # real dollars begin in 1960, too
LEADERS = (1967, 1987, 2004)  # years whose largest partner is shown
MACRO = ["PAK", "RUS", "IND", "CHN", "USA"]
# A pair enters with 400 to 1,600 million dollars: half to twice the 700 to 900 that the survey names.
LEAST, MOST = 400, 1600
SPANS = (5, 7, 10, 15)
SETS = ((1992, 2014, "current"), (1992, 2014, "2014"), (1970, 1992, "2014"))


def fetch() -> dict[str, pd.DataFrame]:
    """Dyads, national totals, exporters' reports, prices, output and population, as text."""
    return {
        "dyads": read_raw(DYADS),
        "others": read_raw(OTHERS),
        "states": read_raw(STATES),
        "exports": read_raw(EXPORTS),
        "prices": read_raw(PRICES),
        "series": read_raw(SERIES),
        "gdp": read_raw(GDP),
        "people": read_raw(PEOPLE),
    }


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Seven tables; money in million US dollars unless a column says otherwise."""
    dyads, others = (_typed(files[name]) for name in ("dyads", "others"))
    prices = _prices(files["prices"], files["series"])
    return {
        "bilateral_trade": _pair(dyads, files["states"]),
        "mirror_trade": _mirror(dyads, files["exports"]),
        "trade_partners": _partners(dyads, files["states"]),
        "trade_falls": _falls(dyads),
        "growth_base_rates": _rates(pd.concat([dyads, others]), prices),
        "dollar_prices": prices,
        "macro_series": _macro(files["gdp"], files["people"]),
    }


def _typed(dyads: pd.DataFrame) -> pd.DataFrame:
    dyads = dyads.astype({"year": int, "flow1": float, "flow2": float})
    minus = dyads.flow1.lt(0) | dyads.flow2.lt(0)
    reject_rows(
        DYADS, dyads, minus, "a flow below zero; the data set writes -9 for not known: leave it empty"
    )
    return dyads


def _own(dyads: pd.DataFrame) -> pd.DataFrame:
    """The pair itself, by year: flow1 is what Moscow imported from Pakistan, flow2 the reverse."""
    rows = dyads[dyads.ccode1.eq("365") & dyads.ccode2.eq("770")]
    return rows[rows.year.between(FIRST, LAST)].set_index("year").sort_index()


def _pair(dyads: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    own = _own(dyads)
    totals = (
        states[states.ccode.eq("770")]
        .astype({"year": int, "imports": float, "exports": float})
        .set_index("year")
    )
    whole = (totals.imports + totals.exports).reindex(own.index)
    turnover = own.flow1 + own.flow2
    return pd.DataFrame(
        {
            "year": own.index,
            "pakistan_sales_musd": own.flow1.astype(int),
            "moscow_sales_musd": own.flow2.astype(int),
            "turnover_musd": turnover.astype(int),
            "pakistan_all_trade_musd": whole.round().astype(int),
            "share_pct": (100 * turnover / whole).round(2),
        }
    ).reset_index(drop=True)


def _mirror(dyads: pd.DataFrame, exports: pd.DataFrame) -> pd.DataFrame:
    """Both reports of one flow since 1992; empty where a side has none."""
    own = _own(dyads)
    rows = [
        {"year": year, "seller": seller, "buyer": buyer, "buyer_says_musd": int(value)}
        for seller, buyer, flow in (("PAK", "RUS", own.flow1), ("RUS", "PAK", own.flow2))
        for year, value in flow[flow.index >= 1992].items()
    ]
    said = exports.astype({"time": int, "export": float}).rename(
        columns={"exp": "seller", "imp": "buyer", "time": "year"}
    )
    said = said[said.seller.isin(["PAK", "RUS"]) & said.buyer.isin(["PAK", "RUS"])]
    said = said.assign(seller_says_musd=(said.export / 1e6).round(1))[
        ["year", "seller", "buyer", "seller_says_musd"]
    ]
    both = pd.DataFrame(rows).merge(said, on=["year", "seller", "buyer"], how="outer")
    both["buyer_says_musd"] = both.buyer_says_musd.astype("Int64")
    return both.sort_values(["seller", "year"], ignore_index=True)


def _ranking(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """The partners of one state in one year by turnover; a flow that is not reported counts as nothing."""
    name = rows.state2.where(rows.ccode1.eq(code), rows.state1)
    ranking = pd.DataFrame(
        {"partner_name": name, "turnover_musd": rows.flow1.fillna(0) + rows.flow2.fillna(0)}
    )
    ranking = ranking.sort_values("turnover_musd", ascending=False, kind="stable").reset_index(drop=True)
    return ranking.assign(
        place=ranking.index + 1,
        share_pct=100 * ranking.turnover_musd / ranking.turnover_musd.sum(),
        partners=int(ranking.turnover_musd.gt(0).sum()),
    )


def _partners(dyads: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    parts = []
    _compare_sum(dyads, states)
    for code, country in CODES.items():
        own = dyads[dyads.year.isin(RANKED) & (dyads.ccode1.eq(code) | dyads.ccode2.eq(code))]
        for year, rows in own.groupby("year"):
            ranking = _ranking(rows, code)
            shown = TOP if year == LAST else int(year in LEADERS)
            keep = ranking.place.le(shown) | ranking.partner_name.isin(ALSO if year == LAST else ALSO[:2])
            parts.append(ranking[keep].assign(country=country, year=year))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(
        partner=rows.partner_name.map(PARTNERS),
        partner_name=rows.partner_name.replace(SHORT),
        turnover_musd=rows.turnover_musd.astype(int),
        share_pct=rows.share_pct.round(2),
    )
    return rows[
        ["country", "year", "place", "partner", "partner_name", "turnover_musd", "share_pct", "partners"]
    ]


def _compare_sum(dyads: pd.DataFrame, states: pd.DataFrame) -> None:
    """All pairs of Pakistan against its national total, year by year (found: 86 to 103 percent)."""
    own = dyads[dyads.ccode1.eq("770") | dyads.ccode2.eq("770")]
    sums = (own.flow1.fillna(0) + own.flow2.fillna(0)).groupby(own.year).sum()
    whole = (
        states[states.ccode.eq("770")]
        .astype({"year": int, "imports": float, "exports": float})
        .set_index("year")
    )
    share = (sums / (whole.imports + whole.exports)).reindex(RANKED).rename("share").reset_index()
    reject_rows(
        "trade_partners",
        share,
        ~share.share.between(0.8, 1.1),
        "the pairs do not add up to the national total",
    )


def _falls(dyads: pd.DataFrame) -> pd.DataFrame:
    """In how many of the ten years 2005-14 did trade with a partner of at least 100 million fall? Partners of Pakistan by number of falls."""
    rows = dyads[dyads.year.between(2004, LAST) & (dyads.ccode1.eq("770") | dyads.ccode2.eq("770"))]
    rows = rows.assign(
        partner=rows.state2.where(rows.ccode1.eq("770"), rows.state1), turnover=rows.flow1 + rows.flow2
    )
    yearly = rows.pivot(index="year", columns="partner", values="turnover").dropna(axis=1)
    if "Russia" not in yearly:
        reject("trade_falls", "partner Russia", f"not every year of 2004 to {LAST} is in {DYADS}")
    yearly = yearly.loc[:, yearly.min().ge(100)]
    falls = yearly.diff().lt(0).sum()
    counts = falls.value_counts().reindex(range(int(falls.max()) + 1), fill_value=0)
    return pd.DataFrame(
        {"falls": counts.index, "partners": counts.to_numpy(), "with_russia": counts.index == falls["Russia"]}
    )


def _prices(prices: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Two price levels of the United States, 2014 = 100, linked from yearly changes."""
    consumer = (
        prices[prices["Country Code"].eq("USA")].astype({"Year": int, "CPI": float}).set_index("Year").CPI
    )
    output = series[series.iso3.eq("USA") & series.indicator_code.eq("NY.GDP.DEFL.KD.ZG")]
    output = output.astype({"year": int, "value": float}).set_index("year").value
    years = range(1960, int(min(consumer.index.max(), output.index.max())) + 1)

    def level(change: pd.Series) -> pd.Series:
        # The change of 1960 leads to 1960 itself, so it is not used.
        steps = (1 + change.reindex(years) / 100).where(pd.Series(years, years) > years[0], 1).cumprod()
        return (100 * steps / steps[BASE]).round(2)

    return pd.DataFrame(
        {
            "year": list(years),
            "consumer_2014_100": level(consumer).to_list(),
            "output_2014_100": level(output).to_list(),
        }
    )


def _rates(dyads: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """How fast pairs that began with LEAST to MOST million grew, as percentiles of growth a year."""
    dyads = dyads.assign(turnover=dyads.flow1 + dyads.flow2, pair=dyads.ccode1 + "-" + dyads.ccode2)
    reject_duplicates("growth_base_rates", dyads, ["year", "pair"])
    current = dyads.pivot(index="year", columns="pair", values="turnover")
    real = current.mul(100 / prices.set_index("year").consumer_2014_100.reindex(current.index), axis=0)
    members = {
        name: np.array([code in pair.split("-") for pair in current.columns])
        for code, name in (("770", "pakistan"), ("365", "russia"))
    }
    rows = []
    for start, end, money in SETS:
        frame = current if money == "current" else real
        for span in SPANS:
            first, last = frame.loc[start : end - span], frame.loc[start + span : end]
            first = first[first.ge(LEAST) & first.le(MOST)]
            times = last.to_numpy() / first.to_numpy()
            seen = ~np.isnan(times)
            yearly = 100 * (times[seen] ** (1 / span) - 1)
            steps = np.percentile(yearly, range(1, 100))
            share = {
                f"share_{name}_pct": round(100 * float(test.mean()), 1)
                for name, test in (
                    ("fell", times[seen] < 1),
                    ("doubled", times[seen] >= 2),
                    ("fivefold", times[seen] >= 5),
                )
            }
            reached = pd.DataFrame(seen & (times >= 5)).sum(), pd.DataFrame(seen).sum()
            followed = reached[1] > 0
            low, high = grouped_interval(*(counts[followed] for counts in reached))
            share |= {"fivefold_low_pct": round(low, 1), "fivefold_high_pct": round(high, 1)}
            part = {}
            for name, columns in members.items():
                own = times[:, columns][seen[:, columns]]
                part |= {f"{name}_cases": own.size, f"{name}_fivefold": int((own >= 5).sum())}
            rows += [
                {
                    "first_year": start,
                    "last_year": end,
                    "dollars": money,
                    "span_years": span,
                    "percentile": step,
                    "growth_pct_a_year": round(float(growth), 2),
                    "cases": int(seen.sum()),
                    "pairs": int(seen.any(axis=0).sum()),
                    **share,
                    **part,
                }
                for step, growth in enumerate(steps, 1)
            ]
    return pd.DataFrame(rows)


def _macro(gdp: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    names = {"Country Code": "country", "Year": "year"}
    gdp, people = (file.rename(columns=names).astype({"year": int, "Value": float}) for file in (gdp, people))
    both = people.merge(gdp, on=["country", "year"], how="left", suffixes=("", "_gdp"))
    both = both[both.country.isin(MACRO) & both.year.between(1960, 2023)]
    both = both.assign(
        gdp_busd=(both.Value_gdp / 1e9).round(2), population_million=(both.Value / 1e6).round(2)
    )
    return both[["country", "year", "gdp_busd", "population_million"]].sort_values(
        ["country", "year"], ignore_index=True
    )


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject lost rows and impossible sums, then compare with second sources."""
    pair, mirror, partners, falls, rates, prices, macro = (tables[name] for name in TABLES)
    for name, key, least in (
        ("bilateral_trade", ["year"], 67),
        ("mirror_trade", ["year", "seller"], 48),
        ("trade_partners", ["country", "year", "partner"], 143),
        ("dollar_prices", ["year"], 65),
        ("trade_falls", ["falls"], 6),
        ("growth_base_rates", ["first_year", "dollars", "span_years", "percentile"], 1188),
        ("macro_series", ["country", "year"], 320),
    ):
        reject_duplicates(name, tables[name], key)
        if len(tables[name]) < least:
            reject(name, "rows", f"{len(tables[name])} rows, at least {least} expected")
    reject_rows(
        "bilateral_trade",
        pair,
        pair.pakistan_sales_musd + pair.moscow_sales_musd != pair.turnover_musd,
        "flows do not add up",
    )
    reject_rows("bilateral_trade", pair, ~pair.share_pct.between(0, 5), "share outside 0 to 5 percent")
    reject_rows(
        "mirror_trade",
        mirror,
        mirror.buyer_says_musd.isna() & mirror.seller_says_musd.isna(),
        "a row without a report",
    )
    reject_rows("trade_partners", partners, partners.partner.isna(), "a partner without a code")
    own = int(pair[pair.year.between(2004, LAST)].turnover_musd.diff().lt(0).sum())
    reject_rows(
        "trade_falls",
        falls,
        falls.with_russia != falls.falls.eq(own),
        "the falls are not those of bilateral_trade",
    )
    reject_rows("growth_base_rates", rates, rates.pairs > rates.cases, "more pairs than cases")
    reject_rows(
        "growth_base_rates",
        rates,
        rates[["pakistan_cases", "russia_cases"]].max(axis=1) > rates.cases,
        "more cases of one state than cases",
    )
    reject_rows(
        "dollar_prices", prices, ~prices.consumer_2014_100.between(10, 140), "price level outside 10 to 140"
    )
    change = macro.groupby("country").population_million.pct_change().abs()
    reject_rows(
        "macro_series",
        macro,
        macro.population_million.le(0) | change.gt(0.05),
        "population is zero, or 5 percent from that of the year before",
    )
    ours = partners[partners.country.eq("PAK") & partners.partner.eq("RUS")]
    other = ours.turnover_musd != ours.year.map(pair.set_index("year").turnover_musd)
    reject_rows("trade_partners", ours, other, "not the turnover of bilateral_trade")
    _compare_mirror(pair, mirror)
    _compare_totals(pair)
    _compare_prices(prices)
    _compare_gdp(macro)


def _compare_mirror(pair: pd.DataFrame, mirror: pd.DataFrame) -> None:
    """The buyers' reports are those of bilateral_trade, and for 2012 those that a Russian official read out (332 sold by Pakistan)."""
    sold = pair.set_index("year")
    for seller, column in (("PAK", "pakistan_sales_musd"), ("RUS", "moscow_sales_musd")):
        rows = mirror[mirror.seller.eq(seller) & mirror.buyer_says_musd.notna()]
        reject_rows(
            "mirror_trade",
            rows,
            rows.buyer_says_musd != rows.year.map(sold[column]),
            "not as in bilateral_trade",
        )
    said = read_facts().set_index("id").statement["TR001"]
    rows = mirror[mirror.year.eq(2012) & mirror.seller.eq("PAK")]
    reject_rows(
        "mirror_trade",
        rows,
        ~rows.buyer_says_musd.map(lambda value: f"imports {value}" in said),
        "not what the official said",
    )
    rows = mirror[mirror.year.eq(2012) & mirror.seller.eq("RUS")]
    # The official said 210 for Russian exports, Comtrade has 207: two percent apart.
    reject_rows(
        "mirror_trade",
        rows,
        (rows.seller_says_musd / 210 - 1).abs() > 0.02,
        "not near what the official said",
    )


def _compare_totals(pair: pd.DataFrame) -> None:
    """All trade of Pakistan against WITS, 2003-2014: 20 percent allowed (found: none in 2003, growing to 19 in 2014)."""
    wits = pd.read_csv(raw(WITS), encoding="latin-1")
    rows = wits[
        wits.Partner.str.strip().eq("World")
        & wits.Indicator.isin(["Exports (in US$ Mil)", "Imports (in US$ Mil)"])
    ]
    ours = pair[pair.year.between(2003, LAST)]
    theirs = ours.year.astype(str).map(rows[[str(year) for year in ours.year]].astype(float).sum())
    reject_rows(
        "bilateral_trade",
        ours,
        (ours.pakistan_all_trade_musd / theirs - 1).abs() > 0.2,
        "Pakistan's trade is not that of WITS",
    )


def _compare_prices(prices: pd.DataFrame) -> None:
    """Yearly changes of consumer prices against a second copy of the World Bank's series (rounding of the level: 0.1 points)."""
    second = (
        read_raw(SECOND_PRICES)
        .query("iso3 == 'USA'")
        .astype({"year": int, "cpi_inflation_pct": float})
        .set_index("year")
    )
    change = 100 * (prices.consumer_2014_100 / prices.consumer_2014_100.shift() - 1)
    gap = (change - prices.year.map(second.cpi_inflation_pct)).abs()
    reject_rows(
        "dollar_prices", prices[1:], gap[1:] > 0.1, "the change of prices is not that of the second copy"
    )


def _compare_gdp(macro: pd.DataFrame) -> None:
    """Output of 2014 against the second copy: the same within rounding."""
    second = (
        read_raw(SECOND_GDP)
        .astype({"year": int, "gdp_current_usd": float})
        .set_index(["iso3", "year"])
        .gdp_current_usd
    )
    rows = macro[macro.year.between(1990, 2023) & macro.gdp_busd.notna()]
    theirs = [second[key] / 1e9 for key in zip(rows.country, rows.year, strict=True)]
    reject_rows(
        "macro_series", rows, (rows.gdp_busd - theirs).abs() > 0.006, "output is not that of the second copy"
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the seven tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
