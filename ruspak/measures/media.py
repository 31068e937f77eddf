"""Media that a state owns or pays for, by the words that name a publisher."""

import re

import pandas as pd

from ruspak.errors import CourseError


def from_state(publishers: pd.Series, media: pd.DataFrame, state: str) -> pd.Series:
    """Whether each publisher names a medium of this state, as the table state_media has them; whole words count.

    Raises CourseError for a state that has no row in that table.
    """
    return publishers.str.contains(_names(media, state), regex=True)


def states_behind(publisher: str, media: pd.DataFrame) -> list[str]:
    """The states whose media a publisher names, as the table state_media has them, each once."""
    return [state for state in media["state"].unique() if re.search(_names(media, state), publisher)]


def _names(media: pd.DataFrame, state: str) -> str:
    names = media.loc[media["state"] == state, "medium"]
    if names.empty:
        raise CourseError(
            f"state_media has no row for '{state}'. It has {', '.join(media['state'].unique())}."
        )
    return rf"\b(?:{'|'.join(map(re.escape, names))})\b"
