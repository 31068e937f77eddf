"""The tables: what a reader gets, and what is said when a name or a file is wrong."""

import shutil
from xml.etree import ElementTree

import pandas as pd
import pytest

from ruspak import about, audit, calc, calc_text, claims, fact, table
from ruspak.data.display import frame_html
from ruspak.data.package import DATA, package
from ruspak.errors import CourseError

NAMES = [resource["name"] for resource in package()["resources"]]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_opens_with_its_types(name):
    frame = table(name)
    fields = {resource["name"]: resource for resource in package()["resources"]}[name]["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields] and len(frame)
    for field in fields:
        kind = str(frame[field["name"]].dtype).lower()
        assert {"integer": "int64", "number": "float64", "boolean": "bool"}.get(
            field["type"], "str"
        ) in kind, field["name"]


def test_missing_stays_missing():
    votes = table("un_votes")
    assert votes["PAK"].isna().any() and votes.loc[votes["year"] == 2021, "palestine"].isna().all()


def test_the_codebook_entry_is_shown():
    assert about("un_votes").startswith("## un_votes") and "share_half_pct" not in about("un_votes")


@pytest.fixture
def folder(tmp_path):
    """A copy of one table with its description, to be damaged."""
    (tmp_path / "history").mkdir()
    for name in ("datapackage.json", "history/ideal_points.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def damage(folder, old, new):
    path = folder / "history" / "ideal_points.csv"
    path.write_text(path.read_text().replace(old, new, 1))


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("ideal_point,", "", "line 1: the column 'ideal_point' is missing"),
        ("ideal_point,", "ideal_pt,", "'ideal_pt' is not in the data package. Did you mean 'ideal_point'"),
        ("ideal_point,", "ideal_point,ideal_point,", "line 1: the column 'ideal_point' stands there twice"),
        ("year,country", "country,year", "line 1: the columns stand in another order"),
        ("\n1946,AFG,-0.4986", "\n1946,AFG,minus", "line 2, column 'ideal_point': 'minus' is not a number"),
        ("\n1946,AFG", "\nlater,AFG", "line 2, column 'year': 'later' is not a whole number"),
        ("\n1946,AFG", "\n,AFG", "line 2, column 'year': 'an empty cell' is not a whole number"),
        ("\n1946,AFG", "\n1946,1,2,AFG", "line 2: 8 values for 6 columns"),
    ],
)
def test_a_damaged_table_is_rejected_with_its_place(folder, old, new, says):
    damage(folder, old, new)
    with pytest.raises(CourseError) as rejection:
        table("ideal_points", folder)
    assert says in str(rejection.value) and "ideal_points.csv" in str(rejection.value)


def test_a_table_that_make_pages_has_not_seen_is_told(folder):
    (folder / "history" / "trial_visits.csv").write_text("year\n2001\n")
    with pytest.raises(CourseError, match="but data/history/trial_visits.csv is there. Run make pages"):
        table("trial_visits", folder)


def test_a_missing_file_and_a_broken_package(folder):
    (folder / "history" / "ideal_points.csv").unlink()
    with pytest.raises(CourseError, match="ideal_points.csv can't be read"):
        table("ideal_points", folder)
    for text, says in (
        ('{"resources": []', "not valid JSON"),
        ('{"tables": []}', "part of it is missing .*resources"),
        ("[]", "wrong kind"),
        ('{"resources": [{"name": "ideal_points"}]}', "missing .*path"),
    ):
        package.cache_clear()
        (folder / "datapackage.json").write_text(text)
        with pytest.raises(CourseError, match=says):
            table("ideal_points", folder)


def test_a_table_without_rows_is_rejected(folder):
    head, *_ = (folder / "history" / "ideal_points.csv").read_text().partition("\n")
    (folder / "history" / "ideal_points.csv").write_text(head + "\n")
    with pytest.raises(CourseError, match="ideal_points.csv .*no rows"):
        table("ideal_points", folder)


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: table("un_vote"), "no table 'un_vote'. Did you mean 'un_votes'"),
        (lambda: table("Ärzte"), "no table 'Ärzte'"),
        (lambda: table(["un_votes"]), "a text in quotes"),
        (lambda: fact(7), "a text in quotes"),
        (lambda: calc([]), "a text in quotes"),
        (lambda: claims(["history"]), "no claims with theme '['history']'"),
        (lambda: audit("S000-38", theme="history"), "not both"),
        (lambda: about("ideal_point"), "Did you mean 'ideal_points'"),
        (lambda: fact("H1961"), "no fact 'H1961' in data/course/facts.csv. Did you mean"),
        (lambda: audit("S000-380"), "no claim 'S000-380' in data/course/claims.csv. Did you mean 'S000-"),
        (lambda: claims("histroy"), "theme 'histroy'. Did you mean 'history'"),
        (lambda: calc("pak-rus-1880s"), "Did you mean 'pak-rus-1980s'"),
    ],
)
def test_a_wrong_name_gets_the_nearest_ones(call, says):
    with pytest.raises(CourseError) as rejection:
        call()
    assert says in str(rejection.value) and "\n" not in str(rejection.value)


def test_nobody_can_change_the_claims_of_others():
    mine = claims()
    mine.loc["S000-38", "verdict"] = "supported"
    assert claims().loc["S000-38", "verdict"] == "contradicted" and len(claims("history", "essay")) == 27
    assert len(audit("S000-38").rows) == 1


def test_a_fact_shows_its_source():
    assert fact("H1961a").url in fact("H1961a")._repr_html_() and "H1961a" in repr(fact("H1961a"))


def test_a_source_says_what_kind_of_publisher_it_is():
    assert fact("H1985a").quality == "blog" and "(blog)" in fact("H1985a")._repr_html_()
    assert ", blog; " in repr(fact("H1985a")) and ">H1985a</a> (blog)" in audit("S000-01")._repr_html_()


def test_an_audit_shows_verdict_reasoning_and_links():
    shown = audit("S000-38")._repr_html_()
    assert "Contradicted" in shown and fact("H2021q").url in shown


@pytest.mark.parametrize("key", table("calcs")["id"])
def test_every_calculation_works_and_prints(key):
    value = calc(key)
    if isinstance(value, pd.DataFrame | pd.Series):  # one that others use
        assert len(value) and not value.isna().all(axis=None)
    else:
        assert not pd.isna(value) and calc_text(key)


def test_a_table_shows_words_left_nothing_cut_and_gaps_empty():
    shown = frame_html(
        pd.DataFrame({"words": ["a long text " * 12, None], "share": [81.0, None], "gap": [0.25, 1.5]})
    )
    assert (
        ("a long text " * 12).strip() in shown
        and "NaN" not in shown
        and "NA" not in shown
        and "81.0" not in shown
        and "0.25" in shown
    )
    assert (
        '<th scope="col" style="text-align:left">words' in shown
        and '<th scope="col" style="text-align:right">share' in shown
    )


def test_what_a_cell_holds_is_text_and_can_break_no_table():
    shown = frame_html(
        pd.DataFrame({"a": ["<b>bold</b>", "R&D", "\x00\x0b\ud800"], "n": [1.5, -2, None]}).set_index("a")
    )
    root = ElementTree.fromstring(shown)
    rows = [["".join(cell.itertext()) for cell in row] for row in root.iterfind("tbody/tr")]
    assert rows == [["<b>bold</b>", "1.5"], ["R&D", "-2.0"], ["", ""]]
    assert {cell.get("scope") for cell in root.iter("th")} == {"row", "col"}
    named = {cell.text: cell.get("style") for cell in root.iterfind("thead/tr/th")}
    assert named["n"] == "text-align:right"
    words = ElementTree.fromstring(frame_html(pd.DataFrame({"w": ["x"]}, index=["y"])))
    assert words.find("thead/tr/th[2]").get("style") == "text-align:left", "as its cells"


def test_numbers_stand_right_words_left_and_short_ones_on_one_line():
    years = ElementTree.fromstring(frame_html(pd.DataFrame({"n": ["−3.5%", None, "12"]})))
    assert {cell.get("style") for cell in years.iter("td")} == {None}
    root = ElementTree.fromstring(
        frame_html(pd.DataFrame({"n": ["−3.5%", "2021–22", "a longer text"], "yes": [True] * 3}))
    )
    styles = [cell.get("style", "") for cell in root.iter("td")]
    short = "text-align:left;white-space:nowrap"
    assert styles[::2] == [short, short, "text-align:left"], "a column has one side"
    assert [cell.get("style") for cell in root.iter("th")] == ["text-align:left"] * 2
    rows = ElementTree.fromstring(frame_html(pd.DataFrame({"n": [1, 2]}, index=["S000-24", "Tsentr"])))
    assert [cell.get("style") for cell in rows.iterfind("tbody//th")] == ["white-space:nowrap", None], "an id"
