"""Figures as files of their own: a page stays light, and a browser fetches a picture when it comes into sight.

On a narrow screen that is a picture drawn for it (ruspak/figures/narrow.py), where there is one.
"""

import html
import re
from pathlib import Path
from urllib.parse import unquote

from course_site import states

FOLDER = "_figures"
PHONE = "screen and (max-width: 30rem)"  # 480 pixels: there a figure is about as wide as it was drawn
PICTURE = re.compile(
    r"""<img class="ruspak-figure"[^>]*? alt="([^"]*)" src='data:image/svg\+xml;utf8,([^']*)'>"""
)
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def setup(app) -> None:
    app.connect("html-page-context", _change)


def _change(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if "body" in context:
        folder = context["pathto"](FOLDER, resource=True)
        path = states.ROOT / f"{pagename}.ipynb"
        narrow = states.for_phones(path) if path.parent.name == "notebooks" else {}
        context["body"] = apart(context["body"], Path(app.outdir), folder, narrow)


def apart(body: str, outdir: Path, folder: str, narrow: dict[str, str] | None = None) -> str:
    """A page's HTML with each figure in a file of its own below `outdir`; `folder` is its address as the page sees it.

    narrow: the figures that a phone shows, as states.for_phones() has them.
    """

    def one(found: re.Match) -> str:
        alt, data = found.groups()
        svg = unquote(html.unescape(data))
        name, width, height = store(svg, outdir)
        image = (
            f'<img class="ruspak-figure" loading="lazy" decoding="async" width="{width}" height="{height}" '
            f'alt="{alt}" src="{folder}/{name}">'
        )
        if (drawn := (narrow or {}).get(states.named(svg))) is None:
            return image
        name, width, height = store(drawn, outdir)
        source = f'<source media="{PHONE}" srcset="{folder}/{name}" width="{width}" height="{height}">'
        return f"<picture>{source}{image}</picture>"

    return PICTURE.sub(one, body)


def store(svg: str, outdir: Path) -> tuple[str, int, int]:
    """Write one SVG, named by what is in it. Returns name, width and height in pixels."""
    width, height = (round(float(number) * 4 / 3) for number in SIZE.search(svg).groups())
    name = states.named(svg) + ".svg"
    path = outdir / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(svg, encoding="utf-8")
    return name, width, height
