"""One comparison: ours against a reference, measured in turn."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

PLAIN_IMPORTS = "import pandas, matplotlib.pyplot, ipywidgets"


@dataclass(frozen=True)
class Comparison:
    """Values of ours and of the reference, of which the n-th belong together; `aim` is the largest wanted ratio."""

    ours_is: str
    reference_is: str
    unit: str
    ours: list[float]
    reference: list[float]
    aim: float
    remark: str = ""

    @property
    def ratio(self) -> float:
        """Median by median."""
        return statistics.median(self.ours) / statistics.median(self.reference)

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest ratio of two values that belong together."""
        ratios = [ours / reference for ours, reference in zip(self.ours, self.reference, strict=True)]
        return min(ratios), max(ratios)


def in_turn(ours: Callable, reference: Callable, rounds: int = 5) -> tuple[list, list]:
    """What both return, measured A B A B, so that a busy machine hits both alike."""
    pairs = [(ours(), reference()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
