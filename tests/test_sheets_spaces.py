"""Variants differ enough: copying a neighbour's answers, or one answer for everybody, earns next to nothing."""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course import loaded
from ruspak.sheets import variants
from ruspak.sheets.compare import answers, judge, reference, same
from ruspak.sheets.following import own_answer
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.reading import Rows
from ruspak.sheets.serialise import serialise

ROOT = Path(__file__).resolve().parents[1]
KEYS = sorted((ROOT / "solutions/keys").glob("*.py"))
LOOKED_AT = 200  # parts of an item: where there are more, a sample of that size, the same one on every run
DISTINCT = 30  # answers that an item must have at least
WORTH = 3.0  # points of 100 that one fixed right answer to each item may earn at most, beyond the verdict

PAIRS = 40  # of a student and a neighbour with another variant
COPIED = 3.0  # points of 100 that follow-through may give to whoever copies all answers of a neighbour

Gain = tuple[float, Rows]  # points that an answer earns on average, and the answer


@pytest.fixture(scope="module", params=KEYS, ids=[path.stem for path in KEYS])
def sheet(request) -> Sheet:
    return loaded(request.param)


@pytest.fixture(scope="module")
def spread(sheet) -> dict[str, tuple[int, Gain]]:
    """For each item of a sheet but choices: how many answers there are, and the best single one."""
    asked = [item for item in sheet.items if isinstance(item, Item) and item.kind != "choice"]
    return {item.id: _spread(item, looked_at(sheet, item)) for item in asked}


def looked_at(sheet: Sheet, item: Item) -> list[dict[str, Any]]:
    """Fair parts of the variants: the parameters that the item uses, all of them or a sample."""
    found = list(fair_parts(sheet, item))
    return found if len(found) <= LOOKED_AT else random.Random(item.id).sample(found, LOOKED_AT)


def stored(sheet: Sheet) -> dict[str, Any]:
    """What is in exercises/, as `variants.draw` reads it."""
    found = json.loads((ROOT / "exercises" / f"{sheet.notebook}.json").read_text(encoding="utf-8"))
    return {**found, "space": {name: dict(map(tuple, values)) for name, values in found["space"].items()}}


def fair_parts(sheet: Sheet, item: Item) -> Iterator[dict[str, Any]]:
    unfair = {
        frozenset(part.items()) for part in stored(sheet)["excluded"] if part.keys() <= item.space.keys()
    }
    names = {tuple(name for name, _ in part) for part in unfair}
    for values in itertools.product(*item.space.values()):
        part = dict(zip(item.space, values))
        if not any(frozenset((name, part[name]) for name in some) in unfair for some in names):
            yield part


def _spread(item: Item, parts: list[dict[str, Any]]) -> tuple[int, Gain]:
    right = [reference(item, part) for part in parts]
    apart: list[Rows] = []
    for rows in right:
        if not any(same(item, other, rows) for other in apart):
            apart.append(rows)
    gains = ((item.points * sum(same(item, rows, one) for rows in right) / len(right), one) for one in apart)
    return len(apart), max(gains, key=lambda gain: gain[0])


def test_each_item_has_enough_different_answers(spread):
    few = {id: count for id, (count, _) in spread.items() if count < DISTINCT}
    assert not few, (
        f"different answers over the fair variants, of {DISTINCT} at least: {few}. Let the item use a parameter more, or one "
        "with more values."
    )


def test_one_fixed_answer_to_each_item_earns_next_to_nothing(sheet, spread):
    total = sum(points for _, (points, _) in spread.values())
    told = "\n".join(
        f"{id}: {points:.2f} points for {answer}" for id, (_, (points, answer)) in spread.items()
    )
    assert total <= WORTH, f"the best fixed answers earn {total:.2f} points, {WORTH} at most:\n{told}"


def test_copying_a_neighbours_whole_sheet_earns_next_to_nothing_by_follow_through(sheet):
    gained, description = dict.fromkeys((item.id for item in sheet.items), 0.0), stored(sheet)
    for number in range(PAIRS):
        mine, theirs = (variants.draw(description, f"{who} {number}") for who in ("copier", "neighbour"))
        asked = [item for item in sheet.items if isinstance(item, Item)]
        values = {item.variable: serialise(item.reference(SimpleNamespace(**theirs))) for item in asked}
        for item in (item for item in asked if item.follows):
            found = judge(item, values[item.variable], mine, own_answer(sheet, item, values, mine))
            gained[item.id] += bool(found.verdict == "right" and found.feedback) * item.points / PAIRS
    assert sum(gained.values()) <= COPIED, {id: round(points, 2) for id, points in gained.items() if points}


def test_each_mistake_that_is_carried_on_is_followed_in_some_variants(sheet):
    for item in (item for item in sheet.items if isinstance(item, Item) and item.carried):
        followed: set[str] = set()
        for part in looked_at(sheet, item):
            if followed >= item.carried.keys():
                break
            for earlier in (
                earlier for earlier in map(sheet.item, item.follows) if set(earlier.space) <= set(part)
            ):
                for mistake, rows in zip(earlier.mistakes, answers(earlier, part).mistakes):
                    if mistake.name in item.carried and rows:
                        value = serialise(mistake.answer(SimpleNamespace(**part)))
                        wanted = serialise(item.carried[mistake.name](SimpleNamespace(**part)))
                        own = own_answer(sheet, item, {earlier.variable: value}, part)
                        if wanted is not None and judge(item, wanted, part, own).fraction == 1:
                            followed.add(mistake.name)
        assert followed == item.carried.keys(), item.id
