"""check and hint, as a student meets them: in a module, in a real kernel, in an exam, under nbgrader."""

import shutil
from pathlib import Path

import pytest

from course import run_sheet
from ruspak.errors import CourseError
from ruspak.sheets import checking, public, variants
from ruspak.sheets.checking import check, hint

SAMPLES = Path(__file__).parent / "sheet_samples"
word = calls = shares = ...  # check looks the variables up here


def fresh(monkeypatch, home):
    monkeypatch.setenv("RUSPAK_SHEETS", str(home))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    for cache in (public.read, checking._key):
        cache.cache_clear()
    variants._drawn.clear()
    checking._told.clear()


@pytest.fixture
def sheet(monkeypatch):
    fresh(monkeypatch, SAMPLES)
    yield
    public.read.cache_clear()
    checking._key.cache_clear()


@pytest.fixture
def exam(monkeypatch, tmp_path):
    shutil.copytree(SAMPLES / "exercises", tmp_path / "exercises")
    fresh(monkeypatch, tmp_path)
    yield
    public.read.cache_clear()
    checking._key.cache_clear()


def told(capsys, item, **values):
    globals().update(values)
    assert check(item) is None
    return capsys.readouterr().out


def test_the_four_outcomes(sheet, capsys):
    assert (
        told(capsys, "sample-8", word=...)
        == "sample-8: not attempted. Give word a value, then run this cell again.\n"
    )
    assert (
        told(capsys, "sample-8", word=7)
        == "sample-8: wrong type. word is a whole number. The item asks for a text in quotes.\n"
    )
    assert told(capsys, "sample-8", word="against") == "sample-8: wrong. Against is N, for no.\n"
    assert told(capsys, "sample-8", word="abstain") == "sample-8: right. 5 of 5 points.\n"


def test_a_variable_that_was_never_set_is_not_attempted(sheet, capsys):
    assert (
        told(capsys, "sample-2")
        == "sample-2: not attempted. Give share_pct a value, then run this cell again.\n"
    )


def test_partial_points_are_told(sheet, capsys):
    wrong = 100 - variants_answer("sample-4")
    assert (
        told(capsys, "sample-4", shares=wrong)
        == "sample-4: wrong. These are the shares that differ. 3 of 15 points.\n"
    )


def variants_answer(item_id):
    item = checking._key("sample").item(item_id)
    return item.reference(type("P", (), variants.drawn("sample")))


def test_it_judges_by_the_variant_that_was_drawn(sheet, capsys):
    me = variants.variant("sample", "2026-017")
    capsys.readouterr()
    assert "right" in told(capsys, "sample-1", calls=me.year % 90)
    assert "right" not in told(capsys, "sample-1", calls=1952 % 90)


def test_a_written_item_has_nothing_to_check(sheet, capsys):
    assert "a person marks" in told(capsys, "sample-9")
    hint("sample-9")
    assert "no hints" in capsys.readouterr().out


def test_an_unknown_item_is_told_with_the_known_ones(sheet):
    for call in (check, hint):
        with pytest.raises(CourseError, match="sample-1"):
            call("sample-99")
        with pytest.raises(CourseError, match="a text in quotes"):
            call(1)
        with pytest.raises(CourseError, match="'histroy'"):
            call("histroy-1")


def test_hints_come_one_by_one_and_end(sheet, capsys):
    for _ in range(4):
        hint("sample-1")
    assert capsys.readouterr().out.splitlines() == [
        "sample-1, hint 1 of 2: Filter the rows of 1952 first.",
        'sample-1, hint 2 of 2: Then count them: `len(votes[votes["year"] == me.year])`.',
        *["sample-1: there are no more hints. The worked sheet is solutions/01_sample.ipynb."] * 2,
    ]


def test_an_exam_tells_only_what_is_missing_or_of_the_wrong_type(exam, capsys):
    assert "not attempted" in told(capsys, "sample-8", word=...)
    assert "wrong type" in told(capsys, "sample-8", word=7)
    for value in ("abstain", "against"):
        assert (
            told(capsys, "sample-8", word=value)
            == "sample-8: received. word is of the right type. It is marked after you hand it in.\n"
        )
    hint("sample-8")
    assert capsys.readouterr().out == "sample-8: there are no hints in an exam.\n"
    assert vars(variants.variant("sample", "2026-017")) == {"partner": "FFF", "year": 1957}


def test_nbgrader_gets_an_error_a_number_or_nothing(sheet, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    globals().update(word="abstention", shares=100 - variants_answer("sample-4"))
    assert check("sample-8") is None
    assert check("sample-4") == 3.0
    for value in (..., 7, "against"):
        globals().update(word=value)
        with pytest.raises(CourseError, match="sample-8"):
            check("sample-8")


def test_without_a_key_nbgrader_gives_nothing_away(exam, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    globals().update(word="abstention")
    with pytest.raises(CourseError, match="received"):
        check("sample-8")


@pytest.mark.parametrize("student", ["", "2026-017", "ندیم"])
def test_the_worked_sheet_earns_all_points_in_a_kernel(sheet, student):
    printed = run_sheet(SAMPLES / "solutions/01_sample.ipynb", student)
    for number in range(1, 9):
        assert printed[f"c{number}"].startswith(f"sample-{number}: right.")


def test_the_sheet_as_handed_out_runs_through_and_earns_nothing(sheet):
    printed = run_sheet(SAMPLES / "exercises/01_sample.ipynb", "")
    assert all("not attempted" in printed[f"c{number}"] for number in range(1, 9))


def test_nothing_in_a_variable_stops_the_notebook(sheet):
    def spoil(cell):
        if cell.id == "a2":
            cell.source += (
                "\nclass Evil:\n    def __getattribute__(self, name): raise SystemExit\n"
                "    def __eq__(self, other): return True\nshare_pct = Evil()"
            )
        if cell.id == "a8":
            cell.source = "word = []\nword.append(word)"

    printed = run_sheet(SAMPLES / "solutions/01_sample.ipynb", "", spoil)
    assert printed["c2"].startswith("sample-2: wrong type") and printed["c8"].startswith(
        "sample-8: wrong type"
    )
    assert "right" in printed["c7"]
