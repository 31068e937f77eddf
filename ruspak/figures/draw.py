"""The frame that every figure shares, and the few marks that recur: a line with its name, a band of years."""

import functools
import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D

from ruspak.errors import CourseError
from ruspak.figures.colours import NAMES, colour
from ruspak.figures.isolation import begin, look

WIDTH = 4.9
INCH = 72


def figure(
    title: str,
    measure: str,
    source: str,
    height: float = 4.2,
    left: float | None = None,
    right: float | None = None,
):
    """A figure with one pair of axes: the finding as title, measure and unit below it, the source at the
    foot.

    title, measure, source: text, wrapped to the width. height: inches (the width is always 4.9). left,
    right: where the axes begin and end, as shares of the width; without them, show() leaves as much room as
    the words beside the axes need. Returns (figure, axes).
    """
    with look():
        fig = Figure(figsize=(WIDTH, height))
        fig.words = title, measure, source
        points = height * INCH
        bottom, top = write(fig)
        first, last = 0.11 if left is None else left, 0.77 if right is None else right
        ax = fig.add_axes((first, bottom / points, last - first, (top - bottom) / points))
        fig.loose = left is None, right is None
        ax.tick_params(labelsize=10.5)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10], integer=True))
    begin(fig)
    return fig, ax


def write(fig: Figure) -> tuple[float, float]:
    """Write title, measure and source, wrapped to the width (in a narrow figure to lines of one length). Returns where the axes begin and end (points from below)."""
    title, measure, source = fig.words
    points, wide = fig.get_figheight() * INCH, fig.get_figwidth() / WIDTH
    top = points - 6
    heading = {"fontsize": 14, "fontweight": "bold", "color": colour("ink")}
    below = {"fontsize": 10.5, "color": colour("quiet")}
    for text, width, leading, style in ((title, 37, 18, heading), (measure, 56, 14, below)):
        for row in textwrap.wrap(text, width) if wide == 1 else _balanced(text, int(width * wide)):
            top -= leading
            fig.text(0.012, top / points, row, **style)
        top -= 5
    sources = textwrap.wrap(source, int(66 * wide))
    for row, text in enumerate(reversed(sources)):
        fig.text(0.012, (8 + 12 * row) / points, text, fontsize=9, color=colour("quiet"))
    return 32 + 12 * len(sources), top - 12


def _balanced(text: str, width: int) -> list[str]:
    """Lines of nearly one length, as many as `width` needs."""
    lines = textwrap.wrap(text, width)
    while width > 1 and len(closer := textwrap.wrap(text, width - 1)) == len(lines):
        lines, width = closer, width - 1
    return lines


def fit(fig: Figure) -> None:
    """Make the axes as wide as the words beside them allow, at the sides that figure() left open."""
    loose = getattr(fig, "loose", (False, False))
    if not any(loose):
        return
    ax = fig.axes[0]
    for turn in range(3):  # a wider axis moves the marks, and the words with them
        words, place = ax.get_tightbbox(renderer()), ax.get_position()
        if not turn:
            _settle(ax)
        begin = place.x0 + (0.012 - words.x0 / fig.bbox.width if loose[0] else 0)
        end = place.x1 + (0.985 - words.x1 / fig.bbox.width if loose[1] else 0)
        ax.set_position((begin, place.y0, end - begin, place.height))


@functools.cache
def renderer() -> RendererAgg:
    """One for all figures: it remembers how long each word is."""
    return RendererAgg(1, 1, INCH)


def _settle(ax: Axes) -> None:
    """Leave the empty names of both axes beside the numbers, where they stand now: to find that place,
    matplotlib measures all numbers a second time.
    """
    if not ax.get_ylabel():
        aside = ax.yaxis.label.get_position()[0] - ax.bbox.x0
        ax.yaxis.set_label_coords(0, 0.5, ax.transAxes + Affine2D().translate(aside, 0))
    if not ax.get_xlabel():
        ax.xaxis.set_label_coords(0.5, 0)


def line(
    ax: Axes,
    series: pd.Series,
    country: str,
    name: str | None = None,
    lift: float = 0,
    smooth: int = 1,
    **style,
):
    """Draw a series (index = x, values = y) in the country's colour, with its name at the right end.

    smooth: width of a centred moving average in steps of the index; above 1 the single values stay visible,
    faint. lift: moves the name up (points). Further keywords go to matplotlib's plot.
    """
    tone = colour(country)
    shown = series
    if smooth > 1:
        ax.plot(series.index, series, color=tone, lw=0.9, alpha=0.4)
        shown = series.rolling(smooth, center=True, min_periods=(smooth + 1) // 2).mean()
    ax.plot(shown.index, shown, color=tone, **style)
    end = shown.dropna()
    if end.empty:
        raise CourseError(
            "line(): the series has no values to draw. Look at the filter that made it: "
            "it may have found nothing."
        )
    label(
        ax, end.index[-1], end.iloc[-1], NAMES.get(country, country) if name is None else name, country, lift
    )


def label(ax: Axes, x: float, y: float, text: str, tone: str, lift: float = 0, gap: float = 7, **style):
    """Write a name beside a point, in the colour of a country or a role (lift and gap in points)."""
    style = {
        "parse_math": False,
        "va": "center",
        "ha": "left",
        "fontsize": 10.5,
        "fontweight": "bold",
        **style,
    }
    ax.annotate(
        text,
        (x, y),
        (gap, lift),
        textcoords="offset points",
        color=colour(tone),
        annotation_clip=False,
        **style,
    )


def band(ax: Axes, start: float, end: float, text: str, y: float = 0.03):
    """Shade the years from start to end and write what they were (y: share of the axes' height)."""
    ax.axvspan(start, end, color=colour("band"), zorder=0)
    ax.text(
        (start + end) / 2,
        y,
        text,
        transform=ax.get_xaxis_transform(),
        ha="center",
        va="bottom",
        fontsize=9.5,
        color=colour("quiet"),
        parse_math=False,
    )


def percent(ax: Axes, top: int = 100, step: int = 25):
    """Scale the y axis from 0 to `top` per cent."""
    ticks = list(range(0, top + 1, step))
    ax.set_ylim(0, top)
    ax.set_yticks(ticks, [f"{tick}%" if tick == top else str(tick) for tick in ticks])


def scale(ax: Axes, ticks, unit: str = "", limits: tuple[float, float] | None = None, axis: str = "x"):
    """Number an axis (axis: "x" or "y"), with grid lines: 0, 1,000, 2,000%; the unit stands at the last
    tick only. With ticks below zero, those above have a plus.

    ticks: numbers in rising order. limits: where the axis begins and ends; without them, 3% before the
    first and after the last tick, so that no mark on an end is cut.
    """
    ticks = list(ticks)
    if not ticks:
        raise CourseError(
            'scale(): there are no ticks. Name at least two numbers, as in scale(ax, [0, 50, 100], "%").'
        )
    room = 0.03 * (ticks[-1] - ticks[0])
    names = [f"{tick:+,g}" if ticks[0] < 0 and tick else f"{tick:,g}" for tick in ticks]
    names = [name.replace("-", "−") for name in names]
    ax.set(
        **{
            f"{axis}lim": limits or (ticks[0] - room, ticks[-1] + room),
            f"{axis}ticks": ticks,
            f"{axis}ticklabels": [*names[:-1], names[-1] + unit],
        }
    )
    ax.grid(True, axis=axis)
