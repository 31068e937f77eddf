"""Nothing that reads a student's text runs unbounded: what trips is named in its line, and the batch goes
on."""

import functools
import json
import os
import re
import signal
import subprocess
import sys
import time

import psutil
import pytest
from grading_fixtures.broken import ANSWERS, SAMPLES, saved, solved
from test_grading_batch import mark, returned, rows, samples  # noqa: F401  (samples is used by itself)

from course import ROOT
from ruspak.errors import CourseError
from ruspak.grading import Limits
from ruspak.grading.collect.cells import Unreadable
from ruspak.grading.collect.notebook import read
from ruspak.grading.collect.owners import sheet_of, whose
from ruspak.grading.collect.roster import Roster, Student
from ruspak.grading.collect.walk import Rejected
from ruspak.grading.files import safe_cell, safe_name, typed_cell
from ruspak.grading.marking import marking, reading
from ruspak.grading.marking.bounded import Bounded, Exceeded
from ruspak.grading.marking.course import fingerprint
from ruspak.grading.marking.outcome import outcome
from ruspak.grading.sandbox import Ran
from ruspak.grading.text import clean, escaped, said, shown
from ruspak.sheets import public


def double(number):
    return 2 * number


def loop():
    while True:
        pass


def pattern():
    re.match("(a+)+b", "a" * 60)  # holds Python's lock: no signal handler of Python's would run


def memory():
    return len(bytes(10**9) * 2)


def end():
    os._exit(0)


def much():
    return "x" * 9 * 2**20


def fail():
    raise ValueError("\x1b[31m of a student")


def key():
    raise CourseError("the key is wrong")


@pytest.fixture
def reader():
    one = Bounded(
        {each.__name__: each for each in (double, loop, pattern, memory, end, much, fail, key)}, seconds=0.5
    )
    yield one
    one.close()


@pytest.mark.parametrize(
    "name, why",
    {
        "loop": "more than 0.5 seconds",
        "pattern": "more than 0.5 seconds",
        "memory": "more than 512 MB of memory",
        "end": "the process that reads it ended",
        "much": "more than 512 MB of memory",
        "fail": "reading it failed (ValueError)",
    }.items(),
)
def test_what_goes_beyond_the_limits_ends_alone(name, why, reader):
    for calls in (0, 1):  # in a fresh process, and in one that has worked before
        if calls:
            assert reader.call("double", 4) == 8
        with pytest.raises(Exceeded) as told:
            reader.call(name)
        assert why in str(told.value)
    assert reader.call("double", 4) == 8


def test_an_error_of_the_course_is_no_students(reader):
    with pytest.raises(CourseError, match="the key is wrong"):
        reader.call("key")


ALONE = """
import sys
from ruspak.grading.marking.bounded import Bounded
def loop():
    while True: pass
one = Bounded({"loop": loop}, seconds=600)
one._fork()
print(one._pid, flush=True)
one.call("loop")
"""


def test_it_dies_with_the_program_even_while_it_loops():
    going = subprocess.Popen([sys.executable, "-c", ALONE], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    reader = psutil.Process(int(going.stdout.readline()))
    while reader.cpu_times().user < 0.2:
        time.sleep(0.02)
    going.send_signal(signal.SIGKILL)
    going.wait()
    assert not psutil.wait_procs([reader], timeout=20)[1]


# --- whole batches --------------------------------------------------------------------------------------------------


def heavy(student: str) -> bytes:
    """19 MB of JSON that Python makes 700 MB of."""
    return saved(solved(student)).replace(
        b'"metadata": {}', b'"metadata": {"x": [' + b"[{}]," * 3_850_000 + b"[]]}", 1
    )


def test_a_submission_that_trips_is_named_and_the_batch_goes_on(tmp_path):
    place, roster = returned(tmp_path, 2, heavy=heavy("heavy"))
    kept = []
    for _ in range(2):
        summary = mark(place, roster, tmp_path / "out")
        assert (summary.marked, summary.unreadable) == (2, 1)
        (line,) = [row for row in rows(tmp_path / "out/totals.csv") if row["student"] == "heavy"]
        assert "the notebook can't be read: it takes more than 512 MB of memory" in line["note"]
        kept.append({path: path.stat().st_mtime_ns for path in (tmp_path / "out/.work").glob("*.json")})
    assert len(kept[0]) >= 3 and kept[0] == kept[1], "a second run does not read it again"


# What stopped or slowed the marking of a class once, each as the value of an answer.
ONCE = {
    "spaces": ("sample-2", 'share_pct = "1" + " " * 100_000 + "x"'),
    "accents": ("sample-4", 'shares = pd.Series({"a" + "\\u0301\\u0327" * 80_000: 1.0})'),
    "digits": ("sample-1", "calls = '1,' * 90_000"),
    "labels": ("sample-7", "partners = ['a' + chr(0x301) * 900] * 90"),
    "claims": ("sample-3", 'STUDENT = " 1" * 90_000'),
}


def test_what_once_stopped_a_class_takes_no_time(tmp_path):
    texts = {name: saved(solved(name, {id: f"{ANSWERS[id]}\n{cell}"})) for name, (id, cell) in ONCE.items()}
    place, roster = returned(tmp_path, 0, **texts)
    begin = time.monotonic()
    mark(place, roster, tmp_path / "out")
    assert time.monotonic() - begin < 90
    totals = {row["student"]: row for row in rows(tmp_path / "out/totals.csv")}
    for name in ONCE:
        assert "judging" not in totals[name]["note"], "nothing needed its deadline"
        assert float(totals[name]["points"]) >= 40 or name == "claims"


@pytest.fixture
def job():
    home = str(SAMPLES)
    public.read.cache_clear()
    yield marking.Job(
        saved(solved("ana")), "ana", "sample", Limits(), True, home, fingerprint(home, "sample"), here=True
    )
    vars(marking._here).pop("reads", None)  # the next one gets a process of its own


def test_an_answer_that_can_not_be_judged_is_left_to_a_person_and_the_others_count(job, monkeypatch):
    """No text is known that does it. So the judge is given one answer that it never comes back from."""
    judge = reading.judge

    def stuck(item, value, params, own=None):
        return loop() if item.id == "sample-3" else judge(item, value, params, own)

    vars(marking._here).pop("reads", None)
    monkeypatch.setattr(reading, "judge", stuck)
    monkeypatch.setattr(marking, "Bounded", functools.partial(Bounded, seconds=1))
    result = marking.mark(job)
    verdicts = {one["item"]: one["verdict"] for one in result["items"]}
    assert verdicts.pop("sample-3") == "not judged" and set(verdicts.values()) == {"right"}
    assert result["look"] == ["judging sample-3 failed: it takes more than 1 seconds"]


def test_result_that_can_not_be_parsed_costs_two_tries_only(job, monkeypatch):
    vars(marking._here).pop("reads", None)
    monkeypatch.setattr(reading, "outcome", lambda *_: memory())
    result = marking.mark(job)
    assert {one["verdict"] for one in result["items"]} == {"not judged"} and result["state"] == "marked"
    assert result["look"] == [
        f"judging sample-{number} failed: it takes more than 512 MB of memory" for number in (1, 2)
    ]


def test_a_cell_longer_than_anybody_writes_is_cut_before_it_is_read():
    cells = [
        {"cell_type": "code", "source": "#" * 100_001 + "\ncalls = 5"},
        {"cell_type": "code", "source": "calls = 4"},
        {"cell_type": "markdown", "source": "sample-9 " + "word " * 40_000},
    ]
    found = read(json.dumps({"nbformat": 4, "cells": cells}).encode(), SHEET)
    assert found.code.cells == ["", "calls = 4"] and len(found.written["sample-9"].text) <= 100_000
    assert "cell 1 from the top holds more than 100,000 characters and was left out" in found.notes
    assert "cell 3 from the top holds more than 100,000 characters and was cut there" in found.notes
    with pytest.raises(Unreadable, match="its cells hold more than 2,000,000 characters"):
        read(json.dumps({"nbformat": 4, "cells": cells[2:] * 30}).encode(), SHEET)


# --- each function that sees a student's text takes time that grows with the length, and no faster ------------------

SHEET = {
    "sheet": "sample",
    "items": [
        {"id": "sample-9", "kind": "written"},
        {"id": "sample-1", "kind": "integer", "variable": "calls"},
    ],
}
ROSTER = Roster([Student("s1", "Ana Ruiz")])


def notebook(text: str, kind: str = "markdown", **more):
    cells = [{"cell_type": kind, "source": text, **more}, {"cell_type": "code", "source": "calls = 1"}]
    try:
        return read(json.dumps({"nbformat": 4, "cells": cells}).encode(), SHEET)
    except Unreadable:
        return None


def found(text: str):
    try:
        return whose(text, ROSTER, {"history": "01_history"}), sheet_of(text, {"history": "01_history"}, None)
    except Rejected:
        return None


def told(text: str):
    data = json.dumps({"values": {"calls": text}, "errors": [[1, text]] * 3, "why": text})
    return outcome(Ran("code 0", data.encode()), ["calls"], Limits())


MEASURED = 0.02  # seconds from which on a growth is looked at
READERS = {
    "clean": clean,
    "shown": lambda text: shown(text, 200),
    "said": said,
    "escaped": escaped,
    "safe_cell": safe_cell,
    "typed_cell": typed_cell,
    "safe_name": safe_name,
    "prose": notebook,
    "answer": lambda text: notebook(text, metadata={"nbgrader": {"grade_id": "sample-9"}}),
    "code": lambda text: notebook(text, "code"),
    "answer by its id": lambda text: notebook("sample-9 " + text),
    "owner": found,
    "result": told,
}
SHAPES = [
    *(
        " ",
        "a",
        "1",
        "\t",
        "\n",
        "_",
        "-",
        "(1)",
        "-Copy1",
        "\x1b[",
        "\x1b]",
        "\x1b[0",
        "\x9b0",
        "a\u0301\u0327",
        "\u0301",
    ),
    *(
        "'",
        '"',
        ';"',
        ", ",
        "=",
        "'=",
        "&",
        "<",
        "\U000e0041",
        "\ud800",
        "1,",
        "_1",
        "1_",
        "variant(",
        "sample-9 ",
        "calls ",
    ),
    *("YOUR ANSWER HERE", "**", "[", "{", "\\", "\u06f1", "\u2028", "/", "//a", "s1_history", "submitted/"),
]


def seconds(function, text: str) -> float:
    """Of the processor; of what takes long enough to be measured, the least of several."""
    taken = []
    while not taken or (len(taken) < 3 and min(taken) > MEASURED):
        begin = time.process_time()
        function(text)
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("name", READERS)
def test_twice_the_text_takes_twice_the_time(name):
    """Each shape begun by a plain letter, then again and again, then an end that fits nothing. Growth is
    looked at where it takes long enough to be measured; quadratic growth would be fourfold at a step, on average, too."""
    for shape in SHAPES:
        measured = []
        for length in (64_000, 32_000, 16_000, 8_000, 4_000, 2_000):  # where one is too fast, so is the rest
            taken = seconds(READERS[name], "x" + shape * (length // len(shape)) + "\x00")
            if taken <= MEASURED:
                break
            measured.append(taken)
            assert measured[0] < 2, (name, shape, measured)
        steps = len(measured) - 1
        assert steps < 1 or measured[0] / measured[-1] < 3.2**steps, (name, shape, measured)
