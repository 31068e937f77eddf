"""The learners' files of answers, as the notebooks (`progress(file=…)`) and the site's page of progress write them.

What stands in them is hostile until shown otherwise: each line is an attempt at a question of this course, of the
right shape, or it is left out. Whether an answer is right is judged here, whatever the file says.
"""

import json
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading.collect.owners import MOODLE
from ruspak.grading.text import shown
from ruspak.quiz import judge

MOST = 10_000_000  # bytes of a file
ENDS = (".jsonl", ".json", ".txt")
CANVAS = re.compile(r"(?P<name>\w*?)_(?:LATE_)?(?P<number>\d+)_\d+_.+", re.S)
COPY = re.compile(
    r"( ?\(\d{1,3}\)|[ _-]{1,3}(copy|final|new|v)[ _-]?\d{0,3}|-\d{1,3})\Z", re.I
)  # of the same file
COMMON = re.compile(r"(attempts|answers|my-answers|progress)", re.I)  # names that say nothing of the learner


@dataclass(frozen=True)
class Attempt:
    """One answer to a question; None as the answer where it was shown instead. `sure`: in per cent, 50 to 100."""

    question: str
    time: datetime
    answer: object
    right: bool
    sure: int | None


@dataclass
class Learner:
    """A learner by the name of their files, with all attempts, the oldest first."""

    name: str
    attempts: list[Attempt] = field(default_factory=list)

    def at(self, question: str) -> list[Attempt]:
        """The attempts at one question."""
        return [one for one in self.attempts if one.question == question]


@dataclass(frozen=True)
class Remark:
    """What is odd about a file, and whether it is left out for it."""

    file: str
    words: str
    left_out: bool = True


class _Rejected(Exception):
    """A file that is left out; the message says why and what to do."""


def read(
    places: list[Path], questions: dict[str, dict], besides: Iterable[Path] = ()
) -> tuple[list[Learner], list[Remark]]:
    """All learners, by name, and what is odd about files, by path. `questions` are those of `bank.load`; `besides` are
    files that may lie there and are passed over.

    Files of one name, or in one learner's folder, belong to one learner. Raises CourseError for a place that is not
    there.
    """
    remarks: list[Remark] = []
    files: list[tuple[str, dict]] = []
    for path, label in _listed(places, set(map(os.path.abspath, besides))):
        try:
            attempts, odd = _attempts(_content(path), questions)
            files.append((label, attempts))
            if odd:
                remarks.append(Remark(label, odd, left_out=False))
        except _Rejected as reason:
            remarks.append(Remark(label, str(reason)))
    found: dict[str, Learner] = {}
    first: dict[tuple, str] = {}
    for label, attempts in sorted(files, key=lambda one: (-len(one[1]), one[0])):
        doubled = Counter(first[key] for key in attempts if key in first)
        if attempts and doubled.total() == len(attempts):
            remarks.append(Remark(label, f"all its attempts are in {doubled.most_common(1)[0][0]}, too."))
            continue
        if doubled:
            words = f"{doubled.total()} of its attempts are in {doubled.most_common(1)[0][0]}, too; they count there."
            remarks.append(Remark(label, words, left_out=False))
        owner, name = _owner(label)
        learner = found.setdefault(owner, Learner(name))
        learner.attempts += [one for key, one in attempts.items() if key not in first]
        first |= dict.fromkeys(attempts.keys() - first.keys(), label)
    names = Counter(learner.name for learner in found.values())
    for owner, learner in found.items():
        learner.attempts.sort(key=lambda one: one.time)
        if names[learner.name] > 1:
            learner.name = shown(owner, 60)
    return sorted(found.values(), key=lambda one: one.name.casefold()), sorted(
        remarks, key=lambda one: (one.file, one.words)
    )


def _listed(places: list[Path], besides: set[str]) -> list[tuple[Path, str]]:
    """The files in all places, each with its path as it can be shown."""
    found: dict[str, tuple[Path, str]] = {}
    for place in places:
        if not place.exists():
            raise CourseError(f"{place}: it is not there. Give files of answers, or the folder with them.")
        root = place if place.is_dir() else place.absolute().parent.parent
        inside = sorted(place.rglob("*")) if place.is_dir() else [place.absolute()]
        for path in inside:
            name, parts = os.path.abspath(path), path.relative_to(root).parts
            if path.is_dir() and not path.is_symlink() or name in besides:
                continue
            if not any(part.startswith(".") for part in parts):
                found.setdefault(name, (path, shown("/".join(parts), 200)))
    return list(found.values())


def _content(path: Path) -> str:
    """The text of a file. Raises _Rejected."""
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind) or not stat.S_ISREG(kind):
        raise _Rejected("it is a link or no ordinary file. Put the file itself there.")
    if path.suffix.lower() not in ENDS:
        what = (
            "it is a zip: unpack it" if path.suffix.lower() == ".zip" else "its name does not end in .jsonl"
        )
        raise _Rejected(f"{what}. A file of answers ends in .jsonl.")
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise _Rejected(f"it can't be read ({error.strerror}).") from None
    if len(data) > MOST:
        raise _Rejected("it has more than 10 MB. No learner has that many answers: ask for it again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Rejected(
            f"byte {error.start} is not UTF-8. Ask for the file as the course wrote it."
        ) from None


def _attempts(text: str, questions: dict[str, dict]) -> tuple[dict[tuple, Attempt], str]:
    """The attempts by what makes each one itself, and a sentence on the lines that are none. Raises _Rejected where
    no line is one.
    """
    good, odd = {}, Counter()
    for line in text.split("\n"):
        if line.strip():
            read = _attempt(line, questions)
            if isinstance(read, str):
                odd[read] += 1
            else:
                good[read[0]] = read[1]
    told = ", ".join(f"{what}: {count}" for what, count in sorted(odd.items()))
    if odd and not good:
        raise _Rejected(f"there is no attempt at a question of this course in it ({told}).")
    return good, f"not read in it are {told}. The other lines count." if odd else ""


def _attempt(line: str, questions: dict[str, dict]) -> tuple[tuple, Attempt] | str:
    """What makes an attempt itself, and it; or what the line is instead, for a count of such lines."""
    broken, foreign = "broken lines", "attempts at other questions or editions"
    try:
        raw = json.loads(line)
        key, time, answer = raw["id"], datetime.fromisoformat(raw["time"]), raw["answer"]
        sure, revealed, uid = raw["confidence"], raw["revealed"], raw.get("uid")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return broken
    if not isinstance(key, str) or not isinstance(revealed, bool) or not isinstance(uid, str | None):
        return broken
    if not (sure is None or (type(sure) is int and 50 <= sure <= 100)):
        return broken
    if key not in questions or (not revealed and judge.misfit(questions[key], answer)):
        return foreign
    right = not revealed and judge.right(questions[key], answer)
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return (key, raw["time"], uid), Attempt(key, time, None if revealed else answer, right, sure)


def _owner(label: str) -> tuple[str, str]:
    """What tells one learner from others in a file's path, and their name."""
    *folders, file = label.split("/")
    stem = COPY.sub("", file.rpartition(".")[0])
    for part in [*folders, file]:
        if known := MOODLE.fullmatch(part) or CANVAS.fullmatch(part):
            return f"{known['name']} {known['number']}", known["name"]
    if COMMON.fullmatch(stem) and folders:
        return "/".join(folders), folders[-1]
    return "/".join([*folders, stem]), stem
