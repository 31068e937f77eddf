"""Marking one submission: read it, run it in the sandbox, judge what comes back.

Student code runs only in the sandbox, and student text is read only in a bounded process: this one hands
bytes from the one to the other.
"""

import contextlib
import gc
import itertools
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import util
from pathlib import Path
from typing import Any

from ruspak.errors import CourseError
from ruspak.grading.collect.code import Code
from ruspak.grading.marking import reading
from ruspak.grading.marking.bounded import Bounded, Exceeded
from ruspak.grading.marking.course import fingerprint, key_of, sheet_as_given
from ruspak.grading.sandbox import Limits, Ran, Sandbox
from ruspak.sheets import public
from ruspak.sheets.items import Sheet

TRIES = 2  # answers that may each take all their time; then the rest of that submission is left to a person

_here = threading.local()  # a sandbox runs one submission at a time: each thread has its own
turns = (
    itertools.count()
)  # which core each is for: over the threads of a process; batch.py counts over processes


@dataclass(frozen=True)
class Job:
    """One submission to mark: the notebook's bytes, whose it is by the roster, and how it may run."""

    data: bytes
    student: str
    sheet: str
    limits: Limits
    unsafe: bool
    home: str
    course: str  # the fingerprint that the marking process must have, too
    here: bool  # whether it is marked on the machine that sent it


def mark(job: Job) -> dict[str, Any]:
    """The result of one submission, as JSON can hold it: state, items, claimed, written, notes, look,
    seconds.

    `look` holds what a person has to look at before the mark is final. Raises CourseError where the course
    itself is wrong, SandboxMissing where nothing may run.
    """
    if (
        os.environ.get("RUSPAK_SHEETS", job.home) != job.home or str(public.home()) != job.home
    ):  # another machine's
        os.environ["RUSPAK_SHEETS"] = job.home
        public.read.cache_clear()
    if fingerprint(job.home, job.sheet) != job.course:
        raise CourseError(
            f"{job.sheet}: the course or the key changed while this ran. Run the same command again."
            if job.here
            else f"{job.sheet}: a worker has another version of the course, the key, Python, pandas or numpy "
            "than this machine. Bring both to the same state, and restart the workers."
        )
    key = key_of(job.home, job.sheet)
    reader = _reader(job.home, job.sheet, job.course)
    try:
        notebook = reader.call("read_notebook", job.home, job.sheet, job.data)
    except Exceeded as why:
        return _unreadable(f"the notebook can't be read: {why}. Look at it in a text editor.", str(why))
    if "unreadable" in notebook:
        return _unreadable(notebook["unreadable"])
    code = Code(**notebook["code"])
    found, ran = _run(reader, job, key, code)
    if found["stopped"] and code.spare:
        again, second = _run(reader, job, key, code, code.spare)
        again["items"] = [_one_try(*both) for both in zip(found["items"], again["items"], strict=True)]
        if _points(again) > _points(found):
            found, ran = again, second
            found["notes"].insert(
                0,
                "its first cells stopped or are gone; the sheet's own were put before them, and this is "
                "that mark",
            )
    return {
        "state": "marked",
        "items": found["items"],
        "claimed": found.get("claimed"),
        "written": notebook["written"],
        "notes": [*notebook["notes"], *found["notes"]],
        "look": found["look"],
        "seconds": round(ran.seconds, 3),
    }


def is_unused() -> bool:
    """Whether this thread has marked nothing: it has no sandbox and no bounded process."""
    return not vars(_here)


def _run(
    reader: Bounded, job: Job, key: Sheet, code: Code, before: Sequence[str] = ()
) -> tuple[dict[str, Any], Ran]:
    """What the cells give, run after those of `before`."""
    shift = len(before)
    looks: dict[int, list[str]] = {}
    for item in reading.items_of(key):
        if item.id in code.checks:
            looks.setdefault(code.checks[item.id] + shift, []).append(item.variable)
    sandbox = _sandbox(job.home, job.unsafe, job.limits)
    ran = sandbox.run([*before, *code.cells], reading.names_of(key), job.student, job.limits, looks)
    return _judge(reader, job, key, ran, code, shift), ran


def _one_try(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """The mark of one item out of two runs: code can see in which of them it is, so an answer of the first counts."""
    return first if first["verdict"] in ("right", "wrong") else second


def _points(found: dict[str, Any]) -> float:
    return sum(one["points"] for one in found["items"])


def _unreadable(note: str, *look: str) -> dict[str, Any]:
    return {
        "state": "unreadable",
        "items": [],
        "written": {},
        "notes": [note],
        "look": [*look],
        "seconds": 0.0,
    }


def _judge(reader: Bounded, job: Job, key: Sheet, ran: Ran, code: Code, shift: int) -> dict[str, Any]:
    """Marks, notes, and what a person has to look at. Where the answers together go beyond the limits, each
    is judged
    alone: one that does is named, the others count."""
    about = job.home, job.sheet, job.student
    try:
        reader.call("prepare", *about)
    except Exceeded as why:
        raise CourseError(
            f"{job.sheet}: working out the key's answers failed: {why}. Mend the key."
        ) from None
    with contextlib.suppress(Exceeded):
        return reader.call("judge_run", *about, ran, job.limits, code, shift)
    found: dict[str, Any] = {"items": [], "look": [], "notes": [], "stopped": False}
    tripped: dict[str, str] = {}
    for item in reading.items_of(key):
        if len(tripped) < TRIES:
            try:
                one = reader.call("judge_run", *about, ran, job.limits, code, shift, [item.id])
                found["items"] += one["items"]
                found["look"] += one["look"]
                continue
            except Exceeded as why:
                tripped[item.id] = str(why)
        found["items"].append(reading.not_judged(item, [*tripped.values()][-1]))
    if not tripped:
        tripped["the notes on it"] = "reading them goes beyond the limits"
    found["look"] += [f"judging {id} failed: {why}" for id, why in tripped.items()]
    return found


def _reader(*made_for: str) -> Bounded:
    """This thread's bounded process for (home, sheet, fingerprint); it has the key and what judging needs."""
    if getattr(_here, "reads", None) != made_for:
        if hasattr(_here, "reader"):
            _here.reader.close()
        home, sheet, _ = made_for
        sheet_as_given(home, sheet)  # what is read now is there in each copy
        gc.freeze()
        functions = (reading.read_notebook, reading.prepare, reading.judge_run)
        _here.reader, _here.reads = Bounded({one.__name__: one for one in functions}), made_for
        util.Finalize(None, _here.reader.close, exitpriority=10)  # workers of a pool skip atexit
    return _here.reader


def _sandbox(*made_for) -> Sandbox:
    """This thread's sandbox for (home, unsafe, limits), started and tried out at its first use."""
    if getattr(_here, "made_for", None) != made_for:
        home, unsafe, limits = made_for
        if not hasattr(_here, "turn"):
            _here.turn = next(turns)
        sandbox = Sandbox(Path(home), unsafe, limits, _here.turn)
        sandbox.__enter__()
        util.Finalize(None, sandbox.__exit__, exitpriority=10)  # workers of a pool skip atexit
        _here.sandbox, _here.made_for = sandbox, made_for
    return _here.sandbox
