"""Platforms' own lists as rosters, spreadsheets as people save them, imports and zips as platforms take them
back."""

import csv
import zipfile

import pytest
from grading_fixtures.broken import ANSWERS, saved, solved
from test_grading_batch import mark, rows, samples  # noqa: F401  (samples is used by itself)

from ruspak.errors import CourseError
from ruspak.grading.collect.roster import read_roster
from ruspak.grading.files import read_csv, read_rows

openpyxl = pytest.importorskip("openpyxl")

WORKSHEET = (
    '"Identifier","Full name","ID number","Email address","Status","Grade","Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    '"Participant 71","Zoë Ruiz","2026-017","z@example.org","Submitted for grading","","20.00","Yes","-","-",""\n'
    '"Participant 72","Bob Khan","2026-018","","No submission","","20.00","Yes","-","-",""\n'
)
PARTICIPANTS = '"First name","Last name","ID number","Email address","Groups"\n"Zoë","Ruiz","2026-017","z@example.org","A"\n'
GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Sheet one (881),Current Score\n"
    "    Points Possible,,,,,20.00,(read only)\n"
    '"Ruiz, Zoë",901,2026-017,zruiz,1A,,\n"Khan, Bob",902,,bkhan@example.org,1A,,\n"Student, Test",903,,x,1A,,\n'
)


@pytest.fixture
def roster(tmp_path):
    def read(text: str):
        (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
        return read_roster(tmp_path / "roster.csv")

    return read


def test_the_lists_that_platforms_export_are_rosters(roster):
    (zoe, bob), kind = roster(WORKSHEET).students, roster(WORKSHEET).export
    assert (zoe.student, zoe.name, zoe.moodle_id, kind) == (
        "2026-017",
        "Zoë Ruiz",
        "71",
        "Moodle's worksheet",
    )
    assert bob.moodle_id == "72"
    (one,) = roster(PARTICIPANTS).students
    assert (one.student, one.name, one.email) == ("2026-017", "Zoë Ruiz", "z@example.org")
    zoe, bob = roster(GRADEBOOK).students
    assert (zoe.student, zoe.canvas_id, zoe.login, zoe.section) == ("2026-017", "901", "zruiz", "1A")
    assert bob.student == "bkhan", "without a SIS id, what stands before the @ of the login"


@pytest.mark.parametrize(
    "id", ["2.026E+08", "1E+11", "26-Dec", "Dec-26", "2026-12-01 00:00:00", "2026017.0", '"2,026,017"']
)
def test_an_id_that_a_spreadsheet_has_bent_is_named(id, roster):
    with pytest.raises(CourseError, match="line 3: the id '.*' is what a spreadsheet makes of one"):
        roster(f"student\n2026-017\n{id}\n")


def test_zeros_that_may_be_gone_are_told(roster):
    assert "1 ids have fewer than 7 digits (12345)" in roster("student\n0012346\n12345\n0012347\n").warning
    assert roster("student\n0012346\n0012345\n").warning == roster("student\na1\n12\n123\n").warning == ""


TABLE = [
    ["item", "code", "points", "out_of", "comment"],
    ["sample-9", "BCDF", "7,5", "10", "so\u2028and\x0bso"],
]


def encoded(how: str) -> bytes:
    delimiter = {"tabs": "\t", "semicolons": ";", "sep": ";"}.get(how, ",")
    quoted = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in TABLE) + "\r\n"
    text = ("sep=;\r\n" if how == "sep" else "") + quoted
    return text.encode("utf-16" if how == "utf-16" else "utf-8-sig")


@pytest.mark.parametrize("how", ["commas", "tabs", "semicolons", "sep", "utf-16"])
def test_tables_are_read_as_spreadsheets_save_them(how, tmp_path):
    (tmp_path / "written.csv").write_bytes(encoded(how))
    ((_, cells),) = read_csv(tmp_path / "written.csv", TABLE[0], [])
    assert list(cells.values()) == TABLE[1]


def workbook(path, table):
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    book.save(path)


def test_a_workbook_is_a_table_too(tmp_path):
    workbook(tmp_path / "a.xlsx", [["student", "name"], ["0012", "Zoë"], [13.0, None], [None, None]])
    assert [row for _, row in read_rows(tmp_path / "a.xlsx")] == [
        ["student", "name"],
        ["0012", "Zoë"],
        ["13", ""],
        ["", ""],
    ]
    assert [one.student for one in read_roster(tmp_path / "a.xlsx").students] == ["0012", "13"]
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes()[:-500])
    with pytest.raises(CourseError, match="b.xlsx: it can't be read .*Open and save it again"):
        read_rows(tmp_path / "b.xlsx")


@pytest.fixture
def handed_in(tmp_path):
    """One submission by Moodle and one by Canvas, without a written answer: their marks are final."""
    place = tmp_path / "in"
    moodle, canvas = (
        place / "Zoë Ruiz_71_assignsubmission_file",
        place / "khanbob_LATE_902_556_01_sample.ipynb",
    )
    moodle.mkdir(parents=True)
    wrong = {"sample-9": "**sample-9**, 10 points. Your answer:\n\nYOUR ANSWER HERE"}
    (moodle / "01_sample.ipynb").write_bytes(saved(solved("2026-017", wrong)))
    canvas.write_bytes(saved(solved("2026-018", wrong | {"sample-1": ANSWERS["sample-1"] + "\ncalls = 0"})))
    return place


def test_imports_hold_who_has_a_mark_on_the_scale_asked_for(handed_in, tmp_path):
    (tmp_path / "roster.csv").write_text(WORKSHEET.replace("Bob Khan", "Khan, Bob"), encoding="utf-8")
    out = tmp_path / "out"
    mark(handed_in, tmp_path / "roster.csv", out, of=20, title="Sheet one (881)")
    assert rows(out / "moodle.csv") == [
        {"ID number": "2026-017", "Full name": "Zoë Ruiz", "Sheet one (881)": "18"},
        {"ID number": "2026-018", "Full name": "Khan, Bob", "Sheet one (881)": "16"},
    ], "an e-mail is missing: then there is no column of e-mails"
    assert [row["Sheet one (881)"] for row in rows(out / "canvas.csv")] == ["20", "18", "16"]
    for name in ("moodle.csv", "canvas.csv", "moodle_worksheet.csv"):
        assert (out / name).read_bytes()[:3] == b"\xef\xbb\xbf", "so that Excel shows Zoë"
    sheet = rows(out / "moodle_worksheet.csv")
    given = next(csv.reader(WORKSHEET.splitlines()))
    assert list(sheet[0]) == given and [row["Grade"] for row in sheet] == ["18", "16"]
    mark(handed_in, tmp_path / "roster.csv", out)
    assert [row["Grade"] for row in rows(out / "moodle_worksheet.csv")] == ["18", "16"], "by its own maximum"
    assert [row["sample"] for row in rows(out / "canvas.csv")] == ["90", "80"], (
        "and no row that changes the assignment"
    )
    (tmp_path / "roster.csv").write_text("student,name\n2026-017,Zoë Ruiz\n", encoding="utf-8")
    mark(handed_in, tmp_path / "roster.csv", out)
    assert not (out / "moodle_worksheet.csv").exists(), "none is left of an earlier roster"


def test_feedback_goes_back_as_the_zips_that_platforms_take(handed_in, tmp_path):
    (tmp_path / "roster.csv").write_text(WORKSHEET.replace("Bob Khan", "Khan, Bob"), encoding="utf-8")
    out = tmp_path / "out"
    mark(handed_in, tmp_path / "roster.csv", out)
    names = {}
    for platform in ("moodle", "canvas"):
        with zipfile.ZipFile(out / f"feedback_{platform}.zip") as file:
            (names[platform],) = file.namelist()
            page = file.read(names[platform])
        assert page in [path.read_bytes() for path in (out / "feedback").iterdir()]
    assert names == {
        "moodle": "Zoë Ruiz_71_assignsubmission_file_feedback_sample.html",
        "canvas": "khanbob_LATE_902_556_feedback_sample.html",
    }
    before = (out / "feedback_moodle.zip").read_bytes()
    mark(handed_in, tmp_path / "roster.csv", out)
    assert (out / "feedback_moodle.zip").read_bytes() == before
    assert "Canvas says that it is late" in (out / "totals.csv").read_text(encoding="utf-8-sig")


def test_a_title_that_the_export_does_not_have(handed_in, tmp_path):
    (tmp_path / "roster.csv").write_text(GRADEBOOK, encoding="utf-8")
    with pytest.raises(CourseError, match="the export has no column 'Sheet 1'. It has Sheet one .881."):
        mark(handed_in, tmp_path / "roster.csv", tmp_path / "out", title="Sheet 1")
    with pytest.raises(CourseError, match="--of 0: the most points"):
        mark(handed_in, tmp_path / "roster.csv", tmp_path / "out", of=0)


def test_points_in_a_workbook_beside_count_too(tmp_path):
    place, out = tmp_path / "in", tmp_path / "out"
    place.mkdir()
    for name in ("ana", "bob"):
        (place / f"{name}_sample.ipynb").write_bytes(
            saved(
                solved(
                    name,
                    {"sample-9": f"**sample-9**, 10 points. Your answer:\n\nIt counts calls, says {name}."},
                )
            )
        )
    (tmp_path / "roster.csv").write_text("student\nana\nbob\n")
    assert mark(place, tmp_path / "roster.csv", out).waiting == 2
    codes = [row["code"] for row in rows(out / "written.csv")]
    head = ["item", "code", "points", "out_of", "comment", "my own column"]
    table = [
        head,
        ["sample-9", codes[0], 7.5, 10, "- no baseline", "x"],
        ["sample-9", codes[1], 4, 10, None, None],
    ]
    workbook(out / "written.xlsx", [*table, ["Total", None, 11.5, 20, None, None]])
    assert mark(place, tmp_path / "roster.csv", out).waiting == 0
    pages = [path.read_text(encoding="utf-8") for path in (out / "feedback").iterdir()]
    for _ in range(2):
        assert any("<p>- no baseline</p>" in page for page in pages), "no apostrophe, in no run"
        mark(place, tmp_path / "roster.csv", out)
        pages = [path.read_text(encoding="utf-8") for path in (out / "feedback").iterdir()]
    text = (out / "written.csv").read_text(encoding="utf-8-sig").replace(f"{codes[1]},4,", f"{codes[1]},5,")
    (out / "written.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="4 points, but written.csv says 5. Delete one of the files"):
        mark(place, tmp_path / "roster.csv", out)
