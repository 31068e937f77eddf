"""The commands of the course: `python -m ruspak grade …` and `python -m ruspak unread`."""

import sys


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    if arguments[:1] == ["grade"]:
        from ruspak.grading.command import main as grade

        return grade(arguments[1:])
    if arguments[:1] == ["unread"]:
        from ruspak.quiz.unread import main as unread

        return unread(arguments[1:])
    asked = arguments[:1] in (["-h"], ["--help"])
    print(
        "usage: python -m ruspak grade SUBMISSIONS --roster roster.csv --out MARKS\n"
        "       python -m ruspak unread [01 …]\n\n"
        "grade marks submitted sheets; see docs/grading.md. unread prints what guessing scores on the quizzes.\n"
        "`python -m ruspak grade --help` lists the options of a command.",
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
