"""The marks as tables for the teacher."""

from pathlib import Path

from ruspak.grading.files import write_csv
from ruspak.grading.report.results import Result, Results


def write(out: Path, tmp: Path, results: Results) -> None:
    """Write marks, totals, left_out and, apart as it differs from run to run, times, all .csv."""
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


def _note(result: Result) -> str:
    waiting = (
        [f"{result.waiting} written answers wait for points"]
        if result.waiting > 1
        else ["1 written answer waits for points"] * result.waiting
    )
    return "; ".join([*waiting, *(f"LOOK: {one}" for one in result.look), *result.private, *result.notes])
