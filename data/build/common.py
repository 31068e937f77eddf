"""What every build script shares: where the raw files are, how a table is rejected, how it is written."""

import functools
import os
from pathlib import Path

import pandas as pd

from ruspak import errors
from ruspak.files import write_text

DATA = Path(__file__).resolve().parents[1]
COUNTRIES = ["PAK", "RUS", "IND", "CHN", "USA", "GBR", "TUR", "IRN", "SAU", "AFG"]


class Rejected(Exception):
    """A table or raw file that must not be used: the message names file, place and error."""


def reject(file: str, place: str, error: str) -> None:
    """Raise `Rejected` with one message, "file, place: error"."""
    raise Rejected(f"{file}, {place}: {error}")


all_of = functools.partial(errors.all_of, kind=Rejected)


def reject_rows(file: str, frame: pd.DataFrame, bad: pd.Series, error: str) -> None:
    """Reject when any row of `frame` is marked in `bad` (boolean, same index); the message shows the first of them.

    Missing marks count as bad: what could not be compared was not shown to be right.
    """
    bad = bad.astype("boolean").fillna(True).astype(bool)
    if bad.any():
        first = frame[bad].iloc[0].dropna().astype(str)
        place = " ".join(f"{name}={value[:40]}" for name, value in first.items())[:160]
        reject(file, f"{int(bad.sum())} row(s), first: {place}", error)


def reject_duplicates(file: str, frame: pd.DataFrame, key: list[str]) -> None:
    """Reject when two rows of `frame` have the same values in the columns `key`."""
    reject_rows(file, frame[key], frame.duplicated(key), f"the key {', '.join(key)} is not unique")


def raw_folder() -> Path | None:
    """The folder of raw files: RUSPAK_RAW, else ../shared/raw beside the repository; None where neither exists."""
    named = os.environ.get("RUSPAK_RAW")
    folder = Path(named) if named else DATA.parents[1] / "shared" / "raw"
    return folder if folder.is_dir() else None


def raw(name: str) -> Path:
    """Path of one raw file, such as raw("energy/pipelines.csv"); rejected where it is not there."""
    folder = raw_folder()
    if folder is None:
        reject(name, "raw folder", "not found; set RUSPAK_RAW to the folder of raw files")
    if not (folder / name).is_file():
        reject(name, "raw folder", f"no such file in {folder}")
    return folder / name


def read_raw(name: str) -> pd.DataFrame:
    """One raw CSV with every cell as text, empty cells as missing: types are the business of process()."""
    return pd.read_csv(raw(name), dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")


def stored(table: str) -> Path:
    """Path of a table of the course: data/course/facts.csv for stored("facts"), beside its description."""
    found = sorted(DATA.glob(f"*/{table}.yaml"))
    if not found:
        reject(f"data/FOLDER/{table}.yaml", "file", "not found; a new table needs its description first")
    return found[0].with_suffix(".csv")


def read_facts() -> pd.DataFrame:
    """The table facts, the facts of the course, with every cell as text and empty cells as missing."""
    return pd.read_csv(stored("facts"), dtype=str, keep_default_na=False, na_values=[""])


def write_csv(frame: pd.DataFrame, folder: Path, table: str) -> Path:
    """Write the table into `folder`, in the subfolder that it has in data/; whole or not at all.

    The bytes are the same for the same frame.

    Booleans become 1 and 0, missing values become empty; round floats before, in process().
    """
    plain = frame.copy()
    for name in plain.columns[[str(kind) in ("bool", "boolean") for kind in plain.dtypes]]:
        plain[name] = plain[name].map({True: "1", False: "0"})
    path = Path(folder) / stored(table).relative_to(DATA)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, plain.to_csv(index=False, lineterminator="\n"))
    return path


def ordered_pair(one: str, other: str) -> tuple[str, str]:
    """Two country codes in the order of every table of pairs: PAK first, else RUS first, else alphabetical."""
    first, second = sorted((one, other), key=lambda code: (code != "PAK", code != "RUS", code))
    return first, second
