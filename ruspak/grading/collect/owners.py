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
from ruspak.grading.collect.walk import MAX_NAME, NOTEBOOK, Rejected
from ruspak.grading.text import shown

# Moodle, mod/assign/classes/downloader.php: a folder “Full Name_4711_assignsubmission_file” for each student (older
# versions end it with _), or, without folders, that and the file's name in one. No _ is left in the full name.
MOODLE = re.compile(r"(?P<name>[^_]*)_(?P<number>\d+)_assignsubmission_[a-z]+(_(?P<file>.*))?", re.S)
# Canvas, lib/content_zipper.rb: “familygiven_LATE_4711_815_file”: who, late or not, the user's and the attachment's
# number.
# A name may hold _ and digits, and so may the file's, so there can be several places where the numbers stand.
CANVAS = re.compile(r"(?=_(?P<late>LATE_)?(?P<number>\d{1,20})_(?P<attachment>\d{1,20})_(?P<file>.+))", re.S)
# The same for anonymous marking: “LATE_anon_x7Kp2_815_file”; the five signs say nothing of the student.
ANONYMOUS = re.compile(r"(LATE_)?anon_[0-9A-Za-z]{5}_\d+_.+", re.S)
BETWEEN = " _-\u00a0"  # signs between id and sheet in a name that a person gave
SHORT = 3  # what is no longer, after the sheet, is the number of a copy
MAX_CUTS = 12  # of them that are looked at in a name that nobody knows how to read
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
        for student_id, sheet in _by_hand(stem, sheets)
        if (student := roster.by_id(student_id))
    ]
    outer: list[Owner] = []  # the folders with a student's id, from the outside in
    for place, part in enumerate([*folders, stem]):
        if platform := _platform(part, folders, place, roster):
            try:
                owner = platform()
            except Rejected as reason:
                by_hand = named if place == len(folders) else []
                if outer or by_hand and not MOODLE.fullmatch(part):
                    continue  # below an id anything may be written; s_1_01_history is a name that a person gave
                if by_hand:  # an account may be called “2026-017 history”
                    raise _two_readings(reason, by_hand) from None
                raise
            return _only(
                [*outer, owner, *(named if place == len(folders) else ())], sender=(outer or [owner])[0]
            )
        if place < len(folders) and (student := roster.by_id(part.removesuffix(".zip"))):
            outer.append(Owner(student))
    if found := [*outer, *named]:
        owner = _only(found, sender=outer[0] if outer else None)
        _one_sheet({one.sheet for one in named})
        return named[0] if named else owner
    if begun := _ids_in(stem, roster):
        return _only(begun)
    return _of_id(roster, next((student_id for student_id, _ in _by_hand(stem, sheets)), stem))


def _ids_in(stem: str, roster: Roster) -> list[Owner]:
    """All whose ids stand in a name that begins with one, but tells the sheet in a way that nobody knows."""
    cuts = [one.start() for one in re.finditer(f"[{BETWEEN}]", stem[:MAX_NAME])][:MAX_CUTS]
    ends = [*cuts, len(stem)]
    if len(stem) > MAX_NAME or not any(roster.by_id(stem[:end]) for end in ends):
        return []
    parts = [stem[start:end] for start in (0, *(cut + 1 for cut in cuts)) for end in ends if start < end]
    return [Owner(student) for part in parts if (student := roster.by_id(part))]


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
    if readings := _canvas(part):
        return lambda: _of_canvas(roster, part, readings)
    return None


def _canvas(part: str) -> list[re.Match]:
    """Each place in a name at which Canvas may have put its numbers, the first one first."""
    found = CANVAS.finditer(part) if len(part) <= MAX_NAME else ()
    return [one for one in found if re.fullmatch(r"\w*", part[: one.start()])]


def _of_canvas(roster: Roster, part: str, readings: list[re.Match]) -> Owner:
    """By the first reading, as long as no other one leads to another student."""
    owners: list[Owner] = []
    for one in readings:
        try:
            owners.append(
                _of_platform(
                    roster,
                    "Canvas",
                    one["number"],
                    part[: one.start()],
                    int(one["attachment"]),
                    bool(one["late"]),
                    part[: one.start("file")],
                )
            )
        except Rejected:
            if not owners:  # what stands after Canvas' own numbers the student has chosen
                raise
    return _only(owners)


def _two_readings(reason: Rejected, by_hand: list[Owner]) -> Rejected:
    """What nobody in the roster is by the platform's name, and somebody by what a person may have written there."""
    ids = sorted({owner.student.student for owner in by_hand})
    return Rejected(
        f"{reason} As a name that a person gave, it would be that of {' or '.join(shown(id, 40) for id in ids)}.",
        reason.students,
        tuple(ids),
    )


def _anonymous() -> Owner:
    raise Rejected(
        "Canvas has left the student out of its name. Switch anonymous grading of the assignment off, and "
        "download it again."
    )


def _only(owners: list[Owner], sender: Owner | None = None) -> Owner:
    """The first of them, where all are one student. `sender`: whose it is by what the teacher's side made; the name of
    another one is then of this one's making."""
    if len(ids := {owner.student.student for owner in owners}) > 1:
        own = {sender.student.student} if sender else ids
        raise Rejected(
            f"its name fits two students: {' and '.join(shown(id, 40) for id in sorted(ids))}. Rename the "
            "file or its folder so that it fits one.",
            tuple(sorted(own)),
            tuple(sorted(ids - own)),
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


def _sheet_words(text: str, sheets: dict[str, str]) -> list[tuple[re.Match, str]]:
    """Where in a name the words for a sheet stand, with or without its number, and which sheet it is."""
    if len(text) > MAX_NAME:
        return []
    return [
        (found, sheet)
        for sheet, notebook in sheets.items()
        for found in re.finditer(
            rf"(?<![^\W_])(0?{int(notebook.partition('_')[0])}[\W_]*)?{re.escape(sheet)}(?![^\W_])",
            text,
            re.I,
        )
    ]


def _one_sheet(sheets: set[str]) -> None:
    if len(sheets) > 1:
        raise Rejected(f"its name tells two sheets: {' and '.join(sorted(sheets))}. Rename it.")


def _by_hand(stem: str, sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each way to read <student>_<sheet>, longer words for the sheet first, or <sheet>_<student>. Programs and
    people may have put anything after the former (-Copy1, (1), _final, a date), but no other sheet."""
    words = _sheet_words(stem, sheets)
    for found, sheet in words:
        before, after = stem[: found.start()].rstrip(BETWEEN), stem[found.end() :].strip(BETWEEN)
        longer = stem[: found.end() - len(sheet)].rstrip(BETWEEN)
        for id in filter(None, (before, longer)):
            yield id, sheet
        if not before and len(after) > SHORT:
            yield after, sheet
        for other, another in words:
            if before and other.start() > found.end():
                yield before, another


def sheet_of(path: str, sheets: dict[str, str], only: str | None) -> str:
    """The sheet that a file's name tells, or a folder (nbgrader's assignment), or else the only one to
    mark."""
    for text in reversed(path.split("/")):
        if found := {sheet for _, sheet in _sheet_words(text, sheets)}:
            _one_sheet(found)
            return found.pop()
    if only:
        return only
    raise Rejected(
        f"its name tells no sheet (known: {', '.join(sheets)}). Rename it, or say which by --sheet."
    )
