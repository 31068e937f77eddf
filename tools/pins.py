"""Renew requirements.txt (versions and hashes, no addresses) and environment.yml (the same versions) from requirements.in."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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


def main() -> None:
    """Resolve and write both files."""
    command = [Path(sys.executable).with_name("uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes",
               "--python-version", "3.11", "--fork-strategy", "fewest", "--no-emit-index-url", "--no-emit-find-links",
               "--no-annotate", "--upgrade", "-o", "requirements.txt", "requirements.in"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make pins"})
    (ROOT / "environment.yml").write_text(environment((ROOT / "requirements.txt").read_text()), encoding="utf-8")


if __name__ == "__main__":
    main()
