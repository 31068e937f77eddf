"""So many of so many: shares in per cent, each with the interval that a rule gives it."""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.errors import CourseError
from ruspak.figures.intervals import intervals
from ruspak.figures.rows import drawable, flat


def proportions(ax: Axes, yes, cases, interval, labels: bool = True, **style) -> str:
    """A dot with its interval in each row: the share of the cases that said yes, in per cent.

    yes, cases: whole numbers by name (Series or dictionary), cases above zero, or one number for all. interval: the rule, interval(yes,
    cases) gives both ends in per cent. labels: print "2 of 19" at the interval. style: keywords of intervals(), such
    as tone, open, lift. Returns words: "name 2 of 19 (3 to 31%); …". Raises CourseError where there is no case.
    """
    yes = drawable(yes, "proportions")
    cases = drawable(pd.Series(cases, index=yes.index), "proportions")
    if not (cases > 0).all():
        raise CourseError(
            f"proportions(): there is no case of {flat(cases.index[cases <= 0][0])}, so it has no share. Leave it "
            "out, or look at the filter that made the data."
        )
    ends = pd.DataFrame([interval(*pair) for pair in zip(yes, cases, strict=True)], yes.index)
    texts = [f"{some:.0f} of {all_:.0f}" for some, all_ in zip(yes, cases, strict=True)]
    intervals(ax, ends[0], 100 * yes / cases, ends[1], labels=texts if labels else None, **style)
    return "; ".join(
        f"{flat(name)} {text} ({low:.0f} to {high:.0f}%)"
        for name, text, low, high in zip(yes.index, texts, ends[0], ends[1], strict=True)
    )


def two_proportions(
    ax: Axes,
    yes: pd.DataFrame,
    cases,
    interval,
    filled: str = "survey",
    open: str = "essay",
    labels: bool = True,
    lift: float = 0.17,
) -> str:
    """Two dots with their intervals in each row, those of the two articles: filled above, open below.

    yes: whole numbers, one row a name; filled, open: the names of its two columns. cases: a table of the same shape,
    or one number for each column. lift: how far the two stand from the middle of the row. Else as proportions().
    Returns words: "survey: fact 19 of 38 (35 to 65%), …. essay: …".
    """
    return ". ".join(
        f"{column}: "
        + proportions(ax, yes[column], cases[column], interval, labels, tone="ink", open=hollow, lift=up)
        for column, hollow, up in ((filled, False, lift), (open, True, -lift))
    )
