"""Write the printed text of every calc: link from its calculation, and the minutes of lessons and plans: make numbers

A person types only the id, [](calc:pak-rus-1985), and the link becomes whole: its text, the table that it leads
to, its title. A text that already says the number in an accepted way stays as it is. exercises/ follow from
solutions/, by make sheets.
"""

import argparse
import io
import re
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path

import nbformat
import yaml

from ruspak.data.calcs import calc_text, prints, tables_of
from ruspak.data.facts import row_of
from ruspak.data.package import package
from ruspak.data.tables import table
from ruspak.errors import CourseError, all_of
from ruspak.files import write_text
from tools import minutes, plans

ROOT = Path(__file__).resolve().parent.parent
FILES = (
    "notebooks/*.ipynb",
    "solutions/*.ipynb",
    "solutions/keys/*.py",
    "quizzes/*.yaml",
    "docs/*.md",
    "docs/teaching/*.md",
    "README.md",
    "CONTRIBUTING.md",
)
CODE = r"```.*?```|``.*?``|`[^`\n]*`"
LINK = re.compile(
    rf"""(?P<code>{CODE})
    | \[(?P<text>[^\]\[]*)\]\(
      (?: calc:(?P<bare>[^)\s"]*) | (?P<target>[^)\s"\\]*) \s* \\?"calc:(?P<id>[^"\\]*)\\?" )
      \s*\)""",
    re.X | re.S,
)
BROKEN = re.compile(r"\[[^\]\[]*\]\([^)]*\bcalc:[^)]*\)?", re.I)
KEY = re.compile(
    r"""\banswer:\s*["']?calc:(?P<id>[^\s"',}]*)"""
)  # of a question; its number is not written down
QUESTION = re.compile(r"^- id:\s*(\S+)", re.M)


def whole(
    text: str,
    home: str,
    quote: Callable[[int], str] = lambda place: '"',
    named: Callable[[int], str] = lambda place: "",
) -> tuple[str, list[str]]:
    """A text with all its calc: links whole, and what is wrong with the links that can't be.

    `home` is the address of the codebook from there; `quote` says for a place in the text how a quotation mark
    is written there, `named` what that place is called in a message.
    """
    wrong = []

    def link(found: re.Match) -> str:
        if found["code"]:
            return found[0]
        key = found["id"] if found["bare"] is None else found["bare"]
        try:
            shown = found["text"] if prints(key, found["text"]) else calc_text(key)
            tables = tables_of(key)
            if not tables:
                raise CourseError(
                    f"The calculation '{key}' uses no table to lead to. Write its number without a link."
                )
        except CourseError as error:
            wrong.append(f"{named(found.start())}{error}")
            return found[0]
        target = found["target"] or ""
        if target.partition("#")[2] not in tables:
            target = f"{home}#{tables[0]}"
        elif shown == found["text"]:
            return found[0]
        mark = quote(found.start())
        return f"[{shown}]({target} {mark}calc:{key}{mark})"

    rest = LINK.sub(lambda read: " " * len(read[0]), text)
    for left in BROKEN.finditer(rest):
        wrong.append(
            f"{named(left.start())}{left[0]} is no link to a calculation that can be read. Write [](calc:id)."
        )
    return LINK.sub(link, text), wrong


def marks_in(path: Path, text: str) -> Callable[[int], str]:
    """How a quotation mark is written at a place of a YAML or Python file: behind a backslash in a text that
    stands between such marks.
    """
    if path.suffix == ".yaml":
        spans = [
            (token.start_mark.index, token.end_mark.index)
            for token in yaml.scan(text)
            if isinstance(token, yaml.ScalarToken) and token.style == '"'
        ]
    elif path.suffix == ".py":
        lines = [0]
        for line in text.splitlines(keepends=True):
            lines.append(lines[-1] + len(line))
        spans = [
            (lines[token.start[0] - 1] + token.start[1], lines[token.end[0] - 1] + token.end[1])
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            if token.type == tokenize.STRING
            and token.string.endswith('"')
            and not token.string.endswith('"""')
        ]
    else:
        spans = []
    return lambda place: r"\"" if any(start <= place < end for start, end in spans) else '"'


def name_in(path: Path, text: str) -> Callable[[int], str]:
    """What a place of a file is called: the question that it is in, or its line."""

    def named(place: int) -> str:
        if path.parent.name == "quizzes" and (ids := QUESTION.findall(text, 0, place)):
            return f"question {ids[-1]}: "
        return f"line {text.count(chr(10), 0, place) + 1}: "

    return named


def unknown_keys(text: str, named: Callable[[int], str]) -> list[str]:
    """The keys of questions that name no calculation, each with its place and the nearest ids."""
    wrong = []
    for key in KEY.finditer(text):
        try:
            row_of("calcs", key["id"], "calculation")
        except CourseError as error:
            wrong.append(f"{named(key.start())}{error}")
    return wrong


def renewed(path: Path, root: Path) -> tuple[str, str, list[str]]:
    """The text of a file as it is and as it should be, and what is wrong, each with file and cell.

    Raises CourseError for a file that can't be read.
    """
    name = path.relative_to(root).as_posix()
    home = "../" * name.count("/") + "data/README.md"
    try:
        before = path.read_text(encoding="utf-8")
        if path.suffix != ".ipynb":
            named = name_in(path, before)
            after, wrong = whole(before, home, marks_in(path, before), named)
            wrong += unknown_keys(before, named) if path.parent.name == "quizzes" else []
            if path.name.startswith("plan_"):
                after = plans.written(path, after)
            return before, after, [f"{name}, {one}" for one in wrong]
        notebook = nbformat.reads(before, as_version=4)
    except (OSError, ValueError, yaml.YAMLError, tokenize.TokenError, SyntaxError) as error:
        raise CourseError(f"{name} can't be read: {error}. Mend or restore it, then try again.") from None
    wrong, changed = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            source, errors = whole(cell.source, home)
            changed |= source != cell.source
            cell.source = source
            wrong += [f"{name}, cell {cell.id}: {one}" for one in errors]
    if path.parent.name == "notebooks":
        changed |= minutes.written(notebook)
    return before, nbformat.writes(notebook) + "\n" if changed else before, wrong


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write what is out of step, or with --check only name it. Returns the exit code: 1 for an error or a difference."""
    parser = argparse.ArgumentParser(prog="make numbers", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name what is out of step")
    only_check, code = parser.parse_args(arguments).check, 0
    told = set()
    try:
        all_of(table, [resource["name"] for resource in package()["resources"]])
    except CourseError as error:  # else each link to such a table would tell it
        print(error, file=sys.stderr)
        return 1
    paths = sorted(path for pattern in FILES for path in root.glob(pattern))
    # last the plans, which print questions as they now are
    for path in sorted(paths, key=lambda path: path.name.startswith("plan_")):
        try:
            before, after, wrong = renewed(path, root)
        except CourseError as error:
            before, after, wrong = "", "", [str(error)]
        for one in wrong:
            if one not in told:  # a question that can't be read, by each plan that prints it
                print(one, file=sys.stderr)
            told.add(one)
        code = 1 if wrong else code
        if before != after and only_check:
            print(f"{path.relative_to(root).as_posix()} has numbers that are out of step: run make numbers.")
            code = 1
        elif before != after:
            write_text(path, after)
            print(f"wrote {path.relative_to(root).as_posix()}")
    return code


if __name__ == "__main__":
    sys.exit(main())
