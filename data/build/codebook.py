"""Write data/datapackage.json and data/README.md, the codebook, from the YAML files beside the tables.

python data/build/codebook.py
"""

import csv
import json
import re
import sys
from pathlib import Path

import describe
from common import DATA, Rejected, write_text

LEAF = re.compile(
    r"([{\[])\n((?:[^\n]*[^\n{\[]\n)+?)\s*([}\]])"
)  # an object or a list without another one on more lines

INTRO = """\
# Codebook

These are the tables of the course, in a folder for each notebook and one, `course/`, for what all of them use.
Each is a small CSV file: UTF-8, one observation a row, the unit in the name of the column. Countries are ISO 3166
alpha-3 codes; `RUS` is the Soviet Union up to 1991 and the Russian Federation after. Years are calendar years unless
a column says otherwise. An empty cell means not known or not applicable. It never means zero. Where a column
is true or false, 1 is true and 0 is false.

In a notebook `table("un_votes")` opens a table and `about("un_votes")` shows its entry here. This page and
`datapackage.json` are made by `make pages` from the file beside each table, such as `history/un_votes.yaml`: change
that file, not this page. The scripts that derive the tables from their sources are in `build/`.

What this project wrote, arranged or computed may be used under CC BY 4.0. The sources have terms of their own, named
at each table. Where they could not be read it says so: then cite the source, and ask before you use the table
commercially.
"""


def codebook(package: dict, rows: dict[str, int]) -> str:
    """The page as Markdown; `rows` gives the number of rows by table name."""
    resources, lines, folder = package["resources"], [INTRO], None
    for item in resources:
        if (new := item["path"].partition("/")[0]) != folder:
            folder = new
            about = f"**{folder}/** {package['folders'][folder]}."
            lines += [
                "",
                about,
                "",
                "| table | rows | what is in it | licence |",
                "| --- | ---: | --- | --- |",
            ]
        short = ", ".join(
            dict.fromkeys(licence.get("name", "terms of the source") for licence in item["licenses"])
        )
        lines.append(
            f"| [{item['name']}](#{item['name']}) | {rows[item['name']]:,} | {item['title']} | {short} |"
        )
    return "\n".join([*lines, *(_section(item, rows[item["name"]]) for item in resources)])


def key(item: dict) -> list[str]:
    """The columns that name a row of a table; the standard allows a single name or a list."""
    named = item["schema"].get("primaryKey", [])
    return [named] if isinstance(named, str) else named


def _section(item: dict, rows: int) -> str:
    each = ", ".join(f"`{name}`" for name in key(item))
    parts = [
        f"\n## {item['name']}\n\n**{item['title']}.** {item['description']}",
        f"File [{item['path']}]({item['path']}), {rows:,} rows"
        + (f", one for each {each}." if each else "."),
        "\n".join(_column(field) for field in item["schema"]["fields"]),
        "**Source.** " + "; ".join(_link(source) for source in item["sources"]) + ".",
        f"**Publisher.** {item['publisher']}. **Edition.** {item['edition']}. **Obtained.** {item['obtained']}.",
        f"**How derived.** {item['derived']}",
        "**Caveats.**\n\n" + "\n".join(f"- {caveat}" for caveat in item["caveats"])
        if item["caveats"]
        else "",
        "**Licence.** " + "; ".join(_link(licence) for licence in item["licenses"]) + ".",
        "**Used in.** " + ", ".join(f"`{name}`" for name in item["used_in"]) + "." if item["used_in"] else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _column(field: dict) -> str:
    """One line: name, type and unit, meaning, and the values that are allowed where the meaning cannot show them."""
    limits = field.get("constraints", {})
    kind = ", ".join([field["type"], *([field["unit"]] if "unit" in field else [])])
    bounds = ""
    if "minimum" in limits and "maximum" in limits:
        bounds = f" From {limits['minimum']} to {limits['maximum']}."
    elif not all(str(value) in field["description"] for value in limits.get("enum", [])):
        bounds = f" One of {', '.join(f'`{value}`' for value in limits['enum'])}."
    return f"- `{field['name']}` ({kind}): {field['description']}{bounds}"


def _link(item: dict) -> str:
    return f"[{item['title']}]({item['path']})" if "path" in item else item["title"]


def count_rows(path: Path) -> int:
    """Rows of a CSV file without its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def stored(package: dict) -> str:
    """The text of datapackage.json."""
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    for _ in range(2):  # a column on a line, as far as it holds no list of many lines
        text = LEAF.sub(lambda part: part[1] + " ".join(map(str.strip, part[2].splitlines())) + part[3], text)
    return text


def main() -> int:
    """Write both files; 1 where a description is rejected, and then neither is touched."""
    try:
        package = describe.package()
    except Rejected as error:
        print(error, file=sys.stderr)
        return 1
    rows = {item["name"]: count_rows(DATA / item["path"]) for item in package["resources"]}
    write_text(DATA / "datapackage.json", stored(package))
    write_text(DATA / "README.md", codebook(package, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
