"""The bank as a whole: whoever has read nothing gains nothing by a strategy, and no question answers another."""

import re
from collections import Counter

import pytest

from course import ROOT, notebooks, read
from ruspak.__main__ import main
from ruspak.data.verdicts import VERDICTS
from ruspak.quiz import bank, unread

SHOWN = bank.load()
QUESTIONS = {key: SHOWN[key] | {"file": question["file"]} for key, question in bank.questions().items()}
UNITS = {
    "%": "per cent",
    "US$": "dollars?",
    "million US$": "million dollars",
    "million tonnes": "million tonnes",
    "GW": "gigawatts",
    "km": "km",
    "days": "days",
}
ROUNDING = {"whole": 0.5, "one decimal": 0.05, "two decimals": 0.005}


def of(kind):
    return [question for question in QUESTIONS.values() if question["kind"] == kind]


@pytest.mark.parametrize("row", unread.rows(QUESTIONS), ids=lambda row: f"{row.kind}-{row.strategy}")
def test_a_strategy_stays_near_chance(row):
    assert abs(row.score - row.chance) <= 10


@pytest.mark.parametrize("question", [*of("numeric"), *of("text")], ids=lambda question: question["id"])
def test_no_question_prints_anothers_key(question):
    assert unread.printed_elsewhere(question, QUESTIONS) == []


@pytest.mark.parametrize("path", notebooks("notebooks"), ids=lambda path: path.stem)
def test_questions_stand_in_the_order_of_the_page(path):
    """Ids keep no order: a changed question gets a new one. The file does."""
    asked = re.findall(r'^quiz\("([\w-]+)"\)', "\n".join(cell.source for cell in read(path).cells), re.M)
    written = [key for key, each in QUESTIONS.items() if each["file"] == f"quizzes/{path.stem}.yaml"]
    both = [
        key for key in asked if key in written
    ]  # what is in one of them only is told by tests/test_notebooks.py
    assert both == [key for key in written if key in asked], (
        f"quizzes/{path.stem}.yaml: its questions stand in another order than on the page, which is {', '.join(both)}"
    )


def test_a_retired_id_is_not_used_again():
    retired = (ROOT / "tests" / "retired_questions.txt").read_text(encoding="utf-8").split()
    assert not set(retired) & set(bank.questions())


def test_multiples_have_from_one_to_all_right():
    right = Counter(sum("correct" in each for each in question["options"]) for question in of("multiple"))
    assert max(right.values()) <= len(of("multiple")) / 2
    assert 1 in right and any(all("correct" in each for each in one["options"]) for one in of("multiple"))


def test_every_verdict_is_an_answer():
    assert {question["answer"] for question in of("verdict")} == set(VERDICTS)


def asking_errors(question):
    """What is wrong with unit, rounding and tolerance of a numeric question, a line each."""
    asked, unit = question["question"], question.get("unit", "")
    place = f"{question['file']}, question {question['id']}"
    if unit and unit not in UNITS:
        yield f"{place}: the unit '{unit}' is none of {', '.join(UNITS)}. Use one of them."
    elif not re.search(words := UNITS.get(unit, "without a unit"), asked):
        yield f"{place}: it doesn't ask for the unit. Write “in {words.rstrip('?')}”."
    limits = [limit for words, limit in ROUNDING.items() if words in asked.lower()]
    if len(limits) != 1:
        yield f"{place}: it doesn't say how to round. Write one of: {', '.join(ROUNDING)}."
    elif not limits[0] <= question["tolerance"] < 10 * limits[0]:
        yield f"{place}: the tolerance is {question['tolerance']}. For this rounding give {limits[0]} to {10 * limits[0]}."


def test_a_number_is_asked_with_its_unit_and_rounding():
    wrong = [error for question in of("numeric") for error in asking_errors(question)]
    assert not wrong, "\n".join(wrong)
    odd = of("numeric")[0] | {"unit": "million dollars", "question": "How much?"}
    assert [error.partition("doesn't")[1] for error in asking_errors(odd)] == ["", "doesn't"]


def single(*texts, question="How far did it go?", **more):
    """A single choice whose first option is right."""
    options = [{"text": text} | ({"correct": True} if not count else {}) for count, text in enumerate(texts)]
    return {"id": "x-1", "kind": "single", "question": question, "options": options} | more


def multiple(right, *texts):
    options = [
        {"text": text} | ({"correct": True} if count < right else {}) for count, text in enumerate(texts)
    ]
    return {"id": "x-1", "kind": "multiple", "question": "Which?", "options": options}


def order(answer, items):
    return {"id": "x-1", "kind": "order", "question": "Order.", "answer": answer, "items": items}


def match(pairs, choices):
    pairs = [{"left": left, "right": right} for left, right in pairs.items()]
    return {"id": "x-1", "kind": "match", "question": "Match.", "pairs": pairs, "choices": choices}


OTHER = {"id": "x-2", "question": "In Tashkent votes alike went from 10 to 58 in this file.", "options": []}
GIVEN_AWAY = {
    ("single", "longest"): single("A long one", "Short"),
    ("single", "shortest"): single("Short", "A long one"),
    ("single", "most hedged"): single("It may be open", "It is"),
    ("single", "fewest absolute words"): single("Some went", "All of them always went"),
    ("single", "no “because”"): single("It went", "It went because it could", "It went, since it could"),
    ("single", "echo of the question"): single("As far as Paris", "Near", question="Who came as far as Paris?"),
    ("single", "echo of another question"): single("Votes alike in Tashkent", "Arms and oil in Moscow"),
    ("single", "most numbers"): single("From 1 to 2", "Far"),
    ("single", "middle number"): single("2 km", "1 km", "30 km"),
    ("single", "the only two-sided one"): single("It rose; then it fell", "It rose", "It fell"),
    ("single", "first"): single("This", "That"),
    ("single", "last"): {**single("This", "That"), "options": single("This", "That")["options"][::-1]},
    ("multiple", "exactly one"): multiple(1, "One"),
    ("multiple", "exactly two"): multiple(2, "One", "Two"),
    ("multiple", "exactly three"): multiple(3, "One", "Two", "Three"),
    ("multiple", "all"): multiple(3, "One", "Two", "Three"),
    ("multiple", "those without “because”"): multiple(1, "One", "Two, because of One"),
    ("multiple", "those without absolute words"): multiple(1, "One", "Nothing"),
    ("multiple", "the longer half"): multiple(1, "A long one", "Two"),
    **{
        ("verdict", f"always {one}"): {"id": "x-1", "kind": "verdict", "question": "Judge.", "answer": one}
        for one in VERDICTS
    },
    ("order", "as printed"): order(["b", "a"], ["b", "a"]),
    ("order", "by length"): order(["b", "aa"], ["aa", "b"]),
    ("order", "by the first number"): order(["in 1985", "in 1990"], ["in 1990", "in 1985"]),
    ("match", "as printed"): match({"a": "b", "c": "d"}, ["b", "d"]),
    ("match", "by an echoed word or unit"): match({"gas": "5 bcm", "the share": "6%"}, ["6%", "5 bcm"]),
    ("numeric", "a number of the question"): {
        "id": "x-1", "kind": "numeric", "question": "Is it 58?", "answer": 58, "tolerance": 1,
    },
    ("numeric", "a number told elsewhere"): {
        "id": "x-1", "kind": "numeric", "question": "How many votes alike?", "answer": 58, "tolerance": 1,
    },
    ("text", "a name of the question"): {
        "id": "x-1", "kind": "text", "question": "Is it Tashkent?", "accept": ["Tashkent"],
    },
    ("text", "a name told elsewhere"): {
        "id": "x-1", "kind": "text", "question": "Where did votes go?", "accept": ["Tashkent"],
    },
}  # fmt: skip


@pytest.mark.parametrize("strategy", unread.strategies(), ids="-".join)
def test_a_question_that_gives_itself_away_is_found(strategy):
    question = GIVEN_AWAY[strategy]
    guess = unread.strategies()[strategy](question, {"x-1": question, "x-2": OTHER})
    assert guess.score > guess.chance or guess == (1, 1)
    assert guess.score >= 0.5


def test_a_tie_is_shared():
    assert unread.strategies()["single", "longest"](single("ab", "cd", "e"), {}) == (0.5, 1 / 3)


def test_a_key_in_another_question_is_found():
    asked = {
        "id": "x-1",
        "kind": "numeric",
        "question": "How many votes alike went?",
        "answer": 58,
        "tolerance": 1,
    }
    assert unread.printed_elsewhere(asked, {"x-1": asked, "x-2": OTHER}) == [OTHER["question"]]
    assert unread.printed_elsewhere(asked | {"answer": 80}, {"x-1": asked, "x-2": OTHER}) == []
    assert unread.printed_elsewhere(
        asked | {"answer": 480}, {"x-1": asked, "x-2": OTHER}
    )  # 10 to 58, in per cent


def test_the_command_prints_a_row_a_strategy(capsys):
    assert main(["unread", "00", "01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["strategy", "kind", "questions", "score", "chance", "difference"]
    assert any(re.fullmatch(r"always mixed +verdict +2 +\d+ +17 +[+-]\d+", line) for line in lines)
    with pytest.raises(SystemExit):
        main(["unread", "99"])
    assert "no quiz file begins with quizzes/99" in capsys.readouterr().err
