"""The gravity model: what output and distance let expect of a pair of states."""

import numpy as np
import pandas as pd

from ruspak.errors import CourseError

STEPS = 100


def expected_trade(pairs: pd.DataFrame, states: bool = False, poisson: bool = False) -> pd.Series:
    """The turnover that a gravity model expects of each pair, in million dollars, by the index of `pairs`.

    `pairs` is the table gravity_pairs. With states=False the model knows the output of both and their distance; with
    states=True it has a number of its own for each state instead of the output. It is fitted to logarithms, by least
    squares, on the pairs that traded at all; with poisson=True to the dollars themselves, where zero counts, too. Raises
    CourseError where the fit does not settle. Source: J. M. C. Santos Silva and S. Tenreyro, The Log of Gravity, Review
    of Economics and Statistics 88 (2006), who argue for the Poisson fit.
    """
    known, money = _known(pairs, states), pairs["turnover_musd"].to_numpy(float)
    if poisson:
        return pd.Series(_poisson(known, money), pairs.index)
    return pd.Series(np.exp(known @ _fitted(known, money)), pairs.index).where(money > 0)


def gravity_weights(pairs: pd.DataFrame) -> pd.Series:
    """By how many per cent trade is larger where one per cent more output (of both, multiplied) or distance stands.

    `pairs` as in expected_trade(), whose first fit this is: logarithms, least squares. Two numbers, `output` and
    `distance`.
    """
    weights = _fitted(_known(pairs, states=False), pairs["turnover_musd"].to_numpy(float))
    return pd.Series(weights[1:], ["output", "distance"])


def _known(pairs: pd.DataFrame, states: bool) -> np.ndarray:
    """The columns of a fit: one and the output of both, or a column for each state; and the distance."""
    far = np.log(pairs["distance_km"].to_numpy(float))
    if states:
        names = sorted({*pairs["state_a"], *pairs["state_b"]})
        own = [(pairs["state_a"].eq(one) | pairs["state_b"].eq(one)).to_numpy(float) for one in names]
        return np.column_stack([*own, far])
    output = np.log((pairs["gdp_a_busd"] * pairs["gdp_b_busd"]).to_numpy(float))
    return np.column_stack([np.ones(len(pairs)), output, far])


def _fitted(known: np.ndarray, money: np.ndarray) -> np.ndarray:
    traded = money > 0
    return np.linalg.lstsq(known[traded], np.log(money[traded]))[0]


def _poisson(known: np.ndarray, money: np.ndarray) -> np.ndarray:
    """The expected values of a Poisson regression: a weighted fit, repeated until they stand still."""
    mean = money + money.mean()
    for _ in range(STEPS):
        root = np.sqrt(mean)
        goal = (np.log(mean) + (money - mean) / mean) * root
        new = np.exp(known @ np.linalg.lstsq(known * root[:, None], goal)[0])
        if np.abs(np.log(new / mean)).max() < 1e-9:
            return new
        mean = new
    raise CourseError(
        f"expected_trade(): the Poisson fit does not settle in {STEPS} steps. Look for a pair that is far off."
    )
