"""Renew requirements.txt (versions and hashes, no addresses) and environment.yml (the same versions).

And tests/nbgrader.txt: what nbgrader needs beyond them. One test uses it; the learners' environment stays without.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NBGRADER = "nbgrader==0.9.6"
DISTRIBUTED = "distributed==2026.8.0"
HEAD = """# Made by `make pins` from requirements.txt: the same versions, for conda and Binder.
name: ruspak
channels: [conda-forge]
dependencies:
  - python=3.12
  - pip
  - pip:
      - -e .
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


def compiled(*arguments: str, given: str | None = None) -> str:
    """What uv resolves: versions and hashes for every platform."""
    command = [Path(sys.executable).with_name("uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes",
               "--python-version", "3.11", "--fork-strategy", "fewest", "--no-emit-index-url", "--no-emit-find-links",
               "--no-annotate", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, input=given, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make pins"}).stdout


def main() -> None:
    """Resolve and write all files."""
    pinned = compiled("--upgrade", "requirements.in")
    (ROOT / "requirements.txt").write_text(pinned, encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(pinned), encoding="utf-8")
    for name, wish in {"nbgrader": NBGRADER, "distributed": DISTRIBUTED}.items():
        more = compiled("--constraint", "requirements.txt", "-", given=wish)
        (ROOT / "tests" / f"{name}.txt").write_text(beyond(more, pinned), encoding="utf-8")


if __name__ == "__main__":
    main()
