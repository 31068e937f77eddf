"""The course's side of marking: the key of a sheet, the sheet as it was handed out, and a fingerprint of all
of it."""

import functools
import hashlib
import importlib.metadata
import sys
from pathlib import Path

from ruspak.grading.collect.cells import HandedOut, handed_out
from ruspak.sheets import public
from ruspak.sheets.items import Sheet
from ruspak.sheets.keys import load

ROOT = Path(__file__).resolve().parents[3]


def key_of(home: str, sheet: str) -> Sheet:
    """The key of a sheet, loaded once for each state of the course. Raises CourseError for an error in it."""
    return _key(home, sheet, fingerprint(home, sheet))


@functools.lru_cache(32)
def _key(home: str, sheet: str, state: str) -> Sheet:
    """Trying out every item is most of what a small batch costs this process; an unchanged key needs it once."""
    return load(public.key_path(sheet, home))


@functools.cache
def fingerprint(home: str, sheet: str) -> str:
    """A hash of all that a mark follows from, besides the submission: the code, the tables, the sheet and its
    key, and what computes."""
    files = [
        *(ROOT / "ruspak").rglob("*.py"),
        *(ROOT / "data").rglob("*.[cj]s*"),
        public.key_path(sheet, home),
        *Path(home, "exercises").glob("*.json"),
        *Path(home, "exercises").glob("*.ipynb"),
    ]
    total = hashlib.sha256(
        repr([sys.version, *map(importlib.metadata.version, ("pandas", "numpy"))]).encode()
    )
    for path in sorted(filter(Path.is_file, files), key=lambda one: (one.name, str(one))):
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


@functools.cache
def sheet_as_given(home: str, sheet: str) -> HandedOut:
    """The cells of the sheet as it was given; none where its notebook isn't there."""
    path = Path(home, "exercises", f"{public.read(sheet)['notebook']}.ipynb")
    return handed_out(path.read_bytes()) if path.exists() else HandedOut()


def forget() -> None:
    """Read everything anew: the teacher may have changed the key since the last call."""
    for cache in (public.read, fingerprint, sheet_as_given):
        cache.cache_clear()
