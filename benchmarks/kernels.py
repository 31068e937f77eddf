"""Cells run in a fresh kernel: the time they take and the memory that the kernel then holds."""

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil
from nbclient import NotebookClient

HISTORY = Path(__file__).resolve().parent.parent / "notebooks" / "01_history.ipynb"


class Run(NamedTuple):
    seconds: float  # from the start of the kernel to the end of the last cell
    megabytes: float  # resident memory after it


def run(notebook: nbformat.NotebookNode) -> Run:
    """Run all cells in the notebooks folder, with a progress file of their own."""
    with tempfile.TemporaryDirectory() as progress:
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(HISTORY.parent)}})
        begin = time.perf_counter()
        with client.setup_kernel(env=os.environ | {"RUSPAK_PROGRESS": progress}, stderr=subprocess.DEVNULL):
            for place, cell in enumerate(notebook.cells):
                client.execute_cell(cell, place)
            seconds = time.perf_counter() - begin
            return Run(seconds, psutil.Process(client.km.provisioner.pid).memory_info().rss / 1e6)


def history() -> Run:
    """All of notebook 01."""
    return run(nbformat.read(HISTORY, as_version=4))


def cells(sources: list[str]) -> Run:
    """These cells and nothing else."""
    return run(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]))
