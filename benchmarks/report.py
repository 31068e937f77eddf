"""A report of sections, one for each name, of which one at a time is renewed: RESULTS.md, ENDURANCE.md."""

import datetime
import importlib.metadata
import os
import platform
import re

LIBRARIES = ("jupyterlab", "pandas", "matplotlib")


def machine() -> str:
    """Date, machine and versions, in a line."""
    versions = ", ".join(f"{one} {importlib.metadata.version(one)}" for one in LIBRARIES)
    return (
        f"{datetime.date.today()}: {os.cpu_count()} cores at load {os.getloadavg()[2]:.0f} (the last quarter of an hour), "
        f"{platform.system()}, Python {platform.python_version()}, {versions}"
    )


def renewed(text: str, head: str, names: list[str], name: str, section: str) -> str:
    """The report with the section of that name renewed (its first line is `## name`), all in the order of `names`."""
    parts = {
        re.match(r"## (\S+)", part)[1]: part.strip() for part in re.split(r"^(?=## )", text, flags=re.M)[1:]
    }
    parts[name] = section.strip()
    return head + "\n\n".join(parts[one] for one in names if one in parts) + "\n"
