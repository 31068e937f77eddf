"""A process of its own for all that reads a student's text, with a deadline and a cap of memory. Linux.

Whatever a text makes of a pattern, a normalisation or a parser, it ends this process, not the one that marks
the class.
"""

import contextlib
import ctypes
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from ruspak.errors import CourseError
from ruspak.grading.sandbox.memory import MB, limit_memory

SECONDS = 5.0  # of the processor, for one call
PATIENCE = 12  # times as much on the clock: the machine may be busy
MEMORY_MB = 512  # above what the process has at its start
ANSWER_MB = 8  # of what a call gives back, as JSON
LOOK = 0.2  # seconds between two looks at the processor time used
KILLED_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Exceeded(Exception):
    """A call went beyond its limits; the message says which, as a part of a sentence."""


class Bounded:
    """Functions that are called in a forked process, one call at a time. Their arguments are pickled, their
    results JSON.

    The process lives on between calls; after one that fails it is forked anew. It dies with the thread that
    forked it.
    """

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        *,
        seconds: float = SECONDS,
        memory_mb: int = MEMORY_MB,
    ):
        self._functions, self._seconds, self._memory_mb = functions, seconds, memory_mb
        self._pid, self._fresh = 0, True

    def call(self, name: str, *arguments: Any) -> Any:
        """What the function of that name returns.

        Raises CourseError where it does, and Exceeded for too much time or memory and for any other failure.
        A process that has worked before gets a second try in a fresh one: what is left of others is no
        student's fault.
        """
        if self._pid and not self._fresh:
            with contextlib.suppress(Exceeded):
                return self._once(name, arguments)
        return self._once(name, arguments)

    def close(self) -> None:
        """End the process."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._connection.close()
            self._pid = 0

    def _once(self, name: str, arguments: tuple) -> Any:
        if not self._pid:
            self._fork()
        self._fresh, why, told = False, "", {}
        begun, deadline = _used(self._pid), time.monotonic() + PATIENCE * self._seconds
        try:
            self._connection.send((name, arguments))
            while not self._connection.poll(LOOK):
                if _used(self._pid) - begun > self._seconds or time.monotonic() > deadline:
                    why = f"it takes more than {self._seconds:g} seconds"
                    break
            else:
                told = json.loads(self._connection.recv_bytes(ANSWER_MB * MB))
        except (OSError, EOFError):
            why = "the process that reads it ended"
        if "course" in told:
            raise CourseError(told["course"])
        if why or "failed" in told:
            self.close()
            raise Exceeded(why or told["failed"])
        return told["value"]

    def _fork(self) -> None:
        self._connection, theirs = multiprocessing.Pipe()
        parent = os.getpid()
        self._pid, self._fresh = os.fork(), True
        if self._pid == 0:
            try:
                self._serve(theirs, parent)
            finally:
                os._exit(1)
        theirs.close()

    def _serve(self, connection: Connection, parent: int) -> None:
        ctypes.CDLL(None).prctl(KILLED_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before
            return
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # for the program that ends this one
        os.closerange(3, connection.fileno())
        os.closerange(connection.fileno() + 1, 4096)
        limit_memory(self._memory_mb)
        while True:
            try:
                name, arguments = connection.recv()
                told = {"value": self._functions[name](*arguments)}
                data = json.dumps(told).encode()
                if len(data) > ANSWER_MB * MB:
                    raise MemoryError
            except EOFError:
                return
            except MemoryError:
                data = json.dumps({"failed": f"it takes more than {self._memory_mb} MB of memory"}).encode()
            except CourseError as error:
                data = json.dumps({"course": str(error)}).encode()
            except Exception as error:
                data = json.dumps({"failed": f"reading it failed ({type(error).__name__})"}).encode()
            connection.send_bytes(data)


def _used(pid: int) -> float:
    """Seconds of the processor that a process of ours has used; infinite where there is none."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # what clock_getcpuclockid(3) gives
    except OSError:
        return float("inf")
