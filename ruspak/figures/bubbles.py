"""A table of counts as bubbles: the area is the share, the number the count."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.rows import drawable, flat, rows


def bubbles(ax: Axes, counts: pd.DataFrame, tone: str = "accent") -> str:
    """A bubble with its number in each place of a table; the area is the share of the column's sum.

    counts: whole numbers, one row a name, the first on top, the columns from left to right. Returns words column
    by column: "history: supported 16, mixed 17; …". Raises CourseError where a column is empty or a count missing.
    """
    counts = counts.apply(drawable, caller="bubbles")
    if counts.empty or not (counts.sum() > 0).all():
        raise CourseError(
            "bubbles(): each column must have something to count. Look at the filter that made the table."
        )
    shares, heights = 100 * counts / counts.sum(), rows(ax, counts.index)
    for place, column in enumerate(counts):
        for height, count, share in zip(heights, counts[column], shares[column], strict=True):
            ax.scatter(place, height, s=12 * share + 1, color=colour(tone), alpha=0.45, lw=0)
            ax.text(
                place, height, f"{count:.0f}", ha="center", va="center", fontsize=10.5, color=colour("ink")
            )
    names = [str(column) for column in counts]
    ax.set(xlim=(-0.6, len(names) - 0.4), xticks=range(len(names)), xticklabels=names)
    ax.tick_params(axis="x", labelsize=9.5)
    ax.grid(False)
    return "; ".join(
        f"{flat(column)}: " + ", ".join(f"{flat(name)} {count:.0f}" for name, count in counts[column].items())
        for column in counts
    )
