"""Trace the numbers of a text: what each link promises, and which numbers stand bare.

A number is traced by the title of its link:
  [81%](../data/README.md#un_agreement_by_issue "calc:pak-rus-1980s")  worked out from tables, printed as its format says
  [12 people](https://…  "fact:H1985c")                                 stated by a source; target = its address
  [26%](../data/README.md#claims "claim:S000-38")                       said by one of the two articles, under test
  [90%](../data/README.md#ideal_points "label:…")                       part of a definition, with the reason
Free are years, decades, code, names such as U-2 or S000-38, quotations, other links, steps and the
number of the notebook, and the line with the minutes.
"""

import re
from urllib.parse import unquote

from ruspak.data import calc_text, fact
from ruspak.data.calcs import prints, tables_of
from ruspak.data.facts import row_of
from ruspak.errors import CourseError

LINK = re.compile(r'\[([^\]]*)\]\(([^)\s]+)(?:\s+"([^"]*)")?\)')
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FREE = re.compile(
    r"""
    ```.*?``` | `[^`]*` | “[^”\n]*” | ^\*\*Time:\*\*.*$ | ^\s*\d+\.\s | <[^>]+>
    | ^\#\ \d\d\ · | \bStep\ \d | \b\d+[A-Z]{3,}\b
    | \b(?:18|19|20)\d\d(?:s|–\d\d(?:\d\d)?)?\b | \b[^\W\d]+-?\d+(?:-\d+)?[A-Z]?\b""",
    re.X | re.S | re.M,
)


def numbers(text: str) -> set[str]:
    """The numbers of a text, without separators of thousands."""
    return {found.replace(",", "") for found in NUMBER.findall(text)}


def faults(text: str) -> list[str]:
    """What is wrong with the numbers of a Markdown text; an empty list where each is traced."""
    found = [fault for match in LINK.finditer(text) if (fault := _fault(*match.groups()))]
    bare = FREE.sub(" ", LINK.sub(" ", text))
    return found + [
        f"bare number {number}: give it a link that says where it comes from"
        for number in NUMBER.findall(bare)
    ]


def _fault(text: str, target: str, title: str | None) -> str | None:
    """What is wrong with one link, or None."""
    kind, _, key = (title or "").partition(":")
    try:
        if kind == "calc":
            name = target.partition("#")[2]
            if name not in tables_of(key):
                return f"{key}: the link leads to {target}, which the expression doesn't use"
            return None if prints(key, text) else f"{key}: printed {text}, worked out {calc_text(key)}"
        if kind == "fact":
            source = fact(key)
            known = numbers(
                f"{source.statement} {source.value} {source.date} {re.sub('-0', '-', source.date)}".replace(
                    "-", " "
                )
            )
            if unquote(target) != unquote(source.url):
                return f"{key}: the link leads to {target}, not to the fact's source"
            return None if numbers(text) <= known else f"{key}: {text} is not in the fact"
        if kind == "claim":
            return (
                None
                if numbers(text) <= numbers(row_of("claims", key, "claim").claim)
                else f"{key}: {text} is not in the claim"
            )
        if kind == "label":
            return None if len(key.split()) > 2 else f"{text}: a label needs its reason"
        if title:
            return f"{text}: the title '{title}' is none of calc:, fact:, claim:, label:"
    except CourseError as fault:
        return str(fault)
    return None
