"""How far two coders agree, beyond what chance would give."""

import numpy as np
import pandas as pd


def kappa(one: pd.Series, other: pd.Series) -> float:
    """Cohen's kappa of two codings of the same cases: 1 is full agreement, 0 what chance would give.

    Both lines have a word for each case, in the same order. Raises ZeroDivisionError where both coders use
    one word only, the same. Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and
    Psychological Measurement 20 (1960).
    """
    words = sorted({*one, *other})
    shares = [[float((coded.to_numpy() == word).mean()) for word in words] for coded in (one, other)]
    by_chance = sum(left * right for left, right in zip(*shares, strict=True))
    return (float((one.to_numpy() == other.to_numpy()).mean()) - by_chance) / (1 - by_chance)


def kappa_interval(one: pd.Series, other: pd.Series, draws: int = 2000) -> list[float]:
    """The 95 per cent bootstrap interval of kappa: cases are drawn again and again, always the same draws."""
    chance = np.random.default_rng(1)
    picks = (chance.integers(0, len(one), len(one)) for _ in range(draws))
    found = [kappa(one.iloc[pick], other.iloc[pick]) for pick in picks]
    return [float(end) for end in np.percentile(found, [2.5, 97.5])]
