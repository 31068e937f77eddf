"""A JupyterLab and a chromium, for measuring what a reader sees."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A running chromium."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def lab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab on a folder, with the course's settings and nothing kept from before."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as own:
        places = {
            name: f"{own}/{name}"
            for name in (
                "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR",
                "JUPYTER_CONFIG_DIR",
                "JUPYTER_RUNTIME_DIR",
                "IPYTHONDIR",
                "RUSPAK_PROGRESS",
            )
        }
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=",
                f"--ServerApp.root_dir={folder}",
                "--LabApp.extension_manager=readonly",
                f"--LabApp.app_settings_dir={ROOT / 'tools' / 'lab'}",
            ],
            env=os.environ | places,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()  # JupyterLab ends its kernels on this
            server.wait(20)


def _answering(url: str) -> str:
    """The same address, as soon as a server answers there."""
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/api/status").close()
            return url
        time.sleep(0.1)
    raise TimeoutError("JupyterLab did not answer within half a minute.")
