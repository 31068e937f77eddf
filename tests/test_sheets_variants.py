"""Variants: the same everywhere, fair, and drawn by the id alone."""

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from ruspak.errors import CourseError
from ruspak.sheets import public, variant_check, variants
from ruspak.sheets.keys import load

SAMPLES = Path(__file__).parent / "sheet_samples"


@pytest.fixture(autouse=True)
def sample_home(monkeypatch):
    monkeypatch.setenv("RUSPAK_SHEETS", str(SAMPLES))
    public.read.cache_clear()
    variants._drawn.clear()
    yield
    public.read.cache_clear()


def test_an_empty_id_gives_the_default_and_says_so(capsys):
    assert vars(variants.variant("sample", "  ")) == {"partner": "BBB", "year": 1952}
    assert capsys.readouterr().out == (
        "The default variant, for an empty student id: partner Bonland, year 1952.\n"
        "Before you hand this in, write your id: your own variant is marked.\n"
        f"The key is that of {SAMPLES}.\n"
    )


def test_a_sheet_says_at_once_which_key_it_works_with(tmp_path, monkeypatch, capsys):
    exam = shutil.copytree(
        SAMPLES, tmp_path / "exam", ignore=shutil.ignore_patterns("solutions", "__pycache__")
    )
    for home, said in (
        (str(exam), "No key is here: check tells only"),
        ("", "the course's own, which is public"),
    ):
        monkeypatch.setenv("RUSPAK_SHEETS", home)
        public.read.cache_clear()
        variants.variant("sample" if home else "history", "2026-017")
        assert said in capsys.readouterr().out.splitlines()[-1]


def test_a_known_id_keeps_its_variant(capsys):
    me = variants.variant("sample", "2026-017")
    assert (me.partner, me.year) == ("FFF", 1957)
    assert "partner Farland, year 1957" in capsys.readouterr().out
    assert variants.drawn("sample") == vars(me)


def test_it_is_the_same_in_another_process():
    code = "from ruspak.sheets.variants import variant; print(variant('sample', 'Ömer ندیم').__dict__)"
    surroundings = {
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(SAMPLES.parents[1]),
        "RUSPAK_SHEETS": str(SAMPLES),
    }
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**surroundings, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("id", ["Ömer Şahin", "ИВАНОВ-17", "ندیم", "Straße 7"])
def test_case_space_and_accents_do_not_matter(id):
    description = public.read("sample")
    drawn = variants.draw(description, id)
    decomposed = unicodedata.normalize("NFD", id)
    for other in (f"\t{id} ", decomposed, id.casefold(), decomposed.upper()):
        assert variants.draw(description, other) == drawn
    assert variants.normalised(id) != variants.normalised(id + "2")


def test_a_number_is_an_id_and_nothing_else_is():
    assert variants.normalised(2026017) == "2026017"
    for value in (None, ..., 1.5, True, ["a"], b"a"):
        with pytest.raises(CourseError, match="quotes"):
            variants.normalised(value)


def test_an_unknown_sheet_is_told_with_the_known_ones():
    with pytest.raises(CourseError, match=r"'\['sample'\]'.*sample"):
        variants.variant(["sample"])
    with pytest.raises(CourseError, match="'samlpe'.*sample"):
        variants.variant("samlpe")


def test_unfair_variants_are_left_out():
    sheet = load(SAMPLES / "solutions/keys/01_sample.py")
    unfair = variant_check.excluded(sheet)
    assert unfair, "the sample has ties, so that this can be seen"
    stored = public.read("sample")
    drawn = [variants.draw(stored, f"student {number}") for number in range(500)]
    assert not [params for params in drawn for part in unfair if dict(part).items() <= params.items()]
    assert len({tuple(params.values()) for params in drawn}) > 20
    assert all(reason.startswith("sample-") for reason in unfair.values())


def test_excluding_one_more_variant_moves_only_those_who_had_it():
    before = public.read("sample")
    gone = variants.draw(before, "someone")
    after = {**before, "excluded": [*before["excluded"], gone]}
    for number in range(200):
        drawn = variants.draw(before, f"student {number}")
        assert drawn == gone or variants.draw(after, f"student {number}") == drawn


def test_a_damaged_description_is_told(tmp_path, monkeypatch):
    (tmp_path / "exercises").mkdir()
    monkeypatch.setenv("RUSPAK_SHEETS", str(tmp_path))
    for text in ("{", "[]", "{}", json.dumps({"space": {"a": 1}})):
        (tmp_path / "exercises/01_sample.json").write_text(text)
        public.read.cache_clear()
        with pytest.raises(CourseError, match="01_sample.json is damaged"):
            variants.variant("sample")


PLAIN = [  # plain ids, as most have them
    ("2026-017", ("FFF", 1957)),
    ("2026-021", ("CCC", 1955)),
    ("a1234567", ("FFF", 1951)),
    ("AB-12", ("CCC", 1950)),
    ("12345", ("BBB", 1954)),
    ("0012345", ("EEE", 1952)),
    ("i-0012345", ("CCC", 1957)),
    ("ndaniel", ("BBB", 1957)),
    ("s_kumar7", ("EEE", 1955)),
    ("Ali.Khan@example.edu", ("DDD", 1957)),
    ("Ömer Şahin", ("EEE", 1957)),
    ("ندیم", ("DDD", 1957)),
    ("ИВАНОВ-17", ("FFF", 1950)),
    ("Straße 7", ("FFF", 1950)),
    ("student 7", ("BBB", 1953)),
    ("张伟", ("DDD", 1955)),
    ("o'brien", ("FFF", 1952)),
]


@pytest.mark.parametrize("id, values", PLAIN, ids=range(len(PLAIN)))
def test_a_plain_id_gives_its_variant_without_a_word(capsys, id, values):
    assert tuple(vars(variants.variant("sample", id)).values()) == values
    said = capsys.readouterr().out.splitlines()
    assert len(said) == (3 if id == "Ömer Şahin" else 2) and said[0].startswith("Your variant")


@pytest.mark.parametrize(
    "typed, says",
    [
        ("2026–017", '"2026-017"'),
        ("۲۰۲۶-۰۱۷", '"2026-017"'),
        ("２０２６−017", '"2026-017"'),
        ("2026\u200b-017", '"2026-017"'),
        ("\u200f2026-017\u200f", '"2026-017"'),
        ("Ömer Şahin 2026-017", "without the words beside it"),
        ("2026 - 017", '"2026-017"'),
    ],
)
def test_an_id_typed_a_little_differently_is_the_same_id_and_says_so(capsys, typed, says):
    assert vars(variants.variant("sample", typed)) == {"partner": "FFF", "year": 1957}
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 3 and says in told[1]


@pytest.mark.parametrize(
    "typed, says",
    [
        ("Ömer Şahin", "If that is your name"),
        ("2026-017 2026-018", "all of it"),
        (2005, "2026-21 as a sum"),
        ("7" * 500, "too long"),
    ],
)
def test_an_odd_id_is_told_what_was_understood(capsys, typed, says):
    variants.variant("sample", typed)
    assert says in capsys.readouterr().out
