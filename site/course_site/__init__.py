"""The course as a web site: what Sphinx does to the notebooks and docs beyond what MyST-NB does.

cells: what becomes of a code cell · figures: pictures as files of their own · states: interactive figures, drawn
beforehand · links: terms, sources, downloads · claims: the explorer of all claims · bank: the questions, and progress ·
offline: the page that stays on a phone · access: what a screen reader needs · styles: within each page. Any link or question that leads nowhere ends the build.
"""

import hashlib
from pathlib import Path

from course_site import access, bank, cells, claims, figures, home, links, offline, styles


def setup(app) -> dict:
    """Called by Sphinx, once."""
    for part in (access, bank, cells, claims, home, figures, links, styles, offline):
        part.setup(app)
    return {
        "version": "1",
        "env_version": _made_of(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _made_of() -> int:
    """A number of all that pages are made of beside themselves: with another one, Sphinx reads every page again."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for folder in ("site/course_site", "ruspak", "quizzes", "data"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".js", ".css", ".yaml", ".csv"):
                digest.update(path.read_bytes())
    return int.from_bytes(digest.digest()[:6], "big")
