"""The course as a web site: what Sphinx does to the notebooks and docs beyond what MyST-NB does.

cells: what becomes of a code cell · figures: pictures as files of their own · states: interactive figures, drawn
beforehand · links: terms, sources, downloads · claims: the explorer of all claims · bank: the questions, and progress ·
offline: the page that stays on a phone · access: what a screen reader needs · styles: within each page. Any link or question that leads nowhere ends the build.
"""

from course_site import access, bank, cells, claims, figures, home, links, offline, styles


def setup(app) -> dict:
    """Called by Sphinx, once."""
    for part in (access, bank, cells, claims, home, figures, links, styles, offline):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
