"""The commands of the course: `python -m ruspak grade …` and `python -m ruspak agreement`."""

import sys


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    if arguments[:1] == ["grade"]:
        from ruspak.grading.command import main as grade

        return grade(arguments[1:])
    if arguments == ["agreement"]:
        from ruspak.agreement import report

        print(report())
        return 0
    asked = arguments[:1] in (["-h"], ["--help"])
    print(
        "usage: python -m ruspak grade SUBMISSIONS --roster roster.csv --out MARKS\n"
        "       python -m ruspak agreement\n\n"
        "grade marks returned sheets: `python -m ruspak grade --help` lists its options; see docs/grading.md.\n"
        "agreement prints how far two blind readers judge the claims as we do; see docs/verdicts.md.",
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
