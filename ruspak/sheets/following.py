"""Follow-through marks: an item that goes on from earlier answers, judged by the learner's own values of those.

The right method on a wrong value earns the points. A value that was chosen, copied or drawn from somewhere else so
that the next item becomes trivial earns nothing: see `own_answer`.
"""

import inspect
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from ruspak.errors import CourseError
from ruspak.sheets.compare import Followed, answers, computed, named_columns, reference, same
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.reading import Cell, Rows, empty, key, read
from ruspak.sheets.serialise import is_serialised

FAR = 100.0  # times larger or smaller than the right value: no slip any more
LONGER = 2  # times more or fewer entries than the right answer: no slip any more
LETTERS = 200  # a text with more of them is no slip
TRIVIAL = (0.0, 1.0, -1.0, 100.0)  # what a chosen value makes of many formulas; a count is trivial at 0 alone
MOVED = 1.1  # the own value is moved by this factor to see whether the answer hangs on it
FURTHER = (
    0.5,
    2.0,
    -1.0,
    50.0,
    -50.0,
)  # a reference whose answer is a word or a count is tried with these, too

# a count hangs on an own value where it changes further from zero: not where all rows are in
AWAY = (MOVED, 2.0)

Own = Mapping[str, Rows]
"""The learner's own wrong answers, by the id of their item."""


def own_answer(
    sheet: Sheet, item: Item, values: Mapping[str, Any], params: Mapping[str, Any]
) -> Followed | None:
    """What the right method gives with the learner's own answers to the items that this one follows from, or None.

    `values`: plain forms by variable. An own answer counts where it is wrong and can be a slip: a known mistake, what
    the right method gives with own answers further back, or another value of a plausible shape (`_plausible`). In place
    of every other one, the right answer is taken; where none is left, the item follows from nothing. A verdict is only
    carried on from the first two kinds: three words are too easily guessed.

    None also where what follows is trivial, or is the own value itself; and, with a value that is no known slip, where
    it hangs on none of the own answers, or where all are the answers of another variant, to the digits given, so that
    nobody gains by copying a chain. After known slips a count may be 0, if slightly smaller own values give another.
    """
    own, known = {}, True
    for earlier in map(sheet.item, item.follows):
        value = values.get(earlier.variable)
        if not is_serialised(value) or empty(value):
            continue
        given, advice = read(earlier, value)
        if advice or not given or _right(earlier, given, params):
            continue
        if not _worked_out(sheet, earlier, given, values, params):
            if item.kind == "choice" or not _plausible(earlier, given, reference(earlier, params)):
                continue
            known = False
        own[earlier.id] = given
    found = [
        rows
        for rows in _ways(sheet, item, own, params)
        if not _right(item, rows, params)
        and (not _trivial(item, rows, own) or known and _barely_none(sheet, item, own, params, rows))
    ]
    if not known:
        hang = any(_hangs(sheet, item, own, params, rows) for rows in found)
        found = [rows for rows in found if hang and not _copied(sheet, own, item, rows)]
    return Followed(tuple(found), tuple(own)) if found else None


def _right(earlier: Item, given: Rows, params: Mapping[str, Any]) -> bool:
    return any(same(earlier, accepted, given) for accepted in answers(earlier, params).accepted)


def _worked_out(
    sheet: Sheet, earlier: Item, given: Rows, values: Mapping[str, Any], params: Mapping[str, Any]
) -> bool:
    """Whether a wrong answer shows how it came about: a known wrong way, percent for a part of one, or a slip before."""
    found = answers(earlier, params)
    if any(rows and same(earlier, rows, given) for rows in (*found.mistakes, *found.methods)):
        return True
    if any(same(earlier, found.accepted[0], given, scale=scale) for scale in (100.0, 0.01)):
        return True
    before = own_answer(sheet, earlier, values, params)
    return before is not None and any(same(earlier, rows, given) for rows in before.rows)


def _plausible(earlier: Item, given: Rows, right: Rows) -> bool:
    """Whether a wrong answer has the shape of the right one: not LONGER, half of its labels, cells of the same kinds, and
    each number finite and at most FAR times larger (a single one: or smaller) than the largest.
    """
    if not len(right) / LONGER <= len(given) <= len(right) * LONGER or len(given[0]) != len(right[0]):
        return False
    if labels := _labels(earlier, right):
        there, wanted = (
            {tuple(key(row[place]) for place in labels) for row in rows} for rows in (given, right)
        )
        if len(there & wanted) * LONGER < len(wanted):
            return False
    for column, like in zip(zip(*given), zip(*right)):
        if not all(_is_like(cell, like) for cell in column):
            return False
    own, largest = given[0][0], right[0][0]
    return earlier.kind not in ("number", "integer") or bool(own) and abs(largest / own) <= FAR


def _labels(item: Item, rows: Rows) -> list[int]:
    """The places of the columns that name a row; none where rows have no names."""
    return named_columns(rows) if item.kind in ("set", "series", "table") else []


def _is_like(cell: Cell, column: Sequence[Cell]) -> bool:
    if type(cell) in (int, float):
        numbers = [abs(one) for one in column if type(one) in (int, float)]
        return bool(numbers) and math.isfinite(cell) and abs(cell) <= FAR * max(numbers)
    return type(cell) is type(column[0]) and (type(cell) is not str or len(cell) <= LETTERS)


def _trivial(item: Item, rows: Rows, own: Own) -> bool:
    """Whether an answer is one of the usual numbers, an own value itself, or has the same number everywhere."""
    if any(len(given[0]) == len(rows[0]) and same(item, rows, given) for given in own.values()):
        return True
    if item.kind == "integer":
        return rows == ((0,),)
    if item.kind == "number":
        return any(same(item, rows, ((constant,),)) for constant in TRIVIAL)
    numbers = [cell for row in rows for cell in row if type(cell) is float]
    return len(numbers) > 1 and len(set(numbers)) == 1


def _barely_none(sheet: Sheet, item: Item, own: Own, params: Mapping[str, Any], rows: Rows) -> bool:
    """Whether a count is 0, but not with own values that are a little smaller: they are near the edge, not beyond all."""
    if item.kind != "integer" or rows != ((0,),):
        return False
    smaller = {id: _moved(sheet.item(id), given, 1 / MOVED) for id, given in own.items()}
    return any(other != rows for other in _ways(sheet, item, smaller, params))


def _ways(sheet: Sheet, item: Item, own: Own, params: Mapping[str, Any]) -> list[Rows]:
    """What the right method gives with these own answers: by the reference, and by what the key says of the mistakes
    that they are.
    """
    if not own:
        return []
    ways: list[Callable] = []
    if takes_own(item):
        given = [_for_key(sheet.item(id), own[id]) if id in own else None for id in item.follows]
        ways.append(lambda p: item.reference(p, *given))
    for id, rows in own.items():
        earlier = sheet.item(id)
        for mistake, wrong in zip(earlier.mistakes, answers(earlier, params).mistakes):
            if mistake.name in item.carried and wrong and same(earlier, wrong, rows):
                ways.append(item.carried[mistake.name])
    uses = {name: params[name] for name in item.uses}
    found = []
    for way in ways:
        try:
            rows = computed(item, "what follows", way, uses, may_be_none=True)
        except CourseError:
            continue  # the key can't work with this value: then nothing follows from it
        if rows:
            found.append(rows)
    return found


def takes_own(item: Item) -> bool:
    """Whether the reference takes own values, one after another, behind the parameters."""
    try:
        inspect.signature(item.reference).bind(None, *item.follows)
    except TypeError:
        return False
    return bool(item.follows)


def _for_key(earlier: Item, rows: Rows) -> Any:
    """An earlier answer as the key gets it: a number, a text, a list, a dict (series) or a DataFrame (table)."""
    rows = tuple(tuple(cell[1] if type(cell) is tuple else cell for cell in row) for row in rows)
    match earlier.kind:
        case "table":
            return pd.DataFrame(list(rows), columns=list(earlier.columns))
        case "series":
            return dict(rows)
        case "list" | "set":
            return [row[0] for row in rows]
    return rows[0][0]


def _moved(item: Item, rows: Rows, by: float) -> Rows:
    """All numbers but those that name a row times a factor; whole ones stay whole, and change by one at least."""
    labels = _labels(item, rows)

    def moved(cell: Cell) -> Cell:
        if type(cell) is int:
            return cell + 1 if int(cell * by) == cell else int(cell * by)
        return cell * by if type(cell) is float else cell

    return tuple(
        tuple(cell if place in labels else moved(cell) for place, cell in enumerate(row)) for row in rows
    )


def _hangs(sheet: Sheet, item: Item, own: Own, params: Mapping[str, Any], rows: Rows) -> bool:
    """Whether another value or a shorter list in one of the own answers would give another answer."""
    factors = (MOVED,) if any(type(cell) is float for row in rows for cell in row) else AWAY
    for id, given in own.items():
        others = [_moved(sheet.item(id), given, by) for by in factors]
        others += [given[:-1], given[1:]] if len(given) > 1 else []
        if any(
            not same(item, rows, changed, slack=2.0)
            for other in others
            for changed in _ways(sheet, item, {**own, id: other}, params)
        ):
            return True
    return False


def _copied(sheet: Sheet, own: Own, item: Item, rows: Rows) -> bool:
    """Whether one variant has all of these as its right answers, to the digits in which the own ones are given."""
    wanted = [*((_to_the_digit(sheet.item(id), given), given) for id, given in own.items()), (item, rows)]
    return any(True for _ in _variants_of(wanted, {}))


def _to_the_digit(item: Item, given: Rows) -> Item:
    """The item with a tolerance of one in the last digit given: its own is so wide that a slip may hit another variant."""
    digits = [
        -Decimal(repr(cell)).as_tuple().exponent for row in given for cell in row if type(cell) is float
    ]
    if not digits:
        return item
    largest = max(abs(cell) for row in given for cell in row if type(cell) is float)
    return replace(item, tolerance=max(10.0 ** -max(digits), 1e-9 * largest), relative=None)


def _variants_of(wanted: Sequence[tuple[Item, Rows]], chosen: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts of variants in which each item has this answer: looked through item by item."""
    if not wanted:
        yield chosen
        return
    (item, rows), *rest = wanted
    left = {name: values for name, values in item.space.items() if name not in chosen}
    for values in itertools.product(*left.values()):
        other = {**chosen, **dict(zip(left, values))}
        try:
            if same(item, reference(item, other), rows):
                yield from _variants_of(rest, other)
        except CourseError:
            continue  # no variant of its own


def error(sheet: Sheet, item: Item, params: Mapping[str, Any]) -> str:
    """What is wrong with `follows` and `carried` of an item with these parameters, or nothing."""
    if not item.follows:
        return "carried needs follows: name the items whose mistakes these are" if item.carried else ""
    before = [sheet.item(id) for id in item.follows]
    names = {mistake.name for earlier in before for mistake in earlier.mistakes}
    if unknown := [name for name in item.carried if name not in names]:
        return f"no mistake of {', '.join(item.follows)} has the name '{unknown[0]}'"
    if not takes_own(item):
        return "" if item.carried else f"the reference doesn't take the answer to {', '.join(item.follows)}"
    right = {earlier.id: reference(earlier, params) for earlier in before}
    given = [_for_key(earlier, right[earlier.id]) for earlier in before]
    uses = {name: params[name] for name in item.uses}
    try:
        rows = computed(item, "the reference", lambda p: item.reference(p, *given), uses)
    except CourseError as failed:
        return f"the reference can't work with the answer to {', '.join(item.follows)} ({failed})"
    if not same(item, reference(item, params), rows):
        return f"the reference gives something else when it is given the right answer to {', '.join(item.follows)}"
    for earlier in before:
        known = [wrong for wrong in answers(earlier, params).mistakes if wrong]
        others = [_moved(earlier, right[earlier.id], by) for by in (MOVED, *FURTHER)] + known
        found = itertools.chain.from_iterable(
            _ways(sheet, item, {earlier.id: other}, params) for other in others
        )
        if all(_right(item, rows, params) for rows in found):
            return f"nothing in the reference hangs on the answer to {earlier.id}"
    return ""
