"""The course as a learner meets it: `make lab`'s server, a real kernel, each notebook run, one question of each kind answered."""

import contextlib
import json

import nbformat
import pytest
from browser import ROOT, WAIT, axe, copy_of_course, run_all, visit
from playwright.sync_api import expect
from test_quiz_page import answer_by_keyboard, give, right

from ruspak.quiz import bank

SAMPLES = ROOT / "tests" / "quiz_samples" / "good"
KINDS = ("single", "multiple", "numeric", "text", "order", "match", "verdict")


@pytest.fixture(scope="module")
def served(lab, tmp_path_factory):
    """One copy of the course and the address of the server that serves it, for all tests that change no file."""
    folder = copy_of_course(tmp_path_factory.mktemp("course"))
    return folder, lab(folder, RUSPAK_PROGRESS=str(folder / "progress"))


def test_it_opens_on_the_first_page_without_news(chromium, served):
    with visit(chromium, served[1]) as page:
        page.get_by_role("heading", name="Unlikely Partners: Russia and Pakistan in data").wait_for()
        assert page.url.split("?")[0].endswith("/notebooks/00_start_here.ipynb")
        page.locator("img.ruspak-figure").first.wait_for()  # stored pictures show before anything is run
        assert page.get_by_text("Run this cell to answer").count() >= 5
        page.wait_for_timeout(1500)  # the news popup comes late, if it comes
        assert page.locator(".Toastify__toast").count() == 0


@contextlib.contextmanager
def run_through(chromium, url, stem):
    """The page of a notebook, in a workspace of its own, after all its cells were run and looked at."""
    with visit(chromium, f"{url}/doc/workspaces/{stem}/tree/notebooks/{stem}.ipynb") as page:
        run_all(page)
        assert (
            page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count()
            == 0
        )
        assert page.get_by_text("Traceback").count() == 0
        page.locator(".ruspak-quiz").last.wait_for()
        asked = [key for key in bank.questions() if key.split("-")[0] == stem.split("_")[1]]
        assert page.locator(".ruspak-quiz").count() == len(asked)
        assert axe(page, ".jp-OutputArea:has(.ruspak-quiz)") == []
        assert axe(page, ".jp-OutputArea:has(.ruspak-figure)") == []
        yield page


# The first and the longest; 01 stands below. Of the others the cells run in nbval, and all pages of the site are opened.
@pytest.mark.parametrize("stem", ["00_start_here", "06_outlook"])
def test_all_cells_run_in_the_browser(chromium, served, stem):
    with run_through(chromium, served[1], stem):
        pass


def test_all_cells_of_history_run_and_its_questions_are_answered(chromium, served):
    folder, url = served
    questions = {key: question for key, question in bank.questions().items() if key.startswith("history-")}
    chosen = {
        kind: bank.question(next(key for key in questions if questions[key]["kind"] == kind))
        for kind in KINDS
    }
    with run_through(chromium, url, "01_history") as page:
        for kind, question in chosen.items():
            place = page.locator(".ruspak-quiz").nth(list(questions).index(question["id"]))
            if kind == "single":
                place.locator("input").first.focus()  # the tab key leads here, past the whole page
                answer_by_keyboard(page, question)
            else:
                give(place, question, right(question))
            assert "Right." in place.get_by_role("status").last.inner_text(), question["id"]

        explorer = page.locator(".widget-dropdown select").first
        before = page.locator(".widget-html .ruspak-figure").get_attribute("alt")
        explorer.select_option("2016")
        page.locator(".ruspak-status", has_text="From 2016").wait_for(state="attached")
        assert page.locator(".widget-html .ruspak-figure").get_attribute("alt") != before

        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+End")
        page.keyboard.type("\nfrom ruspak import progress\nprint('right so far:', progress()['right'].sum())")
        page.keyboard.press("Shift+Enter")
        page.get_by_text(f"right so far: {len(KINDS)}").wait_for()
    attempts = [
        json.loads(line)
        for line in (folder / "progress" / "attempts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert {attempt["id"] for attempt in attempts if attempt["correct"]} == {
        question["id"] for question in chosen.values()
    }


def test_files_beside_a_notebook_hide_nothing(chromium, served):
    """A types.py ends no kernel, a pandas.py hides no library; a file of one's own can be imported."""
    folder, url = served[0] / "mine", served[1]
    folder.mkdir()
    for name in ("types", "random", "pandas", "helpers"):
        (folder / f"{name}.py").write_text("mine = 7\n")
    source = "import types, random, pandas, helpers\nfrom ruspak import table\nprint('own', helpers.mine, len(table('opium')) > 0)"
    write(folder / "own.ipynb", source)
    with visit(chromium, f"{url}/doc/workspaces/mine/tree/mine/own.ipynb") as page:
        run_all(page)
        page.get_by_text("own 7 True").wait_for()
        assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def write(path, *sources: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)


def test_questions_by_mouse_and_by_keyboard_alone(chromium, served):
    """What is answered in either way is kept, counted by `progress`, and shown again when the cell runs."""
    folder, url = served[0] / "asked", served[1]
    folder.mkdir()
    places = {"RUSPAK_PROGRESS": str(folder / "progress"), "RUSPAK_QUIZZES": str(SAMPLES)}
    write(
        folder / "quiz.ipynb",
        f"import os\nos.environ.update({places})\nfrom ruspak.quiz import progress, quiz",
        'quiz("sample-single")',
        'quiz("sample-order")',
        'print("right:", progress()["right"].sum())',
    )
    with visit(chromium, f"{url}/doc/workspaces/asked/tree/asked/quiz.ipynb") as page:
        run_all(page)
        single, order = (page.locator(".ruspak-quiz").nth(place) for place in (0, 1))

        order.get_by_label("Move up: The Tashkent declaration").click()
        order.get_by_role("button", name="Check").click()
        assert "Right. 1947, 1966, 1991." in order.inner_text()

        single.locator("legend").first.click()
        page.evaluate("document.querySelector('.ruspak-quiz input').closest('.jp-OutputArea').focus()")
        answer_by_keyboard(page, bank.question("sample-single", SAMPLES))
        assert "You were 70% sure and your first answer was right: Brier score 0.09" in single.inner_text()
        expect(single.locator(".rq-panel")).to_be_focused(timeout=WAIT)

        page.locator(".jp-CodeCell").last.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        page.get_by_text("right: 2").wait_for()
        lines = (folder / "progress" / "attempts.jsonl").read_text(encoding="utf-8").splitlines()
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
