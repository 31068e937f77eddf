"""`python endurance/run.py` tries all and writes benchmarks/ENDURANCE.md; `run.py kill inputs` tries these (a name stands
for all that begin with it) and renews their sections. `--long` takes hours; `--seed` repeats what was random.
"""

import argparse
import importlib
import importlib.metadata
import random
import secrets
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # not this folder: `site` and `notebooks` are names of others, too

from benchmarks.report import machine, renewed
from endurance.trial import LONG, SHORT, SMALL, Result, Size
from ruspak.files import write_text

REPORT = ROOT / "benchmarks" / "ENDURANCE.md"
TRIALS = [
    "notebooks", "bounds", "kill_quiz", "kill_votes", "kill_grading", "kill_site", "kill_env", "inputs",
    "hostile", "full_disk", "browser",
]  # fmt: skip
HEAD = """# What was tried to break the course

Made by `make endure` (`make endure-long` tries more of each, for hours). A single trial is renewed by its name:
`python course.py endure kill_votes`. *Failed* must be 0. *Lost* is what had been acknowledged and was not there
afterwards, and must be 0, too; an answer, vote or file under way when the process was killed is not counted.

"""


def named(names: list[str]) -> list[str]:
    """The trials of these names, in order; all for none. Raises SystemExit for a name that none begins with."""
    for name in names:
        if not any(one.startswith(name) for one in TRIALS):
            sys.exit(f"There is no trial '{name}'. There are: {', '.join(TRIALS)}.")
    return [one for one in TRIALS if not names or one.startswith(tuple(names))]


def tried(name: str, size: Size, seed: int) -> list[Result]:
    """The results of a trial; one that breaks off is a failure of its own."""
    found: list[Result] = []
    try:
        for result in importlib.import_module(f"endurance.{name}").trial(
            size, random.Random(f"{seed}/{name}")
        ):
            found.append(result)
            print(
                f"  {result.what}: {result.tried} tried, {len(result.failed)} failed, {result.lost} lost",
                flush=True,
            )
    except Exception as error:
        traceback.print_exc()
        found.append(Result("the trial itself", 1, [f"it broke off: {type(error).__name__}: {error}"]))
    return found


def section(name: str, size: Size, seed: int, results: list[Result], seconds: float) -> str:
    """What the report says of one trial."""
    about = (importlib.import_module(f"endurance.{name}").__doc__ or "").partition("\n\n")[0]
    text = (
        f"## {name}\n\n{' '.join(about.split())}\n\n{machine()}; {size.name}, seed {seed}, {seconds / 60:.1f} minutes.\n\n"
        "| what | tried | failed | lost |\n|---|---|---|---|\n"
    )
    for one in results:
        text += f"| {one.what} | {one.tried:,} | {len(one.failed)} | {one.lost} |\n"
    remarks = [f"{one.what}: {one.remark}" for one in results if one.remark]
    failures = [f"**{one.what}:** {_line(why)}" for one in results for why in one.failed[:10]]
    return text + "".join(f"\n- {line}" for line in remarks + failures) + "\n"


def _line(text: str) -> str:
    return " ".join(text.replace(str(ROOT), "…").split())[:400]


def main(arguments: list[str]) -> int:
    """Try, and keep what was found after each trial; 1 where anything failed or was lost."""
    parser = argparse.ArgumentParser(prog="python course.py endure", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help=", ".join(TRIALS))
    parser.add_argument("--long", action="store_true", help="try more of each, for hours")
    parser.add_argument("--small", action="store_true", help="try least of each, and write nothing")
    parser.add_argument("--seed", type=int, help="of an earlier run, to repeat what was random")
    given = parser.parse_args(arguments)
    size = SMALL if given.small else LONG if given.long else SHORT
    seed = secrets.randbits(32) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    bad = 0
    for name in named(given.names):
        print(name, flush=True)
        begin = time.monotonic()
        results = tried(name, size, seed)
        bad += sum(len(one.failed) + one.lost for one in results)
        text = section(name, size, seed, results, time.monotonic() - begin)
        print(text, flush=True)
        if not given.small:
            before = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
            write_text(REPORT, renewed(before, HEAD, TRIALS, name, text))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
