"""The one kind of error that the course raises on purpose, and how to tell several at once."""

from collections.abc import Callable, Iterable
from typing import Any


class CourseError(Exception):
    """Something the reader can mend: the message names the place, what is wrong and what to do.

    In a notebook it is shown as that message alone, without a traceback.
    """

    def _render_traceback_(self):  # IPython asks for this name
        return [f"{type(self).__name__}: {self}"]


def all_of(
    make: Callable[[Any], Any], items: Iterable[Any], kind: type[Exception] = CourseError
) -> list[Any]:
    """What `make` gives for each item. Raises an error of this kind with those of all items, a line each."""
    made, errors = [], []
    for item in items:
        try:
            made.append(make(item))
        except kind as error:
            errors.append(str(error))
    if errors:
        raise kind("\n".join(errors))
    return made
