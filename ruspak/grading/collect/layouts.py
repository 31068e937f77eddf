"""Finding the submissions in what a teacher has: a folder or a zip, named by hand, by nbgrader, Moodle or
Canvas."""

import datetime
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.collect.deadline import Deadline
from ruspak.grading.collect.owners import (
    Owner,
    account,
    contested,
    has_sender,
    numbers,
    sender,
    sheet_of,
    whose,
)
from ruspak.grading.collect.roster import Roster, Student
from ruspak.grading.collect.walk import File, Rejected, files

MIXED = (
    "its zip holds work of several students, and nothing tells who sent it. If a platform, a hub or you made the zip, give "
    "it to the command by itself, beside the folder; if somebody sent it, put it into a folder with the sender's id."
)
MAX_LINES = 20  # of one sender among the files left out: nobody buries another one's line


@dataclass(frozen=True)
class Submission:
    """What a student handed in for a sheet: the newest of their `tries` files, of those in time if there are
    any.

    minutes_late: after the deadline, if there is one. late: Canvas calls it so. stamp: the platform's name
    for this hand-in, by which it takes feedback back.
    """

    student: Student
    sheet: str
    file: File
    tries: int
    late: bool = False
    minutes_late: int = 0
    platform: str = ""
    stamp: str = ""

    @property
    def when(self) -> str:
        """The file that counts, and its time."""
        time = datetime.datetime.fromtimestamp(self.file.time, datetime.UTC)
        return f"{self.file.label}, {time:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class LeftOut:
    """A file that is not marked, and why. `students`: ids of those whose it is or may be; `sheet`: "" if
    unknown; `named`: ids of those whom it names, though it came from another one."""

    path: str
    reason: str
    students: tuple[str, ...] = ()
    sheet: str = ""
    named: tuple[str, ...] = ()


def collect(
    places: Sequence[Path],
    roster: Roster,
    sheets: dict[str, str],
    only: str | None = None,
    until: Deadline | None = None,
) -> tuple[list[Submission], list[LeftOut]]:
    """All submissions, by student in the order of the roster, and all files that are left out.

    `places` are folders and zips; `sheets` gives the notebook's name for each sheet's id; `only` is the one sheet to
    mark, which a file whose name says no sheet is then taken for; `until` is the deadline. Raises CourseError where a
    place is neither folder nor zip.
    """
    taken: list[tuple[File, Owner, str]] = []
    left_out: list[tuple[str, LeftOut]] = []  # with the sender
    for file, trouble in _files(places, roster):
        owner, sheet, students, named = None, "", (), ()
        try:
            owner = _whose(file, trouble, roster, sheets)
            sheet = owner.sheet or sheet_of(file.path, sheets, only)
            taken.append((file, owner, sheet))
        except Rejected as reason:
            named = reason.named
            if trouble:
                owner, sheet, students, named = _guessed(file, roster, sheets, only)
            students = (owner.student.student,) if owner else students or reason.students
            line = LeftOut(file.label, str(reason), students, sheet, named)
            left_out.append((_sender(file, students), line))
    found: dict[tuple[Student, str], list[tuple]] = {}
    known, mixed = numbers(taken), _mixed(taken)
    for file, owner, sheet in taken:
        who = (owner.student.student,)
        if file.place in mixed:
            left_out.append((who[0], LeftOut(file.label, MIXED, who, sheet)))
        elif len(several := known[account(owner, sheet)]) > 1:
            left_out.append((who[0], LeftOut(file.label, contested(owner, several), who, sheet)))
        elif only in (None, sheet):
            late = until.minutes_late(file.came, owner.student) if until else 0
            found.setdefault((owner.student, sheet), []).append(
                (not late, file.time, owner.attachment, file.path, file, owner, late)
            )
    order = {
        (student, sheet): place
        for place, (student, sheet) in enumerate(
            (student, sheet) for student in roster.students for sheet in sheets
        )
    }
    submissions = []
    for (student, sheet), tries in sorted(found.items(), key=lambda one: order[one[0]]):
        *_, file, owner, late = max(tries, key=lambda one: one[:4])
        submissions.append(
            Submission(student, sheet, file, len(tries), owner.late, late, owner.platform, owner.stamp)
        )
    return submissions, sorted(_few_each(left_out), key=lambda one: (one.path, one.reason))


def _files(places: Sequence[Path], roster: Roster) -> Iterator[tuple[File, str]]:
    """Every file in all of them, with what is wrong about it."""
    for place in places:
        if not place.is_dir() and not zipfile.is_zipfile(place):
            raise CourseError(
                f"{place}: this is neither a folder nor a zip file. Give the one with the submissions."
            )
    for place in places:
        for file, trouble in files(place, lambda path: has_sender(path, roster)):
            yield replace(file, given=place.name) if len(places) > 1 else file, trouble


def _mixed(taken: list[tuple[File, Owner, str]]) -> set[Path]:
    """The zips within a folder that hold work of several students while nothing tells who sent them: names and times
    in them may be anybody's."""
    students: dict[Path, set[Student]] = {}
    for file, owner, _ in taken:
        if file.sent is not None and not file.of_sender:
            students.setdefault(file.place, set()).add(owner.student)
    return {place for place, found in students.items() if len(found) > 1}


def _whose(file: File, trouble: str, roster: Roster, sheets: dict[str, str]) -> Owner:
    if trouble:
        raise Rejected(trouble)
    return whose(file.path, roster, sheets)


def _guessed(
    file: File, roster: Roster, sheets: dict[str, str], only: str | None
) -> tuple[Owner | None, str, tuple[str, ...], tuple[str, ...]]:
    """Whose a file is that can't be taken, of which sheet, and whom else it names, as far as its name tells."""
    owner, sheet, students, named = None, "", (), ()
    if len(file.path) <= 1000:
        try:
            owner = whose(file.path, roster, sheets)
            sheet = owner.sheet or sheet_of(file.path, sheets, only)
        except Rejected as reason:
            students, named = reason.students, reason.named
    return owner, sheet, students, named


def _sender(file: File, students: tuple[str, ...]) -> str:
    """Whose line it is: the student's, else that of the zip within the folder, else that of the platform's
    folder."""
    if len(students) == 1:
        return students[0]
    return f"/{file.place if file.sent is not None else sender(file.path) or file.path}"


def _few_each(left_out: list[tuple[str, LeftOut]]) -> list[LeftOut]:
    """At most MAX_LINES lines of each sender; the last one then says how many more there are."""
    lines: dict[str, list[LeftOut]] = {}
    for by, line in left_out:
        lines.setdefault(by, []).append(line)
    kept = []
    for of_one in lines.values():
        kept += of_one[:MAX_LINES]
        if more := of_one[MAX_LINES:]:
            words = f"this and {len(more) - 1} more files of the same sender are left out, too."
            kept.append(LeftOut(more[0].path, words, more[0].students))
    return kept
