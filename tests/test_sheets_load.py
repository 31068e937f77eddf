"""A wrong key doesn’t load, and a line for each error names file, item and what is wrong."""

from pathlib import Path

import pytest

from ruspak.errors import CourseError
from ruspak.sheets.keys import load

SAMPLE = (Path(__file__).parent / "sheet_samples/solutions/keys/01_sample.py").read_text(encoding="utf-8")

ERRORS = {
    "doubled id": ('Item("sample-2"', 'Item("sample-1"', ["the id 'sample-1' is there twice"]),
    "doubled variable": ('variable="share_pct"', 'variable="calls"', ["variable 'calls' is there twice"]),
    "no points": ('points=15, kind="number"', 'points=0, kind="number"', ["sample-2", "no points"]),
    "points left out": ('points=15, kind="number"', 'kind="number"', ["TypeError", "points", "line"]),
    "points as text": ('points=15, kind="number"', 'points="15", kind="number"', ["sample-2", "no points"]),
    "sum of points": ('points=15, kind="number"', 'points=16, kind="number"', ["add up to 101"]),
    "unknown kind": ('kind="number"', 'kind="nmber"', ["sample-2", "'nmber'", "number"]),
    "reference raises": (
        "reference=alike",
        "reference=lambda p: VOTES[p.parner]",
        ["sample-2", "reference", "parner"],
    ),
    "parameter not in uses": ('uses=["partner", "year"]', 'uses=["year"]', ["sample-2", "partner", "uses"]),
    "unknown parameter": ('uses=["partner", "year"]', 'uses=["partner", "decade"]', ["sample-2", "'decade'"]),
    "reference of another kind": (
        "reference=alike",
        "reference=lambda p: [1]",
        ["sample-2", "reference", "gives no number"],
    ),
    "reference is missing": ("reference=alike", "reference=lambda p: None", ["sample-2", "gives no number"]),
    "tolerance zero": (
        "reference=alike, tolerance=0.05",
        "reference=alike, tolerance=0.0",
        ["sample-2", "not above zero"],
    ),
    "tolerance left out": (
        "reference=alike, tolerance=0.05",
        "reference=alike",
        ["sample-2", "no tolerance"],
    ),
    "no tolerance in a table": (
        "reference=counts, tolerance=0.05",
        "reference=counts",
        ["sample-5", "no tolerance"],
    ),
    "both tolerances": (
        "reference=alike, tolerance=0.05",
        "reference=alike, tolerance=0.05, relative=1",
        ["sample-2", "both"],
    ),
    "infinite tolerance": (
        "reference=alike, tolerance=0.05",
        "reference=alike, relative=float('nan')",
        ["sample-2", "tolerance"],
    ),
    "one mistake": (
        '                 Mistake(answer=lambda p: "against", feedback="Against is N, for no."),\n',
        "",
        ["sample-8", "1 known mistakes"],
    ),
    "mistake worth all": ("worth=0.2", "worth=1.0", ["sample-2", "worth"]),
    "mistake that is right": (
        'lambda p: "absent"',
        'lambda p: "Abstained"',
        ["sample-8", "mistake 1", "too close"],
    ),
    "one hint": (', "`.idxmax()` gives the name of the largest."]', "]", ["sample-3", "1 hints"]),
    "hints as one text": (
        'hints=["Look at `votes.columns`.", "Leave out the first two."]',
        'hints="Look"',
        ["sample-7", "hints"],
    ),
    "default outside the space": (
        '"partner": "BBB", "year": 1952}',
        '"partner": "BBB", "year": 1999}',
        ["'year'", "outside"],
    ),
    "default left out": ('"partner": "BBB", "year": 1952}', '"partner": "BBB"}', ["'year'", "outside"]),
    "default of nothing": ('"year": 1952}', '"year": 1952, "month": 1}', ["'month'"]),
    "empty space": ('"year": list(range(1950, 1958))', '"year": []', ["'year'"]),
    "huge space": ("list(range(1950, 1958))", "list(range(1950, 2958))", ["more than 2000"]),
    "id of another sheet": ('Item("sample-2"', 'Item("history-2"', ["history-2", "sample-"]),
    "sheet of another name": ('id="sample", notebook', 'id="simple", notebook', ["simple"]),
    "no variable name": ('variable="share_pct"', 'variable="share pct"', ["sample-2", "share pct"]),
    "table without columns": (
        'columns=["year", "calls", "alike_pct"], prompt',
        "prompt",
        ["sample-5", "columns"],
    ),
    "rubric with points as text": ('(4, "names', '("4", "names', ["sample-9", "rubric", "whole points"]),
    "rubric without points": ('(4, "names', '(0, "names', ["sample-9", "rubric", "whole points"]),
    "no rubric": ('rubric=[(4, "names', 'rubric=[][:0] and [(4, "names', ["sample-9", "rubric"]),
    "sum with the rubric": ('(4, "names', '(5, "names', ["add up to 101"]),
    "rows that can't be told apart": (
        'columns=["year", "calls", "alike_pct"], prompt',
        'columns=["alike_pct"], prompt',
        ["sample-5", "ordered=True"],
    ),
    "hint with another parameter": (
        "Filter the rows of {year}",
        "Filter the rows of {partner}",
        ["sample-1", "{partner}"],
    ),
    "prompt with another parameter": ("year {year}.", "year {yaer}.", ["{yaer}"]),
    "syntax": ("sheet = Sheet(", "sheet = Sheet((", ["SyntaxError"]),
    "no sheet": ("sheet = Sheet(", "other = Sheet(", ["no sheet"]),
    "raises while loading": ("PARTNERS = [", "PARTNERS = missing + [", ["NameError", "line"]),
}


@pytest.mark.parametrize("name", ERRORS)
def test_a_faulty_key_is_refused(name, tmp_path):
    old, new, words = ERRORS[name]
    assert old in SAMPLE
    path = tmp_path / "01_sample.py"
    path.write_text(SAMPLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError) as refused:
        load(path)
    for word in ["01_sample.py", *words]:
        assert word in str(refused.value)


def test_all_errors_of_a_key_are_told_together(tmp_path):
    changes = {
        'points=15, kind="number"': 'points=16, kind="number"',
        "reference=alike, tolerance=0.05": "reference=alike, tolerance=0.0",  # sample-2
        "reference=counts, tolerance=0.05": "reference=counts",  # sample-5
        'lambda p: "absent"': 'lambda p: "Abstained"',  # sample-8
    }
    text = SAMPLE
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "01_sample.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as refused:
        load(path)
    assert [line.partition(". ")[0] for line in str(refused.value).splitlines()] == [
        "solutions/keys/01_sample.py: the points add up to 101",
        "solutions/keys/01_sample.py, sample-2: the tolerance 0.0 is not above zero",
        "solutions/keys/01_sample.py, sample-5: the answer has decimals but no tolerance",
        "solutions/keys/01_sample.py, sample-8: the default variant can't be used: mistake 1 is too close to an accepted answer",
    ]


def test_an_item_that_follows_from_a_faulty_one_is_not_blamed_for_it(tmp_path):
    text = SAMPLE.replace("reference=alike,", "reference=lambda p: VOTES[p.parner],", 1)
    text = text.replace('Item("sample-3", ', 'Item("sample-3", follows=["sample-2"], ', 1)
    assert text.count("follows=") == SAMPLE.count("follows=") + 1
    path = tmp_path / "01_sample.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as refused:
        load(path)
    (line,) = str(refused.value).splitlines()
    assert line.startswith("solutions/keys/01_sample.py, sample-2: ")


def test_a_missing_key_is_told(tmp_path):
    with pytest.raises(CourseError, match="01_none.py"):
        load(tmp_path / "01_none.py")


def test_loading_leaves_nothing_behind(tmp_path):
    path = tmp_path / "01_sample.py"
    path.write_text(SAMPLE, encoding="utf-8")
    sheet = load(path)
    assert [item.id for item in sheet.items] == [f"sample-{number}" for number in range(1, 10)]
    assert list(tmp_path.iterdir()) == [path]
