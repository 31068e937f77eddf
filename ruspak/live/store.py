"""What was asked and voted, on the disk: a vote is acknowledged only when it is there.

One SQLite file that this process holds alone. Its journal (WAL) survives the end of the process at any
moment, and every commit waits for the disk. Votes that arrive together are written together, so that 300 of
them need few such waits. No time of day is kept: nothing here depends on a clock.
"""

import asyncio
import json
import secrets
import sqlite3
import threading
from pathlib import Path

from ruspak.errors import CourseError

SCHEMA = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS asking (
    id INTEGER PRIMARY KEY, question TEXT NOT NULL, round INTEGER NOT NULL, phase TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS vote (
    asking INTEGER, round INTEGER, phone TEXT, answer TEXT NOT NULL, sure INTEGER,
    PRIMARY KEY (asking, round, phone)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS free (question TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS secret (token TEXT);
"""
NOT_OURS = "this is no file of votes. Name another one after --keep; this one is left as it is."
BUSY = "another program holds this file, perhaps a second `ruspak live`. End that one first, or name another file."


class Unkept(CourseError):
    """A vote that the disk refused: it counts for nothing until it is sent again."""


class Store:
    """One file of votes. `temporary`: it is deleted at an orderly end. Raises CourseError where it can't be
    used.

    `went_on` says whether an earlier run ended without being closed, so that this one goes on with its vote.
    """

    def __init__(self, path: Path, temporary: bool = False):
        self.path, self.temporary = path, temporary
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1)
            tables = {
                name for (name,) in self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            if tables and not {"asking", "vote", "free", "secret"} <= tables:
                raise CourseError(f"{path}: {NOT_OURS}")
            self._base.executescript(SCHEMA)
        except sqlite3.OperationalError as error:
            what = (
                BUSY
                if "locked" in str(error)
                else f"it can't be opened ({error}). Name another file after --keep."
            )
            raise CourseError(f"{path}: {what}") from None
        except sqlite3.DatabaseError:
            raise CourseError(f"{path}: {NOT_OURS}") from None
        except OSError as error:
            raise CourseError(
                f"{path}: it can't be made ({error.strerror}). Name another file after --keep."
            ) from None
        kept = self._base.execute("SELECT token FROM secret").fetchone()
        self.went_on = kept is not None
        self.token = kept[0] if kept else secrets.token_urlsafe(16)
        if not kept:
            self._base.execute("INSERT INTO secret VALUES (?)", (self.token,))
        self._lock = threading.Lock()  # a step must not end up in the middle of a batch of votes
        self._waiting: list[tuple[tuple, asyncio.Future]] = []
        self._writer: asyncio.Task | None = None

    # -------------------------------------------------------------------------------------- what was asked

    def askings(self) -> list[tuple[int, str, int, str]]:
        """(number, question, round, phase) of all that was asked, oldest first."""
        with self._lock:
            return self._base.execute("SELECT id, question, round, phase FROM asking ORDER BY id").fetchall()

    def ask(self, question: str) -> int:
        """Note a new question, open in round 1; gives its number."""
        with self._lock:
            return self._base.execute(
                "INSERT INTO asking (question, round, phase) VALUES (?, 1, 'open')", (question,)
            ).lastrowid

    def step(self, number: int, round: int, phase: str) -> None:
        """Note where a question stands."""
        with self._lock:
            self._base.execute("UPDATE asking SET round = ?, phase = ? WHERE id = ?", (round, phase, number))

    def free(self, questions: list[str]) -> None:
        """Note questions whose keys the practice pages may hold until the orderly end."""
        with self._lock:
            self._base.execute("BEGIN")
            self._base.executemany("INSERT OR IGNORE INTO free VALUES (?)", [(one,) for one in questions])
            self._base.execute("COMMIT")

    def freed(self) -> set[str]:
        """These questions."""
        with self._lock:
            return {one for (one,) in self._base.execute("SELECT question FROM free")}

    # ------------------------------------------------------------------------------------------ votes

    async def vote(self, asking: int, round: int, phone: str, answer, sure: int | None) -> None:
        """Write a vote in place of an earlier one of this phone and round; returns when it is on the disk.

        Raises Unkept where the disk refuses.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(((asking, round, phone, json.dumps(answer, ensure_ascii=False), sure), done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await asyncio.shield(done)  # a phone that goes away in between takes no other vote along

    async def settle(self) -> None:
        """Wait until every vote that has arrived is on the disk."""
        if self._writer is not None:
            await asyncio.wait([self._writer])

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                error = await asyncio.to_thread(self._commit, [row for row, _ in batch])
                for _, done in batch:
                    if not done.done():
                        done.set_exception(Unkept(error)) if error else done.set_result(None)
        finally:
            self._writer = None

    def _commit(self, rows: list[tuple]) -> str | None:
        """Write rows in one transaction; gives what went wrong."""
        with self._lock:
            try:
                self._base.execute("BEGIN IMMEDIATE")
                self._base.executemany("INSERT OR REPLACE INTO vote VALUES (?, ?, ?, ?, ?)", rows)
                self._base.execute("COMMIT")
            except sqlite3.Error as error:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                return f"The vote could not be kept ({error}). Tell your teacher; it is sent again meanwhile."
        return None

    def votes(self, asking: int | None = None) -> list[tuple]:
        """(asking, round, phone, answer, sure) of one question or of all."""
        with self._lock:
            rows = self._base.execute(
                "SELECT asking, round, phone, answer, sure FROM vote WHERE ?1 IS NULL OR asking = ?1 "
                "ORDER BY 1, 2, 3",
                (asking,),
            ).fetchall()
        return [(*one, json.loads(answer), sure) for *one, answer, sure in rows]

    def close(self) -> None:
        """An orderly end: a temporary file is deleted, in a kept one the phones' ids become numbers."""
        if not self.temporary:
            phones = [
                one
                for (one,) in self._base.execute("SELECT DISTINCT phone FROM vote WHERE length(phone) = 32")
            ]
            secrets.SystemRandom().shuffle(phones)
            first = (
                self._base.execute(
                    "SELECT count(DISTINCT phone) FROM vote WHERE length(phone) < 32"
                ).fetchone()[0]
                + 1
            )
            self._base.execute("BEGIN")
            self._base.executemany(
                "UPDATE vote SET phone = ? WHERE phone = ?",
                [(str(n), one) for n, one in enumerate(phones, first)],
            )
            self._base.execute("UPDATE asking SET phase = 'closed' WHERE phase = 'open'")
            self._base.execute("DELETE FROM secret")
            self._base.execute("DELETE FROM free")
            self._base.execute("COMMIT")
        self._base.close()
        if self.temporary:
            for end in ("", "-wal", "-shm", "-journal"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)
