"""What becomes of a code cell: a question comes alive, the code of a figure folds, menus get their pictures."""

import re

from docutils import nodes

from course_site import bank, states

QUIZ = re.compile(r'quiz\("([a-z0-9-]+)"\)')
OPEN = '<details class="course-code"><summary>Show the code of this figure</summary>'


def setup(app) -> None:
    app.connect("doctree-read", _change)


def _change(app, doctree: nodes.document) -> None:
    """Change the cells of one notebook's page, in place."""
    drawn = states.of(app, app.env.docname) if app.env.docname.startswith("notebooks/") else []
    for cell in list(doctree.findall(is_cell)):
        code = next(iter(cell.findall(nodes.literal_block)), None)
        source = code.astext() if code is not None else ""
        if asked := QUIZ.fullmatch(source.strip()):
            cell.replace_self(nodes.raw("", bank.element(asked[1]), format="html"))
        elif re.search(r"^explore\(", source, re.M):
            output = next(node for node in cell.children if "cell_output" in node["classes"])
            output.children = [nodes.raw("", states.element(drawn.pop(0)), format="html")]
            _fold(cell)
        elif "tag_figure" in cell["classes"]:
            _fold(cell)


def _fold(cell: nodes.container) -> None:
    """Put the code of a cell behind its output, folded."""
    code = next(node for node in cell.children if "cell_input" in node["classes"])
    cell.children.remove(code)
    cell.children += [nodes.raw("", OPEN, format="html"), code, nodes.raw("", "</details>", format="html")]


def is_cell(node: nodes.Node) -> bool:
    """Whether this node is a code cell of a notebook, with what it printed."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"
