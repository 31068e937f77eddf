"""What the marks of a chart are measured by: a level across it, a moment down it."""

from matplotlib.axes import Axes

from ruspak.figures.colours import colour
from ruspak.figures.draw import label


def level(ax: Axes, y: float, name: str, tone: str = "accent", lift: float = 9, at: float = 0.02, **style):
    """A line across the chart at the height y, with its name on it.

    at: where the name begins, as a share of the width. lift: the name stands above the line (points), or below it
    where negative. style: keywords of matplotlib's axhline, such as ls.
    """
    ax.axhline(y, color=colour(tone), **{"lw": 2, **style})
    label(ax, at, y, name, tone, lift, gap=0, xycoords=ax.get_yaxis_transform())


def moment(ax: Axes, x: float, name: str, tone: str = "other", at: float = 0.95, left: bool = False, **style):
    """A dashed line down the chart at x, with its name at the right of it (left=True: at the left).

    at: the height of the name, as a share of the chart. style: keywords of matplotlib's axvline, such as ls.
    """
    ax.axvline(x, color=colour(tone), **{"lw": 1.4, "ls": "--", **style})
    side = {"gap": -5, "ha": "right"} if left else {"gap": 5}
    plain = {"fontsize": 9.5, "fontweight": "normal", "va": "top"}
    label(ax, x, at, name, tone, xycoords=ax.get_xaxis_transform(), **plain, **side)
