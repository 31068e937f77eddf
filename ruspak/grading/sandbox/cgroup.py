"""A bound on all memory that the kernel holds on a submission's behalf: a cgroup, where this user may make
one.

It counts what no process admits to: shared memory that was given back, pipes, sockets, queues, page tables,
files in memory. Version 2 (the unified hierarchy) or 1 (its memory controller), see the kernel's
Documentation/admin-guide.
"""

import contextlib
import itertools
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

# version: the files for the limit, for that of memory with swap, for what is used, and for the count of kills
FILES = {
    2: ("memory.max", "memory.swap.max", "memory.current", "memory.events"),
    1: (
        "memory.limit_in_bytes",
        "memory.memsw.limit_in_bytes",
        "memory.usage_in_bytes",
        "memory.oom_control",
    ),
}
JOIN = 'echo $$ > "$1/cgroup.procs" && shift && exec "$@"'  # by a shell, before the program has children
WAIT = 5.0  # seconds for the last processes to be gone
_numbers = itertools.count()


@dataclass(frozen=True)
class Cgroup:
    """One group, empty at first."""

    version: int
    folder: Path

    def command(self, words: list[str]) -> list[str]:
        """The command that runs these words in the group."""
        return ["/bin/sh", "-c", JOIN, "sh", str(self.folder), *words]

    def limit(self, most: int) -> None:
        """Let all processes of the group hold that many bytes together; beyond it the kernel ends one."""
        memory, swap, *_ = FILES[self.version]
        both = [(memory, most), (swap, 0 if self.version == 2 else most)]
        for name, value in reversed(both) if most >= self._read(memory) else both:
            with (
                contextlib.suppress(FileNotFoundError, PermissionError)
                if name == swap
                else contextlib.nullcontext()
            ):
                (self.folder / name).write_text(str(value))

    def used(self) -> int:
        """Bytes that the kernel holds for the group."""
        return int((self.folder / FILES[self.version][2]).read_text())

    def kills(self) -> int:
        """How often a process was ended for lack of memory."""
        found = re.search(r"^oom_kill (\d+)", (self.folder / FILES[self.version][3]).read_text(), re.M)
        return int(found[1]) if found else 0

    def close(self) -> None:
        """Remove the group once its processes are gone."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                self.folder.rmdir()
                break
            except OSError:
                time.sleep(0.02)

    def _read(self, name: str) -> float:
        text = (self.folder / name).read_text().strip()
        return float("inf") if text == "max" else int(text)


def memory_cgroup() -> Cgroup | None:
    """A new group below this process's own, or beside it; None where there is none to be had."""
    for version, folder in _places():
        _sweep(folder)
        made = folder / f"ruspak-{os.getpid()}-{next(_numbers)}"
        try:
            made.mkdir()
        except OSError:
            continue
        group = Cgroup(version, made)
        try:
            group.limit(2**40)
            group.used(), group.kills()
            return group
        except (OSError, ValueError):  # it has no controller of memory
            group.close()
    return None


def bound() -> str:
    """What bounds the memory that a submission makes this machine hold, in words."""
    group = memory_cgroup()
    if group is None:
        return "an allow-list of system calls and counting of pages; no cgroup can be made here"
    group.close()
    return f"a cgroup (version {group.version}), and an allow-list of system calls"


def _sweep(folder: Path) -> None:
    """Remove groups of programs that were killed."""
    for left in folder.glob("ruspak-*-*"):
        if not Path("/proc", left.name.split("-")[1]).exists():
            with contextlib.suppress(OSError):
                left.rmdir()


def _places() -> list[tuple[int, Path]]:
    """(version, folder) in which a group could be made."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines()]
        own = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines()]
    except OSError:
        return []
    found = []
    for fields in mounts:
        kind, options = fields[fields.index("-") + 1], fields[-1].split(",")
        if kind not in ("cgroup", "cgroup2") or kind == "cgroup" and "memory" not in options:
            continue
        version = 2 if kind == "cgroup2" else 1
        path = next(
            (path for _, names, path in own if ("memory" in names.split(",") if version == 1 else not names)),
            "",
        )
        folder = Path(
            fields[4] + path[len(fields[3].rstrip("/")) :] if path.startswith(fields[3]) else fields[4]
        )
        found.append((version, folder))
        if version == 2 and folder != Path(
            fields[4]
        ):  # a group with processes of its own hands no controller down
            found.append((version, folder.parent))
    return [(version, folder) for version, folder in found if os.access(folder, os.W_OK)]
