"""Renew the locks: requirements*.txt (versions and hashes, no addresses) and environment.yml (the same
versions).

All lists are resolved together, so that no two of them disagree. requirements.txt is whole; each other file
holds only what its list needs beyond it. Those of APART, such as tests/nbgrader.txt, are for one test
each: what they pin stays out of the environment. deploy/hub/requirements.txt is what a hub needs beyond the
learners' list.
"""

import os
import re
import subprocess
from pathlib import Path

from ruspak.files import write_text
from tools.environment import LISTS
from tools.layout import Layout

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = "uv\n"  # no part of the course, so not in requirements.in
HELD = """argon2-cffi-bindings<26  # from 26 on there is no wheel for a Mac with an Intel processor
jsonschema<4.25  # from 4.25 on, what reads a notebook first builds 35 parsers of addresses: a second at each start of Jupyter
"""
HUB = "jupyterhub==6.1.1\njupyterhub-idle-culler==2.0.0\n"
READERS = ("anki==26.9.3", "moodle-xml-parser==0.3.1", "pygiftparser==1.1", "qti-package-maker==26.7.14")
APART = {"nbgrader": "nbgrader==0.9.6", "distributed": "distributed==2026.8.0", "exports": "\n".join(READERS)}
HEAD = """# Made by `make lock` from requirements.txt: the same versions, for conda and Binder.
# ruspak itself comes after it: python -m pip install --no-deps . (on Binder postBuild does that).
name: ruspak
channels: [conda-forge]
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def pins(text: str) -> list[str]:
    """The requirement lines of a hashed requirements file, without their hashes."""
    return [line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line)]


def environment(text: str) -> str:
    """The environment.yml that belongs to a requirements.txt."""
    return HEAD + "".join(f'      - "{pin}"\n' for pin in pins(text))


def beyond(text: str, known: str) -> str:
    """A hashed requirements file without the packages that another one pins already."""
    head, *entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)
    return head + "".join(entry for entry in entries if pins(entry)[0] not in pins(known))


def compiled(*arguments: str | Path, wanted: str, held: str) -> str:
    """What uv resolves from the wanted requirements within the held ones: versions and hashes for every
    platform.
    """
    command = [
        Layout(ROOT / ".venv").program("uv"),
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
        "--fork-strategy",
        "fewest",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-annotate",
        *arguments,
        "-",
    ]
    bounds = ROOT / ".venv" / "held.txt"
    bounds.write_text(held, encoding="utf-8")
    return subprocess.run(
        [*command, "--constraint", bounds],
        cwd=ROOT,
        check=True,
        input=wanted,
        text=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make lock"},
    ).stdout


def main() -> None:
    """Resolve and write all files."""
    wanted = {
        name: "".join((ROOT / f"requirements{part}.in").read_text(encoding="utf-8") for part in parts)
        for name, parts in {"": [""], **{f"-{one}": ["", *held] for one, held in LISTS.items()}}.items()
    }
    everything = compiled("--upgrade", wanted=INSTALLER + "".join(wanted.values()), held=HELD)
    learners = compiled(wanted=INSTALLER + wanted.pop(""), held=everything)
    write_text(ROOT / "requirements.txt", learners)
    write_text(ROOT / "environment.yml", environment(learners))
    for name, text in wanted.items():
        write_text(ROOT / f"requirements{name}.txt", beyond(compiled(wanted=text, held=everything), learners))
    for name, text in APART.items():
        more = compiled(wanted=text, held=everything)
        write_text(ROOT / "tests" / f"{name}.txt", beyond(more, everything))
    hub = compiled(wanted=HUB, held=everything)
    write_text(ROOT / "deploy" / "hub" / "requirements.txt", beyond(hub, learners))


if __name__ == "__main__":
    main()
