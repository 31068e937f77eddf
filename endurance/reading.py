"""What reads that which others write, each with the share of the random inputs that it is given.

A reader is prepared once and then takes dice; `last` of it is the input that it was given last, for the report.
"""

import contextlib
import datetime
import importlib
import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from endurance import chaos
from endurance.trial import ROOT
from ruspak.classroom.report import learners
from ruspak.grading.collect.roster import OPTIONAL, read_roster
from ruspak.grading.marking.course import key_of
from ruspak.grading.marking.reading import read_notebook
from ruspak.grading.report import written
from ruspak.quiz import judge, progress
from ruspak.quiz.progress import FIELDS
from ruspak.sheets.compare import judge as judge_item
from ruspak.sheets.compare import reference
from ruspak.sheets.items import Item, Written
from ruspak.sheets.serialise import serialise

bank = importlib.import_module("ruspak.quiz.bank")
NAMES = [path.stem.partition("_")[2] for path in sorted((ROOT / "solutions" / "keys").glob("[0-9]*.py"))]
Reader = Callable[[random.Random], object]


def sheets() -> dict:
    """The keys of the course's sheets, by id."""
    return {name: key_of(str(ROOT), name) for name in NAMES}


@contextlib.contextmanager
def checks() -> Iterator[Reader]:
    """`check` of any item, with any value that a student may have put into its variable."""
    items = [
        (item, dict(sheet.default))
        for sheet in sheets().values()
        for item in sheet.items
        if isinstance(item, Item)
    ]

    def read(dice: random.Random):
        item, params = dice.choice(items)
        found = student_value(dice, [list(row) for row in reference(item, params)])
        read.last = item.id, found
        judge_item(item, serialise(found), params)
        judge_item(item, chaos.damaged(dice, [found]) if isinstance(found, list) else found, params)

    yield read


def student_value(dice: random.Random, right: list):
    """A value of Python or pandas: the right rows, damaged, in one of the forms that students use."""
    rows = chaos.damaged(dice, right) if dice.random() < 0.7 else chaos.value(dice)
    listed = rows if isinstance(rows, list) else [rows]
    match dice.randrange(9):
        case 0:
            return listed[0] if listed else None
        case 1 if all(isinstance(row, list) for row in listed):
            return [cell for row in listed for cell in row]
        case 2:
            return {str(cell): number for number, cell in enumerate(listed)}
        case 3:
            return pd.Series(listed, index=[chaos.text(dice, 1) for _ in listed], dtype=object)
        case 4:
            return pd.DataFrame({number: pd.Series(row, dtype=object) for number, row in enumerate(listed)})
        case 5:
            return pd.DataFrame(
                {chaos.text(dice, 1): [one] * 2 for one in listed if not isinstance(one, list | dict)}
            )
        case 6:
            odd = (..., print, pd, object(), iter(listed), datetime.datetime.now(), complex(1, 2), b"1")
            return dice.choice(odd)
        case 7:
            return set(map(str, listed))
    return rows


@contextlib.contextmanager
def judges() -> Iterator[Reader]:
    """The judge of answers to the questions, for all questions of the bank."""
    questions = list(bank.load().values())

    def read(dice: random.Random):
        question = dice.choice(questions)
        good = (
            question.get("items")
            or question.get("choices")
            or [one["text"] for one in question.get("options", [])]
        )
        answer = chaos.damaged(dice, list(good)) if good and dice.random() < 0.5 else chaos.value(dice, 2)
        answer = dice.choice(good) if good and dice.random() < 0.1 else answer
        read.last = question["id"], answer
        if judge.misfit(question, answer) is None:
            judge.right(question, answer)
            if question["kind"] in ("numeric", "text"):
                judge.mistake(question, answer)
                judge.same(question, answer)

    yield read


@contextlib.contextmanager
def questions() -> Iterator[Reader]:
    """The question bank: a file with one question, damaged."""
    good = [
        {name: value for name, value in one.items() if name != "file"} for one in bank.questions().values()
    ]
    with tempfile.TemporaryDirectory() as folder:

        def read(dice: random.Random):
            entries = chaos.damaged(dice, [dice.choice(good)])
            read.last = text = json.dumps(entries, ensure_ascii=dice.random() < 0.5, default=str)
            if dice.random() < 0.2:
                place = dice.randrange(len(text) + 1)
                read.last = text = text[:place] + chaos.text(dice) + text[place + dice.randrange(9) :]
            Path(folder, "one.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
            bank._file.cache_clear()
            for question in bank.questions(Path(folder)).values():
                bank.prepare(question)

        yield read


def attempt(dice: random.Random, ids: list[str]) -> dict:
    """An attempt as the course keeps it."""
    right = dice.random() < 0.5
    return dict.fromkeys(FIELDS) | {
        "id": dice.choice(ids), "time": "2026-11-21T18:00:00.000Z", "answer": chaos.text(dice), "correct": right,
        "confidence": dice.choice((None, 50, 70, 100)), "brier": dice.choice((None, 0.09, 0.49)), "revealed": False,
        "uid": str(dice.random()),
    }  # fmt: skip


def answers(dice: random.Random, ids: list[str]) -> bytes:
    """A file of answers, some of its lines damaged."""
    lines = [attempt(dice, ids) for _ in range(dice.randrange(6))]
    lines = [chaos.damaged(dice, line) if dice.random() < 0.4 else line for line in lines]
    data = "\n".join(json.dumps(line, default=str) for line in lines).encode()
    place = dice.randrange(len(data) + 1)
    return data if dice.random() < 0.7 else data[:place] + dice.randbytes(9) + data[place + 20 :]


@contextlib.contextmanager
def own_answers() -> Iterator[Reader]:
    """`progress()` over a damaged file of answers."""
    ids, before = list(bank.questions()), os.environ.get("RUSPAK_PROGRESS")
    with (
        tempfile.TemporaryDirectory() as folder,
        open(os.devnull, "w") as quiet,
        contextlib.redirect_stderr(quiet),
    ):
        os.environ["RUSPAK_PROGRESS"] = folder

        def read(dice: random.Random):
            read.last = answers(dice, ids)
            Path(folder, "attempts.jsonl").write_bytes(read.last)
            repr(progress())

        yield read
    os.environ.pop("RUSPAK_PROGRESS") if before is None else os.environ.update(RUSPAK_PROGRESS=before)


@contextlib.contextmanager
def answers_of_others() -> Iterator[Reader]:
    """The report of a class, over damaged files of answers of two learners."""
    questions = bank.load()
    asked = bank.questions()
    questions = {
        key: one | {name: asked[key][name] for name in ("file", "objective")}
        for key, one in questions.items()
    }
    with tempfile.TemporaryDirectory() as folder:

        def read(dice: random.Random):
            read.last = answers(dice, list(questions))
            for name in ("ali", "olga"):
                Path(folder, f"{name}.jsonl").write_bytes(read.last)
            learners.read([Path(folder)], questions)

        yield read


@contextlib.contextmanager
def rosters() -> Iterator[Reader]:
    """Class lists."""
    with tempfile.TemporaryDirectory() as folder:

        def read(dice: random.Random):
            read.last = chaos.table(
                dice, ["student", *OPTIONAL], {"variant": "roster", "extra_minutes": "30"}
            )
            Path(folder, "roster.csv").write_bytes(read.last)
            people = read_roster(Path(folder, "roster.csv"))
            people.by_id(chaos.text(dice)), people.by_name(chaos.text(dice))

        yield read


@contextlib.contextmanager
def points() -> Iterator[Reader]:
    """Tables of points for written answers."""
    keys = sheets()
    items = [item.id for sheet in keys.values() for item in sheet.items if isinstance(item, Written)]
    with tempfile.TemporaryDirectory() as folder:

        def read(dice: random.Random):
            good = {"item": dice.choice(items), "points": dice.choice("1234"), "out_of": "10"}
            read.last = chaos.table(
                dice, [*written.COLUMNS, *written.LINES], good | dict.fromkeys(written.LINES, "")
            )
            Path(folder, dice.choice((written.NOW, written.BEFORE))).write_bytes(read.last)
            written.read_given(Path(folder), keys)

        yield read


@contextlib.contextmanager
def notebooks() -> Iterator[Reader]:
    """Sheets that are handed in."""
    good = {
        name: json.loads(path.read_bytes())
        for name in NAMES
        for path in (ROOT / "exercises").glob(f"*_{name}.ipynb")
    }

    def read(dice: random.Random):
        name = dice.choice(list(good))
        data = json.dumps(chaos.damaged(dice, good[name]), default=str).encode()
        if dice.random() < 0.2:
            place = dice.randrange(len(data))
            data = data[:place] + dice.randbytes(dice.randrange(9)) + data[place + 9 :]
        read.last = name
        read_notebook(str(ROOT), name, data)

    yield read


@contextlib.contextmanager
def votes() -> Iterator[Reader]:
    """Votes that are sent to the server of a class, each from a phone of its own."""
    from live_class import KINDS, QUESTIONS, do, running

    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as room:
        teacher, phone = room.teacher(), room.phone()
        do(teacher, "ask", question=KINDS["multiple"]).raise_for_status()
        number = teacher.state("teacher")["number"]
        options = [option["text"] for option in QUESTIONS[KINDS["multiple"]]["options"]]
        phone.cookies.clear()

        def read(dice: random.Random):
            good = {"number": number, "round": 1, "answer": dice.sample(options, 2), "sure": 70}
            sent = good if dice.random() < 0.1 else chaos.damaged(dice, good)
            body = (
                json.dumps(sent, default=str).encode()
                if dice.random() < 0.8
                else chaos.text(dice).encode("utf-8", "replace")
            )
            read.last = body
            kind = "application/json" if dice.random() < 0.95 else "text/plain"
            cookie = f"ruspak-phone-{room.port}={dice.randbytes(16).hex()}"
            told = phone.post("/vote", content=body, headers={"Content-Type": kind, "Cookie": cookie})
            if told.status_code >= 500:
                raise RuntimeError(f"the server answers {told.status_code}")

        yield read
        if not do(teacher, "close").is_success:
            raise RuntimeError("the vote can't be closed any more")


# how large a share, what is read, the reader
READERS = [
    (20, "`check` of any item, any value", checks),
    (20, "the judge of quiz answers", judges),
    (8, "the question bank, its schema", questions),
    (1, "`progress()`, the learner's own file", own_answers),
    (4, "the class report, learners' files", answers_of_others),
    (8, "rosters", rosters),
    (8, "tables of points for written answers", points),
    (2, "sheets that are handed in", notebooks),
    (2, "live votes, over HTTP", votes),
]
