"""What the theme leaves out for screen readers: names of landmarks, levels of headings, no empty header cells, valid HTML."""

from pathlib import Path

MENDED = (
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="The course">'),
    ('<aside class="toc-drawer', '<aside aria-label="On this page" class="toc-drawer'),
    ('<th scope="col"></th>', "<td></td>"),
    ('<th class="head"><p></p></th>', "<td></td>"),
    (' halign="left"', ""),  # of pandas, in no standard
)


def setup(app) -> None:
    app.connect("build-finished", _mend, priority=400)  # before the worker counts the files


def _mend(app, error) -> None:
    if error:
        return
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for old, new in MENDED:
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
