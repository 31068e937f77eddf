"""Text as people type and paste it, folded so that it can be compared: never to be shown.

Calculators, chats and office programs add direction marks, word joiners, soft hyphens, long dashes and curly quotes;
keyboards write digits of many scripts. Folding takes all that away, in time that grows with the length and no faster.
The two joiners of Urdu and Persian (U+200C, U+200D) go, too: they shape letters, and a word typed without them is the
same word. What is shown keeps them.
"""

import functools
import re
import unicodedata

LIMIT = 10_000  # characters; no answer and no label is longer
LONGEST_ID, LONGEST_NUMBER = 200, 100
PILE = 30  # accents on one letter; Unicode's own bound for text in a stream (UAX 15, section 13)

_SAME = (
    {dash: "-" for dash in "‐‑‒–—―−˗⁃⁻₋➖﹘﹣－־᠆"}
    | {quote: "'" for quote in "‘’‚‛′ʼʹˈ´＇‹›"}
    | {quote: '"' for quote in "“”„‟″«»＂"}
    | {"٪": "%", "٫": ".", "⎖": ".", "٬": ",", "،": ","}
    | dict.fromkeys("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc", "")
)
_CONVENTIONS = (
    (",", "."),
    (" ", "."),
    ("'", "."),
    (" ", ","),
    (".", ","),
)  # what groups digits, what begins decimals


def fold(text: str) -> str:
    """One form for all ways to type or paste a text: no case, ASCII digits, plain dashes and quotes, single spaces.

    A text above LIMIT or with more than PILE accents on a letter comes back as it is, so that the time stays linear.
    """
    if len(text) > LIMIT or _piled(text):
        return text
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKC", "".join(map(_plain, text)))
        text = "".join(map(_plain, unicodedata.normalize("NFKC", text.casefold())))
    return " ".join(text.casefold().split())


def number_readings(text: str, unit: str = "") -> list[float]:
    """Every sensible reading of a number in a text, likeliest first; none where it isn't one.

    "16,000" can mean 16000 or, where a comma begins the decimals, 16. Groups of two digits count, too: 12,34,567 is how
    Pakistan writes 1,234,567. The words of `unit` and one currency sign may stand beside it.
    """
    if len(text) > LONGEST_NUMBER or any(
        unicodedata.category(char) == "No" for char in text
    ):  # 10² is not 102
        return []
    body = fold(text).replace("per cent", "%").replace("percent", "%")
    for word in fold(unit).split():
        body = body.replace(word, "", 1)
    currency = next((char for char in body if unicodedata.category(char) == "Sc"), "")
    body = " ".join(body.replace(currency, "", 1).split())
    sign = body[:1] if body[:1] in ("-", "+") else ""
    body = body[len(sign) :].lstrip()
    found = (_number(body, group, point) for group, point in _CONVENTIONS)
    return list(dict.fromkeys(-value if sign == "-" else value for value in found if value is not None))


def student_id(text: str) -> str:
    """A student's id as it was typed, folded; without a name beside it where one part alone can be the id.

    That is a word with four digits or more, beside words of letters: "Ali Khan 2026-017" is 2026-017. Nothing is guessed
    between two. Only the first LONGEST_ID characters count.
    """
    whole = re.sub(r"(?<=\d) ?- ?(?=\d)", "-", fold(text[:LONGEST_ID]))
    words = [word for word in (one.strip("\"'()[]{}<>,;:") for one in whole.split()) if word]
    ids = [word for word in words if any(map(str.isdigit, word))]
    if len(ids) == 1 and sum(map(str.isdigit, ids[0])) >= 4 and "@" not in whole:
        return ids[0]
    return whole


@functools.lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    if char in _SAME:
        return _SAME[char]
    match unicodedata.category(char):
        case "Nd":
            return str(unicodedata.decimal(char))
        case "Zs" | "Zl" | "Zp":
            return " "
        case "Cc":
            return " " if char.isspace() else ""
        case "Cf":
            return ""
        case "Mn" if (
            "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
        ):  # choose a picture of a letter
            return ""
    return char


def _piled(text: str) -> bool:
    """Whether more than PILE accents follow each other: normalising sorts them, in time that grows with the square."""
    run = 0
    for char in text:
        marks = not char.isascii() and (unicodedata.category(char)[0] == "M" or char in "\uff9e\uff9f")
        run = run + 1 if marks else 0
        if run > PILE:
            return True
    return False


def _number(digits: str, group: str, point: str) -> float | None:
    """The value of unsigned digits by one convention."""
    whole, _, decimals = digits.partition(point)
    parts = whole.split(group)
    joined = "".join(parts)
    if not (joined + decimals).isdecimal():
        return None
    if len(parts) > 1 and not (
        1 <= len(parts[0]) <= 3
        and parts[0][0] != "0"
        and len(parts[-1]) == 3
        and all(len(part) in (2, 3) for part in parts[1:-1])
    ):
        return None
    return float(f"{joined or 0}.{decimals or 0}")
