"""SIGKILL at a random moment to the making of the learners' environment; then the same command must make it whole."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from endurance.trial import Result, Size, course, killed_after, timed
from tools.environment import Environment

COMMAND = [sys._base_executable, "course.py", "env", "lab"]
WORKS = "import jupyterlab, ruspak, ruspak.figures; print(ruspak.table('un_votes').shape)"


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    result = Result("`python course.py env lab` killed at a random moment, and the same again")
    with course() as clone:
        quiet = {}
        for whole in (False, True):  # made from nothing, and mended
            damage(clone, whole)
            quiet[whole] = timed(COMMAND, cwd=clone, env=environ())
            result.failed += wrong(clone)
        while result.tried < size.env:
            whole = dice.random() < 0.3
            damage(clone, whole)
            result.tried += killed_after(dice.random() * quiet[whole], COMMAND, cwd=clone, env=environ())
            again = subprocess.run(COMMAND, cwd=clone, env=environ(), capture_output=True, text=True)
            if again.returncode:
                result.failed.append(f"the second run ended with {again.returncode}: {again.stderr[-300:]}")
            result.failed += wrong(clone)
    result.remark = f"a quiet run took {quiet[False]:.0f} s from nothing, {quiet[True]:.0f} s to mend one"
    yield result


def damage(clone: Path, whole: bool) -> None:
    """Leave an environment of which a package is damaged, or none at all."""
    environment = Environment(clone)
    if whole:
        (environment.layout.site / "yaml" / "__init__.py").unlink()
    else:
        shutil.rmtree(environment.venv, ignore_errors=True)


def environ() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def wrong(clone: Path) -> list[str]:
    """Why the environment of a clone is not whole."""
    environment = Environment(clone)
    ran = subprocess.run(
        [environment.layout.python, "-c", WORKS], cwd=clone, env=environ(), capture_output=True, text=True
    )
    found = [f"{environment.missing()[:3]} are missing"] if environment.missing() else []
    found += [f"not installed: {environment.lacks([])}"] if environment.lacks([]) else []
    return found + ([f"the course does not work: {ran.stderr[-300:]}"] if ran.returncode else [])
