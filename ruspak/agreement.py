"""`python -m ruspak agreement`: how far our verdicts are those of readers who did not see them, in two rounds."""

import sys

import pandas as pd

from ruspak.data import table
from ruspak.data.verdicts import VERDICTS
from ruspak.measures import coders_agree, codings_by_claim

ROUNDS = {
    "First readers": ["ours", "a", "b"],
    "Second readers, mended rules": ["again", "c", "d"],
    "Last readers": ["last", "e", "f"],
}


def report() -> str:
    """Agreement and kappa of each round's codings with its interval, by article and by kind of claim, and where they differ."""
    coded = codings_by_claim(table("claims"), table("verdict_codings"))
    parts = [("all claims", coded)]
    parts += [(name, rows) for name, rows in coded.groupby("article")]
    parts += [(f"kind {name}", rows) for name, rows in coded.groupby("kind")]
    pages = []
    for title, (own, *readers) in ROUNDS.items():
        pages += [
            f"{title}: {name}\n{coders_agree(rows, [own, *readers]).round(2).to_string()}"
            for name, rows in parts
        ]
        for reader in readers:
            counts = pd.crosstab(coded[own], coded[reader]).reindex(
                index=list(VERDICTS), columns=list(VERDICTS)
            )
            pages.append(f"{own} in rows, {reader} in columns\n{counts.fillna(0).astype(int).to_string()}")
        one, other = readers
        against = coded[coded[one].eq(coded[other]) & coded[one].ne(coded[own])]
        pages.append(f"Both against {own}\n{against[[own, one, 'settled', 'claim']].to_string()}")
    return "\n\n".join(pages)


def main(arguments: list[str]) -> int:
    """Print the report. Returns the exit code: 2 for arguments, as it takes none."""
    if arguments:
        print("usage: python -m ruspak agreement", file=sys.stderr)
        return 2
    print(report())
    return 0
