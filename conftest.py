"""For all tests: shared fixtures, folders and settings that are not the reader's own, stored notebooks without counts."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(
    0, str(Path(__file__).parent / "tests")
)  # `course` is tests/course.py there, not the launcher

folder = tempfile.mkdtemp(prefix="ruspak-tests-")
os.environ.update(
    RUSPAK_PROGRESS=folder, IPYTHONDIR=f"{folder}/ipython"
)  # else a profile speaks in every cell: nbval#6
if "PYTEST_XDIST_WORKER" not in os.environ:  # one list of fonts for all workers
    os.environ["MPLCONFIGDIR"] = f"{folder}/matplotlib"
for name in ("MATPLOTLIBRC", "PYTHONSTARTUP", "MPLBACKEND"):
    os.environ.pop(name, None)

pytest_plugins = ["browser"]


def pytest_unconfigure():
    """Nothing of a run is left: each worker takes its folder away."""
    shutil.rmtree(folder, ignore_errors=True)


# Files that take long, the longest first: what is begun last should be short, or one worker waits for the other.
LONG = (
    "test_quiz_reopen", "test_course_lab", "test_grading_sandbox", "test_live_browser", "test_environment", "test_sheets_keys",
    "test_sheets_nbgrader", "test_grading_batch", "test_reports", "test_grading_cluster", "test_grading_same", "test_endurance",
    "test_hub_reopen", "test_grading_pages", "test_grading_bounded", "test_quiz_page", "test_grading_class", "test_live_server",
    "test_sheets_compare", "test_grading_honest", "test_grading_exam", "test_grading_memory", "test_names",
    "test_own_settings", "01_history",
)  # fmt: skip

# Files too long for one worker, and what in the name of a case says to which part of the file it belongs. A server is of
# one front end; answers are worked out for one sheet, and once for all files of a part.
SHEET = re.compile(r"[\[_]([a-z]+)(?:-a?\d+)?[\] ]")
PARTS = {
    "tests/test_quiz_reopen.py": ("reopen", re.compile(r"\[(JupyterLab|Notebook 7|nbclassic)\]")),
    "tests/test_sheets_keys.py": ("sheet", SHEET),
    "tests/test_sheets_slips.py": ("sheet", SHEET),
    "tests/test_sheets_spaces.py": ("sheet", SHEET),
    "tests/test_sheets_following_keys.py": ("sheet", SHEET),
}


def part_of(nodeid: str) -> str:
    """The file of a test, or its part of long files: what one worker runs from its first test to the last."""
    file = nodeid.partition("::")[0]
    name, part = PARTS.get(file, ("", None))
    found = part and part.search(nodeid)
    return f"{name} {found[1]}" if found else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """As --dist loadfile, with long files in parts."""
    from xdist.scheduler import LoadFileScheduling

    class ByParts(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return part_of(nodeid)

    return ByParts(config, log)


def pytest_collection_modifyitems(items):
    """The long files first, then the notebooks, then the rest. What a browser does is tried twice, as a busy machine may
    starve it; the summary names each test that had to be (RERUN)."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: (place.get(item.path.stem, len(LONG)), item.path.suffix != ".ipynb"))


def pytest_itemcollected(item):
    """Our notebooks are stored without execution counts (a new cell would change every later one). nbval takes a cell
    without a count as never run, and would not compare its outputs: so each gets one before it is compared."""
    if hasattr(item, "cell"):
        item.cell.execution_count = 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """What the title of a figure says is asked of the notebook's own kernel, right after its cell."""
    result = yield
    if hasattr(item, "cell"):
        from titles import prove

        prove(item.parent.kernel.kc, item.path, item.cell.id)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Below the two outputs of a cell that differ stands what to do; a title that is false says so itself."""
    report = yield
    if hasattr(item, "cell") and report.failed and not call.excinfo.errisinstance(AssertionError):
        report.sections.append(
            (
                "what to do",
                f"{item.path.parent.name}/{item.path.name}, cell {item.cell.id}: what is stored is not what the cell gives "
                "now. If you changed data, questions or code on purpose, the new output is right: run make run "
                f"NOTEBOOK={item.path.stem[:2]}, then read git diff. Else something broke: undo it.",
            )
        )
    return report
