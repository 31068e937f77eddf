"""The scripts of data/build: they give the stored tables again, and reject what cannot be."""

import json
import re
import runpy
import sys
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[1] / "data"
BUILD = DATA / "build"
sys.path.insert(0, str(BUILD))

import common  # noqa: E402

RUNNER = runpy.run_path(str(BUILD / "__main__.py"))
SCRIPTS = RUNNER["scripts"]()
TABLES = {table: name for name, script in SCRIPTS.items() for table in script.TABLES}
RESOURCES = {
    item["name"]: item for item in json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]
}

needs_raw = pytest.mark.skipif(
    common.raw_folder() is None,
    reason="the raw files are not here: set RUSPAK_RAW to their folder to rebuild the tables from them",
)


@pytest.fixture(scope="module")
def processed():
    """Tables of one script before they are written, made once: processed(name) -> {table: DataFrame}, copies."""
    made = {}

    def tables(name: str) -> dict[str, pd.DataFrame]:
        if name not in made:
            made[name] = SCRIPTS[name].process(SCRIPTS[name].fetch())
        return {table: frame.copy() for table, frame in made[name].items()}

    return tables


def stored(table: str) -> pd.DataFrame:
    """A table of data/ with the types of its description."""
    fields = RESOURCES[table]["schema"]["fields"]
    types = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
    return pd.read_csv(
        common.stored(table),
        dtype={item["name"]: types.get(item["type"], "str") for item in fields},
        keep_default_na=False,
        na_values=[""],
    )


@needs_raw
@pytest.mark.parametrize("table", TABLES)
def test_rebuild_gives_the_stored_bytes(table, processed, tmp_path):
    name = TABLES[table]
    tables = processed(name)
    SCRIPTS[name].validate(tables)
    SCRIPTS[name].write(tables, tmp_path)
    path = common.stored(table)
    assert (tmp_path / path.relative_to(DATA)).read_bytes() == path.read_bytes()


@needs_raw
@pytest.mark.parametrize("table", TABLES)
def test_a_doubled_row_is_rejected(table, processed):
    tables = processed(TABLES[table])
    tables[table] = pd.concat([tables[table], tables[table].head(1)], ignore_index=True)
    with pytest.raises(common.Rejected, match=table):
        SCRIPTS[TABLES[table]].validate(tables)


BROKEN = [
    ("un_votes", {"PAK": "X"}, "PAK=X: a vote other than Y, A, N"),
    ("un_votes", {"year": 1964}, "1964"),
    ("un_votes", {"vote_kind": "draft"}, "unknown vote_kind"),
    ("un_agreement", {"share_alike_pct": 101.0}, "share_alike_pct outside 0 to 100"),
    ("un_agreement", {"calls": 0}, "no call"),
    ("un_agreement_by_issue", {"issue": "trade"}, "unknown issue"),
    ("un_agreement_by_issue", {"country_a": "USA"}, "order of the course"),
    ("ideal_points", {"low_5": 3.9}, "outside its own band"),
    ("ideal_points", {"year": 2030}, "year outside 1946 to 2024"),
    ("alliances", {"country_a": "CHN"}, "a pair without PAK or RUS"),
    (
        "alliances",
        {"nonaggression": False, "neutrality": False, "defense": False, "consultation": False},
        "without any obligation",
    ),
    ("disputes", {"hostility": 6}, "hostility outside 1 to 5"),
    ("disputes", {"end_year": 1900}, "ends before it starts"),
    ("ukraine_votes", {"abstain": 190}, "above the 193 members"),
    ("ukraine_votes", {"source_url": "a newspaper"}, "not a list of addresses"),
]


@pytest.mark.parametrize(("table", "change", "error"), BROKEN)
def test_an_implausible_cell_is_rejected(table, change, error):
    script = SCRIPTS[TABLES[table]]
    tables = {name: stored(name) for name in script.TABLES}
    for column, value in change.items():
        tables[table].loc[0, column] = value
    with pytest.raises(common.Rejected) as rejected:
        script.validate(tables)
    assert str(rejected.value).startswith(f"{table}, ")
    assert error in str(rejected.value)


@pytest.mark.parametrize("table", sorted({table for table, _, _ in BROKEN}))
def test_a_lost_row_is_rejected(table):
    script = SCRIPTS[TABLES[table]]
    tables = {name: stored(name) for name in script.TABLES}
    tables[table] = tables[table].iloc[:-1]
    with pytest.raises(common.Rejected, match=f"^{table}, .* expected"):
        script.validate(tables)


ASTRAY = [
    ("un_votes", "PAK", "N", "year > 2000 and source == 'voeten'", "UN Digital Library"),
    ("un_agreement", "share_half_pct", 50.0, "year == 1987", "share_half_pct differs from share_half"),
    (
        "un_agreement_by_issue",
        "calls",
        7,
        "issue == 'nuclear' and scope == 'all'",
        "calls differs from n_both",
    ),
    ("un_agreement_by_issue", "calls", 7, "issue == 'all' and scope == 'final'", "not the sum of its years"),
    (
        "alliances",
        "nonaggression",
        False,
        "country_b == 'CHN' and year == 2018 and consultation",
        "second extract",
    ),
    ("disputes", "hostility", 1, "dataset == 'gml'", "second GML extract"),
    ("ukraine_votes", "USA", "N", "year == 2014", "not as in un_votes"),
    ("ukraine_votes", "SAU", "A", "resolution == '76/179'", "not as in un_votes"),
]


@needs_raw
@pytest.mark.parametrize(("table", "column", "value", "rows", "error"), ASTRAY)
def test_a_plausible_cell_is_rejected_when_a_second_source_differs(
    table, column, value, rows, error, processed
):
    tables = processed(TABLES[table])
    tables[table].loc[tables[table].query(rows).index, column] = value
    with pytest.raises(common.Rejected, match=error):
        SCRIPTS[TABLES[table]].validate(tables)


def test_a_missing_raw_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("RUSPAK_RAW", str(tmp_path))
    with pytest.raises(common.Rejected, match="^history/x.csv, raw folder: no such file"):
        common.read_raw("history/x.csv")


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    common.write_csv(
        pd.DataFrame({"flag": pd.array([True, None], "boolean"), "n": [1, 2]}), tmp_path, "us_aid"
    )
    assert (tmp_path / "limits" / "us_aid.csv").read_bytes() == b"flag,n\n1,1\n,2\n"
    monkeypatch.setattr(common.os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        common.write_csv(pd.DataFrame({"n": [3]}), tmp_path, "us_aid")
    assert [path.name for path in (tmp_path / "limits").iterdir()] == ["us_aid.csv"]
    assert (tmp_path / "limits" / "us_aid.csv").read_bytes().endswith(b",2\n")


def test_the_runner_builds_what_is_named_and_names_what_it_does_not_know(capsys, tmp_path):
    with pytest.raises(SystemExit):
        RUNNER["main"](["un_vote", "--out", str(tmp_path)])
    message = capsys.readouterr().err
    assert "un_vote;" in message and "un_votes" in message


def test_readme_names_every_raw_file_that_a_script_reads():
    named, folder = set(), ""
    for line in (BUILD / "README.md").read_text(encoding="utf-8").splitlines():
        folder = line[4:] if line.startswith("### ") else folder
        named |= {f"{folder}/{name}" for name in re.findall(r"^\| `([^`]+)`", line)}
    shape = r"\"((?:additions|history|security|energy|trade|limits|maps)/[\w.-]+\.\w+)\""
    read = {
        name for path in BUILD.glob("*.py") for name in re.findall(shape, path.read_text(encoding="utf-8"))
    }
    assert len(read) > 60
    assert named == read, (
        f"data/build/README.md: only there or only in the scripts are {sorted(named ^ read)}"
    )
