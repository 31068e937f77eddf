"""The commands of the course: `python -m ruspak grade …` and the others of COMMANDS."""

import importlib
import sys

COMMANDS = {
    "grade": ("ruspak.grading.command", "mark returned sheets; docs/grading.md"),
    "live": ("ruspak.live.command", "put questions to the vote in class; docs/live.md"),
    "report": ("ruspak.classroom.report.command", "a page on the practice of a class; docs/classroom.md"),
    "export": ("ruspak.classroom.export.command", "questions and terms for other systems; docs/classroom.md"),
    "unread": ("ruspak.quiz.unread", "what guessing scores on the questions, without reading"),
    "agreement": (
        "ruspak.agreement",
        "how far two blind readers judge the claims as we do; docs/verdicts.md",
    ),
}
"""Each with the module whose `main` takes what stands after it and gives the exit code, and what it is for."""


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    name, *rest = arguments or [""]
    if name in COMMANDS:
        return importlib.import_module(COMMANDS[name][0]).main(rest)
    asked = name in ("-h", "--help")
    lines = [f"  {command:10} {about}" for command, (_, about) in COMMANDS.items()]
    print(
        "usage: python -m ruspak COMMAND …",
        *lines,
        "`python -m ruspak grade --help` lists the options of a command.",
        sep="\n",
        file=sys.stdout if asked else sys.stderr,
    )
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
