"""Rows and values of a table by what its columns hold."""

import pandas as pd

from ruspak.errors import CourseError


def rows(table: pd.DataFrame, **where) -> pd.DataFrame:
    """The rows in which each named column has the given value: `rows(opium, year=2023, estimator="UN")`.

    Raises CourseError for a column that the table doesn't have.
    """
    for column, wanted in where.items():
        if column not in table.columns:
            raise CourseError(f"The table has no column '{column}'. It has {', '.join(table.columns)}.")
        table = table[table[column].eq(wanted).fillna(False)]
    return table


def pick(table: pd.DataFrame, column: str, **where):
    """The one value of a column in the one row that fits, as a plain number or text.

    Raises CourseError where no row or more than one fits, or where a column is missing.
    """
    found = rows(table, **where)
    if len(found) != 1:
        fits = ", ".join(f"{name}={wanted!r}" for name, wanted in where.items())
        raise CourseError(f"{len(found)} rows have {fits}; one is wanted. Look at the table and name more.")
    return found[column].item()


def values(table: pd.DataFrame, column: str, by: str = "year", **where) -> pd.Series:
    """A column by year, or by the values of another column, of the rows that fit.

    Raises CourseError where a value of `by` comes twice, so that it would have two answers.
    """
    found = rows(table, **where)
    twice = found[by][found[by].duplicated()]
    if len(twice):
        raise CourseError(f"Two rows have {by} {twice.iloc[0]}. Name another column, so that one is left.")
    return found.set_index(by)[column]
