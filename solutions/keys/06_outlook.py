"""The key of the Outlook sheet: a reference class, its rate as a forecast, a scenario and a comparison of one's own."""
import functools
import itertools

import numpy as np
import pandas as pd

from ruspak.data import table
from ruspak.measures import difference, interval
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

PROJECTS, CLAIMS = (table(name).astype(object).copy() for name in ("projects", "claims"))  # so filtered much faster
RATES = table("growth_base_rates")[["first_year", "dollars", "span_years", "percentile", "growth_pct_a_year", "cases"]]
GROWTH = RATES.query("first_year == 1992 and dollars == 'current'")
GOAL = 5000  # million dollars
FIELDS = ["military", "energy", "trade", "transport", "people", "industry", "health"]
PAIRS = [pair for pair in itertools.combinations(FIELDS[1:], 2) if pair not in [("energy", "trade"), ("people", "health")]]
KINDS = {"military": "forecast", "energy": "fact", "trade": "causal", "transport": "number", "people": "opinion",
         "industry": "causal", "health": "fact"}
THEMES = {"2014-06": ["energy"], "2014-11": ["history"], "2015": ["security"], "2017-08": ["security", "outlook"],
          "2017-10": ["history", "limits"], "2018-06": ["energy", "limits"], "2018-09": ["trade", "outlook"],
          "2019": ["trade"], "2021": ["limits"], "2022": ["history", "outlook"], "2022-03": ["security", "trade"],
          "2023": ["outlook"], "2023-04": ["trade", "limits"], "2023-05": ["history", "trade"],
          "2023-06": ["limits", "outlook"]}
RIVALS = ["half", "doubt", "base"]
LIFT = 29  # percentage points
NEAR = 0.5  # percentage points: nearer to LIFT is no ground for a verdict
CLEAR = 0.002  # Brier score: a smaller difference is no ground for a verdict


@functools.cache
def chosen(without, known, cohorts, fields):
    rows = PROJECTS[PROJECTS["cohort"].isin(cohorts)]
    rows = rows[rows["field"].isin(fields) if fields else ~rows["field"].isin(without.split())]
    return rows[rows["first_announced"].notna()] if known else rows


def group(p, known=True, cohorts=("russian",), fields=()):
    """The projects of the student's reference class: since 1992, without one or two fields, with a known announcement."""
    return chosen(p.without, known, cohorts, fields)


@functools.cache
def parted(split, without, known=True, cohorts=("russian",), fields=()):
    """The older and the younger projects of a class."""
    rows = chosen(without, known, cohorts, fields)
    return rows[rows["first_announced"] < split], rows[rows["first_announced"] >= split]


def older(p, split=None, **choice):
    return parted(split or p.split, p.without, **choice)[0]


def younger(p, split=None, **choice):
    return parted(split or p.split, p.without, **choice)[1]


def left_out(p):
    return tuple(p.without.split())


def but_one(p, which):
    """The choice of projects in which one of the two fields is kept; none where one field alone is left out."""
    return {"fields": tuple(field for field in FIELDS if field != left_out(p)[which])}


def kind(p):
    """The kind of claims that goes with the student's field, the last one of two."""
    return KINDS[left_out(p)[-1]]


def after(p):
    """The date from which on everything is later than the year or month of the split."""
    return p.split + "~"


@functools.cache
def of_unknown_date(without):
    rows = chosen(without, False, ("russian",), ())
    return rows[rows["first_announced"].isna()]


def unannounced(p):
    return of_unknown_date(p.without)


def everywhere(p):
    """The choice of projects in which all fields are kept."""
    return {"fields": tuple(PROJECTS["field"].unique())}


def counts(p, **choice):
    return [len(older(p, **choice)), len(younger(p, **choice))]


@functools.cache
def before_or_unknown(split):
    return PROJECTS["first_announced"].isna() | (PROJECTS["first_announced"] < split)


def of_both(p, split=None):
    """Which projects were first announced before the split, or without a known announcement."""
    return before_or_unknown(split or p.split)


def both_groups(p, split=None, **choice):
    """The older projects of the group together with those of which no announcement is known."""
    rows = group(p, known=False, **choice)
    return rows[of_both(p, split)[rows.index]]


def ended(rows):
    return rows[rows["status"] != "unknown"]


def delivered(rows, *more):
    return sum(map(rows["status"].tolist().count, ["delivered", *more]))


def rate(rows, *more):
    """The share that was delivered, in percent."""
    return 100 * delivered(rows, *more) / len(rows)


def end(rows, which=1):
    return interval(delivered(rows), len(rows))[which]


def end_of(share, cases):
    """The upper end of the interval of a share in percent, however it was found."""
    return interval(share * cases / 100, cases)[1]


def with_them(p, both=True):
    """The rate of the older projects with those of which no announcement is known; both: as delivered and as cases."""
    more = unannounced(p)
    rows = older(p)
    return 100 * (delivered(rows) + delivered(more)) / (len(rows) + both * len(more))


def bias(p, share=None):
    """By how many points the projects without a known announcement lift the rate of the older ones."""
    return with_them(p) - (rate(older(p)) if share is None else share)


def by_kind(rows, column="kind", statuses=("delivered",)):
    """How many projects of each kind were delivered, and how many there are."""
    counted = {kind: [0, 0] for kind in sorted(set(rows[column]))}
    for kind, status in zip(rows[column], rows["status"]):
        counted[kind][0] += status in statuses
        counted[kind][1] += 1
    return pd.DataFrame([(kind, *both) for kind, both in counted.items()], columns=["kind", "sum", "count"])


def scores(p, rows=None, base=None, power=2, how="mean", hits=("delivered",), doubt=10):
    """What each rival gets on the younger projects, if delivered is the outcome."""
    rows = younger(p) if rows is None else rows
    base = rate(older(p)) if base is None else base
    outcome = rows["status"].isin(hits).to_numpy(float)
    return {name: float(getattr(abs(guess / 100 - outcome) ** power, how)())
            for name, guess in zip(RIVALS, [50, doubt, base])}


def needed(p, years=None, start=None, goal=GOAL):
    """The growth in percent a year that leads from the start to the goal."""
    return 100 * ((goal / (start or p.start)) ** (1 / (years or p.years)) - 1)


def in_all(p):
    """The whole growth in percent, not a year."""
    return 100 * (GOAL / p.start - 1)


@functools.cache
def rates(years, first_year=1992, dollars="current"):
    rows = RATES[(RATES["first_year"] == first_year) & (RATES["dollars"] == dollars)]
    return rows[rows["span_years"] == years]


def span(p, years=None, **choice):
    return rates(years or p.years, **choice)


def reached(p, rows=None, need=None):
    """How many of the percentiles lie at the needed growth or above it."""
    rows = span(p) if rows is None else rows
    return int((rows["growth_pct_a_year"] >= (needed(p) if need is None else need)).sum())


@functools.cache
def left(kind, split):
    rows = CLAIMS[CLAIMS["kind"] != kind] if kind else CLAIMS
    return rows[~rows["theme"].isin(THEMES[split])] if split else rows


def kept(p, kinds=True, themes=True):
    """The claims without the student's kind and themes."""
    return left(kinds and kind(p), themes and p.split)


def halves_of(rows, verdict="supported"):
    judged = list(zip(rows["article"], rows["verdict"]))
    return [np.array([given == verdict for where, given in judged if where == article]) for article in ("survey", "essay")]


def ends(p, rows=None, verdict="supported"):
    """The interval of the survey's share minus the essay's, in percentage points; None where one has no claim left."""
    rows = kept(p) if rows is None else rows
    halves = halves_of(rows, verdict)
    return difference(*halves)[1:] if all(map(len, halves)) else None


def gap(p):
    return difference(*halves_of(kept(p)))[0]


def shares(p):
    return [100 * part.mean() for part in halves_of(kept(p))]


def intervals(p):
    """The interval of the share supported in the survey, and in the essay."""
    return [interval(int(part.sum()), len(part)) for part in halves_of(kept(p))]


def unless(right, value, near=1e-6):
    """The value, or None where it is the right one: what led there makes no difference with these parameters."""
    return None if np.shape(right) == np.shape(value) and np.allclose(right, value, rtol=0, atol=near) else value


def differing(p, **choice):
    """The scores with another choice, or None where it makes no difference."""
    mine, other = scores(p), scores(p, **choice)
    return None if unless([*mine.values()], [*other.values()], 1.5e-4) is None else other


def claim(p, points=None, rivals=None):
    """By how much each half of the claim holds, in clear steps: the bias of LIFT points, and the base below Doubt."""
    rivals = rivals or scores(p)
    lift = (bias(p) if points is None else points) - LIFT
    return lift / NEAR or 1e-9, (rivals["doubt"] - rivals["base"]) / CLEAR  # what is just LIFT is at least that


def bias_of(p, **choice):
    return rate(both_groups(p, **choice)) - rate(older(p, **choice))


def scores_of(p, **choice):
    return scores(p, rows=younger(p, **choice), base=rate(older(p, **choice))) if len(younger(p, **choice)) else None


def from_slips(answer):
    """What the right method gives with the rows of each named slip of outlook-a1."""
    return {name: lambda p, choice=choice: answer(p, **choice(p)) for name, choice in SLIPS.items()}


SLIPS = {
    "these fields": lambda p: {"fields": left_out(p)}, "all fields": everywhere,
    "the first field alone": lambda p: but_one(p, 0), "the last field alone": lambda p: but_one(p, -1),
    "with Soviet ones": lambda p: {"cohorts": ("soviet", "russian")},
    "Soviet ones": lambda p: {"cohorts": ("soviet",)},
    "everything": lambda p: {"cohorts": ("soviet", "russian"), **everywhere(p)},
    "to the split": lambda p: {"split": after(p)}, "2021": lambda p: {"split": "2021"},
}

sheet = Sheet(
    id="outlook", notebook="06_outlook",
    space={
        "without": {" ".join(fields): " and ".join(fields) for fields in [*((field,) for field in FIELDS), *PAIRS]},
        "split": {"2014-06": "June 2014", "2014-11": "November 2014", "2015": "2015", "2017-08": "August 2017",
                  "2017-10": "October 2017", "2018-06": "June 2018", "2018-09": "September 2018", "2019": "2019",
                  "2021": "2021", "2022": "2022", "2022-03": "March 2022", "2023": "2023", "2023-04": "April 2023",
                  "2023-05": "May 2023", "2023-06": "June 2023"},
        "start": list(range(450, 1300, 10)),
        "years": [7, 10, 15],
    },
    default={"without": "people", "split": "2021", "start": 900, "years": 10},
    prompt="projects of all fields but “{without}”, older ones from before {split}; from {start} million dollars to five "
         "billion in {years} years; claims without a kind and a theme that go with your fields and date.",
    items=[
        Item("outlook-a1", objective="outlook-rule", points=5, kind="list", variable="cases", uses=["without", "split"],
             prompt="number of projects since 1992 with a known announcement, all fields but {without}: first those "
                  "announced before {split}, then the others",
             reference=counts,
             mistakes=[
                 Mistake(answer=lambda p: counts(p)[::-1], worth=0.5,
                         feedback="The two numbers are right, but the older projects come first."),
                 Mistake(answer=lambda p: [len(older(p)), len(younger(p)) + len(unannounced(p))], worth=0.5,
                         feedback="The first number is right. In the second are projects without a known announcement: "
                                  ".notna()."),
                 Mistake(answer=lambda p: [len(older(p)), len(group(p))], worth=0.5,
                         feedback="The first number is right. The second is the whole group: count those announced in "
                                  "{split} or later."),
                 Mistake(answer=lambda p: [len(older(p)), len(group(p, known=False))], worth=0.5,
                         feedback="The first number is right. The second is all projects: count those of group that "
                                  "were announced in {split} or later."),
                 Mistake(answer=lambda p: [len(group(p)), len(older(p))],
                         feedback="The first number is the whole group, the second the older ones. Count the older "
                                  "first, then the younger."),
                 Mistake(answer=lambda p: [len(younger(p)), len(group(p))],
                         feedback="The first number is the younger projects, the second the whole group. Count the "
                                  "older first, then the younger."),
                 Mistake(name="these fields", answer=lambda p: counts(p, fields=left_out(p)),
                         feedback="This is what should be left out. Write ~ before the condition with isin."),
                 *[Mistake(name=name, answer=lambda p, which=which: counts(p, **but_one(p, which)) if " " in p.without else None,
                           feedback="You left out one of your two fields. Leave out both: left_out.")
                   for which, name in enumerate(["the first field alone", "the last field alone"])],
                 Mistake(name="all fields", answer=lambda p: counts(p, **everywhere(p)),
                         feedback="All fields are still in. Leave out what your variant leaves out: left_out."),
                 Mistake(name="with Soviet ones", answer=lambda p: counts(p, cohorts=("soviet", "russian")),
                         feedback="The Soviet projects are still in. Keep the cohort russian."),
                 Mistake(name="everything", answer=lambda p: counts(p, cohorts=("soviet", "russian"), **everywhere(p)),
                         feedback="All fields and the Soviet projects are still in. You need three conditions: the "
                                  "cohort, the field, and a known announcement."),
                 Mistake(name="Soviet ones", answer=lambda p: counts(p, cohorts=("soviet",)),
                         feedback="These are the Soviet projects. Keep the cohort russian."),
                 Mistake(answer=lambda p: [delivered(older(p)), delivered(younger(p))],
                         feedback="You counted those that were delivered. Count all projects."),
                 Mistake(answer=lambda p: [len(ended(older(p))), len(ended(younger(p)))],
                         feedback="You left out the projects whose end is unknown. Here they stay in."),
                 # hidden where none of the fields that are kept has an announcement of just that date
                 Mistake(name="to the split", answer=lambda p: unless(counts(p), counts(p, split=after(p))),
                         feedback="The projects of {split} are among the older ones here. Older is before {split}: <."),
                 Mistake(name="2021", answer=lambda p: None if p.split == "2021" else counts(p, split="2021"),
                         feedback="You parted at 2021, as in the notebook. Your year is {split}: me.split."),
                 Mistake(answer=lambda p: [older(p).size, younger(p).size],
                         feedback=".size counts all cells. len(...) counts rows."),
                 Mistake(answer=lambda p: [len(group(p))],
                         feedback="This is the whole group. Give two numbers: the older ones, then the others."),
                 Mistake(answer=lambda p: [len(older(p))], worth=0.5,
                         feedback="The number of older projects is right. The list needs a second number: the others."),
                 Mistake(answer=lambda p: [len(group(p)), len(younger(p))], worth=0.5,
                         feedback="The second number is right. The first is the whole group: count those announced before {split}."),
                 Mistake(answer=lambda p: [counts(p)[0]] * 2, worth=0.5,
                         feedback="The first number is right, and it is there twice. The second is the younger projects."),
                 Mistake(answer=lambda p: [sum(group(p)["field"].ne("military") & (group(p)["first_announced"] < p.split)),
                                           sum(group(p)["field"].ne("military") & (group(p)["first_announced"] >= p.split))]
                         if p.without != "military" else None,
                         feedback="The military projects are left out, as in the notebook. Here they stay in."),
                 *[Mistake(answer=lambda p, of=of: [of * len(older(p)) / len(group(p)), of * len(younger(p)) / len(group(p))],
                           feedback="These are shares. The item asks how many: len(...).")
                   for of in (1, 100)],
                 Mistake(answer=lambda p: [older(p)["kind"].nunique(), younger(p)["kind"].nunique()],
                         feedback="You counted kinds. Count projects: len(...)."),
                 Mistake(answer=lambda p: [len(older(p)) + len(unannounced(p)), len(younger(p)) + len(unannounced(p))],
                         feedback="Projects without a known announcement are in both. Leave them out: .notna()."),
                 Mistake(answer=lambda p: [len(older(p)) + len(unannounced(p)), len(younger(p))], worth=0.5,
                         feedback="The second number is right. In the first are projects without a known announcement: .notna()."),
                 Mistake(answer=lambda p: [len(unannounced(p)), len(group(p))],
                         feedback="You parted by whether an announcement is known. Keep those with one, and part them at {split}."),
                 Mistake(answer=lambda p: [*counts(p), len(group(p))], worth=0.5,
                         feedback="The third number, the whole group, is too much. Give two."),
             ],
             hints=["Three conditions make the group: the cohort, the field, and a known announcement. A fourth parts "
                    "it in two.",
                    'The third condition is projects["first_announced"].notna(). Dates written year first can be '
                    'compared as text: group["first_announced"] < me.split',
                    """Nearly all of it:
    group = projects[(projects["cohort"] == "russian") & ~projects["field"].isin(...)
                     & (projects["first_announced"].notna())]
    older = group[group["first_announced"] < me.split]
    younger = group[group["first_announced"] >= me.split]
    cases = [len(older), len(...)]"""]),
        Item("outlook-a2", objective="outlook-base", points=6, kind="number", variable="rate",
             uses=["without", "split"], tolerance=0.03,
             prompt="share delivered of the projects first announced before {split}, all fields but {without}, in "
                  "percent",
             follows=["outlook-a1"], carried=from_slips(lambda p, **choice: rate(older(p, **choice))),
             reference=lambda p: rate(older(p)),
             mistakes=[
                 Mistake(answer=lambda p: rate(younger(p)) or None,
                         feedback="These are the younger projects. Take those that were first announced before "
                                  "{split}: <."),
                 Mistake(answer=lambda p: rate(group(p)),
                         feedback="This is the whole group. Keep the projects first announced before {split}."),
                 Mistake(answer=lambda p: rate(ended(older(p))),
                         feedback="You left out the projects whose end is unknown. Here they stay in: our rate is of "
                                  "all that was announced."),
                 # one such project is known, of May 2023: it can be among the older ones of one date alone
                 Mistake(answer=lambda p: unless(rate(older(p)), rate(older(p), "partly", "under way")),
                         feedback="You counted “partly” as delivered. Compare with the word delivered alone."),
                 Mistake(answer=lambda p: rate(older(p), "unknown"),
                         feedback="You counted unknown ends as delivered. Compare with the word delivered alone."),
                 Mistake(answer=lambda p: 100 * older(p)["status"].eq("announced only").mean(),
                         feedback="This is the share that was only announced. Compare with delivered."),
                 Mistake(answer=lambda p: rate(older(p, cohorts=("soviet", "russian"))),
                         feedback="The Soviet projects are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: rate(older(p, **everywhere(p))),
                         feedback="All fields are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: rate(older(p, fields=left_out(p))) or None
                         if len(older(p, fields=left_out(p))) else None,
                         feedback="This is what should be left out. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: None if p.split == "2021" else rate(older(p, split="2021")),
                         feedback="You parted at 2021, as in the notebook. Your year is {split}: me.split."),
                 # hidden where outlook-a1 hides it
                 Mistake(answer=lambda p: None if counts(p) == counts(p, split=after(p)) else rate(older(p, split=after(p))),
                         feedback="The projects of {split} are in. Older is before {split}: <."),
                 Mistake(answer=lambda p: 100 * delivered(older(p)) / len(group(p)),
                         feedback="You divided by the whole group. Divide by the older projects."),
                 Mistake(answer=lambda p: 100 * delivered(older(p)) / delivered(group(p)),
                         feedback="You divided by all that was delivered. Divide by the older projects."),
                 Mistake(answer=lambda p: float(delivered(older(p))),
                         feedback="This is a number of projects. The item asks for percent: divide by all the older "
                                  "ones, times 100."),
                 Mistake(answer=lambda p: with_them(p),
                         feedback="Projects without a known announcement are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: 100 - rate(older(p)),
                         feedback="This is the share that was not delivered. Compare with ==."),
                 Mistake(answer=lambda p: 0.0,
                         feedback="No row was found, or none delivered. Take those before {split}: <. And is the word "
                                  "written as in the table: \"delivered\"?"),
                 Mistake(answer=lambda p: rate(group(p, known=False)),
                         feedback="All projects are in, younger ones and those without a known announcement. Use older, the rows of "
                                  "outlook-a1."),
                 Mistake(answer=lambda p: 100 * older(p)["status"].eq("unknown").mean(),
                         feedback="This is the share whose end is unknown. Compare with delivered."),
                 *[Mistake(answer=lambda p, of=of: 100 * delivered(older(p)) / of(p),
                           feedback="You divided by something else than all older projects. Divide by their number: the mean does it.")
                   for of in (lambda p: int(older(p)["status"].eq("announced only").sum()), lambda p: len(older(p)) - delivered(older(p)),
                              lambda p: len(younger(p)), lambda p: len(PROJECTS))],
                 *[Mistake(answer=lambda p, of=of: of * len(older(p)) / delivered(older(p)),
                           feedback="The fraction is upside down. Divide the number delivered by the number of older projects.")
                   for of in (1, 100)],
                 Mistake(answer=lambda p: rate(older(p, cohorts=("soviet", "russian"), **everywhere(p))),
                         feedback="All fields and the Soviet projects are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: rate(unannounced(p)),
                         feedback="These are the projects without a known announcement. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: rate(older(p)) - rate(younger(p)),
                         feedback="This is a difference to the younger projects. Only the rate of the older ones is asked."),
                 Mistake(answer=lambda p: 100 * len(older(p)) / len(group(p)),
                         feedback="This is the share of older projects in the group. How many of the older ones were delivered?"),
                 Mistake(answer=lambda p: rate(older(p)[older(p)["status_date"] < p.split]),
                         feedback="You parted by another date. Older is what was first announced before {split}."),
             ],
             hints=["Take the older projects of outlook-a1. Which share of them has the status delivered?",
                    "The mean of True and False is a share: compare status with the word, take the mean, times 100.",
                    """Nearly all of it, with older, the rows of outlook-a1:
    rate = (older[...] == "delivered").mean() * 100"""]),
        Item("outlook-a3", objective="outlook-base", points=8, kind="number", variable="upper",
             uses=["without", "split"], tolerance=0.01,
             prompt="upper end of the interval of the share delivered, before {split}, all fields but {without}",
             follows=["outlook-a1", "outlook-a2"], carried=from_slips(lambda p, **choice: end(older(p, **choice))),
             reference=lambda p, cases=None, share=None: end(older(p)) if share is None else end_of(
                 share, cases[0] if cases else len(older(p))),
             mistakes=[
                 Mistake(answer=lambda p: end(older(p), 0),
                         feedback="This is the lower end. interval gives two numbers: take the second, with [1]."),
                 Mistake(answer=lambda p: end(group(p)),
                         feedback="This is the interval of the whole group. Take the older projects only."),
                 Mistake(answer=lambda p: end(younger(p)),
                         feedback="This is the interval of the younger projects. Take those before {split}."),
                 Mistake(answer=lambda p: end(ended(older(p))),
                         feedback="You left out the projects whose end is unknown. Use the rows of outlook-a2."),
                 Mistake(answer=lambda p: end(older(p, cohorts=("soviet", "russian"))),
                         feedback="The Soviet projects are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: end(older(p)) - rate(older(p)),
                         feedback="This is the way from the share to the upper end. The item asks for the end itself."),
                 Mistake(answer=lambda p: end(older(p)) - end(older(p), 0),
                         feedback="This is the length of the interval. The item asks for its upper end."),
                 Mistake(answer=lambda p: 100 - end(older(p)),
                         feedback="You subtracted from 100. The upper end is the second number of interval as it is."),
                 Mistake(answer=lambda p: interval(len(older(p)) - delivered(older(p)), len(older(p)))[1],
                         feedback="You counted what was not delivered. The first number of interval is the number "
                                  "delivered."),
                 Mistake(answer=lambda p: interval(delivered(older(p)), len(group(p)))[1],
                         feedback="The second number of interval is the older projects, not the whole group."),
                 Mistake(answer=lambda p: interval(delivered(older(p)), len(older(p)) - delivered(older(p)))[1]
                         if 2 * delivered(older(p)) <= len(older(p)) else None,
                         feedback="The second number of interval is all older projects, those delivered among them."),
                 Mistake(answer=lambda p: interval(rate(older(p)), 100)[1],
                         feedback="You gave interval the percentage and 100. It needs how many were delivered, and how "
                                  "many there are."),
                 Mistake(answer=lambda p: rate(older(p)) + 1.96 * (rate(older(p)) * (100 - rate(older(p)))
                                                                   / len(older(p))) ** 0.5,
                         feedback="This is the simple formula, which fails with so few cases. Use the function "
                                  "interval."),
                 Mistake(answer=lambda p: rate(older(p)),
                         feedback="This is the share itself. interval gives the two ends around it."),
                 Mistake(answer=lambda p: end(both_groups(p)),
                         feedback="Projects without a known announcement are in. Use older, the rows of outlook-a1."),
                 *[Mistake(answer=lambda p, way=way: rate(older(p)) + way * (rate(older(p)) * (100 - rate(older(p)))
                                                                             / len(older(p))) ** 0.5,
                           feedback="This is the simple formula, which fails with so few cases. Use the function interval.")
                   for way in (-1.96, 2, 1)],
                 Mistake(answer=lambda p: (end(older(p)) - end(older(p), 0)) / 2,
                         feedback="This is half the length of the interval. The item asks for its upper end."),
                 Mistake(answer=lambda p: (end(older(p)) + end(older(p), 0)) / 2,
                         feedback="This is the middle of the interval. The item asks for its upper end."),
                 Mistake(answer=lambda p: end(older(p)) + rate(older(p)),
                         feedback="You added the share. The upper end is the second number of interval as it is."),
                 Mistake(answer=lambda p: interval(round(rate(older(p))), 100)[1],
                         feedback="You gave interval the percentage and 100. It needs how many were delivered, and how many there are."),
                 Mistake(answer=lambda p: interval(int(older(p)["status"].eq("announced only").sum()), len(older(p)))[1],
                         feedback="You counted what was only announced. The first number of interval is the number delivered."),
                 Mistake(answer=lambda p: interval(rate(older(p)) / 100, len(older(p)))[1],
                         feedback="You gave interval a share. It needs how many were delivered: .sum(), not .mean()."),
                 Mistake(answer=lambda p: interval(delivered(older(p)), len(PROJECTS))[1],
                         feedback="The second number of interval is the older projects, not the whole table."),
             ],
             hints=["interval needs two numbers: how many were delivered, and how many there are.",
                    'The first is (older["status"] == "delivered").sum(), the second is len(older).',
                    """Nearly all of it, with older, the rows of outlook-a1:
    both_ends = interval((older["status"] == "delivered").sum(), ...)
    upper = both_ends[1]"""]),
        Item("outlook-a4", objective="outlook-rule", points=9, kind="number", variable="bias",
             uses=["without", "split"], tolerance=0.03,
             prompt="rate of the older projects together with those without a known announcement, minus the rate of the "
                  "older ones, all fields but {without}, in percentage points",
             follows=["outlook-a1", "outlook-a2"], carried=from_slips(bias_of),
             reference=lambda p, cases=None, share=None: bias(p, share),
             mistakes=[
                 Mistake(answer=lambda p: -bias(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the rate of everyone first, and subtract "
                                  "that of the older projects."),
                 Mistake(answer=lambda p: with_them(p), worth=0.5,
                         feedback="The first step is right: this is the rate with these projects. Now subtract rate."),
                 Mistake(answer=lambda p: rate(older(p)),
                         feedback="This is the rate of the older projects. Subtract it from the rate with the others."),
                 Mistake(answer=lambda p: with_them(p, both=False) - rate(older(p)),
                         feedback="You divided both by the same number. The projects without an announcement count "
                                  "below the line, too."),
                 Mistake(answer=lambda p: rate(unannounced(p)) - rate(older(p)),
                         feedback="These are the projects without an announcement alone. Put them beside the older "
                                  "ones, and take the rate of both together."),
                 Mistake(answer=lambda p: rate(group(p, known=False)) - rate(group(p)),
                         feedback="The younger projects are in. Take the older ones, with and without those of which "
                                  "no announcement is known."),
                 Mistake(answer=lambda p: rate(group(p, known=False)) - rate(older(p)),
                         feedback="In the first rate are the younger projects. Take the older ones and those without a "
                                  "known announcement."),
                 # no project of industry lacks an announcement, so nothing is in again
                 Mistake(answer=lambda p: None if p.without == "industry" else 100 * (delivered(older(p)) + delivered(more := PROJECTS[
                             (PROJECTS["cohort"] == "russian") & PROJECTS["first_announced"].isna()]))
                         / (len(older(p)) + len(more)) - rate(older(p)),
                         feedback="What you left out is in again. Leave it out of the projects without an "
                                  "announcement, too: left_out."),
                 # the one Soviet project without a known announcement is of energy, so out with it
                 Mistake(answer=lambda p: None if "energy" in left_out(p) else 100 * (delivered(older(p)) + delivered(more := PROJECTS[
                             ~PROJECTS["field"].isin(left_out(p)) & PROJECTS["first_announced"].isna()]))
                         / (len(older(p)) + len(more)) - rate(older(p)),
                         feedback="A Soviet project is in. Keep the cohort russian."),
                 Mistake(answer=lambda p: 100 * bias(p) / rate(older(p)) if rate(older(p)) else None,
                         feedback="This is by how many percent the rate is larger. The item asks for percentage "
                                  "points: subtract."),
                 Mistake(answer=lambda p: with_them(p) / rate(older(p)) if rate(older(p)) else None,
                         feedback="You divided. The item asks for percentage points: subtract."),
                 Mistake(answer=lambda p: with_them(p) - rate(group(p)),
                         feedback="You subtracted the rate of the whole group. Subtract that of the older ones: rate."),
                 Mistake(answer=lambda p: with_them(p) - end(older(p)),
                         feedback="You subtracted upper. Subtract rate."),
                 Mistake(answer=lambda p: float(delivered(unannounced(p))),
                         feedback="This is a number of projects. The item asks what they do to the rate, in percentage "
                                  "points."),
                 Mistake(answer=lambda p: rate(unannounced(p)),
                         feedback="These are the projects without an announcement alone. Put them beside the older ones, and take the rate "
                                  "of both together."),
                 Mistake(answer=lambda p: rate(group(p, known=False)),
                         feedback="This is the rate of all, the younger projects among them, and nothing is subtracted. Take the older "
                                  "ones and those without a known announcement; then subtract rate."),
                 *[Mistake(answer=lambda p, rows=rows: with_them(p) - rate(rows(p)),
                           feedback="You subtracted another rate. Subtract that of the older projects: rate.")
                   for rows in (younger, lambda p: group(p, known=False))],
                 *[Mistake(answer=answer, feedback="One of the two is a part of one, the other in percent. Make both percent.")
                   for answer in (lambda p: with_them(p) / 100 - rate(older(p)), lambda p: with_them(p) - rate(older(p)) / 100)],
                 *[Mistake(answer=lambda p, count=count: float(count(p)),
                           feedback="This is a number of projects. The item asks what they do to the rate, in percentage "
                                    "points.")
                   for count in (lambda p: delivered(older(p)) + delivered(unannounced(p)), lambda p: len(unannounced(p)))],
                 Mistake(answer=lambda p: with_them(p) + rate(older(p)),
                         feedback="You added the two rates. Subtract rate."),
                 *[Mistake(answer=lambda p, less=less: (rate(unannounced(p)) + rate(older(p))) / 2
                                                           - less * rate(older(p)),
                           feedback="This is the mean of two rates. The two groups differ in size: put their rows together, then take the "
                                    "rate.")
                   for less in (1, 0)],
                 *[Mistake(answer=lambda p, count=count, less=less: (
                               100 * delivered(count(p)) / len(both_groups(p)) - less * rate(older(p))),
                           feedback="Above the line some of the delivered projects are missing. Count all that were delivered in both "
                                    "groups together.")
                   for count, less in ((unannounced, 0), (older, 0), (older, 1))],
                 Mistake(answer=lambda p: rate(PROJECTS[(PROJECTS["cohort"] == "russian") & of_both(p)]) - rate(older(p)),
                         feedback="All fields are in. Leave left_out out of the wider group, too."),
                 *[Mistake(answer=lambda p, both=both: rate(ended(both_groups(p))) - rate(ended(older(p)) if both else older(p)),
                           feedback="You left out the projects whose end is unknown. Here they stay in.")
                   for both in (True, False)],
                 Mistake(answer=lambda p: rate(PROJECTS[~PROJECTS["field"].isin(left_out(p)) & of_both(p)]) - rate(older(p)),
                         feedback="The Soviet projects are in. Keep the cohort russian."),
                 Mistake(answer=lambda p: rate(PROJECTS[of_both(p)]) - rate(older(p)),
                         feedback="All fields and the Soviet projects are in. Choose cohort and field as before."),
             ],
             hints=["You need two rates: one of older, and one of a wider group, the older ones together with those "
                    "without a known announcement.",
                    'Those have projects["first_announced"].isna(), and the same cohort and fields. The condition “or” '
                    "is the sign |. Each rate is divided by its own number of rows.",
                    """Nearly all of it:
    wider = projects[(projects["cohort"] == "russian") & ~projects["field"].isin(left_out)
                     & (projects["first_announced"].isna() | (projects["first_announced"] < ...))]
    bias = (wider["status"] == "delivered").mean() * 100 - rate"""]),
        Item("outlook-a5", objective="outlook-base", points=9, kind="table", variable="figure_data",
             uses=["without", "split"], columns=["kind", "sum", "count"],
             prompt="projects delivered and all projects announced before {split}, for each kind, all fields but "
                  "{without}",
             follows=["outlook-a1"], carried=from_slips(lambda p, **choice: by_kind(older(p, **choice))),
             reference=lambda p: by_kind(older(p)),
             mistakes=[
                 Mistake(answer=lambda p: by_kind(group(p)),
                         feedback="The younger projects are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(younger(p)),
                         feedback="These are the younger projects. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(group(p, known=False)),
                         feedback="Projects without a known announcement are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(older(p, cohorts=("soviet", "russian"))),
                         feedback="The Soviet projects are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(ended(older(p))),
                         feedback="You left out the projects whose end is unknown. Here they stay in."),
                 Mistake(answer=lambda p: by_kind(older(p, **everywhere(p))),
                         feedback="All fields are in. Use older, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(rows[rows["status"] == "delivered"])
                         if delivered(rows := older(p)) else None,
                         feedback="You kept only what was delivered. Keep all rows of older, and count the True."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(sum=lambda rows: rows["count"] - rows["sum"]),
                         worth=0.5,
                         feedback="The column count is right. The column sum has what was not delivered: compare with "
                                  "== in the column yes."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(sum=lambda rows: rows["count"]), worth=0.5,
                         feedback="The column count is right. The column sum should count only the True: sum."),
                 Mistake(answer=lambda p: by_kind(older(p)).rename(columns={"sum": "count", "count": "sum"}),
                         worth=0.5,
                         feedback="The numbers are right, but sum and count have changed places."),
                 Mistake(answer=lambda p: by_kind(older(p), "field"),
                         feedback="You grouped by field. Group by kind."),
                 Mistake(answer=lambda p: (rows := by_kind(older(p)))[rows["sum"] > 0] if delivered(older(p)) else None,
                         worth=0.5,
                         feedback="The kinds of which nothing was delivered are missing. They belong in, with 0."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(sum=lambda rows: rows["sum"] / rows["count"])
                         if delivered(older(p)) else None,
                         feedback="The column sum has shares. It should have numbers of projects: .sum, not .mean."),
                 Mistake(answer=lambda p: by_kind(both_groups(p)),
                         feedback="Projects without a known announcement are in. Use older, the rows of outlook-a1."),
                 *[Mistake(answer=lambda p, rows=rows: by_kind(rows(p)),
                           feedback="All fields and the Soviet projects are in. Use older, the rows of outlook-a1.")
                   for rows in (lambda p: older(p, cohorts=("soviet", "russian"), **everywhere(p)), lambda p: PROJECTS)],
                 *[Mistake(answer=lambda p, word=word: by_kind(older(p), statuses=(word,)), worth=0.5,
                           feedback="The column count is right. In the column sum another word was counted: compare status with delivered.")
                   for word in ("announced only", "unknown")],
                 Mistake(answer=lambda p: by_kind(older(p), statuses=()) if delivered(older(p)) else None, worth=0.5,
                         feedback="The column count is right. The column sum has no project: is the word written as in the table, "
                                  "\"delivered\"?"),
                 Mistake(answer=lambda p: by_kind(older(p), statuses=set(PROJECTS["status"]) - {"announced only"}), worth=0.5,
                         feedback="The column count is right. In the column sum more than one word was counted: delivered alone."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(count=lambda rows: rows["count"] - rows["sum"]), worth=0.5,
                         feedback="The column sum is right. The column count should have all projects, those delivered among them."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(count=len(older(p))), worth=0.5,
                         feedback="The column sum is right. The column count should have the projects of each kind."),
                 Mistake(answer=lambda p: by_kind(older(p), "status"),
                         feedback="You grouped by status. Group by kind."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(sum=lambda rows: 100 * rows["sum"] / rows["count"])
                         if delivered(older(p)) else None,
                         feedback="The column sum has shares. It should have numbers of projects: .sum, not .mean."),
                 Mistake(answer=lambda p: by_kind(older(p)).assign(sum=lambda rows: rows["sum"].cumsum(),
                                                                   count=lambda rows: rows["count"].cumsum()),
                         feedback="The numbers are added up from row to row: cumsum. Take sum and count of each kind."),
                 Mistake(answer=lambda p: older(p).groupby("kind")["status"].agg(["nunique", "count"]).reset_index()
                         .rename(columns={"nunique": "sum"}), worth=0.5,
                         feedback="The column count is right. The column sum has how many different words there are: count the True of "
                                  'status == "delivered".'),
             ],
             hints=["Make a new column that is True where the status is delivered. Then group by kind.",
                    'The new column: rows = older.copy(), then rows["yes"] = rows["status"] == "delivered". In a '
                    "group, sum counts the True, and count counts all.",
                    """Nearly all of it, with older, the rows of outlook-a1:
    rows = older.copy()
    rows["yes"] = rows["status"] == "delivered"
    figure_data = rows.groupby("kind")[...].agg(["sum", "count"])"""]),
        Item("outlook-a6", objective="outlook-forecast", points=10, kind="series", variable="scores",
             uses=["without", "split"], tolerance=0.00005,
             prompt="mean Brier scores of half, doubt and base on the projects announced since {split}, all fields but "
                  "{without}",
             follows=["outlook-a1", "outlook-a2"],
             carried={name: answer for name, answer in from_slips(scores_of).items() if name != "Soviet ones"},
             reference=lambda p, cases=None, share=None: scores(p, base=share) if delivered(younger(p)) else None,
             mistakes=[
                 Mistake(answer=lambda p: scores(p, rows=older(p)),
                         feedback="These are the older projects, from which the rate comes. Score the younger ones: "
                                  "a forecast is tested on what it has not seen."),
                 Mistake(answer=lambda p: scores(p, rows=group(p)),
                         feedback="The older projects are in. Score the younger ones alone."),
                 Mistake(answer=lambda p: differing(p, rows=ended(younger(p))),
                         feedback="You left out the projects whose end is unknown. Here they count as not delivered."),
                 Mistake(answer=lambda p: scores(p, how="sum"), worth=0.5,
                         feedback="These are sums. Take the mean over the younger projects."),
                 Mistake(answer=lambda p: scores(p, power=1),
                         feedback="These are distances. The Brier score takes their squares: ** 2."),
                 Mistake(answer=lambda p: {name: score ** 0.5 for name, score in scores(p).items()},
                         feedback="You took a root at the end. The Brier score is the mean of the squares."),
                 Mistake(answer=lambda p: {name: score / 100 for name, score in scores(p).items()},
                         feedback="These are too small by a hundred. Divide the guess by 100, not the score."),
                 Mistake(answer=lambda p: {name: 1 - score for name, score in scores(p).items()},
                         feedback="You subtracted the scores from one. Smaller is better, and stays so."),
                 Mistake(answer=lambda p: {"half": (guess := younger(p)["status"].eq("delivered").mean()) and
                                           (0.5 - guess) ** 2, "doubt": (0.1 - guess) ** 2,
                                           "base": (rate(older(p)) / 100 - guess) ** 2}
                         if delivered(younger(p)) else None,
                         feedback="You compared the guess with the share that came. Score each project by itself, "
                                  "then take the mean."),
                 Mistake(answer=lambda p: {name: float(((guess - younger(p)["status"].eq("delivered")) ** 2).mean())
                                           for name, guess in zip(RIVALS, [50, 10, rate(older(p))])},
                         feedback="The guesses are still in percent. Divide them by 100 before you subtract."),
                 Mistake(answer=lambda p: scores(p, hits=set(PROJECTS["status"]) - {"delivered"}),
                         feedback="The outcome is the wrong way round. It is 1 where the status is delivered."),
                 Mistake(answer=lambda p: differing(p, hits=("delivered", "partly", "under way")),
                         feedback="You counted “partly” or “under way” as delivered. The outcome is 1 for delivered "
                                  "alone."),
                 Mistake(answer=lambda p: scores(p, doubt=90), worth=0.5,
                         feedback="half and base are right. doubt says 10, not 90."),
                 # these two rates lie near the right one in the default variant, whose numbers the worked text tells: hidden there
                 Mistake(answer=lambda p: differing(p, base=rate(younger(p))), worth=0.5,
                         feedback="half and doubt are right. base should be the rate of the older projects: nobody "
                                  "knew that of the younger ones."),
                 Mistake(answer=lambda p: differing(p, base=rate(group(p))), worth=0.5,
                         feedback="half and doubt are right. base should be the rate of the older projects, not of the "
                                  "whole group."),
                 Mistake(answer=lambda p: scores(p, base=rate(older(p)) / 100), worth=0.5,
                         feedback="half and doubt are right. For base you divided by 100 twice, or not at all: rate is "
                                  "in percent."),
                 Mistake(answer=lambda p: scores(p, base=100 * rate(older(p))) if rate(older(p)) else None, worth=0.5,
                         feedback="half and doubt are right. For base you divided by 100 too rarely: rate is in "
                                  "percent."),
                 Mistake(answer=lambda p: scores(p, base=end(older(p))), worth=0.5,
                         feedback="half and doubt are right. base says the rate, not the upper end of its interval."),
                 Mistake(answer=lambda p: {name: -score for name, score in scores(p).items()}, worth=0.5,
                         feedback="The sign is wrong. A square is never below zero."),
                 *[Mistake(answer=lambda p, change=change: {name: change(guess / 100 - younger(p)["status"].eq("delivered").mean())
                                                            for name, guess in zip(RIVALS, [50, 10, rate(older(p))])},
                           feedback="This is the distance of each guess from the share that came. Score each project by itself: square, then "
                                    "take the mean.")
                   for change in (abs, float)],
                 Mistake(answer=lambda p: {name: 1e4 * score for name, score in scores(p).items()},
                         feedback="You counted in percent. Divide each guess by 100, and let the outcome be 1 or 0."),
                 *[Mistake(answer=lambda p, hits=hits: differing(p, hits=hits),
                           feedback="Another word counts as delivered here. The outcome is 1 for delivered alone.")
                   for hits in (("announced only",), ("delivered", "unknown"), ("delivered", "unknown", "partly", "under way", "dropped"))],
                 *[Mistake(answer=lambda p, doubt=doubt: scores(p, doubt=doubt), worth=0.5,
                           feedback="half and base are right. doubt says 10 percent.")
                   for doubt in (1, 0, 0.1, 100)],
                 Mistake(answer=lambda p: {name: float(((guess - younger(p)["status"].eq("delivered")) ** 2).mean())
                                           for name, guess in zip(RIVALS, [0.005, 0.001, rate(older(p)) / 1e4])},
                         feedback="You divided the guesses by 100 twice."),
                 *[Mistake(answer=lambda p, base=base: scores(p, base=base(p)), worth=0.5,
                           feedback="half and doubt are right. base says rate, the rate of the older projects, as it is.")
                   for base in (lambda p: 100 - rate(older(p)), bias, lambda p: end(older(p), 0))],
                 Mistake(answer=lambda p: dict(zip(["doubt", "half", "base"], scores(p).values())),
                         feedback="half and doubt have changed places: half says 50, doubt says 10."),
                 Mistake(answer=lambda p: dict(zip(["half", "base", "doubt"], scores(p).values())),
                         feedback="doubt and base have changed places: doubt says 10, base says rate."),
                 *[Mistake(answer=lambda p, left=left: {name: scores(p)[name] for name in left}, worth=0.25,
                           feedback="These are right, but a rival is missing. Give all three: half, doubt and base.")
                   for left in (["half"], ["half", "doubt"], ["half", "base"], ["doubt", "base"], ["base"])],
                 Mistake(answer=lambda p: {name: float(((guess / 100) ** 2 - younger(p)["status"].eq("delivered")).mean())
                                           for name, guess in zip(RIVALS, [50, 10, rate(older(p))])},
                         feedback="Only the guess was squared. Put guess / 100 - outcome into round brackets, then ** 2."),
             ],
             hints=["A forecast needs an outcome: 1 where a younger project was delivered, 0 where it was not. Then as "
                    "in the notebook: guess, distance, square, mean.",
                    'outcome = (younger["status"] == "delivered"). The guesses are 50, 10 and rate, each divided by '
                    "100.",
                    """Nearly all of it, with younger, the rows of outlook-a1:
    outcome = younger["status"] == "delivered"
    rivals = {"half": 50, "doubt": 10, "base": ...}
    scores = {name: ((guess / 100 - outcome) ** 2).mean() for name, guess in rivals.items()}"""]),
        Item("outlook-a7", objective="outlook-scenario", points=9, kind="number", variable="need",
             uses=["start", "years"], tolerance=0.03,
             prompt="growth in percent a year that leads from {start} million to five billion dollars in {years} years",
             reference=needed,
             mistakes=[
                 Mistake(answer=lambda p: in_all(p) / p.years,
                         feedback="You divided the whole growth by the years. Growth goes on what has grown: take the "
                                  "root, ** (1 / me.years)."),
                 Mistake(answer=lambda p: needed(p) + 100, worth=0.5,
                         feedback="This is the factor in percent: what each year is of the year before. Subtract 1 "
                                  "before you multiply by 100."),
                 Mistake(answer=lambda p: needed(p) / 100 + 1, worth=0.5,
                         feedback="This is the factor of each year. Subtract 1, then multiply by 100."),
                 Mistake(answer=lambda p: needed(p, years=5),
                         feedback="This is for five years, as in the notebook. You have {years} years."),
                 Mistake(answer=lambda p: None if p.start == 1000 else needed(p, start=1000),
                         feedback="This starts with one billion. Your start is {start} million."),
                 Mistake(answer=lambda p: None if p.start == 700 else needed(p, start=700),
                         feedback="This starts with 700, as in the notebook. Your start is {start} million."),
                 Mistake(answer=lambda p: needed(p, years=p.years - 1),
                         feedback="You counted one year too few: from the start there are {years} steps."),
                 Mistake(answer=lambda p: needed(p, years=p.years + 1),
                         feedback="You counted one year too many: from the start there are {years} steps."),
                 Mistake(answer=lambda p: 100 * ((p.start / GOAL) ** (1 / p.years) - 1),
                         feedback="The fraction is upside down. Divide the goal by the start."),
                 Mistake(answer=in_all, worth=0.25,
                         feedback="This is the growth over all {years} years together. The item asks for growth a "
                                  "year."),
                 Mistake(answer=lambda p: GOAL / p.start,
                         feedback="This is how many times as large the goal is. Now take the root, ** (1 / me.years), "
                                  "minus one, times 100."),
                 Mistake(answer=lambda p: needed(p, goal=5),
                         feedback="Five billion is 5000 million. Write the goal in the unit of the start."),
                 Mistake(answer=lambda p: needed(p, goal=5e9),
                         feedback="Five billion is 5000 million. Write the goal in the unit of the start."),
                 Mistake(answer=lambda p: 100 * ((GOAL / p.start) ** p.years - 1),
                         feedback="You took the power, not the root: ** (1 / me.years)."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start) ** (1 / p.years) - 1, worth=0.5,
                         feedback="Look at the brackets: subtract 1 first, and multiply by 100 only then."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start / p.years - 1),
                         feedback="Look at the brackets: after **, put 1 / me.years into round brackets."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start ** (1 / p.years) - 1),
                         feedback="Look at the brackets: put 5000 / me.start into round brackets before the root."),
                 Mistake(answer=lambda p: 100 * np.log(GOAL / p.start) / p.years,
                         feedback="This is growth without a break, by the logarithm. The item asks for growth from "
                                  "year to year: take the root."),
                 Mistake(answer=lambda p: (GOAL / p.start - 1) / p.years,
                         feedback="You divided the whole growth by the years. Growth goes on what has grown: take the root, "
                                  "** (1 / me.years)."),
                 Mistake(answer=lambda p: 100 * GOAL / p.start / p.years,
                         feedback="You divided by the years. Growth goes on what has grown: take the root, ** (1 / me.years)."),
                 Mistake(answer=lambda p: 100 * (1 - (p.start / GOAL) ** (1 / p.years)),
                         feedback="This is by how many percent each year is smaller than the next. Divide the goal by the start, take the "
                                  "root, minus 1."),
                 *[Mistake(answer=answer, feedback="This is the growth over all years together, or how many times as large the goal is. "
                                                   "Take the root: ** (1 / me.years).")
                   for answer in (lambda p: GOAL / p.start - 1, lambda p: 100 * GOAL / p.start)],
                 *[Mistake(answer=lambda p, goal=goal: None if p.start == goal else needed(p, goal=goal),
                           feedback="The goal has the wrong number of zeros. Five billion is 5000 million.")
                   for goal in (500, 50000)],
                 *[Mistake(answer=answer, feedback="You took what is added, 5000 − me.start. Divide the whole goal by the start.")
                   for answer in (lambda p: needed(p, goal=GOAL - p.start), lambda p: 100 * ((GOAL - p.start) ** (1 / p.years) - 1))],
                 Mistake(answer=lambda p: np.log(GOAL / p.start) / p.years,
                         feedback="This is growth without a break, by the logarithm. The item asks for growth from year to year: take the "
                                  "root."),
                 *[Mistake(answer=lambda p, by=by: (GOAL - p.start) / by(p),
                           feedback="This is a difference in million dollars. The item asks for growth a year in percent: divide the goal by "
                                    "the start, and take the root.")
                   for by in (lambda p: 1, lambda p: p.years)],
                 *[Mistake(answer=lambda p, by=by: 100 * (GOAL - p.start) / GOAL / by(p),
                           feedback="You divided by the goal. Divide the goal by the start, and take the root.")
                   for by in (lambda p: 1, lambda p: p.years)],
                 Mistake(answer=lambda p: needed(p) + 1, worth=0.5,
                         feedback="Look at the brackets: subtract 1 first, and multiply by 100 only then."),
                 *[Mistake(answer=lambda p, of=of: of * ((100 * GOAL / p.start) ** (1 / p.years) - 1),
                           feedback="You multiplied by 100 before the root. Take the root first, minus 1, then times 100.")
                   for of in (1, 100)],
             ],
             hints=["First: how many times as large as the start is the goal? Both in million dollars.",
                    "Then the root: ** (1 / me.years). Take away 1, and multiply by 100.",
                    "Nearly all of it: need = 100 * ((5000 / me.start) ** (...) - 1)"]),
        Item("outlook-a8", objective="outlook-scenario", points=8, kind="integer", variable="reached",
             uses=["start", "years"], follows=["outlook-a7"],
             prompt="number of percentiles of growth over {years} years that reach what {start} million dollars need",
             reference=lambda p, need=None: reached(p, need=need),
             mistakes=[
                 Mistake(answer=lambda p: len(span(p)) - reached(p),
                         feedback="These are the slower ones. Count those at your growth or above it: >=."),
                 Mistake(answer=lambda p: reached(p, rows=GROWTH),
                         feedback="Other spans are in. Keep the rows whose span_years is me.years."),
                 Mistake(answer=lambda p: reached(p, rows=span(p, 5)),
                         feedback="Other spans are in. Keep the rows whose span_years is me.years."),
                 Mistake(answer=lambda p: len(span(p)),
                         feedback="These are all percentiles of the span. Count those whose growth is need or more: "
                                  ".sum() of the comparison, not .count() or len."),
                 Mistake(answer=lambda p: reached(p, need=needed(p) / 100),
                         feedback="You compared with a share of 1. The table gives growth in percent."),
                 Mistake(answer=lambda p: 0 if reached(p) else None,
                         feedback="No row is left. Look first at the rows that you keep: is your span written without "
                                  "quotes? Then compare them with need, growth a year in percent: the goal, the start and "
                                  "the whole growth are too large."),
                 *[Mistake(answer=lambda p, by=by: reached(p, need=in_all(p) / by(p)) or None,
                           feedback="You compared the whole growth, or that divided by the years. The table has growth a "
                                    "year, and growth goes on what has grown: compare need.")
                   for by in (lambda p: 1, lambda p: p.years)],
                 Mistake(answer=lambda p: reached(p, rows=span(p, dollars="2014")) or None,
                         feedback="Several comparisons are mixed, or prices are taken out. Use the table growth of this "
                                  "sheet."),
                 Mistake(answer=lambda p: reached(p, rows=span(p, first_year=1970, dollars="2014")) or None,
                         feedback="Several comparisons are mixed, or prices are taken out. Use the table growth of this "
                                  "sheet."),
                 Mistake(answer=lambda p: reached(p, rows=RATES[RATES["span_years"] == p.years]),
                         feedback="Several comparisons are mixed, or prices are taken out. Use the table growth of this "
                                  "sheet."),
                 Mistake(answer=lambda p: 100 - reached(p),
                         feedback="This is the percentile itself, the lowest one that reaches your need. Count how "
                                  "many percentiles lie there or above."),
                 *[Mistake(answer=lambda p, keep=keep: reached(p, rows=GROWTH[keep(p)]),
                           feedback="Other spans are in. Keep the rows whose span_years is me.years.")
                   for keep in (lambda p: GROWTH["span_years"] == (10 if p.years != 10 else 7),
                                lambda p: GROWTH["span_years"] == (15 if p.years != 15 else 7),
                                lambda p: GROWTH["span_years"] >= (10 if p.years == 15 else p.years),
                                lambda p: GROWTH["span_years"] <= p.years)],
                 Mistake(answer=lambda p: reached(p, rows=RATES),
                         feedback="Several comparisons are mixed, or prices are taken out. Use the table growth of this sheet."),
                 Mistake(answer=lambda p: reached(p, need=GOAL / p.start),
                         feedback="You compared with how many times as large the goal is. Compare with need."),
                 Mistake(answer=lambda p: int((span(p)["percentile"] >= needed(p)).sum()) or None,
                         feedback="You compared the column percentile. Compare growth_pct_a_year with need."),
                 Mistake(answer=lambda p: round(span(p)["cases"].iloc[0] * reached(p) / len(span(p))),
                         feedback="You made numbers of cases of it. Just count the rows."),
                 Mistake(answer=lambda p: reached(p, need=needed(p, years=5)) or None,
                         feedback="Your need is that of five years. Take need of outlook-a7."),
                 Mistake(answer=lambda p: reached(p, rows=GROWTH[GROWTH["percentile"] == 90]) or None,
                         feedback="You kept the ninetieth percentile alone, as in the example. Keep your span, all its rows."),
             ],
             hints=["Keep your span. Then ask of each row: is its growth as large as need, or larger?",
                    "The sum of True and False is the number of True.",
                    """Nearly all of it:
    span = growth[growth["span_years"] == me.years]
    reached = (span["growth_pct_a_year"] >= ...).sum()"""]),
        Item("outlook-a9", objective="outlook-audit", points=10, kind="list", variable="ends",
             uses=["without", "split"], tolerance=0.03,
             prompt="interval of the survey’s supported share minus the essay’s, without the claims of one kind and of "
                  "one or two themes",
             reference=ends,
             mistakes=[
                 Mistake(answer=lambda p: ends(p, rows=CLAIMS),
                         feedback="All claims are in. Leave out the kind and the themes of the cell above."),
                 Mistake(answer=lambda p: ends(p, rows=kept(p, themes=False)), worth=0.5,
                         feedback="The kind is left out, the themes are still in: ~every[\"theme\"].isin(themes)."),
                 Mistake(answer=lambda p: ends(p, rows=kept(p, kinds=False)), worth=0.5,
                         feedback="The themes are left out, the kind is still in: every[\"kind\"] != kind."),
                 Mistake(answer=lambda p: ends(p, rows=(rows := kept(p, kinds=False))[rows["kind"] == kind(p)]),
                         feedback="These are the claims of the kind alone. Leave them out: !=."),
                 Mistake(answer=lambda p: ends(p, rows=(rows := kept(p, themes=False))[
                             rows["theme"].isin(THEMES[p.split])]),
                         feedback="These are the claims of the themes alone. Leave them out, with ~ before the "
                                  "condition."),
                 Mistake(answer=lambda p: ends(p, rows=CLAIMS[(CLAIMS["kind"] != kind(p))
                                                              | ~CLAIMS["theme"].isin(THEMES[p.split])]),
                         feedback="You left out only claims that have both, the kind and the theme. Both conditions "
                                  "must hold for what stays: &."),
                 Mistake(answer=lambda p: [-one for one in reversed(ends(p))], worth=0.5,
                         feedback="This is the essay minus the survey. The survey comes first."),
                 Mistake(answer=lambda p: ends(p)[::-1], worth=0.5,
                         feedback="The two numbers are right, but the lower end comes first."),
                 Mistake(answer=lambda p: [gap(p), *ends(p)], worth=0.5,
                         feedback="The gap is still in front. Take the two ends only, with [1:]."),
                 Mistake(answer=lambda p: [gap(p), ends(p)[0]], worth=0.5,
                         feedback="The second number is the lower end, the first is the gap. Take the two ends only, "
                                  "with [1:]."),
                 Mistake(answer=lambda p: [gap(p), ends(p)[1]], worth=0.5,
                         feedback="The upper end is right. The first number is the gap: the lower end belongs there."),
                 Mistake(answer=lambda p: [gap(p)],
                         feedback="This is the gap. Take the two ends, with [1:]."),
                 Mistake(answer=shares,
                         feedback="These are the two shares. difference makes the interval of their difference."),
                 Mistake(answer=lambda p: list(interval(int(sum(part.sum() for part in halves_of(kept(p)))),
                                                        len(kept(p)))),
                         feedback="This is the interval of both articles together. Give difference two columns, one "
                                  "for each article."),
                 *[Mistake(answer=lambda p, verdict=verdict: ends(p, verdict=verdict),
                           feedback="This compares another verdict. Compare the claims that are supported.")
                   for verdict in ("mixed", "contradicted", "open", "unverifiable")],
                 Mistake(answer=lambda p: ends(p, rows=CLAIMS[CLAIMS["kind"] == kind(p)]),
                         feedback="These are the claims of the kind alone. Leave them out: !=."),
                 Mistake(answer=lambda p: ends(p, rows=CLAIMS[CLAIMS["theme"].isin(THEMES[p.split])]),
                         feedback="These are the claims of the themes alone. Leave them out, with ~ before the condition."),
                 Mistake(answer=lambda p: ends(p, rows=(rows := kept(p, themes=False))[rows["theme"] != THEMES[p.split][0]])
                         if len(THEMES[p.split]) > 1 else None, worth=0.5,
                         feedback="The second theme is still in: ~every[\"theme\"].isin(themes)."),
                 *[Mistake(answer=answer, feedback="This is the essay minus the survey, and the gap is still in. The survey comes first, and "
                                                   "[1:] takes the two ends.")
                   for answer in (lambda p: [-gap(p), *(-one for one in reversed(ends(p)))],)],
                 *[Mistake(answer=lambda p, which=which: [ends(p)[which]], worth=0.25,
                           feedback="This is one end. Give both, the lower first: [1:].")
                   for which in (0, 1)],
                 Mistake(answer=lambda p: [one / 100 for one in shares(p)],
                         feedback="These are the two shares. difference makes the interval of their difference."),
                 *[Mistake(answer=lambda p, which=which: list(intervals(p)[which]),
                           feedback="This is the interval of one article. Give both columns to difference, the survey first.")
                   for which in (0, 1)],
                 *[Mistake(answer=lambda p, order=order: [intervals(p)[0][0] - intervals(p)[1][order],
                                                          intervals(p)[0][1] - intervals(p)[1][1 - order]],
                           feedback="You subtracted the ends of two intervals. The interval of a difference is another one: use the function "
                                    "difference.")
                   for order in (0, 1)],
                 Mistake(answer=lambda p: ends(p, verdict="outdated"),
                         feedback="This compares another verdict. Compare the claims that are supported."),
                 Mistake(answer=lambda p: [abs(one) for one in ends(p)],
                         feedback="A sign is missing. An end below zero stays below zero."),
                 *[Mistake(answer=lambda p, first=first: list(difference(*(halves_of(rows)[which] for which, rows in enumerate(
                               (kept(p), CLAIMS) if first else (CLAIMS, kept(p)))))[1:]), worth=0.25,
                           feedback="In one of the two articles all claims are in. Leave the kind and the themes out of both.")
                   for first in (True, False)],
                 Mistake(answer=lambda p: ends(p, rows=(rows := kept(p))[~rows["verdict"].isin(["open", "unverifiable"])]),
                         feedback="You left out the claims that could not be judged. Here they stay in, as not supported."),
             ],
             hints=["Leave out your kind and your themes. Then make two columns of True and False: supported or not, in "
                    "the survey and in the essay.",
                    'One of them: rest[rest["article"] == "survey"]["verdict"] == "supported". The function difference '
                    "takes both, the survey first.",
                    """Nearly all of it:
    rest = every[(every["kind"] != kind) & ~every["theme"].isin(themes)]
    survey = rest[rest["article"] == "survey"]["verdict"] == "supported"
    essay = ...
    ends = difference(survey, essay)[1:]"""]),
        two_part_claim("outlook-a10", objective="outlook-forecast", points=6, uses=["without", "split"], parts=claim,
                   follows=["outlook-a4", "outlook-a6"],
                   prompt="verdict on the claim about survivorship bias and on the base rate of the projects before "
                        "{split} without “{without}”",
                   look="First: is bias 29 or more? Second: is the score of base smaller than that of doubt? "
                        "Smaller is better.",
                   hint="First half: is bias 29 or more? Second half: compare two values of scores, and remember "
                        "that a smaller score is better.",
                   not_open="The claim speaks of projects as they stood in March 2026. No evidence is missing.",
                   not_outdated="The claim speaks of what came by March 2026, so nothing that came later can overtake "
                                "it."),
        Written("outlook-b1", objective="outlook-base", rubric=[
            (3, "What was counted. 3: projects of both states with a known announcement, which field is left out, and "
                "what delivered means (it works or worked; a signature is not enough). 2: one of these is missing. 1: "
                "two are. 0: only “promises were kept” or the like."),
            (2, "Years. 2: every number has its years (first announced before which year, delivered by March 2026). 1: "
                "one of these is missing. 0: both are, or there is no number."),
            (3, "Share and uncertainty. 3: the share of the older projects with the number of cases, and both ends of "
                "its interval. 2: one end, or the number of cases, is missing. 1: there is no interval. 0: a bare "
                "share, or none."),
            (2, "Limits. 2: names one thing that the numbers can't show (projects that we don't know of, young "
                "projects, unknown ends, why), and claims no cause, fault or motive of either side. 1: only one of "
                "these two. 0: neither."),
        ]),
        Written("outlook-b2", objective="outlook-audit", rubric=[
            (2, "Verdict. 2: mixed. 1: another verdict to which the writer's own reason leads by the rules, such as "
                "open, because nothing was made by March 2026 but still can be. 0: a verdict without such a reason, or "
                "none. The lines below are marked alike for each verdict."),
            (2, "Rule. 2: says that the claim is a forecast and is judged by what came up to March 2026, and names a "
                "core that could be tested (production, or patients who travel). 1: only one of these two. "
                "0: neither."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows: a paper, talks or "
                "goods, but no production. 2: two facts, but a date, a publisher or what one of them shows is missing. "
                "1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
