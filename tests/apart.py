"""Environments beside the developers' one, for programs that would clutter it: .venv/NAME, made once from tests/NAME.txt
(renewed by `make lock`), or from another lock, on top of the packages of .venv.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from course import ROOT

UNREACHED = "error sending request|network was disabled"


def python_of(name: str, pins: Path | None = None) -> Path:
    """The Python of an environment; the test is skipped where its packages can't be fetched."""
    pins, folder = pins or ROOT / "tests" / f"{name}.txt", Path(sys.prefix) / name
    stamp, python = folder / "made-from", folder / "bin" / "python"
    wanted = f"{sys.version}\n{pins.read_text()}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    uv = Path(sys.executable).with_name("uv")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    install = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "--require-hashes",
        "--no-deps",
        "-r",
        pins,
    ]
    made = subprocess.run(install, capture_output=True, text=True)
    if made.returncode and re.search(UNREACHED, made.stderr):
        pytest.skip(f"{pins.relative_to(ROOT)} can't be fetched without network: what needs it was not tried")
    assert made.returncode == 0, made.stderr
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "course.pth").write_text(sysconfig.get_path("purelib") + "\n")
    stamp.write_text(wanted)
    return python
