"""What a submission may use, and how its run ended."""

from dataclasses import dataclass

from ruspak.errors import CourseError

MOST = 1_000_000  # of any limit: days of time, a terabyte of memory


def check_limit(option: str, value: float) -> None:
    """Raise CourseError unless a limit is a number above 0 that can be meant."""
    if not 0 < value <= MOST:  # nor is it true of "not a number"
        raise CourseError(
            f"--{option.replace('_', '-')} {value}: a limit is a number above 0 and up to {MOST}. Give "
            "such a one."
        )


@dataclass(frozen=True)
class Limits:
    """What a submission may use. What happens at each limit:

    seconds: of the clock, all cells together. At nine tenths of it (of less than ten seconds: one before the
        end) the running cell is interrupted and what there is by then is handed over; at the full time
        everything is ended.
    memory_mb: of each process, above what Python and pandas take; a cell that wants more gets a MemoryError
        and the next one runs. All processes together may have one and a half times as much, else everything
        is ended.
    processes: processes and threads at one time; another one is refused (BlockingIOError).
    output_mb: of printed output; the rest is thrown away, the submission goes on.
    file_mb: of one file; writing on raises an OSError.
    disk_mb: of all files together, and at most 5,000 of them; likewise.
    result_kb: of all answers together as JSON; the largest ones become "too big", which is of the wrong type.

    Making them raises CourseError for one that can't be meant.
    """

    seconds: float = 60.0
    memory_mb: int = 1024
    processes: int = 32
    output_mb: int = 10
    file_mb: int = 64
    disk_mb: int = 128
    result_kb: int = 512

    def __post_init__(self):
        for name, value in vars(self).items():
            check_limit(name, value)


@dataclass(frozen=True)
class Ran:
    """How a submission ended, and what it handed over: bytes that anybody in there may have written.

    ended: "code 0" where all went well; "code N", "signal N", "time", "memory", or "sandbox" where it took
        the whole sandbox with it.
    data: what came through the pipe for the result; None where it was more than `Limits.result_kb`.
    printed: bytes of output. seconds: of the clock.
    """

    ended: str
    data: bytes | None = b""
    printed: int = 0
    seconds: float = 0.0
