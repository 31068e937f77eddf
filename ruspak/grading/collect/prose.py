"""A student's prose: the answers to written items, and own text anywhere else in the notebook, with its
place."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruspak.grading.collect.cells import Cell, HandedOut

STUB = "YOUR ANSWER HERE"
PLACES, LENGTH = 12, 4_000  # of own text elsewhere: how many, and characters of each
WORDS, COMMENT_WORDS = 3, 7  # fewer are no answer
SAYING = ("print", "display", "Markdown", "HTML")
SIGNS = 15  # letters and digits of a text without spaces, a link or a picture


@dataclass(frozen=True)
class Answer:
    """`text`: what stands in the answer's cell; `elsewhere`: (number of the cell, own text) for what stands
    in none."""

    text: str
    elsewhere: tuple[tuple[int, str], ...] = ()


def answers_of(cells: list[Cell], ids: list[str], handed_out: HandedOut) -> dict[str, Answer]:
    """The answer to each written item. Where one has no text of its own, text that another one has may be
    meant for it, too, and is named."""
    found = {id: _answer(cells, id, handed_out) for id in ids}
    used = {number for numbers, _ in found.values() for number in numbers}
    others = [
        (cell.number, own) for cell in cells if cell.number not in used and (own := _own(cell, handed_out))
    ]
    answers = {}
    for id, (_, text) in found.items():
        rest = () if text else [(min(numbers), words) for numbers, words in found.values() if words]
        answers[id] = Answer(text, tuple((place, own[:LENGTH]) for place, own in [*others, *rest][:PLACES]))
    return answers


def _answer(cells: list[Cell], id: str, handed_out: HandedOut) -> tuple[set[int], str]:
    """The cells that hold the answer, and its text: from the cell of that id, else from cells that begin with
    it. Where that is as it was handed out, from the student's own cells right below."""
    places = [place for place, cell in enumerate(cells) if cell.grade_id == id] or [
        place
        for place, cell in enumerate(cells)
        if cell.kind != "code"
        and not cell.grade_id
        and cell.bare not in handed_out.cells
        and re.match(rf"\W*{re.escape(id)}\b", cell.source)
    ]
    texts = {cells[place].number: _without_stub(cells[place].source, id) for place in places}
    if places and not any(texts.values()):
        for cell in cells[places[-1] + 1 :]:
            if cell.kind != "code":
                if cell.grade_id or cell.bare in handed_out.cells:
                    break
                texts[cell.number] = cell.bare
    return set(texts), "\n\n".join(filter(None, texts.values()))


def _without_stub(source: str, id: str) -> str:
    """The source without what was printed there: the line with the id on top, and the stub."""
    head, _, rest = source.lstrip().partition("\n")
    if re.match(rf"\W*{re.escape(id)}\b", head):
        printed = rf"^\W*{re.escape(id)}\b\W*(\d+ points?\W*)?(Your answer\W*)?"
        source = re.sub(printed, "", head, flags=re.I) + "\n" + rest
    return source.replace(STUB, "").strip()


def _own(cell: Cell, handed_out: HandedOut) -> str:
    """The student's own prose in a cell that is no answer's; "" where the sheet itself is not known."""
    if not handed_out.cells or cell.bare in handed_out.cells:
        return ""
    if cell.kind == "code":
        return _comments(cell.source, handed_out)
    if cell.grade_id:  # a cell for code that was made Markdown
        return ""
    own = "\n".join(line for line in cell.source.splitlines() if line.strip() not in handed_out.lines)
    return own.strip() if len(own.split()) >= WORDS or sum(map(str.isalnum, own)) >= SIGNS else ""


def _comments(source: str, handed_out: HandedOut) -> str:
    """Comments and texts, where they are long enough to be an answer; of what is no code, all of it."""
    lines = [line.strip() for line in source.splitlines() if line.strip() not in handed_out.lines]
    found = [line.lstrip("# ") for line in lines if line[:1] == "#" and "hint(" not in line]
    try:
        found += filter(lambda text: len(text.split()) > 1, _texts(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found += [line for line in lines if line[:1] not in ("#", "%", "!")]
    text = "\n".join(found).strip()
    return text if len(text.split()) >= COMMENT_WORDS else ""


def _texts(tree: ast.Module) -> Iterator[str]:
    """The texts of a cell that say something to a reader: those that stand alone, are given a name or are printed. What
    a function is asked with (a title, a query) or a value is compared with is code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return) and node.value:
            parts = [node.value]
            if isinstance(node.value, ast.Call):
                called = node.value.func
                parts = (
                    node.value.args if getattr(called, "id", getattr(called, "attr", "")) in SAYING else []
                )
            while parts:
                part = parts.pop(0)
                if isinstance(part, ast.Constant) and type(part.value) is str:
                    yield part.value
                elif isinstance(part, ast.JoinedStr):
                    parts[:0] = part.values
                elif isinstance(part, ast.BinOp):
                    parts[:0] = [part.left, part.right]
