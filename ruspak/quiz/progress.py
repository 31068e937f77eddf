"""What the learner answered: one JSON line an attempt, only ever added to, in the learner's own folder.

The folder is RUSPAK_PROGRESS where that is set, else the user's data folder for "ruspak".
"""

import errno
import json
import os
import sys
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.files import write_text
from ruspak.folders import folder_from

FIELDS = ("id", "time", "answer", "correct", "confidence", "brier", "revealed", "uid")
OPTIONAL = {"uid"}  # the name of one attempt; older files have none
_unsaved: list[dict] = []  # attempts of this kernel that the disk refused


def progress(file: str | Path | None = None):
    """A DataFrame of what was done, one row an objective (its index). With `file`, such as "ali.jsonl", all answers are
    also written there, for another device or the teacher.

    `questions`: in the bank; `tried`: with at least one attempt; `right`: answered rightly before the answer was shown;
    `first_try`: rightly at once; `brier`: mean Brier score of first answers that came with a confidence (0 is best, 1 is
    worst), missing where there are none. A damaged line of the file is told on stderr, left out and kept.
    Raises CourseError where the question bank has an error, the answers can't be read or `file` can't be written.
    """
    from ruspak.quiz.bank import questions
    from ruspak.quiz.report import report

    saved, damaged = _read()
    if damaged:
        lines = ", ".join(map(str, damaged[:5])) + (
            f" and {len(damaged) - 5} more" if len(damaged) > 5 else ""
        )
        print(
            f"{path()}, line {lines}: cut short or damaged, so left out here. The other attempts are read, "
            "and new ones are saved as before; you need do nothing.",
            file=sys.stderr,
        )
    if file is not None:
        _export(Path(file), saved + _unsaved)
    return report(saved + _unsaved, questions())


def _export(place: Path, answers: list[dict]) -> None:
    """Write attempts as the page of progress of the site does: one JSON line each."""
    if place.absolute() == path().absolute():
        raise CourseError(
            f"{place} is where the course keeps your answers. Give another file, such as ali.jsonl."
        )
    try:
        write_text(place, "".join(_line(answer) for answer in answers))
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{place}: your answers can't be written there ({error}). Give another file."
        ) from None
    print(f"{place.absolute()}: {len(answers)} answers.", file=sys.stderr)


def _line(attempt: dict) -> str:
    """One attempt as a line of a file."""
    kept = {name: attempt.get(name) for name in FIELDS if name not in OPTIONAL or attempt.get(name)}
    return json.dumps(kept, ensure_ascii=False) + "\n"


def attempts(question_id: str, on_disk: bool = False) -> list[dict]:
    """The attempts at one question, oldest first, as dictionaries of FIELDS; or only those that are on the disk."""
    return [attempt for attempt in _read()[0] + ([] if on_disk else _unsaved) if attempt["id"] == question_id]


def append(attempt: dict) -> None:
    """Save one attempt (a dictionary of FIELDS), and those that the disk refused before, so that a crash loses at most one.

    Raises CourseError where the disk refuses; the attempt then still counts until the kernel ends.
    """
    _unsaved.append(attempt)
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        with path().open("a+b", buffering=0) as file:
            while _unsaved:
                _write(file, _unsaved[0])
                del _unsaved[0]
    except OSError as error:
        raise CourseError(
            f"{path()}: your answers can't be saved there ({error.strerror}). The quiz works, and counts them "
            "until you close the notebook. To keep them, set RUSPAK_PROGRESS to a folder of yours."
        ) from None


def _write(file, attempt: dict) -> None:
    """Add one line, in one call and at the end, so that two notebooks can't mix their lines. Raises OSError."""
    line = _line(attempt).encode("utf-8", "surrogatepass")
    if file.seek(0, os.SEEK_END):
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":  # a crash cut the last line: leave it, start a new one
            line = b"\n" + line
    if file.write(line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.fileno())


def path() -> Path:
    """The attempts file, which need not exist yet."""
    from platformdirs import user_data_dir

    return folder_from("RUSPAK_PROGRESS", lambda: user_data_dir("ruspak")) / "attempts.jsonl"


def _read() -> tuple[list[dict], list[int]]:
    """The attempts on disk, and the numbers of the lines that are no attempt."""
    try:
        lines = path().read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    except OSError as error:
        raise CourseError(
            f"{path()}: it can't be read ({error.strerror}). Make it readable, or set RUSPAK_PROGRESS "
            "to a folder of yours."
        ) from None
    good, damaged = [], []
    for count, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            attempt = json.loads(line)
        except (ValueError, RecursionError):
            attempt = None
        if _is_attempt(attempt):
            good.append(attempt)
        else:
            damaged.append(count)
    return good, damaged


def _is_attempt(value) -> bool:
    """Whether a value has the shape of an attempt, so that its counts can be worked out."""
    return (
        isinstance(value, dict)
        and value.keys() >= set(FIELDS) - OPTIONAL
        and isinstance(value["id"], str)
        and all(value[name] is None or isinstance(value[name], bool) for name in ("correct", "revealed"))
        and all(_is_score(value[name]) for name in ("confidence", "brier"))
    )


def _is_score(value) -> bool:
    return value is None or type(value) in (int, float) and 0 <= value <= 100
