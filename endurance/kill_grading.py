"""SIGKILL at a random moment to the marking of a class whose written answers have points already; then the same command."""

import csv
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from endurance.trial import ROOT, Result, Size, killed_after, timed
from tests.grading_fixtures.broken import KINDS, SAMPLES

CLASS = 24
MARKED = re.compile(r"[0-9a-f]{64}\.json")  # what is kept of one submission
TABLES = ("marks.csv", "totals.csv", "written.csv")


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    result = Result(f"marking {CLASS} sheets, honest and broken, killed, and the same command again")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submissions(folder)
        timed(command(folder, folder / "once"), env=environ())
        typed = give_points(folder / "once" / "written.csv")
        timed(command(folder, folder / "once"), env=environ())
        unmarked(folder / "once", folder / "twice")
        seconds = timed(command(folder, folder / "twice"), env=environ())
        wanted = tables(folder / "twice")
        while result.tried < size.grading:
            out = folder / "out"
            unmarked(folder / "once", out)
            killed = killed_after(dice.random() * seconds, command(folder, out), env=environ())
            result.tried += killed
            again = subprocess.run(command(folder, out), env=environ(), capture_output=True, text=True)
            if again.returncode:
                result.failed.append(f"the second run ended with {again.returncode}: {again.stderr[-300:]}")
            else:
                found = tables(out)
                result.failed += [
                    f"{one} differs from a quiet run's" for one in TABLES if found[one] != wanted[one]
                ]
            result.lost += typed - points(out / "written.csv")
            shutil.rmtree(out)
    result.remark = (
        f"{typed} points typed by hand before; marks compared with those of a run that nothing stopped"
    )
    yield result


def environ() -> dict[str, str]:
    return os.environ | {"RUSPAK_SHEETS": str(SAMPLES), "PYTHONPATH": str(ROOT)}


def command(folder: Path, out: Path) -> list:
    return [
        sys.executable, "-m", "ruspak", "grade", folder / "in", "--roster", folder / "roster.csv", "--out", out,
    ]  # fmt: skip


def submissions(folder: Path) -> None:
    """A class of sheets of the sample, honest ones and the quick broken ones in turn."""
    (folder / "in").mkdir()
    kinds = itertools.cycle([kind for kind in KINDS if len(kind.make("s")) < 100_000])
    for number in range(CLASS):
        (folder / "in" / f"s{number}_sample.ipynb").write_bytes(next(kinds).make(f"s{number}"))
    (folder / "roster.csv").write_text("student\n" + "".join(f"s{number}\n" for number in range(CLASS)))


def unmarked(before: Path, out: Path) -> None:
    """A copy of a folder of marks as if no sheet had been run: what a person typed is there."""
    shutil.copytree(before, out)
    for path in (out / ".work").iterdir():
        if MARKED.fullmatch(path.name):
            path.unlink()


def give_points(path: Path) -> int:
    """Type points for all written answers; how many."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row["points"] = str(number % (int(row["out_of"]) + 1))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def points(path: Path) -> int:
    """How many answers of a table have points."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(bool(row["points"]) for row in csv.DictReader(file))


def tables(out: Path) -> dict[str, list]:
    """The tables of a folder of marks, without what only tells when a sheet was run."""
    found = {}
    for name in TABLES:
        with (out / name).open(encoding="utf-8-sig", newline="") as file:
            rows = [
                {key: cell for key, cell in row.items() if key != "seconds"} for row in csv.DictReader(file)
            ]
        found[name] = sorted(json.dumps(row) for row in rows)
    return found
