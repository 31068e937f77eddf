"""The handed-out sheet follows from the worked one, and a difference is told."""

import shutil
from pathlib import Path

import nbformat
import pytest

from ruspak.sheets import make

SAMPLES = Path(__file__).parent / "sheet_samples"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample with all that make writes of it, once for all tests: each gets a copy."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(SAMPLES / "solutions", folder / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    assert make.main([], folder) == 0
    return folder


@pytest.fixture
def course(made, tmp_path):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def edit(path, cell_id, old, new):
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    assert old in cell.source
    cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, path)


def test_it_makes_what_is_stored(course):
    for name in ("01_sample.ipynb", "01_sample.json"):
        assert (course / "exercises" / name).read_bytes() == (SAMPLES / "exercises" / name).read_bytes()
    assert sorted(path.name for path in (course / "exercises").iterdir()) == [
        "01_sample.ipynb",
        "01_sample.json",
    ]


def test_the_exercise_holds_stubs_and_no_outputs(course):
    worked = course / "solutions/01_sample.ipynb"
    notebook = nbformat.read(worked, as_version=4)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = number, [nbformat.v4.new_output("stream", text="an output")]
            cell.metadata["execution"] = {"iopub.status.busy": "now"}
    nbformat.write(notebook, worked)
    assert make.main([], course) == 0
    text = (course / "exercises/01_sample.ipynb").read_text(encoding="utf-8")
    assert text == (SAMPLES / "exercises/01_sample.ipynb").read_text(encoding="utf-8")
    exercise = {cell.id: cell for cell in nbformat.reads(text, as_version=4).cells}
    assert exercise["a2"].source == 'mine = votes[votes["year"] == me.year]\nshare_pct = ...'
    assert exercise["a9"].source == "**sample-9**, 10 points. Your answer:\n\nYOUR ANSWER HERE"
    assert "w1" not in exercise, "prose about the solution stays in the worked sheet"
    assert list(exercise) == [cell.id for cell in notebook.cells if cell.id != "w1"]
    assert exercise["c2"].metadata == {
        "editable": False,
        "deletable": False,
        "nbgrader": {
            "grade": True,
            "grade_id": "sample-2-check",
            "locked": True,
            "points": 15,
            "schema_version": 3,
            "solution": False,
            "task": False,
        },
    }


def test_a_second_run_writes_nothing(course, capsys):
    assert make.main([], course) == 0
    assert capsys.readouterr().out == ""


def test_a_worked_sheet_without_a_key_is_told(course, capsys):
    shutil.copy(course / "solutions/01_sample.ipynb", course / "solutions/02_other.ipynb")
    assert make.main(["--check"], course) == 1
    assert "02_other.ipynb has no key" in capsys.readouterr().err


@pytest.mark.parametrize(
    "cell, old, new", [("q3", "Which", "What"), ("start", "import pandas", "import os, pandas")]
)
def test_check_tells_what_is_out_of_step_and_writes_nothing(course, capsys, cell, old, new):
    stored = (course / "exercises/01_sample.ipynb").read_bytes()
    edit(course / "solutions/01_sample.ipynb", cell, old, new)
    assert make.main(["--check"], course) == 1
    assert "exercises/01_sample.ipynb is out of step" in capsys.readouterr().out
    assert (course / "exercises/01_sample.ipynb").read_bytes() == stored
    assert make.main([], course) == make.main(["--check"], course) == 0


def test_changed_points_reach_description_and_metadata(course, capsys):
    key = course / "solutions/keys/01_sample.py"
    key.write_text(
        key.read_text()
        .replace('points=10, kind="integer"', 'points=5, kind="integer"')
        .replace('points=5, kind="text"', 'points=10, kind="text"')
    )
    assert make.main(["--check"], course) == 1
    told = capsys.readouterr().out
    assert all(
        f"{name} is out of step" in told
        for name in ("solutions/01_sample.ipynb", "exercises/01_sample.ipynb", "exercises/01_sample.json")
    )


def cell_of(course, folder, cell_id):
    (cell,) = [
        cell
        for cell in nbformat.read(course / folder / "01_sample.ipynb", as_version=4).cells
        if cell.id == cell_id
    ]
    return cell


def test_points_stand_in_the_key_and_are_written_into_prose_and_metadata(course):
    key = course / "solutions/keys/01_sample.py"
    key.write_text(
        key.read_text().replace("rubric=[(4,", "rubric=[(1,").replace("points=5, kind", "points=8, kind")
    )
    edit(course / "solutions/01_sample.ipynb", "q9", "`10 points`", "`? points`")
    edit(course / "solutions/01_sample.ipynb", "q8", "**sample-8.**", "### sample-8 · A word\n\n`? points`")
    assert make.main([], course) == 0
    for folder in ("solutions", "exercises"):
        assert (
            "computer: `93 points`. A person reads the last: `7 points`"
            in cell_of(course, folder, "title").source
        )
        assert "`7 points`:\n\n- `1 point`: name" in cell_of(course, folder, "q9").source
        assert cell_of(course, folder, "q9").source.count("`3 points`") == 2
        assert "`8 points`" in cell_of(course, folder, "q8").source
        assert cell_of(course, folder, "a9").metadata["nbgrader"]["points"] == 7
        assert cell_of(course, folder, "c8").metadata["nbgrader"]["points"] == 8
    assert make.main(["--check"], course) == 0


BROKEN = {
    "a line of the rubric without points": (
        "q9",
        "- `3 points`: name a limit",
        "- name a limit",
        "cell 29: points stand there 3 times, but 4 times in the key, for sample-9. Write `? points`",
    ),
    "an item without points": (
        "q8",
        "**sample-8.**",
        "### sample-8 · A word",
        "points stand there 0 times, but 1 times in the key, for sample-8",
    ),
    "one part without points": (
        "title",
        "`10 points`",
        "some",
        "points stand there 1 times, but 2 times in the key, for Part A and Part B",
    ),
    "other items counted": (
        "title",
        "# ",
        "Part A has nine items. Part B has two short texts. ",
        "cell 1: it says nine items and two short texts, but the key has eight and one. Write “Part A has eight items”",
    ),
    "item without a cell": (
        "c4",
        'check("sample-4")',
        "pass",
        "cell 18: two solution cells before one check",
    ),
    "no check at the end": ("c8", 'check("sample-8")', "pass", "no check after it"),
    "written item without a cell": (
        "a9",
        "<!-- BEGIN SOLUTION -->\nIt counts the calls in which both voted the same, "
        "and weighs none.\n<!-- END SOLUTION -->",
        "",
        "no cell for sample-9",
    ),
    "cell without an item": ("c4", "sample-4", "sample-44", 'check("sample-44")'),
    "the same item twice": ("c4", "sample-4", "sample-3", 'check("sample-3")'),
    "a written item checked": ("c4", "sample-4", "sample-9", 'check("sample-9")'),
    "variable not set": ("a4", "shares =", "share =", "doesn't set shares"),
    "variable only compared": ("a8", 'word = "Abstention"', 'word == "Abstention"', "doesn't set word"),
    "block not closed": ("a4", "### END SOLUTION", "", "doesn't end"),
    "block not begun": ("a4", "### BEGIN SOLUTION\n", "", "cell 15: a solution block has no beginning"),
    "no block": (
        "a4",
        "SOLUTION",
        "OF MINE",
        "cell 15: it sets shares, the answer to sample-4, outside the two",
    ),
    "a trial beside the answer": (
        "votes",
        "dice =",
        "calls = 3\ndice =",
        "cell 3: it sets calls, the answer to",
    ),
    "check without an answer cell": (
        "votes",
        "dice =",
        'check("sample-8")\ndice =',
        'check("sample-8") has no answer',
    ),
    "a solution without a check": (
        "q9",
        "What does",
        "### BEGIN SOLUTION\nx\n### END SOLUTION\nWhat does",
        "must name one written item",
    ),
    "written cell without a name": ("a9", "sample-9", "the last one", "must name one written item"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_sheet_that_does_not_fit_its_key_is_refused_and_nothing_written(course, name, capsys):
    cell, old, new, words = BROKEN[name]
    stored = {path: path.read_bytes() for path in course.rglob("exercises/*")}
    edit(course / "solutions/01_sample.ipynb", cell, old, new)
    assert make.main([], course) == 1
    told = capsys.readouterr().err
    assert words in told and "solutions/01_sample.ipynb" in told
    assert {path: path.read_bytes() for path in course.rglob("exercises/*")} == stored


def test_all_errors_of_all_sheets_are_told_together(course, capsys):
    worked, key = course / "solutions/01_sample.ipynb", course / "solutions/keys/01_sample.py"
    other = key.with_name("02_other.py")
    other.write_text("sheet = nothing\n")
    key.write_text(key.read_text().replace('points=15, kind="number"', 'points=18, kind="number"'))
    edit(worked, "a4", "shares =", "share =")
    edit(worked, "c8", 'check("sample-8")', 'check("sampel-8")')
    edit(worked, "a9", "sample-9", "the last one")
    assert make.main([], course) == 1
    lines = capsys.readouterr().err.splitlines()
    begins = [
        "solutions/keys/01_sample.py: the points add up to 103. Make it 100: take 3 from some items.",
        "solutions/01_sample.ipynb, cell 16: the solution before it doesn't set shares for sample-4.",
        "solutions/01_sample.ipynb, cell 28: check(\"sampel-8\"): the key has no such item. Did you mean 'sample-8'",
        "solutions/01_sample.ipynb, cell 30: it must name one written item outside its block, once in the sheet.",
        "solutions/01_sample.ipynb: no cell for sample-8, sample-9: an answer with its two markers",
        "solutions/keys/02_other.py, line 1: the key stops with NameError: name 'nothing' is not defined. Mend that line.",
    ]
    assert len(lines) == len(begins) and all(map(str.startswith, lines, begins)), lines


@pytest.mark.parametrize(
    "text, words", [(None, "is missing"), ("{", "not a notebook"), ("[]", "not a notebook")]
)
def test_a_missing_or_broken_worked_sheet_is_told(course, text, words, capsys):
    path = course / "solutions/01_sample.ipynb"
    path.unlink() if text is None else path.write_text(text)
    assert make.main([], course) == 1
    assert words in capsys.readouterr().err


def test_it_names_the_code_that_students_get_as_it_stands(tmp_path, capsys):
    """So a teacher finds a trial that was left in the worked sheet."""
    shutil.copytree(SAMPLES / "solutions", tmp_path / "solutions")
    edit(tmp_path / "solutions/01_sample.ipynb", "votes", "dice =", "print(3)\ndice =")
    assert make.main([], tmp_path) == 0
    assert (
        "code that students get as it stands: cell 2 (import random), 3 (print(3))\n"
        in capsys.readouterr().out
    )
