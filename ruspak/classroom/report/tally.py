"""What a class knows and does not: counted over the learners' first answers."""

from collections import Counter
from dataclasses import dataclass

from ruspak.classroom.report.learners import Attempt, Learner
from ruspak.grading.text import shown
from ruspak.quiz import judge

LEVELS = range(50, 101, 10)


@dataclass(frozen=True)
class Row:
    """How a class did on one question. tried, first, right: learners who answered it, who were right at once, who were
    right before the answer was shown. wrong: what else they answered first, most often first, as (words, why that is
    wrong, learners).
    """

    question: dict
    tried: int
    first: int
    right: int
    wrong: list[tuple[str, str, int]]


def rows(learners: list[Learner], questions: dict[str, dict]) -> dict[str, Row]:
    """A row for each question, in the order of the bank."""
    return {
        key: _row(question, [learner.at(key) for learner in learners]) for key, question in questions.items()
    }


def solved(attempts: list[Attempt]) -> bool:
    """Whether one of a learner's attempts at a question is right, before the answer was shown."""
    shown_at = next((place for place, one in enumerate(attempts) if one.answer is None), len(attempts))
    return any(one.right for one in attempts[:shown_at])


def calibration(learners: list[Learner]) -> list[tuple[int, int, int]]:
    """How sure they were of their first answers, in per cent, with how many answers, and how many of them right."""
    firsts: dict[tuple[int, str], Attempt] = {}
    for place, learner in enumerate(learners):
        for one in learner.attempts:
            firsts.setdefault((place, one.question), one)
    said = [one for one in firsts.values() if one.sure is not None]
    levels = [[one.right for one in said if one.sure // 10 * 10 == level] for level in LEVELS]
    return [(level, len(marks), sum(marks)) for level, marks in zip(LEVELS, levels) if marks]


def _row(question: dict, attempts: list[list[Attempt]]) -> Row:
    firsts = [mine[0] for mine in attempts if mine]
    wrong = Counter(
        said
        for one in firsts
        if not one.right and one.answer is not None
        for said in _wrong(question, one.answer)
    )
    common = [
        (words, why, count)
        for (words, why), count in sorted(wrong.items(), key=lambda one: (-one[1], one[0]))
    ]
    return Row(question, len(firsts), sum(one.right for one in firsts), sum(map(solved, attempts)), common)


def _wrong(question: dict, answer) -> list[tuple[str, str]]:
    """What is wrong with an answer, part by part: what was said, and the bank's feedback to it."""
    match question["kind"]:
        case "single" | "verdict":
            return [(one["text"], one["feedback"]) for one in question["options"] if one["text"] == answer]
        case "multiple":
            return [
                (one["text"] if one["text"] in answer else f"not chosen: {one['text']}", one["feedback"])
                for one in question["options"]
                if (one["text"] in answer) != one.get("correct", False)
            ]
        case "match":
            return [
                (f"{pair['left']} – {said}", pair["feedback"])
                for pair, said in zip(question["pairs"], answer)
                if said != pair["right"]
            ]
        case "order":
            return [
                (f"{said}: in place {place}", "")
                for place, (said, right) in enumerate(zip(answer, question["answer"]), 1)
                if said != right
            ]
    if known := judge.mistake(question, answer):
        words = f"{known['answer']:g}" if question["kind"] == "numeric" else known["accept"][0]
        return [(words, known["feedback"])]
    return [(f"“{shown(answer, 60)}”", "")]
