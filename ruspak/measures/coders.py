"""How far coders agree, beyond what chance would give."""

from itertools import combinations

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
    """The 95 per cent bootstrap interval of kappa: cases are drawn again and again, always the same draws.

    Draws in which both coders use one word only, the same, have no kappa and are left out.
    """
    drawn = np.random.default_rng(1).integers(0, len(one), (draws, len(one)))
    numbers, words = pd.factorize(pd.concat([one, other]))  # comparing words takes ten times as long
    first, second = numbers[: len(one)][drawn], numbers[len(one) :][drawn]
    by_chance = sum(
        (first == word).mean(axis=1) * (second == word).mean(axis=1) for word in range(len(words))
    )
    told_apart = by_chance < 1
    same = (first == second).mean(axis=1)[told_apart]
    found = (same - by_chance[told_apart]) / (1 - by_chance[told_apart])
    return [float(end) for end in np.percentile(found, [2.5, 97.5])]


def codings_by_claim(claims: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """The claims, one a row by id, with the verdict now as `settled` and a column for each coder's first verdict.

    `claims` is the table claims, `codings` the table verdict_codings, with its nine coders. A claim that
    a coder left out is missing there.
    """
    first = codings.pivot(index="claim", columns="coder", values="verdict")
    return claims.set_index("id").rename(columns={"verdict": "settled"}).join(first)


def coders_agree(coded: pd.DataFrame, coders: list[str], draws: int = 2000) -> pd.DataFrame:
    """Each two coders, and how far they agree: a row a pair, such as "ours and a".

    `coded` has a column of words for each name in `coders`. Columns: `claims` that both judged, `same`, `same_pct`,
    `kappa` and the ends of its interval, `low` and `high`, by kappa() and kappa_interval().
    """
    found = {}
    for one, other in combinations(coders, 2):
        both = coded[[one, other]].dropna()
        same, (low, high) = both[one] == both[other], kappa_interval(both[one], both[other], draws)
        numbers = (len(both), int(same.sum()), 100 * same.mean(), kappa(both[one], both[other]), low, high)
        found[f"{one} and {other}"] = numbers
    return pd.DataFrame(found, ["claims", "same", "same_pct", "kappa", "low", "high"]).T.astype(
        {"claims": int, "same": int}
    )
