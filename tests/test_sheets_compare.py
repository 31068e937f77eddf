"""plain and judge: no exception and no false "right" for anything that a student may leave in a variable."""

import collections
import datetime
import decimal
import fractions
import json
import math
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ruspak.sheets.compare import Outcome, judge, same
from ruspak.sheets.keys import load
from ruspak.sheets.serialise import BUDGET, is_serialised, serialise

SHEET = load(Path(__file__).parent / "sheet_samples/solutions/keys/01_sample.py")
PARAMS = dict(SHEET.default)
ITEMS = {item.kind: item for item in SHEET.items if hasattr(item, "kind")}
RIGHT = {kind: item.reference(type("P", (), PARAMS)) for kind, item in ITEMS.items()}


def judged(kind: str, value) -> Outcome:
    return judge(ITEMS[kind], json.loads(json.dumps(serialise(value), allow_nan=False)), PARAMS)


# Objects that lie. Each would pass a careless comparison.


class Equal:
    __hash__ = None

    def __eq__(self, other):
        return True


class LyingMeta(type):
    __name__ = property(lambda cls: 1 / 0)

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(float)


class LyingType(metaclass=LyingMeta):
    __class__ = float

    def __float__(self):
        return float(RIGHT["number"])


class LyingFloat(float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __add__ = __mul__ = __sub__

    def __eq__(self, other):
        return True

    __le__ = __ge__ = __eq__

    def __hash__(self):
        return 1


class LyingInt(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def bit_length(self):
        return 1


class LyingStr(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def casefold(self):
        return "abstention"


class LyingList(list):
    def __len__(self):
        return 10**18

    def __iter__(self):
        return iter(RIGHT["list"])


class LyingDict(dict):
    def items(self):
        return RIGHT["series"].items()


class LyingFrame(pd.DataFrame):
    @property
    def columns(self):
        raise KeyboardInterrupt

    def __eq__(self, other):
        return True


class LyingSeries(pd.Series):
    def tolist(self):
        raise SystemExit


class Zone(datetime.tzinfo):
    def utcoffset(self, when):
        raise KeyboardInterrupt


class LyingArray(pd.arrays.NumpyExtensionArray):
    def tolist(self):
        raise KeyboardInterrupt


class Raising:
    def __getattribute__(self, name):
        raise KeyboardInterrupt(name)


class Lazy:
    def __getattr__(self, name):
        return Lazy()

    def __call__(self, *args, **kwargs):
        return Lazy()

    def __iter__(self):
        while True:
            yield Lazy()

    def __float__(self):
        return 1.0


def itself() -> list:
    value: list = []
    value.append(value)
    return value


def nested(depth: int):
    value = RIGHT["number"]
    for _ in range(depth):
        value = [value]
    return value


HOSTILE = [
    Equal(),
    Equal,
    LyingType(),
    LyingType,
    LyingFloat(1),
    LyingInt(1),
    LyingStr("x"),
    LyingList([1]),
    LyingDict(a=1),
    LyingFrame({"year": [1]}),
    LyingSeries([1]),
    Lazy(),
    itself(),
    nested(10),
    nested(100_000),
    [[[[[[]]]]]],
    (number for number in range(3)),
    range(10**30),
    [0] * 10**6,
    "x" * 10**6,
    10**5000,
    -(2**64),
    object(),
    print,
    len,
    pd,
    1j,
    b"12",
    pd.NA,
    pd.NaT,
    np.nan,
    math.inf,
    -math.inf,
    decimal.Decimal("sNaN"),
    decimal.Decimal("1e999"),
    fractions.Fraction(10**400),
    np.array(Equal(), dtype=object),
    np.array([[1.0]]),
    np.zeros(10**7),
    np.zeros((0, 3)),
    np.zeros((10**9, 0)),
    pd.RangeIndex(10**12),
    pd.DataFrame(index=range(10**12)),
    pd.DataFrame(columns=range(10**5)),
    np.ma.array([1]),
    np.float64("nan"),
    np.longdouble(1),
    np.timedelta64(5, "ns"),
    np.datetime64("NaT"),
    np.void(b"12"),
    pd.Series([Equal()]),
    pd.Series([1], index=[Equal]),
    pd.Series(dtype=float),
    pd.DataFrame(),
    pd.DataFrame([[Equal()]]),
    pd.DataFrame([[1, 2]], columns=["year", "year"]),
    pd.DataFrame({"year": pd.to_timedelta([1])}),
    pd.Timestamp("2021-11-11"),
    pd.DataFrame([[1]], index=pd.MultiIndex.from_tuples([(1, 2)])),
    pd.Series([1], index=pd.MultiIndex.from_tuples([(1, 2)])),
    pd.Interval(0, 1),
    pd.Period("2021"),
    pd.DataFrame({("a", "b"): [1]}),
    pd.Series([pd.Series([1])]),
    {1: {2: {3: {4: {5: 6}}}}},
    datetime.date.max,
    datetime.timedelta(1),
    frozenset({1}),
    {Ellipsis},
    "\ud800",
    "\u202eabc\x1b[31m<script>",
    {"type": "nan"},
    pd.DataFrame({"year": [1]}).groupby("year"),
    pd.DataFrame({"a": [1]}).sum,
    collections.deque([1]),
    True,
    False,
    LyingArray(np.array([1])),
    pd.Series(LyingArray(np.array([1]))),
]
BARBED = [
    Raising(),
    datetime.datetime(2021, 11, 11, tzinfo=Zone()),
]  # nobody may touch these, hypothesis neither


@pytest.mark.parametrize("kind", ITEMS)
def test_nothing_hostile_is_right_or_raises(kind):
    for value in HOSTILE + BARBED:
        outcome = judged(kind, value)
        assert outcome.verdict in ("wrong", "wrong type", "not attempted"), type(value)
        assert outcome.fraction == 0


def test_the_hostile_objects_can_bite():
    assert Equal() == RIGHT["number"] and LyingFloat(1) - RIGHT["number"] == 0
    assert float(LyingType()) == RIGHT["number"] and isinstance(LyingType(), float)
    assert [*iter(LyingList([1]))] == list(RIGHT["list"]) and len(LyingList()) == 10**18


def test_a_series_with_overridden_attributes_is_read_by_the_class():
    series = RIGHT["series"].copy()
    object.__setattr__(series, "tolist", lambda: 1 / 0)
    assert judged("series", series).verdict == "right"


@pytest.mark.parametrize("kind", ITEMS)
def test_missing_and_stub_are_not_attempted(kind):
    for value in (None, ..., "", "  "):
        assert judged(kind, value).verdict == "not attempted"


RIGHT_FORMS = [
    ("number", float),
    ("number", np.float64),
    ("number", np.longdouble),
    ("number", lambda x: decimal.Decimal(repr(float(x)))),
    ("number", fractions.Fraction),
    ("number", lambda x: round(x, 1)),
    ("number", np.array),
    ("integer", float),
    ("integer", np.int16),
    ("integer", np.uint64),
    ("text", str.upper),
    ("text", np.str_),
    ("text", " {} ".format),
    ("choice", str.lower),
    ("list", list),
    ("list", tuple),
    ("list", np.array),
    ("list", pd.Series),
    ("list", lambda x: [float(y) for y in x]),
    ("set", list),
    ("set", frozenset),
    ("set", lambda x: sorted(x) * 2),
    ("set", lambda x: pd.Series(list(x))),
    ("set", lambda x: pd.Series(list(x)).unique()),
    ("series", lambda x: x[::-1]),
    ("series", dict),
    ("series", lambda x: x.astype("Float64")),
    ("series", lambda x: x.rename("other")),
    ("series", lambda x: x.set_axis(x.index.astype(float))),
    ("series", lambda x: x.round(1)),
    ("table", lambda x: x[x.columns[::-1]]),
    ("table", lambda x: x.set_index("year")),
    ("table", lambda x: x.assign(more="x")),
    ("table", lambda x: x.sample(frac=1, random_state=1)),
    ("table", lambda x: x.set_axis(range(5, 5 + len(x)))),
    ("table", lambda x: x.astype({"year": float, "calls": "Int64"})),
    ("table", lambda x: x.astype({"calls": object})),
    ("table", lambda x: x.convert_dtypes()),
    ("table", lambda x: x.set_index(["year", "calls"])),
]


@pytest.mark.parametrize("number", range(len(RIGHT_FORMS)))
def test_other_forms_of_the_right_answer_are_right(number):
    kind, form = RIGHT_FORMS[number]
    assert judged(kind, form(RIGHT[kind])) == Outcome("right", 1.0, "")


ADVICE = [
    ("number", "81.2", "read as 81.2"),
    ("number", "81,2 %", "without quotes"),
    ("integer", "16,000", "16000 or 16"),
    ("number", "۸۱٫۲٪", "81.2"),
    ("number", "\u202a−81.2\u202c", "-81.2"),
    ("integer", (16, 500), "comma inside one number"),
    ("number", pd.Series([81.2]), ".iloc[0]"),
    ("number", pd.Series([1, 2]), ".sum()"),
    ("number", pd.Series(dtype=float), "No row is left"),
    ("number", pd.DataFrame({"a": []}), "without quotes"),
    ("integer", pd.DataFrame({"a": [1, 2]}), "len(...)"),
    ("number", [81.2], "[0]"),
    ("number", pd.DataFrame([[81.2]]), ".iloc[0, 0]"),
    ("number", math.nan, "missing"),
    ("number", math.inf, "infinite"),
    ("number", True, "True or False"),
    ("number", pd.Series([1]).sum, "brackets"),
    ("number", datetime.date(2021, 11, 11), "a date"),
    ("integer", 12.5, "no decimals"),
    ("integer", "12", "quotes"),
    ("text", 7, "a text in quotes"),
    ("choice", "ZZZ", '"BBB"'),
    ("list", 7, "a list"),
    ("list", (x for x in [1]), "list(...)"),
    ("list", pd.DataFrame({"a": [1]}), "one column"),
    ("list", [1, None], "missing"),
    ("list", [[1]], "plain number or text, but one is a list of 1 entry"),
    ("list", range(10**6), "too big"),
    ("series", [1], "index"),
    ("series", 7, "curly brackets"),
    ("series", pd.DataFrame({"a": [1]}), "one column"),
    ("series", pd.Series([1, math.nan]), "missing"),
    ("table", pd.Series([1]), ".reset_index()"),
    (
        "table",
        pd.DataFrame({"year": [1]}),
        "no column `calls`. It needs the columns `year`, `calls`, `alike_pct`.",
    ),
    ("table", pd.DataFrame([[1, 2]], columns=["year", "year"]), "two columns `year`"),
]


@pytest.mark.parametrize("kind, value, words", ADVICE, ids=range(len(ADVICE)))
def test_the_wrong_type_gets_advice_that_names_the_variable(kind, value, words):
    outcome = judged(kind, value)
    assert outcome.verdict == "wrong type" and outcome.fraction == 0
    assert words in outcome.feedback and outcome.feedback.startswith(ITEMS[kind].variable)


@pytest.mark.parametrize("kind", ["number", "series", "table"])
def test_a_share_for_a_percentage_gets_its_own_advice(kind):
    right = RIGHT[kind]
    share = right.assign(alike_pct=right["alike_pct"] / 100) if kind == "table" else right / 100
    feedback = judged(kind, share).feedback
    assert "Multiply by 100" in feedback
    assert ("percentage points" in feedback) == ("in percent" in ITEMS[kind].prompt)
    percent = right.assign(alike_pct=right["alike_pct"] * 100) if kind == "table" else right * 100
    assert "Divide by 100" in judged(kind, percent).feedback


@pytest.mark.parametrize("kind", ["number", "series", "table"])
def test_an_answer_that_is_rounded_too_far_is_told_so(kind):
    assert "rounded" in judged(kind, round(RIGHT[kind])).feedback


@pytest.mark.parametrize("step", [-0.04, 0.04, 0.4])
def test_only_a_whole_number_is_called_rounded(step):
    assert judged("number", round(RIGHT["number"]) + step).feedback == "This is not the answer."


@pytest.mark.parametrize("kind", ["list", "set", "series", "table"])
def test_an_answer_without_rows_is_told_to_look_at_its_conditions(kind):
    assert "No row is left" in judged(kind, RIGHT[kind][:0] if kind != "set" else set()).feedback


def test_a_list_of_texts_is_told_to_hold_numbers():
    assert (
        judged("list", [str(year) for year in RIGHT["list"]]).feedback == "The list must hold plain numbers."
    )


def test_partial_points_are_for_the_known_mistake_only():
    outcome = judged("number", 100 - RIGHT["number"])
    assert (outcome.verdict, outcome.fraction, outcome.mistake) == ("wrong", 0.2, 2)


def test_feedback_speaks_of_the_variant_in_words_and_never_repeats_the_student():
    assert "Keep 1952" in judged("integer", int(sum(year % 90 for year in range(1950, 1958)))).feedback
    for kind in ITEMS:
        named = pd.DataFrame({"<b>EVIL": [1]}), type("EVIL<b>", (), {})()
        for value in ("<b>EVIL", ["<b>EVIL"], {"<b>EVIL": 1}, *named):
            assert "EVIL" not in judged(kind, value).feedback


def test_the_tolerance_holds_at_its_edge():
    right = RIGHT["number"]
    assert judged("number", right + 0.05).verdict == judged("number", right - 0.05).verdict == "right"
    assert judged("number", right + 0.0501).verdict == judged("number", right - 0.0501).verdict == "wrong"


@pytest.mark.parametrize(
    "kind, expected, given, agree",
    [
        ("series", 0.15, 0.2, True),  # 0.05 apart, but for the last binary digit
        ("series", 1.0, 1, True),
        ("series", 1.0, True, False),
        ("series", 1, True, False),
        ("series", 0, False, False),
        ("series", 1980, 1980.0, True),
        ("series", "BBB", ("date", "BBB"), False),
        ("series", "Öl", "O\u0308L ", True),
    ],
)
def test_single_cells(kind, expected, given, agree):
    assert same(ITEMS[kind], ((1950, expected),), ((1950, given),)) == agree


NOT_PLAIN = [
    math.nan,
    math.inf,
    2**64,
    {},
    {"type": []},
    {"type": "nan", "more": 1},
    {"type": "date", "value": "<b>"},
    {"type": "date", "value": 1},
    {"type": "other", "name": "<b>"},
    {"type": "other", "name": "x" * 41},
    {"type": "too big"},
    {"type": "set", "items": 1},
    {"type": "mapping", "items": [[1]]},
    [[[[[[1]]]]]],
    [0] * 20_000,
    "x" * BUDGET,
    {"type": "table", "index": [], "columns": []},
    {"type": "table", "index": [1], "columns": []},
    {"type": "series", "index": [[None, [1]]], "columns": [[None, [1, 2]]]},
    {"type": "series", "index": [[None, [1]]], "columns": [[None, [1]], [None, [1]]]},
]


@pytest.mark.parametrize("number", range(len(NOT_PLAIN)))
def test_what_is_not_strictly_plain_is_refused(number):
    for kind in ITEMS:
        unread = Outcome("wrong type", 0.0, f"{ITEMS[kind].variable} can't be read.")
        assert judge(ITEMS[kind], NOT_PLAIN[number], PARAMS) == unread


def test_a_huge_value_is_not_copied():
    huge = [
        [0] * 10**7,
        "x" * 10**8,
        np.zeros(10**7),
        np.zeros((10**7, 0)),
        pd.RangeIndex(10**7),
        pd.Series(0, index=range(10**7)),
        pd.DataFrame(index=range(10**7)),
        set(range(10**6)),
    ]
    tracemalloc.start()
    try:
        for value in huge:
            assert serialise(value)["type"] == "too big"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_broken_text_can_be_printed():
    serialise("\ud800").encode("utf-8")


numbers = st.one_of(
    st.floats(),
    st.integers(),
    st.booleans(),
    st.decimals(),
    st.fractions(max_denominator=10**6),
    st.floats(width=32).map(np.float32),
    st.integers(-128, 127).map(np.int8),
    st.floats(-0.2, 0.2).map(lambda step: RIGHT["number"] + step),
    st.sampled_from([-1, 1, 100, 0.01]).map(lambda scale: RIGHT["number"] * scale),
    st.integers(55, 70),
)
scalars = st.one_of(
    numbers,
    st.none(),
    st.just(...),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(),
    st.sampled_from(["BBB", "ccc", "AAA", "abstain", "Abstention ", "against", pd.NA, pd.NaT, 1957.0]),
)
labels = st.one_of(st.integers(1949, 1958), st.sampled_from(["BBB", "AAA"]), scalars)
answers = st.sampled_from(list(RIGHT.values()))


@st.composite
def spoilt(draw, kind):
    """The right series or table, sometimes in another order, with one cell changed, a little or to anything."""
    right = RIGHT[kind].astype(object)
    row = draw(st.integers(0, len(right) - 1))
    place = (row, draw(st.integers(0, 2))) if kind == "table" else row
    right.iat[place] = draw(st.floats(-0.1, 0.1).map(lambda step: right.iat[place] + step) | scalars)
    return right.sample(frac=1, random_state=draw(st.integers(0, 9))) if draw(st.booleans()) else right


values = st.one_of(
    scalars,
    answers,
    st.sampled_from(HOSTILE),
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=8,
    ),
    st.lists(labels, max_size=9),
    st.dictionaries(st.integers(1950, 1957), st.floats(0, 100), max_size=8),
    st.lists(numbers, max_size=4).map(lambda cells: pd.Series(cells, dtype=object)),
    st.lists(scalars, max_size=4).map(lambda cells: pd.DataFrame({"year": cells, "calls": 1}, dtype=object)),
)


near = {
    "number": st.floats(-0.2, 0.2).map(lambda step: RIGHT["number"] + step),
    "integer": st.integers(60, 64) | st.floats(60, 64) | st.just(RIGHT["integer"]).map(np.float32),
    "text": st.sampled_from(
        ["abstention", "ABSTAIN", " abstained\n", "abstentions", "against", "a b s t a i n"]
    ),
    "choice": st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]).flatmap(
        lambda name: st.sampled_from([name, name.lower(), f" {name} ", name + name])
    ),
    "list": st.permutations(list(RIGHT["list"])) | st.just(list(RIGHT["list"])).map(np.array),
    "set": st.lists(st.sampled_from(["BBB", "CCC", "DDD", "EEE", "FFF", "AAA"]), min_size=5, max_size=15),
    "series": spoilt("series"),
    "table": spoilt("table"),
}
cases = st.sampled_from(list(ITEMS)).flatmap(
    lambda kind: st.tuples(
        st.just(kind), st.booleans().flatmap(lambda close: near[kind] if close else values)
    )
)


def truly_right(kind: str, value) -> bool:
    """An independent, slower reading of what is right, for the values that the strategies make."""
    right = RIGHT[kind]
    if kind in ("number", "integer"):
        numeric = int | float | decimal.Decimal | fractions.Fraction | np.number
        if isinstance(value, bool | np.bool_) or not isinstance(value, numeric):
            return False
        accepted = [one(type("P", (), PARAMS)) for one in [ITEMS[kind].reference, *ITEMS[kind].alternatives]]
        value = float(value) if isinstance(value, np.number) else value
        allowed = 0.0500001 if kind == "number" else 0
        return any(
            abs(fractions.Fraction(value) - fractions.Fraction(float(one))) <= allowed for one in accepted
        )
    if kind in ("text", "choice"):
        return (
            value.strip().casefold() in ["abstention", "abstain", "abstained"]
            if kind == "text"
            else value.strip().casefold() == right.casefold()
        )
    if kind == "list":
        return not isinstance(value, dict | pd.DataFrame | set) and list(value) == list(right)
    if kind == "set":
        return not isinstance(value, dict | pd.DataFrame) and set(value) == right
    if kind == "series":
        given = dict(value)
        return given.keys() == dict(right).keys() and all(
            abs(given[year] - right[year]) <= 0.0500001 for year in given
        )
    given = value.reset_index()
    rows = {row.year: row for row in given.itertuples()}
    return len(rows) == len(given) == len(right) and all(
        row.year in rows
        and rows[row.year].calls == row.calls
        and abs(rows[row.year].alike_pct - row.alike_pct) <= 0.0500001
        for row in right.itertuples()
    )


@settings(
    max_examples=2_500,  # always the same; make endure tries others
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(cases)
def test_no_exception_and_no_false_right(case):
    kind, value = case
    form = serialise(value)
    assert is_serialised(form) and is_serialised(json.loads(json.dumps(form, allow_nan=False)))
    outcome = judge(ITEMS[kind], form, PARAMS)
    assert 0 <= outcome.fraction <= 1 and len(outcome.feedback) < 500
    assert (outcome.fraction == 1) == (outcome.verdict == "right")
    if outcome.verdict == "right":
        assert truly_right(kind, value)


tags = st.sampled_from(
    [
        "type",
        "value",
        "items",
        "name",
        "index",
        "columns",
        "series",
        "table",
        "mapping",
        "set",
        "nan",
        "date",
        "other",
    ]
)
forged = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | tags,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(tags, inner, max_size=3)
        | st.fixed_dictionaries(
            {"type": tags},
            optional={
                "items": inner,
                "index": st.lists(inner, max_size=2),
                "columns": st.lists(inner, max_size=2),
            },
        )
    ),
    max_leaves=12,
)


@settings(
    max_examples=1_000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(kind=st.sampled_from(list(ITEMS)), form=forged)
@example(kind="table", form={"type": "table", "index": [], "columns": []})
@example(kind="series", form={"type": "series", "index": [[None, [1]]], "columns": [[None, [1, 2]]]})
def test_a_forged_plain_form_is_refused_not_believed(kind, form):
    outcome = judge(ITEMS[kind], form, PARAMS)
    assert outcome.verdict != "right"
    if not is_serialised(form):
        assert outcome.verdict == "wrong type"


def test_the_size_of_a_plain_form_is_bounded():
    for value in (
        [0.123456789012345678] * BUDGET,
        [["x" * 1000] * 1000] * 1000,
        {number: "x" * 100 for number in range(10**5)},
        pd.DataFrame(np.random.default_rng(1).random((10**5, 3))),
        ["\U0001f600" * 10] * BUDGET,
    ):
        assert len(json.dumps(serialise(value))) < 1_000_000
    assert serialise(list(range(9_000)))[-1] == 8_999


@pytest.mark.parametrize(
    "kind, given",
    [
        ("text", "\u200eabsten\u00adtion\u2060"),
        ("text", "ＡＢＳＴＡＩＮ"),
        ("choice", f"\ufeff{RIGHT['choice']}\u00a0"),
    ],
)
def test_a_pasted_text_is_read_without_what_nobody_sees(kind, given):
    assert judged(kind, given).verdict == "right"


HEAVY = [
    lambda n: "1" + " " * n + "x",
    lambda n: "\u0301\u0323" * (n // 2),
    lambda n: "a" + "\u0f73" * n,
    lambda n: "1," * (n // 2),
    lambda n: "é" * n,
    lambda n: "ﷺ" * n,
    lambda n: "-" * n,
    lambda n: "Rs" * (n // 2),
]


@pytest.mark.parametrize("number", range(len(HEAVY)))
def test_no_text_takes_more_than_linear_time(number):
    """Each once held the judge for minutes, or could: one number, one label, many labels, at the size that is let through."""

    def seconds(size):
        text = HEAVY[number](size)
        begin = time.process_time()
        for value in (text, {text: 1}, [text], [text[:1000]] * (size // 1000)):
            for kind in ITEMS:
                assert judged(kind, value).verdict in ("wrong", "wrong type")
        return time.process_time() - begin

    seconds(1000)
    small, large = (min(seconds(size) for _ in range(2)) for size in (40_000, 80_000))
    assert large < 4 * small + 0.2, f"{small:.2f} s at 40,000, {large:.2f} s at twice that"
    assert large < 10
