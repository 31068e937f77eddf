"""`python benchmarks/run.py` measures and renews RESULTS.md; `run.py quizzes suite` measures these; --quick takes one pair of
each and only prints.
"""

import argparse
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:1] = [
    str(ROOT / "tests"),
    str(ROOT),
]  # not this folder: `notebook` and `tables` are names of libraries, too

from benchmarks import comparison
from benchmarks.report import machine, renewed
from ruspak.files import write_text

NAMES = [
    "notebook", "imports", "memory", "quizzes", "pages", "opening", "tables", "grading", "live", "building", "checking",
]  # fmt: skip
NAMED = ["environment", "suite"]  # take long: only when they are named
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
HEAD = """# Benchmarks

Made by `make bench`; one of them by its name, `python course.py bench quizzes`, and only so: `environment` and `suite`.

A ratio is that of two medians, measured in the same run and in turn (A B A B …), so that noise hits both alike; below 1 ours
is less. In brackets: the smallest and the largest ratio of a pair. Where there is no reference, the median stands with the
smallest and the largest value. Medians stand as ours / reference. A class whose server is killed amid the votes is in
[LIVE.md](LIVE.md), the hub against JupyterHub as it comes in [docs/hub.md](../docs/hub.md), what was tried to break the course
in [ENDURANCE.md](ENDURANCE.md).

"""
TABLE = """| ours | against | ratio or median (min–max) | aim | medians | pairs |
|---|---|---|---|---|---|
"""


def section(name: str, results: list) -> str:
    """What the report says of one of them."""
    remarks = dict.fromkeys(found.remark for found in results if found.remark)
    rows = "".join(found.row() for found in results)
    return (
        f"## {name}\n\n{machine()}.\n\n{TABLE}{rows}" + "".join(f"\n- {remark}" for remark in remarks) + "\n"
    )


def main(arguments: list[str]) -> int:
    """Measure, print, and keep each as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python course.py bench", description="Measure the course.")
    parser.add_argument(
        "names", nargs="*", choices=[[], *NAMES, *NAMED], metavar="NAME", help=", ".join(NAMES + NAMED)
    )
    parser.add_argument("--quick", action="store_true", help="one pair of each; print only")
    given = parser.parse_args(arguments)
    if given.quick:
        comparison.MOST = 1
    for name in given.names or NAMES:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        text = section(name, importlib.import_module(f"benchmarks.{name}").measure())
        print(text, flush=True)
        if not given.quick:
            before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
            write_text(RESULTS, renewed(before, HEAD, NAMES + NAMED, name, text))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
