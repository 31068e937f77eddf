"""Style sheets within each page: a slow phone then paints with the page's first bytes, and asks for nothing before.

What myst-nb brings for the colours of terminals is left out, since no output has them: most of its styles. So are
comments that no licence asks for.
"""

import re
from pathlib import Path

LINK = re.compile(r'<link rel="stylesheet" type="text/css" href="([^"?]*)[^"]*" />\s*')
LEFT_OUT = re.compile(r"/\*(?!!).*?\*/|[^{}]*(?:\bansi|\.-Color)[^{}]*\{[^{}]*\}", re.S)


def setup(app) -> None:
    """After myst-nb wrote its own style sheet, before the worker counts the files."""
    app.connect("build-finished", _inline, priority=600)


def _inline(app, error) -> None:
    if error or app.builder.name != "html":
        return
    used = set()

    def style(page: Path, link: re.Match) -> str:
        path = (page.parent / link[1]).resolve()
        used.add(path)
        return f"<style>{LEFT_OUT.sub('', path.read_text(encoding='utf-8'))}</style>\n"

    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(LINK.sub(lambda link, page=page: style(page, link), text), encoding="utf-8")
    for path in used:
        path.unlink()
