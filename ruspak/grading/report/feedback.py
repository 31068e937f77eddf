"""The page that a student gets back for one sheet."""

import functools
import json
import re
import statistics
from pathlib import Path

from ruspak.grading.collect.roster import Student
from ruspak.grading.files import safe_name, whole
from ruspak.grading.report.results import Mark, Result, Results
from ruspak.grading.text import bar, escaped, page, prose
from ruspak.place import COURSE
from ruspak.quiz import bank
from ruspak.sheets import public
from ruspak.sheets.items import Item, Written, fill
from ruspak.sheets.variants import draw

ENOUGH = 0.6  # the part of an objective's points below which its sections are to be read again
FILE = re.compile(
    r"^(a file is left out|\d+ tries; the newest counts) \(.*?\)(?=:|$)"
)  # its name is for the teacher
HEADS = {
    "right": "right",
    "wrong": "not right",
    "wrong type": "not of the right kind",
    "not attempted": "no answer",
    "not run": "not reached",
    "not judged": "your teacher has to look",
    "waiting": "not marked yet",
    "marked": "marked",
}


def write(out: Path, tmp: Path, results: Results) -> None:
    """Write feedback/<student>_<sheet>.html for each result that was handed in, and delete pages that belong
    to none."""
    kept = set()
    for result in results:
        if result.state not in ("missing", "left out"):
            name = file_name(result.student, result.sheet.id)
            with whole(out / "feedback" / name, tmp) as file:
                file.write(feedback(result))
            kept.add(name)
    for path in (out / "feedback").glob("*.html"):
        if path.name not in kept:
            path.unlink()


def file_name(student: Student, sheet: str) -> str:
    """A name for the page that is safe and of its own, whatever the student's id."""
    return f"{safe_name(student.student)}_{sheet}.html"


def feedback(result: Result) -> str:
    """The page: what was reached, and for each item what to do next. It holds hints, never the key."""
    params = draw(public.read(result.sheet.id), result.by or result.student.student)
    of = result.student.name or result.student.student
    parts = [f"<p>For {escaped(of)}. {_variant(result, params)}</p>"]
    if result.state == "unreadable":
        parts += [
            "<p>Your notebook could not be read, so there are no marks.</p>",
            _notes(result),
            "<p>Please hand it in again: in JupyterLab, save it, then upload the file that ends in "
            ".ipynb.</p>",
        ]
        return page(f"Feedback: {result.sheet.id}", "\n".join(parts))
    soon = " so far; written answers are still to be marked" if result.waiting else ""
    parts += [
        f"<p><strong>{result.points:g} of {result.out_of} "
        f"points</strong>{soon}.</p>{bar(result.points, result.out_of)}",
        _notes(result),
        _again(result),
    ]
    parts += [_item(result.sheet.item(mark.item), mark, params) for mark in result.marks]
    return page(f"Feedback: {result.sheet.id}", "\n".join(parts))


def _variant(result: Result, params: dict) -> str:
    words = fill(result.sheet.prompt, result.sheet.space, params)
    return f"Your variant: {escaped(words)}" if words else ""


def _notes(result: Result) -> str:
    """What was odd about the notebook, for a student's eyes: without the names of files."""
    notes = [FILE.sub(r"\1", note) for note in result.notes]
    return f"<ul>{''.join(f'<li>{escaped(note)}</li>' for note in notes)}</ul>" if notes else ""


def _again(result: Result) -> str:
    """What to read again: the objectives of which less than ENOUGH was reached, in the words of the
    lesson."""
    reached: dict[str, list[float]] = {}
    for mark in result.marks:
        if mark.points is not None:
            reached.setdefault(result.sheet.item(mark.item).objective, []).append(mark.points / mark.out_of)
    known = objectives(result.sheet.notebook)
    weak = [name for name, shares in reached.items() if statistics.fmean(shares) < ENOUGH and name in known]
    if not weak:
        return ""
    where = sections(result.sheet.notebook)
    lines = "".join(f"<li>{prose(known[name])}{_places(where.get(name, []))}</li>" for name in weak)
    lesson = f"notebooks/{escaped(result.sheet.notebook)}.ipynb"
    return f"<p>To read again in the lesson, <code>{lesson}</code>:</p><ul>{lines}</ul>"


def _places(headings: list[str]) -> str:
    return f" Sections: {'; '.join(f'<em>{escaped(one)}</em>' for one in headings)}." if headings else ""


@functools.cache
def sections(notebook: str) -> dict[str, list[str]]:
    """The headings of a lesson by objective: those under which a question asks for it."""
    heading, found = "", {}
    for cell in _cells(notebook):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (begins := re.match(r"##+ (?:More: )?(.+)", source)):
            heading = begins[1]
        for key in re.findall(r'^quiz\("([\w-]+)"', source, re.M):
            headings = found.setdefault(bank.questions()[key]["objective"], [])
            if heading and heading not in headings:
                headings.append(heading)
    return found


@functools.cache
def _cells(notebook: str) -> list[dict]:
    """The cells of a lesson; none where it is not there."""
    path = COURSE / "notebooks" / f"{notebook}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else []


@functools.cache
def objectives(notebook: str) -> dict[str, str]:
    """The objectives of a lesson by their ids, as they stand in its own list; none where it has no such
    list."""
    lines = [
        line
        for cell in _cells(notebook)
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
    ]
    found = (re.fullmatch(r"\d+\. (.+) `([a-z0-9-]+)`", line.strip()) for line in lines)
    return {one[2]: one[1].replace("**", "") for one in found if one}


def _item(item: Item | Written, mark: Mark, params: dict) -> str:
    points = f"{mark.out_of} points" if mark.points is None else f"{mark.points:g} of {mark.out_of} points"
    parts = [f"<h2>{escaped(item.id)}: {HEADS[mark.verdict]}, {points}</h2>"]
    if mark.points is not None:
        parts.append(bar(mark.points, mark.out_of))
    if isinstance(item, Written):
        if mark.answer:
            parts.append(f"<p>Your answer:</p>{mark.answer}")
        if mark.lines:
            lines = (f"{got:g} of {most}" for got, (most, _) in zip(mark.lines, item.rubric))
            parts.append(f"<p>Points, line by line: {' · '.join(lines)}.</p>")
    else:
        parts.append(f"<p>Asked for: {escaped(item.words(item.prompt, params))}.</p>")
    if mark.override:
        parts.append(f"<p>{escaped(mark.override)}</p>")
    if mark.feedback:
        parts.append(f"<p>{escaped(mark.feedback)}</p>")
    if isinstance(item, Item) and mark.verdict != "right":
        steps = "".join(f"<li>{prose(item.words(hint, params))}</li>" for hint in item.hints)
        parts.append(f"<p>How to get there:</p><ol>{steps}</ol>")
    return "\n".join(parts)
