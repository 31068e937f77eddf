"""governance, prime_ministers, leader_spells: how states are rated, with errors, and how long their leaders stay."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("governance", "prime_ministers", "leader_spells")

WGI = "limits/wgi_1996_2023.csv"
MINISTERS = "limits/pakistan_prime_ministers.csv"
REIGN = "limits/leaders_reign_2021_3.csv"
ARCHIGOS = "limits/leaders_archigos.csv"

STATES = ["PAK", "RUS", "IND", "CHN"]
LEADERS = {"PAK": "770.0", "IND": "750.0"}
LIST_TO = "2021-03-31"  # the list of leaders was made in this month
BASE_LIST = "a public list of Pakistani prime ministers"


def fetch() -> dict[str, pd.DataFrame]:
    """The three files as text."""
    return {"wgi": read_raw(WGI), "ministers": read_raw(MINISTERS), "reign": read_raw(REIGN)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Three tables."""
    return {
        "governance": _governance(files["wgi"]),
        "prime_ministers": _ministers(files["ministers"]),
        "leader_spells": _leaders(files["reign"]),
    }


def _governance(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a state, year and measure; rank is the percentile rank, low and high its 90 percent band."""
    rows = rows[rows.iso3.isin(STATES)].drop(columns="country")
    numbers = {
        "estimate": "estimate",
        "stddev": "standard_error",
        "pctrank": "rank",
        "pctranklower": "rank_low",
        "pctrankupper": "rank_high",
    }
    table = rows.rename(
        columns=numbers | {"iso3": "country", "indicator_name": "measure", "nsource": "sources"}
    )
    table = table.assign(year=table.year.astype(int), sources=table.sources.astype(float).astype("Int64"))
    for name in numbers.values():
        table[name] = table[name].astype(float).round(4 if name in ("estimate", "standard_error") else 2)
    table = table.dropna(subset="estimate")
    return table[["country", "year", "measure", *numbers.values(), "sources"]].sort_values(
        ["country", "measure", "year"], ignore_index=True
    )


def _ministers(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a spell; the end is empty where it was still running."""
    kind = rows.kind.map({"caretaker": "caretaker"}).fillna("elected or appointed")
    web = rows.source.str.startswith("http")
    return pd.DataFrame(
        {
            "spell": rows.spell.astype(int),
            "name": rows.prime_minister,
            "start": rows.start,
            "end": rows.end,
            "days": rows.days_in_office.astype("Int64"),
            "kind": kind,
            "source": rows.source.where(web, BASE_LIST),
        }
    )


def _leaders(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a spell of the effective leader; it ends when the next one starts, the last is cut off in March 2021."""
    rows = rows[rows.stateabb.isin(LEADERS)]
    start = pd.to_datetime(
        dict(
            year=rows.start_year.astype(int),
            month=rows.start_month.astype(int),
            day=rows.start_day.astype(int),
        )
    )
    table = pd.DataFrame({"country": rows.stateabb, "leader": rows.leader, "start": start}).sort_values(
        ["country", "start"]
    )
    end = table.groupby("country").start.shift(-1)
    table = table.assign(ended=end.notna(), days=(end.fillna(pd.Timestamp(LIST_TO)) - table.start).dt.days)
    return table.assign(start=table.start.dt.strftime("%Y-%m-%d")).reset_index(drop=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible values, then compare the three lists of leaders with each other."""
    governance, ministers, leaders = (tables[name] for name in TABLES)
    for name, table, key, least in (
        ("governance", governance, ["country", "year", "measure"], 600),
        ("prime_ministers", ministers, ["spell"], 33),
        ("leader_spells", leaders, ["country", "start"], 46),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    reject_rows(
        "governance", governance, ~governance.estimate.between(-3.5, 3.5), "estimate outside -3.5 to 3.5"
    )
    reject_rows(
        "governance",
        governance,
        ~governance.standard_error.between(0.05, 0.7),
        "standard error outside 0.05 to 0.7",
    )
    inside = (governance["rank"] >= governance.rank_low - 0.01) & (
        governance["rank"] <= governance.rank_high + 0.01
    )
    reject_rows("governance", governance, ~inside, "rank outside its own band")
    days = (pd.to_datetime(ministers.end) - pd.to_datetime(ministers.start)).dt.days
    reject_rows(
        "prime_ministers",
        ministers,
        ministers.end.notna() & ((days - ministers.days.astype(float)).abs() > 0),
        "days are not end minus start",
    )
    running = ministers.end.isna()
    reject_rows(
        "prime_ministers",
        ministers,
        running & (ministers.spell != ministers.spell.max()),
        "only the last may have no end",
    )
    reject_rows("leader_spells", leaders, leaders.days <= 0, "no day in office")
    _compare_archigos(ministers, leaders)
    _compare_reuters(ministers)


def _compare_archigos(ministers: pd.DataFrame, leaders: pd.DataFrame) -> None:
    """Starts against Archigos 4.1, which ends in 2015: leaders within four days; prime ministers to 1958 and 1988-97.

    Between and after, Archigos follows presidents and generals (Ayub, Yahya, Zia, Musharraf, Zardari).
    """
    theirs = read_raw(ARCHIGOS)
    theirs = theirs.assign(start=pd.to_datetime(theirs.startdate))
    for country, code in LEADERS.items():
        known = theirs[theirs.gwcode.eq(code)].start
        ours = leaders[leaders.country.eq(country) & leaders.start.lt("2015-12-31")]
        gap = [min(abs((pd.Timestamp(day) - known).dt.days)) for day in ours.start]
        reject_rows(
            "leader_spells",
            ours,
            pd.Series(gap, ours.index) > 4,
            "no leader of Archigos starts within four days",
        )
    known = theirs[theirs.gwcode.eq(LEADERS["PAK"])].start
    day = ministers.start
    ours = ministers[day.between("1951", "1959") | day.between("1988-12", "1998")]
    gap = [min(abs((pd.Timestamp(start) - known).dt.days)) for start in ours.start]
    reject_rows(
        "prime_ministers",
        ours,
        pd.Series(gap, ours.index) > 4,
        "no leader of Archigos starts within four days",
    )


def _compare_reuters(ministers: pd.DataFrame) -> None:
    """Reuters counted 29 prime ministers to April 2022: our 30 spells, less the one cut in two by a dismissal."""
    counted = int(read_facts().set_index("id").value["L115"])
    ours = int((ministers.start < "2022-04-10").sum())
    if ours - counted != 1:
        reject("prime_ministers", "count", f"{ours} spells to April 2022, Reuters counted {counted}")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store the three tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
