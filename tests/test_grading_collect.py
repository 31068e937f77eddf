"""Submissions are found in every layout, and what isn't one is listed."""

import datetime
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from ruspak.errors import CourseError
from ruspak.grading.collect import walk
from ruspak.grading.collect.deadline import deadline
from ruspak.grading.collect.layouts import collect
from ruspak.grading.collect.roster import Roster, Student
from ruspak.grading.collect.walk import Rejected

SHEETS = {"history": "01_history", "trade": "04_trade"}
ANA = Student("s1", "Ana María Ruiz", moodle_id="4711", canvas_id="901")
BOB = Student("2026-017", "Khan, Bob")
EVE = Student("eve_x", "Eve Roy")
WEEK = Student("week_2_7")
ROSTER = Roster([ANA, BOB, EVE, WEEK, Student("t1", "Same Name"), Student("t2", "Same Name")])


def folder(root: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    return root


def archive(path: Path, *names: str, date=(2026, 11, 20, 10, 0, 0)) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name, date), name)
    return path


def found(place: Path, only: str | None = None) -> dict[tuple[str, str], str]:
    submissions, left_out = collect([place], ROSTER, SHEETS, only)
    assert left_out == []
    return {(one.student.student, one.sheet): one.file.path for one in submissions}


def reasons(place: Path) -> list[str]:
    submissions, left_out = collect([place], ROSTER, SHEETS)
    assert submissions == []
    return [one.reason for one in left_out]


LAYOUTS = {
    "s1_history.ipynb": ("s1", "history"),
    "S1_01_history.ipynb": ("s1", "history"),
    "2026-017_04_trade.ipynb": ("2026-017", "trade"),
    "eve_x_history (2).ipynb": ("eve_x", "history"),
    "submitted/s1/homework/01_history.ipynb": ("s1", "history"),
    "submitted/s1/history/my work.ipynb": ("s1", "history"),
    "course/submitted/2026-017/trade/04_trade.ipynb": ("2026-017", "trade"),
    "eve_x/01_history.ipynb": ("eve_x", "history"),
    "Ana María Ruiz_4711_assignsubmission_file/01_history.ipynb": ("s1", "history"),
    "Ana María Ruiz_4711_assignsubmission_file_/deep/01_history.ipynb": ("s1", "history"),
    "Participant_4711_assignsubmission_file_01_history.ipynb": ("s1", "history"),
    "Bob Khan_4712_assignsubmission_file/04_trade.ipynb": ("2026-017", "trade"),
    "s1.zip/01_history.ipynb": ("s1", "history"),  # here a folder of that name
    "week_2_7_01_history.ipynb": ("week_2_7", "history"),  # no upload of Canvas
    "ruizanamara_901_555_01_history.ipynb": ("s1", "history"),
    "anon_LATE_901_555_01_history-1.ipynb": ("s1", "history"),
    "khanbob_LATE_902_556_04_trade.ipynb": ("2026-017", "trade"),
    # what students, browsers and editors make of names
    "S1_History.ipynb": ("s1", "history"),
    "s1-history.ipynb": ("s1", "history"),
    "s1_01_history-Copy1.ipynb": ("s1", "history"),
    "s1_01_history(1).ipynb": ("s1", "history"),
    "s1_history_final.ipynb": ("s1", "history"),
    "s1_history-final-Copy2 (3).ipynb": ("s1", "history"),
    "s1_01_History.IPYNB": ("s1", "history"),
    "s1_history.ipynb.txt": ("s1", "history"),
    "s1_history.ipynb.json": ("s1", "history"),
    "2026-017_history - Kopie (2).ipynb": ("2026-017", "history"),
    "2026-017_history_2026-11-02 21.15.ipynb": ("2026-017", "history"),
    "2026-017_history-checkpoint.ipynb": ("2026-017", "history"),
    "2026-017_01-history.ipynb": ("2026-017", "history"),
    "2026-017_1history_mended.ipynb": ("2026-017", "history"),
    "2026-017\u00a0history.ipynb": ("2026-017", "history"),
    "01_history_2026-017.ipynb": ("2026-017", "history"),
    "s1/my history work (last).ipynb": ("s1", "history"),
    "Bob Khan 2026-017/01_history-Copy1.ipynb": ("2026-017", "history"),
    "2026\u2013017_history.ipynb": ("2026-017", "history"),  # a long dash
    "\u06f2\u06f0\u06f2\u06f6-\u06f0\u06f1\u06f7_history.ipynb": ("2026-017", "history"),  # Urdu digits
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
def test_layouts(name, zipped, tmp_path):
    place = archive(tmp_path / "all.zip", name) if zipped else folder(tmp_path, name)
    assert found(place) == {LAYOUTS[name]: name}


def test_zips_in_a_folder_are_looked_into(tmp_path):
    archive(tmp_path / "history.zip", "s1_history.ipynb")
    archive(tmp_path / "trade.zip", "s1_trade.ipynb", "__MACOSX/._s1_trade.ipynb", ".DS_Store")
    folder(tmp_path, "more/2026-017_history.ipynb", ".ipynb_checkpoints/s1_history-checkpoint.ipynb")
    assert found(tmp_path) == {
        ("s1", "history"): "history.zip/s1_history.ipynb",
        ("s1", "trade"): "trade.zip/s1_trade.ipynb",
        ("2026-017", "history"): "more/2026-017_history.ipynb",
    }


MOODLE, CANVAS = "Bob Khan_4712_assignsubmission_file", "khanbob_902_556"
CHOSEN = [
    "s1_history.ipynb",
    "s1/01_history.ipynb",
    "submitted/s1/history/01_history.ipynb",
    "Z_4711_assignsubmission_file/01_history.ipynb",
    "ruizana_901_555_01_history.ipynb",
    "Ana María Ruiz_4711_assignsubmission_file_01_history.ipynb",
]


@pytest.mark.parametrize(
    "above",
    [
        f"{MOODLE}/",
        f"{MOODLE}_",
        f"{CANVAS}_",
        f"{CANVAS}_work.zip/",
        f"{CANVAS}_work/",
        "submitted/2026-017/history/",
        f"course/{MOODLE}/",
    ],
)
@pytest.mark.parametrize("chosen", CHOSEN)
def test_a_student_can_not_hand_in_for_another(above, chosen, tmp_path):
    """The outermost part that a platform made decides, whatever the student puts below it."""
    if (above, chosen) == (f"{CANVAS}_", "ruizana_901_555_01_history.ipynb"):
        return  # Canvas leaves _ and digits in names, so that is a name with two readings, see below
    assert found(folder(tmp_path, above + chosen)) == {("2026-017", "history"): above + chosen}


def test_inner_zips_belong_to_whoever_sent_them(tmp_path):
    archive(tmp_path / f"{CANVAS}_work.zip", *CHOSEN)
    archive(tmp_path / "stranger_7_8_work.zip", "s1_history.ipynb")
    submissions, (line,) = collect([tmp_path], ROSTER, SHEETS)
    assert {one.student for one in submissions} == {BOB}
    assert "Canvas's 'stranger', number 7, is not in the roster" in line.reason


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    "chosen", [*CHOSEN, "a/b/submitted/s1/history/01_history.ipynb", "eve_x.zip/s1_history.ipynb"]
)
def test_within_the_folder_of_an_id_nobody_hands_in_for_another(chosen, zipped, tmp_path):
    """A zip whose members are named like another layout, dated in the future: the real work of the other one
    counts."""
    folder(tmp_path, "s1/01_history.ipynb", "2026-017/01_history.ipynb")
    if zipped:
        archive(tmp_path / "2026-017/work.zip", chosen, date=(2037, 1, 1, 0, 0, 0))
    else:
        folder(tmp_path / "2026-017", chosen)
    submissions, left_out = collect([tmp_path], ROSTER, SHEETS)
    assert {one.student.student: one.file.path for one in submissions} == {
        "s1": "s1/01_history.ipynb",
        "2026-017": "2026-017/01_history.ipynb",
    }
    (line,) = left_out
    assert "fits two students: 2026-017 and" in line.reason and "2026-017" in line.students


@pytest.mark.parametrize(
    "name",
    [
        "khanbob_902_901_555_01_history.ipynb",  # Bob's file 555_…, or Ana's of a Canvas name khanbob_902
        "khanbob_LATE_902_901_555_history.ipynb",
        "khanbob_902_556_ruizana_901_555_01_history.ipynb",
    ],
)
def test_two_readings_of_canvas_numbers_are_rejected_with_both(name, tmp_path):
    submissions, (line,) = collect([folder(tmp_path, name)], ROSTER, SHEETS)
    assert submissions == [] and line.students == ("2026-017", "s1")
    assert "its name fits two students: 2026-017 and s1" in line.reason


def test_what_follows_canvas_numbers_hands_in_for_nobody(tmp_path):
    """A stranger's upload by the name 901_2_history.ipynb."""
    assert (
        "Canvas's 'stranger', number 7, is not"
        in reasons(folder(tmp_path, "stranger_7_8_901_2_history.ipynb"))[0]
    )


@pytest.mark.parametrize("chosen", CHOSEN)
def test_two_teachers_layouts_in_one_path_are_two_readings(chosen, tmp_path):
    _, (line,) = collect([folder(tmp_path, "week_2_7/submitted/2026-017/" + chosen)], ROSTER, SHEETS)
    assert "fits two students: 2026-017 and week_2_7" in line.reason


def test_a_platforms_number_and_name_that_contradict_each_other(tmp_path):
    """Last month's numbers in the roster: nobody gets another one's marks."""
    name = "Bob Khan_4711_assignsubmission_file/01_history.ipynb"
    _, (line,) = collect([folder(tmp_path, name)], ROSTER, SHEETS)
    assert "number 4711 is that of s1 in the roster, the name 'Bob Khan' that of 2026-017" in line.reason


@pytest.mark.parametrize("account", ["2026-017 history", "2026-017-01 history", "history 2026-017"])
@pytest.mark.parametrize("file", ["_x.ipynb", "_work.zip", "_/01_history.ipynb"])
def test_an_account_by_a_classmates_id_hands_in_for_nobody(account, file, tmp_path):
    """Moodle's download without folders: the account's name, which students may change, begins the file's name."""
    name = f"{account}_4799_assignsubmission_file{file}"
    if name.endswith(".zip"):
        archive(tmp_path / name, "01_history.ipynb")
    else:
        folder(tmp_path, name)
    submissions, (line,) = collect([tmp_path], ROSTER, SHEETS)
    assert submissions == [] and line.students == ()
    assert f"Moodle's '{account}', number 4799, is not in the roster" in line.reason
    if file == "_x.ipynb" and account.startswith("2026"):
        assert line.named == ("2026-017",) and line.reason.endswith("gave, it would be that of 2026-017.")


def test_a_zip_that_was_sent_has_no_time_of_its_own(tmp_path):
    folder(tmp_path, "s1/01_history.ipynb")
    archive(tmp_path / "s1/old.zip", "01_history.ipynb", date=(2037, 1, 1, 0, 0, 0))
    os.utime(tmp_path / "s1/old.zip", (1_600_000_000, 1_600_000_000))
    assert found(tmp_path) == {("s1", "history"): "s1/01_history.ipynb"}


@pytest.mark.parametrize(
    "name, late",
    {
        "s1/work.zip/01_history.ipynb": True,
        "ruizanamara_901_555_work.zip/01_history.ipynb": True,
        "mail.zip/s1_history.ipynb": True,
        f"moodle.zip/{MOODLE}/01_history.ipynb": True,
        "hub.zip/submitted/s1/history/01_history.ipynb": True,
    }.items(),
)
def test_who_sends_a_zip_does_not_choose_when_it_came(name, late, tmp_path):
    """Dated before the deadline by its sender, whatever layout its names have."""
    outer, _, inner = name.partition(".zip/")
    place = tmp_path / f"{outer}.zip"
    place.parent.mkdir(exist_ok=True)
    archive(place, inner)
    after = datetime.datetime(2026, 12, 5).timestamp()
    os.utime(place, (after, after))
    (one,), _ = collect([tmp_path], ROSTER, SHEETS, until=deadline("2026-12-01 18:00"))
    assert bool(one.minutes_late) is late


@pytest.mark.parametrize(
    "inner", [f"{MOODLE}/01_history.ipynb", "submitted/2026-017/history/01_history.ipynb"]
)
def test_a_zip_that_the_teacher_names_tells_when_each_file_came(inner, tmp_path):
    place = archive(tmp_path / "hub.zip", inner)
    after = datetime.datetime(2026, 12, 5).timestamp()
    os.utime(place, (after, after))
    (one,), _ = collect([place], ROSTER, SHEETS, until=deadline("2026-12-01 18:00"))
    assert one.student is BOB and not one.minutes_late


@pytest.mark.parametrize(
    "inner",
    [
        ("s1_history.ipynb", "2026-017_history.ipynb"),
        ("submitted/s1/history/01_history.ipynb", "submitted/2026-017/history/01_history.ipynb"),
        (f"{MOODLE}/01_history.ipynb", "ruizanamara_901_555_01_history.ipynb"),
    ],
)
def test_a_zip_from_a_mail_hands_in_for_one_student_at_most(inner, tmp_path):
    """Saved beside the others, its names in any layout and dated in the future: the real work of both counts. Named to
    the command by itself it is the teacher's."""
    folder(tmp_path / "mails", "s1/01_history.ipynb", "2026-017/01_history.ipynb")
    sent = archive(tmp_path / "mails/work.zip", *inner, date=(2037, 1, 1, 0, 0, 0))
    submissions, left_out = collect([tmp_path / "mails"], ROSTER, SHEETS)
    assert {one.file.path for one in submissions} == {"s1/01_history.ipynb", "2026-017/01_history.ipynb"}
    assert sorted(one.students for one in left_out) == [("2026-017",), ("s1",)]
    assert all("its zip holds work of several students" in one.reason for one in left_out)
    sent.rename(tmp_path / "work.zip")
    submissions, left_out = collect([tmp_path / "mails", tmp_path / "work.zip"], ROSTER, SHEETS)
    assert {one.when.partition(":")[0] for one in submissions} == {"work.zip"} and left_out == []


def test_who_names_a_classmate_leaves_no_line_at_the_classmate(tmp_path):
    _, (line,) = collect([folder(tmp_path, "s1/2026-017_history.ipynb")], ROSTER, SHEETS)
    assert (line.students, line.named) == (("s1",), ("2026-017",))


def test_nobody_buries_the_line_of_another(tmp_path):
    folder(tmp_path, "s1/zzz_history.pdf", "2026-017/a.txt")
    archive(tmp_path / "2026-017/many.zip", *(f"{number}.txt" for number in range(400)))
    archive(tmp_path / "unknown.zip", *(f"{number}.txt" for number in range(5_000)))
    submissions, left_out = collect([tmp_path], ROSTER, SHEETS)
    assert submissions == [] and len(left_out) == 1 + 21 + 21
    assert [one.path for one in left_out if one.students == ("s1",)] == ["s1/zzz_history.pdf"]
    assert sum("this and 380 more files of the same sender" in one.reason for one in left_out) == 1


def test_a_zip_that_somebody_sent_is_short(tmp_path):
    (tmp_path / "s1").mkdir()
    archive(tmp_path / "s1/many.zip", *(f"{number}.txt" for number in range(501)))
    archive(tmp_path / "s1/names.zip", *("x" * 2_000 + str(number) for number in range(300)))
    long = tmp_path / "s1/long.zip"
    with zipfile.ZipFile(long, "w", allowZip64=True) as file:
        for number in range(2**16 + 1):  # more than the short form holds
            file.writestr(zipfile.ZipInfo(str(number)), "")
    assert reasons(tmp_path) == ["the zip holds more than 500 files. Unpack those that count."] * 3


def test_a_zip_made_on_windows_and_one_with_a_password(tmp_path):
    archive(tmp_path / "s1.zip", "work\\01_history.ipynb")
    assert found(tmp_path) == {("s1", "history"): "s1.zip/work/01_history.ipynb"}
    locked = archive(tmp_path / "s1.zip", "01_history.ipynb").read_bytes()
    start = locked.index(b"PK\x01\x02")
    (tmp_path / "s1.zip").write_bytes(locked[: start + 8] + b"\x01\x00" + locked[start + 10 :])
    assert reasons(tmp_path) == ["the zip is locked with a password. Ask for it without one."]


@pytest.mark.parametrize(
    "name",
    ["vanderbergjan_1_2_01_history.ipynb", "van der Berg Jan_1_assignsubmission_file/01_history.ipynb"],
)
def test_a_family_name_of_several_words(name, tmp_path):
    roster = Roster([Student("j", "Jan van der Berg")])
    assert [one.student.student for one in collect([folder(tmp_path, name)], roster, SHEETS)[0]] == ["j"]


@pytest.mark.parametrize(
    "name",
    ["Ana María Ruiz_4799_assignsubmission_file/01_history.ipynb", "ruizanamara_977_556_01_history.ipynb"],
)
def test_a_namesake_with_another_number_is_nobody(name, tmp_path):
    (line,) = reasons(folder(tmp_path, name))
    assert "is not in the roster, or the name is there twice or with another number" in line


@pytest.mark.parametrize(
    "names, column",
    [
        (
            [
                "Bob Khan_1_assignsubmission_file/01_history.ipynb",
                "Bob Khan_2_assignsubmission_file/01_history.ipynb",
            ],
            "moodle_id",
        ),
        (["khanbob_1_7_01_history.ipynb", "khanbob_2_8_04_trade.ipynb"], "canvas_id"),
    ],
)
def test_two_numbers_for_one_student_are_both_rejected(names, column, tmp_path):
    submissions, left_out = collect([folder(tmp_path, *names)], ROSTER, SHEETS)
    assert submissions == [] and [one.path for one in left_out] == names
    said = f"two students by the name of 'Khan, Bob', numbers 1 and 2. Write the right number into the column {column}."
    assert {one.reason.partition(" has ")[2] for one in left_out} == {said}


def test_moodle_has_another_number_in_each_assignment(tmp_path):
    place = folder(
        tmp_path,
        "Bob Khan_1_assignsubmission_file/01_history.ipynb",
        "Bob Khan_2_assignsubmission_file/04_trade.ipynb",
    )
    assert set(found(place)) == {("2026-017", "history"), ("2026-017", "trade")}


@pytest.mark.parametrize(
    "name",
    [
        "team_01_history.ipynb",
        "team/team_01_history.ipynb",
        "team/team_01/history.ipynb",
        "team_01.zip/team_history.ipynb",
    ],
)
def test_a_name_that_fits_two_students_is_rejected(name, tmp_path):
    roster = Roster([Student("team"), Student("team_01")])
    submissions, (line,) = collect([folder(tmp_path, name)], roster, SHEETS)
    assert submissions == [] and line.reason == (
        "its name fits two students: team and team_01. Rename the file or its folder so that it fits one."
    )
    assert collect([folder(tmp_path / "one", "team_01_history.ipynb")], Roster([Student("team_01")]), SHEETS)[
        0
    ]


def test_the_newest_try_counts(tmp_path):
    place = folder(tmp_path, "b/s1_history.ipynb", "s1_history (1).ipynb", "a/s1_history.ipynb")
    submissions, _ = collect([place], ROSTER, SHEETS)
    assert [(one.file.path, one.tries) for one in submissions] == [("a/s1_history.ipynb", 3)]
    assert submissions[0].when == "a/s1_history.ipynb, 2023-11-14 22:13"
    canvas = archive(
        tmp_path / "canvas.zip",
        "ruizanamara_901_555_01_history.ipynb",
        "ruizanamara_901_1000_01_history-1.ipynb",
    )
    assert found(canvas) == {("s1", "history"): "ruizanamara_901_1000_01_history-1.ipynb"}


def test_one_sheet_can_be_asked_for(tmp_path):
    folder(tmp_path, "s1/work.ipynb", "2026-017_trade.ipynb", "eve_x_history.ipynb")
    assert found(tmp_path, only="history") == {
        ("s1", "history"): "s1/work.ipynb",
        ("eve_x", "history"): "eve_x_history.ipynb",
    }


@pytest.mark.parametrize(
    "name, reason",
    {
        "stranger_history.ipynb": "'stranger' is not in the roster",
        "submitted/stranger/history/01_history.ipynb": "'stranger' is not in the roster",
        "history.ipynb": "'history' is not in the roster. Name the file <student>_<sheet>.ipynb",
        "s1_nothing.ipynb": "its name tells no sheet",
        "s1_2026-017_nothing.ipynb": "its name fits two students: 2026-017 and s1",
        "s1/work.ipynb": "its name tells no sheet (known: history, trade)",
        "s1_history_trade.ipynb": "its name tells two sheets: history and trade",
        "s1/history or trade.ipynb": "its name tells two sheets: history and trade",
        "report.pdf": "it is not a notebook",
        "Same Name_1_assignsubmission_file/01_history.ipynb": "Moodle's 'Same Name', number 1, is not in the roster",
        "anon_x7Kp2_555_01_history.ipynb": "Canvas has left the student out of its name. Switch anonymous grading",
        "LATE_anon_90101_555_01_history.ipynb": "Canvas has left the student out of its name.",
        "nobody_1_2_01_history.ipynb": "Canvas's 'nobody', number 1, is not in the roster",
    }.items(),
)
def test_what_is_left_out_and_why(name, reason, tmp_path):
    (line,) = reasons(folder(tmp_path, name))
    assert reason in line


@pytest.mark.parametrize("name", ["khanbob_902_556_01_history-2.ipynb", "2026-017/history-2.ipynb"])
def test_the_number_of_a_copy_is_no_students_id(name, tmp_path):
    submissions, _ = collect([folder(tmp_path, name)], Roster([BOB, Student("2")]), SHEETS)
    assert [one.student for one in submissions] == [BOB]


def test_a_file_that_tells_no_sheet_is_still_its_students(tmp_path):
    """So that it is not said of them that nothing was handed in; and with --sheet it is marked."""
    place = folder(tmp_path, "2026-017_histroy.ipynb")
    assert [one.students for one in collect([place], ROSTER, SHEETS)[1]] == [("2026-017",)]
    assert found(place, "history") == {("2026-017", "history"): "2026-017_histroy.ipynb"}


def test_names_that_lead_elsewhere(tmp_path):
    place = tmp_path / "evil.zip"
    archive(
        place,
        "../s1_history.ipynb",
        "/etc/s1_history.ipynb",
        "a/../../s1_history.ipynb",
        "C:\\s1_history.ipynb",
        "..\\s1_history.ipynb",
    )
    assert reasons(place) == ["its name leads out of the zip. It is not touched; rename the file."] * 5
    assert sorted(os.listdir(tmp_path)) == ["evil.zip"]


def test_links_and_devices(tmp_path):
    (tmp_path / "secret").write_text("key")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/s1_history.ipynb").symlink_to(tmp_path / "secret")
    (tmp_path / "in/dir").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in/eve_x_history.ipynb")
    link = "it is a link to elsewhere. Links are not followed: hand in the file itself."
    assert sorted(reasons(tmp_path / "in")) == [
        link,
        link,
        "it is no ordinary file. Hand in the notebook itself.",
    ]
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as file:
        link = zipfile.ZipInfo("s1_history.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    assert reasons(tmp_path / "in.zip") == ["it is a link or device in a zip. Hand in the file itself."]


def test_names_too_long_or_not_utf_8(tmp_path):
    assert reasons(archive(tmp_path / "long.zip", "s" * 400 + "_history.ipynb")) == [
        "its name has more than 255 characters. Rename it."
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in").joinpath(os.fsdecode(b"s1\xff_history.ipynb")).write_text("x")
    _, (line,) = collect([tmp_path / "in"], ROSTER, SHEETS)
    assert line.reason == "its name is not UTF-8. Rename it."
    line.path.encode()  # can be printed


def test_a_zip_bomb_is_cut_off_while_it_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("s1_history.ipynb", b" " * 30_000_000)
    (one,), _ = collect([tmp_path / "bomb.zip"], ROSTER, SHEETS)
    with pytest.raises(Rejected, match="it has more than 1 MB"):
        one.file.read(1_000_000)
    data = (tmp_path / "bomb.zip").read_bytes()
    (tmp_path / "bomb.zip").write_bytes(
        data.replace((30_000_000).to_bytes(4, "little"), (99).to_bytes(4, "little"))
    )
    (one,), _ = collect([tmp_path / "bomb.zip"], ROSTER, SHEETS)
    with pytest.raises(Rejected, match="it can't be read"):  # it claims to be small
        one.file.read(1_000_000)
    assert reasons(archive(tmp_path / "nested.zip", "inner.zip")) == [
        "it is a zip within a zip. Unpack it, and hand in the notebook itself."
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_stored_and_deflated_members_are_read(method, tmp_path):
    """The others unpack a whole block before it can be cut off: a few kilobytes become gigabytes."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", method) as file:
        file.writestr("s1_history.ipynb", b" " * 1_000_000)
    assert reasons(tmp_path / "bomb.zip") == [
        "it is compressed in a rare way. Unpack it yourself, or ask for an ordinary zip."
    ]


def test_times_that_no_calendar_has():
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:  # disks of other kinds don't know such years
        place = folder(Path(name), "a/s1_history.ipynb", "s1_history.ipynb")
        os.utime(place / "a/s1_history.ipynb", (-(10**11), -(10**11)))
        os.utime(place / "s1_history.ipynb", (3 * 10**11, 3 * 10**11))
        (one,), _ = collect([place], ROSTER, SHEETS)
        assert one.when == "s1_history.ipynb, 9999-12-31 23:59"


def test_too_many_files_in_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "MAX_MEMBERS", 2)
    assert reasons(archive(tmp_path / "many.zip", *map(str, range(3)))) == [
        "the zip holds more than 2 files. Unpack those that count."
    ]


def test_damaged_and_locked_zips(tmp_path):
    whole = archive(tmp_path / "in.zip", "s1_history.ipynb", "eve_x_history.ipynb").read_bytes()
    (tmp_path / "in.zip").unlink()
    (tmp_path / "cut.zip").write_bytes(whole[:-40])
    assert reasons(tmp_path) == ["it is damaged or cut off. Unpack it yourself, or ask for it again."]
    (tmp_path / "cut.zip").write_bytes(whole.replace(b"s1_history.ipynbs1", b"s1_history.ipynbXX"))
    submissions, _ = collect([tmp_path / "cut.zip"], ROSTER, SHEETS)
    with pytest.raises(Rejected, match="can't be read"):
        submissions[0].file.read(1000)
    assert submissions[1].file.read(1000) == b"eve_x_history.ipynb"


def test_neither_folder_nor_zip(tmp_path):
    (tmp_path / "marks.csv").write_text("x")
    for place in (tmp_path / "marks.csv", tmp_path / "nothing"):
        with pytest.raises(CourseError, match="neither a folder nor a zip"):
            collect([place], ROSTER, SHEETS)
