"""Does a sentence speak of what its calculation counts? Words of its table, and the states that it names."""

import functools
import re

from ruspak.data.package import package

# Words of almost every page, which tell nothing of a table.
COMMON = frozenset(
    "pakistan russia moscow soviet union state states year years share table cent percent number numbers value values"
    " with from that this which what their there they were been have more than between over source sources course"
    " counted count counts each same only other also data first last case cases time times most least into since after"
    " before those these when where country countries million billion dollars united nations every whether said says"
    " named names list lists here both unit".split()
)
WIDE = 24  # a word in more tables than this tells nothing
CODES = {
    "China": "CHN", "India": "IND", "the United States": "USA", "Bangladesh": "BGD", "Afghanistan": "AFG",
    "Türkiye": "TUR", "Kazakhstan": "KAZ", "Egypt": "EGY", "Germany": "DEU",
}  # fmt: skip
NEXT = re.compile(rf"^[^.;:,|()\[\]]{{0,24}}?\b(?:with|to|from|of|for|in)\s({'|'.join(CODES)})\b")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def meaning_error(match: re.Match, text: str, key: str, expression: str, note: str) -> str | None:
    """What speaks against a link to a calculation in its text: not a word of what is counted, or another state.

    match: the link in the text of its cell. key, expression, note: the row of data/course/calcs.csv.
    """
    own = _stems(note) | _topics().get(match[2].partition("#")[2], frozenset())
    if not own & _stems(LINK.sub(r"\1", text)):
        return f"{key}: the text has no word of what is counted ({note}); is it the right calculation?"
    told = NEXT.match(text[match.end() :])
    counted = {code for code in CODES.values() if code in expression}
    if (
        told
        and "RUS" in expression
        and CODES[told[1]] not in expression
        and not counted
        and told[1] not in note
    ):
        return f"{key}: the sentence speaks of {told[1]}, the calculation does not"
    return None


def _stems(text: str) -> frozenset[str]:
    short = re.findall(r"\b[A-Z]{3}\b", text)
    return frozenset(short) | {
        word[:5] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in COMMON
    }


@functools.cache
def _topics() -> dict[str, frozenset[str]]:
    """The telling words of each table, from its description."""
    words = {
        resource["name"]: _stems(
            " ".join(
                [
                    resource["name"].replace("_", " "),
                    resource.get("title", ""),
                    resource.get("description", ""),
                    *(
                        f"{field['name']} {field.get('description', '')}".replace("_", " ")
                        for field in resource["schema"]["fields"]
                    ),
                ]
            )
        )
        for resource in package()["resources"]
    }
    spread: dict[str, int] = {}
    for stems in words.values():
        for stem in stems:
            spread[stem] = spread.get(stem, 0) + 1
    return {name: frozenset(stem for stem in stems if spread[stem] <= WIDE) for name, stems in words.items()}
