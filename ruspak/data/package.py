"""The data package: what tables there are, and what each column holds."""

import difflib
import functools
import json
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.place import COURSE

DATA = COURSE / "data"


def nearest(name: str, known) -> str:
    """A clause that offers the known names closest to a misspelt one, or all of them where none is close."""
    known = sorted(known)
    close = difflib.get_close_matches(str(name)[:60], known, n=3, cutoff=0.5) or known[:5]
    return "Did you mean " + " or ".join(f"'{one}'" for one in close) + "?"


@functools.cache
def package(folder: Path = DATA) -> dict:
    """data/datapackage.json as a dictionary (Frictionless data package).

    Raises CourseError where the file is missing, isn't valid JSON or doesn't describe tables.
    """
    path = folder / "datapackage.json"
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        for resource in described["resources"]:
            _ = (
                resource["name"],
                resource["path"],
                [(field["name"], field["type"]) for field in resource["schema"]["fields"]],
            )
        return described
    except OSError as error:
        raise CourseError(
            f"{path.name} can't be read ({error.strerror}). Fetch the data folder again."
        ) from None
    except ValueError as error:
        raise CourseError(
            f"{path.name} is not valid JSON: {error}. Restore it, for example with git restore data."
        ) from None
    except (KeyError, TypeError) as error:
        raise CourseError(
            f"{path.name}: a part of it is missing or of the wrong kind ({error}). "
            "Restore it, for example with git restore data."
        ) from None


def describe(name: str, folder: Path = DATA) -> dict:
    """The entry of one table in the data package.

    Raises CourseError with the nearest names where there is no such table.
    """
    resources = {resource["name"]: resource for resource in package(folder)["resources"]}
    if not isinstance(name, str):
        raise CourseError(
            f"The name of a table is a text in quotes, such as 'un_votes', not {type(name).__name__}."
        )
    if name not in resources and (own := next(folder.glob(f"*/{name}.csv"), None)):
        raise CourseError(
            f"The table '{name}' is not in the data package yet, but data/{own.parent.name}/{own.name} is there. "
            "Run make pages."
        )
    if name not in resources:
        raise CourseError(f"There is no table '{name[:60]}'. {nearest(name, resources)}")
    return resources[name]
