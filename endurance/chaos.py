"""Random values: texts of many scripts and tricks, numbers at their edges, and JSON of these; and good ones, damaged."""

import copy
import datetime
import random

WORDS = [
    "", " ", "\0", "\n", "\r\n", "\t", "1", "-1", "0", "1,234", "1 234,5", "12,34,567", "1e400", "nan", "inf", "∞", "½", "²",
    "٤٢", "۱۲٫۵", "৳5", "₨ 1,000", "true", "null", "None", "...", "=1+1", "@SUM(A1)", "'", '"', '""', ";", "sep=;", "<b>", "&amp;",
    "</script>", "${x}", "%s", "{0}", "{}", "../..", "C:\\", "con", "\\", "\ufeff", "\u202e", "\u200d", "\u00ad", "\ud800", "\udfff",
    "é", "e\u0301", "ß", "İ", "ı", "پاکستان", "Россия", "北京", "🇵🇰", "👩‍👩‍👧", "ﬁ", "a" * 300, "ж" * 5000, "\u0301" * 200, "9" * 400,
    "history-1", "India", "mixed", "holds", "2026-02-30", "2026-12-01", "1/3", "10%", "10 percent", "M-1", "student", "calc:x",
]  # fmt: skip
NUMBERS = [
    0,
    1,
    -1,
    2**31,
    2**63,
    -(2**63),
    10**400,
    0.1,
    -0.0,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
    True,
    False,
]


def text(dice: random.Random, longest: int = 4) -> str:
    """A text of some words, or of any letters of Unicode."""
    if dice.random() < 0.2:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randrange(20)))
    return "".join(dice.choice(WORDS) for _ in range(dice.randrange(longest + 1)))


def value(dice: random.Random, deep: int = 4):
    """Anything that JSON or YAML may hold."""
    match dice.randrange(9 if deep else 6):
        case 0 | 1 | 2:
            return text(dice)
        case 3:
            return dice.choice(NUMBERS)
        case 4:
            return dice.choice(
                (None, datetime.date(2026, 2, 28), dice.uniform(-1e6, 1e6), dice.randrange(10**6))
            )
        case 5:
            return dice.randrange(-5, 101)
        case 6 | 7:
            return [value(dice, deep - 1) for _ in range(dice.randrange(5))]
    return {text(dice, 1): value(dice, deep - 1) for _ in range(dice.randrange(5))}


def damaged(dice: random.Random, good):
    """A copy of a good value in which one part, at any depth, is another, gone or there twice."""
    bad = copy.deepcopy(good)
    place = bad
    while True:
        if not isinstance(place, dict | list) or not place:
            return value(dice)
        key = dice.choice(list(place)) if isinstance(place, dict) else dice.randrange(len(place))
        if isinstance(place[key], dict | list) and place[key] and dice.random() < 0.7:
            place = place[key]
            continue
        match dice.randrange(4):
            case 0:
                del place[key]
            case 1 if isinstance(place, list):
                place.insert(key, place[key])
            case _:
                place[key] = value(dice)
        return bad


def table(dice: random.Random, columns: list[str], good: dict[str, str], rows: int = 4) -> bytes:
    """A table as a spreadsheet might save it: mostly of these columns, with good cells or a plain word, some of them damaged,
    and now and then torn.
    """
    head = [name for name in columns if dice.random() < 0.97] or columns
    sign, wild = dice.choice(",,,;\t"), dice.choice((0, 0.02, 0.3))
    lines = [head]
    for number in range(dice.randrange(rows)):
        plain = [good.get(name, f"{name}{number}") for name in head]
        lines.append([text(dice, 2) if dice.random() < wild else one for one in plain])
    joined = dice.choice(("\n", "\r\n")).join(sign.join(map(cell, line)) for line in lines)
    data = joined.encode(dice.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")
    if dice.random() < 0.1:
        place = dice.randrange(len(data) + 1)
        data = (
            data[:place] + dice.randbytes(dice.randrange(8)) + (data[place:] if dice.random() < 0.5 else b"")
        )
    return data


def cell(words: str) -> str:
    """A cell, in quotes where it needs them."""
    return '"' + words.replace('"', '""') + '"' if set(words) & set(',;\t"\r\n') else words
