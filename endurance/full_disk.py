"""A disk without room, a small tmpfs: what can't be kept is told, what was kept stays, and goes on when there is room."""

import contextlib
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from endurance import kill_grading
from endurance.trial import ROOT, Result, Size
from ruspak.errors import CourseError
from ruspak.files import write_text

MEGABYTES = 8


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    """Each case in a process of its own that sees a small disk."""
    for case in CASES:
        result = Result((case.__doc__ or "").partition("\n")[0].rstrip("."), 1)
        if not shutil.which("bwrap"):
            yield Result(result.what, remark="not tried: bubblewrap is not installed")
            continue
        with tempfile.TemporaryDirectory(prefix="ruspak-endure-") as folder:
            disk = ["bwrap", "--dev-bind", "/", "/", "--size", str(MEGABYTES * 2**20), "--tmpfs", folder]
            command = [*disk, sys.executable, "-m", "endurance.full_disk", case.__name__, folder]
            ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            result.failed += [ran.stderr[-400:]] if ran.returncode else []
        yield result


@contextlib.contextmanager
def full(folder: Path) -> Iterator[None]:
    """Within the block there is no byte left on the disk of this folder."""
    with open(folder / "fill", "wb", buffering=0) as file, contextlib.suppress(OSError):
        for piece in (2**20, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"0" * piece):
                    pass
    yield
    (folder / "fill").unlink()


def rejected(call: Callable, *arguments) -> str:
    """What a call is rejected with; fails where it is not."""
    try:
        call(*arguments)
    except (CourseError, OSError) as error:
        return str(error)
    raise AssertionError(f"{call.__name__} says nothing")


def answers(folder: Path) -> None:
    """An answer to a quiz: told, counted, and kept with the next one."""
    from ruspak.quiz import progress
    from ruspak.quiz.progress import FIELDS, append, attempts

    os.environ["RUSPAK_PROGRESS"] = str(folder)
    attempt = dict.fromkeys(FIELDS) | {"id": "history-1", "correct": True, "revealed": False}
    append(attempt | {"answer": "first"})
    with full(folder):
        assert "can't be saved" in rejected(append, attempt | {"answer": "second" * 2000})
        assert len(attempts("history-1")) == 2
        assert "can't be written" in rejected(progress, folder / "export.jsonl")
    append(attempt | {"answer": "third"})
    assert [one["answer"][:6] for one in attempts("history-1", on_disk=True)] == ["first", "second", "third"]


def a_file(folder: Path) -> None:
    """A file of the project that is written anew: the old one stays."""
    write_text(folder / "page.md", "old")
    with full(folder):
        rejected(write_text, folder / "page.md", "new" * 10_000)
        assert (folder / "page.md").read_text() == "old" and {path.name for path in folder.iterdir()} == {
            "page.md",
            "fill",
        }
    write_text(folder / "page.md", "new")
    assert (folder / "page.md").read_text() == "new"


def marking(folder: Path) -> None:
    """The marking of a class: told in a sentence, and the same command goes on."""
    kill_grading.submissions(folder)
    command, environ = kill_grading.command(folder, folder / "out"), kill_grading.environ()
    with full(folder):
        ran = subprocess.run(command, env=environ, capture_output=True, text=True)
        assert ran.returncode == 1 and "Traceback" not in ran.stderr, (ran.returncode, ran.stderr[-300:])
    ran = subprocess.run(command, env=environ, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-300:]
    typed = kill_grading.give_points(folder / "out" / "written.csv")
    with full(folder):
        ran = subprocess.run(command, env=environ, capture_output=True, text=True)
        assert ran.returncode == 1 and "Traceback" not in ran.stderr, (ran.returncode, ran.stderr[-300:])
        assert kill_grading.points(folder / "out" / "written.csv") == typed
    assert subprocess.run(command, env=environ, capture_output=True).returncode == 0
    assert kill_grading.points(folder / "out" / "written.csv") == typed


def votes(folder: Path) -> None:
    """A live vote: not acknowledged, and taken when it is sent again."""
    from endurance.kill_votes import OPTIONS, QUESTION, do, running

    with running(folder) as room:
        teacher, phones = room.teacher(), [room.phone() for _ in range(8)]
        do(teacher, "ask", question=QUESTION).raise_for_status()
        state = teacher.state("teacher")
        phones[0].vote(state, OPTIONS[0], 70).raise_for_status()
        with full(folder):
            kept = [phone.vote(state, OPTIONS[1], 70) for phone in phones[1:] for _ in range(9)]
            assert any(not one.is_success for one in kept), "the disk was not full"
            assert all("kept" in one.text for one in kept if not one.is_success), kept
        room.kill()
        room.start()
        assert phones[0].state()["mine"]["answer"] == OPTIONS[0]
        for phone in phones[1:]:
            phone.vote(state, OPTIONS[2], 70).raise_for_status()
            assert phone.state()["mine"]["answer"] == OPTIONS[2]


CASES = (answers, a_file, marking, votes)

if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):
        globals()[sys.argv[1]](Path(sys.argv[2]))
