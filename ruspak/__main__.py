"""The commands of the course: `python -m ruspak grade …`."""

import sys


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    if arguments[:1] == ["grade"]:
        from ruspak.grading.command import main as grade

        return grade(arguments[1:])
    asked = arguments[:1] in (["-h"], ["--help"])
    print(
        "usage: python -m ruspak grade SUBMISSIONS --roster roster.csv --out MARKS\n\n"
        "There is one command, grade. `python -m ruspak grade --help` lists its options; see docs/grading.md.",
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
