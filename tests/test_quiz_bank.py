"""The question bank: good questions come out as the browser needs them, each error gets its one message."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ruspak.errors import CourseError
from ruspak.quiz import bank
from ruspak.quiz.schema import KINDS

SAMPLES = Path(__file__).parent / "quiz_samples"
BAD = sorted((SAMPLES / "bad").glob("*.yaml"))


def claims() -> pd.DataFrame:
    return pd.DataFrame(
        {"article": "survey", "claim": "Shares: 26% Pakistan, 74% Russia", "verdict": "contradicted"},
        ["S000-38"],
    )


def calc(key: str) -> float:
    if key == "sixty":
        return 60.25
    raise CourseError(f"There is no calculation '{key}'.")


@pytest.fixture
def write(tmp_path):
    """A function from file names and texts to a folder `quizzes` that holds them."""

    def make(**files: str) -> Path:
        folder = tmp_path / "quizzes"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.mark.parametrize("sample", BAD, ids=lambda path: path.stem)
def test_each_error_gets_its_message(sample, tmp_path):
    """The first line of each bad file is a comment with the message that it must cause."""
    folder = tmp_path / "quizzes"
    folder.mkdir()
    shutil.copy(sample, folder)
    with pytest.raises(CourseError) as caught:
        bank.load(folder, calc, claims)
    assert str(caught.value) == sample.read_bytes().split(b"\n")[0].decode().removeprefix("# ")


def test_all_errors_are_told_at_once(write):
    """Of shape first, in all files; then what is worked out, in all questions."""
    number = "- {id: x-ID, kind: numeric, objective: x-y, question: Q, explanation: E, tolerance: 1, answer: KEY}\n"
    option = "{text: A, correct: true}"
    choice = f"- {{id: x-2, kind: single, objective: x-y, question: Q, options: [{option}, {option}]}}\n"
    shapes = write(a=choice, b="- {id: x-4, kind: singel}\n", c=number.replace("ID", "5"))
    with pytest.raises(CourseError) as told:
        bank.load(shapes, calc, claims)
    assert [line.partition("question ")[2][:40] for line in str(told.value).splitlines()] == [
        "x-2: 'explanation' is missing. Add it.", "x-2: 'feedback' is missing in 'options' ",
        "x-2: 'feedback' is missing in 'options' ", "x-4: the kind 'singel' is unknown. Did y",
        "x-5: 'feedback' is missing. Add it.", "x-5: 'answer' must be a number or calc:<",
    ]  # fmt: skip
    (shapes / "a.yaml").write_text(
        "".join(
            number.replace("ID", key).replace("KEY}", f"calc:no-{key}, feedback: Not so}}")
            for key in ("6", "7")
        )
    )
    for name in "bc":
        (shapes / f"{name}.yaml").unlink()
    with pytest.raises(CourseError) as told:
        bank.load(shapes, calc, claims)
    assert str(told.value).count("can't be worked out") == 2


def test_the_same_id_in_two_files(write):
    text = (SAMPLES / "good" / "all_kinds.yaml").read_text(encoding="utf-8")
    with pytest.raises(
        CourseError, match="quizzes/b.yaml, question sample-single: the id is already used in quizzes/a.yaml"
    ):
        bank.questions(write(a=text, b=text))


def test_a_folder_without_questions(tmp_path):
    with pytest.raises(CourseError, match="no quiz file"):
        bank.questions(tmp_path / "nowhere")


def test_a_changed_file_is_read_again(write):
    text = (SAMPLES / "good" / "all_kinds.yaml").read_text(encoding="utf-8")
    folder = write(a=text)
    assert "sample-text" in bank.questions(folder)
    (folder / "a.yaml").write_text(text.replace("sample-text", "sample-word"), encoding="utf-8")
    assert "sample-word" in bank.questions(folder)


def test_an_unknown_id_gets_the_nearest():
    with pytest.raises(CourseError, match="no quiz question 'sample-singel'. Did you mean 'sample-single'"):
        bank.question("sample-singel", SAMPLES / "good")
    with pytest.raises(CourseError, match=r"no quiz question '\['sample-single'\]'"):
        bank.question(["sample-single"], SAMPLES / "good")
    with pytest.raises(CourseError, match="no quiz question 'история-3'. Did you mean"):
        bank.question("история-3", SAMPLES / "good")


def test_all_kinds_come_out_as_plain_json():
    shown = bank.load(SAMPLES / "good", claims=claims)
    assert {question["kind"] for question in shown.values()} == set(KINDS)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    assert shown["sample-verdict"]["claim"] == {
        "id": "S000-38",
        "article": "survey",
        "text": "Shares: 26% Pakistan, 74% Russia",
    }


def test_the_shuffled_order_is_fixed_by_the_id_and_never_the_right_one():
    asked = bank.question("sample-single", SAMPLES / "good")
    assert [option["text"].split()[-1] for option in asked["options"]] == [
        "highest",
        "friends",
        "alike",
        "fell",
    ]
    for count in range(50):
        entry = {
            "id": f"order-{count}",
            "kind": "order",
            "question": "?",
            "items": ["First", "Second"],
            "feedback": "No.",
        }
        shown = bank.prepare(entry)
        assert shown["items"] == ["Second", "First"] and shown["answer"] == ["First", "Second"]


def test_keys_are_worked_out_from_calc_ids():
    entry = {
        "id": "n",
        "kind": "numeric",
        "question": "?",
        "answer": "calc:sixty",
        "tolerance": 1,
        "file": "f",
        "mistakes": [{"answer": 6, "feedback": "No."}],
    }
    assert bank.prepare(entry, calc)["answer"] == 60.25
    with pytest.raises(
        CourseError, match="f, question n: the key calc:seventy can't be worked out. There is no calc"
    ):
        bank.prepare(entry | {"answer": "calc:seventy"}, calc)
    with pytest.raises(CourseError, match="not a finite number"):
        bank.prepare(entry, lambda key: float("nan"))


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (
            "[](calc:pak-rus-1890s)",
            "its text links calc:pak-rus-1890s. There is no calculation 'pak-rus-1890s' in data/course/calcs.csv. "
            "Did you mean 'pak-rus-1990s' or ",
        ),
        ('[8%](../data/README.md#votes "calc:pak-rus-1890s")', "its text links calc:pak-rus-1890s. There is"),
        ("[](calc:pak-rus-1980s)", "the link calc:pak-rus-1980s has no number yet. Run make numbers."),
        ('[81%](../data/README.md#votes "calc:pak-rus-1980s")', None),
    ],
)
def test_a_link_in_a_text_is_looked_up(link, says):
    entry = bank.questions(SAMPLES / "good")["sample-single"]
    options = [entry["options"][0] | {"feedback": f"It was {link}."}, *entry["options"][1:]]
    if says is None:
        bank.prepare(entry | {"options": options})
        return
    with pytest.raises(CourseError) as error:
        bank.prepare(entry | {"options": options})
    assert str(error.value).startswith(f"good/all_kinds.yaml, question sample-single: {says}")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
good = list(bank.questions(SAMPLES / "good").values())


@settings(deadline=None)  # how long it takes is for the benchmarks, not for a busy machine
@given(st.data())
def test_no_value_whatever_breaks_the_check(data):
    """A good question with one value replaced by anything is accepted or gets a one-line message, never a crash."""
    question = {key: value for key, value in data.draw(st.sampled_from(good)).items() if key != "file"}
    question[data.draw(st.sampled_from(sorted(question)))] = data.draw(values)
    assert all(error.endswith((".", "?")) for error in bank._wrong(question))
