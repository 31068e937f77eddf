"""The course on paper and as a book: what Sphinx does to notebooks and sheets where nothing can be clicked.

A question stands there as it is asked, without its key; a figure without its code; a claim with its verdict open; each
address as a numbered note at the foot of its page.
"""

import re

from bs4 import BeautifulSoup
from docutils import nodes

from course_site import cells, links
from ruspak.quiz import bank, static

MORE = re.compile(r"More, \d+ minutes?")


def setup(app) -> dict:
    """Called by Sphinx, once, where it makes the book."""
    app.add_config_value("course_core", False, "env", bool)
    app.connect("doctree-read", _change)
    app.connect("html-page-context", _finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _change(app, doctree: nodes.document) -> None:
    """Change the cells of one notebook's page, in place; without what can be skipped, where that is asked."""
    for part in list(doctree.findall(nodes.section)) if app.config.course_core else ():
        told = next(iter(part.findall(nodes.paragraph)), None)
        if told is not None and MORE.match(told.astext()):
            part.parent.remove(part)
    for cell in list(doctree.findall(cells.is_cell)):
        code = next(iter(cell.findall(nodes.literal_block)), None)
        source = code.astext().strip() if code is not None else ""
        if asked := cells.QUIZ.fullmatch(source):
            words = static.page(bank.load()[asked[1]]).replace(" <em>Run this cell to answer.</em>", "")
            cell.replace_self(nodes.raw("", f'<div class="course-question">{words}</div>', format="html"))
        elif "tag_figure" in cell["classes"] or re.search(r"^(explore|audit)\(", source, re.M):
            cell.children = [node for node in cell.children if "cell_input" not in node["classes"]]


def _finish(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Number the addresses of a page, and write it so that XML can be made of it."""
    if "body" not in context:
        return
    page = BeautifulSoup(links.OBJECTIVE.sub("", context["body"]), "html.parser")
    notes: dict[str, int] = {}
    for link in page.find_all("a", href=re.compile("^https?:")):
        number = notes.setdefault(link["href"], len(notes) + 1)
        mark = page.new_tag("sup", attrs={"class": "course-mark"})
        mark.string = str(number)
        link.insert_after(mark)
        link.attrs = {"href": link["href"]}
    for link in page.find_all("a", href=re.compile("^#")):
        if not page.find(id=link["href"][1:]):  # a file that no book holds
            link.unwrap()
    for one in page.find_all("details"):
        one["open"] = "open"
    for name in ("align", "halign", "valign", "border"):  # not of this century's HTML
        for one in page.find_all(attrs={name: True}):
            del one[name]
    context["css_files"] = [one for one in context["css_files"] if "mystnb" not in one.filename]
    if notes:
        page.append(_notes(page, notes))
    context["body"] = page.decode(formatter="minimal")


def _notes(page: BeautifulSoup, notes: dict[str, int]):
    """The addresses of a page, numbered, as its last section."""
    section = page.new_tag("section", attrs={"class": "course-notes"})
    heading = page.new_tag("h2")
    heading.string = "Addresses"
    section.append(heading)
    listed = page.new_tag("ol")
    for address in notes:
        item = page.new_tag("li")
        item.string = address
        listed.append(item)
    section.append(listed)
    return section
