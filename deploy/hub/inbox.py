"""What comes in: sheets go to INBOX/<student>/<time>/<sheet>.ipynb, each with a receipt.

A sheet is read with the student's own rights, by a process of theirs; what comes back is bytes. INBOX is what
`python -m ruspak grade INBOX` reads, and no student can open it. A receipt is given when sheet and receipt are on
the disk, never before.
"""

import contextlib
import csv
import datetime
import hashlib
import io
import json
import os
import pwd
import re
import subprocess
import sys
import threading
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import reading

from ruspak.files import write_bytes

MOST = 200  # times that one student may hand one sheet in
PATIENCE = 20  # seconds to read a sheet
READER = Path(__file__).with_name("reading.py")


class Rejected(Exception):
    """A sheet that is not taken; the message says why and what to do."""


@dataclass(frozen=True)
class Receipt:
    """That a sheet came in: `time` in UTC, `sum` the SHA-256 of its bytes."""

    student: str
    sheet: str
    time: str
    size: int
    sum: str


def sheets(user: str) -> list[tuple[str, float]]:
    """(file, when it was saved, in seconds since 1970) of the user's sheets, as the user may see them."""
    try:
        found = json.loads(_read(user, "list")[:100_000])
        return [(name, float(saved)) for name, saved in found if reading.SHEET.fullmatch(name)]
    except (ValueError, TypeError, RecursionError):
        raise Rejected("The folder exercises can't be read. Stop your server, start it again.") from None


def take(user: str, student: str, file: str, state: Path, inbox: Path) -> Receipt:
    """Take a sheet in. Raises Rejected.

    user: the account; student: the id in the teacher's roster; file: its name in exercises/.
    """
    name = reading.SHEET.fullmatch(file)
    if not name:
        raise Rejected(
            "That is no sheet of the course. Keep its first letters, such as 01_history, in its name."
        )
    if not re.fullmatch(r"[^/\0.][^/\0]{0,99}", student):
        raise Rejected("Your id in the class list can't be used as a folder's name: tell your teacher.")
    data = _read(user, "sheet", file)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    folder = inbox / student
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sum(1 for _ in folder.glob(f"*/{name[1]}.ipynb")) >= MOST:
        raise Rejected(f"You have handed this sheet in {MOST} times: tell your teacher.")
    place = _new_folder(folder, now)
    write_bytes(place / f"{name[1]}.ipynb", data)
    receipt = Receipt(
        student, name[1], f"{now:%Y-%m-%d %H:%M:%S}", len(data), hashlib.sha256(data).hexdigest()
    )
    _note(state / "receipts.csv", receipt)
    return receipt


def receipts(student: str, state: Path) -> list[Receipt]:
    """What a student has handed in, oldest first."""
    with (
        contextlib.suppress(FileNotFoundError),
        (state / "receipts.csv").open(newline="", encoding="utf-8") as file,
    ):
        rows = [row for row in csv.reader(file) if len(row) == len(fields(Receipt)) and row[0] == student]
        return [Receipt(row[0], row[1], row[2], int(row[3]), row[4]) for row in rows]
    return []


def student_of(user: str, roster: str) -> str:
    """The id of an account: in the roster the line whose `login` or id is the account's name; without a roster the
    name. Raises Rejected, or CourseError where the roster can't be read.
    """
    if not roster:
        return user
    from ruspak.grading.collect.roster import read_roster

    found = {one.student for one in read_roster(Path(roster)).students if user in (one.login, one.student)}
    if len(found) != 1:
        raise Rejected(f"The class list has {len(found)} lines for the account {user}: tell your teacher.")
    return found.pop()


def _read(user: str, *words: str) -> bytes:
    """What reading.py says in a process that is the user, in their home. Raises Rejected, with its words."""
    person = pwd.getpwnam(user)
    process = subprocess.Popen(
        [sys.executable, "-I", READER, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd=person.pw_dir,
        user=person.pw_uid,
        group=person.pw_gid,
        extra_groups=[],
        umask=0o077,
        start_new_session=True,
    )
    end = threading.Timer(PATIENCE, process.kill)  # the student may stop a process of theirs, too
    end.start()
    try:
        data = process.stdout.read(reading.LARGEST + 1)
        if len(data) > reading.LARGEST:
            process.kill()
        code = process.wait()
    finally:
        end.cancel()
        process.stdout.close()
    if code == 1:
        raise Rejected(f"{words[-1]}: {data[:500].decode('utf-8', 'replace')}.")
    if code or len(data) > reading.LARGEST:
        raise Rejected(f"{words[-1]}: it could not be read. Clear its outputs, save it, hand it in again.")
    return data


def _new_folder(folder: Path, now: datetime.datetime) -> Path:
    for number in range(1, 1000):
        place = folder / f"{now:%Y%m%dT%H%M%SZ}{f'-{number}' if number > 1 else ''}"
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)
            return place
    raise Rejected("Too many at once: try again in a second.")


def _note(path: Path, receipt: Receipt) -> None:
    """Add one line in one call, on the disk before it returns. Raises OSError."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(astuple(receipt))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.getvalue().encode("utf-8"))
        os.fsync(handle)
    finally:
        os.close(handle)
