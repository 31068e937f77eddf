"""Which files a teacher has: all in a folder or zip and in the zips within the folder, in a fixed order.

Nothing is unpacked: a zip is read member by member, so no name in it can lead anywhere.
"""

import datetime
import functools
import os
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ruspak.grading.text import shown

IGNORED = ("__MACOSX", "__pycache__")
MAX_NAME, MAX_DEPTH, MAX_MEMBERS = 255, 30, 100_000
MAX_SENT, MAX_LIST = 500, 200_000  # files in a zip that somebody sent, and bytes of the list of their names
LAST = 253_402_300_799.0  # the end of the year 9999; file systems know later ones, calendars don't
NOTEBOOK = re.compile(
    r"(\.ipynb|\.ipynb(\.txt|\.json|\.ipynb))$", re.I
)  # what browsers and editors add to the end


class Rejected(Exception):
    """A file that is not taken; the message says why and what to do. `students`: ids of those whose it may
    be; `named`: of those whom a name in another one's folder names, too."""

    def __init__(self, reason: str, students: tuple[str, ...] = (), named: tuple[str, ...] = ()):
        super().__init__(reason)
        self.students, self.named = students, named


@dataclass(frozen=True)
class File:
    """One file of the submissions: where it is, and its path within them."""

    path: str
    place: Path
    member: zipfile.ZipInfo | None = None
    sent: float | None = None  # of a file in a zip within the folder: when that zip was handed in
    of_sender: bool = False  # whether the path of that zip tells who sent it
    given: str = ""  # the folder or zip, where several were given

    @property
    def label(self) -> str:
        """The path as it can be shown."""
        return shown(f"{self.given}: {self.path}" if self.given else self.path, 120)

    @property
    def time(self) -> float:
        """Seconds since 1970 (in a zip, whose clock has no time zone, as if it were UTC). What a zip that was
        handed in tells of its files counts only as far as they are no newer than the zip."""
        if self.member is None:
            return min(max(self.place.stat().st_mtime, 0.0), LAST)
        try:
            time = datetime.datetime(*self.member.date_time, tzinfo=datetime.UTC).timestamp()
        except ValueError:
            return 0.0
        return time if self.sent is None else min(time, self.sent)

    @property
    def clock(self) -> datetime.datetime:
        """The time of the hand-in on the clock of whoever made the zip, or of this machine."""
        if self.member is None:
            return datetime.datetime.fromtimestamp(self.time)
        return datetime.datetime.fromtimestamp(self.time, datetime.UTC).replace(tzinfo=None)

    @property
    def came(self) -> datetime.datetime:
        """The same by what the sender can't choose: a file in a zip that was sent came with that zip."""
        return self.clock if self.sent is None else datetime.datetime.fromtimestamp(self.sent)

    def read(self, limit: int) -> bytes:
        """The bytes. Raises Rejected for more than `limit` of them, whatever size is claimed, and for a
        damaged file."""
        try:
            if self.member is None:
                with self.place.open("rb") as file:
                    data = file.read(limit + 1)
            else:
                stamp = self.place.stat()
                with _opened(self.place, stamp.st_mtime_ns, stamp.st_size).open(self.member) as file:
                    data = file.read(limit + 1)
        except (
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
            zipfile.BadZipFile,
            ValueError,
        ) as error:
            raise Rejected(f"it can't be read ({type(error).__name__}). Ask for it again.") from None
        except Exception as error:  # zlib.error and lzma.LZMAError have no common parent
            raise Rejected(
                f"its compressed data are damaged ({type(error).__name__}). Ask for it again."
            ) from None
        if len(data) > limit:
            raise Rejected(
                f"it has more than {limit / 1e6:g} MB. Clear its outputs (Edit, Clear Outputs of All Cells), "
                "or raise --notebook-mb."
            )
        return data


@functools.lru_cache(2)
def _opened(place: Path, changed: int, size: int) -> zipfile.ZipFile:
    """One zip for many reads: its list of members is read once."""
    return zipfile.ZipFile(place)


def files(place: Path, has_sender: Callable[[str], bool]) -> Iterator[tuple[File, str]]:
    """Every file in a folder or zip, in a fixed order, with what is wrong about it, if anything.

    has_sender: whether the path of a zip within the folder tells who sent it; such a zip may hold MAX_SENT
    files.
    """
    if not place.is_dir():
        yield from _members(place, "", False)
        return
    shut: list[OSError] = []
    for folder, folders, names in os.walk(place, onerror=shut.append):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in IGNORED)
        for name in sorted(folders + names):
            path = Path(folder, name)
            file = File(path.relative_to(place).as_posix(), path)
            if path.is_symlink():
                yield file, "it is a link to elsewhere. Links are not followed: hand in the file itself."
            elif name in folders or name.startswith(".") or (name == "timestamp.txt" and len(path.parts) > 2):
                continue  # nbgrader keeps the time of the hand-in there
            elif not stat.S_ISREG(path.lstat().st_mode):
                yield file, "it is no ordinary file. Hand in the notebook itself."
            elif name.lower().endswith(".zip"):
                yield from _members(path, file.path + "/", has_sender(file.path))
            else:
                yield file, _trouble(file.path)
    for error in shut:
        yield (
            File(os.path.relpath(error.filename, place), place),
            f"the folder can't be read ({error.strerror}).",
        )


def _members(place: Path, prefix: str, of_sender: bool) -> Iterator[tuple[File, str]]:
    most = MAX_SENT if of_sender else MAX_MEMBERS
    itself = File(prefix.rstrip("/") or place.name, place)
    too_many = f"the zip holds more than {most} files. Unpack those that count."
    try:
        if prefix and _names(place) > MAX_LIST * most // MAX_SENT:
            yield itself, too_many
            return
        with zipfile.ZipFile(place) as archive:
            members = archive.infolist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        reason = (
            "a name in it is not UTF-8"
            if isinstance(error, UnicodeDecodeError)
            else "it is damaged or cut off"
        )
        yield itself, f"{reason}. Unpack it yourself, or ask for it again."
        return
    if len(members) > most:
        yield itself, too_many
        return
    sent = min(max(place.stat().st_mtime, 0.0), LAST) if prefix else None
    for member in sorted(members, key=lambda one: one.filename):
        name = member.filename.replace("\\", "/")  # as some programs on Windows write it
        file = File(prefix + name, place, member, sent, of_sender)
        parts = name.split("/")
        if ".." in parts or re.search(r"^/|^[A-Za-z]:|\x00", member.orig_filename.replace("\\", "/")):
            yield file, "its name leads out of the zip. It is not touched; rename the file."
        elif name.endswith("/") or any(part in IGNORED or part.startswith(".") for part in parts):
            continue
        elif stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
            yield file, "it is a link or device in a zip. Hand in the file itself."
        elif member.flag_bits & 1:
            yield file, "the zip is locked with a password. Ask for it without one."
        elif name.lower().endswith(".zip"):
            yield file, "it is a zip within a zip. Unpack it, and hand in the notebook itself."
        elif member.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):  # others can't be read bit by bit
            yield file, "it is compressed in a rare way. Unpack it yourself, or ask for an ordinary zip."
        else:
            yield file, _trouble(name)


def _names(place: Path) -> int:
    """The bytes of the list of names at a zip's end, before it is read; more than any limit for the long form
    (zip64), in which a short list can stand for an endless one, and 0 where there is none."""
    with place.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 2**16 - 42))
        end = file.read()
    last = len(end) - 22 if end[-22:-18] == b"PK\x05\x06" else end.rfind(b"PK\x05\x06")
    if last < 0 or len(end) < last + 22:
        return 0
    return (
        2**63
        if b"PK\x06\x07" in end[max(0, last - 20) : last]
        else struct.unpack_from("<I", end, last + 12)[0]
    )


def _trouble(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8. Rename it."
    if max(map(len, path.split("/"))) > MAX_NAME:
        return f"its name has more than {MAX_NAME} characters. Rename it."
    if path.count("/") > MAX_DEPTH:
        return f"it lies more than {MAX_DEPTH} folders deep. Hand in the notebook itself."
    return "" if NOTEBOOK.search(path) else "it is not a notebook (.ipynb)."
