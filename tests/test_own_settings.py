"""A learner's own settings change nothing in the course: matplotlibrc, styles, IPython profile, pandas and numpy options.

Reports of the same kind elsewhere: computationalmodelling/nbval#6, ipython/ipykernel#1158, sphinx-gallery/sphinx-gallery#1007,
pandas-dev/pandas#26006, matplotlib/matplotlib#17683, dunovank/jupyter-themes#339.
"""

import re

import nbformat
import pytest
from nbclient import NotebookClient

from course import ROOT, read

LIVE = "application/vnd.jupyter.widget-view+json"
RC = """
text.usetex: True
font.family: serif
font.size: 23
lines.linewidth: 9
lines.linestyle: --
axes.facecolor: black
axes.grid: False
axes.xmargin: 0.4
axes.labelpad: 20
axes.autolimit_mode: round_numbers
axes.formatter.use_locale: True
axes.prop_cycle: cycler('color', ['red', 'lime'])
figure.constrained_layout.use: True
figure.facecolor: pink
hatch.linewidth: 5
patch.force_edgecolor: True
path.simplify: False
path.sketch: 3, 100, 2
savefig.bbox: tight
savefig.transparent: True
savefig.dpi: 300
svg.fonttype: path
svg.hashsalt: mine
xtick.direction: in
xtick.labelsize: 30
ytick.right: True
errorbar.capsize: 9
scatter.marker: x
legend.fontsize: 3
"""
STARTUP = """
import matplotlib.pyplot as plt, numpy as np, pandas as pd, random
plt.style.use(["dark_background", "ggplot"])
plt.rcParams["axes.spines.top"] = True
for option, value in {"display.precision": 1, "display.max_columns": 2, "display.max_rows": 3, "display.min_rows": 2,
                      "display.width": 40, "display.colheader_justify": "left", "display.show_dimensions": True,
                      "display.multi_sparse": False, "display.chop_threshold": 5, "display.max_colwidth": 5,
                      "display.html.table_schema": True, "display.notebook_repr_html": False,
                      "display.float_format": "{:.0f} euro".format, "mode.string_storage": "python"}.items():
    pd.set_option(option, value)
np.set_printoptions(precision=1, suppress=True, threshold=3)
shell = get_ipython()
shell.ast_node_interactivity = "all"
shell.run_line_magic("precision", "1")
shell.display_formatter.formatters["text/plain"].pprint = False
shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, lambda frame: "mine")
show = table = claims = "mine"
"""


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """The environment of a person who has set everything; returns the kernel's folder."""
    config, profile, work = tmp_path / "matplotlib", tmp_path / "ipython/profile_default", tmp_path / "work"
    for folder in (config / "stylelib", profile / "startup", work):
        folder.mkdir(parents=True)
    (config / "matplotlibrc").write_text(RC)
    (work / "matplotlibrc").write_text(RC)
    (profile / "startup/00-mine.py").write_text(STARTUP)
    (profile / "ipython_config.py").write_text(
        "c.InteractiveShellApp.exec_PYTHONSTARTUP = True\n"
        'c.InlineBackend.rc = {"font.size": 30}\nc.PlainTextFormatter.max_width = 20\n'
    )
    (tmp_path / "python.py").write_text("import pandas as pd\npd.options.display.max_rows = 1\n")
    for name, place in {
        "MPLCONFIGDIR": config,
        "IPYTHONDIR": tmp_path / "ipython",
        "PYTHONSTARTUP": tmp_path / "python.py",
        "MATPLOTLIBRC": config / "matplotlibrc",
    }.items():
        monkeypatch.setenv(name, str(place))
    return work


def told(notebook):
    """What the cells show, by id, without what changes at every run."""
    return {
        cell.id: [
            re.sub(
                "0x[0-9a-f]+",
                "0x",
                str(sorted({**output.get("data", {}), LIVE: ""}.items())) + output.get("text", ""),
            )
            for output in cell.outputs
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


@pytest.mark.parametrize("path", ["notebooks/01_history.ipynb", "solutions/03_energy.ipynb"])
def test_a_person_who_has_set_everything_sees_the_same(hostile, path):
    stored = read(ROOT / path)
    run = nbformat.reads(nbformat.writes(stored), as_version=4)
    NotebookClient(
        run, timeout=300, coalesce_streams=True, resources={"metadata": {"path": str(hostile)}}
    ).execute()
    before, now = told(stored), told(run)
    assert [(id, before[id], now[id]) for id in before if before[id] != now[id]] == []


def test_what_a_learner_sets_in_the_notebook_holds_there(hostile):
    cells = [
        "from ruspak import figure, show, table\nimport matplotlib.pyplot as plt, pandas as pd",
        "plt.rcParams['font.size'] = 17\npd.options.display.max_rows = 7",
        "fig, ax = figure('A title', 'measure', 'source')\nprint(plt.rcParams['font.size'])",
        "fig, ax = figure('A title', 'measure', 'source')\nplt.rcParams['font.size'] = 18",
        "print(plt.rcParams['font.size'], plt.rcParams['lines.linewidth'], pd.options.display.max_rows)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(hostile)}}).execute()
    said = ["".join(output.get("text", "") for output in cell.outputs) for cell in notebook.cells]
    assert said[2] == "10.0\n" and said[4] == "18.0 9.0 7\n"
