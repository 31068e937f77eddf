"""From one value to another: difference, ratio, growth, and prices taken out."""

import pandas as pd


def change(line: pd.Series, first, last) -> float:
    """What a line gained from one of its entries to another, in its own unit; negative where it fell."""
    return line[last].item() - line[first].item()


def ratio(line: pd.Series, over, under) -> float:
    """One entry of a line, or the sum of several, divided by another: `ratio(exports, ["SAU", "ARE"], "Total")`.

    Raises KeyError for an entry that the line doesn't have.
    """
    above, below = (line.loc[one].sum() if isinstance(one, list) else line.loc[one] for one in (over, under))
    return float(above / below)


def change_pct(line: pd.Series, first, last) -> float:
    """Change of a line from one of its entries to another, in percent of the first."""
    return 100 * ratio(line, last, first) - 100


def growth_pct(start: float, goal: float, years: float) -> float:
    """The growth in percent a year that leads from one value to another, compounded; both in the same unit."""
    return 100 * ((goal / start) ** (1 / years) - 1)


def real(trade: pd.DataFrame, prices: pd.DataFrame, of: str = "consumer_2014_100") -> pd.Series:
    """Turnover by year in million dollars of 2014, years without one of both left out.

    `trade` is the table bilateral_trade, `prices` the table dollar_prices, `of` a column of it (2014 = 100).
    """
    by_year = trade.set_index("year")["turnover_musd"]
    return (100 * by_year / prices.set_index("year")[of]).dropna()
