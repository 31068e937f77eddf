"""Follow-through marks: the right method on an own wrong value earns the points, and no chosen or copied value does."""

import math

import pandas as pd
import pytest

from ruspak.errors import CourseError
from ruspak.sheets.compare import judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.keys import load
from ruspak.sheets.serialise import serialise

KEY = """
from ruspak.sheets.items import Item, Mistake, Sheet, Written

COST = {"Kasur": 4.0, "Lahore": 5.0, "Quetta": 3.0}


def fee(p, cost=None):
    return 12 * (COST[p.town] if cost is None else cost) / p.years + 0.5


def item(number, variable, uses, reference, **more):
    return Item(f"sample-a{number}", objective="sample-ratio", points=10, kind="number", variable=variable, uses=uses,
                tolerance=0.01, prompt="a number", reference=reference, hints=["One.", "Two."],
                mistakes=[Mistake(answer=lambda p: -reference(p), feedback="The sign is wrong."),
                          Mistake(answer=lambda p: reference(p) + 7, feedback="Seven too many.")], **more)


sheet = Sheet(id="sample", notebook="01_sample",
              space={"town": ["Kasur", "Lahore", "Quetta"], "years": [20, 25]},
              default={"town": "Kasur", "years": 20}, prompt="{town}, {years}",
              items=[item(1, "cost", ["town"], lambda p: COST[p.town]),
                     item(2, "fee", ["town", "years"], fee, follows=["sample-a1"]),
                     Written("sample-b1", objective="sample-ratio", rubric=[(80, "all of it")])])
"""
KASUR = {"town": "Kasur", "years": 20}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    return read(tmp_path_factory.mktemp("key"), KEY)


def read(folder, text):
    (folder / "01_sample.py").write_text(text, encoding="utf-8")
    return load(folder / "01_sample.py")


def fee(cost, years=20):
    return 12 * cost / years + 0.5


def judged(sheet, cost, given, params=KASUR):
    item = sheet.item("sample-a2")
    return judge(item, given, params, own_answer(sheet, item, {"cost": cost, "fee": given}, params))


def test_the_method_on_an_own_wrong_value_earns_all_points_and_is_told(sheet):
    found = judged(sheet, 6.5, fee(6.5))
    assert (found.verdict, found.fraction) == ("right", 1.0)
    assert "your own answer from sample-a1" in found.feedback
    assert judged(sheet, 4.0, fee(4.0)).feedback == "", "the right answers need no word"
    assert judged(sheet, 4.0, fee(6.5)).verdict == "wrong", (
        "the earlier answer has been mended, this one has not"
    )


@pytest.mark.parametrize(
    "cost", [None, "", "4.5 bn", [6.5], math.nan, math.inf, -math.inf, 0, 1e9, 1e-9, 10**400, True], ids=repr
)
def test_a_value_that_is_no_slip_earns_nothing(sheet, cost):
    given = fee(cost) if type(cost) in (int, float) and abs(cost) < 1e300 else 0.5
    assert judged(sheet, cost, given if math.isfinite(given) else 0.5).fraction == 0


def test_a_value_chosen_so_that_the_next_answer_is_trivial_earns_nothing(sheet):
    for aim in (1.0, -1.0, 100.0):
        cost = (aim - 0.5) * 20 / 12
        assert judged(sheet, cost, aim).fraction == 0, aim
    same = 0.5 / (1 - 12 / 20)  # its fee is the value itself
    assert judged(sheet, same, same).fraction == 0


def test_a_copied_chain_earns_nothing(sheet):
    assert judged(sheet, 5.0, fee(5.0)).fraction == 0, "both are right for Lahore"
    assert judged(sheet, 5.0, fee(5.0, 25), {"town": "Kasur", "years": 25}).fraction == 0
    assert judged(sheet, 5.2, fee(5.2)).fraction == 1, "nobody's answer"


def test_a_known_mistake_in_the_method_is_still_named(sheet):
    assert judged(sheet, 6.5, -fee(4.0)).feedback == "The sign is wrong."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('follows=["sample-a1"]', 'follows=["sample-a9"]', "no item before it asks for"),
        ('follows=["sample-a1"]', 'follows=["sample-a2"]', "no item before it asks for"),
        ('fee, follows=["sample-a1"]', 'lambda p, cost=None: fee(p), follows=["sample-a1"]', "hangs on"),
        ('fee, follows=["sample-a1"]', 'lambda p: fee(p), follows=["sample-a1"]', "doesn't take"),
        ("if cost is None else cost", "if cost is None else 2 * cost", "something else"),
    ],
)
def test_a_key_that_follows_wrongly_is_refused(tmp_path, old, new, words):
    assert old in KEY
    with pytest.raises(CourseError, match=words):
        read(tmp_path, KEY.replace(old, new))


def test_a_mistake_that_two_ways_lead_to_is_not_named(tmp_path):
    text = KEY.replace(
        'follows=["sample-a1"])',
        'follows=["sample-a1"], methods=[lambda p: 7.5 + 12 * COST[p.town] / p.years])',
    )
    item = read(tmp_path, text).item("sample-a2")
    assert judge(item, fee(4.0) + 7, KASUR).feedback == "This is not the answer."
    assert judge(item, -fee(4.0), KASUR).feedback == "The sign is wrong."


def test_a_method_that_gives_the_right_value_makes_the_variant_unfair(tmp_path):
    with pytest.raises(CourseError, match="method 1 is too close to an accepted answer"):
        read(tmp_path, KEY.replace('follows=["sample-a1"])', "methods=[lambda p: fee(p)])"))


MORE = """
from ruspak.sheets.items import Item, Mistake, Sheet, Written
from ruspak.sheets.two_part import two_part_claim

ROWS = {"Kasur": [4.0, 5.0, 9.0], "Lahore": [2.0, 6.0, 7.0], "Quetta": [1.0, 3.0, 8.0]}


def item(number, kind, variable, reference, *more, points=10, **others):
    return Item(f"sample-a{number}", objective="sample-ratio", points=points, kind=kind, variable=variable,
                uses=["town"], tolerance=None if kind == "integer" else 0.01, prompt="values", reference=reference,
                hints=["One.", "Two."], mistakes=[*more, Mistake(answer=lambda p: None, feedback="Never.")], **others)


def shares(p, table=None):
    costs = ROWS[p.town] if table is None else list(table["cost"])
    if costs[0] == 66:
        raise SystemError(costs)
    return {year: 100 * cost / sum(costs) for year, cost in zip([2001, 2002, 2003], costs)}


def parts(p, own_shares=None, count=None):
    return (own_shares or shares(p))[2003] - 53, 10 * ((len(ROWS[p.town]) if count is None else count) - 2.5)


def table(costs):
    return [{"year": year, "cost": cost} for year, cost in zip([2001, 2002, 2003], costs)]


def frame(costs):
    import pandas as pd
    return pd.DataFrame(table(costs))


sheet = Sheet(id="sample", notebook="01_sample", space={"town": list(ROWS)}, default={"town": "Kasur"}, prompt="{town}",
              items=[item(1, "table", "costs", lambda p: frame(ROWS[p.town]),
                          Mistake(answer=lambda p: frame([-cost for cost in ROWS[p.town]]), feedback="The sign."),
                          Mistake(name="doubled", answer=lambda p: frame([2 * cost for cost in ROWS[p.town]]),
                                  feedback="Doubled."), columns=["year", "cost"]),
                     item(2, "series", "shares", shares,
                          Mistake(answer=lambda p: {y: share / 3 for y, share in shares(p).items()}, feedback="A third."),
                          follows=["sample-a1"],
                          carried={"doubled": lambda p: {y: share / 2 for y, share in shares(p).items()}}),
                     item(3, "integer", "count", lambda p: len(ROWS[p.town]),
                          Mistake(answer=lambda p: 2, feedback="The last one is missing.")),
                     item(4, "number", "gap", lambda p, own=None: (own or shares(p))[2003] - (own or shares(p))[2001],
                          Mistake(answer=lambda p: 3.0, feedback="Three."), follows=["sample-a2"]),
                     two_part_claim("sample-a5", objective="sample-ratio", points=10, uses=["town"], parts=parts,
                                    prompt="a verdict", look="Look.", hint="Look.", not_open="No.", not_outdated="No.",
                                    follows=["sample-a2", "sample-a3"]),
                     Written("sample-b1", objective="sample-ratio", rubric=[(50, "all of it")])])
"""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    return read(tmp_path_factory.mktemp("kinds"), MORE)


def table(*costs, years=(2001, 2002, 2003)):
    return pd.DataFrame({"year": years[: len(costs)], "cost": list(costs)})


def shares(*costs):
    return {year: 100 * cost / sum(costs) for year, cost in zip((2001, 2002, 2003), costs)}


def outcome(sheet, id, town="Kasur", **values):
    item = sheet.item(id)
    plain = {name: serialise(value) for name, value in values.items()}
    params = {"town": town}
    return judge(item, plain[item.variable], params, own_answer(sheet, item, plain, params))


def test_an_item_follows_from_a_table_a_series_and_a_mistake_of_rows(kinds):
    found = outcome(kinds, "sample-a2", costs=table(4.0, 5.0, 7.5), shares=shares(4.0, 5.0, 7.5))
    assert (found.fraction, "answer from sample-a1" in found.feedback) == (1.0, True)
    from_mistake = {year: share / 2 for year, share in shares(4.0, 5.0, 9.0).items()}
    assert outcome(kinds, "sample-a2", costs=table(8.0, 10.0, 18.0), shares=from_mistake).fraction == 1
    assert outcome(kinds, "sample-a2", costs=table(8.0, 10.0, 18.5), shares=from_mistake).fraction == 0
    own = shares(4.0, 5.0, 7.5) | {2003: 60.0}
    assert outcome(kinds, "sample-a4", shares=own, gap=60 - own[2001]).fraction == 1


@pytest.mark.parametrize(
    "costs",
    [
        table(),
        table(7.0),
        table(4.0, 5.0, 7.5).iloc[:, :1],
        table(4.0, 5.0, 7.5, years=(1, 2, 3)),
        table(4.0, 5.0, "7.5"),
        table(4.0, 5.0, 1e6),
        table(4.0, 5.0, math.nan),
        table(4.0, 5.0, math.inf),
        table(4.0, 5.0, True),
        table(66.0, 5.0, 7.5),  # the key's function stops at it
        table(0.0, 0.0, 0.0),
        pd.concat([table(4.0, 5.0, 7.5)] * 3),
        [4.0, 5.0, 7.5],
        "x" * 10_000,
    ],
    ids=range(14),
)
def test_a_list_that_is_no_slip_earns_nothing(kinds, costs):
    cells = costs["cost"].tolist() if isinstance(costs, pd.DataFrame) and "cost" in costs else [4.0, 5.0, 7.5]
    numbers = [cell if type(cell) is float and math.isfinite(cell) else 7.5 for cell in cells] or [4.0]
    given = shares(*numbers) if sum(numbers) else dict.fromkeys((2001, 2002, 2003), 0.0)
    assert outcome(kinds, "sample-a2", costs=costs, shares=given).fraction == 0


def test_a_list_chosen_so_that_the_next_answer_is_trivial_earns_nothing(kinds):
    assert outcome(kinds, "sample-a2", costs=table(3.0, 3.0, 3.0), shares=shares(3.0, 3.0, 3.0)).fraction == 0
    assert (
        outcome(kinds, "sample-a2", costs=table(2.0, 6.0, 7.0), shares=shares(2.0, 6.0, 7.0)).fraction == 0
    ), "Lahore"
    assert (
        outcome(kinds, "sample-a2", costs=table(4.0, 5.0, 7.5), shares=shares(4.0, 5.0, 9.0)).verdict
        == "right"
    )


def test_a_verdict_is_carried_on_from_a_known_slip_and_from_no_other_value(kinds):
    right, third = shares(4.0, 5.0, 9.0), {year: share / 3 for year, share in shares(4.0, 5.0, 9.0).items()}
    assert right[2003] < 53
    assert outcome(kinds, "sample-a5", shares=right, count=2, verdict="contradicted").fraction == 1
    assert outcome(kinds, "sample-a5", shares=right, count=1, verdict="contradicted").fraction == 0
    other = shares(4.0, 5.0, 20.0)
    assert outcome(kinds, "sample-a5", shares=other, count=3, verdict="supported").fraction == 0
    known = outcome(
        kinds, "sample-a5", costs=table(4.0, 5.0, 20.0), shares=other, count=3, verdict="supported"
    )
    assert known.fraction == 1, "it follows from the table"
    both = outcome(kinds, "sample-a5", shares=third, count=2, verdict="contradicted")
    assert "answers from sample-a2 and sample-a3" in both.feedback
    assert outcome(kinds, "sample-a5", shares=third, count=2, verdict="supported").fraction == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('carried={"doubled"', 'carried={"tripled"', "has the name 'tripled'"),
        ('follows=["sample-a2", "sample-a3"]', 'follows=["sample-a1", "sample-a3"]', "can't work with"),
        (
            "count is None else count)",
            "True else count)",
            "nothing in the reference hangs on the answer to sample-a3",
        ),
    ],
)
def test_a_key_that_carries_wrongly_is_refused(tmp_path, old, new, words):
    assert old in MORE
    with pytest.raises(CourseError, match=words):
        read(tmp_path, MORE.replace(old, new))


COUNT = """
from ruspak.sheets.items import Item, Mistake, Sheet, Written

NEEDS = {"Kasur": 4.0, "Lahore": 5.0, "Quetta": 3.0}


def reached(p, need=None):
    return sum(row >= (NEEDS[p.town] if need is None else need) for row in [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.0])


def item(number, kind, variable, reference, mistakes, **more):
    return Item(f"sample-a{number}", objective="sample-ratio", points=10, kind=kind, variable=variable, uses=["town"],
                prompt="a number", reference=reference, hints=["One.", "Two."],
                mistakes=[Mistake(answer=answer, feedback="Otherwise.") for answer in mistakes], **more)


sheet = Sheet(id="sample", notebook="01_sample", space={"town": list(NEEDS)}, default={"town": "Kasur"}, prompt="{town}",
              items=[item(1, "number", "need", lambda p: NEEDS[p.town],
                          [lambda p: 2 * NEEDS[p.town], lambda p: 2.1 * NEEDS[p.town], lambda p: 50 * NEEDS[p.town]],
                          tolerance=0.3),
                     item(2, "integer", "reached", reached, [lambda p: 8, lambda p: 7], follows=["sample-a1"]),
                     Written("sample-b1", objective="sample-ratio", rubric=[(80, "all of it")])])
"""


@pytest.mark.parametrize(
    ("need", "reached", "earned"),
    [
        pytest.param(8.0, 1, 1, id="one row of a known slip"),
        pytest.param(7.8, 1, 1, id="one row of another slip"),
        pytest.param(8.4, 0, 1, id="a known slip just beyond all rows"),
        pytest.param(200.0, 0, 0, id="a known slip far beyond all rows"),
        pytest.param(9.3, 0, 0, id="another value beyond all rows"),
        pytest.param(0.5, 8, 0, id="another value before all rows"),
        pytest.param(5.0, 4, 0, id="the answers for Lahore"),
        pytest.param(4.8, 4, 1, id="near the answer for Lahore, but not it"),
    ],
)
def test_a_count_follows_unless_it_is_chosen_or_copied(tmp_path, need, reached, earned):
    sheet = read(tmp_path, COUNT)
    assert outcome(sheet, "sample-a2", need=need, reached=reached).fraction == earned


def test_a_half_of_zero_does_not_hold(tmp_path):
    sheet = read(tmp_path, MORE.replace("- 53,", "- 25,").replace("share / 3 for", "25.0 for"))
    level = dict.fromkeys((2001, 2002, 2003), 25.0)
    assert outcome(sheet, "sample-a5", shares=level, count=3, verdict="mixed").fraction == 1
    assert outcome(sheet, "sample-a5", shares=level, count=3, verdict="supported").fraction == 1, (
        "the right answer"
    )
