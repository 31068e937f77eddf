"""Survival curves: what share of all spells is still running, by years since their start."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.rows import drawable, flat

DAYS = 365.25  # in a year


def left_after(curve: pd.Series, years: float) -> float:
    """Per cent still running after so many years.

    curve: shares from 0 to 1 by day, beginning with 1 on day 0; between two days the earlier one holds.
    Raises CourseError where the curve does not begin on day 0.
    """
    curve = drawable(curve, "left_after")
    if curve.index[0] != 0:
        raise CourseError(
            f"left_after(): the curve begins on day {curve.index[0]}, not on day 0. Use survival() for it."
        )
    return 100 * curve.loc[: DAYS * years].iloc[-1]


def stairs(
    ax: Axes,
    curve: pd.Series,
    tone: str,
    name: str,
    until: int = 8,
    named=(1, 2, 4, 5),
    lift=0,
    dot=None,
    **style,
) -> str:
    """Draw a survival curve as steps, its name at the right end.

    curve: as in left_after(). until: years that are drawn. named: the years that the words name. dot: a
    year whose value is marked, too (None: none). lift: moves the name (points). Further keywords go to
    matplotlib's step. Returns words: "name: 72% after 1 year, 48% after 2 years".
    """
    shown = 100 * drawable(curve, "stairs").loc[: DAYS * until]
    years = [*(shown.index / DAYS), until]
    ax.step(years, [*shown, shown.iloc[-1]], where="post", color=colour(tone), **style)
    if dot is not None:
        ax.plot([dot], [left_after(curve, dot)], "o", ms=9, color=colour(tone), zorder=3)
        label(ax, dot, left_after(curve, dot), f"{left_after(curve, dot):.0f}%", tone, 9, 4, fontsize=9.5)
    label(ax, until, shown.iloc[-1], name, tone, lift, fontsize=9.5)
    said = [f"{left_after(curve, year):.0f}% after {year} year{'s' * (year != 1)}" for year in named]
    return f"{flat(name)}: {', '.join(said)}"
