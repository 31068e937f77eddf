"""The small exam of docs/exam, by the commands of docs/grading.md: it works as it is, and gives nothing away."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
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
