"""Make what is printed, and the book: python site/handouts.py [--letter] [--core] writes build/handouts/.

One EPUB of the whole course, and a PDF of each lesson, each sheet and each teacher's plan, tagged and with an outline. Chromium prints the pages of the
book (its program: RUSPAK_CHROMIUM, else the one of this machine), so that both say the same.
"""

import argparse
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from sphinx.cmd.build import main as sphinx

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "handouts"
BOOK = ROOT / "site" / "book"
CONTENTS = (
    "site/book/contents.md",
    "notebooks/*.ipynb",
    "exercises/*.ipynb",
    "docs/glossary.md",
    "docs/verdicts.md",
    "docs/fairness.md",
    "docs/teaching/plan_*.md",
    "data/README.md",
)
KINDS = {"notebooks": "lesson", "exercises": "sheet", "docs/teaching": "plan"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
MISSING = (
    "The PDFs need a browser of the Chromium kind, and there is none. Install Debian's chromium, or set "
    "RUSPAK_CHROMIUM to the program. The book is made: build/handouts/unlikely-partners.epub."
)


def main(arguments: list[str] | None = None) -> int:
    """Returns an exit code; the folder is only replaced by a whole one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--letter", action="store_true", help="US Letter in place of A4")
    parser.add_argument("--core", action="store_true", help="lessons without the parts that can be skipped")
    asked = parser.parse_args(arguments)
    fresh = OUT.with_name("handouts.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        if failed := book(Path(folder), asked.core):
            return failed
        shutil.copy(next(Path(folder).glob("*.epub")), fresh / "unlikely-partners.epub")
        if printer := browser():
            prints(Path(folder), fresh, printer, "letter" if asked.letter else "a4")
    shutil.rmtree(OUT, ignore_errors=True)
    fresh.rename(OUT)
    print(MISSING if not printer else f"The handouts are in {OUT.relative_to(ROOT)}.")
    return 0 if printer else 1


def book(folder: Path, core: bool) -> int:
    """Let Sphinx make the EPUB and its pages in a folder, the core of the lessons or all. Returns its exit code."""
    with tempfile.TemporaryDirectory() as source:
        for pattern in CONTENTS:
            for path in sorted(ROOT.glob(pattern)):
                to = Path(source) / path.relative_to(BOOK if BOOK in path.parents else ROOT)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, to)
        words = ["-b", "epub", "--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", str(BOOK)]
        words += ["-D", f"course_core={int(core)}"]
        return sphinx([*words, "--doctree-dir", f"{source}/.doctrees", source, str(folder)])


def browser() -> str | None:
    """The program that prints, or None."""
    return os.environ.get("RUSPAK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def prints(pages: Path, out: Path, printer: str, size: str) -> None:
    """Print each lesson, sheet and plan of the book's pages; raises CalledProcessError where the browser fails."""
    style = pages / "_static" / "book.css"
    style.write_text(style.read_text(encoding="utf-8").replace("size: A4", f"size: {size}"), encoding="utf-8")
    handler = functools.partial(_Quiet, directory=pages)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for page in sorted(one for folder in KINDS for one in pages.glob(f"{folder}/*.xhtml")):
            kind = KINDS[page.relative_to(pages).parent.as_posix()]
            to = out / f"{page.stem.removeprefix('plan_')}-{kind}.pdf"
            address = f"http://127.0.0.1:{server.server_port}/{page.relative_to(pages).as_posix()}"
            with tempfile.TemporaryDirectory() as profile:
                subprocess.run(
                    [printer, *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={to}", address],
                    check=True,
                    capture_output=True,
                    timeout=300,
                )
    finally:
        server.shutdown()
        server.server_close()


FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass


if __name__ == "__main__":
    sys.exit(main())
