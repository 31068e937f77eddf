"""The class list: who may hand in, and how the learning platforms call them."""

import collections
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.collect.exports import kind_of, roster_rows
from ruspak.grading.files import by_columns, read_rows
from ruspak.grading.text import clean
from ruspak.sheets.variants import normalised

# a number with many digits, a date, a fraction, groups of digits: what spreadsheets make of 202600017 and 2026-12
MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
BENT = re.compile(
    rf"\d(\.\d+)?E\+\d+|\d{{1,2}}[-. ]{MONTH}([-. ]\d{{2,4}})?|{MONTH}[-. ]\d{{2,4}}|\d{{4}}-\d\d-\d\d 00:00:00"
    r"|\d+\.0+|\d{1,3}(,\d{3})+",
    re.A,
)
OPTIONAL = ["name", "email", "moodle_id", "canvas_id", "login", "section", "variant", "extra_minutes"]


@dataclass(frozen=True)
class Student:
    """One line of the roster. `student` is the id that variants are drawn from; the rest may be empty.

    `moodle_id` is the number of the “Identifier” in Moodle's grading worksheet and zip names; `canvas_id` is
    the “ID” of Canvas' gradebook export, `login` its “SIS Login ID”. `variant` is the teacher's word where
    the notebook was worked with another id: "roster" or "notebook", by whose variant to mark; `extra_minutes`
    what this student has beyond the deadline.
    """

    student: str
    name: str = ""
    email: str = ""
    moodle_id: str = ""
    canvas_id: str = ""
    login: str = ""
    section: str = ""
    variant: str = ""
    extra_minutes: str = ""


class Roster:
    """All students, in the order of the file, to be found by id, platform number or name.

    export: which platform's file it is, with its `rows`; "" for one of ours. warning: what is odd about the
    ids.
    """

    def __init__(
        self,
        students: list[Student],
        export: str = "",
        rows: list[tuple[int, list[str]]] | None = None,
        warning: str = "",
    ):
        self.students = students
        self.export, self.rows, self.warning = export, rows or [], warning
        self._by_id = {normalised(one.student): one for one in students}
        self._by_number = {
            (kind, getattr(one, kind)): one
            for one in students
            for kind in ("moodle_id", "canvas_id")
            if getattr(one, kind)
        }
        self._by_name: dict[str, list[Student]] = {}
        for one in students:
            for form in _orders(one.name):
                self._by_name.setdefault(form, []).append(one)

    def by_id(self, student: str) -> Student | None:
        """The student of an id, however it is capitalised."""
        return self._by_id.get(normalised(student))

    def by_number(self, kind: str, number: str) -> Student | None:
        """The student of a platform's number; `kind` is moodle_id or canvas_id."""
        return self._by_number.get((kind, number))

    def by_name(self, name: str) -> Student | None:
        """The only student of that name, given or family name first; None where there are two."""
        found = self._by_name.get(_letters(name), [])
        return found[0] if len(found) == 1 else None


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file with the column student and, as wanted, those of `Student`.

    Raises CourseError that names line and remedy: a column missing, doubled or misspelt, a student without id
    or twice.
    """
    seen: dict[tuple[str, str], int] = {}
    students = []
    rows = read_rows(path)
    export = kind_of(rows)
    ours = roster_rows(rows, export) if export else rows
    for line, cells in by_columns(path, ours, ["student"], OPTIONAL):
        if not cells["student"]:
            raise CourseError(
                f"{path.name}, line {line}: the student has no id. Write one, or delete the line."
            )
        if BENT.fullmatch(cells["student"]):
            raise CourseError(
                f"{path.name}, line {line}: the id '{cells['student']}' is what a spreadsheet makes of one. "
                f"Import the list "
                "anew with that column as text, and save it."
            )
        if clean(text := "".join(cells.values())) != text or "\n" in text:
            raise CourseError(
                f"{path.name}, line {line}: it holds an invisible character. Type the line anew."
            )
        if not re.fullmatch(r"\d{0,6}", cells["extra_minutes"], re.A):
            raise CourseError(
                f"{path.name}, line {line}: '{cells['extra_minutes']}' is no number of minutes. Write one "
                f"such as 30, or "
                "leave it empty."
            )
        cells["variant"] = cells["variant"].casefold()
        if cells["variant"] not in ("", "roster", "notebook"):
            raise CourseError(
                f"{path.name}, line {line}: the variant '{cells['variant']}' is unknown. Write roster or "
                f"notebook, or "
                "leave it empty."
            )
        cells["moodle_id"] = cells["moodle_id"].rpartition(" ")[2]  # Moodle writes “Participant 4711”
        for kind in ("student", "moodle_id", "canvas_id"):
            value = normalised(cells[kind])
            if value and (first := seen.setdefault((kind, value), line)) != line:
                raise CourseError(
                    f"{path.name}, line {line}: the {kind} '{cells[kind]}' stands in line {first}, too. "
                    "Give each student one line and an id of their own."
                )
        students.append(Student(**cells))
    if not students:
        raise CourseError(
            f"{path.name}: there is no student in it. Write one a line, below the names of the columns."
        )
    return Roster(students, export, rows, _zeros(path, students))


def _zeros(path: Path, students: list[Student]) -> str:
    """A warning where some ids of digits are shorter than all others: a spreadsheet takes zeros at the front
    away."""
    lengths = collections.Counter(len(one.student) for one in students if one.student.isdecimal())
    if len(lengths) < 2 or lengths.total() < len(students):
        return ""
    usual = lengths.most_common(1)[0][0]
    short = [one.student for one in students if len(one.student) < usual]
    return (
        f"{path.name}: {len(short)} ids have fewer than {usual} digits ({', '.join(short[:3])}). If a "
        f"spreadsheet took zeros "
        "away at the front, give the list with that column as text: another id is another variant."
        if short
        else ""
    )


def _letters(name: str) -> str:
    """A name reduced to what platforms leave of it in file names."""
    return "".join(one for one in unicodedata.normalize("NFC", name).casefold() if one.isalnum())


def _orders(name: str) -> set[str]:
    """A name's letters with each of its words first: platforms put the family first, which may be several
    words."""
    words = name.replace(",", " ").split()[:12]
    return {_letters("".join(words[place:] + words[:place])) for place in range(len(words))} - {""}
