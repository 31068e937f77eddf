"""What the notebooks say around the questions: lessons, objectives in words, and the evidence before a question."""

import functools
import html
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ruspak.errors import CourseError
from ruspak.place import COURSE

NOTEBOOKS = COURSE / "notebooks"
QUIZ = re.compile(r'quiz\("([a-z0-9-]+)"\)')
OBJECTIVE = re.compile(r"^\d+\.\s+(.*?)\s*`([a-z]+-[a-z-]+)`\s*$", re.M)
HEADING = re.compile(r"^(#{1,3}) (.+)$", re.M)
NO_EVIDENCE = ("audit(", "progress(")  # shows verdicts, or what this reader did


@dataclass(frozen=True)
class Place:
    """Where a question stands: title of the lesson, heading of the section, and as HTML what its code cells showed
    since the last question or heading. `menu`: whether one of them lets the reader choose.
    """

    lesson: str
    section: str
    evidence: tuple[str, ...] = ()
    menu: bool = False


@functools.cache
def places(folder: Path = NOTEBOOKS) -> dict[str, Place]:
    """The place of each question by its id. Raises CourseError where the notebooks are missing."""
    return {key: place for path in _notebooks(folder) for key, place in _places(_cells(path))}


@functools.cache
def objectives(folder: Path = NOTEBOOKS) -> dict[str, str]:
    """Each objective's words by its id, in the order of the notebooks; empty where the notebooks are missing."""
    return {
        key: words.replace("**", "")
        for path in sorted(folder.glob("[0-9]*.ipynb"))
        for cell in _cells(path)
        if cell.cell_type == "markdown"
        for words, key in OBJECTIVE.findall(cell.source)
    }


def _notebooks(folder: Path) -> list[Path]:
    if found := sorted(folder.glob("[0-9]*.ipynb")):
        return found
    raise CourseError(
        f"{folder}: there are no notebooks here, and the evidence of the questions stands in them. "
        "Run this in a clone of the course."
    )


def _cells(path: Path) -> list:
    return nbformat.read(path, as_version=4).cells


def _places(cells: list):
    """Pairs of a question's id and its place."""
    lesson = section = ""
    seen: list = []  # cells with something to see since the last heading
    fresh: list = []  # those since the last question, too
    for cell in cells:
        if cell.cell_type == "markdown":
            for marks, heading in HEADING.findall(cell.source):
                lesson, section, seen, fresh = heading if marks == "#" else lesson, heading, [], []
        elif asked := QUIZ.fullmatch(cell.source.strip()):
            near, fresh = fresh or seen, []
            shown = tuple(one for cell in near for one in _shown(cell))
            yield asked[1], Place(lesson, section, shown, any("explore(" in cell.source for cell in near))
        elif not cell.source.startswith(NO_EVIDENCE):
            seen.append(cell)
            fresh.append(cell)


def _shown(cell) -> list[str]:
    """What a code cell showed, as HTML."""
    found = []
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/html" in data:
            found.append(data["text/html"])
        elif text := output.get("text") or data.get("text/plain"):
            found.append(f"<pre>{html.escape(text)}</pre>")
    return found
