"""One measurement: ours against a reference, measured in turn, or ours alone against an aim."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

PLAIN_IMPORTS = "import pandas, matplotlib.pyplot, ipywidgets"
MOST = 99  # pairs; benchmarks/run.py --quick asks for one


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

    def row(self) -> str:
        """Its line of the table."""
        low, high = self.spread
        ours, reference = (short(statistics.median(values)) for values in (self.ours, self.reference))
        return (
            f"| {self.ours_is} | {self.reference_is} | **{self.ratio:.3g}** ({low:.3g}–{high:.3g}) "
            f"| {self.aim:.3g} {met(self.ratio, self.aim)} | {ours} / {reference} {self.unit} | {len(self.ours)} |\n"
        )


@dataclass(frozen=True)
class Measured:
    """Values of ours alone; `aim` is the largest wanted median, in the same unit."""

    ours_is: str
    unit: str
    ours: list[float]
    aim: float
    remark: str = ""

    def row(self) -> str:
        """Its line of the table: the median where others have a ratio."""
        median = statistics.median(self.ours)
        return (
            f"| {self.ours_is} | – | **{short(median)} {self.unit}** ({short(min(self.ours))}–{short(max(self.ours))}) "
            f"| {short(self.aim)} {self.unit} {met(median, self.aim)} | – | {len(self.ours)} |\n"
        )


def met(value: float, aim: float) -> str:
    return "met" if value <= aim else "missed"


def short(value: float) -> str:
    """Three digits of a number."""
    return f"{float(f'{value:.3g}'):g}"


def in_turn(ours: Callable, reference: Callable, rounds: int = 5) -> tuple[list, list]:
    """What both return, measured A B A B, so that a busy machine hits both alike."""
    pairs = [(ours(), reference()) for _ in range(min(rounds, MOST))]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def again(ours: Callable, rounds: int) -> list:
    """What it returns, so often."""
    return [ours() for _ in range(min(rounds, MOST))]
