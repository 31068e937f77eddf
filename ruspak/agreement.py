"""`python -m ruspak agreement`: how far our first verdicts are those of two readers who did not see them."""

import sys

import pandas as pd

from ruspak.data import table
from ruspak.data.verdicts import VERDICTS
from ruspak.measures import coders_agree, codings_by_claim

CODERS = ["ours", "a", "b"]


def report() -> str:
    """Agreement and kappa of the first codings with its interval, by article and by kind of claim, and where they differ."""
    coded = codings_by_claim(table("claims"), table("verdict_codings"))
    parts = [("All claims", coded)]
    parts += [(f"{name.capitalize()}", rows) for name, rows in coded.groupby("article")]
    parts += [(f"Kind {name}", rows) for name, rows in coded.groupby("kind")]
    pages = [f"{name}\n{coders_agree(rows, CODERS).round(2).to_string()}" for name, rows in parts]
    for coder in CODERS[1:]:
        counts = pd.crosstab(coded["ours"], coded[coder]).reindex(
            index=list(VERDICTS), columns=list(VERDICTS)
        )
        pages.append(f"Ours in rows, {coder} in columns\n{counts.fillna(0).astype(int).to_string()}")
    against = coded[coded["a"].eq(coded["b"]) & coded["a"].ne(coded["ours"])]
    pages.append(f"Both against ours\n{against[['ours', 'a', 'settled', 'claim']].to_string()}")
    return "\n\n".join(pages)


def main(arguments: list[str]) -> int:
    """Print the report. Returns the exit code: 2 for arguments, as it takes none."""
    if arguments:
        print("usage: python -m ruspak agreement", file=sys.stderr)
        return 2
    print(report())
    return 0
