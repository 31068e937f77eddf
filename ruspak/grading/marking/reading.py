"""What reads a student's text: called in a bounded process, never where a class is marked.

All functions give plain JSON back. None raises for anything that a student wrote.
"""

import hashlib
import re
import unicodedata
from dataclasses import asdict, replace
from typing import Any

from ruspak.grading.collect.cells import Unreadable
from ruspak.grading.collect.code import Code
from ruspak.grading.collect.notebook import read
from ruspak.grading.collect.prose import Answer
from ruspak.grading.marking import course
from ruspak.grading.marking.outcome import Returned, outcome
from ruspak.grading.sandbox import Limits, Ran
from ruspak.grading.text import clean, revealed, said, shown
from ruspak.sheets import public
from ruspak.sheets.compare import Outcome, answers, judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.names import course_names, hidden_names
from ruspak.sheets.variants import draw, normalised

FEW = 6  # words that two students may well have in common
UNREAD = ("SyntaxError", "IndentationError", "TabError")
OVER = ("ok", "output")  # how a run ends that has reached its last cell


def read_notebook(home: str, sheet: str, data: bytes) -> dict[str, Any]:
    """{"code": the fields of Code, "written", "notes"}, or {"unreadable": why}."""
    try:
        notebook = read(data, public.read(sheet), course.sheet_as_given(home, sheet))
    except Unreadable as reason:
        return {"unreadable": str(reason)}
    return {
        "code": asdict(notebook.code),
        "written": {id: _written(answer) for id, answer in notebook.written.items()},
        "notes": notebook.notes,
    }


def _written(answer: Answer) -> dict[str, Any]:
    """An answer by its text, as HTML to be shown, and by the cells in which more of it may stand."""
    text, elsewhere = clean(answer.text), [(place, clean(own)) for place, own in answer.elsewhere]
    parts = [said(text) if text else "<p>There is no text in the answer's own cell.</p>"]
    parts += [
        f"<p>Elsewhere in the notebook, in cell {place} from the top:</p>{said(own)}"
        for place, own in elsewhere
    ]
    return {
        "text": "\0".join([text, *(own for _, own in elsewhere)]) if elsewhere else text,
        "html": "\n".join(parts),
        "alike": _alike(text),
        "places": [place for place, _ in elsewhere],
        "empty": not text.strip(),
    }


def _alike(text: str) -> str:
    """The same for answers of the same words, however they are spaced, capitalised and punctuated; "" for few
    words."""
    seen = "".join(
        one for one in text if unicodedata.category(one) not in ("Cf", "Mn")
    )  # what no eye tells apart
    words = re.findall(r"\w+", seen.casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16] if len(words) >= FEW else ""


def prepare(home: str, sheet: str, student: str) -> None:
    """Work out what the key says for a student of the roster, before a submission's time begins."""
    params = draw(public.read(sheet), student)
    for item in items_of(course.key_of(home, sheet)):
        answers(item, params)


def items_of(key: Sheet) -> list[Item]:
    """The items that a machine marks."""
    return [item for item in key.items if isinstance(item, Item)]


def names_of(key: Sheet) -> list[str]:
    """The variables that are asked for back."""
    return [*dict.fromkeys([*(item.variable for item in items_of(key)), "STUDENT", *course_names()])]


def judge_run(
    home: str,
    sheet: str,
    student: str,
    ran: Ran,
    limits: Limits,
    code: Code,
    shift: int = 0,
    only: list[str] | None = None,
) -> dict[str, Any]:
    """{"items", "look", "notes"}: the marks, what a person has to look at, and what a teacher should know, in
    a fixed order; "stopped": whether a cell of the setup raised. With another student's id in the notebook
    also "claimed": who, and the marks by that variant. `shift`: cells that ran before those of `code`.
    `only`: these items, and nothing else.
    """
    key, description = course.key_of(home, sheet), public.read(sheet)
    returned, params = outcome(ran, names_of(key), limits), draw(description, student)
    returned = replace(
        returned, errors=[(cell - shift, words) for cell, words in returned.errors if cell > shift]
    )
    items = [item for item in items_of(key) if only is None or item.id in only]
    judged = [_judged(key, item, returned, params, code) for item in items]
    found: dict[str, Any] = {
        "items": [mark for mark, _ in judged],
        "look": [look for _, look in judged if look],
    }
    if only is not None:
        return found
    found["notes"] = _notes(returned, code)
    found["stopped"] = bool(_stopped(returned, code, code.setup)) or not any(
        "variant(" in one for one in code.cells
    )
    if returned.status not in OVER:
        found["look"].append("it did not run to its end")
    claimed = returned.values.get("STUDENT")
    if type(claimed) in (str, int) and normalised(claimed) != normalised(student):
        theirs = draw(description, claimed)
        found["claimed"] = {
            "shown": revealed(str(claimed)),
            "id": normalised(claimed),
            "items": None
            if theirs == params
            else [_judged(key, item, returned, theirs, code)[0] for item in items],
        }
    return found


def _notes(returned: Returned, code: Code) -> list[str]:
    found = [returned.note] if returned.note else []
    if errors := returned.errors:
        places = "; ".join(f"{code.named(cell)} ({_error(words, 100)})" for cell, words in errors[:3])
        found.append(
            f"cells that stopped with an error: {places}" + ("; and more" if len(errors) > 3 else "")
        )
    values = returned.values
    if hidden := hidden_names({name: values[name] for name in course_names() if name in values}):
        found.append(hidden)
    return found


def not_judged(item: Item, why: str) -> dict[str, Any]:
    """The mark of an item whose value could not be judged: a person has to."""
    return _mark(item, Outcome("not judged", 0.0, f"Your teacher has to look at this answer: {why}."))


def _judged(
    key: Sheet, item: Item, returned: Returned, params: dict[str, Any], code: Code
) -> tuple[dict[str, Any], str]:
    """The mark, and what a person has to look at, if anything.

    The value at the end counts. Where it is no answer at all, the one that was checked counts. Where both are
    answers and the checked one is worth more, a person decides: nobody gets two tries at one question.
    """
    own = own_answer(key, item, returned.values, params)
    found, look = judge(item, returned.values.get(item.variable), params, own), ""
    if item.variable in returned.seen:
        checked = judge(item, returned.seen[item.variable], params, own)
        if found.verdict in ("not attempted", "wrong type") and checked.verdict in ("right", "wrong"):
            found = checked
        elif checked.fraction > found.fraction:
            more = f"{(checked.fraction - found.fraction) * item.points:g} points more"
            look = f"{item.id}: `{item.variable}` was given another value after its check; as it was checked: {more}"
    if found.verdict == "not attempted":
        if why := _stopped(returned, code, code.answers.get(item.id, [])) or _stopped(
            returned, code, code.setup
        ):
            found = Outcome("not attempted", 0.0, why)
        elif returned.status not in OVER:
            found = Outcome("not run", 0.0, "Your notebook was stopped before this answer could be read.")
    return _mark(item, found), look


def _stopped(returned: Returned, code: Code, places: list[int]) -> str:
    """What the learner is told where one of these cells raised; "" where none did."""
    for cell, words in returned.errors:
        if cell in places:
            if words.startswith(UNREAD) and "<string>" not in words:  # that one is a text which the cell ran
                return (
                    f"Python can't read your {code.named(cell)}: {_error(words, 120)}. So nothing in that cell ran. Mend "
                    "that line or the one before it, and run the cell again."
                )
            return (
                f"Your {code.named(cell)}, stopped: {_error(words, 120)}. The lines below that one did not run. Mend it, and "
                "run the cell again."
            )
    return ""


def _error(words: str, most: int) -> str:
    """An error's message in a sentence. Where a cell can't be read, Python calls it by a name that nobody gave it."""
    line = re.search(r" \(<?[\w.-]*>?, line (\d+)\)$", words)
    told = f"{words[: line.start()]}, in its line {line[1]}" if line else words
    return shown(told, most).rstrip(".")


def _mark(item: Item, found: Outcome) -> dict[str, Any]:
    return {
        "item": item.id,
        "points": round(found.fraction * item.points, 2),
        "out_of": item.points,
        "verdict": found.verdict,
        "feedback": found.feedback,
        "mistake": found.mistake,
    }
