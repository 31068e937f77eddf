"""The key of the Limits sheet: a state to compare with, a year to look back from, and a limit to weigh."""
import pandas as pd

from ruspak import measures
from ruspak.data import table
from ruspak.sheets.halves import two_halves
from ruspak.sheets.items import Item, Mistake, Sheet, Written

DEBT, CHINA, GOVERNANCE = table("debt_burden"), table("china_commitments"), table("governance")
BURDEN = DEBT.set_index(["country", "year"])
MINISTERS = table("prime_ministers")
CASES = table("limit_cases").assign(year=lambda cases: cases["date"].str[:4].astype(int))
SCORES = table("limit_scores").set_index("limit")[["at_stake", "comparison", "lasting"]]
BANDS = GOVERNANCE.pivot(index=["measure", "year"], columns="country", values=["rank_low", "rank", "rank_high"])
EFFECTIVENESS = "Government effectiveness"
CLEAR = 0.2  # percentage points: a smaller difference is no ground for a verdict
EDGE = 0.1  # bands that end this close together look alike when they are rounded


def of(p, column, state=None, year=None):
    """A value of the table of debts; not a number where the table has none."""
    return float(BURDEN.loc[(state or p.state, year or p.year), column])


def of_exports(p, state=None):
    """The reserves in percent of the exports of the year."""
    debt, reserves, exports = (of(p, column, state) for column in ("debt_busd", "reserves_pct", "exports_busd"))
    return debt * reserves / exports


def committed(p, state=None, first=None, last=None, column="total_musd"):
    """What China committed to the state in the five years before the student's year, in billion dollars of 2021."""
    years = CHINA["year"].between(first or p.year - 5, last or p.year - 1)
    return CHINA.loc[(CHINA["country"] == (state or p.state)) & years, column].sum() / 1000


def times(p, what=committed):
    """How many times as large the Pakistani value is as that of the student's state."""
    return what(p, state="PAK") / what(p)


def times_exports(p):
    return of(p, "exports_busd", "PAK") / of(p, "exports_busd")


def years_below(p, bands=BANDS, low="rank_low", high="rank_high"):
    """For each measure the number of years in which Pakistan's band lies wholly below that of the other state."""
    return (bands[high]["PAK"] < bands[low][p.other]).groupby("measure").sum()


def up_to(p):
    return BANDS[BANDS.index.get_level_values("year") <= p.year]


def overlapping(p):
    above = (up_to(p)["rank_low"]["PAK"] > up_to(p)["rank_high"][p.other]).groupby("measure").sum()
    return up_to(p).groupby("measure").size() - years_below(p, up_to(p)) - above


def known(p, caretakers=False):
    """The spells as they were known at the end of the student's year: the running one is cut there, and not ended."""
    last_day = f"{p.year}-12-31"
    spells = MINISTERS[(MINISTERS["start"] <= last_day) & (caretakers | (MINISTERS["kind"] != "caretaker"))].copy()
    spells["ended"] = spells["end"] <= last_day
    until_then = (pd.Timestamp(last_day) - pd.to_datetime(spells["start"])).dt.days
    spells["days"] = spells["days"].where(spells["ended"], until_then)
    return spells


def left_after(p, spells, stay=None):
    """The Kaplan-Meier estimate of the share still in office after the student's number of years, in percent."""
    return 100 * measures.survival(spells).asof(365.25 * (stay or p.stay))


def ended_only(p):
    return left_after(p, (spells := known(p))[spells["ended"]])


def all_ended(p):
    return left_after(p, known(p).assign(ended=True))


def unless_same(value, *others):
    """The value, or None where one of the others is the same, so that nobody could tell the mistake from it."""
    return None if any(abs(value - other) < 1e-9 for other in others) else value


def named(p, before=None, count="nunique", upper=3):
    """In how many projects each limit was named up to a year, the student's own if none is given."""
    cases = CASES[CASES["year"] <= (before or p.year)].groupby("limit")["project"]
    return getattr(cases, count)().reindex(SCORES.index).fillna(0).clip(upper=upper).astype(int)


def marks(p, **counting):
    """The four scores of each limit, with three for the student's limit in comparison."""
    scores = SCORES.copy()
    scores.loc[p.limit, "comparison"] = 3
    return scores.assign(named=named(p, **counting))


def points(p, **counting):
    return marks(p, **counting).sum(axis=1)


def points_unless_same(p, **counting):
    return None if points(p, **counting).equals(points(p)) else points(p, **counting)


def first_pct(p, limit=None, alone=False, **counting):
    """The share of all sets of weights in which the limit comes first, in percent."""
    return measures.first_pct(marks(p, **counting), limit or p.limit, alone=alone)


def halves(p):
    """By how much each half of the claim holds, in clear steps: the heavier debt service, and the band wholly below."""
    band = BANDS.loc[(EFFECTIVENESS, p.year)]
    return ((of(p, "service_pct", "PAK") - of(p, "service_pct")) / CLEAR,
            (band["rank_low", p.other] - band["rank_high", "PAK"]) / EDGE)


sheet = Sheet(
    id="limits", notebook="05_limits",
    space={
        "state": {"BGD": "Bangladesh", "KAZ": "Kazakhstan", "LKA": "Sri Lanka", "TUR": "Türkiye", "UZB": "Uzbekistan",
                  "VNM": "Vietnam"},
        "year": [2013, 2014, 2016, 2018, 2020, 2022],
        "other": {"RUS": "Russia", "IND": "India", "CHN": "China"},
        "stay": [2, 3, 4],
        "limit": ["India", "money", "government", "China", "roads and borders"],
    },
    default={"state": "TUR", "year": 2020, "other": "IND", "stay": 3, "limit": "government"},
    says="debt and loans of {state}, year {year}; error bands of Pakistan and {other}; {stay} years in office; "
         "a limit to weigh: {limit}.",
    items=[
        Item("limits-a1", objective="limits-error", points=4, kind="number", variable="service", uses=["state", "year"],
             tolerance=0.01,
             says="debt service of {state} in {year}, in percent of exports and primary income",
             reference=lambda p: of(p, "service_pct"),
             mistakes=[
                 Mistake(answer=lambda p: of(p, "service_pct", "PAK"),
                         feedback="This is Pakistan. Keep the rows whose country is me.state."),
                 Mistake(answer=lambda p: of(p, "reserves_pct"),
                         feedback="These are the reserves in percent of debt. Take the column service_pct."),
                 Mistake(answer=lambda p: of(p, "debt_busd"),
                         feedback="This is the debt in billion dollars. Take the column service_pct."),
                 Mistake(answer=lambda p: of(p, "service_pct", year=2024),
                         feedback="This is 2024, as in the notebook. Your year is {year}."),
             ],
             hints=['Keep the rows of your state: debt[debt["country"] == me.state], with no quotes around me.state.',
                    'Then .set_index("year")["service_pct"] gives one value a year. Take yours with [me.year].',
                    """Nearly all of it:
    mine = debt[debt["country"] == ...].set_index("year")
    service = mine["service_pct"][me.year]"""]),
        Item("limits-a2", objective="limits-error", points=8, kind="number", variable="of_exports",
             uses=["state", "year"], tolerance=0.06,
             says="reserves of {state} in {year}, in percent of its exports",
             reference=of_exports,
             mistakes=[
                 Mistake(answer=lambda p: of(p, "reserves_pct"),
                         feedback="This is the old base: percent of the debt. Work out the reserves in dollars first, "
                                  "then divide by the exports."),
                 Mistake(answer=lambda p: of(p, "debt_busd") * of(p, "reserves_pct") / 100,
                         feedback="These are the reserves in billion dollars. Now divide by the exports, times 100."),
                 Mistake(answer=lambda p: 100 * of(p, "reserves_pct") / of(p, "exports_busd"),
                         feedback="You divided percent by dollars. First turn the percent into dollars: times the "
                                  "debt, divided by 100."),
                 Mistake(answer=lambda p: 100 * of(p, "debt_busd") / of(p, "exports_busd"),
                         feedback="This is the whole debt in percent of exports. Take the reserves: a part of it, as "
                                  "reserves_pct says."),
                 Mistake(answer=lambda p: 1e4 / of_exports(p),
                         feedback="The fraction is upside down. Divide the reserves by the exports."),
                 Mistake(answer=lambda p: of_exports(p, "PAK"),
                         feedback="This is Pakistan. Keep the rows whose country is me.state."),
             ],
             hints=["Two steps. How many billion dollars are the reserves? And what percentage of the exports is that?",
                    "reserves_pct is a percentage of debt_busd. So the reserves are debt times reserves_pct / 100.",
                    """Nearly all of it, with mine, the rows of limits-a1, years in the index:
    reserves = mine["debt_busd"][me.year] * mine["reserves_pct"][me.year] / 100
    of_exports = 100 * reserves / mine[...][me.year]"""]),
        Item("limits-a3", objective="limits-announced", points=6, kind="number", variable="committed",
             uses=["state", "year"], relative=0.001,
             says="what China committed to {state} in the five years before {year}, in billion dollars of 2021",
             reference=committed,
             mistakes=[
                 Mistake(answer=lambda p: committed(p, "PAK"),
                         feedback="This is what was committed to Pakistan. Keep the rows whose country is me.state."),
                 Mistake(answer=lambda p: 1000 * committed(p),
                         feedback="This is in million dollars. Divide by 1000."),
                 Mistake(answer=lambda p: committed(p, column="aid_musd") or None,
                         feedback="This is only the part on terms like aid. Add up the column total_musd."),
                 Mistake(answer=lambda p: unless_same(committed(p, last=p.year), committed(p)),
                         feedback="This has {year} in it. between keeps both ends: stop at me.year - 1."),
                 Mistake(answer=lambda p: unless_same(committed(p, first=p.year - 4), committed(p)),
                         feedback="Here are four years. Begin with me.year - 5: both ends count."),
                 Mistake(answer=lambda p: committed(p, first=p.year - 4, last=p.year)
                         if p.year in set(CHINA["year"]) else None,
                         feedback="These are five years, but one too late: from me.year - 5 to me.year - 1."),
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
             says="China’s commitments to Pakistan over those to {state}, five years before {year}, divided by the "
                  "same ratio of exports in {year}",
             reference=lambda p: times(p) / times_exports(p),
             mistakes=[
                 Mistake(answer=times,
                         feedback="This is how many times as much was committed to Pakistan. Now divide by the same "
                                  "ratio of exports."),
                 Mistake(answer=times_exports,
                         feedback="This is the ratio of exports. It is what you divide by."),
                 Mistake(answer=lambda p: times(p) * times_exports(p),
                         feedback="You multiplied by the ratio of exports. Divide by it: that takes size out."),
                 Mistake(answer=lambda p: times_exports(p) / times(p),
                         feedback="The fraction is upside down. In both ratios Pakistan stands on top; then divide "
                                  "commitments by exports."),
                 Mistake(answer=lambda p: committed(p, "PAK") / times_exports(p),
                         feedback="You began with dollars. Begin with a ratio: commitments to Pakistan divided by "
                                  "commitments to your state."),
             ],
             hints=["You need two ratios, each with Pakistan on top: of commitments, and of exports in {year}.",
                    "This is the column by_size of the notebook: times divided by times_gdp, here with exports in "
                    "place of GDP.",
                    """Nearly all of it, with before, the years of limits-a3:
    to_pakistan = china[(china["country"] == "PAK") & before]["total_musd"].sum() / 1000
    exports = debt[debt["year"] == me.year].set_index("country")["exports_busd"]
    by_size = (to_pakistan / committed) / (exports["PAK"] / ...)"""]),
        Item("limits-a5", objective="limits-error", points=10, kind="series", variable="below", uses=["other", "year"],
             says="for each measure, rated years up to {year} in which Pakistan’s band lies wholly below that of "
                  "{other}",
             reference=lambda p: years_below(p, up_to(p)),
             mistakes=[
                 Mistake(answer=years_below,
                         feedback="These are all rated years. Keep those up to your year: me.year."),
                 Mistake(answer=lambda p: years_below(p, up_to(p), "rank", "rank"),
                         feedback="You compared the ranks alone. Compare the ends of the bands: rank_high of Pakistan "
                                  "with rank_low of {other}."),
                 Mistake(answer=lambda p: years_below(p, up_to(p), "rank_high", "rank_low"),
                         feedback="Here a small difference is enough, as bands that overlap count, too. Compare "
                                  "Pakistan’s rank_high with the rank_low of {other}."),
                 Mistake(answer=lambda p: (up_to(p)["rank_low"]["PAK"] > up_to(p)["rank_high"][p.other])
                         .groupby("measure").sum(),
                         feedback="You counted the years in which Pakistan’s band lies above. Turn it round."),
                 Mistake(answer=overlapping,
                         feedback="These are the years in which the bands overlap. Count those in which Pakistan’s "
                                  "lies below."),
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
             says="share of prime ministers still in office after {stay} years, by the survival curve, as known at the "
                  "end of {year}, in percent",
             reference=lambda p: left_after(p, known(p)),
             mistakes=[
                 Mistake(answer=lambda p: left_after(p, known(p, caretakers=True)),
                         feedback="The caretakers are still in. Keep the rows whose kind is not caretaker."),
                 Mistake(answer=ended_only,
                         feedback="The running spell is left out. Keep it: survival uses it for as long as it was "
                                  "seen."),
                 Mistake(answer=lambda p: unless_same(all_ended(p), left_after(p, known(p))),
                         feedback="Here the running spell counts as ended. It is censored: use survival, not the share "
                                  "of long spells."),
                 Mistake(answer=lambda p: left_after(p, known(p), p.stay - 1),
                         feedback="This is one year too early. Go to day 365.25 * me.stay."),
                 Mistake(answer=lambda p: left_after(p, known(p), p.stay + 1) or None,
                         feedback="This is one year too late. Go to day 365.25 * me.stay."),
                 Mistake(answer=lambda p: 100 - left_after(p, known(p)),
                         feedback="This is the share that was gone. The curve shows who is still there."),
             ],
             hints=['Leave the caretakers out first: known[known["kind"] != "caretaker"]. Then use survival.',
                    "survival(premiers) has the days in its index. .loc[:365.25 * me.stay] keeps the days up to then, "
                    ".iloc[-1] takes the last value.",
                    """Nearly all of it:
    premiers = known[known["kind"] != "caretaker"]
    after_pct = 100 * survival(...).loc[:365.25 * me.stay].iloc[-1]"""]),
        Item("limits-a7", objective="limits-survival", points=8, kind="number", variable="gain", uses=["year", "stay"],
             tolerance=0.02,
             says="after_pct minus the same value without the running spell, in percentage points",
             reference=lambda p: left_after(p, known(p)) - ended_only(p),
             mistakes=[
                 Mistake(answer=lambda p: ended_only(p) - left_after(p, known(p)), worth=0.5,
                         feedback="The size is right, the sign is not: take after_pct first."),
                 Mistake(answer=ended_only,
                         feedback="This is the value without the running spell. Subtract it from after_pct."),
                 Mistake(answer=lambda p: left_after(p, known(p)) - all_ended(p),
                         feedback="You compared with a curve in which the running spell ends. Leave it out: keep the "
                                  "rows where ended is True."),
                 Mistake(answer=lambda p: left_after(p, known(p))
                         - left_after(p, (spells := known(p, caretakers=True))[spells["ended"]]),
                         feedback="The caretakers came back in. Begin with the rows of limits-a6, then leave the "
                                  "running spell out."),
             ],
             hints=["Work out the same value once more, with the spells that had ended only. Then subtract it.",
                    'premiers[premiers["ended"]] keeps the rows where ended is True.',
                    """Nearly all of it, with premiers, the rows of limits-a6:
    complete = premiers[premiers["ended"]]
    without = 100 * survival(complete).loc[:365.25 * me.stay].iloc[-1]
    gain = after_pct - ..."""]),
        Item("limits-a8", objective="limits-weigh", points=10, kind="series", variable="points",
             uses=["year", "limit"],
             says="points of each limit with equal weights, named up to {year}, and a three in comparison for {limit}",
             reference=points,
             mistakes=[
                 Mistake(answer=lambda p: points(p, before=2026),
                         feedback="Here the cases of all years are counted. Keep those up to your year."),
                 Mistake(answer=lambda p: points_unless_same(p, before=p.year - 1),
                         feedback="The cases of {year} are missing. Your year counts, too: <=, not <."),
                 Mistake(answer=lambda p: points_unless_same(p, count="count"),
                         feedback="You counted statements. Count different projects, with nunique()."),
                 Mistake(answer=lambda p: points_unless_same(p, upper=9),
                         feedback="A score ends at three. Add .clip(upper=3) to the count."),
                 Mistake(answer=lambda p: marks(p)[list(SCORES.columns)].sum(axis=1),
                         feedback="These are the points without the rule named. Add it as the fourth column."),
                 Mistake(answer=named,
                         feedback="This is the rule named alone. Add the three columns of scores to it."),
             ],
             hints=["Count the projects up to your year, as the notebook does. Put them beside the three scores, and "
                    "add up each row.",
                    'The count: rows.groupby("limit")["project"].nunique().reindex(scores.index).fillna(0)'
                    ".clip(upper=3), where rows are the cases up to your year.",
                    """Nearly all of it:
    rows = cases[cases["year"] <= me.year]
    marks = scores.copy()
    marks["named"] = rows.groupby("limit")["project"].nunique().reindex(...).fillna(0).clip(upper=3)
    points = marks.sum(axis=1)"""]),
        Item("limits-a9", objective="limits-weigh", points=10, kind="number", variable="first_pct",
             uses=["year", "limit"], tolerance=0.06,
             says="share of all sets of weights in which {limit} comes first, alone or not, with the scores of "
                  "limits-a8, in percent",
             reference=first_pct,
             mistakes=[
                 Mistake(answer=lambda p: first_pct(p, alone=True),
                         feedback="Here {limit} stands first alone. A shared first place counts, too: "
                                  'rank(..., method="min").'),
                 Mistake(answer=lambda p: unless_same(first_pct(p, limit="sanctions"), first_pct(p)),
                         feedback="This is the share of sanctions. Take the column of your limit: me.limit."),
                 Mistake(answer=lambda p: unless_same(first_pct(p, before=2026), first_pct(p),
                                                      first_pct(p, alone=True)),
                         feedback="Here the cases of all years are counted. Use the scores of limits-a8."),
                 Mistake(answer=lambda p: 255 * first_pct(p) / 100,
                         feedback="This is the number of sets. Their share in percent is the mean, times 100."),
             ],
             hints=["Do as in the notebook: points of all limits for each set of weights, then places, then the share "
                    "of first places.",
                    'weights.dot(marks.T) gives the points, .rank(axis=1, ascending=False, method="min") the places. '
                    "The mean of True and False is a share.",
                    """Nearly all of it, with marks, the scores of limits-a8:
    places = weights.dot(marks.T).rank(axis=1, ascending=False, method="min")
    first_pct = 100 * (places[...] == 1).mean()"""]),
        two_halves("limits-a10", objective="limits-weigh", points=6, uses=["state", "year", "other"], halves=halves,
                   says="verdict on the claim about Pakistan, {state} and {other} in {year}",
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
            (2, "Verdict. 2: outdated. 1: supported, with the reason that it was true on the date of the text. "
                "0: another verdict, or none."),
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
