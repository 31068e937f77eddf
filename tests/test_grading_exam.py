"""The small exam of docs/exam, by the commands of docs/grading.md: it works as it is, and gives nothing away."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient
from test_grading_batch import rows

from course import ROOT

PAGE = (ROOT / "docs/grading.md").read_text(encoding="utf-8")
SECTION = PAGE[
    PAGE.index("### Ten minutes for a key of your own") : PAGE.index("## A hub that runs nbgrader")
]
COMMANDS = [block.strip() for block in re.findall(r"^```\n(.*?)^```", SECTION, re.M | re.S)]


@pytest.fixture(scope="module")
def exam(tmp_path_factory):
    """The page's commands, all but the last, in a home of their own."""
    home = tmp_path_factory.mktemp("home")
    words = "\n".join(COMMANDS[:2]).replace(".venv/bin/python", sys.executable)
    environment = os.environ | {"HOME": str(home)}
    ran = subprocess.run(["sh", "-ec", words], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "wrote exercises/07_exam.ipynb" in ran.stdout
    return home / "exam"


def test_the_worked_sheet_has_all_points_of_the_machine(exam):
    (total,) = rows(exam / "try-marks/totals.csv")
    assert total["points"] == "80" and "LOOK" not in total["note"]


def run(path, student, home):
    """The sheet as a student with that id saves it, every cell run by a kernel of its own, and what the checks say."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace('STUDENT = ""', f'STUDENT = "{student}"')
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=os.environ | {"RUSPAK_SHEETS": str(home), "PYTHONPATH": str(ROOT)})
    said = [
        "".join(output.get("text", "") for output in cell.outputs)
        for cell in notebook.cells
        if cell.source.startswith("check(")
    ]
    return nbformat.writes(notebook), said


def test_each_cell_runs_and_the_key_gives_the_worked_sheet_all_points_and_a_blank_one_none(exam):
    """Two students, so two years, worked by real kernels; marked by the page's last command, in the sandbox."""
    worked = {id: run(exam / "solutions/07_exam.ipynb", id, exam) for id in ("ana", "bob")}
    blank, unsaid = run(exam / "exercises/07_exam.ipynb", "cem", exam)
    assert all("right" in line.lower() for _, said in worked.values() for line in said), worked
    assert len(unsaid) == 3 and not any("right" in line.lower() for line in unsaid), unsaid
    with zipfile.ZipFile(exam / "submissions.zip", "w") as file:
        for student, text in [("cem", blank), *((id, text) for id, (text, _) in worked.items())]:
            file.writestr(f"{student}_exam.ipynb", text)
    (exam / "roster.csv").write_text("student\nana\nbob\ncem\n")
    words = COMMANDS[2].replace(".venv/bin/python", sys.executable)
    environment = os.environ | {"HOME": str(exam.parent), "RUSPAK_SHEETS": str(exam)}
    ran = subprocess.run(["sh", "-ec", words], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert {row["student"]: row["points"] for row in rows(exam / "marks/totals.csv")} == {
        "ana": "80",
        "bob": "80",
        "cem": "0",
    }
    verdicts = {(row["student"], row["item"]): row["verdict"] for row in rows(exam / "marks/marks.csv")}
    assert [verdicts["ana", f"exam-{n}"] for n in (1, 2, 3, 4)] == ["right"] * 3 + ["waiting"]
    assert {verdicts["cem", f"exam-{n}"] for n in (1, 2, 3, 4)} == {"not attempted"}


def test_the_template_is_in_step(exam):
    assert (exam / "solutions/07_exam.ipynb").read_bytes() == (
        ROOT / "docs/exam/solutions/07_exam.ipynb"
    ).read_bytes()


def test_what_is_handed_out_gives_no_answer_away(exam, tmp_path):
    """In the course's own folder of exercises, as the page tells students: no variable to set, no key."""
    names = sorted(path.name for path in (exam / "exercises").iterdir())
    assert names == ["07_exam.ipynb", "07_exam.json"]
    text = (exam / "exercises/07_exam.ipynb").read_text(encoding="utf-8")
    worked = json.loads((exam / "solutions/07_exam.ipynb").read_text(encoding="utf-8"))
    answers = re.findall(
        r"BEGIN SOLUTION(?: -->)?\n(.*?)\n", "\n".join("".join(one["source"]) for one in worked["cells"])
    )
    assert len(answers) == 4 and not [one for one in answers if json.dumps(one)[1:-1] in text]
    shutil.copytree(exam / "exercises", tmp_path / "exercises")
    program = 'from ruspak import check, variant; variant("exam", "ana"); calls = 1; check("exam-1")'
    environment = os.environ | {"RUSPAK_SHEETS": str(tmp_path), "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    ).stdout
    assert "No key is here" in said and "exam-1: received. calls is of the right type." in said
