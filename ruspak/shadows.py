"""A file beside the notebook that has the name of a module is imported instead of it: say so before it ends in a riddle.

In the servers of the course's environment `ruspak_jupyter` keeps such files from hiding anything; this is for all others.
"""

import os
import sys
from pathlib import Path

from ruspak.errors import CourseError

NEEDED = {
    "anywidget",
    "IPython",
    "ipykernel",
    "ipywidgets",
    "jsonschema",
    "matplotlib",
    "numpy",
    "pandas",
    "platformdirs",
    "psygnal",
    "traitlets",
    "yaml",
    "dateutil",
    "PIL",
    "cycler",
    "pyparsing",
    "packaging",
}


def tell() -> None:
    """Name the files in the current folder that hide a module of Python or of the course.

    Raises CourseError where the course can't be imported because of one; else it is told on stderr.
    """
    first = not sys.flags.safe_path and {"", os.getcwd()} & set(sys.path)
    found = hiding(Path.cwd()) if first else []
    if not found:
        return
    names, stems = (
        ", ".join(words) for words in ([path.name for path in found], [path.stem for path in found])
    )
    told = (
        f"In the folder {Path.cwd()} Python takes {names} for its own {stems}. "
        f"Rename every such file (my_{found[0].name}, for example), then restart the kernel."
    )
    if any(path.stem in NEEDED and path.stem not in sys.modules for path in found):
        raise CourseError(f"The course can't start. {told}")
    print(told, file=sys.stderr)


def hiding(folder: Path) -> list[Path]:
    """The files and packages of a folder that have the name of a module of Python or of what the course needs.

    A few, such as types.py, end a kernel in that folder before it can say so.
    """
    try:
        found = [
            path
            for path in sorted(folder.iterdir())
            if path.stem in NEEDED or path.stem in sys.stdlib_module_names
        ]
        return [path for path in found if path.suffix == ".py" or (path / "__init__.py").is_file()]
    except OSError:  # a folder that may not be read hides nothing from us
        return []
