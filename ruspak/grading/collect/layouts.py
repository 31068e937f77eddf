"""Finding the submissions in what a teacher has: a folder or a zip, named by hand, by nbgrader, Moodle or Canvas.

Nothing is unpacked: a zip is read member by member, so no name in it can lead anywhere.
"""

import datetime
import functools
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ruspak.errors import CourseError
from ruspak.grading.collect.roster import Roster, Student
from ruspak.grading.text import shown

# Moodle, mod/assign/classes/downloader.php: a folder “Full Name_4711_assignsubmission_file” for each student (older
# versions end it with _), or, without folders, that and the file's name in one. No _ is left in the full name.
MOODLE = re.compile(r"(?P<name>[^_]*)_(?P<number>\d+)_assignsubmission_[a-z]+(_(?P<file>.*))?", re.S)
# Canvas, lib/content_zipper.rb: “familygiven_LATE_4711_815_file”: who, late or not, the user's and the attachment's
# number.
CANVAS = re.compile(r"(?P<name>\w*?)_(LATE_)?(?P<number>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.S)
AGAIN = re.compile(r"( \(\d+\)|-\d+)$")  # what browsers and Canvas add to the name of a second upload
KINDS = {"Moodle": "moodle_id", "Canvas": "canvas_id"}  # the roster's columns for their numbers
IGNORED = ("__MACOSX", "__pycache__")
MAX_NAME, MAX_MEMBERS = 255, 100_000
LAST = 253_402_300_799.0  # the end of the year 9999; file systems know later ones, calendars don't


class Rejected(Exception):
    """A file that is not taken; the message says why and what to do."""


@dataclass(frozen=True)
class File:
    """One file of the submissions: where it is, and its path within them."""

    path: str
    place: Path
    member: zipfile.ZipInfo | None = None

    @property
    def label(self) -> str:
        """The path as it can be shown."""
        return shown(self.path, 120)

    @property
    def time(self) -> float:
        """Seconds since 1970 (in a zip, whose clock has no time zone, as if it were UTC)."""
        if self.member is None:
            return min(max(self.place.stat().st_mtime, 0.0), LAST)
        try:
            return datetime.datetime(*self.member.date_time, tzinfo=datetime.UTC).timestamp()
        except ValueError:
            return 0.0

    def read(self, limit: int) -> bytes:
        """The bytes. Raises Rejected for more than `limit` of them, whatever size is claimed, and for a damaged file."""
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


@dataclass(frozen=True)
class Submission:
    """What a student handed in for a sheet: the newest of their `tries` files."""

    student: Student
    sheet: str
    file: File
    tries: int

    @property
    def when(self) -> str:
        """The file that counts, and its time."""
        time = datetime.datetime.fromtimestamp(self.file.time, datetime.UTC)
        return f"{self.file.label}, {time:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class _Owner:
    """Whose a file is: by a platform's number for the student (`attachment` is Canvas's number for the file), or by a
    name that a person gave, which may tell the sheet as well."""

    student: Student
    platform: str = ""
    number: str = ""
    attachment: int = 0
    sheet: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A file that is not marked, and why."""

    path: str
    reason: str


def collect(
    place: Path, roster: Roster, sheets: dict[str, str], only: str | None = None
) -> tuple[list[Submission], list[LeftOut]]:
    """All submissions, by student in the order of the roster, and all files that are left out.

    `sheets` gives the notebook's name for each sheet's id; `only` is the one sheet to mark, which a file whose name
    says no sheet is then taken for. Raises CourseError where `place` is neither folder nor zip.
    """
    if not place.is_dir() and not zipfile.is_zipfile(place):
        raise CourseError(
            f"{place}: this is neither a folder nor a zip file. Give the one with the submissions."
        )
    taken: list[tuple[File, _Owner, str]] = []
    left_out = []
    for file, trouble in _files(place):
        try:
            if trouble:
                raise Rejected(trouble)
            owner = _whose(file.path, roster, sheets)
            taken.append((file, owner, owner.sheet or _sheet(file.path, sheets, only)))
        except Rejected as reason:
            left_out.append(LeftOut(file.label, str(reason)))
    found: dict[tuple[Student, str], list[tuple]] = {}
    numbers = _numbers(taken)
    for file, owner, sheet in taken:
        if len(several := numbers[_account(owner, sheet)]) > 1:
            left_out.append(LeftOut(file.label, _contested(owner, several)))
        elif only in (None, sheet):
            found.setdefault((owner.student, sheet), []).append(
                (file.time, owner.attachment, file.path, file)
            )
    order = {
        (student, sheet): place
        for place, (student, sheet) in enumerate(
            (student, sheet) for student in roster.students for sheet in sheets
        )
    }
    submissions = [
        Submission(student, sheet, max(tries, key=lambda one: one[:3])[3], len(tries))
        for (student, sheet), tries in sorted(found.items(), key=lambda one: order[one[0]])
    ]
    return submissions, sorted(left_out, key=lambda one: (one.path, one.reason))


def _files(place: Path) -> Iterator[tuple[File, str]]:
    """Every file in a folder or zip, in a fixed order, with what is wrong about it, if anything."""
    if not place.is_dir():
        yield from _members(place, "")
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
                yield from _members(path, file.path + "/")
            else:
                yield file, _trouble(file.path)
    for error in shut:
        yield (
            File(os.path.relpath(error.filename, place), place),
            f"the folder can't be read ({error.strerror}).",
        )


def _members(place: Path, prefix: str) -> Iterator[tuple[File, str]]:
    itself = File(prefix.rstrip("/") or place.name, place)
    try:
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
    if len(members) > MAX_MEMBERS:
        yield itself, f"the zip holds more than {MAX_MEMBERS} files. Unpack those that count."
        return
    for member in sorted(members, key=lambda one: one.filename):
        file = File(prefix + member.filename, place, member)
        parts = PurePosixPath(member.filename).parts
        if ".." in parts or re.search(r"^/|^[A-Za-z]:|[\\\x00]", member.orig_filename):
            yield file, "its name leads out of the zip. It is not touched; rename the file."
        elif member.is_dir() or any(part in IGNORED or part.startswith(".") for part in parts):
            continue
        elif stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
            yield file, "it is a link or device in a zip. Hand in the file itself."
        elif member.filename.lower().endswith(".zip"):
            yield file, "it is a zip within a zip. Unpack it, and hand in the notebook itself."
        elif member.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):  # others can't be read bit by bit
            yield file, "it is compressed in a rare way. Unpack it yourself, or ask for an ordinary zip."
        else:
            yield file, _trouble(member.filename)


def _trouble(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8. Rename it."
    if max(map(len, path.split("/"))) > MAX_NAME:
        return f"its name has more than {MAX_NAME} characters. Rename it."
    return "" if path.lower().endswith(".ipynb") else "it is not a notebook (.ipynb)."


def _whose(path: str, roster: Roster, sheets: dict[str, str]) -> _Owner:
    """Whose a file is. The outermost part of its path that a platform made decides: what lies below it, and the name
    of a file in it, is the student's own choice. Without such a part, the names that a person gave. Raises Rejected.
    """
    *folders, name = path.split("/")
    stem = name[: -len(".ipynb")]
    named = [
        _Owner(student, sheet=sheet)
        for student_id, sheet in _endings(stem, sheets)
        if (student := roster.by_id(student_id))
    ]
    for place, part in enumerate([*folders, stem]):
        if moodle := MOODLE.fullmatch(part):
            return _of_platform(roster, "Moodle", moodle["number"], moodle["name"])
        if part == "submitted" and place + 1 < len(folders):
            return _of_id(roster, folders[place + 1])
        if (canvas := CANVAS.fullmatch(part)) and not (
            named and place == len(folders)
        ):  # s_1_01_history is no upload
            return _of_platform(roster, "Canvas", canvas["number"], canvas["name"], int(canvas["attachment"]))
    named += [_Owner(student) for folder in folders if (student := roster.by_id(folder.removesuffix(".zip")))]
    if len(ids := {owner.student.student for owner in named}) > 1:
        raise Rejected(
            f"its name fits two students: {' and '.join(shown(id, 40) for id in sorted(ids))}. Rename the "
            "file or its folder so that it fits one."
        )
    if named:
        return named[0]
    return _of_id(roster, next((student_id for student_id, _ in _endings(stem, sheets)), stem))


def _of_id(roster: Roster, student_id: str) -> _Owner:
    if student := roster.by_id(student_id):
        return _Owner(student)
    raise Rejected(
        f"'{shown(student_id, 40)}' is not in the roster. Name the file <student>_<sheet>.ipynb, with an id "
        "of the roster, or add the student."
    )


def _of_platform(roster: Roster, platform: str, number: str, name: str, attachment: int = 0) -> _Owner:
    """By the platform's number, or by name a student for whom the roster has no number there."""
    kind = KINDS[platform]
    student = roster.by_number(kind, number)
    if student is None and (namesake := roster.by_name(name)) and not getattr(namesake, kind):
        student = namesake
    if student is None:
        raise Rejected(
            f"{platform}'s '{shown(name, 40)}', number {number}, is not in the roster, or the name is there "
            f"twice or with another number. Add the student, or write {number} into the column {kind}."
        )
    return _Owner(student, platform, number, attachment)


def _account(owner: _Owner, sheet: str) -> tuple[Student, str, str]:
    """Within what a platform has one number for a student: Canvas everywhere, Moodle in each assignment."""
    return owner.student, owner.platform, sheet if owner.platform == "Moodle" else ""


def _numbers(taken: list[tuple[File, _Owner, str]]) -> dict[tuple[Student, str, str], set[str]]:
    found: dict[tuple[Student, str, str], set[str]] = {}
    for _, owner, sheet in taken:
        found.setdefault(_account(owner, sheet), set()).add(owner.number)
    return found


def _contested(owner: _Owner, numbers: set[str]) -> str:
    return (
        f"{owner.platform} has two students by the name of '{shown(owner.student.name, 40)}', numbers "
        f"{' and '.join(sorted(numbers))}. Write the right number into the column {KINDS[owner.platform]}."
    )


def _endings(stem: str, sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each way to read <student>_<sheet> or <student>_<notebook>."""
    for form in dict.fromkeys((stem, AGAIN.sub("", stem))):
        for sheet, notebook in sheets.items():
            for ending in (f"_{notebook}", f"_{sheet}"):
                if form.endswith(ending) and form != ending:
                    yield form.removesuffix(ending), sheet


def _sheet(path: str, sheets: dict[str, str], only: str | None) -> str:
    """The sheet that a file's name tells, or a folder (nbgrader's assignment), or else the only one to mark."""
    *folders, name = path.split("/")
    stem = name[: -len(".ipynb")]
    for text in (AGAIN.sub("", stem), stem, *reversed(folders)):
        for sheet, notebook in sheets.items():
            if text in (sheet, notebook) or text.endswith((f"_{sheet}", f"_{notebook}")):
                return sheet
    if only:
        return only
    raise Rejected(
        f"its name tells no sheet (known: {', '.join(sheets)}). Rename it, or say which by --sheet."
    )
