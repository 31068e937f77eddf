"""`python -m ruspak export`: the command line of the exports."""

import argparse
import sys
import textwrap
from pathlib import Path

from ruspak.classroom.export import anki, gift, items, moodle, pages, qti
from ruspak.errors import CourseError
from ruspak.files import write_bytes

FORMATS = {
    "moodle": (moodle, "the questions as Moodle XML"),
    "qti": (qti, "the questions as QTI 1.2, a quiz a lesson, for Canvas"),
    "gift": (gift, "the questions as GIFT, without pictures"),
    "anki": (anki, "the glossary as three decks: English, Russian, Urdu"),
    "moodle-pages": (pages, "the built site as a zip for a “File” in Moodle"),
}


def main(arguments: list[str]) -> int:
    """Write the files of one format and say what it can't hold; gives the exit code, 1 for an error."""
    given = _options(arguments)
    module, _ = FORMATS[given.to]
    try:
        found = items.items() if module in (moodle, qti, gift) else None
        made = module.files() if found is None else module.files(found)
        for name, data in made.items():
            write_bytes(given.out / name, data)
            print(f"{given.out / name}: {len(data) / 1e6:.1f} MB.")
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{given.out}: it can't be written ({error.strerror}). Give another folder.", file=sys.stderr)
        return 1
    limits = [*module.LIMITS, *(_menus(found) if found else ())]
    print(
        "What it can't hold:",
        *(textwrap.fill(f"- {one}", 110, subsequent_indent="  ") for one in limits),
        sep="\n",
    )
    return 0


def _menus(found: list[items.Item]) -> list[str]:
    """The line on the questions that need a page where something can be chosen."""
    asking = ", ".join(item.id for item in found if item.place.menu)
    return [f"A menu can't be taken along: learners need the page or the notebook for {asking}."]


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ruspak export",
        description="The questions, the glossary or the pages for another system. docs/classroom.md says how to import them.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:13} {about}" for name, (_, about) in FORMATS.items()),
    )
    parser.add_argument("--to", required=True, choices=FORMATS, help="the format, see below")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="where the file goes")
    return parser.parse_args(arguments)
