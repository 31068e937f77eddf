"""The class list: who may hand in, and how the learning platforms call them."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.files import read_csv
from ruspak.grading.text import clean
from ruspak.sheets.variants import normalised

OPTIONAL = ["name", "email", "moodle_id", "canvas_id", "login", "section", "variant", "extra_minutes"]


@dataclass(frozen=True)
class Student:
    """One line of the roster. `student` is the id that variants are drawn from; the rest may be empty.

    `moodle_id` is the number of the “Identifier” in Moodle's grading worksheet and zip names; `canvas_id` is the “ID”
    of Canvas' gradebook export, `login` its “SIS Login ID”. `variant` is the
    teacher's word where the notebook was worked with another id: "roster" or "notebook", by whose variant to mark; `extra_minutes`
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
    """All students, in the order of the file, to be found by id, platform number or name."""

    def __init__(self, students: list[Student]):
        self.students = students
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

    Raises CourseError that names line and remedy: a column missing, doubled or misspelt, a student without id or twice.
    """
    seen: dict[tuple[str, str], int] = {}
    students = []
    for line, cells in read_csv(path, ["student"], OPTIONAL):
        if not cells["student"]:
            raise CourseError(
                f"{path.name}, line {line}: the student has no id. Write one, or delete the line."
            )
        if clean(text := "".join(cells.values())) != text or "\n" in text:
            raise CourseError(
                f"{path.name}, line {line}: it holds an invisible character. Type the line anew."
            )
        if not re.fullmatch(r"\d{0,6}", cells["extra_minutes"], re.A):
            raise CourseError(
                f"{path.name}, line {line}: '{cells['extra_minutes']}' is no number of minutes. Write one such as 30, or "
                "leave it empty."
            )
        cells["variant"] = cells["variant"].casefold()
        if cells["variant"] not in ("", "roster", "notebook"):
            raise CourseError(
                f"{path.name}, line {line}: the variant '{cells['variant']}' is unknown. Write roster or notebook, or "
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
    return Roster(students)


def _letters(name: str) -> str:
    """A name reduced to what platforms leave of it in file names."""
    return "".join(one for one in unicodedata.normalize("NFC", name).casefold() if one.isalnum())


def _orders(name: str) -> set[str]:
    """A name's letters with each of its words first: platforms put the family first, which may be several words."""
    words = name.replace(",", " ").split()[:12]
    return {_letters("".join(words[place:] + words[:place])) for place in range(len(words))} - {""}
