"""A whole batch: resumable at any moment, written answers merged, no run without a sandbox."""

import contextlib
import csv
import functools
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import psutil
import pytest
from grading_fixtures.broken import ANSWERS, SAMPLES, saved, solved

from ruspak.__main__ import main
from ruspak.errors import CourseError
from ruspak.grading import Limits, SandboxMissing, batch, grade, run
from ruspak.grading.collect.walk import File
from ruspak.grading.marking import course, marking
from ruspak.grading.report import written
from ruspak.sheets import public

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = os.environ | {"RUSPAK_SHEETS": str(SAMPLES), "PYTHONPATH": str(ROOT)}
PARTLY = {
    "sample-2": ANSWERS["sample-2"] + "\nshare_pct = 100 - share_pct",
    "sample-8": 'word = "against"',
    "sample-9": "**sample-9**, 10 points. Your answer:\n\nIt counts votes.",
}
SORTS = [
    None,
    PARTLY,
    {"sample-1": "calls = '12%'"},
    {"sample-1": "raise SystemExit"},
    {"sample-9": ""},
    {"sample-4": "shares = 1/0"},
]


@pytest.fixture(autouse=True)
def samples(monkeypatch):
    monkeypatch.setenv("RUSPAK_SHEETS", str(SAMPLES))
    public.read.cache_clear()
    yield
    public.read.cache_clear()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def returned(folder: Path, count: int, **more: bytes) -> tuple[Path, Path]:
    """A folder with `count` mixed submissions and more, and a roster with one student who handed in
    nothing."""
    (folder / "in").mkdir(parents=True)
    data = {
        f"s{number:03}": saved(solved(f"s{number:03}", SORTS[number % len(SORTS)])) for number in range(count)
    }
    data |= more
    for student, submission in data.items():
        (folder / "in" / f"{student}_sample.ipynb").write_bytes(submission)
        os.utime(folder / "in" / f"{student}_sample.ipynb", (1_700_000_000,) * 2)
    (folder / "roster.csv").write_text("student\n" + "".join(f"{student}\n" for student in [*data, "absent"]))
    return folder / "in", folder / "roster.csv"


def files(out: Path) -> dict[str, bytes]:
    """All reports but for the one with the times."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".work" not in path.parts and path.name != "times.csv"
    }


@functools.cache
def _worker() -> ProcessPoolExecutor:
    """One worker with its sandbox for all batches of the sample sheet, as starting them takes most of the time of a
    small batch. The tests of the command and of `grade` have workers of their own."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, spawn, batch._begin, (spawn.Value("i", 0),))


_marked: dict[marking.Job, Future] = {}


def _submit(function, job: marking.Job) -> Future:
    """Many tests hand in the same notebooks. A mark follows from its job alone (test_grading_same), so each is worked
    once, and what failed again."""
    if job not in _marked or _marked[job].exception():
        _marked[job] = _worker().submit(function, job)
    return _marked[job]


def mark(*arguments, **options):
    """Grade with one worker. A worker keeps the key that it has read, so a sheet that is changed gets new ones."""
    with pytest.MonkeyPatch.context() as patch:
        if public.home() == SAMPLES and "limits" not in options:
            patch.setattr(batch, "_executor", lambda *_: contextlib.nullcontext((_submit, 2)))
        return grade(*arguments, workers=1, **options)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "ruspak", "grade", *map(str, arguments)]


def results(out: Path) -> int:
    return len(list((out / ".work").glob("*.json")))


def test_killed_half_way_and_at_the_end_it_goes_on_with_the_same_marks(tmp_path):
    place, roster = returned(tmp_path, 8)
    mark(place, roster, tmp_path / "whole")
    out = tmp_path / "out"
    for enough in (2, 8):
        going = subprocess.Popen(
            command(place, "--roster", roster, "--out", out, "--workers", 1),
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
        )
        while results(out) < enough:
            assert going.poll() is None
            time.sleep(0.005)
        under_it = psutil.Process(going.pid).children(recursive=True)
        going.send_signal(signal.SIGKILL)
        going.wait()
        _, alive = psutil.wait_procs(under_it, timeout=60)
        assert not alive, "a worker or a sandbox outlived the command"
        assert set(files(out)) <= set(files(tmp_path / "whole")), "something half-written was left"
        before = results(out)
        assert before >= enough
    marked = []
    summary = mark(place, roster, out, say=lambda done, of: marked.append(done))
    assert files(out) == files(tmp_path / "whole")
    assert summary.marked == 8 and results(out) == 8
    assert not list(out.rglob("*.tmp"))


def test_a_result_is_kept_only_for_what_it_follows_from(tmp_path):
    place, roster = returned(tmp_path, 2)
    out = tmp_path / "out"
    mark(place, roster, out)
    kept = {path: path.stat().st_mtime_ns for path in (out / ".work").glob("*.json")}
    assert len(kept) == 2
    whole, damaged = kept
    damaged.write_text(damaged.read_text()[:50])
    (place / "s002_sample.ipynb").write_bytes(saved(solved("s002")))
    (tmp_path / "roster.csv").write_text("student\ns000\ns001\ns002\n")
    assert mark(place, roster, out).marked == 3
    assert results(out) == 3 and whole.stat().st_mtime_ns == kept[whole] and damaged.read_text().endswith("}")
    (place / "s001_sample.ipynb").write_bytes(saved(solved("s001", {"sample-1": "calls = 0"})))
    mark(place, roster, out, limits=Limits(seconds=30))
    assert results(out) == 6, "other limits may give other marks"
    assert [row["points"] for row in rows(out / "marks.csv") if row["item"] == "sample-1"] == [
        "10",
        "0",
        "10",
    ]


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A copy of the sample sheet, to be changed."""
    shutil.copytree(SAMPLES, tmp_path / "own")
    monkeypatch.setenv("RUSPAK_SHEETS", str(tmp_path / "own"))
    return tmp_path / "own"


CHANGES = {
    "solutions/keys/01_sample.py": ("These are the calls", "Those are the calls"),
    "exercises/01_sample.json": ("number of roll calls", "number of calls"),
    "exercises/01_sample.ipynb": ("roll calls", "calls"),
}


def test_a_changed_key_or_sheet_makes_new_results(own, tmp_path):
    place, roster = returned(tmp_path, 1)
    mark(place, roster, tmp_path / "out")
    for number, (name, (old, new)) in enumerate(CHANGES.items(), start=2):
        text = (own / name).read_text()
        assert old in text
        (own / name).write_text(text.replace(old, new))
        mark(place, roster, tmp_path / "out")
        assert results(tmp_path / "out") == number, name
        (own / name).write_text(text)
    mark(place, roster, tmp_path / "out")
    assert results(tmp_path / "out") == 1 + len(CHANGES), "the first one is known still"


def test_a_result_follows_from_code_tables_and_what_computes(own, tmp_path, monkeypatch):
    root = tmp_path / "course"
    for path in ("ruspak/grading/a.py", "data/course/a.csv", "data/datapackage.json"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("1")
    monkeypatch.setattr(course, "ROOT", root)
    prints = []

    def look() -> None:
        course.fingerprint.cache_clear()
        prints.append(course.fingerprint(str(own), "sample"))

    look()
    for path in ("ruspak/grading/a.py", "data/course/a.csv", "data/datapackage.json"):
        (root / path).write_text("2")
        look()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "4.0")
        look()
    for package in ("pandas", "numpy"):
        with monkeypatch.context() as patch:
            patch.setattr(course.importlib.metadata, "version", lambda name: "9" if name == package else "1")
            look()
    course.fingerprint.cache_clear()
    assert len(set(prints)) == 7
    assert batch._name(b"", "a", prints[0]) != batch._name(b"", "a", prints[1])


def test_a_key_is_loaded_again_only_where_something_changed(own):
    first = course.key_of(str(own), "sample")
    course.forget()
    assert course.key_of(str(own), "sample") is first
    key, (old, new) = own / "solutions/keys/01_sample.py", CHANGES["solutions/keys/01_sample.py"]
    key.write_text(key.read_text().replace(old, new))
    course.forget()
    assert new in str(course.key_of(str(own), "sample")) and new not in str(first)


def test_another_state_of_the_course_is_told(tmp_path, monkeypatch):
    place, roster = returned(tmp_path, 1)
    with (
        monkeypatch.context() as patch,
        pytest.raises(CourseError, match="course or the key changed while this"),
    ):
        patch.setattr(batch, "fingerprint", lambda *_: "the state before")
        mark(place, roster, tmp_path / "out")
    far = marking.Job(b"", "s", "sample", Limits(), False, str(SAMPLES), "the teacher's state", here=False)
    with pytest.raises(
        CourseError, match="another version of the course, the key, Python, pandas or numpy than"
    ):
        marking.mark(far)


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"state": "marked"}', "x\n{}", "\xff"])
def test_a_damaged_result_is_made_anew(damage, tmp_path):
    store = batch.Store(tmp_path)
    store.put("a", {"state": "marked"})
    assert store.get("a") == {"state": "marked"}
    (tmp_path / "a.json").write_bytes(damage.encode("latin-1"))
    assert store.get("a") is None


def test_points_for_written_answers_are_merged(tmp_path):
    place, roster = returned(tmp_path, 2)
    out = tmp_path / "out"
    assert mark(place, roster, out).waiting == 2
    table = rows(out / "written.csv")
    assert [row["points"] for row in table] == ["", ""] and {row["item"] for row in table} == {"sample-9"}
    assert (
        "s000" not in (out / "written.html").read_text() and "s001" not in (out / "written.html").read_text()
    )
    assert rows(out / "moodle.csv") == []
    text = (out / "written.csv").read_text(encoding="utf-8-sig")
    first, second = (row["code"] for row in table)
    typed = text.replace(f"{first},,10,", f' {first.lower()} ,"7,5",10,=good').replace(
        f"{second},,", f"{second},10,"
    )
    (out / "written.csv").write_text(typed)
    summary = mark(place, roster, out)
    assert summary.waiting == 0
    points = {row["student"]: row["points"] for row in rows(out / "marks.csv") if row["item"] == "sample-9"}
    assert sorted(points.values()) == ["10", "7.5"]
    totals = {row["student"]: row["points"] for row in rows(out / "totals.csv")}
    imported = {row["ID number"]: row["sample"] for row in rows(out / "moodle.csv")}
    assert imported == {student: points for student, points in totals.items() if points}
    assert [row["comment"] for row in rows(out / "written.csv") if row["code"] == first] == ["'=good"]
    (place / "s000_sample.ipynb").write_bytes(saved(solved("s000", {"sample-9": "another answer"})))
    summary = mark(place, roster, out)
    assert summary.waiting == 1, "points belong to an answer, not to a student"
    assert "Typed points that belong to no answer here: 1. They stay in written_before.csv" in str(summary)
    (kept,) = rows(out / "written_before.csv")
    assert kept["code"] in (first, second)
    mark(place, roster, out)
    assert rows(out / "written_before.csv") == [kept], "typed points are never lost"


def typed_points(out: Path) -> dict[str, str]:
    return {row["student"]: row["points"] for row in rows(out / "marks.csv") if row["item"] == "sample-9"}


def test_points_come_back_with_the_roster_and_the_answer(tmp_path):
    place, roster = returned(tmp_path, 1, ana=saved(solved("ana", {"sample-9": "mine"})))
    out, whole = tmp_path / "out", (tmp_path / "roster.csv").read_text()
    mark(place, roster, out)
    text = (out / "written.csv").read_text(encoding="utf-8-sig")
    (out / "written.csv").write_text(text.replace(",,10,", ",7,10,well said"))
    assert mark(place, roster, out).stray == 0
    for students, stray in (("s000\n", 1), ("absent\n", 2), ("absent\n", 2), ("ana\n", 1)):
        roster.write_text(f"student\n{students}")
        assert mark(place, roster, out).stray == stray
    roster.write_text(whole)
    summary = mark(place, roster, out)
    assert (summary.waiting, summary.stray) == (0, 0) and set(typed_points(out).values()) == {"7"}
    assert {row["comment"] for row in rows(out / "written.csv")} == {"well said"}
    text = (out / "written.csv").read_text(encoding="utf-8-sig")
    (out / "written.csv").write_text(text.replace(",7,10,", ",,10,"))
    assert mark(place, roster, out).waiting == 2, "points that were taken away don't come back"
    roster.write_text("student\nabsent\n")
    mark(place, roster, out)
    roster.write_text(whole)
    assert mark(place, roster, out).waiting == 2


def test_a_kill_between_the_two_tables_loses_no_points(tmp_path, monkeypatch):
    place, roster = returned(tmp_path, 1)
    out, whole = tmp_path / "out", (tmp_path / "roster.csv").read_text()
    mark(place, roster, out)
    text = (out / "written.csv").read_text(encoding="utf-8-sig")
    (out / "written.csv").write_text(text.replace(",,10,", ",7,10,"))

    def killed(path, *rest):
        if path.name == "written.csv":
            raise KeyboardInterrupt
        write_csv(path, *rest)

    write_csv = written.write_csv
    for students in ("student\nabsent\n", whole):
        roster.write_text(students)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(written, "write_csv", killed)
            mark(place, roster, out)
        mark(place, roster, out)
    assert typed_points(out) == {"s000": "7"}


def test_points_of_one_item_are_not_for_another(tmp_path):
    place, roster = returned(tmp_path, 1)
    out = tmp_path / "out"
    mark(place, roster, out)
    text = (out / "written.csv").read_text(encoding="utf-8-sig")
    code = rows(out / "written.csv")[0]["code"]
    assert re.fullmatch("[B-DF-HJ-NP-TV-XZ]{4}(-[B-DF-HJ-NP-TV-XZ]{4}){3}", code)
    (out / "written.csv").write_text(text + f"sample-10,{code},9,10,\n")
    assert mark(place, roster, out).stray == 1
    assert typed_points(out) == {"s000": ""} and rows(out / "written_before.csv")[0]["points"] == "9"


@pytest.mark.parametrize(
    "points, message",
    [
        (
            "eleven",
            "written.csv, line 2, answer BCD: 'eleven' is no number from 0 to 10 with at most two digits "
            "after "
            "the point. Correct it and run again; nothing was changed.",
        ),
        ("5.125", "'5.125' is no number from 0 to 10 with at most two digits after the point"),
        ("11", "'11' is no number from 0 to 10"),
        ("-1", "'-1' is no number"),
        ("1e1", "'1e1' is no number"),
        ("nan", "'nan' is no number"),
    ],
)
def test_bad_points_are_rejected_before_anything_runs(points, message, tmp_path):
    place, roster = returned(tmp_path, 1)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/written.csv").write_text(f"item,code,points,out_of,comment\nsample-9,BCD,{points},12,\n")
    before = files(tmp_path / "out")
    with pytest.raises(CourseError) as error:
        grade(place, roster, tmp_path / "out")
    assert message in str(error.value)
    assert files(tmp_path / "out") == before and not (tmp_path / "out/.work").exists()


def test_an_answer_with_points_twice_is_rejected(tmp_path):
    place, roster = returned(tmp_path, 1)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/written.csv").write_text(
        "item,code,points,out_of\nsample-9,BCD,3,10\nsample-9,BCD,4,10\n"
    )
    with pytest.raises(CourseError, match="line 3, answer BCD: this answer is there twice"):
        grade(place, roster, tmp_path / "out")


def test_the_roster_decides_the_variant(tmp_path):
    place, roster = returned(
        tmp_path,
        0,
        honest=saved(solved("honest")),
        thief=saved(solved("honest")),
        nobody=saved(solved("")),
        HONEST_too=saved(solved("  HONEST_TOO ")),
    )
    mark(place, roster, tmp_path / "out")
    totals = {row["student"]: row for row in rows(tmp_path / "out/totals.csv")}
    assert totals["honest"]["points"] == totals["HONEST_too"]["points"] == "90"
    assert float(totals["thief"]["points"]) < 90
    assert (
        "LOOK: the notebook names 'honest', the roster thief; that is another student of the roster, "
        "honest. Without "
        f"written answers, marked as thief: {totals['thief']['points']} points; as worked: 90. You decide: "
        f"write roster "
        "or notebook into the column variant of the roster." in totals["thief"]["note"]
    )
    assert "the notebook names no student" in totals["nobody"]["note"]
    assert "names" not in totals["honest"]["note"] + totals["HONEST_too"]["note"]


def test_without_bubblewrap_nothing_runs(tmp_path):
    spy = solved("spy", {"sample-1": f"open({str(tmp_path / 'ran')!r}, 'w')"})
    place, roster = returned(tmp_path, 1, spy=saved(spy))
    (tmp_path / "bin").mkdir()
    bare = ENVIRONMENT | {"PATH": str(tmp_path / "bin")}
    words = command(place, "--roster", roster, "--out", tmp_path / "out")
    rejected = subprocess.run(words, env=bare, capture_output=True, text=True)
    assert rejected.returncode == 1
    assert "apt install bubblewrap" in rejected.stderr and "Traceback" not in rejected.stderr
    assert not (tmp_path / "ran").exists() and not (tmp_path / "out/marks.csv").exists()
    words += ["--unsafe-no-sandbox", "--workers", "1"]
    unsafe = subprocess.run(words, env=bare, capture_output=True, text=True)
    assert unsafe.returncode == 0, unsafe.stderr
    assert unsafe.stderr.startswith("WARNING: no sandbox.")
    assert (tmp_path / "ran").exists(), "this is what the warning is about"
    assert unsafe.stdout.startswith("2 sheets marked, 0 not readable, 1 not handed in.")


def test_the_function_says_so_too(tmp_path, monkeypatch):
    place, roster = returned(tmp_path, 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxMissing):
        grade(place, roster, tmp_path / "out")


def test_an_error_of_the_key_stops_it_with_one_line(tmp_path, monkeypatch):
    place, roster = returned(tmp_path, 1)
    with pytest.raises(CourseError, match="there is no key for 'trade'. Known: sample"):
        grade(place, roster, tmp_path / "out", sheet="trade")
    monkeypatch.setenv("RUSPAK_SHEETS", str(tmp_path))
    with pytest.raises(CourseError, match="solutions/keys: there is no key. A private key"):
        grade(place, roster, tmp_path / "out")


def test_marks_do_not_go_among_the_submissions(tmp_path):
    place, roster = returned(tmp_path, 1)
    with pytest.raises(CourseError, match="among the submissions"):
        mark(place, roster, place / "marks")
    assert not (place / "marks").exists()


def test_two_runs_at_once_do_not_mix(tmp_path):
    place, roster = returned(tmp_path, 1)
    with run._alone(tmp_path / "out"), pytest.raises(CourseError, match="another run is writing there"):
        grade(place, roster, tmp_path / "out")


def test_errors_of_the_disk_are_one_line(tmp_path):
    place, roster = returned(tmp_path, 1)
    words = command(place, "--roster", roster, "--out", tmp_path / "out", "--workers", 1)
    full = subprocess.run(
        ["prlimit", "--fsize=3000", *words], env=ENVIRONMENT, capture_output=True, text=True
    )
    assert (full.returncode, full.stderr.count("\n")) == (
        1,
        1,
    ) and "File too large. What was marked" in full.stderr
    (tmp_path / "out/class.html").mkdir()
    taken = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True)
    assert taken.returncode == 1
    assert taken.stderr == (
        f"{tmp_path}/out/class.html: Is a directory. What was marked is kept: mend that or make "
        "room, and run the same command again.\n"
    )


def test_a_terminal_that_knows_few_letters(tmp_path):
    place, roster = returned(tmp_path, 0, s1=b"")
    (place / "Зоя_sample.ipynb").write_bytes(b"")
    told = subprocess.run(
        command(place, "--roster", roster, "--out", tmp_path / "out", "--workers", 1),
        env=ENVIRONMENT | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0 and "left out: ???_sample.ipynb: '???' is not in the roster" in told.stdout, (
        told.stderr
    )


@pytest.mark.parametrize(
    "option, value",
    [("--seconds", "nan"), ("--memory-mb", "99999999999999"), ("--notebook-mb", "inf"), ("--workers", "0")],
)
def test_limits_that_can_not_be_meant_are_rejected(option, value, tmp_path, capfd):
    place, roster = returned(tmp_path, 1)
    words = command(place, "--roster", roster, "--out", tmp_path / "out", option, value)
    assert main(words[3:]) == 1 and not (tmp_path / "out").exists()
    assert capfd.readouterr() == (
        "",
        f"{option} {value}: a limit is a number above 0 and up to 1000000. Give such a one.\n",
    )


def test_ctrl_c_ends_it_at_once(tmp_path):
    loop = solved("loop", {"sample-1": "while True: pass"})
    place, roster = returned(tmp_path, 0, **{f"loop{number}": saved(loop) for number in range(8)})
    words = command(place, "--roster", roster, "--out", tmp_path / "out", "--workers", 2, "--seconds", 300)
    going = subprocess.Popen(
        words,
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a shell's background job ignores it
    )
    program = psutil.Process(going.pid)

    def runs(one: psutil.Process) -> bool:
        try:
            return "worker.py" in " ".join(one.cmdline())
        except psutil.Error:  # it has ended between the two looks
            return False

    while sum(map(runs, program.children(recursive=True))) < 2 * 4:
        assert (
            going.poll() is None
        )  # both sandboxes run a loop: bubblewrap twice, warm process, pid 1, student
        time.sleep(0.1)
    under_it = program.children(recursive=True)
    os.killpg(going.pid, signal.SIGINT)
    assert going.wait(120) == 130  # a machine at load 10
    assert going.stderr.read() == "\nStopped. What was marked is kept: run the same command to go on.\n"
    assert not psutil.wait_procs(under_it, timeout=60)[1]


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="there is one core only")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_of_either_kind_mark_alike_and_leave_the_lock_alone(method, tmp_path):
    """A copy of a program with one thread, a fresh one where there are more; neither keeps the next run out."""
    place, roster = returned(tmp_path, 1)
    program = f"""
import multiprocessing, sys, threading, time
from ruspak.grading import batch, grade
if __name__ == "__main__":
    if {method!r} == "spawn":
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    assert batch._start_method() == {method!r}
    begin, held = batch._begin, []
    def look(counter, lock=None):
        begin(counter, lock)
        names = [os.readlink(one.path) for one in os.scandir("/proc/self/fd") if os.path.islink(one.path)]
        assert not [name for name in names if name.endswith("/.work/lock")], names
    import os
    if {method!r} == "fork":
        batch._begin = look
    print(grade(*sys.argv[1:], workers=1))
"""
    (tmp_path / "program.py").write_text(program)
    words = [sys.executable, tmp_path / "program.py", place, roster, tmp_path / "out"]
    ran = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True)
    assert "1 sheets marked" in ran.stdout, ran.stderr
    assert rows(tmp_path / "out/totals.csv")[0]["points"] == "90"


def test_workers_have_cores_of_their_own(tmp_path):
    """So that a submission that starts many loops slows no neighbour."""
    where = "import os, time\ntime.sleep(1)\nraise ValueError("  # so long that either worker gets some
    tell = solved("s", {"sample-1": where + "sorted(os.sched_getaffinity(0)))"})
    place, roster = returned(tmp_path, 0, **{f"s{number}": saved(tell) for number in range(6)})
    grade(place, roster, tmp_path / "out", workers=2)
    told = re.findall(r"ValueError: (\[.*?\])", (tmp_path / "out/totals.csv").read_text(encoding="utf-8-sig"))
    assert len(told) == 6 and set(told) == {f"[{core}]" for core in sorted(os.sched_getaffinity(0))[:2]}


def test_a_sheet_can_be_named_by_its_notebook(tmp_path):
    place, roster = returned(tmp_path, 1)
    assert mark(place, roster, tmp_path / "out", sheet="01_sample").marked == 1


def test_only_a_few_submissions_are_in_memory(tmp_path, monkeypatch):
    """A submission is read only when there is room for it: at most twice as many as workers, and one, are
    ahead."""
    place, roster = returned(tmp_path, 12)
    read, ahead = [], []
    take = File.read
    monkeypatch.setattr(File, "read", lambda file, limit: read.append(file) or take(file, limit))
    grade(place, roster, tmp_path / "out", workers=1, say=lambda done, of: ahead.append(len(read) - done))
    assert len(read) == 12 and max(ahead) <= 3


def test_the_command_helps(capfd):
    told = subprocess.run(
        [sys.executable, "-m", "ruspak", "grade", "--help"], env=ENVIRONMENT, capture_output=True, text=True
    )
    assert told.returncode == 0 and "--unsafe-no-sandbox" in told.stdout
    assert main(["--help"]) == 0 and "mark returned sheets" in capfd.readouterr().out
    assert main(["mark"]) == 2 and "usage: python -m ruspak" in capfd.readouterr().err
