"""The first page: an odd question, a figure, three ways in. Its numbers are worked out, its lessons read from the README."""

import re
from pathlib import Path

import nbformat
import yaml
from markupsafe import Markup

from course_site import figures, links, states
from ruspak.data import calc_text, claims
from ruspak.quiz import bank

ROOT = Path(__file__).resolve().parents[2]
LESSON = re.compile(r"^\| \[(\d\d) ([^\]]+)\]\(notebooks/(\w+)\.ipynb\) \| ([^|]+?) \|", re.M)
PAGE = ROOT / "notebooks" / "01_history.ipynb"
HERO = "A strange kind of opponent"


def setup(app) -> None:
    app.connect("html-page-context", _fill)


def _fill(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if pagename != "index":
        return
    cite = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    context |= {
        "calc": calc_text,
        "source": links.words,
        "claims": len(claims()),
        "questions": len(bank.questions()),
        "lessons": [(stem, title, question) for _, title, stem, question in LESSON.findall(readme)],
        "figure": Markup(figures.apart(_hero(), Path(app.outdir), figures.FOLDER, states.for_phones(PAGE))),
        "cite": f"{cite['title']}, version {cite['version']}, {str(cite['date-released'])[:4]}.",
    }


def _hero() -> str:
    """The first picture after the heading HERO in PAGE. Raises StopIteration where it has gone."""
    cells = iter(nbformat.read(PAGE, as_version=4).cells)
    next(cell for cell in cells if cell.source.startswith(f"## {HERO}"))
    return next(
        output["data"]["text/html"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "ruspak-figure" in output.get("data", {}).get("text/html", "")
    )
