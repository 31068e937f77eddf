"""Make or mend .venv, so that it holds exactly what the locks pin. Standard library only.

A stamp, written last, says what the environment was made from and which lists it holds. It is trusted only
while the interpreter starts and every file that the installed packages list is there, so a half-made or
damaged environment is noticed. An environment that holds more lists than are asked for is left alone.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools import settings
from tools.layout import Layout

ROOT = Path(__file__).resolve().parent.parent
# The lists beyond requirements.txt, each with the lists of which it is made.
LISTS = {"teach": ["-teach"], "site": ["-site"], "dev": ["-teach", "-site", "-dev"]}
NO_VENV = (
    "Python could not make an environment in {}: {}. Where its venv module is missing, install it (on Debian "
    "and Ubuntu: apt install python3-venv), then try again."
)
NOT_INSTALLED = (
    "The packages could not be installed: read the lines above. Without network this can't work; with it, "
    "try again. Nothing outside .venv was changed."
)


class Environment:
    """The environment of one clone of the course."""

    def __init__(self, root: Path = ROOT):
        self.root, self.venv = root, root / ".venv"
        self.layout = Layout(self.venv)
        self.stamp = self.venv / "made-from"

    def files(self, lists: list[str]) -> list[Path]:
        """The locks to install for these lists."""
        return [self.root / "requirements.txt", *(self.root / f"requirements-{name}.txt" for name in lists)]

    def wanted(self, lists: list[str]) -> dict:
        """What a finished environment is stamped with: its lists and their pins, its Python, its place (it
        can't be moved) and the settings that come with the course."""
        places = [*self.files(lists), *settings_of(self.root)]
        pins = hashlib.sha256(b"".join(path.read_bytes() for path in places)).hexdigest()
        return {"lists": lists, "pins": pins, "python": sys.version.split()[0], "place": str(self.venv)}

    def holds(self) -> list[str]:
        """The lists that the environment was last made for."""
        try:
            lists = json.loads(self.stamp.read_text(encoding="utf-8"))["lists"]
            return [name for name in lists if name in LISTS]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def ready(self, asked: list[str]) -> bool:
        """Whether there is nothing to do."""
        lists = self.holds()
        return (
            covers(lists, asked)
            and self.stamp.is_file()
            and self.stamp.read_text(encoding="utf-8") == json.dumps(self.wanted(lists))
            and self.placed()
            and self.starts()
            and not self.missing()
        )

    def starts(self) -> bool:
        """Whether the environment's interpreter runs and is the Python that was asked for."""
        ask = [self.layout.python, "-I", "-c", "import sys; print(sys.version.split()[0])"]
        try:
            said = subprocess.run(
                ask, capture_output=True, text=True, check=True, env=settings.clean(os.environ)
            ).stdout
        except (OSError, subprocess.CalledProcessError):
            return False
        return said.split() == sys.version.split()[:1]

    def placed(self) -> bool:
        """Whether the environment was made here: its commands hold the path of its place, so it can't be
        moved or copied."""
        made = self.venv / "pyvenv.cfg"
        return made.is_file() and made.read_text(encoding="utf-8").rstrip().endswith(f" {self.venv}")

    def missing(self) -> list[Path]:
        """The files that installed packages list and that are not there."""
        gone, site = [], self.layout.site
        for record in site.glob("*.dist-info/RECORD"):
            with record.open(newline="", encoding="utf-8") as rows:
                gone += [
                    site / row[0]
                    for row in csv.reader(rows)
                    if row and not row[0].endswith(".pyc") and not os.path.exists(site / row[0])
                ]
        return gone

    def lacks(self, lists: list[str]) -> list[str]:
        """The pinned packages of these locks that are not installed, those for other systems left out."""
        pins = re.findall(
            r"^([a-z0-9][\w.-]*)==\S+ \\$",
            "".join(path.read_text(encoding="utf-8") for path in self.files(lists)),
            re.M,
        )
        installed = {folder.name.partition("-")[0].lower() for folder in self.layout.site.glob("*.dist-info")}
        return [
            name
            for name in pins
            if re.sub(r"[-.]+", "_", name) not in {one.replace(".", "_") for one in installed}
        ]

    def make(self, asked: list[str], environ: Mapping[str, str]) -> None:
        """Do nothing where all is well; else make, or mend, and stamp. environ: clean, with a home."""
        if self.ready(asked):
            return
        lists = [*self.holds(), *(name for name in asked if not covers(self.holds(), [name]))]
        lists = ["dev"] if "dev" in lists else lists
        print(
            f"Making the environment in .venv, once: about a minute, {950 if lists == ['dev'] else 500} MB.",
            flush=True,
        )
        whole = self.starts() and self.placed()
        if not whole:
            self._make_empty(environ)
        self.stamp.unlink(missing_ok=True)
        self._install(lists, whole and bool(self.missing()), environ)
        (self.layout.site / "ruspak.pth").write_text(
            f"import sys; sys.path.append({str(self.root)!a})\n", encoding="ascii"
        )
        for path in settings_of(self.root):
            place = self.venv / "etc" / path.relative_to(self.root / "ruspak_jupyter" / "etc")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        self.stamp.write_text(json.dumps(self.wanted(lists)), encoding="utf-8")

    def _make_empty(self, environ: Mapping[str, str]) -> None:
        """A new environment with pip in it."""
        if self.venv.is_symlink() or self.venv.is_file():
            self.venv.unlink()
        shutil.rmtree(self.venv, ignore_errors=True)
        # a Mac's Python can't be copied; on Linux a link would lead out of what the sandbox shows
        how = [] if sys.platform == "darwin" or self.layout.windows else ["--copies"]
        command = [sys.executable, "-I", "-m", "venv", *how, self.venv]
        made = subprocess.run(command, env=environ, capture_output=True, text=True, errors="replace")
        if made.returncode:
            shutil.rmtree(self.venv, ignore_errors=True)
            said = (made.stderr or made.stdout).strip().rpartition("\n")[2] or "it gave no reason"
            sys.exit(NO_VENV.format(self.venv, said))

    def _install(self, lists: list[str], again: bool, environ: Mapping[str, str]) -> None:
        """Bring the environment to the pins: by uv, or by pip where uv is not to be had or can't reach the
        packages.
        """
        python, files = self.layout.python, self.files(lists)
        options = settings.pip_options(python, os.environ)
        for_pip = settings.for_pip(environ, options)
        # the locks are whole; asked for what packages want, pip before 24 takes the newest of one with an extra, and rejects it
        pip = [python, "-I", "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        sync = [
            self.layout.program("uv"),
            "pip",
            "sync",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            *(["--compile-bytecode"] if lists or sys.dont_write_bytecode else []),  # else by whoever uses it
            *(["--reinstall"] if again else []),
            *files,
        ]
        with tempfile.TemporaryDirectory() as folder:
            pin = Path(folder, "uv.txt")
            pin.write_text(self.pin_of("uv"), encoding="utf-8")
            if (
                not subprocess.call([*pip, "-r", pin], env=for_pip)
                and not subprocess.call(sync, env=settings.for_uv(environ, options))
                and not self.lacks(lists)
            ):
                return
        print("uv did not manage; trying plain pip, which is slower.", flush=True)
        subprocess.call([python, "-I", "-m", "ensurepip"], env=environ, stdout=subprocess.DEVNULL)
        every = [word for path in files for word in ("-r", path)]
        if subprocess.call(
            [*pip, *(["--force-reinstall"] if again else []), *every], env=for_pip
        ) or self.lacks(lists):
            sys.exit(NOT_INSTALLED)

    def pin_of(self, name: str) -> str:
        """The lines of one package in requirements.txt: version and hashes."""
        text = (self.root / "requirements.txt").read_text(encoding="utf-8")
        return re.search(rf"^{name}==(?:.*\\\n)*.*\n", text, re.M)[0]


def settings_of(root: Path) -> list[Path]:
    """The files of ruspak_jupyter/etc, which belong into the environment's own etc."""
    return sorted(path for path in (root / "ruspak_jupyter" / "etc").rglob("*") if path.is_file())


def covers(held: list[str], asked: list[str]) -> bool:
    """Whether an environment with some lists has all that others ask for; "dev" is made of all of them."""
    return set(asked) <= {*held, *(LISTS if "dev" in held else ())}


def make_apart(folder: Path, python: str | Path, pins: Path, *options: str) -> subprocess.CompletedProcess:
    """Make an environment beside .venv, in a folder, from a file of pins, by the uv of .venv: its last step, done or
    failed, with what it said. options: for the installing.
    """
    uv = Layout(ROOT / ".venv").program("uv")
    install = [uv, "pip", "install", "--quiet", "--python", Layout(folder).python, *options, "-r", pins]
    for command in ([uv, "venv", "--quiet", "--python", python, folder], install):
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            break
    return made
