"""SIGKILL at a random moment to the server of live votes, amid the votes of twenty phones; then it is started again."""

import csv
import io
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from live_class import KINDS, QUESTIONS, Phone, do, running

from endurance.trial import Result, Size

QUESTION = KINDS["single"]
OPTIONS = [option["text"] for option in QUESTIONS[QUESTION]["options"]]
PHONES = 20
PAUSE = 0.5  # seconds: a phone may vote twice a second


class Voter:
    """One phone: `kept` is its last acknowledged answer, `sent` are those that it sent since without an acknowledgement."""

    def __init__(self, phone: Phone, state: dict):
        self.phone, self.state, self.kept, self.votes = phone, state, None, 0
        self.sent: set[str] = set()

    def vote(self, over: threading.Event, dice: random.Random) -> None:
        """Vote again and again."""
        while not over.wait(PAUSE * dice.random()):
            answer = dice.choice(OPTIONS)
            self.sent.add(answer)
            try:
                if self.phone.vote(self.state, answer, 70).is_success:
                    self.kept, self.sent, self.votes = answer, set(), self.votes + 1
            except httpx.TransportError:
                pass

    def lost(self) -> bool:
        """Whether the server has another answer than it acknowledged; one whose reply was cut off may stand, too, also
        where the phone has tried another one since, at a server that was dead by then.
        """
        mine = self.phone.state()["mine"]
        found = mine and mine["answer"]
        lost = found not in {self.kept, *self.sent}
        self.kept, self.sent = found, set()
        return lost


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    result = Result(f"the server killed while {PHONES} phones vote, and started again")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as room:
        teacher = room.teacher()
        do(teacher, "ask", question=QUESTION).raise_for_status()
        state = teacher.state("teacher")
        voters = [Voter(room.phone(), state) for _ in range(PHONES)]
        for _ in range(size.votes):
            amid(room.kill, voters, dice)
            room.start()
            result.lost += sum(voter.lost() for voter in voters)
            result.tried += 1
        do(teacher, "close").raise_for_status()
        rows = csv.DictReader(io.StringIO(teacher.get("/votes.csv").text.removeprefix("\ufeff")))
        counted, voted = sorted(row["answer"] for row in rows), sorted(one.kept for one in voters if one.kept)
    if counted != voted:
        result.failed.append(f"the table of votes counts {counted}, the phones were told {voted}")
    result.remark = f"{sum(voter.votes for voter in voters)} votes acknowledged"
    yield result


def amid(kill, voters: list[Voter], dice: random.Random) -> None:
    """Let all vote, and kill at a random moment."""
    over = threading.Event()
    threads = [
        threading.Thread(target=voter.vote, args=(over, random.Random(dice.random()))) for voter in voters
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.1 + dice.random())
    kill()
    over.set()
    for thread in threads:
        thread.join()
