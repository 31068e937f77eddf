"""Counted things as squares, one for each: so many that they can be seen, so few that they can be counted."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.rows import flat, rows

STEP = 0.27  # of a row: from one line of squares to the next


def squares(ax: Axes, counts: pd.DataFrame, styles: dict, wide: int = 15) -> str:
    """A line of squares for each count, with the number; `wide` squares, then a new line. The subtitle names the styles.

    counts: whole numbers (missing is none), one row a name, the first on top, one column a group. styles: {column:
    (tone, "filled" or "open")}, from top to bottom. Returns words: "delivered: 4 Soviet, 9 since 1992; …". Raises
    CourseError where there is no row.
    """
    said, parts = [], counts[list(styles)].fillna(0).astype(int)
    for height, (name, row) in zip(rows(ax, parts.index), parts.iterrows(), strict=True):
        lines = [-(-row[group] // wide) for group in styles]
        top = height + STEP * (sum(lines) - 1) / 2
        for (group, (tone, form)), below in zip(styles.items(), lines, strict=True):
            some = range(row[group])
            ax.plot(
                [number % wide for number in some],
                [top - STEP * (number // wide) for number in some],
                "s",
                ms=6.5,
                mfc=colour(tone if form == "filled" else "page"),
                mec=colour(tone),
                mew=1.3,
            )
            if some:
                label(ax, min(len(some), wide) - 1, top, str(len(some)), "ink", gap=9, fontsize=10)
            top -= STEP * below
        named = [f"{row[group]} {flat(group)}" for group in styles if row[group]]
        said.append(f"{flat(name)}: {', '.join(named) or 'none'}")
    ax.set(xlim=(-0.8, wide + 2), xticks=[])
    return "; ".join(said)
