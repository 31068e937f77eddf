"""Files that are there whole or, after any failure, as they were: the one writer of the project."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def whole(path: Path, folder: Path | None = None, mode: str = "w") -> Iterator[IO]:
    """A file to write to, which takes the place of `path` when the block ends well: UTF-8, line ends as written, or
    bytes for the mode "wb".

    `folder` holds it until then: one on the same disk, the file's own if None. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, tmp = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=folder or path.parent)
    try:
        text = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
        with open(handle, mode, **text) as file:
            os.chmod(tmp, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            yield file
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave the new name with nothing in it
        os.replace(tmp, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(tmp)


def write_text(path: Path, text: str) -> None:
    """Write a whole file, UTF-8, line ends as in `text`. Raises OSError."""
    with whole(path) as file:
        file.write(text)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a whole file. Raises OSError."""
    with whole(path, mode="wb") as file:
        file.write(data)


def _umask() -> int:
    """The permissions that this process takes from new files; the system tells only while it sets them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
