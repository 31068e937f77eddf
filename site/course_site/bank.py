"""The questions on a page: the component of the notebooks, brought to life without a kernel; and the page of progress."""

import functools
import html
import json
import re
from pathlib import Path

import nbformat

from ruspak.quiz import bank, static

ROOT = Path(__file__).resolve().parents[2]
QUIZ = ROOT / "ruspak" / "quiz"
OBJECTIVE = re.compile(r"^\d+\.\s+(.*?)\s*`([a-z]+-[a-z-]+)`\s*$", re.M)
PLACE = "<!-- progress -->"


def setup(app) -> None:
    app.add_css_file("quiz.css")
    app.add_js_file("quiz.js", loading_method="defer")
    app.connect("builder-inited", lambda app: component(Path(app.outdir) / "_static"))
    app.connect("html-page-context", _progress)


def element(question_id: str) -> str:
    """A question as the custom element of quiz.js; without script its words stand there, without its key."""
    question = _questions()[question_id]
    page = static.page(question).replace(
        "<em>Run this cell to answer.</em>", "<em>Answering needs JavaScript.</em>"
    )
    return (
        f'<div class="course-question" id="quiz-{question_id}">'
        + static.element(question).replace("</ruspak-quiz>", f"{page}</ruspak-quiz>")
        + "</div>"
    )


@functools.cache
def _questions() -> dict[str, dict]:
    return bank.load()


def component(folder: Path) -> None:
    """Write quiz.css, and quiz.js as a plain script: a browser that opens a page from the disk loads no modules."""
    script = (QUIZ / "quiz.js").read_text(encoding="utf-8")
    plain = re.sub(r"^export default .*$", "", script, flags=re.M)
    plain = re.sub(r"^export ", "", plain, flags=re.M)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quiz.js").write_text(f"(() => {{\n{plain}\n}})();\n", encoding="utf-8")
    (folder / "quiz.css").write_bytes((QUIZ / "quiz.css").read_bytes())


def objectives() -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """Each notebook's title with its objectives: (id, words, the ids of their questions)."""
    asked: dict[str, list[str]] = {}
    for question in bank.questions().values():
        asked.setdefault(question["objective"], []).append(question["id"])
    found = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = [
            cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"
        ]
        title = re.search(r"^# (.*)$", cells[0], re.M)[1]
        mine = [(key, words, asked.get(key, [])) for cell in cells for words, key in OBJECTIVE.findall(cell)]
        found.append((path.stem, title, mine))
    return found


def _progress(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Fill the page of progress: one row an objective, its questions as links; the browser knows what was answered."""
    if PLACE not in context.get("body", ""):
        return
    parts = []
    for stem, title, rows in objectives():
        lines = "".join(
            f'<tr><th scope="row">{static.inline(words)}</th><td>'
            + " ".join(
                f'<a class="course-mark" data-question="{key}" href="../../notebooks/{stem}.html#quiz-{key}">{key.rpartition("-")[2]}</a>'
                for key in asked
            )
            + "</td></tr>"
            for _, words, asked in rows
        )
        parts.append(
            f'<table class="course-progress"><caption>{html.escape(title)}</caption><thead><tr><th scope="col">You can …</th>'
            f'<th scope="col">Questions</th></tr></thead><tbody>{lines}</tbody></table>'
        )
    known = json.dumps({key: question["objective"] for key, question in bank.questions().items()})
    script = f'<script type="application/json" id="course-bank">{known}</script>'
    context["body"] = context["body"].replace(PLACE, script + "".join(parts))
