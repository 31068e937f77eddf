"""What the hub promises, tried with two students; a line each, and exit code 1 where one does not hold.

Started by check: proofs.py PLACE CLONE ADDRESS user:password user:password.
"""

import asyncio
import contextlib
import csv
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import limits
import places
import psutil
from client import Kernel, Refused, Student

SHEET, LESSON = "exercises/01_history.ipynb", "notebooks/01_history.ipynb"
ANSWER = {"id": "history-17", "time": "2026-01-01T00:00:00Z", "answer": 17, "correct": True, "uid": "check"}
WAIT = 120  # seconds for what comes by itself


class Proofs:
    """The hub at a place, two students, and what was found."""

    def __init__(self, place: Path, clone: Path, address: str, one: Student, two: Student):
        self.place, self.clone, self.address, self.one, self.two = (
            places.Place(place),
            clone,
            address,
            one,
            two,
        )
        self.failed = 0

    def say(self, holds: bool, what: str, found: object = "") -> None:
        """Print one line."""
        self.failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {what}{'' if holds else f': {found!s:.300}'}", flush=True)

    async def all(self) -> None:
        """Everything, in an order in which each finds what the one before left."""
        for student in (self.one, self.two):
            await student.log_in()
            await student.start()
        self.k1, self.k2 = await self.one.kernel(LESSON), await self.two.kernel(LESSON)
        for part in (
            self.closed,
            self.limited,
            self.handed_in,
            self.recovers,
            self.reopened,
            self.updated,
            self.culled,
        ):
            print(f"\n{part.__doc__}", flush=True)
            await part()

    async def closed(self) -> None:
        """What one student can't do to another"""
        home1 = pwd.getpwnam(self.one.name).pw_dir
        server1 = next(
            one.laddr.port for one in psutil.Process(json.loads(_state(self.place, self.one.name))["pid"]).net_connections()
            if one.status == "LISTEN"
        )  # fmt: skip
        pid1 = int(await self.k1.text("import os; print(os.getpid())"))
        ports = json.loads(await self.k1.text(
            "import json; from ipykernel import get_connection_file as f\n"
            "print(json.dumps([v for k, v in json.load(open(f())).items() if k.endswith('_port')]))"
        ))  # fmt: skip
        await self.k1.text("open('/tmp/mine', 'w').write('x'); open('secret.txt', 'w').write('x')")
        refused = "(Permission|FileNotFound|NotADirectory|ProcessLookup|ReadOnly|ConnectionRefused|OS)Error"
        tries = {
            "read the other's file": f"open('{home1}/course/notebooks/secret.txt').read()",
            "see the other's home": f"__import__('os').listdir('{home1}')",
            "see the other's /tmp": "open('/tmp/mine').read()",
            "write into the other's home": f"open('{home1}/x', 'w')",
            "write into the shared course": f"open('{self.place.course}/ruspak/__init__.py', 'a')",
            "write into the shared environment": f"open('{self.place.course}/.venv/x', 'w')",
            "read what the hub knows": f"__import__('os').listdir('{self.place.state}')",
            "read what was handed in": f"__import__('os').listdir('{self.place.inbox}')",
            "end the other's kernel": f"__import__('os').kill({pid1}, 9)",
            "see the other's process": f"open('/proc/{pid1}/cmdline').read() or 1/0",
            "open the other's server by its port": _connect_to("127.0.0.1", server1),
            "tell the proxy where to lead": _connect(self.place.proxy_socket),
            "ask the starter": _connect(self.place.starter_socket),
            "reach the hub's pages from inside": _connect_to(
                "127.0.0.1", int(self.address.rpartition(":")[2])
            ),
            "reach another machine": _connect_to("192.0.2.1", 80),
        }
        for port in ports[:1]:
            tries["open the other's kernel by its port"] = _connect_to("127.0.0.1", port)
        for what, code in tries.items():
            found = await self.k2.text(code)
            self.say(bool(re.match(refused, found)), f"can't {what}", found)
        code = "import os\nprint(sorted({os.stat(f'/proc/{p}').st_uid for p in os.listdir('/proc') if p.isdigit()}))"
        seen = await self.k2.text(code)
        self.say(seen == f"[{pwd.getpwnam(self.two.name).pw_uid}]", "sees no process but own ones", seen)
        gained = await self.k2.text("print(open('/proc/self/status').read())")
        self.say(
            "NoNewPrivs:\t1" in gained and "CapEff:\t0000000000000000" in gained,
            "can't become root by su or sudo",
            gained,
        )
        mode = os.stat(home1).st_mode & 0o777
        self.say(mode == 0o700, "homes are closed (0700)", oct(mode))
        for what, path in (
            ("open the other's server in the browser", f"/user/{self.one.name}/api/contents/{LESSON}"),
            ("ask the hub about the other", f"/hub/api/users/{self.one.name}"),
        ):
            try:
                told = (await self.two.ask("GET", path)).decode()
                self.say(
                    "secret" not in told and "nbformat" not in told and '"name"' not in told,
                    f"can't {what}",
                    told,
                )
            except Refused as error:
                self.say(error.status in (403, 404), f"can't {what}", error)
        token = await self.k2.text("print('JUPYTERHUB_API_TOKEN' in __import__('os').environ)")
        code = (
            "import asyncio, os\nfrom jupyterhub.httpclient import fetch\n"
            f"async def ask():\n    url = os.environ['JUPYTERHUB_API_URL'] + '/users/{self.one.name}/server'\n"
            "    return (await fetch(url, method='POST', raise_for_status=False,"
            " headers={'Authorization': 'token ' + os.environ['JUPYTERHUB_API_TOKEN']})).status\nprint(await ask())"
        )
        found = await self.k2.text(code)
        self.say(token == "True" and found in ("403", "404"), "can't act for the other with own token", found)
        self.say(
            await self.k1.text("print(open('secret.txt').read())") == "x", "and the other's own work goes on"
        )

    async def limited(self) -> None:
        """What one student can't take from all"""
        held = limits.used_mb(self.two.name)
        self.say(
            held is not None,
            "memory is counted by a cgroup",
            "no cgroup can be made here: only single limits hold",
        )
        if held is not None:
            spare = await self.two.kernel(SHEET)
            with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
                await asyncio.wait_for(spare.run("x = [bytearray(b'1' * 10**7) for _ in range(200)]"), 30)
            used = limits.used_mb(self.two.name)
            self.say(used < 740, f"2 GB are not to be had with a limit of 700 MB ({used:.0f} MB held)")
            listed = await self.two.api("GET", "contents/notebooks")
            self.say(len(listed["content"]) > 6, "the server outlives it")
        code = (
            "import os, time, threading\nbusy = lambda: [x * x for x in range(10**9)]\n"
            "children = []\nfor _ in range(2):\n    pid = os.fork()\n    if not pid:\n        busy()\n    children.append(pid)\n"
            "time.sleep(4)\nfor pid in children: os.kill(pid, 9)\n"
            "spent = sum(sum(os.wait3(0)[2][:2]) for _ in children); print(round(spent, 1))"
        )
        spent = float(await self.k1.text(code))
        self.say(spent < 4.8, f"two busy processes share one processor ({spent} s of it in 4 s)", spent)
        code = (
            "import subprocess\nrunning = []\ntry:\n    while len(running) < 500: running.append(subprocess.Popen(['sleep', '60']))\n"
            "except OSError as error: print(type(error).__name__)\nprint(len(running) < 100)\n"
            "for one in running: one.kill()\nfor one in running: one.wait()"
        )
        found = (
            await self.k2.text(code)
            if await self._alive(self.k2)
            else await (await self._again("k2", self.two)).text(code)
        )
        self.say(found == "BlockingIOError\nTrue", "no more than 100 processes", found)

    async def handed_in(self) -> None:
        """Handing in"""
        notebook = await self.one.read(SHEET)
        code = next(cell for cell in notebook["cells"] if "STUDENT = " in "".join(cell["source"]))
        code["source"] = "".join(code["source"]).replace('STUDENT = ""', f'STUDENT = "{self.one.name}"')
        await self.one.save(SHEET, notebook)
        page = await self.one.hand_in("01_history.ipynb")
        self.say("Handed in." in page, "the button gives a receipt", page[-400:])
        (came,) = self.place.inbox.glob(f"{self.one.name}/*/01_history.ipynb")
        mine = Path(pwd.getpwnam(self.one.name).pw_dir, "course", SHEET).read_bytes()
        told = hashlib.sha256(mine).hexdigest()
        with (self.place.state / "receipts.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.say(
            came.read_bytes() == mine and told in page and rows[-1][4] == told,
            "what came in is what was saved, byte for byte",
        )
        code = "import os\nos.symlink('/etc/hostname', '../exercises/02_security-link.ipynb')\nopen('../exercises/03_energy.ipynb', 'w').write('{')"
        await self.k1.text(code)
        for file in ("../../../../etc/passwd", "02_security-link.ipynb", "03_energy.ipynb"):
            try:
                page = await self.one.hand_in(file)
            except Refused as error:
                page = str(error)
            self.say(
                "Handed in." not in page and len(list(self.place.inbox.glob("*/*/*"))) == 1,
                f"{file} is not taken",
                page,
            )
        page = (await self.two.ask("GET", "/services/hand-in/")).decode()
        self.say("Your receipts" in page and told not in page, "nobody sees the other's receipts", page)
        python = self.clone / ".venv" / "bin" / "python"
        if not python.exists() or not shutil.which("bwrap"):
            print(
                "       not tried: `grade` on the folder; the clone has no environment (make env), or there is no bubblewrap"
            )
            return
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "roster.csv").write_text(
                f"student\n{self.one.name}\n{self.two.name}\n", encoding="utf-8"
            )
            words = [
                python,
                "-m",
                "ruspak",
                "grade",
                self.place.inbox,
                "--roster",
                f"{folder}/roster.csv",
                "--out",
                f"{folder}/marks",
            ]
            done = await asyncio.to_thread(
                subprocess.run, words, cwd=self.clone, capture_output=True, text=True
            )
            totals = Path(folder, "marks", "totals.csv")
            lines = totals.read_text(encoding="utf-8-sig") if totals.exists() else done.stderr
            self.say(
                f"{self.one.name},history,0" in lines, "`grade` reads the folder and marks the sheet", lines
            )

    async def recovers(self) -> None:
        """What is lost when something dies"""
        if not await self._alive(self.k1):
            await self._again("k1", self.one)
        await self._answer()
        await self.k1.text("kept = 41")
        await self.k1.text("open('work.txt', 'w').write('saved')")
        for name in ("hub", "proxy", "starter"):
            pid = int((self.place.state / f"{name}.pid").read_text())
            os.kill(pid, signal.SIGKILL)
            if name == "hub":
                self.say(
                    await self.k1.text("kept + 1") == "42",
                    "hub killed: the kernel goes on while there is no hub",
                )
            begun = time.monotonic()
            await self._until(
                lambda name=name, pid=pid: int((self.place.state / f"{name}.pid").read_text()) != pid
            )
            await self._until(lambda: self._opens(self.one))
            seconds = time.monotonic() - begun
            self.k1 = await Kernel(self.one, self.k1.id).connect()
            self.k2 = self.k1
            self.say(
                await self.k1.text("kept + 1") == "42",
                f"{name} killed: the student is back after {seconds:.0f} s, variables too",
            )
        fresh = Student(self.address, self.two.name, self.two.password)
        async with fresh:
            await fresh.log_in()
            await fresh.start()
            self.say(True, "and others log in and start")
        code = "import os; os.kill(os.getpid(), 9)"
        with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
            await asyncio.wait_for(self.k1.run(code), 3)
        self.say(
            self.k1.id in str(await self.one.api("GET", "kernels")),
            "a kernel killed: its server starts it again",
        )
        await self._again("k1", self.one)
        await self._kept("a kernel killed")
        me = pwd.getpwnam(self.one.name)
        before = limits.members(self.one.name)
        os.kill(json.loads(_state(self.place, self.one.name))["pid"], signal.SIGKILL)
        await self._until(lambda: self._stopped(self.one))
        left = [pid for pid in limits.members(self.one.name) if pid in before]
        self.say(not left, "a server killed: nothing of it is left", left)
        await self.one.start()
        await self._again("k1", self.one)
        await self._kept("and a server killed")
        self.say(
            me.pw_uid == int(await self.k1.text("print(__import__('os').getuid())")),
            "the new server is the student's, too",
        )

    async def reopened(self) -> None:
        """What a saved notebook shows the next day"""
        path, live = "notebooks/second_day.ipynb", "application/vnd.jupyter.widget-view+json"
        kernel = await self.one.kernel(path)
        await kernel.text("for name in ('types', 'pandas'): open(f'{name}.py', 'w').write('')")
        source = 'from ruspak import quiz\nquiz("history-17")'
        shown = [one for one in await kernel.run(source) if "data" in one]
        outputs = [{"output_type": "display_data", "data": one["data"], "metadata": {}} for one in shown]
        cell = {
            "cell_type": "code",
            "metadata": {},
            "source": source,
            "execution_count": 1,
            "outputs": outputs,
        }
        notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}

        async def kinds() -> set[str]:
            found = (await self.one.read(path))["cells"][0]["outputs"]
            return {kind for output in found for kind in output["data"]}

        await self.one.save(path, notebook)
        self.say(
            {live, "text/html"} <= await kinds(), "while its kernel lives, a saved question is alive", shown
        )
        await self.one.stop()
        await self.one.start()
        found = await kinds()
        self.say("text/html" in found and live not in found, "with a new server it is read, no error", found)
        found = await (await self.one.kernel(path)).text(
            "from ruspak import table\nprint(len(table('opium')) > 0)"
        )
        self.say(found == "True", "a types.py and a pandas.py beside the notebook hide nothing", found)

    async def updated(self) -> None:
        """A new version of the course"""
        one, two = (Path(pwd.getpwnam(student.name).pw_dir, "course") for student in (self.one, self.two))
        notebook = await self.one.read(LESSON)
        notebook["cells"][0]["source"] = "My own words"
        await self.one.save(LESSON, notebook)
        with tempfile.TemporaryDirectory(dir="/srv") as folder:
            for name in places.GIVEN:
                source, target = self.place.course / name, Path(folder, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copytree(source, target, ignore=places.LEFT) if source.is_dir() else shutil.copyfile(
                    source, target
                )
            path = Path(folder, LESSON)
            edition = json.loads(path.read_text(encoding="utf-8"))
            edition["cells"][0]["source"] = "A NEW EDITION"
            path.write_text(json.dumps(edition), encoding="utf-8")
            done = await asyncio.to_thread(
                subprocess.run,
                [Path(folder, "deploy/hub/start"), "--place", self.place.folder],
                capture_output=True,
                text=True,
            )
            self.say(done.returncode == 0, "start with a new version brings it", done.stderr)
        self.k1 = await Kernel(self.one, self.k1.id).connect()
        self.say(await self.k1.text("1 + 1") == "2", "servers and kernels go on with the old one meanwhile")
        for student in (self.one, self.two):
            await student.log_in()
            await student.stop()
            await student.start()
        new = one / LESSON.replace(".ipynb", ".new-version.ipynb")
        self.say(
            "My own words" in (one / LESSON).read_text() and "A NEW EDITION" in new.read_text(),
            "changed by both: theirs kept, the new one beside",
        )
        self.say("A NEW EDITION" in (two / LESSON).read_text(), "unchanged: the new version")

    async def culled(self) -> None:
        """Without activity"""
        toml = self.place.folder / "hub.toml"
        toml.write_text(
            toml.read_text(encoding="utf-8") + "idle_minutes = 0.4\nidle_kernel_minutes = 0.2\n",
            encoding="utf-8",
        )
        words = [self.place.course.resolve() / "deploy" / "hub" / "start", "--place", self.place.folder]
        done = await asyncio.to_thread(subprocess.run, words, capture_output=True, text=True)
        self.say(done.returncode == 0, "start takes other settings", done.stderr)
        await self.two.log_in()
        await self.two.stop()
        await self.two.start()
        await self._again("k2", self.two)
        gone = await self._until(lambda: self._no_kernels(self.two))
        self.say(gone, "an idle kernel ends")
        gone = await self._until(lambda: self._stopped(self.two))
        self.say(gone, "an idle server ends")
        self.say(not limits.members(self.two.name), "and frees all its memory", limits.members(self.two.name))
        await self.two.start()
        self.say(True, "and comes back when the student does")

    async def _answer(self) -> None:
        """Answer a question as the page does, and wait until it is on the disk."""
        outputs = await self.k1.run('from ruspak import quiz\nquiz("history-17")')
        data = next(one["data"] for one in outputs if "data" in one)
        await self.k1.answer(
            data["application/vnd.jupyter.widget-view+json"]["model_id"], {"attempts": [ANSWER]}
        )
        await self.k1.run("1")

    async def _kept(self, after: str) -> None:
        """Whether the student's answer and file are there."""
        tried = await self.k1.text(
            "from ruspak.quiz.progress import attempts\nprint([one['uid'] for one in attempts('history-17')])"
        )
        work = await self.k1.text("print(open('work.txt').read())")
        self.say(
            (tried, work) == ("['check']", "saved"), f"{after}: file and answer are there", (tried, work)
        )

    async def _again(self, name: str, student: Student) -> Kernel:
        """A new kernel in place of one that is gone."""
        setattr(self, name, await student.kernel(f"notebooks/{time.monotonic()}.ipynb"))
        return getattr(self, name)

    async def _alive(self, kernel: Kernel) -> bool:
        with contextlib.suppress(ConnectionError, asyncio.TimeoutError, OSError):
            return await asyncio.wait_for(kernel.text("1"), 10) == "1"
        return False

    async def _opens(self, student: Student) -> bool:
        return "kernel" in str(await student.api("GET", "sessions"))

    async def _stopped(self, student: Student) -> bool:
        return not (await student.model())["servers"]

    async def _no_kernels(self, student: Student) -> bool:
        """Asked from outside the server, so that the question is no activity."""
        return not [
            pid for pid in limits.members(student.name)
            if Path(f"/proc/{pid}/comm").exists() and "ipykernel" in Path(f"/proc/{pid}/comm").read_text()
        ]  # fmt: skip

    async def _until(self, holds) -> bool:
        """Wait until it holds; False after WAIT."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            with contextlib.suppress(Refused, OSError, ValueError, ConnectionError, asyncio.TimeoutError):
                found = holds()
                if await found if asyncio.iscoroutine(found) else found:
                    return True
            await asyncio.sleep(0.2)
        return False


def _connect(path: Path | str) -> str:
    return f"import socket\nsocket.socket(socket.AF_UNIX).connect('{path}')\nprint('open')"


def _connect_to(host: str, port: int) -> str:
    return f"import socket\nsocket.create_connection(('{host}', {port}), 5)\nprint('open')"


def _state(place: places.Place, user: str) -> str:
    """What the hub keeps of the user's server."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(place.state / "hub.sqlite")) as base:
        query = "select spawners.state from spawners join users on users.id = spawners.user_id where users.name = ?"
        return base.execute(query, (user,)).fetchone()[0]


async def main(arguments: list[str]) -> int:
    """Prove all; returns the exit code."""
    place, clone, address, *students = arguments
    one, two = (Student(address, *told.split(":", 1)) for told in students)
    async with one, two:
        proofs = Proofs(Path(place), Path(clone), address, one, two)
        await proofs.all()
    print(f"\n{'All of it holds.' if not proofs.failed else f'{proofs.failed} do not hold.'}")
    return 1 if proofs.failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
