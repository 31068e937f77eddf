"""The worked sheets run as a student would work them: cell after cell, rightly, or with a slip in one of them."""

import contextlib
import functools
import io
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat

from ruspak.sheets.items import Sheet
from ruspak.sheets.serialise import serialise

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"### (BEGIN|END) SOLUTION.*\n?")


@functools.cache
def cells_of(notebook: str) -> list[nbformat.NotebookNode]:
    """The code cells of a worked sheet that lead to its answers."""
    cells = nbformat.read(ROOT / f"solutions/{notebook}.ipynb", as_version=4).cells
    return [
        cell
        for cell in cells
        if cell.cell_type == "code"
        and "figure" not in cell.metadata.get("tags", [])
        and "check(" not in cell.source
    ]


compiled = functools.cache(lambda code: compile(code, "a cell", "exec"))


def work(
    sheet: Sheet, params: dict[str, Any], slip: Callable[[str, str], str] = lambda id, code: code
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The variables before each answer, by the id of its item; and the answers in plain form, by variable.

    `slip` gets the id and the worked answer, and gives the code to run in its place.
    """
    names, before, values = {"ME": SimpleNamespace(**params)}, {}, {}
    for cell in cells_of(sheet.notebook):
        code = re.sub(r'variant\("\w+", STUDENT\)', "ME", BLOCK.sub("", cell.source))
        asked = re.match(r'# hint\("([^"]+)"\)', cell.source)
        if asked:
            before[asked[1]] = dict(names)
            code = slip(asked[1], code)
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compiled(code), names)
        if asked:
            variable = sheet.item(asked[1]).variable
            values[variable] = serialise(names[variable])
    return before, values
