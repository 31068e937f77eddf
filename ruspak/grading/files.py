"""Tables that are written whole or not at all, and names and cells that are safe whatever a student is
called."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.files import whole

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*\.", re.I)  # what Windows refuses, or cuts
BORDER, BEGINS = r"(^|(?<=[;,\t\r\n]))", r"(?=(?:[^\S\t\r\n]|\x22)*[=+\-@＝＋－＠])"  # \x22: a quotation mark
FORMULA = re.compile(rf"{BORDER}{BEGINS}|^(?=[\t\r\n])")
WRITTEN = re.compile(rf"{BORDER}'{BEGINS}")


def safe_name(text: str) -> str:
    """A file name for any text, a different one for each: the text itself where it is plain, else a part and
    a hash."""
    if PLAIN.fullmatch(text) and not RESERVED.fullmatch(text):
        return text
    readable = re.sub(r"[^A-Za-z0-9]+", "-", text)[:40].strip("-")
    return f"{readable}~{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def safe_cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one,
    also after what might be taken for the border of a cell or a line. Numbers stay as they are.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, str):
        return (
            value if value == "-" else FORMULA.sub("'", value)
        )  # a dash alone is how platforms write nothing
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def typed_cell(text: str) -> str:
    """What a person typed into a cell that `safe_cell` has written since: without its apostrophes."""
    typed = WRITTEN.sub("", text)
    return typed if safe_cell(typed) == text else text


def write_csv(
    path: Path, tmp: Path, columns: list[str], rows: Iterable[Iterable[object]], mark: str = "\ufeff"
) -> None:
    """A whole CSV file, all cells safe; UTF-8, with the mark by which Excel sees that it is."""
    with whole(path, tmp) as file:
        file.write(mark)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(map(safe_cell, row) for row in rows)


def read_rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a table that a person keeps: (line, cells), spaces trimmed.

    CSV in UTF-8 or UTF-16, with commas, semicolons or tabs, as the spreadsheet likes; or the first sheet of
    an .xlsx. Raises CourseError that names file, line and remedy.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{path.name}: it can't be read ({error.strerror}). Give the path of a CSV file."
        ) from None
    if data[:4] == b"PK\x03\x04":
        return _of_workbook(path)
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(f"{path.name}, line {line}: it is not UTF-8. Save it as “CSV UTF-8”.") from None
    head, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", head)  # as Excel writes it
    first = rest.partition("\n")[0] if told else head
    delimiter = told[1] if told else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    lines: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            lines.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error as error:
        line = lines[-1][0] + 1 if lines else 1  # where the row began
        raise CourseError(
            f"{path.name}, line {line}: {error}. Save it as a CSV file again."
            if "limit" in str(error)
            else f'{path.name}, line {line}: a double quote (") opens a cell and none closes it. Put one at the '
            "end of the cell, or take the first one out."
        ) from None
    return lines[1:] if told else lines


def _of_workbook(path: Path) -> list[tuple[int, list[str]]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise CourseError(
            f"{path.name}: to read it takes the package openpyxl (pip install -r requirements-teach.txt). "
            f"Or save it as "
            "“CSV UTF-8”."
        ) from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [
            [_cell_text(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)
        ]
        book.close()
    except Exception as error:  # whatever a damaged workbook makes of a library
        raise CourseError(
            f"{path.name}: it can't be read ({type(error).__name__}). Open and save it again, or save it as "
            f"“CSV UTF-8”."
        ) from None
    return [(line, row) for line, row in enumerate(rows, start=1)]


def _cell_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def read_csv(
    path: Path, required: list[str], optional: list[str], others: bool = False
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table by its columns: (line, {column: text}), all known columns there. `others`: whether
    columns that are not known are passed over.

    Raises CourseError that names file, line and remedy.
    """
    return by_columns(path, read_rows(path), required, optional, others)


def by_columns(
    path: Path,
    lines: list[tuple[int, list[str]]],
    required: list[str],
    optional: list[str],
    others: bool = False,
) -> list[tuple[int, dict[str, str]]]:
    """The same of rows that have been read."""
    columns = [name.casefold() for name in lines[0][1]] if lines else []
    while columns and not columns[-1]:  # spreadsheets leave empty columns at the end
        columns.pop()
    for name in columns:
        if others and name not in [*required, *optional]:
            continue
        if columns.count(name) > 1:
            raise CourseError(f"{path.name}, line 1: the column '{name}' is there twice. Take one out.")
        if name not in [*required, *optional]:
            raise CourseError(
                f"{path.name}, line 1: the column '{name}' is unknown. "
                f"Columns can be {', '.join([*required, *optional])}."
            )
    for name in required:
        if name not in columns:
            raise CourseError(
                f"{path.name}, line 1: the column '{name}' is missing. Add it; "
                "the first line holds the names of the columns."
            )
    rows = []
    for line, cells in lines[1:]:
        if not any(cells):
            continue
        if others:
            cells = cells + [""] * (len(columns) - len(cells))
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            raise CourseError(
                f"{path.name}, line {line}: {len(cells)} cells where {len(columns)} are expected. "
                "Put a text that holds commas into double quotes."
            )
        found = dict(zip(columns, cells))
        rows.append((line, {name: found.get(name, "") for name in [*required, *optional]}))
    return rows
