"""Marks of several shapes with their numbers: the shape says whose number it is, as colour is never the only
sign."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.dots import dot
from ruspak.figures.rows import drawable, each, flat, printed, rows

SHAPES = {"dot": "o", "square": "s", "diamond": "D", "triangle": ">", "cross": "X"}


def marks(
    ax: Axes,
    values: pd.Series,
    tone="accent",
    shape="dot",
    open=False,
    text: str | list = "{:.0f}",
    lift=0,
    shared: bool = False,
    joined: bool = False,
    size: float = 9,
) -> str:
    """A mark for each value, with its number in its colour.

    values: numbers by the name of their row, the first on top. tone, shape ("dot", "square", "diamond",
    "triangle", "cross"), open, lift: one for all, or a list. lift: points; 0 prints the number at the
    right, else above or below. shared: values of the same name stand in one row; else each has its own.
    joined: a grey bar joins the values of a row. Returns words: "2012 542; 2013 484". Raises CourseError
    where a value is missing, or a shape is unknown.
    """
    values = drawable(values, "marks")
    names = list(dict.fromkeys(values.index)) if shared else list(values.index)
    heights = rows(ax, names)
    if shared:
        heights = [heights[names.index(name)] for name in values.index]
    if joined:
        ends = pd.Series(values.to_numpy()).groupby(heights).agg(["min", "max"])
        ax.hlines(ends.index, ends["min"], ends["max"], color=colour("grid"), lw=6)
    looks = zip(*(each(choice, values, "marks") for choice in (tone, shape, open, lift)), strict=True)
    numbers = printed(values, text)
    for x, y, number, (one, form, ring, up) in zip(values, heights, numbers, looks, strict=True):
        if form not in SHAPES:
            raise CourseError(f"marks(): there is no shape “{form}”. The shapes are: {', '.join(SHAPES)}.")
        aside = {"gap": 9} if not up else {"gap": 0, "lift": up, "ha": "center"}
        dot(ax, x, y, one, ring, size, SHAPES[form], number, **aside)
    return "; ".join(f"{flat(name)} {number}" for name, number in zip(values.index, numbers, strict=True))
