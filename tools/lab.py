"""Open the course in JupyterLab: on this machine only, without news or other calls to the network."""
import os
import sys
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

ROOT = Path(__file__).resolve().parent.parent


def trust(folders=("notebooks", "solutions")) -> None:
    """Sign the stored outputs that came with the course, so that JupyterLab shows them before anything is run."""
    notary = NotebookNotary()
    for path in sorted(path for folder in folders for path in (ROOT / folder).glob("*.ipynb")):
        try:
            notary.sign(nbformat.read(path, as_version=4))
        except (OSError, ValueError) as fault:
            print(f"{path.name} could not be marked as trusted ({fault}); it opens all the same.")


def main() -> None:
    """Replace this process by the server; further arguments go to it."""
    trust()
    os.chdir(ROOT)
    jupyter = Path(sys.executable).with_name("jupyter")
    os.execv(jupyter, [str(jupyter), "lab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={ROOT}", "--allow-root",
                       "--LabApp.default_url=/doc/tree/notebooks/00_start_here.ipynb",
                       f"--LabApp.app_settings_dir={ROOT / 'tools' / 'lab'}", *sys.argv[1:]])


if __name__ == "__main__":
    main()
