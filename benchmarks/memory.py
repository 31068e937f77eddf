"""Memory of the kernel at the end of 01, against a kernel that drew one plain figure."""

from benchmarks import kernels
from benchmarks.comparison import PLAIN_IMPORTS, Comparison, in_turn

ONE_FIGURE = f"{PLAIN_IMPORTS}\nmatplotlib.pyplot.plot([1, 2, 3])"


def measure() -> list[Comparison]:
    ours, reference = in_turn(kernels.history, lambda: kernels.cells([ONE_FIGURE]))
    return [
        Comparison(
            "memory of the kernel at the end of 01",
            "a kernel with the same imports and one plain figure",
            "MB",
            [run.megabytes for run in ours],
            [run.megabytes for run in reference],
            aim=1.35,
        )
    ]
