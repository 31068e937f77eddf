"""What every key must prove, for the sample sheet and for each key in solutions/keys."""
import json
import random
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from ruspak.sheets import make, public, sweep, variants
from ruspak.sheets.compare import judge
from ruspak.sheets.items import Item
from ruspak.sheets.keys import load
from ruspak.sheets.plain import plain

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests/sheet_samples"
KEYS = [(root, path) for root in (SAMPLES, ROOT) for path in sorted((root / "solutions/keys").glob("*.py"))]
SHEETS = {path.stem: (root, load(path)) for root, path in KEYS}
ITEMS = [pytest.param(sheet, item, id=item.id) for _, sheet in SHEETS.values() for item in sheet.items
         if isinstance(item, Item)]
SAMPLE_SIZE = 12

each_sheet = pytest.mark.parametrize("root, sheet", SHEETS.values(), ids=list(SHEETS))
each_item = pytest.mark.parametrize("sheet, item", ITEMS)


def description(sheet) -> dict:
    """What is stored in exercises/, as `variant` reads it."""
    root = SHEETS[sheet.notebook][0]
    stored = json.loads((root / "exercises" / f"{sheet.notebook}.json").read_text(encoding="utf-8"))
    return {**stored, "space": {name: dict(map(tuple, values)) for name, values in stored["space"].items()}}


def sample(sheet) -> list[dict]:
    """The default and some other variants, the same ones on every run."""
    fair = variants.allowed(description(sheet))
    return [dict(sheet.default), *random.Random(sheet.id).sample(fair, min(SAMPLE_SIZE, len(fair)))]


def as_plain(item, rows):
    """Rows of cells as a student might hand them in, in plain form."""
    cells = [[{"type": "date", "value": cell[1]} if type(cell) is tuple else cell for cell in row] for row in rows]
    if item.kind == "table":
        columns = [[name, list(column)] for name, column in zip(item.columns, zip(*cells))]
        return {"type": "table", "index": [[None, list(range(len(cells)))]], "columns": columns}
    if item.kind == "series":
        labels, values = zip(*cells)
        return {"type": "series", "index": [[None, list(labels)]], "columns": [[None, list(values)]]}
    return [row[0] for row in cells] if item.kind in ("list", "set") else cells[0][0]


def test_there_are_keys():
    if not any(root == ROOT for root, _ in KEYS):
        pytest.skip("solutions/keys holds no key yet: only the sample sheet was proved")


@each_item
def test_reference_and_alternatives_are_right(sheet, item):
    for params in sample(sheet):
        for answer in [item.reference, *item.alternatives]:
            value = answer(SimpleNamespace(**{name: params[name] for name in item.uses}))
            assert judge(item, plain(value), params).verdict == "right", params


@each_item
def test_each_mistake_is_wrong_with_its_own_feedback(sheet, item):
    for params in sample(sheet):
        for number, mistake in enumerate(item.mistakes, start=1):
            outcome = judge(item, plain(mistake.answer(SimpleNamespace(**params))), params)
            assert (outcome.verdict, outcome.mistake, outcome.fraction) == ("wrong", number, mistake.worth), params
            assert outcome.feedback == item.words(mistake.feedback, params)


@each_item
def test_an_untouched_stub_earns_nothing(sheet, item):
    for stub in (..., None):
        outcome = judge(item, plain(stub), sheet.default)
        assert (outcome.verdict, outcome.fraction) == ("not attempted", 0)


@each_item
def test_small_changes_of_the_answer_are_refused(sheet, item):
    for params in sample(sheet):
        changes = list(sweep.mutations(item, params))
        assert changes
        for name, rows in changes:
            assert judge(item, as_plain(item, rows), params).verdict != "right", (name, params)


@each_sheet
def test_a_thousand_students_get_fair_variants(root, sheet):
    stored, unfair = description(sheet), set(sweep.excluded(sheet))
    drawn = Counter(tuple(variants.draw(stored, f"student {number}").values()) for number in range(1_000))
    assert not unfair & set(drawn)
    assert len(drawn) >= 20 or not sheet.space
    assert max(drawn.values()) < 1_000 / len(variants.allowed(stored)) * 4


@each_sheet
def test_exercises_are_in_step(root, sheet, capsys):
    assert make.main(["--check"], root) == 0, capsys.readouterr().out


@each_sheet
def test_every_item_has_its_cells(root, sheet):
    notebook = nbformat.read(root / f"exercises/{sheet.notebook}.ipynb", as_version=4)
    marks = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader for cell in notebook.cells
             if "nbgrader" in cell.metadata}
    checks = {f"{item.id}-check" for item in sheet.items if isinstance(item, Item)}
    assert set(marks) == checks | {item.id for item in sheet.items}
    assert sum(mark.get("points", 0) for mark in marks.values()) == 100
    assert "BEGIN SOLUTION" not in str(notebook)


@each_sheet
def test_objectives_are_those_of_the_notebook(root, sheet):
    chapter = root / "notebooks" / f"{sheet.notebook}.ipynb"
    if not chapter.exists():
        pytest.skip(f"{chapter.name}: the chapter isn't there, so its objectives can't be compared")
    cells = nbformat.read(chapter, as_version=4).cells
    listed = re.findall(r"^\d+\. .*`([a-z]+-[a-z]+)`$", "\n".join(cell.source for cell in cells), re.M)
    assert {item.objective for item in sheet.items} == set(listed)


def test_the_public_description_holds_no_answers():
    for _, sheet in SHEETS.values():
        for item in description(sheet)["items"]:
            assert set(item) <= {*public.PUBLIC, "rubric"}
