"""Where the hub lives, and how it is prepared: the course's copy with its environment, the proxy, the accounts.

Everything is below one folder, made as root:

    hub.toml      the settings
    course/       the version of the course that servers start with, a link into versions/
    node/         the proxy
    run/          hub.sock, by which students' servers reach the hub
    proxy/        the proxy's own, with the socket on which it is told where to lead
    inbox/        sheets handed in: what `python -m ruspak grade` reads
    state/        the hub's memory, tokens, logs, receipts.csv
"""

import grp
import hashlib
import json
import os
import platform
import pwd
import re
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import settings
from isolation import EMPTY

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROXY = "ruspak-proxy"  # the account of the proxy, which nobody logs in with
GIVEN = (
    "notebooks", "exercises", "data", "docs", "quizzes", "ruspak", "ruspak_jupyter", "tools", "deploy/hub",
    "course.py", "requirements.txt", "README.md", "CONTRIBUTING.md", "LICENSE", "CITATION.cff",
)  # fmt: skip
LEFT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "build", "raw", "*.pyc")
OLDEST_NODE, OLDEST_KERNEL = 20, (5, 8)


class Unready(Exception):
    """Something is missing; the message says what and what to do."""


@dataclass(frozen=True)
class Place:
    """The folder of one hub."""

    folder: Path

    state = property(lambda self: self.folder / "state")
    inbox = property(lambda self: self.folder / "inbox")
    course = property(lambda self: self.folder / "course")
    token = property(lambda self: self.state / "proxy-token")
    starter_socket = property(lambda self: self.state / "starter.sock")
    door = property(lambda self: self.folder / "run" / "hub.sock")
    proxy_socket = property(lambda self: self.folder / "proxy" / "api.sock")
    proxy_program = property(
        lambda self: self.folder / "node" / "node_modules" / ".bin" / "configurable-http-proxy"
    )
    python = property(lambda self: self.course / ".venv" / "bin" / "python")


def socket_address(path: Path) -> str:
    """A socket file as hub and proxy write it."""
    return f"http+unix://{quote(str(path), safe='')}"


def check(place: Path) -> None:
    """Look for what the hub needs, before anything is made. Raises Unready with all that is missing."""
    missing = []
    if os.geteuid() != 0:
        missing.append(
            "It starts servers as the students, so it must be started as root: sudo deploy/hub/start."
        )
    kernel = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))
    if sys.platform != "linux" or kernel < OLDEST_KERNEL:
        missing.append(f"It needs Linux 5.8 or newer; this is {platform.system()} {platform.release()}.")
    if (node := node_version()) < OLDEST_NODE:
        found = f"this is {node}" if node else "there is none"
        missing.append(f"It needs Node.js 20 or newer; {found}. On Debian 13: apt install nodejs npm.")
    missing += [
        f"The program {name} is missing: apt install {package}."
        for name, package in (("npm", "npm"), ("setpriv", "util-linux"), ("useradd", "passwd"))
        if not shutil.which(name)
    ]
    if any(place.is_relative_to(folder) for folder in (*EMPTY, "/home")):
        missing.append(f"{place} can't be its place: it may not lie in {', '.join(EMPTY)} or /home.")
    if closed := _closed(place):
        missing.append(f"Students can't come to {place}: {closed} is closed to others. Take another place.")
    if closed := _closed(Path(sys.base_prefix)):
        missing.append(
            f"Students can't use this Python: {closed} is closed to others. Use the system's, /usr/bin/python3."
        )
    if missing:
        raise Unready("\n".join(missing))


def _closed(path: Path) -> Path | None:
    """The folder on the way that others may not pass, None where all is open."""
    return next((one for one in (path, *path.parents) if one.exists() and not one.stat().st_mode & 1), None)


def node_version() -> int:
    """The first number of Node's version, 0 where there is none."""
    try:
        told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        return int(told.lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def prepare(folder: Path, say=print) -> Place:
    """Make or mend all that the hub needs; what is there and right is left alone. Raises Unready."""
    check(folder)
    place = Place(folder)
    os.umask(0o022)
    for name, mode in (("", 0o755), ("versions", 0o755), ("run", 0o755)):
        _folder(folder / name, mode)
    for private in (place.state, place.inbox):
        _folder(private, 0o700)
    if not (folder / "hub.toml").exists():
        (folder / "hub.toml").write_text(settings.TEXT, encoding="utf-8")
    try:
        told = settings.read(folder)
    except ValueError as error:
        raise Unready(str(error)) from None
    _accounts(told.group)
    proxy = pwd.getpwnam(PROXY)
    _folder(folder / "proxy", 0o700)
    os.chown(folder / "proxy", proxy.pw_uid, proxy.pw_gid)
    if not place.token.exists():
        place.token.touch(mode=0o600)
        place.token.write_text(secrets.token_hex(32), encoding="ascii")
    _proxy(folder / "node", say)
    _course(place, say)
    return place


def _folder(path: Path, mode: int) -> None:
    path.mkdir(parents=True, exist_ok=True)
    os.chmod(path, mode)


def _accounts(group: str) -> None:
    """The students' group and the proxy's account, made where they are missing."""
    try:
        grp.getgrnam(group)
    except KeyError:
        _run(["groupadd", group])
    try:
        pwd.getpwnam(PROXY)
    except KeyError:
        _run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", PROXY]
        )


def _proxy(node: Path, say) -> None:
    """configurable-http-proxy, in the version and with the sums of package-lock.json."""
    wanted = (HERE / "package-lock.json").read_text(encoding="utf-8")
    made = node / "made-from"
    if made.exists() and made.read_text(encoding="utf-8") == wanted:
        return
    say("Bringing the proxy …")
    node.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, node / name)
    _run(["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(node)])
    made.write_text(wanted, encoding="utf-8")


def _course(place: Place, say) -> None:
    """The course as it is in this clone, in a folder named by its contents, with its environment and the hub's packages.

    Servers that run keep the version they were started with. The version before this one is kept for them; older
    ones go, unless something of them still runs.
    """
    version = place.folder / "versions" / _sum()
    done = version / "done"
    if not done.exists():
        say("Copying the course …")
        shutil.rmtree(version, ignore_errors=True)
        for name in GIVEN:
            source, target = ROOT / name, version / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target, ignore=LEFT) if source.is_dir() else shutil.copyfile(
                source, target
            )
        _readable(version)
        for name in ("overrides.json", "page_config.json"):
            ours = HERE / "lab" / name
            told = json.loads((ROOT / "tools" / "lab" / name).read_text(encoding="utf-8"))
            told |= json.loads(ours.read_text(encoding="utf-8")) if ours.exists() else {}
            (version / "lab").mkdir(exist_ok=True)
            (version / "lab" / name).write_text(json.dumps(told, indent=1), encoding="utf-8")
    _run([sys.executable, "course.py", "env", "lab"], cwd=version)
    if not done.exists():
        say("Bringing the hub …")
        venv = version / ".venv" / "bin"
        _run([
            venv / "uv", "pip", "install", "--quiet", "--python", venv / "python", "--no-deps", "--require-hashes",
            "--compile-bytecode", "-r", HERE / "requirements.txt",
        ])  # fmt: skip
        _run(
            [
                venv / "python",
                "-m",
                "compileall",
                "-q",
                version / "ruspak",
                version / "ruspak_jupyter",
                version / "deploy",
            ]
        )
        _readable(version / ".venv")
        done.touch()
    tmp = place.folder / ".course"
    tmp.unlink(missing_ok=True)
    tmp.symlink_to(version)
    before = place.course.resolve() if place.course.is_symlink() else version
    os.replace(tmp, place.course)
    for old in (place.folder / "versions").iterdir():
        if old not in (version, before) and not _in_use(old):
            shutil.rmtree(old, ignore_errors=True)


def _sum() -> str:
    """A short name for the contents of all that is given, and for this Python."""
    told = hashlib.sha256(sys.version.encode())
    for name in GIVEN:
        source = ROOT / name
        paths = sorted(source.rglob("*")) if source.is_dir() else [source]
        for path in paths:
            if path.is_file() and not {"__pycache__", ".ipynb_checkpoints", "build", "raw"} & set(
                path.parts[len(ROOT.parts) :]
            ):
                told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return told.hexdigest()[:12]


def _readable(folder: Path) -> None:
    """Let everybody read, and nobody but root write, whatever the clone's modes were."""
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", folder], check=True)


def _in_use(version: Path) -> bool:
    """Whether a program of this version still runs."""
    for link in Path("/proc").glob("[0-9]*/exe"):
        try:
            if Path(os.readlink(link)).is_relative_to(version):
                return True
        except OSError:
            continue
    return False


def _run(words: list, cwd: Path | None = None) -> None:
    """Run a command; raises Unready with its last lines where it fails."""
    done = subprocess.run([*map(str, words)], cwd=cwd, capture_output=True, text=True, errors="replace")
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise Unready(
            f"This failed: {' '.join(map(str, words))}\n{last}\nMend that, then start again: nothing else is lost."
        )
