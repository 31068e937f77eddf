"""Numbers as prose says them: seven, a third, twice."""

import string

from ruspak.errors import CourseError

WORDS = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
FRACTIONS = {1 / 2: "half", 1 / 3: "a third", 2 / 3: "two thirds", 1 / 4: "a quarter", 3 / 4: "three quarters",
             1 / 5: "a fifth", 1 / 6: "a sixth", 1 / 10: "a tenth"}  # fmt: skip
NEAR = 0.02
NEAR_TIMES = 0.12


def word(value: float) -> str:
    """A whole number to twenty in a word; CourseError for any other."""
    if value != int(value) or not 0 <= value < len(WORDS):
        raise CourseError(f"{value} has no word of its own here: print it in digits.")
    return WORDS[int(value)]


def fraction(value: float) -> str:
    """The simple fraction that a share (0 to 1) is near to, by 0.02 at most; CourseError where none is."""
    near = min(FRACTIONS, key=lambda part: abs(part - value))
    if abs(near - value) > NEAR:
        raise CourseError(f"{value:.3f} is no simple fraction: print it in per cent.")
    return FRACTIONS[near]


def times(value: float) -> str:
    """Twice, three times …: the multiple that a ratio is near to, by 0.12 of it at most; CourseError where none is."""
    near = round(value)
    if not 2 <= near <= 12 or abs(value / near - 1) > NEAR_TIMES:
        raise CourseError(f"{value:.2f} is no simple multiple: print it in digits.")
    return "twice" if near == 2 else f"{word(near)} times"


class _Speaking(string.Formatter):
    """Python's formats, and three more: {:words}, {:fraction} and {:times}."""

    def format_field(self, value, format_spec: str) -> str:
        say = {"words": word, "fraction": fraction, "times": times}.get(format_spec)
        return say(value) if say else super().format_field(value, format_spec)


def spoken(form: str, value) -> str:
    """The value in a format of Python, where {:words}, {:fraction} and {:times} print it in words."""
    return _Speaking().format(form, value)
