"""Numbers of texts that can hold no links, against tests/traces.yaml: quizzes, glossary, README and docs."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from counts import in_digits, number_words
from fairness import strings
from prose import FREE, LINK, NUMBER, errors, numbers

from course import ROOT
from ruspak.data import calc, calc_text, fact
from ruspak.data.calcs import names
from ruspak.data.facts import row_of

TABLE = Path(__file__).with_name("traces.yaml")
PAGES = ["README.md", "docs/fairness.md", "docs/verdicts.md"]
COUNTS = {
    "doubled": 2,
    "twice": 2,
    "tripled": 3,
    "half": 0.5,
    "a third": 1 / 3,
    "a quarter": 0.25,
    "four fifths": 4,
    "fivefold": 5,
}
MADE = re.compile(r"<!-- .*? -->.*?<!-- end -->", re.S)  # what a command writes has a test of its own


@functools.cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """The rows: file → id → number → source."""
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def texts() -> Iterator[tuple[str, str, str]]:
    """(file, id, text) of each question, each term of the glossary, and each page."""
    for path in sorted((ROOT / "quizzes").glob("*.yaml")):
        for question in yaml.safe_load(path.read_text(encoding="utf-8")):
            told = {key: part for key, part in question.items() if key not in ("id", "objective", "kind")}
            yield f"quizzes/{path.stem}", question["id"], "\n".join(strings(told))
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for term, meaning in re.findall(r"^## (.+)\n\n(.+)$", glossary, re.M):
        yield "docs/glossary", term, meaning
    for page in PAGES:
        yield page, "", MADE.sub("", (ROOT / page).read_text(encoding="utf-8"))


def untraced(file: str, key: str, text: str) -> list[str]:
    """What is wrong with the numbers of one text: those without a row, and those that their source does not hold."""
    sources = {str(number): source for number, source in table().get(file, {}).get(key, {}).items()}
    bare = FREE.sub(" ¤ ", LINK.sub(" ¤ ", text))
    found = dict.fromkeys(NUMBER.findall(bare) + number_words(bare))
    linked = [
        error for error in errors(text) if not error.startswith(("bare number", "“"))
    ]  # options are quoted, too
    lacking = [f"{number} has no row in tests/traces.yaml" for number in found if number not in sources]
    gone = [f"{number} is traced, but not in the text any more" for number in sources if number not in found]
    wrong = [error for number in found if number in sources and (error := _wrong(number, sources[number]))]
    return [f"{file}, {key}: {error}" for error in linked + lacking + gone + wrong]


def _wrong(number: str, source: str) -> str | None:
    """None where the source holds the number."""
    kind, _, name = source.partition(":")
    if source.startswith("="):
        try:
            value = eval(source[1:], {"__builtins__": {}}, _names())
        except Exception as raised:
            return f"{number}: {source[1:].strip()} fails with {type(raised).__name__}: {raised}"
        return None if _rounds(number, value) else f"{number}: {source[1:].strip()} is {value}"
    if kind == "given":
        return None if len(name.split()) > 1 else f"{number}: given needs its reason"
    if kind == "calc":
        said = calc_text(name)
    elif kind == "fact":
        row = fact(name)
        said = f"{row.statement} {row.value}"
    elif kind == "claim":
        said = row_of("claims", name, "claim").claim
    else:
        return f"{number}: '{source}' is none of calc:, fact:, claim:, given:, ="
    wanted = numbers(number.lower()) or {number}
    return (
        None
        if wanted <= numbers(said.replace("-", " ").replace("−", ""))
        else f"{number} is not in {source}: {said}"
    )


def _names():
    names["calc"] = calc
    return names


def _rounds(number: str, value: float) -> bool:
    """Whether a number is the value, rounded as the number is; a word or a fraction may lie a tenth away."""
    plain = in_digits(number.lower()).replace(",", "")
    if NUMBER.fullmatch(plain) and plain != number.lower().replace(",", "") or number.lower() in COUNTS:
        near = COUNTS.get(number.lower()) or float(plain)
        return abs(abs(value) / near - 1) <= 0.1
    decimals = len(plain.partition(".")[2])
    return f"{abs(value):.{decimals}f}" == plain or abs(abs(value) - float(plain)) <= 0.5 * 10**-decimals
