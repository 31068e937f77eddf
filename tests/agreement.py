"""Facts about the same event that differ: found by rule, settled by hand in tests/settled.yaml."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import yaml

from course import notebooks, read
from ruspak import table

TABLE = Path(__file__).with_name("settled.yaml")
NEAR_DAYS = 30
SHARED_WORDS = 4
SMALL = set("the and for with from was were its that has had have are not but who which this into".split())


def settled() -> list[dict]:
    """The groups that were looked at: `facts` with either `different` (why both can be true) or `both` (where both stand)."""
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def groups(facts: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Ids of facts that may contradict: one date, topic and unit with several values; or nearly the same words, days apart."""
    dated = facts[facts["date"].notna()]
    for _, rows in dated.dropna(subset=["value"]).groupby(["date", "topic", "unit"]):
        if rows["value"].nunique() > 1:
            yield tuple(rows["id"])
    days = dated[dated["date"].str.len() == 10]
    said = {row.id: (pd.Timestamp(row.date), _words(row.statement)) for row in days.itertuples()}
    for one, other in itertools.combinations(said, 2):
        (day, words), (later, others) = said[one], said[other]
        shared = words & others
        if (
            0 < abs((later - day).days) <= NEAR_DAYS
            and SHARED_WORDS <= len(shared) >= min(len(words), len(others)) / 2
        ):
            yield one, other


def open_groups(facts: pd.DataFrame) -> list[tuple[str, ...]]:
    """The groups that no entry of the table settles."""
    known = [set(entry["facts"]) for entry in settled()]
    return [group for group in groups(facts) if not any(set(group) <= seen for seen in known)]


def other_dates(facts: pd.DataFrame, names: list[str]) -> list[str]:
    """Rows of tables whose date is neither that of their fact nor named in its statement or note."""
    known, found = facts.set_index("id").fillna(""), []
    for name in names:
        rows = table(name)
        if not {"date", "fact_id"} <= set(rows.columns):
            continue
        for row in rows.dropna(subset=["date", "fact_id"]).itertuples():
            own = known.loc[known.index.intersection(row.fact_id.split("; "))]
            days = " ".join([*own["date"], *own["source_date"]]).replace("/", " ").split()
            told = " ".join([*own["statement"], *own["note"]])
            begins = row.date.split("/")
            if not any(
                part.startswith(day) or day.startswith(part) for part in begins for day in days
            ) and not any(part[:4] in told for part in begins):
                found.append(f"{name}: {row.date} against {' '.join(days)} of {row.fact_id}")
    return found


def one_sided() -> list[str]:
    """Notebooks that print one side of a contradiction and not the other."""
    found = []
    for path in notebooks("notebooks"):
        cells = read(path).cells
        linked = set(
            re.findall(
                r'"fact:(\w+)', "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
            )
        )
        shown = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        for entry in settled():
            missing = set(entry["facts"]) - linked - set(re.findall(r"\w+", shown))
            if (
                "both" in entry
                and linked & set(entry["facts"])
                and missing
                and f'"{entry["both"]}"' not in shown
            ):
                found.append(
                    f"{path.stem}: {', '.join(sorted(linked & set(entry['facts'])))} without {', '.join(sorted(missing))}"
                )
    return found


def _words(statement: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", statement.lower())) - SMALL
