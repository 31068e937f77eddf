"""The attempts file survives cuts, two writers and a disk that refuses; `progress()` counts what is in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ruspak.quiz  # noqa: F401  (so that the module is found beside the function of its name)
from ruspak.errors import CourseError
from ruspak.quiz import progress as shown

store = sys.modules["ruspak.quiz.progress"]
SAMPLES = Path(__file__).parent / "quiz_samples"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch) -> Path:
    """An empty progress folder, the sample bank, and no attempts left in memory."""
    monkeypatch.setenv("RUSPAK_PROGRESS", str(tmp_path / "progress"))
    monkeypatch.setenv("RUSPAK_QUIZZES", str(SAMPLES / "good"))
    monkeypatch.setattr(store, "_unsaved", [])
    return tmp_path / "progress"


def attempt(key="sample-single", answer="One", correct=True, **more) -> dict:
    return {
        "id": key,
        "time": "2026-11-21T18:00:00.000Z",
        "answer": answer,
        "correct": correct,
        "confidence": None,
        "brier": None,
        "revealed": False,
    } | more


def test_without_attempts_the_table_is_always_the_same():
    assert repr(shown()) == (
        "                 questions  tried  right  first_try  brier\n"
        "objective                                                 \n"
        "sample-reading           3      0      0          0       \n"
        "sample-counting          1      0      0          0       \n"
        "sample-places            3      0      0          0       "
    )
    assert "NaN" not in shown()._repr_html_()


def test_counts_of_each_objective():
    for one in (
        attempt(correct=False, confidence=80, brier=0.64),
        attempt(),  # right, but not at once
        attempt("sample-match", [], confidence=90, brier=0.01),  # right at once
        attempt("sample-text", "x", False),
        attempt("sample-text", None, False, revealed=True),
        attempt("sample-text", "y"),
        attempt("gone-from-the-bank"),
    ):
        store.append(one)
    table = shown()
    assert table.loc["sample-reading", ["questions", "tried", "right", "first_try"]].tolist() == [3, 2, 2, 1]
    assert table.loc["sample-reading", "brier"] == pytest.approx(0.325)
    assert table.loc["sample-places", ["questions", "tried", "right", "first_try"]].tolist() == [3, 1, 0, 0]
    assert "gone" not in repr(table)


def test_a_line_cut_in_the_middle_is_kept_told_and_not_joined(own_folder, capsys):
    store.append(attempt(answer="первый"))
    store.append(attempt(answer="دوسرا"))
    file = own_folder / "attempts.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert len(store.attempts("sample-single")) == 1
    store.append(attempt(answer="third"))
    assert file.read_bytes().startswith(whole[:-20] + b"\n")
    assert [one["answer"] for one in store.attempts("sample-single")] == ["первый", "third"]
    shown()
    assert capsys.readouterr().err.startswith(f"{file}, line 2: cut short or damaged")


@pytest.mark.parametrize(
    "odd",
    [{"brier": "0.5"}, {"brier": [1]}, {"brier": 10**400}, {"brier": float("nan")}, {"confidence": {}},
     {"correct": "yes"}, {"correct": []}, {"revealed": 0}, {"id": ["sample-single"]}],
)  # fmt: skip
def test_a_line_of_another_shape_is_left_out(own_folder, capsys, odd):
    store.append(attempt())
    with store.path().open("a") as file:
        file.write(json.dumps(attempt() | odd) + "\n")
    assert shown().tried.sum() == 1
    assert "line 2: cut short or damaged" in capsys.readouterr().err


@settings(deadline=None)  # each answer waits for the disk, which may be busy
@given(st.lists(st.text(max_size=8), min_size=1, max_size=4), st.data())
def test_a_cut_anywhere_loses_at_most_the_last_attempt(tmp_path_factory, answers, data):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cut")
        patch.setenv("RUSPAK_PROGRESS", str(folder))
        for answer in answers:
            store.append(attempt(answer=answer))
        file = folder / "attempts.jsonl"
        content = file.read_bytes()
        last = content.rstrip(b"\n").rfind(b"\n") + 1
        file.write_bytes(content[: data.draw(st.integers(last, len(content)))])
        store.append(attempt(answer="after"))
        read = [one["answer"] for one in store.attempts("sample-single")]
        assert read[: len(answers) - 1] == answers[:-1] and read[-1] == "after"


@pytest.mark.parametrize("line", ["12", "[]", '{"id": 1}', "null", "{", '"\\ud800'])
def test_lines_that_are_no_attempt_are_left_out(own_folder, line):
    own_folder.mkdir()
    (own_folder / "attempts.jsonl").write_text(f"{line}\n\n{json.dumps(attempt())}\n", encoding="utf-8")
    assert len(store.attempts("sample-single")) == 1


@pytest.mark.parametrize(
    "block", ["a file stands where the folder should be", "a folder stands where the file should be"]
)
def test_a_disk_that_refuses_is_told_and_the_attempt_counts(own_folder, block):
    if block.startswith("a file"):
        own_folder.write_text("mine")
    else:
        (own_folder / "attempts.jsonl").mkdir(parents=True)
    with pytest.raises(
        CourseError, match="attempts.jsonl: your answers can't be saved there .*set RUSPAK_PROGRESS"
    ):
        store.append(attempt())
    if block.startswith("a file"):
        assert shown().loc["sample-reading", "right"] == 1
        assert own_folder.read_text() == "mine"
    else:
        with pytest.raises(CourseError, match="can't be read"):
            shown()


def test_two_processes_may_write_at_once(own_folder):
    code = (
        "import os\nfrom ruspak.quiz.progress import append\n"
        "os.fsync = lambda file: None  # so that they collide often\n"
        "for n in range(1500): append({'id': 'sample-single', 'answer': 'NAME ' + str(n) + ' ж' * 3000})"
    )
    root = Path(__file__).parents[1]
    both = [subprocess.Popen([sys.executable, "-c", code.replace("NAME", name)], cwd=root) for name in "ab"]
    assert [one.wait() for one in both] == [0, 0]
    read = [one["answer"].split()[:2] for one in store.attempts("sample-single")]
    assert sorted(read) == sorted([name, str(n)] for name in "ab" for n in range(1500))
