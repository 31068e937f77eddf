"""What all trials have in common: their result, how much of each is tried, and a helper or two."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = {".venv", ".git", "build", "progress"}  # of this clone alone


@dataclass
class Result:
    """One line of the report: what was tried how often, each failure in a sentence, and what was lost or found."""

    what: str
    tried: int = 0
    failed: list[str] = field(default_factory=list)
    lost: int = 0
    remark: str = ""


@dataclass(frozen=True)
class Size:
    """How much is tried; the name says for which command."""

    name: str
    orders: int  # times that all notebooks are run
    load: int  # processes that only burn time meanwhile
    notebooks: int  # of the notebooks, at most so many
    quiz: int  # kills of what records answers
    votes: int  # of the server of live votes
    grading: int  # of marking
    site: int  # of the build of the site
    env: int  # of the making of an environment
    inputs: int  # random inputs
    pythons: tuple[str, ...]  # versions on which bounds are tried
    minutes: float  # of use in the browser


PYTHONS = ("3.11", "3.12", "3.13")
SHORT = Size("make endure", 3, 8, 99, 200, 200, 20, 10, 5, 200_000, PYTHONS, 10)
LONG = Size("make endure-long", 20, 8, 99, 2000, 1000, 100, 40, 20, 2_000_000, PYTHONS, 60)
SMALL = Size("in small", 1, 1, 1, 3, 2, 1, 1, 1, 1000, (), 0.2)


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to a process and all of its group; it must have been started with start_new_session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def killed_after(seconds: float, command: list, **how) -> bool:
    """Run a command in a session of its own, and kill all of it after so many seconds. Whether it came to that."""
    process = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how
    )
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        kill(process)


def ended(command: list, seconds: float = 900, **how) -> subprocess.CompletedProcess:
    """Run a command and give what it said; not by a pipe, which a kernel that was left alone would hold open."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True, **how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        kill(process)
        out.seek(0), err.seek(0)
        said = (file.read().decode(errors="replace") for file in (out, err))
        return subprocess.CompletedProcess(command, process.returncode, *said)


def timed(command: list, **how) -> float:
    """Seconds that a command takes. Raises RuntimeError with the end of what it said where it fails."""
    begin = time.monotonic()
    ran = subprocess.run(command, capture_output=True, text=True, errors="replace", **how)
    if ran.returncode:
        raise RuntimeError(f"{command[1:]} ended with {ran.returncode}: {(ran.stdout + ran.stderr)[-300:]}")
    return time.monotonic() - begin


@contextlib.contextmanager
def course(name: str = "course") -> Iterator[Path]:
    """A copy of what a clone holds, in a folder of that name."""
    with tempfile.TemporaryDirectory(prefix="ruspak-endure-") as folder:
        caches = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", ".ipynb_checkpoints")
        for path in ROOT.iterdir():
            if path.is_dir() and path.name not in OWN:
                shutil.copytree(path, Path(folder, name, path.name), ignore=caches)
            elif path.is_file() and path.name != ".git":
                Path(folder, name).mkdir(parents=True, exist_ok=True)
                shutil.copy(path, Path(folder, name))
        yield Path(folder, name)


@contextlib.contextmanager
def busy(processes: int) -> Iterator[None]:
    """So many processes that only burn time, until the block ends."""
    burning = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(processes)]
    try:
        yield
    finally:
        for one in burning:
            one.kill()
            one.wait()
