"""The data room as a stranger gets it: described, valid, in step with its codebook."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

DATA = Path(__file__).parents[1] / "data"
sys.path.insert(0, str(DATA / "build"))

import codebook  # noqa: E402
import describe  # noqa: E402
import glossary_page  # noqa: E402

PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {item["name"]: item for item in PACKAGE["resources"]}
ASKED = ["title", "description", "publisher", "edition", "obtained", "derived", "sources", "licenses"]

# Their terms forbid to pass the data on: single figures are cited as facts, no table is made of them.
RESTRICTED = re.compile(
    r"FAOSTAT|Polity|Transparency|V-Dem|China Global Investment|Castellum|Platts|S&P", re.I
)
CITING = ("facts", "sources")

by_table = pytest.mark.parametrize("item", RESOURCES.values(), ids=RESOURCES)


def test_frictionless_finds_nothing():
    report = Package(str(DATA / "datapackage.json")).validate()
    faults = report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert report.valid, faults[:10]
    assert report.stats["tasks"] == len(RESOURCES)


def test_package_is_in_step_with_the_descriptions():
    text = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert text == codebook.stored(describe.package()), (
        "data/datapackage.json is not what data/*/*.yaml give: run make pages"
    )


def test_every_table_is_described_once():
    paths = [item["path"] for item in PACKAGE["resources"]]
    assert sorted(paths) == sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv"))
    assert len(RESOURCES) == len(paths)


@by_table
def test_a_table_lies_with_a_notebook_that_uses_it(item):
    folder, names = Path(item["path"]).parent.name, [name[3:] for name in item["used_in"]]
    assert folder in ("course", *names), f"{item['path']}: move it to data/{names[0]}/, or change used_in"


@pytest.mark.parametrize("suffix", ["csv", "yaml"])
def test_no_text_names_a_table_where_it_does_not_lie(suffix):
    """The path of a table without its folder, in any text that is kept here."""
    kept = subprocess.run(["git", "ls-files"], cwd=DATA.parent, capture_output=True, text=True, check=True)
    wrong = re.compile(rf"\bdata/({'|'.join(RESOURCES)})\.{suffix}\b")
    found = []
    for path in map(DATA.parent.joinpath, kept.stdout.splitlines()):
        if path.suffix in (".py", ".md", ".yaml", ".yml", ".toml", ".ipynb", ".cff") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(DATA.parent)}: {hit[0]}" for hit in wrong.finditer(text)]
    assert found == [], "name its folder, too"


def test_codebook_is_in_step():
    rows = {name: codebook.count_rows(DATA / item["path"]) for name, item in RESOURCES.items()}
    page = codebook.codebook(PACKAGE, rows)
    assert page == (DATA / "README.md").read_text(encoding="utf-8"), "run make pages"
    assert all(f"\n## {name}\n" in page for name in RESOURCES)


def test_glossary_page_is_in_step():
    page = (DATA.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert page == glossary_page.page(glossary_page.terms()), "run make pages"


@by_table
def test_table_is_fully_described(item):
    assert [name for name in ASKED if not item.get(name)] == []
    assert all(
        licence.get("title") and (licence.get("name") or licence.get("path")) for licence in item["licenses"]
    )
    assert [field["name"] for field in item["schema"]["fields"] if not field.get("description")] == []
    assert isinstance(item["caveats"], list) and isinstance(item["used_in"], list)


@by_table
def test_nothing_restricted_is_carried(item):
    named = " ".join(source["title"] + source.get("path", "") for source in item["sources"])
    assert item["name"] in CITING or not RESTRICTED.search(named)
    if "SIPRI" in named:
        rows = codebook.count_rows(DATA / item["path"])
        assert rows < 200 and (
            item["name"] == "military_spending"
            or any("non-commercial" in one["title"] for one in item["licenses"])
        )


@by_table
def test_key_is_unique(item):
    key = codebook.key(item)
    assert key
    table = pd.read_csv(DATA / item["path"], dtype=str, usecols=key, keep_default_na=False)
    assert table[table.duplicated(key)].empty
    assert not table.eq("").any(axis=None)


@by_table
def test_file_is_small_plain_utf8(item):
    raw = (DATA / item["path"]).read_bytes()
    raw.decode("utf-8")
    assert len(raw) <= 1_500_000
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
