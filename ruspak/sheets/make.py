"""Make the sheets that are handed out from the worked ones: python -m ruspak.sheets.make [--check]

For each key solutions/keys/NN_name.py it reads solutions/NN_name.ipynb and writes exercises/NN_name.ipynb and .json. It
also writes what follows from the key into the cells of the worked sheet: points, and nbgrader's metadata. The rules:

- a code cell with a block from ### BEGIN SOLUTION to ### END SOLUTION is the answer to the item whose check("…") is in
  the next cell with a check; the block becomes `variable = ...`
- a Markdown cell with such a block is the answer to the written item whose id stands outside the block; there the two
  marks may be comments, <!-- BEGIN SOLUTION --> and <!-- END SOLUTION -->, which nobody sees in the worked sheet
- a cell with the tag "worked" is only in the worked sheet
- points stand in the key only: `? points` in the cell with the heading "### id · …" of an item becomes its points, in
  a written item followed by those of the lines of its rubric; in a cell without one, the points of both parts
"""

import argparse
import copy
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat

from ruspak.data.package import nearest
from ruspak.data.words import in_words
from ruspak.errors import CourseError
from ruspak.files import write_text
from ruspak.sheets.items import Item, Sheet, Written
from ruspak.sheets.keys import WrongItems, load
from ruspak.sheets.public import describe, home

BLOCK = re.compile(
    r"^([ \t]*)(?:###|<!--) BEGIN SOLUTION[^\n]*\n(.*?)^[ \t]*(?:###|<!--) END SOLUTION[^\n]*$", re.M | re.S
)
HEADING = re.compile(r"^#+ (\S+) · ", re.M)
POINTS = re.compile(r"`(?:\d+|\?) points?`")
COUNTED = re.compile(
    r"Part A has ([\w-]+) items?.*Part B has ([\w-]+) short texts?"
)  # in the first cell of a sheet
CHECK = re.compile(r"""^check\(\s*["']([^"']+)["']\s*\)""", re.M)


def stamped(notebook, sheet: Sheet, file: str) -> tuple[nbformat.NotebookNode, list[str]]:
    """A copy of the worked notebook with points and nbgrader's metadata in the cells of each item, and all places
    where cells and items don't match one to one, with file and cell number.
    """
    notebook, wrong, open_cell = copy.deepcopy(notebook), [], None
    found, told = set(), set()  # ids of items whose cells are right, or were complained of
    items = {item.id: item for item in sheet.items}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.pop("nbgrader", None)
        if "worked" in cell.metadata.get("tags", []):
            continue
        place, cell_has_block = f"{file}, cell {number}", bool(BLOCK.search(cell.source))
        blocks = len(BLOCK.findall(cell.source))
        unclosed = not blocks == cell.source.count("BEGIN SOLUTION") == cell.source.count("END SOLUTION")
        if cell.source.count("BEGIN SOLUTION") > blocks:
            wrong.append(f"{place}: a solution block doesn't end. Close it with ### END SOLUTION.")
        elif unclosed:
            wrong.append(
                f"{place}: a solution block has no beginning, so it would be handed out. Write ### BEGIN SOLUTION on a line "
                "above it."
            )
        elif cell.cell_type == "code" and (given := _given_outside(cell.source, sheet)):
            wrong.append(
                f"{place}: it sets {given.variable}, the answer to {given.id}, outside the two markers, so students would "
                "see it. Put it between ### BEGIN SOLUTION and ### END SOLUTION; delete the cell if it was a trial."
            )
        if cell.cell_type == "markdown":
            try:
                cell.source = _with_points(cell.source, sheet, place)
            except CourseError as error:
                wrong.append(str(error))
            if not (cell_has_block or unclosed):
                continue
            outside = BLOCK.sub("", cell.source)
            named = [
                item.id
                for item in items.values()
                if isinstance(item, Written) and re.search(rf"\b{re.escape(item.id)}\b", outside)
            ]
            told.update(named)
            if unclosed:
                continue
            if len(named) != 1 or named[0] in found:
                wrong.append(f"{place}: it must name one written item outside its block, once in the sheet.")
                continue
            _stamp(cell, named[0], grade=True, solution=True, points=items[named[0]].points)
            found.add(named[0])
        elif cell.cell_type == "code" and (cell_has_block or unclosed):
            if open_cell is not None:
                wrong.append(f"{place}: two solution cells before one check. Put the answer into one cell.")
            open_cell = cell
        elif cell.cell_type == "code" and (checks := CHECK.findall(cell.source)):
            if error := _check_error(checks, items, found, open_cell):
                wrong.append(f"{place}: {error}")
            else:
                _stamp(open_cell, checks[0], grade=False, solution=True)
                _stamp(cell, f"{checks[0]}-check", grade=True, solution=False, points=items[checks[0]].points)
                found.add(checks[0])
            told.update(checks)
            open_cell = None
    if open_cell is not None:
        wrong.append(
            f"{file}: the last solution cell has no check after it. Add one, or it would be handed out."
        )
    if lacking := [id for id in items if id not in found | told]:
        wrong.append(
            f"{file}: no cell for {', '.join(lacking)}: an answer with its two markers, and in Part A check(…) in a cell below. "
            "Add what is missing, or change the key."
        )
    return notebook, wrong + _miscounted(notebook, sheet, file)


def _miscounted(notebook, sheet: Sheet, file: str) -> list[str]:
    """What the first cell counts otherwise than the key does, if it counts."""
    said = COUNTED.search(notebook.cells[0].source) if notebook.cells else None
    asked = sum(isinstance(item, Item) for item in sheet.items)
    due = (in_words(asked), in_words(len(sheet.items) - asked))
    if said is None or said.groups() == due:
        return []
    return [
        f"{file}, cell 1: it says {said[1]} items and {said[2]} short texts, but the key has {due[0]} and {due[1]}. Write "
        f"“Part A has {due[0]} items” and “Part B has {due[1]} short texts”."
    ]


def _check_error(checks: list[str], items: Mapping[str, Item | Written], found: set[str], answer) -> str:
    """What is wrong with the checks of a cell, after the cell of the answer (or None), or nothing."""
    named = f'check("{checks[0]}")'
    if len(checks) > 1:
        return f"{named} is not the only check in it. Give each check a cell of its own."
    item = items.get(checks[0])
    if item is None:
        return f"{named}: the key has no such item. {nearest(checks[0], items)}"
    if isinstance(item, Written):
        return f"{named}: a person reads this item, so there is nothing to check. Take the cell out."
    if item.id in found:
        return f"{named} stands there a second time. Take one out, with its answer."
    if answer is None:
        return f"{named} has no answer cell before it. Put one there, with ### BEGIN SOLUTION and ### END SOLUTION."
    block = BLOCK.search(answer.source)
    if block and not re.search(rf"^\s*{item.variable}\b[^=\n]*=(?!=)", block[2], re.M):
        return f"the solution before it doesn't set {item.variable} for {item.id}."
    return ""


def _given_outside(source: str, sheet: Sheet) -> Item | None:
    """The item whose answer stands outside the solution blocks of a cell, if any does."""
    outside = BLOCK.sub("", source)
    for item in sheet.items:
        if isinstance(item, Item) and re.search(rf"^{item.variable}[ \t]*=(?!=)", outside, re.M):
            return item
    return None


def _as_they_stand(notebook) -> str:
    """The code cells that students get as they were written, by number and first line: a trial may be among them."""
    cells = [
        f"{number} ({next(filter(None, cell.source.splitlines()), '')[:40]})"
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader")
    ]
    return f"code that students get as it stands: cell {', '.join(cells)}" if cells else ""


def _with_points(text: str, sheet: Sheet, place: str) -> str:
    """The text of a cell with the points of the key."""
    items = {item.id: item for item in sheet.items}
    headed = [items[id] for id in HEADING.findall(text) if id in items]
    if headed:
        due = [
            points
            for item in headed
            for points in (item.points, *(line for line, _ in getattr(item, "rubric", ())))
        ]
    elif POINTS.search(text):
        due = [sum(item.points for item in sheet.items if isinstance(item, kind)) for kind in (Item, Written)]
    else:
        return text
    if (count := len(POINTS.findall(text))) != len(due):
        what = " and ".join(item.id for item in headed) or "Part A and Part B"
        raise CourseError(
            f"{place}: points stand there {count} times, but {len(due)} times in the key, for {what}. "
            "Write `? points` once for each item, and once for each line of a rubric."
        )
    left = iter(due)
    return POINTS.sub(lambda _: f"`{(points := next(left))} point{'s' * (points != 1)}`", text)


def _stamp(cell, grade_id: str, *, grade: bool, solution: bool, points: int | None = None) -> None:
    cell.metadata["nbgrader"] = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    } | ({"points": points} if grade else {})


def handed_out(notebook, sheet: Sheet):
    """The exercise made from a stamped worked notebook: no solutions, no outputs, the same cell ids."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = {
        name: value for name, value in notebook.metadata.items() if name in ("kernelspec", "language_info")
    }
    notebook.cells = [cell for cell in notebook.cells if "worked" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution"):
            item = sheet.item(marks["grade_id"])
            stub = "YOUR ANSWER HERE" if isinstance(item, Written) else f"{item.variable} = ..."
            cell.source = BLOCK.sub(lambda block: block[1] + stub, cell.source)
        elif marks:
            cell.metadata.update(editable=False, deletable=False)
    return notebook


def made(key: Path, root: Path) -> dict[Path, str]:
    """The text of every file that follows from one key, by path.

    Raises CourseError that names each error of key and notebook, one a line.
    """
    try:
        sheet, wrong = load(key), []
    except WrongItems as error:
        sheet, wrong = error.sheet, [str(error)]
    worked = root / "solutions" / f"{key.stem}.ipynb"
    try:
        notebook = nbformat.read(worked, as_version=4)
    except FileNotFoundError:
        raise CourseError(
            f"solutions/{worked.name} is missing, but it has a key. Write the worked sheet."
        ) from None
    except Exception as error:
        raise CourseError(f"solutions/{worked.name} is not a notebook ({error}). Restore it.") from None
    signed, more = stamped(notebook, sheet, f"solutions/{worked.name}")
    if wrong or more:
        raise CourseError("\n".join([*wrong, *more]))
    files = {worked: nbformat.writes(signed) + "\n"} if signed != notebook else {}
    return files | {
        root / "exercises" / worked.name: nbformat.writes(handed_out(signed, sheet)) + "\n",
        root / "exercises" / f"{sheet.notebook}.json": _one_line_lists(
            json.dumps(describe(sheet), ensure_ascii=False, indent=1)
        )
        + "\n",
    }


def _one_line_lists(text: str) -> str:
    """JSON with each innermost list, and each short object, on one line, so that a person can read it and see what
    changed."""
    text = re.sub(r"\[\s+([^][{}]*?)\s+\]", lambda found: "[" + re.sub(r",\n *", ", ", found[1]) + "]", text)
    return re.sub(
        r"\{\s+([^][{}]{,160}?)\s+\}", lambda found: "{" + re.sub(r",\n *", ", ", found[1]) + "}", text
    )


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    """Write what is out of step, or with --check only name it. Returns the exit code: 1 for an error or a difference."""
    parser = argparse.ArgumentParser(
        prog="python -m ruspak.sheets.make", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing, name the files that are out of step"
    )
    parser.add_argument(
        "names", nargs="*", metavar="SHEET", help="how the sheet's name begins, as in 05; without: all"
    )
    given = parser.parse_args(arguments)
    only_check, root, code = given.check, root or home(), 0
    sheets = {
        path.stem: path
        for folder in ("exercises", "solutions")
        for path in (root / folder).glob("[0-9][0-9]_*.ipynb")
    }
    keys = {path.stem: path for path in (root / "solutions" / "keys").glob("[0-9][0-9]_*.py")}
    for wish in given.names:
        if not any(name.startswith(wish) for name in keys):
            parser.error(f"there is no sheet '{wish}'. There are: {', '.join(sorted(keys))}.")
    wanted = tuple(given.names) or ("",)
    sheets, keys = (
        {name: path for name, path in all_.items() if name.startswith(wanted)} for all_ in (sheets, keys)
    )
    for name in sorted(sheets.keys() - keys.keys()):
        print(
            f"{sheets[name].relative_to(root)} has no key. Write solutions/keys/{name}.py.", file=sys.stderr
        )
        code = 1
    for _, key in sorted(keys.items()):
        try:
            files = made(key, root)
        except CourseError as error:
            print(error, file=sys.stderr)
            code = 1
            continue
        for path, text in files.items():
            if path.exists() and path.read_bytes() == text.encode():
                continue
            if only_check:
                print(
                    f"{path.relative_to(root)} is out of step with the key or the worked sheet: run make sheets."
                )
                code = 1
            else:
                write_text(path, text)
                print(f"wrote {path.relative_to(root)}")
                if path.suffix == ".ipynb" and path.parent.name == "exercises":
                    print(f"  {_as_they_stand(nbformat.reads(text, as_version=4))}")
    return code


if __name__ == "__main__":
    sys.exit(main())
