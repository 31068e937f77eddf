"""The lists of students that Moodle and Canvas export, as rosters: their columns by our names.

Moodle: the participants' list, and the grading worksheet (mod/assign/gradingtable.php, headings of its
English language file). Canvas: the gradebook's export (lib/gradebook_importer.rb at 00b222d7 reads it back).
"""

import re

Row = tuple[int, list[str]]
WORKSHEET, PARTICIPANTS, GRADEBOOK = "Moodle's worksheet", "Moodle's participants", "Canvas' gradebook"
OURS = ["student", "name", "email", "moodle_id", "canvas_id", "login", "section"]


def kind_of(rows: list[Row]) -> str:
    """Which export these rows are; "" for a roster of ours."""
    head = {name.casefold() for name in rows[0][1]} if rows else set()
    if {"identifier", "grade"} <= head:
        return WORKSHEET
    if {"student", "id", "section"} <= head:
        return GRADEBOOK
    names = {"first name", "last name"} <= head or {"first name", "surname"} <= head
    return PARTICIPANTS if names and {"email address", "id number"} & head else ""


def roster_rows(rows: list[Row], kind: str) -> list[Row]:
    """The rows of an export as those of a roster of ours. A student's id is the ID number or SIS id; where
    the platform has none, what stands before the @ of the e-mail or login."""
    head = [name.casefold() for name in rows[0][1]]
    found = [(rows[0][0], OURS)]
    for line, cells in rows[1:]:
        one = dict(zip(head, cells))

        def first(*names: str) -> str:
            return next((one[name] for name in names if one.get(name)), "")

        name = (
            first("full name", "student") or f"{first('first name')} {first('last name', 'surname')}".strip()
        )
        if (
            not any(cells)
            or kind == GRADEBOOK
            and re.match(r"\s*(points possible|student, test)", name, re.I)
        ):
            continue
        login, email = first("sis login id"), first("email address")
        student = first("id number", "sis user id") or login.partition("@")[0] or email.partition("@")[0]
        number = first("id") if kind == GRADEBOOK else ""
        moodle = first("identifier")
        found.append((line, [student, name, email, moodle, number, login, first("section")]))
    return found
