"""Read the descriptions beside the tables (data/FOLDER/NAME.yaml), and say which key is missing, unknown or odd."""

import csv
import difflib
import itertools
from pathlib import Path
from typing import Any

import yaml
from common import DATA, all_of, reject

PACKAGE, LICENCES = "package.yaml", "licences.yaml"
# Every key of a description with an example of it; messages show the examples.
TABLE = {
    "title": "title: Opium poppy in Afghanistan, 1999–2025",
    "description": "description: One row a year and estimator.",
    "columns": "columns:\n  year: {type: integer, unit: year, meaning: Calendar year.}",
    "key": "key: [year, estimator]",
    "sources": "sources:\n- title: Opium Survey 2025\n  path: https://www.unodc.org",
    "licences": "licences: [own-words]",
    "publisher": "publisher: UNODC, arranged by this project",
    "edition": "edition: '2025'",
    "obtained": "obtained: 2026-11",
    "derived": "derived: data/build/opium.py adds up the provinces.",
    "caveats": "caveats:\n- Two estimators count in different ways.",
    "used_in": "used_in: [02_security]",
}
COLUMN = {
    "type": "type: integer (or number, string, boolean, date)",
    "meaning": "meaning: Calendar year.",
    "unit": "unit: million US dollars",
    "gaps": "gaps: true (empty cells are allowed)",
    "unique": "unique: true",
    "minimum": "minimum: 0",
    "maximum": "maximum: 100",
    "enum": "enum: [official, press]",
    "pattern": "pattern: '[A-Z]{3}'",
    "maxLength": "maxLength: 40",
}
LINK = {"title": "title: Opium Survey 2025", "path": "path: https://www.unodc.org", "name": "name: CC-BY-4.0"}
TOP = {
    "name": "name: unlikely-partners",
    "title": "title: Russia and Pakistan in data",
    "description": "description: The tables of the course.",
    "version": "version: 1.0.0",
    "licences": "licences: [course]",
    "keywords": "keywords: [trade]",
    "folders": "folders:\n  trade: Notebook 04, goods and payments",
}
TYPES = ["string", "integer", "number", "boolean", "date"]
EMPTY_ALLOWED = {"caveats", "used_in"}
NO_TEXT = {"columns", "folders", "gaps", "unique", "minimum", "maximum", "enum", "maxLength"}
LISTS = {"key", "sources", "licences", "caveats", "used_in", "keywords"}


def package(folder: Path = DATA) -> dict:
    """The Frictionless data package of a folder of tables, from its YAML files.

    Raises Rejected with file, key, what is wrong and an example: a line for each table that has an error.
    """
    top, licences = (_load(folder / file, file) for file in (PACKAGE, LICENCES))
    _keys(PACKAGE, "", top, TOP, TOP)
    for name, licence in licences.items():
        _keys(LICENCES, name, licence, LINK, ["title"])
    files = _files(folder, top["folders"])
    return {
        "profile": "tabular-data-package",
        **{key: top[key] for key in ("name", "title", "description", "version")},
        "licenses": _licences(PACKAGE, top["licences"], licences),
        "keywords": top["keywords"],
        "folders": top["folders"],
        "resources": all_of(lambda name: _resource(name, files[name], files, folder, licences), files),
    }


def _files(folder: Path, known: Any) -> dict[str, Path]:
    """The description of each table by the table's name, folder by folder."""
    if not isinstance(known, dict):
        reject(f"data/{PACKAGE}", "key folders", f"not names with a line each. Example: {TOP['folders']}")
    found = [path for path in sorted(folder.rglob("*.yaml")) if path.name not in (PACKAGE, LICENCES)]
    for path in [*found, *sorted(folder.rglob("*.csv"))]:
        shown = path.relative_to(folder).as_posix()
        if path.parent.parent != folder or path.parent.name not in known:
            reject(
                f"data/{shown}",
                "folder",
                f"not one of {', '.join(known)}. Example: data/{next(iter(known))}/{path.name}",
            )
        if not path.with_suffix(".yaml").is_file():
            reject(
                f"data/{shown}",
                "file",
                f"no description {path.stem}.yaml beside it. Example: {TABLE['title']}",
            )
        if not path.with_suffix(".csv").is_file():
            reject(f"data/{shown}", "file", f"no table {path.stem}.csv beside it. Example: year,tonnes")
        if twice := [other for other in found if other.stem == path.stem and other.parent != path.parent]:
            reject(f"data/{shown}", "name", f"also in {twice[0].parent.name}/. Example: {path.stem}_2.yaml")
    return {path.stem: path for name in known for path in found if path.parent.name == name}


def _resource(name: str, path: Path, files: dict[str, Path], folder: Path, licences: dict) -> dict:
    file = path.relative_to(folder).as_posix()
    table = _load(path, file)
    *_, fields, licensed = all_of(
        lambda part: part(),
        [
            lambda: _keys(file, "", table, TABLE, TABLE),
            lambda: all_of(lambda source: _source(file, source, files), _part(table, "sources", list)),
            lambda: _rows(path, table),
            lambda: all_of(lambda one: _field(file, *one), _part(table, "columns", dict).items()),
            lambda: _licences(file, _part(table, "licences", list), licences),
        ],
    )
    return {
        "name": name,
        "path": f"{path.parent.name}/{name}.csv",
        "profile": "tabular-data-resource",
        "title": table["title"],
        "description": table["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": table["key"], "missingValues": [""]},
        "sources": table["sources"],
        "licenses": licensed,
        **{key: table[key] for key in ("publisher", "edition", "obtained", "derived", "caveats", "used_in")},
    }


def _part(table: Any, key: str, kind: type) -> Any:
    """What stands under a key, or nothing of that kind where _keys rejects it."""
    found = table.get(key) if isinstance(table, dict) else None
    return found if isinstance(found, kind) else kind()


def _source(file: str, source: Any, files: dict[str, Path]) -> None:
    """Reject a source without title; write the path of a table of ours, named by its file alone, as it lies."""
    _keys(file, "sources", source, {key: LINK[key] for key in ("title", "path")}, ["title"])
    if (own := files.get(source.get("path", "").removesuffix(".csv"))) is not None:
        source["path"] = f"{own.parent.name}/{own.stem}.csv"


def _rows(path: Path, table: Any) -> None:
    """Reject a first line that differs from the columns, or else rows with more or fewer fields."""
    file, described = f"data/{path.parent.name}/{path.stem}", [*map(str, _part(table, "columns", dict))]
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as text:
        lines = csv.reader(text)
        header = next(lines, [])
        start, rows = lines.line_num + 1, []
        for cells in lines:
            rows.append((start, cells))
            start = lines.line_num + 1
    if not described and isinstance(table, dict) and table.get("columns"):
        error = f"not a list of names with their keys. Example: {TABLE['columns']}"
        reject(f"{file}.yaml", "key columns", error)
    if not described:
        return  # told by _keys
    if rows and header != rows[0][1] == described:
        move = "a row stands above the names of the columns. Move it below them"
        reject(f"{file}.csv", "line 1", f"{move}. Example: {','.join(described)}")
    only = [f"{one} is not in the first line of {path.stem}.csv" for one in described if one not in header]
    only += [
        f"{one or 'an empty name'} is not described, but in the first line of {path.stem}.csv"
        for one in header
        if one not in described
    ]
    if header != described:
        differ = "; ".join(only) or f"another order than {', '.join(header)}"
        reject(f"{file}.yaml", "key columns", f"{differ}. Make both the same. Example: {TABLE['columns']}")
    all_of(lambda row: _width(f"{file}.csv", *row, header), rows)
    if unknown := [str(one) for one in _part(table, "key", list) if one not in header]:
        reject(f"{file}.yaml", "key key", f"no column {', '.join(unknown)}. Example: {TABLE['key']}")


def _width(file: str, line: int, cells: list[str], header: list[str]) -> None:
    if not cells:
        reject(file, f"line {line}", "empty. Remove it. Example: no line between two rows")
    if len(cells) != len(header):
        fell = "".join(
            f"\n  {column or '(no column)'}: {'(no field)' if cell is None else cell[:60]}"
            for column, cell in itertools.zip_longest(header, cells)
        )
        reject(
            file,
            f"line {line}",
            f"{len(cells)} field{'s' * (len(cells) != 1)} for {len(header)} columns. A text with a comma stands in quotes, and an empty "
            f'cell keeps its comma. Example: "Lahore, Karachi",,paper\nWhat falls into which column:{fell}',
        )


def _field(file: str, name: str, about: Any) -> dict:
    """One column in the words of the standard; a column has a value in every row unless it says `gaps: true`."""
    _keys(file, f"columns.{name}", about, COLUMN, ["type", "meaning"])
    if about["type"] not in TYPES:
        reject(
            f"data/{file}",
            f"key columns.{name}.type",
            f"'{about['type']}' is none of {', '.join(TYPES)}. Example: {COLUMN['type']}",
        )
    field = {"name": name, "type": about["type"], "description": about["meaning"]}
    if "unit" in about:
        field["unit"] = about["unit"]
    if about["type"] == "boolean":
        field |= {"trueValues": ["1"], "falseValues": ["0"]}
    limits = {
        key: about[key]
        for key in ("unique", "minimum", "maximum", "enum", "pattern", "maxLength")
        if key in about
    }
    limits = limits if about.get("gaps") else {"required": True} | limits
    return field | ({"constraints": limits} if limits else {})


def _licences(file: str, named: list, known: dict) -> list[dict]:
    """Licences by their short names, or written out where only one table has them."""
    for one in named:
        if isinstance(one, dict):
            _keys(file, "licences", one, LINK, ["title"])
        elif one not in known:
            reject(
                f"data/{file}",
                "key licences",
                f"'{one}' is not in data/{LICENCES}, which has {', '.join(known)}. "
                f"Example: {TABLE['licences']}",
            )
    return [one if isinstance(one, dict) else known[one] for one in named]


def _keys(file: str, place: str, found: Any, known: dict[str, str], required: Any) -> None:
    """Reject a part that is no mapping, lacks a key, or has one that is empty, unknown or no list where it must be."""
    at = f"key {place}." if place else "key "
    if not isinstance(found, dict):
        reject(
            f"data/{file}", at.rstrip(". "), f"not keys with values. Example: {next(iter(known.values()))}"
        )

    def look_at(key: str) -> None:
        if error := _key_error(key, found, known):
            reject(f"data/{file}", f"{at}{key}", error)

    unknown = found.keys() - known.keys()  # a misspelt key is missing, too
    all_of(look_at, [*found, *(key for key in required if key not in found and not unknown)])


def _key_error(key: str, found: dict, known: dict[str, str]) -> str | None:
    """What is wrong with one key of a part, or None."""
    if key not in known:
        near = difflib.get_close_matches(str(key), known, n=1)
        return (
            f"unknown. {f'Did you mean {near[0]}? ' if near else ''}Known are {', '.join(known)}. "
            f"Example: {known[near[0]] if near else next(iter(known.values()))}"
        )
    example = f"Example: {known[key]}"
    if key not in found:
        return f"missing. {example}"
    value = found[key]
    if key in LISTS and not isinstance(value, list):
        return f"not a list. {example}"
    if value in (None, "", [], {}) and key not in EMPTY_ALLOWED:
        return f"empty. {example}"
    if key not in LISTS | NO_TEXT and not isinstance(value, str):
        return f"{value!r} is no text; put it in quotes. {example}"
    return None


def _load(path: Path, file: str) -> dict:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return reject(f"data/{file}", "file", "not found. Restore it, for example with git restore data")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "file"
        return reject(
            f"data/{file}",
            place,
            f"not YAML ({getattr(error, 'problem', error)}); a text with ': ' or ' #' "
            "needs quotes. Example: title: 'Trade: both sides'",
        )
