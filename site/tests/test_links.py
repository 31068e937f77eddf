"""Every link and anchor within the site leads somewhere, every file is there, every page is light."""

import gzip
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOLDS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "srcset"}


class Page(HTMLParser):
    """The links and ids of one page."""

    def __init__(self, path: Path):
        super().__init__()
        self.links, self.ids = [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if "id" in found:
            self.ids.append(found["id"])
        if HOLDS.get(tag) in found:
            self.links.append(found[HOLDS[tag]])


def test_no_link_leads_nowhere(site, pages):
    read = {name: Page(site / name) for name in pages}
    lost = []
    for name, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or link.startswith("//"):
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = target.resolve()
            if not target.is_file():
                lost.append(f"{name}: {link}: no such file")
            elif parts.fragment and target.suffix == ".html":
                other = read[target.relative_to(site).as_posix()]
                if unquote(parts.fragment) not in other.ids:
                    lost.append(f"{name}: {link}: no such place on that page")
    assert not lost, "\n".join(lost[:40])


def test_ids_are_unique(site, pages):
    twice = [
        f"{name}: {key}"
        for name in pages
        for key, times in Counter(Page(site / name).ids).items()
        if times > 1
    ]
    assert not twice, twice


def test_nothing_is_taken_from_elsewhere(site):
    """Scripts, styles, fonts and pictures are all in the folder; links for readers may lead out."""
    foreign = re.compile(r"""(?:src=|@import|url\()\s*["']?(?:https?:)?//[^"')\s]+""")
    found = [
        f"{path.relative_to(site)}: {hit}"
        for path in site.rglob("*")
        if path.suffix in (".html", ".css", ".js")
        for hit in foreign.findall(path.read_text(encoding="utf-8"))
    ]
    assert not found, found[:20]


def test_a_lesson_is_light(site):
    """At most 150 kB compressed without figures, a figure at most 40; the whole course at most 4 MB."""
    heavy = [
        f"{path.name}: {size / 1000:.0f} kB"
        for path, most in [
            *((path, 150_000) for path in site.glob("notebooks/*.html")),
            *((path, 40_000) for path in site.glob("_figures/*.svg")),
        ]
        if (size := len(gzip.compress(path.read_bytes()))) > most
    ]
    assert not heavy, heavy
    assert (
        sum(len(gzip.compress(path.read_bytes())) for path in site.rglob("*") if path.is_file()) < 4_000_000
    )
