"""Written answers: the same words side by side, and points by line of the rubric."""

import re

import pytest
from grading_fixtures.broken import SAMPLES, saved, solved
from test_grading_batch import mark, rows, samples  # noqa: F401  (samples is used by itself)

from ruspak.errors import CourseError
from ruspak.grading.report import written
from ruspak.sheets.keys import load

SAME = "It counts the roll calls in which both took part."
RUBRIC = load(SAMPLES / "solutions/keys/01_sample.py").item("sample-9").rubric


@pytest.fixture
def marked(tmp_path):
    """(mark again, out) of five students, of whom three wrote the same words."""
    answers = {
        "a": SAME,
        "b": SAME.upper().replace(" ", "  "),
        "c": "Something else, of my own, at some length.",
        "d": f"{SAME}!",
        "e": "Yes.",
    }
    place, out = tmp_path / "in", tmp_path / "out"
    place.mkdir()
    for name, text in answers.items():
        notebook = solved(name, {"sample-9": f"**sample-9**, 10 points. Your answer:\n\n{text}"})
        (place / f"{name}_sample.ipynb").write_bytes(saved(notebook))
    (tmp_path / "roster.csv").write_text("student\n" + "\n".join(answers))

    def again():
        return mark(place, tmp_path / "roster.csv", out)

    again()
    return again, out


def test_the_same_words_stand_side_by_side(marked):
    text = (marked[1] / "written.html").read_text(encoding="utf-8")
    parts = text.split("<h3>")[1:]
    same = [place for place, part in enumerate(parts) if "The same words as" in part]
    assert len(same) == 3 and same == list(range(same[0], same[0] + 3))
    codes = [part[:19] for part in parts]
    told = re.search(r"The same words as ([^.]*)\.", parts[same[0]])[1].split(", ")
    assert set(told) == {codes[place] for place in same[1:]}
    assert [row["code"] for row in rows(marked[1] / "written.csv")] == codes


def typed(out, **cells):
    table = rows(out / "written.csv")
    table[0] |= cells
    text = ",".join(table[0]) + "\n" + "".join(",".join(row.values()) + "\n" for row in table)
    (out / "written.csv").write_text(text, encoding="utf-8")
    return table[0]["code"]


def test_points_typed_while_the_class_is_marked_stay_and_count_in_the_next_run(marked, monkeypatch):
    """The table is saved in a spreadsheet after the run has read it, and before the run writes it."""
    again, out = marked
    codes, read = [], written.read_given

    def then_typed(*arguments):
        given = read(*arguments)
        codes.append(typed(out, points="7", comment="clear"))
        return given

    with monkeypatch.context() as patch:
        patch.setattr(written, "read_given", then_typed)
        again()
    assert next((row["points"], row["comment"]) for row in rows(out / "written.csv")) == ("7", "clear")
    waiting = again().waiting
    assert waiting == 4 and {row["code"] for row in rows(out / "written.csv") if row["points"]} == set(codes)
    assert sum(row["verdict"] == "marked" for row in rows(out / "marks.csv")) == 1


def test_points_by_line_of_the_rubric_add_up_and_stay(marked):
    again, out = marked
    lines = {f"rubric_{number}": str(most) for number, (most, _) in enumerate(RUBRIC, start=1)}
    lines["rubric_1"] = "0.5"
    code = typed(out, **lines)
    for _ in range(2):
        assert again().waiting == 4
        (row,) = [row for row in rows(out / "written.csv") if row["code"] == code]
        assert float(row["points"]) == 10 - RUBRIC[0][0] + 0.5 and row["rubric_1"] == "0.5"
    pages = [path.read_text(encoding="utf-8") for path in (out / "feedback").iterdir()]
    assert sum(f"Points, line by line: 0.5 of {RUBRIC[0][0]}" in page for page in pages) == 1


@pytest.mark.parametrize(
    "cells, message",
    [
        ({"rubric_1": "99"}, f"'99' in rubric_1 is no number from 0 to {RUBRIC[0][0]}"),
        (
            {"points": "1"} | {f"rubric_{number + 1}": "0" for number in range(len(RUBRIC))},
            "1 points, but its lines add up to 0",
        ),
    ],
)
def test_lines_that_can_not_be(cells, message, marked):
    again, out = marked
    typed(out, **cells)
    with pytest.raises(CourseError, match="written.csv, line 2") as told:
        again()
    assert message in str(told.value)


def test_some_lines_are_not_all(marked):
    again, out = marked
    if len(RUBRIC) < 2:
        pytest.skip("the sample's rubric has one line")
    typed(out, rubric_1="1")
    assert again().waiting == 5 and rows(out / "written.csv")[0]["rubric_1"] == "1"
