"""The broken half of the fixtures: each gets its marks or none, and a clear line; none stops the batch."""

import csv
from pathlib import Path

import pytest
from grading_fixtures.broken import ANSWERS, HANDED_OUT, KINDS, SAMPLES, saved, solved
from test_grading_batch import mark

from ruspak.grading.collect import notebook
from ruspak.grading.collect.cells import HandedOut
from ruspak.sheets import public

pytestmark = pytest.mark.usefixtures("samples")


@pytest.fixture(scope="module")
def samples():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUSPAK_SHEETS", str(SAMPLES))
        public.read.cache_clear()
        yield
    public.read.cache_clear()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def marks(samples, tmp_path_factory):
    """The folder of marks for one submission of each kind."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "in").mkdir()
    for kind in KINDS:
        (folder / "in" / f"{kind.name}_sample.ipynb").write_bytes(kind.make(kind.name))
    (folder / "roster.csv").write_text("student\n" + "".join(f"{kind.name}\n" for kind in KINDS))
    summary = mark(folder / "in", folder / "roster.csv", folder / "out")
    assert summary.marked + summary.unreadable == len(KINDS)
    return folder / "out"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_gets_its_points_and_a_line(kind, marks):
    (total,) = [row for row in rows(marks / "totals.csv") if row["student"] == kind.name]
    assert total["points"] == ("" if kind.points is None else f"{kind.points:g}")
    waits = "" if kind.points in (None, 0) else "1 written answer waits for points"
    if kind.line is None:
        assert total["note"] == waits
    else:
        assert kind.line in total["note"]
    page = (marks / "feedback" / f"{kind.name}_sample.html").read_text(encoding="utf-8")
    assert ("could not be read" in page) == (kind.points is None)


def test_the_large_one_is_rejected_before_it_is_parsed(marks):
    (line,) = rows(marks / "left_out.csv")
    assert line["file"] == "printed-200-mb_sample.ipynb"
    assert line["reason"].startswith("it has more than 20 MB. Clear its outputs")


def answer(cells: list[dict], given: frozenset = frozenset()) -> str:
    sheet = {
        "sheet": "sample",
        "items": [
            {"id": "sample-9", "kind": "written"},
            {"id": "sample-1", "kind": "integer", "variable": "calls"},
        ],
    }
    code = [{"cell_type": "code", "source": "calls = 1"}]
    return (
        notebook.read(saved({"nbformat": 4, "cells": cells + code}), sheet, HandedOut(given))
        .written["sample-9"]
        .text
    )


def prose(source: str, grade_id: str | None = None) -> dict:
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "markdown", "source": source, "metadata": metadata}


STUB = "**sample-9**, 10 points. Your answer:\n\nYOUR ANSWER HERE"


def test_written_answers_are_found():
    mine = STUB.replace("YOUR ANSWER HERE", "It counts **calls**.")
    assert answer([prose(mine, "sample-9")]) == "It counts **calls**."
    assert answer([prose(STUB, "sample-9")]) == ""
    assert answer([prose("No frame at all.", "sample-9")]) == "No frame at all."
    assert answer([prose("**sample-9**, 10 points. Your answer: on one line", "sample-9")]) == "on one line"
    assert answer([prose("sample-9: by its id")]) == "by its id"
    assert answer([prose("see sample-9 below")]) == "", "only a cell that begins with the id is the answer"
    assert answer([prose("one", "sample-9"), prose("two", "sample-9")]) == "one\n\ntwo"


def test_an_answer_in_a_cell_below_counts_but_not_the_next_question():
    given = frozenset(["**sample-10.** Next question."])
    below = [
        prose(STUB, "sample-9"),
        prose("My own cell."),
        prose("And more."),
        prose("**sample-10.** Next question."),
        prose("Not mine."),
    ]
    assert answer(below, given) == "My own cell.\n\nAnd more."


def test_the_question_is_not_an_answer():
    question = "**sample-9.** What does it count?"
    assert answer([prose(question)], frozenset([question])) == ""


def test_the_kinds_are_many_and_the_honest_copy_is_as_handed_out():
    assert len(KINDS) >= 25
    assert len(solved("a")["cells"]) == len(HANDED_OUT["cells"]) and len(ANSWERS) == 9
