"""Calculations that print words: each says what is near, and refuses what is not."""

import pytest

from ruspak.data.spoken import spoken
from ruspak.errors import CourseError


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        ("{:words} days", 3, "three days"),
        ("{:fraction}", 0.49, "half"),
        ("about {:fraction}", 0.34, "about a third"),
        ("{:times} as much", 2.16, "twice as much"),
        ("{:times}", 4.7, "five times"),
        ("{:.1f}", 4.7, "4.7"),
    ],
)
def test_words(form, value, said):
    assert spoken(form, value) == said


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("{:words}", 2.5),
        ("{:words}", 21),
        ("{:fraction}", 0.44),
        ("{:fraction}", 0.9),
        ("{:times}", 2.5),
        ("{:times}", 1.2),
    ],
)
def test_what_is_not_near_has_no_word(form, value):
    with pytest.raises(CourseError, match="print it"):
        spoken(form, value)
