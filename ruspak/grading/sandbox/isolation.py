"""The isolation around one submission, inside the sandbox that all of them share. Linux 5.14 or newer, x86-64
or ARM64.

`fork_apart` makes a child in namespaces of its own; it then calls `lock_down`, and whatever it starts can see,
reach and use only what is listed here. Every step raises where it fails, and then no student code runs.
"""

import ctypes
import functools
import os
import platform
import resource
import signal
import struct

import syscalls
from memory import MB, limit, limit_memory

NAMESPACES = {"user": 0x10000000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x08000000, "uts": 0x04000000}
MOUNTS, CGROUPS = 0x00020000, 0x02000000
READ_ONLY, NO_SETUID, NO_DEVICES, BIND = 1, 2, 4, 4096
MOUNT_SETATTR, HERE, RECURSIVE = 442, -100, 0x8000
FILES = 5_000  # files and folders a submission can make
OPEN_FILES = 40  # of each process: each pipe and socket can hold memory of the kernel, which no limit counts

PRIVATE = "/tmp"  # the one writable place; two parts of it are seen elsewhere, too:
WORK, SHARED = "/course/work", "/dev/shm"  # the working folder, and where multiprocessing has its locks

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SHARED_ANONYMOUS = 0x21  # mmap: memory that lies nowhere and outlives its mapping; no limit counts it
HELD = (1024, 1026, 1031, 5)  # fcntl: leases, notices, larger pipes; likewise, and who holds a lock
LOCKS = (6, 7, 37, 38)  # fcntl: locks of ranges; likewise. Granted without being made: SQLite wants them
FILTERS = (21, 22)  # prctl: filters of its own
SIGNALS = 256  # that may wait
CLONE3 = 435
EPERM, ENOSYS = 1, 38
STEP = 8  # bytes of one step of the filter


_libc = ctypes.PyDLL(None, use_errno=True)  # keeps Python's lock: no other thread may run amid a fork


def _call(name: str, *arguments) -> int:
    found = getattr(_libc, name)(*arguments)
    if found == -1:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
    return found


def fork_apart() -> int:
    """Like os.fork, with namespaces of its own for the child: it sees no other process, no network, no shared memory of
    others.

    This process keeps all rights over them; the user inside is 1000, never root. It must have one thread. Raises OSError,
    and then there is no child.
    """
    wait, go = os.pipe()
    call = syscalls.number("clone", list(AUDIT_ARCH).index(platform.machine()))
    flags = sum(NAMESPACES.values()) | signal.SIGCHLD
    pid = -1
    ctypes.pythonapi.PyOS_BeforeFork()
    try:
        pid = _call("syscall", *map(ctypes.c_long, (call, flags, 0, 0, 0, 0)))
    finally:
        if pid:
            ctypes.pythonapi.PyOS_AfterFork_Parent()
        else:
            ctypes.pythonapi.PyOS_AfterFork_Child()
    if pid == 0:
        os.close(go)
        if not os.read(wait, 1):  # nobody has mapped the user
            os._exit(1)
        os.close(wait)
        return 0
    os.close(wait)
    with open(go, "wb") as mapped:
        try:
            for name, text in (("setgroups", "deny"), ("uid_map", os.getuid()), ("gid_map", os.getgid())):
                with open(f"/proc/{pid}/{name}", "w") as file:
                    file.write(text if name == "setgroups" else f"1000 {text} 1")
        except OSError:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        mapped.write(b"+")
    return pid


def lock_down(limits: dict) -> None:
    """Lock down this process and all that it starts. `limits`: the fields of sandbox.Limits."""
    limit_memory(limits["memory_mb"])
    _mounts(limits["disk_mb"])
    for kind, most in (
        (resource.RLIMIT_CPU, int(limits["seconds"]) + 5),  # should the watch over it ever be late
        (resource.RLIMIT_NPROC, limits["processes"] + 1),  # pid 1 counts
        (resource.RLIMIT_FSIZE, limits["file_mb"] * MB),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_SIGPENDING, SIGNALS),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        limit(kind, most, most)
    _drop_rights()
    _deny_calls()


def _mounts(disk_mb: int) -> None:
    """All that is there becomes read-only, times and modes of devices too, but for a private /tmp (in memory,
    gone with the submission); terminals are its own, and /proc is empty."""
    _call("unshare", MOUNTS)
    _call("syscall", MOUNT_SETATTR, HERE, b"/", RECURSIVE, struct.pack("4Q", READ_ONLY, 0, 0, 0), 32)
    _call("mount", b"devpts", b"/dev/pts", b"devpts", NO_SETUID, b"ptmxmode=0666,mode=0600")
    _call("mount", b"/dev/null", b"/dev/tty", None, BIND, None)  # writing to a terminal changes its time
    _call(
        "mount", b"/dev/full", b"/dev/zero", None, BIND, None
    )  # reads zeros, too, and can't be mapped as memory
    options = f"size={disk_mb}m,nr_inodes={FILES},mode=0700".encode()
    _call("mount", b"tmpfs", PRIVATE.encode(), b"tmpfs", NO_SETUID | NO_DEVICES, options)
    for name in ("home", "work", "shm"):
        os.mkdir(f"{PRIVATE}/{name}")
    for name, place in (("work", WORK), ("shm", SHARED)):
        _call("mount", f"{PRIVATE}/{name}".encode(), place.encode(), None, BIND, None)
    _call("mount", b"tmpfs", b"/proc", b"tmpfs", READ_ONLY, b"size=4k")


def _drop_rights() -> None:
    """No capability is left, and (PR_SET_NO_NEW_PRIVS) none can come back by running a program."""
    _call("prctl", 38, 1, 0, 0, 0)
    header = struct.pack("Ii", 0x20080522, 0)
    _call("capset", header, bytes(24))


def _deny_calls() -> None:
    """A seccomp filter: the kernel denies all calls but those of `syscalls` to this process and all that it
    starts."""
    code = call_filter()
    program = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(code) // STEP, ctypes.addressof(program))
    _call("prctl", 22, 2, header, 0, 0)


@functools.cache
def call_filter() -> bytes:
    """The filter as the kernel reads it, the same for all submissions."""
    machine = platform.machine()
    column = list(AUDIT_ARCH).index(machine)
    load, equal, at_least, any_of, mask, answer = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
    allow, deny, unknown, kill = 0x7FFF0000, 0x00050000 | EPERM, 0x00050000 | ENOSYS, 0x80000000
    done = 0x00050000  # no error, and nothing is done
    call, first, second, fourth = 0, 16, 24, 40  # where the number and the arguments lie

    def only(name: str, checks: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
        return [(equal, 0, len(checks), syscalls.number(name, column)), *checks]

    def none_of(place: int, values: tuple[int, ...], instead: int) -> list[tuple[int, int, int, int]]:
        return [
            (load, 0, 0, place),
            *(step for value in values for step in ((equal, 0, 1, value), (answer, 0, 0, instead))),
        ]

    namespaces = sum(NAMESPACES.values()) | MOUNTS | CGROUPS
    steps = [
        (load, 0, 0, 4),
        (equal, 1, 0, AUDIT_ARCH[machine]),
        (answer, 0, 0, kill),
        (load, 0, 0, call),
        (at_least, 0, 1, 0x40000000),
        (answer, 0, 0, deny),  # the x32 set of calls
        (equal, 0, 1, CLONE3),
        (answer, 0, 0, unknown),  # its flags can't be seen; libc then takes clone
        *only(
            "clone",
            [(load, 0, 0, first), (any_of, 0, 1, namespaces), (answer, 0, 0, deny), (answer, 0, 0, allow)],
        ),
        *only(
            "mmap",
            [
                (load, 0, 0, fourth),
                (mask, 0, 0, SHARED_ANONYMOUS),
                (equal, 0, 1, SHARED_ANONYMOUS),
                (answer, 0, 0, deny),
                (answer, 0, 0, allow),
            ],
        ),
        *only("fcntl", [*none_of(second, HELD, deny), *none_of(second, LOCKS, done), (answer, 0, 0, allow)]),
        *only("prctl", [*none_of(first, FILTERS, deny), (answer, 0, 0, allow)]),
    ]
    for number in syscalls.allowed(column):
        steps += [(equal, 0, 1, number), (answer, 0, 0, allow)]
    steps += [(at_least, 0, 1, syscalls.KNOWN), (answer, 0, 0, unknown), (answer, 0, 0, deny)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
