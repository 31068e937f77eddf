"""SIGKILL at a random moment to the build of the site; what was published before must stay whole, and the next build be as
the first.
"""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from endurance.trial import Result, Size, course, killed_after, timed


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    result = Result("`make site` killed, and begun again on what was left")
    with course() as clone:
        command, how = (
            [sys.executable, "site/make.py"],
            {"cwd": clone, "env": os.environ | {"PYTHONPATH": str(clone)}},
        )
        seconds = timed(command, **how)
        first = pages(clone / "build" / "site")
        while result.tried < size.site:
            result.tried += killed_after(dice.random() * seconds, command, **how)
            left = pages(clone / "build" / "site")
            if left != first:
                result.lost += 1
                result.failed.append(
                    f"after the kill {len(left)} of {len(first)} files stand there: {differ(left, first)}"
                )
                timed(command, **how)
        last = subprocess.run(command, **how, capture_output=True, text=True)
        if last.returncode:
            result.failed.append(f"the last build failed: {last.stderr[-300:]}")
        elif differ(pages(clone / "build" / "site"), first):
            result.failed.append(f"the last build differs: {differ(pages(clone / 'build' / 'site'), first)}")
    result.remark = f"{len(first)} files, compared by content; a quiet build took {seconds:.0f} s"
    yield result


def pages(folder: Path) -> dict[str, str]:
    """The content of every file of a site, as a hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differ(one: dict[str, str], other: dict[str, str]) -> str:
    """The first files that are not the same in both."""
    return ", ".join(sorted({name for name, _ in one.items() ^ other.items()})[:5])
