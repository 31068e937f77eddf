"""The page that a student gets back for one sheet."""

import re
from pathlib import Path

from ruspak.grading.files import safe_name, whole
from ruspak.grading.report.results import Mark, Paper, Papers
from ruspak.grading.text import escaped, page, said
from ruspak.sheets import public
from ruspak.sheets.items import Item, Written, fill
from ruspak.sheets.variants import draw

HEADS = {
    "right": "right",
    "wrong": "not right",
    "wrong type": "not of the right kind",
    "not attempted": "no answer",
    "not run": "not reached",
    "waiting": "not marked yet",
    "marked": "marked",
}


def write(out: Path, spare: Path, papers: Papers) -> None:
    """Write feedback/<student>_<sheet>.html for each paper that was handed in, and delete pages that belong to none."""
    kept = set()
    for paper in papers:
        if paper.state != "missing":
            name = file_name(paper)
            with whole(out / "feedback" / name, spare) as file:
                file.write(feedback(paper))
            kept.add(name)
    for path in (out / "feedback").glob("*.html"):
        if path.name not in kept:
            path.unlink()


def file_name(paper: Paper) -> str:
    """A name for the page that is safe and of its own, whatever the student's id."""
    return f"{safe_name(paper.student.student)}_{paper.sheet.id}.html"


def feedback(paper: Paper) -> str:
    """The page: what was reached, and for each item what to do next. It holds hints, never the key."""
    params = draw(public.read(paper.sheet.id), paper.student.student)
    of = paper.student.name or paper.student.student
    parts = [f"<p>For {escaped(of)}. {_variant(paper, params)}</p>"]
    if paper.state == "unreadable":
        parts += [
            "<p>Your notebook could not be read, so there are no marks.</p>",
            _notes(paper),
            "<p>Please hand it in again: in JupyterLab, save it, then upload the file that ends in .ipynb.</p>",
        ]
        return page(f"Feedback: {paper.sheet.id}", "\n".join(parts))
    soon = " so far; written answers are still to be marked" if paper.waiting else ""
    parts += [f"<p><strong>{paper.points:g} of {paper.out_of} points</strong>{soon}.</p>", _notes(paper)]
    parts += [_item(paper.sheet.item(mark.item), mark, params) for mark in paper.marks]
    return page(f"Feedback: {paper.sheet.id}", "\n".join(parts))


def _variant(paper: Paper, params: dict) -> str:
    words = fill(paper.sheet.says, paper.sheet.space, params)
    return f"Your variant: {escaped(words)}" if words else ""


def _notes(paper: Paper) -> str:
    """What was odd about the notebook, for a student's eyes: without the names of files."""
    notes = [re.sub(r" \(.*\)$", "", note) if "tries;" in note else note for note in paper.notes]
    return f"<ul>{''.join(f'<li>{escaped(note)}</li>' for note in notes)}</ul>" if notes else ""


def _item(item: Item | Written, mark: Mark, params: dict) -> str:
    points = f"{mark.out_of} points" if mark.points is None else f"{mark.points:g} of {mark.out_of} points"
    parts = [f"<h2>{escaped(item.id)}: {HEADS[mark.verdict]}, {points}</h2>"]
    if isinstance(item, Written):
        lines = "".join(f"<li>{most} points: {escaped(what)}</li>" for most, what in item.rubric)
        parts.append(f"<p>What counts:</p><ul>{lines}</ul>")
        if mark.answer:
            parts.append(f"<p>Your answer:</p>{said(mark.answer)}")
    else:
        parts.append(f"<p>Asked for: {escaped(item.words(item.says, params))}.</p>")
    if mark.feedback:
        parts.append(f"<p>{escaped(mark.feedback)}</p>")
    if isinstance(item, Item) and mark.verdict != "right":
        steps = "".join(f"<li>{escaped(item.words(hint, params))}</li>" for hint in item.hints)
        parts.append(f"<p>How to get there:</p><ol>{steps}</ol>")
    return "\n".join(parts)
