"""`python -m ruspak report`: the command line of the class report."""

import argparse
import hashlib
import sys
from pathlib import Path

from ruspak.classroom.report import learners, page
from ruspak.errors import CourseError
from ruspak.files import write_text
from ruspak.grading.collect.roster import Roster, read_roster
from ruspak.quiz import bank


def main(arguments: list[str]) -> int:
    """Write the page, name the files that are odd, and give the exit code: 1 for an error, or where no file can be read."""
    given = _options(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal may not know a letter of a file's name
    try:
        asked = bank.questions()
        questions = {
            key: question | {name: asked[key][name] for name in ("file", "objective")}
            for key, question in bank.load().items()
        }
        found, remarks = learners.read(given.files, questions, filter(None, (given.out, given.roster)))
        for remark in remarks:
            print(f"{remark.file}: {'left out: ' if remark.left_out else ''}{remark.words}", file=sys.stderr)
        if not found:
            raise CourseError(
                "There is no file of answers to report on. docs/classroom.md says how learners make one."
            )
        absent = _absent(read_roster(given.roster), found) if given.roster else []
        if given.hide_names:
            _hide(found)
        write_text(given.out, page.made(found, remarks, questions, absent, given.hide_names))
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{given.out}: it can't be written ({error.strerror}). Give another file.", file=sys.stderr)
        return 1
    print(f"{given.out}: the report. Learners: {len(found)}. Open it in a browser.")
    return 0


def _absent(roster: Roster, found: list[learners.Learner]) -> list[str]:
    """Those of the roster whom no file is named after: names, or ids where there are none."""
    there = {roster.by_id(learner.name) or roster.by_name(learner.name) for learner in found}
    return [one.name or one.student for one in roster.students if one not in there]


def _hide(found: list[learners.Learner]) -> None:
    """Give learners numbers, in an order that tells nothing of their names."""
    found.sort(key=lambda one: hashlib.sha256(one.name.encode()).digest())
    for place, learner in enumerate(found, 1):
        learner.name = f"Learner {place}"


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ruspak report",
        description="One page on the practice of a class, from the files in which its learners saved their answers. "
        "Nothing leaves this computer. docs/classroom.md says more.",
    )
    parser.add_argument(
        "files", nargs="+", type=Path, help="files of answers (.jsonl), or a folder with them"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="REPORT", help="the page, such as class.html"
    )
    parser.add_argument(
        "--roster", type=Path, help="the class list, as for marking; names those without a file"
    )
    parser.add_argument("--hide-names", action="store_true", help="no names and no file names on the page")
    return parser.parse_args(arguments)
