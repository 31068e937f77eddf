"""Titles of figures are findings: each has a row, each row a figure, and a false title turns red with its values.

Whether the rows hold is asked in the run of the notebooks themselves (conftest.py).
"""

from pathlib import Path

import holds
import pytest
import titles
from jupyter_client.manager import start_new_kernel
from pictures import Words

from course import ROOT, notebooks


@pytest.mark.parametrize(
    "path", notebooks("notebooks", "solutions"), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_title_has_a_row_and_every_row_a_figure(path):
    found = titles.errors(path)
    assert not found, "\n".join(found)


def test_rows_belong_to_notebooks():
    assert set(titles.table()) <= {
        f"{path.parent.name}/{path.stem}" for path in notebooks("notebooks", "solutions")
    }


FIGURE = Words("c", "Gas fell by 5% since 2010", "In bcm, 1990 to 2020", "Source: ours", "A chart")
ROW = {"title": FIGURE.title, "holds": "5 == 100 - 95 and [2010] == [2010]", "measure": "1990 < 2020"}


@pytest.mark.parametrize(
    ("figure", "row", "says"),
    [
        ({}, None, "has no row"),
        ({"title": "Gas fell by 6% since 2010"}, ROW, "the title is “Gas fell by 6% since 2010”"),
        ({}, ROW | {"holds": "6 == 100 - 94 and [2010] == [2010]"}, "5 is not in what must hold"),
        (
            {},
            ROW | {"holds": "5 == 5 and gas[2010]"},
            "answers to “fell”. The expression there must have one of these in it:  <  ",
        ),
        (
            {"title": "Every year fell"},
            ROW | {"title": "Every year fell", "holds": "1 < 2"},
            "answers to “Every”",
        ),
        (
            {"title": "Only China rose"},
            ROW | {"title": "Only China rose", "holds": "2 > 1"},
            "answers to “Only”",
        ),
        ({"title": "Two thirds"}, ROW | {"title": "Two thirds", "holds": "share > 0.6"}, "answers to “Two”"),
        ({}, {**ROW, "measure": "1990 < 2021"}, "2020 is not in what must hold"),
        ({}, ROW | {"title": "Gas fell by {}% since 2010"}, "compare them as `printed`"),
        ({}, {name: ROW[name] for name in ("title", "holds")}, "are not traced"),
    ],
)
def test_a_row_that_does_not_answer_to_its_figure_is_named(figure, row, says):
    assert not list(titles.mismatch(FIGURE, ROW))
    assert says in " | ".join(titles.mismatch(FIGURE._replace(**figure), row))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "Source: ours (table ideal_point).",
            "the table ideal_point, which does not exist. Did you mean 'ideal_points'",
        ),
        (
            "Source: tables opium, facts and trial_visits; IMF table through the press.",
            "the table trial_visits, which",
        ),
    ],
)
def test_a_source_that_names_no_table_is_told(source, says):
    (error,) = titles.unknown_tables(FIGURE._replace(source=source))
    assert says in error


PAIR = "table('un_agreement').query(\"scope == 'final' and country_b == '{}' and country_a == '{}'\").set_index('year')['share_alike_pct']"
FIRST = "table('arms_imports').query(\"buyer == '{}' and window_kind == 'regular' and supplier != 'OTH'\").groupby('window_start')['share_pct'].max()"
GAS = "table('electricity_mix').query(\"source == 'gas'\").set_index('year')['twh']"


@pytest.mark.parametrize(
    ("title", "expression", "shows"),
    [
        (
            "India leans on one supplier less than before, Pakistan more",
            f"{FIRST.format('PAK')}[2020] > {FIRST.format('PAK')}.loc[:2015].max()",
            "98.9",
        ),
        (
            "Since 1980, India has voted with Moscow no more often than Pakistan",
            f"({PAIR.format('IND', 'RUS')} - {PAIR.format('RUS', 'PAK')}).rolling(5, center=True).mean().loc[1980:].max() <= 0",
            "max()",
        ),
        (
            "One more date lies ahead",
            "table('freight_train')['promised_until'].max() > '2026-11-21'",
            "2026-06-30",
        ),
        (
            "920 million in 2023",
            "table('trade_statements').query(\"period == '2023'\")['turnover_musd'].eq(920).all()",
            "1000",
        ),
        ("Of 11 stated changes, 3 are falls", "table('trade_changes')['year'].nunique() == 11", "is 6"),
        (
            "Power from gas fell by a third",
            f"1 - {GAS}[2021] / {GAS}[2015] > 0.3 and 1 - {GAS}[2021] / {GAS}[2014] > 0.3",
            "0.22",
        ),
        ("Pakistan abstained on every text", "(table('ukraine_votes')['RUS'] == 'A').all()", "0 N 1 N"),
        ("Every claim was supported", "(claims()['verdict'] == 'supported').all()", "mixed"),
        ("A name that is gone", "no_such_name == 1", "NameError"),
        ("Not yes or no", "table('facts')", "neither true nor false"),
    ],
)
def test_a_false_title_fails_with_its_values(title, expression, shows):
    assert shows in holds.error(expression, {})


def test_open_numbers_are_those_of_the_figure():
    row = ROW | {"title": "Gas fell by {}% since 2010", "holds": "printed == [100 - 95, 2010]"}
    assert list(titles.mismatch(FIGURE, row)) == []
    assert holds.error(row["holds"], {"printed": [5.0, 2010.0]}) is None
    assert "printed is [6.0, 2010.0]" in holds.error(row["holds"], {"printed": [6.0, 2010.0]})


def test_a_kernel_answers_with_its_own_names(monkeypatch):
    path = ROOT / "notebooks" / "planted.ipynb"
    planted = {"true": "gas[2025] < 10", "false": "gas[2025] > 10"}
    monkeypatch.setattr(
        titles, "rows", lambda _: {key: {"title": "Gas fell", "holds": said} for key, said in planted.items()}
    )
    monkeypatch.setattr(
        titles, "words", lambda _: [FIGURE._replace(cell=key, title="Gas fell") for key in planted]
    )
    manager, client = start_new_kernel(cwd=str(Path(__file__).parent))
    try:
        client.execute("gas = {2025: 9.5}", reply=True, timeout=60)
        titles.prove(client, path, "true")
        titles.prove(client, path, "of no figure")
        with pytest.raises(AssertionError, match=r"“Gas fell”(.|\n)*gas\[2025\] is 9\.5"):
            titles.prove(client, path, "false")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
