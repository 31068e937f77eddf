"""Several lines in one chart, each with its name; the words name where they turn."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import NAMES, colour
from ruspak.figures.draw import label, line
from ruspak.figures.intervals import ribbon
from ruspak.figures.rows import flat, in_words


def curves(
    ax: Axes,
    frame: pd.DataFrame,
    names: dict | None = None,
    tones: dict | None = None,
    lifts: dict | None = None,
    text: str = "{:.0f}",
    unit: str = "",
    smooth: int = 1,
    dashed=(),
    at: dict | None = None,
    named=None,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    **style,
) -> str:
    """Draw a line for each column, with its name at the right end, in the colour of its country.

    frame: rows = x (such as years), columns = lines; missing values leave a gap. names: {column: name}, also
    chooses and orders the columns (None: all). tones: {column: tone} (else the column is the tone). lifts: {column:
    points} moves names that end close together. text, unit: of the numbers in the words. smooth: as in line().
    dashed: the columns drawn dashed, with open marks where there are marks. at: {column: x} writes the name beside
    the line at x instead of at its end. named: the x that the words name (None: the first and the last of each
    line, the lowest and the highest, the lowest after the highest and the reverse). low, high: tables like `frame`, for a shade around each line. style: keywords of
    matplotlib's plot. Returns words: "Pakistan: 1990 6.5%, 2003 3.2%, 2024 2.7%; Russia: …". Raises CourseError
    where there is no such column, or no value in it.
    """
    names = {column: NAMES.get(column, str(column)) for column in frame} if names is None else names
    if gone := [column for column in names if column not in frame]:
        raise CourseError(
            f"curves(): there is no column “{gone[0]}”. The columns are: {', '.join(map(str, frame.columns))}."
        )
    said = []
    for column, name in names.items():
        values, tone = frame[column].astype(float), (tones or {}).get(column, column)
        lift, dash = (
            (lifts or {}).get(column, 0),
            {"ls": "--", "mfc": colour("page")} if column in dashed else {},
        )
        aside = column in (at or {})
        if low is not None and high is not None:
            ribbon(ax, low[column], high[column], tone)
        line(ax, values, tone, "" if aside else name, 0 if aside else lift, smooth, **{**style, **dash})
        if aside:
            label(ax, at[column], values[at[column]], name, tone, lift)
        mean = (values.rolling(smooth, center=True).mean() if smooth > 1 else values).dropna()
        lowest, highest = mean.idxmin(), mean.idxmax()
        after = mean.loc[highest:].idxmin(), mean.loc[lowest:].idxmax()
        turns = {mean.index[0], lowest, highest, *after, mean.index[-1]}
        keys = [x for x in (sorted(turns) if named is None else named) if x in mean.index]
        said.append(f"{flat(name)}: {in_words(mean, text + unit, keys)}")
    return "; ".join(said)
