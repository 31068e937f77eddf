"""Running a submission where it can do no harm, and taking back nothing but plain data. Linux with
bubblewrap."""

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.sandbox.bwrap import CODE, ENVIRONMENT, bwrap_command
from ruspak.grading.sandbox.cgroup import Cgroup, memory_cgroup
from ruspak.grading.sandbox.limits import Limits, Ran
from ruspak.grading.sandbox.memory import MB, TREE
from ruspak.grading.text import shown

START = 120.0  # seconds that the warm process may take to import everything
PATIENT_MB, PAUSE = 20, 0.001  # of output that is read at once; seconds before each later read
BESIDE_MB = 160  # for the warm process, and what a submission needs to hand over its answers
EMPTY_SHEET = b'{"values": {"word": 1}, "errors": [], "why": ""}'
GRACE = 15.0  # seconds after a submission's time at which all of the sandbox is ended, should the watch over it fail
MISSING = (
    "The sandbox can't be used: {why}. Install bubblewrap (Debian, Ubuntu: sudo apt install bubblewrap; "
    "Fedora: "
    "sudo dnf install bubblewrap) on Linux 5.14 or newer with user namespaces allowed; in a container these "
    "may "
    "have to be switched on. docs/grading.md says how to run without it, and what that risks."
)


class SandboxMissing(CourseError):
    """There is no sandbox here; nothing was run."""


class Sandbox:
    """A warm process in isolation, to be used with `with`; one submission at a time, none sees anything of
    another.

    course: the folder that holds exercises/ with the public descriptions. unsafe: no isolation, only limits
    of time and memory. limits: those with which it is tried out. turn: a number; sandboxes with numbers that
    follow each other run on different cores. Keep the thread that entered it alive: bubblewrap ends with that
    thread. Entering raises SandboxMissing, and CourseError where nothing can run within these limits.
    """

    def __init__(self, course: Path, unsafe: bool = False, limits: Limits = Limits(), turn: int = 0):
        self._course, self._unsafe, self._limits = Path(course).resolve(), unsafe, limits
        cores = sorted(os.sched_getaffinity(0))
        self._core = cores[turn % len(cores)]
        self._process: subprocess.Popen | None = None
        self._cgroup: Cgroup | None = None
        self._open = contextlib.ExitStack()

    def __enter__(self) -> "Sandbox":
        first = self.run(["word = 1"], ["word"], "", self._limits)
        if first.data != EMPTY_SHEET:
            self._stop()
            if first.ended == "sandbox" or first.ended.startswith("signal"):
                raise SandboxMissing(MISSING.format(why="a first try failed"))
            raise CourseError(
                f"Not even an empty sheet runs within these limits: it ended by {first.ended}. Give larger "
                f"ones."
            )
        return self

    def __exit__(self, *_) -> None:
        self._stop()

    def run(
        self,
        code_cells: list[str],
        names: list[str],
        student: str,
        limits: Limits = Limits(),
        looks: dict[int, list[str]] | None = None,
    ) -> Ran:
        """Run the cells in order in one namespace, as a notebook does, and hand back the named variables.

        student: what STUDENT is before the first cell. looks: variables to hand back also as they are after
        the cell of that number, from 1. A cell that raises is noted and the next one runs. Where the sandbox
        itself ends, it is started again and the submission gets one more try. Raises SandboxMissing where the
        isolation fails twice, which no submission can bring about.
        """
        request = {"cells": code_cells, "names": names, "student": student, "looks": looks or {}}
        for last in (False, True):
            if self._process is None:
                self._start()
            ran = self._once(request, limits)
            if ran and ran.ended != "failed":
                return ran
            if ran and last:
                raise self._missing("the isolation of a submission fails")
            self._stop()
        return Ran("sandbox")

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        self._errors = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        with theirs:
            words, environment = self._command(theirs.fileno())
            if not self._unsafe and (group := memory_cgroup()):
                self._cgroup, words = group, group.command(words)
            self._process = subprocess.Popen(
                words,
                env=environment,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
            )
        self._control.settimeout(START)
        try:
            ready = self._control.recv(1)
        except OSError:
            ready = b""
        if not ready:
            raise self._missing("it doesn't start")
        if self._cgroup:
            self._warm = self._cgroup.used()

    def _command(self, control: int) -> tuple[list[str], dict[str, str]]:
        if self._unsafe:
            folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="ruspak-"))
            places = {
                name: path.replace("/tmp", folder, 1)
                for name, path in ENVIRONMENT.items()
                if path[:4] == "/tmp"
            }
            return (
                [
                    sys.executable,
                    str(Path(__file__).with_name("worker.py")),
                    str(control),
                    str(self._core),
                    "open",
                ],
                {**ENVIRONMENT, **places, "PYTHONPATH": str(CODE), "RUSPAK_SHEETS": str(self._course)},
            )
        bwrap = shutil.which("bwrap")
        if not bwrap:
            raise SandboxMissing(MISSING.format(why="the program bwrap is not here"))
        return bwrap_command(bwrap, self._course, control, self._core), ENVIRONMENT

    def _missing(self, why: str) -> SandboxMissing:
        self._errors.seek(0)
        said = shown(self._errors.read(10_000).decode(errors="replace").strip().rpartition("\n")[2], 200)
        self._stop()
        return SandboxMissing(MISSING.format(why=f"{why} ({said})" if said else why))

    def _stop(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)  # bubblewrap takes everything inside with it
            self._process.wait()
            self._process = None
            self._control.close()
        if self._cgroup:
            self._cgroup.close()
            self._cgroup = None
        self._open.close()

    def _once(self, request: dict, limits: Limits) -> Ran | None:
        """One try; None where the sandbox ended, status "failed" where the isolation failed."""
        started, kills = time.monotonic(), 0
        if self._cgroup:
            kills = self._cgroup.kills()
            self._cgroup.limit(self._warm + int((TREE * limits.memory_mb + limits.disk_mb + BESIDE_MB) * MB))
        with contextlib.ExitStack() as ends:
            ours, theirs = map(ends.enter_context, socket.socketpair())
            result, output = _Pipe(ends, limits.result_kb * 1024), _Pipe(ends, 0)
            try:
                socket.send_fds(
                    self._control,
                    [json.dumps(asdict(limits)).encode()],
                    [theirs.fileno(), result.theirs, output.theirs],
                )
                for end in (theirs, result, output):
                    end.close()
                ours.settimeout(GRACE)
                ours.sendall(json.dumps(request).encode())
                ours.shutdown(socket.SHUT_WR)
                ended = _until_the_end(ours, (result, output), started + limits.seconds + GRACE)
            except OSError:
                return None
        if not ended:
            return None
        if self._cgroup and self._cgroup.kills() > kills and ended not in ("time", "failed"):
            ended = "memory"
        data = bytes(result.kept) if result.came <= result.most else None
        return Ran(ended, data, output.came, time.monotonic() - started)


class _Pipe:
    """A pipe for student code to write into. It never blocks: beyond `most` bytes it only counts."""

    def __init__(self, ends: contextlib.ExitStack, most: int):
        self.ours, self.theirs = os.pipe()
        ends.callback(os.close, self.ours)
        self._last = ends.enter_context(contextlib.ExitStack())
        self._last.callback(os.close, self.theirs)
        os.set_blocking(self.ours, False)
        self.most, self.kept, self.came = most, bytearray(), 0

    def close(self) -> None:
        """Close the end that the other side has by now."""
        self._last.close()

    def read(self) -> bool:
        """Take what is there. Returns whether more may come at once."""
        try:
            data = os.read(self.ours, 1 << 20)
        except BlockingIOError:
            return False
        self.came += len(data)
        self.kept += data[: max(0, self.most - len(self.kept))]
        return bool(data)


def _until_the_end(connection: socket.socket, pipes: tuple[_Pipe, ...], deadline: float) -> str:
    """Read the pipes until the warm process says how it ended; "" where it says nothing."""
    with selectors.DefaultSelector() as ready:
        ready.register(connection, selectors.EVENT_READ)
        for pipe in pipes:
            ready.register(pipe.ours, selectors.EVENT_READ, pipe)
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in ready.select(left):
                if key.data:
                    if not key.data.read():
                        ready.unregister(key.fd)
                    elif (
                        key.data.came > PATIENT_MB * MB
                    ):  # what nobody keeps costs the submission's time, not ours
                        time.sleep(PAUSE)
                else:
                    ended = connection.recv(
                        100
                    ).decode()  # all writers are dead by now: the pipes hold the rest
                    while any([pipe.read() for pipe in pipes]) and time.monotonic() < deadline:  # noqa: C419  (all of them)
                        pass
                    return ended
    return ""
