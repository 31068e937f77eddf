"""Make or mend .venv, so that it holds exactly what requirements.txt pins. Standard library only.

A stamp, written last, says what the environment was made from. It is trusted only while the interpreter starts
and every file that the installed packages list is there, so a half-made or damaged environment is noticed.
"""
import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from"
REQUIREMENTS = ROOT / "requirements.txt"


def wanted() -> str:
    """What a finished environment is stamped with: its pins, its Python and its place (it can't be moved)."""
    return f"{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()} {sys.version.split()[0]} {VENV}\n"


def starts() -> bool:
    """Whether the environment's interpreter runs and is the Python that was asked for."""
    ask = [PYTHON, "-c", "import sys; print(sys.version.split()[0])"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split() == sys.version.split()[:1]
    except (OSError, subprocess.CalledProcessError):
        return False


def placed() -> bool:
    """Whether the environment was made here: its commands hold the path of its place, so it can't be moved or copied."""
    made = VENV / "pyvenv.cfg"
    return made.is_file() and made.read_text(encoding="utf-8").rstrip().endswith(f" {VENV}")


def missing() -> list[Path]:
    """The files that installed packages list and that are not there."""
    gone = []
    for record in VENV.glob("lib/python*/site-packages/*.dist-info/RECORD"):
        folder = record.parent.parent
        with record.open(newline="", encoding="utf-8") as rows:
            gone += [folder / row[0] for row in csv.reader(rows)
                     if row and not row[0].endswith(".pyc") and not os.path.exists(folder / row[0])]
    return gone


def ready() -> bool:
    """Whether there is nothing to do."""
    return STAMP.is_file() and STAMP.read_text() == wanted() and placed() and starts() and not missing()


def pin_of(name: str) -> str:
    """The lines of one package in requirements.txt: version and hashes."""
    return re.search(rf"^{name}==(?:.*\\\n)*.*\n", REQUIREMENTS.read_text(), re.M)[0]


def make_empty() -> None:
    """A new environment with pip in it."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("This Python can't make environments: install its venv module (on Debian and Ubuntu: "
                 "apt install python3-venv), then run make again.")


def install(again: bool) -> None:
    """Bring the environment to the pins: by uv, or by pip where uv is not to be had or can't reach the packages."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pin:
        pin.write(pin_of("uv"))
        pin.flush()
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        sync = [VENV / "bin" / "uv", "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes",
                "--compile-bytecode", *(["--reinstall"] if again else []), REQUIREMENTS]
        if not subprocess.call([*pip, "--no-deps", "-r", pin.name]) and not subprocess.call(sync):
            return
    print("uv did not manage; trying plain pip, which is slower.", flush=True)
    subprocess.call([PYTHON, "-m", "ensurepip"], stdout=subprocess.DEVNULL)
    if subprocess.call([*pip, *(["--force-reinstall"] if again else []), "-r", REQUIREMENTS]):
        sys.exit("The packages could not be installed: read the lines above. Without network this can't work; "
                 "with it, run make again. Nothing outside .venv was changed.")


def main() -> None:
    """Do nothing where all is well; else make, or mend, and stamp."""
    if ready():
        return
    print("Preparing the environment in .venv, once: about a minute and 700 MB.", flush=True)
    whole = starts() and placed()
    if not whole:
        make_empty()
    STAMP.unlink(missing_ok=True)
    install(again=whole and bool(missing()))
    site = next(VENV.glob("lib/python*/site-packages"))
    (site / "ruspak.pth").write_text(f"import sys; sys.path.append({ascii(str(ROOT))})\n", encoding="ascii")
    shutil.copytree(ROOT / "ruspak_jupyter" / "etc", VENV / "etc", dirs_exist_ok=True)  # where every server looks
    STAMP.write_text(wanted())


if __name__ == "__main__":
    try:
        main()
    except (OSError, TypeError) as fault:
        sys.exit(f"The environment could not be made: {fault}. Look at that file or folder, then run make clean and make again.")
