"""Whose a file is, and of which sheet: by its path.

What the teacher's side made decides before what a student could have written. That is, from the outside in:
what a platform made of a student's name and number, nbgrader's submitted/<student>, a folder with a student's
id. Only where no such part is there does the file's own name decide. Whatever can be read in two ways is
rejected, with both.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ruspak.grading.collect.roster import Roster, Student
from ruspak.grading.collect.walk import NOTEBOOK, Rejected
from ruspak.grading.text import shown

# Moodle, mod/assign/classes/downloader.php: a folder “Full Name_4711_assignsubmission_file” for each student (older
# versions end it with _), or, without folders, that and the file's name in one. No _ is left in the full name.
MOODLE = re.compile(r"(?P<name>[^_]*)_(?P<number>\d+)_assignsubmission_[a-z]+(_(?P<file>.*))?", re.S)
# Canvas, lib/content_zipper.rb: “familygiven_LATE_4711_815_file”: who, late or not, the user's and the attachment's
# number.
CANVAS = re.compile(r"(?P<name>\w*?)_(?P<late>LATE_)?(?P<number>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.S)
# The same for anonymous marking: “LATE_anon_x7Kp2_815_file”; the five signs say nothing of the student.
ANONYMOUS = re.compile(r"(LATE_)?anon_[0-9A-Za-z]{5}_\d+_.+", re.S)
# What browsers, JupyterLab, Canvas and people add to the name of a second file.
AGAIN = re.compile(r"( ?\(\d{1,3}\)|[ _-]{1,3}(copy|final|new|v)[ _-]?\d{0,3}|-\d{1,3})\Z", re.I)
KINDS = {"Moodle": "moodle_id", "Canvas": "canvas_id"}  # the roster's columns for their numbers


@dataclass(frozen=True)
class Owner:
    """Whose a file is: by a platform's number for the student (`attachment` is Canvas's number for the file,
    `late` its word for it, `stamp` the platform's name for the hand-in), or by a name that a person gave,
    which may tell the sheet as well."""

    student: Student
    platform: str = ""
    number: str = ""
    attachment: int = 0
    sheet: str = ""
    late: bool = False
    stamp: str = ""


def whose(path: str, roster: Roster, sheets: dict[str, str]) -> Owner:
    """Whose a file is. `sheets` gives the notebook's name for each sheet's id. Raises Rejected."""
    *folders, name = path.split("/")
    stem = NOTEBOOK.sub("", name)
    named = [
        Owner(student, sheet=sheet)
        for student_id, sheet in _endings(stem, sheets)
        if (student := roster.by_id(student_id))
    ]
    outer: list[Owner] = []  # the folders with a student's id, from the outside in
    for place, part in enumerate([*folders, stem]):
        if platform := _platform(part, folders, place, roster):
            try:
                owner = platform()
            except Rejected:
                if (
                    outer or named and place == len(folders)
                ):  # below an id anything may be written; s_1_01_history
                    continue
                raise
            return _only([*outer, owner, *(named if place == len(folders) else ())])
        if place < len(folders) and (student := roster.by_id(part.removesuffix(".zip"))):
            outer.append(Owner(student))
    if found := [*outer, *named]:
        owner = _only(found)
        return named[0] if named else owner
    return _of_id(roster, next((student_id for student_id, _ in _endings(stem, sheets)), stem))


def has_sender(path: str, roster: Roster) -> bool:
    """Whether the path of a zip tells who sent it."""
    parts = path.split("/")
    return any(
        roster.by_id(part.removesuffix(".zip")) or _platform(part, parts, place, roster)
        for place, part in enumerate(parts)
    )


def sender(path: str) -> str:
    """The folder in a path that Moodle or nbgrader made for one student; "" where there is none."""
    parts = path.split("/")[:-1]
    made = [
        place for place, part in enumerate(parts) if MOODLE.fullmatch(part) or parts[place - 1] == "submitted"
    ]
    return "/".join(parts[: made[0] + 1]) if made else ""


def _platform(part: str, folders: list[str], place: int, roster: Roster) -> Callable[[], Owner] | None:
    """What tells the owner, where a platform or nbgrader made this part of a path."""
    if moodle := MOODLE.fullmatch(part):
        stamp = f"{moodle['name']}_{moodle['number']}_assignsubmission_file_"
        return lambda: _of_platform(roster, "Moodle", moodle["number"], moodle["name"], stamp=stamp)
    if part == "submitted" and place + 1 < len(folders):
        return lambda: _of_id(roster, folders[place + 1])
    if ANONYMOUS.fullmatch(part):
        return _anonymous
    if canvas := CANVAS.fullmatch(part):
        return lambda: _of_platform(
            roster,
            "Canvas",
            canvas["number"],
            canvas["name"],
            int(canvas["attachment"]),
            bool(canvas["late"]),
            canvas[0][: canvas.start("file")],
        )
    return None


def _anonymous() -> Owner:
    raise Rejected(
        "Canvas has left the student out of its name. Switch anonymous grading of the assignment off, and "
        "download it again."
    )


def _only(owners: list[Owner]) -> Owner:
    """The first of them, where all are one student."""
    if len(ids := {owner.student.student for owner in owners}) > 1:
        raise Rejected(
            f"its name fits two students: {' and '.join(shown(id, 40) for id in sorted(ids))}. Rename the "
            "file or its folder so that it fits one.",
            tuple(sorted(ids)),
        )
    return owners[0]


def _of_id(roster: Roster, student_id: str) -> Owner:
    if student := roster.by_id(student_id):
        return Owner(student)
    short = student_id.lstrip("0")
    other = roster.by_id(short) if short != student_id else None
    bent = f"But {shown(other.student, 40)} is: a spreadsheet may have taken its zeros. " if other else ""
    raise Rejected(
        f"'{shown(student_id, 40)}' is not in the roster. {bent}Name the file <student>_<sheet>.ipynb, with "
        f"an id "
        "of the roster, or add the student."
    )


def _of_platform(
    roster: Roster,
    platform: str,
    number: str,
    name: str,
    attachment: int = 0,
    late: bool = False,
    stamp: str = "",
) -> Owner:
    """By the platform's number, or by name a student for whom the roster has no number there."""
    kind = KINDS[platform]
    student, namesake = roster.by_number(kind, number), roster.by_name(name)
    if student and namesake and student is not namesake:
        both = sorted((student.student, namesake.student))
        raise Rejected(
            f"{platform}'s number {number} is that of {shown(student.student, 40)} in the roster, the name "
            f"'{shown(name, 40)}' that of {shown(namesake.student, 40)}. Correct the column {kind}: Moodle "
            f"has other "
            "numbers in each assignment.",
            tuple(both),
        )
    if student is None and namesake and not getattr(namesake, kind):
        student = namesake
    if student is None:
        raise Rejected(
            f"{platform}'s '{shown(name, 40)}', number {number}, is not in the roster, or the name is there "
            f"twice or with another number. Add the student, or write {number} into the column {kind}."
        )
    return Owner(student, platform, number, attachment, late=late, stamp=stamp)


def account(owner: Owner, sheet: str) -> tuple[Student, str, str]:
    """Within what a platform has one number for a student: Canvas everywhere, Moodle in each assignment."""
    return owner.student, owner.platform, sheet if owner.platform == "Moodle" else ""


def numbers(taken: list[tuple[Any, Owner, str]]) -> dict[tuple[Student, str, str], set[str]]:
    found: dict[tuple[Student, str, str], set[str]] = {}
    for _, owner, sheet in taken:
        found.setdefault(account(owner, sheet), set()).add(owner.number)
    return found


def contested(owner: Owner, several: set[str]) -> str:
    return (
        f"{owner.platform} has two students by the name of '{shown(owner.student.name, 40)}', numbers "
        f"{' and '.join(sorted(several))}. Write the right number into the column {KINDS[owner.platform]}."
    )


def _forms(stem: str) -> Iterator[str]:
    """A name without its ending, and without what was added to it: each form once, the longest first."""
    for _ in range(4):
        yield stem
        shorter = AGAIN.sub("", stem)
        if shorter == stem:
            return
        stem = shorter


def _endings(stem: str, sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each way to read <student>_<sheet> or <student>_<notebook>, the longer endings first."""
    for form in _forms(stem):
        for sheet, notebook in sheets.items():
            for ending in (notebook, sheet):
                if cut := re.fullmatch(rf"(.+)[ _-]{re.escape(ending)}", form, re.I | re.S):
                    yield cut[1], sheet


def sheet_of(path: str, sheets: dict[str, str], only: str | None) -> str:
    """The sheet that a file's name tells, or a folder (nbgrader's assignment), or else the only one to
    mark."""
    *folders, name = path.split("/")
    for text in (*reversed([*_forms(NOTEBOOK.sub("", name))]), *reversed(folders)):
        for sheet, notebook in sheets.items():
            if re.search(rf"(^|[ _-])({re.escape(sheet)}|{re.escape(notebook)})\Z", text, re.I):
                return sheet
    if only:
        return only
    raise Rejected(
        f"its name tells no sheet (known: {', '.join(sheets)}). Rename it, or say which by --sheet."
    )
