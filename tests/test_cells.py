"""A code cell that a student reads fits into a window: no line has more than 100 characters."""

import pytest

from course import notebooks, read

WIDTH = 100
# Not laid out anew yet. A name that no longer belongs here fails as XPASS: take it out.
WIDE = {
    f"{folder}/{name}"
    for folder in ("notebooks", "solutions", "exercises")
    for name in "01_history 02_security 03_energy 06_outlook".split()
}


def known(path):
    """A notebook as a case of a test, expected to fail where it is listed as wide."""
    name = f"{path.parent.name}/{path.stem}"
    return pytest.param(path, id=name, marks=[pytest.mark.xfail(strict=True)] if name in WIDE else [])


@pytest.mark.parametrize("path", map(known, notebooks("notebooks", "solutions", "exercises")))
def test_lines_of_cells_are_narrow(path):
    sources = [(cell.id, cell.source.splitlines()) for cell in read(path).cells if cell.cell_type == "code"]
    wide = [
        f"{path.name}, cell {key}, line {number}: {len(line)} characters, at most {WIDTH}"
        for key, lines in sources
        for number, line in enumerate(lines, start=1)
        if len(line) > WIDTH
    ]
    assert not wide, "\n".join(wide)
