"""Which variant of a sheet a student gets: drawn from a hash of the id, the same everywhere and every time."""
import hashlib
import itertools
import json
import unicodedata
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from ruspak.errors import CourseError
from ruspak.sheets.items import fill
from ruspak.sheets.public import read

_drawn: dict[str, dict[str, Any]] = {}


def variant(sheet_id: str, student: str = "") -> SimpleNamespace:
    """The parameters of a student's own variant, as attributes (`me.partner`); prints them in words.

    An empty id gives the default variant. Raises CourseError for an unknown sheet and an id that is no text.
    """
    description = read(str(sheet_id))
    params = draw(description, student)
    _drawn[sheet_id] = params
    words = fill(description["says"], description["space"], params) or "the same for everybody."
    print(f"Your variant: {words}" if normalised(student) else
          f"The default variant, for an empty student id: {words}\nBefore you hand this in, write your id: your own variant is marked.")
    return SimpleNamespace(**params)


def drawn(sheet_id: str) -> dict[str, Any]:
    """The parameters of the last `variant` call in this kernel, or the default ones."""
    return _drawn.get(sheet_id) or read(sheet_id)["default"]


def draw(description: Mapping[str, Any], student: str) -> dict[str, Any]:
    """The parameters for a student id, {name: value}, by a sheet's public description.

    Every fair variant gets a hash with the id, and the highest one wins: so a variant that is excluded later changes
    only for the students who had it.
    """
    student = normalised(student)
    if not student:
        return dict(description["default"])
    return max(allowed(description), key=lambda params: _weight(description["sheet"], student, params))


def allowed(description: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All fair variants of a sheet, in a fixed order."""
    unfair = {tuple(values) for values in description["excluded"]}
    return [dict(zip(description["space"], values)) for values in itertools.product(*description["space"].values())
            if values not in unfair]


def normalised(student: str) -> str:
    """A student id without regard to case, surrounding space or the way in which accents were typed.

    Raises CourseError for anything but a text or a whole number.
    """
    if type(student) is int:
        student = str(student)
    if type(student) is not str:
        raise CourseError('STUDENT is no text. Write your id in quotes, for example STUDENT = "2026-017".')
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", student).strip().casefold())


def _weight(sheet_id: str, student: str, params: dict[str, Any]) -> str:
    text = json.dumps([sheet_id, student, params], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
