"""Figures as files of their own: a page stays light, and a browser fetches a picture when it comes into sight."""

import hashlib
import html
import re
from pathlib import Path
from urllib.parse import unquote

FOLDER = "_figures"
PICTURE = re.compile(
    r"""<img class="ruspak-figure"[^>]*? alt="([^"]*)" src='data:image/svg\+xml;utf8,([^']*)'>"""
)
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def setup(app) -> None:
    app.connect("html-page-context", _change)


def _change(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if "body" in context:
        context["body"] = apart(context["body"], Path(app.outdir), context["pathto"](FOLDER, resource=True))


def apart(body: str, outdir: Path, folder: str) -> str:
    """A page's HTML with each figure in a file of its own below `outdir`; `folder` is its address as the page sees it."""

    def one(found: re.Match) -> str:
        alt, data = found.groups()
        name, width, height = store(unquote(html.unescape(data)), outdir)
        return (
            f'<img class="ruspak-figure" loading="lazy" decoding="async" width="{width}" height="{height}" '
            f'alt="{alt}" src="{folder}/{name}">'
        )

    return PICTURE.sub(one, body)


def store(svg: str, outdir: Path) -> tuple[str, int, int]:
    """Write one SVG, named by what is in it. Returns name, width and height in pixels."""
    width, height = (round(float(number) * 4 / 3) for number in SIZE.search(svg).groups())
    name = hashlib.sha256(svg.encode()).hexdigest()[:16] + ".svg"
    path = outdir / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(svg, encoding="utf-8")
    return name, width, height
