"""The texts that hold few links: quizzes, glossary, keys of sheets, pages about the course, the site's own words.

Told apart by a short rule, and no values: the number of a lesson, steps that count on, clock times of a plan, the
thread or commit that a report names, the level of a rubric, a record of what a named program measured.
"""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from fairness import strings
from prose import LINK, NUMBER

from course import ROOT, loaded, notebooks, read
from ruspak.sheets.items import Item, Sheet, Written

PAGES = ["README.md", "CONTRIBUTING.md", "paper.md", "docs", "deploy", "site"]
APART = {"docs/glossary.md"}  # term by term
MADE = re.compile(r"<!-- .*? -->.*?<!-- end -->", re.S)  # what a command writes has a test of its own
LESSONS = "|".join(path.stem[:2] for path in notebooks("notebooks"))
NAMED = re.compile(
    rf"""
    \b(?:{LESSONS})\b(?![.,:%]\d)                      # a lesson
    | ^\|\s\d:\d\d\s\|\s\d+\s\| | ^\|\s\|\s\d+\s\|     # clock and minutes of a plan: test_teaching.py
    | (?<=[\w,\s])\#\d+\b                             # a thread
    | \b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{{7,12}}\b  # a commit
    | ^Measured\ with\ .*?(?=^\*\*|^\#)                 # a record, with the program that made it
    | \bhint\s\d\b | ^\#+\s\d\.\s                       # a hint, a section
    | \{{\{{.*?\}}\}} | \{{%.*?%\}}                       # what a template fills in
    """,
    re.X | re.M | re.S,
)
ROW = re.compile(r"^\|\s*((?:\d+,\s)?\d+)\s*\|", re.M)
LEVEL = re.compile(r"(?<=[.;] )(\d): ")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
TAG = re.compile(r"<[^>]*>")


def texts() -> Iterator[tuple[str, str, str]]:
    """(file, id, text) of each question, term, item of a key, and page; what needs no source is taken out."""
    for path in sorted((ROOT / "quizzes").glob("*.yaml")):
        for question in yaml.safe_load(path.read_text(encoding="utf-8")):
            told = {key: part for key, part in question.items() if key not in ("id", "objective", "kind")}
            yield f"quizzes/{path.stem}", question["id"], "\n".join(strings(told))
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for term, meaning in re.findall(r"^## (.+)\n\n(.+)$", glossary, re.M):
        yield "docs/glossary", term, meaning
    for name, sheet in keys().items():
        for item in sheet.items:
            yield f"solutions/keys/{name}", item.id, "\n".join(of_item(item))
    for path in pages():
        yield path.relative_to(ROOT).as_posix(), "", of_page(path.read_text(encoding="utf-8"))


@functools.cache
def keys() -> dict[str, Sheet]:
    """The sheets by the name of their key."""
    return {path.stem: loaded(path) for path in sorted((ROOT / "solutions" / "keys").glob("*.py"))}


def pages() -> list[Path]:
    """The pages in Markdown and the templates, except those whose parts are texts of their own."""
    found = [
        path
        for name in PAGES
        for path in ([ROOT / name] if name.endswith(".md") else sorted((ROOT / name).rglob("*")))
        if path.suffix in (".md", ".html") and path.relative_to(ROOT).as_posix() not in APART
    ]
    return found


def of_item(item: Item | Written) -> Iterator[str]:
    """What an item of a key says: question, feedback and hints, or the criteria without their levels."""
    if isinstance(item, Written):
        yield from (LEVEL.sub("", criterion) for _, criterion in item.rubric)
    else:
        yield item.prompt
        yield from (mistake.feedback for mistake in item.mistakes)
        yield from map(_unnamed, item.hints)


def levels(item: Written) -> Iterator[str]:
    """Criteria whose levels do not fall from the points of the line to 0."""
    for points, criterion in item.rubric:
        found = [int(level) for level in LEVEL.findall(criterion)]
        if found and (found[0] != points or found[-1] != 0 or found != sorted(set(found), reverse=True)):
            yield f"{item.id}: levels {found} in a line of {points} points: {criterion}"


def of_page(text: str) -> str:
    """A page without what a command wrote, tags, names that are numbers, and steps that count on."""
    text = _unnamed(MADE.sub("", text.partition("\n---\n")[2] if text.startswith("---\n") else text))
    last = 0
    for row in ROW.finditer(text):
        steps = [int(number) for number in NUMBER.findall(row[1])]
        if steps[0] in (last + 1, 1) and steps == [*range(steps[0], steps[-1] + 1)]:
            text = text[: row.start(1)] + "¤" * len(row[1]) + text[row.end(1) :]
            last = steps[-1]
    return CODE.sub("¤", TAG.sub(" ", text))


def _unnamed(text: str) -> str:
    """The text without names that are numbers; its links stay whole."""
    both = re.compile(rf"(?P<link>{LINK.pattern})|{NAMED.pattern}", NAMED.flags)
    return both.sub(lambda match: match["link"] or " ¤ ", text)


@functools.cache
def own_cells(name: str, key: str) -> tuple[str, str]:
    """The task and the worked code of one item, up to the next: their numbers are traced or run."""
    task, code, here = [], [], False
    for cell in read(ROOT / "solutions" / f"{name}.ipynb").cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            here = f"### {key} · " in cell.source
        if here:
            (task if cell.cell_type == "markdown" else code).append(cell.source)
    return "\n".join(task), "\n".join(code)


@functools.cache
def written_in(names: str) -> str:
    """The text of files and folders of the repository, named from its root; notebook.ipynb#cell is one cell.

    Raises FileNotFoundError, with the name, where there is no such thing.
    """
    found = []
    for name in names.split():
        path, _, cell = name.partition("#")
        place = ROOT / path
        if not place.exists():
            raise FileNotFoundError(name)
        if cell:
            cells = [one.source for one in read(place).cells if one.id == cell]
            if not cells:
                raise FileNotFoundError(name)
            found += cells
        else:
            files = [place] if place.is_file() else sorted(place.rglob("*"))
            found += [
                file.read_text("utf-8", "ignore")
                for file in files
                if file.is_file() and (file == place or file.suffix != ".md")
            ]
    return "\n".join(found)
