"""The judge on the server says what quiz.js says; the tally counts what was voted, and shows no key too
early.
"""

import json

import pytest
from browser import visit
from live_class import QUESTIONS, ROOT, a_right, a_wrong, secrets_of

from ruspak.live import tally
from ruspak.live.room import withheld
from ruspak.quiz import bank, judge

BANK = bank.load()
TYPED = [
    "1234.5",
    "1 234,5",
    "12,34,567",
    "1,234",
    "−5",
    "-5 %",
    "5%",
    "٤٢",
    "4²",
    "1e5",
    "",
    " ",
    "nan",
    "Infinity",
    "0x10",
    "1_000",
    "+3",
    "$ 4.5",
    "..",
    "India",
    "  ınd ",
    "ИНДИЯ",
    "IND\u200dIA",
    "in-dia",
    "é",
    "e\u0301",
    "北",
    "!",
    "\u202eaidni",
    "a" * 900,
]


@pytest.fixture(scope="module")
def script(chromium, serve):
    """A function that calls an exported function of quiz.js for each of many arguments."""
    with visit(chromium, serve(ROOT / "ruspak" / "quiz") + "/quiz.css", allow=("404",)) as page:
        yield lambda name, many: page.evaluate(
            "async ([name, many]) => { const it = await import('./quiz.js'); return many.map((one) => it[name](...one)); }",
            [name, many],
        )


def test_judges_agree_on_the_whole_bank(script):
    asked = []
    for question in BANK.values():
        answers = [a_right(question), a_wrong(question)]
        answers += [
            option["text"] for option in question.get("options", []) if question["kind"] != "multiple"
        ]
        answers += [
            form
            for known in question.get("mistakes", [])
            for form in known.get("accept") or [f"{known['answer']}"]
        ]
        answers += TYPED if question["kind"] in ("numeric", "text") else []
        asked += [(question, answer) for answer in answers if judge.misfit(question, answer) is None]
    found = script("judge", asked)
    assert len(found) > 500
    for (question, answer), theirs in zip(asked, found):
        assert judge.right(question, answer) == theirs["correct"], (question["id"], answer)
        if not theirs["correct"] and question["kind"] in ("numeric", "text"):
            assert (judge.mistake(question, answer) or question)["feedback"] == theirs["say"], (
                question["id"],
                answer,
            )


def test_numbers_are_read_alike(script):
    found = script("readings", [(typed, "%") for typed in TYPED])
    question = {"kind": "numeric", "unit": "%"}
    for typed, theirs in zip(TYPED, found):
        assert (judge.misfit(question, typed) is None) == (len(theirs) == 1), typed
        if len(theirs) == 1:
            assert judge.same(question, typed) == theirs[0], typed


@pytest.mark.parametrize("question", BANK.values(), ids=lambda question: question["id"])
def test_each_question_has_a_right_and_a_wrong_answer_and_a_form_without_key(question):
    right, wrong = a_right(question), a_wrong(question)
    assert judge.misfit(question, right) is None and judge.right(question, right)
    assert judge.misfit(question, wrong) is None and not judge.right(question, wrong)
    asked = json.dumps(withheld(question), ensure_ascii=False)
    assert not any(json.dumps(text, ensure_ascii=False)[1:-1] in asked for text in secrets_of(question))
    assert not {"answer", "accept", "correct", "right", "tolerance", "source"} & set(json.loads(asked))
    assert '"correct"' not in asked and '"right"' not in asked


@pytest.mark.parametrize("question", BANK.values(), ids=lambda question: question["id"])
def test_a_distribution_counts_all_and_tells_nothing_before_it_is_shown(question):
    votes = [(a_right(question), 80), (a_wrong(question), 60), (a_wrong(question), 100)]
    before, after = (tally.distribution(question, [votes, votes[:1]], shown) for shown in (False, True))
    for sections in (before, after):
        for section in sections:
            if question["kind"] != "multiple":
                totals = [
                    sum(row["counts"][place] for row in section["rows"]) + section["others"][place]
                    for place in (0, 1)
                ]
                assert totals == [3, 1]
    assert all(set(row) == {"text", "counts"} for section in before for row in section["rows"])
    marks = [row for section in after for row in section["rows"] if row["right"]]
    assert marks and all(row["counts"][1] == 1 for row in marks)
    assert tally.share_right(question, votes) == pytest.approx(1 / 3)
    assert tally.calibration(question, votes)["levels"] == [
        {"sure": 60, "count": 1, "right": 0},
        {"sure": 80, "count": 1, "right": 1},
        {"sure": 100, "count": 1, "right": 0},
    ]


def test_words_that_the_question_does_not_know_are_counted_and_not_shown():
    question = QUESTIONS["history-4"]
    votes = [("India", None), ("a rude word", None), ("A RUDE WORD", None)]
    for shown in (False, True):
        (section,) = tally.distribution(question, [votes], shown)
        assert "rude" not in json.dumps(section).lower() and section["others"] == [2]
    assert dict(tally.unknown(question, votes)) == {"a rude word": 1, "A RUDE WORD": 1}


@pytest.mark.parametrize(
    "share, round, said",
    [
        (0.29, 1, "few"),
        (0.3, 1, "some"),
        (0.7, 1, "some"),
        (0.71, 1, "most"),
        (0.5, 2, "again"),
        (0.1, 2, "few"),
        (0.9, 2, "most"),
    ],
)
def test_advice_follows_the_share_of_right_answers(share, round, said):
    assert tally.advice(share, round) == tally.ADVICE[said]
    assert tally.advice(None, round) == ""


@pytest.mark.parametrize(
    "key, answer",
    [
        ("history-3", None),
        ("history-3", 3),
        ("history-3", ["a"]),
        ("history-3", "no option"),
        ("history-3", {"text": "x"}),
        ("history-7", []),
        ("history-7", "text"),
        ("history-7", [["x"]]),
        ("history-7", [None]),
        ("history-7", ["no option"]),
        ("history-1", []),
        ("history-1", ["x"] * 5),
        ("history-1", {"0": "x"}),
        ("history-5", [1, 2, 3, 4]),
        ("history-5", []),
        ("history-2", "1,234"),
        ("history-2", "ten"),
        ("history-2", 12),
        ("history-2", "9" * 5000),
        ("history-2", "\0"),
        ("history-2", "١" * 900),
        ("history-4", "  "),
        ("history-4", "a\ud800"),
        ("history-4", "x" * 5000),
        ("history-4", "…"),
        ("history-4", True),
    ],
)
def test_what_does_not_fit_is_said_and_not_judged(key, answer):
    assert judge.misfit(QUESTIONS[key], answer)


def test_a_choice_twice_is_no_answer():
    options = QUESTIONS["history-7"]["options"]
    assert judge.misfit(QUESTIONS["history-7"], [options[0]["text"]] * 2)
    assert judge.misfit(
        QUESTIONS["history-1"], QUESTIONS["history-1"]["items"][:-1] + QUESTIONS["history-1"]["items"][:1]
    )
