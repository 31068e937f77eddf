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

from course import ROOT, loaded, run_sheet
from ruspak.sheets import public, variants
from ruspak.sheets.compare import answers, judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.items import Item, Sheet

SAMPLES = ROOT / "tests/sheet_samples"
WORKS = {  # whose work is handed in of each sheet: in partly, of three answers one is right, one wrong, one missing
    ROOT / "solutions/keys/01_history.py": ["right", "partly"],
    SAMPLES / "solutions/keys/01_sample.py": ["partly"],
}
RELEASE = """
import sys
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
api = NbGraderAPI(config=Config(CourseDirectory={"course_id": "course"}))
for sheet in sys.argv[1:]:
    done = api.generate_assignment(sheet)
    assert done["success"], done
"""
GRADE = """
import json, sys
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
api = NbGraderAPI(config=Config(CourseDirectory={"course_id": "course"}))
marks = {}
for sheet, work in json.loads(sys.argv[1]).items():
    done = api.autograde(sheet, "*")
    assert done["success"], done
    with Gradebook("sqlite:///gradebook.db") as book:
        marks[sheet] = {student: {grade.name: grade.auto_score for grade in
            book.find_submission_notebook(work["notebook"], sheet, student).grades} for student in work["students"]}
print(json.dumps(marks))
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


def our_marks(path: Path, student: str, sheet: Sheet, params: dict) -> dict[str, float]:
    """The points of a notebook's named values, run in a real kernel and judged outside of it."""
    items = [item for item in sheet.items if isinstance(item, Item)]
    values = json.loads(list(run_sheet(path, student).values())[-1])
    return {
        f"{item.id}-check": round(
            judge(item, values[item.variable], params, own_answer(sheet, item, values, params)).fraction
            * item.points,
            2,
        )
        for item in items
    }


def with_values(text: str, names: list[str]) -> str:
    """A notebook that goes on where a cell fails, and prints the plain values of these names at its end."""
    notebook = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        cell.metadata["tags"] = ["raises-exception"]
    say = (
        "import json\nfrom ruspak.sheets.serialise import serialise\n"
        f"print(json.dumps({{name: serialise(globals().get(name)) for name in {names!r}}}))"
    )
    notebook.cells.append(nbformat.v4.new_code_cell(say))
    return nbformat.writes(notebook)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The folder with the sheets of both roots, from which check takes keys and descriptions."""
    for key in WORKS:
        for name in (
            f"exercises/{key.stem}.ipynb",
            f"exercises/{key.stem}.json",
            f"solutions/keys/{key.name}",
        ):
            (tmp_path / "home" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(key.parents[2] / name, tmp_path / "home" / name)
    monkeypatch.setenv("RUSPAK_SHEETS", str(tmp_path / "home"))
    public.read.cache_clear()
    yield tmp_path / "home"
    public.read.cache_clear()


def handed_in(key: Path, sheet: Sheet, student: str, params: dict) -> dict[str, str]:
    """The sources of the answer cells of a work, by item; those that are missing stay as they were handed out."""
    worked = nbformat.read(key.parents[1] / f"{key.stem}.ipynb", as_version=4)
    right = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in worked.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    if student == "right":
        return right
    items = [item for item in sheet.items if isinstance(item, Item)]
    return {
        item.id: right[item.id] + (spoilt(item, params) if number % 3 else "")
        for number, item in enumerate(items)
        if number % 3 < 2
    }


def test_marks_equal_ours(room, home, tmp_path):
    course = tmp_path / "course"
    sheets = {key: loaded(key) for key in WORKS}
    for key, sheet in sheets.items():
        (course / f"source/{sheet.id}").mkdir(parents=True)
        shutil.copy(home / f"exercises/{key.stem}.ipynb", course / f"source/{sheet.id}")
    in_room(room, course, home, "-c", RELEASE, *(sheet.id for sheet in sheets.values()))

    works = [(key, sheet, student) for key, sheet in sheets.items() for student in WORKS[key]]
    ours, untouched = {}, set()
    for key, sheet, student in works:
        params = variants.draw(public.read(sheet.id), student)
        sources = handed_in(key, sheet, student, params)
        names = [item.variable for item in sheet.items if isinstance(item, Item)]
        folder = course / f"submitted/{student}/{sheet.id}"
        folder.mkdir(parents=True)
        released = course / f"release/{sheet.id}/{key.stem}.ipynb"
        (folder / f"{key.stem}.ipynb").write_text(solved(released, student, sources))
        plain = tmp_path / "plain.ipynb"
        plain.write_text(with_values(solved(home / f"exercises/{key.stem}.ipynb", student, sources), names))
        ours[sheet.id, student] = our_marks(plain, student, sheet, params)
        untouched |= {
            (sheet.id, student, cell) for cell in ours[sheet.id, student] if cell[:-6] not in sources
        }

    told = {sheet.id: {"notebook": key.stem, "students": WORKS[key]} for key, sheet in sheets.items()}
    theirs = json.loads(in_room(room, course, home, "-c", GRADE, json.dumps(told)).splitlines()[-1])
    for _, sheet, student in works:
        mine = ours[sheet.id, student]
        scores = theirs[sheet.id][student]
        assert {cell: score for cell, score in scores.items() if cell in mine} == mine
        reached, possible = (
            sum(mine.values()),
            sum(item.points for item in sheet.items if isinstance(item, Item)),
        )
        assert reached == possible if student == "right" else 0 < reached < possible
    assert untouched and not any(theirs[sheet][student][cell] for sheet, student, cell in untouched)
