"""What a quiz cell leaves in the notebook: small, fixed, without the key, and cheap to import."""

import html.parser
import itertools
import json
import subprocess
import sys
from pathlib import Path

import IPython.display
import pytest
from test_quiz_bank import claims

from ruspak.errors import CourseError
from ruspak.quiz import bank, quiz, static

SAMPLES = Path(__file__).parent / "quiz_samples"
QUESTIONS = bank.load(SAMPLES / "good", claims=claims)


@pytest.fixture
def bundles(monkeypatch, tmp_path) -> list[dict]:
    """The sample bank, an empty progress folder, and what is displayed."""
    monkeypatch.setenv("RUSPAK_PROGRESS", str(tmp_path))
    monkeypatch.setenv("RUSPAK_QUIZZES", str(SAMPLES / "good"))
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: shown.append(bundle))
    return shown


def test_one_output_with_a_fixed_stored_part(bundles):
    assert quiz("sample-single") is None and quiz("sample-single") is None
    first, second = bundles
    assert first.pop("application/vnd.jupyter.widget-view+json") != second.pop(
        "application/vnd.jupyter.widget-view+json"
    )
    assert first == second
    assert first["text/plain"].startswith("Quiz sample-single: A chart shows")


def test_an_unknown_id_shows_nothing(bundles):
    with pytest.raises(CourseError, match="Did you mean 'sample-match'"):
        quiz("sample-macth")
    assert not bundles


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_stored_part_is_small_and_holds_neither_key_nor_script(question):
    page = static.page(question)
    assert len(json.dumps({"text/html": page, "text/plain": static.plain(question)})) < 5000
    tags = set()
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.add(tag)
    parser.feed(page)
    assert tags <= {"p", "strong", "em", "code", "a", "ul", "li", "blockquote", "small"}
    assert "Run this cell to answer." in page
    secrets = [option["feedback"] for option in question.get("options", [])] + question.get("accept", [])
    secrets += [
        question[name] for name in ("explanation", "feedback", "correct_feedback") if name in question
    ]
    assert not [secret for secret in secrets if static.inline(secret) in page]


def test_attempts_are_saved_and_a_disk_that_refuses_is_told_once(bundles, tmp_path, monkeypatch):
    from ruspak.quiz import widget
    from ruspak.quiz.progress import attempts

    made, clock = [], itertools.count()
    monkeypatch.setattr(widget, "_said", set())
    quiz_class = widget._widget_class()
    monkeypatch.setattr(
        widget, "_widget_class", lambda: lambda **traits: made.append(quiz_class(**traits)) or made[-1]
    )

    def answer(asked) -> None:
        asked.attempts = [
            *asked.attempts,
            {
                "id": "sample-text",
                "time": str(next(clock)),
                "answer": "Тула",
                "correct": False,
                "revealed": False,
            },
        ]

    quiz("sample-text")
    answer(made[0])
    assert [one["answer"] for one in attempts("sample-text")] == ["Тула"]
    quiz("sample-text")
    assert len(made[1].attempts) == 1 and len(attempts("sample-text")) == 1  # shown again, not saved again

    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("RUSPAK_PROGRESS", str(blocked))
    monkeypatch.setattr(sys.modules["ruspak.quiz.progress"], "_unsaved", [])
    quiz("sample-text")
    quiz("sample-text")
    answer(made[2])
    answer(made[2])
    answer(made[3])
    assert "your answers can't be saved" in made[2].notice and not made[3].notice
    assert len(attempts("sample-text")) == 3


def test_importing_the_package_brings_nothing_heavy():
    code = "import sys, ruspak.quiz; print([name for name in ('anywidget', 'yaml') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout == "[]\n", done.stderr
