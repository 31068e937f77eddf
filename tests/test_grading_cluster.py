"""The same work on a Dask cluster: a real scheduler and two workers on loopback, of which one is killed
half-way.

distributed stays out of the learners' environment. It has an environment beside it, .venv/distributed, made
once: tests/distributed.txt on top of the packages of .venv.
"""

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from test_grading_batch import ENVIRONMENT, ROOT, command, files, results, returned

PINS = ROOT / "tests/distributed.txt"


@pytest.fixture(scope="module")
def apart() -> dict[str, str]:
    """The environment in which Python finds distributed, besides the packages of the course."""
    folder = Path(sys.prefix) / "distributed"
    stamp, wanted = folder / "made-from", f"{sys.version}\n{PINS.read_text()}"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        uv = Path(sys.executable).with_name("uv")
        made = subprocess.run(
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--python",
                sys.executable,
                "--target",
                folder,
                "--require-hashes",
                "--no-deps",
                "-r",
                PINS,
            ],
            capture_output=True,
            text=True,
        )
        if made.returncode and re.search("error sending request|network was disabled", made.stderr):
            pytest.skip("distributed can't be fetched without network: the cluster was not tried")
        assert made.returncode == 0, made.stderr
        stamp.write_text(wanted)
    return ENVIRONMENT | {"PYTHONPATH": f"{ROOT}:{folder}"}


@pytest.fixture
def cluster(apart, tmp_path):
    """The address of a scheduler, and two workers with one thread each; all end with the test."""
    places = apart | {"DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    (tmp_path / "logs").mkdir()
    started = []

    def start(name: str, *words: str) -> subprocess.Popen:
        with (tmp_path / "logs" / name).open("wb") as log:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", *words], env=places, stdout=log, stderr=log, cwd=tmp_path
                )
            )
        return started[-1]

    start(
        "scheduler", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
    )
    address = said(tmp_path / "logs/scheduler", r"Scheduler at: +(tcp://127\.0\.0\.1:\d+)")
    workers = [
        start(
            f"worker{number}",
            "distributed.cli.dask_worker",
            address,
            "--host",
            "127.0.0.1",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--no-nanny",
        )
        for number in (1, 2)
    ]
    for number in (1, 2):
        said(tmp_path / f"logs/worker{number}", r"(Registered to)")
    yield address, workers
    for process in reversed(started):
        process.terminate()
        process.wait(20)


def said(log: Path, what: str) -> str:
    """What a program writes into its log, sooner or later."""
    for _ in range(300):
        if found := re.search(what, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))


def test_a_worker_killed_half_way_changes_no_mark(cluster, apart, tmp_path):
    address, workers = cluster
    place, roster = returned(tmp_path, 12)
    here = command(place, "--roster", roster, "--out", tmp_path / "here", "--workers", 1)
    subprocess.run(here, env=ENVIRONMENT, check=True)
    going = subprocess.Popen(
        command(place, "--roster", roster, "--out", tmp_path / "there", "--scheduler", address),
        env=apart,
        stderr=subprocess.PIPE,
        text=True,
    )
    while results(tmp_path / "there") < 3:
        assert going.poll() is None, going.stderr.read()
        time.sleep(0.02)
    under_it = psutil.Process(workers[0].pid).children(recursive=True)
    workers[0].send_signal(signal.SIGKILL)
    assert results(tmp_path / "there") < 12, "the worker was to be killed before the end"
    assert going.wait(120) == 0, going.stderr.read()
    assert files(tmp_path / "there") == files(tmp_path / "here")
    assert not psutil.wait_procs(under_it, timeout=20)[1], "a sandbox outlived its worker"


def test_without_distributed_it_says_so(tmp_path):
    place, roster = returned(tmp_path, 1, more=b"")
    words = command(place, "--roster", roster, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    told = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr == (
        "--scheduler needs the package distributed, here and on the workers: "
        "pip install distributed, then run again.\n"
    )


SOON = """
import sys
from ruspak.__main__ import main
from ruspak.grading import batch
batch.ANSWER = 1.0
sys.exit(main(sys.argv[1:]))
"""


def test_no_scheduler_there(apart, tmp_path):
    place, roster = returned(tmp_path, 1)
    words = command(place, "--roster", roster, "--out", tmp_path / "out", "--scheduler", "127.0.0.1:1")
    told = subprocess.run([sys.executable, "-c", SOON, *words[3:]], env=apart, capture_output=True, text=True)
    assert told.returncode == 1, told.stderr
    assert told.stderr.splitlines()[-1].startswith("--scheduler 127.0.0.1:1: no answer")
    assert "Traceback" not in told.stderr
