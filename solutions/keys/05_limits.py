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
BURDEN = DEBT.set_index(["country", "year"]).to_dict("index")
MINISTERS, LEADERS = table("prime_ministers"), table("leader_spells")
CASES = table("limit_cases").assign(year=lambda cases: cases["date"].str[:4].astype(int))
SCORES = table("limit_scores").set_index("limit")[["at_stake", "comparison", "lasting"]]
BANDS = GOVERNANCE.pivot(index=["measure", "year"], columns="country", values=["rank_low", "rank", "rank_high"])
EFFECTIVENESS = "Government effectiveness"
WEIGHTS = np.array(list(itertools.product(range(4), repeat=4))[1:])
FOUR_YEARS = 1461  # days
CLEAR = 1  # percentage point: a smaller difference is no ground for a verdict
EDGE = 0.9  # places of a hundred: bands that end this close together look alike when they are rounded


def of(p, column, state=None, year=None):
    """A value of the table of debts; not a number where the table has none."""
    return float(BURDEN[state or p.state, year or p.year][column])


def of_exports(p, state=None, year=None):
    """The reserves in percent of the exports of the year."""
    debt, share, exports = (of(p, column, state, year) for column in ("debt_busd", "reserves_pct", "exports_busd"))
    return debt * share / exports


@functools.cache
def committed_to(state, first, last, column, how):
    """What China committed to the state in these years, in million dollars of 2021."""
    rows = CHINA[(CHINA["country"] == state) & CHINA["year"].between(first, last)]
    return float(getattr(rows[column], how)())


def committed(p, state=None, first=None, last=None, column="total_musd", how="sum"):
    """What China committed to the state in the five years before the student's year, in billion dollars of 2021."""
    return committed_to(state or p.state, first or p.year - 5, last or p.year - 1, column, how) / 1000


def times(p, what=committed):
    """How many times as large the Pakistani value is as that of the student's state."""
    return what(p, state="PAK") / what(p)


def times_exports(p, column="exports_busd", year=None):
    return of(p, column, "PAK", year) / of(p, column, None, year)


def by_size(p, to_state=None, span=(None, None), what="total_musd", **size):
    """How many times as much for its size; `to_state` is what was committed to the student's state."""
    own = committed(p, None, *span, column=what) if to_state is None else to_state
    return committed(p, "PAK", *span, column=what) / own / times_exports(p, **size) if own else None


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
    return left(curve(year or p.until, **choice), days or p.stay)


def abroad(p, state="IND", days=None, **choice):
    """The same for the effective leaders of a state, by default India's."""
    return left(curve(state=state, **choice), days or p.stay)


def fresh(p, since=None, until=9999):
    """The cases from a year on, the student's own if none is given."""
    return CASES[CASES["year"].between(p.since if since is None else since, until)]


@functools.cache
def counted_from(since, until, count, upper, column):
    cases = CASES[CASES["year"].between(since, until)].groupby("limit")[column]
    return getattr(cases, count)().reindex(SCORES.index).fillna(0).clip(upper=upper).astype(int)


def counted(p, since=None, until=9999, count="nunique", upper=3, column="project"):
    """In how many projects each limit was named from a year on."""
    return counted_from(p.since if since is None else since, until, count, upper, column)


@functools.cache
def with_score(limit, rule, score):
    scores = SCORES.copy()
    scores.loc[limit, rule] = score
    return scores


def changed(p, score=None, rule=None):
    """The three scores, with the student's score for the student's limit and rule."""
    return with_score(p.limit, rule or p.rule, p.score if score is None else score)


def before(p):
    """The score that the student's limit has in the student's rule."""
    return int(SCORES.loc[p.limit, p.rule])


def row_of(p, value):
    """The scores with every score of the student's limit overwritten."""
    scores = SCORES.copy()
    scores.loc[p.limit] = value
    return scores


def marks(p, scores=None, counts=None, replaced=None, **counting):
    """The four scores of each limit; `counts` and `replaced` take the place of all or some counts."""
    scores = changed(p) if scores is None else scores
    named = counted(p, **counting) if counts is None else counts
    marks = scores.assign(named=named)
    if replaced:
        marks.loc[list(replaced), "named"] = list(replaced.values())
    return marks


def table_of_marks(p, scores=None, **more):
    return marks(p, scores, **more).reset_index()


@functools.cache
def placed(limits, scores, method, sign, axis):
    """The places of limits with these scores, four each, for each set of weights."""
    points = WEIGHTS @ np.array(scores).T
    return pd.DataFrame(sign * points, columns=limits).rank(axis=axis, ascending=False, method=method)


def places(p, scored=None, method="min", sign=1, axis=1, **marking):
    """The places of the limits for each set of weights."""
    scored = marks(p, **marking) if scored is None else scored
    scores = scored[["at_stake", "comparison", "lasting", "named"]].to_numpy(float)
    return placed(tuple(scored.index), tuple(map(tuple, scores)), method, sign, axis)


def place(p, limit=None, how="mean", **more):
    """The place of the limit among the six, over all sets of weights."""
    return float(getattr(places(p, **more)[limit or p.limit], how)())


def place_by(p, scored):
    """The same by the student's own table of marks."""
    return place(p) if scored is None else place(p, scored=scored.set_index("limit"))


def first_pct(p):
    scored = marks(p).to_numpy(float)
    by_set = WEIGHTS @ scored.T
    return 100 * (by_set[:, SCORES.index.get_loc(p.limit)] >= by_set.max(axis=1)).mean()


def unless(right, value, near=1e-6):
    """The value, or None where it is the right one: what led there makes no difference with these parameters."""
    return None if np.allclose(right, value, rtol=0, atol=near) else value


@functools.cache
def curve_of_ended():
    """The curve of all spells that the table knows to have ended."""
    spells = known(2026)
    return measures.survival(spells[spells["ended"]])


def parts(p, service=None):
    """By how much each half of the claim holds, in clear steps: the heavier debt service, and the band wholly below."""
    band = BANDS.loc[(EFFECTIVENESS, p.year)]
    own = of(p, "service_pct") if service is None else service
    return ((of(p, "service_pct", "PAK") - own) / CLEAR,
            (band["rank_low", p.other] - band["rank_high", "PAK"]) / EDGE)


ANOTHER_DAY = ("In India you went to another day, or took the share that was gone. Take the last value of the curve up to day "
               "me.stay.")
BOTH_STATES = {  # a slip in the rows of limits-a3, made for Pakistan, too
    **{name: lambda p, span=span: by_size(p, span=span(p.year)) for name, span in {
        "with the year": lambda year: (year - 5, year), "without the last": lambda year: (year - 5, year - 2),
        "four years": lambda year: (year - 4, year - 1), "six years": lambda year: (year - 6, year - 1),
        "one year late": lambda year: (year - 4, year), "one year early": lambda year: (year - 6, year - 2),
        "all years": lambda year: (1, 9999), "all before": lambda year: (1, year - 1),
        "to the year": lambda year: (1, year)}.items()},
    "aid": lambda p: by_size(p, what="aid_musd"), "other terms": lambda p: by_size(p, what="other_official_musd"),
}

sheet = Sheet(
    id="limits", notebook="05_limits",
    space={
        "state": {"BGD": "Bangladesh", "KAZ": "Kazakhstan", "LKA": "Sri Lanka", "TUR": "Türkiye", "UZB": "Uzbekistan",
                  "VNM": "Vietnam"},
        "year": list(range(2010, 2022)),
        "other": {"RUS": "Russia", "IND": "India", "CHN": "China"},
        "until": [1990, 1993, 1997, 2002, 2004, 2008, 2012, 2013, 2017, 2018, 2019, 2022],
        "stay": [280, 350, 399, 500, 550],
        "limit": ["India", "sanctions", "money", "government", "China", "roads and borders"],
        "rule": ["at_stake", "comparison", "lasting"],
        "score": [0, 2, 3],
        "since": [2014, 2017, 2019, 2021],
    },
    default={"state": "TUR", "year": 2020, "other": "IND", "until": 2017, "stay": 500, "limit": "government",
             "rule": "comparison", "score": 3, "since": 2017},
    prompt="debt and loans of {state}, year {year}; error bands of Pakistan and {other}; prime ministers as known at the end "
         "of {until}, after {stay} days; a limit to weigh: {limit}, with {score} points in {rule} and cases since {since}.",
    items=[
        Item("limits-a1", objective="limits-error", points=4, kind="number", variable="service", uses=["state", "year"],
             tolerance=0.01,
             prompt="debt service of {state} in {year}, in percent of exports and primary income",
             reference=lambda p: of(p, "service_pct"),
             mistakes=[
                 Mistake(name="Pakistan", answer=lambda p: of(p, "service_pct", "PAK"),
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
                 Mistake(answer=lambda p: None if p.year == 2010 else of(p, "service_pct", year=2010),
                         feedback="This is 2010, the first row of your state. Your year is {year}."),
                 Mistake(answer=lambda p: of(p, "service_pct", year=p.year + 1),
                         feedback="This is the year after. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: None if p.year == 2010 else of(p, "service_pct", year=p.year - 1),
                         feedback="This is the year before. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: DEBT[DEBT["country"] == p.state]["service_pct"].mean(),
                         feedback="This is the mean of all years. Take the one of {year}."),
                 Mistake(answer=lambda p: DEBT[DEBT["year"] == p.year]["service_pct"].mean(),
                         feedback="This is the mean of all states. Take the one of {state}."),
                 *[Mistake(answer=lambda p, how=how: how(DEBT[DEBT["country"] == p.state]["service_pct"]),
                           feedback="This is one number for all years: a sum or a median. Take the one of {year}.")
                   for how in (pd.Series.sum, pd.Series.median)],
                 Mistake(answer=lambda p: DEBT[(DEBT["country"] == p.state) & (DEBT["year"] <= p.year)]["service_pct"].mean()
                         if p.year > 2010 else None,
                         feedback="This is the mean of the years up to {year}. Take {year} alone."),
                 Mistake(answer=lambda p: of(p, "service_pct") * of(p, "exports_busd") / 100,
                         feedback="You made billion dollars of it. The item asks for the percentage, as it stands in the table."),
                 Mistake(answer=lambda p: 100 * of(p, "debt_busd") / of(p, "exports_busd"),
                         feedback="This is the debt in percent of exports. The debt service stands in the column service_pct."),
                 Mistake(answer=lambda p: of(p, "service_pct", "PAK") - of(p, "service_pct"),
                         feedback="This is a difference to Pakistan. Here only the value of your state is asked."),
                 *[Mistake(answer=lambda p, year=year: None if abs(p.year - year) < 2 else of(p, "service_pct", year=year),
                           feedback="This is another year. Your year is {year}: me.year.")
                   for year in (2019, 2020, 2023)],
             ],
             hints=['Keep the rows of your state: debt[debt["country"] == me.state], with no quotes around me.state.',
                    'Then .set_index("year")["service_pct"] gives one value a year. Take yours with [me.year].',
                    """Nearly all of it:
    mine = debt[debt["country"] == ...].set_index("year")
    service = mine["service_pct"][me.year]"""]),
        Item("limits-a2", objective="limits-error", points=8, kind="number", variable="of_exports",
             uses=["state", "year"], tolerance=0.03,
             prompt="reserves of {state} in {year}, in percent of its exports",
             follows=["limits-a1"], carried={"Pakistan": lambda p: of_exports(p, "PAK")},
             reference=lambda p: of_exports(p),
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
                 *[Mistake(answer=lambda p, by=by: by * of(p, "reserves_pct") * of(p, "exports_busd"),
                           feedback="You took the percentage of the exports. It is a percentage of the debt.")
                   for by in (1, 1e-4)],
                 Mistake(answer=lambda p: 100 / of_exports(p),
                         feedback="The fraction is upside down. Divide the reserves by the exports."),
                 *[Mistake(answer=lambda p, by=by: by * of(p, "debt_busd") / of(p, "reserves_pct") / of(p, "exports_busd"),
                           feedback="You divided the debt by the percentage. A part of it is debt times reserves_pct / 100.")
                   for by in (1, 100)],
                 Mistake(answer=lambda p: of(p, "debt_busd") / of(p, "exports_busd"),
                         feedback="This is the whole debt divided by exports. Take the reserves, a part of the debt as reserves_pct says; "
                                  "then times 100."),
                 Mistake(answer=lambda p: of(p, "exports_busd") * of(p, "service_pct") / 100,
                         feedback="You took service_pct. The reserves are reserves_pct of the debt."),
                 *[Mistake(answer=lambda p, more=more: 100 * (res := of(p, "debt_busd") * of(p, "reserves_pct") / 100)
                           / (of(p, "exports_busd") + (of(p, "debt_busd") if more else res)),
                           feedback="You divided by a sum. Divide the reserves by the exports alone.")
                   for more in (True, False)],
                 Mistake(answer=lambda p: of(p, "debt_busd") * (100 - of(p, "reserves_pct")) / of(p, "exports_busd"),
                         feedback="This is the part of the debt that the reserves do not cover. Take the reserves."),
                 Mistake(answer=lambda p: of(p, "exports_busd") - of(p, "debt_busd") * of(p, "reserves_pct") / 100,
                         feedback="You subtracted. The item asks for percent: divide the reserves by the exports, times 100."),
                 Mistake(answer=lambda p: of_exports(p, year=p.year - 1) if p.year > 2010 else None,
                         feedback="This is the year before. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: of(p, "debt_busd") * of(p, "reserves_pct") / of(p, "exports_busd", "PAK"),
                         feedback="You divided by Pakistan’s exports. Take those of your state."),
                 # no wrong method: what is rounded so little that the tolerance covers it is right
                 Mistake(answer=lambda p: unless(of_exports(p), 100 * round(of(p, "debt_busd") * of(p, "reserves_pct") / 100)
                                                 / of(p, "exports_busd"), 0.07),
                         feedback="You rounded on the way. Leave the decimals of the reserves in."),
                 Mistake(answer=lambda p: DEBT[DEBT["country"] == p.state].eval(
                             "debt_busd * reserves_pct / exports_busd").mean(),
                         feedback="This is the mean of all years. Take the row of {year}."),
                 Mistake(answer=lambda p: 100 * of(p, "reserves_pct") / of(p, "service_pct"),
                         feedback="You divided two percentages. First turn reserves_pct into dollars: times the debt, divided by 100."),
                 Mistake(answer=lambda p: of(p, "exports_busd"),
                         feedback="These are the exports. Divide the reserves by them, times 100."),
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
                 Mistake(name="aid", answer=lambda p: committed(p, column="aid_musd") or None,
                         feedback="This is only the part on terms like aid. Add up the column total_musd."),
                 Mistake(name="other terms", answer=lambda p: committed(p, column="other_official_musd"),
                         feedback="This is only the part on other terms than aid. Add up the column total_musd."),
                 Mistake(name="with the year", answer=lambda p: committed(p, last=p.year),
                         feedback="This has {year} in it. between keeps both ends: stop at me.year - 1."),
                 Mistake(name="without the last", answer=lambda p: committed(p, last=p.year - 2),
                         feedback="The last of the five years is missing. between keeps both ends: stop at "
                                  "me.year - 1."),
                 Mistake(name="four years", answer=lambda p: committed(p, first=p.year - 4),
                         feedback="Here are four years. Begin with me.year - 5: both ends count."),
                 Mistake(name="six years", answer=lambda p: committed(p, first=p.year - 6),
                         feedback="Here are six years. Begin with me.year - 5: both ends count."),
                 Mistake(name="one year late", answer=lambda p: committed(p, first=p.year - 4, last=p.year),
                         feedback="These are five years, but one too late: from me.year - 5 to me.year - 1."),
                 Mistake(answer=lambda p: committed(p, first=p.year + 1, last=p.year + 5) or None,
                         feedback="These are the five years after. Take those before {year}."),
                 Mistake(answer=lambda p: committed(p, how="mean"),
                         feedback="This is the mean of a year. Add the years up: sum."),
                 Mistake(name="all years", answer=lambda p: committed(p, first=1, last=9999),
                         feedback="These are all years of the table. Keep the five before {year}."),
                 Mistake(name="all before", answer=lambda p: committed(p, first=1),
                         feedback="These are all years before {year}. Keep the last five of them."),
                 Mistake(answer=lambda p: committed(p, first=p.year, last=p.year) or None,
                         feedback="This is {year} alone. Take the five years before it."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 5, last=p.year - 5) or None,
                         feedback="This is the first of the five years alone. Take all five: between."),
                 Mistake(answer=lambda p: CHINA[CHINA["year"].between(p.year - 5, p.year - 1)]["total_musd"].sum()
                         / 1000,
                         feedback="This is the sum of all states. Keep the rows whose country is me.state."),
                 *[Mistake(answer=lambda p, by=by: by * committed(p),
                           feedback="The sum is right, but not in billion dollars. The table has millions: divide by 1000, once.", worth=0.5)
                   for by in (1e6, 10, 1e-3)],
                 Mistake(name="one year early", answer=lambda p: committed(p, first=p.year - 6, last=p.year - 2),
                         feedback="These are five years, but one too early: from me.year - 5 to me.year - 1."),
                 Mistake(answer=lambda p: committed(p, first=p.year, last=p.year + 5) or None,
                         feedback="These are the years after {year}. Take the five before it."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 1) or None,
                         feedback="This is the last of the five years alone. Take all five: between."),
                 Mistake(name="to the year", answer=lambda p: committed(p, first=1, last=p.year) if p.year < 2021 else None,
                         feedback="These are all years up to {year}. Keep the five before it."),
                 Mistake(answer=lambda p: committed(p, first=2003, last=2006),
                         feedback="These are the years of the example. Yours are me.year - 5 to me.year - 1."),
                 Mistake(answer=lambda p: 1000 * committed(p, "PAK"),
                         feedback="This is what was committed to Pakistan, in million dollars. Keep me.state, and divide by 1000."),
                 Mistake(answer=lambda p: CHINA[CHINA["year"].between(p.year - 5, p.year - 1)]["total_musd"].sum(),
                         feedback="This is the sum of all states, in millions. Keep the rows whose country is me.state, and "
                                  "divide by 1000."),
                 Mistake(answer=lambda p: committed(p) + sum(committed(p, column=kind) for kind in
                                                             ("aid_musd", "other_official_musd", "vague_musd")),
                         feedback="You counted the kinds and their total together. total_musd has all kinds already."),
                 Mistake(answer=lambda p: 1000 * committed(p) / 5,
                         feedback="This is the sum divided by five years, in millions. Add the years up, and divide by 1000."),
                 Mistake(answer=lambda p: committed(p, how="median"),
                         feedback="This is the median of a year. Add the years up: sum."),
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
             carried=BOTH_STATES,
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
                 Mistake(answer=lambda p: None if p.year == 2010 else by_size(p, year=p.year - 1),
                         feedback="You took the exports of the year before. Take those of {year}: me.year."),
                 Mistake(answer=lambda p: times(p) - times_exports(p),
                         feedback="You subtracted the ratios. Divide the one by the other."),
                 Mistake(answer=lambda p: 1 / times_exports(p),
                         feedback="This is the ratio of exports, turned round. Divide the ratio of commitments by Pakistan’s exports over "
                                  "yours."),
                 *[Mistake(answer=lambda p, state=state: 100 * committed(p, state) / of(p, "exports_busd", state),
                           feedback="This is one state’s commitments in percent of its exports. Divide Pakistan’s by your state’s.")
                   for state in ("PAK", None)],
                 *[Mistake(answer=answer, feedback="One state’s commitments are divided by the other’s exports here. Put Pakistan on top "
                                                   "in both ratios.")
                   for answer in (lambda p: committed(p, "PAK") / of(p, "exports_busd"),
                                  lambda p: committed(p) / of(p, "exports_busd", "PAK"))],
                 *[Mistake(answer=lambda p, by=by: by * (committed(p, "PAK") / of(p, "exports_busd", "PAK")
                                                         - committed(p) / of(p, "exports_busd")),
                           feedback="You subtracted. The item asks how many times: divide Pakistan’s by your state’s.")
                   for by in (1, 100)],
                 Mistake(answer=lambda p: (committed(p, "PAK") - committed(p)) / (of(p, "exports_busd", "PAK") - of(p, "exports_busd")),
                         feedback="You divided differences. The item asks how many times: make two ratios, and divide the one by the "
                                  "other."),
                 *[Mistake(answer=lambda p, state=state: times(p) / of(p, "exports_busd", state),
                           feedback="You divided by dollars. Divide by a ratio: Pakistan’s exports over those of your state, in brackets.")
                   for state in ("PAK", None)],
                 Mistake(answer=lambda p: times(p) / of(p, "exports_busd", "PAK") / of(p, "exports_busd"),
                         feedback="Put the ratio of exports into round brackets: a / b / c divides by both."),
                 *[Mistake(answer=lambda p, by=by: by * times(p),
                           feedback="One of the sums is in millions, the other in billions. And the ratio of exports is missing.")
                   for by in (1000, 1e-3)],
                 Mistake(answer=lambda p: times(p) / times_exports(p, "service_pct"),
                         feedback="You took the debt service as size. Take the exports: exports_busd."),
                 Mistake(answer=lambda p: times(p) / times_exports(p) * times_exports(p, "debt_busd"),
                         feedback="The debt is in as well. Take the exports alone as size."),
                 Mistake(answer=lambda p: by_size(p, year=p.year + 1),
                         feedback="You took the exports of the year after. Take those of {year}: me.year."),
                 # hidden where a year more or less is next to nothing for Pakistan, as 2007 for all who have 2012 or 2013
                 *[Mistake(answer=lambda p, span=span: None if np.isclose(committed(p, "PAK"), committed(p, "PAK", *span(p)), rtol=0.005)
                           else committed(p, "PAK", *span(p)) / committed(p) / times_exports(p) or None,
                           feedback="For Pakistan you took other years. Take the same five for both: before.")
                   for span in (lambda p: (p.year - 5, p.year), lambda p: (p.year - 4, p.year - 1), lambda p: (1, 9999),
                                lambda p: (p.year - 6, p.year - 1), lambda p: (p.year - 4, p.year))],
                 *[Mistake(answer=lambda p, span=span: by_size(p, span=span(p)),
                           feedback="You took other years for both states. Take the five before {year}: before.")
                   for span in (lambda p: (p.year - 5, p.year), lambda p: (p.year - 4, p.year - 1), lambda p: (1, 9999),
                                lambda p: (p.year - 6, p.year - 1), lambda p: (p.year - 4, p.year))],
                 *[Mistake(answer=lambda p, column=column: committed(p, "PAK", column=column) / committed(p) / times_exports(p) or None,
                           feedback="For Pakistan you took a part of the commitments alone. Add up total_musd.")
                   for column in ("aid_musd", "other_official_musd")],
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
                         feedback="Here bands that overlap count, too, or each rated year (.count() counts False as "
                                  "well). Compare Pakistan’s rank_high with the rank_low of {other}, and take .sum()."),
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
                 # hidden where Pakistan's band never lay above: two of the three states, in any year
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
                 *[Mistake(answer=lambda p, ends=ends: years_below(p, years(p), *ends),
                           feedback="One of the two is the rank, not the end of its band. Compare Pakistan’s rank_high with the rank_low "
                                    "of {other}.")
                   for ends in (("rank_high", "rank"), ("rank", "rank_low"))],
                 Mistake(answer=lambda p: (years(p)["rank"]["PAK"] > years(p)["rank"][p.other]).groupby("measure").sum(),
                         feedback="You counted the years in which Pakistan ranks higher, by the ranks alone. Compare the ends of the bands: "
                                  "rank_high of Pakistan with rank_low of {other}."),
                 *[Mistake(answer=lambda p, third=third: None if p.other == third else
                           (years(p)["rank_high"]["PAK"] < years(p)["rank_low"][third]).groupby("measure").sum(),
                           feedback="This is another state. Your other state is {other}: me.other.")
                   for third in ("IND", "CHN")],
                 *[Mistake(answer=lambda p, third=third: None if p.other == third else
                           (years(p)["rank_high"][p.other] < years(p)["rank_low"][third]).groupby("measure").sum(),
                           feedback="Pakistan is not in it. Compare Pakistan’s rank_high with the rank_low of {other}.")
                   for third in ("IND", "CHN", "RUS")],
                 Mistake(answer=lambda p: years_below(p, years(p)) / years(p).groupby("measure").size(),
                         feedback="These are shares: .mean(). The item asks how many years: .sum()."),
                 Mistake(answer=lambda p: years(p).groupby("measure").size(),
                         feedback="Here bands that overlap count, too, or each rated year (.count() counts False as "
                                  "well). Compare Pakistan’s rank_high with the rank_low of {other}, and take .sum()."),
                 Mistake(answer=lambda p: (years(p)["rank_high"]["PAK"] < years(p)["rank_low"][p.other]).groupby("year").sum(),
                         feedback='These are measures for each year. The item asks for years for each measure: groupby("measure").'),
                 Mistake(answer=lambda p: years_below(p, years(p, 9999, p.year + 1)),
                         feedback="These are the years after {year}. Keep those up to your year: <=."),
                 Mistake(answer=lambda p: (years(p)["rank_high"]["PAK"] < years(p)["rank_low"].drop(columns="PAK").min(axis=1))
                         .groupby("measure").sum(),
                         feedback="You compared with all other states at once. Compare with {other} alone: me.other."),
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
             uses=["until", "stay"], tolerance=0.02,
             prompt="share of prime ministers still in office after {stay} days, by the survival curve, as known at the "
                  "end of {until}, in percent",
             reference=after,
             mistakes=[
                 Mistake(answer=lambda p: after(p, kept="all"),
                         feedback="The caretakers are still in. Keep the rows whose kind is not caretaker."),
                 Mistake(answer=lambda p: 0.0,
                         feedback="Nobody is left there. Either these are the caretakers alone: leave them out with !=. "
                                  "Or it is the end of the curve: keep the days up to me.stay first."),
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
                 Mistake(answer=lambda p: after(p, days=FOUR_YEARS) or None,
                         feedback="This is after four years, as in the notebook. Go to day me.stay."),
                 Mistake(answer=lambda p: 100.0,
                         feedback="The index counts days, not years. Go to day me.stay."),
                 Mistake(answer=lambda p: 100 - after(p), worth=0.5,
                         feedback="This is the share that was gone. The curve shows who is still there."),
                 Mistake(answer=lambda p: 100 - after(p, kept="all"),
                         feedback="This is the share that was gone, with the caretakers. Leave them out, and take who "
                                  "is still there."),
                 Mistake(answer=lambda p: after(p, year=2026),
                         feedback="These are all spells of the table. Use known, the spells as they were known at the "
                                  "end of {until}."),
                 Mistake(answer=lambda p: abroad(p, "PAK"),
                         feedback="These are the effective leaders, generals too. Use known."),
                 *[Mistake(answer=lambda p, how=how: how(known(p.until)["days"], p.stay),
                           feedback="You counted: spells, or rows of the curve. The curve gives a share: take its last "
                                    "value up to that day, times 100.")
                   for how in (lambda days, day: float((days > day).sum()), lambda days, day: float((days < day).sum()))],
                 *[Mistake(answer=lambda p, ended=ended: 100 * (known(p.until)[known(p.until)["ended"] | (not ended)]["days"]
                                                                < p.stay).mean(),
                           feedback="You counted the short spells, and divided. The curve shows who is still there: use survival.")
                   for ended in (True, False)],
                 *[Mistake(answer=lambda p, how=how: 100 * float(getattr(curve(p.until).loc[:p.stay], how)()),
                           feedback="You took the mean or the median of the curve. Take its last value up to that day: .iloc[-1].")
                   for how in ("mean", "median")],
                 Mistake(answer=lambda p: 100 * curve(p.until).loc[p.stay:].iloc[0],
                         feedback="This is the first value after that day. Take the last one up to it: .loc[:me.stay].iloc[-1]."),
                 Mistake(answer=lambda p: float(curve(p.until).loc[:p.stay].index[-1]),
                         feedback="This is a day, from the index. Take the value of the curve there, times 100."),
                 Mistake(answer=lambda p: float(len(curve(p.until).loc[p.stay:])),
                         feedback="You counted: spells, or rows of the curve. The curve gives a share: take its last value "
                                  "up to that day, times 100."),
                 Mistake(answer=lambda p: left(curve_of_ended(), p.stay),
                         feedback="These are all spells of the table that have ended. Use known, the spells as they were known at the end "
                                  "of {until}, the running one, too."),
                 Mistake(answer=lambda p: float(known(p.until)["days"].mean()),
                         feedback="These are days. The item asks for a share: use survival."),
             ],
             hints=['Leave the caretakers out first: known[known["kind"] != "caretaker"]. Then use survival.',
                    "survival(premiers) has the days in its index. .loc[:me.stay] keeps the days up to then, "
                    ".iloc[-1] takes the last value.",
                    """Nearly all of it:
    premiers = known[known["kind"] != "caretaker"]
    after_pct = 100 * survival(...).loc[:me.stay].iloc[-1]"""]),
        Item("limits-a7", objective="limits-survival", points=8, kind="number", variable="gap", uses=["until", "stay"],
             tolerance=0.02,
             prompt="share of India’s leaders still in office after {stay} days, minus after_pct, in percentage points",
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
                 *[Mistake(answer=lambda p, days=days: abroad(p, days=days) - after(p),
                           feedback=ANOTHER_DAY)
                   for days in (FOUR_YEARS, 5 * 365.25)],
                 Mistake(answer=lambda p: 100 - after(p),
                         feedback="The index counts days, not years. Go to day me.stay in India, too."),
                 Mistake(answer=lambda p: abroad(p) - 100 + after(p),
                         feedback="You subtracted the share that was gone. Subtract after_pct, who is still there."),
                 Mistake(answer=lambda p: abroad(p) + after(p),
                         feedback="You added. By how many points is India’s value larger? Subtract after_pct."),
                 *[Mistake(answer=answer, feedback="One of the two is a part of one, the other in percent. Multiply India’s by 100, and "
                                                   "leave after_pct as it is.")
                   for answer in (lambda p: abroad(p) / 100 - after(p), lambda p: abroad(p) - after(p) / 100)],
                 Mistake(answer=lambda p: 100 * abroad(p) / after(p),
                         feedback="You divided. The item asks for percentage points: subtract."),
                 Mistake(answer=lambda p: abroad(p, "IND PAK"),
                         feedback="Both states are in, and after_pct is not subtracted. Keep the rows whose country is IND."),
                 Mistake(answer=lambda p: abroad(p, "PAK"),
                         feedback="These are Pakistan’s effective leaders. Keep the rows whose country is IND, and subtract after_pct."),
                 Mistake(answer=lambda p: abroad(p, ended="only"),
                         feedback="India’s running spell is left out. Keep it, and subtract after_pct."),
                 Mistake(answer=lambda p: 100 * curve(state="IND").iloc[-1] - after(p),
                         feedback="This is the end of India’s curve. Keep the days up to me.stay first."),
                 Mistake(answer=lambda p: 100 - abroad(p) - after(p), feedback=ANOTHER_DAY),
                 Mistake(answer=lambda p: 100 * curve(state="IND").loc[:p.stay].mean() - after(p),
                         feedback="You took the mean of India’s curve. Take its last value up to that day: .iloc[-1]."),
                 Mistake(answer=lambda p: 100 * curve(state="IND").loc[p.stay:].iloc[0] - after(p), feedback=ANOTHER_DAY),
             ],
             hints=["Use the same two steps for another table: keep the rows of one state, then survival. Who is still "
                    "running has ended False there already.",
                    'india = leaders[leaders["country"] == "IND"]. Then as in limits-a6: survival, the days up to '
                    "me.stay, the last value, times 100.",
                    """Nearly all of it:
    india = leaders[leaders["country"] == "IND"]
    gap = 100 * survival(...).loc[:me.stay].iloc[-1] - after_pct"""]),
        Item("limits-a8", objective="limits-weigh", points=10, kind="table", variable="marks",
             uses=["limit", "rule", "score", "since"], columns=["limit", "at_stake", "comparison", "lasting", "named"],
             prompt="four scores of each limit: named counts cases since {since}, and {limit} has {score} points in {rule}",
             reference=lambda p: None if p.score == before(p) else table_of_marks(p),
             mistakes=[
                 Mistake(answer=lambda p: table_of_marks(p, since=0), worth=0.5,
                         feedback="Here the cases of all years are counted. Keep those since {since}: >=."),
                 Mistake(answer=lambda p: table_of_marks(p, since=p.since + 1), worth=0.5,
                         feedback="The cases of {since} are missing. It counts, too: >=, not >."),
                 Mistake(answer=lambda p: table_of_marks(p, since=0, until=p.since),
                         feedback="These are the cases up to {since}. Keep those since then: >=."),
                 Mistake(answer=lambda p: table_of_marks(p, since=0, until=p.since - 1),
                         feedback="These are the cases before {since}. Keep those since then: >=."),
                 Mistake(answer=lambda p: table_of_marks(p, until=p.since),
                         feedback="These are the cases of {since} alone. Keep all since then: >=."),
                 Mistake(answer=lambda p: table_of_marks(p, count="count"), worth=0.5,
                         feedback="You counted statements or speakers. Count different projects: "
                                  '["project"].nunique().'),
                 *[Mistake(answer=lambda p, since=since, upper=upper: table_of_marks(
                               p, count="count", upper=upper, since=since),
                           feedback="You counted statements, of all years or without an end. Count different projects since "
                                    "{since}, and end at three.")
                   for since, upper in ((None, 99), (0, 3), (0, 99))],
                 Mistake(answer=lambda p: table_of_marks(p, upper=99), worth=0.5,
                         feedback="A score ends at three. Add .clip(upper=3) to the count."),
                 Mistake(answer=lambda p: table_of_marks(p, upper=99, since=0),
                         feedback="Here the cases of all years are counted, and without an end at three. Keep those since "
                                  "{since}, then .clip(upper=3)."),
                 Mistake(answer=lambda p: table_of_marks(p, column="said_by"), worth=0.5,
                         feedback="You counted statements or speakers. Count different projects: "
                                  '["project"].nunique().'),
                 Mistake(answer=lambda p: table_of_marks(p, SCORES), worth=0.5,
                         feedback="Your limit still has the score of the table in {rule}. Give it me.score first."),
                 *[Mistake(answer=answer, worth=0.5,
                           feedback="Something else was changed than {rule} of your limit, or by another number. Put {score} "
                                    "in the place of that one score: marks.loc[me.limit, me.rule] = me.score.")
                   for answer in [
                       *[lambda p, score=score: None if score in (p.score, before(p))
                         else table_of_marks(p, changed(p, score)) for score in range(4)],
                       lambda p: table_of_marks(p, changed(p, before(p) + p.score)) if p.score and before(p) else None,
                       lambda p: table_of_marks(p, SCORES.assign(**{p.rule: p.score})),
                       lambda p: table_of_marks(p, row_of(p, p.score)),
                       *[lambda p, rule=rule: None if rule == p.rule or SCORES[rule][p.limit] == p.score
                         else table_of_marks(p, changed(p, rule=rule)) for rule in SCORES],
                       lambda p: None if counted(p)[p.limit] == p.score
                       else table_of_marks(p, SCORES, replaced={p.limit: p.score}),
                       lambda p: None if counted(p)[p.limit] == p.score
                       else table_of_marks(p, replaced={p.limit: p.score})]],
                 Mistake(answer=lambda p: table_of_marks(p)[counted(p).to_numpy() > 0], worth=0.5,
                         feedback="Limits without a case are missing. They have 0: .reindex(scores.index).fillna(0)."),
                 Mistake(answer=lambda p: table_of_marks(p, counts=counted(p).replace(0, 1)), worth=0.5,
                         feedback="A limit without a case was given a point. It has 0: .fillna(0)."),
                 *[Mistake(answer=lambda p, count=count: table_of_marks(p, counts=count(fresh(p))),
                           feedback="This is one number for all limits. Count for each limit: groupby(\"limit\").")
                   for count in (len, lambda rows: rows["project"].nunique(),
                                 lambda rows: min(3, rows["project"].nunique()))],
                 Mistake(answer=lambda p: table_of_marks(p).set_index("limit").loc[[p.limit]].reset_index(),
                         feedback="This is your limit alone. Keep all six."),
             ],
             hints=["Start with a copy of scores. Put {score} in the place of the one score that your limit has in "
                    "{rule}. Then count the projects since {since}, as the notebook does.",
                    'The count: rows.groupby("limit")["project"].nunique().reindex(scores.index).fillna(0)'
                    ".clip(upper=3), where rows are the cases since {since}.",
                    """Nearly all of it:
    marks = scores.copy()
    marks.loc[me.limit, me.rule] = me.score
    rows = cases[cases["year"] >= me.since]
    marks["named"] = rows.groupby("limit")["project"].nunique().reindex(...).fillna(0).clip(upper=3)"""]),
        Item("limits-a9", objective="limits-weigh", points=10, kind="number", variable="mean_place",
             uses=["limit", "rule", "score", "since"], tolerance=0.005,
             prompt="mean place of {limit} over all sets of weights, a shared place counted as the better one, with the "
                  "scores of limits-a8",
             follows=["limits-a8"],
             reference=lambda p, scored=None: place_by(p, scored),
             mistakes=[
                 Mistake(answer=lambda p: place(p, method="average"), worth=0.5,
                         feedback="Here a shared place counts between two places. Count it as the better one: "
                                  'rank(..., method="min").'),
                 Mistake(answer=lambda p: place(p, method="max"), worth=0.5,
                         feedback='Shared places are counted otherwise here. A shared place counts as the better one: '
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
                 *[Mistake(answer=lambda p, limit=limit: None if limit == p.limit else place(p, limit),
                           feedback="This is another limit. Take the column of yours: me.limit.")
                   for limit in SCORES.index],
                 Mistake(answer=first_pct,
                         feedback="This is how often your limit comes first, as in the notebook. The item asks for its "
                                  "mean place."),
                 Mistake(answer=lambda p: float((WEIGHTS @ marks(p).to_numpy(float).T).mean(axis=0)[
                             SCORES.index.get_loc(p.limit)]),
                         feedback="These are the mean points. Make places of the points first: rank."),
                 Mistake(answer=lambda p: place(p, counts=0),
                         feedback="The rule named is missing. Use marks, with all four columns."),
                 Mistake(answer=lambda p: place(p, scores=SCORES),
                         feedback="Here your limit has the score of the table in {rule}. Use marks, the scores of "
                                  "limits-a8."),
                 Mistake(answer=lambda p: place(p, since=0),
                         feedback="Here the cases of all years are counted. Use marks, the scores of limits-a8."),
                 Mistake(answer=lambda p: place(p, count="count"),
                         feedback="Here statements are counted. Use marks, the scores of limits-a8, with projects."),
                 Mistake(answer=lambda p: place(p, upper=99),
                         feedback="Here the rule named has no end. Use marks, the scores of limits-a8, with three at "
                                  "most."),
                 Mistake(answer=lambda p: place(p, method="dense"), worth=0.5,
                         feedback='Shared places are counted otherwise here. A shared place counts as the better one: '
                                  'method="min".'),
                 Mistake(answer=lambda p: float(places(p)[p.limit].std()),
                         feedback="This is how far the places lie apart. The item asks for their mean: mean()."),
                 Mistake(answer=lambda p: first_pct(p) / 100,
                         feedback="This is how often your limit comes first, as in the notebook. The item asks for its mean place."),
                 Mistake(answer=lambda p: float(places(p, axis=0)[p.limit].mean()),
                         feedback="You ranked the sets of weights. Rank the six limits in each set: axis=1."),
                 Mistake(answer=lambda p: float(marks(p).loc[p.limit].mean()),
                         feedback="This is a mean of scores or points. Weigh, make places of the points, then take their "
                                  "mean."),
                 Mistake(answer=lambda p: float((WEIGHTS @ marks(p).loc[p.limit].to_numpy(float)).mean() / WEIGHTS.sum(axis=1).mean()),
                         feedback="This is a mean of scores or points. Weigh, make places of the points, then take their "
                                  "mean."),
                 Mistake(answer=lambda p: float(places(p).mean().mean()),
                         feedback="This is the mean of all limits. Take the column of yours: me.limit."),
                 Mistake(answer=lambda p: place(p, scored=SCORES.assign(named=0)),
                         feedback="These are the scores of the table. Use marks, with your limit’s score and the column named."),
                 Mistake(answer=lambda p: place(p) / 6,
                         feedback="You divided by the number of limits. The mean over all sets is enough: mean()."),
                 Mistake(answer=lambda p: 7 - place(p),
                         feedback="You counted the places from below. The most points have the first place: ascending=False."),
                 Mistake(answer=lambda p: float(marks(p).rank(ascending=False, method="min").loc[p.limit].mean()),
                         feedback="You made places of the scores. Weigh first: weights.dot(marks.T), then rank the points."),
             ],
             hints=["Do as in the notebook: points of all limits for each set of weights, then places. Then take the "
                    "mean of one column.",
                    'weights.dot(marks.T) gives the points, .rank(axis=1, ascending=False, method="min") the places.',
                    """Nearly all of it, with marks, the scores of limits-a8:
    places = weights.dot(marks.T).rank(axis=1, ascending=False, method="min")
    mean_place = places[...].mean()"""]),
        two_part_claim("limits-a10", objective="limits-weigh", points=6, uses=["state", "year", "other"], parts=parts,
                   follows=["limits-a1"],
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
