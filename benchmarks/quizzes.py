"""Ten questions, ours against jupyterquiz with the same words: stored size, how fast JupyterLab shows and answers."""

import contextlib
import importlib
import json
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat

from benchmarks import labs
from benchmarks.comparison import PLAIN_IMPORTS, Comparison, in_turn
from tools import run

bank = importlib.import_module("ruspak.quiz.bank")  # `ruspak.quiz` is also the name of a function
CHOICES = [one for one in bank.load().values() if one["kind"] in ("single", "multiple")][:10]

# Milliseconds from the next click until `count` elements of `selector` hold text and have been painted.
WATCH = """([selector, count]) => { window.painted = new Promise((done, fail) => {
    let begin;
    addEventListener("pointerup", (event) => { begin = event.timeStamp; }, { capture: true, once: true });
    setTimeout(() => fail(new Error(`not ${count} of ${selector} within 30 s`)), 30000);
    const look = new MutationObserver(() => {
        if (!begin || [...document.querySelectorAll(selector)].filter((node) => node.textContent).length < count) return;
        look.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    });
    look.observe(document, { subtree: true, childList: true });
}); }"""


class Quiz(NamedTuple):
    """How one of the two is written in a notebook and found on its page."""

    imports: str
    call: str
    question: str  # this and the next two: selectors
    option: str
    feedback: str

    def notebook(self, ids: list[str]) -> nbformat.NotebookNode:
        sources = [f"{PLAIN_IMPORTS}\n{self.imports}", *(self.call.format(id=id) for id in ids)]
        page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        page.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        return page


OURS = Quiz("from ruspak import quiz", 'quiz("{id}")', ".ruspak-quiz", ".rq-main input", ".rq-panel")
JUPYTERQUIZ = Quiz(
    "import json\nfrom jupyterquiz import display_quiz\nquestions = json.load(open('questions.json'))",
    'display_quiz(questions["{id}"], shuffle_answers=False)',
    ".Quiz",
    ".MCButton",
    ".Feedback",
)


def put(folder: Path, quiz: Quiz, ids: list[str]) -> Path:
    """A folder's notebook of these questions, and their words as jupyterquiz wants them."""
    words = {
        question["id"]: [
            {
                "question": question["question"],
                "type": "multiple_choice" if question["kind"] == "single" else "many_choice",
                "answers": [
                    {
                        "answer": option["text"],
                        "correct": option.get("correct", False),
                        "feedback": option["feedback"],
                    }
                    for option in question["options"]
                ],
            }
        ]
        for question in CHOICES
    }
    (folder / "questions.json").write_text(json.dumps(words), encoding="utf-8")
    nbformat.write(quiz.notebook(ids), folder / "quiz.ipynb")
    return folder / "quiz.ipynb"


def sizes(quiz: Quiz, ids: list[str]) -> list[float]:
    """Kilobytes that the output of each question takes in the notebook as the course stores it."""
    with tempfile.TemporaryDirectory() as name:
        path = put(Path(name), quiz, ids)
        run.run(path)
        cells = nbformat.read(path, as_version=4).cells[1:]
    return [
        (_bytes(cell) - _bytes(nbformat.v4.new_code_cell(cell.source, id=cell.id))) / 1000 for cell in cells
    ]


def _bytes(cell: nbformat.NotebookNode) -> int:
    return len(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode())


def times(chromium, quiz: Quiz) -> tuple[float, float]:
    """Milliseconds until the tenth question is painted, and from a click to its painted feedback (median of ten).

    In a server, a page and a kernel of their own; the imports are done before.
    """
    with tempfile.TemporaryDirectory() as name:
        put(Path(name), quiz, [question["id"] for question in CHOICES])
        with labs.lab(Path(name)) as url, contextlib.closing(chromium.new_page()) as page:
            page.goto(f"{url}/lab/tree/quiz.ipynb")
            page.evaluate("console.log = () => {}")  # jupyterquiz talks much, and a watched console is slow
            idle = page.locator(".jp-StatusBar-Item").get_by_text("| Idle")
            idle.wait_for()
            page.locator(".jp-CodeCell").first.locator(".cm-content").click()
            page.keyboard.press("Shift+Enter")
            page.locator(".jp-CodeCell").first.get_by_text("[1]:").wait_for()
            idle.wait_for()
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.evaluate(WATCH, [quiz.question, len(CHOICES)])
            page.get_by_role("menuitem", name="Run Selected Cell and All Below").click()
            render = page.evaluate("painted")
            idle.wait_for()
            return render, statistics.median(answer(page, quiz, count) for count in range(len(CHOICES)))


def answer(page, quiz: Quiz, count: int) -> float:
    """Answer one question rightly by mouse; milliseconds from the click that sends it to its painted feedback.

    That click is on Check in ours, on the option in jupyterquiz, which has no button.
    """
    question = CHOICES[count]
    place = page.locator(quiz.question).nth(count)
    options = enumerate(question["options"])
    rights = [place.locator(quiz.option).nth(row) for row, option in options if option.get("correct")]
    if quiz is OURS:
        for right in rights:
            right.click()
        if question.get("confidence"):
            place.locator("[value='70']").click()
        last = place.get_by_role("button", name="Check")
    else:
        place.click(
            position={"x": 5, "y": 5}
        )  # as in ours, the cell is active before the click that is timed
        last = rights[0]
    page.evaluate(WATCH, [quiz.feedback, count + 1])
    last.click()
    return page.evaluate("painted")


MORE = (
    "Each of ours also opens a channel to the kernel, and a click keeps the attempt there and tells all of it to a screen "
    "reader; theirs is a page alone."
)


def measure() -> list[Comparison]:
    ids = [question["id"] for question in CHOICES]
    ours, reference = sizes(OURS, ids), sizes(JUPYTERQUIZ, ids)
    largest = max(sizes(OURS, list(bank.questions())))
    with labs.chromium() as chromium:
        timed = in_turn(lambda: times(chromium, OURS), lambda: times(chromium, JUPYTERQUIZ))
    render, click = ([[one[part] for one in side] for side in timed] for part in (0, 1))
    return [
        Comparison(
            "stored size of a question",
            "jupyterquiz, same words",
            "kB",
            ours,
            reference,
            aim=1 / 8,
            remark=f"Quizzes: ten choice questions; the largest of the whole bank takes {largest:.1f} kB. {MORE}",
        ),
        Comparison(
            "ten questions run and painted in JupyterLab", "jupyterquiz, same words", "ms", *render, aim=1
        ),
        Comparison("click to painted feedback", "jupyterquiz, same words", "ms", *click, aim=1),
    ]
