"""Follow-through marks: an item that goes on from an earlier answer, judged by the learner's own value of that one.

The right method on a wrong value earns the points. A value that was chosen, copied or drawn from somewhere else so
that the next item becomes trivial earns nothing: see `own_answer`.
"""

import itertools
import math
from collections.abc import Mapping
from typing import Any

from ruspak.errors import CourseError
from ruspak.sheets.compare import answers, computed, reference, same
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.reading import Rows, empty, read
from ruspak.sheets.serialise import is_serialised

FAR = 100.0  # times larger or smaller than the right value: no slip any more
TRIVIAL = (0.0, 1.0, -1.0, 100.0)  # what a chosen value makes of many formulas
MOVED = 1.1  # the own value is moved by this factor to see whether the answer hangs on it


def own_answer(sheet: Sheet, item: Item, values: Mapping[str, Any], params: Mapping[str, Any]) -> Rows | None:
    """What the item's reference gives with the learner's own value of the item that it follows from, or None.

    `values`: plain forms by variable. None where the item follows from nothing, and where the own value can't count:
    it is missing, no finite number, right, or more than FAR times off; where what it gives is trivial, is the own value
    itself, or does not hang on it; where both are the answers of another variant, so that nobody gains by copying a
    chain.
    """
    if not item.follows:
        return None
    earlier = sheet.item(item.follows)
    value = values.get(earlier.variable)
    if not is_serialised(value) or empty(value):
        return None
    given, advice = read(earlier, value)
    if advice or not _is_slip(earlier, given, params):
        return None
    own = given[0][0]
    rows, moved = _with(item, own, params), _with(item, own * MOVED, params)
    if rows is None or moved is None or same(item, rows, moved, slack=2.0):
        return None
    constants = [((float(constant),),) for constant in (*TRIVIAL, own)]
    if any(same(item, rows, constant) for constant in constants) or _copied(earlier, given, item, rows):
        return None
    return rows


def _is_slip(earlier: Item, given: Rows, params: Mapping[str, Any]) -> bool:
    """Whether a value of the earlier item is wrong, and near enough to be a slip."""
    own, right = given[0][0], reference(earlier, params)[0][0]
    if not math.isfinite(own) or not own or not right or not 1 / FAR <= abs(own / right) <= FAR:
        return False
    return not any(same(earlier, accepted, given) for accepted in answers(earlier, params).accepted)


def _copied(earlier: Item, given: Rows, item: Item, rows: Rows) -> bool:
    """Whether a variant has both as its right answers."""
    space = {**earlier.space, **item.space}
    for values in itertools.product(*space.values()):
        other = dict(zip(space, values))
        try:
            if same(earlier, reference(earlier, other), given) and same(item, reference(item, other), rows):
                return True
        except CourseError:
            continue  # no variant of its own
    return False


def _with(item: Item, own: float, params: Mapping[str, Any]) -> Rows | None:
    """What the reference gives with this earlier value; None where it can't work with it."""
    try:
        return computed(
            item,
            "the reference",
            lambda p: item.reference(p, own),
            {name: params[name] for name in item.uses},
        )
    except CourseError:
        return None


def error(sheet: Sheet, item: Item, params: Mapping[str, Any]) -> str:
    """What is wrong with `follows` of an item with these parameters, or nothing."""
    if not item.follows:
        return ""
    right = reference(sheet.item(item.follows), params)[0][0]
    rows, moved = _with(item, right, params), _with(item, right * MOVED, params)
    if rows is None or moved is None:
        return f"the reference can't work with the answer to {item.follows} as its second argument"
    if not same(item, reference(item, params), rows):
        return f"the reference gives something else when it is given the right answer to {item.follows}"
    if same(item, rows, moved, slack=2.0):
        return f"nothing in the reference hangs on the answer to {item.follows}"
    return ""
