"""What several tests ask of the repository: its root, its notebooks, and a sheet run as a student runs it."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent


def notebooks(*folders: str) -> list[Path]:
    """The notebooks in these folders of the repository, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).glob("*.ipynb"))


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook, format 4."""
    return nbformat.read(path, as_version=4)


def run_sheet(path: Path, student: str, change: Callable = lambda cell: None) -> dict[str, str]:
    """Run a sheet in a real kernel as that student, after `change` to each cell; what each cell printed, by cell id."""
    notebook = read(path)
    for cell in notebook.cells:
        cell.source = cell.source.replace('STUDENT = ""', f"STUDENT = {json.dumps(student)}")
        change(cell)
    NotebookClient(notebook, timeout=120).execute()
    return {
        cell.id: "".join(output.get("text", str(output)) for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    }
