"""The outer isolation: the bubblewrap command in which the warm process and all submissions live.

Inside there are Python with its packages, the system's programs and libraries (/usr), and of the course what
a sheet
needs: ruspak, data, quizzes and the public descriptions of the sheets. All of it is read-only. There are no
keys, no solutions, no tests, no submissions, no roster, no marks, no home, no network and no process of the
machine outside.
"""

import itertools
import os
import sys
from pathlib import Path

CODE = Path(__file__).resolve().parents[3]
SCRATCH_MB = 64  # for the warm process alone: what imports write
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
TRIED = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")
ENVIRONMENT = {  # all of it: nothing of the teacher's goes in
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp/home",
    "TMPDIR": "/tmp",
    "IPYTHONDIR": "/tmp/ipython",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "RUSPAK_PROGRESS": "/tmp/home",
    "MPLBACKEND": "agg",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",  # a forked process has no helper threads
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": "/course",
}
NOBODY = "65534"
PARTS = (
    "bin",
    "lib",
    "lib64",
    "include",
    "share/zoneinfo",
    "pyvenv.cfg",
)  # all that Python needs of its folders


def bwrap_command(bwrap: str, course: Path, control: int, core: int) -> list[str]:
    """The command that starts worker.py in isolation; `control`: the number of its connection, which stays
    open. `core`: the one on which it runs.

    Started as root it gives root up once the mounts are made: root is exempt from the limit on processes.
    """
    root = os.getuid() == 0
    python = [
        str(Path(_inside(sys.prefix), Path(sys.executable).relative_to(sys.prefix))),
        "/course/ruspak/grading/sandbox/worker.py",
        str(control),
        str(core),
        "isolated",
    ]
    return [
        bwrap,
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
        *(
            ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
            if root
            else ["--unshare-user", "--uid", "1000", "--gid", "1000"]
        ),
        "--die-with-parent",
        "--new-session",
        "--hostname",
        "sheet",
        *_mounts(_places(course)),
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--perms",
        "1777",
        "--size",
        str(SCRATCH_MB * 2**20),
        "--tmpfs",
        "/tmp",
        "--remount-ro",
        "/dev",
        "--remount-ro",
        "/",
        "--chdir",
        "/",
        *(["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"] if root else []),
        *python,
    ]


def _inside(folder: str) -> str:
    """Where a folder of Python is seen inside. An environment gets a place of its own: it may lie under /tmp,
    which is hidden."""
    return "/python" if folder == sys.prefix != sys.base_prefix else folder


def _places(course: Path) -> dict[str, list[str]]:
    """Where each thing is to be seen, and how it gets there."""
    places = {
        name: ["--symlink", os.readlink(name)] if os.path.islink(name) else ["--ro-bind", name]
        for name in SYSTEM
        if os.path.exists(name)
    }
    places |= {name: ["--ro-bind-try", name] for name in TRIED}
    python = {
        f"{_inside(name)}/{part}": f"{name}/{part}"
        for name in {sys.prefix, sys.base_prefix}
        for part in PARTS
        if not f"{name}/".startswith("/usr/") and os.path.exists(f"{name}/{part}")
    }
    places |= {inside: ["--ro-bind", name] for inside, name in python.items()}
    for hidden, (inside, name) in itertools.product({course, CODE}, [*python.items(), ("/usr", "/usr")]):
        if hidden.is_relative_to(name):  # a course that lies within one of these folders
            places[str(Path(inside, hidden.relative_to(name)))] = [
                "--perms",
                "0555",
                "--size",
                "4096",
                "--tmpfs",
            ]
    places |= {
        f"/course/{name}": ["--ro-bind", str(CODE / name)]
        for name in ("ruspak", "data", "quizzes")
        if (CODE / name).exists()
    }
    places |= {
        f"/course/exercises/{path.name}": ["--ro-bind", str(path)]
        for path in (course / "exercises").glob("*.json")
    }
    return places | {"/course/work": ["--perms", "0755", "--dir"]}


def _mounts(places: dict[str, list[str]]) -> list[str]:
    """The arguments for them, outer folders first; folders in between must be open to the user inside."""
    between = {str(folder) for name in places for folder in Path(name).parents} - places.keys() - {"/"}
    every = places | {name: ["--perms", "0755", "--dir"] for name in between}
    return [word for name in sorted(every) for word in (*every[name], name)]
