"""Trace the numbers of a text: what each link promises, and which numbers stand bare.

A number is traced by the title of its link:
  [81%](../data/README.md#un_agreement_by_issue "calc:pak-rus-1980s")  worked out from tables, printed as its format says
  [12 people](https://…  "fact:H1985c")                                 stated by a source; target = its address
  [26%](../data/README.md#claims "claim:S000-38")                       said by one of the two articles, under test
  [90%](../data/README.md#ideal_points "label:…")                       part of a definition, with the reason
Number words from "two" on, fractions and multiples are numbers (counts.py). Free are years, decades, code, names such
as U-2 or S000-38, quotations, other links, steps and the number of the notebook, and the lines with the minutes.
"""

import functools
import re
from urllib.parse import unquote

from counts import in_digits, number_words
from dates import COUNTED, DATE, MONTH, YEAR, without_dates
from meaning import meaning_error
from values import value_error

from course import ROOT
from ruspak import table
from ruspak.data import calc_text, fact
from ruspak.data.calcs import prints, tables_of
from ruspak.data.facts import row_of
from ruspak.errors import CourseError

LINK = re.compile(r'\[([^\]]*)\]\(([^)\s]+)(?:\s+"([^"]*)")?\)')
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MONTHS = MONTH.split("|")
MONTH_OF = re.compile(rf"\b({MONTH})\b(?:\s\d{{1,2}}\b)?,?(?:\s({YEAR}))?")
ASSUMED = re.compile(r"(?:an|our own) assumption|a length chosen")
CODEBOOK = {
    entry.partition("\n")[0]: entry
    for entry in (ROOT / "data" / "README.md").read_text(encoding="utf-8").split("\n## ")
}
FREE = re.compile(
    rf"""
    ```.*?``` | `[^`]*` | “[^”\n]*” | ^\*\*Time:\*\*.*$ | ^\*(?:Core|More),\ \d+\ minutes?\b[^*\n]*\*$
    | ^\s*\d+\.\s | <[^>]+>
    | ^\#\ \d\d\ · | \bStep\ \d | \b\d+[A-Z]{{3,}}\b
    | \b(?:18|19|20)\d\d(?:s|–\d\d(?:\d\d)?)?\b(?![ ](?:{COUNTED})\b) | \b[^\W\d]+-?\d+(?:-\d+)?[A-Z]?\b""",
    re.X | re.S | re.M,
)


@functools.cache  # long texts are asked for each of their numbers
def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, without separators of thousands; number words count as their digits."""
    return frozenset(found.replace(",", "") for found in NUMBER.findall(in_digits(text)))


def errors(text: str, code: str = "") -> list[str]:
    """What is wrong with the numbers of a Markdown text; an empty list where each is traced.

    code: the code cells beside the text, where its assumptions stand.
    """
    found = [error for match in LINK.finditer(text) if (error := _error(match, text, code))]
    bare = FREE.sub(" ¤ ", LINK.sub(" ¤ ", text))
    found += _quoted(text)
    return found + [
        f"bare number {number}: give it a link that says where it comes from"
        for number in NUMBER.findall(bare) + number_words(bare)
    ]


def _quoted(text: str) -> list[str]:
    """Numbers in quotation marks that neither a claim nor a fact linked in the text holds."""
    calculated = re.compile(r'\[[^\]]*\]\([^)\s]+\s+"calc:[^"]*"\)')  # these have been looked at
    quotes = re.findall(r"“[^”\n]*”", LINK.sub(r"\1", calculated.sub("¤", text)))
    quotes = [without_dates(quote) for quote in quotes]
    wanted = {number for quote in quotes for number in NUMBER.findall(quote)}
    if not wanted:
        return []
    linked = [fact(key) for key in re.findall(r'"fact:(\w+)', text)]
    held = numbers(
        " ".join(
            [
                *table("claims")["claim"],
                *(f"{source.statement} {source.value} {source.title}" for source in linked),
            ]
        )
    )
    return [
        f"“{number}”: no claim and no fact linked here has it"
        for number in wanted
        if number.replace(",", "") not in held
    ]


def _fact_error(match: re.Match, key: str) -> str | None:
    """What is wrong between a link to a fact and that fact; the digits of dates are no values."""
    text, target, source = match[1], match[2], fact(key)
    if unquote(target) != unquote(source.url):
        return f"{key}: the link leads to {target}, not to the fact's source"
    said = f"{source.statement} {source.value}".replace("-", " ")
    dated = f"{source.statement} {source.date} {re.sub('-0', '-', source.date)}".replace("-", " ")
    if not numbers(without_dates(text)) <= numbers(without_dates(said)):
        return f"{key}: {text} is not in the fact"
    days = numbers(" ".join(DATE.findall(text)).replace("-", " "))
    stamps = f"{source.date} {source.source_date} {source.statement}"
    for month, year in MONTH_OF.findall(text):
        stamp = f"{year + '-' if year else '-'}{MONTHS.index(month) + 1:02}"
        if stamp not in stamps and month not in source.statement:
            return f"{key}: “{month} {year}” is not the date of the fact ({source.date})"
    years = {number[2:] for number in numbers(dated) if len(number) == 4}
    return None if days <= numbers(dated) | years else f"{key}: the date in “{text}” is not in the fact"


def _label_error(text: str, target: str, reason: str, code: str) -> str | None:
    """A label holds what its target says, or is an assumption that stands in the code beside it."""
    if len(reason.split()) <= 2:
        return f"{text}: a label needs its reason"
    wanted = numbers(text)
    if ASSUMED.match(reason):
        shares = {f"{float(number) / 100:g}" for number in wanted}
        known = numbers(code)
        return None if wanted <= known or shares <= known else f"{text}: no such assumption in the code"
    page = ROOT / "docs" / target.partition("#")[0].rpartition("/")[2]
    entry = page.read_text("utf-8") if page.is_file() else CODEBOOK.get(target.partition("#")[2], "")
    return None if wanted <= numbers(entry) else f"{text}: {target} does not say so"


def _error(match: re.Match, whole: str, code: str = "") -> str | None:
    """What is wrong with one link of a text, or None."""
    text, target, title = match.groups()
    kind, _, key = (title or "").partition(":")
    try:
        if kind == "calc":
            name = target.partition("#")[2]
            if name not in tables_of(key):
                return f"{key}: the link leads to {target}, which the expression doesn't use"
            if not prints(key, text):
                return f"{key}: printed {text}, worked out {calc_text(key)}. If that is what you meant, run make numbers"
            row = row_of("calcs", key, "calculation")
            return meaning_error(match, whole, key, row.expression, row.note)
        if kind == "fact":
            return _fact_error(match, key.partition("#")[0]) or value_error(match, whole)
        if kind == "claim":
            return (
                None
                if numbers(text) <= numbers(row_of("claims", key, "claim").claim)
                else f"{key}: {text} is not in the claim"
            )
        if kind == "label":
            return _label_error(text, target, key, code)
        if title:
            return f"{text}: the title '{title}' is none of calc:, fact:, claim:, label:"
    except CourseError as error:
        return str(error)
    return None
