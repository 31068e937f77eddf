"""Variants differ enough: copying a neighbour's answers, or one answer for everybody, earns next to nothing."""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ruspak.sheets.compare import reference, same
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.keys import load
from ruspak.sheets.reading import Rows

ROOT = Path(__file__).resolve().parents[1]
KEYS = sorted((ROOT / "solutions/keys").glob("*.py"))
LOOKED_AT = 200  # parts of an item: where there are more, a sample of that size, the same one on every run
DISTINCT = 30  # answers that an item must have at least
WORTH = 3.0  # points of 100 that one fixed right answer to each item may earn at most, beyond the verdict
# not yet below it: there are few decades of votes and few fields of projects
MORE = {"01_history": 3.2, "06_outlook": 3.5}

Gain = tuple[float, Rows]  # points that an answer earns on average, and the answer


@pytest.fixture(scope="module", params=KEYS, ids=[path.stem for path in KEYS])
def sheet(request) -> Sheet:
    return load(request.param)


@pytest.fixture(scope="module")
def spread(sheet) -> dict[str, tuple[int, Gain]]:
    """For each item of a sheet but choices: how many answers there are, and the best single one."""
    asked = [item for item in sheet.items if isinstance(item, Item) and item.kind != "choice"]
    return {item.id: _spread(item, looked_at(sheet, item)) for item in asked}


def looked_at(sheet: Sheet, item: Item) -> list[dict[str, Any]]:
    """Fair parts of the variants: the parameters that the item uses, all of them or a sample."""
    found = list(fair_parts(sheet, item))
    return found if len(found) <= LOOKED_AT else random.Random(item.id).sample(found, LOOKED_AT)


def fair_parts(sheet: Sheet, item: Item) -> Iterator[dict[str, Any]]:
    stored = json.loads((ROOT / "exercises" / f"{sheet.notebook}.json").read_text(encoding="utf-8"))
    unfair = {frozenset(part.items()) for part in stored["excluded"] if part.keys() <= item.space.keys()}
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
    assert not few, f"different answers over the fair variants, of {DISTINCT} at least: {few}"


def test_one_fixed_answer_to_each_item_earns_next_to_nothing(sheet, spread):
    most = MORE.get(sheet.notebook, WORTH)
    total = sum(points for _, (points, _) in spread.values())
    told = "\n".join(
        f"{id}: {points:.2f} points for {answer}" for id, (_, (points, answer)) in spread.items()
    )
    assert total <= most, f"the best fixed answers earn {total:.2f} points, {most} at most:\n{told}"
