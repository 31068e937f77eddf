"""All notebooks and worked sheets against their stored outputs (nbval), in a random order, on a machine that is overloaded.

A run that fails once and then passes would be a flake: there must be none, so nothing is tried again.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator

from endurance.trial import ROOT, Result, Size, busy


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    paths = [
        path for folder in ("notebooks", "solutions") for path in sorted((ROOT / folder).glob("*.ipynb"))
    ]
    result = Result(f"each notebook, all in a random order, with {size.load} processes beside them")
    with busy(size.load):
        for _ in range(size.orders):
            chosen = dice.sample(paths, min(len(paths), size.notebooks))
            failed = run([str(path.relative_to(ROOT)) for path in chosen])
            result.tried += len(chosen)
            result.failed += failed
    yield result


def run(names: list[str]) -> list[str]:
    """Run notebooks in this order in one pytest; the cells that failed."""
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "--tb=no", "-rfE", "-p", "endurance.in_order"]
    ran = subprocess.run([*command, *names], cwd=ROOT, env=os.environ, capture_output=True, text=True)
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines or ([f"pytest ended with {ran.returncode}: {ran.stdout[-300:]}"] if ran.returncode else [])
