"""Cases sorted from the smallest to the largest, and how many of them reach a goal."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour


def _between(percentiles: pd.Series) -> pd.Series:
    """The values at each tenth of a percentile from 1 to 99, straight lines between those given."""
    if len(percentiles) < 2 or percentiles.isna().any():
        raise CourseError(
            "quantiles: there are no values for the percentiles. Look at the filter that made the table: is "
            "there such a first year and span?"
        )
    steps = np.linspace(1, 99, 981)
    return pd.Series(np.interp(steps, percentiles.index, percentiles), steps)


def reached(percentiles: pd.Series, goal: float) -> str:
    """How many of a hundred cases reach the goal: "3", or "fewer than 1".

    percentiles: values by percentile, 1 to 99, rising. Raises CourseError where there are none.
    """
    fast = (values := _between(percentiles)).index[values >= goal]
    return f"{100 - fast.min():.0f}" if len(fast) else "fewer than 1"


def quantile_area(ax: Axes, percentiles: pd.Series, goal: float, name: str) -> None:
    """Fill the area under all cases, from the smallest to the largest; those that reach the goal in orange.

    percentiles: as in reached(). goal: drawn as a dashed line. name: written above the line.
    """
    values = _between(percentiles)
    ax.fill_between(values.index, values, color=colour("other"), lw=0)
    ax.fill_between(values.index, values, where=values >= goal, color=colour("accent"), lw=0)
    ax.axhline(goal, color=colour("ink"), ls="--", lw=1.5)
    ax.text(1, goal + 1.5, name, fontsize=10.5, fontweight="bold", color=colour("ink"))
    ax.set(xlim=(0, 100), xticks=[1, 25, 50, 75, 99])
