"""The learners' list at its lower bounds and at the newest to be had, on each Python that is here: all notebooks run without
an error (what they show may differ). A Python that is not here is tried by resolution only.
"""

import json
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from endurance.pythons import find
from endurance.trial import ROOT, Result, Size, ended
from tools.environment import make_apart
from tools.layout import Layout

WAYS = {"lowest-direct": "at the lower bounds", "highest": "at the newest"}
RESOLVED = "3.14"
TOLD = ("jupyterlab", "ipywidgets", "anywidget", "pandas", "matplotlib", "pyyaml", "numpy")


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))[: size.notebooks]
    for version in size.pythons:
        for way, words in WAYS.items():
            result = Result(f"notebooks on Python {version}, packages {words}")
            if python := find(version):
                result.tried = len(notebooks)
                result.failed, result.remark = run(python, version, way, notebooks)
            else:
                result.remark = "not tried: this Python is not on this machine"
            yield result
    result = Result(f"Python {RESOLVED}, by resolution, ready-made packages only", len(WAYS))
    for way in WAYS:
        resolved = compiled(RESOLVED, way)
        result.failed += [resolved.stderr[-300:]] if resolved.returncode else []
        result.remark += f"{WAYS[way]}: {versions(resolved.stdout)}. "
    yield result


def compiled(version: str, way: str) -> subprocess.CompletedProcess:
    """What uv resolves from the learners' list for a version of Python, from ready-made packages only."""
    command = [
        Layout(ROOT / ".venv").program("uv"),
        "pip",
        "compile",
        "--quiet",
        "--no-header",
        "--no-annotate",
    ]
    command += [
        "--only-binary",
        ":all:",
        "--python-version",
        version,
        "--resolution",
        way,
        ROOT / "requirements.in",
    ]
    return subprocess.run(command, capture_output=True, text=True)


def versions(resolved: str) -> str:
    """The versions of what the list names, as a sentence."""
    found = dict(line.split("==", 1) for line in resolved.splitlines() if "==" in line)
    return ", ".join(f"{name} {found[name].split()[0]}" for name in TOLD if name in found)


def run(python: str, version: str, way: str, notebooks: list[Path]) -> tuple[list[str], str]:
    """Make an environment of a Python and a resolution, and run the notebooks in it: what failed, and the versions."""
    resolved = compiled(version, way)
    if resolved.returncode:
        return [resolved.stderr[-300:]], ""
    with tempfile.TemporaryDirectory(prefix="ruspak-endure-") as folder:
        layout, pins = Layout(Path(folder, "venv")), Path(folder, "pins.txt")
        pins.write_text(resolved.stdout, encoding="utf-8")
        made = make_apart(layout.venv, python, pins, "--only-binary", ":all:")
        if made.returncode:
            return [made.stderr[-300:]], versions(resolved.stdout)
        own = {
            "PYTHONPATH": str(ROOT),
            "RUSPAK_PROGRESS": folder,
            "IPYTHONDIR": folder,
            "JUPYTER_PREFER_ENV_PATH": "1",
        }
        ran = ended(
            [layout.python, "-m", "endurance.strict", "--lax", *notebooks],
            seconds=3600, cwd=ROOT / "notebooks", env=os.environ | own,
        )  # fmt: skip
        if not ran.stdout.strip():
            return [ran.stderr[-300:]], versions(resolved.stdout)
        found = json.loads(ran.stdout.splitlines()[-1])
        return [f"{name}: {why}" for name, whys in found.items() for why in whys], versions(resolved.stdout)
