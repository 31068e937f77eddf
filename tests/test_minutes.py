"""The minutes of a lesson: its core fits the hour, runs without the rest, and the page says both."""

import nbformat
import pytest
from nbclient import NotebookClient

from course import ROOT, notebooks, read
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
    lesson.cells = core
    NotebookClient(lesson, timeout=120, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()


def test_a_heading_alone_in_its_cell_gets_its_line_once():
    cell = nbformat.v4.new_markdown_cell("## A heading", metadata={"ruspak": {"section": "more"}})
    lesson = nbformat.v4.new_notebook(cells=[cell])
    assert minutes.written(lesson) and not minutes.written(lesson)
    assert cell.source == "## A heading\n\n*More, 1 minute: it can be skipped*"
