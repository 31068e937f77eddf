"""The code of a figure: whole, folded, and behind the figure that it draws."""

import nbformat
import pytest
from browser import ROOT
from bs4 import BeautifulSoup

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", LESSONS)
def test_a_figure_comes_before_all_its_code(site, name):
    page = BeautifulSoup((site / "notebooks" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    folds = page.select("details.course-code")
    assert folds
    for fold in folds:
        before = fold.find_previous_sibling()
        assert before is not None
        assert "cell_output" in before["class"], fold.text[:300]
    shown = "".join("".join(fold.text.split()) for fold in folds)
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    lost = [
        cell.source
        for cell in cells
        if "figure" in cell.metadata.get("tags", []) and "".join(cell.source.split()) not in shown
    ]
    assert not lost
