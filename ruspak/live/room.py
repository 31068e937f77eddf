"""The room: which question is open, where it stands, what was voted, and what each of the three pages may
know of it.

A question goes open → closed → (spread: the distribution) → (discuss) → open again, once → … → shown. The
store keeps every step before anybody is told, so that a new start finds the vote where it was.
"""

import asyncio

from ruspak.errors import CourseError
from ruspak.live import tally
from ruspak.live.store import Store
from ruspak.quiz import judge

ROUNDS = 2
STEPS = {  # what may follow, in the order of the teacher's buttons
    "open": ["close"],
    "closed": ["discuss", "spread", "again", "show", "reopen"],
    "spread": ["discuss", "again", "show"],
    "discuss": ["again", "show"],
    "shown": [],
}
PHASE = {
    "close": "closed",
    "reopen": "open",
    "again": "open",
    "spread": "spread",
    "discuss": "discuss",
    "show": "shown",
}
SURE = (50, 60, 70, 80, 90, 100)
OPEN_KEYS = ("id", "kind", "ask", "question", "confidence", "unit", "claim", "items", "choices")


class NoStep(CourseError):
    """A step or a vote that does not fit where the room is."""


def withheld(question: dict) -> dict:
    """A question as `bank.prepare` makes it, without key, feedback and explanation: only what is asked."""
    found = {name: question[name] for name in OPEN_KEYS if name in question}
    if "options" in question:
        found["options"] = [
            {name: option[name] for name in ("text", "meaning") if name in option}
            for option in question["options"]
        ]
    if "pairs" in question:
        found["pairs"] = [{"left": pair["left"]} for pair in question["pairs"]]
    return found


class Room:
    """One class with its bank (`questions` by id, prepared) and its store."""

    def __init__(self, questions: dict[str, dict], store: Store):
        self.questions, self.store = questions, store
        self.number, self.round, self.phase, self.key = 0, 0, "idle", ""
        self.votes: list[dict[str, tuple]] = []  # of each round: phone → (answer, sure)
        self.here: dict[
            str, list[asyncio.Event]
        ] = {}  # streams of each phone, "" for others; an event ends one
        self.freed = store.freed()
        self.ended = False
        self._stepping = asyncio.Lock()
        self.stepped, self.counted = asyncio.Event(), asyncio.Event()
        asked = store.askings()
        if store.went_on and asked and asked[-1][1] in questions:
            self.number, self.key, self.round, self.phase = asked[-1]
            self._read()

    # -------------------------------------------------------------------------------------- steps and votes

    async def ask(self, key: str) -> None:
        """Open a question. Raises NoStep while another one is open, and for an unknown one."""
        if key not in self.questions:
            raise NoStep("There is no such question. Load the page again.")
        async with self._stepping:
            if self.phase == "open":
                raise NoStep("A vote is open. Close it first.")
            self.number = self.store.ask(key)
            self.key, self.round, self.phase = key, 1, "open"
            self._read()
            self.tell()

    async def step(self, name: str, number: int) -> None:
        """Do one of STEPS with question `number`. Raises NoStep where it does not follow, perhaps as another
        page was faster.
        """
        async with self._stepping:
            if number != self.number or name not in self.steps():
                raise NoStep("This step does not follow here: look where the vote stands now.")
            if name == "close":
                self.phase = "closed"  # at once: no vote is taken while those that have arrived are written
                await self.store.settle()
            round = self.round + (name == "again")
            self.store.step(self.number, round, PHASE[name])
            self.round, self.phase = round, PHASE[name]
            self._read()
            if name == "show":
                self.free([self.key])
            else:
                self.tell()

    def steps(self) -> list[str]:
        """The steps that may follow now."""
        here = STEPS.get(self.phase, [])
        return [one for one in here if one not in ("discuss", "again") or self.round < ROUNDS]

    def free(self, keys: list[str]) -> None:
        """Let the practice pages have these questions whole."""
        self.store.free(keys)
        self.freed = self.store.freed()
        self.tell()

    async def vote(self, phone: str, number, round, answer, sure) -> None:
        """Take one vote; returns when it is on the disk. Raises NoStep for one that comes too late,
        CourseError for one that is none, and where the disk refuses.
        """
        if type(number) is not int or type(round) is not int:
            raise CourseError("This is no vote. Load the page again.")
        if (number, round, self.phase) != (self.number, self.round, "open"):
            raise NoStep("This vote is closed. What you sent last before that counts.")
        question = self.questions[self.key]
        if wrong := judge.misfit(question, answer):
            raise CourseError(wrong)
        if not question.get("confidence"):
            sure = None
        elif type(sure) is not int or sure not in SURE:
            raise CourseError("Say how sure you are first.")
        await self.store.vote(number, round, phone, answer, sure)
        if (number, round) == (self.number, self.round):
            self.votes[round - 1][phone] = (answer, sure)
            self.counted = self._wake(self.counted)

    def _read(self) -> None:
        """Take the votes of the question from the store."""
        self.votes = [{} for _ in range(self.round)]
        for _, round, phone, answer, sure in self.store.votes(self.number):
            if round <= self.round and judge.misfit(self.questions[self.key], answer) is None:
                self.votes[round - 1][phone] = (answer, sure)

    # ------------------------------------------------------------------------------------------ what is told

    def tell(self) -> None:
        """Wake all that listen."""
        self.stepped, self.counted = self._wake(self.stepped), self._wake(self.counted)

    def moved(self) -> None:
        """Wake the wall and the teacher: a phone came or went."""
        self.counted = self._wake(self.counted)

    @staticmethod
    def _wake(event: asyncio.Event) -> asyncio.Event:
        event.set()
        return asyncio.Event()

    def _question(self) -> dict | None:
        if self.phase == "idle":
            return None
        question = self.questions[self.key]
        return question if self.phase == "shown" else withheld(question)

    def for_phone(self, phone: str) -> dict:
        """The question and this phone's own vote; the key only when it is shown."""
        mine = self.votes[self.round - 1].get(phone) if self.votes else None
        before = next((votes[phone] for votes in reversed(self.votes) if phone in votes), None)
        answer, sure = mine or before or (None, None)
        return self._standing() | {
            "question": self._question(),
            "voted": mine is not None,
            "mine": None if answer is None else {"answer": answer, "sure": sure},
        }

    def for_wall(self) -> dict:
        """How many have answered; what, once the teacher shows the distribution; what is right, once that is
        shown.
        """
        found = self._standing() | {
            "question": self._question(),
            "phones": sum(phone != "" for phone in self.here),
            "answered": [len(votes) for votes in self.votes],
        }
        if self.phase in ("spread", "shown"):
            rounds = [list(votes.values()) for votes in self.votes]
            question, shown = self.questions[self.key], self.phase == "shown"
            found["spread"] = tally.distribution(question, rounds, shown)
            if shown and rounds:
                found["sure"] = tally.calibration(question, rounds[-1])
        return found

    def for_teacher(self) -> dict:
        """What the wall shows, the steps that may follow, and for the teacher's eyes: key, share right,
        advice.
        """
        found = self.for_wall() | {"steps": self.steps(), "freed": sorted(self.freed)}
        if self.phase not in ("idle", "open"):
            votes, question = list(self.votes[-1].values()), self.questions[self.key]
            share = tally.share_right(question, votes)
            found |= {
                "share": share,
                "advice": tally.advice(share, self.round),
                "unknown": tally.unknown(question, votes),
            }
        if self.phase != "idle":
            found["key"] = self.questions[self.key]
        return found

    def _standing(self) -> dict:
        return {"number": self.number, "round": self.round, "phase": "ended" if self.ended else self.phase}
