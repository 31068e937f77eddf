"""`check` and `hint`: what a student calls in a sheet."""

import functools
import os
import sys

from ruspak.errors import CourseError
from ruspak.sheets.compare import Outcome, judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.keys import load
from ruspak.sheets.names import hidden_in
from ruspak.sheets.public import key_path, question
from ruspak.sheets.reading import empty
from ruspak.sheets.reading import read as read_answer
from ruspak.sheets.serialise import serialise
from ruspak.sheets.variants import drawn

_told: dict[str, int] = {}


def check(item_id: str) -> float | None:
    """Judge the variable of one item, as it stands in the notebook, and print the outcome.

    Without the key (an exam) it tells only whether something is there and of the right type. Returns nothing and never
    stops the notebook, except under nbgrader: there a wrong answer raises CourseError and partial points are returned.
    Raises CourseError for an unknown item.
    """
    asked = question(item_id)
    if asked is None:
        print(f"{item_id}: a person marks this answer. There is nothing to check.")
        return None
    notebook = sys._getframe(1).f_globals  # the caller's globals are the notebook's variables
    value = serialise(notebook.get(asked.variable))
    key = _key(item_id.rpartition("-")[0])
    if key:
        item, params = key.item(item_id), drawn(key.id)
        values = {
            one.variable: serialise(notebook.get(one.variable)) for one in key.items if isinstance(one, Item)
        }
        outcome = judge(item, value, params, own_answer(key, item, values, params))
    elif empty(value):
        outcome = Outcome("not attempted", 0.0, f"Give {asked.variable} a value, then run this cell again.")
    elif advice := read_answer(asked, value)[1]:
        outcome = Outcome("wrong type", 0.0, advice)
    else:
        outcome = Outcome(
            "received", 0.0, f"{asked.variable} is of the right type. It is marked after you hand it in."
        )
    points = round(outcome.fraction * asked.points, 2)
    told = f"{item_id}: {outcome.verdict}. {outcome.feedback}".strip()
    if points:
        told += f" {points:g} of {asked.points} points."
    if outcome.verdict != "right" and (hidden := hidden_in(notebook)):
        told += f"\n{hidden}"
    return _for_nbgrader(told, points, outcome) if os.environ.get("NBGRADER_EXECUTION") else print(told)


def hint(item_id: str) -> None:
    """Print the next hint to an item; after the last one, say so. Raises CourseError for an unknown item."""
    asked, key = question(item_id), _key(item_id.rpartition("-")[0])
    if asked is None or key is None:
        print(f"{item_id}: there are no hints {'to a written answer' if asked is None else 'in an exam'}.")
        return
    item, number = key.item(item_id), _told.get(item_id, 0)
    if number == len(item.hints):
        print(f"{item_id}: there are no more hints. The worked sheet is solutions/{key.notebook}.ipynb.")
        return
    _told[item_id] = number + 1
    print(
        f"{item_id}, hint {number + 1} of {len(item.hints)}: {item.words(item.hints[number], drawn(key.id))}"
    )


def _for_nbgrader(told: str, points: float, outcome: Outcome) -> float | None:
    """nbgrader reads marks off the cell: an error is none, a value is that many points, anything else is all."""
    if not points:
        raise CourseError(told)
    print(told)
    return None if outcome.verdict == "right" else points


@functools.cache
def _key(sheet_id: str) -> Sheet | None:
    path = key_path(sheet_id)
    return load(path) if path.exists() else None
