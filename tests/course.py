"""What several tests ask of the repository: its root and its notebooks."""
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent


def notebooks(*folders: str) -> list[Path]:
    """The notebooks in these folders of the repository, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).glob("*.ipynb"))


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook, format 4."""
    return nbformat.read(path, as_version=4)
