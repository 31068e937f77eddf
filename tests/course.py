"""What several tests ask of the repository: its root, its notebooks, and a sheet run as a student runs it."""

import atexit
import functools
import json
import os
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from ruspak.sheets.items import Sheet
from ruspak.sheets.keys import load

ROOT = Path(__file__).resolve().parent.parent


def notebooks(*folders: str) -> list[Path]:
    """The notebooks in these folders of the repository, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).glob("*.ipynb"))


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook, format 4."""
    return nbformat.read(path, as_version=4)


@functools.cache
def loaded(key: Path) -> Sheet:
    """The sheet of a key file. Loading works out every answer of the default variant: once is enough for all tests."""
    return load(key)


_running: dict[
    frozenset, NotebookClient
] = {}  # at most one: by the settings with which its kernel was started, and the folder


def _client(folder: Path | None) -> NotebookClient:
    """The kernel for all sheets under the same settings, as starting one takes longer than most sheets."""
    own = ("RUSPAK", "NBGRADER", "JUPYTER")
    settings = frozenset([*(pair for pair in os.environ.items() if pair[0].startswith(own)), ("in", folder)])
    if settings not in _running:
        _end()
        place = {"metadata": {"path": str(folder)}} if folder else {}
        _running[settings] = NotebookClient(nbformat.v4.new_notebook(), timeout=120, resources=place)
    return _running[settings]


@atexit.register
def _end() -> None:
    while _running:
        _running.popitem()[1].execute()  # nothing, and then the kernel ends


def run_sheet(path: Path, student: str, change: Callable = lambda cell: None) -> dict[str, str]:
    """Run a sheet in a real kernel as that student, after `change` to each cell; what each cell printed, by cell id.

    The kernel may have run another sheet; its variables are gone. nbval runs each worked sheet in a fresh one.
    """
    notebook = read(path)
    for cell in notebook.cells:
        cell.source = cell.source.replace('STUDENT = ""', f"STUDENT = {json.dumps(student)}")
        change(cell)
    run_cells(notebook.cells)
    return {
        cell.id: "".join(output.get("text", str(output)) for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def run_cells(cells: list[nbformat.NotebookNode], folder: Path | None = None) -> None:
    """Run cells in a real kernel that works in that folder; what ran there before has left no variables."""
    client = _client(folder)
    emptied = nbformat.v4.new_code_cell("%reset -f")
    client.nb = nbformat.v4.new_notebook(cells=[emptied, *cells])
    try:
        client.execute(cleanup_kc=False)
    finally:
        client.nb = nbformat.v4.new_notebook()
