"""The commands of course.py: each first sees that the environment holds what it needs, then runs in it."""

import difflib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from tools import settings
from tools.environment import LISTS, ROOT, Environment

STORE = (
    "This Python is from the Microsoft Store, which keeps some files elsewhere than its programs say. "
    "Where the next steps fail, install Python from python.org and try again."
)


@dataclass(frozen=True)
class Command:
    """What a command is for, the lists of packages that it needs beyond the learners', and what Python runs,
    in order. What a user adds goes to the last of them.
    """

    about: str
    lists: tuple[str, ...] = ("dev",)
    steps: tuple[tuple[str, ...], ...] = ()


COMMANDS = {
    "lab": Command("open the course in JupyterLab", (), (("tools/lab.py",),)),
    "test": Command("run every notebook and every test", steps=(("-m", "pytest"),)),
    "check": Command(
        "see in half a minute what a change is likely to break; sooner, for one kind (check figure 03)",
        steps=(("tools/check.py",),),
    ),
    "env": Command(
        "make or mend the environment, without opening anything (env lab: only what learners need)"
    ),
    "run": Command(
        "run notebooks and store their outputs: all, or those named (run 05)", steps=(("tools/run.py",),)
    ),
    "numbers": Command(
        "write the numbers of calc: links, and the minutes and keys of the lesson plans",
        steps=(("tools/calc_links.py",),),
    ),
    "sheets": Command(
        "make exercises/ from solutions/: all, or those named (sheets 05)",
        steps=(("-m", "ruspak.sheets.make"),),
    ),
    "data": Command(
        "rebuild the tables from the raw files, where these are at hand", steps=(("data/build",),)
    ),
    "pages": Command(
        "write the codebook and the glossary from their tables, and measure the sentences of the notebooks",
        steps=(("data/build/codebook.py",), ("data/build/glossary_page.py",), ("tools/readability.py",)),
    ),
    "site": Command("build the web site into build/site", ("site",), (("site/make.py",),)),
    "slides": Command("make a deck of each notebook in build/slides", ("site",), (("site/slides.py",),)),
    "handouts": Command(
        "print lessons, sheets and plans, and make the book, in build/handouts (--letter, --core)",
        ("site",),
        (("site/handouts.py",),),
    ),
    "test-site": Command(
        "build site, decks and handouts, and test them in a browser",
        steps=(("site/make.py",), ("site/slides.py",), ("site/handouts.py",), ("-m", "pytest", "site/tests")),
    ),
    "lock": Command("renew the pinned packages from the lists of wanted ones", steps=(("-m", "tools.lock"),)),
    "bench": Command("measure, and print benchmarks/RESULTS.md", steps=(("benchmarks/run.py",),)),
    "endure": Command(
        "try to break the course, in under an hour, and write benchmarks/ENDURANCE.md (endure kill inputs)",
        steps=(("endurance/run.py",),),
    ),
    "endure-long": Command("the same with more of each, for hours", steps=(("endurance/run.py", "--long"),)),
    "clean": Command("remove the environment; work and progress stay"),
}


def main(arguments: list[str]) -> int:
    """Run one command with what is added to it. Returns an exit code, or never: the last step may take its
    place.
    """
    name, *added = arguments or ["help"]
    if name in ("help", "-h", "--help"):
        print("\n".join(f"python course.py {key:11} {command.about}" for key, command in COMMANDS.items()))
        return 0
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        print(
            f"There is no command '{name}'. "
            + (f"Did you mean {near[0]}?" if near else "python course.py lists them."),
            file=sys.stderr,
        )
        return 2
    command, environment = COMMANDS[name], Environment()
    if name == "clean":
        shutil.rmtree(environment.venv, ignore_errors=True)
        return 0
    if from_store(PurePath(sys.base_prefix)):
        print(STORE, file=sys.stderr)
    lists = list(command.lists)
    if name == "env" and added:
        if unknown := set(added) - {"lab", *LISTS}:
            print(f"There is no list of packages '{min(unknown)}': lab, {', '.join(LISTS)}.", file=sys.stderr)
            return 2
        lists = [one for one in added if one != "lab"]
    try:
        environ, said = settings.with_home(settings.clean(os.environ), environment.venv)
        environment.make(lists, environ)
        if said:
            os.makedirs(environ["HOME"], exist_ok=True)
        if "dev" in command.lists:  # tests and the lock call uv themselves
            environ = settings.for_uv(environ, settings.pip_options(environment.layout.python, os.environ))
    except OSError as error:
        print(
            f"The environment could not be made: {error}. Look at that file or folder; if you can't mend it, "
            "python course.py clean removes .venv, and the next try begins anew.",
            file=sys.stderr,
        )
        return 1
    if said and command.steps:
        print(said, file=sys.stderr, flush=True)
    return run(environment, command.steps, added, environ)


def run(
    environment: Environment, steps: tuple[tuple[str, ...], ...], added: list[str], environ: Mapping[str, str]
) -> int:
    """Run the steps one by one, up to the first that fails. Returns its exit code."""
    for number, step in enumerate(steps, start=1):
        words = [str(environment.layout.python), *step, *(added if number == len(steps) else ())]
        os.chdir(ROOT)
        if number == len(steps) and not environment.layout.windows:
            os.execve(words[0], words, dict(environ))  # signals then reach it, and nothing waits beside it
        if code := wait_for(words, environ):
            return code
    return 0


def wait_for(words: list[str], environ: Mapping[str, str]) -> int:
    """Run a program to its end. Ctrl+C is for it: JupyterLab asks a question then."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(words, env=environ)
    finally:
        signal.signal(signal.SIGINT, before)


def from_store(prefix: PurePath) -> bool:
    """Whether a Python of this folder comes from the Microsoft Store."""
    return "WindowsApps" in prefix.parts
