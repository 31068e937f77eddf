"""The marks as tables: for the teacher, and in the forms that Moodle and Canvas import."""

import itertools
from pathlib import Path

from ruspak.grading.files import write_csv
from ruspak.grading.report.results import Result, Results


def write(out: Path, tmp: Path, results: Results) -> None:
    """Write marks, totals, moodle, canvas, left_out and, apart as it differs from run to run, times, all .csv."""
    write_csv(
        out / "marks.csv",
        tmp,
        ["student", "sheet", "item", "points", "out_of", "verdict", "feedback"],
        (
            [
                result.student.student,
                result.sheet.id,
                mark.item,
                mark.points,
                mark.out_of,
                mark.verdict,
                " ".join(filter(None, (mark.override, mark.feedback))),
            ]
            for result in results
            for mark in result.marks
        ),
    )
    write_csv(
        out / "totals.csv",
        tmp,
        ["student", "sheet", "points", "out_of", "note"],
        (
            [result.student.student, result.sheet.id, result.points, result.out_of, _note(result)]
            for result in results
        ),
    )
    write_csv(
        out / "left_out.csv", tmp, ["file", "reason"], ([one.path, one.reason] for one in results.left_out)
    )
    write_csv(
        out / "times.csv",
        tmp,
        ["student", "sheet", "seconds"],
        (
            [result.student.student, result.sheet.id, result.seconds]
            for result in results
            if result.seconds is not None
        ),
    )
    _moodle(out / "moodle.csv", tmp, results)
    _canvas(out / "canvas.csv", tmp, results)


def _note(result: Result) -> str:
    waiting = (
        [f"{result.waiting} written answers wait for points"]
        if result.waiting > 1
        else ["1 written answer waits for points"] * result.waiting
    )
    return "; ".join([*waiting, *(f"LOOK: {one}" for one in result.look), *result.notes])


def _moodle(path: Path, tmp: Path, results: Results) -> None:
    """Grades, Import, CSV file: one line a student, “ID number” or “Email address” to map from, one column a sheet.

    https://docs.moodle.org/405/en/Grade_import
    """
    rows = (
        [student.student, student.name, student.email, *points] for student, points in _by_student(results)
    )
    write_csv(path, tmp, ["ID number", "Full name", "Email address", *results.sheets], rows, mark="")


def _canvas(path: Path, tmp: Path, results: Results) -> None:
    """Gradebook, Import: Canvas asks for these five columns in this order, and takes the points possible from the
    second line (lib/gradebook_importer.rb). It finds a student by ID, else by one of the SIS columns, else by name."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *results.sheets]
    possible = ["Points Possible", "", "", "", "", *([100] * len(results.sheets))]
    rows = (
        [one.name or one.student, one.canvas_id, one.student, one.login, one.section, *points]
        for one, points in _by_student(results)
    )
    write_csv(path, tmp, head, itertools.chain([possible], rows), mark="")


def _by_student(results: Results):
    """Each student with the final points for each sheet; None where there are none yet."""
    row = []
    for result in results:
        row.append(result.final)
        if len(row) == len(results.sheets):
            yield result.student, row
            row = []
