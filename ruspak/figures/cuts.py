"""A bar that is longer than the axis: cut, and seen to be cut."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.colours import colour


def cut_bars(ax: Axes, values: pd.Series, most: float) -> str:
    """Mark the bars of bars() that were drawn only up to `most`: two slanted gaps before their end.

    values: the true numbers, in the order of the bars. Returns words: "the bar of 230 is cut at 75" (""
    where none is longer).
    """
    longer = [(value, y) for value, y in zip(values, ax.get_yticks(), strict=True) if value > most]
    for _, y in longer:
        for back in (0.12, 0.16):
            ax.plot(
                [most * (1 - back), most * (1.03 - back)],
                [y - 0.36, y + 0.36],
                color=colour("page"),
                lw=3,
                zorder=4,
            )
    return ", ".join(f"the bar of {value:.0f} is cut at {most:g}" for value, _ in longer)
