"""The learner's second day on a hub: a real JupyterHub on loopback, its proxy, and a server from the course's environment.

Reports of others: jupyter-widgets/ipywidgets#1667 (on a hub, a notebook with saved widgets does not load).
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from apart import python_of
from browser import ROOT, WAIT, visit
from test_quiz_page import QUESTIONS, give, right
from test_quiz_reopen import (
    ERROR,
    KEYS,
    LIVE,
    environment,  # noqa: F401  a fixture
    kept,
    outputs,
    run,
    said_right,
    save,
    work,  # noqa: F401  a fixture
)

HUB = ROOT / "deploy" / "hub"
CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.ConfigurableHTTPProxy.command = [{program!r}]
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {home!r}
c.Spawner.notebook_dir = {course!r}
c.Spawner.default_url = "/doc/tree/quiz.ipynb"
c.Spawner.cmd = [{python!r}, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {environment!r}
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
"""


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def proxy_program(folder: Path) -> Path:
    """The hub's proxy, in the version of deploy/hub/package-lock.json; skipped where it can't be had."""
    program, made = folder / "node_modules" / ".bin" / "configurable-http-proxy", folder / "made-from"
    wanted = (HUB / "package-lock.json").read_text(encoding="utf-8")
    if made.is_file() and made.read_text(encoding="utf-8") == wanted:
        return program
    if not shutil.which("npm"):
        pytest.skip("no npm: the hub's proxy can't be had, so nothing was tried on a hub")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HUB / name, folder)
    words = ["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder]
    words += [
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=3000",
    ]  # else a minute without network
    ran = subprocess.run(words, capture_output=True, text=True)
    if ran.returncode and any(
        word in ran.stderr
        for word in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "_CERT_")
    ):
        pytest.skip(
            "the hub's proxy can't be fetched (no network, or npm doesn't trust it): nothing was tried on a hub"
        )
    assert ran.returncode == 0, ran.stderr
    made.write_text(wanted, encoding="utf-8")
    return program


@pytest.fixture
def hub(work, environment, tmp_path_factory):  # noqa: F811
    """The address of a hub whose servers run from the course's environment and show the folder `work`."""
    python = python_of("hub", HUB / "requirements.txt")
    packages = next((Path(sys.prefix) / "hub").glob("lib/python*/site-packages"))
    own = tmp_path_factory.mktemp("hub")
    public, inner, proxy = free_ports(3)
    places = {"PYTHONPATH": f"{work}{os.pathsep}{packages}"}
    (own / "config.py").write_text(
        CONFIG.format(
            public=public, hub=inner, proxy=proxy, program=str(proxy_program(Path(sys.prefix) / "hub" / "node")),
            home=str(own / "home"), course=str(work), python=sys.executable, environment=environment | places,
        ),
        encoding="utf-8",
    )  # fmt: skip
    with (own / "log").open("wb") as log:
        process = subprocess.Popen(
            [python, "-m", "jupyterhub", "-f", own / "config.py"], cwd=own, stdout=log, stderr=log,
            env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        )  # fmt: skip
    url, deadline = f"http://127.0.0.1:{public}", time.monotonic() + WAIT / 1000
    try:
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/hub/health"):
                break
            assert process.poll() is None and time.monotonic() < deadline, (own / "log").read_text()
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()  # it ends its servers and its proxy
        process.wait(60)


def enter(page) -> None:
    """Log in where the hub asks, and wait for the notebook of the server that it starts."""
    if page.locator("#username_input").count():
        page.locator("#username_input").fill("ana")
        page.locator("#password_input").fill("any")
        page.locator("#login_submit").click()
    page.wait_for_url("**/user/ana/doc/tree/quiz.ipynb*", timeout=WAIT)


def test_reopen_on_a_hub(chromium, hub, work):  # noqa: F811
    """Run, save, stop the server, start it anew, open: the questions are read, alive after a run, and kept once."""
    allow = ("404", "debugger state", "Canceled future", "503", "403", "WebSocket", "Failed to fetch")
    with visit(chromium, f"{hub}/hub/login?next=/hub/spawn", allow=allow) as page:
        enter(page)
        run(page, "make lab")
        for key, question in QUESTIONS.items():
            give(page.locator(".ruspak-quiz").nth(KEYS.index(key)), question, right(question))
            said_right(page, key)
        notebook = save(page, "make lab", work / "quiz.ipynb")
        assert not [data for data in outputs(notebook) if LIVE in data], "a live widget is in the file"
        page.reload()  # the kernel lives, and so do the questions
        for key in KEYS:
            said_right(page, key)

        page.goto(f"{hub}/hub/home")
        page.locator("#stop").click()
        page.locator("#stop").wait_for(state="hidden")
        page.goto(f"{hub}/hub/spawn")  # the next morning
        enter(page)
        page.get_by_text("Run this cell to answer.").nth(len(KEYS) - 1).wait_for()
        page.locator("img.ruspak-figure").wait_for()
        assert page.get_by_text(ERROR).count() == 0 and page.locator(".ruspak-quiz").count() == 0
        run(page, "make lab")
        for key in KEYS:
            said_right(page, key)
    assert [(one["id"], one["correct"]) for one in kept(work)] == [(key, True) for key in KEYS]
