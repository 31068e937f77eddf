"""The helpers for curves, levels, dates added up, squares, bubbles and shares with intervals: what is drawn lies
where the numbers say, the words name it, a slip is told."""

import re

import pandas as pd
import pytest
from test_figures_helpers import ENOUGH, Drawn

from ruspak.errors import CourseError
from ruspak.figures import (
    added_up,
    bars,
    bubbles,
    curves,
    figure,
    level,
    moment,
    proportions,
    squares,
    strip,
    two_proportions,
    upright,
)
from ruspak.figures.colours import colour
from ruspak.figures.narrow import narrowest
from ruspak.figures.show import svg

BY_YEAR = pd.DataFrame({"PAK": [6.0, 2.0, 4.0], "IND": [1.0, None, 3.0]}, [1990, 2000, 2010])


def half(yes, cases):
    """An interval for tests: ten points to either side."""
    return 100 * yes / cases - 10, 100 * yes / cases + 10


@pytest.fixture
def canvas():
    return figure("A title that is the finding", "measure, unit", "Source: a test.")


class TestCurves:
    def test_words_name_the_ends_and_the_turns(self, canvas):
        assert (
            curves(canvas[1], BY_YEAR, unit="%")
            == "Pakistan: 1990 6%, 2000 2%, 2010 4%; India: 1990 1%, 2010 3%"
        )
        assert curves(canvas[1], BY_YEAR, {"IND": "New\nDelhi"}, named=[2010]) == "New Delhi: 2010 3"

    def test_the_fall_after_the_peak_is_told(self, canvas):
        frame = pd.DataFrame({"PAK": [1.0, 9.0, 4.0, 6.0], "IND": [9.0, 1.0, 7.0, 5.0]}, range(2001, 2005))
        assert curves(canvas[1], frame) == (
            "Pakistan: 2001 1, 2002 9, 2003 4, 2004 6; India: 2001 9, 2002 1, 2003 7, 2004 5"
        )

    def test_names_stand_at_the_end_or_where_they_are_put(self, canvas):
        fig, ax = canvas
        curves(ax, BY_YEAR, at={"PAK": 2000}, lifts={"IND": 5})
        drawn = {text.get_text(): (text.xy, text.get_position()) for text in ax.texts if text.get_text()}
        assert drawn == {"Pakistan": ((2000, 2.0), (7, 0)), "India": ((2010, 3.0), (7, 5))}
        assert {"Pakistan", "India"} <= set(Drawn(fig).texts)

    def test_colours_dashes_and_gaps(self, canvas):
        curves(canvas[1], BY_YEAR, tones={"IND": "accent"}, dashed=["IND"], marker="o")
        first, second = canvas[1].lines
        assert (first.get_color(), first.get_linestyle()) == (colour("PAK"), "-")
        assert (second.get_color(), second.get_linestyle()) == (colour("accent"), "--")
        assert pd.isna(second.get_ydata()[1]), "a missing year is joined over"

    def test_a_smoothed_line_is_told_as_drawn(self, canvas):
        frame = pd.DataFrame({"PAK": [1.0, 2.0, 9.0, 2.0, 1.0]}, range(2001, 2006))
        assert curves(canvas[1], frame, smooth=3, text="{:.1f}") == "Pakistan: 2002 4.0, 2003 4.3, 2004 4.0"

    def test_slips_are_told(self, canvas):
        with pytest.raises(CourseError, match="no column “RUS”. The columns are: PAK, IND"):
            curves(canvas[1], BY_YEAR, {"RUS": "Moscow"})
        with pytest.raises(CourseError, match="no values to draw"):
            curves(canvas[1], BY_YEAR * float("nan"))


def test_a_level_and_a_moment_stand_at_their_value(canvas):
    fig, ax = canvas
    level(ax, 38, "needed", ls="--")
    moment(ax, 2026, "sources end", left=True)
    across, down = ax.lines
    assert set(across.get_ydata()) == {38} and across.get_linestyle() == "--"
    assert set(down.get_xdata()) == {2026} and down.get_linestyle() == "--"
    assert {"needed", "sources end"} <= set(Drawn(fig).texts)
    assert ax.texts[1].get_ha() == "right"


def test_dates_are_added_up_in_their_order(canvas):
    fig, ax = canvas
    assert added_up(ax, ["2025-03-27", "2004-12", "2011/2012"], "RUS", "plans") == "3 from 2004 to 2025"
    assert list(ax.lines[0].get_ydata()) == [1, 2, 3] and sorted(ax.lines[0].get_xdata()) == list(
        ax.lines[0].get_xdata()
    )
    assert "plans: 3" in Drawn(fig).texts


@pytest.mark.parametrize("dates", [[], ["2004", None]])
def test_dates_that_cannot_be_added_up_are_told(canvas, dates):
    with pytest.raises(CourseError, match=r"added_up\(\): there are no dates"):
        added_up(canvas[1], dates, "RUS")


def test_there_are_as_many_squares_as_things(canvas):
    fig, ax = canvas
    counts = pd.DataFrame({"Soviet": [4, None], "since 1992": [17, 1]}, ["delivered", "partly"])
    styles = {"Soviet": ("quiet", "open"), "since 1992": ("RUS", "filled")}
    assert squares(ax, counts, styles) == "delivered: 4 Soviet, 17 since 1992; partly: 1 since 1992"
    drawn = [len(line.get_xdata()) for line in ax.lines]
    assert drawn == [4, 17, 0, 1]
    assert max(ax.lines[1].get_xdata()) == 14 and len(set(ax.lines[1].get_ydata())) == 2
    assert [line.get_markerfacecolor() for line in ax.lines[:2]] == [colour("page"), colour("RUS")]
    assert {"4", "17", "1"} <= set(Drawn(fig).texts) and "0" not in Drawn(fig).texts
    heights = [sum(line.get_ydata()) / len(line.get_ydata()) for line in ax.lines if len(line.get_ydata())]
    assert heights[2] == 0  # the only line of a row stands beside its name


class TestBubbles:
    COUNTS = pd.DataFrame({"history": [3, 1], "energy": [0, 5]}, ["supported", "mixed"])

    def test_the_area_is_the_share(self, canvas):
        fig, ax = canvas
        assert bubbles(ax, self.COUNTS) == "history: supported 3, mixed 1; energy: supported 0, mixed 5"
        areas = [float(dots.get_sizes()[0]) - 1 for dots in ax.collections]
        assert areas == [12 * share for share in (75, 25, 0, 100)]
        assert {"3", "0", "history", "supported"} <= set(Drawn(fig).texts)

    @pytest.mark.parametrize(
        "counts, told",
        [
            (COUNTS.assign(trade=0), "each column must have something to count"),
            (COUNTS.assign(trade=[1, None]), "there is no number for mixed"),
        ],
    )
    def test_slips_are_told(self, canvas, counts, told):
        with pytest.raises(CourseError, match=told):
            bubbles(canvas[1], counts)


class TestProportions:
    def test_shares_stand_in_their_interval_by_the_rule_that_is_given(self, canvas):
        fig, ax = canvas
        words = proportions(ax, {"civil": 2, "military": 3}, {"military": 4, "civil": 10}, half)
        assert words == "civil 2 of 10 (10 to 30%); military 3 of 4 (65 to 85%)"
        assert [list(line.get_xdata()) for line in ax.lines] == [[10, 30], [20], [65, 85], [75]]
        assert {"2 of 10", "3 of 4", "civil"} <= set(Drawn(fig).texts)

    def test_one_number_of_cases_for_all(self, canvas):
        assert proportions(canvas[1], {"a": 1, "b": 2}, 4, half, labels=False) == (
            "a 1 of 4 (15 to 35%); b 2 of 4 (40 to 60%)"
        )
        assert not canvas[1].texts

    def test_two_groups_stand_above_each_other(self, canvas):
        yes = pd.DataFrame({"survey": [1], "essay": [3]}, ["fact"])
        words = two_proportions(canvas[1], yes, pd.Series({"survey": 2, "essay": 4}), half)
        assert words == "survey: fact 1 of 2 (40 to 60%). essay: fact 3 of 4 (65 to 85%)"
        dots = [line for line in canvas[1].lines if line.get_marker() == "o"]
        assert [line.get_markerfacecolor() for line in dots] == [colour("ink"), colour("page")]
        assert dots[0].get_ydata()[0] > dots[1].get_ydata()[0]

    def test_no_cases_are_told(self, canvas):
        with pytest.raises(CourseError, match="there is no case of civil"):
            proportions(canvas[1], {"civil": 0}, 0, half)


def test_marks_of_a_strip_can_be_lifted(canvas):
    events = pd.DataFrame({"kind": ["health"] * 2, "year": [2021, 2021], "step": ["done", "planned"]})
    styles = {"done": ("accent", "filled"), "planned": ("quiet", "cross")}
    strip(canvas[1], events, ["health"], styles, row="kind", style="step", lifts={"done": 0.3})
    assert sorted(line.get_ydata()[0] for line in canvas[1].lines) == [0, 0.3]


def text_sizes(drawn):
    """The share of the picture's width that each size of letters has, smallest first."""
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', drawn)[1])
    return sorted({float(size) / width for size in re.findall(r"font-size:([\d.]+)px", drawn)})


def test_a_phone_gets_a_narrower_picture_with_larger_words(canvas):
    fig, ax = canvas
    curves(ax, BY_YEAR, unit="%")
    wide = svg(fig, ENOUGH)
    tall = ax.bbox.height
    drawn = narrowest(fig, ENOUGH)
    assert text_sizes(drawn)[0] > 1.3 * text_sizes(wide)[0]
    assert all(f">{word}</text>" in drawn for word in ("India", "Pakistan", "2000"))
    assert ax.bbox.height == pytest.approx(tall, abs=0.1)


def test_names_that_would_meet_stand_in_two_rows():
    fig, ax = figure("A title", "measure", "Source: a test.")
    upright(ax, pd.Series(1.0, [f"19{year}s" for year in range(10, 90, 10)]))
    svg(fig, ENOUGH)
    drawn = narrowest(fig, ENOUGH)
    heights = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>19\d0s<', drawn)]
    assert len(heights) == 8 and sorted(set(heights[::2])) < sorted(set(heights[1::2]))
    assert len(set(heights)) == 2


def test_what_cannot_be_narrow_stays_wide():
    fig, ax = figure("A title", "measure", "Source: a test.")
    bars(ax, pd.Series({"a name that needs half of the page, and more": 1.0}), text=["and a long text"])
    svg(fig, ENOUGH)
    assert narrowest(fig, ENOUGH) is None
