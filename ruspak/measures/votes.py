"""How alike two states vote."""

import pandas as pd

from ruspak.measures.rows import rows


def agreement(
    pairs: pd.DataFrame, one: str, other: str, share: str = "alike", scope: str = "final", **where
) -> float:
    """Percent of the roll calls of both in which they voted alike, or with share="opposed" yes against no.

    `pairs` is the table un_agreement or un_agreement_by_issue, in which a pair stands once, in any order. Where
    several rows fit (years, decades), they are pooled by their roll calls.
    """
    both = pairs[pairs["country_a"].isin([one, other]) & pairs["country_b"].isin([one, other])]
    fit = rows(both, scope=scope, **where)
    return float((fit[f"share_{share}_pct"] * fit["calls"]).sum() / fit["calls"].sum())


def opposed_pct(votes: pd.DataFrame, one: str, other: str) -> float:
    """Percent of the roll calls in which both cast a vote and one said yes, the other no.

    `votes` holds one roll call a row and one state a column, with Y, N, A or nothing, as un_votes does.
    """
    cast = votes[[one, other]].dropna()
    return float(100 * (cast[one] + cast[other]).isin(["YN", "NY"]).mean())


def positions(ideal_points: pd.DataFrame) -> pd.DataFrame:
    """Ideal points with a row a year and a column a state."""
    return ideal_points.pivot(index="year", columns="country", values="ideal_point")
