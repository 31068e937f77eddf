"""`python benchmarks/run.py` measures all and writes RESULTS.md; `run.py quizzes tables` prints only these."""

import datetime
import importlib
import os
import platform
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # not this folder: `notebook` and `tables` are names of libraries, too

from benchmarks.comparison import Comparison
from ruspak.files import write_text

NAMES = ["notebook", "imports", "memory", "quizzes", "pages", "environment", "tables", "grading"]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
HEAD = """# Benchmarks

Made by `make bench` on {date}: {cores} cores, {system}, Python {python}.

Every line is a ratio of two medians, measured in the same run and in turn (A B A B …), so that noise hits both alike;
below 1 ours is less. In brackets: the smallest and the largest ratio of a pair. Medians stand as ours / reference.

| ours | against | ratio (min–max) | aim | medians | pairs |
|---|---|---|---|---|---|
"""


def row(found: Comparison) -> str:
    """One line of the table."""
    low, high = found.spread
    ours, reference = (
        f"{float(f'{statistics.median(values):.3g}'):g}" for values in (found.ours, found.reference)
    )
    aim = f"{found.aim:.3g} {'met' if found.ratio <= found.aim else 'missed'}"
    return (
        f"| {found.ours_is} | {found.reference_is} | **{found.ratio:.3g}** ({low:.3g}–{high:.3g}) | {aim} "
        f"| {ours} / {reference} {found.unit} | {len(found.ours)} |\n"
    )


def report(results: list[Comparison]) -> str:
    """RESULTS.md as text."""
    head = HEAD.format(
        date=datetime.date.today(),
        cores=os.cpu_count(),
        system=platform.system(),
        python=platform.python_version(),
    )
    remarks = dict.fromkeys(found.remark for found in results if found.remark)
    return head + "".join(map(row, results)) + "".join(f"\n- {remark}" for remark in remarks) + "\n"


def main(names: list[str]) -> None:
    """Measure, print, and, where all was measured, write."""
    results = []
    for name in names or NAMES:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        results += importlib.import_module(f"benchmarks.{name}").measure()
    text = report(results)
    if not names:
        write_text(RESULTS, text)
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
