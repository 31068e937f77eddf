"""Slips that a student is likely to make, worked out as a student would, in the cells of the sheet: nearly each one is told by name.

tests/slips/NAME.yaml holds for each item what stands before (`given`, for all its slips) and the slips as lines of
code. They are written down apart from the keys, so that a mistake which a key forgets is seen here.
Print them, with what they earn and are told, by python tests/test_sheets_slips.py 04.
"""

import contextlib
import re
import sys
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from worked import work

from course import loaded
from ruspak.sheets.compare import judge
from ruspak.sheets.items import Item
from ruspak.sheets.public import read
from ruspak.sheets.serialise import serialise
from ruspak.sheets.variants import draw

ROOT = Path(__file__).resolve().parents[1]
SLIPS = sorted((ROOT / "tests/slips").glob("*.yaml"))
STUDENTS = ["", *(f"student {number}" for number in range(1, 8))]  # the default variant and seven others
FEWEST = 10  # slips of an item
NAMED = 0.95  # of all slips of a sheet
ALIKE = {  # what makes no difference with the data of some variants, as nothing happened in between
    'by_window = (lambda r: r[r["window_start"].between(me.since, me.since + 9)].set_index("window_start")["share_pct"])(rows())': "no window of this edition begins later",
    'service = debt[debt["year"] == me.year]["service_pct"].iloc[0]': "Bangladesh stands in the first row",
    "output_change = (output[b] - output[a]) / (b - a)": "one year lies between",
    "use_change_pct = pct(use) / (b - a)": "one year lies between",
    "use_change_pct = 100 * ((use[b] / use[a]) ** (1 / (b - a)) - 1)": "one year lies between",
}

Told = tuple[str, str, str, str]
"""The student, the slip, the outcome (right, named or not named), and the feedback."""


def own(names: dict[str, Any], code: str) -> dict[str, Any]:
    """The names of the lines before, for one slip: what it writes into a table or a dict that it names stays with it."""
    return {
        name: value
        if name not in code
        else value.copy(deep=False)  # a copy on write
        if isinstance(value, pd.DataFrame | pd.Series)
        else copy(value)
        if isinstance(value, dict | list)
        else value
        for name, value in names.items()
    }


def outcome(item: Item, names: dict[str, Any], code: str, params: dict[str, Any]) -> tuple[str, str]:
    """Whether a slip is right, named or not named, and what it is told."""
    exec(code, names)
    found = judge(item, serialise(names[item.variable]), params)
    advised = found.verdict == "wrong type" or re.search(
        r"by 100|hundred times|rounded|No row is left", found.feedback
    )
    how = "right" if found.verdict == "right" else "named" if found.mistake or advised else "not named"
    return how, found.feedback


@cache
def told(path: Path) -> dict[str, list[Told]]:
    """What each slip of a file is told in each variant, by item."""
    sheet = loaded(ROOT / f"solutions/keys/{path.stem}.py")
    slips = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: dict[str, list[Told]] = {id: [] for id in slips}
    for student in STUDENTS:
        params = draw(read(sheet.id), student)
        names, _ = work(sheet, params)
        for id, one in slips.items():
            item = sheet.item(id)
            given = {**names[id], item.variable: ...}
            exec(one.get("given", ""), given)
            for slip in one["slips"]:
                with contextlib.suppress(Exception):  # what raises tells the learner itself
                    found[id].append((student, slip, *outcome(item, own(given, slip), slip, params)))
    return found


@pytest.fixture(params=SLIPS, ids=[path.stem for path in SLIPS])
def path(request) -> Path:
    return request.param


def test_a_likely_slip_is_told_by_name(path):
    each = [one for rows in told(path).values() for one in rows if one[2] != "right"]
    unnamed = [one for one in each if one[2] != "named"]
    listed = "\n".join(f"{student or 'default'}: {slip}: {said}" for student, slip, _, said in unnamed)
    assert len(unnamed) <= (1 - NAMED) * len(each), f"{len(unnamed)} of {len(each)} are not named:\n{listed}"


def test_no_slip_gives_the_right_answer(path):
    passing = {
        (id, slip, student)
        for id, rows in told(path).items()
        for student, slip, how, _ in rows
        if how == "right" and slip not in ALIKE and "round(" not in slip  # which may be near enough
    }
    assert not passing, "\n".join(map(str, sorted(passing)))


def test_each_item_but_the_verdict_has_slips(path):
    sheet = loaded(ROOT / f"solutions/keys/{path.stem}.py")
    asked = {item.id for item in sheet.items if isinstance(item, Item) and item.kind != "choice"}
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    gone = [id for id in written if id not in asked]
    assert not gone, (
        f"tests/slips/{path.name}: {', '.join(gone)} is no item of the key that needs slips. Take it out."
    )
    wrong = []
    for id in sorted(asked):
        slips = {*written.get(id, {}).get("slips", ())}
        run = {slip for _, slip, *_ in told(path).get(id, ())}
        place = f"tests/slips/{path.name}, {id}: "
        if len(run) < FEWEST:
            wrong.append(
                f"{place}{len(run)} slips, not {FEWEST} at least. Write what a student may write instead of the answer. "
                f"Example:\n{id}:\n  given: |\n    rows = …\n  slips:\n    - {sheet.item(id).variable} = rows.sum() / 1000"
            )
        wrong += [f"{place}“{slip}” fails in each variant. Mend or remove it." for slip in slips - run]
    assert not wrong, "\n".join(wrong)


if __name__ == "__main__":
    for chosen in [path for path in SLIPS if path.stem.startswith(tuple(sys.argv[1:]) or "")]:
        for id, rows in told(chosen).items():
            outcomes = [how for *_, how, _ in rows]
            wrong = len(outcomes) - outcomes.count("right")
            print(
                f"{id}: {len({slip for _, slip, *_ in rows})} slips, {outcomes.count('named')} of {wrong} named"
            )
            for student, slip, how, said in rows:
                if how != "named" or not student:
                    print(f"    {student or 'default'}: {how}: {' | '.join(slip.splitlines())} -> {said}")
