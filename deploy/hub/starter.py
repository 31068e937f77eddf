"""Starts students' servers as copies of one process that has loaded their programs already.

A fork shares its memory with the process it came from until one of them writes to it, so what jupyter_server,
pandas and matplotlib load is held once for the whole class, and a server or kernel is there at once. For each
student, from the outside in:

    the starter (root)  →  the server: locked down, the student's own  →  its kernels' parent  →  kernels

The starter forks before it reads who is to be started, and keeps nothing of it: no token of one student is ever in
the memory from which another's server comes.

    python -P starter.py SOCKET [--plain]

--plain: servers and kernels are new programs that share nothing, to measure against.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
SERVER = (
    "jupyterhub.singleuser.extension", "jupyterlab.labapp", "jupyterlab_server", "notebook_shim",
    "jupyter_server_terminals", "jupyterlab_widgets", "nbconvert.exporters.html", "nbformat.v4", "psutil",
)  # fmt: skip
KERNEL = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "numpy", "pandas", "matplotlib.pyplot",
    "matplotlib_inline.backend_inline", "matplotlib.backends.backend_svg", "ipywidgets", "anywidget", "yaml",
)  # fmt: skip


def load() -> None:
    """Import what every server and kernel needs. Nothing here may start a thread, an event loop or a socket."""
    os.environ.update(OPENBLAS_NUM_THREADS="1", MPLBACKEND="module://matplotlib_inline.backend_inline")
    for name in (*SERVER, *KERNEL):
        importlib.import_module(name)
    import jupyter_server.serverapp as app

    for name in app.JUPYTER_SERVICE_HANDLERS.values():
        for one in name or ():
            importlib.import_module(one)
    gc.collect()
    gc.freeze()  # a collection would write to every object, and so copy it


def serve(path: str, plain: bool) -> None:
    """Take requests, one a connection, until ended; each is answered by the process that it is for."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    os.umask(0o077)
    with socket.socket(socket.AF_UNIX) as listen:
        listen.bind(path)
        listen.listen(128)
        listen.settimeout(1)
        while True:
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            try:
                asked, _ = listen.accept()
            except TimeoutError:
                continue
            if not os.fork():
                listen.close()
                _end_with(lambda: _start(asked, plain))
            asked.close()


def _end_with(action) -> None:
    """Do it and end this process, whatever happens."""
    code = 1
    try:
        action()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _start(asked: socket.socket, plain: bool) -> None:
    """Become the server that the request names: {user, env, args, source, target, limits…}."""
    import limits
    from isolation import lock_down

    os.setsid()
    with asked, asked.makefile("rw", encoding="utf-8") as talk:
        request = json.loads(talk.readline())
        user = request["user"]
        listening = socket.create_server(
            ("127.0.0.1", 0), backlog=256
        )  # in the machine's network, not in its own
        held = limits.join(user, request["memory_mb"], request["cores"], request["processes"])
        try:
            lock_down(user, request["room_mb"], request["processes"])
        except OSError as error:
            talk.write(json.dumps({"error": f"{user} could not be locked down: {error}"}) + "\n")
            raise
        os.environ.clear()
        os.environ.update(request["env"])
        _log_to(Path.home() / ".ruspak-server.log")
        talk.write(
            json.dumps({"pid": os.getpid(), "port": listening.getsockname()[1], "limits": held}) + "\n"
        )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    import update

    update.main([request["source"], request["target"]])
    if plain:
        listening.set_inheritable(True)
        program = [sys.executable, str(HERE / "serving.py"), str(listening.fileno())]
        os.execv(sys.executable, [*program, *request["args"]])
    import kernels
    from serving import serve

    sys.path.remove(str(HERE))  # the student's own update.py comes first
    kernels.give_a_parent(listening)
    Path("/proc/self/comm").write_text("jupyter-server")
    gc.enable()
    serve(listening, request["args"])


def _log_to(path: Path) -> None:
    """What the server says goes to a file of the student's, new at each start."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(old, new)
    os.close(log)
    os.close(nothing)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    if "--plain" not in sys.argv:
        load()
    print("ready", flush=True)
    serve(sys.argv[1], "--plain" in sys.argv)
