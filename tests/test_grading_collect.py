"""Submissions are found in every layout, and what isn't one is listed."""
import os
import stat
import zipfile
from pathlib import Path

import pytest

from ruspak.errors import CourseError
from ruspak.grading import collect as room
from ruspak.grading.collect import Refused, collect
from ruspak.grading.roster import Roster, Student

SHEETS = {"history": "01_history", "trade": "04_trade"}
ANA = Student("s1", "Ana María Ruiz", moodle_id="4711", canvas_id="901")
BOB = Student("2026-017", "Khan, Bob")
EVE = Student("eve_x", "Eve Roy")
ROSTER = Roster([ANA, BOB, EVE, Student("t1", "Same Name"), Student("t2", "Same Name")])


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
    submissions, left_out = collect(place, ROSTER, SHEETS, only)
    assert left_out == []
    return {(one.student.student, one.sheet): one.file.path for one in submissions}


def reasons(place: Path) -> list[str]:
    submissions, left_out = collect(place, ROSTER, SHEETS)
    assert submissions == []
    return [one.reason for one in left_out]


LAYOUTS = {
    "s1_history.ipynb": ("s1", "history"), "S1_01_history.ipynb": ("s1", "history"),
    "2026-017_04_trade.ipynb": ("2026-017", "trade"), "eve_x_history (2).ipynb": ("eve_x", "history"),
    "submitted/s1/homework/01_history.ipynb": ("s1", "history"),
    "submitted/s1/history/my work.ipynb": ("s1", "history"),
    "course/submitted/2026-017/trade/04_trade.ipynb": ("2026-017", "trade"),
    "eve_x/01_history.ipynb": ("eve_x", "history"),
    "Ana María Ruiz_4711_assignsubmission_file/01_history.ipynb": ("s1", "history"),
    "Ana María Ruiz_4711_assignsubmission_file_/deep/01_history.ipynb": ("s1", "history"),
    "Participant_4711_assignsubmission_file_01_history.ipynb": ("s1", "history"),
    "Bob Khan_4712_assignsubmission_file/04_trade.ipynb": ("2026-017", "trade"),
    "ruizanamara_901_555_01_history.ipynb": ("s1", "history"),
    "anon_LATE_901_555_01_history-1.ipynb": ("s1", "history"),
    "khanbob_LATE_902_556_04_trade.ipynb": ("2026-017", "trade"),
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
    assert found(tmp_path) == {("s1", "history"): "history.zip/s1_history.ipynb",
                               ("s1", "trade"): "trade.zip/s1_trade.ipynb",
                               ("2026-017", "history"): "more/2026-017_history.ipynb"}


def test_a_student_can_not_hand_in_for_another(tmp_path):
    """What Moodle or Canvas says goes before the name that the student chose."""
    place = folder(tmp_path, "Bob Khan_4712_assignsubmission_file/s1_history.ipynb",
                   "Bob Khan_4712_assignsubmission_file/submitted/s1/trade/04_trade.ipynb")
    assert set(found(place)) == {("2026-017", "history"), ("2026-017", "trade")}
    place = folder(tmp_path / "canvas", "khanbob_902_556_s1_history.ipynb")
    assert set(found(place)) == {("2026-017", "history")}


def test_the_newest_try_counts(tmp_path):
    submissions, _ = collect(folder(tmp_path, "b/s1_history.ipynb", "s1_history (1).ipynb", "a/s1_history.ipynb"),
                             ROSTER, SHEETS)
    assert [(one.file.path, one.tries) for one in submissions] == [("a/s1_history.ipynb", 3)]
    assert submissions[0].when == "a/s1_history.ipynb, 2023-11-14 22:13"
    canvas = archive(tmp_path / "canvas.zip", "ruizanamara_901_555_01_history.ipynb",
                     "ruizanamara_901_1000_01_history-1.ipynb")
    assert found(canvas) == {("s1", "history"): "ruizanamara_901_1000_01_history-1.ipynb"}


def test_one_sheet_can_be_asked_for(tmp_path):
    folder(tmp_path, "s1/work.ipynb", "2026-017_trade.ipynb", "eve_x_history.ipynb")
    assert found(tmp_path, only="history") == {("s1", "history"): "s1/work.ipynb",
                                               ("eve_x", "history"): "eve_x_history.ipynb"}


@pytest.mark.parametrize("name, reason", {
    "stranger_history.ipynb": "'stranger' is not in the roster",
    "submitted/stranger/history/01_history.ipynb": "'stranger' is not in the roster",
    "history.ipynb": "its name tells no student",
    "s1_nothing.ipynb": "its name tells no student",
    "s1/work.ipynb": "its name tells no sheet (known: history, trade)",
    "report.pdf": "it is not a notebook",
    "Same Name_1_assignsubmission_file/01_history.ipynb": "Moodle's 'Same Name', number 1, is not in the roster",
    "nobody_1_2_01_history.ipynb": "Canvas's 'nobody', number 1, is not in the roster",
}.items())
def test_what_is_left_out_and_why(name, reason, tmp_path):
    line, = reasons(folder(tmp_path, name))
    assert reason in line


def test_names_that_lead_elsewhere(tmp_path):
    place = tmp_path / "evil.zip"
    archive(place, "../s1_history.ipynb", "/etc/s1_history.ipynb", "a/../../s1_history.ipynb", "C:\\s1_history.ipynb",
            "..\\s1_history.ipynb")
    assert reasons(place) == ["its name leads out of the zip. It is not touched; rename the file."] * 5
    assert sorted(os.listdir(tmp_path)) == ["evil.zip"]


def test_links_and_devices(tmp_path):
    (tmp_path / "secret").write_text("key")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/s1_history.ipynb").symlink_to(tmp_path / "secret")
    (tmp_path / "in/dir").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in/eve_x_history.ipynb")
    link = "it is a link to elsewhere. Links are not followed: hand in the file itself."
    assert sorted(reasons(tmp_path / "in")) == [link, link, "it is no ordinary file. Hand in the notebook itself."]
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as file:
        link = zipfile.ZipInfo("s1_history.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    assert reasons(tmp_path / "in.zip") == ["it is a link or device in a zip. Hand in the file itself."]


def test_names_too_long_or_not_utf_8(tmp_path):
    assert reasons(archive(tmp_path / "long.zip", "s" * 400 + "_history.ipynb")) == [
        "its name has more than 255 characters. Rename it."]
    (tmp_path / "in").mkdir()
    (tmp_path / "in").joinpath(os.fsdecode(b"s1\xff_history.ipynb")).write_text("x")
    _, (line,) = collect(tmp_path / "in", ROSTER, SHEETS)
    assert line.reason == "its name is not UTF-8. Rename it."
    line.path.encode()  # can be printed


def test_a_zip_bomb_is_cut_off_while_it_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("s1_history.ipynb", b" " * 30_000_000)
    (one,), _ = collect(tmp_path / "bomb.zip", ROSTER, SHEETS)
    with pytest.raises(Refused, match="it has more than 1 MB"):
        one.file.read(1_000_000)
    data = (tmp_path / "bomb.zip").read_bytes()
    (tmp_path / "bomb.zip").write_bytes(data.replace((30_000_000).to_bytes(4, "little"), (99).to_bytes(4, "little")))
    (one,), _ = collect(tmp_path / "bomb.zip", ROSTER, SHEETS)
    with pytest.raises(Refused, match="it can't be read"):  # it claims to be small
        one.file.read(1_000_000)
    assert reasons(archive(tmp_path / "nested.zip", "inner.zip")) == [
        "it is a zip within a zip. Unpack it, and hand in the notebook itself."]


def test_too_many_files_in_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MAX_MEMBERS", 2)
    assert reasons(archive(tmp_path / "many.zip", *map(str, range(3)))) == [
        "the zip holds more than 2 files. Unpack those that count."]


def test_damaged_and_locked_zips(tmp_path):
    whole = archive(tmp_path / "in.zip", "s1_history.ipynb", "eve_x_history.ipynb").read_bytes()
    (tmp_path / "in.zip").unlink()
    (tmp_path / "cut.zip").write_bytes(whole[:-40])
    assert reasons(tmp_path) == ["it is damaged or cut off. Unpack it yourself, or ask for it again."]
    (tmp_path / "cut.zip").write_bytes(whole.replace(b"s1_history.ipynbs1", b"s1_history.ipynbXX"))
    submissions, _ = collect(tmp_path, ROSTER, SHEETS)
    with pytest.raises(Refused, match="can't be read"):
        submissions[0].file.read(1000)
    assert submissions[1].file.read(1000) == b"eve_x_history.ipynb"


def test_neither_folder_nor_zip(tmp_path):
    (tmp_path / "marks.csv").write_text("x")
    for place in (tmp_path / "marks.csv", tmp_path / "nothing"):
        with pytest.raises(CourseError, match="neither a folder nor a zip"):
            collect(place, ROSTER, SHEETS)
