"""The quiz in JupyterLab with a real kernel: by mouse, by keyboard alone, and the attempts in Python."""

import json
from pathlib import Path

import nbformat
import pytest
from browser import WAIT, axe, run_all, visit
from playwright.sync_api import expect
from test_quiz_page import answer_by_keyboard

from ruspak.quiz import bank

SAMPLES = Path(__file__).parent / "quiz_samples"


@pytest.fixture
def work(course_copy) -> Path:
    """A course with a notebook of three questions and a look at the progress."""
    sources = [
        "from ruspak.quiz import progress, quiz",
        'quiz("sample-single")',
        'quiz("sample-order")',
        'print("right:", progress()["right"].sum())',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, course_copy / "quiz.ipynb")
    return course_copy


def test_questions_in_jupyterlab(chromium, lab, work):
    url = lab(work, RUSPAK_PROGRESS=str(work / "progress"), RUSPAK_QUIZZES=str(SAMPLES / "good"))
    with visit(chromium, f"{url}/doc/tree/quiz.ipynb") as page:
        run_all(page)
        single, order = (page.locator(".ruspak-quiz").nth(place) for place in (0, 1))

        order.get_by_label("Move up: The Tashkent declaration").click()
        order.get_by_role("button", name="Check").click()
        assert "Right. 1947, 1966, 1991." in order.inner_text()

        single.locator("legend").first.click()
        page.evaluate("document.querySelector('.ruspak-quiz input').closest('.jp-OutputArea').focus()")
        answer_by_keyboard(page, bank.question("sample-single", SAMPLES / "good"))
        assert "You were 70% sure and your first answer was right: Brier score 0.09" in single.inner_text()
        expect(single.locator(".rq-panel")).to_be_focused(timeout=WAIT)

        page.locator(".jp-CodeCell").last.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        page.get_by_text("right: 2").wait_for()
        lines = (work / "progress" / "attempts.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["sample-order", "sample-single"]
        assert json.loads(lines[1]) | {"time": "", "uid": ""} == {
            "id": "sample-single",
            "time": "",
            "answer": "Whether the two governments are friends",
            "correct": True,
            "confidence": 70,
            "brier": 0.09,
            "revealed": False,
            "uid": "",
        }

        assert axe(page, ".jp-OutputArea:has(.ruspak-quiz)") == []
        page.locator(".jp-CodeCell").nth(1).locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-CodeCell").nth(1).get_by_text("[6]:").wait_for()
        page.get_by_text("A share counts votes").wait_for()  # answered before, so shown answered
