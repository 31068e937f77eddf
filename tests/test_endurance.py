"""The trials of endurance/ in small: what they try holds, and each of them can tell when it does not."""

import dataclasses
import os
import random
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace

import nbformat
import pytest

from benchmarks.report import renewed
from course import ROOT
from endurance import (
    bounds,
    browser,
    full_disk,
    hostile,
    in_order,
    inputs,
    kill_grading,
    kill_quiz,
    kill_site,
    kill_votes,
    notebooks,
    pythons,
    reading,
    run,
    serving,
    strict,
)  # fmt: skip
from endurance.trial import SMALL, Result, busy, killed_after
from ruspak.errors import CourseError

NO_BWRAP = pytest.mark.skipif(not shutil.which("bwrap"), reason="no bubblewrap: nothing makes a small disk")


@pytest.fixture
def dice() -> random.Random:
    return random.Random(17)


class TestReport:
    def test_a_name_stands_for_all_that_begin_with_it(self):
        assert run.named(["kill", "inputs"]) == [
            "kill_quiz", "kill_votes", "kill_grading", "kill_site", "kill_env", "inputs",
        ]  # fmt: skip
        assert run.named([]) == run.TRIALS
        with pytest.raises(SystemExit, match="There is no trial 'kil_quiz'. There are: notebooks"):
            run.named(["kil_quiz"])

    def test_a_trial_that_breaks_off_is_a_failure(self, monkeypatch, capsys):
        monkeypatch.setattr(inputs, "READERS", [(1, "broken", None)])
        (found,) = run.tried("inputs", SMALL, 1)
        assert found.what == "the trial itself" and "TypeError" in found.failed[0]

    def test_one_section_is_renewed_and_the_others_stay(self):
        before = run.HEAD + "## notebooks\n\nold\n\n## inputs\n\nstays\n"
        text = run.section("notebooks", SMALL, 7, [Result("all", 3, [f"{ROOT}/x broke"], 1)], 60)
        after = renewed(before, run.HEAD, run.TRIALS, "notebooks", text)
        assert (
            "old" not in after and "stays" in after and after.index("## notebooks") < after.index("## inputs")
        )
        assert "| all | 3 | 1 | 1 |" in after and "seed 7" in after and "**all:** …/x broke" in after

    def test_every_trial_is_there(self):
        assert [name for name in run.TRIALS if (ROOT / "endurance" / f"{name}.py").is_file()] == run.TRIALS


class TestKills:
    def test_all_that_a_command_started_is_killed(self, tmp_path):
        late = tmp_path / "late"
        assert killed_after(1.0, ["sh", "-c", f"(sleep 2; touch {late}) & wait"])
        time.sleep(2)
        assert not late.exists() and not killed_after(20, ["true"])

    def test_answers(self, dice, monkeypatch):
        (found,) = kill_quiz.trial(SMALL, dice)
        assert (found.tried, found.failed, found.lost) == (3, [], 0)
        monkeypatch.setattr(kill_quiz, "append", lambda attempt: time.sleep(0.01))  # says that it is kept
        (found,) = kill_quiz.trial(SMALL, dice)
        assert found.lost >= 3

    def test_votes(self, dice):
        (found,) = kill_votes.trial(dataclasses.replace(SMALL, votes=1), dice)
        assert (found.tried, found.failed, found.lost) == (1, [], 0)

    @pytest.mark.parametrize(
        "answer, lost", [("kept", False), ("sent", False), ("cut off", False), ("other", True), (None, True)]
    )
    def test_a_lost_vote_is_noticed(self, answer, lost):
        mine = None if answer is None else {"answer": answer}
        voter = kill_votes.Voter(SimpleNamespace(state=lambda: {"mine": mine}), {})
        voter.kept, voter.sent = "kept", {"cut off", "sent"}
        assert voter.lost() is lost

    @NO_BWRAP
    def test_marks(self, dice, monkeypatch):
        monkeypatch.setattr(kill_grading, "CLASS", 2)
        (found,) = kill_grading.trial(SMALL, dice)
        assert found.tried >= 1 and (found.failed, found.lost) == ([], 0)

    def test_points_and_tables_of_marks_are_compared(self, tmp_path):
        for name in kill_grading.TABLES:
            (tmp_path / name).write_text("item,points,out_of,seconds\na,,5,1.2\nb,,5,3.4\n", encoding="utf-8")
        before = kill_grading.tables(tmp_path)
        assert kill_grading.give_points(tmp_path / "written.csv") == 2
        assert kill_grading.points(tmp_path / "written.csv") == 2
        after = kill_grading.tables(tmp_path)
        assert after["written.csv"] != before["written.csv"] and after["marks.csv"] == before["marks.csv"]

    def test_a_site_that_lost_a_page_is_noticed(self, tmp_path):
        (tmp_path / "a.html").write_text("a")
        (tmp_path / "b.html").write_text("b")
        before = kill_site.pages(tmp_path)
        (tmp_path / "a.html").write_text("")
        (tmp_path / "b.html").unlink()
        assert kill_site.differ(kill_site.pages(tmp_path), before) == "a.html, b.html"


class TestInputs:
    @pytest.mark.parametrize(
        "weight, what, reader", [one for one in reading.READERS if one[2] is not reading.votes]
    )
    def test_each_reader_stands_some(self, weight, what, reader, dice):
        with reader() as read:
            assert inputs.fed(what, read, 30, dice).failed == []

    def test_a_crash_a_slow_answer_and_a_rejection_are_told_apart(self, dice, monkeypatch):
        def read(dice):
            read.last = "the input"
            raise error

        error = CourseError("no")
        found = inputs.fed("it", read, 3, dice)
        assert found.failed == [] and "3 rejected" in found.remark
        error = KeyError("x")
        assert inputs.fed("it", read, 1, dice).failed == ["KeyError: 'x' for 'the input'"]
        monkeypatch.setattr(inputs, "SLOW", 0.0)
        error = CourseError("no")
        assert "s for 'the input'" in inputs.fed("it", read, 1, dice).failed[0]


class TestSurroundings:
    def test_a_notebook_that_shows_something_else_is_noticed(self, tmp_path):
        cells = [nbformat.v4.new_code_cell(source, id=key) for key, source in (("same", "1"), ("other", "2"))]
        notebook = nbformat.v4.new_notebook(cells=cells)
        for cell in cells:
            data = {"text/plain": "1"}
            cell.outputs = [nbformat.v4.new_output("execute_result", data=data, execution_count=1)]
        nbformat.write(notebook, tmp_path / "a.ipynb")
        assert strict.different(tmp_path / "a.ipynb") == ["other"]
        assert strict.different(tmp_path / "a.ipynb", lax=True) == []

    def test_no_variable_is_set_that_should_be_missing(self, tmp_path, monkeypatch):
        monkeypatch.setenv("PYTHONPATH", "/x")
        assert "HOME" not in hostile.Place("none", [], {"HOME": None}).environ(tmp_path)
        environ = hostile.Place("own", [], {"LC_ALL": "C"}).environ(tmp_path)
        assert (environ["HOME"], environ["LC_ALL"], "PYTHONPATH" in environ) == (str(tmp_path), "C", False)

    def test_all_surroundings_are_made(self, tmp_path):
        (tmp_path / "notebooks").mkdir()
        (tmp_path / "solutions").mkdir()
        found = list(hostile.places(tmp_path, tmp_path))
        assert len(found) == 11 and len({place.what for place in found}) == 11
        with hostile.strangers(tmp_path):
            assert (tmp_path / "notebooks" / "table.py").is_file()
        assert not list(tmp_path.glob("notebooks/*"))

    def test_a_server_that_ends_at_once_is_told(self, tmp_path):
        command = [sys.executable, "-c", "raise SystemExit('no such thing')"]
        with serving.serves(command, tmp_path, dict(os.environ)) as server:
            assert "it ended with 1" in server.why and "no such thing" in server.why

    @NO_BWRAP
    def test_a_full_disk(self, dice, monkeypatch):
        monkeypatch.setattr(full_disk, "CASES", (full_disk.a_file,))
        (found,) = full_disk.trial(SMALL, dice)
        assert (found.tried, found.failed) == (1, [])
        with pytest.raises(AssertionError, match="says nothing"):
            full_disk.rejected(lambda: None)

    def test_a_python_is_found_by_its_version(self):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        told = subprocess.check_output([pythons.find(version), "-V"], text=True)
        assert told.startswith(f"Python {version}.") and pythons.find("3.99") is None

    def test_versions_are_told_of_what_is_named(self):
        assert (
            bounds.versions("pandas==2.2.0\nzipp==3.1\nnumpy==1.26.4 ; x\n") == "pandas 2.2.0, numpy 1.26.4"
        )


class TestUse:
    @pytest.mark.parametrize("last, failed", [(119, 0), (121, 3)])
    def test_memory_that_grows_is_noticed(self, last, failed):
        parts = ("the server", "its kernels", "the page")
        memory = [
            dict.fromkeys(parts, float(value)) for value in [1] * browser.WARM + [100, 100, 110, last, last]
        ]
        assert sum(len(one.failed) for one in browser.grown(memory)) == failed

    def test_notebooks_keep_the_order_of_the_command_line(self):
        names = ["notebooks/05_limits.ipynb", "solutions/01_history.ipynb", "notebooks/01_history.ipynb"]
        items = [SimpleNamespace(path=ROOT / name) for name in sorted(names) * 2]
        in_order.pytest_collection_modifyitems(SimpleNamespace(args=names, rootpath=ROOT), items)
        assert [str(item.path.relative_to(ROOT)) for item in items] == [
            name for name in names for _ in range(2)
        ]

    def test_a_notebook_that_is_not_there_is_a_failure(self):
        assert notebooks.run(["notebooks/09_none.ipynb"])

    def test_the_load_ends_with_the_block(self):
        with busy(1):
            burning = [one for one in children() if one.cmdline()[:2] == ["sh", "-c"]]
            assert len(burning) == 1
        assert not burning[0].is_running()


def children():
    import psutil

    return psutil.Process().children()
