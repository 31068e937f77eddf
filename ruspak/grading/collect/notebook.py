"""Reading a notebook that may be damaged, old, edited or hostile: its code, and its written answers."""

import collections
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruspak.grading.text import shown

STUB = "YOUR ANSWER HERE"
MAX_CELLS = 2_000
MAX_SOURCE, MAX_SOURCES = 100_000, 2_000_000  # characters of one cell, and of all


class Unreadable(Exception):
    """Nothing can be marked; the message says why and what to do."""


@dataclass(frozen=True)
class Notebook:
    """`code`: sources of the code cells in order; `written`: the text for each written item; `notes`: what is odd."""

    code: list[str]
    written: dict[str, str]
    notes: list[str]


@dataclass(frozen=True)
class _Cell:
    kind: str
    source: str
    grade_id: str


def read(data: bytes, sheet: Mapping[str, Any], handed_out: frozenset[str] = frozenset()) -> Notebook:
    """The notebook in these bytes, for a sheet by its public description.

    `handed_out` are the Markdown cells of the sheet as it was given, to tell them from the student's own. Raises
    Unreadable.
    """
    notebook, notes = _json(data), []
    cells = [_cut(number, _cell(one), notes) for number, one in enumerate(_cells(notebook, notes), start=1)]
    if sum(len(cell.source) for cell in cells) > MAX_SOURCES:
        raise Unreadable(f"its cells hold more than {MAX_SOURCES:,} characters. Ask for the right file.")
    if not any(cell.source.strip() for cell in cells):
        raise Unreadable("the notebook has no cells with anything in them. Ask for the right file.")
    items = {item["id"]: item for item in sheet["items"]}
    _must_be_the_sheet(cells, sheet, items)
    _look_for_changes(cells, items, notes, handed_out)
    kernel = _dict(_dict(notebook.get("metadata")).get("kernelspec"))
    language = kernel.get("language") or _dict(_dict(notebook.get("metadata")).get("language_info")).get(
        "name"
    )
    if language and language != "python" and not str(kernel.get("name")).startswith("python"):
        notes.append(f"its kernel is for '{shown(str(language), 20)}'; it was run as Python")
    written = {id: _written(cells, id, handed_out) for id, item in items.items() if item["kind"] == "written"}
    return Notebook([cell.source for cell in cells if cell.kind == "code"], written, notes)


def markdown(data: bytes) -> frozenset[str]:
    """The sources of a notebook's Markdown cells."""
    return frozenset(
        cell.source.strip() for cell in map(_cell, _cells(_json(data), [])) if cell.kind == "markdown"
    )


def _json(data: bytes) -> dict:
    if not data.strip():
        raise Unreadable("the file is empty. Ask for it again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the file is not UTF-8 text, as notebooks are. Ask for the right file.") from None
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


def _cells(notebook: dict, notes: list[str]) -> list[dict]:
    if notebook.get("nbformat") in (2, 3):  # its cells lie in worksheets
        notes.append(f"the notebook is of the old format {notebook['nbformat']}")
        found = [
            cell for part in _list(notebook.get("worksheets")) for cell in _list(_dict(part).get("cells"))
        ]
    else:
        found = _list(notebook.get("cells"))
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


def _cell(cell: dict) -> _Cell:
    source = cell.get("source", cell.get("input", ""))
    if type(source) is list:
        source = "".join(part for part in source if type(part) is str)
    grade_id = _dict(_dict(cell.get("metadata")).get("nbgrader")).get("grade_id")
    return _Cell(
        str(cell.get("cell_type")),
        source.encode("utf-8", "replace").decode() if type(source) is str else "",
        grade_id if type(grade_id) is str else "",
    )


def _cut(number: int, cell: _Cell, notes: list[str]) -> _Cell:
    """A cell no longer than anybody writes: prose is cut, code, which means something else when cut, is left out."""
    if len(cell.source) <= MAX_SOURCE:
        return cell
    notes.append(
        f"cell {number} holds more than {MAX_SOURCE:,} characters and "
        + ("was left out" if cell.kind == "code" else "was cut there")
    )
    return _Cell(cell.kind, "" if cell.kind == "code" else cell.source[:MAX_SOURCE], cell.grade_id)


def _must_be_the_sheet(cells: list[_Cell], sheet: Mapping[str, Any], items: Mapping[str, Any]) -> None:
    named = collections.Counter(
        cell.grade_id.removesuffix("-check").rpartition("-")[0] for cell in cells if cell.grade_id
    )
    named += collections.Counter(
        call
        for cell in cells
        if cell.kind == "code"
        for call in re.findall(r"""\bvariant\(\s*["']([^"'\s]{1,60})["']""", cell.source)
    )
    if named and sheet["sheet"] not in named:
        other = shown(named.most_common(1)[0][0], 40)
        raise Unreadable(
            f"this is another sheet ('{other}'), handed in as {sheet['sheet']}. Ask for the right file."
        )
    text = "\n".join(cell.source for cell in cells)
    if not named and not any(id in text or item.get("variable", id) in text for id, item in items.items()):
        raise Unreadable(f"nothing in it belongs to the sheet {sheet['sheet']}. Ask for the right file.")


def _look_for_changes(
    cells: list[_Cell], items: Mapping[str, Any], notes: list[str], handed_out: frozenset[str]
) -> None:
    wanted = [
        id
        for id, item in items.items()
        for id in ([id] if item["kind"] == "written" else [id, f"{id}-check"])
    ]
    found = [cell.grade_id for cell in cells if cell.grade_id in set(wanted)]
    lost = [id for id in wanted if id not in found and _is_there_without_label(id, items, cells, handed_out)]
    if lost:
        notes.append("another program took the labels off these cells, which has no effect: " + _few(lost))
    if missing := [id for id in wanted if id not in found and id not in lost]:
        notes.append("cells were deleted: " + _few(missing))
    if twice := sorted({id for id in found if found.count(id) > 1}):
        notes.append("cells are there twice: " + ", ".join(twice[:6]))
    first = list(dict.fromkeys(found))
    if first != [id for id in wanted if id in found]:
        notes.append("cells were moved; they ran in the order of the notebook")
    changed = [
        cell.grade_id
        for cell in cells
        if cell.grade_id in set(wanted)
        and cell.grade_id.endswith("-check")
        and cell.source.strip() != f'check("{cell.grade_id.removesuffix("-check")}")'
    ]
    if changed:
        notes.append("check cells were edited, which has no effect: " + ", ".join(changed[:6]))


def _is_there_without_label(
    id: str, items: Mapping[str, Any], cells: list[_Cell], handed_out: frozenset[str]
) -> bool:
    """Whether a cell without metadata holds what the cell of that id does: its check, its variable, its prose."""
    code = [cell.source for cell in cells if cell.kind == "code" and not cell.grade_id]
    if id not in items:
        return any(f'check("{id.removesuffix("-check")}")' in source for source in code)
    if items[id]["kind"] != "written":
        return any(
            re.search(rf"^[ \t]*{re.escape(items[id]['variable'])}\b", source, re.M) for source in code
        )
    return any(
        re.match(rf"\W{{0,20}}{re.escape(id)}\b", cell.source)
        for cell in cells
        if cell.kind != "code"
        and not cell.grade_id
        and (STUB in cell.source or cell.source.strip() not in handed_out)
    )


def _few(ids: list[str]) -> str:
    return ", ".join(ids[:6]) + (" and more" if len(ids) > 6 else "")


def _written(cells: list[_Cell], id: str, handed_out: frozenset[str]) -> str:
    """The answer to a written item: from the cell of that id, else from cells that begin with it. Where that is as it
    was handed out, from the student's own cells right below."""
    prose = [cell for cell in cells if cell.kind != "code"]
    places = [place for place, cell in enumerate(prose) if cell.grade_id == id] or [
        place
        for place, cell in enumerate(prose)
        if not cell.grade_id
        and cell.source.strip() not in handed_out
        and re.match(rf"\W*{re.escape(id)}\b", cell.source)
    ]
    answers = [_without_stub(prose[place].source, id) for place in places]
    if places and not any(answers):
        for cell in prose[places[-1] + 1 :]:
            if cell.grade_id or cell.source.strip() in handed_out:
                break
            answers.append(cell.source.strip())
    return "\n\n".join(filter(None, answers))


def _without_stub(source: str, id: str) -> str:
    """The source without what was printed there: the line with the id on top, and the stub."""
    head, _, rest = source.lstrip().partition("\n")
    if re.match(rf"\W*{re.escape(id)}\b", head):
        printed = rf"^\W*{re.escape(id)}\b\W*(\d+ points?\W*)?(Your answer\W*)?"
        source = re.sub(printed, "", head, flags=re.I) + "\n" + rest
    return source.replace(STUB, "").strip()


def _dict(value: Any) -> dict:
    return value if type(value) is dict else {}


def _list(value: Any) -> list:
    return value if type(value) is list else []
