"""The key of the History sheet: Pakistan and a partner state in the General Assembly."""
from ruspak.data import table
from ruspak.sheets.halves import two_halves
from ruspak.sheets.items import Item, Mistake, Sheet, Written

VOTES, PAIRS, ISSUES = table("un_votes"), table("un_agreement"), table("un_agreement_by_issue")
FINAL = VOTES[VOTES["vote_kind"] == "final"]
SUBJECTS = ["arms_control", "colonialism", "development", "human_rights", "nuclear", "palestine"]
POINTS = table("ideal_points").set_index(["country", "year"])
POSITION = POINTS["ideal_point"]
BANDS = ["overlap", "Pakistan higher", "partner higher"]
CLEAR = 0.2  # percentage points: a smaller difference is no ground for a verdict
EDGE = 0.02  # bands that end this close together look alike when they are rounded
FAR = 0.6  # ideal points: where both together moved less, there is hardly a movement to divide


def published(p, a="RUS", scope="final", column="share_alike_pct"):
    """A value of the table of agreements, for one pair in the student's year."""
    row = PAIRS[(PAIRS["year"] == p.year) & (PAIRS["scope"] == scope)
                & (PAIRS["country_a"] == a) & (PAIRS["country_b"] == p.partner)]
    return row[column].item()


def of_year(p, rows=FINAL):
    return rows[rows["year"] == p.year]


def of_decade(p):
    """The final votes of the student's decade in which both cast a vote."""
    return voted(p.partner, FINAL[FINAL["year"].between(p.decade, p.decade + 9)])


def voted(state, rows):
    """The roll calls in which Pakistan and the state both cast a vote."""
    return rows.dropna(subset=["PAK", state])


def alike(state, rows):
    """Share of the rows, in percent, in which Pakistan and the state cast the same vote."""
    return (rows["PAK"] == rows[state]).mean() * 100


def says_yes(state, rows):
    return (rows[state] == "Y").mean() * 100


def opposed(state, rows, how=("YN", "NY")):
    return (rows["PAK"] + rows[state]).isin(how).mean() * 100


def by_decade(state, rows=FINAL, first=1970, last=2019):
    rows = voted(state, rows[rows["year"].between(first, last)])
    return (rows["PAK"] == rows[state]).groupby(rows["year"] // 10 * 10).mean() * 100


def above_robot(p):
    return alike(p.partner, of_decade(p)) - says_yes(p.partner, of_decade(p))


def by_subject(p, scope="final", decade=None, partner=None, subjects=SUBJECTS):
    rows = ISSUES[(ISSUES["country_a"] == "PAK") & (ISSUES["country_b"] == (partner or p.partner))
                  & (ISSUES["scope"] == scope) & (ISSUES["decade"] == (decade or p.decade))
                  & ISSUES["issue"].isin(subjects)]
    return rows[["issue", "share_alike_pct"]]


def rule_gap(p):
    return 100 - opposed(p.partner, of_decade(p)) - alike(p.partner, of_decade(p))


def rule_gap_without_no_yes(p):
    """None where one of the two kinds of opposed votes is too rare to make a difference."""
    yes_no, no_yes = (opposed(p.partner, of_decade(p), [pair]) for pair in ("YN", "NY"))
    return None if min(yes_no, no_yes) < CLEAR else 100 - yes_no - alike(p.partner, of_decade(p))


def ways(p, first=None):
    """How far the partner and Pakistan moved from the first year to 2024, with signs."""
    return [POSITION[state, 2024] - POSITION[state, first or p.first_year] for state in (p.partner, "PAK")]


def part(p, first=None):
    """The partner's part of both ways, in percent."""
    partner, pakistan = map(abs, ways(p, first))
    return 100 * partner / (partner + pakistan) if partner + pakistan > FAR else None


def part_with_signs(p):
    """The part, with the signs left in; None where both moved in the same direction, so that it makes no difference."""
    partner, pakistan = ways(p)
    return 100 * partner / (partner + pakistan) if partner * pakistan < 0 else None


def part_of_gap(p):
    return 100 * abs(ways(p)[0] / (POSITION[p.partner, p.first_year] - POSITION["PAK", p.first_year]))


def bands(p):
    pakistan, partner = POINTS.loc[("PAK", p.year)], POINTS.loc[(p.partner, p.year)]
    above, below = pakistan["low_5"] - partner["high_95"], partner["low_5"] - pakistan["high_95"]
    if min(abs(above), abs(below)) < EDGE:
        return None
    return "Pakistan higher" if above > 0 else "partner higher" if below > 0 else "overlap"


def points_only(p):
    """What the two points say when the bands are left out of account."""
    return "Pakistan higher" if POSITION["PAK", p.year] > POSITION[p.partner, p.year] else "partner higher"


def halves(p):
    """By how much each half of the claim holds, in clear steps: alike more often than in the 2010s, than the robot."""
    return (by_decade(p.partner)[p.decade] - by_decade(p.partner)[2010]) / CLEAR, above_robot(p) / CLEAR


sheet = Sheet(
    id="history", notebook="01_history",
    space={
        "partner": {"USA": "the United States", "GBR": "the United Kingdom", "TUR": "Türkiye", "SAU": "Saudi Arabia",
                    "IRN": "Iran", "IND": "India", "CHN": "China"},
        "year": [1976, 1979, 1982, 2001, 2002, 2004, 2005, 2006, 2008, 2011, 2012, 2017],
        "decade": {1970: "the 1970s", 1980: "the 1980s", 1990: "the 1990s", 2000: "the 2000s"},
        "first_year": [1990, 1995, 2000],
    },
    default={"partner": "TUR", "year": 2012, "decade": 1990, "first_year": 2000},
    says="partner {partner}, year {year}, decade {decade}, first year {first_year}.",
    items=[
        Item("history-a1", objective="history-count", points=4, kind="number", variable="russia_pct",
             uses=["partner", "year"], tolerance=0.06,
             says="agreement of Russia with {partner} in {year}, final votes, in percent",
             reference=published,
             mistakes=[
                 Mistake(answer=lambda p: published(p, a="PAK"),
                         feedback="This is Pakistan with {partner}. Here we ask for Russia: country_a is RUS."),
                 Mistake(answer=lambda p: published(p, scope="all"),
                         feedback="This counts paragraphs and amendments, too. Keep the scope final."),
                 Mistake(answer=lambda p: published(p, column="share_opposed_pct"),
                         feedback="This is the column of opposed votes. Take share_alike_pct."),
             ],
             hints=["Three conditions choose the pair: scope, country_a and country_b. Each stands in round brackets, "
                    "with & between them.",
                    'Then .set_index("year")["share_alike_pct"] gives one value a year. Take yours with [me.year].',
                    """Nearly all of it:
    with_russia = pairs[(pairs["scope"] == "final") & (pairs["country_a"] == "RUS") & (...)]
    russia_pct = with_russia.set_index("year")["share_alike_pct"][me.year]"""]),
        Item("history-a2", objective="history-count", points=6, kind="integer", variable="calls",
             uses=["partner", "year"],
             says="number of final votes of {year} in which Pakistan and {partner} both cast a vote",
             reference=lambda p: len(voted(p.partner, of_year(p))),
             mistakes=[
                 Mistake(answer=lambda p: len(voted(p.partner, of_year(p, VOTES))),
                         feedback="Votes on paragraphs and amendments are still in. Keep the rows whose vote_kind is "
                                  "final."),
                 Mistake(answer=lambda p: len(of_year(p)),
                         feedback="Some rows are still in that one of the two missed. Leave them out with dropna."),
                 Mistake(answer=lambda p: len(of_year(p).dropna()),
                         feedback="dropna() without subset throws out each row that has any empty cell. Name the two "
                                  "columns."),
                 Mistake(answer=lambda p: voted(p.partner, of_year(p)).size,
                         feedback=".size counts all cells. len(...) counts rows."),
             ],
             hints=["Keep the final votes, keep your year, leave out what one of the two missed. Then count.",
                    'The third step is .dropna(subset=["PAK", me.partner]), with no quotes around me.partner.',
                    """Nearly all of it:
    final = votes[votes["vote_kind"] == "final"]
    mine = final[final["year"] == me.year].dropna(subset=[...])
    calls = len(mine)"""]),
        Item("history-a3", objective="history-count", points=8, kind="number", variable="alike_pct",
             uses=["partner", "year"], tolerance=0.06,
             says="agreement of Pakistan with {partner} in {year}, final votes, in percent",
             reference=lambda p: alike(p.partner, voted(p.partner, of_year(p))),
             mistakes=[
                 Mistake(answer=lambda p: alike(p.partner, of_year(p)),
                         feedback="Here the votes that one of the two missed count as different. Use the rows of "
                                  "history-a2."),
                 Mistake(answer=lambda p: alike(p.partner, voted(p.partner, of_year(p, VOTES))),
                         feedback="Votes on paragraphs and amendments are still in. Use the rows of history-a2."),
                 Mistake(answer=lambda p: 100 - alike(p.partner, voted(p.partner, of_year(p))),
                         feedback="This is the share that was not alike. Compare with ==."),
                 Mistake(answer=lambda p: alike("RUS", voted("RUS", of_year(p))),
                         feedback="This is Pakistan with Russia. Compare with the column of {partner}: me.partner."),
                 Mistake(answer=lambda p: alike(p.partner, mine := voted(p.partner, of_year(p))) * len(mine) / 100,
                         feedback="This is the number of equal votes. Their share is the mean, not the sum."),
             ],
             hints=["Compare the two columns with ==. It gives True or False for each row.",
                    "The mean of True and False is the share of True. Times 100 it is percent.",
                    'With mine, the rows of history-a2: (mine["PAK"] == mine[...]).mean() * 100']),
        Item("history-a4", objective="history-count", points=10, kind="series", variable="by_decade", uses=["partner"],
             tolerance=0.06,
             says="agreement of Pakistan with {partner}, final votes of 1970 to 2019, in percent, by decade",
             reference=lambda p: by_decade(p.partner),
             mistakes=[
                 Mistake(answer=lambda p: by_decade(p.partner, first=1946, last=2021),
                         feedback="These are all years of the table. Keep 1970 to 2019 with between."),
                 Mistake(answer=lambda p: by_decade(p.partner, last=2020),
                         feedback="The year 2020 begins a decade of its own. between keeps both ends: stop at 2019."),
                 Mistake(answer=lambda p: by_decade(p.partner, rows=VOTES),
                         feedback="Votes on paragraphs and amendments are still in. Begin with the final votes."),
                 Mistake(answer=lambda p: by_decade("RUS"),
                         feedback="This is Pakistan with Russia. Write me.partner, in dropna and after ==."),
             ],
             hints=["Keep the years and the votes that both cast. Then add two columns: the decade, and whether the "
                    "two votes are the same.",
                    'The decade is rows["year"] // 10 * 10. Write .copy() after dropna(...), so that you may add '
                    "columns.",
                    """Nearly all of it:
    rows = final[final["year"].between(1970, 2019)].dropna(subset=["PAK", me.partner]).copy()
    rows["decade"] = rows["year"] // 10 * 10
    rows["alike"] = rows["PAK"] == rows[...]
    by_decade = rows.groupby("decade")["alike"].mean() * 100"""]),
        Item("history-a5", objective="history-baseline", points=10, kind="number", variable="above_robot",
             uses=["partner", "decade"], tolerance=0.06,
             says="agreement of Pakistan with {partner} in {decade} minus that of the robot, in percentage points",
             reference=above_robot,
             mistakes=[
                 Mistake(answer=lambda p: -above_robot(p), worth=0.5,
                         feedback="The size is right, the sign is not: take Pakistan first and subtract the robot."),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)) - says_yes("PAK", of_decade(p)),
                         feedback="You subtracted how often Pakistan said yes. The robot agrees with {partner} "
                                  "whenever {partner} says yes."),
                 Mistake(answer=lambda p: says_yes(p.partner, of_decade(p)),
                         feedback="This is the agreement of the robot. Subtract it from that of Pakistan."),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)),
                         feedback="This is the agreement of Pakistan. Now subtract that of the robot."),
             ],
             hints=["You need two percentages of the same rows: the final votes of {decade} that both cast.",
                    "The robot says yes to all. So it agrees with {partner} whenever {partner} says Y.",
                    """Nearly all of it:
    decade = final[final["year"].between(me.decade, me.decade + 9)].dropna(subset=["PAK", me.partner])
    pakistan_pct = (decade["PAK"] == decade[me.partner]).mean() * 100
    robot_pct = (decade[...] == "Y").mean() * 100"""]),
        Item("history-a6", objective="history-counted", points=10, kind="table", variable="figure_data",
             uses=["partner", "decade"], columns=["issue", "share_alike_pct"], tolerance=0.06,
             says="agreement of Pakistan with {partner} in {decade}, final votes, for each of the six subjects",
             reference=by_subject,
             mistakes=[
                 Mistake(answer=lambda p: by_subject(p, subjects=[*SUBJECTS, "all", "none"]), worth=0.5,
                         feedback="The rows all and none are no subjects. Leave them out."),
                 Mistake(answer=lambda p: by_subject(p, scope="all"),
                         feedback="This counts paragraphs and amendments, too. Keep the scope final."),
                 Mistake(answer=lambda p: by_subject(p, decade=p.decade + 10),
                         feedback="This is the next decade. Keep the rows whose decade is me.decade."),
                 Mistake(answer=lambda p: by_subject(p, partner="RUS"),
                         feedback="This is Pakistan with Russia. Keep the rows whose country_b is me.partner."),
             ],
             hints=["Four conditions choose the rows: scope, country_a, country_b and decade.",
                    'Put issue into the index. Then you can drop two rows by name: .set_index("issue").drop(["all", '
                    '"none"])',
                    """Nearly all of it:
    subjects = issues[(issues["scope"] == "final") & (issues["country_a"] == "PAK") & (...) & (...)]
    figure_data = subjects.set_index("issue").drop(["all", "none"])[["share_alike_pct"]]"""]),
        Item("history-a7", objective="history-counted", points=10, kind="number", variable="rule_gap",
             uses=["partner", "decade"], tolerance=0.06,
             says="share not opposed minus share alike, Pakistan and {partner} in {decade}, in percentage points",
             reference=rule_gap,
             mistakes=[
                 Mistake(answer=lambda p: 100 - opposed(p.partner, of_decade(p)),
                         feedback="This is the share not opposed. Now subtract the share of equal votes."),
                 Mistake(answer=lambda p: opposed(p.partner, of_decade(p)),
                         feedback="This is the share opposed. Not opposed are all others: 100 minus this. Then "
                                  "subtract the share of equal votes."),
                 Mistake(answer=lambda p: 100 - alike(p.partner, of_decade(p)),
                         feedback="This is 100 minus the share of equal votes. Take the share not opposed in place of "
                                  "100."),
                 Mistake(answer=lambda p: -rule_gap(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the share not opposed first."),
                 Mistake(answer=rule_gap_without_no_yes,
                         feedback="You left out YN only. NY, Pakistan's no against a yes, is opposed, too."),
             ],
             hints=["Use the rows of history-a5. Put the two letters together with +, and look for the opposed pairs "
                    "with isin.",
                    'Opposed are the pairs ["YN", "NY"]. Not opposed is 100 minus their share in percent.',
                    """Nearly all of it, with decade, the rows of history-a5:
    opposed_pct = (decade["PAK"] + decade[me.partner]).isin(["YN", "NY"]).mean() * 100
    rule_gap = 100 - opposed_pct - ..."""]),
        Item("history-a8", objective="history-moved", points=10, kind="number", variable="partner_part",
             uses=["partner", "first_year"], tolerance=0.06,
             says="part of {partner} in the movement of both ideal points from {first_year} to 2024, in percent",
             reference=part,
             mistakes=[
                 Mistake(answer=lambda p: 100 - part(p), worth=0.5,
                         feedback="This is the part of Pakistan. Divide the way of {partner} by both ways together."),
                 Mistake(answer=part_with_signs,
                         feedback="A sign got in. Take it away with abs(...) from each way, before you add them."),
                 Mistake(answer=lambda p: part(p, first=1995) if p.first_year != 1995 else None,
                         feedback="This starts in 1995, as in the notebook. Your first year is {first_year}."),
                 Mistake(answer=part_of_gap,
                         feedback="You divided by the gap between the two. Divide by both ways together."),
             ],
             hints=["A way is the point of 2024 minus the point of {first_year}, without its sign. You need it for "
                    "both states.",
                    "The part is the way of {partner}, divided by both ways together, times 100.",
                    """Nearly all of it:
    pakistan_way = abs(position["PAK"][2024] - position["PAK"][me.first_year])
    partner_way = abs(...)
    partner_part = 100 * partner_way / (partner_way + pakistan_way)"""]),
        Item("history-a9", objective="history-moved", points=6, kind="choice", variable="bands", options=BANDS,
             uses=["partner", "year"],
             says="what the error bands of Pakistan and {partner} say in {year}",
             reference=bands,
             mistakes=[
                 Mistake(answer=lambda p: points_only(p) if bands(p) == "overlap" else "overlap",
                         feedback="Compare the ends of the bands: low_5 of the upper state with high_95 of the lower "
                                  "one. The bands lie apart only where the first is the larger number."),
                 Mistake(answer=lambda p: BANDS[1:][points_only(p) == BANDS[1]],
                         feedback="You have the two states mixed up. The larger number is the higher one, and -0.5 is "
                                  "larger than -1.2."),
             ],
             hints=["Show the rows of the two states in {year}, with low_5 and high_95.",
                    "A band lies above the other if its low_5 is larger than the other's high_95. If that is so for "
                    "neither, they overlap.",
                    """This shows both bands; read them and type your answer:
    points[(points["year"] == me.year) & points["country"].isin(["PAK", me.partner])]"""]),
        two_halves("history-a10", objective="history-claim", points=6, uses=["partner", "decade"], halves=halves,
                   says="verdict on the claim about Pakistan and {partner} in {decade}",
                   look="First: is by_decade larger in {decade} than in the 2010s? Second: is above_robot larger than "
                        "zero?",
                   hint="First half: compare two values of by_decade. Second half: look at the sign of above_robot.",
                   not_open="No evidence is missing: you have both decades.",
                   not_outdated="The claim names its decades, so nothing that came later can overtake it."),
        Written("history-b1", objective="history-baseline", rubric=[
            (3, "What was counted. 3: both sentences say it (same vote or not opposed in final votes, or ideal points "
                "with their bands). 2: one of them says it. 0: only “agreed” or “were close”."),
            (2, "Years. 2: every number has its year or decade. 1: one number lacks it. 0: more lack it, or there is "
                "no number."),
            (3, "Baseline. 3: a number of the pair stands beside a baseline with its own number (the robot, Russia "
                "with the partner, another decade), and the text says which is higher. 2: the baseline's number or the "
                "order is missing. 0: no baseline."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause, friendship or motive. "
                "1: only one of these two. 0: neither."),
        ]),
        Written("history-b2", objective="history-claim", rubric=[
            (2, "Verdict. 2: unverifiable; or contradicted or mixed, with the words that “unthinkable” is read as “never "
                "done”. 1: contradicted or mixed without these words. 0: another verdict, or none."),
            (2, "Rule. 2: says which part can be checked (was there military cooperation before?) and that "
                "“unthinkable” judges. 1: only one of these two. 0: neither."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows. 2: two facts, but "
                "a date, a publisher or what one of them shows is missing. 1: one fact. 0: none of the facts."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing."),
        ]),
    ],
)
