"""Values with what is not known about them: intervals in rows, bands around lines."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.colours import colour
from ruspak.figures.dots import dot
from ruspak.figures.draw import label
from ruspak.figures.rows import drawable, flat, printed, rows


def intervals(
    ax: Axes,
    low: pd.Series,
    middle: pd.Series,
    high: pd.Series,
    tone: str = "accent",
    open: bool = False,
    lift: float = 0,
    text: str = "{:.0f}",
    unit: str = "",
    labels: list | None = None,
) -> str:
    """A dot with its interval in each row, the first name on top.

    low, middle, high: numbers by the same names. lift: shifts all rows up (shares of a row), so that a
    second call can draw a second group below. labels: texts at the upper
    end of the intervals. Returns words: "name 12 (8 to 17)%".
    """
    low, middle, high = (drawable(part, "intervals") for part in (low, middle, high))
    heights = [height + lift for height in rows(ax, middle.index)]
    for y, start, x, end in zip(heights, low, middle, high, strict=True):
        ax.plot([start, end], [y, y], color=colour("other"), lw=6 if not lift else 5, solid_capstyle="butt")
        dot(ax, x, y, tone, open, size=9 if not lift else 7)
    for y, end, words in zip(heights, high, labels or [], strict=bool(labels)):
        label(ax, end, y, words, "quiet", gap=6, fontsize=9.5, fontweight="normal")
    parts = zip(middle.index, *(printed(part, text) for part in (middle, low, high)), strict=True)
    return "; ".join(f"{flat(name)} {x}{unit} ({start} to {end})" for name, x, start, end in parts)


def ribbon(ax: Axes, low: pd.Series, high: pd.Series, tone: str) -> None:
    """Shade between two series with the same index (such as years); the shade lies under the lines."""
    low, high = drawable(low, "ribbon"), drawable(high, "ribbon")
    ax.fill_between(low.index, low, high, color=colour(tone), alpha=0.18, lw=0)
