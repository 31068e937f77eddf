"""The YAML beside each table: a wrong one is rejected with file, key and an example; learners never load YAML."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "data" / "build"))

import common
import describe

TOP = {"name": "small", "title": "Small", "description": "One table.", "version": "1.0.0", "licences": ["cc-by"],
       "keywords": ["rice"], "folders": {"crops": "What grows"}}  # fmt: skip
LICENCES = {"cc-by": {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}}
RICE = {
    "title": "Rice", "description": "One row a year.",
    "columns": {"year": {"type": "integer", "unit": "year", "minimum": 1990, "meaning": "Calendar year."},
                "tonnes": {"type": "number", "gaps": True, "meaning": "Rice sold."}},
    "key": ["year"], "sources": [{"title": "A page"}], "licences": ["cc-by"], "publisher": "Ministry",
    "edition": "2025", "obtained": "2026-11", "derived": "By hand.", "caveats": [], "used_in": [],
}  # fmt: skip


@pytest.fixture
def described(tmp_path):
    """described(top, licences, rice) -> the package of a folder with one table that is described so."""

    def package(top=TOP, licences=LICENCES, rice=RICE):
        (tmp_path / "crops").mkdir(exist_ok=True)
        for name, found in (("package", top), ("licences", licences), ("crops/rice", rice)):
            (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(found, sort_keys=False), encoding="utf-8")
        (tmp_path / "crops" / "rice.csv").write_text("year,tonnes\n1990,5\n", encoding="utf-8")
        return describe.package(tmp_path)

    return package


def test_a_description_becomes_a_resource_of_the_standard(described):
    (item,) = described()["resources"]
    assert item["schema"] == {
        "fields": [{"name": "year", "type": "integer", "description": "Calendar year.", "unit": "year",
                    "constraints": {"required": True, "minimum": 1990}},
                   {"name": "tonnes", "type": "number", "description": "Rice sold."}],
        "primaryKey": ["year"], "missingValues": [""]}  # fmt: skip
    assert item["licenses"] == [LICENCES["cc-by"]]


def rejected(described, **parts) -> str:
    with pytest.raises(common.Rejected) as error:
        described(**parts)
    assert "Example: " in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("key", describe.TABLE)
def test_a_missing_key_of_a_table_is_named(described, key):
    message = rejected(described, rice={name: value for name, value in RICE.items() if name != key})
    assert message == f"data/crops/rice.yaml, key {key}: missing. Example: {describe.TABLE[key]}"


@pytest.mark.parametrize("key", describe.TOP)
def test_a_missing_key_of_the_package_is_named(described, key):
    message = rejected(described, top={name: value for name, value in TOP.items() if name != key})
    assert message.startswith(f"data/package.yaml, key {key}: missing")


def column(**changes) -> dict:
    """RICE with another description of its column year."""
    year = {name: value for name, value in (RICE["columns"]["year"] | changes).items() if value is not None}
    return RICE | {"columns": RICE["columns"] | {"year": year}}


@pytest.mark.parametrize(("parts", "message"), [
    ({"rice": RICE | {"licence": "cc-by"}}, "data/crops/rice.yaml, key licence: unknown. Did you mean licences? Known are title, "),
    ({"rice": RICE | {"title": ""}}, "data/crops/rice.yaml, key title: empty."),
    ({"rice": RICE | {"edition": 2025}}, "data/crops/rice.yaml, key edition: 2025 is no text; put it in quotes."),
    ({"rice": RICE | {"key": "year"}}, "data/crops/rice.yaml, key key: not a list."),
    ({"rice": RICE | {"key": ["month"]}}, "data/crops/rice.yaml, key key: no column month."),
    ({"rice": RICE | {"columns": ["year"]}}, "data/crops/rice.yaml, key columns: not a list of names"),
    ({"rice": RICE | {"columns": {"year": RICE["columns"]["year"]}}},
     "data/crops/rice.yaml, key columns: tonnes is not described, but in the first line of rice.csv."),
    ({"rice": RICE | {"columns": RICE["columns"] | {"sacks": RICE["columns"]["tonnes"]}}},
     "data/crops/rice.yaml, key columns: sacks is not in the first line of rice.csv."),
    ({"rice": RICE | {"licences": ["mine"]}}, "key licences: 'mine' is not in data/licences.yaml, which has cc-by."),
    ({"rice": RICE | {"licences": [{"path": "x"}]}}, "data/crops/rice.yaml, key licences.title: missing."),
    ({"rice": RICE | {"sources": [{"path": "x"}]}}, "data/crops/rice.yaml, key sources.title: missing."),
    ({"rice": RICE | {"sources": ["A page"]}}, "data/crops/rice.yaml, key sources: not keys with values."),
    ({"rice": column(meaning=None)}, "data/crops/rice.yaml, key columns.year.meaning: missing."),
    ({"rice": column(type=None)}, "data/crops/rice.yaml, key columns.year.type: missing."),
    ({"rice": column(type="int")}, "data/crops/rice.yaml, key columns.year.type: 'int' is none of string, integer"),
    ({"rice": column(units="year")}, "data/crops/rice.yaml, key columns.year.units: unknown. Did you mean unit?"),
    ({"licences": {"cc-by": {"name": "CC-BY-4.0"}}}, "data/licences.yaml, key cc-by.title: missing."),
    ({"top": TOP | {"folders": ["crops"]}}, "data/package.yaml, key folders: not names with a line each."),
    ({"top": TOP | {"folders": {"metal": "What is dug"}}}, "data/crops/rice.yaml, folder: not one of metal."),
])  # fmt: skip
def test_an_odd_key_is_named(described, parts, message):
    assert message in rejected(described, **parts)


@pytest.mark.parametrize(("name", "message"), [
    ("oil.csv", "data/oil.csv, folder: not one of crops. Example: data/crops/oil.csv"),
    ("crops/oil.csv", "data/crops/oil.csv, file: no description oil.yaml beside it."),
    ("crops/oil.yaml", "data/crops/oil.yaml, file: no table oil.csv beside it."),
])  # fmt: skip
def test_a_file_that_lies_wrong_or_alone_is_named(described, tmp_path, name, message):
    described()
    (tmp_path / name).write_text("year\n", encoding="utf-8")
    with pytest.raises(common.Rejected) as error:
        describe.package(tmp_path)
    assert message in str(error.value)


@pytest.mark.parametrize(("rows", "message"), [
    ("1990,5,6\n", "data/crops/rice.csv, line 2: 3 fields for 2 columns. A text with a comma stands in quotes"),
    ("1990,5\n1991\n", "data/crops/rice.csv, line 3: 1 field for 2 columns."),
    ("1990,5\n\n1991,5\n", "data/crops/rice.csv, line 3: empty. Remove it."),
    ("1990,5,6\n", "\n  year: 1990\n  tonnes: 5\n  (no column): 6"),
    ("1990\n", "\n  tonnes: (no field)"),
    ("year,tonnes\n1990,5\n", "data/crops/rice.csv, line 1: a row stands above the names of the columns. Move it"),
])  # fmt: skip
def test_a_row_with_a_wrong_number_of_fields_is_named(described, tmp_path, rows, message):
    described()
    head = "1991,6" if rows.startswith("year") else "year,tonnes"
    (tmp_path / "crops" / "rice.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    with pytest.raises(common.Rejected) as error:
        describe.package(tmp_path)
    assert message in str(error.value)


def test_the_errors_of_all_tables_and_rows_are_told_at_once(described, tmp_path):
    described()
    (tmp_path / "crops" / "oats.yaml").write_text(yaml.safe_dump(RICE, sort_keys=False), encoding="utf-8")
    (tmp_path / "crops" / "rice.csv").write_text("year,tonnes\n1990\n1991,5\n1992,5,6\n", encoding="utf-8")
    (tmp_path / "crops" / "oats.csv").write_text("year,weight\n1990,5\n", encoding="utf-8")
    with pytest.raises(common.Rejected) as error:
        describe.package(tmp_path)
    for place in (
        "rice.csv, line 2: 1 field",
        "rice.csv, line 4: 3 fields",
        "oats.yaml, key columns: tonnes is not in the first line of oats.csv; weight is not described",
    ):
        assert f"data/crops/{place}" in str(error.value)


def test_the_errors_of_one_description_are_told_at_once(described, tmp_path):
    rice = RICE | {
        "licences": ["mine"],
        "edition": 2025,
        "sources": [{"path": "x"}],
        "columns": column(type="int")["columns"],
    }
    (tmp_path / "crops").mkdir()
    del rice["title"]
    told = rejected(described, rice=rice).splitlines()
    assert [line.partition(", key ")[2].partition(":")[0] for line in told] == [
        "edition", "title", "sources.title", "columns.year.type", "licences",
    ]  # fmt: skip


def test_a_source_that_is_a_table_of_ours_is_linked_where_it_lies(described):
    (item,) = described(rice=RICE | {"sources": [{"title": "Ours", "path": "rice.csv"}]})["resources"]
    assert item["sources"][0]["path"] == "crops/rice.csv"


def test_text_that_is_no_yaml_is_named_with_its_line(described, tmp_path):
    described()
    (tmp_path / "crops" / "rice.yaml").write_text("title: Rice\nderived: one: two\n", encoding="utf-8")
    with pytest.raises(
        common.Rejected, match="^data/crops/rice.yaml, line 2: not YAML .* needs quotes. Example: "
    ):
        describe.package(tmp_path)


def test_a_learner_loads_no_yaml():
    code = "import sys, ruspak; ruspak.table('opium'); sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
