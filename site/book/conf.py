"""Sphinx: how the same notebooks, sheets and look-up pages become one EPUB and the handouts. `make handouts` calls it,
with a copy of them as source folder: in a book, contents.md is at the top.

https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-epub-output describes the settings.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

project = "Unlikely Partners: Russia and Pakistan in data"
author = "The authors of Unlikely Partners"
copyright = "2026, the authors; text CC BY 4.0, code MIT, data as the codebook says"
version = release = "1.0.0"
language = "en"
root_doc = "contents"
extensions = ["myst_nb", "course_site.book"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_heading_anchors = 3
myst_heading_slug_func = "course_site.links.slug"
myst_enable_extensions = ["attrs_inline"]
# A few pages are only on the web; the teacher's plans are printed from the book's pages, and are not in the book.
suppress_warnings = ["myst.header", "myst.xref_missing", "toc.not_included"]

epub_title = project
epub_description = "An open course that tests what two articles say of Russia and Pakistan against data."
epub_identifier = epub_uid = "unlikely-partners"
epub_scheme = "URN"
epub_show_urls = "no"  # course_site.book numbers the addresses
epub_theme = "epub"
epub_css_files = ["book.css"]
epub_use_index = False
epub_tocdepth = 2
PLANS = (ROOT / "docs" / "teaching").glob("plan_*.md")
epub_exclude_files = ["search.html", *(f"docs/teaching/{path.stem}.xhtml" for path in PLANS)]
html_static_path = ["static"]
pygments_style = "a11y-high-contrast-light"
