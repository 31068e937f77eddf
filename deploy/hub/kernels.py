"""A student's kernels as forks of a process of their own that has pandas and matplotlib loaded already.

The process is forked before the server begins, so it holds no thread, no connection and no token of the server's. It
takes one request at a time over a pair of sockets, and ends, with all kernels, when the server does.
"""

import atexit
import contextlib
import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path

_parent: socket.socket | None = None
SIZE = 1 << 20  # bytes of the longest request or answer
KERNEL = ["-m", "ipykernel_launcher"]


def give_a_parent(listening: socket.socket) -> None:
    """Fork the kernels' parent, and let this process, the server, start its Python kernels there.

    listening: the server's socket, which the kernels' parent is not to hold.
    """
    global _parent
    _parent, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if not os.fork():
        _parent.close()
        listening.close()
        try:
            _serve(other)
        finally:
            os._exit(0)
    other.close()
    from jupyter_client.provisioning import local_provisioner

    usual = local_provisioner.launch_kernel

    def launch_kernel(cmd: list[str], **options):
        if cmd[1:3] == KERNEL and os.path.realpath(cmd[0]) == os.path.realpath(sys.executable):
            with contextlib.suppress(OSError):  # the parent is gone: a kernel of the usual kind then
                return Kernel(
                    cmd[3:], options.get("env") or dict(os.environ), options.get("cwd") or os.getcwd()
                )
        return usual(cmd, **options)

    local_provisioner.launch_kernel = launch_kernel


def _ask(**request) -> dict:
    _parent.send(json.dumps(request).encode("utf-8", "surrogateescape"))
    answer = _parent.recv(SIZE)
    if not answer:
        raise OSError("the kernels' parent is gone")
    return json.loads(answer)


class Kernel:
    """One kernel, with what jupyter_client asks of a subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, words: list[str], env: dict[str, str], cwd: str):
        self.args, self.returncode = words, None
        self.pid = _ask(words=words, env=env, cwd=str(cwd))["pid"]

    def poll(self) -> int | None:
        """The exit code, None while it runs, -9 where nobody can tell any more."""
        if self.returncode is None:
            try:
                self.returncode = _ask(poll=self.pid)["code"]
            except OSError:
                self.returncode = -signal.SIGKILL
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises subprocess.TimeoutExpired."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.args, timeout)
            time.sleep(0.05)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, where it still runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _serve(talk: socket.socket) -> None:
    """Fork a kernel for each request, say of each whether it runs, and end all when the server is gone."""
    running, ended = set(), {}
    while asked := talk.recv(SIZE):
        request = json.loads(asked)
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            running.discard(pid)
            ended[pid] = os.waitstatus_to_exitcode(status)
        if "poll" in request:
            talk.send(json.dumps({"code": ended.get(request["poll"])}).encode())
            continue
        pid = os.fork()
        if not pid:
            talk.close()
            try:
                _become(request)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        os.setpgid(pid, pid)  # before the server asks for its group, which it may end as a whole
        running.add(pid)
        talk.send(json.dumps({"pid": pid}).encode())
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, number)
        time.sleep(0.5)


def _become(request: dict) -> None:
    """Be the kernel of a request, as `python -m ipykernel_launcher` would be in a new process."""
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request["cwd"])
    random.seed()
    import numpy

    numpy.random.seed()  # noqa: NPY002  else all kernels of the class would draw the same numbers
    gc.enable()
    sys.argv = ["ipykernel_launcher", *request["words"]]
    Path("/proc/self/oom_score_adj").write_text("500")  # where memory ends, a kernel goes before the server
    Path("/proc/self/comm").write_text("ipykernel")  # else `top` names it after the starter
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()
    atexit._run_exitfuncs()  # a fork that ends by _exit runs none
    os._exit(0)
