"""How the hub starts, watches and ends a student's server: by the starter, which outlives the hub."""

import asyncio
import json
import os
import pwd
import signal
from pathlib import Path

import limits
import psutil
from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Float, Integer, Unicode

ANSWER = 60  # seconds for the starter's answer


class CourseSpawner(LocalProcessSpawner):
    """A server in its own namespaces and cgroups, reached by the proxy alone."""

    place = Unicode(help="Where the hub lives: course/ and state/.").tag(config=True)
    memory_mb = Integer(1024, help="Megabytes of memory of one student.").tag(config=True)
    cores = Float(1.0, help="Processors that one student may use.").tag(config=True)
    processes = Integer(200, help="Processes and threads of one student.").tag(config=True)
    room_mb = Integer(256, help="Megabytes of the student's /tmp, which counts as memory.").tag(config=True)
    born = Float(0)

    def get_state(self) -> dict:
        """The process and when it began: a number alone may be another process after a restart of the machine."""
        return super().get_state() | ({"born": self.born} if self.pid else {})

    def load_state(self, state: dict) -> None:
        """Restore what `get_state` gave."""
        super().load_state(state)
        self.born = state.get("born", 0)

    def get_env(self) -> dict[str, str]:
        """The student's environment: of the hub's own, nothing but the language."""
        env = super().get_env()
        home = pwd.getpwnam(self.user.name).pw_dir
        return env | {
            "PATH": f"{self.place}/course/.venv/bin:/usr/local/bin:/usr/bin:/bin",
            "JUPYTERHUB_ROOT_DIR": f"{home}/course",
            "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:8888{env['JUPYTERHUB_SERVICE_PREFIX']}",
            "JUPYTER_PREFER_ENV_PATH": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "TMPDIR": "/tmp",
        }

    async def start(self) -> str:
        """Start the server and return its address."""
        person = pwd.getpwnam(self.user.name)
        os.chmod(person.pw_dir, 0o700)
        course = Path(self.place, "course").resolve()  # the version of today, until this server ends
        request = {
            "user": self.user.name,
            "env": self.get_env(),
            "args": [
                f"--LabApp.app_settings_dir={course / 'lab'}",
                f"--LabApp.user_settings_dir={person.pw_dir}/.jupyter/lab/user-settings",
                f"--LabApp.workspaces_dir={person.pw_dir}/.jupyter/lab/workspaces",
                *self.get_args(),
            ],
            "source": str(course),
            "target": f"{person.pw_dir}/course",
            **{name: getattr(self, name) for name in ("memory_mb", "cores", "processes", "room_mb")},
        }
        answer = await asyncio.wait_for(self._ask(request), ANSWER)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        self.log.info(
            "%s: limits in force: %s", self.user.name, ", ".join(answer["limits"]) or "none, no cgroups here"
        )
        self.pid = answer["pid"]
        self.born = psutil.Process(self.pid).create_time()
        return f"http://127.0.0.1:{answer['port']}"

    async def poll(self) -> int | None:
        """None while the server runs, else 0: it is the starter's child, which keeps no exit codes."""
        try:
            process = psutil.Process(self.pid) if self.pid else None
            if (
                process
                and process.status() != psutil.STATUS_ZOMBIE
                and abs(process.create_time() - self.born) < 2
            ):
                return None
        except psutil.NoSuchProcess:
            pass
        if self.pid:
            limits.end(self.user.name)  # what the server left behind, too
        self.clear_state()
        return 0

    async def stop(self, now: bool = False) -> None:
        """End the server, and whatever the student has left running."""
        if await self.poll() is None:
            for number, patience in ((signal.SIGTERM, 0 if now else 10), (signal.SIGKILL, 5)):
                await self._signal(number)
                if patience and await self.wait_for_death(patience):
                    break
        await self.poll()

    async def _ask(self, request: dict) -> dict:
        reader, writer = await asyncio.open_unix_connection(f"{self.place}/state/starter.sock")
        try:
            writer.write(json.dumps(request).encode() + b"\n")
            await writer.drain()
            return json.loads(
                await reader.readline() or b'{"error": "the starter is gone: see state/starter.log"}'
            )
        finally:
            writer.close()
