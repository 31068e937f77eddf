"""What was open when the sources ended: sentences that need the day, and days that have passed at the release."""

import datetime
import re
from collections.abc import Iterator

import yaml

from course import ROOT
from ruspak import table

END = datetime.date(2026, 3, 31)  # the day to which the sources reach: docs/verdicts.md
MONTHS = "January February March April May June July August September October November December".split()
OPEN = re.compile(
    r"\b(?:not yet (?!a\b|delivered)|none (?:was |were )?found|(?:was|were) not found(?! again)|(?:we|and) found (?:no|nothing|none)\b"
    r"|no (?:work|run|report|source|sale)[^.;|]*? (?:was|were|we|that we) found|still open)",
    re.I,
)
AHEAD = re.compile(
    r"\b(?:(?:lies?|is|are|still) ahead|yet to come|in the coming (?:months?|years?)|will soon|later this year)\b",
    re.I,
)
SAYS_END = re.compile(
    r"(?:up to|until|end in|to(?: about)?) (?:31 )?March 2026|when our sources ended|beyond our sources"
)
LATER = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (20[2-4]\d)\b|\bend of (20[2-4]\d)\b")
DUE = {
    "freight_train": "promised_until",
    "projects": "due",
    "forecast_questions": "deadline",
    "trade_statements": "end",
}


def release() -> datetime.date:
    """The day of the release, from CITATION.cff."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return citation["date-released"]


def undated(text: str) -> list[str]:
    """Sentences that say what was not found or not yet so, in a text that nowhere says how far its sources reach."""
    return [] if SAYS_END.search(text) else [match[0] for match in OPEN.finditer(text)]


def overtaken(text: str, day: datetime.date) -> Iterator[str]:
    """Paragraphs that speak of what is ahead, and name no day after the release; and days between the end of the
    sources and the release that stand without a word on it."""
    for paragraph in re.split(r"\n\s*\n", text):
        days = [_day(match) for match in LATER.finditer(paragraph)]
        if AHEAD.search(paragraph) and not any(named > day for named in days):
            yield f"ahead of what? {paragraph[:90]}"
        if any(END < named <= day for named in days) and not SAYS_END.search(text):
            yield f"passed by now: {paragraph[:90]}"


def expired(day: datetime.date) -> set[str]:
    """Dates of tables that lay ahead when the sources ended and have passed on this day."""
    return {
        f"{name}: {date}"
        for name, column in DUE.items()
        for date in table(name)[column].dropna().astype(str)
        if END.isoformat() < date <= day.isoformat()
    }


def _day(match: re.Match) -> datetime.date:
    day, month, year, whole = match.groups()
    if whole:
        return datetime.date(int(whole), 12, 31)
    return datetime.date(int(year), MONTHS.index(month) + 1, int(day or 28))
