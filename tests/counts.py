"""Numbers in words: "twenty votes", "two thirds", "twofold", "half of the trade"; what counts as a number and what does not."""

import functools
import re
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("counted.yaml")
SMALL = "two three four five six".split()
CARDINAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-[a-z]+)?|hundreds|thousands"
)
ONES = "two three four five six seven eight nine ten eleven twelve".split()
TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
DIGITS = {word: str(value) for value, word in enumerate(ONES + TEENS, start=2)} | {
    word: str(10 * value) for value, word in enumerate(TENS, start=2)
}
PART = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth"
WORD = re.compile(
    rf"""\b(?:
    (?:two|three|four)[ -](?:{PART})s | (?:one|a)[ ](?:{PART})(?=\s+(?:of|less|more|lower|higher|as|fell)\b)
    | (?<=\b(?:to|by)\s)(?:one|a)[ ](?:{PART}) | (?<=\b(?:than)\s)(?:one|a)[ ](?:{PART}) | (?<=\babout\s)(?:one|a)[ ](?:{PART})
    | half(?=\s+(?:of|a|an|the|as|its|their|more|less)\b) | (?<=by\s)half | (?<=than\s)(?-i:half) | halved
    | twice(?=\s+(?:as|the|that|what|their|its|in\ size)\b) | (?<!\bmani)(?:two|three|four|five|six|seven|eight|nine|ten|hundred)fold | dozens?
    | doubled | tripled | trebled | quadrupled
    | (?P<cardinal>{CARDINAL})
    )\b""",
    re.X | re.I,
)
# "the two", "all three", "each of the four": they were named before.
KNOWN = re.compile(
    r"\b(?:the|these|those|all|both|between|last|first|next|other|its|our|their|same|of|into)\s+$", re.I
)
BETWEEN = re.compile(r"\s*(?:days|weeks|months|years)\s+(?:later|before|earlier|after|ago|apart|old)\b", re.I)
SPENT = re.compile(r"\b(?:took|take|after|save|more than|fewer than|at most|fell for)\s+(?:about\s+)?$", re.I)


def in_digits(text: str) -> str:
    """The text with its plain number words, from two to ninety, in digits."""
    return re.sub(rf"\b(?:{'|'.join(DIGITS)})\b", lambda match: DIGITS[match[0].lower()], text, flags=re.I)


@functools.cache
def _allowed() -> tuple[frozenset[str], re.Pattern]:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    nouns = frozenset(noun for group in table["nouns"].values() for noun in group.split())
    return nouns, re.compile("|".join(f"(?:{phrase})" for phrase in table["phrases"].values()), re.I)


def number_words(text: str) -> list[str]:
    """The number words of a text that need a source: links and free zones are to be taken out before."""
    nouns, phrases = _allowed()
    free = [match.span() for match in phrases.finditer(text)]
    return [
        match[0]
        for match in WORD.finditer(text)
        if not any(start <= match.start() < end for start, end in free)
        and not _counted_here(text, match, nouns)
    ]


def _counted_here(text: str, match: re.Match, nouns: frozenset[str]) -> bool:
    """Whether what a cardinal counts stands on the page, or is no amount."""
    after, before = (
        text[match.end() : match.end() + 70],
        text[max(0, match.start() - 16) : match.start()].replace("*", ""),
    )
    if not match["cardinal"]:
        return False
    if BETWEEN.match(after) or SPENT.search(before):
        return False
    following = (
        re.match(r"(?:[\s*-]+[^\W\d_]+){0,3}", after)[0].lower().replace("*", "").replace("-", " ").split()
    )
    if match[0].lower() in ONES and nouns.intersection(following):
        return True
    return match[0].lower() in SMALL and bool(KNOWN.search(before))
