"""Keeps proxy, starter and hub running: what dies is started again, the others go on. Ends them when it is ended.

Students' servers are nobody's children here: they outlive each of the three. `python keep.py PLACE`; SIGTERM ends
students' servers too, SIGHUP leaves them to the next keeper: so comes a new version of the course, or other settings.
"""

import grp
import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path

import limits
import settings
from places import PROXY, Place

SLOWEST = 30  # seconds between two tries of what won't stay up
STEADY = 60  # seconds after which a program counts as up


class Kept:
    """One program, with a log of its own."""

    def __init__(self, name: str, words: list, log: Path, env: dict[str, str]):
        self.name, self.words, self.log, self.env = name, [*map(str, words)], log, env
        self.process, self.begun, self.next, self.pause = None, 0.0, 0.0, 1.0

    def look(self) -> None:
        """Start it where it does not run and its pause is over."""
        now = time.monotonic()
        if self.process and self.process.poll() is None:
            return
        if self.process:
            said = f"{self.name} ended ({self.process.returncode}); it is started again.\n"
            self.pause = 1.0 if now - self.begun > STEADY else min(2 * self.pause, SLOWEST)
            self.process, self.next = None, now + self.pause - 1
            _say(said)
        if now >= self.next:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    self.words,
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            self.begun = now
            self.log.with_suffix(".pid").write_text(str(self.process.pid))

    def end(self) -> None:
        """End it, by force where it takes long."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def programs(place: Place) -> list[Kept]:
    """The three programs, with the settings and the version of now."""
    told, person = settings.read(place.folder), pwd.getpwnam(PROXY)
    here = place.course.resolve() / "deploy" / "hub"
    env = {
        "PATH": f"{place.course}/.venv/bin:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "RUSPAK_HUB": str(place.folder),
    }
    host, _, port = told.listen.rpartition(":")
    low = (
        ["--inh-caps", "+net_bind_service", "--ambient-caps", "+net_bind_service"] if told.port < 1024 else []
    )
    proxy = [
        "setpriv", "--reuid", person.pw_uid, "--regid", person.pw_gid, "--clear-groups", "--no-new-privs", *low,
        place.proxy_program, "--ip", host.strip("[]"), "--port", port, "--api-socket", place.proxy_socket,
        "--error-target", f"http://127.0.0.1:{told.hub_port}/hub/error",
    ]  # fmt: skip
    starter = [
        place.python,
        "-P",
        here / "starter.py",
        place.starter_socket,
        *([] if told.share_memory else ["--plain"]),
    ]
    hub = [place.python, "-P", "-m", "jupyterhub", "--config", here / "jupyterhub_config.py"]
    token = place.token.read_text(encoding="ascii")
    return [
        Kept("proxy", proxy, place.state / "proxy.log", env | {"CONFIGPROXY_AUTH_TOKEN": token}),
        Kept(
            "starter",
            starter,
            place.state / "starter.log",
            env | {"HOME": str(place.state), "MALLOC_ARENA_MAX": "1"},
        ),
        Kept("hub", hub, place.state / "hub.log", env | {"HOME": str(place.state)}),
    ]


def keep(place: Place) -> None:
    """Keep them until SIGTERM, SIGINT or SIGHUP."""
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: asked.append(number))
    os.chdir(place.state)
    os.umask(0o077)
    running = programs(place)
    while not asked:
        for one in running:
            if one.name == "proxy" and not (one.process and one.process.poll() is None):
                place.proxy_socket.unlink(missing_ok=True)  # a proxy does not start where a socket lies
            one.look()
        time.sleep(0.2)
    for one in reversed(running):
        one.end()
    if signal.SIGHUP not in asked:
        group = grp.getgrnam(settings.read(place.folder).group)
        for user in {*group.gr_mem, *(one.pw_name for one in pwd.getpwall() if one.pw_gid == group.gr_gid)}:
            limits.end(user)


def _say(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}")
    sys.stdout.flush()


if __name__ == "__main__":
    keep(Place(Path(sys.argv[1])))
