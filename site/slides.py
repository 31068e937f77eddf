"""One deck a notebook, from the same cells: python site/slides.py [NOTEBOOK …] writes build/slides/01_history.html …

A slide holds one thing: the title, the opening of a section, one figure, one question, one table. What the page says about it
is in the speaker's notes (key S), whether its section is core, and its minutes. `?code` after the address adds slides with the data
cells, `?core` leaves out what can be skipped. reveal.js comes inside the wheel of sphinx-revealjs, so that nothing is fetched, here or in class.
"""

import html
import importlib.resources
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import nbformat
from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = ROOT / "build" / "slides"
sys.path[:0] = [str(ROOT), str(HERE)]

from course_site import bank, cells, figures, states  # noqa: E402

from tools import minutes  # noqa: E402

MARKDOWN = MarkdownIt("commonmark").enable("table")
LINK = re.compile(r'\[([^\]]*)\]\([^)\s]*(?: "[^"]*")?\)')
HEADING = re.compile(r"^(#{1,3}) (.*)$", re.M)
LEFT_OUT = {"What you will be able to do", "Go further", "How the course goes on"}
WHOLE = {"Recap", "Discuss in class"}  # sections that are a slide as they stand
WORDS = 45  # of a section’s opening on its slide; the rest is in the notes


@dataclass
class Slide:
    """One slide: `body` and `notes` are HTML; `kind` is title, section, text, figure, question or code."""

    kind: str
    body: str
    notes: list[str] = field(default_factory=list)
    more: bool = False  # of a section that can be skipped


def deck(path: Path) -> list[Slide]:
    """The slides of a notebook, in order."""
    slides: list[Slide] = []
    drawn, more = states._drawn(path) if "explore(" in path.read_text(encoding="utf-8") else [], False
    for cell in nbformat.read(path, as_version=4).cells:
        shown = [
            output["data"]["text/html"]
            for output in cell.get("outputs", [])
            if "text/html" in output.get("data", {})
        ]
        if minutes.begins(cell):
            more = cell.metadata.get("ruspak", {}).get("section") == "more"
        done = len(slides)
        if cell.cell_type == "markdown":
            _read(cell.source, slides)
        elif asked := cells.QUIZ.fullmatch(cell.source.strip()):
            slides.append(Slide("question", bank.element(asked[1]), [_key(asked[1])]))
        elif re.search(r"^explore\(", cell.source, re.M):
            slides.append(Slide("figure", states.element(drawn.pop(0))))
        elif "figure" in cell.metadata.get("tags", []):
            slides += [Slide("figure", one) for one in shown]
        elif not cell.source.startswith(("from ", "audit(")):
            text = f"<pre><code>{html.escape(cell.source)}</code></pre>"
            slides.append(Slide("code", text + "".join(shown[:1])))
        for slide in slides[done:]:
            slide.more = more
    return slides


def _read(source: str, slides: list[Slide]) -> None:
    """Turn a Markdown cell into slides and notes."""
    parts = HEADING.split(source)  # text, then (marks, heading, text) again and again
    if parts[0].strip() and slides:
        slides[-1].notes.append(_html(parts[0]))
        _tables(parts[0], "", slides)
    for marks, heading, text in zip(parts[1::3], parts[2::3], parts[3::3]):
        if heading in LEFT_OUT:
            continue
        time = "".join(minutes.LINE.findall(text))
        text = minutes.LINE.sub("", text)
        if heading in WHOLE:
            slides.append(Slide("text", f"<h2>{heading}</h2>" + _html(text)))
            continue
        opening, rest = _opening(text) if len(marks) > 1 else (_question(text), text)
        slides.append(
            Slide(
                "title" if len(marks) == 1 else "section",
                f"<h{len(marks)}>{html.escape(heading)}</h{len(marks)}>" + _html(opening),
                [_html(time + rest)],
            )
        )
        _tables(text, heading, slides)


def _question(text: str) -> str:
    """What the first slide asks: the question of the notebook, else its first paragraph."""
    found = re.search(r"\*\*The question of this notebook:\*\* (.*)", text)
    if found:
        return found[1][0].upper() + found[1][1:]
    paragraphs = [one for one in text.strip().split("\n\n") if not one.startswith("**Time:**")]
    return paragraphs[0] if paragraphs else ""


def _opening(text: str) -> tuple[str, str]:
    """The first sentences of a section, at most WORDS words, and the whole text for the notes."""
    first = next((one for one in text.strip().split("\n\n") if not one.startswith(("|", "- ", "1. "))), "")
    sentences, kept = re.split(r"(?<=[.!?:”])\s+(?=[A-ZÀ-Ž“‘(*\[])", " ".join(first.split())), ""
    for one in sentences:
        if kept and len(LINK.sub(r"\1", f"{kept} {one}").split()) > WORDS:
            break
        kept = f"{kept} {one}".strip()
    return kept, text


def _tables(text: str, heading: str, slides: list[Slide]) -> None:
    """A table of the text is a slide of its own."""
    for found in re.findall(r"(?:^\|.*\n?)+", text, re.M):
        title = f"<h3>{html.escape(heading)}</h3>" if heading else ""
        slides.append(Slide("text", title + _html(found)))


def _html(markdown: str) -> str:
    """HTML of a text; links lose their address, which nobody follows on a wall."""
    return MARKDOWN.render(LINK.sub(r"\1", markdown))


def _key(question_id: str) -> str:
    """For the speaker: the answer, and what each wrong option shows."""
    question = bank._questions()[question_id]
    lines = [f"<p><strong>{question_id}.</strong> {html.escape(question['explanation'])}</p>"]
    lines += [
        f"<p>{'✓' if one.get('correct') else '✗'} <em>{html.escape(one['text'])}</em>: {html.escape(one['feedback'])}</p>"
        for one in question.get("options", [])
    ]
    return "".join(lines)


def write(path: Path, out: Path) -> None:
    """Write one deck, its figures beside it."""
    slides = deck(path)
    for slide in slides:
        slide.body = figures.apart(slide.body, out, figures.FOLDER)
    page = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates")).get_template("deck.html")
    title = re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", slides[0].body)[1])
    (out / f"{path.stem}.html").write_text(
        page.render(title=title, slides=slides, name=path.stem), encoding="utf-8"
    )


def main(names: list[str]) -> int:
    """Write the named decks, or all."""
    OUT.mkdir(parents=True, exist_ok=True)
    reveal = importlib.resources.files("sphinx_revealjs") / "_static" / "revealjs"
    for name in ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js"):
        with importlib.resources.as_file(reveal / name) as source:
            (OUT / "_reveal").mkdir(exist_ok=True)
            shutil.copy(source, OUT / "_reveal" / Path(name).name)
    bank.component(OUT / "_reveal")
    for name in ("deck.css", "deck.js", "course.js", "icon.svg"):
        shutil.copy(HERE / "static" / name, OUT / "_reveal" / name)
    for path in sorted(map(Path, names)) or sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        write(path.resolve(), OUT)
        print(f"build/slides/{path.stem}.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
