"""Marking one submission: read it, run it in the sandbox, judge the values that come back.

Student code runs only in the sandbox. This process sees plain data and never imports or calls a student's object.
"""

import functools
import hashlib
import importlib.metadata
import itertools
import os
import sys
import threading
from dataclasses import dataclass
from multiprocessing import util
from pathlib import Path
from typing import Any

from ruspak.errors import CourseError
from ruspak.grading.collect.notebook import Notebook, Unreadable, markdown, read
from ruspak.grading.marking.outcome import Returned, outcome
from ruspak.grading.sandbox import Limits, Sandbox
from ruspak.grading.text import clean, shown
from ruspak.sheets import public
from ruspak.sheets.compare import Outcome, judge
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.keys import load
from ruspak.sheets.names import course_names, hidden_names
from ruspak.sheets.variants import draw, normalised

ROOT = Path(__file__).resolve().parents[3]
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
    """The result of one submission, as JSON can hold it: state, items, written, notes, seconds.

    Raises CourseError where the course itself is wrong, SandboxMissing where nothing may run.
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
    description, key = public.read(job.sheet), key_of(job.home, job.sheet)
    try:
        notebook = read(job.data, description, _handed_out(job.home, job.sheet))
    except Unreadable as reason:
        return {"state": "unreadable", "items": [], "written": {}, "notes": [str(reason)], "seconds": 0.0}
    items = [item for item in key.items if isinstance(item, Item)]
    names = [*dict.fromkeys([*(item.variable for item in items), "STUDENT", *course_names()])]
    ran = _sandbox(job.home, job.unsafe, job.limits).run(notebook.code, names, job.student, job.limits)
    returned = outcome(ran, names, job.limits)
    params = draw(description, job.student)
    return {
        "state": "marked",
        "items": [_judged(item, returned, params) for item in items],
        "written": {id: clean(text) for id, text in notebook.written.items()},
        "notes": _notes(notebook, returned, job),
        "seconds": round(ran.seconds, 3),
    }


def _judged(item: Item, ran: Returned, params: dict[str, Any]) -> dict[str, Any]:
    outcome = judge(item, ran.values.get(item.variable), params)
    if ran.status not in ("ok", "output") and outcome.verdict == "not attempted":
        outcome = Outcome("not run", 0.0, "Your notebook was stopped before this answer could be read.")
    return {
        "item": item.id,
        "points": round(outcome.fraction * item.points, 2),
        "out_of": item.points,
        "verdict": outcome.verdict,
        "feedback": outcome.feedback,
        "mistake": outcome.mistake,
    }


def _notes(notebook: Notebook, ran: Returned, job: Job) -> list[str]:
    """What a teacher should know about this submission, in a fixed order."""
    notes = list(notebook.notes)
    if ran.note:
        notes.append(ran.note)
    if ran.errors:
        places = "; ".join(f"{cell}: {shown(str(line), 100)}" for cell, line in ran.errors[:3])
        notes.append(
            f"code cells that stopped with an error: {places}" + ("; and more" if len(ran.errors) > 3 else "")
        )
    if hidden := hidden_names({name: ran.values[name] for name in course_names() if name in ran.values}):
        notes.append(hidden)
    claimed = ran.values.get("STUDENT")
    if type(claimed) is str and not claimed.strip():
        notes.append("the notebook names no student; judged with the variant of the roster's id")
    elif type(claimed) in (str, int) and normalised(claimed) != normalised(job.student):
        notes.append("the notebook names another student; judged with the variant of the roster's id")
    return notes


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


def key_path(home: str, sheet: str) -> Path:
    """Where the key of a sheet is."""
    return Path(home, "solutions", "keys", f"{public.read(sheet)['notebook']}.py")


@functools.cache
def key_of(home: str, sheet: str) -> Sheet:
    """The key of a sheet, loaded once in each process. Raises CourseError for an error in it."""
    return load(key_path(home, sheet))


@functools.cache
def fingerprint(home: str, sheet: str) -> str:
    """A hash of all that a mark follows from, besides the submission: the code, the tables, the sheet and its key, and
    what computes."""
    files = [
        *(ROOT / "ruspak").rglob("*.py"),
        *(ROOT / "data").glob("*.[cj]s*"),
        key_path(home, sheet),
        *Path(home, "exercises").glob("*.json"),
        *Path(home, "exercises").glob("*.ipynb"),
    ]
    total = hashlib.sha256(
        repr([sys.version, *map(importlib.metadata.version, ("pandas", "numpy"))]).encode()
    )
    for path in sorted(filter(Path.is_file, files), key=lambda one: (one.name, str(one))):
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


@functools.cache
def _handed_out(home: str, sheet: str) -> frozenset[str]:
    """The Markdown cells of the sheet as it was given; none where its notebook isn't there."""
    path = Path(home, "exercises", f"{public.read(sheet)['notebook']}.ipynb")
    return markdown(path.read_bytes()) if path.exists() else frozenset()
