"""Which variants of a sheet are fair: the answer clear, and far enough from every wrong way and small change."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from ruspak.errors import CourseError
from ruspak.sheets.compare import answers, reference, same
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.reading import Rows

APART = 2.0
"""How many tolerances must lie between the answer and what each wrong way gives."""
OFF = 1.5
"""How many tolerances a number is moved to see it refused."""


def excluded(sheet: Sheet) -> dict[tuple[tuple[str, Any], ...], str]:
    """What is unfair in a loaded sheet: parts of a variant, ((name, value), …), each with the reason.

    A variant that holds such a part is given to nobody; a sheet may have too many variants to name each.
    """
    found: dict[tuple[tuple[str, Any], ...], str] = {}
    for item in sheet.items:
        if isinstance(item, Item):
            for values in itertools.product(*item.space.values()):
                part = tuple(zip(item.space, values))
                if reason := violation(item, dict(part)):
                    found.setdefault(part, f"{item.id}: {reason}")
    return found


def violation(item: Item, params: Mapping[str, Any]) -> str:
    """Why an item can't be asked with these parameters, or nothing."""
    try:
        known = answers(item, params)
    except CourseError as error:
        return str(error)
    for what, wrong in (("mistake", known.mistakes), ("method", known.methods)):
        for number, rows in enumerate(wrong, start=1):
            if rows and any(same(item, accepted, rows, slack=APART) for accepted in known.accepted):
                return f"{what} {number} is too close to an accepted answer"
    for name, rows in mutations(item, params):
        if any(same(item, accepted, rows) for accepted in known.accepted):
            return f"the answer would still be accepted {name}"
    return ""


def mutations(item: Item, params: Mapping[str, Any]) -> Iterator[tuple[str, Rows]]:
    """The reference answer after each small change that must be refused: what was changed, and the changed rows.

    A change that leaves the answer as it is (the sign of zero, the same word for two countries) is left out; but two
    countries with the same decimals are a tie, and kept.
    """
    rows = answers(item, params).accepted[0]
    for name, changed in _changes(item, rows):
        if changed and changed != rows:
            yield name, changed
    for name, changed in _neighbours(item, params):
        if changed != rows or any(type(cell) is float for row in rows for cell in row):
            yield name, changed


def _changes(item: Item, rows: Rows) -> Iterator[tuple[str, Rows]]:
    def decimals(change):
        return tuple(tuple(change(cell) if type(cell) is float else cell for cell in row) for row in rows)

    def counts(step):
        return tuple(tuple(cell + step if type(cell) is int else cell for cell in row) for row in rows)

    yield "times 100", decimals(lambda cell: cell * 100)
    yield "divided by 100", decimals(lambda cell: cell / 100)
    yield "with the other sign", decimals(lambda cell: -cell)
    for sign in (1, -1):
        step = sign * OFF
        yield (
            "a little off",
            decimals(lambda cell: cell + step * (item.tolerance or (item.relative or 0) * abs(cell))),
        )
        yield "one year or count off", counts(sign)
    if item.kind in ("text", "choice"):
        yield "with a letter more", ((rows[0][0] + "x",),)
    if item.kind in ("list", "set", "series", "table"):
        yield "without its last row", rows[:-1]
    if item.kind in ("list", "series", "table"):
        yield "with its first row twice", (rows[0], *rows)
    if item.kind == "list" or item.ordered:
        yield "in reverse order", rows[::-1]


def _neighbours(item: Item, params: Mapping[str, Any]) -> Iterator[tuple[str, Rows]]:
    """The answers of the next year, country and so on of the space."""
    for name in item.uses:
        values = list(item.space[name])
        other = values[(values.index(params[name]) + 1) % len(values)]
        try:
            yield f"with {name} {other}", reference(item, {**params, name: other})
        except CourseError:
            continue  # that neighbour is no variant of its own
