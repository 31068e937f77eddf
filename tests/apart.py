"""Environments beside the developers' one, for programs that would clutter it: .venv/NAME, made once from tests/NAME.txt
(renewed by `make lock`), or from another lock, on top of the packages of .venv.
"""

import re
import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

from course import ROOT
from tools.environment import make_apart
from tools.layout import Layout

UNREACHED = "error sending request|network was disabled"


def python_of(name: str, pins: Path | None = None) -> Path:
    """The Python of an environment; the test is skipped where its packages can't be fetched."""
    pins, folder = pins or ROOT / "tests" / f"{name}.txt", Path(sys.prefix) / name
    stamp, layout = folder / "made-from", Layout(folder)
    wanted = f"{sys.version}\n{pins.read_text()}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return layout.python
    shutil.rmtree(folder, ignore_errors=True)
    made = make_apart(folder, sys.executable, pins, "--require-hashes", "--no-deps")
    if made.returncode and re.search(UNREACHED, made.stderr):
        pytest.skip(f"{pins.relative_to(ROOT)} can't be fetched without network: what needs it was not tried")
    assert made.returncode == 0, made.stderr
    (layout.site / "course.pth").write_text(sysconfig.get_path("purelib") + "\n")
    stamp.write_text(wanted)
    return layout.python
