"""SIGKILL at a random moment to a process that records answers to the quizzes, one after another."""

import json
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from endurance.trial import Result, Size
from ruspak.quiz.progress import FIELDS, append

LONGEST = 20_000  # characters of an answer, so that a line is sometimes cut


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    result = Result("a process killed while it saves answers; then the next one goes on in the same file")
    acknowledged: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RUSPAK_PROGRESS"] = folder
        for number in range(size.quiz):
            acknowledged += killed(number, dice.random() * 0.1, dice.randrange(LONGEST))
            result.tried += 1
        del os.environ["RUSPAK_PROGRESS"]
        whole, cut = kept(Path(folder, "attempts.jsonl"))
    result.lost = len(set(acknowledged) - set(whole))
    if len(whole) - len(acknowledged) > size.quiz:
        result.failed.append(f"{len(whole)} answers are there, {len(acknowledged)} were acknowledged")
    if cut > size.quiz:
        result.failed.append(f"{cut} lines are damaged by {size.quiz} kills")
    result.remark = f"{len(acknowledged)} answers acknowledged, {cut} lines cut short"
    yield result


def killed(number: int, seconds: float, length: int) -> list[str]:
    """Start a process that saves answers, kill it so many seconds after the first; what it said it had saved."""
    reader, writer = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=save, args=(number, writer, length))
    process.start()
    os.close(writer)
    with open(reader, "rb") as told:
        said = told.readline()
        time.sleep(seconds)
        process.kill()
        said += told.read()
    process.join()
    return said.decode().split()


def save(number: int, told: int, length: int) -> None:
    """Save answers for ever, and say so of each."""
    for count in range(1_000_000):
        uid = f"{number}-{count}"
        append(
            dict.fromkeys(FIELDS) | {"id": "history-1", "answer": "ж" * length, "correct": True, "uid": uid}
        )
        os.write(told, f"{uid}\n".encode())


def kept(path: Path) -> tuple[list[str], int]:
    """The uids in a file of answers, and how many of its lines are cut short."""
    found, cut = [], 0
    for line in path.read_bytes().split(b"\n") if path.exists() else []:
        try:
            found += [json.loads(line)["uid"]] if line else []
        except ValueError:
            cut += 1
    return found, cut
