"""A model of a pipeline's fee."""

BTU = 34.1e6  # a billion cubic metres of gas holds about 34.1 million units of a million Btu


def fee_needed(
    cost: float, rate: float, use: float, capacity: float = 12.4, years: int = 25, running: float = 0.03
) -> float:
    """The fee for carrying gas that covers a pipeline's cost, in dollars a million Btu.

    `cost` in billion dollars, paid back with interest `rate` (0.12 is 12% a year) in equal parts over `years`;
    `running` is the yearly cost of running it, as a part of `cost`; `capacity` in bcm a year, of which the part
    `use` (above 0, up to 1) flows. Not in it: taxes, inflation, the real contract. Source: own model, the
    annuity formula.
    """
    yearly = cost * rate / (1 - (1 + rate) ** -years) + running * cost
    return 1e9 * yearly / (capacity * use * BTU)
