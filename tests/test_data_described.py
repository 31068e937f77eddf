"""What the description of a table says of it in numbers is true of the table: tests/described.yaml."""

import ast
import re
from pathlib import Path

import holds
import pytest
import yaml
from prose import numbers
from titles import SHORT_YEAR

from course import ROOT
from ruspak import table
from ruspak.data.calcs import names

SAYS = yaml.safe_load(Path(__file__).with_name("described.yaml").read_text(encoding="utf-8"))
FILES = {
    path.stem: path for path in sorted((ROOT / "data").glob("*/*.yaml")) if path.with_suffix(".csv").is_file()
}
SPAN = re.compile(r"\b(\d{4})–(\d{4})\b")
IN_WORDS = {"Half": "0.5"}
# What is surely counted in the table itself; other numbers of a description a person must see.
COUNTED = re.compile(
    r"(?<![\d.–-])\b\d[\d,]* (?:rows|texts|claims|pairs|editions|values|sources|reports|projects)\b"
    r"|\b(?:largest|smallest|highest|lowest|sum|mean|median)(?: \w+)? is \d[\d.,]*\b"
)


def texts(name: str) -> str:
    """All words of a description, each text on its own line."""

    def walk(value):
        if isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from walk(one)
        elif value is not None:
            yield " ".join(str(value).split())

    return "\n".join(walk(yaml.safe_load(FILES[name].read_text(encoding="utf-8"))))


def error(name: str, words: str, expression: str) -> str | None:
    """What is wrong with a row: words that stand nowhere, a number that nothing looks for, or what is not true."""
    if words not in texts(name):
        return f"“{words}” is not in the description any more: change or remove the row"
    sought = numbers(expression) | {float(number) for number in numbers(expression)}
    said = {number for number in numbers(SHORT_YEAR.sub("", words)) if not {number, float(number)} & sought}
    said |= {word for word, number in IN_WORDS.items() if word in words.split() and number not in sought}
    if said:
        return f"“{words}”: {', '.join(sorted(said))} is not in the expression of this row of tests/described.yaml"
    used = {node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name)}
    scope = {one: names[one] for one in used & ({*names} | {*FILES} - {"claims"})}
    return holds.error(expression, scope | {"t": table(name)})


@pytest.mark.parametrize("name", SAYS)
def test_what_a_description_counts_is_so(name):
    wrong = [found for words, expression in SAYS[name].items() if (found := error(name, words, expression))]
    assert not wrong, f"data/{FILES[name].parent.name}/{name}.yaml: " + "\n".join(wrong)


def uncounted(name: str, text: str, rows: dict[str, str]) -> list[str]:
    """The counts of a description that no row looks at, a line each with the row to write."""
    place = f"data/{FILES[name].parent.name}/{name}.yaml"
    return [
        f"{place}: “{count}” has no row in tests/described.yaml. Write there what must be true of the table t. Example:\n"
        f"{name}:\n  {count}: len(t) == {count.split()[0] if count[0].isdigit() else 3}"
        for count in COUNTED.findall(text)
        if not any(count in words for words in rows)
    ]


def test_what_a_description_counts_has_a_row():
    wrong = [error for name in FILES for error in uncounted(name, texts(name), SAYS.get(name, {}))]
    assert not wrong, "\n".join(wrong)
    first, second = uncounted("opium", "Here are 3 rows; the largest value is 5.", {})
    assert "“3 rows” has no row" in first and first.endswith("opium:\n  3 rows: len(t) == 3")
    assert "“largest value is 5” has no row" in second
    assert uncounted("opium", "Here are 3 rows.", {"are 3 rows": "len(t) == 3"}) == []


def span_error(name: str, title: str) -> str | None:
    """What is wrong with the years of a title that has one span of them, for a table with a year in each row."""
    spans = SPAN.findall(title)
    rows = table(name)
    if (
        len(spans) != 1
        or "year" not in rows
        or any("–".join(spans[0]) in words for words in SAYS.get(name, ()))
    ):
        return None
    years = (str(rows["year"].min()), str(rows["year"].max()))
    return (
        None
        if spans[0] == years
        else f"{name}: the title says {'–'.join(spans[0])}, the rows {'–'.join(years)}"
    )


def test_the_years_of_a_title_are_the_first_and_the_last_of_the_rows():
    titles = {name: yaml.safe_load(path.read_text(encoding="utf-8"))["title"] for name, path in FILES.items()}
    assert sum(len(SPAN.findall(title)) == 1 for title in titles.values()) > 30
    assert [found for name, title in titles.items() if (found := span_error(name, title))] == []


@pytest.mark.parametrize(
    ("words", "expression", "says"),
    [
        ("Twenty listed votes", "len(t) == 21", "20 is not in the expression"),
        ("Thirty listed votes", "len(t) == 30", "is not in the description any more"),
        ("Twenty listed votes", "len(t) + 1 == 20", "false: len(t) + 1 is 21"),
        ("Twenty listed votes", "len(t) == 20", None),
    ],
)
def test_a_wrong_row_is_told(words, expression, says):
    found = error("ukraine_votes", words, expression)
    assert found is None if says is None else says in found


def test_a_title_with_other_years_is_told():
    assert span_error("ideal_points", "Points, 1946–2023") == (
        "ideal_points: the title says 1946–2023, the rows 1946–2024"
    )
