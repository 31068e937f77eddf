"""Titles as findings: tests/titles.yaml says of each what must be true of the data that its figure shows.

conftest.py asks it of the kernel in which nbval runs the notebook, right after the cell of the figure.
"""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from pictures import Words, words

from ruspak.data.package import nearest, package

TABLE = Path(__file__).with_name("titles.yaml")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SHORT_YEAR = re.compile(r"(?<=\b\d{4})[–/]\d\d\b")  # the end of 2019–20 or 2024/25
NAMED = re.compile(
    r"\btable (?!through\b)([a-z_]+)|\btables ([a-z_]+(?:(?:, | and )[a-z_]+)*)"
)  # in a line of source
# What a title may say in words, and what its expression must hold then.
COUNTED = {
    "two|halv\\w+|half|twice|doubled": r"2|0\.4\d*|0\.5\d*",
    "three|thirds?": "3",
    "four": "4",
    "five\\w*|fifth": "5",
    "six": "6",
    "eight": "8",
    "tenth": r"10|0\.1|0\.09",
    "twelve": "12",
}
SCOPE = {
    "every|(?<!at )all|both|each": r"\ball\(|\.all\(|\.min\(|\.max\(|==",
    "no|none|not|never|neither": r"\bnot\b|~|== ?0|, 0\b|<|\.max\(|\.ne\(|\.le\(|announced only|not built",
    "only": r"==|\.all\(|sum\(\)",
    "(?<!at )most(?! often)": r"0\.5|idxmax|nlargest",
    "closest|best|peak": r"idxmax|nlargest",
    "since|after|from|to(?= \\d)": r"loc\[|query|\.le\(|==|\[\w*\d{4}\]|index",
    "fell|fall|less|fewer|halved|gone": r"<|1 -|-",
    "rose|rise|more|grew|larger|doubled": r">|<",
}


@functools.cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """The rows: folder/notebook → cell id → {title, holds, measure or definition}."""
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def rows(path: Path) -> dict[str, dict[str, str]]:
    """The rows of one notebook, by cell id."""
    return table().get(f"{path.parent.name}/{path.stem}", {})


def errors(path: Path) -> list[str]:
    """What is wrong between a notebook's stored figures and the rows, apart from the truth of the rows."""
    figures, known = words(path), rows(path)
    gone = [
        f"cell {key}: there is no such figure any more; remove its row"
        for key in known.keys() - {f.cell for f in figures}
    ]
    return gone + [
        f"{path.parent.name}/{path.name}, cell {figure.cell}: {error}"
        for figure in figures
        for error in (*mismatch(figure, known.get(figure.cell)), *unknown_tables(figure))
    ]


def unknown_tables(figure: Words) -> Iterator[str]:
    """The tables of the line of source that do not exist."""
    known = [resource["name"] for resource in package()["resources"]]
    for one, several in NAMED.findall(figure.source):
        for name in re.split(", | and ", one or several):
            if name not in known:
                yield f"its source names the table {name}, which does not exist. {nearest(name, known)}"


def mismatch(figure: Words, row: dict[str, str] | None) -> Iterator[str]:
    """What is wrong between one figure and its row; nothing is evaluated."""
    if row is None:
        yield f"“{figure.title}” has no row in tests/titles.yaml: say there what must be true for it"
        return
    if not re.fullmatch(re.escape(row["title"]).replace(r"\{\}", r"[\d.,]+"), figure.title):
        yield f"the title is “{figure.title}”, the row has “{row['title']}”: change the row, and what must hold"
    if row["holds"] == "name only":
        return
    if "{}" in row["title"] and not re.search(r"\bprinted\b", row["holds"]):
        yield f"“{row['title']}” leaves numbers open: compare them as `printed`"
    yield from _unsaid(row["title"], row["holds"])
    if NUMBER.search(figure.measure) and not row.get("definition"):
        if "measure" not in row:
            yield f"the numbers of “{figure.measure}” are not traced: add `measure` or `definition` to the row"
        else:
            yield from _unsaid(" ".join(NUMBER.findall(SHORT_YEAR.sub("", figure.measure))), row["measure"])


def _unsaid(sentence: str, expression: str) -> Iterator[str]:
    """Numbers and words of a sentence that leave no trace in the expression behind it."""
    ast.parse(expression, mode="eval")
    known = {number.replace(",", "") for number in NUMBER.findall(expression)}
    for number in NUMBER.findall(SHORT_YEAR.sub("", sentence)):
        if number.replace(",", "") not in known:
            yield f"“{sentence}”: {number} is not in what must hold"
    for patterns, where in ((COUNTED, " ".join(known)), (SCOPE, expression)):
        for said, trace in patterns.items():
            found = re.search(rf"\b(?:{said})\b", sentence, re.I)
            whole = rf"(?<![\d.])(?:{trace})(?![\d.])" if patterns is COUNTED else trace
            if found and not re.search(whole, where):
                ways = "  ".join(re.sub(r"\\[bdw]|\\|\*", "", way) for way in trace.split("|") if way)
                yield (
                    f"“{sentence}”: nothing in `holds` or `measure` answers to “{found[0]}”. "
                    f"The expression there must have one of these in it:  {ways}"
                )


def proofs(path: Path, cell: str) -> list[str]:
    """The expressions to be evaluated after a cell."""
    row = rows(path).get(cell, {})
    return [row[part] for part in ("holds", "measure") if row.get(part, "name only") != "name only"]


def prove(client, path: Path, cell: str) -> None:
    """Evaluate a cell's expressions in a running kernel; AssertionError with the values where one is false.

    client: a blocking client of jupyter_client whose kernel has just run the cell.
    """
    if not (said := proofs(path, cell)):
        return
    title = next((figure.title for figure in words(path) if figure.cell == cell), "")
    numbers = [float(number.replace(",", "")) for number in NUMBER.findall(title)]
    asked = {
        str(place): f'__import__("holds").error({expression!r}, globals() | {{"printed": {numbers}}})'
        for place, expression in enumerate(said)
    }
    seek = f"__import__('sys').path.append({str(TABLE.parent)!r})"
    reply = client.execute(seek, silent=True, user_expressions=asked, reply=True, timeout=120)
    answers = [
        answer.get("data", {}).get("text/plain", answer)
        for answer in reply["content"]["user_expressions"].values()
    ]
    wrong = [f"{expression}\n    {answer}" for expression, answer in zip(said, answers) if answer != "None"]
    assert not wrong, (
        f"{path.name}, cell {cell}: the figure says “{title}”. What must hold for it does not:\n"
        + "\n".join(wrong)
        + "\nChange the title, or the row in tests/titles.yaml: one of the two is false."
    )
