"""Limits of the process that asks for them, in this folder's scripts and in the package."""

import resource

MB = 2**20
RESERVE_MB = 64
TREE = 1.5  # all processes of a submission together may have this many times the memory of one


def limit(kind: int, most: int, beyond: int) -> None:
    """Set a limit that the student's process can't raise above `beyond`; one that is lower already stays."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(
        kind, tuple(one if hard == resource.RLIM_INFINITY else min(one, hard) for one in (most, beyond))
    )


def limit_memory(memory_mb: int) -> None:
    """Let each process have that much more than this one has now, and RESERVE_MB to hand over what it has
    then."""
    with open("/proc/self/statm") as file:
        most = int(file.read().split()[0]) * resource.getpagesize() + memory_mb * MB
    limit(resource.RLIMIT_AS, most, most + RESERVE_MB * MB)
