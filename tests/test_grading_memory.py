"""What a submission makes the machine hold is bounded: by a cgroup where one can be made, by a list of calls
elsewhere."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from grading_fixtures.broken import SAMPLES
from grading_fixtures.hostile import HOSTILE

from ruspak.grading.marking.outcome import outcome
from ruspak.grading.sandbox import Limits, Sandbox, cgroup, sandbox
from ruspak.grading.sandbox.memory import MB

HOARDS = [
    "shared memory, written and given back",
    "memory by many processes",
    "memory in pipes and sockets",
    "fills the disk",
]


@pytest.fixture
def group():
    one = cgroup.memory_cgroup()
    if one is None:
        pytest.skip("this user may make no cgroup with a controller of memory here")
    yield one
    one.close()
    assert not one.folder.exists()


SHARED = """
import mmap, time
held = mmap.mmap(-1, 900 * 2**20)
for place in range(0, len(held), 2**20):
    held[place:place + 2**20] = b"x" * 2**20
    held.madvise(mmap.MADV_DONTNEED)  # no process has it any more, and the kernel holds it
"""


def test_a_group_counts_what_no_process_admits_to(group):
    group.limit(2000 * MB)
    assert (
        subprocess.run(group.command([sys.executable, "-c", SHARED])).returncode == 0 and group.kills() == 0
    )
    group.limit(200 * MB)  # lower than before, then higher: either file has to be written first
    assert (
        subprocess.run(group.command([sys.executable, "-c", SHARED])).returncode == -9 and group.kills() == 1
    )
    group.limit(300 * MB)
    assert subprocess.run(group.command([sys.executable, "-c", "1"])).returncode == 0


def test_groups_of_programs_that_were_killed_are_removed(group):
    gone = subprocess.Popen(["true"])
    gone.wait()
    left = group.folder.parent / f"ruspak-{gone.pid}-0"
    left.mkdir()
    other = cgroup.memory_cgroup()
    other.close()
    assert not left.exists() and group.folder.exists()


def available() -> int:
    """Bytes that the machine could still give."""
    return (
        next(
            int(line.split()[1])
            for line in Path("/proc/meminfo").read_text().splitlines()
            if "Available" in line
        )
        * 1024
    )


@pytest.fixture(scope="module", params=["cgroup", "list"])
def bounded(request):
    """A sandbox with a cgroup, and one on a machine where none can be made."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "list":
            patch.setattr(sandbox, "memory_cgroup", lambda: None)
        with Sandbox(SAMPLES) as one:
            if request.param == "cgroup" and one._cgroup is None:
                pytest.skip("this user may make no cgroup with a controller of memory here")
            yield one


@pytest.mark.parametrize("name", HOARDS)
def test_what_the_machine_has_left(name, bounded):
    """Measured from outside: other programs run, too, so only the order of size counts; the hoards want 3.6
    GB."""
    attack, low, done = HOSTILE[name], [available()], threading.Event()
    limits = Limits(**{"seconds": 20.0, **attack.limits})

    def look():
        while not done.wait(0.05):
            low.append(available())

    before = available()
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        ran = bounded.run(["a = 1", attack.code], ["a", "loot"], "s", limits)
    finally:
        done.set()
        watcher.join()
    returned = outcome(ran, ["a", "loot"], limits)
    assert returned.status in attack.status and returned.values.get("loot", []) == [], returned
    most = 1.5 * limits.memory_mb + limits.disk_mb + 300
    assert before - min(low) < (most + 800) * MB
    if bounded._cgroup:
        peak = bounded._cgroup.folder / "memory.max_usage_in_bytes"
        if peak.exists():
            assert int(peak.read_text()) <= bounded._warm + (1.5 * 1024 + 128 + 160) * MB
    deadline = time.monotonic() + 20
    while available() < before - 500 * MB and time.monotonic() < deadline:
        time.sleep(0.1)
    assert bounded.run(["a = 1"], ["a"], "s").ended == "code 0", "the next one is unharmed"


def test_beyond_the_group_a_process_of_the_submission_ends_not_the_sandbox(bounded, monkeypatch):
    """Its own count of pages is looked at 20 times a second; the kernel is faster."""
    if not bounded._cgroup:
        pytest.skip("without a cgroup, counting is what there is")
    monkeypatch.setattr(sandbox, "TREE", 0.1)
    monkeypatch.setattr(sandbox, "BESIDE_MB", 20)
    warm = bounded._process.pid
    ran = bounded.run(["a = 1", "hoard = b'1' * (700 * 2**20)"], ["a"], "s")
    assert ran.ended == "memory" and bounded._process.pid == warm
    monkeypatch.undo()
    assert bounded.run(["a = 1"], ["a"], "s").data == b'{"values": {"a": 1}, "errors": [], "why": ""}'


def test_the_summary_says_what_bounds_memory(monkeypatch):
    told = cgroup.bound()
    assert told.startswith(("a cgroup (version 1)", "a cgroup (version 2)", "an allow-list"))
    monkeypatch.setattr(cgroup, "memory_cgroup", lambda: None)
    assert cgroup.bound().startswith("an allow-list of system calls and counting of pages")


def test_students_processes_find_no_control_over_it(bounded):
    look = ["import os; found = [os.path.exists('/sys'), os.path.exists('/proc/self')]"]
    returned = outcome(bounded.run(look, ["found"], "s"), ["found"], Limits())
    assert returned.values == {"found": [False, False]}, os.uname()
