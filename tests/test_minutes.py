"""The minutes of a lesson: its core fits the hour, runs without the rest, and the page says both."""

import nbformat
import pytest

from course import ROOT, notebooks, read, run_cells
from tools import minutes


@pytest.fixture(scope="module", params=notebooks("notebooks"), ids=lambda path: path.stem)
def lesson(request):
    return read(request.param)


def test_minutes_of_the_core_leave_time_to_talk(lesson):
    assert {section.kind for section in minutes.sections(lesson)} <= set(minutes.KINDS), (
        'a section has no kind: {"ruspak": {"section": "core"}} or "more" in the metadata of its heading'
    )
    told = [
        f"{section.minutes} {section.title}" for section in minutes.sections(lesson) if section.kind == "core"
    ]
    assert minutes.total(lesson, "core") <= minutes.CORE, "\n".join(told)


def test_minutes_on_the_page_are_those_of_the_rule(lesson):
    assert not minutes.written(lesson), "the minutes on the page are out of step: run make numbers"


def test_headings_stand_at_the_start_of_a_cell(lesson):
    late = [cell.id for cell in lesson.cells if cell.cell_type == "markdown" and "\n## " in cell.source]
    assert not late, f"a section begins in the middle of {late}: split the cell before the heading"


def test_the_core_needs_nothing_of_what_can_be_skipped(lesson):
    kind, core = "core", []
    for cell in lesson.cells:
        if minutes.begins(cell):
            kind = cell.metadata["ruspak"]["section"]
        if kind == "core":
            core.append(cell)
    run_cells(core, ROOT / "notebooks")


def test_a_heading_alone_in_its_cell_gets_its_line_once():
    cell = nbformat.v4.new_markdown_cell("## A heading", metadata={"ruspak": {"section": "more"}})
    lesson = nbformat.v4.new_notebook(cells=[cell])
    assert minutes.written(lesson) and not minutes.written(lesson)
    assert cell.source == "## A heading\n\n*More, 1 minute: it can be skipped*"


def page(*cells):
    heading = nbformat.v4.new_markdown_cell("## A heading", metadata={"ruspak": {"section": "core"}})
    return minutes.total(nbformat.v4.new_notebook(cells=[heading, *cells]), "core")


@pytest.mark.parametrize(("rows", "more"), [(5, 0), (15, 1), (20, 1.5), (200, 1.5)])
def test_a_long_table_takes_its_time(rows, more):
    html = f"<table>{'<tr><td></td></tr>' * (rows + 1)}</table>"
    shown = nbformat.v4.new_output("display_data", {"text/html": html})
    cells = [nbformat.v4.new_code_cell("x", outputs=[shown]) for _ in range(10)]
    assert page(*cells) == 5 + 10 * more


def test_work_of_ones_own_names_its_minutes():
    told = [nbformat.v4.new_markdown_cell("Bet.", metadata={"ruspak": {"minutes": 6}})]
    assert page(*told, nbformat.v4.new_code_cell("bets = 1", metadata={"ruspak": {"minutes": 4}})) == 11
