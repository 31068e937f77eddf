"""What is told of a sheet that another program saved: lost metadata are not deleted cells.

Report: jupyter/nbgrader#1083.
"""

import json

import pytest

from course import ROOT
from ruspak.grading.collect.cells import handed_out
from ruspak.grading.collect.notebook import read

PATH = ROOT / "exercises/01_history.ipynb"
SHEET = json.loads(PATH.with_suffix(".json").read_text(encoding="utf-8"))


def notes(change):
    notebook = json.loads(PATH.read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if change(cell) is not False]
    return read(json.dumps(notebook).encode(), SHEET, handed_out(PATH.read_bytes())).notes


def without_metadata(cell):
    cell["metadata"] = {}
    cell.pop("id", None)


def answered(cell):
    without_metadata(cell)
    source = "".join(cell["source"]).replace("YOUR ANSWER HERE", "Because they did.").replace("= ...", "= 5")
    cell["source"] = source.splitlines(keepends=True)


@pytest.mark.parametrize("change", [without_metadata, answered])
def test_lost_metadata_are_not_called_deleted_cells(change):
    told = " ".join(notes(change))
    assert "deleted" not in told and "took the labels off these cells, which has no effect" in told


def test_a_sheet_as_handed_out_is_told_nothing():
    assert notes(lambda cell: None) == []


@pytest.mark.parametrize("gone", ["history-a1", "history-a1-check", "history-b1"])
@pytest.mark.parametrize("labels", [True, False])
def test_a_cell_that_is_gone_is_called_deleted(gone, labels):
    def change(cell):
        keep = cell["metadata"].get("nbgrader", {}).get("grade_id") != gone
        if not labels:
            without_metadata(cell)
        return keep

    deleted = [note for note in notes(change) if "deleted" in note]
    assert deleted == [f"cells were deleted: {gone}"]
