"""For all tests: shared fixtures, a progress folder that is not the reader's own, stored notebooks without counts."""
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tests"))  # `course` is tests/course.py there, not the launcher

os.environ["RUSPAK_PROGRESS"] = tempfile.mkdtemp(prefix="ruspak-tests-")

pytest_plugins = ["browser"]


def pytest_itemcollected(item):
    """Our notebooks are stored without execution counts (a new cell would change every later one). nbval takes a cell
    without a count as never run, and would not compare its outputs: so each gets one before it is compared."""
    if hasattr(item, "cell"):
        item.cell.execution_count = 1
