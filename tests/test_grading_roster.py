"""The roster, file names and CSV cells: clear errors, and nothing that a name can break."""

import csv
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ruspak.errors import CourseError
from ruspak.grading.collect.roster import read_roster
from ruspak.grading.files import read_csv, safe_cell, safe_name, write_csv


@pytest.fixture
def roster(tmp_path):
    def read(text: str | bytes):
        (tmp_path / "roster.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_roster(tmp_path / "roster.csv")

    return read


def test_it_reads_what_spreadsheets_write(roster):
    plain = 'student,name,moodle_id\ns1,Ana Ruiz,Participant 4711\n\n2026-017,"Khan, Bob",\n'
    for text in (
        plain,
        "\ufeff" + plain,
        plain.replace("\n", ",,\n"),
        plain.replace("\n", "\r\n"),
        "Student ; Name;moodle_id\ns1;Ana Ruiz;4711\n;;\n2026-017;Khan, Bob;\n",
    ):
        read = roster(text)
        assert [(one.student, one.name, one.moodle_id) for one in read.students] == [
            ("s1", "Ana Ruiz", "4711"),
            ("2026-017", "Khan, Bob", ""),
        ]
        assert (
            read.by_id(" S1 ")
            is read.by_name("ruiz ana")
            is read.by_number("moodle_id", "4711")
            is read.students[0]
        )
        assert read.by_name("Bob Khan") is read.students[1] and read.by_name("") is None


MISSING = (
    "roster.csv, line 1: the column 'student' is missing. Add it; the first line holds the names of the "
    "columns."
)


@pytest.mark.parametrize(
    "text, message",
    [
        ("name\nAna\n", MISSING),
        ("", MISSING),
        ("student,student\na,b\n", "roster.csv, line 1: the column 'student' is there twice. Take one out."),
        (
            "student,nmae\na,b\n",
            "roster.csv, line 1: the column 'nmae' is unknown. Columns can be student, name, email, "
            "moodle_id, canvas_id, login, section, variant, extra_minutes.",
        ),
        (
            "student,name\na,Ana\nb,Bob,B\n",
            "roster.csv, line 3: 3 cells where 2 are expected. Put a text that holds commas "
            "into double quotes.",
        ),
        (
            "student,name\na,Ana\n,Bob\n",
            "roster.csv, line 3: the student has no id. Write one, or delete the line.",
        ),
        (
            "student\na\nb\nA \n",
            "roster.csv, line 4: the student 'A' stands in line 2, too. Give each student one line and "
            "an id of their own.",
        ),
        (
            "student,canvas_id\na,1\nb,1\n",
            "roster.csv, line 3: the canvas_id '1' stands in line 2, too. Give each student "
            "one line and an id of their own.",
        ),
        (
            "student\n",
            "roster.csv: there is no student in it. Write one a line, below the names of the columns.",
        ),
        ("student\na\x1bb\n", "roster.csv, line 2: it holds an invisible character. Type the line anew."),
        ("student\na\u202eb\n", "roster.csv, line 2: it holds an invisible character. Type the line anew."),
        (
            'student,name\na,"Ana\nb,Bob\nc,Cyd\n',
            'roster.csv, line 2: a double quote (") opens a cell and none closes '
            "it. Put one at the end of the cell, or take the first one out.",
        ),
        (
            "student,name,,\na,Ana,,\nb,Bob,x,\n",
            "roster.csv, line 3: 4 cells where 2 are expected. Put a text that holds "
            "commas into double quotes.",
        ),
        (
            "student,name\na,Ana\nb,Zoë\n".encode("latin-1"),
            "roster.csv, line 3: it is not UTF-8. Save it as “CSV UTF-8”.",
        ),
    ],
)
def test_errors_name_line_and_remedy(text, message, roster):
    with pytest.raises(CourseError) as error:
        roster(text)
    assert str(error.value) == message


def test_a_missing_roster(tmp_path):
    with pytest.raises(CourseError, match="roster.csv: it can't be read"):
        read_roster(tmp_path / "roster.csv")


patient = settings(deadline=None)
TEXTS = st.text(st.characters(), max_size=300)


@patient
@given(st.lists(TEXTS, unique_by=lambda text: text.casefold(), max_size=20))
def test_file_names_are_safe_and_differ(texts):
    names = [safe_name(text) for text in texts]
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9~][A-Za-z0-9~._-]{0,79}", name)
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)
    assert len({name.casefold() for name in names}) == len(names)


def test_file_names_stay_readable():
    assert [safe_name(text) for text in ("s1", "2026-017", "a.b@c.de")][:2] == ["s1", "2026-017"]
    assert safe_name("a.b@c.de").startswith("a-b-c-de~") and safe_name("../../etc").startswith("etc~")


@patient
@given(TEXTS)
def test_no_cell_begins_a_formula(text):
    cell = safe_cell(text)
    if cell == "-":  # alone it is no formula
        return
    assert not re.match(r"[=+\-@\t\r\n]", cell)
    assert not any(re.match(r"\s*[=+\-@＝＋－＠]", part) for part in re.split("[;,\t\r\n]", cell))
    assert safe_cell(cell) == cell and cell.replace("'", "") == text.replace("'", "")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)


@patient
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_a_table_comes_back_as_it_was_written(rows):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "table.csv")
        write_csv(path, Path(name), ["item", "code"], rows)
        read = [list(cells.values()) for _, cells in read_csv(path, ["item", "code"], [])]
        assert read == [[safe_cell(cell) for cell in row] for row in rows]
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) == len(rows) + 1


def test_numbers_stay_numbers(tmp_path):
    assert [
        safe_cell(value) for value in (7.5, 12.0, 0, -1, -0.5, None, "=1+1", "-2", "plain", "ＣＭＤ", "＝1")
    ] == ["7.5", "12", "0", "-1", "-0.5", "", "'=1+1", "'-2", "plain", "ＣＭＤ", "'＝1"]


@pytest.mark.parametrize(
    "text, cell",
    [
        ("x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0"),
        ("a, -1", "a,' -1"),
        ("a\t+1", "a\t'+1"),
        ("a\n@b", "a\n'@b"),
        ("a;＝1", "a;'＝1"),
        ("2 - 1 = 1", "2 - 1 = 1"),
        ("a;b", "a;b"),
    ],
)
def test_no_formula_after_what_may_be_the_border_of_a_cell(text, cell):
    """Where commas are expected, a spreadsheet may yet split at semicolons, and the other way round."""
    assert safe_cell(text) == cell
