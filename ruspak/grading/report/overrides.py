"""What the teacher decided against the machine: overrides.csv, kept by hand beside the reports and never
written here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.collect.roster import Student
from ruspak.grading.files import read_csv
from ruspak.grading.text import shown
from ruspak.sheets.items import Sheet
from ruspak.sheets.variants import normalised
from ruspak.text import fold

FILE = "overrides.csv"
COLUMNS = ["student", "sheet", "item", "points", "reason"]


@dataclass(frozen=True)
class Override:
    """Points in place of others, and why; None where the teacher has looked and takes the points as they
    are."""

    points: float | None
    reason: str


def read_overrides(
    out: Path, students: list[Student], sheets: Mapping[str, Sheet], known: Mapping[str, str]
) -> tuple[dict[tuple[str, str, str], Override], list[str]]:
    """The overrides in the folder `out` by (student, sheet, item), an empty item being the sheet as a whole; and what to
    tell of rows that belong to nobody here.

    `known`: the notebook of each sheet that has a key. A row of a sheet that is not marked now counts nothing. Raises
    CourseError that names the row.
    """
    path = out / FILE
    people = {normalised(one.student): one.student for one in students}
    found: dict[tuple[str, str, str], Override] = {}
    idle: list[str] = []
    for line, cells in read_csv(path, COLUMNS, []) if path.exists() else []:
        place = f"{FILE}, line {line}"
        sheet = next((one for one in sheets.values() if cells["sheet"] in (one.id, one.notebook)), None)
        student = people.get(normalised(cells["student"]))
        if student is None or cells["sheet"] not in {*known, *known.values()}:
            idle.append(
                f"{place}: there is no student '{shown(cells['student'], 40)}' with a sheet '{shown(cells['sheet'], 40)}' "
                "here. The line counts nothing."
            )
            continue
        if sheet is None:
            continue
        items = {item.id: item.points for item in sheet.items}
        most = items.get(cells["item"]) if cells["item"] else sum(items.values())
        if most is None:
            raise CourseError(
                f"{place}: {sheet.id} has no item '{cells['item']}'. It has {', '.join(items)}."
            )
        points = fold(cells["points"]).replace(",", ".")
        if points and not (re.fullmatch(r"\d{1,3}(\.\d{1,2})?", points, re.A) and float(points) <= most):
            raise CourseError(
                f"{place}: '{cells['points']}' is no number from 0 to {most} with at most two digits after "
                f"the point. "
                "Correct it and run again; nothing was changed."
            )
        if not cells["reason"]:
            raise CourseError(f"{place}: there is no reason. Write one; the student reads it.")
        if cells["item"] and not points:
            raise CourseError(f"{place}: there are no points. Write them, or leave the item empty, too.")
        key = student, sheet.id, cells["item"]
        if key in found:
            raise CourseError(f"{place}: this is there twice. Delete one of the lines and run again.")
        found[key] = Override(float(points) if points else None, cells["reason"])
    return found, idle
