"""Time to run each notebook in a fresh kernel, against kernels that import the same, with and without as many plain figures."""

from pathlib import Path

import nbformat

from benchmarks import comparison, kernels
from benchmarks.comparison import PLAIN_IMPORTS, Comparison

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
PLAIN_FIGURE = """import io
drawn, axes = matplotlib.pyplot.subplots()
axes.plot([1, 2, 3])
drawn.savefig(io.StringIO(), format="svg")
matplotlib.pyplot.close(drawn)"""
MORE = (
    "Notebooks: ours also read and show tables, make questions and write text alternatives, and a figure of ours holds more "
    "marks and words than a plain one."
)


def figures(notebook: nbformat.NotebookNode) -> int:
    """How many figures a notebook shows, by its stored outputs."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return sum("ruspak-figure" in output.get("data", {}).get("text/html", "") for output in outputs)


def of(path: Path) -> list[Comparison]:
    """A notebook against both references, in turn."""
    notebook = nbformat.read(path, as_version=4)
    count = figures(notebook)
    plain = [PLAIN_IMPORTS, *[PLAIN_FIGURE] * count]
    rounds = [
        (kernels.run(nbformat.read(path, as_version=4)), kernels.cells(plain), kernels.cells([PLAIN_IMPORTS]))
        for _ in range(min(5, comparison.MOST))
    ]
    ours, drawn, imported = ([run.seconds for run in side] for side in zip(*rounds))
    words = f"all cells of {path.stem[:2]}, {count} figures"
    return [
        Comparison(
            words,
            f"the same imports and {count} plain figures as SVG",
            "s",
            ours,
            drawn,
            aim=1.15,
            remark=MORE,
        ),
        Comparison(words, "the same imports alone", "s", ours, imported, aim=2.0, remark=MORE),
    ]


def measure() -> list[Comparison]:
    return [found for path in sorted(NOTEBOOKS.glob("*.ipynb")) for found in of(path)]
