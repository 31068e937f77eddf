"""Limits of memory, processor and processes for one student: cgroups, version 1 or 2, where this process may make them.

Version 2 needs a group of our own that the system hands down (systemd: Delegate=yes); see the kernel's
Documentation/admin-guide. A student's groups stay while their processes run.
"""

import contextlib
import os
import pwd
import signal
import time
from pathlib import Path

import psutil

ROOT = Path("/sys/fs/cgroup")
PERIOD = 100_000  # microseconds


def join(user: str, memory_mb: int, cores: float, processes: int) -> list[str]:
    """Put this process into the user's groups. Returns the names of the limits that are in force."""
    held = []
    for folder, limits in _wanted(user, memory_mb, cores, processes):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, (file, value) in limits.items():
                with contextlib.suppress(OSError):  # memory with swap: where swap is counted
                    (folder / file).write_text(str(value))
                    held.append(name)
            (folder / "cgroup.procs").write_text("0")
        except OSError:
            held = [name for name in held if name not in limits]
    return held


def used_mb(user: str) -> float | None:
    """Megabytes that the kernel counts for the user's processes; None where nobody counts."""
    for folder in _folders(user):
        for file in ("memory.usage_in_bytes", "memory.current"):
            with contextlib.suppress(OSError):
                return int((folder / file).read_text()) / 1e6
    return None


def _wanted(user: str, memory_mb: int, cores: float, processes: int) -> list[tuple[Path, dict]]:
    """(folder, {limit: (file, value)}) for each hierarchy that is there."""
    most, share, group = memory_mb * 2**20, int(cores * PERIOD), Path("ruspak-hub", user)
    if (ROOT / "cgroup.controllers").exists():
        own = own_group()
        return [
            (
                own / f"student-{user}",
                {
                    "memory": ("memory.max", most),
                    "swap": ("memory.swap.max", 0),
                    "cores": ("cpu.max", f"{share} {PERIOD}"),
                    "processes": ("pids.max", processes),
                },
            )
        ]
    return [
        (
            ROOT / "memory" / group,
            {"memory": ("memory.limit_in_bytes", most), "swap": ("memory.memsw.limit_in_bytes", most)},
        ),
        (
            ROOT / "cpu" / group,
            {"period": ("cpu.cfs_period_us", PERIOD), "cores": ("cpu.cfs_quota_us", share)},
        ),
        (ROOT / "pids" / group, {"processes": ("pids.max", processes)}),
    ]


def own_group() -> Path:
    """The group of this process in version 2, with the controllers handed down to groups below it.

    A group with processes hands nothing down, so they move into a group of their own first. Raises OSError.
    """
    line = next(one for one in Path("/proc/self/cgroup").read_text().splitlines() if one.startswith("0::"))
    own = ROOT / line[4:]
    if own.name == "keepers":
        return own.parent
    (own / "keepers").mkdir(exist_ok=True)
    for process in (own / "cgroup.procs").read_text().split():
        (own / "keepers" / "cgroup.procs").write_text(process)
    (own / "cgroup.subtree_control").write_text("+memory +cpu +pids")
    return own


def members(user: str) -> list[int]:
    """The processes in the user's groups; without groups, the user's in another mount namespace than ours."""
    found, folders = set(), [folder for folder in _folders(user) if folder.exists()]
    for folder in folders:
        with contextlib.suppress(OSError):
            found.update(map(int, (folder / "cgroup.procs").read_text().split()))
    if folders:
        return sorted(found)
    number, ours = pwd.getpwnam(user).pw_uid, os.stat("/proc/self/ns/mnt").st_ino
    for process in psutil.process_iter():
        with contextlib.suppress(OSError, psutil.Error):
            if process.uids().real == number and os.stat(f"/proc/{process.pid}/ns/mnt").st_ino != ours:
                found.add(process.pid)
    return sorted(found)


def end(user: str) -> None:
    """End whatever of the user's is left, and remove their groups."""
    deadline = time.monotonic() + 5
    while (left := members(user)) and time.monotonic() < deadline:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    for folder in _folders(user):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _folders(user: str) -> list[Path]:
    return [folder for folder, _ in _wanted(user, 0, 0, 0)]
