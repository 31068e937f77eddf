"""Each helper for a chart: the drawn SVG holds the names, the marks lie where the numbers say, an empty
table is told."""

import re
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from course import notebooks, read
from ruspak.data.verdicts import VERDICTS
from ruspak.errors import CourseError
from ruspak.figures import (
    bars,
    by_window,
    colour,
    cut_bars,
    date_line,
    decimal_year,
    dot,
    dots,
    dumbbells,
    figure,
    in_words,
    intervals,
    land,
    left_after,
    line,
    marks,
    name_place,
    panels,
    points,
    quantile_area,
    ranges,
    reached,
    residual_strips,
    ribbon,
    route,
    rows,
    scale,
    slopes,
    spans,
    stacked,
    stairs,
    statements,
    strip,
    tenfold,
    tiles,
    told,
    upright,
    verdict_dots,
    window,
    year_ends,
)
from ruspak.figures.colours import LIGHT
from ruspak.figures.events import lanes
from ruspak.figures.show import svg

SVG = "{http://www.w3.org/2000/svg}"
ENOUGH = "A chart of invented values, made only to be tested here."
VALUES = pd.Series({"India": 40.0, "China": 10.0, "Iran": 25.0})


class Drawn:
    """A drawn figure, read back from its SVG: the texts, and the marks and bars of one colour with their
    places."""

    def __init__(self, fig):
        self.root = ElementTree.fromstring(svg(fig, ENOUGH))
        self.texts = ["".join(text.itertext()) for text in self.root.iter(f"{SVG}text")]

    def marks(self, tone):
        """(x, y) in pixels of each marker whose edge has this colour, from left to right, then from top to
        bottom."""
        found = [
            (float(use.get("x")), float(use.get("y")))
            for use in self.root.iter(f"{SVG}use")
            if use.get("x") and f"stroke:{colour(tone)}" in (use.get("style") or "")
        ]
        return sorted(set(found))

    def boxes(self, tone):
        """(left, top, right, bottom) in pixels of each bar filled with this colour, or "hatched", in the
        order of drawing."""
        found, fill = [], "fill:url(#" if tone == "hatched" else f"fill:{colour(tone)}"
        for path in self.root.iter(f"{SVG}path"):
            if fill in (path.get("style") or "") and path.get("d").rstrip().endswith("z"):
                numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d"))]
                found.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
        return found


@pytest.fixture
def canvas():
    return figure("A title", "measure, unit", "Source: a test.", left=0.3)


def test_rows_stand_from_top_to_bottom(canvas):
    fig, ax = canvas
    assert rows(ax, ["first", "second", "third"]) == [2, 1, 0]
    heights = {
        "".join(text.itertext()): float(
            re.search(r"[\d.]+\)?$", (text.get("y") or text.get("transform").split()[-1]))[0].rstrip(")")
        )
        for text in Drawn(fig).root.iter(f"{SVG}text")
    }
    assert heights["first"] < heights["second"] < heights["third"]


def test_dots_follow_the_numbers(canvas):
    fig, ax = canvas
    words = dots(ax, VALUES, {"India": "IND"}, text="{:.1f}", unit="%")
    drawn = Drawn(fig)
    assert words == "India 40.0%; China 10.0%; Iran 25.0%" and {"40.0%", "India"} <= set(drawn.texts)
    (china, _), (iran, _) = drawn.marks("other")
    ((india, _),) = drawn.marks("IND")
    assert iran - china == pytest.approx(india - iran, abs=0.1) and china < iran


def test_an_open_dot_has_the_colour_of_the_page(canvas):
    fig, ax = canvas
    dot(ax, 1, 1, "PAK", hollow=True, name="the one")
    inside = [
        use.get("style")
        for use in Drawn(fig).root.iter(f"{SVG}use")
        if f"stroke:{colour('PAK')}" in (use.get("style") or "")
    ]
    assert inside and all(f"fill:{colour('page')}" in style for style in inside)


def test_points_may_share_an_index(canvas):
    fig, ax = canvas
    assert points(ax, pd.Series([1, 5, 2500], [2015, 2015, 2020]), "RUS") == "2015 1, 2015 5, 2020 2,500"
    assert len(Drawn(fig).marks("RUS")) == 3


def test_dumbbells_name_both_columns(canvas):
    fig, ax = canvas
    frame = pd.DataFrame({"survey": [50, 7], "essay": [42, 7]}, ["fact", "a long\nname"])
    words = dumbbells(ax, frame, filled="survey", open="essay", unit="%")
    assert words == "fact: survey 50%, essay 42%; a long name: survey 7%, essay 7%"
    (equal, _), (essay, _), (survey, _) = Drawn(fig).marks("ink")
    assert survey - equal == pytest.approx((50 - 7) / (42 - 7) * (essay - equal), abs=0.1)


def test_ranges_have_two_ends_only_where_they_differ(canvas):
    fig, ax = canvas
    assert ranges(ax, [1.5, 2], [3, 2], names=["TASS", "Dawn"], unit=" bn") == "TASS 1.5 to 3 bn; Dawn 2 bn"
    assert len(Drawn(fig).marks("PAK")) == 3


def test_bars_are_as_long_as_their_numbers(canvas):
    fig, ax = canvas
    words = bars(ax, VALUES, ["IND", "CHN", "RUS"], "{:,.0f}")
    drawn = Drawn(fig)
    lengths = [drawn.boxes(tone)[0][2] - drawn.boxes(tone)[0][0] for tone in ("IND", "CHN", "RUS")]
    assert lengths[0] == pytest.approx(4 * lengths[1], rel=0.01) and lengths[2] == pytest.approx(
        2.5 * lengths[1], rel=0.01
    )
    assert words == "India 40; China 10; Iran 25" and {"40", "10", "25"} <= set(drawn.texts)


def test_upright_bars_stand_over_names_or_numbers(canvas):
    fig, ax = canvas
    assert upright(ax, pd.Series([1, 3], [2001, 2003]), "RUS", only=[2003]) == "2003 3"
    first, second = Drawn(fig).boxes("RUS")
    assert first[3] - first[1] == pytest.approx((second[3] - second[1]) / 3, abs=0.2)
    assert "3" in Drawn(fig).texts and "1" not in Drawn(fig).texts
    fig, ax = figure("A title", "measure", "Source: a test.")
    assert upright(ax, VALUES) == "India 40, China 10, Iran 25" and "India" in Drawn(fig).texts


@pytest.mark.parametrize("standing", [True, False])
def test_stacked_bars_begin_where_the_last_part_ends(canvas, standing):
    fig, ax = canvas
    frame = pd.DataFrame({"old": [10, 20], "new": [30, 0]}, ["1995–99", "2000–04"])
    words = stacked(ax, frame, {"old": "RUS", "new": ("IND", "hatched")}, ["10 + 30", "20"], upright=standing)
    drawn = Drawn(fig)
    old, new = drawn.boxes("RUS")[0], drawn.boxes("hatched")[0]
    assert (old[1] if standing else old[2]) == pytest.approx(new[3] if standing else new[0], abs=0.2)
    assert words == "1995–99: old 10, new 30; 2000–04: old 20, new 0" and "10 + 30" in drawn.texts
    assert colour("IND") in svg(fig, ENOUGH) and LIGHT["page"] in svg(fig, ENOUGH)


def test_windows_have_names_and_places(canvas):
    fig, ax = canvas
    assert (window(1995), window(1998), window(2020, 2)) == ("1995–99", "1998–2002", "2020–21")
    assert by_window(ax, pd.Series({1995: 3.9, 2005: 0.8}), named=[1995]) == "1995–99 3.9%; 2005–09 0.8%"
    first, second = Drawn(fig).boxes("RUS")
    assert second[0] - first[0] == pytest.approx(2 * (first[2] - first[0]) / 0.76, rel=0.01)
    assert "1995–99" in Drawn(fig).texts and "2005–09" not in Drawn(fig).texts


@pytest.mark.parametrize(
    "date, missing, year",
    [
        ("2021", "middle", 2021.5),
        ("2021", "end", 2022),
        ("2021-07", "start", 2021.5),
        ("2021-07", "end", 2021 + 7 / 12),
        ("2021-01-01", "end", 2021),
        (2020, "start", 2020),
        (pd.Timestamp("2021-01-01"), "middle", 2021),
        ("2014-03-01/2014-04", "end", 2014 + 59 / 365),
    ],
)
def test_a_date_is_a_year_with_decimals(date, missing, year):
    assert decimal_year(date, missing) == pytest.approx(year)


def test_no_date_is_no_year():
    assert pd.isna(decimal_year(None)) and pd.isna(decimal_year(float("nan")))


def test_events_lie_in_the_row_of_their_kind(canvas):
    fig, ax = canvas
    events = pd.DataFrame({"kind": ["talks", "war", "talks"], "year": [1950, 1960, 1970]})
    styles = {"talks": ("PAK", "filled"), "war": ("accent", "open")}
    assert strip(ax, events, ["war", "talks"], styles, row="kind") == "war: 1960; talks: 1950, 1970"
    talks, war = (Drawn(fig).root, Drawn(fig).marks("accent"))
    drawn = [
        (float(use.get("x")), float(use.get("y")))
        for use in talks.iter(f"{SVG}use")
        if f"fill:{colour('PAK')}" in (use.get("style") or "")
    ]
    assert (
        len({height for _, height in drawn}) == 1
        and war[0][1] < drawn[0][1]
        and drawn[0][0] < war[0][0] < drawn[1][0]
    )


def test_an_event_without_a_row_does_not_vanish(canvas):
    events = pd.DataFrame({"kind": ["talks", "visit"], "year": [1950, 1960]})
    with pytest.raises(CourseError, match="“visit” has no row or no style"):
        strip(canvas[1], events, ["talks"], {"talks": ("PAK", "filled")}, row="kind")


def test_a_statement_ends_at_the_end_of_the_time_that_it_names(canvas):
    fig, ax = canvas
    words = statements(
        ax, ["2021-07-15", "2020", "2022-02"], ["2023", "2021-07", None], ["Azhar:\nready", "Babar", "Khan"]
    )
    assert (
        words == "Azhar: ready, said 2021-07-15, for 2023; Babar, said 2020, for 2021-07; "
        "Khan, said 2022-02, no date"
    )
    ends = [text.xy for text in ax.texts if text.arrow_patch is not None]
    assert [end for end, _ in ends] == [2024, pytest.approx(2021 + 7 / 12)]
    ax.set(xlim=(2020, 2025))
    drawn = Drawn(fig)
    tips = [box[2] for box in drawn.boxes("PAK")]  # the arrow heads are the only closed paths in this colour
    (start,) = [x for x, y in drawn.marks("PAK") if y == min(y for _, y in drawn.marks("PAK"))]
    pixels = ax.get_window_extent().width / 5
    assert max(tips) == pytest.approx(start + (2024 - decimal_year("2021-07-15")) * pixels, abs=3)


def test_bars_that_would_hide_each_other_get_lanes(canvas):
    _, ax = canvas
    assert lanes([1950, 1951, 1955], [1953, 1952, 1956]) == [0, 1, 0]
    spans(ax, [1950, 1951, 1955], [1953, 1952, 1956], 0, "RUS", lift=0.1)
    heights = [line.get_ydata()[0] for line in ax.lines]
    assert heights[0] == heights[2] != heights[1]
    spans(ax, [1950.5], [1951.5], 1, "PAK")
    assert list(ax.lines[-1].get_xdata()) == [1950.5, 1951.5]


def test_intervals_have_their_dot_inside(canvas):
    fig, ax = canvas
    low, middle, high = (pd.Series(values, ["a", "b"]) for values in ([1, 2], [3, 4], [9, 8]))
    assert (
        intervals(ax, low, middle, high, labels=["1 of 3", "2 of 4"], unit="%")
        == "a 3% (1 to 9); b 4% (2 to 8)"
    )
    assert {"1 of 3", "2 of 4"} <= set(Drawn(fig).texts) and len(Drawn(fig).marks("accent")) == 2
    ribbon(ax, low.set_axis([1, 2]), high.set_axis([1, 2]), "RUS")


def test_slopes_print_both_ends(canvas):
    fig, ax = canvas
    frame = pd.DataFrame({2021: [2.2, 53.0], 2025: [36.4, 12.0]}, ["India", "Europe"])
    assert (
        slopes(ax, frame, {"India": "IND", "Europe": "ink"}, left=["India"], unit="%")
        == "India 2% in 2021, 36% in 2025; Europe 53% in 2021, 12% in 2025"
    )
    texts = Drawn(fig).texts
    assert {"India 36%", "2%", "Europe 12%", "2021", "2025"} <= set(texts) and "53%" not in texts


def test_verdicts_are_counted_for_both_articles():
    tally = pd.DataFrame({"mixed": [3, 1], "supported": [2, 5]}, ["essay", "survey"])
    fig, alt = verdict_dots("A title that is the finding", "trade", tally)
    texts = Drawn(fig).texts
    assert [text for text in texts if text in VERDICTS] == list(VERDICTS) and "survey 5, essay 2" in texts
    assert "theme trade" in alt and "mixed: survey 1, essay 3" in alt and "open: survey 0, essay 0" in alt


def test_marks_say_whose_number_it_is(canvas):
    fig, ax = canvas
    values = pd.Series([920.0, 667.0, 388.0], ["2023", "2023", "2022"])
    words = marks(
        ax, values, ["PAK", "other", "PAK"], ["dot", "diamond", "square"], [True, False, False], shared=True
    )
    drawn = Drawn(fig)
    assert words == "2023 920; 2023 667; 2022 388" and {"920", "667", "388"} <= set(drawn.texts)
    (low, low_y), (high, high_y), (grey, grey_y) = *drawn.marks("PAK"), *drawn.marks("other")
    assert low < grey < high and high_y == grey_y < low_y and drawn.texts.count("2023") == 1
    fig, ax = figure("A title", "measure", "Source: a test.")
    marks(ax, values, "PAK")
    assert len({y for _, y in Drawn(fig).marks("PAK")}) == 3


def test_joined_marks_have_one_bar_a_row(canvas):
    _, ax = canvas
    marks(ax, pd.Series([1.0, 5.0, 3.0], ["a", "b", "a"]), shared=True, joined=True)
    ((one, other),) = [line.get_segments() for line in ax.collections]
    assert sorted((one[0][0], one[1][0], other[0][0], other[1][0])) == [1, 3, 5, 5]


def test_panels_have_their_own_scales_over_the_same_years(canvas):
    fig, ax = canvas
    frame = pd.DataFrame({"dollars": [10, 20, None], "share": [4.0, 2.0, 1.5]}, [1971, 1978, 2014])
    words = panels(ax, frame, "RUS", shaded=(1972, 1980), named=[1971, 1978])
    assert words == "dollars: 1971 10, 1978 20; share: 1971 4, 1978 2"
    assert [part.get_ylim()[1] for part in ax.child_axes] == pytest.approx([21, 4.2])
    drawn = Drawn(fig)
    assert drawn.texts.index("dollars") < drawn.texts.index("share") and drawn.texts.count("1980") == 1
    first, second = drawn.boxes("band")
    assert first[0] == second[0] and first[3] < second[1]


def test_a_survival_curve_falls_in_steps(canvas):
    fig, ax = canvas
    curve = pd.Series({0: 1.0, 366: 0.75, 1000: 0.5})
    assert [left_after(curve, years) for years in (1, 1.003, 8)] == [100, 75, 50]
    words = stairs(ax, curve, "PAK", "prime\nministers", until=4, named=(1, 3), dot=2, ls="--")
    assert words == "prime ministers: 100% after 1 year, 50% after 3 years"
    x, y = ax.lines[0].get_data()
    assert list(y) == [100, 75, 50, 50] and x[-1] == 4 and ax.lines[0].get_drawstyle() == "steps-post"
    assert "75%" in Drawn(fig).texts and len(Drawn(fig).marks("PAK")) == 1


def test_residual_strips_mark_the_named_cases(canvas):
    fig, ax = canvas
    ratios = pd.DataFrame({"plain": [0.1, 1.0, 10.0], "own": [0.2, 2.0, 5.0]})
    named = pd.DataFrame({"plain": [0.1, 10.0], "own": [0.2, 5.0]}, ["RUS", "AFG"])
    words = residual_strips(ax, ratios, named, ["plain: 3", "own: 5"])
    assert words == "plain: 3: Russia 0.10, Afghanistan 10.00; own: 5: Russia 0.20, Afghanistan 5.00"
    (first, top), (second, bottom) = Drawn(fig).marks("RUS")
    assert first < second and top < bottom and Drawn(fig).texts.count("Afghanistan") == 2
    fig, ax = figure("A title", "measure", "Source: a test.")
    residual_strips(ax, ratios, named.loc[["RUS"]], tone="accent")
    assert len(Drawn(fig).marks("accent")) == 2 and not Drawn(fig).marks("RUS")


def test_sorted_cases_that_reach_the_goal_are_orange(canvas):
    fig, ax = canvas
    growth = pd.Series(range(-20, 79), range(1, 100), dtype=float)
    assert (reached(growth, 60), reached(growth, 78.5)) == ("19", "fewer than 1")
    quantile_area(ax, growth, 60, "needed: 60")
    every, fast = (part.get_paths()[0].get_extents() for part in ax.collections)
    assert (every.x0, every.x1) == (1, 99) and (fast.x0, fast.x1) == pytest.approx((81, 99))
    tones = [part.get_facecolor()[0][:3].tolist() for part in ax.collections]
    assert tones == [list(to_rgb(colour(tone))) for tone in ("other", "accent")]
    assert "needed: 60" in Drawn(fig).texts


def test_a_cut_bar_is_seen_to_be_cut(canvas):
    _, ax = canvas
    values = pd.Series({"a": 50.0, "b": 230.2})
    bars(ax, values.clip(upper=75))
    assert cut_bars(ax, values, 75) == "the bar of 230 is cut at 75"
    assert len(ax.lines) == 2 and all(max(line.get_xdata()) < 75 for line in ax.lines)
    assert all(abs(sum(line.get_ydata()) / 2 - ax.get_yticks()[1]) < 0.01 for line in ax.lines)


def test_each_step_is_ten_times_the_last(canvas):
    fig, ax = canvas
    tenfold(ax, [1, 10, 1000], (0.5, 2000))
    dot(ax, 10, 0, "PAK")
    dot(ax, 100, 0, "PAK")
    dot(ax, 1000, 0, "PAK")
    (one, _), (two, _), (three, _) = Drawn(fig).marks("PAK")
    assert two - one == pytest.approx(three - two, abs=0.1) and {"1", "10", "1,000"} <= set(Drawn(fig).texts)


def test_a_dated_line_lies_between_the_ends_of_its_year(canvas):
    fig, ax = canvas
    upright(ax, pd.Series([1.0, 2.0], [2014.5, 2015.5]), "CHN", text=None)
    year_ends(ax, 2014, 2015, [2015])
    date_line(ax, "2015-10-16", "agreement", "RUS", height=1)
    assert list(ax.get_xticks(minor=True)) == [2014, 2015, 2016] and list(ax.get_xticks()) == [2015.5]
    assert ax.lines[-1].get_xdata()[0] == pytest.approx(2015 + 288 / 365, abs=0.01)
    assert {"2015", "agreement"} <= set(Drawn(fig).texts) and "2014" not in Drawn(fig).texts


def test_a_table_is_told_row_by_row():
    frame = pd.DataFrame({"who": ["a\nb", "c"], "sum": [1200.4, -3.0]}, ["x", "y"])
    assert told(frame, "{index} {who}: {sum:,.0f}") == "x a b: 1,200; y c: −3"


def test_tiles_count_the_votes(canvas):
    fig, ax = canvas
    votes = pd.DataFrame([["Y", "A", None], ["N", "N", "Y"]], ["Pakistan", "Russia"])
    assert tiles(ax, votes) == "Pakistan: 1 yes, 0 no, 1 abstained; Russia: 1 yes, 2 no, 0 abstained"
    assert sorted(text for text in Drawn(fig).texts if text in "YN–") == ["N", "N", "Y", "Y", "–"]


def test_a_map_has_its_letters_and_its_route(canvas):
    fig, ax = canvas
    corners = {"lon": [66, 67, 66], "lat": [25, 25, 26]}
    land(ax, pd.DataFrame({"layer": "state", "part": 1, "name": "Pakistan", **corners}))
    places = pd.DataFrame({"lon": [67.0, 74.0], "lat": [24.8, 31.1]}, ["Port Qasim", "Kasur"])
    route(ax, places, ["Port Qasim", "Kasur"], "PAK")
    name_place(ax, places, "Kasur", "here", "PAK")
    assert {"Pakistan", "A", "G", "here"} <= set(Drawn(fig).texts)
    with pytest.raises(CourseError, match="no place “Lahore”. The places are: Kasur, Port Qasim"):
        route(ax, places, ["Lahore"], "PAK")
    with pytest.raises(CourseError, match="no place “Lahore”"):
        name_place(ax, places, "Lahore", "here", "PAK")


def test_the_axes_leave_the_room_that_the_words_need():
    begins = []
    for name in ("short", "a name that is far longer than others"):
        fig, ax = figure("A title", "measure", "Source: a test.")
        bars(ax, pd.Series({name: 1.0}), text=["a long text behind the bar"])
        svg(fig, ENOUGH)
        begins.append(ax.get_position().x0)
        inside = ax.get_tightbbox()
        assert inside.x0 >= 0 and inside.x1 <= fig.bbox.width
    assert begins[1] > begins[0] + 0.2
    fig, ax = figure("A title", "measure", "Source: a test.", left=0.4, right=0.5)
    svg(fig, ENOUGH)
    assert (ax.get_position().x0, ax.get_position().x1) == pytest.approx((0.4, 0.5))


def test_a_scale_carries_its_unit_once(canvas):
    fig, ax = canvas
    scale(ax, [0, 1000, 2000], "%")
    assert ax.get_xlim() == (-60, 2060) and {"0", "1,000", "2,000%"} <= set(Drawn(fig).texts)
    scale(ax, [-20, 0, 20], axis="y", limits=(-30, 30))
    assert ax.get_ylim() == (-30, 30) and {"−20", "+20"} <= set(Drawn(fig).texts)


def test_a_series_in_words():
    series = pd.Series({1955: 57.2, 1970: -43.0})
    assert (
        in_words(series, "{:.0f}%") == "1955 57%, 1970 −43%" and in_words(series, keys=[1970]) == "1970 −43"
    )


NOTHING = pd.Series(dtype=float)
HOLE = pd.Series({"India": 1.0, "Iran": None})


@pytest.mark.parametrize(
    "call",
    [
        lambda ax, data: dots(ax, data),
        lambda ax, data: points(ax, data),
        lambda ax, data: bars(ax, data),
        lambda ax, data: upright(ax, data),
        lambda ax, data: by_window(ax, data),
        lambda ax, data: ranges(ax, data, data),
        lambda ax, data: intervals(ax, data, data, data),
        lambda ax, data: ribbon(ax, data, data, "PAK"),
        lambda ax, data: dumbbells(ax, pd.DataFrame({"a": data, "b": data}), "a", "b"),
        lambda ax, data: stacked(ax, pd.DataFrame({"a": data}), {"a": "PAK"}),
        lambda ax, data: slopes(ax, pd.DataFrame({1: data, 2: data}), "PAK"),
        lambda ax, data: spans(ax, data, data, 0),
        lambda ax, data: marks(ax, data),
        lambda ax, data: stairs(ax, data, "PAK", "a"),
    ],
    ids=[
        "dots",
        "points",
        "bars",
        "upright",
        "by_window",
        "ranges",
        "intervals",
        "ribbon",
        "dumbbells",
        "stacked",
        "slopes",
        "spans",
        "marks",
        "stairs",
    ],
)
def test_no_data_and_missing_numbers_are_told(canvas, call, request):
    name = request.node.callspec.id
    with pytest.raises(CourseError, match=rf"{name}\(\): there is nothing to draw. Look at the filter"):
        call(canvas[1], NOTHING)
    with pytest.raises(CourseError, match=rf"{name}\(\): there is no number for Iran. Drop what is missing"):
        call(canvas[1], HOLE)


@pytest.mark.parametrize(
    "call, told",
    [
        (lambda ax: rows(ax, []), "no names"),
        (
            lambda ax: strip(ax, pd.DataFrame({"kind": [], "year": []}), ["a"], {}, row="kind"),
            "no event to draw",
        ),
        (lambda ax: statements(ax, [], [], []), "no names"),
        (lambda ax: tiles(ax, pd.DataFrame()), "no names"),
        (lambda ax: land(ax, pd.DataFrame()), "no outlines"),
        (lambda ax: scale(ax, []), "no ticks"),
        (lambda ax: slopes(ax, pd.DataFrame({1: [1.0]}), "PAK"), "two columns are needed"),
        (lambda ax: dots(ax, VALUES, ["PAK"]), "3 rows, but 1 choices"),
        (lambda ax: decimal_year("last May"), "“last May” can’t be read as a date"),
        (lambda ax: in_words(VALUES, keys=["Cuba"]), "Cuba is not in the series"),
        (lambda ax: verdict_dots("A title", "trad", pd.DataFrame()), "theme “trad”"),
        (lambda ax: line(ax, NOTHING, "PAK"), "no values to draw"),
        (lambda ax: marks(ax, VALUES, shape="star"), "no shape “star”. The shapes are: dot"),
        (lambda ax: panels(ax, pd.DataFrame({"dollars": [None]})), "nothing to draw for dollars"),
        (lambda ax: panels(ax, pd.DataFrame()), "nothing to draw. Look"),
        (lambda ax: left_after(pd.Series({5: 1.0}), 1), "begins on day 5, not on day 0"),
        (lambda ax: residual_strips(ax, pd.DataFrame({"a": [0.0]}), pd.DataFrame()), "above zero"),
        (lambda ax: residual_strips(ax, pd.DataFrame(), pd.DataFrame()), "there must be cases"),
        (lambda ax: reached(NOTHING, 1), "is there such a first year and span"),
        (lambda ax: tenfold(ax, [0, 10], (1, 20)), "no zero"),
        (lambda ax: told(pd.DataFrame(), "{a}"), "no rows"),
        (lambda ax: told(pd.DataFrame({"a": [1]}), "{b}"), "does not fit the table: 'b'. Its columns are: a"),
    ],
)
def test_a_slip_is_told_with_its_remedy(canvas, call, told):
    with pytest.raises(CourseError, match=told):
        call(canvas[1])


@pytest.mark.parametrize(
    "path", notebooks("notebooks", "solutions"), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_plotting_cell_can_be_read(path):
    for cell in read(path).cells:
        if "figure" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            assert len(lines) <= 14, f"{cell.id}: {len(lines)} lines"
            assert [line for line in lines if len(line) > 100] == [], cell.id
