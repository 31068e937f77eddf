"""Forecasts and their scores."""

import pandas as pd

HABIT = {"regular": 0.9, "promised before": 0.1, "new": 0.5}


def brier(probability, outcome):
    """The Brier score of a forecast: 0 for sure and right, 1 for sure and wrong; a number, or a line of them.

    `probability` is from 0 to 1, `outcome` 1 where it came and 0 where not. Source: G. W. Brier, Verification
    of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).
    """
    return (probability - outcome) ** 2


def by_habit(questions: pd.DataFrame) -> pd.Series:
    """What the rule of habit says to each question: 0.9 to the regular, 0.1 to what was promised before."""
    return questions["habit"].map(HABIT)
