"""Judging one plain value against the key. Total: whatever the value, there is an outcome and no exception."""

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from ruspak.errors import CourseError
from ruspak.sheets.items import Answer, Item
from ruspak.sheets.reading import EMPTY, Cell, Rows, empty, key, read
from ruspak.sheets.serialise import is_serialised, serialise

FOLLOWS = (
    "The method is right, with your own answer from {}, which is not: mend that one, and run this cell again, too.",
    "The method is right, with your own answers from {}, which are not: mend those, and run this cell again, too.",
)


@dataclass(frozen=True)
class Outcome:
    """`verdict`: not attempted, wrong type, wrong or right. `fraction`: the part of the points earned, 0 to 1.
    `feedback`: for the student; it repeats nothing the student wrote. `mistake`: which known mistake it was, from 1.
    """

    verdict: str
    fraction: float
    feedback: str
    mistake: int | None = None


@dataclass(frozen=True)
class Answers:
    """What the key says for one set of parameters: accepted answers, the reference first, known mistakes, and what
    other wrong methods give.

    A mistake that can't be made with these parameters is None.
    """

    accepted: tuple[Rows, ...]
    mistakes: tuple[Rows | None, ...]
    methods: tuple[Rows | None, ...] = ()


@dataclass(frozen=True)
class Followed:
    """What the right method gives with the learner's own wrong answers to the items of these ids."""

    rows: tuple[Rows, ...]
    ids: tuple[str, ...]


def judge(item: Item, value: Any, params: Mapping[str, Any], own: Followed | None = None) -> Outcome:
    """The outcome of a value in plain form (`serialise(value)`, or what json.loads gave) for these parameters.

    `own`: what follows from the learner's own wrong answers to earlier items (following.own_answer). Anything that isn't strictly plain is of the wrong type. Raises CourseError only where the
    key itself fails.
    """
    if not is_serialised(value):
        return Outcome("wrong type", 0.0, f"{item.variable} can't be read.")
    if empty(value):
        return Outcome("not attempted", 0.0, f"Give {item.variable} a value, then run this cell again.")
    given, advice = read(item, value)
    if advice:
        return Outcome("wrong type", 0.0, advice)
    known = answers(item, params)
    if any(same(item, accepted, given) for accepted in known.accepted):
        return Outcome("right", 1.0, "")
    if own and any(same(item, rows, given) for rows in own.rows):
        return Outcome("right", 1.0, FOLLOWS[len(own.ids) > 1].format(" and ".join(own.ids)))
    made = [number for number, rows in enumerate(known.mistakes, start=1) if rows and same(item, rows, given)]
    told = {item.mistakes[number - 1].feedback for number in made}
    if len(told) == 1 and not any(rows and same(item, rows, given) for rows in known.methods):
        mistake = item.mistakes[made[0] - 1]
        return Outcome("wrong", mistake.worth, item.words(mistake.feedback, params), made[0])
    worth = min((item.mistakes[number - 1].worth for number in made), default=0.0)
    return Outcome("wrong", worth, _general(item, known.accepted[0], given))


def answers(item: Item, params: Mapping[str, Any]) -> Answers:
    """The accepted answers and known mistakes, worked out once for each set of the parameters that the item uses.

    Raises CourseError where a function of the key raises, or answers with something else than the item's kind.
    """
    return _answers(item, tuple(params[name] for name in item.uses))


def reference(item: Item, params: Mapping[str, Any]) -> Rows:
    """What the reference gives, worked out once for each set of the parameters that the item uses.

    Raises CourseError as `answers` does.
    """
    return _reference(item, tuple(params[name] for name in item.uses))


@functools.cache
def _reference(item: Item, values: tuple) -> Rows:
    return computed(item, "the reference", item.reference, dict(zip(item.uses, values)))


@functools.cache
def _answers(item: Item, values: tuple) -> Answers:
    params = dict(zip(item.uses, values))
    return Answers(
        (
            _reference(item, values),
            *(
                computed(item, f"answer {number}", answer, params)
                for number, answer in enumerate(item.alternatives, start=1)
            ),
        ),
        tuple(
            computed(item, f"mistake {number}", mistake.answer, params, may_be_none=True)
            for number, mistake in enumerate(item.mistakes, start=1)
        ),
        tuple(
            computed(item, f"method {number}", method, params, may_be_none=True)
            for number, method in enumerate(item.methods, start=1)
        ),
    )


def computed(item: Item, what: str, answer: Answer, params: dict, may_be_none: bool = False) -> Rows | None:
    """The rows that a function of the key gives with these parameters.

    Raises CourseError, which calls the function `what`, where it raises or gives something else than the item's kind.
    """
    place = f"{item.id}: {what}, with {params or 'no parameters'},"
    try:
        value = serialise(answer(SimpleNamespace(**params)))
    except Exception as error:
        raise CourseError(
            f"{place} raises {type(error).__name__}: {error}. Mend the function; the parameters "
            "that the item needs must stand in its uses."
        ) from error
    if value is None and may_be_none:
        return None
    rows, advice = read(item, value)
    if advice or not rows:
        raise CourseError(f"{place} gives no {item.kind}. {advice or 'It is empty.'}")
    if _by_labels(item) and len({_labels(row, _exact_columns(rows)) for row in rows}) < len(rows):
        raise CourseError(
            f"{place} has rows with the same labels. Set ordered=True, or add a column that differs."
        )
    return rows


def same(item: Item, expected: Rows, given: Rows, scale: float = 1.0, slack: float = 1.0) -> bool:
    """Whether two answers agree. Only decimals have a tolerance, times `slack`; the given ones count times `scale`."""
    return len(expected) == len(given) == _fitting(item, expected, given, scale, slack)


def _fitting(item: Item, expected: Rows, given: Rows, scale: float = 1.0, slack: float = 1.0) -> int:
    """How many of the expected rows have a row that agrees: the one at the same place, or with the same labels."""
    if _by_labels(item):
        labels = _exact_columns(expected)
        found = {_labels(row, labels): row for row in given}
        pairs = [(row, found.get(_labels(row, labels))) for row in expected]
    else:
        pairs = list(zip(expected, given))
    return sum(
        other is not None and all(_agree(item, cell, one, scale, slack) for cell, one in zip(row, other))
        for row, other in pairs
    )


def _by_labels(item: Item) -> bool:
    """Whether rows are found by their labels, not by their place."""
    return item.kind in ("set", "series", "table") and not item.ordered


def _exact_columns(rows: Rows) -> list[int]:
    """The places of the columns that hold no decimals: rows in no order are found by them."""
    return [place for place in range(len(rows[0])) if not any(type(row[place]) is float for row in rows)]


def named_columns(rows: Rows) -> list[int]:
    """The places of the columns that name a row: those of words and dates, else the first. A count is an answer, and is
    never told.
    """
    exact = _exact_columns(rows)
    return [place for place in exact if not any(type(row[place]) is int for row in rows)] or exact[:1]


def _labels(row: tuple[Cell, ...], places: list[int]) -> tuple:
    return tuple(key(row[place]) for place in places)


def _agree(item: Item, expected: Cell, given: Cell, scale: float, slack: float) -> bool:
    if type(expected) is not float:
        return key(expected) == key(given)
    if type(given) not in (int, float):
        return False
    allowed = item.relative * abs(expected) if item.relative else item.tolerance or 0.0
    rounding = 4 * math.ulp(expected)  # 81.25 must agree with 81.2 within 0.05
    return abs(given * scale - expected) <= allowed * slack + rounding


def _general(item: Item, expected: Rows, given: Rows) -> str:
    """Feedback to a mistake that the key doesn't know."""
    if not given:
        return EMPTY
    percent = any(words in item.prompt for words in ("in percent", "percentage"))
    if same(item, expected, given, scale=100.0):
        if percent:
            return (
                "You give a part of one, such as 0.52. The item asks for percent or percentage points, such as 52. "
                "Multiply by 100."
            )
        return "It is a hundred times too small. Multiply by 100."
    if same(item, expected, given, scale=0.01):
        return "It is a hundred times too large. Divide by 100" + (
            "." if percent else ": as a part of one, 52 percent is 0.52."
        )
    for digits, told in enumerate(("to whole numbers", "to one decimal", "to two decimals")):
        rounded = tuple(
            tuple(round(cell, digits) if type(cell) is float else cell for cell in row) for row in expected
        )
        if rounded != expected and same(item, rounded, given, slack=1e-6):
            return f"This is the answer, rounded {told}. Leave the decimals in."
    if item.kind in ("number", "integer", "text", "choice"):
        return "This is not the answer."
    if item.kind == "list" and _numeric(expected) and not _numeric(given):
        return "The list must hold plain numbers."
    if _by_labels(item) and len({_labels(row, named_columns(expected)) for row in given}) < len(given):
        return (
            f"It has {len(given)} entries where {len(expected)} are expected, and some stand there twice. A condition is "
            "missing: look at which column still differs between two of them."
        )
    if len(expected) != len(given):
        return f"It has {len(given)} entries where {len(expected)} are expected."
    return _partly(item, expected, given)


def _partly(item: Item, expected: Rows, given: Rows) -> str:
    """Which entries of an answer of the right length are right: by their labels, or by their places."""
    if item.kind == "set":
        return f"{_fitting(item, expected, given)} of its {len(expected)} entries fit."
    labels = named_columns(expected) if _by_labels(item) else []
    if labels:
        if any(same(item, expected, _labels_times(given, by)) for by in (100, 0.01)):
            return (
                "The values are right, but the numbers in front are a hundred times too small or too large."
            )
        there = {_labels(row, labels) for row in given}
        names = [" ".join(str(row[place]) for place in labels) for row in expected]
        alone = [_fitting(item, (row,), given) for row in expected]
        missing = [name for name, row in zip(names, expected) if _labels(row, labels) not in there]
        if missing:
            return f"There is no entry for {_listed(missing)}."
    else:
        names = [str(place) for place in range(1, len(expected) + 1)]
        alone = [_fitting(item, (row,), (other,)) for row, other in zip(expected, given)]
    good = [name for name, right in zip(names, alone) if right]
    if not good:
        return "None of its entries is right."
    what = "entry" if len(good) == 1 else "entries"
    return f"Right {'is' if len(good) == 1 else 'are'} the {what} {_listed(good)} of {len(names)}; the others are not."


def _labels_times(given: Rows, by: float) -> Rows:
    return tuple(
        (row[0] * by if type(row[0]) in (int, float) else row[0], *row[1:]) if row else row for row in given
    )


def _listed(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _numeric(rows: Rows) -> bool:
    return all(type(cell) in (int, float) for row in rows for cell in row)
