"""The cells of a notebook that may be damaged, old, edited or hostile; and those of the sheet as it was
handed out."""

import json
from dataclasses import dataclass
from typing import Any

MAX_CELLS = 2_000


class Unreadable(Exception):
    """Nothing can be marked; the message says why and what to do."""


@dataclass(frozen=True)
class Cell:
    """`number`: its place in the notebook, from 1."""

    number: int
    kind: str
    source: str
    grade_id: str

    @property
    def bare(self) -> str:
        """The source without blank space around it."""
        return self.source.strip()


@dataclass(frozen=True)
class HandedOut:
    """The sheet as it was given: its cells' sources and their lines, to tell them from the student's own; and
    `setup`, the code cells before its first answer."""

    cells: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    setup: tuple[str, ...] = ()


def handed_out(data: bytes) -> HandedOut:
    """What the bytes of a sheet hold."""
    cells = list(map(_cell, *zip(*enumerate(raw_cells(parsed(data), []), start=1))))
    first = next((place for place, cell in enumerate(cells) if cell.grade_id), len(cells))
    return HandedOut(
        frozenset(cell.bare for cell in cells),
        frozenset(line.strip() for cell in cells for line in cell.source.splitlines()),
        tuple(cell.source for cell in cells[:first] if cell.kind == "code"),
    )


def cells_of(notebook: dict, notes: list[str]) -> list[Cell]:
    """The cells of a parsed notebook; what is odd goes into the notes. Raises Unreadable."""
    return [_cell(number, one) for number, one in enumerate(raw_cells(notebook, notes), start=1)]


def parsed(data: bytes) -> dict:
    """The notebook that the bytes hold, whatever is in it. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("the file is empty. Ask for it again.")
    try:
        text = data.decode(_encoding(data[:4]))
    except UnicodeDecodeError:
        raise Unreadable("the file is not Unicode text, as notebooks are. Ask for the right file.") from None
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise Unreadable("the file nests too deep for a notebook. Ask for the right file.") from None
    except json.JSONDecodeError as error:
        if (
            text.lstrip().startswith("{")
            and error.pos >= len(text.rstrip()) - 1
            or "Unterminated" in error.msg
        ):
            raise Unreadable("the file is cut off: its end is missing. Ask for it again.") from None
        raise Unreadable(
            f"the file is no notebook (no JSON, line {error.lineno}). Ask for the right file."
        ) from None
    except ValueError:
        raise Unreadable("the file holds a number that no notebook has. Ask for the right file.") from None
    if type(notebook) is not dict or "nbformat" not in notebook and "cells" not in notebook:
        raise Unreadable("the file is JSON, but no notebook. Ask for the right file.")
    return notebook


def raw_cells(notebook: dict, notes: list[str]) -> list[dict]:
    """The cells as they stand in the JSON. Raises Unreadable."""
    if notebook.get("nbformat") in (2, 3):  # its cells lie in worksheets
        notes.append(f"the notebook is of the old format {notebook['nbformat']}")
        found = [
            cell
            for part in as_list(notebook.get("worksheets"))
            for cell in as_list(as_dict(part).get("cells"))
        ]
    else:
        found = as_list(notebook.get("cells"))
    if not found:
        raise Unreadable("the notebook has no cells. Ask for the right file.")
    if len(found) > MAX_CELLS:
        raise Unreadable(f"the notebook has more than {MAX_CELLS} cells. Ask for the right file.")
    cells = [cell for cell in found if type(cell) is dict]
    if len(cells) < len(found):
        notes.append("some of its cells are damaged and were left out")
    ids = [cell["id"] for cell in cells if type(cell.get("id")) is str]
    if len(set(ids)) < len(ids):
        notes.append("cell ids are there twice")
    return cells


def _cell(number: int, cell: dict) -> Cell:
    source = cell.get("source", cell.get("input", ""))
    if type(source) is list:
        source = "".join(part for part in source if type(part) is str)
    grade_id = as_dict(as_dict(cell.get("metadata")).get("nbgrader")).get("grade_id")
    return Cell(
        number,
        str(cell.get("cell_type")),
        source.encode("utf-8", "replace").decode() if type(source) is str else "",
        grade_id if type(grade_id) is str else "",
    )


def as_dict(value: Any) -> dict:
    """The value where it is a dict, else an empty one."""
    return value if type(value) is dict else {}


def as_list(value: Any) -> list:
    """The value where it is a list, else an empty one."""
    return value if type(value) is list else []


def _encoding(start: bytes) -> str:
    """UTF-8, or UTF-16 as some editors save, with its mark or without: the first letters of JSON are
    ASCII."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    return {b"\0": "utf-16-be"}.get(start[:1]) or ("utf-16-le" if start[1:2] == b"\0" else "utf-8-sig")
