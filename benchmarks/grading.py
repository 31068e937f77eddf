"""Marking returned sheets in the sandbox: against nbgrader's autograde on the same sheets, and 1,000 against 10."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from apart import python_of

from benchmarks.comparison import Comparison, in_turn
from tests.grading_fixtures.broken import SAMPLES, solved

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = os.environ | {"RUSPAK_SHEETS": str(SAMPLES), "PYTHONPATH": str(ROOT)}
CLASS, FEW = 60, 6
PROGRAM = """
import resource, sys, time
begin = time.perf_counter()
from ruspak.grading import grade
done = []
grade(*sys.argv[1:4], workers=1, say=lambda *_: done.append(time.perf_counter()))
whole = time.perf_counter() - begin
print(whole, (done[-1] - done[0]) / (len(done) - 1), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""


class Batch(NamedTuple):
    seconds: float  # from nothing to all reports
    each: float  # seconds a sheet, once the first is marked
    megabytes: float  # the most that the parent process held


def ours(count: int) -> Batch:
    """Mark that many worked sheets with one worker, in a new folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "in")
        folder.mkdir()
        for number in range(count):
            (folder / f"s{number}_sample.ipynb").write_text(json.dumps(solved(f"s{number}")))
        Path(name, "roster.csv").write_text("student\n" + "".join(f"s{number}\n" for number in range(count)))
        told = subprocess.check_output(
            [sys.executable, "-c", PROGRAM, folder, f"{name}/roster.csv", f"{name}/out"], env=ENVIRONMENT
        )
        return Batch(*map(float, told.split()))


def nbgrader(count: int) -> float:
    """Seconds that autograde takes for that many of the same sheets."""
    python = python_of("nbgrader")
    with tempfile.TemporaryDirectory() as name:
        course = Path(name)
        (course / "nbgrader_config.py").write_text(
            'c = get_config()\nc.CourseDirectory.course_id = "course"\n'
        )
        (course / "source/sample").mkdir(parents=True)
        shutil.copy(SAMPLES / "exercises/01_sample.ipynb", course / "source/sample")
        own = {
            "HOME": name,
            "JUPYTER_DATA_DIR": f"{name}/jupyter",
            "IPYTHONDIR": f"{name}/ipython",
            "PATH": f"{python.parent}:{os.environ['PATH']}",
        }

        def run(*words: str) -> float:
            begin = time.perf_counter()
            subprocess.run(
                [python, "-m", "nbgrader", *words],
                cwd=course,
                env=ENVIRONMENT | own,
                check=True,
                capture_output=True,
            )
            return time.perf_counter() - begin

        run("generate_assignment", "sample")
        for number in range(count):
            folder = course / f"submitted/s{number}/sample"
            folder.mkdir(parents=True)
            (folder / "01_sample.ipynb").write_text(json.dumps(solved(f"s{number}")))
        return run("autograde", "sample")


def measure() -> list[Comparison]:
    batches, theirs = in_turn(lambda: ours(CLASS), lambda: nbgrader(FEW) / FEW)
    remark = (
        f"Marking: one worker; {CLASS} sheets by ours, the first {FEW} of them by nbgrader, which has no "
        "sandbox. Its time is that of the whole command."
    )
    found = [
        Comparison(
            "a sheet marked in a running batch, sandbox on",
            "nbgrader's autograde",
            "s",
            [batch.each for batch in batches],
            theirs,
            aim=1 / 25,
            remark=remark,
        ),
        Comparison(
            f"a sheet of {CLASS}, from the command to the reports, sandbox on",
            "nbgrader's autograde",
            "s",
            [batch.seconds / CLASS for batch in batches],
            theirs,
            aim=1 / 25,
        ),
    ]
    many, few = in_turn(lambda: ours(1000), lambda: ours(10), rounds=3)
    return found + [
        Comparison(
            "each of 1,000 sheets in one batch",
            "each of 10",
            "s",
            [one.each for one in many],
            [one.each for one in few],
            aim=1.1,
        ),
        Comparison(
            "memory of the marking command, 1,000 sheets",
            "10 sheets",
            "MB",
            [one.megabytes for one in many],
            [one.megabytes for one in few],
            aim=1.1,
        ),
    ]
