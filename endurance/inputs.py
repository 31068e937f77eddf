"""Random inputs to all that reads what others write: no crash, and no answer later than a second."""

import contextlib
import random
import time
from collections.abc import Callable, Iterator

from endurance.reading import READERS
from endurance.trial import Result, Size
from ruspak.errors import CourseError

SLOW = 1.0  # seconds


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    weights = sum(weight for weight, _, _ in READERS)
    for weight, what, prepared in READERS:
        with prepared() as read:
            yield fed(what, read, size.inputs * weight // weights, random.Random(dice.random()))


def fed(what: str, read: Callable[[random.Random], object], count: int, dice: random.Random) -> Result:
    """Let a reader read that many random inputs. It may raise CourseError, as that is how it rejects; it gives back what it
    read, to be told where it fails.
    """
    result, slowest, rejected = Result(what, count), 0.0, 0
    for _ in range(count):
        state, begin = dice.getstate(), time.perf_counter()
        try:
            read(dice)
        except CourseError:
            rejected += 1
        except Exception as error:
            result.failed.append(f"{type(error).__name__}: {error} {told(read)}")
        seconds = time.perf_counter() - begin
        slowest = max(slowest, seconds)
        if seconds > SLOW and slow_again(read, state):
            result.failed.append(f"{seconds:.1f} s {told(read)}")
    result.remark = f"slowest {1000 * slowest:.0f} ms, {rejected:,} rejected with a sentence"
    return result


def slow_again(read: Callable, state: tuple) -> bool:
    """Whether the same input takes as long a second time: the first time a busy machine may have been the cause."""
    dice = random.Random()
    dice.setstate(state)
    begin = time.perf_counter()
    with contextlib.suppress(Exception):
        read(dice)
    return time.perf_counter() - begin > SLOW


def told(read: Callable) -> str:
    """The input that a reader was given last."""
    last = getattr(read, "last", None)
    return "" if last is None else f"for {last!r:.300}"
