"""A table of letters as tiles, dark for yes, an outline for no: how each state voted on each text."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.colours import colour
from ruspak.figures.rows import flat, rows

VOTES = {
    "N": ("N", "page", "ink", "no"),
    "A": ("–", "band", "quiet", "abstained"),
    "Y": ("Y", "ink", "page", "yes"),
}


def tiles(ax: Axes, votes: pd.DataFrame) -> str:
    """One row a state (the first on top), one column a text, "Y", "N" or "A" (abstained) in each; anything
    else stays empty.

    Returns words: "Pakistan: 0 yes, 0 no, 20 abstained". Raises CourseError where there is no state.
    """
    said = []
    ax.set(xlim=(-0.6, votes.shape[1] - 0.4))  # before the tiles, each of which would else fit the axis anew
    for height, (name, row) in zip(rows(ax, votes.index), votes.iterrows(), strict=True):
        for vote, (letter, fill, ink, _) in VOTES.items():
            for column in [place for place, cast in enumerate(row) if cast == vote]:
                edge = {"lw": 1.6, "edgecolor": colour("ink" if vote == "N" else fill)}
                place = [(column - 0.43, 0.86)], (height - 0.39, 0.78)
                ax.broken_barh(*place, facecolor=colour(fill), **edge)
                ax.text(column, height, letter, ha="center", va="center", fontsize=10, color=colour(ink))
        said.append(
            f"{flat(name)}: "
            + ", ".join(f"{(row == vote).sum()} {VOTES[vote][3]}" for vote in ("Y", "N", "A"))
        )
    return "; ".join(said)
