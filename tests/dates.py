"""Dates in a sentence: their digits are no values, and a count that looks like a year is no date."""

import re

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
YEAR = r"(?:18|19|20)\d\d"
COUNTED = (
    "votes?|people|persons|deaths|dead|tonnes|million|billion|thousand|km|kilometres|dollars|TIV|hectares|cases|pairs"
    "|GWh|TWh|MW|megawatts|soldiers|students|claims|events|states|per cent|percent|times|containers|barrels"
)
DATE = re.compile(
    rf"""
    \b(?:\d{{1,2}}(?:–\d{{1,2}})?\s)?(?:{MONTH})\b(?:\s\d{{1,2}}\b(?!\d))?,?(?:\s{YEAR})?
    | \bFY\d{{4}}[–-]\d\d\b
    | (?<![\d,.])\b{YEAR}(?:s\b|[–/-]\d\d(?:\d\d)?(?:-\d\d)?\b)?(?![\d,]|\.\d|\s(?:{COUNTED})\b|%)
    | (?<=\s)(?:on|of|to|from|until)\s(?:the\s)?\d{{1,2}}(?=\s(?:{MONTH}))
    """,
    re.X,
)


def without_dates(text: str) -> str:
    """The text with its dates and years taken out; a year before something counted stays, since it is a count."""
    return DATE.sub(" ", text)
