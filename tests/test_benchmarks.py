"""The reports of the benchmarks: a ratio and a median are told as met or missed, and one section is renewed at a time."""

import subprocess
import sys

import nbformat
import pytest

from benchmarks import comparison, notebook, run
from benchmarks.comparison import Comparison, Measured, again, in_turn
from benchmarks.report import renewed
from course import ROOT


@pytest.mark.parametrize("aim, word", [(2.0, "met"), (1.9, "missed")])
def test_a_ratio_is_that_of_the_medians(aim, word):
    row = Comparison("ours", "theirs", "s", [2, 4, 9], [1, 2, 3], aim).row()
    assert row == f"| ours | theirs | **2** (2–3) | {aim:.3g} {word} | 4 / 2 s | 3 |\n"


@pytest.mark.parametrize("aim, word", [(60, "met"), (59, "missed")])
def test_what_has_no_reference_has_an_aim_in_its_unit(aim, word):
    assert (
        Measured("it", "s", [70, 60, 50], aim).row()
        == f"| it | – | **60 s** (50–70) | {aim} s {word} | – | 3 |\n"
    )


def test_pairs_are_measured_in_turn_and_one_of_each_where_asked(monkeypatch):
    told = []
    pair = in_turn(lambda: told.append("a") or 1, lambda: told.append("b") or 2, rounds=2)
    assert told == ["a", "b", "a", "b"] and pair == ([1, 1], [2, 2])
    monkeypatch.setattr(comparison, "MOST", 1)
    assert in_turn(lambda: 1, lambda: 2) == ([1], [2]) and again(lambda: 3, rounds=4) == [3]


def test_one_section_is_renewed_in_its_place():
    before = renewed("", "# Head\n\n", ["a", "b", "c"], "c", "## c\n\nstays")
    after = renewed(before, "# Head\n\n", ["a", "b", "c"], "a", "## a\n\nnew")
    assert after == "# Head\n\n## a\n\nnew\n\n## c\n\nstays\n"


def test_every_benchmark_is_there_and_an_unknown_one_is_told():
    names = [*run.NAMES, *run.NAMED]
    assert [name for name in names if not (ROOT / "benchmarks" / f"{name}.py").is_file()] == []
    ran = subprocess.run(
        [sys.executable, "benchmarks/run.py", "quizes"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 2 and "quizzes" in ran.stderr


def test_figures_of_a_notebook_are_counted():
    for path in sorted(notebook.NOTEBOOKS.glob("*.ipynb")):
        found = nbformat.read(path, as_version=4)
        shown = sum(
            cell.source.count("show(") for cell in found.cells if "figure" in cell.metadata.get("tags", [])
        )
        assert notebook.figures(found) >= 2 and notebook.figures(found) >= shown > 0, path.name
