"""One result: what one student has for one sheet, put together from roster, result and written points."""

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ruspak.grading.collect.layouts import LeftOut
from ruspak.grading.collect.roster import Student
from ruspak.grading.report.ledger import Handed
from ruspak.grading.report.overrides import Override
from ruspak.sheets.items import Sheet, Written
from ruspak.sheets.variants import normalised

NOTHING = {
    "text": "",
    "html": "",
    "alike": "",
    "places": [],
    "empty": True,
}  # what a sheet without the item would say


@dataclass(frozen=True, slots=True)
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
    typed: float | None = None  # points in written.csv
    lines: tuple[float, ...] = ()  # of them, by line of the rubric
    alike: str = ""  # the same for answers of the same words
    override: str = ""  # why the teacher gave other points than the machine


@dataclass(frozen=True)
class Given:
    """Points and comment that a person gave a written answer."""

    points: float
    comment: str
    lines: tuple[float, ...] = ()  # by line of the rubric, where they were typed so


@dataclass(frozen=True)
class Result:
    """`state`: marked, unreadable, left out or missing. A result that isn't marked has no marks.

    `look`: what a person has to look at before the points are final. `insist`: the teacher takes them as they
    are.
    """

    student: Student
    sheet: Sheet
    state: str
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float | None = None
    look: tuple[str, ...] = ()
    insist: bool = False
    private: tuple[str, ...] = ()  # notes for the teacher alone
    by: str = ""  # the id whose variant it was marked by
    total: float | None = None  # the teacher's, in place of the sum
    handed: Handed | None = None

    @property
    def points(self) -> float | None:
        """The points so far; None where there is nothing to count."""
        if self.total is not None:
            return self.total
        return round(sum(mark.points or 0 for mark in self.marks), 2) if self.marks else None

    @property
    def waiting(self) -> int:
        """How many written answers have no points yet."""
        return sum(mark.points is None for mark in self.marks)

    @property
    def final(self) -> float | None:
        """The points for an import: where all are there and nobody has to look, or where the teacher
        insists."""
        if self.total is not None or self.insist:
            return self.points
        return None if self.waiting or self.look else self.points

    @property
    def out_of(self) -> int:
        return sum(item.points for item in self.sheet.items)


@dataclass(frozen=True)
class Results:
    """All results of a batch. They are read from the store at each pass, so that a large batch takes no more
    memory."""

    students: list[Student]
    sheets: dict[str, Sheet]
    handed: dict[tuple[str, str], Handed]
    left_out: list[LeftOut]
    stored: Callable[[str], dict[str, Any] | None]
    given: dict[tuple[str, str], Given] = dataclasses.field(default_factory=dict)
    overrides: dict[tuple[str, str, str], Override] = dataclasses.field(default_factory=dict)
    courses: dict[str, str] = dataclasses.field(default_factory=dict)  # the fingerprint of each sheet now
    final: bool = False  # whether the teacher insists on points that a person should look at

    def __iter__(self) -> Iterator[Result]:
        """In the order of the roster, then of the sheets."""
        for student in self.students:
            for sheet in self.sheets.values():
                yield self.one(student, sheet)

    def one(self, student: Student, sheet: Sheet) -> Result:
        """What that student has for that sheet."""
        lines = [
            one for one in self._left_out_by_student.get(student.student, ()) if one.sheet in ("", sheet.id)
        ]
        return self._decided(self._result(student, sheet, lines, self._known))

    @functools.cached_property
    def _left_out_by_student(self) -> dict[str, list[LeftOut]]:
        found: dict[str, list[LeftOut]] = {}
        for one in self.left_out:
            for student in (*one.students, *one.named):
                found.setdefault(student, []).append(one)
        return found

    @functools.cached_property
    def _known(self) -> dict[str, Student]:
        return {normalised(student.student): student for student in self.students}

    def _result(
        self, student: Student, sheet: Sheet, lines: list[LeftOut], known: dict[str, Student]
    ) -> Result:
        who = student.student, sheet.id
        handed = self.handed.get(who)
        named = tuple(
            f"a file of {' or '.join(one.students)} names this student, too ({one.path})"
            for one in lines
            if student.student in one.named
        )[:3]
        lines = [one for one in lines if student.student in one.students]
        files = tuple(f"a file is left out ({one.path}): {one.reason}" for one in lines[:3])
        own = tuple(text for text, one in zip(files, lines) if len({*one.students, *one.named}) < 2)
        shared = (*(text for text in files if text not in own), *named)  # these name a classmate, too
        if handed is None:
            if files:
                return Result(student, sheet, "left out", notes=own, private=shared)
            return Result(student, sheet, "missing", notes=("nothing was handed in",), private=shared)
        notes, look, private = own if handed.name else (), (), shared
        if handed.tries > 1:
            notes = (f"{handed.tries} tries; the newest counts ({handed.when})", *notes)
        if handed.late:
            notes = ("Canvas says that it is late", *notes)
        if handed.minutes_late:
            look = (f"it came {_time(handed.minutes_late)} after the deadline",)
        if handed.earlier:
            private = (f"it stands from an earlier run ({handed.when})", *private)
            if handed.course != self.courses.get(sheet.id):
                look = (
                    *look,
                    "key or course have changed since that run; hand its file to the command again",
                )
        result = self.stored(handed.name) if handed.name else None
        if result is None:
            return Result(
                student,
                sheet,
                "unreadable",
                notes=(*notes, *(one.reason for one in lines[:1] if len({*one.students, *one.named}) < 2)),
                private=private,
                handed=handed,
            )
        if result["state"] != "marked":
            return Result(
                student,
                sheet,
                "unreadable",
                notes=(*notes, *result["notes"]),
                look=(*result["look"],),
                private=private,
                handed=handed,
            )
        items, told, undecided = _by_variant(result, student, known)
        machine = {one["item"]: Mark(**one) for one in items}
        marks = tuple(
            self._written(item, student, **result["written"].get(item.id, NOTHING))
            if isinstance(item, Written)
            else machine[item.id]
            for item in sheet.items
        )
        return Result(
            student,
            sheet,
            "marked",
            marks,
            (*notes, *result["notes"]),
            result["seconds"],
            (*look, *undecided, *result["look"]),
            self.final,
            (*private, *told),
            result["claimed"]["id"] if items is not result["items"] else student.student,
            handed=handed,
        )

    def _decided(self, result: Result) -> Result:
        """The result with what the teacher decided against the machine."""
        who = result.student.student, result.sheet.id
        marks, look, notes, private = [], result.look, result.notes, result.private
        for mark in result.marks:
            if override := self.overrides.get((*who, mark.item)):
                look = tuple(
                    one for one in look if not one.startswith((f"{mark.item}:", f"judging {mark.item} "))
                )
                was = "no points" if mark.points is None else f"{mark.points:g}"
                mark = dataclasses.replace(
                    mark,
                    points=override.points,
                    override=f"Your teacher set these points (before: {was}): {override.reason}",
                )
            marks.append(mark)
        total = None
        if override := self.overrides.get((*who, "")):
            look, total = (), override.points
            if total is None:
                private = (f"looked at by the teacher: {override.reason}", *private)
            else:
                was = dataclasses.replace(result, marks=tuple(marks)).points
                before = "" if was is None else f", before {was:g}"
                notes = (f"the total was set by the teacher{before}: {override.reason}", *notes)
        return dataclasses.replace(
            result, marks=tuple(marks), look=look, total=total, notes=notes, private=private
        )

    def _written(
        self,
        item: Written,
        student: Student,
        text: str,
        html: str,
        alike: str,
        places: list[int],
        empty: bool,
    ) -> Mark:
        if empty and not places:
            return Mark(
                item.id, 0.0, item.points, "not attempted", "We found no text in the cell for your answer."
            )
        code = answer_code(student.student, item.id, text)
        given = self.given.get((item.id, code))
        if given is not None:
            return Mark(
                item.id,
                given.points,
                item.points,
                "marked",
                given.comment,
                answer=html,
                code=code,
                typed=given.points,
                lines=given.lines,
                alike=alike,
            )
        feedback = "A person marks this answer."
        if empty:
            cells = f"cell{'s' * (len(places) > 1)} {', '.join(map(str, places))} from the top"
            feedback = f"We found no text in the cell for your answer. Your own text stands in {cells}; your teacher will look."
        return Mark(item.id, None, item.points, "waiting", feedback, answer=html, code=code, alike=alike)


def _time(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    return f"{minutes / 60:.1f} hours" if minutes < 2880 else f"{minutes / 1440:.1f} days"


def _by_variant(
    result: dict[str, Any], student: Student, known: dict[str, Student]
) -> tuple[list[dict[str, Any]], tuple[str, ...], tuple[str, ...]]:
    """The machine's marks by the roster's variant or, where the roster says so, by that of the notebook; what
    to tell of it, and what to look at: another variant with other points, as long as the teacher has not
    decided."""
    claimed = result.get("claimed")
    if not claimed:
        return result["items"], (), ()
    other = known.get(claimed["id"])
    by = f"'{claimed['shown']}'" if claimed["id"] else "nobody, so with the default variant"
    told = (
        f"the notebook names {by}, the roster {student.student}"
        if claimed["id"]
        else "the notebook names no student"
    )
    told += f"; that is another student of the roster, {other.name or other.student}" if other else ""
    ask = "You decide: write roster or notebook into the column variant of the roster."
    if claimed["items"] is None and student.variant:
        return result["items"], (f"{told}. Both have the same variant.",), ()
    if claimed["items"] is None:
        told += ". Both have the same variant."
        return (result["items"], (), (f"{told} {ask}",)) if other else (result["items"], (told,), ())
    ours, theirs = (sum(one["points"] for one in items) for items in (result["items"], claimed["items"]))
    if student.variant:
        items = claimed["items"] if student.variant == "notebook" else result["items"]
        return items, (f"{told}. Marked by the variant of the {student.variant}, as your roster says.",), ()
    told += f". Without written answers, marked as {student.student}: {ours:g} points; as worked: {theirs:g}."
    if ours == theirs and not other:
        return result["items"], (told,), ()
    return result["items"], (), (f"{told} {ask}",)


def answer_code(student: str, item: str, answer: str) -> str:
    """Sixteen consonants that stand for one answer, as CMPV-JMHW-KXRB-TDFN: no name shows, no spreadsheet
    takes them for a number or date, a new answer gets new ones, and two answers with the same ones are too
    hard to find."""
    number = int.from_bytes(hashlib.sha256(f"{student}\0{item}\0{answer}".encode()).digest())
    letters = "".join("BCDFGHJKLMNPQRSTVWXZ"[number // 20**place % 20] for place in range(16))
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))
