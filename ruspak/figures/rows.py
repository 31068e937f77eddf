"""What every chart with names at the left shares: the rows themselves, a choice for each of them, and their
words."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError

MISSING = (
    "Drop what is missing (values.dropna()) and say so in the subtitle, or look at the filter that made "
    "the data."
)


def rows(ax: Axes, names) -> list[int]:
    """Write the names at the left, the first on top, and return the height of each row (the lowest is 0)."""
    names = [str(name) for name in names]
    if not names:
        raise CourseError(
            "rows(): there are no names, so there is nothing to draw. Look at the filter that made the data."
        )
    heights = list(range(len(names) - 1, -1, -1))
    ax.set(yticks=heights, yticklabels=names, ylim=(-0.6, len(names) - 0.4))
    return heights


def drawable(values, caller: str) -> pd.Series:
    """The values as a Series of numbers; CourseError where there are none, or where one is missing."""
    values = pd.Series(values)
    if values.empty:
        raise CourseError(
            f"{caller}(): there is nothing to draw. Look at the filter that made the data: it found nothing."
        )
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.isna().any():
        raise CourseError(
            f"{caller}(): there is no number for {flat(numbers.index[numbers.isna()][0])}. {MISSING}"
        )
    return numbers.astype(float)


def each(choice, names, caller: str, default="other") -> list:
    """One choice for each name: the same for all, a list in the order of the names, or a dictionary by
    name."""
    names = list(names)
    if isinstance(choice, dict):
        return [choice.get(name, default) for name in names]
    if isinstance(choice, (str, bool, tuple)) or not hasattr(choice, "__len__"):
        return [choice] * len(names)
    if len(choice) != len(names):
        raise CourseError(
            f"{caller}(): {len(names)} rows, but {len(choice)} choices. Give one for all or for each."
        )
    return list(choice)


def flat(name) -> str:
    """A name on one line."""
    return " ".join(str(name).split())


def printed(values, text, unit: str = "") -> list[str]:
    """Numbers as they are printed: by a format such as "{:.1f}", or the ready texts of a list."""
    if text is not None and not isinstance(text, str):
        return [flat(one) for one in text]
    form = text or "{:,.6g}"
    return [form.format(value).replace("-", "−") + unit for value in values]


def in_words(values: pd.Series, text: str = "{:.0f}", keys=None) -> str:
    """A series as part of a sentence: "1955 57%, 1970 43%" for text "{:.0f}%".

    keys: the entries to name (all, without them). Raises CourseError where one of them is not in the series.
    """
    values = pd.Series(values)
    gone = [key for key in ([] if keys is None else keys) if key not in values.index]
    if gone or values.empty:
        raise CourseError(
            f"in_words(): {flat(gone[0]) if gone else 'nothing'} is not in the series. {MISSING}"
        )
    entries = (values if keys is None else values.loc[list(keys)]).items()
    return ", ".join(f"{flat(key)} {text.format(value)}" for key, value in entries).replace(" -", " −")
