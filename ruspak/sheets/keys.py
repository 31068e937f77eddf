"""Loading a key, a short Python file that defines `sheet`, and finding every error in it before a student does."""

import dataclasses
import keyword
import math
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.sheets import following
from ruspak.sheets.compare import answers
from ruspak.sheets.items import KINDS, Item, Sheet, Written
from ruspak.sheets.variant_check import violation

MAX_PARTS = 2_000  # sets of the parameters that one item uses; each is looked through


class WrongItems(CourseError):
    """All that is wrong in a key, a line each, and the sheet as far as it goes."""

    def __init__(self, wrong: list[str], sheet: Sheet):
        super().__init__("\n".join(wrong))
        self.sheet = sheet


def load(path: Path) -> Sheet:
    """The sheet of a key file such as solutions/keys/01_history.py, every item tried out with the default variant.

    Raises WrongItems, which names each error with file and item, and CourseError where the file has no sheet, or one
    whose items can't be looked at one by one.
    """
    file = f"solutions/keys/{path.name}"
    names = {"__name__": f"key_{path.stem}", "__file__": str(path)}
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    except OSError as error:
        raise CourseError(f"{file}: the key can't be read ({error.strerror}).") from None
    except Exception as error:
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
        ]
        line = lines[-1] if lines else getattr(error, "lineno", None)
        place = f"{file}, line {line}" if line else path.name
        raise CourseError(
            f"{place}: the key stops with {type(error).__name__}: {error}. Mend that line."
        ) from error
    sheet = names.get("sheet")
    if type(sheet) is not Sheet:
        raise CourseError(f"{file}: there is no sheet in it. Define sheet = Sheet(…).")
    if wrong := [f"{file}: {error}" for error in _frame_errors(sheet)]:
        raise CourseError("\n".join(wrong))
    sheet = _with_space(sheet)
    wrong = [f"{file}: {error}" for error in _sheet_errors(sheet, path.stem)]
    bad = set()
    for item in sheet.items:
        found = [f"{item.id}: {error}" for error in dict.fromkeys(_item_errors(item, sheet))]
        if not found and isinstance(item, Item):
            found = list(_tried_out(item, sheet, bad))
        wrong += [f"{file}, {error}" for error in found]
        bad |= {item.id} if found else set()
    if wrong:
        raise WrongItems(wrong, sheet)
    return sheet


def _with_space(sheet: Sheet) -> Sheet:
    """The same sheet with each parameter as {value: words}, and each item with the part of the space that it uses."""
    space = {
        name: {value: str(words) for value, words in values.items()}
        if isinstance(values, dict)
        else {value: str(value) for value in values}
        for name, values in sheet.space.items()
    }
    items = [
        dataclasses.replace(item, space={name: space[name] for name in item.uses if name in space})
        if isinstance(item, Item)
        else item
        for item in sheet.items
    ]
    return dataclasses.replace(sheet, space=space, items=items)


def _frame_errors(sheet: Sheet) -> Iterator[str]:
    """What is wrong with the space, or keeps the items from being looked at."""
    for name, values in sheet.space.items():
        if not name.isidentifier() or keyword.iskeyword(name):
            yield f"the parameter '{name}' is not a Python name. Choose another."
        if isinstance(values, str) or not values or not all(type(value) in (str, int) for value in values):
            yield f"the parameter '{name}' needs a list of texts or whole numbers, or a dict of them to words."
        elif name not in sheet.default or sheet.default[name] not in list(values):
            yield f"the default of '{name}' is outside its space. Choose one of its values."
    if not sheet.items or not all(type(item) in (Item, Written) for item in sheet.items):
        yield "items must be a list of Item and Written."
        return
    for item in sheet.items:
        if isinstance(item, Written) and not _is_rubric(item.rubric):
            yield f"{item.id}: the rubric must be a list such as [(3, 'criterion'), …], with whole points above 0."
        elif type(item.points) is not int or item.points <= 0:
            yield f"{item.id}: it has no points. Give it a whole number above 0."


def _sheet_errors(sheet: Sheet, stem: str) -> Iterator[str]:
    if sheet.notebook != stem or sheet.id != stem.partition("_")[2]:
        yield f"the sheet is '{sheet.id}' of the notebook '{sheet.notebook}'. Name both after the file."
    for name in sheet.default.keys() - sheet.space.keys():
        yield f"the default names '{name}', which is no parameter of the space. Take it out."
    for name in set(re.findall(r"\{(\w+)\}", sheet.prompt)) - set(sheet.space):
        yield f"prompt names {{{name}}}, which is no parameter of the space. Change the text."
    for what in ("id", "variable"):
        seen = set()
        for value in [getattr(item, what) for item in sheet.items if hasattr(item, what)]:
            if value in seen:
                yield f"the {what} '{value}' is there twice. Give each item its own."
            seen.add(value)
    total = sum(item.points for item in sheet.items)
    if total != 100:
        way = f"take {total - 100} from" if total > 100 else f"give {100 - total} more to"
        yield f"the points add up to {total}. Make it 100: {way} some items."


def _is_rubric(rubric) -> bool:
    return (
        isinstance(rubric, list | tuple)
        and len(rubric) > 0
        and all(isinstance(line, tuple) and len(line) == 2 for line in rubric)
        and all(type(points) is int and points > 0 and isinstance(what, str) for points, what in rubric)
    )


def _item_errors(item: Item | Written, sheet: Sheet) -> Iterator[str]:
    if not item.id.startswith(f"{sheet.id}-"):
        yield f"the id must begin with '{sheet.id}-'."
    if not item.objective:
        yield "no objective. Name the objective of the notebook that it proves."
    if isinstance(item, Written):
        return
    if item.kind not in KINDS:
        yield f"the kind '{item.kind}' is unknown. Choose one of {', '.join(KINDS)}."
        return
    if not item.variable.isidentifier() or keyword.iskeyword(item.variable):
        yield f"the variable '{item.variable}' is not a Python name. Choose another."
    for field in ("uses", "columns", "options", "hints", "mistakes", "alternatives", "methods", "follows"):
        if not isinstance(getattr(item, field), list | tuple):
            yield f"{field} is not a list. Put it into square brackets."
            return
    for name in item.uses:
        if name not in sheet.space:
            yield f"it uses '{name}', which is no parameter of the sheet. Add it to the space or take it out."
    if math.prod(len(sheet.space[name]) for name in item.uses if name in sheet.space) > MAX_PARTS:
        yield f"what it uses has more than {MAX_PARTS} variants. Let it use less, or leave out some values."
    if (item.kind == "table") != bool(item.columns) or (item.kind == "choice") != bool(item.options):
        yield "a table needs columns, a choice needs options, and no other kind has them."
    if not 2 <= len(item.hints) <= 3:
        yield f"{len(item.hints)} hints. Give two or three."
    if len(item.mistakes) < 2:
        yield f"{len(item.mistakes)} known mistakes. Give at least two."
    for mistake in item.mistakes:
        if not mistake.feedback or not 0 <= mistake.worth < 1:
            yield "a mistake needs feedback, and worth from 0 up to (not including) 1."
    for text in [item.prompt, *item.hints, *(mistake.feedback for mistake in item.mistakes)]:
        for name in set(re.findall(r"\{(\w+)\}", text)) - set(item.uses):
            yield f"a text names {{{name}}}, which is not among its uses. Add it there or change the text."
    if item.tolerance is not None and item.relative is not None:
        yield "both tolerance and relative. Give one of them."
    for allowed in (item.tolerance, item.relative):
        if allowed is not None and not 0 < allowed < math.inf:
            yield f"the tolerance {allowed} is not above zero. Decimals need one: allow at least half the last digit."
    before = [one.id for one in sheet.items[: sheet.items.index(item)] if isinstance(one, Item)]
    for id in item.follows:
        if id not in before:
            yield f"it follows from '{id}', which no item before it asks for. Name such an item."
    if item.kind == "set" and (item.tolerance or item.relative):
        yield "a set has no tolerance. Use a list, or round to whole numbers."


def _tried_out(item: Item, sheet: Sheet, bad: set[str]) -> Iterator[str]:
    """The errors that show when all is worked out for the default variant, each with the item; `bad`: items before
    it that have errors of their own."""
    try:
        known = answers(item, sheet.default)
    except CourseError as error:
        yield str(error)
        return
    decimals = any(type(cell) is float for rows in known.accepted for row in rows for cell in row)
    if decimals and item.tolerance is None and item.relative is None:
        yield f"{item.id}: the answer has decimals but no tolerance. Give tolerance or relative."
        return
    if not bad & set(item.follows) and (reason := following.error(sheet, item, sheet.default)):
        yield (
            f"{item.id}: {reason}. Let it take those answers as further arguments, and work with them, or name "
            "a mistake and say in carried what follows from it."
        )
    if reason := violation(item, sheet.default):
        yield (
            f"{item.id}: the default variant can't be used: {reason}. Mend that (a mistake that is too close: "
            "choose another one; an answer that stays the same: `uses` names only what changes it), or choose another default."
        )
