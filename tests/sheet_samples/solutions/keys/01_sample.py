"""The key of a sample sheet, one item of each kind, on invented votes. Read it to write your own."""
import random

import pandas as pd

from ruspak.sheets.items import Item, Mistake, Sheet, Written

dice = random.Random(1947)
PARTNERS = ["BBB", "CCC", "DDD", "EEE", "FFF"]
VOTES = pd.DataFrame([[year, *dice.choices("YNA", [5, 3, 1], k=6)] for year in range(1950, 1958)
                      for call in range(year % 90)], columns=["year", "AAA", *PARTNERS])


def of(p):
    return VOTES[VOTES["year"] == p.year]


def alike(p, rows=None):
    """Share of calls, in percent, in which AAA and the partner voted the same."""
    rows = of(p) if rows is None else rows
    return (rows["AAA"] == rows[p.partner]).mean() * 100


def decided(p):
    """The calls in which neither abstained: an accepted reading of the question."""
    return of(p)[(of(p)["AAA"] != "A") & (of(p)[p.partner] != "A")]


def ranked(p, place):
    """The partner at a place by share alike, 0 the highest; None for a tie at the top, which has no clear answer."""
    shares = of(p)[PARTNERS].eq(of(p)["AAA"], axis=0).mean().sort_values(ascending=False)
    return None if shares.iloc[0] == shares.iloc[1] else shares.index[place]


def by_year(partner):
    return (VOTES["AAA"] == VOTES[partner]).groupby(VOTES["year"]).mean() * 100


def counts(p):
    return pd.DataFrame({"calls": VOTES.groupby("year").size(), "alike_pct": by_year(p.partner)}).reset_index()


sheet = Sheet(
    id="sample", notebook="01_sample",
    space={"partner": {"BBB": "Bonland", "CCC": "Cesland", "DDD": "Dunland", "EEE": "Eastland", "FFF": "Farland"},
           "year": list(range(1950, 1958))},
    default={"partner": "BBB", "year": 1952},
    prompt="partner {partner}, year {year}.",
    items=[
        Item("sample-1", objective="sample-count", points=10, kind="integer", variable="calls", uses=["year"],
             prompt="number of roll calls in {year}",
             reference=lambda p: len(of(p)),
             mistakes=[
                 Mistake(answer=lambda p: len(VOTES), feedback="These are the calls of all years. Keep {year}."),
                 Mistake(answer=lambda p: of(p).size, feedback="`.size` counts every cell. Count the rows with `len`."),
             ],
             hints=["Filter the rows of {year} first.", 'Then count them: `len(votes[votes["year"] == me.year])`.']),
        Item("sample-2", objective="sample-share", points=15, kind="number", variable="share_pct",
             uses=["partner", "year"],
             prompt="share of the calls of {year} in which AAA voted as {partner} did, in percent",
             reference=alike, tolerance=0.05,
             alternatives=[lambda p: alike(p, decided(p))],
             mistakes=[
                 Mistake(answer=lambda p: alike(p, VOTES), feedback="This is the share of all years, not of {year}."),
                 Mistake(answer=lambda p: 100 - alike(p), feedback="This is the share that differs. Compare with ==.",
                         worth=0.2),
             ],
             hints=["Compare two columns; the result is true or false for each row.",
                    "The mean of true and false is the share of true. Multiply it by 100."]),
        Item("sample-3", objective="sample-share", points=10, kind="choice", variable="closest", uses=["year"],
             options=PARTNERS, prompt="country that voted most often as AAA did in {year}",
             reference=lambda p: ranked(p, 0),
             mistakes=[
                 Mistake(answer=lambda p: ranked(p, -1),
                         feedback="This is the country that voted so least often."),
                 Mistake(answer=lambda p: ranked(p, 1),
                         feedback="This one is second. Sort the shares, largest first."),
             ],
             hints=["Work out the share for each of the five.", "`.idxmax()` gives the name of the largest."]),
        Item("sample-4", objective="sample-series", points=15, kind="series", variable="shares", uses=["partner"],
             prompt="share of calls alike with {partner}, in percent, by year",
             reference=lambda p: by_year(p.partner), tolerance=0.05,
             mistakes=[
                 Mistake(answer=lambda p: by_year(p.partner).cumsum(), feedback="You added the years up."),
                 Mistake(answer=lambda p: 100 - by_year(p.partner), feedback="These are the shares that differ.",
                         worth=0.2),
             ],
             hints=["Group the true and false values by year.", 'Take `.groupby(votes["year"]).mean() * 100`.']),
        Item("sample-5", objective="sample-table", points=15, kind="table", variable="summary", uses=["partner"],
             columns=["year", "calls", "alike_pct"], prompt="calls, and share alike with {partner}, for each year",
             reference=counts, tolerance=0.05,
             mistakes=[
                 Mistake(answer=lambda p: counts(p)[:-1], feedback="The last year is missing."),
                 Mistake(answer=lambda p: counts(p).assign(alike_pct=100 - by_year(p.partner).to_numpy()),
                         feedback="The shares are those that differ."),
             ],
             hints=["It has one row for each year.", "Build it from two grouped results and `.reset_index()`."]),
        Item("sample-6", objective="sample-count", points=10, kind="list", variable="years", uses=["partner"],
             prompt="the years, the one with most agreement with {partner} first",
             reference=lambda p: by_year(p.partner).sort_values(ascending=False, kind="stable").index,
             mistakes=[
                 Mistake(answer=lambda p: by_year(p.partner).sort_values(kind="stable").index,
                         feedback="The one with the least agreement stands first."),
                 Mistake(answer=lambda p: sorted(VOTES["year"].unique()), feedback="These are in the order of time."),
             ],
             hints=["Sort the shares.", "`ascending=False` puts the largest first; the years are the index."]),
        Item("sample-7", objective="sample-count", points=10, kind="set", variable="partners",
             prompt="all countries of the table but AAA",
             reference=lambda p: set(PARTNERS),
             mistakes=[
                 Mistake(answer=lambda p: ["AAA", *PARTNERS], feedback="AAA is not its own partner."),
                 Mistake(answer=lambda p: ["year", "AAA", *PARTNERS], feedback="The year is no country."),
             ],
             hints=["Look at `votes.columns`.", "Leave out the first two."]),
        Item("sample-8", objective="sample-text", points=5, kind="text", variable="word",
             prompt="what the letter A in a roll call stands for",
             reference=lambda p: "abstention", alternatives=[lambda p: "abstain", lambda p: "abstained"],
             mistakes=[
                 Mistake(answer=lambda p: "absent", feedback="Who is absent casts no vote; such a cell is empty."),
                 Mistake(answer=lambda p: "against", feedback="Against is N, for no."),
             ],
             hints=["There are three ways to vote.", "Neither yes nor no."]),
        Written("sample-9", objective="sample-text",
                rubric=[(4, "names a number of the sheet"), (3, "says what it counts"), (3, "names a limit of it")]),
    ],
)
