"""What a submission may use, and what came back from it: read with suspicion, and put into a line for the teacher."""

import json
from dataclasses import dataclass, field
from typing import Any

from ruspak.errors import CourseError
from ruspak.grading.text import shown
from ruspak.sheets.plain import is_plain

WORDS = 200  # characters of an error message
MOST = 1_000_000  # of any limit: days of time, a terabyte of memory


def check_limit(option: str, value: float) -> None:
    """Raise CourseError unless a limit is a number above 0 that can be meant."""
    if not 0 < value <= MOST:  # nor is it true of "not a number"
        raise CourseError(
            f"--{option.replace('_', '-')} {value}: a limit is a number above 0 and up to {MOST}. Give "
            "such a one."
        )


@dataclass(frozen=True)
class Limits:
    """What a submission may use. What happens at each limit:

    seconds: of the clock, all cells together. At nine tenths of it the running cell is interrupted and what there is by
        then is handed over; at the full time everything is ended.
    memory_mb: of each process, above what Python and pandas take; a cell that wants more gets a MemoryError and the
        next one runs. All processes together may have one and a half times as much, else everything is ended.
    processes: processes and threads at one time; another one is refused (BlockingIOError).
    output_mb: of printed output; the rest is thrown away, the submission goes on.
    file_mb: of one file; writing on raises an OSError.
    disk_mb: of all files together, and at most 5,000 of them; likewise.
    result_kb: of all answers together as JSON; the largest ones become "too big", which is of the wrong type.

    Making them raises CourseError for one that can't be meant.
    """

    seconds: float = 60.0
    memory_mb: int = 1024
    processes: int = 32
    output_mb: int = 10
    file_mb: int = 64
    disk_mb: int = 128
    result_kb: int = 512

    def __post_init__(self):
        for name, value in vars(self).items():
            check_limit(name, value)


@dataclass(frozen=True)
class Ran:
    """What a submission gave.

    status: "ok", "time", "memory", "output", "died" (by a signal), "no result" (it ended by itself before the last
        cell), "result too large", "bad result" (what came was no plain data).
    values: {variable: plain form}, of those asked for that were set; whatever the status, they count.
    seconds: of the clock.
    errors: (number of the code cell from 1, message) of cells that raised, at most 100; a message is one line of at
        most 200 characters without control characters.
    note: a line for the teacher, empty where all is well.
    """

    status: str
    values: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    errors: list[tuple[int, str]] = field(default_factory=list)
    note: str = ""


def outcome(
    ended: str, data: bytes | None, printed: int, names: list[str], limits: Limits, seconds: float
) -> Ran:
    """What a submission gave. ended: how, in the keeper's words. data: what came through the pipe, whoever wrote it;
    None where it was too much. printed: bytes of output.
    """
    told = _told(data, names) if data else None
    values, errors, why = told or ({}, [], "")
    if ended in ("time", "memory"):
        status = ended
    elif data is None:
        status = "result too large"
    elif not data:
        status = "died" if ended.startswith("signal") else "no result"
    elif told is None:
        status = "bad result"
    else:
        status = why or ("output" if printed > limits.output_mb * 2**20 else "ok")
    kept = "What it had worked out by then counts." if values else "It handed over nothing."
    note = {
        "ok": "",
        "time": f"It did not end within {limits.seconds:g} seconds and was stopped. {kept}",
        "memory": f"It wanted more than {limits.memory_mb} MB of memory. {kept}",
        "output": f"It printed more than {limits.output_mb} MB. The rest was thrown away; its answers count.",
        "died": f"Python itself was ended ({ended}) before the answers could be collected.",
        "no result": "It ended Python itself (as os._exit does) before the answers could be collected.",
        "result too large": f"Its answers are more than {limits.result_kb} kB. "
        + ("The largest are left out, the others count." if values else kept),
        "bad result": "It tried to hand over something else than answers. None of it counts.",
    }[status]
    return Ran(status, values, seconds, errors, note)


def _told(data: bytes, names: list[str]) -> tuple[dict, list, str] | None:
    """Values, errors and why it stopped; None unless they are in due form."""
    try:
        told = json.loads(data)
        values = {name: value for name, value in told["values"].items() if name in names}
        errors = [
            (number, shown(words, WORDS))
            for number, words in told["errors"][:100]
            if type(number) is int and abs(number) < 2**31 and type(words) is str
        ]
        why = told["why"] if told["why"] in ("time", "memory", "result too large") else ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return (values, errors, why) if all(is_plain(value) for value in values.values()) else None
