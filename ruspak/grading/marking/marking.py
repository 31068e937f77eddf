"""Marking one submission: read it, run it in the sandbox, judge what comes back.

Student code runs only in the sandbox, and student text is read only in a bounded process: this one hands bytes from the
one to the other.
"""

import contextlib
import gc
import itertools
import os
import threading
from dataclasses import dataclass
from multiprocessing import util
from pathlib import Path
from typing import Any

from ruspak.errors import CourseError
from ruspak.grading.marking import reading
from ruspak.grading.marking.bounded import Bounded, Exceeded
from ruspak.grading.marking.course import fingerprint, handed_out, key_of
from ruspak.grading.sandbox import Limits, Ran, Sandbox
from ruspak.sheets import public
from ruspak.sheets.items import Item, Sheet

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
    """The result of one submission, as JSON can hold it: state, items, written, notes, look, seconds.

    `look` holds what a person has to look at before the mark is final. Raises CourseError where the course itself is
    wrong, SandboxMissing where nothing may run.
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
    ran = _sandbox(job.home, job.unsafe, job.limits).run(
        notebook["code"], reading.names_of(key), job.student, job.limits
    )
    items, notes, look = _judge(reader, job, key, ran)
    return {
        "state": "marked",
        "items": items,
        "written": notebook["written"],
        "notes": [*notebook["notes"], *notes],
        "look": look,
        "seconds": round(ran.seconds, 3),
    }


def _unreadable(note: str, *look: str) -> dict[str, Any]:
    return {
        "state": "unreadable",
        "items": [],
        "written": {},
        "notes": [note],
        "look": [*look],
        "seconds": 0.0,
    }


def _judge(
    reader: Bounded, job: Job, key: Sheet, ran: Ran
) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """Marks, notes, and what a person has to look at. Where the answers together go beyond the limits, each is judged
    alone: one that does is named, the others count."""
    about = job.home, job.sheet, job.student
    items = {item.id: item for item in key.items if isinstance(item, Item)}
    try:
        reader.call("prepare", *about)
    except Exceeded as why:
        raise CourseError(
            f"{job.sheet}: working out the key's answers failed: {why}. Mend the key."
        ) from None
    with contextlib.suppress(Exceeded):
        marks = reader.call("judge_items", *about, ran, job.limits, [*items])
        return marks, reader.call("notes", *about, ran, job.limits), []
    marks, notes, look = [], [], {}
    try:
        notes = reader.call("notes", *about, ran, job.limits)
    except Exceeded as why:
        look["all answers"] = str(why)
    for id, item in items.items():
        if not look or "all answers" not in look and len(look) < TRIES:
            try:
                marks += reader.call("judge_items", *about, ran, job.limits, [id])
                continue
            except Exceeded as why:
                look[id] = str(why)
        marks.append(reading.not_judged(item, [*look.values()][-1]))
    return marks, notes, [f"judging {name} failed: {why}" for name, why in look.items()]


def _reader(*made_for: str) -> Bounded:
    """This thread's bounded process for (home, sheet, fingerprint); it has the key and what judging needs."""
    if getattr(_here, "reads", None) != made_for:
        if hasattr(_here, "reader"):
            _here.reader.close()
        home, sheet, _ = made_for
        handed_out(home, sheet)  # what is read now is there in each copy
        gc.freeze()
        functions = (reading.read_notebook, reading.prepare, reading.judge_items, reading.notes)
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
