"""Windows of years: what was counted over five years stands over those five years."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.bars import ground
from ruspak.figures.draw import label
from ruspak.figures.rows import drawable, each, printed


def window(start: int, years: int = 5) -> str:
    """The name of a window: 1995 is “1995–99”, and 1998 “1998–2002”."""
    end = int(start) + years - 1
    return f"{int(start)}–{end % 100:02d}" if end // 100 == int(start) // 100 else f"{int(start)}–{end}"


def by_window(
    ax: Axes,
    values: pd.Series,
    years: int = 5,
    tone="RUS",
    hatched=False,
    text: str | list | None = "{:.1f}",
    unit: str = "%",
    named=None,
) -> str:
    """An upright bar over each window of years, with its number on top; no bar where the series has no
    window.

    values: numbers by the first year of the window. tone, hatched: one for all, a list, or a dictionary by
    first year. named: the first years that are written at the foot (None: all). Returns words: "1965–69
    14.9%; 1970–74 1.2%".
    """
    values = drawable(values, "by_window")
    numbers = printed(values, text)
    styles = each(tone, values.index, "by_window"), each(hatched, values.index, "by_window", default=False)
    for start, value, number, one, striped in zip(values.index, values, numbers, *styles, strict=True):
        middle = start + (years - 1) / 2
        ax.bar(middle, value, width=0.76 * years, **ground(one, striped))
        if text is not None:
            label(ax, middle, value, number, "ink", lift=8, gap=0, ha="center")
    foot = list(values.index if named is None else named)
    ax.set(
        xticks=[start + (years - 1) / 2 for start in foot],
        xticklabels=[window(start, years) for start in foot],
        ylim=(0, values.max() * 1.15),
        yticks=[],
    )
    return "; ".join(
        f"{window(start, years)} {number}{unit}" for start, number in zip(values.index, numbers, strict=True)
    )
