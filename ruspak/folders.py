"""Folders that a person may name in the environment: RUSPAK_PROGRESS, RUSPAK_SHEETS."""

import os
from collections.abc import Callable
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.place import COURSE


def folder_from(variable: str, default: Callable[[], str | Path]) -> Path:
    """The folder that an environment variable names, absolute; `default()` where it is missing or blank.

    `~` is the home folder, and a relative path begins at the course's folder: not at the kernel's, which differs from
    notebook to notebook. Raises CourseError where there is no such home folder.
    """
    named = os.environ.get(variable, "").strip()
    if not named:
        return Path(default())
    try:
        return COURSE / Path(named).expanduser()
    except RuntimeError:
        raise CourseError(
            f"{variable}={named}: there is no home folder of that name. Write the path in full."
        ) from None
