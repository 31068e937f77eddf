"""data/course/facts.csv, edited by hand: an error names file, line, column, what is wrong, and an example."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from course import notebooks, read

PATH = Path(__file__).parents[1] / "data" / "course" / "facts.csv"
COLUMNS = ["id", "date", "area", "topic", "statement", "value", "unit", "title", "publisher", "quality",
           "url", "source_date", "confidence", "checked", "note"]  # fmt: skip
REQUIRED = ["id", "area", "topic", "statement", "title", "publisher", "quality", "confidence", "checked"]
WORDS = {
    "area": ["history", "security", "energy", "trade", "limits"],
    "confidence": ["official", "reported", "estimate", "disputed"],
    "quality": ["official", "agency", "paper", "study", "company", "book", "blog", "wiki", "mirror"],
    "checked": ["page re-read", "second source", "not re-read", "not found again"],
}
DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
SHAPES = {
    "id": (
        r"N\d{3,4}|(H|E|L|TR|C|P)\d{2,4}[a-z]{0,2}\d?|(sec|out)\d{2,3}[a-z]?|CEAEU\w*|Hdia\w*",
        "FREE, the next free number",
    ),
    "date": (f"({DAY}(/{DAY})?)?", "2024-07-01, 2024-07, 2024 or 2023/2024"),
    "topic": (r"[a-z0-9_]+", "gas_pipeline"),
    "url": (r"(https?://[A-Za-z0-9.-]+(:\d+)?/?\S*)?", "https://www.un.org/en/ga"),
    "source_date": (f"({DAY})?", "2024-07-01, 2024-07 or 2024"),
}
TOLD = "When we looked a second time"  # what a cell says that prints a fact which was not found again
OPENED_ONCE = 4  # facts that a sentence links to and whose page was read once: it only falls
SWITCH = re.compile(r"redirect|[?&]\w*locale=|[?&]rdp_we_resource=", re.I)
MARK = re.compile(r"\b(audit|re-read|recomputed|seed)\b")


def errors(text: str) -> Iterator[str]:
    """What is wrong in the text of facts.csv, one message each."""
    lines = csv.reader(text.splitlines(keepends=True))
    header = next(lines)
    if header != COLUMNS:
        yield f"facts.csv, line 1: the columns are {','.join(header)}. Example: {','.join(COLUMNS)}"
        return
    seen: dict[str, int] = {}
    free = next_id(text)
    start = lines.line_num + 1
    for cells in lines:
        found = (error.replace("FREE", free) for error in _row(cells, seen, start))
        yield from (f"facts.csv, line {start}, {error}" for error in found)
        start = lines.line_num + 1


def next_id(text: str) -> str:
    """The id of the next new fact: one above the highest of those with N."""
    numbers = map(int, re.findall(r"^N(\d+),", text, re.M))
    return f"N{max(numbers, default=0) + 1:03}"


def _row(cells: list[str], seen: dict[str, int], line: int) -> Iterator[str]:
    if len(cells) != len(COLUMNS):
        yield (
            f"whole row: {len(cells)} cells instead of {len(COLUMNS)}. Put a text with a comma in quotes. "
            'Example: "Lahore, Karachi"'
        )
        return
    row = dict(zip(COLUMNS, cells, strict=True))
    for column in REQUIRED:
        if not row[column]:
            yield f"column {column}: empty. Example: {_example(column)}"
    for column, (shape, example) in SHAPES.items():
        if row[column] and not re.fullmatch(shape, row[column]):
            yield f"column {column}: '{row[column]}' has another form. Example: {example}"
    for column, words in WORDS.items():
        if row[column] and row[column] not in words:
            yield f"column {column}: '{row[column]}' is none of {', '.join(words)}. Example: {words[0]}"
    if row["id"] in seen:
        yield f"column id: '{row['id']}' is also on line {seen[row['id']]}. Example: {SHAPES['id'][1]}"
    seen.setdefault(row["id"], line)
    if row["value"] and not row["unit"]:
        yield f"column unit: empty beside the value {row['value']}. Example: million USD"
    if SWITCH.search(row["url"]):
        yield (
            f"column url: '{row['url']}' leads over a switch of language or of pages; take the address of the "
            "page that holds the statement. Example: https://www.un.org/en/ga"
        )
    for mark in MARK.findall(row["note"]):
        yield (
            f"column note: '{mark}' tells of the work, not of the source; the column checked is for that. "
            "Example: Another paper gives 1949"
        )


def _example(column: str) -> str:
    words = {"statement": "Both states signed the agreement", "title": "Joint statement", "publisher": "Dawn"}
    return words.get(column) or (WORDS[column][0] if column in WORDS else SHAPES[column][1])


def test_facts_hold_no_error():
    found = list(errors(PATH.read_text(encoding="utf-8")))
    assert not found, "\n".join(found)


def test_what_was_not_found_again_carries_no_sentence():
    """A figure may draw it where its measure says so; no sentence of a lesson, sheet or question links to it alone."""
    rows = csv.DictReader(PATH.read_text(encoding="utf-8").splitlines())
    gone = {row["id"] for row in rows if row["checked"] == "not found again"}
    found = []
    for path in notebooks("notebooks", "solutions"):
        for cell in read(path).cells:
            linked = set(re.findall(r'"fact:(\w+)', cell.source)) & gone
            if cell.cell_type == "markdown" and linked and TOLD not in cell.source:
                found.append(f"{path.name}, {cell.id}: {', '.join(sorted(linked))}")
    assert gone and not found, "\n".join(found)


def test_few_sentences_rest_on_a_page_that_was_opened_once():
    rows = csv.DictReader(PATH.read_text(encoding="utf-8").splitlines())
    once = {row["id"] for row in rows if row["checked"] == "not re-read"}
    linked = {
        key
        for path in notebooks("notebooks", "solutions")
        for cell in read(path).cells
        if cell.cell_type == "markdown"
        for key in re.findall(r'"fact:(\w+)', cell.source)
    }
    assert len(linked & once) <= OPENED_ONCE, sorted(linked & once)


def test_no_fact_is_lost():
    with PATH.open(encoding="utf-8", newline="") as file:
        count = sum(1 for _ in csv.DictReader(file))
    assert count >= 1095, (
        f"facts.csv: {count} rows, 1,095 or more expected. Links use old ids: keep their rows."
    )


GOOD = {"id": "N001", "area": "trade", "topic": "rice", "statement": "Rice was sold", "title": "Rice",
        "publisher": "Dawn", "quality": "paper", "confidence": "reported", "checked": "not re-read"}  # fmt: skip
PLANTED = [
    *(({column: ""}, f"line 2, column {column}: empty. Example: ") for column in REQUIRED),
    ({"id": "new1"}, "line 2, column id: 'new1' has another form. Example: N001, the next"),
    ({"date": "2024-13"}, "line 2, column date: '2024-13' has another form. Example: 2024-07-01"),
    ({"topic": "Rice trade"}, "line 2, column topic: 'Rice trade' has another form."),
    ({"source_date": "1970s"}, "line 2, column source_date: '1970s' has another form."),
    ({"url": "dawn.com"}, "line 2, column url: 'dawn.com' has another form."),
    ({"area": "sport"}, "line 2, column area: 'sport' is none of history, security"),
    ({"confidence": "sure"}, "line 2, column confidence: 'sure' is none of official"),
    ({"quality": "rumour"}, "line 2, column quality: 'rumour' is none of official"),
    ({"checked": "yes"}, "line 2, column checked: 'yes' is none of page re-read"),
    ({"value": "5"}, "line 2, column unit: empty beside the value 5. Example: million USD"),
    (
        {"url": "https://x.org/locale/redirect?to=a"},
        "line 2, column url: 'https://x.org/locale/redirect?to=a' leads",
    ),
    (
        {"url": "https://x.org/a?request_locale=ar"},
        "line 2, column url: 'https://x.org/a?request_locale=ar' leads",
    ),
    ({"note": "audit: agrees"}, "line 2, column note: 'audit' tells of the work"),
]


def written(*rows: dict[str, str]) -> str:
    """The text of a facts.csv with these rows; no cell here needs quotes."""
    return (
        "\n".join([",".join(COLUMNS), *(",".join(row.get(name, "") for name in COLUMNS) for row in rows)])
        + "\n"
    )


def test_a_good_row_has_no_error():
    assert list(errors(written(GOOD))) == []


@pytest.mark.parametrize(("change", "message"), PLANTED)
def test_a_planted_error_is_named(change, message):
    assert any(error.startswith(f"facts.csv, {message}") for error in errors(written(GOOD | change)))


def test_a_doubled_id_and_a_torn_row_are_named():
    doubled = list(errors(written(GOOD, GOOD)))
    assert doubled == [
        "facts.csv, line 3, column id: 'N001' is also on line 2. Example: N002, the next free number"
    ]
    assert "whole row: 1 cells instead of 15" in next(errors(written() + "N002\n"))
    assert next(errors("id,date\n")).startswith("facts.csv, line 1: the columns are id,date.")
