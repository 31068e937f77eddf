"""What runs inside the sandbox: a warm process that forks for each submission. sandbox.py starts it, as a
script.

warm process (no byte of a student ever enters it; it watches a submission from outside its namespaces) → pid 1 in
them (reads the submission) → the student's process. Nothing is shared between two submissions but what was warm
before both. Copying the warm process is what a submission costs most: so there are two copies, and no more.
"""

import gc
import json
import os
import random
import resource
import select
import shutil
import signal
import socket
import sys
import time

import isolation
import memory

sys.path.pop(0)  # this folder: the course's own modules are not for a student to import by accident

TICK = 0.05  # seconds between two looks at a submission's memory
HANDING_OVER = 0.1  # the share of the time that is left, when it is asked to stop, to hand over what it has
LEAST, MOST = 1.0, 0.25  # yet so many seconds, as the machine may be busy; but no more than this share
EVERY = 1024  # numbers of open files: more than this program ever has
FAILED = 255  # how pid 1 ends where the isolation failed; no submission can end like that


class TimeUp(KeyboardInterrupt):
    """Raised in the student's code; `except Exception` does not swallow it."""


def warm():
    """Import what sheets use, and have a shell ready. Returns IPython's shell, which `%` and `!` lines,
    `display` and `get_ipython` need; it costs 0.2 ms a cell.
    """
    gc.disable()  # while much is made and nothing is thrown away, it only costs time
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    settings = {"HistoryManager": {"enabled": False}}
    shell = InteractiveShell.instance(config=Config(settings))
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None
    shell.displayhook.compute_format_data = lambda _: ({}, {})  # nobody looks; `_` and Out are kept
    shell.register_magic_function(lambda line: None, magic_name="matplotlib")  # nobody looks at the pictures
    import anywidget  # noqa: F401
    import numpy
    import pandas

    import ruspak.figures  # noqa: F401
    from ruspak.sheets.serialise import serialise

    frame = pandas.DataFrame({"a": ["b", "c"], "d": [1.5, 2]})  # first uses import more, and take longer
    for value in (
        frame,
        frame.groupby("a")["d"].mean(),
        frame.describe(),
        frame.merge(frame, on="a"),
        frame.pivot_table(index="a", columns="d", values="d").sort_index(),
        frame.sort_values("d").dropna().assign(e=1)[["d", "e"]].eq(frame["d"], axis=0).mean().idxmax(),
        frame.loc[frame["d"].isin([2]), "a"].value_counts().to_dict(),
        repr(frame),
    ):
        serialise(value)
    shell.run_cell("pass", store_history=False)
    numpy.random.seed(0)  # noqa: NPY002  (same sheet, same marks, also with the old functions)
    isolation.call_filter()
    gc.collect()
    gc.freeze()
    gc.enable()
    return shell


def serve(control: socket.socket, core: int, isolated: bool) -> None:
    """Run a submission for each message: its limits, with the ends of a connection and of pipes for result and output.
    All runs on one core, so that a submission takes no time from those of other sandboxes."""
    os.sched_setaffinity(0, {core})
    shell = warm()
    control.sendall(b"+")
    while True:
        message, ends, *_ = socket.recv_fds(control, 4096, 3)
        if not message:
            return
        supervise(shell, json.loads(message), control, socket.socket(fileno=ends[0]), *ends[1:], isolated)


def supervise(
    shell,
    limits: dict,
    control: socket.socket,
    connection: socket.socket,
    result: int,
    output: int,
    isolated: bool,
) -> None:
    """Start the submission that comes through the connection in namespaces of its own, watch it, end all of it, and tell
    how it ended."""
    folder = isolation.WORK if isolated else os.path.join(os.environ["TMPDIR"], str(time.monotonic_ns()))
    ended = "failed"
    try:
        pid = isolation.fork_apart() if isolated else os.fork()
    except OSError as error:
        pid = -1
        print(f"namespaces: {error}", file=sys.stderr, flush=True)
    if pid == 0:
        control.close()
        start = _pid_one if isolated else _without_isolation
        _to_the_end(start, shell, limits, connection, result, output, folder)
    os.close(result)
    os.close(output)
    if pid > 0:
        ended = _watch(pid, limits, isolated)
        if not isolated:
            shutil.rmtree(folder, ignore_errors=True)
    with connection:
        connection.sendall(ended.encode())


def _request(connection: socket.socket) -> dict:
    with connection:
        return json.loads(b"".join(iter(lambda: connection.recv(1 << 16), b"")))


def _to_the_end(function, *arguments):
    """Call it, and never return to the caller: this is a forked copy."""
    try:
        function(*arguments)
        os._exit(0)
    except BaseException as error:
        try:
            print(f"{function.__name__}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(1)


def _pid_one(shell, limits: dict, connection: socket.socket, *rest) -> None:
    """Lock down, start the student's process, and end with it: the kernel then ends all others in the
    namespace."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")  # where the memory of a cgroup ends, a process of the submission goes first
        request = _request(connection)
        isolation.lock_down(limits)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # pid 1 isn't hit by what it doesn't handle
        pid = os.fork()
    except BaseException as error:
        print(f"isolation: {error}", file=sys.stderr, flush=True)
        os._exit(FAILED)
    if pid == 0:
        _to_the_end(student, shell, limits, request, *rest)
    os.closerange(3, EVERY)
    while True:
        ended, status = os.wait()  # others are orphans
        if ended == pid:
            code = os.waitstatus_to_exitcode(status)
            os._exit(min(code if code >= 0 else 128 - code, FAILED - 1))


def _without_isolation(
    shell, limits: dict, connection: socket.socket, result: int, output: int, folder: str
) -> None:
    os.makedirs(folder)
    memory.limit_memory(limits["memory_mb"])
    student(shell, limits, _request(connection), result, output, folder)


def _watch(pid: int, limits: dict, isolated: bool) -> str:
    """Wait for the end, or make it. Returns "time", "memory", "code N", "signal N", or "failed" where nothing
    ran."""
    deadline, most = time.monotonic() + limits["seconds"], limits["memory_mb"] * memory.MB * memory.TREE
    why = ""
    with open(os.pidfd_open(pid)) as running:
        waiting = select.poll()
        waiting.register(running, select.POLLIN)
        while not why and not waiting.poll(TICK * 1000):
            if time.monotonic() > deadline:
                why = "time"
            elif isolated and _memory(most) > most:
                why = "memory"
    if why:
        os.kill(pid, signal.SIGKILL)
    if not isolated:
        try:
            os.killpg(pid, signal.SIGKILL)
        except OSError:
            pass
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code == FAILED and isolated:
        return "failed"
    return why or (f"code {code}" if 0 <= code < 128 else f"signal {code - 128 if code > 0 else -code}")


def _memory(most: float) -> float:
    """Bytes of memory that the submission's processes have, pages they share counted once: exactly where it may be
    more than `most`, else at most what is returned. Counting is dear, and few submissions need it.
    """
    ours = {1, os.getppid(), os.getpid()}
    tasks = [_tasks(int(name)) for name in os.listdir("/proc") if name.isdigit() and int(name) not in ours]
    for counted in (_resident, _memory_of):
        found = sum(next(filter(None, map(counted, one)), 0) for one in tasks)
        if found <= most:
            break
    return found


def _tasks(pid: int) -> list[str]:
    """A process's threads. The first may be dead and without memory, while another one keeps it."""
    try:
        return [f"/proc/{pid}/task/{task}" for task in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []


def _resident(task: str) -> int:
    """Bytes that a process has, with all those that it shares."""
    try:
        with open(f"{task}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _memory_of(task: str) -> int:
    try:
        with open(f"{task}/smaps_rollup") as file:
            return sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
    except ProcessLookupError:
        return 0
    except OSError:  # it hides; then all that it has counts
        return _resident(task)


def student(shell, limits: dict, request: dict, result: int, output: int, folder: str) -> None:
    """Run the cells like a notebook, and hand over the named values. Student code can forge what is handed
    over, but to nothing that its own variables could not hold.
    """
    os.setsid()
    null = os.open(os.devnull, os.O_RDONLY)
    for end, number in ((null, 0), (output, 1), (output, 2)):
        os.dup2(end, number)
    os.dup2(result, 3)
    os.closerange(4, EVERY)
    os.chdir(folder)
    sys.path.insert(0, "")  # as in a notebook: a module that a cell has written
    random.seed(0)  # forking sows it anew
    shell.user_ns["STUDENT"] = request["student"]
    looks = {int(number): names for number, names in request["looks"].items()}
    errors, why, seen = _run(shell, request["cells"], _until_asked(limits["seconds"]), looks)
    _hand_over(shell.user_ns, request["names"], seen, errors, why, limits["result_kb"] * 1024)


def _until_asked(seconds: float) -> float:
    """Seconds after which the cells are asked to stop, of those that all of it may take."""
    return seconds - max(seconds * HANDING_OVER, min(LEAST, seconds * MOST))


def _run(
    shell, cells: list[str], seconds: float, looks: dict[int, list[str]]
) -> tuple[list, str, dict[str, str]]:
    """Run the cells; one that raises is noted and the next one runs. Returns [[number from 1, message], …],
    "", "time" or "memory", and the plain form, as JSON, of each variable that was looked at after a cell.
    """
    seen: dict[str, str] = {}

    def time_up(*_):
        raise TimeUp(f"stopped after {seconds:g} seconds; the cells after this one did not run")

    signal.signal(signal.SIGALRM, time_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    errors, why, number, process = [], "", 0, os.getpid()
    try:
        for number, cell in enumerate(cells, start=1):
            error = _error(shell, cell)
            if os.getpid() != process:  # a copy that the cell made of itself
                os._exit(0)
            if error:
                errors.append([number, _words(error)])
                why = "memory" if isinstance(error, MemoryError) else why
            for name in looks.get(number, ()):
                if name in shell.user_ns:
                    seen[name] = _plain_json(shell.user_ns[name])
        signal.setitimer(signal.ITIMER_REAL, 0)
    except TimeUp as error:
        errors.append([number, _words(error)])
        why = "time"
    return errors, why, seen


def _plain_json(value) -> str:
    from ruspak.sheets.serialise import serialise

    return json.dumps(serialise(value), allow_nan=False, ensure_ascii=False)


def _error(shell, cell: str) -> BaseException | None:
    """Run one cell. Returns what it raised; raises TimeUp."""
    try:
        ran = shell.run_cell(cell, store_history=True)
        error = ran.error_before_exec or ran.error_in_exec
    except Exception as one:  # a text that no file can hold
        error = one
    if isinstance(error, TimeUp):
        raise error
    return error


def _words(error: BaseException) -> str:
    try:
        name = next(
            one.__name__ for one in type(error).__mro__ if one.__name__[:1] != "_"
        )  # _IncompleteInputError
        return f"{name}: {error}"[:1000].removesuffix(": ")
    except TimeUp:
        raise
    except BaseException:  # its __str__ is the student's
        return "an error without words"


def _hand_over(
    names_of_notebook: dict, names: list[str], seen: dict[str, str], errors: list, why: str, most: int
) -> None:
    """Write {"values", "seen", "errors", "why"} as JSON; "seen" only where a value was another one when it
    was looked at. Where that would be too much, the largest values become "too big"."""
    resource.setrlimit(resource.RLIMIT_AS, resource.getrlimit(resource.RLIMIT_AS)[1:] * 2)  # the reserve
    values = {name: _plain_json(names_of_notebook[name]) for name in names if name in names_of_notebook}
    rest = json.dumps({"errors": errors[:100], "why": why})[1:]
    left = most - len(rest.encode()) - sum(len(name) + 10 for name in values) - 20
    for name in sorted(values, key=lambda name: len(values[name].encode())):
        left -= len(values[name].encode())
        if left < 0:
            values[name] = '{"type": "too big", "name": "object"}'
            rest = json.dumps({"errors": errors[:100], "why": why or "result too large"})[1:]
    other = {name: value for name, value in seen.items() if value != values.get(name)}
    if other and sum(len(value.encode()) + len(name) + 10 for name, value in other.items()) < left:
        rest = f'"seen": {_object(other)}, {rest}'
    data = f'{{"values": {_object(values)}, {rest}'.encode()
    while data:
        data = data[os.write(3, data) :]


def _object(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{json.dumps(name)}: {value}" for name, value in values.items()) + "}"


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), isolated=sys.argv[3] == "isolated")
