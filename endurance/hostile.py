"""Surroundings that were not made for the course. In each of them two notebooks must show what is stored, an answer be kept
and read back, and `make lab` serve. All of it happens in a clone whose path has spaces, Cyrillic and 200 characters.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from endurance.serving import serves
from endurance.trial import ROOT, Result, Size, course, ended
from tools.environment import Environment

FOLDERS = (
    "Мои документы/Курс по истории и политике, осень/"
    + "очень длинное имя папки " * 4
    + "/"
    + "Россия и Пакистан " * 3
)
NOTEBOOKS = ("notebooks/01_history.ipynb", "solutions/03_energy.ipynb")
SAVES = """
import importlib
from ruspak import progress
from ruspak.quiz.progress import FIELDS, append, attempts
key = next(iter(importlib.import_module("ruspak.quiz.bank").questions()))
append(dict.fromkeys(FIELDS) | {"id": key, "answer": "Пакистан", "correct": True, "revealed": False})
assert attempts(key, on_disk=True)[-1]["answer"] == "Пакистан"
assert progress().tried.sum() == 1
"""
AS_LAUNCHED = """
import json, os, pathlib, sys
sys.path.insert(0, sys.argv[1])
from tools import settings
environ, _ = settings.with_home(settings.clean(os.environ), pathlib.Path(sys.argv[1], ".venv"))
os.makedirs(environ["HOME"], exist_ok=True) if "HOME" in environ else None
print(json.dumps(environ))
"""  # what course.py does before it starts a program
LOCALES = ("ru_RU.UTF-8", "ur_PK.UTF-8", "tr_TR.UTF-8")
STRANGER = "raise SystemExit('a stranger was imported')\n"


@dataclass
class Place:
    """Surroundings: what comes before each command, and variables (None: not set at all)."""

    what: str
    before: list[str] = field(default_factory=list)
    variables: dict[str, str | None] = field(default_factory=dict)
    missing: str = ""  # why it can't be tried here

    def environ(self, home: Path) -> dict[str, str]:
        own = {
            "HOME": str(home),
            "XDG_CONFIG_HOME": None,
            "XDG_DATA_HOME": None,
            "PYTHONPATH": None,
        } | self.variables
        return {name: value for name, value in (os.environ | own).items() if value is not None}


def trial(size: Size, dice: random.Random) -> Iterator[Result]:
    with course(FOLDERS) as clone, tempfile.TemporaryDirectory(prefix="ruspak-endure-") as folder:
        made = subprocess.run(
            [sys._base_executable, "course.py", "env", "lab"], cwd=clone, capture_output=True, text=True
        )
        path = Result(f"an environment at a path of {len(str(clone))} characters", 1)
        path.failed += [made.stderr[-300:]] if made.returncode else []
        yield path
        for number, place in enumerate(places(Path(folder), clone)):
            if size.name == "in small" and number not in (0, 3):
                continue
            home = Path(folder, f"home{number}")
            home.mkdir(exist_ok=True)
            result = Result(place.what)
            if place.missing:
                result.remark = f"not tried: {place.missing}"
            else:
                result.failed, result.tried = lived_in(place, clone, home), 4
            yield result
        with strangers(clone):
            home = Path(folder, "last")
            home.mkdir()
            place = Place("a `ruspak` of others, `table.py` and `json.py` beside the notebooks")
            yield Result(place.what, 4, lived_in(place, clone, home))


def lived_in(place: Place, clone: Path, home: Path) -> list[str]:
    """What fails in these surroundings."""
    environment = Environment(clone)
    said = ended(
        [*place.before, sys._base_executable, "-I", "-c", AS_LAUNCHED, clone], env=place.environ(home)
    )
    if said.returncode:
        return [f"course.py: {said.stderr[-300:]}"]
    environ = json.loads(said.stdout)
    python = environment.layout.python
    found = []
    for name in NOTEBOOKS:
        strict = [*place.before, python, "-P", ROOT / "endurance" / "strict.py", clone / name]
        ran = ended(strict, cwd=(clone / name).parent, env=environ)
        if ran.returncode:
            differ = json.loads(ran.stdout.splitlines()[-1]) if ran.stdout.strip() else ran.stderr[-300:]
            found.append(f"{name}: {differ}")
    with tempfile.TemporaryDirectory() as kept:
        saves = [*place.before, python, "-P", "-c", SAVES]
        ran = ended(saves, cwd=clone, env=environ | {"RUSPAK_PROGRESS": kept})
        found += [f"an answer: {ran.stderr[-300:]}"] if ran.returncode else []
    command = [*place.before, sys._base_executable, "course.py", "lab"]
    with serves(command, clone, place.environ(home)) as server:
        found += [f"make lab: {server.why}"] if server.why else []
    return found


def places(folder: Path, clone: Path) -> Iterator[Place]:
    """All surroundings; what they need is put into the folder."""
    yield Place("nothing special")
    for what, years in {"26 years behind": -26, "14 years ahead": 14}.items():
        preload = folder / "clock.so"
        missing = built(preload)
        ahead = {"LD_PRELOAD": str(preload), "CLOCK_AHEAD": str(years * 31_557_600)}
        yield Place(f"a clock that is {what}", [], ahead, missing)
    yield Place("no HOME", [], {"HOME": None})
    (folder / "locked").mkdir()
    locked = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(folder / "locked"), str(folder / "locked")]
    yield Place("a home that can't be written to", locked, {"HOME": str(folder / "locked")})
    for name in LOCALES:
        yield Place(
            f"locale {name}", [], {"LC_ALL": name, "LANG": name, "LOCPATH": str(folder)},
            missing=compiled(name, folder),
        )  # fmt: skip
    yield Place("locale C, ASCII only", [], {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"})
    yield own_settings(folder / "own")
    evil = folder / "evil"
    evil.mkdir()
    for name in ("ruspak.py", "table.py", "json.py", "numpy.py"):
        (evil / name).write_text(STRANGER)
    yield Place("strangers on PYTHONPATH: ruspak, table, json, numpy", [], {"PYTHONPATH": str(evil)})


def built(library: Path) -> str:
    """Make the library that sets the clock wrong; why that can't be done."""
    if not shutil.which("cc"):
        return "there is no C compiler"
    command = ["cc", "-shared", "-fPIC", "-o", library, ROOT / "endurance" / "clock.c", "-ldl"]
    made = subprocess.run(command, capture_output=True, text=True)
    return made.stderr.strip()[-200:] if made.returncode else ""


def compiled(name: str, folder: Path) -> str:
    """Make a locale there; why that can't be done."""
    language, _, letters = name.partition(".")
    if not shutil.which("localedef"):
        return "localedef is not installed"
    made = subprocess.run(
        ["localedef", "-c", "-i", language, "-f", letters, folder / name], capture_output=True, text=True
    )
    return "" if (folder / name).is_dir() else f"localedef can't make it ({made.stderr.strip()[-100:]})"


def own_settings(home: Path) -> Place:
    """A user who has set everything: matplotlib, IPython, pandas."""
    from test_own_settings import RC, STARTUP

    for name, text in {
        ".config/matplotlib/matplotlibrc": RC,
        ".ipython/profile_default/startup/00-mine.py": STARTUP,
        ".ipython/profile_default/ipython_config.py": "c.PlainTextFormatter.max_width = 20\n",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    return Place("a user's matplotlibrc, IPython start-up file and configuration", [], {"HOME": str(home)})


@contextmanager
def strangers(clone: Path) -> Iterator[None]:
    """Files of others beside the notebooks."""
    there = [
        clone / folder / name
        for folder in ("notebooks", "solutions")
        for name in ("ruspak.py", "table.py", "json.py")
    ]
    for path in there:
        path.write_text(STRANGER)
    yield
    for path in there:
        path.unlink()
