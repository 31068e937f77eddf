"""The commands of the course: `python -m ruspak grade …`."""

import sys


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    if arguments[:1] == ["grade"]:
        from ruspak.grading.command import main as grade

        return grade(arguments[1:])
    if arguments[:1] == ["live"]:
        from ruspak.live.command import main as live

        return live(arguments[1:])
    asked = arguments[:1] in (["-h"], ["--help"])
    print(
        "usage: python -m ruspak grade SUBMISSIONS --roster roster.csv --out MARKS\n"
        "       python -m ruspak live [--lan] [--keep FILE]\n\n"
        "grade marks sheets (docs/grading.md), live puts questions to the vote in class (docs/live.md). --help after one\n"
        "of them lists its options.",
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
