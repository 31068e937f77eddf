"""Names that collide, in a real kernel: what hides what is told, never left as a riddle.

Reports: pola-rs/polars-benchmark#174 (a function overwritten by its own result), ipython/ipython#9224, googlecolab/colabtools#4119
and abjer/sds2019#6 (a function of Python's own overwritten), jupyter-server/jupyter_server#327 (a file beside the notebook).
"""

import re

import nbformat
import pytest
from nbclient import NotebookClient

import ruspak
from course import ROOT, run_sheet
from ruspak.shadows import hiding
from ruspak.sheets.names import course_names, hidden_names
from ruspak.sheets.serialise import serialise


@pytest.fixture
def sample(monkeypatch):
    monkeypatch.setenv("RUSPAK_SHEETS", "tests/sheet_samples")


def said(folder, *cells):
    """What each cell says in a kernel that runs in that folder, errors included."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return [
        "".join(output.get("text", "") + "\n".join(output.get("traceback", [])) for output in cell.outputs)
        for cell in notebook.cells
    ]


def test_a_cell_that_calls_a_hidden_name_says_so(tmp_path):
    told = said(
        tmp_path,
        "from ruspak import *",
        'table = table("un_votes")',
        'table("arms_imports")',
        "def mine():\n    return table('facts')",
        "mine()",
        "for line in ['a']:\n    pass",
        "line(1, 2)",
        "1 / 0",
        "check = 5",
        'check("history-a1")',
        "from ruspak import table, line, check",
        'len(table("un_votes")) > 0',
    )
    for number in (2, 4):
        assert "'DataFrame' object is not callable" in told[number]
        assert "`table` is now a large DataFrame" in told[number] and "since cell [2]" in told[number]
        assert "`from ruspak import table`" in told[number]
    assert "`line` is now a text, since cell [6]," in told[6] and "`table`" not in told[6]
    assert "ZeroDivisionError" in told[7] and "is now" not in told[7]
    assert "`check` is now a whole number, since cell [9]," in told[9]
    assert told[11] == ""


@pytest.mark.parametrize("name", ["table", "line", "label", "band", "figure", "claims", "show", "NAMES"])
def test_check_says_which_name_hides_what(sample, name):
    def spoil(cell):
        if cell.cell_type == "code" and "import random" in cell.source:
            cell.source += f"\n{name} = [1, 2]"
        if cell.id == "a8":
            cell.source = "word = ..."

    printed = run_sheet(ROOT / "tests/sheet_samples/solutions/01_sample.ipynb", "", spoil)
    assert (
        f"`{name}` is now a list of 2 entries, since cell [" in printed["c8"]
        and f"`from ruspak import {name}`" in printed["c8"]
    )
    assert all("is now" not in text for id, text in printed.items() if ": right." in text)


def test_a_hidden_function_of_python_is_told_too(tmp_path):
    told = said(
        tmp_path,
        "from ruspak import table",
        "list = [1, 2]\nsum = 3",
        "list('ab')",
        "del list\nlist('ab')",
        "sum([1])",
    )
    assert (
        "`list` is now a list of 2 entries, since cell [2], and hides Python's own list" in told[2]
        and "`sum`" not in told[2]
    )
    assert "`del list`" in told[2] and "is now" not in told[3] and "`sum` is now a whole number" in told[4]


def test_check_is_silent_where_nothing_is_hidden(sample):
    printed = run_sheet(ROOT / "tests/sheet_samples/exercises/01_sample.ipynb", "", lambda cell: None)
    assert all("is now" not in text for text in printed.values())


def test_the_grader_can_tell_from_plain_values():
    ours = {name: serialise(getattr(ruspak, name)) for name in course_names()}
    assert hidden_names(ours) == "" and hidden_names({}) == ""
    told = hidden_names(
        {**ours, "table": serialise([1]), "growth": 5, "NAMES": {"type": "mapping", "items": []}}
    )
    assert [re.match("`(\\w+)`", line)[1] for line in told.splitlines()] == ["NAMES", "table"]
    assert "EVIL" not in hidden_names({"table": "<b>EVIL"})


@pytest.mark.parametrize(
    "files",
    [["pandas.py"], ["numpy/__init__.py"], ["calendar.py", "csv.py", "random.py", "statistics.py"]],
    ids=["pandas", "numpy", "four of Python's own"],
)
def test_files_beside_the_notebook_are_named(tmp_path, files):
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("mine = 1\n")
    told = said(tmp_path, "import ruspak")[0]
    names = [file.removesuffix("/__init__.py") for file in files]
    own = ", ".join(name.removesuffix(".py") for name in names)
    assert f"In the folder {tmp_path} Python takes {', '.join(names)} for its own {own}." in told
    assert "restart the kernel" in told
    if names in (["pandas.py"], ["numpy"]):
        assert "The course can't start" in told and "has no attribute" not in told


def test_a_file_that_ends_the_kernel_at_its_start_can_be_found_from_outside(tmp_path):
    (tmp_path / "types.py").write_text("")
    assert hiding(tmp_path) == [tmp_path / "types.py"] and hiding(tmp_path / "gone") == []


def test_other_files_are_let_be(tmp_path):
    for name in ("table.py", "my_types.py", "types.ipynb", "data.csv"):
        (tmp_path / name).write_text("x = 1\n")
    (tmp_path / "site").mkdir()
    assert said(tmp_path, "import ruspak", "ruspak.table('un_votes').shape[0] > 0") == ["", ""]
