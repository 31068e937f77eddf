"""How long the sections of a lesson take, which of them are its core, and the lines on the page that say so: make numbers

A section begins with a heading `#` or `##` at the start of a cell, whose metadata name it core or more:
{"ruspak": {"section": "core"}}; a part under `###` with such metadata is a section of its own. What is more can
be skipped. The rates are of a reader in a second language. A cell that asks for work of one’s own (bets, an audit)
names its minutes: {"ruspak": {"minutes": 6}}. The page, the slides and the teaching plans all have their minutes
from here.
"""

import re
from typing import NamedTuple

RATES = {
    "word": 1 / 130,
    "figure": 2.5,
    "question": 2.0,
    "cell": 0.5,
    "claim": 1.0,
    "row": 0.1,
}  # minutes for one of each
SHORT, LONG = 5, 20  # rows of a printed table: the first are seen at a glance, the last are skimmed
CORE = 75  # minutes at most: of a lesson of 90 that leaves 15 to talk
KINDS = ("core", "more")
HEADING = re.compile(r"(#{1,3}) (.+)")
LINE = re.compile(r"^\*(?:Core|More), \d+ minutes?[^*\n]*\*\n*", re.M)
WHOLE = re.compile(r"^\*\*Time:\*\*[^·\n]*", re.M)
TARGET = re.compile(r'\]\([^)\s]*(?: "[^"]*")?\)')
WORD = re.compile(r"\w[\w’'.,-]*")


class Section(NamedTuple):
    """A section: its heading, core or more ("" where the metadata say neither), and its minutes, whole."""

    title: str
    kind: str
    minutes: int


def sections(notebook) -> list[Section]:
    """The sections of a lesson (a notebook as nbformat reads it), in order. A folded cell counts by its figure only."""
    found: list[list] = []
    for cell in notebook.cells:
        if begins(cell):
            found.append([HEADING.match(cell.source)[2], _kind(cell), 0.0])
        if found:
            found[-1][2] += _minutes(cell)
    return [Section(title, kind, max(1, round(minutes))) for title, kind, minutes in found]


def begins(cell) -> bool:
    """Whether a section begins with this cell."""
    heading = cell.cell_type == "markdown" and HEADING.match(cell.source)
    return bool(heading) and (len(heading[1]) < 3 or bool(_kind(cell)))


def _kind(cell) -> str:
    return cell.metadata.get("ruspak", {}).get("section", "")


def _minutes(cell) -> float:
    own = cell.metadata.get("ruspak", {}).get("minutes", 0)
    if cell.cell_type == "markdown":
        text = LINE.sub("", WHOLE.sub("", TARGET.sub("]", cell.source)))
        return own + RATES["word"] * len(WORD.findall(text))
    questions = len(re.findall(r"^quiz\(", cell.source, re.M))
    claims = len(re.findall(r'"S00\d-\d+"', cell.source)) if cell.source.startswith("audit(") else 0
    shown = [output.get("data", {}).get("text/html", "") for output in cell.outputs]
    figures = sum("ruspak-figure" in html for html in shown)
    rows = sum(max(0, min(html.count("<tr") - 1, LONG) - SHORT) for html in shown)
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden") or questions or claims
    return (
        own
        + RATES["question"] * questions
        + RATES["row"] * rows
        + RATES["claim"] * claims
        + RATES["figure"] * figures
        + (0 if hidden else RATES["cell"])
    )


def total(notebook, kind: str) -> int:
    """The minutes of all sections of a kind."""
    return sum(section.minutes for section in sections(notebook) if section.kind == kind)


def written(notebook) -> bool:
    """Bring the lines below the headings and the one of the whole lesson up to date. Returns whether any changed.

    A notebook whose sections have no kind is left as it is.
    """
    taken, changed = sections(notebook), False
    if not any(section.kind for section in taken):
        return False
    core, more = (total(notebook, kind) for kind in KINDS)
    at_home = f" for the core, {more} for what is marked *more*" if more else ""
    for cell, section in zip(filter(begins, notebook.cells), taken):
        heading, _, rest = cell.source.partition("\n\n")
        rest = LINE.sub("", rest)
        if heading.startswith("# "):
            rest = WHOLE.sub(f"**Time:** {core} minutes{at_home} ", rest, count=1)
        else:
            skip = ": it can be skipped" if section.kind == "more" else ""
            unit = "minute" if section.minutes == 1 else "minutes"
            rest = f"*{section.kind.capitalize()}, {section.minutes} {unit}{skip}*\n\n{rest}"
        source = f"{heading}\n\n{rest}".rstrip()
        changed |= source != cell.source
        cell.source = source
    return changed
