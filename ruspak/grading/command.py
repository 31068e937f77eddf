"""`python -m ruspak grade`: the command line of `grade`."""

import argparse
import sys
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.batch import progress
from ruspak.grading.collect.deadline import deadline
from ruspak.grading.run import grade
from ruspak.grading.sandbox import Limits

LIMITS = {
    "seconds": "seconds that a notebook may run",
    "memory_mb": "megabytes of memory",
    "processes": "processes at once",
    "output_mb": "megabytes that it may print",
    "file_mb": "megabytes of one file that it writes",
    "disk_mb": "megabytes of all files that it writes",
    "result_kb": "kilobytes of all its answers",
}
WARNING = """WARNING: no sandbox. Each notebook can read the keys and the other submissions, change its own marks and
your files, and use the network. Do this only with notebooks that you trust."""


def main(arguments: list[str]) -> int:
    """Mark, print the summary and return the exit code: 1 for an error that stops it, 130 when
    interrupted."""
    given = _options(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal may not know a letter of a file's name
    if given.unsafe_no_sandbox:
        print(WARNING, file=sys.stderr)
    try:
        summary = grade(
            given.submissions,
            given.roster,
            given.out,
            sheet=given.sheet,
            workers=given.workers,
            limits=Limits(**{name: getattr(given, name) for name in LIMITS}),
            scheduler=given.scheduler,
            unsafe=given.unsafe_no_sandbox,
            notebook_mb=given.notebook_mb,
            final=given.final,
            deadline=deadline(given.deadline, given.grace) if given.deadline else None,
            student=given.student,
            forget=given.forget,
            title=given.title,
            of=given.of,
            say=progress,
        )
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was marked is kept: run the same command to go on.", file=sys.stderr)
        return 130
    print(f"{summary}\nThe marks are in {given.out}: marks.csv, totals.csv, feedback/, class.html and more.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ruspak grade", description="Mark returned sheets. docs/grading.md says how."
    )
    add = parser.add_argument
    add(
        "submissions",
        type=Path,
        nargs="+",
        help="folder or zip with the notebooks, also as nbgrader, Moodle or Canvas gives it; or several of them",
    )
    add(
        "--roster",
        type=Path,
        required=True,
        help="CSV file of the students: the column student, perhaps more",
    )
    add("--out", type=Path, required=True, help="folder for the marks; a second run with it goes on")
    add("--sheet", help="mark this sheet only, such as history; also files whose name says no sheet")
    add("--workers", type=int, help="processes at once (default: one a core)")
    add(
        "--scheduler",
        metavar="ADDRESS",
        help="send the work to this Dask scheduler, such as tcp://10.0.0.1:8786",
    )
    add("--notebook-mb", type=float, default=20, help="largest notebook that is read (default: 20)")
    add("--deadline", metavar="TIME", help="such as '2026-12-01 18:00'; a later file waits for your word")
    add("--grace", type=float, default=0, help="minutes after the deadline that nobody counts (default: 0)")
    add("--title", help="the assignment's title on the platform, for the import files")
    add(
        "--of", type=float, metavar="POINTS", help="the most points that the platform gives there, such as 20"
    )
    add("--student", metavar="ID", help="mark this student's files anew; all others stay as they are")
    add(
        "--forget",
        action="store_true",
        help="drop results of earlier runs whose files are not among these any more",
    )
    add(
        "--final",
        action="store_true",
        help="let the import files hold marks that a person should look at, or has still to give points for",
    )
    for name, what in LIMITS.items():
        default = getattr(Limits(), name)
        add(
            f"--{name.replace('_', '-')}",
            type=type(default),
            default=default,
            help=f"{what} (default: {default:g})",
        )
    add(
        "--unsafe-no-sandbox",
        action="store_true",
        help="run student code without a sandbox: it can then read and change all that you can",
    )
    return parser.parse_args(arguments)
