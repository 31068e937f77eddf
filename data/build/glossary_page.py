"""Write docs/glossary.md, the glossary to read and link to, from data/course/glossary.csv: python data/build/glossary_page.py"""

import csv

from common import DATA, stored, write_text

INTRO = """\
# Glossary

The terms of the course in English, Russian and Urdu, each in one plain line. In a notebook a term is linked to its line
where it first appears, and `table("glossary")` has them all. This page is made from `data/course/glossary.csv` by
`make pages`: change that file, not this page. A better Russian or Urdu word? [CONTRIBUTING](../CONTRIBUTING.md)
says how to tell us.
"""


def terms() -> list[dict[str, str]]:
    """The rows of the glossary, in its order."""
    with stored("glossary").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(rows: list[dict[str, str]]) -> str:
    """The page as Markdown, one heading a term."""
    return "\n".join([INTRO, *map(_entry, rows)])


def _entry(row: dict[str, str]) -> str:
    return (
        f"## {row['term']}\n\n{row['meaning']}\n\n"
        f'<span lang="ru">{row["russian"]}</span> · <span lang="ur" dir="rtl">{row["urdu"]}</span> · '
        f"first in [{row['notebook'][:2]}](../notebooks/{row['notebook']}.ipynb)\n"
    )


def main() -> None:
    """Write the page from the table as it stands."""
    write_text(DATA.parent / "docs" / "glossary.md", page(terms()))


if __name__ == "__main__":
    main()
