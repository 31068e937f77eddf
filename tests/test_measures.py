"""What calculations and notebooks share: each measure against numbers worked out by hand or by another way."""

import ast

import numpy as np
import pandas as pd
import pytest

from course import ROOT, read
from ruspak import calc, measures, table
from ruspak.data import calcs
from ruspak.errors import CourseError
from ruspak.measures import rows

LONGEST = 120
FRUIT = pd.DataFrame(
    {"year": [2001, 2001, 2002], "kind": ["pear", "plum", "pear"], "tonnes": [4.0, None, 5.0]}
)


def test_calculations_are_short_and_name_what_they_do():
    said = []
    for key, expression in table("calcs").set_index("id")["expression"].items():
        if len(expression) > LONGEST:
            said.append(f"{key}: {len(expression)} characters. Put a part into a calculation of its own.")
        if any(isinstance(node, ast.Lambda) for node in ast.walk(ast.parse(expression, mode="eval"))):
            said.append(
                f"{key}: a lambda. Give the function a name, a docstring and a test in ruspak/measures."
            )
    assert not said, "\n".join(said)


def test_a_calculation_names_its_tables_also_those_behind_others():
    assert calcs.tables_of("en-even-reached") == ["pipelines", "pipeline_tariffs"]
    assert calcs.tables_of("tr-2012-gap") == ["mirror_trade"] and calcs.tables_of("ou-brier-70") == []


def test_a_calculation_that_leads_back_to_itself_is_told(monkeypatch):
    loop = pd.Series({"expression": "1 + calc('loop')", "format": "{}", "note": ""})
    monkeypatch.setattr(calcs, "row_of", lambda *_: loop)
    with pytest.raises(
        CourseError, match="data/course/calcs.csv, loop: its calculation leads back to itself"
    ):
        calc("loop")
    assert calcs.tables_of("loop") == []


def test_every_measure_says_what_it_does():
    for name in measures.__all__:
        assert len(getattr(measures, name).__doc__ or "") > 40, name


def test_rows_pick_and_values_take_what_fits():
    assert list(rows(FRUIT, kind="pear", year=2001)["tonnes"]) == [4.0]
    assert measures.pick(FRUIT, "tonnes", kind="pear", year=2002) == 5.0
    assert dict(measures.values(FRUIT, "tonnes", kind="pear")) == {2001: 4.0, 2002: 5.0}
    assert dict(measures.values(FRUIT, "tonnes", "kind", year=2002)) == {"pear": 5.0}
    assert len(rows(FRUIT.assign(kind=[None, "plum", "pear"]), kind="pear")) == 1, "missing is not equal"


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: rows(FRUIT, sort="pear"), "no column 'sort'. It has year, kind, tonnes"),
        (lambda: measures.pick(FRUIT, "tonnes", year=2001), "2 rows have year=2001"),
        (lambda: measures.pick(FRUIT, "tonnes", kind="fig"), "0 rows have kind='fig'"),
        (lambda: measures.values(FRUIT, "tonnes"), "Two rows have year 2001"),
    ],
)
def test_what_does_not_fit_is_told(call, says):
    with pytest.raises(CourseError) as error:
        call()
    assert says in str(error.value)


def test_change_ratio_and_growth():
    line = pd.Series({2001: 50.0, 2002: 40.0, 2003: 60.0})
    assert measures.change(line, 2001, 2002) == -10 and measures.change_pct(line, 2001, 2002) == -20
    assert measures.ratio(line, 2003, 2002) == 1.5 and measures.ratio(line, [2001, 2002], 2003) == 1.5
    assert measures.growth_pct(100, 121, 2) == pytest.approx(10)
    with pytest.raises(KeyError):
        measures.ratio(line, 1999, 2001)


def test_real_takes_prices_out():
    trade = pd.DataFrame({"year": [1990, 2014, 2015], "turnover_musd": [50.0, 80.0, 90.0]})
    prices = pd.DataFrame({"year": [1990, 2014], "consumer_2014_100": [50.0, 100.0]})
    assert dict(measures.real(trade, prices)) == {1990: 100.0, 2014: 80.0}


def test_straight_km_on_a_sphere():
    """A quarter of the equator, a quarter of a meridian; over a stop, legs add up; by name column or index."""
    places = pd.DataFrame({"name": ["zero", "east", "pole"], "lat": [0, 0, 90], "lon": [0, 90, 0]})
    quarter = 12742 * 3.141592653589793 / 4
    for table_ in (places, places.set_index("name")):
        assert measures.straight_km(table_, "zero", "east") == pytest.approx(quarter)
        assert measures.straight_km(table_, "zero", "east", "pole") == pytest.approx(2 * quarter)
    with pytest.raises(KeyError):
        measures.straight_km(places, "zero", "west")


@pytest.mark.parametrize("successes, cases", [(0, 7), (1, 10), (5, 22), (22, 22)])
def test_interval_holds_the_rates_that_make_the_count_plausible(successes, cases):
    """At both ends, the count lies 1.96 standard errors of that rate away: what Wilson's interval is."""
    share = successes / cases
    for rate in (end / 100 for end in measures.interval(successes, cases)):
        assert (share - rate) ** 2 == pytest.approx(1.96**2 * rate * (1 - rate) / cases, abs=1e-12)


def test_difference_and_split():
    held = pd.Series([True, True, False, True, False, False, False])
    one, other = measures.split(held, pd.Series([True] * 4 + [False] * 3))
    gap, low, high = measures.difference(one, other)
    assert gap == 75 and low < gap < high
    assert measures.difference(other, one) == pytest.approx([-gap, -high, -low])
    assert low == pytest.approx(
        75 - ((75 - measures.interval(3, 4)[0]) ** 2 + measures.interval(0, 3)[1] ** 2) ** 0.5
    )


def test_stratified_is_that_of_a_known_example():
    """Smoking and lung cancer (R. Doll and A. B. Hill, British Medical Journal, 1950), in two strata, men and women: the
    difference of 0.3294 (0.2281 to 0.4307) is that of M. W. Fagerland, S. Lydersen and P. Laake, Statistical Analysis
    of Contingency Tables (2017), chapter 10, as their R package contingencytables tests it.
    """
    rows_ = [("men", 0, 647, 622), ("men", 1, 2, 27), ("women", 0, 41, 28), ("women", 1, 19, 32)]
    cases = [
        (sex, second == 0, held) for sex, second, yes, no in rows_ for held in [True] * yes + [False] * no
    ]
    data = pd.DataFrame(cases, columns=["sex", "first", "held"])
    found = measures.stratified(data["held"], data["first"], data["sex"])
    assert found == pytest.approx([32.94, 22.81, 43.07], abs=0.005)
    with pytest.raises(CourseError, match="no kind has cases in both groups"):
        measures.stratified(data["held"], data["first"], data["first"].map(str))


def test_stratified_with_one_kind_is_the_plain_difference():
    held = pd.Series([True, True, False, True, False, False, False, False])
    first, kind = pd.Series([True] * 4 + [False] * 4), pd.Series(["fact"] * 8)
    gap, low, high = measures.stratified(held, first, kind)
    spread = 1.96 * (0.75 * 0.25 / 4) ** 0.5 * 100
    assert [gap, low, high] == pytest.approx([75, 75 - spread, 75 + spread])


def test_bounds_count_the_unknown_both_ways():
    assert measures.bounds(6, 10, 47) == pytest.approx([600 / 47, 1600 / 47])


def test_an_interval_by_groups_is_that_of_a_ratio_and_wider_where_cases_are_alike():
    """Against the variance of a ratio by linearisation (W. G. Cochran, Sampling Techniques, 1977, chapter 6)."""
    cases = pd.Series([5, 9, 12, 4, 7, 10, 6, 8] * 10)
    yes = pd.Series([0, 1, 6, 0, 0, 2, 0, 1] * 10)
    share = yes.sum() / cases.sum()
    deviation = ((yes - share * cases) ** 2).sum() / (len(cases) - 1)
    spread = 196 * (deviation / len(cases)) ** 0.5 / cases.mean()
    low, high = measures.grouped_interval(yes, cases)
    assert [low, high] == pytest.approx([100 * share - spread, 100 * share + spread], abs=1.5)
    alone = measures.interval(int(yes.sum()), int(cases.sum()))
    assert high - low > alone[1] - alone[0]


PAIRS = table("gravity_pairs")
OWN = PAIRS.index[PAIRS["state_a"].eq("PAK") & PAIRS["state_b"].eq("RUS")][0]


@pytest.mark.parametrize(
    "states, poisson, expected", [(False, False, 3000), (True, False, 1616), (False, True, 4869)]
)
def test_gravity_gives_what_the_stored_fits_have(states, poisson, expected):
    fits = rows(table("gravity_fits"), sample="22 states", state_a="PAK", state_b="RUS")
    assert expected in set(fits["expected_musd"])
    traded = PAIRS[PAIRS["turnover_musd"] > 0]
    assert round(measures.expected_trade(traded, states, poisson)[OWN]) == expected


def test_the_standard_gravity_fit_is_that_of_statsmodels():
    """GLM(family=Poisson()) of statsmodels 0.15 on the same 229 pairs, a column for each state: 2422.8221410902597."""
    assert measures.expected_trade(PAIRS, states=True, poisson=True)[OWN] == pytest.approx(
        2422.82214, abs=1e-4
    )


def test_a_poisson_fit_leaves_each_state_its_own_sum():
    """What a state trades in all is what the fit with a number for each state expects of it."""
    expected = measures.expected_trade(PAIRS, states=True, poisson=True)
    for state in ("PAK", "RUS", "TJK"):
        own = PAIRS["state_a"].eq(state) | PAIRS["state_b"].eq(state)
        assert expected[own].sum() == pytest.approx(PAIRS.loc[own, "turnover_musd"].sum(), rel=1e-6)


def test_gravity_weights_are_those_of_the_first_fit():
    """One per cent more distance changes what is expected by as much as the weight says."""
    traded = PAIRS[PAIRS["turnover_musd"] > 0]
    weights, fitted = measures.gravity_weights(traded), np.log(measures.expected_trade(traded))
    output = np.log(traded["gdp_a_busd"] * traded["gdp_b_busd"])
    rest = (
        fitted
        - weights["output"] * output
        - weights["distance"] * np.log(traded["distance_km"].astype(float))
    )
    assert rest.std() < 1e-9 and weights["output"] > 0 > weights["distance"]


def test_share_pct():
    assert measures.share_pct(FRUIT, "tonnes", year=2002) == pytest.approx(500 / 9)


def test_agreement_pools_by_roll_calls_in_either_order():
    pairs = pd.DataFrame(
        {
            "year": [1, 2, 1],
            "country_a": ["PAK", "PAK", "PAK"],
            "country_b": ["RUS", "RUS", "IND"],
            "scope": ["final"] * 3,
            "calls": [10, 30, 5],
            "share_alike_pct": [50.0, 90.0, 7.0],
            "share_opposed_pct": [20.0, 0.0, 7.0],
        }
    )
    assert measures.agreement(pairs, "RUS", "PAK") == 80 and measures.agreement(pairs, "PAK", "RUS") == 80
    assert measures.agreement(pairs, "PAK", "RUS", year=1) == 50
    assert measures.agreement(pairs, "PAK", "RUS", share="opposed") == 5


def test_opposed_pct_is_yes_against_no_where_both_voted():
    votes = pd.DataFrame({"PAK": ["Y", "N", "A", "Y", "Y"], "RUS": ["N", "Y", "N", "Y", None]})
    assert measures.opposed_pct(votes, "PAK", "RUS") == 50


def test_survival_as_by_hand_in_the_notebook():
    """The four spells of the notebook: 3/4, then 2/3 of that, then nothing; one that still runs is seen to 200."""
    spells = pd.DataFrame({"days": [100, 200, 200, 400], "ended": [True, True, False, True]})
    assert dict(measures.survival(spells)) == pytest.approx({0: 1, 100: 0.75, 200: 0.5, 400: 0})
    assert measures.survival(spells).asof(399) == 0.5


# Weeks in remission of 42 children with leukaemia (E. J. Freireich and others, Blood 21, 1963): 21 with the drug 6-MP,
# 21 without. The bands and the test below are those of scipy.stats 1.17 (ecdf with "log-log", logrank).
WITH_DRUG = pd.DataFrame(
    {
        "days": [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
        "ended": [True] * 9 + [False] * 12,
    }
)
WITHOUT = pd.DataFrame(
    {"days": [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], "ended": True}
)


@pytest.mark.parametrize(
    "week, left, low, high",
    [
        (6, 0.857143, 0.619718, 0.951552),
        (10, 0.752941, 0.503200, 0.889362),
        (30, 0.448179, 0.188052, 0.680143),
    ],
)
def test_the_band_of_a_survival_curve_is_that_of_a_known_example(week, left, low, high):
    assert measures.survival(WITH_DRUG).asof(week) == pytest.approx(left, abs=1e-6)
    assert measures.survival_band(WITH_DRUG, week) == pytest.approx([100 * low, 100 * high], abs=1e-3)


def test_all_or_nothing_has_no_band():
    for spells, day in ((WITH_DRUG, 3), (WITHOUT, 23)):
        with pytest.raises(CourseError, match="all or nothing"):
            measures.survival_band(spells, day)


def test_logrank_is_that_of_a_known_example():
    assert measures.logrank(WITH_DRUG, WITHOUT) == pytest.approx(4.168809e-05, rel=1e-5)
    assert measures.logrank(WITHOUT, WITH_DRUG) == pytest.approx(4.168809e-05, rel=1e-5)
    assert measures.logrank(WITH_DRUG, WITH_DRUG) == 1


def test_a_spell_that_runs_is_counted_to_the_day_and_not_ended():
    spells = pd.DataFrame(
        {"start": ["2020-01-01", "2026-03-01"], "end": ["2020-01-11", None], "days": [10, None]}
    )
    counted = measures.counted_to(spells, "2026-03-31")
    assert list(counted["days"]) == [10, 30] and list(counted["ended"]) == [True, False]
    assert "ended" not in spells


def test_covered_counts_each_day_once():
    spells = pd.DataFrame(
        {"start": ["2020-01-01", "2020-01-04", "2020-01-09"], "end": ["2020-01-05", "2020-01-06", None]}
    )
    assert measures.covered_pct(spells, "2020-01-01", "2020-01-10") == 80


def test_weights():
    """Two rows by two rules, weights 0 and 1: (0, 1), (1, 0), (1, 1)."""
    marks = pd.DataFrame({"one": [3, 1], "two": [0, 1]}, index=["a", "b"])
    assert measures.weight_grid(marks, top=1).to_numpy().tolist() == [[0, 1], [3, 1], [3, 2]]
    assert measures.first_pct(marks, "a", top=1) == pytest.approx(200 / 3)
    assert len(measures.weight_grid(marks, top=2)) == 8
    assert len(measures.weight_grid(marks, top=2, multiples=False)) == 5
    level = marks.assign(one=1, two=1)
    assert measures.first_pct(level, "a") == 100 and measures.first_pct(level, "a", alone=True) == 0


def test_a_rule_that_marks_all_alike_is_not_telling():
    marks = pd.DataFrame({"one": [3, 1], "two": [2, 2], "three": [0, 1]}, index=["a", "b"])
    assert list(measures.telling(marks).columns) == ["one", "three"]


def test_limit_marks_count_the_projects_and_take_another_mark():
    scores, cases = table("limit_scores"), table("limit_cases")
    marks = measures.limit_marks(scores, cases)
    assert list(marks.columns) == ["named", "at_stake", "comparison", "lasting"]
    assert marks["named"].between(0, 3).all() and len(marks) == len(scores)
    all_cases = measures.limit_marks(scores, cases.assign(firm=True))
    assert list(marks.index[marks["named"] < all_cases["named"]]) == ["India", "money"]
    other = measures.limit_marks(scores, cases, {"sanctions": 0})
    changed = marks.compare(other)
    assert list(changed.index) == ["sanctions"] and other["comparison"]["sanctions"] == 0


def test_brier_and_the_rule_of_habit():
    assert measures.brier(0.8, 1) == pytest.approx(0.04) and measures.brier(0.8, 0) == pytest.approx(0.64)
    questions = pd.DataFrame({"habit": ["regular", "promised before", "new"]})
    assert list(measures.by_habit(questions)) == [0.9, 0.1, 0.5]
    assert measures.by_habit(table("forecast_questions")).notna().all()


def test_fee_pays_back_the_loan():
    """25 yearly payments, taken back to today at the same interest, are the cost; half the gas, twice the fee."""
    fee = measures.fee_needed(2, 0.12, 1, running=0)
    paid = fee * 12.4 * 34.1e6 / 1e9
    assert sum(paid / 1.12**year for year in range(1, 26)) == pytest.approx(2)
    assert measures.fee_needed(2, 0.12, 0.5) == pytest.approx(2 * measures.fee_needed(2, 0.12, 1))
    assert measures.fee_needed(2, 0.12, 1) - fee == pytest.approx(0.06e9 / (12.4 * 34.1e6))


def test_projects_are_announced_and_civil():
    projects = table("projects")
    counted = measures.civil(projects)
    assert counted["first_announced"].notna().all() and set(counted["cohort"]) == {"russian"}
    assert "military" not in set(counted["field"]) and len(measures.civil(projects, kind="goods")) < len(
        counted
    )
    parts = [measures.announced(projects, cohort=cohort) for cohort in projects["cohort"].unique()]
    assert sum(map(len, parts)) == projects["first_announced"].notna().sum()


def test_by_size_and_growth_cases():
    compared = pd.DataFrame(
        {"india_musd": [60], "pakistan_musd": [5], "india_gdp_busd": [8], "pakistan_gdp_busd": [2]}
    )
    assert measures.by_size(compared).item() == 3
    cases = measures.growth_cases(table("growth_base_rates"), 5)
    assert cases.is_monotonic_increasing and cases.index.is_unique


def test_positions():
    points = pd.DataFrame({"year": [1, 1], "country": ["PAK", "RUS"], "ideal_point": [0.5, -1.0]})
    assert dict(measures.positions(points).loc[1]) == {"PAK": 0.5, "RUS": -1.0}


HELD = (pd.Series([True] * 5 + [False] * 9), pd.Series([True] * 2 + [False] * 4))
SPELLS = pd.DataFrame({"days": [100, 200, 200, 400], "ended": [True, True, False, True]})
TAUGHT = {  # the pages write these out, because they teach them; name there, name here, and what is tried
    "fee_needed": (
        "fee_needed",
        ["notebooks/03_energy", "solutions/03_energy"],
        [(2, 0.12, 0.5), (1.5, 0.08, 1)],
    ),
    "survival": ("survival", ["notebooks/05_limits", "solutions/05_limits"], [(SPELLS,)]),
    "difference": ("difference", ["notebooks/06_outlook", "solutions/06_outlook"], [HELD, HELD[::-1]]),
    "brier": ("brier", ["notebooks/06_outlook"], [(0.8, 1), (0.35, 0)]),
    "needed": ("growth_pct", ["notebooks/06_outlook"], [(700, 5000, 5), (1000, 2000, 3)]),
}


@pytest.mark.parametrize(
    "page, name", [(page, name) for name, (_, pages, _) in TAUGHT.items() for page in pages]
)
def test_a_page_that_teaches_a_measure_works_it_out_alike(page, name):
    """What a page prints is compared as printed: the notebook on the outlook prints points, not numbers."""
    ours, _, tries = TAUGHT[name]
    source = "\n".join(cell.source for cell in read(ROOT / f"{page}.ipynb").cells if cell.cell_type == "code")
    tree = ast.parse(source)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    if not found:
        imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        known = {alias.name for node in imports if node.module == "ruspak.measures" for alias in node.names}
        assert name in known, f"{page} neither writes {name} nor imports it from ruspak.measures"
        return
    names = {"pd": pd, "interval": measures.interval, "BTU": 34.1e6}
    exec(ast.unparse(found[0]), names)
    for tried in tries:
        theirs, wanted = names[name](*tried), getattr(measures, ours)(*tried)
        if isinstance(theirs, list) and isinstance(theirs[0], str):
            assert theirs == [f"{end:+.0f} points" for end in wanted]
        else:
            assert list(pd.Series(theirs)) == pytest.approx(list(pd.Series(wanted)), abs=5e-5)


def test_verdicts_before_they_were_judged_again():
    claims = pd.DataFrame({"id": ["a", "b"], "verdict": ["supported", "mixed"]})
    changes = pd.DataFrame({"id": ["a"], "old": ["open"], "new": ["supported"]})
    assert list(measures.verdicts_before(claims, changes).verdict) == ["open", "mixed"]
    assert list(claims.verdict) == ["supported", "mixed"]


class TestCoders:
    """Two coders on 50 cases: 20 times both say yes, 15 times both no, 10 times yes and no, 5 times no and yes."""

    ONE = pd.Series(["yes"] * 30 + ["no"] * 20)
    OTHER = pd.Series(["yes"] * 20 + ["no"] * 10 + ["yes"] * 5 + ["no"] * 15)

    def test_kappa_by_hand(self):
        assert measures.kappa(self.ONE, self.OTHER) == pytest.approx((0.7 - 0.5) / 0.5)
        assert measures.kappa(self.ONE, self.ONE) == 1

    def test_its_interval_holds_it_and_stays_the_same(self):
        low, high = measures.kappa_interval(self.ONE, self.OTHER)
        assert low < 0.4 < high and measures.kappa_interval(self.ONE, self.OTHER) == [low, high]
        assert 0.1 < low < 0.25 and 0.55 < high < 0.7


def test_state_media_are_found_by_whole_words():
    media = pd.DataFrame({"medium": ["TASS", "RT", "APP"], "state": ["Russia", "Russia", "Pakistan"]})
    papers = pd.Series(["TASS", "UrduPoint (APP)", "Report", "Dawn", "APP (quoting RT)"])
    assert measures.from_state(papers, media, "Russia").tolist() == [True, False, False, False, True]
    assert measures.states_behind("APP (quoting RT)", media) == ["Russia", "Pakistan"]
    assert measures.states_behind("Reports", media) == []
    with pytest.raises(CourseError, match="no row for 'Iran'. It has Russia, Pakistan"):
        measures.from_state(papers, media, "Iran")
