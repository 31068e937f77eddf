"""Cells that attack the sandbox. Each stands in an otherwise honest notebook, and has the outcome that it must have."""

from dataclasses import dataclass, field

SLOW = {"seconds": 60.0}  # what ends by itself, late on a busy machine
FAST = {"seconds": 2.0}  # what uses up all its time, and need not hand anything over


@dataclass(frozen=True)
class Attack:
    """code: a cell; CANARY, FOLDER, PORT and ABSTRACT in it stand for a secret file, its folder, and two servers
    outside. What it could steal or break, it puts into the list `loot`, which must be empty.

    status: one of these must come. keeps: whether the honest answers must keep their marks (they may never gain any).
    first: it runs before the answers, not after them. limits: other than the default ones.
    """

    code: str
    status: tuple[str, ...] = ("ok",)
    keeps: bool = True
    first: bool = False
    limits: dict = field(default_factory=dict)


TRY = """
loot = []
def attempt(action, *arguments):
    try:
        loot.append(repr(action(*arguments))[:100])
    except BaseException:
        pass
"""
FORGE = """
import os
def forge(text):
    data = memoryview(text.encode())
    for end in range(3, 256):
        try:
            left = data
            while left:
                left = left[os.write(end, left):]
        except OSError:
            pass
"""

ENDINGS = {
    "endless loop": Attack(  # the last second is for handing over, also on a busy machine
        "while True: pass", ("time",), limits={"seconds": 4.0}
    ),
    "endless loop that catches everything": Attack(
        """
while True:
    try:
        while True: pass
    except BaseException: pass""",
        ("time",),
        keeps=False,
        limits=FAST,
    ),
    "endless loop deaf to signals": Attack(
        """
import signal
signal.setitimer(signal.ITIMER_REAL, 0)
for number in range(1, 64):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
while True: pass""",
        ("time",),
        keeps=False,
        limits=FAST,
    ),
    "endless work in C": Attack("sum(range(10**18))", ("time",), keeps=False, limits=FAST),
    "stops itself": Attack(
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", ("time",), False, limits=FAST
    ),
    "sys.exit": Attack("import sys; sys.exit(0)"),
    "exit and quit": Attack("exit()\nquit()"),
    "raise SystemExit in a thread": Attack(
        "import threading, sys; threading.Thread(target=sys.exit).start()"
    ),
    "os._exit": Attack("import os; os._exit(0)", ("no result",), keeps=False),
    "kills itself": Attack("import os; os.kill(os.getpid(), 9)", ("died",), keeps=False),
    "overflows the stack": Attack(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(_): return sorted([1], key=f)\nf(1)",
        ("died", "ok"),
        keeps=False,
    ),
    "aborts": Attack("import os; os.abort()", ("died",), keeps=False),
    "kills parent and siblings": Attack("""
import os, time
for number in (2, 9, 15, 1, 10, 18):
    for pid in (os.getppid(), 1, -1, *range(3, 200)):
        try: os.kill(pid, number) if pid != os.getpid() and (pid > 0 or number == 9) else None
        except OSError: pass
time.sleep(0.2)"""),
}

MANY = {
    "fork bomb": Attack("import os\nwhile True: os.fork()", limits={**SLOW, "processes": 12}),
    "fork bomb of a shell": Attack(
        "import subprocess; subprocess.run('f() { f | f & }; f; sleep 0.5', shell=True)"
    ),
    "detached children": Attack("""
import os, time
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)"""),
    "child that holds the pipes": Attack(
        "import subprocess; subprocess.Popen(['sleep', '600'], close_fds=False)"
    ),
    "threads that never end": Attack("""
import threading
def turn():
    while True: pass
for _ in range(8): threading.Thread(target=turn).start()"""),
    "a thousand threads": Attack("""
import threading, time
for _ in range(1000): threading.Thread(target=time.sleep, args=(60,)).start()"""),
    "a hundred processes": Attack("""
import os, time
try:
    for number in range(100):
        if os.fork() == 0: time.sleep(60)
finally: loot = ["processes"] * (number > 32)"""),
    "children deaf to SIGTERM": Attack("""
import subprocess
subprocess.Popen(['sh', '-c', 'trap "" 15 1 2; sleep 600'])"""),
}

SIZE = {
    "60 MB of output": Attack(  # which is read slowly: a busy machine may end it by its time
        "for _ in range(60): print('x' * 1_000_000)", ("output", "time")
    ),
    "output without end from a child": Attack(
        "import subprocess, time; subprocess.Popen(['yes']); time.sleep(0.3)", ("output", "ok")
    ),
    "60 MB on the error stream": Attack(
        "import os\nfor _ in range(60): os.write(2, b'x' * 1_000_000)", ("output", "time")
    ),
    "20 GB of memory": Attack("hoard = bytearray(20 * 2**30)", ("memory",)),
    "20 GB, bit by bit": Attack(
        "hoard = None\nwhile True: hoard = (hoard, bytes(400))", ("memory",), limits={"memory_mb": 300}
    ),
    "memory by many processes": Attack(
        """
import os, time
for _ in range(12):
    if os.fork() == 0:
        hoard = b'1' * (150 * 2**20)
        time.sleep(60)
time.sleep(60)""",
        ("memory",),
        keeps=False,
        limits={"memory_mb": 256, "seconds": 20.0},
    ),
    "memory outside the count": Attack(
        TRY
        + """
import ctypes, os
attempt(os.memfd_create, "x")
libc = ctypes.CDLL(None)
loot += [name for name, answer in (("shmget", libc.shmget(0, 2**30, 0o1600)), ("msgget", libc.msgget(0, 0o1600)))
         if answer != -1]"""
    ),
    "memory of a process whose first thread is dead": Attack(
        """
import ctypes, os, threading, time
def hold():
    time.sleep(0.3)
    hoard = b'1' * (150 * 2**20)
    time.sleep(60)
for _ in range(12):
    if os.fork() == 0:
        threading.Thread(target=hold).start()
        ctypes.CDLL(None).syscall(60 if os.uname().machine == "x86_64" else 93, 0)  # ends this thread alone
time.sleep(60)""",
        ("memory",),
        keeps=False,
        limits={"memory_mb": 256, "seconds": 20.0},
    ),
    "shared memory, written and given back": Attack(
        TRY
        + """
import mmap, os, time
def hoard(*how):
    held = mmap.mmap(*how)
    for place in range(0, len(held), 2**20):
        held[place:place + 2**20] = b"x" * 2**20
        if place % (100 * 2**20) == 0: held.madvise(mmap.MADV_DONTNEED)
    return held
for _ in range(4):
    if os.fork() == 0:
        try: kept = hoard(-1, 900 * 2**20)
        except BaseException: os._exit(0)
        time.sleep(2)
attempt(hoard, -1, 2**20)
attempt(hoard, os.open("/dev/zero", os.O_RDWR), 2**20)
time.sleep(1)"""
    ),
    "memory in locks, timers, watches and queues": Attack(
        TRY
        + """
import ctypes, fcntl, os, platform
locked = open("locked", "w")
fcntl.lockf(locked, fcntl.LOCK_EX, 1, 0)  # granted, but not made: another process gets the same one
if os.fork() == 0:
    try: os._exit(fcntl.lockf(locked, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0) is not None)
    except OSError: os._exit(1)
loot += ["a lock"] * (os.wait()[1] != 0)
attempt(fcntl.fcntl, 0, 1031, 2**20)
libc, x86 = ctypes.CDLL(None, use_errno=True), platform.machine() == "x86_64"
loot += [name for name, on_x86, on_arm in (
    ("inotify_init1", 294, 26), ("timer_create", 222, 107), ("timerfd_create", 283, 85), ("fanotify_init", 300, 262),
    ("seccomp", 317, 277), ("landlock", 444, 444), ("io_setup", 206, 0), ("mq_open", 240, 180), ("open_tree", 428, 428),
    ("vmsplice", 278, 75), ("tee", 276, 77), ("set_mempolicy", 238, 237), ("mlockall", 151, 230), ("swapon", 167, 224),
) if (libc.syscall(on_x86 if x86 else on_arm, 0, 0, 0, 0, 0), ctypes.get_errno() not in (1, 38))[1]]
loot += ["prctl"] * (libc.prctl(22, 2, 0, 0, 0) == 0 or ctypes.get_errno() != 1)"""
    ),
    "memory in pipes and sockets": Attack(
        TRY
        + """
import ctypes, os, socket
ours, theirs = socket.socketpair()
attempt(ours.setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 2**30)
ends = [*os.pipe()]
data = ctypes.create_string_buffer(4096)
parts = (ctypes.c_void_p * 2)(ctypes.addressof(data), 4096)
loot += ["vmsplice"] * (ctypes.CDLL(None).vmsplice(ends[1], parts, 1, 0) > 0)
try:
    while True: ends += os.pipe()
except OSError: loot += ["many"] * (len(ends) > 40)
for end in ends: os.close(end)"""
    ),
    "a million files": Attack("""
try:
    for number in range(1_000_000): open(f'f{number}', 'w').close()
finally: loot = ["files"] * (number > 5_000)"""),
    "fills the disk": Attack("""
try:
    for number in range(100): open(f'/tmp/{number}', 'wb').write(b'x' * 2**23)
finally: loot = ["disk"] * (number > 16)"""),
    "one endless file": Attack("""
try:
    with open('big', 'wb') as file:
        for number in range(120): file.write(b'x' * 2**20)
finally: loot = ["file"] * (number > 64)"""),
    "folders without end": Attack(
        """
import os
try:
    for number in range(100_000): os.mkdir('d'); os.chdir('d')
finally:
    loot = ["folders"] * (number > 5_000)
    for _ in range(5): os.chdir('../' * 500)  # still more than a path may hold; naming the deepest takes the kernel long""",
        limits=SLOW,
    ),
    "a huge answer": Attack("word = 'a' * 10**8"),
    "an answer that crowds out the others": Attack(
        "word = list(range(9_000))", ("result too large",), limits={"result_kb": 16}
    ),
    "a result of 50 MB": Attack(FORGE + "forge('x' * 50_000_000)", ("result too large",), keeps=False),
}

STEALING = {
    "reads a secret outside": Attack(
        TRY
        + """
import glob, subprocess
attempt(lambda: open("CANARY").read())
attempt(lambda: subprocess.check_output(["cat", "CANARY"]))
for way in ("/proc/1/root", "/proc/self/root/..", "/proc/2/cwd", "../../../..", "/course/.."):
    attempt(lambda: open(way + "CANARY").read())
loot += glob.glob("FOLDER/*")"""
    ),
    "looks for keys, rosters and submissions": Attack(
        TRY
        + """
import os
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if name not in ("lib", "share")]  # programs
    loot += [name for name in files if name in ("roster.csv", "marks.csv", "gradebook.db", "01_sample.py")]
    if folder[:7] == "/course":
        loot += [name for name in folders if name in ("solutions", "tests", "keys")]
    if folder == "/":
        loot += [name for name in folders if name in ("home", "mnt", "srv", "var", "sys", "run")]
    if folder == os.path.dirname("FOLDER"):
        loot += folders"""
    ),
    "calls for the key": Attack(
        TRY
        + """
from ruspak.sheets import checking, keys
from pathlib import Path
loot += [checking._key("sample")] if checking._key("sample") else []
for place in ("/course", "..", "FOLDER"):
    attempt(keys.load, Path(place) / "solutions/keys/01_sample.py")"""
    ),
    "reads the environment": Attack(
        TRY
        + """
import os, glob
loot += [name for name, value in os.environ.items() if value == "canary"]
for place in glob.glob("/proc/*/environ"): attempt(lambda: open(place).read())"""
    ),
    "reads the memory of other processes": Attack(
        TRY
        + """
import ctypes, glob, os
libc = ctypes.CDLL(None)
loot += glob.glob("/proc/*")
for pid in (1, os.getppid()):
    loot += ["ptrace"] * (libc.ptrace(16, pid, 0, 0) == 0)
    data = ctypes.create_string_buffer(8)
    parts = (ctypes.c_void_p * 2)(ctypes.addressof(data), 8)
    loot += ["memory"] * (libc.process_vm_readv(pid, parts, 1, parts, 1, 0) > 0)"""
    ),
    "finds another submission in its own memory": Attack(
        TRY
        + """
import gc
requests = [one for one in gc.get_objects() if type(one) is dict and "cells" in one and "limits" in one]
loot += ["another's"] * (len(requests) > 1)"""
    ),
    "open files of others": Attack("""
import os, stat
loot = []
for end in range(4, 256):
    try: loot.append([end, os.fstat(end).st_mode])
    except OSError: pass"""),
    "network": Attack(
        TRY
        + """
import socket
attempt(socket.create_connection, ("127.0.0.1", PORT), 1)
attempt(socket.socket, socket.AF_INET, socket.SOCK_DGRAM)
attempt(socket.socket, 40, socket.SOCK_STREAM)
def abstract():
    with socket.socket(socket.AF_UNIX) as one: one.connect("\\0ABSTRACT"); return one
attempt(abstract)
attempt(lambda: __import__("urllib.request").request.urlopen("http://127.0.0.1:PORT/", timeout=1))"""
    ),
    "writes outside": Attack(
        TRY
        + """
import os
for place in ("FOLDER", "/", "/course", "/course/ruspak", "/course/data", "/course/exercises", "/usr", "/etc", "/dev",
              "/proc", "/var/tmp", os.path.dirname(os.__file__)):
    attempt(lambda: open(place + "/was-here", "w"))
    attempt(os.mkdir, place + "/was-here-too")
attempt(lambda: open("/course/ruspak/sheets/serialise.py", "a"))
attempt(os.chmod, "/course/ruspak/sheets/serialise.py", 0o777)"""
    ),
    "rights of its own": Attack(
        TRY
        + """
import ctypes, os, resource
libc = ctypes.CDLL(None, use_errno=True)
for flags in (0x10000000, 0x20000000, 0x00020000, 0x40000000, 0x10020000):
    loot += ["unshare"] * (libc.unshare(flags) == 0)
    loot += ["clone"] * (libc.syscall(56 if os.uname().machine == "x86_64" else 220, flags | 17, 0, 0, 0, 0) >= 0)
loot += ["mount"] * (libc.mount(b"tmpfs", b"/course", b"tmpfs", 0, None) == 0)
loot += ["umount"] * (libc.umount2(b"/proc", 2) == 0)
loot += ["mknod"] * (libc.mknod(b"/tmp/disk", 0o60666, (254 << 8)) == 0)
loot += ["root"] * (os.getuid() == 0 or os.geteuid() == 0)
attempt(os.setuid, 0)
attempt(os.chroot, "/tmp")
attempt(resource.setrlimit, resource.RLIMIT_NPROC, (10_000, 10_000))
attempt(resource.setrlimit, resource.RLIMIT_FSIZE, (2**40, 2**40))
attempt(os.nice, -5)"""
    ),
    "rare calls into the kernel": Attack("""
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
here = os.uname().machine != "x86_64"
loot = [numbers for numbers in ((425, 425), (321, 280), (298, 241), (323, 282), (248, 217), (249, 218), (250, 219))
        if libc.syscall(numbers[here], 0, 0, 0, 0, 0) != -1 or ctypes.get_errno() != errno.EPERM]"""),
    "a neighbour's core": Attack(
        TRY
        + """
import os
loot += ["two cores"] * (len(os.sched_getaffinity(0)) > 1)
attempt(os.sched_setaffinity, 0, range(1024))"""
    ),
    "times and modes of devices": Attack(
        TRY
        + """
import os
for name in os.listdir("/dev"):
    if name not in ("ptmx", "shm"):  # the latter is its own
        attempt(os.utime, "/dev/" + name)
        attempt(os.chmod, "/dev/" + name, 0)
loot += ["null"] * (open("/dev/null", "w").write("x") != 1)"""
    ),
    "a program with root's rights": Attack(
        TRY
        + """
import subprocess
attempt(subprocess.check_output, ["su", "-c", "id"])
attempt(subprocess.check_output, ["bwrap", "--ro-bind", "/", "/", "id"])"""
    ),
}

FORGING = {
    "always equal": Attack("""
class Equal(str):
    __class__ = str
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __len__(self): return 1
    def __reduce__(self): return (print, ("x",))
    def casefold(self): return self
    strip = __str__ = __repr__ = casefold
word = Equal("x")"""),
    "hostile metaclass": Attack("""
class Meta(type):
    __name__ = property(lambda self: 1 / 0)
    def __eq__(self, other): return True
    def __instancecheck__(self, other): return True
    def __hash__(self): raise ValueError
class Thing(metaclass=Meta):
    __class__ = property(lambda self: 1 / 0)
    def __getattribute__(self, name): raise SystemExit
word = Thing()"""),
    "endless iterator": Attack("import itertools; word = itertools.count()"),
    "endless sequence": Attack(
        "class L(list):\n    def __iter__(self):\n        while True: yield 1\nword = L([1])"
    ),
    "pickle bomb": Attack("""
class Bomb:
    def __reduce__(self): return (__import__('os').system, ('kill 1',))
word = Bomb()"""),
    "deep list": Attack("word = []\nfor _ in range(100_000): word = [word]"),
    "list that holds itself": Attack("word = []; word += [word, word]"),
    "NaN and infinity": Attack("word = [float('nan'), float('inf')]"),
    "a huge number": Attack("word = 10**100_000"),
    "half a character": Attack("word = '\\ud800'"),
    "result says it is right": Attack(
        FORGE
        + """
forge('{"values": {"word": {"type": "right"}}, "errors": [], "why": "", "points": 100, "verdict": "right"}')
os._exit(0)""",
        ("bad result",),
        keeps=False,
    ),
    "result with points": Attack(
        FORGE
        + """
forge('{"values": {"word": true, "points": 100}, "errors": [], "why": "", "points": {"sample-8": 5}}')
os._exit(0)""",
        keeps=False,
    ),
    "result written twice": Attack(
        FORGE
        + """
forge('{"values": {}, "errors": [], "why": ""}')""",
        ("bad result",),
        keeps=False,
    ),
    "result of NaN": Attack(
        FORGE
        + """
forge('{"values": {"word": NaN}, "errors": [], "why": ""}')
os._exit(0)""",
        ("bad result",),
        keeps=False,
    ),
    "result too deep": Attack(FORGE + "forge('[' * 200_000); os._exit(0)", ("bad result",), keeps=False),
    "result with a huge number": Attack(
        FORGE + "forge('{\"values\": {\"word\": ' + '9' * 100_000 + '}}'); os._exit(0)",
        ("bad result",),
        keeps=False,
    ),
    "result that is no text": Attack(
        "import os\nfor end in range(3, 9):\n    try: os.write(end, b'\\xff\\xfe\\x00')\n"
        "    except OSError: pass\nos._exit(0)",
        ("bad result",),
        keeps=False,
    ),
    "closes everything": Attack("import os; os.closerange(0, 256)", ("no result",), keeps=False),
    "a link in the result's place": Attack(
        """
import os
os.symlink("CANARY", "/tmp/result"); os.symlink("/dev/full", "/tmp/full")
os.dup2(os.open("/tmp/full", os.O_WRONLY), 3)""",
        ("no result",),
        keeps=False,
    ),
    "a device in the result's place": Attack(
        "import os; os.dup2(os.open('/dev/zero', os.O_RDWR), 3)", ("no result",), keeps=False
    ),
    "patched json": Attack(
        """
import json
json.dumps = lambda *a, **k: '{"type": "right"}'""",
        ("bad result",),
        keeps=False,
        first=True,
    ),
    "patched serialise": Attack(
        "import ruspak.sheets.serialise as p\np.serialise = lambda value: {'type': 'right', 'points': 100}",
        ("bad result",),
        keeps=False,
        first=True,
    ),
    "patched judge": Attack(
        """
from ruspak.sheets import checking, compare, reading, serialise
compare.judge = checking.judge = lambda *a: compare.Outcome("right", 1.0, "")
compare.same = compare._agree = serialise.is_serialised = lambda *a, **k: True""",
        first=True,
    ),
    "patched builtins": Attack(
        "import builtins\nbuiltins.len = lambda x: 0\nbuiltins.isinstance = lambda *a: True\n"
        "builtins.sorted = lambda *a, **k: []\nbuiltins.type = str",
        ("ok", "bad result", "no result"),
        keeps=False,
    ),
    "patched pandas": Attack(
        "import pandas\nclass Same(pandas.DataFrame): __eq__ = lambda *a: True\n"
        "pandas.DataFrame.tolist = pandas.Series.tolist = lambda self: ['right']\nword = Same()",
        ("ok", "bad result"),
        keeps=False,
    ),
    "import hook": Attack(
        """
import sys
class Hook:
    def find_spec(self, *a): raise SystemExit
sys.meta_path.insert(0, Hook())
sys.modules['json'] = sys.modules['ruspak.sheets.serialise'] = None""",
        ("ok", "no result"),
        keeps=False,
    ),
    "audit hook": Attack(
        """
import sys
def hook(*a): raise SystemExit
sys.addaudithook(hook)""",
        ("ok", "no result"),
        keeps=False,
    ),
    "trace": Attack(
        """
import sys
sys.settrace(lambda *a: 1 / 0); sys.setprofile(lambda *a: 1 / 0)""",
        ("ok", "no result"),
        keeps=False,
    ),
    "atexit": Attack(FORGE + "import atexit; atexit.register(forge, '{}'); atexit.register(os.abort)"),
    "claims another student's id": Attack(
        "STUDENT = 'other'\nme = variant('sample', STUDENT)", keeps=False, first=True
    ),
    "claims another variant": Attack("me.partner, me.year = 'FFF', 1955", keeps=False, first=True),
    "terminal and direction tricks in an error": Attack(
        "raise ValueError('\\x1b[31mred\\x1b]0;title\\x07 \\u202eright\\u2066 \\x00\\x9b\\nsecond <script>' * 50)"
    ),
    "an error that has no end": Attack(
        "class E(Exception):\n    def __str__(self): return 'x' * 10**8\nraise E"
    ),
    "an error that raises": Attack("class E(Exception):\n    def __str__(self): raise SystemExit\nraise E"),
}

HOSTILE = ENDINGS | MANY | SIZE | STEALING | FORGING
