"""pipelines: what was published on the length, size and cost of Pakistan Stream and of lines that it can be compared with."""

import re
from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("pipelines",)

RAW = "energy/pipelines.csv"
# What a cost covers, where it is not the whole pipe on land.
SCOPE = {
    "whole project with fields": "with gas fields",
    "two offshore lines": "offshore, two lines",
    "four lines as first planned": "offshore, four lines",
    "Gwadar-border 80 km": "part of the line",
    "Iranian section": "money spent on one side",
    "Pakistani section": "part of the line",
}
UNCLEAR = "The Nation"  # gives the cost of the project in general beside the length of the Pakistani part
ONE_SIDE = (
    "Russian investment named at signature"  # by other papers a loan for most of the cost, not all of it
)
WORDS = {"Pakistan Stream (North-South)": "Pakistan Stream"}
# The facts that name the cost of a row.
COSTS = {
    "E016": "P01",
    "E025": "P02",
    "E032": "P04",
    "E035": "P05",
    "E037": "P06",
    "E038": "P06",
    "E120": "P23",
}
ROWS = 26
# What a second reading left in a raw note.
MARK = r"\b(?:audit|re-read|recomputed)\b"


def fetch() -> dict[str, pd.DataFrame]:
    """The published estimates as text."""
    return {"pipelines": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One row an estimate; spans such as 42-56 become two columns."""
    raw = files["pipelines"]
    spans = {
        name: raw[column].str.extract(r"^([\d.]+)(?:-([\d.]+))?$").astype(float)
        for name, column in (("capacity", "capacity_bcm_per_year"), ("diameter", "diameter_inches"))
    }
    scope = raw.section.map(SCOPE).fillna("whole line")
    table = pd.DataFrame(
        {
            "estimate": [f"P{row + 1:02d}" for row in range(len(raw))],
            "pipeline": raw.pipeline.replace(WORDS),
            "section": raw.section,
            "estimate_date": raw.estimate_date,
            "year": raw.estimate_date.str[:4].astype(int),
            "length_km": raw.length_km.astype(float),
            **{
                f"{name}_{end}_{unit}": spans[name][0]
                if end == "low"
                else spans[name][1].fillna(spans[name][0])
                for name, unit in (("capacity", "bcm"), ("diameter", "inches"))
                for end in ("low", "high")
            },
            "cost_low_usd_bn": raw.cost_low_usd_bn.astype(float),
            "cost_high_usd_bn": raw.cost_high_usd_bn.astype(float),
            "scope": scope.where(
                raw.source_title.ne(UNCLEAR) & raw.what_the_cost_covers.ne(ONE_SIDE), "unclear"
            ),
            "cost_of": raw.what_the_cost_covers,
            "status_2026": raw.status_2026,
            "publisher": raw.source_title,
            "url": raw.url,
            "checked": raw.note.fillna("").map(checked),
        }
    )
    return {"pipelines": table}


def checked(note: str) -> str:
    """How far an estimate was confirmed, from the marks in its raw note: page re-read, second source or not re-read."""
    marks = [part for part in note.split("; ") if re.search(MARK, part) and not part.startswith("added ")]
    if re.search(r"(?<!not )\b(?:re-read|recomputed)\b", "; ".join(marks)):
        return "page re-read"
    rest = note[note.index(marks[0]) :] if marks else ""
    return (
        "second source" if re.search(r"\b(agrees?|confirmed|also|corrected|same)\b", rest) else "not re-read"
    )


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible sizes, then compare the costs of Pakistan Stream with the facts that name them."""
    file, table = "pipelines", tables["pipelines"]
    if len(table) < ROWS:
        reject(file, "rows", f"{len(table)} rows, at least {ROWS} expected")
    reject_duplicates(file, table, ["estimate"])
    reject_rows(file, table, ~table.length_km.fillna(1000).between(50, 5000), "length outside 50 to 5,000 km")
    reject_rows(file, table, table.cost_low_usd_bn.gt(table.cost_high_usd_bn), "low cost above the high one")
    reject_rows(
        file, table, ~table.cost_high_usd_bn.fillna(1).between(0.1, 60), "cost outside 0.1 to 60 billion"
    )
    reject_rows(
        file,
        table,
        table.duplicated(["pipeline", "estimate_date", "publisher", "cost_low_usd_bn", "length_km"]),
        "the same estimate twice",
    )
    facts, rows = read_facts().set_index("id").value, table.set_index("estimate")
    for key, row in COSTS.items():
        if (
            row in rows.index
            and float(facts[key]) not in rows.loc[row, ["cost_low_usd_bn", "cost_high_usd_bn"]].to_list()
        ):
            reject(file, row, f"its cost is not the {facts[key]} billion of the fact {key}")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store pipelines.csv."""
    write_csv(tables["pipelines"], folder, "pipelines")
