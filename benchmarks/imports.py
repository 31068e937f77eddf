"""CPU time of `import ruspak` on top of the libraries that every notebook needs."""

import subprocess
import sys

from benchmarks import comparison
from benchmarks.comparison import PLAIN_IMPORTS, Comparison

PROGRAM = f"""
import time
begin = time.process_time()
{PLAIN_IMPORTS}
plain = time.process_time()
import ruspak
print(time.process_time() - begin, plain - begin)
"""


def measure() -> list[Comparison]:
    """Both in one fresh process each time, so that they share its noise."""
    printed = [
        subprocess.check_output([sys.executable, "-c", PROGRAM]).split()
        for _ in range(min(9, comparison.MOST))
    ]
    ours, reference = ([1000 * float(pair[side]) for pair in printed] for side in (0, 1))
    return [
        Comparison(
            "CPU of importing these and then `ruspak`",
            "importing pandas, pyplot and ipywidgets",
            "ms",
            ours,
            reference,
            aim=1.1,
        )
    ]
