"""The handouts and the book, as `site/handouts.py` made them: whole, tagged, in order, and asking nothing of the network."""

import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "handouts"
STEMS = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
PRINTED = [f"{stem}-{kind}" for stem in STEMS for kind in ("lesson", "plan")]
PRINTED += [f"{stem}-sheet" for stem in STEMS[1:]]
OPF = "{http://www.idpf.org/2007/opf}"


@pytest.mark.parametrize("name", PRINTED)
def test_a_handout_is_tagged_and_has_an_outline(name):
    pdf = (OUT / f"{name}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF") and pdf.rstrip().endswith(b"%%EOF")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Outlines", b"/Lang"):
        assert mark in pdf, f"{name}.pdf has no {mark.decode()}"
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {(595, 842)}  # A4 in points


def test_nothing_else_is_handed_out():
    assert sorted(path.name for path in OUT.iterdir()) == sorted(
        ["unlikely-partners.epub", *(f"{name}.pdf" for name in PRINTED)]
    )


@pytest.fixture(scope="module")
def epub() -> zipfile.ZipFile:
    with zipfile.ZipFile(OUT / "unlikely-partners.epub") as archive:
        yield archive


def test_the_book_is_an_epub(epub):
    first = epub.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub.read("mimetype") == b"application/epub+zip" and epub.testzip() is None
    package = ElementTree.fromstring(epub.read("content.opf"))
    items = {one.get("id"): one.get("href") for one in package.iter(f"{OPF}item")}
    assert set(items.values()) <= set(epub.namelist())
    order = [items[one.get("idref")] for one in package.iter(f"{OPF}itemref")]
    lessons = [name for name in order if name.startswith("notebooks/")]
    assert lessons == [f"notebooks/{stem}.xhtml" for stem in STEMS]
    held = {name for name in epub.namelist() if not name.startswith(("META-INF/", "mimetype", "content.opf"))}
    assert held == set(items.values()), "what is in the file and what its list says differ"


def test_each_page_of_the_book_is_xml_and_each_link_leads_somewhere(epub):
    pages = {
        name: ElementTree.fromstring(epub.read(name)) for name in epub.namelist() if name.endswith(".xhtml")
    }
    ids = {name: {one.get("id") for one in page.iter()} for name, page in pages.items()}
    lost = []
    for name, page in pages.items():
        for one in page.iter():
            for address in filter(None, (one.get("href"), one.get("src"))):
                if address.startswith("data:") or (re.match("https?:", address) and one.tag.endswith("}a")):
                    continue
                target, anchor = urldefrag(unquote(address))
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
                )
                if target not in epub.namelist() or (anchor and anchor not in ids.get(target, {anchor})):
                    lost.append(f"{name}: {address[:120]}")
    assert not lost, "\n".join(lost)


def test_the_book_holds_figures_with_their_words_and_questions_without_keys(epub):
    history = epub.read("notebooks/01_history.xhtml").decode()
    figures = re.findall(r'<img[^>]*class="ruspak-figure"[^>]*>', history)
    assert len(figures) >= 10 and all(re.search(r'alt="[^"]{40,}"', one) for one in figures)
    assert history.count('class="course-question"') >= 10
    assert "Run this cell" not in history and "ruspak-quiz" not in history
    assert "<details open" in history  # a verdict can be read where nothing can be opened
