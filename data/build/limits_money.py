"""imf_arrangements, debt_burden, china_commitments: who lent to Pakistan, and how heavy the debt is beside others."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("imf_arrangements", "debt_burden", "china_commitments")

IMF = "limits/imf_arrangements_pakistan.csv"
BANK = "limits/wdi_selected_long.csv"
GDP = "limits/wdi_gdp_current_usd.csv"
AIDDATA = "limits/aidata_gcdf3_china_commitments.csv"

SERIES = {
    "DT.TDS.DECT.EX.ZS": "service_pct",
    "FI.RES.TOTL.DT.ZS": "reserves_pct",
    "DT.DOD.DECT.CD": "debt_busd",
    "NE.EXP.GNFS.ZS": "exports_gdp_pct",
}
DEBTORS = [
    "PAK",
    "IND",
    "BGD",
    "LKA",
    "NPL",
    "CHN",
    "RUS",
    "KAZ",
    "UZB",
    "KGZ",
    "TJK",
    "TUR",
    "EGY",
    "IDN",
    "VNM",
]
YEARS = range(2010, 2025)
RECIPIENTS = ["PAK", "BGD", "LKA", "KAZ", "UZB", "TUR", "IRN", "VNM", "RUS"]
KINDS = {
    "oda_adj": "aid_musd",
    "oof_adj": "other_official_musd",
    "vof_adj": "vague_musd",
    "total_adj": "total_musd",
}


def fetch() -> dict[str, pd.DataFrame]:
    """The files as text."""
    return {"imf": read_raw(IMF), "bank": read_raw(BANK), "gdp": read_raw(GDP), "aiddata": read_raw(AIDDATA)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Three tables."""
    return {
        "imf_arrangements": _arrangements(files["imf"]),
        "debt_burden": _burden(files["bank"], files["gdp"]),
        "china_commitments": _commitments(files["aiddata"]),
    }


def _arrangements(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an arrangement; amounts in million SDR, empty where the source has none."""
    return pd.DataFrame(
        {
            "number": rows.no.astype(int),
            "facility": rows.facility,
            "start": rows.date_of_arrangement,
            "end": rows.expiry,
            "agreed_msdr": (rows.amount_agreed_thousand_sdr.astype(float) / 1000).round(2),
            "drawn_msdr": (rows.amount_drawn_thousand_sdr.astype(float) / 1000).round(2),
            "source_url": rows.source_url,
        }
    )


def _burden(bank: pd.DataFrame, gdp: pd.DataFrame) -> pd.DataFrame:
    """One row a state and year: debt, its yearly service beside exports, reserves beside it, exports in dollars."""
    rows = bank.astype({"year": int, "value": float})
    rows = rows[rows.iso3.isin(DEBTORS) & rows.year.isin(YEARS) & rows.indicator_code.isin(SERIES)]
    wide = (
        rows.pivot(index=["iso3", "year"], columns="indicator_code", values="value")
        .rename(columns=SERIES)
        .reset_index()
    )
    size = gdp.assign(year=gdp.year.astype(int), gdp=gdp.gdp_current_usd.astype(float) / 1e9)[
        ["iso3", "year", "gdp"]
    ]
    wide = wide.merge(size, on=["iso3", "year"], how="left")
    table = pd.DataFrame(
        {
            "country": wide.iso3,
            "year": wide.year,
            "debt_busd": (wide.debt_busd / 1e9).round(2),
            "service_pct": wide.service_pct.round(2),
            "reserves_pct": wide.reserves_pct.round(2),
            "exports_busd": (wide.exports_gdp_pct * wide.gdp / 100).round(2),
        }
    )
    return table.dropna(subset="debt_busd").sort_values(["country", "year"], ignore_index=True)


def _commitments(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a recipient and year, million constant dollars of 2021, without rolled-over and rescheduled loans."""
    rows = rows[rows.iso3.isin(RECIPIENTS)]
    table = rows.rename(columns=KINDS | {"iso3": "country"}).assign(year=rows.year.astype(int))
    table[list(KINDS.values())] = (table[list(KINDS.values())].astype(float) / 1e6).round(1)
    return table[["country", "year", *KINDS.values()]].sort_values(["country", "year"], ignore_index=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible values, then compare with what officials and AidData printed."""
    imf, burden, china = (tables[name] for name in TABLES)
    for name, table, key, least in (
        ("imf_arrangements", imf, ["number"], 25),
        ("debt_burden", burden, ["country", "year"], 217),
        ("china_commitments", china, ["country", "year"], 180),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    reject_rows(
        "imf_arrangements", imf, imf.end.notna() & (imf.end.fillna("9") < imf.start), "ends before it starts"
    )
    reject_rows(
        "imf_arrangements", imf, (imf.drawn_msdr > imf.agreed_msdr).fillna(False), "drew more than was agreed"
    )
    # The largest, of 2008, was 7,236 million.
    reject_rows("imf_arrangements", imf, imf.agreed_msdr.gt(10_000), "more than 10,000 million SDR agreed")
    reject_rows(
        "debt_burden",
        burden,
        burden.service_pct.notna() & ~burden.service_pct.fillna(0).between(0, 80),
        "debt service outside 0 to 80",
    )
    reject_rows(
        "debt_burden",
        burden,
        burden.reserves_pct.notna() & ~burden.reserves_pct.fillna(1).between(1, 400),
        "reserves outside 1 to 400",
    )
    parts = china.aid_musd + china.other_official_musd + china.vague_musd
    reject_rows(
        "china_commitments", china, (parts - china.total_musd).abs() > 0.25, "the kinds do not add up"
    )
    facts = read_facts().set_index("id").value.astype(str)
    pakistan = china[china.country == "PAK"].total_musd.sum() / 1000
    if round(pakistan, 1) != float(facts["L091"]):
        reject("china_commitments", "PAK", f"{pakistan:.2f} billion in all, AidData prints {facts['L091']}")
    # The World Bank's report of December 2024 prints 130.85; the series, revised since, 131.02.
    debt = burden.query("country == 'PAK' and year == 2023").debt_busd.item()
    if abs(debt / float(facts["L088"]) - 1) > 0.005:
        reject("debt_burden", "PAK 2023", f"{debt} billion, the World Bank’s report prints {facts['L088']}")
    # A panel of parliament was told of 24 programmes up to August 2024; the list has one less; why is not known.
    counted = int((imf.start < "2024-08").sum())
    if int(facts["L056"]) - counted != 1:
        reject("imf_arrangements", "count", f"{counted} to August 2024, officials counted {facts['L056']}")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
