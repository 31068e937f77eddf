"""A name of the course that a notebook gave away is told where the marks are told, and points are read as
people paste them."""

import nbformat
import pytest
from grading_fixtures.broken import SAMPLES
from test_grading_batch import mark, returned, rows, samples  # noqa: F401  (samples is used by itself)

from ruspak.errors import CourseError
from ruspak.grading.report import written


def test_the_feedback_page_says_which_name_hides_what(tmp_path):
    notebook = nbformat.read(SAMPLES / "exercises" / "01_sample.ipynb", as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source += '\nfrom ruspak import table\ntable = table("un_votes")'
    place, roster = returned(tmp_path, 0, hidden=nbformat.writes(notebook).encode())
    mark(place, roster, tmp_path / "out")
    page = next((tmp_path / "out" / "feedback").glob("*hidden*")).read_text(encoding="utf-8")
    assert "table" in page and "from ruspak import table" in page
    assert any("from ruspak import table" in row["note"] for row in rows(tmp_path / "out" / "totals.csv"))


@pytest.mark.parametrize("typed", ["7.5", '"7,5"', "۷٫۵", "\u202d7.5\u202c", "７.５", "7.5\u200b"], ids=ascii)
def test_points_are_read_as_people_paste_them(tmp_path, typed):
    (tmp_path / "written.csv").write_text(
        f"item,code,points,out_of\nsample-9,AB,{typed},10\n", encoding="utf-8"
    )
    assert written._rows(tmp_path / "written.csv", {})["sample-9", "AB"]["points"] == "7.5"


def test_points_with_two_meanings_are_rejected(tmp_path):
    (tmp_path / "written.csv").write_text(
        'item,code,points,out_of\nsample-9,AB,"7,000",10\n', encoding="utf-8"
    )
    with pytest.raises(CourseError, match="'7,000' is no number from 0 to 10"):
        written._rows(tmp_path / "written.csv", {})
