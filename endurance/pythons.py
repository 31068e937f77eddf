"""The Pythons of other versions that this machine has."""

import os
import shutil
import subprocess
from pathlib import Path


def find(version: str) -> str | None:
    """A working Python of a version such as "3.12": on the path, of uv, or of pyenv; None where there is none."""
    homes = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    places = [
        shutil.which(f"python{version}"),
        *map(str, sorted(homes.glob(f"{version}.*/bin/python"), reverse=True)),
    ]
    for place in filter(None, places):
        ask = [place, "-I", "-c", "import sys, venv; print(sys.version_info[:2])"]
        told = subprocess.run(ask, capture_output=True, text=True)
        if not told.returncode and told.stdout.strip() == repr(tuple(map(int, version.split(".")))):
            return place
    return None
