"""`make lab` in use: two notebooks opened, run, answered, reloaded, opened in a second tab, their kernels restarted after an
answer, over and over. Every answer must be kept once and be shown again, and memory grow by no more than a fifth.
"""

import importlib
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
from browser import WAIT, run_all, visit
from live_class import a_right
from test_quiz_page import give
from test_quiz_reopen import restart

from benchmarks import labs
from endurance.serving import Server, serves
from endurance.trial import Result, Size, course

bank = importlib.import_module("ruspak.quiz.bank")
NOTEBOOKS = ("01_history", "04_trade")
GROWTH = 1.2
# what JupyterLab says of itself when a kernel is restarted or a page goes early
ALLOWED = (
    "404",
    "WebSocket",
    "Kernel",
    "Canceled future",
    "debugger state",
    "Connection",
    "socket",
    "Failed to fetch",
)
WARM = 2 * len(NOTEBOOKS)  # rounds after which nothing new is loaded


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    use = Result("rounds of use: run, answer, reload, second tab, restart, answer, run again")
    memory: list[dict[str, float]] = []
    with course() as clone, labs.chromium() as chromium:
        own = {"PYTHONPATH": str(clone), "RUSPAK_PROGRESS": str(clone / "kept")} | {
            name: str(clone / "own" / name)
            for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        }
        with serves([sys.executable, "tools/lab.py"], clone, os.environ | own) as server:
            if server.why:
                raise RuntimeError(server.why)
            learner = Learner(clone, server, dice)
            with visit(
                chromium, f"{server.url}/doc/tree/notebooks/{NOTEBOOKS[0]}.ipynb", allow=ALLOWED
            ) as page:
                deadline = time.monotonic() + 60 * size.minutes
                while time.monotonic() < deadline:
                    name = NOTEBOOKS[use.tried % len(NOTEBOOKS)]
                    use.lost += learner.use(page, name)
                    use.tried += 1
                    memory.append(taken(page, server))
    yield use
    yield from grown(memory)


class Learner:
    """One learner's way through questions, of which each is answered once."""

    def __init__(self, clone: Path, server: Server, dice: random.Random):
        self.clone, self.url, self.dice = clone, server.url, dice
        self.kept = clone / "kept" / "attempts.jsonl"
        self.asked: dict[str, list[str]] = {}
        for name in NOTEBOOKS:
            cells = nbformat.read(clone / "notebooks" / f"{name}.ipynb", as_version=4).cells
            self.asked[name] = [
                key for cell in cells for key in re.findall(r'^quiz\("([a-z]+-\d+)"\)', cell.source, re.M)
            ]
        self.left: dict[str, list[str]] = {name: [] for name in NOTEBOOKS}

    def use(self, page, name: str) -> int:
        """One round with a notebook; how many of its answers were lost or kept twice."""
        if len(self.left[name]) < 2:  # another learner
            self.left[name] = self.dice.sample(self.asked[name], len(self.asked[name]))
            self.kept.unlink(missing_ok=True)
            page.evaluate("localStorage.clear()")
        first, second = self.left[name].pop(), self.left[name].pop()
        page.goto(f"{self.url}/doc/tree/notebooks/{name}.ipynb")
        run_all(page)
        self.answer(page, name, first)
        self.save(page, name)
        page.reload()
        self.said(page, name, first)
        other = page.context.new_page()
        other.goto(page.url)
        self.said(other, name, first)
        other.close()
        restart(page)
        self.answer(page, name, second)
        page.locator(".rq-notice", has_text="run this cell again").first.wait_for(timeout=WAIT)
        run_all(page)
        self.said(page, name, first)
        self.said(page, name, second)
        page.wait_for_function(
            "() => ![...document.querySelectorAll('.rq-notice')].some((one) => one.textContent)", timeout=WAIT
        )
        ids = [json.loads(line)["id"] for line in self.kept.read_text(encoding="utf-8").splitlines()]
        return sum(ids.count(key) != 1 for key in (first, second))

    def save(self, page, name: str) -> None:
        """Press Ctrl+S, and wait until the file has changed."""
        path = self.clone / "notebooks" / f"{name}.ipynb"
        before, deadline = path.stat().st_mtime_ns, time.monotonic() + WAIT / 1000
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+s")
        while path.stat().st_mtime_ns == before:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name} was not saved")
            page.wait_for_timeout(200)

    def question(self, page, name: str, key: str):
        place = page.locator(".ruspak-quiz").nth(self.asked[name].index(key))
        place.scroll_into_view_if_needed(timeout=WAIT)
        return place

    def answer(self, page, name: str, key: str) -> None:
        question = bank.question(key)
        give(self.question(page, name, key), question, a_right(question))
        self.said(page, name, key)

    def said(self, page, name: str, key: str) -> None:
        """Wait until the question says that its answer is right."""
        panel = self.question(page, name, key).locator(".rq-panel").get_by_role("status")
        panel.get_by_text("Right.").wait_for(timeout=WAIT)


def taken(page, server: Server) -> dict[str, float]:
    """Megabytes of the server, of its kernels, and of the page's objects after a collection."""
    process = psutil.Process(server.pid)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    kernels = sum(child.memory_info().rss for child in process.children(recursive=True))
    return {
        "the server": process.memory_info().rss / 1e6,
        "its kernels": kernels / 1e6,
        "the page": heap / 1e6,
    }


def grown(memory: list[dict[str, float]]) -> Iterator[Result]:
    """How the memory of each part grew once everything had been opened."""
    for part in ("the server", "its kernels", "the page"):
        values = [one[part] for one in memory[WARM:]]
        result = Result(f"memory of {part}", len(values))
        if len(values) < 4:
            result.remark = f"too few rounds to tell: {', '.join(f'{one[part]:.0f}' for one in memory)} MB"
        else:
            first, last = statistics.median(values[:2]), statistics.median(values[-2:])
            result.remark = (
                f"{first:.0f} MB after {WARM} rounds, {last:.0f} MB at the end ({last / first - 1:+.0%})"
            )
            result.failed += [result.remark] if last > GROWTH * first else []
        yield result
