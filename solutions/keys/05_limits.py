"""The key of the Limits sheet: a state to compare with, a year to look back from, and a limit to weigh."""
import functools
import itertools

import numpy as np
import pandas as pd

from ruspak import measures
from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

DEBT, CHINA, GOVERNANCE = table("debt_burden"), table("china_commitments"), table("governance")
BURDEN = DEBT.set_index(["country", "year"])
MINISTERS, LEADERS = table("prime_ministers"), table("leader_spells")
CASES = table("limit_cases").assign(year=lambda cases: cases["date"].str[:4].astype(int))
SCORES = table("limit_scores").set_index("limit")[["at_stake", "comparison", "lasting"]]
BANDS = GOVERNANCE.pivot(index=["measure", "year"], columns="country", values=["rank_low", "rank", "rank_high"])
EFFECTIVENESS = "Government effectiveness"
SINCE = {1: 2021, 2: 2019, 3: 2017, 4: 2014}  # the first year of the cases that count, by the years in office
WEIGHTS = np.array(list(itertools.product(range(4), repeat=4))[1:])
CLEAR = 1  # percentage point: a smaller difference is no ground for a verdict
EDGE = 0.9  # places of a hundred: bands that end this close together look alike when they are rounded


def of(p, column, state=None, year=None):
    """A value of the table of debts; not a number where the table has none."""
    return float(BURDEN.loc[(state or p.state, year or p.year), column])


def of_exports(p, state=None, year=None):
    """The reserves in percent of the exports of the year."""
    debt, share, exports = (of(p, column, state, year) for column in ("debt_busd", "reserves_pct", "exports_busd"))
    return debt * share / exports


def rows_of(p, state=None, first=None, last=None):
    """The rows of China's commitments to the state in the five years before the student's year."""
    years = CHINA["year"].between(first or p.year - 5, last or p.year - 1)
    return CHINA[(CHINA["country"] == (state or p.state)) & years]


def committed(p, state=None, first=None, last=None, column="total_musd", how="sum"):
    """What China committed to the state in the five years before the student's year, in billion dollars of 2021."""
    return float(getattr(rows_of(p, state, first, last)[column], how)()) / 1000


def times(p, what=committed):
    """How many times as large the Pakistani value is as that of the student's state."""
    return what(p, state="PAK") / what(p)


def times_exports(p, column="exports_busd", year=None):
    return of(p, column, "PAK", year) / of(p, column, None, year)


def by_size(p, to_state=None, **size):
    """How many times as much for its size; `to_state` is what was committed to the student's state."""
    return committed(p, "PAK") / (committed(p) if to_state is None else to_state) / times_exports(p, **size)


def years_below(p, bands=BANDS, high="rank_high", low="rank_low"):
    """For each measure the number of years in which Pakistan's band lies wholly below that of the other state."""
    return (bands[high]["PAK"] < bands[low][p.other]).groupby("measure").sum()


def years_above(p, bands=BANDS):
    return (bands["rank_low"]["PAK"] > bands["rank_high"][p.other]).groupby("measure").sum()


def years(p, last=None, first=0):
    year = BANDS.index.get_level_values("year")
    return BANDS[(year <= (last or p.year)) & (year >= first)]


def overlapping(p):
    return years(p).groupby("measure").size() - years_below(p, years(p)) - years_above(p, years(p))


@functools.cache
def known(year, kept="premiers"):
    """The spells as they were known at the end of a year: the running one is cut there, and not ended."""
    last_day = f"{year}-12-31"
    spells = MINISTERS[MINISTERS["start"] <= last_day].copy()
    spells["ended"] = spells["end"] <= last_day
    until_then = (pd.Timestamp(last_day) - pd.to_datetime(spells["start"])).dt.days
    spells["days"] = spells["days"].where(spells["ended"], until_then)
    caretaker = spells["kind"] == "caretaker"
    return {"premiers": spells[~caretaker], "caretakers": spells[caretaker], "all": spells}[kept]


@functools.cache
def curve(year=None, kept="premiers", ended="", state=None):
    """The survival curve of the ministers known at the end of a year, or of the leaders of one or more states."""
    spells = known(year, kept) if state is None else LEADERS[LEADERS["country"].isin(state.split())]
    spells = spells[spells["ended"]] if ended == "only" else spells.assign(ended=True) if ended == "all" else spells
    return measures.survival(spells)


def left(curve, days):
    """The Kaplan-Meier estimate of the share still in office after so many days, in percent."""
    return 100 * curve.asof(days)


def after(p, days=None, year=None, **choice):
    return left(curve(year or p.year, **choice), days or 365.25 * p.stay)


def abroad(p, state="IND", days=None, **choice):
    """The same for the effective leaders of a state, by default India's."""
    return left(curve(state=state, **choice), days or 365.25 * p.stay)


def counted(p, since=None, until=9999, count="nunique", upper=3):
    """In how many projects each limit was named from a year on, the student's own if none is given."""
    since = SINCE[p.stay] if since is None else since
    cases = CASES[CASES["year"].between(since, until)].groupby("limit")["project"]
    return getattr(cases, count)().reindex(SCORES.index).fillna(0).clip(upper=upper).astype(int)


def raised(p, score=None, column="comparison"):
    """The three scores, with the student's score for the student's limit."""
    scores = SCORES.copy()
    scores.loc[p.limit, column] = score or p.score
    return scores


def points(p, scores=None, **counting):
    return (raised(p) if scores is None else scores).sum(axis=1) + counted(p, **counting)


def row_of(p, value):
    """The scores with every score of the student's limit overwritten."""
    scores = SCORES.copy()
    scores.loc[p.limit] = value
    return scores


def marks(p, scores=None, total=None, **counting):
    """The four scores of each limit; where somebody has other points, the count is what is left of them."""
    scores = raised(p) if scores is None else scores
    count = counted(p, **counting) if total is None else pd.Series(total).reindex(scores.index) - scores.sum(axis=1)
    return scores.assign(named=count)


def place(p, limit=None, method="min", sign=1, how="mean", **marking):
    """The place of the limit among the six, over all sets of weights."""
    scored = marks(p, **marking)
    places = pd.DataFrame(sign * WEIGHTS @ scored.to_numpy(float).T, columns=scored.index)
    return float(getattr(places.rank(axis=1, ascending=False, method=method)[limit or p.limit], how)())


def first_pct(p):
    scored = marks(p).to_numpy(float)
    by_set = WEIGHTS @ scored.T
    return 100 * (by_set[:, SCORES.index.get_loc(p.limit)] >= by_set.max(axis=1)).mean()


def unless(right, value, near=1e-6):
    """The value, or None where it is the right one: what led there makes no difference with these parameters."""
    return None if np.allclose(right, value, rtol=0, atol=near) else value


def parts(p):
    """By how much each half of the claim holds, in clear steps: the heavier debt service, and the band wholly below."""
    band = BANDS.loc[(EFFECTIVENESS, p.year)]
    return ((of(p, "service_pct", "PAK") - of(p, "service_pct")) / CLEAR,
            (band["rank_low", p.other] - band["rank_high", "PAK"]) / EDGE)


sheet = Sheet(
    id="limits", notebook="05_limits",
    space={
        "state": {"KAZ": "Kazakhstan", "TUR": "Türkiye", "UZB": "Uzbekistan", "VNM": "Vietnam"},
        "year": list(range(2011, 2023)),
        "other": {"RUS": "Russia", "IND": "India", "CHN": "China"},
        "stay": {1: "one year", 2: "two years", 3: "three years", 4: "four years"},
        "limit": ["India", "money", "government", "China", "roads and borders"],
        "score": [2, 3],
    },
    default={"state": "TUR", "year": 2020, "other": "IND", "stay": 3, "limit": "government", "score": 3},
    prompt="debt and loans of {state}, year {year}; error bands of Pakistan and {other}; {stay} in office; a limit to "
         "weigh: {limit}, with {score} points in comparison and cases since a year that goes with {stay}.",
    items=[
        Item("limits-a1", objective="limits-error", points=4, kind="number", variable="service", uses=["state", "year"],
             tolerance=0.01,
             prompt="debt service of {state} in {year}, in percent of exports and primary income",
             reference=lambda p: of(p, "service_pct"),
             mistakes=[
                 Mistake(answer=lambda p: of(p, "service_pct", "PAK"),
                         feedback="This is Pakistan. Keep the rows whose country is me.state."),
                 *[Mistake(answer=lambda p, state=state: None if state == p.state else of(p, "service_pct", state),
                           feedback="This is another state. Keep the rows whose country is me.state.")
                   for state in sorted({*DEBT["country"]} - {"PAK", "RUS"})],
                 Mistake(answer=lambda p: None if np.isnan(of(p, "reserves_pct")) else of(p, "reserves_pct"),
                         feedback="These are the reserves in percent of debt. Take the column service_pct."),
                 Mistake(answer=lambda p: of(p, "debt_busd"),
                         feedback="This is the debt in billion dollars. Take the column service_pct."),
                 Mistake(answer=lambda p: of(p, "exports_busd"),
                         feedback="These are the exports in billion dollars. Take the column service_pct."),
                 Mistake(answer=lambda p: of(p, "service_pct", year=2024),
                         feedback="This is 2024, as in the notebook. Your year is {year}."),
                 Mistake(answer=lambda p: of(p, "service_pct", year=2010),
                         feedback="This is 2010, the first row of your state. Your year is {year}."),
                 Mistake(answer=lambda p: of(p, "service_pct", year=p.year + 1),
                         feedback="This is the year after. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: of(p, "service_pct", year=p.year - 1),
                         feedback="This is the year before. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: DEBT[DEBT["country"] == p.state]["service_pct"].mean(),
                         feedback="This is the mean of all years. Take the one of {year}."),
                 Mistake(answer=lambda p: DEBT[DEBT["year"] == p.year]["service_pct"].mean(),
                         feedback="This is the mean of all states. Take the one of {state}."),
             ],
             hints=['Keep the rows of your state: debt[debt["country"] == me.state], with no quotes around me.state.',
                    'Then .set_index("year")["service_pct"] gives one value a year. Take yours with [me.year].',
                    """Nearly all of it:
    mine = debt[debt["country"] == ...].set_index("year")
    service = mine["service_pct"][me.year]"""]),
        Item("limits-a2", objective="limits-error", points=8, kind="number", variable="of_exports",
             uses=["state", "year"], tolerance=0.03,
             prompt="reserves of {state} in {year}, in percent of its exports",
             reference=of_exports,
             mistakes=[
                 Mistake(answer=lambda p: of(p, "reserves_pct"),
                         feedback="This is the old base: percent of the debt. Work out the reserves in dollars first, "
                                  "then divide by the exports."),
                 Mistake(answer=lambda p: of(p, "debt_busd") * of(p, "reserves_pct") / 100, worth=0.5,
                         feedback="The first step is right: these are the reserves in billion dollars. Now divide by "
                                  "the exports, times 100."),
                 Mistake(answer=lambda p: of(p, "debt_busd") * of(p, "reserves_pct"),
                         feedback="Percent means of a hundred: debt times reserves_pct / 100 gives the reserves in "
                                  "dollars. Then divide by the exports."),
                 Mistake(answer=lambda p: 100 * of(p, "reserves_pct") / of(p, "exports_busd"),
                         feedback="You divided percent by dollars. First turn the percent into dollars: times the "
                                  "debt, divided by 100."),
                 Mistake(answer=lambda p: of(p, "reserves_pct") / of(p, "exports_busd"),
                         feedback="You divided percent by dollars. First turn the percent into dollars: times the "
                                  "debt, divided by 100."),
                 Mistake(answer=lambda p: 100 * of(p, "debt_busd") / of(p, "exports_busd"),
                         feedback="This is the whole debt in percent of exports. Take the reserves: a part of it, as "
                                  "reserves_pct says."),
                 Mistake(answer=lambda p: 1e4 / of_exports(p),
                         feedback="The fraction is upside down. Divide the reserves by the exports."),
                 Mistake(answer=lambda p: 1e4 * of(p, "debt_busd") / of(p, "reserves_pct") / of(p, "exports_busd"),
                         feedback="You divided the debt by the percentage. A part of it is debt times reserves_pct / "
                                  "100."),
                 Mistake(answer=lambda p: of(p, "exports_busd") * of(p, "reserves_pct") / of(p, "debt_busd"),
                         feedback="Debt and exports have changed places. The percentage is of the debt."),
                 Mistake(answer=lambda p: of(p, "exports_busd") * of(p, "reserves_pct") / 100,
                         feedback="You took the percentage of the exports. It is a percentage of the debt."),
                 Mistake(answer=lambda p: of(p, "debt_busd") * of(p, "service_pct") / of(p, "exports_busd"),
                         feedback="You took service_pct. The reserves are reserves_pct of the debt."),
                 Mistake(answer=lambda p: of_exports(p, "PAK"),
                         feedback="This is Pakistan. Keep the rows whose country is me.state."),
                 Mistake(answer=lambda p: of_exports(p, year=p.year + 1),
                         feedback="This is the year after. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: of_exports(p, year=2023),
                         feedback="This is 2023, the last year with exports. Your year is {year}."),
             ],
             hints=["Two steps. How many billion dollars are the reserves? And what percentage of the exports is that?",
                    "reserves_pct is a percentage of debt_busd. So the reserves are debt times reserves_pct / 100.",
                    """Nearly all of it, with mine, the rows of limits-a1, years in the index:
    reserves = mine["debt_busd"][me.year] * mine["reserves_pct"][me.year] / 100
    of_exports = 100 * reserves / mine[...][me.year]"""]),
        Item("limits-a3", objective="limits-announced", points=6, kind="number", variable="committed",
             uses=["state", "year"], relative=0.001,
             prompt="what China committed to {state} in the five years before {year}, in billion dollars of 2021",
             reference=committed,
             mistakes=[
                 Mistake(answer=lambda p: committed(p, "PAK"),
                         feedback="This is what was committed to Pakistan. Keep the rows whose country is me.state."),
                 Mistake(answer=lambda p: 1000 * committed(p), worth=0.5,
                         feedback="The sum is right, but in million dollars. Divide by 1000."),
                 Mistake(answer=lambda p: committed(p, column="aid_musd") or None,
                         feedback="This is only the part on terms like aid. Add up the column total_musd."),
                 Mistake(answer=lambda p: committed(p, column="other_official_musd"),
                         feedback="This is only the part on other terms than aid. Add up the column total_musd."),
                 Mistake(answer=lambda p: committed(p, last=p.year) if rows_of(p, last=p.year)["year"].max() == p.year
                         else None,
                         feedback="This has {year} in it. between keeps both ends: stop at me.year - 1."),
                 Mistake(answer=lambda p: committed(p, last=p.year - 2),
                         feedback="The last of the five years is missing. between keeps both ends: stop at "
                                  "me.year - 1."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 4),
                         feedback="Here are four years. Begin with me.year - 5: both ends count."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 6),
                         feedback="Here are six years. Begin with me.year - 5: both ends count."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 4, last=p.year)
                         if p.year in set(CHINA["year"]) else None,
                         feedback="These are five years, but one too late: from me.year - 5 to me.year - 1."),
                 Mistake(answer=lambda p: committed(p, first=p.year + 1, last=p.year + 5) or None,
                         feedback="These are the five years after. Take those before {year}."),
                 Mistake(answer=lambda p: committed(p, how="mean"),
                         feedback="This is the mean of a year. Add the years up: sum."),
                 Mistake(answer=lambda p: committed(p, first=1, last=9999),
                         feedback="These are all years of the table. Keep the five before {year}."),
                 Mistake(answer=lambda p: committed(p, first=1),
                         feedback="These are all years before {year}. Keep the last five of them."),
                 Mistake(answer=lambda p: committed(p, first=p.year, last=p.year) or None,
                         feedback="This is {year} alone. Take the five years before it."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 5, last=p.year - 5) or None,
                         feedback="This is the first of the five years alone. Take all five: between."),
                 Mistake(answer=lambda p: CHINA[CHINA["year"].between(p.year - 5, p.year - 1)]["total_musd"].sum()
                         / 1000,
                         feedback="This is the sum of all states. Keep the rows whose country is me.state."),
             ],
             hints=["Keep your state and your five years, add up total_musd, and turn millions into billions.",
                    'The years: china["year"].between(me.year - 5, me.year - 1). Put each condition into round '
                    "brackets.",
                    """Nearly all of it:
    before = china["year"].between(me.year - 5, me.year - 1)
    rows = china[(china["country"] == me.state) & before]
    committed = rows[...].sum() / 1000"""]),
        Item("limits-a4", objective="limits-compare", points=8, kind="number", variable="by_size",
             uses=["state", "year"], relative=0.002,
             prompt="China’s commitments to Pakistan over those to {state}, five years before {year}, divided by the "
                  "same ratio of exports in {year}",
             follows=["limits-a3"],
             reference=lambda p, to_state=None: by_size(p, to_state),
             mistakes=[
                 Mistake(answer=times, worth=0.25,
                         feedback="This is how many times as much was committed to Pakistan. Now divide by the same "
                                  "ratio of exports."),
                 Mistake(answer=lambda p: 1 / times(p),
                         feedback="This is how many times as much was committed to {state}. Pakistan stands on top; "
                                  "then divide by the same ratio of exports."),
                 Mistake(answer=times_exports,
                         feedback="This is the ratio of exports. It is what you divide by."),
                 Mistake(answer=lambda p: times(p) * times_exports(p),
                         feedback="You multiplied by the ratio of exports. Divide by it: that takes size out."),
                 Mistake(answer=lambda p: 1 / times(p) / times_exports(p),
                         feedback="In the first ratio {state} stands on top, in the second Pakistan. Put Pakistan on "
                                  "top in both."),
                 Mistake(answer=lambda p: 1 / by_size(p), worth=0.25,
                         feedback="The fraction is upside down. In both ratios Pakistan stands on top; then divide "
                                  "commitments by exports."),
                 Mistake(answer=lambda p: committed(p, "PAK") / times_exports(p),
                         feedback="You began with dollars. Begin with a ratio: commitments to Pakistan divided by "
                                  "commitments to your state."),
                 Mistake(answer=lambda p: committed(p) / times_exports(p),
                         feedback="You began with dollars. Begin with a ratio: commitments to Pakistan divided by "
                                  "commitments to your state."),
                 Mistake(answer=lambda p: committed(p, "PAK") / of(p, "exports_busd", "PAK"),
                         feedback="This is Pakistan’s commitments by its exports. Divide it by the same of your "
                                  "state."),
                 Mistake(answer=lambda p: committed(p) / of(p, "exports_busd"),
                         feedback="This is your state’s commitments by its exports. Divide Pakistan’s by it."),
                 Mistake(answer=lambda p: 1000 * by_size(p),
                         feedback="One of the sums is in millions, the other in billions. Divide both by 1000."),
                 Mistake(answer=lambda p: by_size(p) / 1000,
                         feedback="One of the sums is in millions, the other in billions. Divide both by 1000."),
                 Mistake(answer=lambda p: by_size(p, column="debt_busd"),
                         feedback="You took the debt as size. Take the exports: exports_busd."),
                 Mistake(answer=lambda p: by_size(p, year=2023),
                         feedback="You took the exports of 2023. Take those of {year}: me.year."),
                 Mistake(answer=lambda p: by_size(p, year=p.year - 1),
                         feedback="You took the exports of the year before. Take those of {year}: me.year."),
                 Mistake(answer=lambda p: times(p) - times_exports(p),
                         feedback="You subtracted the ratios. Divide the one by the other."),
             ],
             hints=["You need two ratios, each with Pakistan on top: of commitments, and of exports in {year}.",
                    "This is the column by_size of the notebook: times divided by times_gdp, here with exports in "
                    "place of GDP.",
                    """Nearly all of it, with before, the years of limits-a3:
    to_pakistan = china[(china["country"] == "PAK") & before]["total_musd"].sum() / 1000
    exports = debt[debt["year"] == me.year].set_index("country")["exports_busd"]
    by_size = (to_pakistan / committed) / (exports["PAK"] / ...)"""]),
        Item("limits-a5", objective="limits-error", points=10, kind="series", variable="below", uses=["other", "year"],
             prompt="for each measure, rated years up to {year} in which Pakistan’s band lies wholly below that of "
                  "{other}",
             reference=lambda p: years_below(p, years(p)),
             mistakes=[
                 Mistake(answer=years_below, worth=0.5,
                         feedback="The bands are compared rightly, but in all rated years. Keep those up to your year: "
                                  "me.year."),
                 Mistake(answer=lambda p: years_below(p, years(p, p.year - 1)), worth=0.5,
                         feedback="The bands are compared rightly, but {year} is missing. Your year counts, too: <=."),
                 Mistake(answer=lambda p: years_below(p, years(p, 9999, p.year)),
                         feedback="These are the years from {year} on. Keep those up to your year: <=."),
                 Mistake(answer=lambda p: years_below(p, years(p, p.year, p.year)),
                         feedback="This is {year} alone. Keep all years up to it: <=."),
                 Mistake(answer=lambda p: years_below(p, years(p), "rank", "rank"),
                         feedback="You compared the ranks alone. Compare the ends of the bands: rank_high of Pakistan "
                                  "with rank_low of {other}."),
                 Mistake(answer=lambda p: years_below(p, years(p), "rank_low", "rank_high"),
                         feedback="Here a small difference is enough, as bands that overlap count, too. Compare "
                                  "Pakistan’s rank_high with the rank_low of {other}."),
                 Mistake(answer=lambda p: years_below(p, years(p), "rank_high", "rank_high"),
                         feedback="You compared the upper ends of both. Compare Pakistan’s rank_high with the "
                                  "rank_low of {other}."),
                 Mistake(answer=lambda p: years_below(p, years(p), "rank_low", "rank_low"),
                         feedback="You compared the lower ends of both. Compare Pakistan’s rank_high with the "
                                  "rank_low of {other}."),
                 Mistake(answer=lambda p: years_above(p, years(p)),
                         feedback="You counted the years in which Pakistan’s band lies above. Turn it round."),
                 Mistake(answer=overlapping,
                         feedback="These are the years in which the bands overlap. Count those in which Pakistan’s "
                                  "lies below."),
                 Mistake(answer=lambda p: unless(overlapping(p), years(p).groupby("measure").size()
                                                    - years_below(p, years(p))),
                         feedback="These are the years in which Pakistan’s band does not lie below. Count the True."),
                 Mistake(answer=lambda p: unless(years_below(p, years(p)),
                                                    years_below(p, years(p)) + years_above(p, years(p))),
                         feedback="These are all years in which the bands lie apart. Count those in which Pakistan’s "
                                  "lies below."),
                 Mistake(answer=lambda p: None if p.other == "RUS"
                         else (years(p)["rank_high"]["PAK"] < years(p)["rank_low"]["RUS"]).groupby("measure").sum(),
                         feedback="This is Russia, as in the notebook. Your other state is {other}: me.other."),
                 Mistake(answer=lambda p: below[below > 0] if (below := years_below(p, years(p))).eq(0).any() else None,
                         worth=0.75,
                         feedback="The numbers are right, but measures without such a year are missing. Leave them in, "
                                  "with 0."),
                 Mistake(answer=lambda p: (years_below(p, years(p)) / years(p).groupby("measure").size() * 100)
                         .round(9),
                         feedback="These are shares. The item asks how many years."),
             ],
             hints=["Keep the years up to yours. Then do as in the notebook: pivot, compare the ends of the bands, "
                    "count.",
                    'Pakistan lies wholly below where bands["rank_high"]["PAK"] < bands["rank_low"][me.other]. The sum '
                    "of True and False is the number of True.",
                    """Nearly all of it:
    rows = governance[governance["year"] <= me.year]
    bands = rows.pivot(index=["measure", "year"], columns="country", values=["rank_low", "rank_high"])
    pakistan_below = bands["rank_high"]["PAK"] < ...
    below = pakistan_below.groupby("measure").sum()"""]),
        Item("limits-a6", objective="limits-survival", points=10, kind="number", variable="after_pct",
             uses=["year", "stay"], tolerance=0.02,
             prompt="share of prime ministers still in office after {stay}, by the survival curve, as known at the "
                  "end of {year}, in percent",
             reference=after,
             mistakes=[
                 Mistake(answer=lambda p: after(p, kept="all"),
                         feedback="The caretakers are still in. Keep the rows whose kind is not caretaker."),
                 Mistake(answer=lambda p: 0.0,
                         feedback="Nobody is left there. Either these are the caretakers alone: leave them out with !=. "
                                  "Or it is the end of the curve: keep the days up to 365.25 * me.stay first."),
                 Mistake(answer=lambda p: after(p, ended="only"),
                         feedback="The running spell is left out. Keep it: survival uses it for as long as it was "
                                  "seen."),
                 Mistake(answer=lambda p: after(p, kept="all", ended="only"),
                         feedback="The running spell is left out, and the caretakers are in. Do it the other way "
                                  "round."),
                 Mistake(answer=lambda p: after(p, ended="all"),
                         feedback="Here the running spell counts as ended. It is censored: use survival, not the share "
                                  "of long spells."),
                 Mistake(answer=lambda p: after(p, kept="all", ended="all"),
                         feedback="This is the share of all spells that lasted longer, with the caretakers and with "
                                  "the running spell as if it had ended. Leave the caretakers out, and use survival."),
                 Mistake(answer=lambda p: after(p, days=365.25 * (p.stay - 1)) if p.stay > 1 else None,
                         feedback="This is one year too early. Go to day 365.25 * me.stay."),
                 Mistake(answer=lambda p: after(p, days=365.25 * (p.stay + 1)) or None,
                         feedback="This is one year too late. Go to day 365.25 * me.stay."),
                 Mistake(answer=lambda p: after(p, days=365.25) if p.stay > 2 else None,
                         feedback="This is after one year. Go to day 365.25 * me.stay."),
                 Mistake(answer=lambda p: 100.0,
                         feedback="The index counts days, not years. Go to day 365.25 * me.stay."),
                 Mistake(answer=lambda p: 100 - after(p), worth=0.5,
                         feedback="This is the share that was gone. The curve shows who is still there."),
                 Mistake(answer=lambda p: 100 - after(p, kept="all"),
                         feedback="This is the share that was gone, with the caretakers. Leave them out, and take who "
                                  "is still there."),
                 Mistake(answer=lambda p: after(p, year=2026),
                         feedback="These are all spells of the table. Use known, the spells as they were known at the "
                                  "end of {year}."),
                 Mistake(answer=lambda p: abroad(p, "PAK"),
                         feedback="These are the effective leaders, generals too. Use known."),
             ],
             hints=['Leave the caretakers out first: known[known["kind"] != "caretaker"]. Then use survival.',
                    "survival(premiers) has the days in its index. .loc[:365.25 * me.stay] keeps the days up to then, "
                    ".iloc[-1] takes the last value.",
                    """Nearly all of it:
    premiers = known[known["kind"] != "caretaker"]
    after_pct = 100 * survival(...).loc[:365.25 * me.stay].iloc[-1]"""]),
        Item("limits-a7", objective="limits-survival", points=8, kind="number", variable="gap", uses=["year", "stay"],
             tolerance=0.02,
             prompt="share of India’s leaders still in office after {stay}, minus after_pct, in percentage points",
             follows=["limits-a6"],
             reference=lambda p, pakistan=None: abroad(p) - (after(p) if pakistan is None else pakistan),
             mistakes=[
                 Mistake(answer=lambda p: after(p) - abroad(p), worth=0.5,
                         feedback="The size is right, the sign is not: take India first, and subtract after_pct."),
                 Mistake(answer=lambda p: abroad(p), worth=0.5,
                         feedback="This is India’s value. Subtract after_pct from it."),
                 Mistake(answer=after,
                         feedback="This is after_pct. Work out the same for India, and subtract this from it."),
                 Mistake(answer=lambda p: 100 * (abroad(p) / after(p) - 1),
                         feedback="This is by how many percent India’s value is larger. The item asks for percentage "
                                  "points: subtract."),
                 Mistake(answer=lambda p: abroad(p) / after(p),
                         feedback="You divided. The item asks for percentage points: subtract."),
                 Mistake(answer=lambda p: abroad(p, "PAK") - after(p),
                         feedback="These are Pakistan’s effective leaders. Keep the rows whose country is IND."),
                 Mistake(answer=lambda p: abroad(p) - abroad(p, "PAK"),
                         feedback="You subtracted Pakistan’s effective leaders. Subtract after_pct, the prime "
                                  "ministers of limits-a6."),
                 Mistake(answer=lambda p: abroad(p, "IND PAK") - after(p),
                         feedback="Both states are in. Keep the rows whose country is IND."),
                 Mistake(answer=lambda p: abroad(p, ended="only") - after(p),
                         feedback="India’s running spell is left out. Keep it: survival uses it for as long as it was "
                                  "seen."),
                 Mistake(answer=lambda p: unless(abroad(p) - after(p), abroad(p, days=365.25 * (p.stay + 1))
                                                    - after(p)),
                         feedback="In India you went one year too far. Go to day 365.25 * me.stay in both."),
                 Mistake(answer=lambda p: unless(abroad(p) - after(p), abroad(p, days=365.25 * (p.stay - 1)) - after(p))
                         if p.stay > 1 else None,
                         feedback="In India you stopped one year too early. Go to day 365.25 * me.stay in both."),
                 Mistake(answer=lambda p: 100 - after(p),
                         feedback="The index counts days, not years. Go to day 365.25 * me.stay in India, too."),
                 Mistake(answer=lambda p: abroad(p) - 100 + after(p),
                         feedback="You subtracted the share that was gone. Subtract after_pct, who is still there."),
             ],
             hints=["Use the same two steps for another table: keep the rows of one state, then survival. Who is still "
                    "running has ended False there already.",
                    'india = leaders[leaders["country"] == "IND"]. Then as in limits-a6: survival, the days up to '
                    "365.25 * me.stay, the last value, times 100.",
                    """Nearly all of it:
    india = leaders[leaders["country"] == "IND"]
    gap = 100 * survival(...).loc[:365.25 * me.stay].iloc[-1] - after_pct"""]),
        Item("limits-a8", objective="limits-weigh", points=10, kind="series", variable="points",
             uses=["stay", "limit", "score"],
             prompt="points of each limit with equal weights, cases since your first year, and {score} points in "
                  "comparison for {limit}",
             reference=points,
             mistakes=[
                 Mistake(answer=lambda p: points(p, since=0), worth=0.5,
                         feedback="Here the cases of all years are counted. Keep those since your first year: >=."),
                 Mistake(answer=lambda p: points(p, since=SINCE[p.stay] + 1), worth=0.5,
                         feedback="The cases of your first year are missing. It counts, too: >=, not >."),
                 Mistake(answer=lambda p: points(p, since=0, until=SINCE[p.stay]),
                         feedback="These are the cases up to your first year. Keep those since then: >=."),
                 Mistake(answer=lambda p: points(p, since=0, until=SINCE[p.stay] - 1),
                         feedback="These are the cases before your first year. Keep those since then: >=."),
                 Mistake(answer=lambda p: points(p, until=SINCE[p.stay]),
                         feedback="These are the cases of your first year alone. Keep all since then: >=."),
                 Mistake(answer=lambda p: points(p, count="count"), worth=0.5,
                         feedback="You counted statements. Count different projects, with nunique()."),
                 Mistake(answer=lambda p: points(p, count="count", upper=99),
                         feedback="You counted statements, without an end. Count different projects, with nunique(), "
                                  "and end at three."),
                 Mistake(answer=lambda p: points(p, upper=99), worth=0.5,
                         feedback="A score ends at three. Add .clip(upper=3) to the count."),
                 Mistake(answer=lambda p: points(p, SCORES), worth=0.5,
                         feedback="Your limit still has the one of the table in comparison. Give it me.score first."),
                 *[Mistake(answer=answer, worth=0.5,
                           feedback="Something else was changed than comparison of your limit, or by another number. Put "
                                    '{score} in the place of that one score: marks.loc[me.limit, "comparison"] = '
                                    "me.score.")
                   for answer in [
                       lambda p: points(p, raised(p, 5 - p.score)),
                       lambda p: points(p, raised(p, 1 + p.score)),
                       lambda p: points(p, SCORES.assign(comparison=p.score)),
                       lambda p: points(p, row_of(p, p.score)),
                       lambda p: unless(points(p), points(p, raised(p, column="at_stake"))),
                       lambda p: unless(points(p), points(p, raised(p, column="lasting")))]],
                 Mistake(answer=lambda p: raised(p).sum(axis=1),
                         feedback="These are the points without the rule named. Add it as the fourth column."),
                 Mistake(answer=counted,
                         feedback="This is the rule named alone. Add the three columns of scores to it."),
                 Mistake(answer=lambda p: points(p)[counted(p) > 0], worth=0.5,
                         feedback="Limits without a case are missing. Give them nought: .reindex(scores.index)"
                                  ".fillna(0)."),
                 Mistake(answer=lambda p: marks(p).mean(axis=1), worth=0.5,
                         feedback="These are the means of the four scores. Add them up: sum."),
                 Mistake(answer=lambda p: points(p, raised(p)[["at_stake", "lasting"]]),
                         feedback="The score comparison is missing. Add up all four."),
             ],
             hints=["Put {score} in the place of the score that your limit has in comparison. Count the projects since "
                    "your first year, as the notebook does. Then add up each row.",
                    'The count: rows.groupby("limit")["project"].nunique().reindex(scores.index).fillna(0)'
                    ".clip(upper=3), where rows are the cases since your first year.",
                    """Nearly all of it:
    marks = scores.copy()
    marks.loc[me.limit, "comparison"] = me.score
    rows = cases[cases["year"] >= since]
    marks["named"] = rows.groupby("limit")["project"].nunique().reindex(...).fillna(0).clip(upper=3)
    points = marks.sum(axis=1)"""]),
        Item("limits-a9", objective="limits-weigh", points=10, kind="number", variable="mean_place",
             uses=["stay", "limit", "score"], tolerance=0.005,
             prompt="mean place of {limit} over all sets of weights, a shared place counted as the better one, with the "
                  "scores of limits-a8",
             reference=place,
             mistakes=[
                 Mistake(answer=lambda p: place(p, method="average"), worth=0.5,
                         feedback="Here a shared place counts between two places. Count it as the better one: "
                                  'rank(..., method="min").'),
                 Mistake(answer=lambda p: place(p, method="max"), worth=0.5,
                         feedback='Here a shared place counts as the worse one. Count it as the better one: '
                                  'method="min".'),
                 *[Mistake(answer=answer,
                           feedback="This is one place: the median, the best, the worst, or that at equal weights. The "
                                    "item asks for the mean over all sets: mean().")
                   for answer in [
                       lambda p: place(p, how="median"), lambda p: place(p, how="min"), lambda p: place(p, how="max"),
                       lambda p: float(marks(p).sum(axis=1).rank(ascending=False, method="min")[p.limit])]],
                 Mistake(answer=lambda p: place(p, how="sum"), worth=0.5,
                         feedback="This is the sum of the places. The item asks for the mean: mean()."),
                 Mistake(answer=lambda p: place(p, sign=-1),
                         feedback="Here the fewest points come first. Give the most points the first place: "
                                  "ascending=False."),
                 Mistake(answer=lambda p: place(p, sign=-1, method="average"),
                         feedback="Here the fewest points come first, and a shared place counts between two. You need "
                                  'ascending=False and method="min".'),
                 *[Mistake(answer=lambda p, limit=limit: unless(place(p), place(p, limit)),
                           feedback="This is another limit. Take the column of yours: me.limit.")
                   for limit in SCORES.index],
                 Mistake(answer=first_pct,
                         feedback="This is how often your limit comes first, as in the notebook. The item asks for its "
                                  "mean place."),
                 Mistake(answer=lambda p: float((WEIGHTS @ marks(p).to_numpy(float).T).mean(axis=0)[
                             SCORES.index.get_loc(p.limit)]),
                         feedback="These are the mean points. Make places of the points first: rank."),
                 Mistake(answer=lambda p: place(p, total=raised(p).sum(axis=1)),
                         feedback="The rule named is missing. Use marks, with all four columns."),
                 Mistake(answer=lambda p: place(p, scores=SCORES),
                         feedback="Here your limit has the one of the table in comparison. Use marks, the scores of "
                                  "limits-a8."),
                 Mistake(answer=lambda p: unless(place(p), place(p, since=0), 0.01),
                         feedback="Here the cases of all years are counted. Use marks, the scores of limits-a8."),
                 Mistake(answer=lambda p: unless(place(p), place(p, count="count"), 0.01),
                         feedback="Here statements are counted. Use marks, the scores of limits-a8, with projects."),
                 Mistake(answer=lambda p: unless(place(p), place(p, upper=99), 0.01),
                         feedback="Here the rule named has no end. Use marks, the scores of limits-a8, with three at "
                                  "most."),
             ],
             hints=["Do as in the notebook: points of all limits for each set of weights, then places. Then take the "
                    "mean of one column.",
                    'weights.dot(marks.T) gives the points, .rank(axis=1, ascending=False, method="min") the places.',
                    """Nearly all of it, with marks, the scores of limits-a8:
    places = weights.dot(marks.T).rank(axis=1, ascending=False, method="min")
    mean_place = places[...].mean()"""]),
        two_part_claim("limits-a10", objective="limits-weigh", points=6, uses=["state", "year", "other"], parts=parts,
                   prompt="verdict on the claim about Pakistan, {state} and {other} in {year}",
                   look="First: is Pakistan’s service_pct in {year} larger than yours? Second: is Pakistan’s "
                        "rank_high below the rank_low of {other}?",
                   hint="First half: compare service with Pakistan’s service_pct in {year}. Second half: show the two "
                        "rows of Government effectiveness, and compare Pakistan’s rank_high with the rank_low of "
                        "{other}.",
                   not_open="No evidence is missing: you have both tables.",
                   not_outdated="The claim names its year, so nothing that came later can overtake it."),
        Written("limits-b1", objective="limits-announced", rubric=[
            (3, "What was counted. 3: committed by Chinese state bodies, in dollars of 2021, and the text makes clear "
                "that this is not money paid. 2: committed, but the unit or the difference from paid is missing. "
                "0: “gave”, “paid”, “invested”, or no word for it."),
            (2, "Years. 2: every number has its years. 1: one number lacks them. 0: more lack them, or there is no "
                "number."),
            (3, "Comparison. 3: a number of Pakistan stands beside a number of the other state or a base (exports), "
                "and the text says which is larger. 2: one of the numbers or the order is missing. 0: no comparison."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause, trust or motive. "
                "1: only one of these two. 0: neither."),
        ]),
        Written("limits-b2", objective="limits-weigh", rubric=[
            (2, "Verdict. 2: outdated. 1: another verdict to which the writer's own reason leads by the rules, such as "
                "supported, because it was true on the date of the text. 0: a verdict without such a reason, or none. "
                "The lines below are marked alike for each verdict."),
            (2, "Rule. 2: says that the claim is judged as of the date of the essay, and that what came later can "
                "overtake it but not make it false. 1: only one of these two. 0: neither."),
            (3, "Evidence. 3: one fact from before the date and one from after it, each with date and publisher, and "
                "what each of them shows. 2: two such facts, but a date, a publisher or what one of them shows is "
                "missing. 1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
