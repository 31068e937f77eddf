"""A new version of the course comes into a student's folder: what happens to each file, and nothing of theirs is lost."""

import importlib.util
import json
import os
from pathlib import Path

import nbformat
import pytest

HUB = Path(__file__).parent.parent / "deploy" / "hub"
spec = importlib.util.spec_from_file_location("hub_update", HUB / "update.py")
hub = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hub)

NAME = "notebooks/01_history.ipynb"
BESIDE = "notebooks/01_history.new-version.ipynb"


def notebook(text: str, output: str = "") -> str:
    cell = nbformat.v4.new_code_cell(text, id="one")
    if output:
        cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text=output)], 1
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))


class Home:
    """A course and a student's folder. Texts are those of the notebook's one cell."""

    def __init__(self, tmp: Path):
        self.course, self.student = tmp / "course", tmp / "student"
        for folder in hub.FOLDERS:
            (self.course / folder).mkdir(parents=True)

    def publish(self, **texts: str) -> list[str]:
        for name in (self.course / "notebooks").iterdir():
            name.unlink()
        for name, text in texts.items():
            (self.course / "notebooks" / f"{name}.ipynb").write_text(notebook(text), encoding="utf-8")
        return hub.update(self.course, self.student)

    def write(self, text: str, name: str = NAME, output: str = "") -> str:
        (self.student / name).write_text(notebook(text, output), encoding="utf-8")
        return (self.student / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, str]:
        """{name: the text of its cell}, all that the student sees."""
        return {
            path.relative_to(self.student).as_posix(): nbformat.read(path, as_version=4).cells[0].source
            for path in sorted(self.student.rglob("*.ipynb"))
        }


@pytest.fixture
def home(tmp_path) -> Home:
    home = Home(tmp_path)
    assert home.publish(**{"01_history": "old"}) == [f"{NAME}: here."]
    return home


def test_nothing_new_changes_nothing(home):
    assert home.publish(**{"01_history": "old"}) == [] and home.files() == {NAME: "old"}


def test_as_handed_out_is_replaced(home):
    assert home.publish(**{"01_history": "new"}) == [f"{NAME}: new version."]
    assert home.files() == {NAME: "new"}


def test_only_run_is_replaced_and_kept(home):
    ran = home.write("old", output="a result")
    home.publish(**{"01_history": "new"})
    files = home.files()
    assert files.pop(NAME) == "new" and list(files.values()) == ["old"]
    assert (home.student / next(iter(files))).read_text(encoding="utf-8") == ran


def test_changed_by_the_student_alone_stays(home):
    home.write("mine")
    assert home.publish(**{"01_history": "old"}) == [] and home.files() == {NAME: "mine"}


def test_changed_by_both_is_kept_and_the_new_one_comes_beside(home):
    home.write("mine")
    assert home.publish(**{"01_history": "new"}) == [f"{NAME}: yours is kept; the new version is {BESIDE}."]
    assert home.files() == {NAME: "mine", BESIDE: "new"}
    assert home.publish(**{"01_history": "new"}) == []
    home.publish(**{"01_history": "newest"})  # the one beside was not touched: it makes room
    assert home.files() == {NAME: "mine", BESIDE: "newest"}
    home.write("mine, too", BESIDE)
    home.publish(**{"01_history": "last"})
    assert home.files() == {NAME: "mine", BESIDE: "mine, too", BESIDE.replace(".ipynb", "-2.ipynb"): "last"}


def test_the_one_beside_stays_deleted(home):
    home.write("mine")
    home.publish(**{"01_history": "new"})
    (home.student / BESIDE).unlink()
    assert home.publish(**{"01_history": "new"}) == [] and home.files() == {NAME: "mine"}


@pytest.mark.parametrize("text", ["old", "new"])
def test_deleted_by_the_student_comes_back(home, text):
    (home.student / NAME).unlink()
    assert home.publish(**{"01_history": text}) == [f"{NAME}: here."] and home.files() == {NAME: text}


def test_renamed_by_the_student_is_kept_and_the_course_s_comes(home):
    home.write("mine")
    (home.student / NAME).rename(home.student / "notebooks" / "my history.ipynb")
    home.publish(**{"01_history": "new"})
    assert home.files() == {NAME: "new", "notebooks/my history.ipynb": "mine"}


@pytest.mark.parametrize("text, left", [("old", {}), ("mine", {NAME: "mine"})])
def test_renamed_in_the_new_version(home, text, left):
    if text == "mine":
        home.write("mine")
    home.publish(**{"01_past": "new"})
    assert home.files() == left | {"notebooks/01_past.ipynb": "new"}
    home.publish(**{"01_past": "new"})
    assert home.files() == left | {"notebooks/01_past.ipynb": "new"}


def test_run_and_gone_in_the_new_version_stays(home):
    home.write("old", output="a result")
    home.publish(**{"02_security": "x"})
    assert home.files() == {NAME: "old", "notebooks/02_security.ipynb": "x"}


def test_the_student_s_own_file_of_that_name_stays(home):
    home.write("mine", "notebooks/02_security.ipynb")
    home.publish(**{"01_history": "old", "02_security": "x"})
    assert home.files() == {
        NAME: "old", "notebooks/02_security.ipynb": "mine", "notebooks/02_security.new-version.ipynb": "x",
    }  # fmt: skip


def test_a_link_is_not_followed(home, tmp_path):
    other = tmp_path / "other.ipynb"
    other.write_text("not ours", encoding="utf-8")
    (home.student / NAME).unlink()
    (home.student / NAME).symlink_to(other)
    home.publish(**{"01_history": "new"})
    assert other.read_text(encoding="utf-8") == "not ours" and (home.student / NAME).is_symlink()
    assert (home.student / BESIDE).is_file()


def test_a_folder_of_that_name_stays(home):
    (home.student / NAME).unlink()
    (home.student / NAME).mkdir()
    home.publish(**{"01_history": "new"})
    assert (home.student / NAME).is_dir() and (home.student / BESIDE).is_file()


def test_a_file_in_place_of_the_folder_is_told_and_kept(home):
    (home.student / NAME).unlink()
    (home.student / "notebooks").rmdir()
    (home.student / "notebooks").write_text("mine", encoding="utf-8")
    (line,) = home.publish(**{"01_history": "new"})
    assert line.startswith(f"{NAME}: not brought (") and (home.student / "notebooks").read_text() == "mine"


@pytest.mark.parametrize("record", ["", "[]", '{"x": 1}', "[" * 100_000])
def test_a_lost_or_damaged_record_loses_nothing(home, record):
    home.write("mine")
    (home.student / hub.RECORD).write_text(record, encoding="utf-8")
    home.publish(**{"01_history": "new"})
    assert home.files() == {NAME: "mine", BESIDE: "new"}


def test_a_stop_at_any_write_is_mended_by_the_next_start(tmp_path, monkeypatch):
    """Stopped before the 1st, 2nd … file takes its place: the second try ends where one try would have ended."""
    wanted, count = None, 0
    replace = os.replace
    for stop in range(6):
        home = Home(tmp_path / str(stop))
        home.publish(**{"01_history": "old", "02_security": "old", "03_energy": "old"})
        home.write("mine")
        home.write("old", "notebooks/02_security.ipynb", output="a result")
        left = [stop]

        def stopped(*places):
            left[0] -= 1
            if left[0] == -1:
                raise KeyboardInterrupt
            replace(*places)

        monkeypatch.setattr(os, "replace", stopped)
        try:
            home.publish(**{"01_history": "new", "02_security": "new", "03_energy": "new"})
        except KeyboardInterrupt:
            count += 1
        monkeypatch.setattr(os, "replace", replace)
        home.publish(**{"01_history": "new", "02_security": "new", "03_energy": "new"})
        files = home.files()
        earlier = [text for name, text in files.items() if name.startswith("earlier/")]
        rest = {name: text for name, text in files.items() if not name.startswith("earlier/")}
        wanted = wanted or rest
        assert rest == {
            NAME: "mine",
            BESIDE: "new",
            "notebooks/02_security.ipynb": "new",
            "notebooks/03_energy.ipynb": "new",
        }
        assert rest == wanted and set(earlier) == {"old"}
    assert count >= 5


def test_links_lead_to_the_one_copy(home):
    (home.course / "data").mkdir()
    hub.link(home.course, home.student)
    assert os.readlink(home.student / "data") == str(home.course / "data")
    (home.student / "data").unlink()
    (home.student / "data").mkdir()  # the student's own
    hub.link(home.course, home.student)
    assert (home.student / "data").is_dir() and not (home.student / "data").is_symlink()


def test_the_record_says_what_was_handed_out(home):
    assert json.loads((home.student / hub.RECORD).read_bytes()).keys() == {NAME}
