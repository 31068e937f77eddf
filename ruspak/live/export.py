"""The votes as a table for a spreadsheet."""

import csv
import io

from ruspak.grading.files import safe_cell
from ruspak.live.store import Store
from ruspak.quiz import judge

HEAD = ("asked", "question", "round", "phone", "answer", "right", "sure_pct")


def table(store: Store, questions: dict[str, dict]) -> str:
    """CSV with one row a vote: the number of the asking, question, round, a number for the phone, answer, 1
    for right or 0, how sure in per cent.

    Phones are numbered anew in each table, in no order that says when they came. Of an answer with several
    parts, ` | ` parts them. `right` is empty where the bank has changed since, so that the answer fits the
    question no more.
    """
    asked = {number: key for number, key, _, _ in store.askings()}
    votes = store.votes()
    phones = {phone: place for place, phone in enumerate(sorted({vote[2] for vote in votes}), 1)}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEAD)
    for number, round, phone, answer, sure in votes:
        question = questions.get(asked[number])
        judged = question and judge.misfit(question, answer) is None
        said = " | ".join(answer) if isinstance(answer, list) else answer
        rows.writerow(
            map(
                safe_cell,
                (
                    number,
                    asked[number],
                    round,
                    phones[phone],
                    said,
                    int(judge.right(question, answer)) if judged else "",
                    sure,
                ),
            )
        )
    return out.getvalue()
