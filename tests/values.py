"""Which of a fact's numbers a sentence prints: the named value of a link, its unit, its period, and whose it is."""

import functools
import re

from counts import in_digits
from dates import YEAR, without_dates

from ruspak import table
from ruspak.data import fact

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SAME = {
    "USD": "dollars",
    "MW": "megawatts",
    "troops": "soldiers",
    "%": "percent",
    "per cent": "percent",
    "bcm": "billion cubic metres",
    "percentage": "",
}
# Units that a sentence may put behind a number, apart from those of the table.
OTHERS = "thousand euros rubles rupees roubles years months weeks hours hectares barrels megawatts gigawatts votes vetoes points".split()
PERIOD = re.compile(
    rf"^[^.;|\[\]]{{0,12}}?\b(?:in|for|of)\s(?:the\s(?:fiscal\s)?year\s)?({YEAR}(?:[–/-]\d\d)?)\b"
)


@functools.cache
def _named() -> dict[str, dict]:
    rows = table("fact_values").fillna("")
    return {key: group.set_index("name") for key, group in rows.groupby("fact_id")}


@functools.cache
def _units() -> frozenset[str]:
    units = [*table("fact_values")["unit"], *table("facts")["unit"].dropna()]
    words = {word for unit in units for word in _plain(str(unit)).split()}
    return frozenset(words & _KNOWN | set(OTHERS))


_KNOWN = set(
    "million billion dollars percent tonnes km days cubic metres feet cargoes soldiers engines "
    "containers missiles GWh TWh gigawatts megawatts students projects helicopters inches planes".split()
)


def _plain(text: str) -> str:
    for name, other in SAME.items():
        text = text.replace(name, f" {other} ")
    return text


def value_error(match: re.Match, text: str) -> str | None:
    """What is wrong with the numbers of one link to a fact, or None.

    match: the link (text, target, title) in the text of its cell.
    """
    words, key, name = match[1], *match[3].removeprefix("fact:").partition("#")[::2]
    found = NUMBER.findall(in_digits(without_dates(words)))
    rows = _named().get(key)
    if rows is None:
        if name:
            return f"{key}: no value '{name}' in data/course/fact_values.csv"
        source = fact(key)
        if len(found) == 1 and found[0].replace(",", "") == str(source.value):
            return _unit(found[0], words, text[match.end() :], str(source.unit), key)
        return None
    if not found:
        return None
    names = name.split("+") if name else []
    if len(names) != len(found):
        return f"{key}: {words} has {len(found)} of its numbers; say which, as in fact:{key}#{rows.index[0]}"
    for number, one in zip(found, names, strict=True):
        if one not in rows.index:
            return (
                f"{key}: no value '{one}' in data/course/fact_values.csv; there are {', '.join(rows.index)}"
            )
        row = rows.loc[one]
        if number.replace(",", "") != row["value"].replace(",", ""):
            return f"{key}#{one}: printed {number}, the value is {row['value']} {row['unit']}"
        wrong = _unit(number, words, text[match.end() :], row["unit"], f"{key}#{one}") or _period(
            text[match.end() :], row["period"], f"{key}#{one}"
        )
        if wrong:
            return wrong
    return _whose(match, text, key, rows, names[0]) if len(names) == 1 else None


def _unit(number: str, words: str, after: str, unit: str, name: str) -> str | None:
    behind = words[in_digits(words).find(number) + len(number) :] if number in in_digits(words) else ""
    near = re.match(r"[^.,;:|\[\]()]*", behind + after)[0]
    said = [word for word in re.findall(r"[^\W\d_]+", _plain(near))[:3] if word in _units()]
    wrong = [word for word in said if word not in _plain(unit).split()]
    return f"{name}: the number is in {unit}, the sentence says {' '.join(wrong)}" if wrong else None


def _period(after: str, period: str, name: str) -> str | None:
    told = PERIOD.match(after)
    if not told or not period:
        return None
    first, *rest = period.split("/")
    last, year, short = rest[0] if rest else first, told[1][:4], told[1][5:]
    if short:
        fits = int(last) == int(first) + 1 and (year, short) == (first, last[2:])
    else:  # a fiscal year is no calendar year
        fits = int(first) <= int(year) <= int(last) and int(last) != int(first) + 1
    return None if fits else f"{name}: the number is of {period}, the sentence says {told[1]}"


def _whose(match: re.Match, text: str, key: str, rows, name: str) -> str | None:
    own, others = (
        rows.loc[name, "told_by"],
        [word for word in rows["told_by"] if word and word != rows.loc[name, "told_by"]],
    )
    if not own or not others:
        return None
    links = list(re.finditer(rf'\[[^\]]*\]\([^)\s]+ "fact:{key}\b[^)]*\)', text))
    place = next(index for index, link in enumerate(links) if link.start() == match.start())
    end = links[place + 1].start() if place + 1 < len(links) else len(text)
    begin = links[place - 1].end() if place else 0
    after = LINK.sub(r"\1", re.split(r"[.!?]\s|\n", text[match.end() : end])[0])
    before = LINK.sub(r"\1", re.split(r"[.!?]\s|\n", text[begin : match.start()])[-1])
    if own in after or own in before or own in match[1]:
        return None
    other = next((word for word in others if word in after or word in before), None)
    return f"{key}#{name}: the sentence speaks of {other}, the number is that of {own}" if other else None
