"""Follow-through marks: the right method on an own wrong value earns the points, and no chosen or copied value does."""

import math

import pytest

from ruspak.errors import CourseError
from ruspak.sheets.compare import judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.keys import load

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
        'follows=["sample-a1"])', 'follows=["sample-a1"], methods=[lambda p: 7.5 + 12 * COST[p.town] / p.years])'
    )
    item = read(tmp_path, text).item("sample-a2")
    assert judge(item, fee(4.0) + 7, KASUR).feedback == "This is not the answer."
    assert judge(item, -fee(4.0), KASUR).feedback == "The sign is wrong."


def test_a_method_that_gives_the_right_value_makes_the_variant_unfair(tmp_path):
    with pytest.raises(CourseError, match="method 1 is too close to an accepted answer"):
        read(tmp_path, KEY.replace('follows=["sample-a1"])', "methods=[lambda p: fee(p)])"))
