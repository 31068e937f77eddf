"""Loaded words: where one stands without quotation marks, without a speaker, and not as part of a name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from course import read

# Words that judge: each belongs to somebody who says it.
LOADED = re.compile(
    r"""\b(
    invasion\w*|invad\w+|liberat\w+|annex\w*|terroris\w+|regimes?|aggress\w+|occupied|occupying|occupation|occupier\w*|puppets?
    |special\ military\ operation|rebel\w*|separatis\w+|freedom\ fighters?|militan\w+|propagand\w+|jihad\w*|extremis\w+|radicals?
    |insurgen\w+|martyr\w*|genocid\w+|atrocit\w+|brutal\w*|illegal\w*|unprovoked|stooges?|vassals?|infidels?|russophob\w+|islamist\w*
    |so-called|evil|traitor\w*|cronies|junta|warlords?|fanatic\w*|massacre\w*|infiltrat\w+
    )\b""",
    re.X | re.I,
)

# Names and charges of one side in South Asia, where upper case matters.
SOUTH_ASIA = re.compile(r"\b(?:PoJ?K|IIOJ?K|Azad|[Cc]ross-border terror\w*|[Pp]roxy war\w*|[Pp]roxies)\b")

# Names and terms of art, each with the reason why it may stand alone.
NAMES = {
    "Global Terrorism Index": "name of a data set",
    "Balochistan Liberation Army": "the name that the group gives itself",
    "Global Terrorism Database": "name of a data set",
    "South Asia Terrorism Portal": "name of a data set",
    "Aggression against Ukraine": "title of General Assembly resolution ES-11/1",
    "Humanitarian consequences of the aggression against Ukraine": "title of resolution ES-11/2",
    "Political stability and absence of violence/terrorism": "name of an indicator of the World Bank",
}
# Not a judgement: what is done against the thing, and a kind of treaty.
NEUTRAL = re.compile(r"\b(?:counter-terroris\w+|anti-terror\w*|non-aggression)\b", re.I)

SPEAKER = re.compile(
    r"""\b(
    says?|said|saying|writes?|wrote|written\ by|calls?|called|calling|names?|named|counts?|counted|claims?|claimed|claiming|according\ to
    |reports?|reported|rejects?|rejected|denies|denied|blames?|blamed|charges?|charged|charge\ that|describes?|described|recalls?|recalled
    |speaks?|spoke|speaking|tells?|told|warns?|warned|demand(?:s|ed)?|asks?|asked|condemns?|condemned|pleaded|argues?|argued|holds?\ that
    |in\ the\ (?:words?|eyes|view)\ of|by\ \S+\ own\ (?:words?|counts?)|titled?|headlines?|the\ survey|the\ essay|articles?
    |communiqués?
    )\b""",
    re.X | re.I,
)

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
LINK = re.compile(r"\]\([^)]*\)")
SENTENCE = re.compile(r"(?<=[.!?])[”’)*_]*\s+|\n{2,}|\n\s*(?:[-*]|\d+\.)\s+|\s\|\s")


def errors(text: str) -> list[str]:
    """Loaded words of a text that have neither quotation marks, nor a speaker in their sentence, nor a place among the names."""
    found = []
    for sentence in SENTENCE.split(LINK.sub("]", text)):
        bare = QUOTED.sub(" ", sentence)
        for name in NAMES:
            bare = re.sub(re.escape(name), " ", bare, flags=re.I)
        bare = NEUTRAL.sub(" ", bare)
        if not SPEAKER.search(QUOTED.sub(" ", sentence)):
            found += [
                f"{match[0]!r} in: {' '.join(sentence.split())[:160]}"
                for words in (LOADED, SOUTH_ASIA)
                for match in words.finditer(bare)
            ]
    return found


def of_notebook(path: Path) -> Iterator[tuple[str, str]]:
    """(place, text) of each Markdown cell, and of each string of several words in a code cell: titles, labels, alternatives."""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            yield f"{path.name}, {cell.id}", cell.source
        elif cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and len(node.value.split()) >= 3
                ):
                    yield f"{path.name}, {cell.id}", node.value


def of_quiz(path: Path) -> Iterator[tuple[str, str]]:
    """(place, text) of every string of a question file."""
    for question in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield from ((f"{path.name}, {question['id']}", text) for text in strings(question))


def strings(value) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value
