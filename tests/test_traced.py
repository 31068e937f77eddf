"""Quizzes, glossary, keys, pages, the site: each number is held by its task, its code or its row."""

import pytest
import stated
import traced

from ruspak.sheets.items import Written

TEXTS = list(stated.texts())


@pytest.mark.parametrize("file", sorted({file for file, _, _ in TEXTS}))
def test_numbers_are_traced(file):
    found = [error for name, key, text in TEXTS if name == file for error in traced.untraced(name, key, text)]
    assert not found, "\n".join(found)


def test_levels_of_a_criterion_fall_from_its_points_to_nought():
    written = [item for sheet in stated.keys().values() for item in sheet.items if isinstance(item, Written)]
    assert written and [error for item in written for error in stated.levels(item)] == []
    planted = Written(
        "x-b1", objective="x-y", rubric=[(3, "Years. 2: all have one. 1: one lacks it. 0: none.")]
    )
    assert list(stated.levels(planted))


def test_rows_belong_to_texts():
    known = {(file, key) for file, key, _ in TEXTS}
    assert [
        (file, key) for file, rows in traced.table().items() for key in rows if (file, key) not in known
    ] == []


@pytest.mark.parametrize(
    ("number", "source", "says"),
    [
        ("82", "calc:pak-rus-1980s", "82 is not in calc:pak-rus-1980s: 81%"),
        ("13", "fact:H1985c", "13 is not in fact:H1985c"),
        ("27", "claim:S000-38", "27 is not in claim:S000-38"),
        ("150", "= len(claims)", "is 151"),
        ("twice", "= calc('li-india-index') / 100", "twice: calc"),
        ("5", "= no_such_table", "fails with"),
        ("5", "given: so", "needs its reason"),
        ("5", "as we like it", "is none of"),
        ("77", "in: LICENSE", "is not in LICENSE"),
        ("77", "in: no/such/file", "there is no no/such/file"),
        ("77", "in: notebooks/03_energy.ipynb#no-such-cell", "there is no notebooks/03_energy.ipynb#no"),
    ],
)
def test_a_source_that_does_not_hold_the_number_is_named(number, source, says):
    assert says in traced._wrong(number, source)


def test_a_number_without_a_row_and_a_row_without_a_number_are_named():
    file, key, text = next(entry for entry in TEXTS if entry[1] == "history-35")
    assert any("77 has no row" in error for error in traced.untraced(file, key, text + " It was 77%."))
    assert any(
        "twice has no row" in error for error in traced.untraced(file, key, text + " That is twice as much.")
    )
    assert any("not in the text any more" in error for error in traced.untraced(file, key, "Nothing."))
