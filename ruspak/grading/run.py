"""`grade`: from returned sheets to marks, in one call."""

import contextlib
import dataclasses
import fcntl
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.grading import batch
from ruspak.grading.collect.deadline import Deadline
from ruspak.grading.collect.layouts import LeftOut, Submission, collect
from ruspak.grading.collect.roster import Roster, read_roster
from ruspak.grading.marking import course
from ruspak.grading.marking.course import fingerprint, key_of
from ruspak.grading.report import classpage, feedback, handback, imports, tables, written
from ruspak.grading.report.imports import check_import
from ruspak.grading.report.ledger import Handed, Ledger, read_ledger, write_ledger
from ruspak.grading.report.overrides import read_overrides
from ruspak.grading.report.results import Results
from ruspak.grading.sandbox import Limits
from ruspak.grading.sandbox.cgroup import bound
from ruspak.grading.sandbox.limits import check_limit
from ruspak.sheets import public


@dataclass(frozen=True)
class Summary:
    """What a run did: results by state, marks that a person has to look at, answers that wait for points,
    typed points that belong to no answer here, the median of points, and the files left out."""

    marked: int
    unreadable: int
    left: int
    missing: int
    looks: int
    waiting: int
    stray: int
    median: float | None
    left_out: list[LeftOut]
    memory: str = ""  # what bounds that of a submission
    warning: str = ""  # what is odd about the roster

    def __str__(self) -> str:
        lines = [
            f"{self.marked} sheets marked, {self.unreadable} not readable, "
            + (f"{self.left} left out, " if self.left else "")
            + f"{self.missing} not handed in."
        ]
        if self.median is not None:
            lines[0] += f" Median {self.median:g} points."
        if self.waiting:
            lines.append(
                f"Written answers to mark: {self.waiting}. Read written.html, type points into written.csv, "
                "run this again. Until then moodle.csv and canvas.csv have no points for these sheets."
            )
        if self.looks:
            lines.append(
                f"Marks to look at: {self.looks}. totals.csv says why, after LOOK. Until you have decided, "
                f"moodle.csv and "
                "canvas.csv have no points for these sheets, unless you insist by --final."
            )
        if self.stray:
            lines.append(
                f"Typed points that belong to no answer here: {self.stray}. They stay in written_before.csv "
                "and count again when the answer is back."
            )
        lines += [f"left out: {one.path}: {one.reason}" for one in self.left_out[:20]]
        if len(self.left_out) > 20:
            lines.append(f"… and {len(self.left_out) - 20} more, see left_out.csv.")
        if self.warning:
            lines.append(self.warning)
        if self.memory:
            lines.append(f"The memory of a submission was bounded by {self.memory}.")
        return "\n".join(lines)


def grade(
    submissions: Path | str | Sequence[Path | str],
    roster: Path | str,
    out: Path | str,
    *,
    sheet: str | None = None,
    limits: Limits = Limits(),
    workers: int | None = None,
    scheduler: str | None = None,
    unsafe: bool = False,
    notebook_mb: float = 20,
    final: bool = False,
    deadline: Deadline | None = None,
    student: str | None = None,
    forget: bool = False,
    title: str | None = None,
    of: float | None = None,
    say: batch.Say = lambda done, of: None,
) -> Summary:
    """Mark the submissions in a folder or zip, or in several, for the students of a roster, and write all reports into
    `out`.

    `sheet` is the one sheet to mark, by id or notebook; `workers` processes run at once, one a core if None;
    `scheduler` is the address of a Dask scheduler to send the work to; `unsafe` runs without a sandbox; a
    notebook of more than `notebook_mb` MB is not read; `deadline` is when a sheet had to be there; `student`
    the one to mark anew, by id; `forget` drops what stands from earlier runs and is not among the files now;
    `title` is the assignment's on the platform and `of` the most points that it gives there, for the import
    files; `final` puts marks into the import files that a person should look at or has still to give points
    for; `say(done, of)` hears of progress. Raises CourseError for an error in roster, key or written.csv,
    before anything is written, and for a file that can't be written, and SandboxMissing (a CourseError) where
    nothing may run.
    """
    check_limit("notebook-mb", notebook_mb)
    check_limit("workers", 1 if workers is None else workers)
    course.forget()  # the teacher may have changed the key since the last call
    places = [submissions] if isinstance(submissions, Path | str) else submissions
    places, out = [Path(place) for place in places], Path(out)
    people, known = read_roster(Path(roster)), _sheets()
    sheet = _asked(sheet, known)
    if any(out.resolve().is_relative_to(place.resolve()) for place in places):
        raise CourseError(
            f"{out}: the marks would lie among the submissions. Give a folder beside them for --out."
        )
    found, left_out = collect(places, people, known, sheet, deadline)
    if student is not None and forget:
        raise CourseError("--forget with --student would drop the marks of all others. Give one of them.")
    if student is not None:
        one = _of_roster(student, people)
        found = [each for each in found if each.student.student == one]
        left_out = [each for each in left_out if one in each.students]
    before = {} if forget else read_ledger(out / ".work")
    there = {one.sheet for one in found} | {id for _, id in before}
    wanted = [sheet] if sheet else [id for id in known if id in there] or known
    check_import(people, title, of, len(wanted))
    home = str(public.home())
    sheets = {id: key_of(home, id) for id in wanted}
    courses = {id: fingerprint(home, id) for id in wanted}
    given = written.read_given(out, sheets)
    overrides, idle = read_overrides(out, people.students, sheets, known)
    with _alone(out) as store:
        names, unread = batch.mark_all(
            found,
            store,
            limits,
            largest=int(notebook_mb * 1e6),
            unsafe=unsafe,
            workers=workers,
            scheduler=scheduler,
            anew=student is not None,
            say=say,
        )
        ledger = _handed(found, names, courses, before)
        write_ledger(store.folder, ledger)
        results = Results(
            people.students, sheets, ledger, [*left_out, *unread], store.get, given, overrides, courses, final
        )
        waiting, stray = written.write(out, store.folder, results)
        for report in (feedback, classpage, tables, handback):
            report.write(out, store.folder, results)
        imports.write(out, store.folder, results, people, title, of)
        states = [(result.state, result.points, bool(result.look)) for result in results]
    points = [points for _, points, _ in states if points is not None]
    counts = [
        sum(state == one for state, *_ in states) for one in ("marked", "unreadable", "left out", "missing")
    ]
    return Summary(
        *counts,
        sum(look for *_, look in states),
        waiting,
        stray,
        statistics.median(points) if points else None,
        results.left_out,
        "" if unsafe or scheduler else bound(),
        "\n".join([*idle, people.warning]).strip(),
    )


def _handed(
    found: list[Submission], names: dict[tuple[str, str], str], courses: dict[str, str], before: Ledger
) -> Ledger:
    """What stands now: what is among the files, and from earlier runs what is not."""
    ledger = {who: dataclasses.replace(handed, earlier=True) for who, handed in before.items()}
    for one in found:
        who = one.student.student, one.sheet
        ledger[who] = Handed(
            one.when,
            one.tries,
            one.late,
            one.minutes_late,
            one.platform,
            one.stamp,
            names.get(who, ""),
            courses[one.sheet],
        )
    return ledger


def _of_roster(student: str, people: Roster) -> str:
    found = people.by_id(student)
    if found is None:
        raise CourseError(f"--student {student}: the roster has no such id.")
    return found.student


def _sheets() -> dict[str, str]:
    """The notebook of each sheet that has a key. Raises CourseError where there is none."""
    keys = sorted((public.home() / "solutions" / "keys").glob("[0-9][0-9]_*.py"))
    if not keys:
        raise CourseError(
            "solutions/keys: there is no key. A private key lies in the folder that RUSPAK_SHEETS names, "
            "see docs/grading.md."
        )
    return {path.stem.partition("_")[2]: path.stem for path in keys}


def _asked(sheet: str | None, known: dict[str, str]) -> str | None:
    """The id of the one sheet to mark, by id or notebook. Raises CourseError where there is no key for it."""
    found = [id for id, notebook in known.items() if sheet in (id, notebook)]
    if sheet is not None and not found:
        raise CourseError(
            f"solutions/keys: there is no key for '{sheet}'. Known: {', '.join(known)}. For a key of your own, set RUSPAK_SHEETS in this terminal."
        )
    return found[0] if found else None


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[batch.Store]:
    """The results kept in `out`, for this run alone. Raises CourseError where another run is at work, or
    where within the run a file fails, as on a full disk."""
    folder = out / ".work"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise CourseError(
            f"{out}: it can't be written to ({error.strerror}). Give another folder for --out."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(
                f"{out}: another run is writing there. Wait for it, or give another folder."
            ) from None
        try:
            yield batch.Store(folder, lock.fileno())
        except OSError as error:
            raise CourseError(
                f"{error.filename2 or error.filename or out}: {error.strerror or error}. What was marked "
                "is kept: mend that or make room, and run the same command again."
            ) from None
