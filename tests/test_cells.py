"""A code cell that a student reads fits into a window: no line has more than 100 characters."""

import pytest

from course import notebooks, read

WIDTH = 100


@pytest.mark.parametrize(
    "path",
    notebooks("notebooks", "solutions", "exercises"),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_lines_of_cells_are_narrow(path):
    sources = [(cell.id, cell.source.splitlines()) for cell in read(path).cells if cell.cell_type == "code"]
    wide = [
        f"{path.name}, cell {key}, line {number}: {len(line)} characters, at most {WIDTH}"
        for key, lines in sources
        for number, line in enumerate(lines, start=1)
        if len(line) > WIDTH
    ]
    assert not wide, "\n".join(wide)
