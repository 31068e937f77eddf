"""The isolation around one student's server: what it and its kernels can see, reach and use. Linux; needs root.

`lock_down` is called in the new process, as root, and ends as the student. What others have is then not only
forbidden but absent: no other home, no process of others, no network but a loopback of its own, own /tmp and
/dev/shm. The server is reached by the one socket file that the proxy may open.
"""

import ctypes
import fcntl
import os
import pwd
import resource
import socket
import struct
from pathlib import Path

NAMESPACES = {"mounts": 0x00020000, "uts": 0x04000000, "ipc": 0x08000000, "net": 0x40000000}
BIND, REMOUNT, RECURSIVE, PRIVATE, NO_SETUID, NO_DEVICES = 4096, 32, 16384, 1 << 18, 2, 4
NO_NEW_PRIVILEGES, DUMPABLE = 38, 4
EMPTY = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/root", "/mnt", "/media")
SIGNALS, FILES = 1024, 4096  # that may wait; that may be open


def lock_down(user: str, room_mb: int, processes: int) -> None:
    """Shut this process and all that it starts in, and become the user. Raises OSError where a step fails.

    room_mb: megabytes of each folder in memory (/tmp and the like); they count as the student's memory.
    processes: processes and threads of the student together.
    """
    person = pwd.getpwnam(user)
    os.umask(0o077)
    call("unshare", sum(NAMESPACES.values()))
    _loopback_up()
    call("mount", None, b"/", None, RECURSIVE | PRIVATE, None)
    _only_home(Path(person.pw_dir).resolve())
    for name in EMPTY:
        if os.path.isdir(name) and not os.path.islink(name):
            _memory(name, f"size={room_mb}m,nr_inodes=20k,mode=1777")
    call("mount", b"proc", b"/proc", b"proc", NO_SETUID | NO_DEVICES, b"hidepid=2")
    for kind, most in (
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_SIGPENDING, SIGNALS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.initgroups(user, person.pw_gid)
    os.setgid(person.pw_gid)
    os.setuid(person.pw_uid)
    call("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    call("prctl", DUMPABLE, 1, 0, 0, 0)  # else its own /proc would be root's
    os.chdir(person.pw_dir)


def call(name: str, *arguments) -> None:
    """Call a function of libc; raises OSError where it says -1."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def _only_home(home: Path) -> None:
    """Of the folder that holds the homes, only the user's own is left."""
    place = os.open(home, os.O_PATH | os.O_DIRECTORY)
    _memory(str(home.parent), "size=64k,mode=0755")
    home.mkdir()
    call("mount", f"/proc/self/fd/{place}".encode(), os.fsencode(home), None, BIND, None)
    os.close(place)
    call("mount", None, os.fsencode(home), None, BIND | REMOUNT | NO_SETUID | NO_DEVICES, None)


def _memory(folder: str, options: str) -> None:
    """A folder in memory of its own over what is there."""
    call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", NO_SETUID | NO_DEVICES, options.encode())


def _loopback_up() -> None:
    """The namespace's own 127.0.0.1, on which kernels talk to their server."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        get, put, up = 0x8913, 0x8914, 1
        flags = struct.unpack("16xh", fcntl.ioctl(one, get, struct.pack("16s16x", b"lo"))[:18])[0]
        fcntl.ioctl(one, put, struct.pack("16sh14x", b"lo", flags | up))
