"""The minutes of the lesson plans, and the questions with their keys below them: make numbers

docs/teaching/plan_NAME.md is the plan for notebooks/NAME.ipynb. In its table, a row that links to a section of
the notebook has that section's minutes; a row without a link keeps its own; the discussion has what is left.
"""

import re
from pathlib import Path

import nbformat

from ruspak.errors import CourseError, all_of
from ruspak.quiz import bank
from tools import minutes

ROOT = Path(__file__).resolve().parent.parent
LESSON = 90
DISCUSSION = "Discuss in class"
ROW = re.compile(r"^\| *(?:\d+:\d\d)? *\| *(\d*) *\|(?= *([^|]*?) *\|)", re.M)
SECTION = re.compile(r"\]\(\.\./\.\./notebooks/\w+\.ipynb#([^)]+)\)")
ASKED = re.compile(r"`([a-z]+-\d+)`")
KEYS = re.compile(r"(?<=<!-- questions -->\n).*?(?=<!-- end -->)", re.S)


def anchor(title: str) -> str:
    """The place of a heading in the address of its page."""
    return title.replace(" ", "-")


def sections(name: str) -> dict[str, minutes.Section]:
    """The sections of a notebook by their anchors, in order."""
    lesson = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    return {anchor(section.title): section for section in minutes.sections(lesson)}


def written(path: Path, text: str) -> str:
    """The text of a plan with its minutes, its clock and its questions up to date.

    Raises CourseError for a link to no section, an unknown question, and a plan that is longer than a lesson.
    """
    name = path.stem.removeprefix("plan_")
    taken = sections(name)
    lengths = all_of(lambda row: _length(path, row, taken), ROW.finditer(text))
    left = LESSON - sum(length or 0 for length in lengths)

    def fits() -> None:
        if left < 1:
            raise CourseError(
                f"{path.name}: the plan leaves {left} minutes for the discussion. Take a row out, or one of its sections."
            )

    _, questions = all_of(lambda part: part(), [fits, lambda: _questions(path, text)])
    clock = 0

    def row(found: re.Match) -> str:
        nonlocal clock
        length = lengths.pop(0)
        length = left if length is None else length
        started, clock = clock, clock + length
        return f"| {started // 60}:{started % 60:02} | {length} |" if length else "| | |"

    return KEYS.sub(lambda _: questions, ROW.sub(row, text))


def _questions(path: Path, text: str) -> str:
    """What stands below the table: its questions with their keys."""

    def part(key: str) -> str:
        try:
            return _asked(key)
        except CourseError as error:
            raise CourseError(f"{path.name}, `{key}` in the table: {error}") from None

    return "".join(all_of(part, asked(text)))


def asked(text: str) -> list[str]:
    """The ids of the questions that the table of a plan names, in its order."""
    rows = [line for line in text.splitlines() if ROW.match(line)]
    return list(dict.fromkeys(ASKED.findall("\n".join(rows))))


def _length(path: Path, row: re.Match, taken: dict[str, minutes.Section]) -> int | None:
    """The minutes of a row; None for the discussion, which has what the others leave."""
    link = SECTION.search(row[2])
    if not link:
        return int(row[1] or 0)
    if link[1] not in taken:
        raise CourseError(f"{path.name}: there is no section #{link[1]} in the notebook. Copy its heading.")
    return None if link[1] == anchor(DISCUSSION) else taken[link[1]].minutes


def _asked(key: str) -> str:
    """A question as it can be read out: options in the order of the page, right ones ticked, what to say to each."""
    question = bank.question(key)
    lines = [f"### {key}", "", question["question"], ""]
    if question["kind"] == "verdict":
        lines += [f"> {question['claim']['text']} ({question['claim']['id']})", ""]
    lines += [
        f"- {'✓' if right else '✗'} **{words}** {said}".rstrip() for right, words, said in _answers(question)
    ]
    return "\n".join([*lines, "", f"*Then:* {question['explanation']}", "", ""])


def _answers(question: dict) -> list[tuple[bool, str, str]]:
    """(right or not, the answer, what to say to it) for each answer that is foreseen."""
    right = question.get("correct_feedback", "")
    match question["kind"]:
        case "single" | "multiple" | "verdict":
            found = [
                (bool(one.get("correct")), f"{letter} · {one['text']}", one["feedback"])
                for letter, one in zip("ABCDEFGH", question["options"])
            ]
        case "numeric":
            unit = f" {question['unit']}".replace(" %", "%") if "unit" in question else ""
            found = [(True, f"{question['answer']:,g}{unit}", right)]
            found += [(False, f"{one['answer']:,g}{unit}", one["feedback"]) for one in question["mistakes"]]
        case "text":
            found = [(True, question["accept"][0], right)]
            found += [(False, ", ".join(one["accept"]), one["feedback"]) for one in question["mistakes"]]
        case "order":
            found = [(True, " → ".join(question["answer"]), right)]
        case "match":
            found = [(True, f"{one['left']}: {one['right']}", one["feedback"]) for one in question["pairs"]]
    return found
