"""Calculations by name, so that prose and answer keys can't drift from the tables."""

import ast
import difflib
import functools

import numpy as np
import pandas as pd

from ruspak import measures
from ruspak.data.facts import row_of
from ruspak.data.package import nearest, package
from ruspak.data.tables import table
from ruspak.data.words import Printer
from ruspak.errors import CourseError

PRINTER = Printer()


class _Tables(dict):
    """The names an expression may use: every table, read at first use, the measures, other calculations, and
    pandas and numpy.
    """

    def __missing__(self, name: str) -> pd.DataFrame:
        if name not in {resource["name"] for resource in package()["resources"]}:
            raise KeyError(name)
        self[name] = table(name)
        return self[name]


def calc(key: str):
    """The value of a calculation of data/course/calcs.csv: its expression over the tables, worked out once.

    Raises CourseError for an unknown id (with the nearest ones) and for an expression that fails.
    """
    return _worked_out(key, row_of("calcs", key, "calculation").expression)


names = _Tables(
    {name: getattr(measures, name) for name in measures.__all__},
    pd=pd,
    np=np,
    calc=calc,
    **{function.__name__: function for function in (abs, round, len, min, max, sum, int, float, range)},
)


@functools.cache
def _worked_out(key: str, expression: str):
    try:
        return eval(
            expression, {"__builtins__": {}}, names
        )  # our own file, under test; never a learner's text
    except RecursionError:
        raise CourseError(
            f"data/course/calcs.csv, {key}: its calculation leads back to itself. Use a table in one of them."
        ) from None
    except NameError as error:
        known = [*names, *(resource["name"] for resource in package()["resources"])]
        raise CourseError(
            f"data/course/calcs.csv, {key}: there is no table or function '{error.name}'. {nearest(error.name, known)} "
            "If that table is new, run make pages first."
        ) from None
    except Exception as error:
        raise CourseError(
            f"data/course/calcs.csv, {key}: the expression fails with {type(error).__name__}: {error}. {_advice(key, error)}"
        ) from None


def _advice(key: str, error: Exception) -> str:
    """What to do about an expression that fails: the nearest column where it asks for one that is not there."""
    if isinstance(error, AttributeError | KeyError):
        asked = str(error.name if isinstance(error, AttributeError) else error.args[0])
        columns = {column for one in tables_of(key) for column in table(one).columns}
        if near := difflib.get_close_matches(asked, columns, n=1):
            return f"Did you mean '{near[0]}'?"
    return "Look for a renamed table or column."


def tables_of(key: str) -> list[str]:
    """The tables that a calculation is worked out from, as they come in its expression, also those behind the
    calculations that it uses. Raises CourseError for an unknown id.
    """
    return list(dict.fromkeys(_tables_of(key, ())))


def _tables_of(key: str, on_the_way: tuple[str, ...]):
    known = {resource["name"] for resource in package()["resources"]}
    tree = ast.parse(row_of("calcs", key, "calculation").expression, mode="eval")
    for node in sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Call)),
        key=lambda node: node.col_offset,
    ):
        match node:
            case ast.Name(id=name) if name in known:
                yield name
            case ast.Call(func=ast.Name(id="calc"), args=[ast.Constant(value=other)]) if (
                other not in on_the_way
            ):
                yield from _tables_of(other, (*on_the_way, key))


def calc_text(key: str) -> str:
    """The same value as prose prints it, by the calculation's own format and with a true minus sign.

    Raises CourseError like calc(), and for a format that can't print the value.
    """
    return calc_texts(key)[0]


def calc_texts(key: str) -> list[str]:
    """All ways in which prose may print the value, the usual one first: the column `format` may hold several,
    with " | " between them.
    """
    value = calc(key)
    try:
        return [PRINTER.format(one, value) for one in row_of("calcs", key, "calculation").format.split(" | ")]
    except (ValueError, TypeError, IndexError, KeyError, CourseError) as error:
        raise CourseError(f"data/course/calcs.csv, {key}: the format can't print {value}. {error}") from None


def prints(key: str, text: str) -> bool:
    """Whether a text says the value of a calculation in an accepted way, also with a capital letter in front."""
    return text in [way for one in calc_texts(key) for way in (one, one[:1].upper() + one[1:])]
