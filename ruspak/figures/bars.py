"""Bars with their names and numbers: lying, upright, stacked; full, open or hatched, as colour is never the only
sign. docs/style.md says what is hatched.

Each function returns the values it drew as words, for the text alternative.
"""

import pandas as pd
from matplotlib.axes import Axes

from ruspak.figures.colours import colour
from ruspak.figures.draw import label
from ruspak.figures.rows import drawable, each, flat, printed, rows


def ground(tone: str, hatched: bool = False, open: bool = False) -> dict:
    """The style of a bar: full, full with stripes in the colour of the page, or an outline."""
    if open:
        return {"facecolor": colour("page"), "edgecolor": colour(tone), "lw": 1.8}
    return {"facecolor": colour(tone), "lw": 0} | (
        {"hatch": "///", "edgecolor": colour("page")} if hatched else {}
    )


def bars(
    ax: Axes,
    values: pd.Series,
    tone="accent",
    text: str | list | None = "{:.0f}",
    unit: str = "",
    hatched=False,
) -> str:
    """Lying bars from zero: the name at the left, the number at the end, the first on top.

    values: numbers (0 or more) by name. tone, hatched: one for all rows, a list, or a dictionary by name.
    text: format of the numbers ("{:,.0f}"), or ready texts. Raises CourseError where a value is missing.
    """
    values = drawable(values, "bars")
    heights, numbers = rows(ax, values.index), printed(values, text, unit)
    tones, stripes = each(tone, values.index, "bars"), each(hatched, values.index, "bars", default=False)
    for y, value, one, striped, number in zip(heights, values, tones, stripes, numbers, strict=True):
        ax.barh(y, value, height=0.62, **ground(one, striped))
        label(ax, max(value, 0), y, number, "ink")
    ax.set(xlim=(min(0, values.min()), max(values.max(), 0) * 1.05 or 1), xticks=[])
    return "; ".join(f"{flat(name)} {number}" for name, number in zip(values.index, numbers, strict=True))


def upright(
    ax: Axes,
    values: pd.Series,
    tone="other",
    text: str | list | None = "{:.0f}",
    unit: str = "",
    hatched=False,
    width: float = 0.8,
    only=None,
) -> str:
    """Upright bars: over numbers (such as years) where the index holds numbers, else over names from left
    to right.

    only: the entries whose number is printed (None: all); the words name the same ones. Else as bars().
    """
    values = drawable(values, "upright")
    numeric = pd.api.types.is_numeric_dtype(values.index)
    places = list(values.index) if numeric else list(range(len(values)))
    tones, stripes = (
        each(tone, values.index, "upright"),
        each(hatched, values.index, "upright", default=False),
    )
    said = []
    for x, name, value, one, striped, number in zip(
        places, values.index, values, tones, stripes, printed(values, text, unit), strict=True
    ):
        ax.bar(x, value, width=width, **ground(one, striped))
        if only is None or name in only:
            said.append(f"{flat(name)} {number}")
            if text is not None:
                label(ax, x, value, number, "ink", lift=9, gap=0, ha="center")
    if not numeric:
        ax.set(
            xticks=places,
            xticklabels=[str(name) for name in values.index],
            yticks=[],
            ylim=(0, values.max() * 1.12),
        )
    return ", ".join(said)


def stacked(
    ax: Axes,
    frame: pd.DataFrame,
    styles: dict,
    text: str | list | None = None,
    upright: bool = False,
    width: float = 0.66,
    unit: str = "",
    only=None,
) -> str:
    """Bars of parts, one after the other, in the order of `styles`.

    frame: one row a bar, one column a part (0 or more; missing is an error, not zero). styles: for each
    column a tone, or (tone, "open" or "hatched"); a tone may be a list, one for each bar. text: format of the numbers
    in the words, or texts at the ends. upright: standing bars, over the numbers of the index or over its
    names. only: the bars that the words name (None: all).
    """
    parts = frame[list(styles)].apply(drawable, caller="stacked")
    total = drawable(parts.sum(axis=1), "stacked")
    numeric = upright and pd.api.types.is_numeric_dtype(frame.index)
    places = list(frame.index) if numeric else list(range(len(frame))) if upright else rows(ax, frame.index)
    start = pd.Series(0.0, index=frame.index)
    for column, choice in styles.items():
        tone, form = choice if isinstance(choice, tuple) else (choice, "filled")
        for place, size, base, one in zip(
            places, parts[column], start, each(tone, frame.index, "stacked"), strict=True
        ):
            look = ground(one, form == "hatched", form == "open")
            if upright:
                ax.bar(place, size, bottom=base, width=width, **look)
            else:
                ax.barh(place, size, left=base, height=width, **look)
        start = start + parts[column]
    if isinstance(text, list):
        for place, end, words in zip(places, total, text, strict=True):
            label(
                ax,
                *((place, end) if upright else (end, place)),
                words,
                "ink",
                **({"lift": 9, "gap": 0, "ha": "center"} if upright else {}),
            )
    if upright and not numeric:
        ax.set(xticks=places, xticklabels=[str(name) for name in frame.index], yticks=[])
    form = text if isinstance(text, str) else "{:,.3g}"
    return "; ".join(
        f"{flat(name)}: "
        + ", ".join(f"{flat(part)} {form.format(value)}{unit}" for part, value in row.items())
        for name, row in parts.loc[list(only) if only else parts.index].iterrows()
    )
