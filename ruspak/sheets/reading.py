"""From the plain form to rows of cells of the item's kind, or advice on what to hand in instead."""

from typing import Any

from ruspak.sheets.items import KINDS, Question
from ruspak.text import fold, number_readings

Cell = bool | int | float | str | tuple[str, str]
"""One value; ("date", "2021-11-11") is a date."""
Rows = tuple[tuple[Cell, ...], ...]
"""Every kind becomes rows: a number is one row of one cell, a series rows of (label, value), a table its rows."""

CALLABLES = ("method", "function", "builtin_function_or_method", "method_descriptor")
LAZY = (
    "generator",
    "map",
    "filter",
    "zip",
    "dict_keys",
    "dict_values",
    "dict_items",
    "enumerate",
    "DataFrameGroupBy",
    "SeriesGroupBy",
)
EMPTY = "No row is left: look at your conditions. Names like me.year stand without quotes."


def read(question: Question, plain: Any) -> tuple[Rows, str]:
    """(rows, "") where the plain value is of the item's kind, else ((), advice that names the variable)."""
    try:
        return _READ[question.kind](question, plain), ""
    except _Misfit as misfit:
        asked = f"The item asks for {KINDS[question.kind]}"
        return (), f"{question.variable} is {described(plain)}. {asked}. {misfit}".strip()


def empty(plain: Any) -> bool:
    """Whether nothing was handed in: no value, the stub's `...`, or an empty text."""
    return plain is None or plain == {"type": "ellipsis"} or (type(plain) is str and not plain.strip())


class _Misfit(Exception):
    """Not of the kind; the message is what to do."""


def _tag(plain: Any) -> str:
    """The type of a plain value in one word."""
    if type(plain) is dict:
        return plain["type"]
    return {bool: "boolean", int: "integer", float: "decimal", str: "text", list: "list"}.get(
        type(plain), "none"
    )


def described(plain: Any) -> str:
    """A plain value in words, never the student's own words."""
    match _tag(plain):
        case "list" | "set" as kind:
            return f"a {kind} of {_count(plain if kind == 'list' else plain['items'], 'entry', 'entries')}"
        case "mapping":
            return f"a dict of {_count(plain['items'], 'entry', 'entries')}"
        case "series":
            return f"a Series of {_count(plain['columns'][0][1], 'value', 'values')}"
        case "table":
            columns = _count(plain["columns"], "column", "columns")
            return f"a DataFrame of {columns} and {_count(plain['index'][0][1], 'row', 'rows')}"
        case "other":
            return f"of the type {plain['name']}"
        case "too big":
            return f"too big to be marked ({plain['name']})"
        case tag:
            return {
                "boolean": "True or False",
                "integer": "a whole number",
                "decimal": "a number with decimals",
                "text": "a text",
                "nan": "a missing value (NaN)",
                "infinity": "infinite",
                "date": "a date",
                "ellipsis": "still the three dots",
                "none": "None",
            }[tag]


def _count(values: list, one: str, many: str) -> str:
    return f"{len(values)} {one if len(values) == 1 else many}"


def _tip(plain: Any) -> str:
    """What helps with a value of the wrong type, whatever was asked."""
    match _tag(plain):
        case "other" if plain["name"] in CALLABLES:
            return "Perhaps the brackets () at the end are missing."
        case "other" if plain["name"] in LAZY:
            return "It has not been worked out yet: finish it, for example with list(...) or a sum."
        case "nan":
            return "An earlier step found no data: look at it."
        case "infinity":
            return "A division by zero does that: look at the earlier steps."
    return ""


def _single(plain: Any) -> str:
    """What helps where one value was asked for."""
    match _tag(plain):
        case "list" if len(plain) == 1:
            return "Take the one entry out with [0]."
        case "series" if len(plain["columns"][0][1]) == 1:
            return "Take the one value out with .iloc[0]."
        case "table" if len(plain["columns"]) == len(plain["index"][0][1]) == 1:
            return "Take the one value out with .iloc[0, 0]."
        case "series" | "table" if not plain["index"][0][1]:
            return EMPTY
        case "list" | "set" | "series" | "table":
            return (
                "It must be one value: choose one, add them up with .sum(), count the rows with len(...), or take "
                "the mean."
            )
    return _tip(plain)


def _number(question: Question, plain: Any) -> Rows:
    if _tag(plain) in ("integer", "decimal"):
        return ((float(plain),),)
    if _tag(plain) == "text" and (found := number_readings(plain, "%")):
        meant = " or ".join(f"{value:.15g}" for value in found)
        raise _Misfit(
            f"The text can mean {meant}: write the one that you mean as a number, without quotes."
            if len(found) > 1
            else f"It was read as {meant}: write it as a number, without quotes."
        )
    if (
        _tag(plain) == "list"
        and len(plain) in (2, 3, 4)
        and all(_tag(one) in ("integer", "decimal") for one in plain)
    ):
        raise _Misfit(
            f"{_single(plain)} If you wrote a comma inside one number, leave it out: 16,500 is two values for "
            "Python, 16500 is one."
        )
    raise _Misfit(_single(plain))


def _integer(question: Question, plain: Any) -> Rows:
    value = _number(question, plain)[0][0]
    if not value.is_integer():
        raise _Misfit("A count has no decimals.")
    return ((int(plain),),)


def _text(question: Question, plain: Any) -> Rows:
    if _tag(plain) != "text":
        raise _Misfit(_single(plain))
    return ((plain,),)


def _choice(question: Question, plain: Any) -> Rows:
    rows = _text(question, plain)
    if key(plain) not in map(key, question.options):
        raise _Misfit("Choose one of: " + ", ".join(f'"{option}"' for option in question.options) + ".")
    return rows


def _list(question: Question, plain: Any) -> Rows:
    if _tag(plain) == "list":
        return tuple((_cell(one),) for one in plain)
    if _tag(plain) == "series":
        return tuple((_cell(one),) for one in plain["columns"][0][1])
    raise _Misfit("Take one column of it." if _tag(plain) == "table" else _tip(plain))


def _set(question: Question, plain: Any) -> Rows:
    rows = _list(question, plain["items"] if _tag(plain) == "set" else plain)
    return tuple({key(cell): (cell,) for (cell,) in rows}.values())


def _series(question: Question, plain: Any) -> Rows:
    if _tag(plain) == "mapping":
        return tuple((_cell(label), _cell(value)) for label, value in plain["items"])
    if _tag(plain) == "series" and len(plain["index"]) == 1:
        return tuple(
            (_cell(label), _cell(value)) for label, value in zip(plain["index"][0][1], plain["columns"][0][1])
        )
    raise _Misfit(
        {
            "table": "Take one column of it.",
            "list": "It needs labels: keep the index, or write {label: value}.",
            "series": "Its index has several levels: choose one value of the others first.",
        }.get(_tag(plain), _tip(plain))
    )


def _table(question: Question, plain: Any) -> Rows:
    if _tag(plain) != "table":
        raise _Misfit("Make a table of it with .reset_index()." if _tag(plain) == "series" else _tip(plain))
    asked = "It needs the columns " + ", ".join(f"`{name}`" for name in question.columns)
    found = {}
    for name in question.columns:
        columns = [values for title, values in plain["columns"] if title == name] or [
            values for title, values in plain["index"] if title == name
        ]
        if len(columns) != 1:
            raise _Misfit(f"The table has {'two columns' if columns else 'no column'} `{name}`. {asked}.")
        found[name] = columns[0]
    return tuple(tuple(_cell(one) for one in row) for row in zip(*found.values()))


def _cell(plain: Any) -> Cell:
    match _tag(plain):
        case "boolean" | "integer" | "decimal" | "text":
            return plain
        case "date":
            return "date", plain["value"]
        case "nan" | "none":
            raise _Misfit(
                "A value in it is missing (NaN or None). Read the item again: should 0 stand there, or is such a row left out?"
            )
    raise _Misfit(f"Each value in it must be one plain number or text, but one is {described(plain)}.")


def key(cell: Cell) -> tuple:
    """What a cell is looked up by: 1980 and 1980.0 are one, True and 1 are two, texts are folded as people paste them."""
    if type(cell) is str:
        return "text", fold(cell)
    return ("number" if type(cell) in (int, float) else type(cell).__name__), cell


_READ = {
    "number": _number,
    "integer": _integer,
    "text": _text,
    "choice": _choice,
    "list": _list,
    "set": _set,
    "series": _series,
    "table": _table,
}
