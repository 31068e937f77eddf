"""Tables: read one with the types that the data package promises, and look up what it holds."""

import csv
import re
from pathlib import Path

import pandas as pd

from ruspak.data.package import DATA, describe, nearest
from ruspak.errors import CourseError

TYPES = {"string": "str", "integer": "int64", "number": "float64", "boolean": "bool", "date": "str"}
WITH_GAPS = {"int64": "Int64", "bool": "boolean"}
WORDS = {"integer": "a whole number", "number": "a number", "boolean": "1 (true) or 0 (false)"}


def table(name: str, folder: Path = DATA) -> pd.DataFrame:
    """One table of the course as a DataFrame, one observation a row.

    Columns, units and sources are in data/README.md, or by `about(name)`. Missing values are missing, never zero.
    Raises CourseError for an unknown name (with the nearest ones) and for a file that differs from its description.
    """
    resource = describe(name, folder)
    fields = resource["schema"]["fields"]
    path = folder / resource["path"]
    _check_header(path, [field["name"] for field in fields])
    try:
        frame = pd.read_csv(
            path,
            dtype={field["name"]: _dtype(field) for field in fields},
            keep_default_na=False,
            na_values=[""],
            true_values=["1"],
            false_values=["0"],
            low_memory=False,  # in one piece: the types are known, and the largest table has under a megabyte
        )
        if isinstance(frame.index, pd.RangeIndex) and len(frame):
            return frame
        error = (
            "a line has more values than columns"
            if len(frame)
            else "it has no rows. Fetch the data folder again."
        )
    except (ValueError, TypeError, OverflowError) as failure:
        error = failure
    raise CourseError(_misfit(path, fields) or f"data/{path.parent.name}/{path.name} can't be read: {error}")


def about(name: str) -> "Entry":
    """The codebook entry of a table: columns, units, source, licence, and what to be careful about."""
    describe(name)
    text = (DATA / "README.md").read_text(encoding="utf-8")
    entry = re.search(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", text, re.M | re.S)
    return Entry(entry[0] if entry else f"## {name}\n\nThe codebook has no entry yet: run `make pages`.")


class Entry(str):
    """Markdown that a notebook renders and a terminal prints."""

    def _repr_markdown_(self) -> str:
        return str(self)

    __repr__ = str.__str__


def _dtype(field: dict) -> str:
    """The pandas type of a column; whole numbers and true/false need a nullable one where gaps are allowed."""
    dtype = TYPES[field["type"]]
    required = field.get("constraints", {}).get("required", False)
    return dtype if required else WITH_GAPS.get(dtype, dtype)


def _check_header(path: Path, promised: list[str]) -> None:
    """Compare the first line of a file with the promised columns; the first difference is told."""
    try:
        with path.open(encoding="utf-8") as file:
            found = file.readline().rstrip("\r\n").split(",")
    except OSError as error:
        raise CourseError(
            f"data/{path.parent.name}/{path.name} can't be read ({error.strerror}). Fetch the data folder again."
        ) from None
    except UnicodeDecodeError:
        raise CourseError(
            f"data/{path.parent.name}/{path.name}: this is not UTF-8. Restore it with: git restore data/{path.parent.name}/{path.name}"
        ) from None
    if found == promised:
        return
    remedy = f"Mend that line, or restore the file (your other changes in it are lost, too): git restore data/{path.parent.name}/{path.name}"
    doubled = next((column for column in found if found.count(column) > 1), None)
    unknown = next((column for column in found if column not in promised), None)
    lacking = next((column for column in promised if column not in found), None)
    if doubled is not None:
        error = f"the column '{doubled}' stands there twice"
    elif unknown is not None:
        error = f"the column '{unknown}' is not in the data package. {nearest(unknown, promised)}"
    elif lacking is not None:
        error = f"the column '{lacking}' is missing"
    else:
        error = f"the columns stand in another order than {', '.join(promised)}"
    raise CourseError(
        f"data/{path.parent.name}/{path.name}, line 1: {error} {remedy}"
        if error.endswith("?")
        else f"data/{path.parent.name}/{path.name}, line 1: {error}. {remedy}"
    )


def _misfit(path: Path, fields: list[dict]) -> str | None:
    """Say where the first value stands that isn't of the promised type."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in (rows := csv.reader(file)):
            if len(row) != len(fields):
                return (
                    f"data/{path.parent.name}/{path.name}, line {rows.line_num}: {len(row)} values for {len(fields)} columns. "
                    f"Put a text that holds a comma in quotes, or restore the file (your other changes in it are lost, too): "
                    f"git restore data/{path.parent.name}/{path.name}"
                )
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    for field in fields:
        column, kind = raw[field["name"]], field["type"]
        if kind == "boolean":
            good = column.isin(["1", "0", ""])
        elif kind in ("integer", "number"):
            numbers = pd.to_numeric(column.where(column != ""), errors="coerce")
            good = (column == "") | (numbers.notna() & ((numbers % 1 == 0) | (kind == "number")))
        else:
            continue
        if field.get("constraints", {}).get("required"):
            good &= column != ""
        if not good.all():
            line = int((~good).idxmax())
            shown = column[line] or "an empty cell"
            return (
                f"data/{path.parent.name}/{path.name}, line {line + 2}, column '{field['name']}': {shown!r} is not {WORDS[kind]}. "
                f"Mend the cell, or restore the file (your other changes in it are lost, too): "
                f"git restore data/{path.parent.name}/{path.name}"
            )
    return None
