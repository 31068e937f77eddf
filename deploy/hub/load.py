"""A class at once: python deploy/hub/load.py 10 20 30, as root, on a hub that runs (deploy/hub/start).

Makes accounts load-01 … in the hub's group, lets them do together what a lesson asks (log in, open, run a notebook to its
end, answer five questions, save, hand a sheet in), measures, and removes them. Accounts of that name that are
there already are not touched: the command then stops.
"""

import argparse
import asyncio
import contextlib
import os
import pwd
import secrets
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

LESSON, SHEET = "notebooks/01_history.ipynb", "exercises/01_history.ipynb"
QUESTIONS = 5


async def lesson(student, begun: float) -> dict[str, float]:
    """One student's lesson; seconds since the class began. Raises whatever goes wrong."""
    import client

    seconds = {}

    def done(what: str) -> None:
        seconds[what] = time.monotonic() - begun

    async with student:
        await student.log_in()
        done("logged in")
        await student.start()
        done("server open")
        notebook = await student.read(LESSON)
        kernel = await student.kernel(LESSON)
        answered = 0
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            source = "".join(cell["source"])
            cell["outputs"] = [_stored(one) for one in await kernel.run(source)]
            if errors := [one["ename"] for one in cell["outputs"] if one["output_type"] == "error"]:
                raise client.Refused(0, f"a cell of {LESSON} stopped: {errors}")
            if "first cell" not in seconds:
                done("first cell")
            if "quiz(" in source and answered < QUESTIONS:
                answered += 1
                view = next(one["data"] for one in cell["outputs"] if "data" in one)
                attempt = {
                    "id": source.split('"')[1], "time": "2026-01-01T00:00:00Z", "answer": None, "correct": True,
                    "confidence": None, "brier": None, "revealed": False, "uid": secrets.token_hex(4),
                }  # fmt: skip
                widget = view["application/vnd.jupyter.widget-view+json"]["model_id"]
                await kernel.answer(widget, {"attempts": [attempt]})
        done("last cell")
        kept = await kernel.text("from ruspak.quiz.progress import _read; print(len(_read()[0]))")
        if kept != str(QUESTIONS):
            raise client.Refused(0, f"{kept} of {QUESTIONS} answers are on the disk")
        await student.save(LESSON, notebook)
        page = await student.hand_in(SHEET.rpartition("/")[2])
        if "Handed in." not in page:
            raise client.Refused(0, page)
        done("handed in")
        seconds["memory"] = _memory(student.name)
        return seconds


def _stored(output: dict) -> dict:
    """An output as a notebook file holds it."""
    kinds = {
        "stream": ("name", "text"),
        "display_data": ("data", "metadata"),
        "execute_result": ("data", "metadata", "execution_count"),
        "error": ("ename", "evalue", "traceback"),
    }
    kind = output["output_type"]
    return {"output_type": kind} | {name: output.get(name) for name in kinds[kind]}


def _memory(user: str) -> float:
    """Megabytes of the user's processes, where a page that n processes share counts a n-th for each (PSS)."""
    number, held = pwd.getpwnam(user).pw_uid, 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid == number:
                lines = (process / "smaps_rollup").read_text().splitlines()
                held += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1024


async def measure(address: str, passwords: dict[str, str]) -> str:
    """Let all begin at once; returns a row of the table."""
    from client import Student

    begun, before = time.monotonic(), _available()
    students = [Student(address, name, word) for name, word in passwords.items()]
    found = await asyncio.gather(*(lesson(one, begun) for one in students), return_exceptions=True)
    taken = before - _available()
    good = [one for one in found if isinstance(one, dict)]
    for one in found:
        if not isinstance(one, dict):
            print(f"  failed: {type(one).__name__}: {one!s:.200}", file=sys.stderr)
    for one in students:
        async with Student(address, one.name, one.password) as again:
            with contextlib.suppress(Exception):
                await again.log_in()
                await again.stop()
    cells = [f"{len(students)}"]
    for what in ("logged in", "server open", "first cell", "handed in"):
        times = [one[what] for one in good]
        cells.append(f"{statistics.median(times):.1f} / {max(times):.1f}" if times else "-")
    cells.append(f"{statistics.mean(one['memory'] for one in good):.0f}" if good else "-")
    cells += [f"{taken / len(students):.0f}", f"{len(found) - len(good)}"]
    return "| " + " | ".join(cells) + " |"


def _available() -> float:
    """Megabytes that the machine has free."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("MemAvailable"))) / 1024


def accounts(number: int, group: str) -> dict[str, str]:
    """Make that many accounts; returns {name: password}. Stops where one is there already."""
    names = [f"load-{count:02}" for count in range(1, number + 1)]
    for name in names:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            raise SystemExit(f"There is an account {name}; it is not touched. Remove it, then try again.")
    made = {}
    for name in names:
        subprocess.run(["useradd", "-m", "-G", group, "-s", "/bin/bash", name], check=True)
        made[name] = secrets.token_hex(8)
    subprocess.run(
        ["chpasswd"], input="".join(f"{name}:{word}\n" for name, word in made.items()), text=True, check=True
    )
    return made


def main() -> int:
    """Measure and print a table. Returns an exit code."""
    parser = argparse.ArgumentParser(description="Measure the hub with simulated students.")
    parser.add_argument("students", type=int, nargs="+", help="how many at once, such as 10 20 30")
    parser.add_argument("--place", type=Path, default=Path("/srv/ruspak"))
    given = parser.parse_args()
    python = given.place / "course" / ".venv" / "bin" / "python"
    if os.geteuid() or not python.exists():
        print("Run it as root, on a machine where the hub runs: sudo deploy/hub/start.", file=sys.stderr)
        return 1
    if (
        Path(sys.prefix) != python.parents[1].absolute()
        and Path(sys.prefix).resolve() != python.parents[1].resolve()
    ):
        os.execv(python, [str(python), str(HERE / "load.py"), *sys.argv[1:]])
    import settings

    told = settings.read(given.place)
    print(
        "Seconds from the moment when all begin: median / slowest. Megabytes a student: their share / what the machine lost."
    )
    print(
        "| students | logged in | server open | first cell | handed in | MB, share | MB, machine | failed |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for number in given.students:
        made = accounts(number, told.group)
        try:
            print(asyncio.run(measure(told.own_address, made)), flush=True)
        finally:
            for name in made:
                subprocess.run(["userdel", "-r", name], stderr=subprocess.DEVNULL)
                shutil.rmtree(given.place / "inbox" / name, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
