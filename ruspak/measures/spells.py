"""Spells of time: how long they last, and how much of a time they cover."""

from math import erfc, exp, log

import pandas as pd

from ruspak.errors import CourseError


def counted_to(spells: pd.DataFrame, day: str) -> pd.DataFrame:
    """Spells with `start` and `end` (dates, empty while it runs), and now also with `ended` and `days`.

    A spell that still runs is counted up to the day, and stays marked as not ended.
    """
    so_far = (pd.Timestamp(day) - pd.to_datetime(spells["start"])).dt.days
    return spells.assign(ended=spells["end"].notna(), days=spells["days"].fillna(so_far))


def survival(spells: pd.DataFrame) -> pd.Series:
    """The part of all spells (0 to 1) that is left after each length at which one ended; index: days, from 0.

    `spells` has `days` and `ended`, which is False for a spell that still ran when it was last seen. Such a
    spell counts for as long as it was seen. `survival(spells).asof(365)` is the part left after a year.
    Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, Journal of the
    American Statistical Association 53 (1958).
    """
    left, curve = 1.0, {0: 1.0}
    for day in sorted(spells.loc[spells["ended"], "days"].unique()):
        at_risk, leaving = _at_risk(spells, day)
        left = left * (1 - leaving / at_risk)
        curve[day] = left
    return pd.Series(curve)


def survival_band(spells: pd.DataFrame, day: float, z: float = 1.96) -> list[float]:
    """The interval of a survival curve at one length, in per cent: the lower and the upper end.

    `spells` as in survival(), `day` the length in the same unit; `z` is 1.96 for 95 per cent. Greenwood's variance, on
    the scale log(−log) that keeps both ends between 0 and 100. Raises CourseError where the curve stands at all or
    nothing, which has no interval. Source: J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure
    Time Data (1980).
    """
    left, spread = survival(spells).asof(day), 0.0
    if not 0 < left < 1:
        raise CourseError(
            f"At {day} the part left is {left:g}: all or nothing has no interval. Take another length."
        )
    for end in spells.loc[spells["ended"] & spells["days"].le(day), "days"].unique():
        at_risk, leaving = _at_risk(spells, end)
        spread += leaving / (at_risk * (at_risk - leaving))
    step = z * spread**0.5 / log(left)
    return [float(100 * left ** exp(sign * step)) for sign in (-1, 1)]


def logrank(one: pd.DataFrame, other: pd.DataFrame) -> float:
    """How often chance alone would part two survival curves as far as these, if both had one course: a p-value, 0 to 1.

    Both as in survival(). The log-rank test, two-sided. Source: N. Mantel, Evaluation of survival data and two new
    rank order statistics arising in its consideration, Cancer Chemotherapy Reports 50 (1966).
    """
    gap = variance = 0.0
    both = pd.concat([one, other])
    for end in both.loc[both["ended"], "days"].unique():
        (at_risk, leaving), (own, own_leaving) = _at_risk(both, end), _at_risk(one, end)
        gap += own_leaving - leaving * own / at_risk
        if at_risk > 1:
            part = own / at_risk
            variance += leaving * part * (1 - part) * (at_risk - leaving) / (at_risk - 1)
    return float(erfc((gap**2 / variance / 2) ** 0.5))


def _at_risk(spells: pd.DataFrame, day: float) -> tuple[int, int]:
    """How many spells reached a length, and how many ended at it."""
    return int((spells["days"] >= day).sum()), int((spells["ended"] & (spells["days"] == day)).sum())


def covered_pct(spells: pd.DataFrame, first: str, last: str) -> float:
    """Percent of the days from `first` to `last`, both included, that lie in one spell at least.

    `spells` has `start` and `end` as dates; where the end is empty, the spell runs to `last`. A month without
    a day stands for its first day.
    """
    covered = pd.Index([])
    for start, end in zip(spells["start"], spells["end"].fillna(last)):
        covered = covered.union(pd.date_range(start, end))
    days = pd.date_range(first, last)
    return float(100 * days.isin(covered).mean())
