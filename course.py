"""The course's commands, the same on every system: `python course.py lab` opens it, `python course.py` lists
the others.

Nothing but Python's own library is needed. Any Python 3 can read this file, so that an old one gets a
sentence and not a riddle; what it starts, in tools/, may use more.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
OLD = (
    "This Python is too old: {}. The course needs 3.11 or newer: get it from python.org, or from your "
    "system's packages, and start course.py with it (with make: make PYTHON=/path/to/python3 ...)."
)


def main():
    """Hand over to tools/launcher.py; nothing comes before Python's own library: no folder of a user's PYTHONPATH,
    no types.py in the course's folder.
    """
    if sys.version_info < (3, 11):
        sys.exit(OLD.format(sys.version.split()[0]))
    foreign = {os.path.abspath(one) for one in os.environ.get("PYTHONPATH", "").split(os.pathsep)} | {ROOT}
    library = [folder for folder in sys.path if os.path.abspath(folder) not in foreign]
    packages = [number for number, folder in enumerate(library) if folder.endswith("-packages")]
    library.insert(packages[0] if packages else len(library), ROOT)
    sys.path[:] = library
    from tools import launcher

    sys.exit(launcher.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
