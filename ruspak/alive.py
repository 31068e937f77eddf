"""What a kernel tells the server about its widgets: those live as long as this process.

One file a process, in Jupyter's runtime folder, with one widget id a line. Its name is the process's number and the second in
which it began, since numbers come again. `ruspak_jupyter` reads it, in the server.
"""

import atexit
import os
from pathlib import Path

_told: set[Path] = set()


def tell_alive(model_id: str) -> None:
    """Say that this widget lives in this process. Where the disk refuses, a reload shows its readable form only."""
    import psutil
    from jupyter_core.paths import jupyter_runtime_dir

    try:
        born = psutil.Process().create_time()
        path = Path(jupyter_runtime_dir()) / "ruspak" / f"{os.getpid()}-{born:.0f}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path not in _told:
            _told.add(path)
            atexit.register(lambda: path.unlink(missing_ok=True))
        with path.open("a", encoding="ascii") as file:
            file.write(f"{model_id}\n")
    except (OSError, psutil.Error):
        pass
