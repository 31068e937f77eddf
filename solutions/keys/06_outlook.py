"""The key of the Outlook sheet: a reference class, a rule of habit, a scenario and a comparison of one's own."""
from types import SimpleNamespace

from ruspak.data import table
from ruspak.measures import difference, interval
from ruspak.sheets.halves import two_halves
from ruspak.sheets.items import Item, Mistake, Sheet, Written

PROJECTS, QUESTIONS, CLAIMS = table("projects"), table("forecast_questions"), table("claims")
GROWTH = table("growth_base_rates").query("first_year == 1992 and dollars == 'current'")
GOAL = 5000  # million dollars
SPLITS = ["2018", "2021", "2024"]
RIVALS = ["half", "hope", "habit"]
ONE_IN_TEN = 10  # cases of a hundred
NEAR = 2  # cases of a hundred: nearer to one in ten is no ground for a verdict
NEAR_POINTS = 0.13  # percentage points: a mistake that lies nearer than this is not told apart
CLEAR = 0.002  # Brier score: a smaller difference is no ground for a verdict


def group(p, known=True, cohorts=("russian",), fields=None):
    """The projects of the student's reference class: since 1992, without one field, with a known announcement."""
    rows = PROJECTS[PROJECTS["cohort"].isin(cohorts)]
    rows = rows[rows["field"].isin(fields) if fields else rows["field"] != p.without]
    return rows[rows["first_announced"].notna()] if known else rows


def older(p, **choice):
    rows = group(p, **choice)
    return rows[rows["first_announced"] < p.split]


def younger(p):
    rows = group(p)
    return rows[rows["first_announced"] >= p.split]


def ended(rows):
    return rows[rows["status"] != "unknown"]


def delivered(rows, *more):
    return int(rows["status"].isin(["delivered", *more]).sum())


def rate(rows, *more):
    """The share that was delivered, in percent."""
    return 100 * delivered(rows, *more) / len(rows)


def end(rows, which=1):
    return interval(delivered(rows), len(rows))[which]


def bias(p):
    """By how many points the projects without a known announcement lift the rate."""
    return rate(group(p, known=False)) - rate(group(p))


def on_top_only(p):
    """The bias where these projects are added to those delivered, but not to all."""
    return 100 * (delivered(group(p, known=False)) - delivered(group(p))) / len(group(p))


def older_subtracted(p, split):
    """The bias where the rate of the older projects is subtracted, not that of the group."""
    return rate(group(p, known=False)) - rate(older(SimpleNamespace(without=p.without, split=split)))


def by_kind(rows):
    """How many projects of each kind were delivered, and how many there are."""
    counted = rows["status"].eq("delivered").groupby(rows["kind"]).agg(["sum", "count"])
    return counted.reset_index()


def scores(p, rows=None, sure=None, swapped=False, power=2, how="mean"):
    """What each rival gets on the student's questions."""
    rows = QUESTIONS[QUESTIONS["deadline"] <= p.deadline] if rows is None else rows
    sure = (sure or p.sure) / 100
    high, low = (1 - sure, sure) if swapped else (sure, 1 - sure)
    guesses = [0.5, 0.9, rows["habit"].map({"regular": high, "promised before": low, "new": 0.5})]
    return {name: getattr((guess - rows["outcome"]).abs() ** power, how)() for name, guess in zip(RIVALS, guesses)}


def needed(p, years=None, start=None):
    """The growth in percent a year that leads from the start to the goal."""
    return 100 * ((GOAL / (start or p.start)) ** (1 / (years or p.years)) - 1)


def reached(p, rows=None, need=None):
    """How many of the percentiles lie at the needed growth or above it."""
    rows = GROWTH[GROWTH["span_years"] == p.years] if rows is None else rows
    return int((rows["growth_pct_a_year"] >= (need or needed(p))).sum())


def ends(p, rows=None, verdict="supported"):
    """The interval of the survey's share minus the essay's, in percentage points."""
    rows = CLAIMS[CLAIMS["kind"] != p.kind] if rows is None else rows
    survey, essay = (rows.loc[rows["article"] == article, "verdict"].eq(verdict) for article in ("survey", "essay"))
    return difference(survey, essay)[1:]


def gap(p):
    held = CLAIMS[CLAIMS["kind"] != p.kind].assign(held=lambda rows: rows["verdict"] == "supported")
    shares = held.groupby("article")["held"].mean() * 100
    return shares["survey"] - shares["essay"]


def unless_near(value, *others):
    """The value, or None where one of the others is so near that nobody could tell the mistake from it."""
    return None if any(abs(value - other) < NEAR_POINTS for other in others) else value


def halves(p):
    """By how much each half of the claim holds, in clear steps: one case in ten or more, and Habit below Half."""
    mine = scores(p)
    return (reached(p) - ONE_IN_TEN) / NEAR, (mine["half"] - mine["habit"]) / CLEAR


sheet = Sheet(
    id="outlook", notebook="06_outlook",
    space={
        "without": ["military", "energy", "trade", "people"],
        "split": SPLITS,
        "sure": [70, 85, 95],
        "deadline": {"2023-12-31": "the end of 2023", "2024-12-31": "the end of 2024", "2025-12-31": "the end of 2025"},
        "start": [700, 900],
        "years": [7, 10, 15],
        "kind": ["fact", "causal", "opinion"],
    },
    default={"without": "people", "split": "2021", "sure": 85, "deadline": "2023-12-31", "start": 900, "years": 10,
             "kind": "fact"},
    says="projects of all fields but “{without}”, older ones from before {split}; questions up to {deadline}, and a "
         "Habit that says {sure}; from {start} million dollars to five billion in {years} years; claims of all kinds "
         "but “{kind}”.",
    items=[
        Item("outlook-a1", objective="outlook-rule", points=4, kind="integer", variable="cases", uses=["without"],
             says="number of projects since 1992 with a known announcement, all fields but {without}",
             reference=lambda p: len(group(p)),
             mistakes=[
                 Mistake(answer=lambda p: len(group(p, known=False)),
                         feedback="One condition is missing. You need three: the cohort, the field, and a known "
                                  "announcement."),
                 Mistake(answer=lambda p: unless_near(len(group(p, cohorts=("soviet", "russian"))),
                                                      len(group(p, known=False))),
                         feedback="The Soviet projects are still in. Keep the cohort russian."),
                 Mistake(answer=lambda p: len(group(p, fields=[p.without])),
                         feedback="This is the field that should be left out. Write != in place of ==."),
                 Mistake(answer=lambda p: unless_near(len(group(p, fields=set(PROJECTS["field"]))),
                                                      len(group(p, known=False))),
                         feedback="All fields are still in. Leave out the field of your variant: me.without."),
                 Mistake(answer=lambda p: group(p).size,
                         feedback=".size counts all cells. len(...) counts rows."),
             ],
             hints=["Three conditions: the cohort, the field, and a known announcement. Then count the rows.",
                    'The third condition is projects["first_announced"].notna(). The second is with != and no quotes '
                    "around me.without.",
                    """Nearly all of it:
    group = projects[(projects["cohort"] == "russian") & (projects["field"] != ...)
                     & (projects["first_announced"].notna())]
    cases = len(group)"""]),
        Item("outlook-a2", objective="outlook-base", points=8, kind="number", variable="rate",
             uses=["without", "split"], tolerance=0.06,
             says="share delivered of the projects first announced before {split}, all fields but {without}, in "
                  "percent",
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
                 Mistake(answer=lambda p: unless_near(rate(older(p, cohorts=("soviet", "russian"))), rate(older(p))),
                         feedback="The Soviet projects are in. Use group, the rows of outlook-a1."),
                 Mistake(answer=lambda p: float(delivered(older(p))),
                         feedback="This is a number of projects. The item asks for percent: divide by all the older "
                                  "ones, times 100."),
                 Mistake(answer=lambda p: 100 - rate(older(p)),
                         feedback="This is the share that was not delivered. Compare with ==."),
                 Mistake(answer=lambda p: 0.0,
                         feedback="No row was found, or none delivered. Take those before {split}: <. And is the word "
                                  "written as in the table: \"delivered\"?"),
             ],
             hints=["Keep the older projects of your group. Then take the share of those with the status delivered.",
                    'Dates written year first can be compared as text: group["first_announced"] < me.split',
                    """Nearly all of it, with group, the rows of outlook-a1:
    older = group[group["first_announced"] < ...]
    rate = (older["status"] == "delivered").mean() * 100"""]),
        Item("outlook-a3", objective="outlook-base", points=8, kind="number", variable="upper",
             uses=["without", "split"], tolerance=0.06,
             says="upper end of the interval of the share delivered, before {split}, all fields but {without}",
             reference=lambda p: end(older(p)),
             mistakes=[
                 Mistake(answer=lambda p: end(older(p), 0),
                         feedback="This is the lower end. interval gives two numbers: take the second, with [1]."),
                 Mistake(answer=lambda p: end(group(p)),
                         feedback="This is the interval of the whole group. Take the older projects only."),
                 Mistake(answer=lambda p: unless_near(end(younger(p)), end(older(p))),
                         feedback="This is the interval of the younger projects. Take those before {split}."),
                 Mistake(answer=lambda p: end(ended(older(p))),
                         feedback="You left out the projects whose end is unknown. Use the rows of outlook-a2."),
                 Mistake(answer=lambda p: end(older(p)) - rate(older(p)),
                         feedback="This is the way from the share to the upper end. The item asks for the end itself."),
                 Mistake(answer=lambda p: unless_near(end(older(p)) - end(older(p), 0), *map(end, [
                             group(p), younger(p), ended(older(p))])),
                         feedback="This is the length of the interval. The item asks for its upper end."),
                 Mistake(answer=lambda p: interval(len(older(p)) - delivered(older(p)), len(older(p)))[1],
                         feedback="You counted what was not delivered. The first number of interval is the number "
                                  "delivered."),
             ],
             hints=["interval needs two numbers: how many were delivered, and how many there are.",
                    'The first is (older["status"] == "delivered").sum(), the second is len(older).',
                    """Nearly all of it, with older, the rows of outlook-a2:
    both_ends = interval((older["status"] == "delivered").sum(), ...)
    upper = both_ends[1]"""]),
        Item("outlook-a4", objective="outlook-rule", points=8, kind="number", variable="bias", uses=["without"],
             tolerance=0.03,
             says="rate with the projects without a known announcement minus the rate of the group, all fields but "
                  "{without}, in percentage points",
             reference=bias,
             mistakes=[
                 Mistake(answer=lambda p: -bias(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the rate of everyone first, and subtract "
                                  "that of the group."),
                 Mistake(answer=lambda p: rate(group(p, known=False)),
                         feedback="This is the rate with all projects. Now subtract the rate of group."),
                 Mistake(answer=lambda p: rate(group(p)),
                         feedback="This is the rate of group. Subtract it from the rate with all projects."),
                 Mistake(answer=on_top_only,
                         feedback="You divided both by the same number. The projects without an announcement count "
                                  "below the line, too."),
                 Mistake(answer=lambda p: unless_near(rate(group(p, known=False, cohorts=("soviet", "russian")))
                                                      - rate(group(p)), bias(p)),
                         feedback="The Soviet projects are in. Keep the cohort russian in both groups."),
                 *[Mistake(answer=lambda p, split=split: older_subtracted(p, split),
                           feedback="You subtracted the rate of the older projects. Subtract that of group, older and "
                                    "younger together.") for split in SPLITS],
             ],
             hints=["You need two rates: one of group, and one of a wider group, without the condition on "
                    "first_announced.",
                    "The wider group has two conditions: the cohort and the field. Each rate is divided by its own "
                    "number of rows.",
                    """Nearly all of it, with group, the rows of outlook-a1:
    wider = projects[(projects["cohort"] == "russian") & (...)]
    wider_rate = (wider["status"] == "delivered").mean() * 100
    bias = wider_rate - (group["status"] == "delivered").mean() * 100"""]),
        Item("outlook-a5", objective="outlook-base", points=10, kind="table", variable="figure_data",
             uses=["without"], columns=["kind", "sum", "count"],
             says="projects delivered and all projects, for each kind, all fields but {without}",
             reference=lambda p: by_kind(group(p)),
             mistakes=[
                 Mistake(answer=lambda p: by_kind(group(p, known=False)),
                         feedback="Projects without a known announcement are in. Use group, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(group(p, cohorts=("soviet", "russian"))),
                         feedback="The Soviet projects are in. Use group, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind(ended(group(p))),
                         feedback="You left out the projects whose end is unknown. Here they stay in."),
                 Mistake(answer=lambda p: by_kind(group(p, fields=set(PROJECTS["field"]))),
                         feedback="All fields are in. Use group, the rows of outlook-a1."),
                 Mistake(answer=lambda p: by_kind((rows := group(p))[rows["status"] == "delivered"]),
                         feedback="You kept only what was delivered. Keep all rows of group, and count the True."),
                 Mistake(answer=lambda p: by_kind(group(p)).assign(sum=lambda rows: rows["count"] - rows["sum"]),
                         feedback="The column sum has what was not delivered. Compare with == in the column yes."),
             ],
             hints=["Make a new column that is True where the status is delivered. Then group by kind.",
                    'The new column: rows = group.copy(), then rows["yes"] = rows["status"] == "delivered". In a '
                    "group, sum counts the True, and count counts all.",
                    """Nearly all of it, with group, the rows of outlook-a1:
    rows = group.copy()
    rows["yes"] = rows["status"] == "delivered"
    figure_data = rows.groupby("kind")[...].agg(["sum", "count"])"""]),
        Item("outlook-a6", objective="outlook-forecast", points=10, kind="series", variable="scores",
             uses=["sure", "deadline"], tolerance=0.0006,
             says="mean Brier scores of half, hope and habit ({sure}) on the questions up to {deadline}",
             reference=scores,
             mistakes=[
                 Mistake(answer=lambda p: None if p.deadline == "2025-12-31" else scores(p, rows=QUESTIONS),
                         feedback="These are all fourteen questions. Keep those with a deadline up to {deadline}."),
                 Mistake(answer=lambda p: None if abs(scores(p, sure=90)["habit"] - scores(p)["habit"]) < CLEAR
                         else scores(p, sure=90),
                         feedback="Your Habit says 90 and 10, as in the notebook. In your variant it says {sure}, and "
                                  "100 minus {sure}."),
                 Mistake(answer=lambda p: scores(p, how="sum"),
                         feedback="These are sums. Take the mean over your questions."),
                 Mistake(answer=lambda p: scores(p, power=1),
                         feedback="These are distances. The Brier score takes their squares: ** 2."),
                 Mistake(answer=lambda p: scores(p, swapped=True),
                         feedback="Your Habit is the wrong way round. What is regular gets {sure}; what was promised "
                                  "before and not come gets 100 minus {sure}."),
                 Mistake(answer=lambda p: {name: score / 100 for name, score in scores(p).items()},
                         feedback="These are too small by a hundred. Divide the guess by 100, not the score."),
             ],
             hints=["Keep your questions first. Then work out guess, distance, square and mean for each rival.",
                    'Habit: mine["habit"].map({"regular": me.sure, "promised before": 100 - me.sure, "new": 50})',
                    """Nearly all of it:
    mine = questions[questions["deadline"] <= me.deadline]
    habit = mine["habit"].map({"regular": me.sure, "promised before": 100 - me.sure, "new": 50})
    rivals = {"half": 50, "hope": 90, "habit": habit}
    scores = {name: ((guess / 100 - ...) ** 2).mean() for name, guess in rivals.items()}"""]),
        Item("outlook-a7", objective="outlook-scenario", points=8, kind="number", variable="need",
             uses=["start", "years"], tolerance=0.06,
             says="growth in percent a year that leads from {start} million to five billion dollars in {years} years",
             reference=needed,
             mistakes=[
                 Mistake(answer=lambda p: 100 * (GOAL / p.start - 1) / p.years,
                         feedback="You divided the whole growth by the years. Growth goes on what has grown: take the "
                                  "root, ** (1 / me.years)."),
                 Mistake(answer=lambda p: needed(p) + 100,
                         feedback="This is the factor in percent: what each year is of the year before. Subtract 1 "
                                  "before you multiply by 100."),
                 Mistake(answer=lambda p: needed(p, years=5),
                         feedback="This is for five years, as in the notebook. You have {years} years."),
                 Mistake(answer=lambda p: needed(p, start=1000),
                         feedback="This starts with one billion. Your start is {start} million."),
                 Mistake(answer=lambda p: needed(p, years=p.years - 1),
                         feedback="You counted one year too few: from the start there are {years} steps."),
                 Mistake(answer=lambda p: 100 * ((p.start / GOAL) ** (1 / p.years) - 1),
                         feedback="The fraction is upside down. Divide the goal by the start."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start - 1),
                         feedback="This is the growth over all {years} years together. The item asks for growth a "
                                  "year."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start) ** (1 / p.years) - 1,
                         feedback="Look at the brackets: subtract 1 first, and multiply by 100 only then."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start / p.years - 1),
                         feedback="Look at the brackets: after **, put 1 / me.years into round brackets."),
                 Mistake(answer=lambda p: 100 * (GOAL / p.start ** (1 / p.years) - 1),
                         feedback="Look at the brackets: put 5000 / me.start into round brackets before the root."),
             ],
             hints=["First: how many times as large as the start is the goal? Both in million dollars.",
                    "Then the root: ** (1 / me.years). Take away 1, and multiply by 100.",
                    "Nearly all of it: need = 100 * ((5000 / me.start) ** (...) - 1)"]),
        Item("outlook-a8", objective="outlook-scenario", points=8, kind="integer", variable="reached",
             uses=["start", "years"],
             says="number of percentiles of growth over {years} years that reach what {start} million dollars need",
             reference=reached,
             mistakes=[
                 Mistake(answer=lambda p: len(GROWTH[GROWTH["span_years"] == p.years]) - reached(p),
                         feedback="These are the slower ones. Count those at your growth or above it: >=."),
                 Mistake(answer=lambda p: reached(p, rows=GROWTH),
                         feedback="All spans are in. Keep the rows whose span_years is me.years."),
                 Mistake(answer=lambda p: unless_near(reached(p, rows=GROWTH[GROWTH["span_years"] == 5]), reached(p)),
                         feedback="This is the span of five years, as in the notebook. Your span is {years} years."),
                 Mistake(answer=lambda p: len(GROWTH[GROWTH["span_years"] == p.years]),
                         feedback="These are all percentiles of the span. Keep those whose growth is need or more."),
                 Mistake(answer=lambda p: reached(p, need=needed(p) / 100),
                         feedback="You compared with a share of 1. The table gives growth in percent."),
                 Mistake(answer=lambda p: unless_near(100 - reached(p), reached(p)),
                         feedback="This is the percentile itself, the lowest one that reaches your need. Count how "
                                  "many percentiles lie there or above."),
             ],
             hints=["Keep your span. Then ask of each row: is its growth as large as need, or larger?",
                    "The sum of True and False is the number of True.",
                    """Nearly all of it:
    span = growth[growth["span_years"] == me.years]
    reached = (span["growth_pct_a_year"] >= ...).sum()"""]),
        Item("outlook-a9", objective="outlook-audit", points=10, kind="list", variable="ends", uses=["kind"],
             tolerance=0.06,
             says="interval of the survey's supported share minus the essay's, all kinds of claim but {kind}",
             reference=ends,
             mistakes=[
                 Mistake(answer=lambda p: ends(p, rows=CLAIMS),
                         feedback="All claims are in. Leave out the kind {kind}: me.kind."),
                 Mistake(answer=lambda p: ends(p, rows=CLAIMS[CLAIMS["kind"] == p.kind]),
                         feedback="These are the claims of the kind {kind} alone. Leave them out: !=."),
                 Mistake(answer=lambda p: [-one for one in reversed(ends(p))], worth=0.5,
                         feedback="This is the essay minus the survey. The survey comes first."),
                 Mistake(answer=lambda p: ends(p)[::-1], worth=0.5,
                         feedback="The two numbers are right, but the lower end comes first."),
                 Mistake(answer=lambda p: [gap(p), *ends(p)], worth=0.5,
                         feedback="The gap is still in front. Take the two ends only, with [1:]."),
                 Mistake(answer=lambda p: ends(p, verdict="mixed"),
                         feedback="This compares the claims that are mixed. Compare those that are supported."),
             ],
             hints=["Leave out your kind. Then make two columns of True and False: supported or not, in the survey "
                    "and in the essay.",
                    'One of them: rest[rest["article"] == "survey"]["verdict"] == "supported". The function difference '
                    "takes both, the survey first.",
                    """Nearly all of it:
    rest = every[every["kind"] != me.kind]
    survey = rest[rest["article"] == "survey"]["verdict"] == "supported"
    essay = ...
    ends = difference(survey, essay)[1:]"""]),
        two_halves("outlook-a10", objective="outlook-forecast", points=6, uses=["sure", "deadline", "start", "years"],
                   halves=halves,
                   says="verdict on the claim about growth from {start} million in {years} years, and on Habit "
                        "({sure}) up to {deadline}",
                   look="First: is reached 10 or more? Second: is the score of habit smaller than that of half? "
                        "Smaller is better.",
                   hint="First half: is reached 10 or more? Second half: compare two values of scores, and remember "
                        "that a smaller score is better.",
                   not_open="The claim speaks of cases and questions whose end is known. No evidence is missing.",
                   not_outdated="The claim speaks of finished cases, so nothing that came later can overtake it."),
        Written("outlook-b1", objective="outlook-base", rubric=[
            (3, "What was counted. 3: projects of both states with a known announcement, which field is left out, and "
                "what delivered means (it works or worked; a signature is not enough). 2: one of these is missing. 0: "
                "only “promises were kept” or the like."),
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
            (2, "Verdict. 2: mixed. 1: open, with the reason that nothing was made by March 2026 but still can be. "
                "0: another verdict, or none."),
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
