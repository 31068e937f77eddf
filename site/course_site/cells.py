"""What becomes of a code cell: a question comes alive, the code of a figure folds, menus get their pictures."""

import re

from docutils import nodes

from course_site import bank, states

QUIZ = re.compile(r'quiz\("([a-z0-9-]+)"\)')
RUN = (
    '<p class="course-run">On this page the cells have been run. To change one and see what happens, '
    '<a href="../site/pages/run.html">run the notebook on your computer</a>.</p>'
)
OPEN = '<details class="course-code"><summary>Show the code of this figure</summary>'


def setup(app) -> None:
    app.connect("doctree-read", _change)


def _change(app, doctree: nodes.document) -> None:
    """Change the cells of one notebook's page, in place."""
    if app.env.docname.startswith("notebooks/") and (opening := next(doctree.findall(nodes.paragraph), None)):
        opening.parent.insert(opening.parent.index(opening) + 1, nodes.raw("", RUN, format="html"))
    drawn = states.of(app, app.env.docname) if app.env.docname.startswith("notebooks/") else []
    prepared: list[
        nodes.Node
    ] = []  # the code of figure cells that show nothing yet: it folds with their figure's
    for cell in list(doctree.findall(is_cell)):
        code = next(iter(cell.findall(nodes.literal_block)), None)
        source = code.astext() if code is not None else ""
        if asked := QUIZ.fullmatch(source.strip()):
            cell.replace_self(nodes.raw("", bank.element(asked[1]), format="html"))
        elif re.search(r"^explore\(", source, re.M):
            output = next(node for node in cell.children if "cell_output" in node["classes"])
            output.children = [nodes.raw("", states.element(drawn.pop(0)), format="html")]
            _fold(cell, prepared)
            prepared = []
        elif "tag_figure" in cell["classes"] and not _shows(cell):
            prepared.append(_code(cell))
            cell.parent.remove(cell)
        elif "tag_figure" in cell["classes"]:
            _fold(cell, prepared)
            prepared = []


def _shows(cell: nodes.container) -> bool:
    return any("cell_output" in node["classes"] for node in cell.children)


def _code(cell: nodes.container) -> nodes.Node:
    return next(node for node in cell.children if "cell_input" in node["classes"])


def _fold(cell: nodes.container, before: list[nodes.Node]) -> None:
    """Put the code of a cell behind its output, folded, after the code that it builds on."""
    code = _code(cell)
    cell.children.remove(code)
    cell.children += [
        nodes.raw("", OPEN, format="html"),
        *before,
        code,
        nodes.raw("", "</details>", format="html"),
    ]


def is_cell(node: nodes.Node) -> bool:
    """Whether this node is a code cell of a notebook, with what it printed."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"
