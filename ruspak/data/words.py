"""Numbers in English words, for prose that doesn't print digits."""

import string

from ruspak.errors import CourseError

SMALL = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}
NEAR = 0.02  # a fraction may be off by two hundredths: "two thirds" for 65 to 68 per cent


def in_words(number) -> str:
    """A whole number below a thousand in words, as in "forty-two" or "minus three".

    Raises CourseError for any other number.
    """
    if number != int(number) or abs(number) > 999:
        raise CourseError(
            f"{number} has no short name in words: print it in digits, with a format such as {{:,}}."
        )
    number = int(number)
    if number < 0:
        return f"minus {in_words(-number)}"
    if number < 20:
        return SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{SMALL[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")


def in_fraction(part: float) -> str:
    """A part of one as a common fraction, as in "two thirds" or "half": the nearest of halves, thirds, quarters,
    fifths and tenths, where one is within two hundredths.

    Raises CourseError where none is.
    """
    above, below = min(
        ((above, below) for below in PARTS for above in range(1, below)),
        key=lambda pair: abs(part - pair[0] / pair[1]),
    )
    if abs(part - above / below) > NEAR:
        raise CourseError(f"{part:.3f} is near no common fraction: print it in digits, with {{:.0f}}%.")
    if above == 1:
        return "half" if below == 2 else f"a {PARTS[below]}"
    return f"{SMALL[above]} {PARTS[below]}s"


class Printer(string.Formatter):
    """Python's formats, with a true minus sign, and three more: {:words} prints a whole number in words,
    {:fraction} a part of one and {:fraction%} a percentage as a fraction.
    """

    def format_field(self, value, format_spec: str) -> str:
        match format_spec:
            case "words":
                return in_words(value)
            case "fraction":
                return in_fraction(value)
            case "fraction%":
                return in_fraction(value / 100)
        shown = super().format_field(value, format_spec)
        return shown if isinstance(value, str) else shown.replace("-", "−")
