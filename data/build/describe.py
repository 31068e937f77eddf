"""Read the descriptions beside the tables (data/NAME.yaml), and say which key is missing, unknown or odd."""

import csv
from pathlib import Path
from typing import Any

import yaml
from common import DATA, refuse

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
    "tables": "tables: [un_votes, opium]",
}
TYPES = ["string", "integer", "number", "boolean", "date"]
EMPTY_ALLOWED = {"caveats", "used_in"}
LISTS = {"key", "sources", "licences", "caveats", "used_in", "keywords", "tables"}


def package(folder: Path = DATA) -> dict:
    """The Frictionless data package of a folder of tables, from its YAML files.

    Raises Refused with file, key, what is wrong and an example.
    """
    top, licences = _load(folder / PACKAGE), _load(folder / LICENCES)
    _keys(PACKAGE, "", top, TOP, TOP)
    for name, licence in licences.items():
        _keys(LICENCES, name, licence, LINK, ["title"])
    names = {path.stem for path in folder.glob("*.yaml")} - {Path(PACKAGE).stem, Path(LICENCES).stem}
    for name in sorted(names.symmetric_difference(top["tables"])):
        where = (
            f"{name}.yaml is there, its name is not" if name in names else f"{name} has no file {name}.yaml"
        )
        refuse(f"data/{PACKAGE}", "key tables", f"{where}. Example: {TOP['tables']}")
    return {
        "profile": "tabular-data-package",
        **{key: top[key] for key in ("name", "title", "description", "version")},
        "licenses": _licences(PACKAGE, top["licences"], licences),
        "keywords": top["keywords"],
        "resources": [_resource(folder, name, licences) for name in top["tables"]],
    }


def _resource(folder: Path, name: str, licences: dict) -> dict:
    file = f"{name}.yaml"
    table = _load(folder / file)
    _keys(file, "", table, TABLE, TABLE)
    if not isinstance(table["columns"], dict):
        refuse(
            f"data/{file}", "key columns", f"not a list of names with their keys. Example: {TABLE['columns']}"
        )
    for source in table["sources"]:
        _keys(file, "sources", source, {key: LINK[key] for key in ("title", "path")}, ["title"])
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        header = next(csv.reader(rows))
    if header != list(table["columns"]):
        refuse(
            f"data/{file}",
            "key columns",
            f"{', '.join(map(str, table['columns']))}, but the first line of {name}.csv has "
            f"{', '.join(header)}. Example: {TABLE['columns']}",
        )
    if unknown := [one for one in table["key"] if one not in header]:
        refuse(
            f"data/{file}", "key key", f"no column {', '.join(map(str, unknown))}. Example: {TABLE['key']}"
        )
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": table["title"],
        "description": table["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(file, column, about) for column, about in table["columns"].items()],
            "primaryKey": table["key"],
            "missingValues": [""],
        },
        "sources": table["sources"],
        "licenses": _licences(file, table["licences"], licences),
        **{key: table[key] for key in ("publisher", "edition", "obtained", "derived", "caveats", "used_in")},
    }


def _field(file: str, name: str, about: Any) -> dict:
    """One column in the words of the standard; a column has a value in every row unless it says `gaps: true`."""
    _keys(file, f"columns.{name}", about, COLUMN, ["type", "meaning"])
    if about["type"] not in TYPES:
        refuse(
            f"data/{file}",
            f"key columns.{name}.type",
            f"'{about['type']}' is none of {', '.join(TYPES)}. Example: {COLUMN['type']}",
        )
    field = {"name": name, "type": about["type"], "description": about["meaning"]}
    if "unit" in about:
        field["unit"] = about["unit"]
    if about["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
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
            refuse(
                f"data/{file}",
                "key licences",
                f"'{one}' is not in data/{LICENCES}, which has {', '.join(known)}. "
                f"Example: {TABLE['licences']}",
            )
    return [one if isinstance(one, dict) else known[one] for one in named]


def _keys(file: str, place: str, found: Any, known: dict[str, str], required: Any) -> None:
    """Refuse a part that is no mapping, lacks a key, or has one that is empty, unknown or no list where it must be."""
    at = f"key {place}." if place else "key "
    if not isinstance(found, dict):
        refuse(
            f"data/{file}", at.rstrip(". "), f"not keys with values. Example: {next(iter(known.values()))}"
        )
    for key in found:
        if key not in known:
            refuse(
                f"data/{file}",
                f"{at}{key}",
                f"unknown. Known are {', '.join(known)}. Example: {next(iter(known.values()))}",
            )
    for key in required:
        if key not in found:
            refuse(f"data/{file}", f"{at}{key}", f"missing. Example: {known[key]}")
    for key, value in found.items():
        if key in LISTS and not isinstance(value, list):
            refuse(f"data/{file}", f"{at}{key}", f"not a list. Example: {known[key]}")
        if value in (None, "", [], {}) and key not in EMPTY_ALLOWED:
            refuse(f"data/{file}", f"{at}{key}", f"empty. Example: {known[key]}")
        if key not in LISTS | {
            "columns",
            "gaps",
            "unique",
            "minimum",
            "maximum",
            "enum",
            "maxLength",
        } and not isinstance(value, str):
            refuse(
                f"data/{file}", f"{at}{key}", f"{value!r} is no text; put it in quotes. Example: {known[key]}"
            )


def _load(path: Path) -> dict:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return refuse(f"data/{path.name}", "file", "not found. Restore it, for example with git restore data")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "file"
        return refuse(
            f"data/{path.name}",
            place,
            f"not YAML ({getattr(error, 'problem', error)}); a text with ': ' or ' #' "
            "needs quotes. Example: title: 'Trade: both sides'",
        )
