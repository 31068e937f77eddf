"""Public reports of other projects, tried on the course in a real kernel and in the real marking. docs/reports.md lists all.

Each test names the report that it comes from; where the course had the same error, the test was red before it was mended.
"""

import csv
import os
import re
import subprocess
import sys

import nbformat
import pytest
from grading_fixtures.broken import SAMPLES, cell, saved, solved
from nbclient import NotebookClient
from test_grading_batch import mark

from course import ROOT
from ruspak.sheets import public

ALT = "Line chart of two invented values, one and two, in no particular order at all."
DRAW = f"fig, ax = figure('A title', 'measure', 'source')\nax.plot([1, 2])\nshow(fig, {ALT!r})"


def said(folder, *cells, **env):
    """What each cell says in a kernel in that folder, errors included; pictures as their text."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    client = NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env={**os.environ, **env})
    return [
        "".join(
            output.get("text", "")
            + output.get("data", {}).get("text/plain", "")
            + "".join(output.get("traceback", []))
            for output in cell.outputs
        )
        for cell in notebook.cells
    ]


def test_latex_that_is_not_there_draws_all_the_same(
    tmp_path,
):  # TomographicImaging/gVXR-Tutorials#7, matplotlib#17683
    told = said(
        tmp_path,
        "from ruspak import *\nimport matplotlib\nmatplotlib.rc('text', usetex=True)",
        DRAW,
        "matplotlib.rcParams['text.usetex']",
    )
    assert told == ["", ALT, "True"]


def test_pylab_takes_names_and_it_is_told(tmp_path):  # aimacode/aima-python#187
    told = said(tmp_path, "from ruspak import *", "%pylab inline", DRAW, "check('history-a1')")
    assert "`figure` is now a function of your own" in told[2]
    assert "`figure`" in told[3] and "`sum`" not in told[3]


def test_another_folder_finds_all_tables(tmp_path):  # greenape/mknotebooks#502
    told = said(
        tmp_path,
        "from ruspak import *\nimport os",
        "os.chdir('/')",
        "len(table('un_votes')) > 0, len(claims())",
        "check('history-a1')",
    )
    assert told[2] == "(True, 151)" and "not attempted" in told[3]


def test_check_reads_the_variables_under_a_magic(tmp_path):  # ipython#11659, jupyter/notebook#4532
    told = said(
        tmp_path,
        "from ruspak import *",
        "%%time\nrussia_pct = 5",
        "%%time\ncheck('history-a1')",
        "[check(id) for id in ['history-a1']]",
        "%%capture kept\ncheck('history-a1')",
        "kept.stdout",
    )
    assert all("history-a1: wrong." in told[number] for number in (2, 3, 5))


def test_the_library_loaded_anew_is_no_collision(tmp_path):  # ipython#12399
    told = said(
        tmp_path,
        "import importlib, ruspak, ruspak.sheets.checking\nfrom ruspak import *\n%load_ext autoreload\n%autoreload 2",
        "importlib.reload(ruspak.sheets.checking)\nimportlib.reload(ruspak);",
        "check('history-a1')",
        "len(table('un_votes')) > 0",
    )
    assert told[2:] == [
        "history-a1: not attempted. Give russia_pct a value, then run this cell again.\n",
        "True",
    ]


def test_a_locale_without_utf_8(tmp_path):  # Dyalog/dyalog-jupyter-kernel#56, jupyterlab#5572
    told = said(
        tmp_path,
        "from ruspak import *",
        "me = variant('history', 'ندیم')\nprint('ندیم −5')",
        "len(claims())",
        LC_ALL="C",
        LANG="C",
        PYTHONCOERCECLOCALE="0",
        PYTHONUTF8="0",
    )
    assert told[1].startswith("Your variant: ") and told[1].endswith("ندیم −5\n") and told[2] == "151"


def test_warnings_that_are_errors_stop_nothing(tmp_path):  # microsoft/vscode-jupyter#2727, ipykernel#540
    told = said(
        tmp_path,
        "import warnings\nwarnings.simplefilter('error')",
        "from ruspak import *",
        DRAW,
        "check('history-a1')",
        "table('un_votes').head(1)",
    )
    assert told[1:3] == ["", ALT] and "not attempted" in told[3] and "Error" not in told[4]


def test_every_statement_shown_is_one_picture_each(tmp_path):  # dunovank/jupyter-themes#339, ipywidgets#1329
    told = said(
        tmp_path,
        "get_ipython().ast_node_interactivity = 'all'",
        "from ruspak import *",
        DRAW,
        f"def draw(a):\n    fig, ax = figure('A title', 'measure', 'source')\n    return fig, {ALT!r}",
        "explore(draw, a=[1, 2])\n5",
        "explore(draw, a=[1, 2])",
    )
    assert told[2] == ALT and told[4] == f"{ALT}5" and told[5] == ALT


def test_a_sheet_typed_on_a_tablet_names_the_curly_quote(tmp_path):  # holzschu/Carnets#106
    told = said(tmp_path, "STUDENT = \u201c2026-017\u201d")
    assert "invalid character '\u201c' (U+201C)" in told[0]


@pytest.fixture(scope="module")
def under_nbval(tmp_path_factory):
    """What one run of nbval, with the settings of the course's own tests, says of each cell of a small notebook and of
    the first of ours; warnings and the place on earth are others than ours."""
    cell = nbformat.v4.new_code_cell(
        "import time\nprint('a', flush=True)\ntime.sleep(6)\nprint('b')",  # longer than nbval waits for a message
        execution_count=1,
        outputs=[nbformat.v4.new_output("stream", name="stdout", text="a\nb\n")],
    )
    own = tmp_path_factory.mktemp("nbval") / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), own)
    env = {"PYTHONWARNINGS": "always", "TZ": "Asia/Karachi", "LC_ALL": "C", "LANG": "C"}
    words = [sys.executable, "-m", "pytest", "--nbval", "-v", "-n0", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*words, own, "notebooks/00_start_here.ipynb"],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )
    told = re.findall(r"^(\S*)::Cell \d+ ([A-Z]+)", ran.stdout, re.M)
    ours = [said for name, said in told if "00_start_here" in name]
    return [said for name, said in told if "00_start_here" not in name], ours, ran.stdout


def test_cells_that_print_in_pieces_or_are_long_silent(under_nbval):  # nbval#54, #56 and #55; nbval#231, #151
    own, _, told = under_nbval
    assert own == ["PASSED"], told


# MDAnalysis/UserGuide#357, sebp/scikit-survival#146
def test_warnings_and_another_place_on_earth_change_no_output(under_nbval):
    _, ours, told = under_nbval
    assert len(ours) > 10 and set(ours) == {"PASSED"}, told


ENDED = [
    "code.py",
    "email.py",
    "inspect.py",
    "queue.py",
]  # jupyter_server#327, ipykernel#512, notebook#2355, cocalc#4847


def test_files_that_ended_kernels_elsewhere(tmp_path):
    for file in ENDED:
        (tmp_path / file).write_text("")
    told = said(tmp_path, "from ruspak import table", "len(table('un_votes')) > 0")
    assert f"Python takes {', '.join(ENDED)} for its own" in told[0] and told[1] == "True"


def asks(student):  # jupyter/nbgrader#1844
    notebook = solved(student)
    cell(notebook, "a8")["source"] = "name = input('Your name? ')\n" + cell(notebook, "a8")["source"]
    return notebook


def other_kernel(student):  # jupyter/nbgrader#417, #1375
    return {
        **solved(student),
        "metadata": {
            "kernelspec": {"name": "conda-root-py", "display_name": "Python [root]", "language": "python"}
        },
    }


def copied(student):  # jupyter/nbgrader#981
    notebook = solved(student)
    notebook["cells"].append({**cell(notebook, "a8"), "source": ""})
    return notebook


def without_metadata(student):  # jupyter/nbgrader#424, #1398, microsoft/vscode-jupyter#2919
    notebook = solved(student)
    for one in notebook["cells"]:
        one["metadata"] = {}
    return notebook


def list_overwritten(student):  # ikhlaqsidhu/data-x#43: the student's list hid Python's from the tests
    notebook = solved(student)
    notebook["cells"][-1:-1] = [
        {**cell(notebook, "a8"), "id": "x", "metadata": {}, "source": "list = [1, 2]\nsum = 3\ncheck = 5"}
    ]
    return notebook


def turned_to_text(student):  # jupyter/nbgrader#92, #878: a cell became Markdown by a slip of the keyboard
    notebook = solved(student)
    cell(notebook, "a8")["cell_type"] = "markdown"
    for name in ("outputs", "execution_count"):
        cell(notebook, "a8").pop(name, None)
    return notebook


def id_with_a_name(student):
    notebook = solved(student)
    for one in notebook["cells"]:
        one["source"] = one["source"].replace(
            f"STUDENT = {student!r}", f"STUDENT = 'Ali Khan {student.replace('-', '–')}'"
        )
    return notebook


MADE = [asks, other_kernel, copied, without_metadata, list_overwritten, turned_to_text, id_with_a_name]


@pytest.fixture(scope="module")
def totals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    (folder / "in").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUSPAK_SHEETS", str(SAMPLES))
        public.read.cache_clear()
        for number, make in enumerate(MADE):
            (folder / "in" / f"2026-{number:03}_sample.ipynb").write_bytes(saved(make(f"2026-{number:03}")))
        (folder / "roster.csv").write_text(
            "student\n" + "".join(f"2026-{number:03}\n" for number in range(len(MADE)))
        )
        mark(folder / "in", folder / "roster.csv", folder / "out")
    public.read.cache_clear()
    with (folder / "out/totals.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("number", range(len(MADE)), ids=[make.__name__ for make in MADE])
def test_an_ordinary_slip_costs_no_marks(totals, number):
    row = totals[f"2026-{number:03}"]
    assert row["points"] == ("90" if MADE[number] is not asks else row["points"])
    assert float(row["points"]) >= 85
    assert "deleted" not in row["note"] and "another student" not in row["note"]


def addresses(text):
    """The reports that a text names, as (project, number); `#2, #3` after one are of the same project."""
    found = set()
    for project, numbers in re.findall(r"([\w.-]+)(#\d+(?:(?:,| and|;)? #\d+)*)", text):
        found |= {(project.lower(), number) for number in re.findall(r"#(\d+)", numbers)}
    return found


def test_each_report_of_the_list_is_named_by_a_test():
    listed = addresses((ROOT / "docs" / "reports.md").read_text(encoding="utf-8"))
    named = addresses("\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*.py")))
    assert len(listed) > 60 and listed - {("name", "number")} - named == set()
