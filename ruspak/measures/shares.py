"""Shares, and how sure one can be of them with few cases."""

import numpy as np
import pandas as pd

from ruspak.errors import CourseError
from ruspak.measures.rows import rows


def share_pct(table: pd.DataFrame, column: str, **where) -> float:
    """The part of a column's sum that stands in the rows that fit, in percent."""
    return float(100 * rows(table, **where)[column].sum() / table[column].sum())


def interval(successes: int, cases: int, z: float = 1.96) -> list[float]:
    """Wilson's interval of a share, in percent: the lower and the upper end.

    It asks which true rates make the count plausible. `z` is 1.96 for 95 per cent. Raises ZeroDivisionError
    without cases. Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927).
    """
    share, extra = successes / cases, z**2 / cases
    spread = z * ((share * (1 - share) + extra / 4) / cases) ** 0.5
    return [float(100 * (share + extra / 2 + sign * spread) / (1 + extra)) for sign in (-1, 1)]


def split(line: pd.Series, part: pd.Series) -> tuple[pd.Series, pd.Series]:
    """A line in two: where `part`, True or False by the same index, is True, and the rest."""
    part = part.reindex(line.index)
    return line[part], line[~part]


def difference(one: pd.Series, other: pd.Series) -> list[float]:
    """The share of True in one line minus that in another, and the ends of its interval, in percentage points.

    The interval is Newcombe's, made of Wilson's two. Source: R. G. Newcombe, Interval estimation for the
    difference between independent proportions, Statistics in Medicine 17 (1998), tenth of its methods.
    """
    shares = [100 * part.mean() for part in (one, other)]
    (low, high), (other_low, other_high) = (interval(part.sum(), len(part)) for part in (one, other))
    gap = shares[0] - shares[1]
    down = ((shares[0] - low) ** 2 + (other_high - shares[1]) ** 2) ** 0.5
    up = ((high - shares[0]) ** 2 + (shares[1] - other_low) ** 2) ** 0.5
    return [float(gap), float(gap - down), float(gap + up)]


def stratified(held: pd.Series, first: pd.Series, strata: pd.Series, z: float = 1.96) -> list[float]:
    """The share of True in a first group minus that in the rest, like with like, and its interval, in percentage points.

    `held` and `first` are True or False, `strata` names the kind of each case, all by the same index. Each kind has its
    own difference; Mantel and Haenszel's weights make one number of them. A kind that only one group has tells nothing
    and is left out. Raises CourseError where no kind is in both. Source: S. Greenland and J. M. Robins, Estimation of a
    common effect parameter from sparse follow-up data, Biometrics 41 (1985), with the variance of two binomials.
    """
    counts = held.groupby([strata, first]).agg(["sum", "count"]).astype(float).unstack()
    counts = counts.dropna()
    if counts.empty or counts["count"].shape[1] < 2:
        raise CourseError(
            "stratified(): no kind has cases in both groups. Look at what `first` and `strata` hold."
        )
    cases, shares = counts["count"], counts["sum"] / counts["count"]
    weights = cases[True] * cases[False] / cases.sum(axis=1)
    weights = weights / weights.sum()
    gap = 100 * (weights * (shares[True] - shares[False])).sum()
    variance = weights**2 * (shares * (1 - shares) / cases).sum(axis=1)
    spread = 100 * z * float(variance.sum()) ** 0.5
    return [float(gap), float(gap - spread), float(gap + spread)]


def bounds(yes: int, unknown: int, cases: int) -> list[float]:
    """The lowest and the highest share that is possible, in percent, when the answer of some cases is not known.

    At the lower end none of the unknown said yes, at the upper end all did. No sampling error is in it. Raises
    ZeroDivisionError without cases. Source: C. F. Manski, Nonparametric bounds on treatment effects, American Economic
    Review 80 (1990).
    """
    return [100 * yes / cases, 100 * (yes + unknown) / cases]


def grouped_interval(yes: pd.Series, cases: pd.Series, draws: int = 2000) -> list[float]:
    """The 95 per cent bootstrap interval of a share, in percent, where cases of one group are alike.

    `yes` and `cases` are whole numbers, one a group. Whole groups are drawn again and again, always the same draws, so
    that many cases of one pair of states do not count as many witnesses. Source: A. C. Davison and D. V. Hinkley,
    Bootstrap Methods and their Application (1997).
    """
    chance = np.random.default_rng(1)
    drawn = chance.integers(0, len(cases), (draws, len(cases)))
    found = 100 * yes.to_numpy()[drawn].sum(axis=1) / cases.to_numpy()[drawn].sum(axis=1)
    return [float(end) for end in np.percentile(found, [2.5, 97.5])]
