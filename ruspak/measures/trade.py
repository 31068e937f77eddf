"""Trade beside the size of the states that trade, and beside other cases."""

import pandas as pd

from ruspak.measures.rows import values


def by_size(compared: pd.DataFrame) -> pd.Series:
    """India's trade with Russia as a multiple of Pakistan's, divided by its GDP as a multiple of Pakistan's.

    At one, both trade alike for their size. `compared` is the table russian_trade_compared, or rows of it.
    """
    trade = compared["india_musd"] / compared["pakistan_musd"]
    return trade / (compared["india_gdp_busd"] / compared["pakistan_gdp_busd"])


def growth_cases(rates: pd.DataFrame, years: int, first: int = 1992, dollars: str = "current") -> pd.Series:
    """Growth in percent a year over so many years in cases like this one, by percentile from slow to fast.

    `rates` is the table growth_base_rates: pairs of states from the year `first` on, dollars current or real.
    """
    return values(
        rates, "growth_pct_a_year", "percentile", span_years=years, first_year=first, dollars=dollars
    )
