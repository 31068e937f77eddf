"""The marks in the forms that Moodle and Canvas import: only students who have a final mark, on the scale of
the platform.

Moodle: lib/csvlib.class.php takes the mark of UTF-8 away; the worksheet is found by Identifier, Grade and
Last modified (grade) (mod/assign/feedback/offline/importgradeslib.php at 452e36fc). Canvas
(lib/gradebook_importer.rb at 00b222d7): five columns in this order, then the assignments by "Title (id)" or
title; a row of points possible would change the assignment, so it is there only where a scale is given.
"""

from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.collect.exports import GRADEBOOK, WORKSHEET
from ruspak.grading.collect.roster import Roster, Student
from ruspak.grading.files import write_csv
from ruspak.grading.report.results import Results


def check_import(roster: Roster, title: str | None, of: float | None, sheets: int) -> None:
    """Raise CourseError for a title or scale that can't be meant."""
    if of is not None and not 0 < of <= 10_000:
        raise CourseError(f"--of {of:g}: the most points that the platform gives are a number above 0.")
    if title is not None and sheets > 1:
        raise CourseError("--title: it names one assignment. Say by --sheet which sheet it is for.")
    head = roster.rows[0][1] if roster.rows else []
    if title is not None and roster.export == GRADEBOOK and title not in head:
        known = [name for name in head if name.rstrip().endswith(")")]
        raise CourseError(
            f"--title: the export has no column '{title}'. It has {', '.join(known) or 'no assignment'}."
        )


def write(
    out: Path, tmp: Path, results: Results, roster: Roster, title: str | None = None, of: float | None = None
) -> None:
    """Write moodle.csv and canvas.csv and, where the roster is Moodle's grading worksheet, that with its
    grades."""
    final: dict[Student, dict[str, float]] = {}
    for result in results:
        if result.final is not None:
            points = result.final if of is None else round(result.final * of / result.out_of, 2)
            final.setdefault(result.student, {})[result.sheet.id] = points
    names = [title] if title else [*results.sheets]
    rows = [(student, [points.get(id) for id in results.sheets]) for student, points in final.items()]
    email = all(student.email for student, _ in rows)  # one empty address ends the whole import
    write_csv(
        out / "moodle.csv",
        tmp,
        ["ID number", "Full name", *(["Email address"] if email else []), *names],
        ([one.student, one.name, *([one.email] if email else []), *points] for one, points in rows),
    )
    possible = [["Points Possible", "", "", "", "", *([of] * len(names))]] if of else []
    write_csv(
        out / "canvas.csv",
        tmp,
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names],
        [
            *possible,
            *(
                [one.name or one.student, one.canvas_id, one.student, one.login, one.section, *points]
                for one, points in rows
            ),
        ],
    )
    sheet = out / "moodle_worksheet.csv"
    if roster.export == WORKSHEET and len(results.sheets) == 1:
        _worksheet(sheet, tmp, roster, {one.moodle_id: points[0] for one, points in rows}, of)
    else:
        sheet.unlink(missing_ok=True)  # of an earlier run with another roster


def _worksheet(path: Path, tmp: Path, roster: Roster, points: dict[str, float], of: float | None) -> None:
    """The worksheet as Moodle gave it, grades filled in, on its own scale; without the rows that have
    none."""
    head = roster.rows[0][1]
    places = {name.casefold(): place for place, name in enumerate(head)}
    filled = []
    for _, cells in roster.rows[1:]:
        mark = points.get(cells[places["identifier"]].rpartition(" ")[2]) if any(cells) else None
        if mark is not None:
            cells = cells + [""] * (len(head) - len(cells))
            most = cells[places["maximum grade"]].replace(",", ".") if "maximum grade" in places else ""
            scale = float(most) / 100 if of is None and most.replace(".", "", 1).isdecimal() else 1
            cells[places["grade"]] = f"{round(mark * scale, 2):g}"
            filled.append(cells)
    write_csv(path, tmp, head, filled)
