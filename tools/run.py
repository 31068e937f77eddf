"""Run the notebooks and store their outputs, as the tests will compare them.

Live widgets are left out of what is stored: their model ids change at every run, and without a kernel they
show nothing. What is kept beside them, a static picture or question, reads well anywhere.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from ruspak.files import write_text

ROOT = Path(__file__).resolve().parent.parent
LIVE = "application/vnd.jupyter.widget-view+json"


def run(path: Path) -> None:
    """Run one notebook in its folder and write it back whole.

    Raises SystemExit with place and error for a cell that fails, and leaves the file as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, coalesce_streams=True, resources={"metadata": {"path": str(path.parent)}}
    )
    client.extra_arguments = ["--IPKernelApp.log_level=ERROR"]  # else it warns that it is not encrypted
    try:
        client.execute()
    except CellExecutionError:
        place = f"{path.parent.name}/{path.name}, cell {_failed(notebook)}"
        sys.exit(f"{place}\nNothing is stored of this notebook.")
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if path.parent.name == "notebooks":  # JupyterLab adds cells without one
            cell.metadata.setdefault("slideshow", {}).setdefault("slide_type", "-")
        if cell.cell_type == "code":
            cell.execution_count = None  # else one new cell changes every number below it
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(LIVE, None)
            if output.output_type == "execute_result":
                output.execution_count = None
    write_text(path, nbformat.writes(notebook) + "\n")


def _failed(notebook: nbformat.NotebookNode) -> str:
    """The first cell with an error among its outputs: its id, and what it shows."""
    return next(
        f"{cell.id}: " + "\n".join(output.traceback)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )


def wanted(names: list[str], root: Path = ROOT) -> list[Path]:
    """The notebooks of these names, or all: a path, or how the name of a file begins, as in "05" or
    "05_limits".

    Raises SystemExit with a message for a name that none has.
    """
    known = sorted(path for folder in ("notebooks", "solutions") for path in root.glob(f"{folder}/*.ipynb"))
    found = []
    for name in names:
        fits = (
            [Path(name).resolve()]
            if Path(name).is_file()
            else [path for path in known if path.name.startswith(name)]
        )
        if not fits:
            sys.exit(
                f"No notebook is named '{name}'. There are: {', '.join({path.stem: 0 for path in known})}."
            )
        found += fits
    return found or known


def main() -> None:
    """Run the named notebooks, or all of the course."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RUSPAK_PROGRESS"] = folder
        for path in wanted(sys.argv[1:]):
            print(path, flush=True)
            run(path)


if __name__ == "__main__":
    main()
