"""What a teacher decides: one new file changes one student, points against the machine's, a deadline with
grace."""

import itertools
import os
import shutil
from datetime import datetime

import pytest
from grading_fixtures.broken import saved, solved
from test_grading_batch import files, mark, own, returned, rows, samples  # noqa: F401  (fixtures)

from ruspak.errors import CourseError
from ruspak.grading.collect.deadline import deadline
from ruspak.sheets import public
from ruspak.sheets.variants import draw


@pytest.fixture
def marked(tmp_path):
    """(submissions, roster, out) of two students and one who handed in nothing, all written points typed."""
    place, roster = returned(tmp_path, 2)
    out = tmp_path / "out"
    mark(place, roster, out)
    text = (out / "written.csv").read_text(encoding="utf-8-sig").replace(",,10,", ",7,10,")
    (out / "written.csv").write_text(text)
    mark(place, roster, out)
    return place, roster, out


def totals(out):
    return {row["student"]: row for row in rows(out / "totals.csv")}


def moodle(out):
    return {row["ID number"]: row["sample"] for row in rows(out / "moodle.csv") if row["sample"]}


def test_one_new_file_alone_changes_only_that_student(marked, tmp_path):
    _, roster, out = marked
    before, pages = totals(out), files(out)
    assert before["s000"]["points"] == "97" and moodle(out)["s000"] == "97"
    (tmp_path / "new").mkdir()
    better = saved(solved("s001", {"sample-9": "**sample-9**, 10 points. Your answer:\n\nIt counts votes."}))
    (tmp_path / "new/s001_sample.ipynb").write_bytes(better)
    summary = mark(tmp_path / "new", roster, out)
    assert (summary.marked, summary.missing) == (2, 1)
    after = totals(out)
    assert after["s000"] | {"note": ""} == before["s000"] | {"note": ""}
    assert "it stands from an earlier run (s000_sample.ipynb, 2023-11-14 22:13)" in after["s000"]["note"]
    assert float(after["s001"]["points"]) > float(before["s001"]["points"])
    assert moodle(out) == {"s000": "97", "s001": after["s001"]["points"]}, (
        "the typed points of the same answer stay"
    )
    assert (out / "feedback/s000_sample.html").exists() and "feedback/s000_sample.html" in pages
    mark(tmp_path / "new", roster, out, forget=True)
    assert (
        totals(out)["s000"]["note"] == "nothing was handed in"
        and not (out / "feedback/s000_sample.html").exists()
    )


def test_what_stands_from_an_earlier_key_is_to_be_looked_at(own, tmp_path):  # noqa: F811
    place, roster = returned(tmp_path, 2)
    mark(place, roster, tmp_path / "out")
    key = own / "solutions/keys/01_sample.py"
    key.write_text(key.read_text() + "\n# another state\n")
    (place / "s000_sample.ipynb").unlink()
    mark(place, roster, tmp_path / "out")
    assert "LOOK: key or course have changed since that run" in totals(tmp_path / "out")["s000"]["note"]
    assert "LOOK" not in totals(tmp_path / "out")["s001"]["note"]


def test_a_classmates_notebook_is_to_be_looked_at_whatever_it_is_worth(tmp_path):
    """By the same variant it has the same points; yet the name in it may be whose work it is."""
    variant = draw(public.read("sample"), "s000")
    twin = next(
        f"t{number}" for number in itertools.count() if draw(public.read("sample"), f"t{number}") == variant
    )
    place, roster = returned(tmp_path, 1, **{twin: saved(solved("s000"))})
    mark(place, roster, tmp_path / "out")
    assert "LOOK: the notebook names 's000', the roster " + twin in totals(tmp_path / "out")[twin]["note"]
    roster.write_text(f"student,variant\ns000,\n{twin},roster\nabsent,\n")
    mark(place, roster, tmp_path / "out")
    assert "LOOK" not in totals(tmp_path / "out")[twin]["note"]


def test_a_name_in_a_classmates_folder_is_no_hand_in(tmp_path):
    place, roster = returned(tmp_path, 1)
    (place / "s000").mkdir()
    (place / "s000/absent_sample.ipynb").write_bytes(saved(solved("absent")))
    summary = mark(place, roster, tmp_path / "out")
    assert (summary.left, summary.missing) == (0, 1)
    note = totals(tmp_path / "out")["absent"]["note"]
    assert "a file of s000 names this student, too (s000/absent_sample.ipynb)" in note
    assert "nothing was handed in" in note


def test_one_student_can_be_marked_anew(marked):
    place, roster, out = marked
    before = {path: path.stat().st_mtime_ns for path in (out / ".work").glob("*.json")}
    mark(place, roster, out, student="S001")
    after = {path: path.stat().st_mtime_ns for path in (out / ".work").glob("*.json")}
    assert sum(after[path] != before[path] for path in before) == 1 and len(after) == len(before)
    assert set(moodle(out)) == {"s000", "s001"}
    with pytest.raises(CourseError, match="the roster has no such id"):
        mark(place, roster, out, student="nobody")


HEAD = "student,sheet,item,points,reason\n"


def test_overrides_are_kept_apart_and_shown(marked):
    place, roster, out = marked
    (out / "overrides.csv").write_text(
        HEAD
        + "S000,sample,sample-1,4.5,The count was told in class.\n"
        + "s001,01_sample,sample-9,10,Read again.\n"
        + 'absent,sample,,60,"An oral exam, instead."\n'
        + "stranger,sample,,60,Of another class.\n",
        encoding="utf-8",
    )
    kept = (out / "overrides.csv").read_bytes()
    before = {(row["student"], row["item"]): row for row in rows(out / "marks.csv")}
    assert "overrides.csv, line 5: there is no student 'stranger'" in str(mark(place, roster, out))
    after = {(row["student"], row["item"]): row for row in rows(out / "marks.csv")}
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {("s000", "sample-1"), ("s001", "sample-9")}
    assert after["s000", "sample-1"]["points"] == "4.5" and after["s000", "sample-1"]["verdict"] == "right"
    said = "Your teacher set these points (before: 10): The count was told in class."
    assert said in after["s000", "sample-1"]["feedback"]
    assert said in (out / "feedback/s000_sample.html").read_text(encoding="utf-8")
    assert moodle(out)["s000"] == "91.5" and moodle(out)["absent"] == "60"
    assert "the total was set by the teacher: An oral exam, instead." in totals(out)["absent"]["note"]
    assert (out / "overrides.csv").read_bytes() == kept
    (out / "overrides.csv").unlink()
    mark(place, roster, out)
    assert {(row["student"], row["item"]): row for row in rows(out / "marks.csv")} == before


@pytest.mark.parametrize(
    "row, message",
    [
        ("s000,sample,sample-77,1,x", "line 2: sample has no item 'sample-77'. It has sample-1"),
        ("s000,sample,sample-1,11,x", "line 2: '11' is no number from 0 to 10"),
        ("s000,sample,sample-1,1,", "line 2: there is no reason. Write one; the student reads it."),
        ("s000,sample,sample-1,,x", "line 2: there are no points"),
        ("s000,sample,,1,x\nS000,01_sample,,2,y", "line 3: this is there twice"),
    ],
)
def test_an_override_that_can_not_be_is_told_before_anything_is_changed(row, message, marked):
    place, roster, out = marked
    before = files(out)
    (out / "overrides.csv").write_text(HEAD + row + "\n")
    with pytest.raises(CourseError, match="overrides.csv, ") as told:
        mark(place, roster, out)
    assert message in str(told.value)
    (out / "overrides.csv").unlink()
    assert files(out) == before


def test_what_was_looked_at_is_free(tmp_path):
    two = solved("ana", {"sample-9": ""})
    two["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": "word = 'against'"})
    place, roster = returned(tmp_path, 0, ana=saved(two), bob=saved(two))
    out = tmp_path / "out"
    assert mark(place, roster, out).looks == 2 and moodle(out) == {}
    (out / "overrides.csv").write_text(
        HEAD
        + "ana,sample,,,The later value was an experiment with the figure.\nbob,sample,sample-8,5,It was right.\n"
    )
    assert mark(place, roster, out).looks == 1, "bob has another variant to look at"
    assert moodle(out)["ana"] == "85" or "names" in totals(out)["ana"]["note"]


def test_a_classmate_is_on_nobodys_page(tmp_path):
    """A file whose path names two students is told to the teacher, in the totals of both, and to no student."""
    place, roster = returned(tmp_path, 0, anna=saved(solved("anna")), bert=saved(solved("bert")))
    (place / "anna").mkdir()
    (place / "anna/bert_sample.ipynb").write_bytes(saved(solved("bert")))
    mark(place, roster, tmp_path / "out")
    told = {
        "anna": "its name fits two students: anna and bert",
        "bert": "a file of anna names this student, too",
    }
    for me, other in (("anna", "bert"), ("bert", "anna")):
        assert told[me] in totals(tmp_path / "out")[me]["note"]
        page = (tmp_path / f"out/feedback/{me}_sample.html").read_text(encoding="utf-8")
        assert other not in page


def test_a_deadline_with_grace_and_extra_time(tmp_path):
    place, _ = returned(tmp_path, 0, intime=saved(solved("intime")), late=b"", more=saved(solved("more")))
    times = {"intime": "18:04", "late": "18:06", "more": "18:34"}
    for name, time in times.items():
        stamp = datetime.fromisoformat(f"2026-12-01 {time}").timestamp()
        (place / f"{name}_sample.ipynb").write_bytes(saved(solved(name)))
        os.utime(place / f"{name}_sample.ipynb", (stamp, stamp))
    roster = tmp_path / "roster.csv"
    roster.write_text("student,extra_minutes\nintime,\nlate,\nmore,30\n")
    out = tmp_path / "out"
    mark(place, roster, out, deadline=deadline("2026-12-01 18:00", grace=5))
    notes = {student: row["note"] for student, row in totals(out).items()}
    assert "LOOK: it came 1 minute after the deadline" in notes["late"]
    assert "deadline" not in notes["intime"] + notes["more"]
    (place / "again").mkdir()
    shutil.copy2(place / "late_sample.ipynb", place / "again/intime_sample.ipynb")
    (place / "again/intime_sample.ipynb").write_bytes(saved(solved("intime", {"sample-1": "calls = 0"})))
    stamp = datetime.fromisoformat("2026-12-01 20:00").timestamp()
    os.utime(place / "again/intime_sample.ipynb", (stamp, stamp))
    mark(place, roster, out, deadline=deadline("2026-12-01 18:00", grace=5))
    assert totals(out)["intime"]["points"] == "90", "a late try does not beat the one in time"
    mark(place, roster, out)
    assert totals(out)["intime"]["points"] == "80"


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-12-01T18:00+05:00", ""])
def test_a_deadline_that_is_none(text):
    with pytest.raises(CourseError, match="this is no time. Write it as 2026-12-01 18:00"):
        deadline(text)
