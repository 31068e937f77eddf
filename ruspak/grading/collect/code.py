"""A student's code: the cells to run, mended where a cell was harmed without changing what the student
meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruspak.grading.collect.cells import Cell, HandedOut

NAMED = re.compile(r"""^[ \t]*STUDENT[ \t]*=[ \t]*(?:"([^"\n]{0,200})"|'([^'\n]{0,200})')""", re.M)


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


def code_of(cells: list[Cell], items: Mapping[str, Any], handed_out: HandedOut, notes: list[str]) -> Code:
    """The code to run. What was mended is noted."""
    asked = {id: item["variable"] for id, item in items.items() if item["kind"] != "written"}
    run = [cell for cell in cells if _is_code(cell, asked, handed_out, notes) and _is_run(cell, items, notes)]
    sources, stubs = [cell.source for cell in run], []
    for id, variable in asked.items():
        sources, passed = _without_stubs(sources, variable)
        stubs += [id] * passed
    if stubs:
        notes.append("a stub below the answer was passed over: " + ", ".join(stubs[:6]))
    answers = {id: _setting(run, sources, id, variable) for id, variable in asked.items()}
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


def _without_stubs(sources: list[str], variable: str) -> tuple[list[str], bool]:
    """The sources without the stub `variable = ...` wherever it would take away what the variable was given
    before."""
    stub = re.compile(rf"^{re.escape(variable)}[ \t]*=[ \t]*\.\.\.[ \t]*$", re.M)
    given = re.compile(rf"^[ \t]*{re.escape(variable)}[ \t]*=(?!=)[ \t]*(?!\.\.\.)\S", re.M)
    kept, before, passed = [], False, False
    for source in sources:
        first = given.search(source)
        start = 0 if before else first.start() if first else len(source)
        shorter = source[:start] + stub.sub("pass", source[start:])
        passed = passed or shorter != source
        before = before or first is not None
        kept.append(shorter)
    return kept, passed


def _setting(run: list[Cell], sources: list[str], id: str, variable: str) -> list[int]:
    sets = re.compile(rf"^[ \t]*{re.escape(variable)}[ \t]*=(?!=)", re.M)
    return [
        place
        for place, (cell, source) in enumerate(zip(run, sources), start=1)
        if cell.grade_id == id or sets.search(source)
    ]


def _checking(run: list[Cell], sources: list[str], id: str) -> list[int]:
    calls = (f'check("{id}")', f"check('{id}')")
    return [
        place
        for place, (cell, source) in enumerate(zip(run, sources), start=1)
        if cell.grade_id == f"{id}-check" or any(call in source for call in calls)
    ]
