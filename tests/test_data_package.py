"""The tables as a stranger gets them: described, valid, in step with their codebook."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package
from nbformat.v4 import new_code_cell

DATA = Path(__file__).parents[1] / "data"
sys.path.insert(0, str(DATA / "build"))

import codebook  # noqa: E402
import describe  # noqa: E402
import glossary_page  # noqa: E402

from course import notebooks, read  # noqa: E402
from ruspak.data.calcs import tables_of  # noqa: E402

PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {item["name"]: item for item in PACKAGE["resources"]}
ASKED = ["title", "description", "publisher", "edition", "obtained", "derived", "sources", "licenses"]

# Their terms forbid to pass the data on: single figures are cited as facts, no table is made of them.
RESTRICTED = re.compile(
    r"FAOSTAT|Polity|Transparency|V-Dem|China Global Investment|Castellum|Platts|S&P", re.I
)
CITING = ("facts", "sources")

by_table = pytest.mark.parametrize("item", RESOURCES.values(), ids=RESOURCES)


def frictionless_errors(report) -> list[str]:
    """The errors of a report, each with file, line, column and what to do."""
    return [
        f"data/{task.place}, line {getattr(error, 'row_number', '?')}"
        f"{f', column {error.field_name}' if hasattr(error, 'field_name') else ''}: {error.note or error.message}. "
        + (
            f"Take the next free one. Keys are those of data/{Path(task.place).with_suffix('.yaml')}"
            if error.type == "primary-key"
            or 'constraint "unique"' in error.note
            or "the same as" in error.note
            else f"Mend the cell{fitting(task.place, error)}, or say in data/{Path(task.place).with_suffix('.yaml')} what is "
            "allowed there, then make pages"
        )
        for task in report.tasks
        for error in task.errors
    ]


def fitting(place: str, error) -> str:
    """A cell of the same column that fits where a cell has not the pattern of its column, to be printed."""
    if 'constraint "pattern"' not in error.note:
        return ""
    item = next(item for item in RESOURCES.values() if item["path"] == place)
    field = next(field for field in item["schema"]["fields"] if field["name"] == error.field_name)
    cells = pd.read_csv(DATA / place, dtype=str)[error.field_name].dropna()
    fits = cells[cells.str.fullmatch(field["constraints"]["pattern"]) & (cells != str(error.cell))]
    return f" (as in '{fits.iloc[0]}')" if len(fits) else ""


def test_frictionless_finds_nothing():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, "\n".join(frictionless_errors(report)[:10])
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


def test_what_frictionless_finds_is_told_with_its_place(tmp_path):
    item = RESOURCES["opium"]
    (tmp_path / "security").mkdir()
    text = (DATA / item["path"]).read_text(encoding="utf-8")
    (tmp_path / item["path"]).write_text(text.replace("\n", "\nx", 1), encoding="utf-8")
    report = Package({"name": "one", "resources": [item]}, basepath=str(tmp_path)).validate()
    (error,) = frictionless_errors(report)
    assert error.startswith("data/security/opium.csv, line 2, column year: type is")
    assert "data/security/opium.yaml" in error


def test_a_repeated_id_and_a_date_of_another_form_are_told_with_a_remedy(tmp_path):
    item = RESOURCES["facts"]
    (tmp_path / "course").mkdir()
    head, first, *_ = (DATA / item["path"]).read_text(encoding="utf-8").splitlines()
    (id, date), rest = first.split(",")[:2], first.split(",", 2)[2]
    (tmp_path / item["path"]).write_text(
        "\n".join([head, first, f"{id},2020-05-5,{rest}", ""]), encoding="utf-8"
    )
    report = Package({"name": "one", "resources": [item]}, basepath=str(tmp_path)).validate()
    told = frictionless_errors(report)
    assert any(
        line.startswith("data/course/facts.csv, line 3, column date: ") and f"(as in '{date}')" in line
        for line in told
    )
    assert any("column id: " in line and "Take the next free one" in line for line in told)


def tables_read(cells: list) -> set[str]:
    """The tables that the cells of a notebook read: by name in code, or by a link of their text."""
    code, text = (
        "\n".join(cell.source for cell in cells if cell.cell_type == kind) for kind in ("code", "markdown")
    )
    named = set(re.findall(r"[\"'](\w+)[\"']", code)) | set(re.findall(r"README\.md#(\w+)", text))
    return named.union(*(tables_of(key) for key in set(re.findall(r'"calc:([^"]+)"', text))))


def misplaced(item: dict, reads: dict[str, set[str]]) -> list[str]:
    """What is wrong between a table's key used_in and what notebooks read (by name); those of course/ are for all."""
    file, name = f"data/{Path(item['path']).with_suffix('.yaml')}, key used_in", item["name"]
    reading = [notebook for notebook, tables in reads.items() if name in tables]
    if item["path"].startswith("course/"):
        return []
    return [
        f'{file}: {one} has no cell with table("{name}") and no link to it. Take {one} out, or write the cell'
        for one in item["used_in"]
        if one not in reading
    ] + [
        f"{file}: {one} uses the table. Add it, then make pages. Example: used_in: [{', '.join(reading)}]"
        for one in reading
        if one not in item["used_in"]
    ]


@by_table
def test_a_table_lies_with_a_notebook_that_uses_it(item):
    folder, names = Path(item["path"]).parent.name, [name[3:] for name in item["used_in"]]
    assert folder in ("course", *names) or not names, (
        f"{item['path']}: move it to data/{names[0]}/, or change used_in"
    )


def test_used_in_names_the_notebooks_that_use_it():
    reads = {path.stem: tables_read(read(path).cells) for path in notebooks("notebooks")}
    found = [error for item in RESOURCES.values() for error in misplaced(item, reads)]
    assert not found, "\n".join(found)


def test_a_notebook_that_reads_no_such_table_and_one_that_is_not_named_are_told():
    item, reads = RESOURCES["opium"], tables_read([new_code_cell('opium = table("opium")')])
    assert misplaced(item, {"02_security": reads}) == []
    assert '02_security has no cell with table("opium")' in misplaced(item, {"02_security": set()})[0]
    (message,) = misplaced(item, {"02_security": reads, "05_limits": reads})
    assert message.endswith("Example: used_in: [02_security, 05_limits]")


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
    twice = [", ".join(row) for row in table[table.duplicated(key)].to_numpy()]
    assert not twice, (
        f"data/{item['path']}: {twice[0]} stands there twice in {', '.join(key)}. Give a new row the next free one."
    )
    assert not table.eq("").any(axis=None), (
        f"data/{item['path']}: {', '.join(key)} has an empty cell. Fill it."
    )


@by_table
def test_file_is_small_plain_utf8(item):
    raw = (DATA / item["path"]).read_bytes()
    raw.decode("utf-8")
    assert len(raw) <= 1_500_000
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
