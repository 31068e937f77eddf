"""What each student has handed in so far: so that one new file alone changes only that student."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ruspak.files import whole


@dataclass(frozen=True)
class Handed:
    """A hand-in and its result: `name` in the store, "" where the file could not be read; `course`, the
    fingerprint that it was marked with. `earlier`: it is not among the files of this run."""

    when: str
    tries: int
    late: bool
    minutes_late: int
    platform: str
    stamp: str
    name: str
    course: str
    earlier: bool = False


Ledger = dict[tuple[str, str], Handed]  # by student and sheet


def read_ledger(folder: Path) -> Ledger:
    """What earlier runs have written; nothing where there is none, or a damaged one."""
    try:
        rows = json.loads((folder / "ledger").read_text(encoding="utf-8"))
        return {(student, sheet): Handed(**fields) for student, sheet, fields in rows}
    except (OSError, ValueError, TypeError):
        return {}


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Keep it for the next run."""
    rows = [[*who, asdict(handed) | {"earlier": False}] for who, handed in sorted(ledger.items())]
    with whole(folder / "ledger", folder) as file:
        json.dump(rows, file)
