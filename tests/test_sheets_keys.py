"""What every key must prove, for the sample sheet and for each key in solutions/keys."""

import functools
import itertools
import json
import os
import random
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course import loaded, run_sheet
from ruspak.sheets import make, public, variant_check, variants
from ruspak.sheets.compare import answers, judge, reference, same
from ruspak.sheets.items import Item
from ruspak.sheets.serialise import serialise

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests/sheet_samples"
STUDENTS = ["", "2026-017", "Иванова Анна", "ندیم"]  # the default variant and three others
KEYS = [(root, path) for root in (SAMPLES, ROOT) for path in sorted((root / "solutions/keys").glob("*.py"))]
SHEETS = {path.stem: (root, loaded(path)) for root, path in KEYS}
ITEMS = [
    pytest.param(sheet, item, id=item.id)
    for _, sheet in SHEETS.values()
    for item in sheet.items
    if isinstance(item, Item)
]
SAMPLED = "RUSPAK_SAMPLE" in os.environ  # set by make check: a sweep of all variants takes too long for it
SWEPT_BY_CHECK = 4  # parts of the variants of each item
SAMPLE_SIZE = 5  # variants beside the default one; every variant is swept in test_exercises_are_in_step
COURSE = [pytest.param(sheet, id=name) for name, (root, sheet) in SHEETS.items() if root == ROOT]

each_sheet = pytest.mark.parametrize("root, sheet", SHEETS.values(), ids=list(SHEETS))
each_sheet_of_the_course = pytest.mark.parametrize("sheet", COURSE)
each_item = pytest.mark.parametrize("sheet, item", ITEMS)


@functools.cache
def description(sheet) -> dict:
    """What is stored in exercises/, as `variant` reads it."""
    root = SHEETS[sheet.notebook][0]
    stored = json.loads((root / "exercises" / f"{sheet.notebook}.json").read_text(encoding="utf-8"))
    return {**stored, "space": {name: dict(map(tuple, values)) for name, values in stored["space"].items()}}


@functools.cache
def sample(sheet) -> list[dict]:
    """The default and some other variants, the same ones on every run."""
    drawn = (variants.draw(description(sheet), f"student {number}") for number in range(10 * SAMPLE_SIZE))
    several = {tuple(params.values()): params for params in drawn}
    return [dict(sheet.default), *list(several.values())[:SAMPLE_SIZE]]


def as_plain(item, rows):
    """Rows of cells as a student might hand them in, in plain form."""
    cells = [
        [{"type": "date", "value": cell[1]} if type(cell) is tuple else cell for cell in row] for row in rows
    ]
    if item.kind == "table":
        columns = [[name, list(column)] for name, column in zip(item.columns, zip(*cells))]
        return {"type": "table", "index": [[None, list(range(len(cells)))]], "columns": columns}
    if item.kind == "series":
        labels, values = zip(*cells)
        return {"type": "series", "index": [[None, list(labels)]], "columns": [[None, list(values)]]}
    return [row[0] for row in cells] if item.kind in ("list", "set") else cells[0][0]


@each_sheet_of_the_course
def test_the_sheet_counts_its_items_and_offers_each_hint(sheet):
    notebook = nbformat.read(ROOT / "solutions" / f"{sheet.notebook}.ipynb", as_version=4)
    checked = [item.id for item in sheet.items if isinstance(item, Item)]
    file = f"solutions/{sheet.notebook}.ipynb"
    assert make.COUNTED.search(notebook.cells[0].source), (
        f"{file}, cell 1: it doesn't count. Write: Part A has ten items … Part B has two short texts"
    )
    assert make.stamped(notebook, sheet, file)[1] == []
    first_lines = {cell.source.partition("\n")[0] for cell in notebook.cells}
    lacking = [id for id in checked if f'# hint("{id}")' not in first_lines]
    assert not lacking, f'write # hint("{lacking[0]}") as the first line of its answer cell'


@each_item
def test_feedback_tells_no_number_of_the_answer(sheet, item):
    rows = answers(item, sheet.default).accepted[0]
    if item.kind not in ("series", "table"):
        return
    wrong = [[row[0], *(99_999 if type(cell) in (int, float) else cell for cell in row[1:])] for row in rows]
    told = judge(item, as_plain(item, wrong), sheet.default).feedback
    numbers = {str(cell) for row in rows for cell in row[1:] if type(cell) in (int, float)}
    assert not numbers & set(re.findall(r"[\d.]+", told.rstrip("."))), told


@each_item
def test_reference_and_alternatives_are_right(sheet, item):
    for params in sample(sheet):
        for answer in [item.reference, *item.alternatives]:
            value = answer(SimpleNamespace(**{name: params[name] for name in item.uses}))
            assert judge(item, serialise(value), params).verdict == "right", params


@each_item
def test_each_mistake_is_wrong_with_its_own_feedback(sheet, item):
    """Where two wrong ways lead to one value, it is not named."""
    for params in sample(sheet):
        known = answers(item, params)
        for mistake, rows in zip(item.mistakes, known.mistakes):
            if rows is None:
                continue
            outcome = judge(item, as_plain(item, rows), params)
            told = {
                one.feedback
                for one, other in zip(item.mistakes, known.mistakes)
                if other and same(item, other, rows)
            }
            if len(told) == 1 and not any(other and same(item, other, rows) for other in known.methods):
                assert outcome.verdict == "wrong" and outcome.mistake, params
                assert outcome.feedback == item.words(mistake.feedback, params)
            else:
                assert (outcome.verdict, outcome.mistake) == ("wrong", None), params


@each_item
def test_each_mistake_is_named_in_some_variants(sheet, item):
    stored, named, wanted = description(sheet), set(), {mistake.feedback for mistake in item.mistakes}
    parts = [dict(zip(item.space, values)) for values in itertools.product(*item.space.values())]
    for params in random.Random(item.id).sample(parts, len(parts)):
        if named == wanted:
            break
        if params not in stored["excluded"]:
            for mistake, rows in zip(item.mistakes, answers(item, params).mistakes):
                if rows and mistake.feedback not in named:
                    outcome = judge(item, as_plain(item, rows), params)
                    named |= {item.mistakes[outcome.mistake - 1].feedback} if outcome.mistake else set()
    never = [number for number, one in enumerate(item.mistakes, 1) if one.feedback in wanted - named]
    assert not never, (
        f"solutions/keys/{sheet.notebook}.py, {item.id}: mistake {', '.join(map(str, never))} of its list gives no value of its "
        "own in any variant (none at all, the right one, or that of a mistake before it). Mend its answer, or take it out."
    )


@each_item
def test_an_untouched_stub_earns_nothing(sheet, item):
    for stub in (..., None):
        outcome = judge(item, serialise(stub), sheet.default)
        assert (outcome.verdict, outcome.fraction) == ("not attempted", 0)


@each_item
def test_small_changes_of_the_answer_are_refused(sheet, item):
    for params in sample(sheet):
        changes = list(variant_check.mutations(item, params))
        assert changes
        for name, rows in changes:
            assert judge(item, as_plain(item, rows), params).verdict != "right", (name, params)


@each_sheet
def test_a_thousand_students_get_fair_variants(root, sheet):
    stored = description(sheet)
    drawn = [variants.draw(stored, f"student {number}") for number in range(1_000)]
    assert all(
        variants.fair(stored, params) for params in drawn
    )  # by what a sweep finds: test_exercises_are_in_step
    for name, values in sheet.space.items():
        assert {params[name] for params in drawn} == set(values), f"nobody gets some values of {name}"
    assert len({tuple(params.values()) for params in drawn}) >= 20 or not sheet.space
    for item in sheet.items:
        if isinstance(item, Item):
            wanted = {tuple(params[name] for name in item.uses) for params in drawn}
            for params in (dict(zip(item.uses, values)) for values in wanted):
                assert reference(item, params), (
                    params
                )  # that judge takes it: test_reference_and_alternatives_are_right


def excluded_by_a_sample(sheet) -> dict:
    """What is stored as unfair, as variant_check.excluded gives it, set right where a sample of the variants differs."""
    found = {tuple(part.items()): "" for part in description(sheet)["excluded"]}
    items = [item for item in sheet.items if isinstance(item, Item)]
    for item in items:
        parts = [tuple(zip(item.space, values)) for values in itertools.product(*item.space.values())]
        for part in random.Random(item.id).sample(parts, min(len(parts), SWEPT_BY_CHECK)):
            alike = [one for one in items if one.space.keys() == item.space.keys()]
            if any(variant_check.violation(one, dict(part)) for one in alike):
                found.setdefault(part, "")
            else:
                found.pop(part, None)
    return found


@each_sheet
def test_exercises_are_in_step(root, sheet, capsys, monkeypatch):
    if SAMPLED:
        monkeypatch.setattr(public, "excluded", excluded_by_a_sample)
    monkeypatch.setattr(
        make, "load", lambda path: SHEETS[path.stem][1]
    )  # each answer is worked out once in this file
    assert make.main(["--check", sheet.notebook], root) == 0, capsys.readouterr().out


@each_sheet
def test_every_item_has_its_cells(root, sheet):
    notebook = nbformat.read(root / f"exercises/{sheet.notebook}.ipynb", as_version=4)
    marks = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    checks = {f"{item.id}-check" for item in sheet.items if isinstance(item, Item)}
    assert set(marks) == checks | {item.id for item in sheet.items}
    assert sum(mark.get("points", 0) for mark in marks.values()) == 100
    assert "BEGIN SOLUTION" not in str(notebook)


@each_sheet_of_the_course
def test_objectives_are_those_of_the_notebook(sheet):
    cells = nbformat.read(ROOT / f"notebooks/{sheet.notebook}.ipynb", as_version=4).cells
    listed = re.findall(r"^\d+\. .*`([a-z]+-[a-z]+)`$", "\n".join(cell.source for cell in cells), re.M)
    assert {item.objective for item in sheet.items} == set(listed)


def test_the_public_description_holds_no_answers():
    for _, sheet in SHEETS.values():
        for item in description(sheet)["items"]:
            assert set(item) <= set(public.PUBLIC)


@each_sheet_of_the_course
@pytest.mark.parametrize("student", STUDENTS)
def test_the_worked_sheet_is_right_for_every_student(sheet, student):
    printed = run_sheet(ROOT / f"solutions/{sheet.notebook}.ipynb", student)
    told = [text for text in printed.values() if text.startswith(f"{sheet.id}-")]
    assert told == [
        f"{item.id}: right. {item.points} of {item.points} points.\n"
        for item in sheet.items
        if isinstance(item, Item)
    ]


@each_sheet_of_the_course
def test_those_students_have_different_variants(sheet):
    stored = description(sheet)
    assert len({tuple(variants.draw(stored, student).values()) for student in STUDENTS}) == len(STUDENTS)


@each_sheet_of_the_course
def test_the_sheet_as_handed_out_runs_through_and_earns_nothing(sheet):
    printed = run_sheet(ROOT / f"exercises/{sheet.notebook}.ipynb", "2026-017")
    told = [text for text in printed.values() if text.startswith(f"{sheet.id}-")]
    assert len(told) == sum(isinstance(item, Item) for item in sheet.items)
    assert all("not attempted" in text for text in told)


@each_sheet_of_the_course
def test_the_sheet_says_name_and_points_as_the_key_does(sheet):
    cells = nbformat.read(ROOT / f"exercises/{sheet.notebook}.ipynb", as_version=4).cells
    for item in sheet.items:
        (text,) = [cell.source for cell in cells if f"### {item.id} · " in cell.source]
        lines = [] if isinstance(item, Item) else [points for points, _ in item.rubric]
        assert re.findall(r"`(\d+) points?`", text) == [str(points) for points in (item.points, *lines)]
        if isinstance(item, Item):
            assert f"Set `{item.variable}`" in text and all(
                f'`"{option}"`' in text for option in item.options
            )
