"""A student's code: the cells to run, mended where a cell was harmed without changing what the student
meant."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruspak.grading.collect.cells import Cell, HandedOut
from ruspak.grading.text import shown
from ruspak.text import fold

NAMED = re.compile(r"""^[ \t]*STUDENT[ \t]*=[ \t]*(?:"([^"\n]{0,200})"|'([^'\n]{0,200})')""", re.M)
BEGINS = 40  # characters of a cell by which it is found


@dataclass(frozen=True)
class Code:
    """What is to run, and where things stand in it; places are numbers of its cells from 1.

    cells: their sources, in the order of the notebook. numbers: where each stands in the notebook. checks:
    the cell after which each item's answer was checked. answers: the cells that set each item's variable.
    setup: those before the first answer. spare: the sheet's own setup, with the student's id, for a notebook
    whose own one fails.
    """

    cells: list[str]
    numbers: list[int] = field(default_factory=list)
    checks: dict[str, int] = field(default_factory=dict)
    answers: dict[str, list[int]] = field(default_factory=dict)
    setup: list[int] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)

    def named(self, place: int) -> str:
        """A cell as a person finds it: by its number in the notebook, text cells counted, too, and its first words."""
        if not 0 < place <= len(self.numbers):  # only an error that student code made up has such a place
            return f"cell {place}"
        lines = (line.strip() for line in self.cells[place - 1].splitlines())
        first = next((line for line in lines if line and not line.startswith("###")), "")
        return f"cell {self.numbers[place - 1]} from the top, which begins “{shown(first, BEGINS)}”"


def code_of(cells: list[Cell], items: Mapping[str, Any], handed_out: HandedOut, notes: list[str]) -> Code:
    """The code to run. What was mended is noted."""
    asked = {id: item["variable"] for id, item in items.items() if item["kind"] != "written"}
    run = [cell for cell in cells if _is_code(cell, asked, handed_out, notes) and _is_run(cell, items, notes)]
    sources = [_mended(cell, notes) for cell in run]
    sources, passed = _without_stubs(sources, {*asked.values()})
    if stubs := [id for id, variable in asked.items() if variable in passed]:
        notes.append("a stub below the answer was passed over: " + ", ".join(stubs[:6]))
    names = [_names(tree) if (tree := _tree(source)) else set() for source in sources]
    answers = {id: _setting(run, sources, names, id, variable) for id, variable in asked.items()}
    first = min((places[0] for places in answers.values() if places), default=len(run) + 1)
    setup = [place for place, source in enumerate(sources, start=1) if place < first or "variant(" in source]
    name = next((found for source in sources if (found := NAMED.search(source))), None)
    student = repr((name[1] or name[2] or "") if name else "") if name else "STUDENT"
    return Code(
        sources,
        [cell.number for cell in run],
        {id: places[-1] for id in asked if (places := _checking(run, sources, id))},
        answers,
        setup,
        [
            re.sub(r'^STUDENT = ""$', lambda _: f"STUDENT = {student}", one, flags=re.M)
            for one in handed_out.setup
        ],
    )


def _is_code(cell: Cell, asked: Mapping[str, str], handed_out: HandedOut, notes: list[str]) -> bool:
    if cell.kind == "code":
        return True
    variable = asked.get(cell.grade_id)
    if variable and re.search(rf"^[ \t]*{re.escape(variable)}\b", cell.source, re.M):
        notes.append(f"the cell of {cell.grade_id} was no code cell any more; it was run as one")
        return True
    return False


def _is_run(cell: Cell, items: Mapping[str, Any], notes: list[str]) -> bool:
    if items.get(cell.grade_id, {}).get("kind") == "written":
        notes.append(f"the answer to {cell.grade_id} stands in a code cell")
        return False
    return True


def _tree(source: str) -> ast.Module | None:
    """The cell as Python reads it, lines of IPython left out; None where it can't be read."""
    for text in (source, re.sub(r"^([ \t]*)[%!].*$", r"\1pass", source, flags=re.M)):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _mended(cell: Cell, notes: list[str]) -> str:
    """The source; where Python can't read it for signs that phones and office programs put in place of plain
    ones (spaces that don't break, curly quotes, long dashes, digits of another script), with the plain
    ones."""
    if cell.source.isascii() or _tree(cell.source):
        return cell.source
    plain = "".join(map(_plain, cell.source))
    if _tree(plain) is None:
        return cell.source
    notes.append(
        f"cell {cell.number} from the top had signs that Python does not read; it ran with the plain ones"
    )
    return plain


def _plain(sign: str) -> str:
    if sign.isascii() or sign.isspace():
        return sign if sign.isascii() else " "
    return folded if (folded := fold(sign)).isascii() else sign


def _names(node: ast.AST) -> set[str]:
    """The names that are given a value anywhere in it."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _is_stub(node: ast.stmt) -> bool:
    """Whether it gives nothing but three dots, to one name or several."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    values = node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else [node.value]
    return bool(values) and all(
        isinstance(value, ast.Constant) and value.value is ... or getattr(value, "id", "") == "Ellipsis"
        for value in values
    )


def _without_stubs(sources: list[str], variables: set[str]) -> tuple[list[str], set[str]]:
    """The sources without a stub such as `variable = ...` wherever it would take away what one of these
    variables was given before; and the variables that were saved so."""
    kept: list[str] = []
    given: set[str] = set()
    saved: set[str] = set()
    for source in sources:
        lines = re.split(rb"\r\n?|\n", source.encode())
        for node in getattr(_tree(source), "body", ()):
            names = _names(node)
            if not _is_stub(node):
                given |= names
            elif names & given & variables:
                saved |= names & given & variables
                first, last = node.lineno - 1, node.end_lineno - 1
                rest = lines[last][node.end_col_offset :]
                lines[first] = lines[first][: node.col_offset] + b"pass" + rest
                lines[first + 1 : last + 1] = [b""] * (last - first)
        kept.append(b"\n".join(lines).decode())
    return kept, saved


def _setting(run: list[Cell], sources: list[str], names: list[set[str]], id: str, variable: str) -> list[int]:
    sets = re.compile(rf"^[ \t]*{re.escape(variable)}[ \t]*=(?!=)", re.M)  # also where Python can't read it
    return [
        place
        for place, (cell, source, given) in enumerate(zip(run, sources, names), start=1)
        if cell.grade_id == id or variable in given or sets.search(source)
    ]


def _checking(run: list[Cell], sources: list[str], id: str) -> list[int]:
    calls = (f'check("{id}")', f"check('{id}')")
    return [
        place
        for place, (cell, source) in enumerate(zip(run, sources), start=1)
        if cell.grade_id == f"{id}-check" or any(call in source for call in calls)
    ]
