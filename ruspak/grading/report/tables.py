"""The marks as tables: for the teacher, and in the forms that Moodle and Canvas import."""

import itertools
from pathlib import Path

from ruspak.grading.files import write_csv
from ruspak.grading.report.results import Paper, Papers


def write(out: Path, spare: Path, papers: Papers) -> None:
    """Write marks, totals, moodle, canvas, left_out and, apart as it differs from run to run, times, all .csv."""
    write_csv(
        out / "marks.csv",
        spare,
        ["student", "sheet", "item", "points", "out_of", "verdict", "feedback"],
        (
            [
                paper.student.student,
                paper.sheet.id,
                mark.item,
                mark.points,
                mark.out_of,
                mark.verdict,
                mark.feedback,
            ]
            for paper in papers
            for mark in paper.marks
        ),
    )
    write_csv(
        out / "totals.csv",
        spare,
        ["student", "sheet", "points", "out_of", "note"],
        (
            [paper.student.student, paper.sheet.id, paper.points, paper.out_of, _note(paper)]
            for paper in papers
        ),
    )
    write_csv(
        out / "left_out.csv", spare, ["file", "reason"], ([one.path, one.reason] for one in papers.left_out)
    )
    write_csv(
        out / "times.csv",
        spare,
        ["student", "sheet", "seconds"],
        (
            [paper.student.student, paper.sheet.id, paper.seconds]
            for paper in papers
            if paper.seconds is not None
        ),
    )
    _moodle(out / "moodle.csv", spare, papers)
    _canvas(out / "canvas.csv", spare, papers)


def _note(paper: Paper) -> str:
    waiting = (
        [f"{paper.waiting} written answers wait for points"]
        if paper.waiting > 1
        else ["1 written answer waits for points"] * paper.waiting
    )
    return "; ".join([*waiting, *paper.notes])


def _moodle(path: Path, spare: Path, papers: Papers) -> None:
    """Grades, Import, CSV file: one line a student, “ID number” or “Email address” to map from, one column a sheet.

    https://docs.moodle.org/405/en/Grade_import
    """
    rows = (
        [student.student, student.name, student.email, *points] for student, points in _by_student(papers)
    )
    write_csv(path, spare, ["ID number", "Full name", "Email address", *papers.sheets], rows, mark="")


def _canvas(path: Path, spare: Path, papers: Papers) -> None:
    """Gradebook, Import: Canvas asks for these five columns in this order, and takes the points possible from the
    second line (lib/gradebook_importer.rb). It finds a student by ID, else by one of the SIS columns, else by name."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *papers.sheets]
    possible = ["Points Possible", "", "", "", "", *([100] * len(papers.sheets))]
    rows = (
        [one.name or one.student, one.canvas_id, one.student, one.login, one.section, *points]
        for one, points in _by_student(papers)
    )
    write_csv(path, spare, head, itertools.chain([possible], rows), mark="")


def _by_student(papers: Papers):
    """Each student with the final points for each sheet; None where there are none yet."""
    row = []
    for paper in papers:
        row.append(paper.final)
        if len(row) == len(papers.sheets):
            yield paper.student, row
            row = []
