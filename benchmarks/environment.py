"""The environment from nothing until the tests could start, against plain pip with the same pins.

Each time in a new folder with empty caches; nothing of the project's own environment is touched.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.comparison import Comparison, in_turn

ROOT = Path(__file__).resolve().parent.parent


def seconds(*commands: list[str]) -> float:
    """Time of commands run one after the other in a new folder with what they need, and then of pytest's
    first word.
    """
    with tempfile.TemporaryDirectory() as folder:
        for path in (ROOT / "course.py", *ROOT.glob("requirements*.txt")):
            shutil.copy(path, folder)
        shutil.copytree(ROOT / "tools", f"{folder}/tools")
        empty = {"PIP_CACHE_DIR": f"{folder}/pip", "UV_CACHE_DIR": f"{folder}/uv"}
        begin = time.perf_counter()
        for command in [*commands, [".venv/bin/python", "-m", "pytest", "--version"]]:
            subprocess.run(command, cwd=folder, env=os.environ | empty, check=True, capture_output=True)
        return time.perf_counter() - begin


def ours() -> float:
    """What `make env` runs."""
    return seconds([sys.executable, "course.py", "env"])


def plain_pip() -> float:
    return seconds(
        [sys.executable, "-m", "venv", ".venv"],
        [
            ".venv/bin/python",
            "-m",
            "pip",
            "install",
            "--require-hashes",
            "-r",
            "requirements.txt",
            "-r",
            "requirements-dev.txt",
        ],
    )


def measure() -> list[Comparison]:
    return [
        Comparison(
            "environment from nothing until pytest answers",
            "plain pip with the same pins",
            "s",
            *in_turn(ours, plain_pip, rounds=3),
            aim=0.5,
            remark="Environment: empty caches, so downloads count; three pairs only, as one takes minutes.",
        )
    ]
