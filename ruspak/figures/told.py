"""A table as part of a sentence: each row told by the same pattern."""

import pandas as pd

from ruspak.errors import CourseError
from ruspak.figures.rows import flat


def told(frame: pd.DataFrame, pattern: str, sep: str = "; ") -> str:
    """Each row of a table in words: told(said, "{period} {turnover_musd:.0f} ({system})").

    pattern: columns in braces, with a format where one is wanted; {index} is the index. Raises CourseError
    for a table without rows, and for a column that isn't there.
    """
    if frame.empty:
        raise CourseError("told(): the table has no rows. Look at the filter that made it: it found nothing.")
    try:
        rows = [
            pattern.format(index=index, **{str(name): value for name, value in row.items()})
            for index, row in zip(frame.index, frame.to_dict("records"), strict=True)
        ]
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise CourseError(
            f"told(): the pattern “{pattern}” does not fit the table: {error}. Its columns are: "
            f"{', '.join(map(str, frame.columns))}."
        ) from None
    return sep.join(flat(row).replace(" -", " −") for row in rows)
