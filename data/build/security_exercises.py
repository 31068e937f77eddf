"""joint_exercises: drills of Russia and Pakistan that press and ministries reported, with a few for comparison."""

import re
from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("joint_exercises",)

RAW = "security/joint_exercises.csv"
SERIES = {
    "Druzhba (Friendship)": "Druzhba",
    "AMAN": "Aman",
    "Peace Mission (SCO)": "Peace Mission",
    "INDRA (comparison)": "INDRA",
    "Warrior (comparison)": "Warrior",
    "Inspired Gambit (comparison)": "Inspired Gambit",
    "Naval PASSEX": "Port visit drill",
}
HOSTS = {"Pakistan": "PAK", "Russia": "RUS", "India": "IND"}
COMPARISON = ["INDRA", "Warrior", "Inspired Gambit"]
# Announced with Russia among the guests; no report that Russian ships came.
ANNOUNCED = [("Aman", "2025")]
COLUMNS = [
    "series",
    "edition",
    "kind",
    "scope",
    "start",
    "end",
    "year",
    "place",
    "host",
    "russian_troops",
    "pakistani_troops",
    "total_troops",
    "participants",
    "status",
    "sources",
]
DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
ROWS = 27


BETTER = {  # a page that says the same, from a paper
    "https://en.news-front.info/2016/09/24/russia-pakistan-druzhba-2016-military-drills-kick-off-in-cherat/":
        "https://stageorigin.mid-day.com/news/world-news/article/"
        "Russia-Pakistan-new-military-relations-military-drills-Friendship-2016-International-news-17635177",
}  # fmt: skip


def fetch() -> dict[str, pd.DataFrame]:
    """The list as text."""
    return {"exercises": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row a drill, oldest first."""
    rows = files["exercises"]
    kind = rows.type.str.split(" ")
    table = rows.assign(
        series=rows.series.replace(SERIES),
        year=rows.start.str[:4].astype(int),
        host=rows.host.map(HOSTS),
        scope=kind.str[0],
        kind=kind.str[1],
        sources=rows.sources.replace({re.escape(old): new for old, new in BETTER.items()}, regex=True),
        participants=rows.participants.str.replace(r";\s*", ", ", regex=True),
        **{
            name: rows[name].astype("Int64")
            for name in ("russian_troops", "pakistani_troops", "total_troops")
        },
    )
    table["scope"] = table.scope.mask(table.series.isin(COMPARISON), "comparison")
    held = [(series, edition) not in ANNOUNCED for series, edition in zip(table.series, table.edition)]
    table["status"] = pd.Series(held, index=table.index).map({True: "held", False: "announced"})
    table = table.sort_values(["start", "series"], kind="stable", ignore_index=True)
    return {"joint_exercises": table[COLUMNS]}


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject odd dates and words, and check Druzhba, the series that the course counts, against the sourced facts."""
    file, table = "joint_exercises", tables["joint_exercises"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected")
    reject_duplicates(file, table, ["series", "edition"])
    for column in ("start", "end"):
        reject_rows(
            file,
            table,
            table[column].notna() & ~table[column].fillna("").str.fullmatch(DAY),
            f"{column} is malformed",
        )
    reject_rows(
        file,
        table,
        table.end.notna() & (table.end.fillna("").str[:4] < table.start.str[:4]),
        "ends before it starts",
    )
    for column, words in (
        ("kind", ["land", "naval"]),
        ("scope", ["bilateral", "multilateral", "comparison"]),
        ("status", ["held", "announced"]),
    ):
        reject_rows(file, table, ~table[column].isin(words), f"{column} is none of {', '.join(words)}")
    sides = table.russian_troops.fillna(0) + table.pakistani_troops.fillna(0)
    reject_rows(file, table, sides.gt(table.total_troops).fillna(False), "both sides are more than all")
    small = table.series.eq("Druzhba") & table.total_troops.notna()
    reject_rows(
        file, table, small & table.total_troops.gt(500).fillna(False), "Druzhba with more than 500 soldiers"
    )
    reject_rows(file, table, ~table.sources.fillna("").str.match("https?://"), "no source")
    facts = read_facts().query("topic == 'druzhba'").date.str[:4].astype(int)
    druzhba = table[table.series == "Druzhba"]
    if sorted(druzhba.year) != sorted(set(facts)):
        reject(file, "Druzhba", f"held in {sorted(druzhba.year)}, by the facts in {sorted(set(facts))}")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store joint_exercises.csv."""
    write_csv(tables["joint_exercises"], folder, "joint_exercises")
