"""What came back from a submission: read with suspicion, and put into a line for the teacher."""

import json
from dataclasses import dataclass, field
from typing import Any

from ruspak.grading.sandbox import Limits, Ran
from ruspak.grading.text import shown
from ruspak.sheets.serialise import is_serialised

WORDS = 200  # characters of an error message


@dataclass(frozen=True)
class Returned:
    """What a submission gave.

    status: "ok", "time", "memory", "output", "died" (by a signal), "no result" (it ended by itself before the
        last cell), "result too large", "bad result" (what came was no plain data).
    values: {variable: plain form}, of those asked for that were set; whatever the status, they count.
    errors: (number of the code cell from 1, message) of cells that raised, at most 100; a message is one line
        of at most 200 characters without control characters.
    note: a line for the teacher, empty where all is well.
    seen: {variable: plain form} of those that were something else when they were looked at, after their
    check.
    """

    status: str
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[int, str]] = field(default_factory=list)
    note: str = ""
    seen: dict[str, Any] = field(default_factory=dict)


def outcome(ran: Ran, names: list[str], limits: Limits) -> Returned:
    """What a submission gave, of the variables asked for, by how it ended and the bytes that came."""
    ended, data = ran.ended, ran.data
    told = _told(data, names) if data else None
    values, seen, errors, why = told or ({}, {}, [], "")
    if ended in ("time", "memory"):
        status = ended
    elif data is None:
        status = "result too large"
    elif not data:
        status = "died" if ended.startswith("signal") or ended == "sandbox" else "no result"
    elif told is None:
        status = "bad result"
    else:
        status = why or ("output" if ran.printed > limits.output_mb * 2**20 else "ok")
    kept = "What it had worked out by then counts." if values else "It handed over nothing."
    note = {
        "ok": "",
        "time": f"It did not end within {limits.seconds:g} seconds and was stopped. {kept}",
        "memory": f"It wanted more than {limits.memory_mb} MB of memory. {kept}",
        "output": f"It printed more than {limits.output_mb} MB. The rest was thrown away; its answers count.",
        "died": "It ended the sandbox twice. Look at its code; no other submission was harmed."
        if ended == "sandbox"
        else f"Python itself was ended ({ended}) before the answers could be collected.",
        "no result": "It ended Python itself (as os._exit does) before the answers could be collected.",
        "result too large": f"Its answers are more than {limits.result_kb} kB. "
        + ("The largest are left out, the others count." if values else kept),
        "bad result": "It tried to hand over something else than answers. None of it counts.",
    }[status]
    return Returned(status, values, errors, note, seen)


def _told(data: bytes, names: list[str]) -> tuple[dict, dict, list, str] | None:
    """Values, those seen before, errors and why it stopped; None unless they are in due form."""
    try:
        told = json.loads(data)
        values, seen = (
            {name: value for name, value in part.items() if name in names}
            for part in (told["values"], told.get("seen", {}))
        )
        errors = [
            (number, shown(words, WORDS))
            for number, words in told["errors"][:100]
            if type(number) is int and abs(number) < 2**31 and type(words) is str
        ]
        why = told["why"] if told["why"] in ("time", "memory", "result too large") else ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    known = all(is_serialised(value) for part in (values, seen) for value in part.values())
    return (values, seen, errors, why) if known else None
