"""Dated things on a line of years: events by kind, statements and the dates they name, spans of years."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.colours import colour
from ruspak.figures.dots import dot
from ruspak.figures.rows import drawable, each, flat, rows

PARTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
SIGNS = {
    "filled": ("o", False),
    "open": ("o", True),
    "cross": ("X", False),
    "square": ("s", False),
    "open square": ("s", True),
}


def decimal_year(date, missing: str = "middle") -> float:
    """A date as a year with decimals: "2021-07-01" is 2021.5.

    date: a year, "2021", "2021-07", "2021-07-15" (what follows a “/” is left out) or a Timestamp; nothing
    gives NaN. missing: what a date without day or month stands for, the "start", "middle" or "end" of its
    month or year.
    """
    if date is None or pd.isna(date):
        return float("nan")
    text = f"{date:%Y-%m-%d}" if hasattr(date, "strftime") else str(date).split("/")[0]
    try:
        number, *rest = (int(part) for part in text.split("-"))
        if not rest:
            return number + PARTS[missing]
        if len(rest) == 1:
            return number + (rest[0] - 1 + PARTS[missing]) / 12
        return number + (pd.Timestamp(text).day_of_year - 1) / (
            366 if pd.Timestamp(text).is_leap_year else 365
        )
    except (ValueError, KeyError):
        raise CourseError(
            f"decimal_year(): “{date}” can’t be read as a date. Write 2021, 2021-07 or 2021-07-15, and "
            'missing="start", "middle" or "end".'
        ) from None


def strip(
    ax: Axes,
    events: pd.DataFrame,
    order,
    styles: dict,
    row: str,
    when: str = "year",
    style: str | None = None,
    alpha: float = 1.0,
    lifts: dict | None = None,
) -> str:
    """One mark an event, in the row of its kind; marks of one row may lie over each other.

    events: one row an event; the columns `row` (its kind), `when` (years, may have decimals) and `style`
    (default: its kind). order: the kinds from top to bottom, or a dictionary {kind: name}. styles: {value
    of `style`: (tone, form)} with form "filled", "open", "cross", "square" or "open square"; a tone alone is
    filled. An event of another kind is an error: it would vanish. lifts: {value of `style`: share of a row}
    moves its marks up or down; all marks are smaller then. Returns words: the years of each kind, or the
    first and the last where there are more than eight.
    """
    names = order if isinstance(order, dict) else {kind: kind for kind in order}
    if events.empty:
        raise CourseError(
            "strip(): there is no event to draw. Look at the filter that made the table: it found nothing."
        )
    strange = [*set(events[row]) - set(names), *set(events[style or row]) - set(styles)]
    if strange:
        raise CourseError(
            f"strip(): “{strange[0]}” has no row or no style, so its events would be left out. "
            "Add it to order and styles, or filter it out in a cell that the reader sees."
        )
    said = []
    for (kind, name), height in zip(names.items(), rows(ax, names.values()), strict=True):
        some = events[events[row] == kind].sort_values(when)
        for x, look in zip(some[when], some[style or row], strict=True):
            tone, form = styles[look] if isinstance(styles[look], tuple) else (styles[look], "filled")
            sign, hollow = SIGNS[form]
            ax.plot(
                [x],
                [height + (lifts or {}).get(look, 0)],
                sign,
                ms=7 if lifts else 9 if hollow else 10,
                mfc=colour("page" if hollow else tone),
                mec=colour(tone),
                mew=2 if hollow else 0,
                alpha=alpha,
                zorder=3,
            )
        years = [str(int(x)) for x in some[when]]
        said.append(
            f"{flat(name)}: "
            + (", ".join(years) or "none" if len(years) <= 8 else f"from {years[0]} to {years[-1]}")
        )
    return "; ".join(said)


def statements(ax: Axes, said, until, names, tone: str = "PAK", arrow: bool = True) -> str:
    """What was said when, and for when: an open dot at the day of the statement, an arrow to the date that
    it names.

    said, until: dates as decimal_year() reads them; a day is itself, of a month or a year it is the middle
    for `said`, the end for `until`. A statement without a date (until missing) is a cross. arrow: False
    draws a line with a filled dot at its end. Returns words: "name, said 2017-10, for 2019; …".
    """
    said, until, names = list(said), list(until), [str(name) for name in names]
    words = []
    for height, name, first, last in zip(rows(ax, names), names, said, until, strict=True):
        start, end = decimal_year(first), decimal_year(last, missing="end")
        if pd.isna(end):
            dot(ax, start, height, tone, sign="X", size=9)
            words.append(f"{flat(name)}, said {first}, no date")
            continue
        if arrow:
            style = {
                "arrowstyle": "-|>",
                "color": colour(tone),
                "lw": 2.2,
                "shrinkA": 0,
                "shrinkB": 0,
                "mutation_scale": 11,
            }
            ax.annotate("", (end, height), (start, height), arrowprops=style)
        else:
            ax.plot([start, end], [height, height], color=colour("grid"), lw=5)
            dot(ax, end, height, tone, size=8)
        dot(ax, start, height, tone, hollow=True, size=8)
        words.append(f"{flat(name)}, said {first}, for {last}")
    return "; ".join(words)


def spans(ax: Axes, start, end, row: float, tone="accent", thick: float = 8, lift: float = 0) -> None:
    """Flat bars from start to end in one row, such as reigns, programmes, disputes.

    start, end: years, with decimals or without; where all are whole, a bar covers its years. row: the
    height of the row. tone: one for all, or a list. thick: in points. lift: moves the bars up or down
    (shares of a row); bars that would lie over each other are then drawn in lanes, each further away from
    the row, so that none hides another.
    """
    start, end = drawable(start, "spans"), drawable(end, "spans")
    whole = 0.3 if (start % 1 == 0).all() and (end % 1 == 0).all() else 0
    bars = zip(
        start,
        end,
        each(tone, start.index, "spans"),
        lanes(start, end) if lift else [0] * len(start),
        strict=True,
    )
    for first, last, one, lane in bars:
        height = row + lift * (1 + 1.7 * lane)
        ax.plot(
            [first - whole, last + whole], [height] * 2, color=colour(one), lw=thick, solid_capstyle="butt"
        )


def lanes(start, end) -> list[int]:
    """For each bar the lowest lane (0, 1, …) in which no earlier bar is in its way."""
    free: list[float] = []  # where each lane ends so far
    chosen = {}
    for place, first, last in sorted(
        zip(range(len(start)), start, end, strict=True), key=lambda bar: bar[1:]
    ):
        lane = next((number for number, until in enumerate(free) if until < first), len(free))
        free[lane : lane + 1] = [last]
        chosen[place] = lane
    return [chosen[place] for place in range(len(start))]
