"""`make test`, against nbclient executing all notebooks and worked sheets, one after another."""

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat

from benchmarks import kernels
from benchmarks.comparison import Comparison, in_turn

ROOT = Path(__file__).resolve().parent.parent


def ours() -> float:
    begin = time.perf_counter()
    subprocess.run(
        [sys._base_executable, "course.py", "test"], cwd=ROOT, env=os.environ, check=True, capture_output=True
    )
    return time.perf_counter() - begin


def executed() -> float:
    paths = [
        path for folder in ("notebooks", "solutions") for path in sorted((ROOT / folder).glob("*.ipynb"))
    ]
    return sum(kernels.run(nbformat.read(path, as_version=4)).seconds for path in paths)


MORE = (
    "Tests: the notebooks are a fortieth of it. More than a third is browsers, in front ends and on phones, a fifth marking in the "
    "sandbox; environments, kernels, answers of all variants and some 4,000 small tests are the rest."
)


def measure() -> list[Comparison]:
    words = "executing all notebooks and worked sheets with nbclient, one after another"
    timed = in_turn(ours, executed, rounds=1)
    return [Comparison("`make test`", words, "s", *timed, aim=11, remark=MORE)]
