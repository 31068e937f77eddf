"""The list of weak hosts names blogs, mirrors and copies, and no paper."""

import hosts
import nbformat


def test_blogs_and_copies_are_listed(tmp_path):
    cell = nbformat.v4.new_markdown_cell(
        "[a](https://one.blogspot.com/x) [b](https://www.financialmirror.com/y)"
    )
    path = tmp_path / "planted.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert hosts.weak(path) == {"one.blogspot.com": 1}


def test_the_report_has_a_line_a_host():
    assert all(line.count(": ") == 1 for line in hosts.report().splitlines())
