"""Which variant of a sheet a student gets: drawn from a hash of the id, the same everywhere and every time."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from ruspak.errors import CourseError
from ruspak.sheets.items import fill
from ruspak.sheets.public import read, which_key
from ruspak.text import LONGEST_ID, fold, student_id

TURNS = 10_000  # of draws for a fair variant; a sheet has far more fair ones than that would miss

_drawn: dict[str, dict[str, Any]] = {}


def variant(sheet_id: str, student: str = "") -> SimpleNamespace:
    """The parameters of a student's own variant, as attributes (`me.partner`); prints them in words, and which key checks.

    An odd id is told at once, with what was understood; an empty one gives the default variant. Raises CourseError for
    an unknown sheet and an id that is no text.
    """
    description = read(str(sheet_id))
    params = draw(description, student)
    _drawn[sheet_id] = params
    words = fill(description["prompt"], description["space"], params) or "the same for everybody."
    print(
        f"Your variant: {words}"
        if normalised(student)
        else f"The default variant, for an empty student id: {words}\nBefore you hand this in, write your id: your own variant is marked."
    )
    if odd := _odd(student):
        print(odd)
    print(which_key(sheet_id))
    return SimpleNamespace(**params)


def drawn(sheet_id: str) -> dict[str, Any]:
    """The parameters of the last `variant` call in this kernel, or the default ones."""
    return _drawn.get(sheet_id) or read(sheet_id)["default"]


def draw(description: Mapping[str, Any], student: str) -> dict[str, Any]:
    """The parameters for a student id, {name: value}, by a sheet's public description.

    Each is drawn by a hash with the id, and all are drawn anew until the variant is fair: so a part that is excluded
    later changes only the variants that held it.
    """
    student = normalised(student)
    if student:
        for turn in range(TURNS):
            params = {
                name: list(values)[_hash("draw", description["sheet"], student, name, turn) % len(values)]
                for name, values in description["space"].items()
            }
            if fair(description, params):
                return params
    return dict(description["default"])


def fair(description: Mapping[str, Any], params: Mapping[str, Any]) -> bool:
    """Whether a variant holds no part that is excluded."""
    return not any(part.items() <= params.items() for part in description["excluded"])


def normalised(student: str) -> str:
    """A student id as `ruspak.text.student_id` reads it: however case, dashes, digits and accents were typed, and without
    a name beside it.

    Raises CourseError for anything but a text or a whole number.
    """
    if type(student) is int:
        student = str(student)
    if type(student) is not str:
        raise CourseError('STUDENT is no text. Write your id in quotes, for example STUDENT = "2026-017".')
    return student_id(student)


def _odd(student: str) -> str:
    """What to tell about an id that was read otherwise than it was typed, or that may be none; "" about a plain one."""
    if type(student) is int:
        return (
            f"Your id was read as {student}. Write it in quotes: without them Python takes 2026-21 as a sum, and 0 at the "
            "front is lost."
        )
    understood = normalised(student)
    if len(student) > LONGEST_ID:
        return f"Your id is too long: only its first {LONGEST_ID} characters count. Write it as in the class list."
    if understood != unicodedata.normalize("NFC", student).strip().casefold():
        less = (
            ", without the words beside it"
            if len(understood) < len(fold(student)) - 1 and " " in fold(student)
            else ""
        )
        return f'Your id was read as "{understood}"{less}. If that is wrong, write it as in the class list.'
    if " " in understood and not any(map(str.isdigit, understood)):
        return f'Your id was read as "{understood}". If that is your name and your class has ids, write the id instead.'
    if len([word for word in understood.split() if any(map(str.isdigit, word))]) > 1:
        return f'Your id was read as "{understood}", all of it. If only one part is your id, write that part alone.'
    return ""


def _hash(*what: Any) -> int:
    return int.from_bytes(hashlib.sha256(json.dumps(what).encode()).digest()[:8])
