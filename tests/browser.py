"""Shared fixtures for browser tests: Debian's chromium, a static server on loopback, JupyterLab.

The conftest.py of the repository makes them known to all tests.
"""

import contextlib
import functools
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import playwright.sync_api
import pytest

ROOT = Path(__file__).resolve().parents[1]
WAIT = 120_000  # milliseconds: a machine at load 10
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def chromium():
    """A running chromium (playwright Browser); tests skip where there is none."""
    program = (
        os.environ.get("RUSPAK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not program:
        pytest.skip("no browser: install Debian's chromium, or set RUSPAK_CHROMIUM to its program")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no browser driver: playwright is not installed"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """A function from a folder to the address at which it is now served, on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    servers = []

    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


IDLE: dict[
    tuple, list
] = {}  # pages whose visit ended well, by browser and colours: a new one takes a second of CPU


@contextlib.contextmanager
def visit(
    chromium,
    url: str,
    width: int = 1280,
    dark: bool = False,
    allow: tuple[str, ...] = (),
    alone: bool = False,
) -> Iterator:
    """A page at `url` with nothing stored; on leaving, fails for console errors (but those that hold a text of `allow`),
    uncaught exceptions and requests to another host.

    It may have shown something else before. `alone`: a new page, thrown away afterwards, for a test that changes the page
    itself for good (its clock, its scripts).
    """
    kind = (chromium, dark)
    page = IDLE[kind].pop() if IDLE.get(kind) and not alone else _new_page(chromium, dark)
    page.set_viewport_size({"width": width, "height": 900})
    home = url.split("/", 3)[2]
    troubles: list[str] = []
    listeners = {
        "console": lambda message: message.type == "error" and troubles.append(f"console: {message.text}"),
        "pageerror": lambda error: troubles.append(f"exception: {error}"),
        "request": lambda request: (
            request.url.startswith(("http", "ws"))
            and request.url.split("/", 3)[2] != home
            and troubles.append(f"foreign request: {request.url}")
        ),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    try:
        page.goto(url)
        yield page
    except BaseException:
        page.context.close()
        raise
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    if alone:
        page.context.close()  # a page that is left open goes on working, beside all later tests
    else:
        _forget(page, home)
        IDLE.setdefault(kind, []).append(page)
    troubles = [trouble for trouble in troubles if not any(text in trouble for text in allow)]
    assert not troubles, "\n".join(troubles)


def _new_page(chromium, dark: bool):
    context = chromium.new_context(color_scheme="dark" if dark else "light")
    context.set_default_timeout(WAIT)
    return context.new_page()


def _forget(page, home: str) -> None:
    """End what this page shows, and delete what the server `home` stored in its browser."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.goto("about:blank")
    page.context.clear_cookies()
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": f"http://{home}", "storageTypes": "all"})
    session.detach()


def axe(page, within: str = "body") -> list[str]:
    """What axe-core finds wrong within a selector: rule and element, one a line."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context={"include": [[within]]}).response["violations"]
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


BARE = ["--ServerApp.allow_root=True", "--ServerApp.ip=127.0.0.1"]  # what `make lab` gives of itself
PROGRAMS = {
    "make lab": ["tools/lab.py"],
    "JupyterLab": ["-m", "jupyterlab", *BARE],
    "Notebook 7": ["-m", "notebook", *BARE],
    "nbclassic": ["-m", "nbclassic", *BARE],
}


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[Callable[..., str]]:
    """A function from a course (or a copy of it) to the address of the Jupyter server that now serves it.

    `program` is one of PROGRAMS, the one of `make lab` if left out; `port` is a free one if left out; further keywords are
    environment variables. Settings,
    workspaces, trust and progress are of its own; no token is asked for. `lab.stop(address)` ends a server as Ctrl-C does;
    the others end with the tests.
    """
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    started = {}

    def start(course: Path, program: str = "make lab", port: int = 0, **environment: str) -> str:
        own = tmp_path_factory.mktemp("lab")
        places = {
            name: str(own / name)
            for name in (
                "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR",
                "JUPYTER_CONFIG_DIR",
                "JUPYTER_DATA_DIR",
                "JUPYTER_RUNTIME_DIR",
                "IPYTHONDIR",
                "RUSPAK_PROGRESS",
            )
        }
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            port = probe.getsockname()[1]
        command = [
            sys.executable,
            *PROGRAMS[program],
            "--no-browser",
            "--IdentityProvider.token=",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
        ]
        with (own / "log").open("wb") as log:
            server = subprocess.Popen(
                command,
                cwd=course,
                env=os.environ | places | {"PYTHONPATH": str(course)} | environment,
                stdout=log,
                stderr=log,
            )
        url = f"http://127.0.0.1:{port}"
        started[url] = server
        for _ in range(1200):
            with contextlib.suppress(OSError):
                json.load(urllib.request.urlopen(f"{url}/api/status"))
                return url
            assert server.poll() is None, (own / "log").read_text()
            time.sleep(0.1)
        raise AssertionError(f"{program} did not answer:\n" + (own / "log").read_text())

    def stop(url: str) -> None:
        server = started.pop(url)
        server.terminate()  # Jupyter ends its kernels on this
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:  # one that is just starting a kernel may not listen
            server.kill()

    start.stop = stop
    yield start
    for url in list(started):
        stop(url)


def copy_of_course(folder: Path) -> Path:
    """The folder, with a copy of what a learner works with, which may be written to."""
    for name in ("notebooks", "data", "quizzes", "ruspak", "ruspak_jupyter", "tools"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    return folder


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """A copy of the course for one test."""
    return copy_of_course(tmp_path)


def run_all(page) -> None:
    """Run all cells of the notebook on this page (visited as <lab>/doc/tree/<notebook>) and wait until they are done.

    The notebook needs a kernelspec in its metadata, else JupyterLab asks for one. A page that finds no kernel is loaded
    again, as a person would do; what it showed is printed.
    """
    idle = page.locator(".jp-StatusBar-Item").get_by_text("| Idle")
    for _ in range(3):  # a command before that is dropped
        with contextlib.suppress(playwright.sync_api.TimeoutError):
            idle.wait_for(timeout=WAIT / 2)
            break
        print("no kernel yet:", page.locator("body").inner_text()[:2000])
        if page.locator(".jp-Dialog").count():
            answer(page.locator(".jp-Dialog").first)
        else:
            page.reload()
    idle.wait_for()
    for menu, command in (("Edit", "Clear Outputs of All Cells"), ("Run", "Run All Cells")):
        page.get_by_role("menuitem", name=menu, exact=True).click()
        page.get_by_role("menuitem", name=command, exact=True).click()
    page.wait_for_function(
        """() => {
        const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt:not(.jp-Placeholder-prompt)")];
        return prompts.length && prompts.every((prompt) => /\\d/.test(prompt.textContent));
    }""",
        timeout=300_000,
    )
    idle.wait_for()


def answer(dialog) -> None:
    """Take what a dialog of Jupyter's offers first, and print what it asked; under load it may ask at any time."""
    print("dialog:", dialog.inner_text())
    dialog.locator(".jp-Dialog-footer button").last.click()
