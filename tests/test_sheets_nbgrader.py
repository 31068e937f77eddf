"""A hub that runs nbgrader can use the sheets as they are, and its marks equal ours."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

pytest.importorskip("nbgrader", reason="nbgrader isn't installed here: its marks were not compared with ours")

from nbgrader.api import Gradebook  # noqa: E402

from ruspak.sheets import public, variants  # noqa: E402
from ruspak.sheets.compare import judge  # noqa: E402
from ruspak.sheets.items import Item  # noqa: E402
from ruspak.sheets.keys import load  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests/sheet_samples"
SHEETS = [(root, path) for root in (SAMPLES, ROOT) for path in sorted((root / "solutions/keys").glob("*.py"))]


def nbgrader(course: Path, home: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RUSPAK_SHEETS": str(home), "HOME": str(course),
                   "JUPYTER_DATA_DIR": str(course / "jupyter"), "IPYTHONDIR": str(course / "ipython")}
    run = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=course, env=environment,
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]


def solved(released: Path, student: str, answers: dict[str, str]) -> str:
    """The released notebook, with that student's id and the given sources in its solution cells."""
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace('STUDENT = ""', f"STUDENT = {json.dumps(student)}")
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    return nbformat.writes(notebook)


@pytest.mark.parametrize("root, key", SHEETS, ids=[path.stem for _, path in SHEETS])
def test_marks_equal_ours(root, key, tmp_path, monkeypatch):
    sheet, name = load(key), key.stem
    monkeypatch.setenv("RUSPAK_SHEETS", str(root))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")  # nbgrader calls alembic
    public.read.cache_clear()
    description = public.read(sheet.id)
    public.read.cache_clear()
    (tmp_path / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "course"\n')
    (tmp_path / f"source/{sheet.id}").mkdir(parents=True)
    shutil.copy(root / f"exercises/{name}.ipynb", tmp_path / f"source/{sheet.id}")
    nbgrader(tmp_path, root, "generate_assignment", sheet.id)

    worked = nbformat.read(root / f"solutions/{name}.ipynb", as_version=4)
    right = {cell.metadata.nbgrader.grade_id: cell.source for cell in worked.cells
             if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")}
    items = [item for item in sheet.items if isinstance(item, Item)]
    partly = {item.id: source for item, source in zip(items, right.values())}
    for number, item in enumerate(items):  # every second answer is spoilt, where it can be with points left
        spoilt = f"100 - {item.variable}" if any(mistake.worth for mistake in item.mistakes) else '"spoilt"'
        if number % 2:
            partly[item.id] += f"\n{item.variable} = {spoilt}"
    works = {"right": right, "partly": partly, "nothing": {}}
    for student, answers in works.items():
        folder = tmp_path / f"submitted/{student}/{sheet.id}"
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text(solved(tmp_path / f"release/{sheet.id}/{name}.ipynb", student, answers))
    nbgrader(tmp_path, root, "autograde", sheet.id)

    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as gradebook:
        theirs = {student: {grade.name: grade.auto_score for grade in
                            gradebook.find_submission_notebook(name, sheet.id, student).grades} for student in works}
    for student, answers in works.items():
        values = run_our_way(solved(root / f"exercises/{name}.ipynb", student, answers), items, root)
        params = variants.draw(description, student)
        ours = {f"{item.id}-check": round(judge(item, values[item.id], params).fraction * item.points, 2)
                for item in items}
        assert {cell: score for cell, score in theirs[student].items() if cell in ours} == ours
        written = [item.points for item in sheet.items if not isinstance(item, Item)]
        assert student != "right" or sum(ours.values()) == 100 - sum(written)
        assert student != "nothing" or set(ours.values()) == {0}


def run_our_way(text: str, items: list[Item], home: Path) -> dict:
    """The named values of a notebook, run in a real kernel, as plain data."""
    from nbclient import NotebookClient

    notebook = nbformat.reads(text, as_version=4)
    names = {item.id: item.variable for item in items}
    notebook.cells.append(nbformat.v4.new_code_cell(
        "import json\nfrom ruspak.sheets.plain import plain\n"
        f"print(json.dumps({{id: plain(globals().get(name)) for id, name in {names!r}.items()}}))"))
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    return json.loads(notebook.cells[-1].outputs[0].text)


