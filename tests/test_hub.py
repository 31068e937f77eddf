"""The hub's parts without the hub: settings, what is handed in, the isolation, the lists that start needs.

deploy/hub/check proves the whole, with real accounts, servers and kernels; it takes minutes and changes the machine.
"""

import csv
import getpass
import hashlib
import importlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import pytest

HUB = Path(__file__).parent.parent / "deploy" / "hub"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the hub runs on Linux only")
root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)


def load(name: str):
    """A module of deploy/hub; their names are plain, so the folder is on the path no longer than needed."""
    sys.path.insert(0, str(HUB))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(HUB))


settings, inbox, reading, places = (load(name) for name in ("settings", "inbox", "reading", "places"))


def test_settings_without_a_file_are_those_of_the_text(tmp_path):
    told = settings.read(tmp_path)
    assert told.listen == "127.0.0.1:8000" and told.own_address == "http://127.0.0.1:8000"
    assert (told.hand_in_port, told.hub_port) == (8001, 8002)
    assert set(tomllib.loads(settings.TEXT)) == set(vars(told))


@pytest.mark.parametrize(
    "text, said",
    [
        ('colour = "red"', "there is no setting 'colour'"),
        ('listen = "127.0.0.1"', "has no port"),
        ('listen = "127.0.0.1:99999"', "has no port"),
        ("memory_mb = -1", "can't be"),
        ('memory_mb = "1 GB"', "can't be"),
        ("share_memory = 1", "can't be"),
        ("cores = true", "can't be"),
        ("memory_mb =", "Invalid"),
    ],
)
def test_settings_that_cannot_be_are_told(tmp_path, text, said):
    (tmp_path / "hub.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        settings.read(tmp_path)
    assert "hub.toml" in str(error.value)


def test_all_that_start_copies_is_there():
    assert not [name for name in places.GIVEN if not (places.ROOT / name).exists()]
    assert not any(name.startswith(("solutions", "tests")) for name in places.GIVEN)  # keys stay out


def test_the_proxy_is_pinned_without_addresses():
    lock = json.loads((HUB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages["node_modules/configurable-http-proxy"]["version"] == "5.3.0"
    assert all("integrity" in one and "resolved" not in one for one in packages.values())


def test_node_is_looked_at_first(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "node_version", lambda: 18)
    with pytest.raises(places.Unready, match=r"Node.js 20 or newer; this is 18"):
        places.check(Path("/srv/ruspak"))


@pytest.mark.parametrize("place", ["/tmp/hub", "/home/hub", "/run/hub"])
def test_a_place_that_students_do_not_see_is_rejected(place):
    with pytest.raises(places.Unready, match="can't be its place"):
        places.check(Path(place))


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The home of the user who runs the tests, as far as the reader of sheets is concerned."""

    class Person:
        pw_dir, pw_uid, pw_gid = str(tmp_path), os.getuid(), os.getgid()

    monkeypatch.setattr(inbox.pwd, "getpwnam", lambda _: Person)
    (tmp_path / "course" / "exercises").mkdir(parents=True)
    return tmp_path


def hand_in(home: Path, file: str, data: bytes | None = b'{"cells": []}', student: str = "2026-017"):
    if data is not None:
        (home / "course" / "exercises" / file).write_bytes(data)
    (home / "state").mkdir(exist_ok=True)
    return inbox.take(getpass.getuser(), student, file, home / "state", home / "inbox")


@root
def test_a_sheet_comes_in_with_a_receipt(home):
    first, second = (hand_in(home, name) for name in ("01_history.ipynb", "01_history.new-version.ipynb"))
    came = sorted((home / "inbox" / "2026-017").glob("*/*"))
    assert [path.name for path in came] == ["01_history.ipynb"] * 2
    assert came[0].stat().st_mode & 0o077 == 0 or came[0].parent.stat().st_mode & 0o077 == 0
    assert (
        first.sum == hashlib.sha256(b'{"cells": []}').hexdigest()
        and first.sheet == second.sheet == "01_history"
    )
    with (home / "state" / "receipts.csv").open(newline="", encoding="utf-8") as file:
        assert [row[:2] for row in csv.reader(file)] == [["2026-017", "01_history"]] * 2
    assert inbox.receipts("2026-017", home / "state") == [first, second]
    assert inbox.receipts("2026-018", home / "state") == []


@root
@pytest.mark.parametrize(
    "file, data, said",
    [
        ("../../x.ipynb", None, "no sheet of the course"),
        ("/etc/passwd", None, "no sheet of the course"),
        ("01_historyx.ipynb", None, "no sheet of the course"),
        ("01_history.ipynb", None, "No such file"),
        ("01_history.ipynb", b"{", "no notebook"),
        ("01_history.ipynb", b"[" * 1_000_000, "no notebook"),
        ("01_history.ipynb", b'{"cells": []}' + b" " * 20_000_000, "larger than 20 MB"),
    ],
)
def test_what_is_no_sheet_is_not_taken(home, file, data, said):
    with pytest.raises(inbox.Rejected, match=said):
        hand_in(home, file, data)
    assert not (home / "inbox").exists() and not (home / "state" / "receipts.csv").exists()


@root
def test_a_link_is_not_followed(home):
    (home / "course" / "exercises" / "01_history.ipynb").symlink_to("/etc/hostname")
    with pytest.raises(inbox.Rejected, match="symbolic links"):
        hand_in(home, "01_history.ipynb", None)


@root
def test_a_reader_that_stands_still_is_ended(home, monkeypatch):
    os.mkfifo(home / "course" / "exercises" / "01_history.ipynb")
    monkeypatch.setattr(inbox, "PATIENCE", 3)
    begun = time.monotonic()
    with pytest.raises(inbox.Rejected):
        hand_in(home, "01_history.ipynb", None)
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("student", ["", ".", "..", "a/b", ".hidden", "x" * 200])
def test_an_id_that_is_no_folder_is_told(home, student):
    with pytest.raises(inbox.Rejected, match="can't be used"):
        hand_in(home, "01_history.ipynb", student=student)


def test_the_roster_gives_an_account_its_id(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("student,login\n2026-017,ana\n2026-018,bob\n", encoding="utf-8")
    assert inbox.student_of("ana", str(path)) == "2026-017" and inbox.student_of("ana", "") == "ana"
    with pytest.raises(inbox.Rejected, match="0 lines"):
        inbox.student_of("eve", str(path))


INSIDE = """
import encodings.idna, json, os, pwd, socket, sys
sys.path.insert(0, sys.argv[1])
from isolation import lock_down
class Person:
    pw_dir, pw_uid, pw_gid = sys.argv[3], 65534, 65534
pwd.getpwnam = lambda _: Person
lock_down("nobody", 16, 50)
def tried(action):
    try:
        return str(action())
    except OSError as error:
        return type(error).__name__
owners = {os.stat(f"/proc/{one}").st_uid for one in os.listdir("/proc") if one.isdigit()}
print(json.dumps({
    "user": os.getuid(),
    "processes": sorted(owners - {os.getuid()}),
    "homes": os.listdir(os.path.dirname(sys.argv[3])),
    "tmp": os.listdir("/tmp"),
    "network": tried(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), 5)),
    "kill": tried(lambda: os.kill(os.getppid(), 0)),
    "rights": [line.split()[1] for line in open("/proc/self/status") if line.startswith(("NoNewPrivs", "CapEff"))],
}))
"""


@root
def test_what_is_locked_down_sees_nothing_of_others():
    """The isolation itself, with a real port and processes of others; two students' kernels are in deploy/hub/check."""
    with (
        tempfile.TemporaryDirectory(dir="/var/lib") as homes,
        socket.create_server(("127.0.0.1", 0)) as listening,
    ):
        os.chmod(homes, 0o755)
        for name in ("mine", "other"):
            Path(homes, name).mkdir()
        os.chown(Path(homes, "mine"), 65534, 65534)
        words = [sys.executable, "-c", INSIDE, HUB, str(listening.getsockname()[1]), f"{homes}/mine"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    if "unshare: Operation not permitted" in done.stderr:
        pytest.skip("this system forbids namespaces, also to root: " + done.stderr.splitlines()[-1])
    assert json.loads(done.stdout or "{}") == {
        "user": 65534, "processes": [], "homes": ["mine"], "tmp": [], "network": "ConnectionRefusedError",
        "kill": "PermissionError", "rights": ["0000000000000000", "1"],
    }, done.stderr  # fmt: skip
