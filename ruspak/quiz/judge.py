"""The judge of quiz.js once more, for where no browser is: a vote of the class is counted on the server.

A test compares what both make of any answer. Questions are those of `bank.prepare`.
"""

from ruspak.quiz.bank import _folded
from ruspak.text import fold, number_readings

TYPED = 1000  # characters of an answer that is typed; quiz.js reads no more


def misfit(question: dict, answer) -> str | None:
    """Why an answer of any kind and origin is none to this question, as a sentence; None where it can be
    judged.
    """
    match question["kind"]:
        case "single" | "verdict":
            fits = isinstance(answer, str) and answer in _texts(question)
        case "multiple":
            fits = _among(answer, _texts(question)) and answer and len(set(answer)) == len(answer)
        case "order":
            fits = _among(answer, question["items"]) and sorted(answer) == sorted(question["items"])
        case "match":
            fits = _among(answer, question["choices"]) and len(answer) == len(question["pairs"])
        case "numeric":
            fits = _typed(answer) and len(number_readings(answer, question.get("unit", ""))) == 1
            return None if fits else "Type one number, like 1234.5, without separators of thousands."
        case _:
            fits = _typed(answer) and bool(_folded(fold(answer)))
            return None if fits else "Type a word or a name."
    return None if fits else "This is no answer to the question that is open. Load the page again."


def right(question: dict, answer) -> bool:
    """Whether an answer that fits the question is right."""
    match question["kind"]:
        case "single" | "verdict":
            return answer in _key(question)
        case "multiple":
            return set(answer) == _key(question)
        case "order":
            return answer == question["answer"]
        case "match":
            return answer == [pair["right"] for pair in question["pairs"]]
        case "numeric":
            return _near(question, answer, question)
        case _:
            return _is_one_of(answer, question["accept"])


def mistake(question: dict, answer: str) -> dict | None:
    """The known mistake that a typed number or word is."""
    for known in question.get("mistakes", []):
        if question["kind"] == "numeric" and _near(question, answer, known):
            return known
        if question["kind"] == "text" and _is_one_of(answer, known["accept"]):
            return known
    return None


def same(question: dict, answer: str):
    """What all ways to type one number or word have in common."""
    if question["kind"] == "numeric":
        return number_readings(answer, question.get("unit", ""))[0]
    return _folded(fold(answer))


def _texts(question: dict) -> list[str]:
    return [option["text"] for option in question["options"]]


def _key(question: dict) -> set[str]:
    return {option["text"] for option in question["options"] if option.get("correct")}


def _among(answer, texts: list[str]) -> bool:
    """Whether it is a list that holds only these texts, and not more than there can be."""
    return (
        isinstance(answer, list)
        and len(answer) <= 100
        and all(isinstance(one, str) and one in texts for one in answer)
    )


def _typed(answer) -> bool:
    """Whether it is text that can be kept: no half characters, not too long."""
    return (
        isinstance(answer, str)
        and len(answer) <= TYPED
        and not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in answer)
    )


def _near(question: dict, answer: str, key: dict) -> bool:
    """Whether a number is that of the question, or of one of its known mistakes."""
    away = abs(same(question, answer) - key["answer"])
    return away <= key["tolerance"] + 1e-9 * max(1, abs(key["answer"]))


def _is_one_of(answer: str, forms: list[str]) -> bool:
    return same({"kind": "text"}, answer) in [_folded(fold(form)) for form in forms]
