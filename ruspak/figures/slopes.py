"""Slope charts: two times, one line a name, the numbers at both ends."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.rows import drawable, each, flat, printed


def slopes(
    ax: Axes,
    frame: pd.DataFrame,
    tones,
    lifts: dict | None = None,
    text: str = "{:.0f}",
    unit: str = "",
    left=True,
    dashed=(),
) -> str:
    """A line a name between two times; at the right name and number, at the left the number.

    frame: one row a name, two columns (the times, written at the foot). tones: one for all, a list, or a
    dictionary by name. lifts: {name: points} moves the words of lines that end close together. left: the
    names whose first number is printed (True: all). dashed: the names drawn dashed. Returns words:
    "India 2% in 2021, 36% in 2025".
    """
    if frame.shape[1] != 2:
        raise CourseError(
            f"slopes(): two columns are needed, one for each time; these are {frame.shape[1]}. Choose two."
        )
    first, last = (drawable(frame[column], "slopes") for column in frame)
    numbers = list(zip(printed(first, text), printed(last, text), strict=True))
    for name, start, end, tone, said in zip(
        frame.index, first, last, each(tones, frame.index, "slopes"), numbers, strict=True
    ):
        lift = (lifts or {}).get(name, 0)
        ax.plot(
            [0, 1], [start, end], color=colour(tone), marker="o", ms=8, ls="--" if name in dashed else "-"
        )
        label(ax, 1, end, f"{name} {said[1]}{unit}", tone, lift=lift, gap=10)
        if left is True or name in left:
            label(ax, 0, start, said[0] + unit, tone, lift=lift, gap=-10, ha="right")
    ax.set(xlim=(-0.05, 1.05), xticks=[0, 1], xticklabels=[str(column) for column in frame], yticks=[])
    then, now = frame.columns
    return "; ".join(
        f"{flat(name)} {start}{unit} in {then}, {end}{unit} in {now}"
        for name, (start, end) in zip(frame.index, numbers, strict=True)
    )
