"""trade_statements, trade_changes, trade_goods: what officials and the press said about the trade of the pair, each with its fact."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("trade_statements", "trade_changes", "trade_goods")

STATEMENTS = "trade/turnover_statements.csv"
GOODS = "trade/composition_statements.csv"

FACT = {
    "TS01": "TR001",
    "TS02": "TR002",
    "TS03": "TR003",
    "TS04": "TR004",
    "TS05": "TR005",
    "TS06": "TR007",
    "TS07": "TR008",
    "TS08": "TR009",
    "TS09": "TR010",
    "TS10": "TR013",
    "TS11": "TR015",
    "TS12": "TR014",
    "TS13": "TR016",
    "TS14": "TR017",
    "TS15": "TR017",
    "TS16": "TR018",
    "TS17": "TR019",
    "TS18": "TR020",
    "TS19": "TR032",
    "TS20": "TR133",
    "TS21": "TR137",
    "TS22": "TR134",
}
SYSTEM = {
    "TS01": "Russia",
    "TS02": "Pakistan, ministry",
    "TS03": "Pakistan, ministry",
    "TS04": "not named",
    "TS05": "not named",
    "TS06": "Russia",
    "TS07": "not named",
    "TS08": "Russia",
    "TS09": "not named",
    "TS10": "Russia",
    "TS11": "Pakistan, State Bank",
    "TS12": "Pakistan, ministry",
    "TS13": "Pakistan, State Bank",
    "TS14": "Pakistan, ministry",
    "TS15": "Pakistan, ministry",
    "TS16": "Pakistan, ministry",
    "TS17": "not named",
    "TS18": "Russia",
    "TS19": "not named",
    "TS20": "Russia",
    "TS21": "not named",
    "TS22": "Russia",
}
KINDS = {
    "as stated": "value",
    "total as stated": "value",
    "sum of two flows": "sum",
    "lower bound": "lower bound",
    "upper bound": "upper bound",
}
# Every number that was found for the change of the whole turnover against a year before; the exact words stand in the facts.
CHANGES = [
    ("FY2013-14", 2014, "value", "Pakistan, ministry", -13.45, "TR003"),
    ("2015", 2015, "computed", "not named", None, "TR005"),
    ("Jan-Nov 2020", 2020, "value", "Russia", 35.9, "TR009"),
    ("2020", 2020, "value", "Russia", 46, "TR012"),
    ("Jul 2020-Apr 2021", 2021, "computed", "Pakistan, State Bank", None, "TR015"),
    ("2021", 2021, "value", "Russia", -12, "TR013"),
    ("Jan-Mar 2023", 2023, "value", "Russia", 49.2, "TR021"),
    ("Jul 2022-May 2023", 2023, "value", "Pakistan, ministry", 34, "TR017"),
    ("to May 2023", 2023, "almost", "Russia", 50, "TR138"),
    ("2023", 2023, "more than", "Russia", 50, "TR134"),
    ("Jan-Aug 2024", 2024, "almost", "Russia", 13, "TR133"),
]
BEFORE = {
    "TR005": ("TR005", "TR004"),
    "TR015": ("TR015", None),
}  # the fact of the earlier span; in TR015 it stands in the statement
GOOD = {
    ("2012", "RUS to PAK"): "TR041",
    ("2012", "PAK to RUS"): "TR042",
    ("2022", "PAK to RUS"): "TR045",
    ("Jan-Jul 2025", "PAK to RUS"): "TR035",
    ("2020", "RUS to PAK"): "TR050",
    ("2023", "RUS to PAK"): "TR056",
    ("Q1 2024", "RUS to PAK"): "TR058",
}
SOURCES = {
    "Russian customs": "Russia",
    "UN Comtrade family (secondary report)": "UN Comtrade, second hand",
    "UN Comtrade": "UN Comtrade, second hand",
    "OEC": "OEC",
    "Pakistani data, Sputnik analysis": "Pakistan, by Sputnik",
}


def fetch() -> dict[str, pd.DataFrame]:
    """Statements of turnover and of goods, and the facts, as text."""
    return {"statements": read_raw(STATEMENTS), "goods": read_raw(GOODS), "facts": read_facts()}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Three tables, million US dollars."""
    return {
        "trade_statements": _statements(files["statements"]),
        "trade_changes": _changes(files["facts"]),
        "trade_goods": _goods(files["goods"]),
    }


def _statements(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(
        fact_id=rows.id.map(FACT), system=rows.id.map(SYSTEM), value_type=rows.value_type.map(KINDS)
    )
    start, end = (
        rows[name].str[:7].str.split("-", expand=True).astype("Int64")
        for name in ("period_start", "period_end")
    )
    rows["months"] = 12 * (end[0] - start[0]) + end[1] - start[1] + 1
    rows["span"] = rows.basis.replace(
        {"calendar": "calendar year", "fiscal": "fiscal year", "partial": "part of a year"}
    )
    rows["period"] = rows.period_label.str.replace(r" \(.*", "", regex=True)
    names = {
        "period_start": "start",
        "period_end": "end",
        "pak_exports_to_rus_musd": "pakistan_sales_musd",
        "pak_imports_from_rus_musd": "russia_sales_musd",
    }
    rows = rows.rename(columns=names)
    money = ["turnover_musd", "pakistan_sales_musd", "russia_sales_musd"]
    rows[money] = rows[money].astype(float)
    columns = ["id", "period", "start", "end", "months", "span", "system", *money, "value_type", "fact_id"]
    return rows.sort_values(["end", "id"], na_position="last")[columns].reset_index(drop=True)


def _changes(facts: pd.DataFrame) -> pd.DataFrame:
    facts = facts.set_index("id")
    rows = []
    for period, year, kind, system, change, fact in CHANGES:
        if kind == "computed":
            later, earlier = BEFORE[fact]
            before = (
                float(facts.value[earlier])
                if earlier
                else float(facts.statement[fact].split("against ")[1].split(" ")[0])
            )
            change = round(100 * (float(facts.value[later]) / before - 1), 1)
        rows.append(
            {
                "period": period,
                "year": year,
                "change_pct": change,
                "kind": kind,
                "system": system,
                "fact_id": fact,
            }
        )
    return pd.DataFrame(rows)


def _goods(rows: pd.DataFrame) -> pd.DataFrame:
    keys = list(zip(rows.period, rows.direction, strict=True))
    rows = rows.assign(
        fact_id=[GOOD.get(key) for key in keys],
        seller=rows.direction.str[:3],
        system=rows.statistical_system.map(SOURCES),
    )
    rows = rows[rows.fact_id.notna()].assign(
        value_musd=rows.value_musd.astype(float), quantity_tonnes=rows.quantity_tonnes.astype("Int64")
    )
    return rows[
        ["period", "seller", "product", "value_musd", "quantity_tonnes", "system", "fact_id"]
    ].reset_index(drop=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject lost rows, a bound without its name, flows that do not add up, and any number that its fact does not have."""
    said, changes, goods = (tables[name] for name in TABLES)
    for name, key, least in (
        ("trade_statements", ["id"], 22),
        ("trade_changes", ["period", "system"], 11),
        ("trade_goods", ["period", "seller", "product"], 19),
    ):
        reject_duplicates(name, tables[name], key)
        if len(tables[name]) < least:
            reject(name, "rows", f"{len(tables[name])} rows, at least {least} expected")
    reject_rows(
        "trade_statements", said, said.value_type.isna() | said.system.isna(), "no value_type or no system"
    )
    both = said.dropna(subset=["pakistan_sales_musd", "russia_sales_musd"])
    # One published total is the rounded sum of its flows: 0.5 million allowed.
    reject_rows(
        "trade_statements",
        both,
        (both.pakistan_sales_musd + both.russia_sales_musd - both.turnover_musd).abs() > 0.5,
        "the flows do not add up to the turnover",
    )
    bound = said.turnover_musd.eq(1000)
    reject_rows(
        "trade_statements",
        said,
        bound & ~said.value_type.str.endswith("bound"),
        "a bound that is not called one",
    )
    reject_rows("trade_statements", said, said.start.isna() != said.months.isna(), "months without a period")
    facts = read_facts().set_index("id").fillna("")
    _in_fact("trade_statements", said, "turnover_musd", facts)
    _in_fact("trade_changes", changes[changes.kind.ne("computed")], "change_pct", facts)
    _in_fact("trade_goods", goods, "value_musd", facts)
    reject_rows("trade_changes", changes, changes.change_pct.isna(), "a change without a number")


def _in_fact(name: str, rows: pd.DataFrame, column: str, facts: pd.DataFrame) -> None:
    """The number stands in the value, the statement or the sum of its fact (potatoes: almost 6 is 6)."""
    words = rows.fact_id.map(facts.statement + " " + facts.value.astype(str) + " " + facts.note)
    found = [
        f"{abs(value):g}" in text.replace(",", "") for value, text in zip(rows[column], words, strict=True)
    ]
    reject_rows(name, rows, ~pd.Series(found, rows.index), f"{column} is not in the fact")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
