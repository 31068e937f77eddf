"""The first paint of History on a slow phone: our site against the same notebook by nbconvert and by sphinx-book-theme.

All three are served compressed from loopback; Chromium plays a phone: a CPU four times slower, 1.6 Mbit/s, answers after
150 ms. What a page asks of foreign hosts is refused at once, which spares the two references that wait.
"""

import contextlib
import functools
import gzip
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from benchmarks import labs
from benchmarks.comparison import Comparison, in_turn

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = "01_history"
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}  # bytes a second
PAINT = """() => new Promise((done) => {
    const told = performance.getEntriesByName("first-contentful-paint")[0];
    if (told) done(told.startTime);
    new PerformanceObserver((list) => done(list.getEntries().find(
        (one) => one.name === "first-contentful-paint").startTime)).observe({ type: "paint", buffered: true });
})"""


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Files as any good host sends them."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Compressed, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def by_nbconvert(folder: Path) -> str:
    """Make the page by nbconvert's lab template; its name in the folder."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--template", "lab", "--output-dir", folder]
    subprocess.run([*command, ROOT / "notebooks" / f"{NOTEBOOK}.ipynb"], check=True, capture_output=True)
    return f"{NOTEBOOK}.html"


def by_book_theme(folder: Path) -> str:
    """Make the page by myst-nb and sphinx-book-theme as they come; its name in the folder. The theme is fetched."""
    source, packages = folder / "source", folder / "packages"
    source.mkdir()
    shutil.copy(ROOT / "notebooks" / f"{NOTEBOOK}.ipynb", source)
    settings = f"extensions = ['myst_nb']\nnb_execution_mode = 'off'\nroot_doc = {NOTEBOOK!r}\n"
    (source / "conf.py").write_text(settings + "html_theme = 'sphinx_book_theme'\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", packages], check=True)
    python = packages / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "myst-nb", "sphinx-book-theme"]
    subprocess.run(install, check=True, capture_output=True)
    subprocess.run(
        [python, "-m", "sphinx", "--quiet", source, folder / "out"], check=True, capture_output=True
    )
    return f"out/{NOTEBOOK}.html"


def first_paint(chromium, url: str) -> float:
    """Milliseconds from the request to the first words or picture, with nothing stored before."""
    with contextlib.closing(chromium.new_context(viewport={"width": 390, "height": 844})) as phone:
        page = phone.new_page()
        page.route(
            "**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort()
        )
        session = phone.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(url, wait_until="commit")
        return page.evaluate(PAINT)


def measure() -> list[Comparison]:
    subprocess.run(
        [sys.executable, "course.py", "site"], cwd=ROOT, env=os.environ, check=True, capture_output=True
    )
    found = []
    with contextlib.ExitStack() as stack:
        chromium = stack.enter_context(labs.chromium())
        ours = stack.enter_context(served(ROOT / "build" / "site")) + f"/notebooks/{NOTEBOOK}.html"
        for name, make in (("nbconvert's lab template", by_nbconvert), ("sphinx-book-theme", by_book_theme)):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            other = f"{stack.enter_context(served(folder))}/{make(folder)}"
            times = in_turn(
                lambda: first_paint(chromium, ours), lambda other=other: first_paint(chromium, other), 9
            )
            remark = "Site: the page of History on a slow phone (CPU ÷ 4, 1.6 Mbit/s, 150 ms), all sent compressed. An empty page alone took 0.4 to 0.6 of nbconvert's."
            found.append(
                Comparison("first paint of a page of the site", name, "ms", *times, aim=0.5, remark=remark)
            )
    return found
