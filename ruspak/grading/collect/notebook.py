"""Reading a student's notebook: the code to run, the written answers, and what is odd about it."""

import collections
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruspak.grading.collect.cells import Cell, HandedOut, Unreadable, as_dict, cells_of, parsed
from ruspak.grading.collect.code import Code, code_of
from ruspak.grading.collect.prose import STUB, Answer, answers_of
from ruspak.grading.text import shown

MAX_SOURCE, MAX_SOURCES = 100_000, 2_000_000  # characters of one cell, and of all


@dataclass(frozen=True)
class Notebook:
    """`code`: what is to run; `written`: the answer to each written item; `notes`: what is odd."""

    code: Code
    written: dict[str, Answer] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(data: bytes, sheet: Mapping[str, Any], handed_out: HandedOut = HandedOut()) -> Notebook:
    """The notebook in these bytes, for a sheet by its public description.

    `handed_out`: the sheet as it was given, to tell its text from the student's own. Raises Unreadable.
    """
    notes: list[str] = []
    notebook = parsed(data)
    cells = [_cut(one, notes) for one in cells_of(notebook, notes)]
    if sum(len(cell.source) for cell in cells) > MAX_SOURCES:
        raise Unreadable(f"its cells hold more than {MAX_SOURCES:,} characters. Ask for the right file.")
    if not any(cell.bare for cell in cells):
        raise Unreadable("the notebook has no cells with anything in them. Ask for the right file.")
    items = {item["id"]: item for item in sheet["items"]}
    _must_be_the_sheet(cells, sheet, items)
    _look_for_changes(cells, items, notes, handed_out)
    metadata = as_dict(notebook.get("metadata"))
    kernel = as_dict(metadata.get("kernelspec"))
    language = kernel.get("language") or as_dict(metadata.get("language_info")).get("name")
    if language and language != "python" and not str(kernel.get("name")).startswith("python"):
        notes.append(f"its kernel is for '{shown(str(language), 20)}'; it was run as Python")
    written = answers_of(cells, [id for id, item in items.items() if item["kind"] == "written"], handed_out)
    return Notebook(code_of(cells, items, handed_out, notes), written, notes)


def _cut(cell: Cell, notes: list[str]) -> Cell:
    """A cell no longer than anybody writes: prose is cut, code, which means something else when cut, is left
    out."""
    if len(cell.source) <= MAX_SOURCE:
        return cell
    kept = "" if cell.kind == "code" else cell.source[:MAX_SOURCE]
    done = "was cut there" if kept else "was left out"
    notes.append(f"cell {cell.number} from the top holds more than {MAX_SOURCE:,} characters and {done}")
    return Cell(cell.number, cell.kind, kept, cell.grade_id)


def _must_be_the_sheet(cells: list[Cell], sheet: Mapping[str, Any], items: Mapping[str, Any]) -> None:
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
    cells: list[Cell], items: Mapping[str, Any], notes: list[str], handed_out: HandedOut
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
        and cell.bare != f'check("{cell.grade_id.removesuffix("-check")}")'
    ]
    if changed:
        notes.append("check cells were edited, which has no effect: " + ", ".join(changed[:6]))


def _is_there_without_label(
    id: str, items: Mapping[str, Any], cells: list[Cell], handed_out: HandedOut
) -> bool:
    """Whether a cell without metadata holds what the cell of that id does: its check, its variable, its
    prose."""
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
        and (STUB in cell.source or cell.bare not in handed_out.cells)
    )


def _few(ids: list[str]) -> str:
    return ", ".join(ids[:6]) + (" and more" if len(ids) > 6 else "")
