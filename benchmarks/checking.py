"""How long `make check` takes."""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.comparison import Measured, again

ROOT = Path(__file__).resolve().parent.parent


def seconds() -> float:
    begin = time.perf_counter()
    command = [sys._base_executable, "course.py", "check"]
    subprocess.run(command, cwd=ROOT, env=os.environ, check=True, capture_output=True)
    return time.perf_counter() - begin


def measure() -> list[Measured]:
    return [Measured("`make check`", "s", again(seconds, rounds=2), aim=60)]
