"""Numbers of texts that can hold no links (stated.py), against tests/traces.yaml."""

import functools
import re
from pathlib import Path

import stated
import yaml
from counts import in_digits, number_words
from prose import FREE, LINK, NUMBER, errors, numbers

from course import notebooks
from ruspak.data import calc, calc_text, fact
from ruspak.data.calcs import names
from ruspak.data.facts import row_of
from ruspak.sheets.items import Written

TABLE = Path(__file__).with_name("traces.yaml")
COUNTS = {
    "doubled": 2,
    "twice": 2,
    "tripled": 3,
    "half": 0.5,
    "a third": 1 / 3,
    "a quarter": 0.25,
    "a fifth": 0.2,
    "four fifths": 4,
    "fivefold": 5,
}
AMOUNT = re.compile(
    rf"({NUMBER.pattern})(?=\s?%|\s(?:percent|dollars|million|billion|bcm|km|tonnes|years?|votes)\b)"
)


@functools.cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """The rows: file → id → number → source."""
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def untraced(file: str, key: str, text: str) -> list[str]:
    """What is wrong with the numbers of one text: no row, or a source that does not hold them.

    A number of a key is held by its task, too, one without a unit by the worked code; one of a page
    by the places in the row '*'.
    """
    sources = {str(number): source for number, source in table().get(file, {}).get(key, {}).items()}
    places = sources.pop("*", "")
    bare = FREE.sub(" ¤ ", LINK.sub(" ¤ ", text))
    found = dict.fromkeys(NUMBER.findall(bare) + number_words(bare))
    linked = [
        error for error in errors(text) if not error.startswith(("bare number", "“"))
    ]  # options are quoted, too
    lacking = [number for number in found if number not in sources]
    if file.startswith("solutions/keys/"):
        task, code = stated.own_cells(file.rpartition("/")[2], key)
        amounts = set(AMOUNT.findall(bare))
        lacking = [one for one in lacking if not _holds(task if one in amounts else task + code, one)]
    elif places:
        lacking = [number for number in lacking if _wrong(number, places)]
    gone = [f"{number} is traced, but not in the text any more" for number in sources if number not in found]
    wrong = [error for number in found if number in sources and (error := _wrong(number, sources[number]))]
    told = [
        f"{number} has no row in tests/traces.yaml: link it to a fact or a calculation, say there where it is from, as in "
        f"'{number}': calc:some-id, or write the sentence without it"
        for number in lacking
    ]
    place = f"{file}, {key}" if key else file
    return [f"{place}: {error}" for error in linked + told + gone + wrong]


def _holds(text: str, number: str) -> bool:
    """Whether a text has the number, as digits, as a word, or as the begin of a version."""
    wanted = numbers(number.lower())
    if wanted and wanted <= numbers(text):
        return True
    return re.search(rf"(?<![\w.]){re.escape(number)}(?!\w)", text, re.I) is not None


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
    if kind == "in":
        try:
            return None if _holds(stated.written_in(name), number) else f"{number} is not in {name.strip()}"
        except FileNotFoundError as missing:
            return f"{number}: there is no {missing}"
    if kind == "calc":
        said = calc_text(name)
    elif kind == "fact":
        row = fact(name)
        said = f"{row.statement} {row.value}"
    elif kind == "claim":
        said = row_of("claims", name, "claim").claim
    else:
        return f"{number}: '{source}' is none of calc:, fact:, claim:, in:, given:, ="
    said = said.replace("-", " ").replace("−", "")
    wanted = numbers(number.lower()) or {number}
    return None if wanted <= numbers(said) else f"{number} is not in {source}: {said}"


@functools.cache
def _names():
    """The names of an expression: those of calcs.csv, calc(id), the count of lessons, points of a text."""
    texts = [
        one.points for sheet in stated.keys().values() for one in sheet.items if isinstance(one, Written)
    ]
    names.update(calc=calc, lessons=len(notebooks("notebooks")), text_points=sum(texts) / len(texts))
    return names


def _rounds(number: str, value: float) -> bool:
    """Whether a number is the value, rounded as the number is; a word or a fraction may lie a tenth away."""
    plain = in_digits(number.lower()).replace(",", "")
    if NUMBER.fullmatch(plain) and plain != number.lower().replace(",", "") or number.lower() in COUNTS:
        near = COUNTS.get(number.lower()) or float(plain)
        return abs(abs(value) / near - 1) <= 0.1
    decimals = len(plain.partition(".")[2])
    return f"{abs(value):.{decimals}f}" == plain or abs(abs(value) - float(plain)) <= 0.5 * 10**-decimals
