"""The sandbox against many hostile cells: nothing gained, nothing read, nothing left, the next one
unharmed."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from grading_fixtures.hostile import HOSTILE

from course import ROOT
from ruspak.errors import CourseError
from ruspak.grading.marking.outcome import Returned, outcome
from ruspak.grading.sandbox import Limits, Sandbox, SandboxMissing, bwrap
from ruspak.sheets.compare import judge
from ruspak.sheets.items import Item
from ruspak.sheets.keys import load
from ruspak.sheets.variants import draw

SAMPLES = ROOT / "tests/sheet_samples"
STUDENT = "2026-017"
GRACE = 5.0  # seconds beyond its limit that a submission may take on a busy machine


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The sample sheet and the History sheet."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "exercises/01_history.json", folder / "exercises")
    return folder


@pytest.fixture(scope="module")
def sandbox(course, outside):
    nested = [
        "bwrap",
        "--unshare-user",
        "--unshare-pid",
        "--ro-bind",
        "/",
        "/",
        "--proc",
        "/proc",
        "unshare",
        "--user",
        "--mount",
        "true",
    ]
    if not shutil.which("bwrap") or subprocess.run(nested, capture_output=True).returncode:
        pytest.skip("bubblewrap is missing, or namespaces within namespaces are not allowed here")
    with Sandbox(course=course) as one:
        yield one


@pytest.fixture(scope="module")
def sheet():
    return load(SAMPLES / "solutions/keys/01_sample.py")


@pytest.fixture(scope="module")
def params():
    description = json.loads((SAMPLES / "exercises/01_sample.json").read_text())
    space = {name: dict(map(tuple, values)) for name, values in description["space"].items()}
    return draw({**description, "space": space}, STUDENT)


@pytest.fixture(scope="module")
def honest():
    """The code cells of a worked sheet, but for the answer `word`: set up, then answers and checks."""
    notebook = json.loads((SAMPLES / "solutions/01_sample.ipynb").read_text())
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [cell.replace('STUDENT = ""', f'STUDENT = "{STUDENT}"') for cell in cells if "word =" not in cell]


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """What must stay outside: a secret file, an environment variable, two servers. The words to put into an
    attack."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "roster.csv").write_text("canary")
    os.environ["RUSPAK_CANARY"] = "canary"
    name = f"ruspak-canary-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0" + name)
        abstract.listen()
        yield {
            "CANARY": str(folder / "roster.csv"),
            "FOLDER": str(folder),
            "PORT": str(server.getsockname()[1]),
            "ABSTRACT": name,
        }
    del os.environ["RUSPAK_CANARY"]


@pytest.fixture(scope="module")
def marks(sheet, params):
    def of(ran) -> dict[str, float]:
        return {
            item.id: judge(item, ran.values.get(item.variable), params).fraction * item.points
            for item in sheet.items
            if isinstance(item, Item)
        }

    return of


@pytest.fixture(scope="module")
def baseline(sandbox, honest, names, marks):
    return marks(run(sandbox, honest, names, STUDENT))


@pytest.fixture(scope="module")
def names(sheet):
    return [item.variable for item in sheet.items if isinstance(item, Item)] + ["loot"]


def run(sandbox, cells, names, student, limits=Limits()) -> Returned:
    return outcome(sandbox.run(cells, names, student, limits), names, limits)


def aimed(attack, outside) -> str:
    return re.sub("|".join(outside), lambda word: outside[word[0]], attack.code)


def alive(sandbox) -> list[int]:
    """The processes of a sandbox, seen from outside."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = [sandbox._process.pid]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def settled(sandbox) -> bool:
    """Whether nothing is left in it but bubblewrap, its first process and the warm one."""
    return _soon(lambda: len(alive(sandbox)) == 3)


def _soon(true) -> bool:
    for _ in range(100):
        if true():
            return True
        time.sleep(0.03)
    return False


@pytest.mark.parametrize("name", HOSTILE)
def test_an_attack_gains_reads_and_leaves_nothing(name, sandbox, honest, baseline, names, outside, marks):
    attack, limits = HOSTILE[name], Limits(**{"seconds": 20.0, **HOSTILE[name].limits})
    place = 2 if attack.first else len(honest)
    mounts = Path("/proc/self/mountinfo").read_text()

    begin = time.monotonic()
    ran = run(sandbox, [*honest[:place], aimed(attack, outside), *honest[place:]], names, STUDENT, limits)

    assert ran.status in attack.status, ran
    assert time.monotonic() - begin < limits.seconds + GRACE
    assert bool(ran.note) == (ran.status != "ok")
    gained = marks(ran)
    assert all(gained[item] <= baseline[item] for item in baseline), (ran, gained)
    assert not attack.keeps or gained == baseline, (ran, gained)
    assert ran.values.pop("loot", []) == [], ran
    for _, words in [*ran.errors, (0, ran.note)]:
        assert len(words) <= 200 and not any(unicodedata.category(mark) in ("Cc", "Cf") for mark in words), (
            words
        )
    assert settled(sandbox) and Path("/proc/self/mountinfo").read_text() == mounts
    assert os.listdir(outside["FOLDER"]) == ["roster.csv"]
    assert name != "writes outside" or not list(
        ROOT.rglob("was-here*")
    )  # no other attack writes a file so named
    assert marks(run(sandbox, honest, names, STUDENT)) == baseline


def test_an_honest_copy_gets_its_marks(sandbox, honest, names, marks):
    ran = run(sandbox, [*honest, 'word = "abstention"'], names, STUDENT)
    assert (ran.status, ran.errors, ran.note) == ("ok", [], "")
    assert sum(marks(ran).values()) == 90  # the other ten are for a written answer


def test_cells_run_like_a_notebook(sandbox):
    ran = run(
        sandbox,
        [
            "%matplotlib inline\na = 1",
            "b = a +",
            "c = a + 1\nc",
            "d = undefined",
            "%%time\ne = c + 1",
            "f = !echo shell",
            "import asyncio\nawait asyncio.sleep(0)\ng = display(a)",
            "h = get_ipython().user_ns['c']",
            "import os\ni = [STUDENT, os.getcwd(), os.listdir(os.path.expanduser('~'))]",
            "open('mine.csv', 'w').write('a')\nj = open('mine.csv').read()",
            "%%writefile mine.py\ndef twice(x):\n    return 2 * x",
            "from mine import twice\ntwice(21)",
            "k = _ + Out[12]",
        ],
        list("abcdefghijk"),
        STUDENT,
    )
    assert ran.status == "ok"
    assert [number for number, _ in ran.errors] == [2, 4] and ran.errors[1][1].startswith("NameError: ")
    assert ran.values == {
        "a": 1,
        "c": 2,
        "e": 3,
        "f": {"type": "other", "name": "SList"},
        "g": None,
        "h": 2,
        "i": [STUDENT, "/course/work", []],
        "j": "a",
        "k": 84,
    }


HONEST = {  # what sheets don't need, but students use
    "sqlite": """
import sqlite3, pandas as pd
with sqlite3.connect("mine.db") as base:
    pd.DataFrame({"a": [1, 2]}).to_sql("mine", base, index=False)
with sqlite3.connect("mine.db") as base:
    got = int(pd.read_sql("select sum(a) as a from mine", base)["a"][0])
""",
    "processes": """
from multiprocessing import Pool
with Pool(2) as pool:
    got = sum(pool.map(abs, [-1, -2]))
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_code_finds_what_it_needs(name, sandbox):
    ran = run(sandbox, [HONEST[name]], ["got"], STUDENT)
    assert (ran.errors, ran.values) == ([], {"got": 3})


def test_no_open_file_is_on_its_way_in_a_socket(sandbox):
    """There it would be in nobody's number of open files, and with it all that the kernel holds for it."""
    cell = """
import os, socket
ours, theirs = socket.socketpair()
try:
    socket.send_fds(ours, [b"x"], [os.open("/dev/null", 0)] * 250)
except PermissionError:
    denied = True
"""
    assert run(sandbox, [cell], ["denied"], STUDENT).values == {"denied": True}


def test_the_course_works_inside(sandbox):
    alt = "one two three four five six seven eight nine"
    cells = [
        "from ruspak import check, explore, figure, hint, progress, quiz, show, table, variant",
        "me = variant('history', STUDENT)",
        "rows = len(table('un_votes'))",
        "check('history-a1')\nhint('history-a1')",
        "quiz('history-16')",
        f"fig, ax = figure('A title', 'measure', 'source')\nshow(fig, '{alt}')",
        f"def draw(country):\n    return figure(country, 'm', 's')[0], '{alt}'",
        "explore(draw, country=['IND', 'USA'])",
        "done = len(progress())",
    ]
    ran = run(sandbox, cells, ["rows", "done"], STUDENT)
    assert (ran.status, ran.errors) == ("ok", [])
    assert ran.values["rows"] > 1000 and ran.values["done"] > 0


def test_a_submission_finds_nothing_of_the_one_before(sandbox):
    trace = [
        "import os, random, builtins, ruspak",
        "terminal, end = os.openpty(); os.write(terminal, b'x'); open(os.ttyname(end), 'w').write('x')",
        "os.chmod('/dev/pts/ptmx', 0); os.utime('/dev/pts/ptmx'); open('/dev/tty', 'w').write('x')",
        "open('/tmp/trace', 'w'); os.mkdir('/tmp/home/trace'); open('here', 'w'); open('/dev/shm/x', 'w')",
        "builtins.trace = ruspak.trace = get_ipython().trace = 'left'; os.environ['TRACE'] = 'x'; "
        "random.random()",
    ]
    look = [
        "import os, random, builtins, ruspak",
        "found = [os.listdir('/tmp'), os.listdir('.'), os.listdir('/tmp/home'), 'TRACE' in os.environ,"
        " random.random(), *(hasattr(one, 'trace') for one in (builtins, ruspak, get_ipython())),"
        " os.listdir('/dev/shm'), os.listdir('/dev/pts'), os.stat('/dev/pts/ptmx').st_mode,"
        " [[name, *map(str, os.stat('/dev/' + name)[:9])] for name in os.listdir('/dev') "
        "if 'pt' not in name and name != 'shm']]",
    ]
    before = run(sandbox, look, ["found"], STUDENT).values
    assert run(sandbox, trace, [], "the one before").errors == []
    assert run(sandbox, look, ["found"], STUDENT).values == before


def test_a_dead_sandbox_is_started_again_once(sandbox):
    starts, stop = [], threading.Event()

    def kill(most):
        while not stop.wait(0.05):
            process = sandbox._process
            if process and process.pid not in starts and len(starts) < most and len(alive(sandbox)) > 4:
                starts.append(process.pid)
                os.kill(alive(sandbox)[2], signal.SIGKILL)  # the warm process

    for most, status in ((1, "ok"), (2, "died")):
        starts.clear()
        stop.clear()
        killer = threading.Thread(target=kill, args=(most,))
        killer.start()
        ran = run(sandbox, ["import time; time.sleep(1); a = 1"], ["a"], STUDENT)
        stop.set()
        killer.join()
        assert (ran.status, len(starts)) == (status, most)
    assert run(sandbox, ["a = 1"], ["a"], STUDENT).values == {"a": 1}


def test_a_failure_of_the_isolation_is_not_the_students(sandbox):
    half = Limits(disk_mb=0.5)  # the kernel takes whole megabytes only: no private folder can be made
    with pytest.raises(
        SandboxMissing, match="the isolation of a submission fails .isolation: .* Invalid argument"
    ):
        run(sandbox, ["a = 1"], ["a"], STUDENT, half)
    assert run(sandbox, ["import os; os._exit(255)"], ["a"], STUDENT).status == "died", "nobody can feign one"
    assert run(sandbox, ["a = 1"], ["a"], STUDENT).values == {"a": 1}


def test_a_failure_of_the_isolation_at_the_first_try_is_told():
    with pytest.raises(SandboxMissing, match="Invalid argument"):
        Sandbox(course=SAMPLES, limits=Limits(disk_mb=0.5)).__enter__()


def test_limits_within_which_nothing_runs_are_rejected():
    with pytest.raises(
        CourseError, match="Not even an empty sheet runs within these limits: .* Give larger ones"
    ):
        Sandbox(course=SAMPLES, limits=Limits(seconds=1e-6)).__enter__()


@pytest.mark.parametrize("value", [0, -1, float("inf"), float("nan"), 10**13])
def test_limits_that_can_not_be_meant_are_rejected(value):
    for name in vars(Limits()):
        with pytest.raises(
            CourseError, match=f"--{name.replace('_', '-')} {value}: a limit is a number above 0"
        ):
            Limits(**{name: value})


def test_each_sandbox_has_a_core_of_its_own():
    cores = sorted(os.sched_getaffinity(0))
    for turn in (1, len(cores)):  # the second core, and the first one again
        with Sandbox(course=SAMPLES, turn=turn) as one:
            ran = run(one, ["import os; cores = sorted(os.sched_getaffinity(0))"], ["cores"], STUDENT)
        assert ran.values == {"cores": [cores[turn % len(cores)]]}


LOWER = """
import resource, sys
from pathlib import Path
from ruspak.grading.sandbox import Sandbox
for kind, most in ((resource.RLIMIT_FSIZE, 20 * 2**20), (resource.RLIMIT_NOFILE, 32), (resource.RLIMIT_AS, 2**33)):
    resource.setrlimit(kind, (most, most))
look = "from resource import *; found = [getrlimit(RLIMIT_FSIZE)[1], getrlimit(RLIMIT_NOFILE)[1]]"
with Sandbox(Path(sys.argv[1])) as one:
    print(one.run([look], ["found"], "s").data.decode())
"""


def test_limits_of_the_machine_that_are_lower_stay():
    ran = subprocess.run([sys.executable, "-c", LOWER, SAMPLES], cwd=ROOT, capture_output=True, text=True)
    assert '"found": [20971520, 32]' in ran.stdout, ran.stderr


def test_a_submission_has_namespaces_of_its_own(sandbox):
    """Were the filter of calls to fail, there would still be no network, and nothing of others, to reach."""
    running = threading.Thread(target=sandbox.run, args=(["import time; time.sleep(50)"], [], STUDENT))
    running.start()
    assert _soon(lambda: len(alive(sandbox)) == 5)
    spaces = [
        {kind: os.readlink(f"/proc/{pid}/ns/{kind}") for kind in ("user", "pid", "net", "ipc", "uts", "mnt")}
        for pid in (os.getpid(), alive(sandbox)[2], alive(sandbox)[-1])
    ]  # ours, the warm one's, the student's
    os.kill(alive(sandbox)[-1], signal.SIGKILL)
    running.join()
    assert not set(spaces[2].values()) & {*spaces[0].values(), *spaces[1].values()}


def test_of_pythons_folders_only_python_is_shown(monkeypatch, tmp_path):
    """An environment made in the folder that holds the roster and the course, as `python -m venv .` does."""
    for name in (
        "bin/python",
        "lib/python3/x.py",
        "share/course/solutions/keys/01_sample.py",
        "share/class/roster.csv",
        "roster.csv",
        "in/a.ipynb",
        "course/exercises/01_sample.json",
        "pyvenv.cfg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(bwrap, "CODE", tmp_path / "share/course")
    mounts = bwrap._mounts(bwrap._places(tmp_path / "course"))
    shown = subprocess.check_output(
        ["bwrap", "--unshare-user", *mounts, "find", "/python", "-type", "f"], text=True
    )
    assert set(shown.split()) == {"/python/bin/python", "/python/lib/python3/x.py", "/python/pyvenv.cfg"}


def test_endless_output_costs_the_reader_little(sandbox):
    """Bytes that are thrown away took a quarter of a core, outside the submission's own."""
    begin = time.process_time()
    ran = run(sandbox, ["import subprocess; subprocess.run(['yes'])"], [], STUDENT, Limits(seconds=3.0))
    assert ran.status == "time" and time.process_time() - begin < 0.5


def test_nothing_outlives_the_sandbox(sandbox):
    with Sandbox(course=SAMPLES) as another:
        everyone = alive(another)
        assert len(everyone) >= 3
    assert _soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in everyone))


def test_without_bubblewrap_nothing_runs(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxMissing, match="apt install bubblewrap"):
        Sandbox(course=SAMPLES).__enter__()
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'no permission here' >&2\nexit 1\n")
    fake.chmod(0o755)
    with pytest.raises(SandboxMissing, match="doesn't start .no permission here"):
        Sandbox(course=SAMPLES).__enter__()


@pytest.fixture(scope="module")
def unsafe():
    with Sandbox(course=SAMPLES, unsafe=True) as one:
        yield one


BITES = [
    "reads a secret outside",
    "network",
    "writes outside",
    "memory outside the count",
    "calls for the key",
]


@pytest.mark.parametrize("name", BITES)
def test_without_isolation_the_attack_succeeds(name, unsafe, outside):
    if name == "writes outside":
        cells = ["loot = [open('FOLDER/was-here', 'w').name]".replace("FOLDER", outside["FOLDER"])]
    else:
        cells = [aimed(HOSTILE[name], outside)]
    ran = run(unsafe, cells, ["loot"], STUDENT)
    Path(outside["FOLDER"], "was-here").unlink(missing_ok=True)
    assert ran.values["loot"], ran


def test_without_isolation_a_detached_child_lives_on(unsafe):
    cell = "import subprocess\npid = subprocess.Popen(['sleep', '600'], start_new_session=True).pid"
    pid = run(unsafe, [cell], ["pid"], STUDENT).values["pid"]
    assert _soon(lambda: "sleep" in Path(f"/proc/{pid}/cmdline").read_text())  # empty while it begins
    os.kill(pid, signal.SIGKILL)


def test_without_isolation_time_and_memory_are_limited_still(unsafe):
    deaf = HOSTILE["endless loop that catches everything"]
    assert run(unsafe, [deaf.code], [], STUDENT, Limits(seconds=1.0)).status == "time"
    ran = run(unsafe, ["a = 1", HOSTILE["20 GB of memory"].code], ["a", "hoard"], STUDENT)
    assert (ran.status, ran.values) == ("memory", {"a": 1})


WITHOUT_RIGHTS = [
    "endless loop deaf",
    "kills parent",
    "fork bomb",
    "hundred processes",
    "many processes",
    "outside",
    "looks for",
    "environment",
    "other processes",
    "network",
    "rights",
    "honest",
    "modes devices",
    "first thread",
    "lower stay",
    "failure students",
    "before nothing",
]


@pytest.mark.skipif(os.getuid() != 0, reason="all of this file runs as an ordinary user already")
def test_an_ordinary_user_has_the_same_isolation(sandbox):
    """Some of it once more without root's rights, through bubblewrap: Python may lie in root's closed
    home."""
    home = Path(sys.base_prefix)
    closed = next((folder for folder in home.parents if not folder.stat().st_mode & 0o001), None)
    between = [folder for folder in reversed(home.parents) if closed in folder.parents] if closed else []
    ways = [
        word for folder in between for word in ("--perms", "0755", "--dir", str(folder))
    ]  # else bwrap shuts them
    opened = (
        ["--perms", "0755", "--tmpfs", str(closed), *ways, "--ro-bind", str(home), str(home)]
        if closed
        else []
    )
    user = [
        "bwrap",
        "--dev-bind",
        "/",
        "/",
        *opened,
        "setpriv",
        "--reuid",
        "12345",
        "--regid",
        "12345",
        "--clear-groups",
    ]
    wanted = " or ".join(f"({name.replace(' ', ' and ')})" for name in WITHOUT_RIGHTS)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        again = [
            sys.executable,
            "-m",
            "pytest",
            __file__,
            "-q",
            "-o",
            "addopts=",
            "-p",
            "no:cacheprovider",
            "--basetemp",
            f"{folder}/base",
            "-k",
            f"({wanted}) and not without",
        ]
        bare = "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1"  # to import what notebooks and browsers need takes longest
        ran = subprocess.run(
            [*user, "--", "env", f"HOME={folder}", bare, *again], cwd=ROOT, capture_output=True, text=True
        )
    assert ran.returncode == 0 and "skipped" not in ran.stdout, ran.stdout[-4000:] + ran.stderr[-1000:]
