"""Dated things added up: a line that climbs one step at each date."""

from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.events import decimal_year


def added_up(ax: Axes, dates, tone: str, name: str = "", **style) -> str:
    """A climbing line with a dot at each date; at its end the name and the number of all.

    dates: as decimal_year() reads them, in any order. style: keywords of label(), such as gap and lift. Returns
    words: "4 from 1969 to 1973". Raises CourseError where there is no date.
    """
    years = sorted(decimal_year(date) for date in dates)
    if not years or years[-1] != years[-1]:
        raise CourseError(
            "added_up(): there are no dates to add up, or one is missing. Drop those without a date and say so "
            "in the subtitle."
        )
    counts = range(1, len(years) + 1)
    ax.step(years, counts, where="post", color=colour(tone))
    ax.plot(years, counts, "o", ms=7, color=colour(tone))
    label(ax, years[-1], len(years), f"{name}: {len(years)}" if name else str(len(years)), tone, **style)
    return f"{len(years)} from {int(years[0])} to {int(years[-1])}"
