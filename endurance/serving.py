"""A JupyterLab of `make lab`, started as a person does and ended as Ctrl+C does."""

import contextlib
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from endurance.trial import kill

SECONDS = 240  # until it answers, on an overloaded machine


class Server(NamedTuple):
    url: str
    pid: int
    why: str  # it does not answer; "" where it does


@contextlib.contextmanager
def serves(command: list, folder: Path, environ: dict[str, str]) -> Iterator[Server]:
    """Start it on a free port. It ends with the block."""
    port = free_port()
    words = [
        "--no-browser",
        "--IdentityProvider.token=",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
    ]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [*command, *words], cwd=folder, env=environ, stdout=log, stderr=log, start_new_session=True
        )
        try:
            why = answers(port, server)
            log.seek(0)
            why = f"{why}: {log.read()[-300:].decode(errors='replace')}" if why else ""
            yield Server(f"http://127.0.0.1:{port}", server.pid, why)
        finally:
            server.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(30)
            kill(server)


def answers(port: int, server: subprocess.Popen) -> str:
    """Wait until it answers; why it does not."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/status", timeout=30).close()
            return ""
        if server.poll() is not None:
            return f"it ended with {server.returncode}"
        time.sleep(0.2)
    return f"no answer within {SECONDS} s"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
