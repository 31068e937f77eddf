"""Small multiples: lines one above the other, over the same years, each with its own scale from zero."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.rows import flat, in_words


def panels(
    ax: Axes,
    frame: pd.DataFrame,
    tone: str = "accent",
    shaded: tuple[float, float] | None = None,
    text: str = "{:.4g}",
    named=None,
) -> str:
    """One panel for each column, the first on top, with the column's name above its line.

    frame: rows = x (such as years), columns = lines; missing values leave a gap. shaded: from where to
    where all panels have a band. text: format of the numbers in the words. named: the x that the words name
    (None: all). Returns words: "dollars: 1971 61, 1978 74; share: 1971 3.86, …". Raises CourseError where a
    line has no value.
    """
    empty = [column for column in frame if frame[column].notna().sum() == 0]
    if empty or frame.empty:
        raise CourseError(
            f"panels(): there is nothing to draw{f' for {flat(empty[0])}' if empty else ''}. "
            "Look at the filter that made the data: it found nothing."
        )
    ax.set_axis_off()
    share, first = 1 / frame.shape[1], None
    for place, column in enumerate(frame):
        part = ax.inset_axes((0, 1 - share * (place + 0.94), 1, 0.76 * share), sharex=first)
        first = first or part
        part.plot(frame.index, frame[column], color=colour(tone), lw=2)
        if shaded:
            part.axvspan(*shaded, color=colour("band"), zorder=0)
        label(part, 0, 1, flat(column), tone, lift=3, gap=0, xycoords="axes fraction", va="bottom")
        part.set(ylim=(0, frame[column].max() * 1.05), frame_on=False)
        part.tick_params(
            labelsize=10.5, length=0, colors=colour("quiet"), labelbottom=place + 1 == frame.shape[1]
        )
    return "; ".join(f"{flat(column)}: {in_words(frame[column].dropna(), text, named)}" for column in frame)
