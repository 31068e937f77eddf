"""Measure how long the sentences of the notebooks are, and write the table of docs/fairness.md: python
tools/readability.py
"""

import re
from pathlib import Path
from statistics import median

import nbformat

from ruspak.files import write_text

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "fairness.md"
TABLE = re.compile(r"(?<=<!-- readability -->\n).*?(?=<!-- end -->)", re.S)
# Code, tables, headings, lists of terms and the address of a link are not sentences.
LEFT_OUT = re.compile(r"```[\s\S]*?```|`[^`]*`|^\|.*$|^#.*$|^\*\*Time:.*$|\]\([^)]*\)", re.M)
END = re.compile(r"(?<=[.!?])[”’)*_]*\s+(?=[“‘(*_\[]*[A-ZÀ-Ž0-9])|\n+\s*(?:[-*]|\d+\.)\s+|\n{2,}")


def sentences(markdown: str) -> list[str]:
    """The sentences of a Markdown text, marks and addresses of links taken out; fragments below three words
    are left out.
    """
    plain = re.sub(r"[*_\[\]]", "", LEFT_OUT.sub("", markdown))
    parts = (" ".join(part.split()) for part in END.split(plain))
    return [part for part in parts if len(part.split()) >= 3]


def words(path: Path) -> list[int]:
    """Words in each sentence of a notebook's Markdown cells."""
    cells = nbformat.read(path, as_version=4).cells
    return [
        len(one.split()) for cell in cells if cell.cell_type == "markdown" for one in sentences(cell.source)
    ]


def table() -> str:
    """One line a notebook: its sentences, the median length in words, and the share above 25 words."""
    lines = ["| notebook | sentences | median words | above 25 words |", "| --- | ---: | ---: | ---: |"]
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        lengths = words(path)
        long = sum(length > 25 for length in lengths) / len(lengths)
        lines.append(f"| {path.stem} | {len(lengths)} | {median(lengths):g} | {long:.0%} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Put the table into the page, whole or not at all, and say so where it differs."""
    before = PAGE.read_text(encoding="utf-8")
    after = TABLE.sub(lambda _: table(), before)
    write_text(PAGE, after)
    if before != after:
        print("wrote the table of how long the sentences are, in docs/fairness.md")


if __name__ == "__main__":
    main()
