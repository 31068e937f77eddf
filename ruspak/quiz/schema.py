"""What a question of each kind may hold, and the check of one value against such a schema.

A schema is a type (`str`, `bool`), a function that returns a violation or None, a list of one schema (one or more of
them), or a dictionary of keys to schemas; a key that ends in "?" may be left out.
"""

import datetime
import re

from ruspak.data.package import nearest
from ruspak.data.verdicts import VERDICTS

LARGEST = 10**300  # a judge works in floating point, where a longer one is an error


def number(value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"must be a number, not {_called(value)}"
    if isinstance(value, int) and abs(value) > LARGEST:
        return "must be a number of at most 300 digits"
    return None


def margin(value) -> str | None:
    return number(value) or (None if value >= 0 else f"must be 0 or more, not {value}")


def key(value) -> str | None:
    if isinstance(value, str) and value.startswith("calc:"):
        return None
    return number(value) and f"must be a number or calc:<id of data/course/calcs.csv>, not {_called(value)}"


def name(value) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return None
    return f"must be small ASCII letters, digits and single hyphens, not {value!r}"


def verdict(value) -> str | None:
    return None if str(value) in VERDICTS else f"must be a verdict, not {value!r}. {nearest(value, VERDICTS)}"


COMMON = {
    "id": name,
    "kind": str,
    "objective": name,
    "question": str,
    "confidence?": bool,
    "explanation": str,
    "source?": str,
}
OPTIONS = {"options": [{"text": str, "correct?": bool, "feedback": str}]}
REMARKS = {"feedback": str, "correct_feedback?": str}
KINDS = {
    "single": OPTIONS,
    "multiple": OPTIONS,
    "numeric": REMARKS
    | {"answer": key, "tolerance": margin, "unit?": str, "mistakes?": [{"answer": key, "feedback": str}]},
    "text": REMARKS | {"accept": [str], "mistakes?": [{"accept": [str], "feedback": str}]},
    "order": REMARKS | {"items": [str]},
    "match": {
        "pairs": [{"left": str, "right": str, "feedback": str}],
        "distractors?": [str],
        "correct_feedback?": str,
    },
    "verdict": {"claim": str, "answer": verdict, "feedback": {one: str for one in VERDICTS}},
}


def violations(value, schema, place: str = "") -> list[str]:
    """All that is wrong with a value, each as "place: what is wrong. What to do."; nothing where it fits the schema."""
    if isinstance(schema, dict):
        return _mapping(value, schema, place)
    if isinstance(schema, list):
        return _list(value, schema[0], place)
    if schema is str:
        error = _text(value)
    elif schema is bool:
        error = None if isinstance(value, bool) else f"must be true or false, not {_called(value)}"
    else:
        error = schema(value)
    return [f"{place} {error}{'' if error.endswith('?') else '. Correct it.'}"] if error else []


def _mapping(value, schema: dict, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [
            f"{place or 'it'} must be a mapping with the keys {_listed(schema)}, not {_called(value)}. Write key: value lines."
        ]
    within = f" in {place}" if place else ""
    known = {one.rstrip("?"): one for one in schema}
    unknown = [
        f"the key {one!r}{within} is unknown. {nearest(one, known)}" for one in value if one not in known
    ]
    missing = [
        f"'{one}' is missing{within}. Add it."
        for one, marked in known.items()
        if one not in value and not marked.endswith("?")
    ]
    errors = [
        error
        for one in value
        if one in known
        for error in violations(value[one], schema[known[one]], f"'{one}'{within}")
    ]
    return (unknown or missing) + errors  # a misspelt key is missing, too


def _list(value, schema, place: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{place} must be a list, not {_called(value)}. Write one '- ' line for each."]
    if not value:
        return [f"{place} is empty. Add at least one."]
    return [
        error
        for count, one in enumerate(value, 1)
        for error in violations(one, schema, f"{place} number {count}")
    ]


def _text(value) -> str | None:
    if not isinstance(value, str):
        return f"must be text, not {_called(value)}; put it in quotes"
    return None if value.strip() else "is empty"


def _called(value) -> str:
    names = {
        dict: "a mapping",
        list: "a list",
        bool: "true or false",
        int: "a number",
        float: "a number",
        datetime.date: "a date",
        type(None): "nothing",
    }
    what = names.get(type(value), "text")
    return f"{what} ({value!r})" if isinstance(value, str | int | float) else what


def _listed(schema: dict) -> str:
    return ", ".join(one.rstrip("?") for one in schema)
