"""Text as people paste it. The reports are public ones, named beside what came of them."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruspak.text import LIMIT, fold, number_readings, student_id

PASTED = Path(__file__).with_name("pasted_numbers.json")
DASHES = "-‐‑‒–—―−﹣－"
UNSEEN = [
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202c",
    "\u2066",
    "\u2069",
    "\u2060",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u061c",
    "\u034f",
    "\u200c",
    "\u200d",
    "\ufe0f",
    "\x00",
]


@pytest.mark.parametrize("mark", UNSEEN, ids=ascii)
def test_what_nobody_sees_changes_nothing(
    mark,
):  # microsoft/calculator#504: a copied result begins with U+202D
    assert number_readings(f"{mark}1{mark}2.5{mark}") == [12.5]
    assert fold(f"{mark}For{mark}eign policy{mark}") == "foreign policy"
    assert student_id(f"{mark}2026{mark}-017{mark}") == "2026-017"


@pytest.mark.parametrize("dash", DASHES, ids=ascii)
def test_every_dash_that_means_minus_is_one(dash):
    assert number_readings(f"{dash}5") == number_readings(f"{dash} 5") == [-5.0]
    assert student_id(f"2026{dash}017") == "2026-017"


def test_digits_of_every_script_are_digits():  # w3c/alreq#49: the percent sign of Arabic, on either side
    zeros = [chr(code) for code in range(0x110000) if unicodedata.decimal(chr(code), None) == 0]
    assert len(zeros) > 60
    for zero in zeros:
        assert number_readings("".join(chr(ord(zero) + digit) for digit in (5, 0)) + "٪", "%") == [50.0]


@pytest.mark.parametrize(
    "typed, values",
    [
        ("16,000", [16000, 16]),
        ("16.000", [16, 16000]),
        ("1,234.5", [1234.5]),
        ("1 234,5", [1234.5]),
        ("1\u202f234,5", [1234.5]),
        ("1’234.5", [1234.5]),
        ("12,34,567", [1234567]),
        ("۱۲٬۳۴۵٫۵", [12345.5]),
        ("50 per cent", [50]),
        ("$ 5", [5]),
        (".5", [0.5]),
        ("5.", [5]),
        ("5-", []),
        ("10²", []),
        ("½", []),
        ("①", []),
        ("", []),
        ("-", []),
        (".", []),
        ("1.2.3", []),
        ("1,2,3", []),
        ("1..2", []),
        ("five", []),
        ("nan", []),
        ("inf", []),
        ("1" * 101, []),
    ],
)
def test_readings(typed, values):
    assert number_readings(typed, "%") == values


@pytest.mark.skipif(
    not PASTED.exists(), reason="tests/pasted_numbers.json, shared with the quiz, is not there yet"
)
def test_python_reads_as_the_quiz_does():
    for case in json.loads(PASTED.read_text(encoding="utf-8")):
        assert sorted(number_readings(case["typed"], case.get("unit", ""))) == sorted(case["readings"]), case


@given(
    st.floats(-1e9, 1e9).map(lambda value: round(value, 3)),
    st.sampled_from(["{:.3f}", "{:,.3f}"]),
    st.sampled_from(UNSEEN),
)
def test_a_number_that_is_printed_is_read(value, form, mark):
    assert any(
        abs(found - value) < 1e-6 for found in number_readings(mark + form.format(value).replace("-", "−"))
    )


@given(st.text())
def test_folding_is_done_at_once(text):
    assert fold(fold(text)) == fold(text)
    number_readings(text), student_id(text)


@pytest.mark.parametrize(
    "typed, id",
    [
        ("Ali Khan 2026-017", "2026-017"),
        ("2026-017, Ali Khan", "2026-017"),
        ("Ali Khan (2026-017)", "2026-017"),
        ("id: 2026-017", "2026-017"),
        ("2026 – 017", "2026-017"),
        ("“2026-017”", "2026-017"),
        ("2026-017 2026-018", "2026-017 2026-018"),
        ("Group 3 2026-017", "group 3 2026-017"),
        ("Ali Khan", "ali khan"),
        ("student 7", "student 7"),
        ("ali2026@x.edu Khan", "ali2026@x.edu khan"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_a_name_beside_an_id_is_left_out_and_nothing_is_guessed(typed, id):
    assert student_id(typed) == id


def test_above_the_limits_nothing_is_normalised():
    for text in ("é" * (LIMIT + 1), "a" + "\u0301\u0323" * 20, "a" + "\u0f73" * 40):
        assert fold(text) == text


@pytest.mark.parametrize(
    "piece", ["\u0301\u0323", "\u0f73", " ", "é", "ﷺ", "1,", "\uff9e", "-", "١"], ids=ascii
)
def test_the_time_grows_with_the_length(piece):
    def seconds(size):
        text, begin = "1" + piece * (size // len(piece)), time.process_time()
        for start in range(0, size, LIMIT):
            fold(text[start : start + LIMIT])
        fold(text), number_readings(text), student_id(text)
        return time.process_time() - begin

    seconds(LIMIT)
    small, large = (min(seconds(size) for _ in range(3)) for size in (80_000, 160_000))
    assert large < 3.5 * small + 0.1, f"{small:.3f} s at 80,000, {large:.3f} s at twice that"
