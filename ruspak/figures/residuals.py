"""Residuals in strips: for each fit, what was reported divided by what was expected, a tick for each case."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.axes import tenfold
from ruspak.figures.colours import NAMES, colour
from ruspak.figures.dots import dot


def residual_strips(
    ax: Axes, ratios: pd.DataFrame, named: pd.DataFrame, names=None, tone: str | None = None
) -> str:
    """A strip of ticks for each column, the first on top, on an axis of steps of ten with a dashed line at 1.

    ratios: rows = cases, columns = fits; reported divided by expected, above zero. named: the cases that
    get a mark and a name, same columns; the first is an open diamond, its name below, the others are dots,
    their names above and below in turn. Its index holds country codes or names. names: written above the
    strips (None: the columns). tone: of all marks (None: of the country). Returns words: "fit: Russia 0.16,
    India 0.15; …". Raises CourseError where there is no case, or one not above zero.
    """
    if ratios.empty or not (ratios > 0).all(axis=None):
        raise CourseError(
            "residual_strips(): there must be cases, each with a ratio above zero. Look at the filter that made "
            "the data: reported trade of zero has no place on an axis of steps of ten."
        )
    titles = list(ratios.columns if names is None else names)
    for place, (fit, title) in enumerate(zip(ratios, titles, strict=True)):
        height = len(titles) - 1 - place
        ax.vlines(1, height - 0.38, height + 0.3, color=colour("quiet"), ls="--", lw=1.2)
        ax.plot(ratios[fit], [height] * len(ratios), "|", ms=17, color=colour("other"), alpha=0.4)
        ax.text(0.004, height + 0.42, title, fontsize=10.5, fontweight="bold", color=colour("ink"))
        for turn, (code, ratio) in enumerate(named[fit].items()):
            look = {"size": 8} if turn else {"size": 13, "sign": "D", "hollow": True}
            beside = {"lift": 17 if turn % 2 else -17, "gap": 0, "ha": "center", "fontsize": 9.5}
            dot(ax, ratio, height, tone or code, **look, name=NAMES.get(code, code), **beside)
    tenfold(ax, [0.01, 0.1, 1, 10], (0.0035, 60))
    ax.set(yticks=[], ylim=(-0.55, len(titles) - 0.25))
    return "; ".join(
        f"{title}: " + ", ".join(f"{NAMES.get(code, code)} {ratio:.2f}" for code, ratio in named[fit].items())
        for fit, title in zip(ratios, titles, strict=True)
    )
