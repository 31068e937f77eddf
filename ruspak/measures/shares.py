"""Shares, and how sure one can be of them with few cases."""

import pandas as pd

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
