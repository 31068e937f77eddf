"""A hub that runs nbgrader can use the sheets as they are, and its marks equal ours.

nbgrader stays out of the learners' environment, where its extensions would clutter JupyterLab. It has an
environment beside it: apart.py.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from apart import python_of
from nbclient import NotebookClient

from course import ROOT
from ruspak.sheets import public, variants
from ruspak.sheets.compare import answers, judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.keys import load

SAMPLES = ROOT / "tests/sheet_samples"
HISTORY, SAMPLE = ROOT / "solutions/keys/01_history.py", SAMPLES / "solutions/keys/01_sample.py"
MARKS = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({student: {grade.name: grade.auto_score for grade in
        book.find_submission_notebook(sys.argv[1], sys.argv[2], student).grades} for student in sys.argv[3:]}))
"""


@pytest.fixture(scope="module")
def room() -> Path:
    """The Python that has nbgrader and the packages of the course."""
    return python_of("nbgrader")


def in_room(python: Path, course: Path, home: Path, *arguments: str) -> str:
    """What a command of the room prints, run in the folder of the nbgrader course."""
    places = {
        name: str(course / name) for name in ("HOME", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")
    }
    environment = {
        **os.environ,
        **places,
        "PYTHONPATH": str(ROOT),
        "RUSPAK_SHEETS": str(home),
        "PATH": f"{python.parent}:{os.environ['PATH']}",
    }  # nbgrader calls alembic
    run = subprocess.run([python, *arguments], cwd=course, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout


def test_its_pins_are_hashed_and_only_what_the_course_lacks():
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "tests/nbgrader.txt").read_text())[1:]
    names = [block.partition("==")[0] for block in blocks]
    assert (
        "nbgrader" in names
        and all("--hash=sha256:" in block for block in blocks)
        and "://" not in str(blocks)
    )
    assert not [name for name in names if f"\n{name}==" in (ROOT / "requirements.txt").read_text()]


def solved(notebook: Path, student: str, sources: dict[str, str]) -> str:
    """A handed-out notebook with that student's id and the given sources in its answer cells."""
    notebook = nbformat.read(notebook, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace('STUDENT = ""', f"STUDENT = {json.dumps(student)}")
        cell.source = sources.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    return nbformat.writes(notebook)


def spoilt(item: Item, params: dict) -> str:
    """A line that sets the item's variable to a known mistake: one that still earns points, where there is one."""
    known = [
        (mistake.worth, rows) for mistake, rows in zip(item.mistakes, answers(item, params).mistakes) if rows
    ]
    rows = max(known, key=lambda one: one[0])[1]
    if item.kind == "table":
        value = f"__import__('pandas').DataFrame({dict(zip(item.columns, map(list, zip(*rows))))!r})"
    else:
        value = dict(rows) if item.kind == "series" else [row[0] for row in rows]
        value = repr(value if item.kind in ("series", "list", "set") else value[0])
    return f"\n{item.variable} = {value}"


def our_marks(text: str, sheet: Sheet, params: dict) -> dict[str, float]:
    """The points of a notebook's named values, run in a real kernel and judged outside of it."""
    notebook = nbformat.reads(text, as_version=4)
    items = [item for item in sheet.items if isinstance(item, Item)]
    names = [item.variable for item in items]
    notebook.cells.append(
        nbformat.v4.new_code_cell(
            "import json\nfrom ruspak.sheets.serialise import serialise\n"
            f"print(json.dumps({{name: serialise(globals().get(name)) for name in {names!r}}}))"
        )
    )
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    values = json.loads(notebook.cells[-1].outputs[0].text)
    return {
        f"{item.id}-check": round(
            judge(item, values[item.variable], params, own_answer(sheet, item, values, params)).fraction
            * item.points,
            2,
        )
        for item in items
    }


@pytest.mark.parametrize(
    "key, students",
    [(HISTORY, ["right", "partly", "nothing"]), (SAMPLE, ["partly"])],
    ids=["history", "each kind"],
)
def test_marks_equal_ours(room, key, students, tmp_path, monkeypatch):
    sheet, name, root = load(key), key.stem, key.parents[2]
    monkeypatch.setenv("RUSPAK_SHEETS", str(root))
    public.read.cache_clear()
    description = public.read(sheet.id)
    public.read.cache_clear()
    (tmp_path / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "course"\n')
    (tmp_path / f"source/{sheet.id}").mkdir(parents=True)
    shutil.copy(root / f"exercises/{name}.ipynb", tmp_path / f"source/{sheet.id}")
    in_room(room, tmp_path, root, "-m", "nbgrader", "generate_assignment", sheet.id)

    items = [item for item in sheet.items if isinstance(item, Item)]
    worked = nbformat.read(root / f"solutions/{name}.ipynb", as_version=4)
    right = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in worked.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    params = {student: variants.draw(description, student) for student in students}
    partly = {
        item.id: right[item.id] + (spoilt(item, params["partly"]) if number % 2 else "")
        for number, item in enumerate(items)
    }
    works = {"right": right, "partly": partly, "nothing": {}}
    works = {student: works[student] for student in students}
    for student, sources in works.items():
        folder = tmp_path / f"submitted/{student}/{sheet.id}"
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text(
            solved(tmp_path / f"release/{sheet.id}/{name}.ipynb", student, sources)
        )
    in_room(room, tmp_path, root, "-m", "nbgrader", "autograde", sheet.id)

    theirs = json.loads(in_room(room, tmp_path, root, "-c", MARKS, name, sheet.id, *works))
    for student, sources in works.items():
        ours = our_marks(solved(root / f"exercises/{name}.ipynb", student, sources), sheet, params[student])
        assert {cell: score for cell, score in theirs[student].items() if cell in ours} == ours
        reached, possible = sum(ours.values()), sum(item.points for item in items)
        assert {"right": reached == possible, "partly": 0 < reached < possible, "nothing": reached == 0}[
            student
        ]
