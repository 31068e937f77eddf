"""Calculations by name, so that prose and answer keys can't drift from the tables."""

import functools

import numpy as np
import pandas as pd

from ruspak.data.facts import row_of
from ruspak.data.package import package
from ruspak.data.tables import table
from ruspak.errors import CourseError


class _Tables(dict):
    """The names an expression may use: every table, read at first use, and pandas and numpy."""

    def __missing__(self, name: str) -> pd.DataFrame:
        if name not in {resource["name"] for resource in package()["resources"]}:
            raise KeyError(name)
        self[name] = table(name)
        return self[name]


_NAMES = _Tables(pd=pd, np=np, abs=abs, round=round, len=len, min=min, max=max, sum=sum, int=int, float=float)


def calc(key: str):
    """The value of a calculation of data/course/calcs.csv: its expression over the tables, worked out once.

    Raises CourseError for an unknown id (with the nearest ones) and for an expression that fails.
    """
    return _worked_out(key, row_of("calcs", key, "calculation").expression)


@functools.cache
def _worked_out(key: str, expression: str):
    try:
        return eval(
            expression, {"__builtins__": {}}, _NAMES
        )  # our own file, under test; never a learner's text
    except Exception as fault:
        raise CourseError(
            f"data/course/calcs.csv, {key}: the expression fails with {type(fault).__name__}: {fault}. "
            "Look for a renamed table or column."
        ) from None


def calc_text(key: str) -> str:
    """The same value as prose prints it, by the calculation's own format and with a true minus sign."""
    return row_of("calcs", key, "calculation").format.format(calc(key)).replace("-", "−")
