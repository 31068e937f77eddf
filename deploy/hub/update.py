"""Bring the course, or a new version of it, into a student's folder, and never write over what the student made.

    python -I update.py SOURCE TARGET

It runs as the student, each time their server starts. Standard library only. What it handed out stands in
TARGET/.handed-out.json. The rule for each file (`NAME.new-version.ipynb` is the new file beside the student's own):

    in the student's folder    in the new version    what happens
    missing                    there                 comes, also after it was deleted or renamed
    as handed out              another               replaced
    only run (a notebook)      another               replaced; the one that was run goes to earlier/
    changed by the student     as handed out         stays
    changed by the student     another               stays; the new one comes beside it
    the student's own file     there, same name      stays; the new one comes beside it
    as handed out              gone or renamed       removed
    only run or changed        gone or renamed       stays
    a link or folder           anything              stays; the new one comes beside it
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

FOLDERS = ("notebooks", "exercises")
RECORD, EARLIER, NEW = ".handed-out.json", "earlier", ".new-version"
LARGEST = 50_000_000  # bytes of a notebook that is read to compare its cells


def update(source: Path, target: Path) -> list[str]:
    """Bring the notebooks and sheets of `source` into `target`; returns a line for each thing done or left.

    What can't be done is a line, too, and stops nothing. Stopped at any moment, the next call ends what was begun.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    known, lines = _read(target / RECORD), []
    wanted = {
        path.relative_to(source).as_posix(): path
        for folder in FOLDERS
        for path in sorted((source / folder).glob("*.ipynb"))
    }
    for name, new in wanted.items():
        try:
            lines += _bring(target, name, new.read_bytes(), known)
        except OSError as error:
            lines.append(f"{name}: not brought ({error.strerror}). Your files are as they were.")
    for name in sorted(set(known) - set(wanted)):
        if _beside(name, wanted):
            continue
        try:
            if _sum(target / name) == known[name]["sum"]:
                (target / name).unlink()
                lines.append(f"{name}: removed; the new version has it no more.")
        except OSError:
            pass  # gone, or no file of ours: it is the student's
        del known[name]
    try:
        _write(target / RECORD, json.dumps(known, indent=1).encode())
    except OSError as error:
        lines.append(f"{RECORD}: not written ({error.strerror}). At the next start the same is tried again.")
    return lines


def _bring(target: Path, name: str, new: bytes, known: dict) -> list[str]:
    """One file of the new version, by the rule above. Raises OSError."""
    path, fresh = target / name, {"sum": _digest(new), "cells": _cells(new)}
    given = known.get(name, {})
    if not os.path.lexists(path):
        _write(path, new)
        known[name] = fresh
        return [f"{name}: here."]
    mine = path.read_bytes() if _is_plain(path) else None
    if mine is not None and _digest(mine) == fresh["sum"]:
        known[name] = fresh
        return []
    if given.get("sum") == fresh["sum"]:
        return []  # theirs is changed, ours is not
    if mine is not None and _digest(mine) == given.get("sum"):
        _write(path, new)
        known[name] = fresh
        return [f"{name}: new version."]
    if mine is not None and given.get("cells") and _cells(mine) == given["cells"]:
        kept = _free(target / EARLIER / f"{Path(name).stem}{time.strftime('-%Y-%m-%d')}{Path(name).suffix}")
        _write(kept, mine)
        _write(path, new)
        known[name] = fresh
        return [f"{name}: new version; the one that you ran is {kept.relative_to(target).as_posix()}."]
    return _put_beside(target, name, new, fresh, known)


def _put_beside(target: Path, name: str, new: bytes, fresh: dict, known: dict) -> list[str]:
    """The new file beside the student's own; an earlier one that was put there and not touched makes room."""
    path = target / name
    for number in range(1, 1000):
        beside = path.with_name(f"{path.stem}{NEW}{f'-{number}' if number > 1 else ''}{path.suffix}")
        key = beside.relative_to(target).as_posix()
        there = _sum(beside) if _is_plain(beside) else None
        if there == fresh["sum"] or key in known and known[key]["sum"] == fresh["sum"]:
            known[key] = fresh
            return []  # put there before, or put there and then changed or deleted by the student
        if not os.path.lexists(beside) or key in known and there == known[key]["sum"]:
            _write(beside, new)
            known[key] = fresh
            return [f"{name}: yours is kept; the new version is {key}."]
    raise OSError(0, "a thousand versions lie beside it")


def _beside(name: str, wanted: dict) -> bool:
    """Whether it is what was put beside a file that the course still has."""
    head, found, _ = name.rpartition(NEW)
    return bool(found) and f"{head}{Path(name).suffix}" in wanted


def _cells(data: bytes) -> str | None:
    """What makes a notebook the student's: the kinds and texts of its cells, as a sum. None if it is no notebook."""
    if len(data) > LARGEST:
        return None
    try:
        cells = json.loads(data)["cells"]
        told = [(one["cell_type"], "".join(one["source"]), one.get("attachments", {})) for one in cells]
        return _digest(json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass"))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sum(path: Path) -> str:
    return _digest(path.read_bytes())


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _free(path: Path) -> Path:
    """The path, or the first with a number that nothing has."""
    names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(2, 10_000))
    return path if not os.path.lexists(path) else next(one for one in names if not os.path.lexists(one))


def _read(path: Path) -> dict:
    """What was handed out, {name: {"sum", "cells"}}; nothing where the record is gone or damaged, and then all that
    differs counts as the student's.
    """
    try:
        told = json.loads(path.read_bytes())
        return {
            name: one
            for name, one in told.items()
            if isinstance(one, dict) and isinstance(one.get("sum"), str)
        }
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _write(path: Path, data: bytes) -> None:
    """As ruspak.files.write_bytes, which is not to be had here, for its owner alone. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, tmp = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(tmp, 0o600)
        os.replace(tmp, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(tmp)


def link(source: Path, target: Path) -> None:
    """Where the pages' links lead outside notebooks and sheets: to the one copy of the course that all read."""
    for name in ("data", "docs", "README.md", "CONTRIBUTING.md"):
        place = target / name
        if place.is_symlink() and os.readlink(place) != str(source / name):
            place.unlink()
        if not os.path.lexists(place) and (source / name).exists():
            place.symlink_to(source / name)


def main(arguments: list[str]) -> int:
    """Update one folder, print what was done, and return 0: a server starts whatever happens here."""
    source, target = map(Path, arguments)
    try:
        lines = update(source, target)
        link(source, target)
    except OSError as error:
        lines = [f"{target}: the course was not brought ({error.strerror}). Your files are as they were."]
    if lines:
        print("\n".join(lines))
        with contextlib.suppress(OSError), (target / "what-is-new.txt").open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M')}\n" + "".join(f"  {line}\n" for line in lines))
    if shutil.disk_usage(target).free < 100_000_000:
        print("Less than 100 MB are free: tell the one who keeps this server.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
