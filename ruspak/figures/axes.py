"""Axes of other kinds than `scale`: steps of ten, years with their ends marked, and the line of a date on
them."""

from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter, NullLocator

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.events import decimal_year


def tenfold(ax: Axes, ticks, limits: tuple[float, float]) -> None:
    """Make the x axis one on which each step is ten times the last: 0.1, 1, 10, 1,000.

    ticks: numbers above zero in rising order, all of them named. limits: where the axis begins and ends. No
    stem belongs on such an axis: its length would say nothing. Raises CourseError where something is not
    above zero.
    """
    ticks = list(ticks)
    if not ticks or min(*ticks, *limits) <= 0:
        raise CourseError(
            "tenfold(): such an axis has no zero. Give ticks and limits above zero, as in "
            "tenfold(ax, [1, 10, 100], (0.5, 300))."
        )
    ax.set(xscale="log", xlim=limits)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])


def year_ends(ax: Axes, first: int, last: int, named) -> None:
    """Write years under the middle of their bars, and mark where each year begins, so that a dated line can
    be read.

    first, last: whole years on the axis, both shown in full; a bar of a year stands at year + 0.5. named:
    the years that are written.
    """
    ax.set_xlim(first - 0.3, last + 1.3)
    ax.set_xticks([year + 0.5 for year in named], [str(year) for year in named])
    ax.set_xticks(range(first, last + 2), minor=True)
    ax.tick_params(axis="x", which="major", length=0, pad=7)
    ax.tick_params(axis="x", which="minor", length=4, color=colour("quiet"))


def date_line(ax: Axes, date, words: str, tone: str, height: float) -> None:
    """A dashed line at a date, its words at the left of it.

    date: as decimal_year() reads it; the axis holds years with decimals. height: where the words stand (y).
    """
    ax.axvline(decimal_year(date), color=colour(tone), lw=1.6, ls="--")
    label(ax, decimal_year(date), height, words, tone, gap=-5, ha="right", fontsize=9.5)
