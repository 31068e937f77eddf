"""Charts with one row a name and dots in it: single dots, pairs (filled and open), ranges. The first name
stands on top.

Each function returns the values it drew as words, for the text alternative.
"""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.rows import drawable, each, flat, in_words, printed, rows


def dot(
    ax: Axes,
    x: float,
    y: float,
    tone: str,
    hollow: bool = False,
    size: float = 10,
    sign: str = "o",
    name: str = "",
    **style,
):
    """One mark, filled or open, in the colour of a country or a role, with its name beside it.

    size: in points. sign: a marker of matplotlib. style: keywords of label(), such as gap and lift.
    """
    ax.plot(
        [x], [y], sign, ms=size, mfc=colour("page" if hollow else tone), mec=colour(tone), mew=2.2, zorder=3
    )
    if name:
        label(ax, x, y, name, tone, **{"gap": 9, **style})


def points(ax: Axes, values: pd.Series, tone="accent", open=False, size: float = 9) -> str:
    """Marks at any place: the index is x, the values are y; an index may come twice. tone, open: one for
    all, or a list.

    Returns words: "2001 8, 2023 11". Raises CourseError where there is no value, or where one is missing.
    """
    values = drawable(values, "points")
    for x, y, one, ring in zip(
        values.index, values, each(tone, values, "points"), each(open, values, "points"), strict=True
    ):
        dot(ax, x, y, one, ring, size)
    return in_words(values, "{:,.6g}")


def dots(
    ax: Axes,
    values: pd.Series,
    tone="accent",
    open=False,
    text: str | list | None = None,
    stem: bool = True,
    unit: str = "",
) -> str:
    """One dot a row.

    values: numbers by name. tone, open: one for all rows, a list, or a dictionary by name. text: format of
    the number beside the dot ("{:.1f}"), or ready texts; None prints none. stem: a grey line from zero to
    the dot. Raises CourseError where there is no value, or where one is missing.
    """
    values = drawable(values, "dots")
    heights = rows(ax, values.index)
    tones, hollow = each(tone, values.index, "dots"), each(open, values.index, "dots", default=False)
    if stem:
        ax.hlines(heights, 0, values, color=colour("grid"), lw=6)
    for x, y, one, ring in zip(values, heights, tones, hollow, strict=True):
        dot(ax, x, y, one, ring)
    numbers = printed(values, text, unit)
    if text is not None:
        for x, y, number in zip(values, heights, numbers, strict=True):
            label(ax, x, y, number, "ink", gap=9)
    return "; ".join(f"{flat(name)} {number}" for name, number in zip(values.index, numbers, strict=True))


def dumbbells(
    ax: Axes,
    frame: pd.DataFrame,
    filled: str,
    open: str,
    tone="ink",
    open_tone: str | None = None,
    text: str = "{:.0f}",
    unit: str = "",
) -> str:
    """Two dots a row, joined by a grey bar; where both are equal, the filled one stands inside the open one.

    frame: one row a name; filled, open: the names of its two columns. tone: one for all rows, a list, or a
    dictionary by name. open_tone: that of all open dots (None: as the filled one). text: format of the
    numbers in the words.
    """
    first, second = (drawable(frame[column], "dumbbells") for column in (filled, open))
    heights = rows(ax, frame.index)
    ax.hlines(heights, first, second, color=colour("grid"), lw=6)
    for y, one, other, own in zip(heights, first, second, each(tone, frame.index, "dumbbells"), strict=True):
        dot(ax, other, y, open_tone or own, hollow=True, size=11.5)
        dot(ax, one, y, own, size=6.5 if open_tone else 5)  # within a ring of its colour, a gap is needed
    both = zip(frame.index, printed(first, text, unit), printed(second, text, unit), strict=True)
    return "; ".join(f"{flat(name)}: {filled} {one}, {open} {other}" for name, one, other in both)


def ranges(
    ax: Axes, low, high, names=None, tone="PAK", open=False, text: str = "{:g}", unit: str = ""
) -> str:
    """A bar from low to high in each row, with a dot at either end; one dot where both are the same.

    low, high: numbers, in the order of the rows. names: of the rows (None: the index of low). tone, open:
    as in dots().
    """
    low, high = drawable(low, "ranges"), drawable(high, "ranges")
    names = list(low.index if names is None else names)
    heights = rows(ax, names)
    tones, hollow = each(tone, names, "ranges"), each(open, names, "ranges", default=False)
    for y, start, end, one, ring in zip(heights, low, high, tones, hollow, strict=True):
        ax.plot([start, end], [y, y], color=colour(one), lw=6, alpha=0.4, solid_capstyle="butt")
        for x in {start: None, end: None}:
            dot(ax, x, y, one, ring, size=8)
    ends = zip(names, printed(low, text), printed(high, text), strict=True)
    return "; ".join(
        f"{flat(name)} {start}{'' if start == end else ' to ' + end}{unit}" for name, start, end in ends
    )
