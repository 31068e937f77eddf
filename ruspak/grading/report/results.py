"""One result: what one student has for one sheet, put together from roster, result and written points."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ruspak.grading.collect.layouts import LeftOut, Submission
from ruspak.grading.collect.roster import Student
from ruspak.sheets.items import Sheet, Written


@dataclass(frozen=True)
class Mark:
    """The mark for one item. `points` is None while a person has still to give them."""

    item: str
    points: float | None
    out_of: int
    verdict: str
    feedback: str = ""
    mistake: int | None = None
    answer: str = ""  # of a written item, as HTML
    code: str = ""  # what a written answer goes by while it is marked


@dataclass(frozen=True)
class Given:
    """Points and comment that a person gave a written answer."""

    points: float
    comment: str


@dataclass(frozen=True)
class Result:
    """`state`: marked, unreadable or missing. A result that isn't marked has no marks."""

    student: Student
    sheet: Sheet
    state: str
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float | None = None
    look: tuple[str, ...] = ()  # what a person has to look at before the points are final

    @property
    def points(self) -> float | None:
        """The points so far; None where there is nothing to count."""
        return round(sum(mark.points or 0 for mark in self.marks), 2) if self.marks else None

    @property
    def waiting(self) -> int:
        """How many written answers have no points yet."""
        return sum(mark.points is None for mark in self.marks)

    @property
    def final(self) -> float | None:
        """The points, where all are there and nobody has to look."""
        return None if self.waiting or self.look else self.points

    @property
    def out_of(self) -> int:
        return sum(item.points for item in self.sheet.items)


@dataclass(frozen=True)
class Results:
    """All results of a batch. They are read from the store at each pass, so that a large batch takes no more memory."""

    students: list[Student]
    sheets: dict[str, Sheet]
    submissions: dict[tuple[str, str], Submission]
    names: dict[tuple[str, str], str]
    left_out: list[LeftOut]
    stored: Callable[[str], dict[str, Any] | None]
    given: dict[tuple[str, str], Given] = dataclasses.field(default_factory=dict)

    def __iter__(self) -> Iterator[Result]:
        """In the order of the roster, then of the sheets."""
        for student in self.students:
            for sheet in self.sheets.values():
                yield self._result(student, sheet)

    def _result(self, student: Student, sheet: Sheet) -> Result:
        who = student.student, sheet.id
        submission = self.submissions.get(who)
        if submission is None:
            return Result(student, sheet, "missing", notes=("nothing was handed in",))
        tries = (
            (f"{submission.tries} tries; the newest counts ({submission.when})",)
            if submission.tries > 1
            else ()
        )
        result = self.stored(self.names[who]) if who in self.names else None
        if result is None:
            return Result(
                student, sheet, "unreadable", notes=(*tries, "the file can't be read, see left_out.csv")
            )
        if result["state"] != "marked":
            return Result(
                student, sheet, "unreadable", notes=(*tries, *result["notes"]), look=(*result["look"],)
            )
        machine = {one["item"]: Mark(**one) for one in result["items"]}
        marks = tuple(
            self._written(item, student, **result["written"].get(item.id, {"text": "", "html": ""}))
            if isinstance(item, Written)
            else machine[item.id]
            for item in sheet.items
        )
        return Result(
            student, sheet, "marked", marks, (*tries, *result["notes"]), result["seconds"], (*result["look"],)
        )

    def _written(self, item: Written, student: Student, text: str, html: str) -> Mark:
        if not text.strip():
            return Mark(item.id, 0.0, item.points, "not attempted", "There is no answer.")
        code = answer_code(student.student, item.id, text)
        given = self.given.get((item.id, code))
        if given is None:
            return Mark(
                item.id, None, item.points, "waiting", "A person marks this answer.", answer=html, code=code
            )
        return Mark(item.id, given.points, item.points, "marked", given.comment, answer=html, code=code)


def answer_code(student: str, item: str, answer: str) -> str:
    """Sixteen consonants that stand for one answer, as CMPV-JMHW-KXRB-TDFN: no name shows, no spreadsheet takes them
    for a number or date, a new answer gets new ones, and two answers with the same ones are too hard to find."""
    number = int.from_bytes(hashlib.sha256(f"{student}\0{item}\0{answer}".encode()).digest())
    letters = "".join("BCDFGHJKLMNPQRSTVWXZ"[number // 20**place % 20] for place in range(16))
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))
