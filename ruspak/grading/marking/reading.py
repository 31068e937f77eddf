"""What reads a student's text: called in a bounded process, never where a class is marked.

All functions give plain JSON back. None raises for anything that a student wrote.
"""

from typing import Any

from ruspak.grading.collect.notebook import Unreadable, read
from ruspak.grading.marking import course
from ruspak.grading.marking.outcome import Returned, outcome
from ruspak.grading.sandbox import Limits, Ran
from ruspak.grading.text import clean, said, shown
from ruspak.sheets import public
from ruspak.sheets.compare import Outcome, answers, judge
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.names import course_names, hidden_names
from ruspak.sheets.variants import draw, normalised


def read_notebook(home: str, sheet: str, data: bytes) -> dict[str, Any]:
    """{"code", "written", "notes"}, or {"unreadable": why}."""
    try:
        notebook = read(data, public.read(sheet), course.handed_out(home, sheet))
    except Unreadable as reason:
        return {"unreadable": str(reason)}
    written = {id: clean(text) for id, text in notebook.written.items()}
    return {
        "code": notebook.code,
        "written": {id: {"text": text, "html": said(text)} for id, text in written.items()},
        "notes": notebook.notes,
    }


def prepare(home: str, sheet: str, student: str) -> None:
    """Work out what the key says for a student of the roster, before a submission's time begins."""
    params = draw(public.read(sheet), student)
    for item in _items(course.key_of(home, sheet)):
        answers(item, params)


def names_of(key: Sheet) -> list[str]:
    """The variables that are asked for back."""
    return [*dict.fromkeys([*(item.variable for item in _items(key)), "STUDENT", *course_names()])]


def judge_items(
    home: str, sheet: str, student: str, ran: Ran, limits: Limits, items: list[str]
) -> list[dict[str, Any]]:
    """The marks of some items."""
    key = course.key_of(home, sheet)
    returned, params = outcome(ran, names_of(key), limits), draw(public.read(sheet), student)
    return [_judged(item, returned, params) for item in _items(key) if item.id in items]


def notes(home: str, sheet: str, student: str, ran: Ran, limits: Limits) -> list[str]:
    """What a teacher should know about the run, in a fixed order."""
    returned = outcome(ran, names_of(course.key_of(home, sheet)), limits)
    found = [returned.note] if returned.note else []
    if returned.errors:
        places = "; ".join(f"{cell}: {shown(str(line), 100)}" for cell, line in returned.errors[:3])
        more = "; and more" if len(returned.errors) > 3 else ""
        found.append(f"code cells that stopped with an error: {places}{more}")
    values = returned.values
    if hidden := hidden_names({name: values[name] for name in course_names() if name in values}):
        found.append(hidden)
    claimed = values.get("STUDENT")
    if type(claimed) is str and not claimed.strip():
        found.append("the notebook names no student; judged with the variant of the roster's id")
    elif type(claimed) in (str, int) and normalised(claimed) != normalised(student):
        found.append("the notebook names another student; judged with the variant of the roster's id")
    return found


def not_judged(item: Item, why: str) -> dict[str, Any]:
    """The mark of an item whose value could not be judged: a person has to."""
    return _mark(item, Outcome("not judged", 0.0, f"Your teacher has to look at this answer: {why}."))


def _items(key: Sheet) -> list[Item]:
    return [item for item in key.items if isinstance(item, Item)]


def _judged(item: Item, returned: Returned, params: dict[str, Any]) -> dict[str, Any]:
    found = judge(item, returned.values.get(item.variable), params)
    if returned.status not in ("ok", "output") and found.verdict == "not attempted":
        found = Outcome("not run", 0.0, "Your notebook was stopped before this answer could be read.")
    return _mark(item, found)


def _mark(item: Item, found: Outcome) -> dict[str, Any]:
    return {
        "item": item.id,
        "points": round(found.fraction * item.points, 2),
        "out_of": item.points,
        "verdict": found.verdict,
        "feedback": found.feedback,
        "mistake": found.mistake,
    }
