"""Verdicts as they were before the claims were judged again."""

import pandas as pd


def verdicts_before(claims: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """The claims with their earlier verdicts: `changes` has `id` and the verdict `old`, one row a claim."""
    old = claims["id"].map(changes.set_index("id")["old"])
    return claims.assign(verdict=old.fillna(claims["verdict"]))
