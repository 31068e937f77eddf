"""`make lab` from nothing until it serves, against plain pip of the same learners' pins and then JupyterLab.

Each time in a new clone with empty caches, so downloads count; nothing of the project's own environment is touched.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.comparison import Comparison, in_turn
from endurance.serving import serves
from endurance.trial import course

PIP = ["-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", "requirements.txt"]
PLAIN = [".venv/bin/python", "-m", "jupyterlab", "--allow-root", "--ServerApp.ip=127.0.0.1"]


def opened(commands: list[list[str]]) -> tuple[float, float]:
    """Seconds until the last of some commands serves, in a clone without anything, and megabytes of the environment then."""
    with course() as clone:
        empty = {"PIP_CACHE_DIR": f"{clone}/caches/pip", "UV_CACHE_DIR": f"{clone}/caches/uv"}
        begin = time.perf_counter()
        for command in commands[:-1]:
            subprocess.run(command, cwd=clone, env=os.environ | empty, check=True, capture_output=True)
        with serves(commands[-1], clone, os.environ | empty) as server:
            seconds = time.perf_counter() - begin
        if server.why:
            raise RuntimeError(server.why)
        return seconds, sum(
            path.lstat().st_size for path in Path(clone, ".venv").rglob("*") if path.is_file()
        ) / 1e6


def ours() -> tuple[float, float]:
    return opened([[sys._base_executable, "course.py", "lab"]])


def plain_pip() -> tuple[float, float]:
    return opened([[sys._base_executable, "-m", "venv", ".venv"], [".venv/bin/python", *PIP], PLAIN])


def measure() -> list[Comparison]:
    timed = in_turn(ours, plain_pip, rounds=2)
    (seconds, megabytes) = ([[one[part] for one in side] for side in timed] for part in (0, 1))
    reference = "plain pip of the same learners' pins, then JupyterLab"
    return [
        Comparison("`make lab` from nothing until it serves", reference, "s", *seconds, aim=0.4,
                   remark="Opening: empty caches, so downloads count; two pairs only, as one takes minutes."),
        Comparison("megabytes of its environment", reference, "MB", *megabytes, aim=1.05),
    ]  # fmt: skip
