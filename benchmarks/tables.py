"""`table()` of the largest table, against `pandas.read_csv` of the same file."""

import subprocess
import sys
import time
import timeit

import pandas

from benchmarks.comparison import Comparison, in_turn
from ruspak.data import package, tables

LARGEST = max(
    (package.DATA / resource["path"] for resource in package.package()["resources"]),
    key=lambda path: path.stat().st_size,
)


def first(call: str) -> float:
    """CPU milliseconds of the first call in a fresh process, imports left out."""
    program = (
        "import time, timeit, pandas\nfrom ruspak import table\n"
        f"print(timeit.timeit(lambda: {call}, timer=time.process_time, number=1))"
    )
    return 1000 * float(subprocess.check_output([sys.executable, "-c", program]))


def warm(call) -> float:
    """CPU milliseconds of one call, as the mean of five."""
    return 1000 * timeit.timeit(call, timer=time.process_time, number=5) / 5


def measure() -> list[Comparison]:
    name = LARGEST.stem
    ours, plain = f"table({name!r})", f"pandas.read_csv({str(LARGEST)!r})"
    fresh = in_turn(lambda: first(ours), lambda: first(plain), rounds=9)
    again = in_turn(
        lambda: warm(lambda: tables.table(name)), lambda: warm(lambda: pandas.read_csv(LARGEST)), rounds=9
    )
    reference = "`pandas.read_csv` of the same file"
    return [
        Comparison(f"`{ours}`, CPU of the first call in a fresh process", reference, "ms", *fresh, aim=1.2),
        Comparison(f"`{ours}`, CPU of a later call", reference, "ms", *again, aim=1.2),
    ]
