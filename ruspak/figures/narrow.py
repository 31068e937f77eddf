"""A figure for a phone: laid out anew, narrower, so that its words are not made small there."""

from matplotlib.axis import Tick
from matplotlib.figure import Figure
from matplotlib.text import Text

from ruspak.figures.draw import INCH, fit, renderer, write
from ruspak.figures.isolation import look
from ruspak.figures.show import svg

WIDTHS = (3.6, 3.9, 4.2, 4.5)  # inches; the full width is 4.9
LEAST = 100  # points that the axes keep between the words at both sides
ROW = 13  # points from one row of names below the axes to the next


def narrowest(fig: Figure, alt: str) -> str | None:
    """SVG of a figure that was drawn, at the first of WIDTHS at which no words meet that did not meet before.

    Returns None where there is no such width. The figure is changed.
    """
    before = _meetings(fig, _words(fig))
    for width in WIDTHS if fig.axes[0].get_aspect() == "auto" else WIDTHS[2:]:  # a map shrinks with its width
        narrow(fig, width)
        drawn = svg(fig, alt)
        if _meetings(fig, _words(fig)) <= before and fig.axes[0].bbox.width >= LEAST:
            return drawn
    return None


def narrow(fig: Figure, width: float) -> None:
    """Give a figure another width (inches): its words wrap, its axes keep their height, its dots may stand on their edge.

    Where names below the axes would meet, every second one stands a row lower.
    """
    ax = fig.axes[0]
    tall = ax.get_position(original=True).height * fig.get_figheight() * INCH
    if ax.get_aspect() != "auto":  # a map keeps its form
        tall *= width / fig.get_figwidth()
    for marks in [line for line in ax.lines if line.get_linestyle() == "None"]:
        marks.set_clip_on(False)
    ticks = _ticks(ax.xaxis) if ax.axison else []
    for tick in ticks[1::2]:
        tick.set_pad(ticks[0].get_pad())
    fig.set_figwidth(width)
    _lay(fig, tall, 0)
    if _meetings(fig, [tick.label1 for tick in ticks]):
        for tick in ticks[1::2]:
            tick.set_pad(ticks[0].get_pad() + ROW)
        _lay(fig, tall, ROW)


def _lay(fig: Figure, tall: float, lower: float) -> None:
    """Write the words anew, and put axes of this height between them (points), `lower` higher above the source."""
    ax = fig.axes[0]
    place, high = ax.get_position(original=True), fig.get_figheight() * INCH
    with look():
        for _ in range(2):  # the first turn tells how high the words are
            for text in list(fig.texts):
                text.remove()
            bottom, top = write(fig)
            high += tall + lower - (top - bottom)
            fig.set_figheight(high / INCH)
        first, last = (0.11, 0.77) if all(fig.loose) else (place.x0, place.x1)
        ax.set_position((first, (bottom + lower) / high, last - first, tall / high))
        fit(fig)  # svg() does it again: words that move with the axes need more turns


def _meetings(fig: Figure, words: list[Text]) -> int:
    """How often words lie over each other or nearly touch, and how many leave the figure."""
    boxes = [Text.get_window_extent(one, renderer()) for one in words]
    outside = sum(box.x0 < -1 or box.x1 > fig.bbox.width + 1 for box in boxes)
    found = 0
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            along = min(one.y1, other.y1) - max(one.y0, other.y0)
            found += (across > 1 and along > 1) or (
                across > -3 and along > 6
            )  # side by side, a gap is needed
    return outside + found


def _words(fig: Figure) -> list[Text]:
    """What is written in the axes of a figure, with their numbers."""
    parts = [ax for one in fig.axes for ax in (one, *one.child_axes)]
    found = [text for ax in parts for text in ax.texts]
    for axis in [axis for ax in parts if ax.axison for axis in (ax.xaxis, ax.yaxis)]:
        found += [tick.label1 for tick in _ticks(axis)]
    return [text for text in found if text.get_text().strip()]


def _ticks(axis) -> list[Tick]:
    """The ticks of an axis that are seen, in their order."""
    low, high = sorted(axis.get_view_interval())
    seen = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return sorted((tick for tick in seen if tick.label1.get_visible()), key=lambda tick: tick.get_loc())
