"""Time to run all of 01 in a fresh kernel, against a kernel that only imports what every notebook needs."""

from benchmarks import kernels
from benchmarks.comparison import PLAIN_IMPORTS, Comparison, in_turn


def measure() -> list[Comparison]:
    ours, reference = in_turn(kernels.history, lambda: kernels.cell(PLAIN_IMPORTS))
    return [
        Comparison(
            "all cells of 01 in a fresh kernel",
            "a fresh kernel that imports pandas, pyplot and ipywidgets",
            "s",
            [run.seconds for run in ours],
            [run.seconds for run in reference],
            aim=1.5,
        )
    ]
