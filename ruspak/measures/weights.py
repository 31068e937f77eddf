"""Weighing by stated weights, and what other weights would say."""

import numpy as np
import pandas as pd

RULES = ["named", "at_stake", "comparison", "lasting"]


def limit_marks(scores: pd.DataFrame, cases: pd.DataFrame, comparison: dict | None = None) -> pd.DataFrame:
    """The marks (0 to 3) of each limit by four rules: a row a limit, a column a rule.

    `scores` is the table limit_scores; `named` is counted from the firm rows of the table limit_cases, three
    standing for three or more projects. `comparison` gives limits another mark by that rule: `{"India": 3}`.
    """
    marks = scores.set_index("limit")[RULES[1:]].copy()
    for limit, mark in (comparison or {}).items():
        marks.loc[limit, "comparison"] = mark
    named = cases[cases["firm"]].groupby("limit")["project"].nunique().reindex(marks.index)
    return marks.assign(named=named.fillna(0).clip(upper=3).astype(int))[RULES]


def telling(marks: pd.DataFrame) -> pd.DataFrame:
    """The marks without the rules that give every row the same mark: such a rule decides nothing, whatever its weight."""
    return marks.loc[:, marks.nunique() > 1]


def weight_grid(marks: pd.DataFrame, top: int = 3, multiples: bool = True) -> pd.DataFrame:
    """The points of each row of `marks` under every set of whole weights from 0 to `top`, all nought left out.

    A row a set of weights, a column a row of `marks`. Without `multiples` 2, 2, 2 is left out, which weighs
    like 1, 1, 1.
    """
    sets = pd.MultiIndex.from_product([range(top + 1)] * len(marks.columns), names=marks.columns)
    sets = sets.to_frame(index=False).iloc[1:]
    return (sets if multiples else sets[np.gcd.reduce(sets, axis=1) == 1]).dot(marks.T)


def first_pct(
    marks: pd.DataFrame, name: str, alone: bool = False, top: int = 3, multiples: bool = True
) -> float:
    """Percent of the sets of weights with which `name` has the most points, with others or (`alone`) without."""
    places = weight_grid(marks, top, multiples).rank(
        axis=1, ascending=False, method="max" if alone else "min"
    )
    return float(100 * places[name].eq(1).mean())
