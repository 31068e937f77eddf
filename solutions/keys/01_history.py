"""The key of the History sheet: Pakistan and a partner state in the General Assembly."""
import functools

from ruspak.data import table
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

VOTES, PAIRS, ISSUES = table("un_votes"), table("un_agreement"), table("un_agreement_by_issue")
STATES = ["PAK", "RUS", "USA", "GBR", "TUR", "SAU", "IRN", "IND", "CHN", "AFG"]
TEXTS = VOTES.select_dtypes(["str", "boolean"])
VOTES = VOTES.astype(dict.fromkeys(TEXTS, object)).copy()  # compared and filtered thousands of times, and so much faster
FINAL = VOTES[VOTES["vote_kind"] == "final"].copy()
SUBJECTS = {"palestine": "Palestine", "nuclear": "nuclear weapons", "arms_control": "arms control",
            "human_rights": "human rights", "colonialism": "colonialism", "development": "development"}
POINTS = table("ideal_points").set_index(["country", "year"])
POSITION, BANDS = POINTS["ideal_point"].to_dict(), POINTS.to_dict("index")
CLEAR = 0.5  # percentage points: a smaller difference is no ground for a verdict
FAR = 0.4  # ideal points: where both together moved less, there is hardly a movement to divide


def published(p, a="RUS", scope="final", column="share_alike_pct", year=None):
    """A value of the table of agreements, for one pair in the student's year."""
    return _published(column).get((year or p.year, scope, a, p.partner))


@functools.cache
def _published(column):
    return PAIRS.set_index(["year", "scope", "country_a", "country_b"])[column].astype(float).to_dict()


def mean_of_years(p):
    return PAIRS[(PAIRS["scope"] == "final") & (PAIRS["country_a"] == "RUS")
                 & (PAIRS["country_b"] == p.partner)]["share_alike_pct"].mean()


def of_year(p, rows=FINAL):
    return _of_year(p.year, rows is FINAL) if rows is FINAL or rows is VOTES else rows[rows["year"] == p.year]


@functools.cache
def _of_year(year, final):
    rows = FINAL if final else VOTES
    return rows[rows["year"] == year]


def voted(state, rows, other="PAK"):
    """The roll calls in which Pakistan (or another state) and the state both cast a vote."""
    return rows[rows[other].notna() & rows[state].notna()]


def percent(held):
    """The share of True in percent; not a number where there is no row."""
    return float(held.mean()) * 100 if len(held) else float("nan")


def alike(state, rows, other="PAK"):
    """Share of the rows, in percent, in which Pakistan (or another state) and the state cast the same vote."""
    return percent(rows[other].to_numpy() == rows[state].to_numpy())


def decided(p):
    """The rows of the student's year in which neither of the two abstained."""
    rows = voted(p.partner, of_year(p))
    return rows[(rows["PAK"] != "A") & (rows[p.partner] != "A")]


def above_russia(p, russia=None, rows=None):
    rows = voted(p.partner, of_year(p)) if rows is None else rows
    return alike(p.partner, rows) - (published(p) if russia is None else russia)


def other_subjects(p, final=True):
    """The roll calls of 1946 to 2019 that are not on the student's subject; later ones have no subjects."""
    return _other_subjects(p.subject, final)


@functools.cache
def _other_subjects(subject, final):
    rows = FINAL if final else VOTES
    return rows[(rows["year"] < 2020) & ~rows[subject].fillna(True).astype(bool)][["year", *STATES]]


def on_subject(p):
    return FINAL[FINAL[p.subject].fillna(False).astype(bool)]


def of_decade(p, rows=None, first=None):
    """The final votes of the student's decade, not on the subject, in which both cast a vote."""
    first = first or p.decade
    return _of_decade(p.partner, p.subject, first) if rows is None else _ten_years(p.partner, rows, first)


@functools.cache
def _of_decade(partner, subject, first):
    return _ten_years(partner, _other_subjects(subject, True), first)


def _ten_years(partner, rows, first):
    return voted(partner, rows[rows["year"].between(first, first + 9)])


def of_years(p, start, end, rows=None):
    """The rows from some years after the beginning of the student's decade to some others, by default not on the subject
    and with both votes."""
    rows = all_decades(p) if rows is None else rows
    return rows[rows["year"].between(p.decade + start, p.decade + end)]


def all_decades(p):
    return _all_decades(p.partner, p.subject)


@functools.cache
def _all_decades(partner, subject):
    rows = _other_subjects(subject, True)
    return voted(partner, rows[rows["year"] >= 1960])


def decade_with_gaps(p):
    """The rows of the student's decade, with the votes that one of the two missed."""
    return of_years(p, 0, 9, other_subjects(p))


def share(vote, state, rows):
    return percent(rows[state].to_numpy() == vote)


def opposed(p, rows, how=("YN", "NY")):
    return (rows["PAK"] + rows[p.partner]).isin(how).mean() * 100


def by_decade(p, rows=None, first=1960, last=2019, state=None, seen=None, by=10, how="mean"):
    """Percent of equal votes by decade. `seen`: what is averaged, in place of equal votes; `by`: years in a row."""
    if rows is None and (first, last, state, seen, by, how) == (1960, 2019, None, None, 10, "mean"):
        return _by_decade(p.partner, p.subject)
    state, rows = state or p.partner, other_subjects(p) if rows is None else rows
    rows = voted(state, rows[rows["year"].between(first, last)])
    equal = rows["PAK"] == rows[state] if seen is None else seen(rows)
    return equal.groupby(rows["year"] // by * by).agg(how) * 100


@functools.cache
def _by_decade(partner, subject):
    rows = voted(partner, _other_subjects(subject, True).query("1960 <= year <= 2019"))
    return (rows["PAK"] == rows[partner]).groupby(rows["year"] // 10 * 10).mean() * 100


def with_gaps(p):
    """By decade, with the votes that one of the two missed counted as different."""
    rows = other_subjects(p)
    rows = rows[rows["year"].between(1960, 2019)]
    return (rows["PAK"] == rows[p.partner]).fillna(False).groupby(rows["year"] // 10 * 10).mean() * 100


def above_robot(p, rows=None):
    return _above_robot(p.partner, p.subject, p.decade) if rows is None else beyond_yes(p.partner, rows)


@functools.cache
def _above_robot(partner, subject, decade):
    return beyond_yes(partner, _of_decade(partner, subject, decade))


def beyond_yes(state, rows):
    return alike(state, rows) - share("Y", state, rows)


def first_year_only(p):
    """None for China, which had another government's seat in the first year of its first decade."""
    rows = of_decade(p)
    return None if (rows["year"] > p.decade).all() else above_robot(p, rows[rows["year"] == p.decade])


def by_subject(p, scope="final", decade=None, partner=None, subjects=tuple(SUBJECTS), column="share_alike_pct",
               state="PAK"):
    rows = ISSUES[(ISSUES["country_a"] == state) & (ISSUES["country_b"] == (partner or p.partner))
                  & (ISSUES["scope"] == scope) & (ISSUES["decade"] == (decade or p.decade))
                  & ISSUES["issue"].isin(subjects)]
    return rows[["issue", column]].set_axis(["issue", "share_alike_pct"], axis=1)


def above_robot_not_opposed(p, rows=None, how=("YN", "NY")):
    """As above_robot, by the other rule: the robot is opposed where the partner says no."""
    rows = of_decade(p) if rows is None else rows
    return share("N", p.partner, rows) - opposed(p, rows, how)


def shift(p, lead=None, rows=None):
    return above_robot_not_opposed(p, rows) - (above_robot(p, rows) if lead is None else lead)


def ways(p, first=None, last=2024):
    """How far the new state and Pakistan moved from the first year to 2024, with signs."""
    return [POSITION[state, last] - POSITION[state, first or p.first_year] for state in (p.mover, "PAK")]


def part(p, first=None, last=2024):
    """The new state's part of both ways, in percent."""
    mover, pakistan = map(abs, ways(p, first, last))
    return 100 * mover / (mover + pakistan) if mover + pakistan > FAR else None


def part_with_signs(p):
    return 100 * ways(p)[0] / sum(ways(p))


def gap(p, year):
    return abs(POSITION[p.mover, year] - POSITION["PAK", year])


def upper_and_lower(p, partner=None, year=None):
    """The rows of Pakistan and the partner in the student's year, the higher ideal point first."""
    rows = [BANDS[state, year or p.year] for state in ("PAK", partner or p.partner)]
    return sorted(rows, key=lambda row: -row["ideal_point"])


def between(p, of_upper="low_5", of_lower="high_95", partner=None, year=None):
    """A value of the upper state minus one of the lower; by default, how far the bands lie apart, below 0 if they overlap.
    None where one of them has no point in that year."""
    if year and not {("PAK", year), (p.partner, year)} <= BANDS.keys():
        return None
    upper, lower = upper_and_lower(p, partner, year)
    return upper[of_upper] - lower[of_lower]


def width(p, state):
    """How wide the band of the upper (0) or lower (1) state is."""
    row = upper_and_lower(p)[state]
    return row["high_95"] - row["low_5"]


def parts(p, shares=None, lead=None):
    """By how much each half of the claim holds, in clear steps: alike more often than in the 2010s, than the robot."""
    shares, lead = by_decade(p) if shares is None else shares, above_robot(p) if lead is None else lead
    return (shares[p.decade] - shares[2010]) / CLEAR, lead / CLEAR


NEXT_YEAR = "This is the year before or after yours. Take {year}: me.year."
TWO_COLUMNS = ("Votes that one of the two missed are still in, or others were left out. Use dropna, and name two columns: "
               "PAK and me.partner.")
ABSTAINED = "The abstentions are left out. An abstention is a vote: keep it."
SUBJECT_IN = "The votes on {subject} are still in. Leave them out: ~ turns True and False round."
SUBJECT_ONLY = "These are the votes on {subject} alone. Keep the others: ~ turns True and False round."
RATIO = "You divided one share by the other. Percentage points are a difference: subtract."
ONE_WAY = "You left out one of the two pairs. YN and NY are both opposed: a yes against a no."
ROBOT_EQUAL = ("The robot is counted by equal votes here. By “not opposed” it counts, too, where {partner} abstains: it is "
               "opposed only to a no.")
ROBOT_ALONE = ("This is the robot alone. Take the share of Pakistan that is not opposed, subtract that of the robot, and then "
               "above_robot.")
POINT_AND_END = "One of your two numbers is a point. Take the ends of both bands: low_5 of the upper state, high_95 of the lower."
ONE_END = "This is one end alone. Take low_5 of the upper state, and subtract high_95 of the lower."
SIGN_IN = "A sign got in. Take it away with abs(...) from each way, before you add them."
PARAGRAPHS = "Votes on paragraphs and amendments are still in. Begin with the final votes."


def wrong_rows(answer):
    """What the right step gives from the rows of a known mistake in history-a4 or history-a5, by its name."""
    return {"subject in": lambda p: answer(p, rows=of_decade(p, FINAL)),
            "subject only": lambda p: answer(p, rows=of_decade(p, on_subject(p))),
            "paragraphs in": lambda p: answer(p, rows=of_decade(p, other_subjects(p, final=False))),
            "gaps in": lambda p: answer(p, rows=decade_with_gaps(p))}


sheet = Sheet(
    id="history", notebook="01_history",
    space={
        "partner": {"USA": "the United States", "GBR": "the United Kingdom", "TUR": "Türkiye", "SAU": "Saudi Arabia",
                    "IRN": "Iran", "IND": "India", "CHN": "China", "AFG": "Afghanistan"},
        "year": [1966, 1970, 1971, 1972, 1973, 1974, 1975, 1976, 1977, 1979, 1982, 1983, 2000, 2001, 2002, 2004, 2006, 2008,
                 2011, 2012, 2013, 2017],
        "decade": {1960: "the 1960s", 1970: "the 1970s", 1980: "the 1980s", 1990: "the 1990s", 2000: "the 2000s"},
        "subject": SUBJECTS,
        "mover": {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", "TJK": "Tajikistan", "CHN": "China",
                  "USA": "the United States"},
        "first_year": [1996, 1997, 1998, 1999, 2000, 2002, 2005, 2007, 2008, 2010],
    },
    default={"partner": "TUR", "year": 2011, "decade": 2000, "subject": "nuclear", "mover": "KAZ",
             "first_year": 2000},
    prompt="partner {partner}, year {year}, decade {decade}, subject {subject}; a state that moved, {mover}, first year "
         "{first_year}.",
    items=[
        Item("history-a1", objective="history-count", points=5, kind="number", variable="russia_pct",
             uses=["partner", "year"], tolerance=0.06,
             prompt="agreement of Russia with {partner} in {year}, final votes, in percent",
             reference=published,
             mistakes=[
                 Mistake(answer=lambda p: published(p, a="PAK"),
                         feedback="This is Pakistan with {partner}. Here we ask for Russia: country_a is RUS."),
                 Mistake(answer=lambda p: published(p, scope="all"),
                         feedback="This counts paragraphs and amendments, too. Keep the scope final."),
                 Mistake(answer=lambda p: (published(p) + published(p, scope="all")) / 2,
                         feedback="This is the mean of two rows of one year, one for each scope. Do not average them: "
                                  "keep the scope final, and one row is left."),
                 Mistake(answer=lambda p: published(p, column="share_opposed_pct"),
                         feedback="This is the column of opposed votes. Take share_alike_pct."),
                 Mistake(answer=lambda p: published(p, column="share_half_pct"),
                         feedback="This is the column with half a point for an abstention. Take share_alike_pct."),
                 Mistake(answer=lambda p: published(p, column="share_alike_decided_pct"),
                         feedback="This column leaves out each abstention. Take share_alike_pct."),
                 Mistake(answer=lambda p: published(p, year=1985),
                         feedback="This is 1985, as in the example. Your year is {year}: me.year."),
                 *[Mistake(answer=lambda p, step=step: published(p, year=p.year + step), feedback=NEXT_YEAR)
                   for step in (1, -1)],
                 Mistake(answer=lambda p: published(p, column="calls"),
                         feedback="This is the number of votes. Take share_alike_pct."),
                 Mistake(answer=mean_of_years,
                         feedback="This is the mean of all years. Take the one value of {year}: [me.year]."),
             ],
             hints=["Three conditions choose the pair: scope, country_a and country_b. Each stands in round brackets, "
                    "with & between them.",
                    'Then .set_index("year")["share_alike_pct"] gives one value a year. Take yours with [me.year]. Two '
                    "values for one year mean that the scope is not chosen yet.",
                    """Nearly all of it:
    with_russia = pairs[(pairs["scope"] == "final") & (pairs["country_a"] == "RUS") & (...)]
    russia_pct = with_russia.set_index("year")["share_alike_pct"][me.year]"""]),
        Item("history-a2", objective="history-count", points=6, kind="integer", variable="calls",
             uses=["partner", "year"],
             prompt="number of final votes of {year} in which Pakistan and {partner} both cast a vote",
             reference=lambda p: len(voted(p.partner, of_year(p))),
             mistakes=[
                 Mistake(name="paragraphs", answer=lambda p: len(voted(p.partner, of_year(p, VOTES))),
                         feedback="Votes on paragraphs and amendments are still in. Keep the rows whose vote_kind is "
                                  "final."),
                 Mistake(name="gaps", answer=lambda p: len(of_year(p)),
                         feedback=TWO_COLUMNS),
                 Mistake(name="all rows", answer=lambda p: len(of_year(p, VOTES)),
                         feedback="These are all rows of {year}. Keep the final votes, and leave out what one of the "
                                  "two missed."),
                 Mistake(name="full rows", answer=lambda p: len(of_year(p).dropna()),
                         feedback="dropna() without subset throws out each row that has any empty cell. Name the two "
                                  "columns."),
                 Mistake(answer=lambda p: voted(p.partner, of_year(p)).size,
                         feedback=".size counts all cells. len(...) counts rows."),
                 Mistake(name="russia", answer=lambda p: len(voted("RUS", of_year(p))), feedback=TWO_COLUMNS),
                 Mistake(answer=lambda p: len(of_year(p).dropna(subset=["PAK"])), feedback=TWO_COLUMNS),
                 Mistake(answer=lambda p: len(of_year(p).dropna(subset=[p.partner])), feedback=TWO_COLUMNS),
                 Mistake(answer=lambda p: len(voted(p.partner, of_year(p), other="RUS")), feedback=TWO_COLUMNS),
                 Mistake(name="decided", answer=lambda p: len(decided(p)), feedback=ABSTAINED),
                 Mistake(answer=lambda p: len(voted(p.partner, FINAL[FINAL["year"] >= p.year])),
                         feedback="These are the votes from {year} on. Keep those of {year} alone: ==."),
                 *[Mistake(answer=lambda p, step=step: len(voted(p.partner, FINAL[FINAL["year"] == p.year + step])),
                           feedback=NEXT_YEAR) for step in (1, -1)],
                 Mistake(name="all years", answer=lambda p: len(voted(p.partner, FINAL)),
                         feedback="These are the votes of all years. Keep those of {year}."),
                 Mistake(answer=lambda p: int((of_year(p)["PAK"] == of_year(p)[p.partner]).sum()),
                         feedback="This is the number of equal votes. Here we ask for all that both cast."),
             ],
             hints=["Keep the final votes, keep your year, leave out what one of the two missed. Then count.",
                    'The third step is .dropna(subset=["PAK", me.partner]), with no quotes around me.partner.',
                    """Nearly all of it:
    final = votes[votes["vote_kind"] == "final"]
    mine = final[final["year"] == me.year].dropna(subset=[...])
    calls = len(mine)"""]),
        Item("history-a3", objective="history-count", points=8, kind="number", variable="above_russia",
             uses=["partner", "year"], tolerance=0.06, follows=["history-a1", "history-a2"],
             prompt="agreement of Pakistan with {partner} in {year} minus that of Russia, final votes, in percentage "
                  "points",
             reference=lambda p, russia=None, calls=None: above_russia(p, russia),
             carried={"paragraphs": lambda p: above_russia(p, rows=voted(p.partner, of_year(p, VOTES))),
                      "gaps": lambda p: above_russia(p, rows=of_year(p)),
                      "all rows": lambda p: above_russia(p, rows=of_year(p, VOTES)),
                      "full rows": lambda p: above_russia(p, rows=of_year(p).dropna()),
                      "russia": lambda p: above_russia(p, rows=voted("RUS", of_year(p))),
                      "decided": lambda p: above_russia(p, rows=decided(p)),
                      "all years": lambda p: above_russia(p, rows=voted(p.partner, FINAL))},
             mistakes=[
                 Mistake(answer=lambda p: -above_russia(p), worth=0.5,
                         feedback="The size is right, the sign is not: take Pakistan first and subtract Russia."),
                 Mistake(answer=lambda p: above_russia(p, 0), worth=0.5,
                         feedback="This is the agreement of Pakistan with {partner}. Now subtract russia_pct."),
                 Mistake(answer=lambda p: above_russia(p, rows=of_year(p)),
                         feedback="Here the votes that one of the two missed count as different. Use the rows of "
                                  "history-a2."),
                 Mistake(answer=lambda p: above_russia(p, rows=voted(p.partner, of_year(p, VOTES))),
                         feedback="Votes on paragraphs and amendments are still in. Use the rows of history-a2."),
                 Mistake(answer=lambda p: 100 - above_russia(p, 0) - published(p),
                         feedback="Check the first share: it is that of the votes that were not alike. Compare "
                                  "with ==."),
                 Mistake(answer=lambda p: alike("RUS", voted("RUS", of_year(p))) - published(p),
                         feedback="Your first share is Pakistan with Russia. Compare with the column of {partner}: "
                                  "me.partner."),
                 Mistake(answer=lambda p: above_russia(p, 0) / 100 - published(p),
                         feedback="One number is a part of one, the other is in percent. Multiply the mean by 100."),
                 Mistake(answer=lambda p: above_russia(p, 0) / published(p),
                         feedback="This is a ratio. Percentage points are a difference: subtract."),
                 Mistake(answer=lambda p: 100 * above_russia(p) / published(p),
                         feedback="This is the difference in percent of Russia's share. Percentage points are the plain "
                                  "difference: subtract."),
                 Mistake(answer=lambda p: int((of_year(p)["PAK"] == of_year(p)[p.partner]).sum()) - published(p),
                         feedback="Your first number counts the equal votes. Their share is the mean, not the sum."),
                 Mistake(answer=lambda p: 100 - opposed(p, voted(p.partner, of_year(p))) - published(p),
                         feedback="Your first share has all votes that were not opposed. Here only equal votes count: "
                                  "==."),
                 Mistake(answer=lambda p: 100 - above_russia(p, 0),
                         feedback="This is the share that was not alike. Compare with ==, then subtract russia_pct."),
                 Mistake(answer=lambda p: above_russia(p, rows=decided(p)), feedback=ABSTAINED),
                 Mistake(answer=lambda p: above_russia(p, rows=of_year(p, VOTES)),
                         feedback="These are all rows of {year}: paragraphs, too, and votes that one of the two missed. "
                                  "Use the rows of history-a2."),
                 Mistake(answer=lambda p: above_russia(p, rows=voted(p.partner, FINAL)),
                         feedback="Your first share is of all years. Use the rows of history-a2."),
                 Mistake(answer=lambda p: above_russia(p, 0) + published(p),
                         feedback="You added the two shares. How far one lies above the other is a difference: subtract."),
             ],
             hints=["Compare the two columns of history-a2 with ==. It gives True or False for each row.",
                    "The mean of True and False is the share of True. Times 100 it is percent. Then subtract.",
                    """Nearly all of it, with mine, the rows of history-a2:
    alike_pct = (mine["PAK"] == mine[...]).mean() * 100
    above_russia = alike_pct - ..."""]),
        Item("history-a4", objective="history-count", points=10, kind="series", variable="by_decade",
             uses=["partner", "subject"], tolerance=0.06,
             prompt="agreement of Pakistan with {partner} by decade, final votes of 1960 to 2019 that are not on "
                  "{subject}, in percent",
             reference=by_decade,
             mistakes=[
                 Mistake(name="subject in", answer=lambda p: by_decade(p, FINAL), worth=0.5, feedback=SUBJECT_IN),
                 Mistake(name="subject only", answer=lambda p: by_decade(p, on_subject(p)), feedback=SUBJECT_ONLY),
                 Mistake(answer=lambda p: None if p.partner == "CHN" else by_decade(p, first=1946),
                         feedback="These are all years of the table. Keep 1960 to 2019 with between."),
                 Mistake(answer=lambda p: by_decade(p, FINAL, last=2020),
                         feedback="The votes on {subject} are still in; and the year 2020 begins a decade of its own: "
                                  "stop at 2019."),
                 Mistake(answer=lambda p: None if p.partner == "CHN" else by_decade(p, first=1970),
                         feedback="Your first decade is 1970. Keep the years from 1960."),
                 Mistake(name="paragraphs in", answer=lambda p: by_decade(p, other_subjects(p, final=False)),
                         feedback=PARAGRAPHS),
                 Mistake(answer=lambda p: by_decade(p, state="RUS"),
                         feedback="This is Pakistan with Russia. Write me.partner, in dropna and after ==."),
                 Mistake(name="gaps in", answer=with_gaps,
                         feedback="Here the votes that one of the two missed count as different. Leave them out with "
                                  "dropna."),
                 Mistake(answer=lambda p: by_decade(p, seen=lambda rows: rows[p.partner] == "Y"),
                         feedback="This is the robot: how often {partner} says yes. Compare the two states with ==."),
                 Mistake(answer=lambda p: by_decade(p, seen=lambda rows: rows["PAK"] != rows[p.partner]),
                         feedback="This is the share that was not alike. Compare with ==."),
                 Mistake(answer=lambda p: by_decade(p, by=1),
                         feedback="These are single years. Group by the decade: year // 10 * 10."),
                 Mistake(answer=lambda p: by_decade(p).rename(lambda decade: decade // 10), worth=0.5,
                         feedback="The shares are right, but the decades are called 196, 197 and so on. After // 10 "
                                  "multiply by 10."),
                 Mistake(answer=lambda p: by_decade(p).reset_index(drop=True), worth=0.5,
                         feedback="The shares are right, but the decades are gone from the index. Keep the index that "
                                  "groupby gives."),
                 Mistake(answer=lambda p: by_decade(p, how="sum") / 100,
                         feedback="These are numbers of equal votes. Their share is the mean, not the sum."),
                 Mistake(answer=lambda p: by_decade(p, how="count") / 100,
                         feedback="These are numbers of votes. Take the mean of True and False, times 100."),
                 *[Mistake(answer=lambda p, decade=decade: by_decade(p)[lambda shares: shares.index == decade] if decade in by_decade(p) else None,
                           feedback="This is one decade. Keep all from the 1960s to the 2010s.")
                   for decade in (1960, 1970, 1980, 1990, 2000)],
                 *[Mistake(answer=lambda p, subject=subject: None if subject == p.subject
                           else _by_decade(p.partner, subject),
                           feedback="Another subject is left out. Yours is {subject}: me.subject.") for subject in SUBJECTS],
             ],
             hints=["First leave out the votes on {subject}. Then it goes as in the notebook, where the robot was tried: "
                    "add two columns, group by one, take the mean of the other.",
                    "A column of subjects holds True or False. Inside the square brackets, ~ before it keeps the rows "
                    'with False. The decade is rows["year"] // 10 * 10. Write .copy() after dropna(...), so that you '
                    "may add columns.",
                    """Nearly all of it, with final, the rows of votes whose vote_kind is final:
    final = votes[votes["vote_kind"] == "final"]
    others = final[final["year"].between(1960, 2019)]
    others = others[~others[...]].dropna(subset=["PAK", me.partner]).copy()
    others["decade"] = others["year"] // 10 * 10
    others["alike"] = others["PAK"] == others[...]
    by_decade = others.groupby("decade")["alike"].mean() * 100"""]),
        Item("history-a5", objective="history-baseline", points=10, kind="number", variable="above_robot",
             uses=["partner", "decade", "subject"], tolerance=0.011,
             prompt="agreement of Pakistan with {partner} in {decade} minus that of the robot, votes on {subject} left "
                  "out, in percentage points",
             follows=["history-a4"], carried=wrong_rows(above_robot),
             reference=lambda p: above_robot(p),
             mistakes=[
                 Mistake(answer=lambda p: -above_robot(p), worth=0.5,
                         feedback="The size is right, the sign is not: take Pakistan first and subtract the robot."),
                 Mistake(name="subject in", answer=lambda p: above_robot(p, of_decade(p, FINAL)), worth=0.5,
                         feedback=SUBJECT_IN),
                 Mistake(name="subject only", answer=lambda p: above_robot(p, of_decade(p, on_subject(p))),
                         feedback=SUBJECT_ONLY),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)) - share("Y", "PAK", of_decade(p)),
                         feedback="You subtracted how often Pakistan said yes. The robot agrees with {partner} "
                                  "whenever {partner} says yes."),
                 Mistake(answer=lambda p: share("Y", p.partner, of_decade(p)),
                         feedback="This is the agreement of the robot. Subtract it from that of Pakistan."),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)),
                         feedback="This is the agreement of Pakistan. Now subtract that of the robot."),
                 Mistake(answer=lambda p: above_robot(p, all_decades(p)),
                         feedback="These are all decades together. Keep the rows of {decade}."),
                 Mistake(answer=lambda p: above_robot(p, of_decade(p, first=p.decade + 10)),
                         feedback="This is the decade after yours. A decade goes from me.decade to me.decade + 9."),
                 *[Mistake(answer=lambda p, start=start, end=end: above_robot(p, of_years(p, start, end)),
                           feedback="These are not ten years. between keeps both ends: from me.decade to me.decade + 9.")
                   for start, end in ((0, 10), (1, 9), (0, 8), (1, 10), (0, 60))],
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)) / share("Y", p.partner, of_decade(p)),
                         feedback=RATIO),
                 Mistake(answer=lambda p: 100 * above_robot(p) / share("Y", p.partner, of_decade(p)), feedback=RATIO),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)) - share("N", p.partner, of_decade(p)),
                         feedback="You took the votes in which {partner} said no. The robot says yes: it agrees where "
                                  "{partner} says Y."),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)) - share("Y", p.partner, all_decades(p)),
                         feedback="The robot is counted in all decades. Take both shares from the same rows, those of "
                                  "{decade}."),
                 Mistake(answer=lambda p: alike(p.partner, all_decades(p)) - share("Y", p.partner, of_decade(p)),
                         feedback="Pakistan is counted in all decades. Take both shares from the same rows, those of "
                                  "{decade}."),
                 Mistake(answer=lambda p: by_decade(p).mean() - share("Y", p.partner, of_decade(p)),
                         feedback="Pakistan is counted in all decades. Take both shares from the same rows, those of "
                                  "{decade}."),
                 Mistake(answer=lambda p: 100 - alike(p.partner, of_decade(p)) - share("Y", p.partner, of_decade(p)),
                         feedback="Your first share is that of the votes that were not alike. Compare with ==."),
                 Mistake(answer=lambda p: above_robot(p) * len(of_decade(p)) / 100,
                         feedback="These are numbers of votes. Take the mean of True and False in both shares, times 100."),
                 Mistake(answer=lambda p: alike(p.partner, of_decade(p)) - 100,
                         feedback="You subtracted 100. The robot does not always agree with {partner}: only where "
                                  "{partner} says Y."),
                 Mistake(answer=lambda p: alike("RUS", of_decade(p)) - share("Y", p.partner, of_decade(p)),
                         feedback="Your first share is Pakistan with Russia. Compare with the column of {partner}: "
                                  "me.partner."),
                 Mistake(answer=first_year_only,
                         feedback="This is the first year of {decade} only. Keep me.decade to me.decade + 9."),
                 Mistake(name="paragraphs in", answer=lambda p: above_robot(p, of_decade(p, other_subjects(p, final=False))),
                         feedback=PARAGRAPHS),
                 Mistake(name="gaps in", answer=lambda p: above_robot(p, decade_with_gaps(p)),
                         feedback="Here the votes that one of the two missed count as different. Leave them out with "
                                  "dropna."),
             ],
             methods=[lambda p: alike("RUS", rows := voted("RUS", of_decade(p))) - share("Y", "RUS", rows),
                      lambda p: alike(p.partner, of_decade(p)) - share("Y", p.partner, of_decade(p, FINAL)),
                      lambda p: by_decade(p)[p.decade] - share("Y", p.partner, other_subjects(p)[
                          other_subjects(p)["year"].between(p.decade, p.decade + 9)])],
             hints=["You need two percentages of the same rows: those of {decade} out of the rows of history-a4.",
                    "The robot says yes to all. So it agrees with {partner} whenever {partner} says Y.",
                    """Nearly all of it, with others, the rows of history-a4:
    mine_decade = others[others["year"].between(me.decade, me.decade + 9)]
    pakistan_pct = (mine_decade["PAK"] == mine_decade[me.partner]).mean() * 100
    robot_pct = (mine_decade[...] == "Y").mean() * 100"""]),
        Item("history-a6", objective="history-counted", points=10, kind="table", variable="figure_data",
             uses=["partner", "decade"], columns=["issue", "share_alike_pct"], tolerance=0.06,
             prompt="agreement of Pakistan with {partner} in {decade}, final votes, for each of the six subjects",
             reference=by_subject,
             mistakes=[
                 Mistake(answer=lambda p: by_subject(p, subjects=[*SUBJECTS, "all", "none"]), worth=0.5,
                         feedback="The rows all and none are no subjects. Leave them out."),
                 Mistake(answer=lambda p: by_subject(p, subjects=[*SUBJECTS, "all"]), worth=0.5,
                         feedback="The row all is no subject. Leave it out."),
                 Mistake(answer=lambda p: by_subject(p, subjects=[*SUBJECTS, "none"]), worth=0.5,
                         feedback="The row none is no subject. Leave it out."),
                 Mistake(answer=lambda p: by_subject(p, scope="all"),
                         feedback="This counts paragraphs and amendments, too. Keep the scope final."),
                 Mistake(answer=lambda p: by_subject(p, column="share_opposed_pct"),
                         feedback="These are the shares of opposed votes. Take share_alike_pct."),
                 Mistake(answer=lambda p: by_subject(p, decade=p.decade + 10),
                         feedback="This is the next decade. Keep the rows whose decade is me.decade."),
                 Mistake(answer=lambda p: by_subject(p, decade=1980) if p.decade not in (1970, 1980) else None,
                         feedback="These are the 1980s, as in the notebook. Keep the rows whose decade is me.decade."),
                 Mistake(answer=lambda p: by_subject(p, partner="RUS"),
                         feedback="This is Pakistan with Russia. Keep the rows whose country_b is me.partner."),
                 Mistake(answer=lambda p: by_subject(p, state="RUS"),
                         feedback="This is Russia with {partner}. Here we ask for Pakistan: country_a is PAK."),
             ],
             hints=["Four conditions choose the rows: scope, country_a, country_b and decade.",
                    'Put issue into the index. Then you can drop two rows by name: .set_index("issue").drop(["all", '
                    '"none"])',
                    """Nearly all of it:
    subjects = issues[(issues["scope"] == "final") & (issues["country_a"] == "PAK") & (...) & (...)]
    figure_data = subjects.set_index("issue").drop(["all", "none"])[["share_alike_pct"]]"""]),
        Item("history-a7", objective="history-counted", points=10, kind="number", variable="rule_shift",
             uses=["partner", "decade", "subject"], tolerance=0.011, follows=["history-a5"], carried=wrong_rows(shift),
             prompt="how far Pakistan lies above the robot by the rule “not opposed”, minus above_robot, with {partner} "
                  "in {decade}, in percentage points",
             reference=shift,
             mistakes=[
                 Mistake(answer=lambda p: -shift(p), worth=0.5,
                         feedback="The size is right, the sign is not: take the lead by “not opposed” first, then "
                                  "subtract above_robot."),
                 Mistake(answer=above_robot_not_opposed, worth=0.5,
                         feedback="This is how far Pakistan lies above the robot by “not opposed”. Now subtract "
                                  "above_robot."),
                 Mistake(answer=lambda p: -above_robot_not_opposed(p) - above_robot(p),
                         feedback="You compared the opposed votes. Not opposed is 100 minus them, so the sign of the "
                                  "first difference turns."),
                 Mistake(answer=lambda p: 100 - opposed(p, of_decade(p)) - above_robot(p),
                         feedback="The robot is missing: how often is it not opposed to {partner}?"),
                 Mistake(answer=lambda p: 100 - opposed(p, of_decade(p)) - alike(p.partner, of_decade(p)),
                         feedback=ROBOT_EQUAL),
                 Mistake(answer=lambda p: opposed(p, of_decade(p)),
                         feedback="This is the share of opposed votes. Not opposed are all others; then compare with the "
                                  "robot, and subtract above_robot."),
                 Mistake(answer=lambda p: 100 - opposed(p, of_decade(p)),
                         feedback="This is the share not opposed. Subtract that of the robot, and then above_robot."),
                 Mistake(answer=lambda p: above_robot_not_opposed(p, how=["YN"]) - above_robot(p),
                         feedback=ONE_WAY),
                 Mistake(answer=lambda p: above_robot_not_opposed(p, how=["NY"]) - above_robot(p), feedback=ONE_WAY),
                 Mistake(answer=lambda p: above_robot_not_opposed(p, how=["YN", "NY", "YA", "AY", "NA", "AN"])
                         - above_robot(p),
                         feedback="You counted all votes that differ. Opposed are only a yes against a no: YN and NY."),
                 Mistake(answer=lambda p: above_robot_not_opposed(p) + above_robot(p),
                         feedback="You added above_robot. Subtract it."),
                 Mistake(answer=lambda p: above_robot_not_opposed(p) / above_robot(p) if above_robot(p) else None,
                         feedback="You divided by above_robot. Percentage points are a difference: subtract it."),
                 Mistake(answer=lambda p: above_robot_not_opposed(p) - alike(p.partner, of_decade(p)),
                         feedback="You subtracted the agreement of Pakistan. Subtract above_robot."),
                 Mistake(answer=lambda p: opposed(p, of_decade(p)) - above_robot(p),
                         feedback="You began with the share of opposed votes. Begin with those not opposed, and compare "
                                  "them with the robot."),
                 Mistake(answer=lambda p: 100 - opposed(p, of_decade(p)) - share("Y", p.partner, of_decade(p))
                         - above_robot(p),
                         feedback=ROBOT_EQUAL),
                 Mistake(answer=lambda p: share("A", p.partner, of_decade(p)) - opposed(p, of_decade(p)) - above_robot(p),
                         feedback="You took the abstentions of {partner}. The robot's yes is opposed where {partner} says "
                                  "no."),
                 Mistake(answer=lambda p: share("N", p.partner, of_decade(p)), feedback=ROBOT_ALONE),
                 Mistake(answer=lambda p: 100 - share("N", p.partner, of_decade(p)), feedback=ROBOT_ALONE),
                 Mistake(answer=lambda p: above_robot_not_opposed(p, all_decades(p)) - above_robot(p),
                         feedback="The rule “not opposed” is counted in all decades. Use the rows of history-a5."),
                 Mistake(answer=lambda p: above_robot_not_opposed(p, of_decade(p, FINAL)) - above_robot(p),
                         feedback=SUBJECT_IN),
                 *[Mistake(answer=lambda p, end=end: above_robot_not_opposed(p, of_years(p, 0, end)) - above_robot(p),
                           feedback="The rule “not opposed” is counted in other years. Use the rows of history-a5.")
                   for end in (8, 10)],
                 Mistake(answer=lambda p: share("N", "PAK", of_decade(p)) - opposed(p, of_decade(p)) - above_robot(p),
                         feedback="You took Pakistan's no. The robot's yes is opposed where {partner} says no."),
             ],
             hints=["Use the rows of history-a5. You need the share not opposed twice: of Pakistan and {partner}, and of "
                    "the robot and {partner}. Which of the partner's votes is opposed to a robot that says yes?",
                    'Of Pakistan: opposed are the pairs ["YN", "NY"]. Of the robot: opposed are the votes in which '
                    "{partner} says N. Not opposed is 100 minus their share in percent.",
                    """Nearly all of it, with mine_decade, the rows of history-a5:
    pakistan_opposed = (mine_decade["PAK"] + mine_decade[me.partner]).isin(["YN", "NY"]).mean() * 100
    robot_opposed = (mine_decade[me.partner] == ...).mean() * 100
    rule_shift = (100 - pakistan_opposed) - (100 - robot_opposed) - ..."""]),
        Item("history-a8", objective="history-moved", points=10, kind="number", variable="mover_part",
             uses=["mover", "first_year"], tolerance=0.06,
             prompt="part of {mover} in the movement of its ideal point and Pakistan's from {first_year} to 2024, in "
                  "percent",
             reference=part,
             mistakes=[
                 Mistake(answer=lambda p: 100 - part(p), worth=0.5,
                         feedback="This is the part of Pakistan. Divide the way of {mover} by both ways together."),
                 Mistake(answer=part_with_signs,
                         feedback=SIGN_IN),
                 Mistake(answer=lambda p: 100 * abs(ways(p)[0] / ways(p)[1]),
                         feedback="You divided by Pakistan's way alone. Divide by both ways together."),
                 Mistake(answer=lambda p: 100 * abs(ways(p)[0]) / gap(p, p.first_year),
                         feedback="You divided by the gap between the two. Divide by both ways together."),
                 Mistake(answer=lambda p: part(p, first=1995),
                         feedback="This starts in 1995, as in the notebook. Your first year is {first_year}."),
                 Mistake(answer=lambda p: abs(ways(p)[0]),
                         feedback="This is the way of {mover}. Divide it by both ways together, times 100."),
                 Mistake(answer=lambda p: sum(map(abs, ways(p))),
                         feedback="These are both ways together. Which part of them is that of {mover}?"),
                 Mistake(answer=lambda p: 100 * abs(POSITION["RUS", 2024] - POSITION["RUS", p.first_year]) / (
                     abs(POSITION["RUS", 2024] - POSITION["RUS", p.first_year]) + abs(ways(p)[1])),
                         feedback="This is Russia. Here we ask for {mover}: me.mover."),
                 Mistake(answer=lambda p: 100 * ways(p)[0] / sum(map(abs, ways(p))) if ways(p)[0] < 0 else None,
                         feedback=SIGN_IN),
                 Mistake(answer=lambda p: 100 * abs(ways(p)[0] / sum(ways(p))) if sum(ways(p)) else None,
                         feedback=SIGN_IN),
                 Mistake(answer=lambda p: 100 * abs(ways(p)[1] / ways(p)[0]),
                         feedback="You divided Pakistan's way by that of {mover}. Divide the way of {mover} by both ways "
                                  "together."),
                 Mistake(answer=lambda p: abs(ways(p)[1]), feedback="This is the way of Pakistan alone. Which part of both "
                                                                    "ways is that of {mover}?"),
                 Mistake(answer=lambda p: abs(ways(p)[0]) - abs(ways(p)[1]),
                         feedback="This is the difference of the two ways. Divide the way of {mover} by both together."),
                 Mistake(answer=lambda p: 100 + abs(ways(p)[1]),
                         feedback="Round brackets are missing. Add the two ways in brackets first, then divide."),
                 Mistake(answer=lambda p: part(p, last=2023), feedback="This ends in 2023. The last year is 2024."),
                 *[Mistake(answer=lambda p, step=step: part(p, first=p.first_year + step)
                           if (p.mover, p.first_year + step) in POSITION else None,
                           feedback="Your first year is one too early or too late. It is {first_year}: me.first_year.")
                   for step in (1, -1)],
                 Mistake(answer=lambda p: 100 * abs(POSITION[p.mover, 2024]) / (abs(POSITION[p.mover, 2024])
                                                                                + abs(POSITION["PAK", 2024])),
                         feedback="These are the places in 2024. A way is the place in 2024 minus that in {first_year}."),
                 *[Mistake(answer=lambda p, sign=sign: sign * 100 * abs(ways(p)[0]) / POSITION[p.mover, p.first_year],
                           feedback="You divided by a place on the scale. Divide by both ways together.")
                   for sign in (1, -1)],
                 Mistake(answer=lambda p: 100 * abs(ways(p)[0]) / (
                     abs(POSITION["RUS", 2024] - POSITION["RUS", p.first_year]) + abs(ways(p)[0])),
                         feedback="The second state is Russia here. It is Pakistan: PAK."),
             ],
             methods=[lambda p: part(p, last=2021) or 100.0, lambda p: 100 * gap(p, 2024) / gap(p, p.first_year)],
             hints=["You need the way of both states, from {first_year} to 2024, each without its sign.",
                    "The part is the way of {mover}, divided by both ways together, times 100.",
                    """Nearly all of it:
    pakistan_way = abs(position["PAK"][2024] - position["PAK"][me.first_year])
    mover_way = abs(...)
    mover_part = 100 * mover_way / (mover_way + ...)"""]),
        Item("history-a9", objective="history-moved", points=5, kind="number", variable="bands_apart",
             uses=["partner", "year"], tolerance=0.006,
             prompt="lower end of the upper band minus upper end of the lower band, Pakistan and {partner} in {year}",
             reference=between,
             mistakes=[
                 Mistake(answer=lambda p: -between(p), worth=0.5,
                         feedback="The size is right, the sign is not: begin with the upper state, subtract the lower "
                                  "one. Below zero means that the bands overlap."),
                 Mistake(answer=lambda p: between(p, "ideal_point", "ideal_point"),
                         feedback="This is the distance of the two points. The bands are left out: take their ends."),
                 Mistake(answer=lambda p: between(p, "low_5", "low_5"),
                         feedback="You took low_5 of both. Of the lower state take the upper end, high_95."),
                 Mistake(answer=lambda p: between(p, "high_95", "high_95"),
                         feedback="You took high_95 of both. Of the upper state take the lower end, low_5."),
                 Mistake(answer=lambda p: between(p, "high_95", "low_5"),
                         feedback="These are the outer ends. Take the inner ones: low_5 of the upper state, high_95 of "
                                  "the lower."),
                 Mistake(answer=lambda p: -between(p, "high_95", "low_5"),
                         feedback="You have the two states mixed up. The upper state has the larger point, and -0.5 is "
                                  "larger than -1.2."),
                 Mistake(answer=lambda p: between(p, partner="RUS"),
                         feedback="This is Pakistan with Russia. Take {partner}: me.partner."),
                 *[Mistake(answer=lambda p, step=step: between(p, year=p.year + step), feedback=NEXT_YEAR)
                   for step in (1, -1)],
                 Mistake(answer=lambda p: between(p, year=2024), feedback="This is 2024. Your year is {year}: me.year."),
                 Mistake(answer=lambda p: -between(p, "ideal_point", "ideal_point"),
                         feedback="These are the two points, and the lower one came first. Take the ends of the bands: "
                                  "low_5 of the upper state, minus high_95 of the lower."),
                 *[Mistake(answer=lambda p, upper=upper, lower=lower: between(p, upper, lower), feedback=POINT_AND_END)
                   for upper, lower in (("low_5", "ideal_point"), ("ideal_point", "high_95"))],
                 *[Mistake(answer=lambda p, state=state, sign=sign: sign * width(p, state),
                           feedback="These are the two ends of one band. Take an end of each of the two bands.")
                   for state in (0, 1) for sign in (1, -1)],
                 Mistake(answer=lambda p: -between(p, "low_5", "low_5"),
                         feedback="You took low_5 of both. Of the lower state take the upper end, high_95."),
                 Mistake(answer=lambda p: -between(p, "high_95", "high_95"),
                         feedback="You took high_95 of both. Of the upper state take the lower end, low_5."),
                 Mistake(answer=lambda p: upper_and_lower(p)[0]["low_5"] + upper_and_lower(p)[1]["high_95"],
                         feedback="You added the two ends, or lost a sign. Subtract; minus a negative number is plus."),
                 Mistake(answer=lambda p: upper_and_lower(p)[0]["low_5"], feedback=ONE_END),
                 Mistake(answer=lambda p: upper_and_lower(p)[1]["high_95"], feedback=ONE_END),
             ],
             hints=["Show the rows of the two states in {year}. The upper state is the one with the larger ideal_point; "
                    "of two negative numbers that is the one nearer to zero.",
                    "Take low_5 of the upper state, and subtract high_95 of the lower one. You may type the two numbers.",
                    """This shows both bands:
    both = points[(points["year"] == me.year) & points["country"].isin(["PAK", me.partner])]
    both.set_index("country")[["low_5", "ideal_point", "high_95"]]"""]),
        two_part_claim("history-a10", objective="history-claim", points=6, uses=["partner", "decade", "subject"],
                   parts=parts, follows=["history-a4", "history-a5"],
                   prompt="verdict on the claim about Pakistan and {partner} in {decade}",
                   look="First: is by_decade larger in {decade} than in the 2010s? Second: is above_robot larger than "
                        "zero?",
                   hint="First half: compare two values of by_decade. Second half: look at the sign of above_robot.",
                   not_open="No evidence is missing: you have both decades.",
                   not_outdated="The claim names its decades, so nothing that came later can overtake it."),
        Written("history-b1", objective="history-baseline", rubric=[
            (3, "What was counted. 3: it is said for all numbers (same vote or not opposed in final votes, or ideal "
                "points with their bands), and for which two states. 2: one of these is missing. 1: only one number "
                "has it. 0: only “agreed” or “were close”."),
            (2, "Years. 2: every number has its year or decade. 1: one number lacks it. 0: more lack it, or there is "
                "no number."),
            (3, "Baseline. 3: a number of the pair stands beside a baseline with its own number (the robot, Russia "
                "with the partner, another decade), and the text says which is higher. 2: the baseline's number or the "
                "order is missing. 1: a baseline is named, without both. 0: no baseline."),
            (2, "Limits. 2: names one thing that the numbers can't show, and claims no cause, friendship or motive. "
                "1: only one of these two. 0: neither."),
        ]),
        Written("history-b2", objective="history-claim", rubric=[
            (2, "Verdict. 2: unverifiable; or contradicted or mixed, with the words that “unthinkable” is read as “never "
                "done”. 1: another one of the six, if the student's own reason leads to it by the rules. 0: none, or "
                "one that the reason speaks against."),
            (2, "Rule. 2: says what in the claim can be checked (was there military cooperation before?), and that "
                "“unthinkable” tells a feeling, not a fact. 1: only one of these two. 0: neither. The verdict does not "
                "matter here."),
            (3, "Evidence. 3: two of the facts with date and publisher, and what each of them shows. 2: two facts, but "
                "a date, a publisher or what one of them shows is missing. 1: one fact. 0: none of the facts. The "
                "verdict does not matter here."),
            (3, "Change of mind. 3: names evidence that could be found, and the verdict that would follow. 1: only one "
                "of these two, or only “more sources”. 0: nothing. The verdict does not matter here."),
        ]),
    ],
)
