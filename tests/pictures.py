"""The words of a stored figure as a reader sees them: title, measure, source and alternative, read from its SVG."""

import html
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from course import read

IMAGE = re.compile(
    r"""<img class="ruspak-figure"[^>]*? alt="([^"]*)" src='data:image/svg\+xml;utf8,([^']*)'"""
)
LINE = re.compile(r'<text style="([^"]*)" x="4\.23" y="([\d.]+)"[^>]*>([^<]*)</text>')
SIZES = {"title": "font-weight:700;font-size:14px", "measure": "font-size:10.5px", "source": "font-size:9px"}


class Words(NamedTuple):
    """What is written in one figure."""

    cell: str
    title: str
    measure: str
    source: str
    alt: str


def words(path: Path) -> list[Words]:
    """The words of every stored figure of a notebook, in order."""
    return [
        _read(cell.id, *map(html.unescape, found.groups()))
        for cell in read(path).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for found in IMAGE.finditer(output.get("data", {}).get("text/html", ""))
    ]


def _read(cell: str, alt: str, svg: str) -> Words:
    lines = [(float(y), style, html.unescape(text)) for style, y, text in LINE.findall(unquote(svg))]
    parts = {
        part: " ".join(text for _, style, text in sorted(lines) if style.startswith(size))
        for part, size in SIZES.items()
    }
    return Words(cell, alt=alt, **parts)
