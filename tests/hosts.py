"""Who publishes what the lessons link to: hosts of blogs, mirrors and copies, by notebook.

python tests/hosts.py    prints them; it judges nothing.
"""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from course import notebooks, read

WEAK = re.compile(
    r"blogspot|wordpress|medium\.com|livejournal|owiki|wikimili|x\.io$|gravy\.cc|mdict|bdesh|heritageeducation|value-cii"
    r"|wikileaks|archive\.(?:is|ph|today)"
)


def weak(path: Path) -> Counter:
    """How often a notebook links to each host of this kind."""
    links = re.findall(
        r"\]\((https?://[^)\s]+)",
        "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown"),
    )
    hosts = (urlsplit(link).hostname or "" for link in links)
    return Counter(host for host in hosts if WEAK.search(host))


def report() -> str:
    """A line for each notebook and host."""
    return "\n".join(
        f"{path.parent.name}/{path.stem}: {host} {count}"
        for path in notebooks("notebooks", "solutions")
        for host, count in sorted(weak(path).items())
    )


if __name__ == "__main__":
    print(report())
