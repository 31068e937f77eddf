"""A class for tests: the real server in a process of its own, its teacher, and phones that speak HTTP."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from ruspak.quiz import bank

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "live_questions"
QUESTIONS = bank.load(SAMPLES)
KINDS = {
    "single": "history-3",
    "multiple": "history-7",
    "numeric": "history-2",
    "text": "history-4",
    "order": "history-1",
    "match": "history-5",
    "verdict": "start-5",
}


class Phone(httpx.Client):
    """A browser that keeps its cookie, voting and reading the stream by hand."""

    def vote(self, state: dict, answer, sure: int | None = None) -> httpx.Response:
        return self.post(
            "/vote", json={"number": state["number"], "round": state["round"], "answer": answer, "sure": sure}
        )

    def state(self, view: str = "phone") -> dict:
        """What the stream says first."""
        with self.stream("GET", "/events", params={"as": view}) as stream:
            for line in stream.iter_lines():
                if line.startswith("data: {"):
                    return json.loads(line[6:])
        raise AssertionError("the stream ended without a state")


class Class:
    """`start`, `kill` (as a crash does), `end` (as Ctrl+C does); the same port and folder through all of
    them.
    """

    def __init__(self, folder: Path, *options: str, quizzes: Path = SAMPLES):
        self.folder, self.options, self.quizzes, self.clients = folder, options, quizzes, []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        places = {"RUSPAK_LIVE": str(self.folder), "RUSPAK_QUIZZES": str(self.quizzes)}
        environ = os.environ | places | {"PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "ruspak", "live", "--port", str(self.port), *self.options]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Ctrl+C"):
                break
        found = re.search(r"token=(\S+)", self.said)
        assert found, self.said
        self.token = found[1]
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{self.address}/where")
                return
            assert time.monotonic() < deadline, self.said

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> str:
        """End it in order; gives all that it printed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        return self.said + self.process.stdout.read()

    def phone(self) -> Phone:
        client = Phone(base_url=self.address, timeout=60)
        self.clients.append(client)
        client.get("/")
        return client

    def teacher(self) -> Phone:
        client = Phone(base_url=self.address, timeout=60, follow_redirects=True)
        self.clients.append(client)
        assert client.get("/teacher", params={"token": self.token}).status_code == 200
        return client

    def memory(self, which: str = "VmRSS") -> float:
        """Megabytes that the server holds, or has held (VmHWM)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{which}:\s+(\d+)", status)[1]) / 1000


def do(teacher: Phone, name: str, **more) -> httpx.Response:
    """A step of the teacher with the question that is on."""
    number = {} if name in ("ask", "free") else {"number": teacher.state("teacher")["number"]}
    return teacher.post("/step", json={"do": name} | number | more)


@contextlib.contextmanager
def running(folder: Path, *options: str, quizzes: Path = SAMPLES) -> Iterator[Class]:
    """A class that ends with the block."""
    room = Class(folder, *options, quizzes=quizzes)
    try:
        yield room
    finally:
        for client in room.clients:
            client.close()
        room.end()


def secrets_of(question: dict) -> list[str]:
    """The texts of a prepared question that nobody may have before it is shown."""
    parts = [
        question,
        *question.get("options", []),
        *question.get("mistakes", []),
        *question.get("pairs", []),
    ]
    names = ("feedback", "correct_feedback", "explanation")
    return [part[name] for part in parts for name in names if part.get(name)]


def a_right(question: dict):
    """A right answer to a prepared question."""
    right = [option["text"] for option in question.get("options", []) if option.get("correct")]
    match question["kind"]:
        case "single" | "verdict":
            return right[0]
        case "multiple":
            return right
        case "numeric":
            return f"{question['answer']:f}"
        case "text":
            return question["accept"][0]
        case "order":
            return question["answer"]
    return [pair["right"] for pair in question["pairs"]]


def a_wrong(question: dict):
    """A wrong answer that fits the question."""
    wrong = [option["text"] for option in question.get("options", []) if not option.get("correct")]
    match question["kind"]:
        case "single" | "verdict":
            return wrong[0]
        case "multiple":
            return wrong[:1] or [option["text"] for option in question["options"][:1]]
        case "numeric":
            return f"{question['answer'] + 100 * question['tolerance'] + 1:f}"
        case "text":
            return "nothing of the kind"
        case "order":
            return question["answer"][::-1]
    return [question["pairs"][1]["right"]] * len(question["pairs"])
