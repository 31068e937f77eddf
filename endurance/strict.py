"""Run notebooks in a kernel such as the course's server starts, and compare what they show with what is stored:
`python endurance/strict.py [--lax] NOTEBOOK …` prints the cells that differ as JSON; --lax: only those that fail.

The kernel's folder is the current one.
"""

import json
import re
import sys
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

from ruspak_jupyter import _look_beside_last

LIVE = "application/vnd.jupyter.widget-view+json"
SECONDS = 600  # for a cell, on an overloaded machine


def shown(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """What each code cell shows, by id, without what changes at every run."""
    return {
        cell.id: re.sub(
            "0x[0-9a-f]{6,}",
            "0xADDRESS",
            repr(
                [
                    (sorted({**output.get("data", {}), LIVE: ""}.items()), output.get("text", ""))
                    for output in cell.outputs
                ]
            ),
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def kernel() -> AsyncKernelManager:
    """A kernel that looks beside the notebook last, as `ruspak_jupyter` sees to in the server."""
    specs = KernelSpecManager()
    _look_beside_last(specs)
    return AsyncKernelManager(kernel_spec_manager=specs)


def different(path: Path, lax: bool = False) -> list[str]:
    """The ids of the cells whose outputs differ from the stored ones; lax: none that runs is asked what it shows.

    Raises CellExecutionError for a cell that fails.
    """
    stored = nbformat.read(path, as_version=4)
    run = nbformat.reads(nbformat.writes(stored), as_version=4)
    NotebookClient(
        run, km=kernel(), timeout=SECONDS, startup_timeout=SECONDS, coalesce_streams=True
    ).execute()
    before, now = shown(stored), shown(run)
    return [] if lax else [key for key in before if before[key] != now[key]]


def main(arguments: list[str]) -> int:
    """Print {notebook: [what differs, or the error]}; 1 where anything does."""
    lax = "--lax" in arguments
    found = {}
    for name in arguments:
        if name == "--lax":
            continue
        try:
            found[Path(name).stem] = different(Path(name), lax)
        except Exception as error:
            found[Path(name).stem] = [f"{type(error).__name__}: {str(error)[-400:]}"]
    print(json.dumps(found))
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
