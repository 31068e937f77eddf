"""Names of the course that a notebook has given to something else: `table = table("un_votes")` hides the course's table."""

import ast
import re
import sys
from collections.abc import Mapping
from types import FunctionType
from typing import Any

from ruspak.sheets.reading import described
from ruspak.sheets.serialise import serialise

FUNCTION = {"type": "other", "name": "function"}
PYTHON = tuple(
    "abs all any dict enumerate filter float int len list map max min print range round set sorted str sum type zip".split()
)
CELLS, SIZE = 300, 20_000  # how far back, and up to which size, cells are looked through


def hidden_names(values: Mapping[str, Any]) -> str:
    """What to tell about names of the course (`course_names()`) that hold something else; "" where none does.

    values: the plain form of each name that is there. A function of the student's own can't be told from the course's.
    """
    ours = {"NAMES": serialise(_course().NAMES)} if "NAMES" in values else {}
    return _message(
        {
            name: value
            for name, value in values.items()
            if name in course_names() and value not in (FUNCTION, ours.get(name))
        },
        (),
    )


def course_names() -> list[str]:
    """What `from ruspak import …` offers."""
    return list(_course().__all__)


def hidden_in(namespace: Mapping[str, Any], only: str = "") -> str:
    """The same about the variables of a running notebook, and about Python's own functions, as in `list = [1, 2]`; with the
    cells that gave the names away.

    only: a cell; then it tells about the names that this cell calls.
    """
    hidden = {
        name: serialise(namespace[name])
        for name in [*course_names(), *PYTHON]
        if name in namespace
        and not _is_ours(name, namespace[name])
        and (not only or re.search(rf"\b{name}\s*[(\[]", only))
    }
    cells = namespace.get("In")
    return _message(hidden, cells if type(cells) is list else ())


def watch() -> None:
    """In the running notebook, if there is one: after a cell that fails, tell which hidden name of the course it calls."""

    def look(result) -> None:
        error, cell = result.error_in_exec, result.info.raw_cell
        if error is not None and type(cell) is str and len(cell) <= SIZE:
            called = hidden_in(shell.user_ns, only=cell)
            if not called and type(error) is TypeError and "not callable" in str(error):
                called = hidden_in(shell.user_ns)  # by a function that an earlier cell has made
            if called:
                print(called)

    if "IPython" in sys.modules and (shell := sys.modules["IPython"].get_ipython()):
        shell.events.register("post_run_cell", look)


def _course():
    import ruspak  # the public face imports this package: only when it is asked for

    return ruspak


def _is_ours(name: str, value: Any) -> bool:
    """By identity, or a function of the course that was loaded anew. For Python's names another function will do: %pylab
    brings numpy's."""
    if name in PYTHON:
        return callable(value)
    return (
        value is getattr(_course(), name)
        or type(value) is FunctionType
        and str(value.__module__).startswith("ruspak.")
    )


def _message(hidden: Mapping[str, Any], cells) -> str:
    told = []
    for name, value in hidden.items():
        large = type(value) is dict and value["type"] == "too big"
        what = (
            "a function of your own"
            if value == FUNCTION
            else f"a large {value['name']}"
            if large
            else described(value)
        )
        number = _giver(name, cells)
        told.append(
            f"`{name}` is now {what}"
            + (f", since cell [{number}]," if number else "")
            + f" and hides {'Python' if name in PYTHON else 'the course'}'s own {name}, which other cells need. Give your "
            f"variable another name (my_{name}, for example), then run "
            + (f"`del {name}`" if name in PYTHON else f"`from ruspak import {name}`")
            + " and the cells below again."
        )
    return "\n".join(told)


def _giver(name: str, cells) -> int:
    """The number of the last cell that gives this name a value; 0 where none is found."""
    for number in range(len(cells) - 1, max(0, len(cells) - CELLS), -1):
        cell = cells[number]
        if type(cell) is not str or len(cell) > SIZE or name not in cell:
            continue
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Store)
                and node.id == name
                or isinstance(node, ast.FunctionDef | ast.ClassDef)
                and node.name == name
                or isinstance(node, ast.alias)
                and node.asname == name
            ):
                return number
    return 0
