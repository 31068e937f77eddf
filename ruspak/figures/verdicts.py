"""The chart of verdicts that closes every notebook."""

import pandas as pd
from matplotlib.figure import Figure

from ruspak.data.verdicts import VERDICTS
from ruspak.errors import CourseError
from ruspak.figures.dots import dumbbells
from ruspak.figures.draw import figure, label, scale


def verdict_dots(title: str, theme: str, tally: pd.DataFrame) -> tuple[Figure, str]:
    """The verdicts on the claims of one theme, for both articles: `show(*verdict_dots("…", "trade", tally))`.

    tally: counts of claims, one row for "survey" and one for "essay", one column a verdict (no column: no
    claim). Returns (figure, alternative text). Raises CourseError where an article or every claim is
    missing.
    """
    counts = tally.reindex(columns=list(VERDICTS), fill_value=0).T
    if not {"survey", "essay"} <= set(counts) or not counts.to_numpy().sum():
        raise CourseError(
            f"verdict_dots(): the tally needs the rows “survey” and “essay” with claims of theme “{theme}”. "
            'Is it spelled as in table("claims")?'
        )
    fig, ax = figure(
        title,
        f"Claims of theme {theme} by verdict; filled: the survey, open: the essay",
        "Source: table claims; our verdicts, each with its reasoning.",
        height=3.7,
    )
    words = dumbbells(ax, counts, filled="survey", open="essay")
    most = int(counts.to_numpy().max())
    for height, (_, row) in zip(ax.get_yticks(), counts.iterrows(), strict=True):
        label(
            ax,
            row.max(),
            height,
            f"survey {row['survey']}, essay {row['essay']}",
            "quiet",
            gap=11,
            fontsize=9.5,
            fontweight="normal",
        )
    scale(ax, range(0, most + 1, 5 if most > 8 else 2), limits=(-0.06 * most, 1.75 * most))
    return fig, f"Dot chart of verdicts on the claims of theme {theme}. {words}."
