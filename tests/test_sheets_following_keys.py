"""Follow-through in the six sheets, worked with one slip: what goes on rightly from it earns its points, and is told.

Each slip is written into the worked answer, and the worked cells after it run as they are, as a student's would.
"""

import functools
from pathlib import Path

import pytest
from worked import work

from course import loaded
from ruspak.sheets.compare import Outcome, judge
from ruspak.sheets.following import own_answer
from ruspak.sheets.items import Item, Sheet
from ruspak.sheets.public import read
from ruspak.sheets.variants import draw

KEYS = {path.stem[3:]: path for path in Path(__file__).parents[1].glob("solutions/keys/*.py")}
STUDENTS = ["", "student 1", "student 2", "student 3"]  # the default variant and three others

SLIPS = [  # the item, what its worked answer says, what is written in its place, and what follows rightly
    ("history-a1", '"share_alike_pct"][me.year]', '"share_alike_pct"][me.year - 1]', ["history-a3"]),
    ("history-a4", "~others[me.subject]", "others[me.subject]", ["history-a5"]),
    ("history-a5", "pakistan_pct - robot_pct", "robot_pct - pakistan_pct", ["history-a7", "history-a10"]),
    ("security-a2", "me.years - 1", "me.years", ["security-a3", "security-a4"]),
    ("security-a7", " - sold[me.less][me.last]", "", ["security-a8", "security-a10"]),
    ("energy-a2", 'gas["output_bcm"] + gas["lng_bcm"]', 'gas["output_bcm"]', ["energy-a3"]),
    ("energy-a4", ".shift()", "", ["energy-a5"]),
    ("energy-a7", "straight * per_km", "1.2 * straight * per_km", ["energy-a8", "energy-a9", "energy-a10"]),
    ("energy-a8", "0.08", "0.1", ["energy-a9"]),
    ("trade-a5", "[2014] / 100", "[2013] / 100", ["trade-a6", "trade-a7"]),
    ("trade-a8", '"reported_musd"] / mine["expected_musd"]', '"reported_musd"] / mine["expected_musd"].mean()',
     ["trade-a9"]),
    ("trade-a9", "every <", "every >", ["trade-a10"]),
    ("limits-a1", "== me.state", '== "PAK"', ["limits-a2", "limits-a10"]),
    ("limits-a1", '"service_pct"', '"reserves_pct"', ["limits-a10"]),
    ("limits-a3", "me.year - 1)", "me.year)", ["limits-a4"]),
    ("limits-a6", ' != "caretaker"', ' != "nobody"', ["limits-a7"]),
    ("limits-a8", ".clip(upper=3)", "", ["limits-a9"]),
    ("outlook-a1", '(projects["cohort"] == "russian") & ', "",
     ["outlook-a2", "outlook-a3", "outlook-a5", "outlook-a6"]),
    ("outlook-a2", '== "delivered"', '!= "delivered"', ["outlook-a4", "outlook-a6"]),
    ("outlook-a4", "bias = wider_rate - rate", "bias = wider_rate", ["outlook-a10"]),
    ("outlook-a7", "(1 / me.years)", "(1 / (me.years + 1))", ["outlook-a8"]),
]  # fmt: skip
LAST_SAID = "said[(said['system'] == book) & (said['months'] == 12) & (said['value_type'] == 'value')]"
OF_INDIA = "100 * survival(table('leader_spells').query('country == \"IND\"')).loc[:me.stay].iloc[-1]"
OF_PAKISTAN = "china[(china['country'] == 'PAK') & before]['total_musd'].sum() / 1000"
EXPORTS = "debt[debt['year'] == me.year].set_index('country')['exports_busd']"
SERVICE = "debt[(debt['country'] == 'PAK') & (debt['year'] == me.year)]['service_pct'].iloc[0]"
WIDER = """projects[(projects['cohort'] == 'russian') & ~projects['field'].isin(left_out)
             & (projects['first_announced'].isna() | (projects['first_announced'] < me.split))]"""
CHOSEN = [  # the item, lines that set its answer so that a later one is trivial, the later one, and what it becomes
    ("trade-a5", "needed = 1000.0", "trade-a6", "none"),
    ("trade-a5", "needed = -50.0", "trade-a6", "all"),
    ("trade-a5", f"""goal = {LAST_SAID}['turnover_musd'].iloc[-1]
needed = 100 * (goal / trade['turnover_musd'][2014]) ** (1 / me.number) - 100""", "trade-a7", "zero"),
    ("trade-a8", "ratios = 90 + 0 * ratios", "trade-a9", "a hundred"),
    ("trade-a9", "lower_pct = 40 - lower_pct", "trade-a10", "the other verdict"),
    ("limits-a3", f"committed = {OF_PAKISTAN} / {EXPORTS}['PAK'] * {EXPORTS}[me.state]", "limits-a4", "one"),
    ("limits-a6", f"after_pct = {OF_INDIA}", "limits-a7", "zero"),
    ("limits-a6", f"after_pct = {OF_INDIA} / 2", "limits-a7", "the value itself"),
    ("limits-a8", "marks[:] = 1", "limits-a9", "one"),
    ("limits-a1", f"service = 2 * {SERVICE} - service", "limits-a10", "the other verdict"),
    ("outlook-a2", f"rate = ({WIDER}['status'] == 'delivered').mean() * 100", "outlook-a4", "zero"),
    ("outlook-a7", "need = 1000.0", "outlook-a8", "none"),
    ("outlook-a7", "need = -50.0", "outlook-a8", "all"),
    ("outlook-a4", "bias = 58.3 - bias", "outlook-a10", "the other verdict"),
    ("outlook-a6", "scores['doubt'] = 2 * scores['base'] - scores['doubt']", "outlook-a10", "the other verdict"),
]  # fmt: skip


@functools.cache
def sheet_of(name: str) -> Sheet:
    return loaded(KEYS[name])


@functools.cache
def unchanged(name: str, student: str) -> dict[str, Outcome]:
    """What each item of a sheet is told when all is worked as in the worked sheet."""
    return marked(f"{name}-", student, lambda code: code)


def marked(id: str, student: str, change) -> dict[str, Outcome]:
    """What each item of a sheet is told when the code of this one is changed."""
    sheet = sheet_of(id.partition("-")[0])
    params = draw(read(sheet.id), student)
    _, values = work(sheet, params, lambda at, code: change(code) if at == id else code)
    return {
        item.id: judge(item, values[item.variable], params, own_answer(sheet, item, values, params))
        for item in sheet.items
        if isinstance(item, Item)
    }


@pytest.mark.parametrize(
    ("id", "old", "new", "further"), SLIPS, ids=[f"{slip[0]} {slip[2]}" for slip in SLIPS]
)
def test_what_goes_on_rightly_from_a_slip_earns_its_points_and_is_told(id, old, new, further):
    told = set()
    for student in STUDENTS:
        found = marked(id, student, lambda code: code.replace(old, new))
        if found[id].fraction == 1:
            continue  # the slip makes no difference in this variant
        for later in further:
            assert found[later].fraction == 1, (student, later, found[later])
            if "with your own answer" in found[later].feedback:
                told.add(later)
    assert told == set(further)


@pytest.mark.parametrize(
    ("id", "lines", "later", "becomes"), CHOSEN, ids=[f"{chosen[2]} {chosen[3]}" for chosen in CHOSEN]
)
def test_a_value_chosen_so_that_a_later_item_is_trivial_earns_nothing(id, lines, later, becomes):
    right = [unchanged(id.partition("-")[0], student)[later].fraction for student in STUDENTS]
    assert right == [1] * len(STUDENTS)
    found = [marked(id, student, lambda code: f"{code}\n{lines}") for student in STUDENTS]
    assert [one[id].fraction for one in found] == [0] * len(STUDENTS)
    assert [one[later].fraction for one in found] == [0] * len(STUDENTS), [one[later] for one in found]


def test_each_item_that_goes_on_from_another_is_tried_here():
    follows = {
        item.id for name in KEYS for item in sheet_of(name).items if isinstance(item, Item) and item.follows
    }
    assert follows == {later for *_, further in SLIPS for later in further}
