"""make run says which cell fails and why, in a few lines, and nothing else."""

import subprocess
import sys

import nbformat

from course import ROOT


def test_a_cell_that_fails_is_told_with_its_place_and_nothing_is_stored(tmp_path):
    cells = [
        nbformat.v4.new_code_cell("from ruspak import quiz, table", id="begin"),
        nbformat.v4.new_code_cell('table("un_vote")', id="slip"),
    ]
    path = tmp_path / "01_x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    before = path.read_bytes()
    run = [sys.executable, ROOT / "tools/run.py", path]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert told.returncode == 1 and path.read_bytes() == before
    first, *rest = told.stderr.splitlines()
    assert first.startswith(
        f"{tmp_path.name}/01_x.ipynb, cell slip: CourseError: There is no table 'un_vote'. Did you mean"
    )
    assert rest == ["Nothing is stored of this notebook."]
    assert "WARNING" not in told.stdout + told.stderr
