"""Spells of time: how long they last, and how much of a time they cover."""

import pandas as pd


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
        at_risk = (spells["days"] >= day).sum()
        leaving = (spells["ended"] & (spells["days"] == day)).sum()
        left = left * (1 - leaving / at_risk)
        curve[day] = left
    return pd.Series(curve)


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
