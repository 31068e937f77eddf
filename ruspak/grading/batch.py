"""Many submissions: over the cores of this machine or a Dask cluster, each result kept as soon as it is
there."""

import concurrent.futures
import concurrent.futures.process
import contextlib
import ctypes
import hashlib
import itertools
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ruspak.errors import CourseError
from ruspak.grading.collect.layouts import LeftOut, Submission
from ruspak.grading.collect.walk import Rejected
from ruspak.grading.files import whole
from ruspak.grading.marking import marking
from ruspak.grading.marking.bounded import KILLED_WITH_PARENT
from ruspak.grading.marking.course import fingerprint
from ruspak.grading.marking.marking import Job, mark
from ruspak.grading.sandbox import Limits
from ruspak.sheets import public

Say = Callable[[int, int], None]
ANSWER = 10.0  # seconds in which a scheduler must answer


class Store:
    """Results by what they follow from, one file each, so that an interrupted batch goes on where it was."""

    def __init__(self, folder: Path, lock: int | None = None):
        """`lock`: the number of the open file that keeps other runs out; workers let go of it."""
        self.folder, self.lock = folder, lock
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.tmp"):  # of a run that was killed
            left.unlink()

    def get(self, name: str) -> dict[str, Any] | None:
        """The result of that name; None where there is none, or a damaged one."""
        try:
            check, text = (self.folder / f"{name}.json").read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError):
            return None
        return json.loads(text) if check == _hash(text) else None

    def put(self, name: str, result: dict[str, Any]) -> None:
        """Keep a result: the file is there whole or not at all."""
        with whole(self.folder / f"{name}.json", self.folder) as file:
            text = json.dumps(result, sort_keys=True)
            file.write(f"{_hash(text)}\n{text}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def mark_all(
    submissions: list[Submission],
    store: Store,
    limits: Limits,
    *,
    largest: int,
    unsafe: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    anew: bool = False,
    say: Say = lambda done, of: None,
) -> tuple[dict[tuple[str, str], str], list[LeftOut]]:
    """Mark what the store doesn't have yet: the name of each result by (student, sheet), and what could not
    be read.

    Only a few submissions are in memory at a time, of at most `largest` bytes each. `anew` marks also what
    the store has. `say` hears of progress. Raises CourseError and SandboxMissing; what was marked until then
    is kept.
    """
    names: dict[tuple[str, str], str] = {}
    unread: list[LeftOut] = []
    home, done = str(public.home()), 0
    with _executor(workers, scheduler, store.lock) as (submit, width):
        running: dict[concurrent.futures.Future, str] = {}

        def tell() -> None:
            nonlocal done
            done += 1
            say(done, len(submissions))

        def gather(until: int) -> None:
            while len(running) > until:
                ready, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in ready:
                    store.put(running.pop(future), _result(future))
                    tell()

        for submission in submissions:
            who = submission.student.student, submission.sheet
            try:
                data = submission.file.read(largest)
            except Rejected as reason:
                unread.append(LeftOut(submission.file.label, str(reason), who[:1], who[1]))
                tell()
                continue
            course = fingerprint(home, submission.sheet)
            names[who] = _name(data, *who, repr(limits), str(unsafe), course)
            if not anew and store.get(names[who]) is not None:
                tell()
            else:
                gather(width - 1)
                running[submit(mark, Job(data, *who, limits, unsafe, home, course, scheduler is None))] = (
                    names[who]
                )
        gather(0)
    return names, unread


def _name(data: bytes, *rest: str) -> str:
    return _hash(json.dumps([hashlib.sha256(data).hexdigest(), *rest]))


def _result(future: concurrent.futures.Future) -> dict[str, Any]:
    try:
        return future.result()
    except concurrent.futures.process.BrokenProcessPool:
        raise CourseError(
            "A worker process was ended from outside, perhaps for lack of memory. What was marked is "
            "kept: run the same command again, with fewer --workers."
        ) from None


@contextlib.contextmanager
def _executor(workers: int | None, scheduler: str | None, lock: int | None) -> Iterator[tuple[Callable, int]]:
    """A submit function, and how many submissions may be under way at once."""
    if scheduler is None:
        count = workers or len(os.sched_getaffinity(0))
        context = multiprocessing.get_context(_start_method())
        begin = context.Value("i", 0), lock if context.get_start_method() == "fork" else None
        others = set(multiprocessing.active_children())
        with concurrent.futures.ProcessPoolExecutor(count, context, _begin, begin) as pool:
            try:
                yield pool.submit, 2 * count
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for worker in set(multiprocessing.active_children()) - others:
                    worker.kill()  # at once, whatever it is running; its sandbox ends with it
                raise
        return
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "--scheduler needs the package distributed, here and on the workers: "
            "pip install distributed, then run again."
        ) from None
    try:
        client = Client(scheduler, timeout=ANSWER)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"--scheduler {scheduler}: no answer ({error}). Give the address that the scheduler prints."
        ) from None
    with client:
        pool = client.get_executor(pure=False, retries=3)
        try:
            yield pool.submit, max(2, 2 * sum(client.nthreads().values()))
        finally:
            pool.shutdown(wait=False)  # which takes back what still waits there


def _start_method() -> str:
    """How workers are made. A copy of this process needs no second import of pandas and the keys; but it would copy,
    too, the locks of other threads, and a sandbox in use."""
    return "fork" if threading.active_count() == 1 and marking.is_unused() else "spawn"


def _begin(counter: Any, lock: int | None = None) -> None:
    """Give a worker a core of its own to use, by a number that all share, and let it not outlive this
    program, even where that is killed; its sandbox and its bounded process then end with it. Ctrl-C is for
    this program, which ends its workers. `lock`: a file that it has only as a copy."""
    ctypes.CDLL(None).prctl(KILLED_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != multiprocessing.parent_process().pid:  # it died before
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if lock is not None:
        os.close(lock)
    with counter.get_lock():
        marking.turns = itertools.count(counter.value)
        counter.value += 1


def progress(done: int, of: int) -> None:
    """A bar on a terminal, nothing elsewhere."""
    if sys.stderr.isatty():
        bar = "█" * (30 * done // of)
        print(f"\r{bar:░<30} {done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)
