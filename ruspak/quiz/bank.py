"""The question bank: reads quizzes/*.yaml, checks every question and makes of it what the browser shows.

Call only where questions are needed: it brings YAML with it. `RUSPAK_QUIZZES` names another folder than quizzes/.
"""

import functools
import hashlib
import itertools
import math
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import yaml

from ruspak.data.package import nearest
from ruspak.data.verdicts import VERDICTS
from ruspak.errors import CourseError, all_of
from ruspak.place import COURSE
from ruspak.quiz.schema import COMMON, KINDS, violations

ASKS = {
    "single": "Choose one answer",
    "multiple": "Choose all that apply",
    "numeric": "Give a number",
    "text": "Give a word or a name",
    "order": "Put these in order",
    "match": "Match each with its partner",
    "verdict": "Judge the claim, as of the date of its text",
}
QUIZZES = COURSE / "quizzes"
LINK = re.compile(
    r"""\]\((?:calc:([^)\s"]*)|[^)\s]*\s+"calc:([^"]*)")\s*\)"""
)  # without its number, or whole


def questions(folder: Path | None = None) -> dict[str, dict]:
    """All questions by id, checked, in the order of files and lines, as they are written (keys not yet worked out).

    Raises CourseError for all errors, a line each, with file, question, what is wrong and what to do.
    """
    found: dict[str, dict] = {}

    def add(question: dict) -> None:
        if question["id"] in found:
            raise CourseError(
                f"{question['file']}, question {question['id']}: the id is already used in "
                f"{found[question['id']]['file']}. Give one of the two another id."
            )
        found[question["id"]] = question

    files = all_of(lambda path: _file(path, path.stat().st_mtime_ns), _paths(folder))
    all_of(add, itertools.chain(*files))
    return found


def question(question_id: str, folder: Path | None = None) -> dict:
    """One question as the browser shows it. Raises CourseError with the nearest ids for an unknown id.

    Files are read up to the one that holds it, first those that its id names (history-5: 01_history.yaml), since YAML is slow.
    """
    lesson = str(question_id).partition("-")[0]
    for path in sorted(_paths(folder), key=lambda path: lesson not in path.stem):
        for entry in _file(path, path.stat().st_mtime_ns):
            if entry["id"] == question_id:
                return prepare(entry)
    raise CourseError(f"There is no quiz question '{question_id}'. {nearest(question_id, questions(folder))}")


def _paths(folder: Path | None) -> list[Path]:
    """The quiz files. Raises CourseError where there are none."""
    folder = folder or Path(os.environ.get("RUSPAK_QUIZZES", QUIZZES))
    if paths := sorted(folder.glob("[!.]*.yaml")):
        return paths
    raise CourseError(f"{folder}: there is no quiz file (*.yaml) here. Restore the folder quizzes.")


def load(
    folder: Path | None = None, calc: Callable | None = None, claims: Callable | None = None
) -> dict[str, dict]:
    """All questions by id as the browser shows them; `calc` and `claims` are those of ruspak.data, or stand-ins.

    Raises CourseError for all errors, a line each.
    """
    found = questions(folder)
    return dict(zip(found, all_of(lambda question: prepare(question, calc, claims), found.values())))


def prepare(question: dict, calc: Callable | None = None, claims: Callable | None = None) -> dict:
    """A question as plain JSON for quiz.js: keys as numbers, options shuffled (the same everywhere), the claim's words.

    Raises CourseError for an unknown calc or claim id, for a calc: link without its number, and for a key that
    contradicts a known mistake or the audit.
    """
    _links(question)
    shown = {name: value for name, value in question.items() if name not in ("file", "objective")}
    shown["ask"] = ASKS[question["kind"]]
    seed = question["id"]
    match question["kind"]:
        case "single" | "multiple":
            shown["options"] = _shuffled(question["options"], seed, lambda option: option["text"])
        case "numeric":
            shown |= _numbers(question, calc)
        case "order":
            shown |= {"answer": question["items"], "items": _shuffled(question["items"], seed)}
            if shown["items"] == shown["answer"]:
                shown["items"] = shown["items"][1:] + shown["items"][:1]
        case "match":
            rights = dict.fromkeys(
                [pair["right"] for pair in question["pairs"]] + shown.pop("distractors", [])
            )
            shown["choices"] = _shuffled(rights, seed)
        case "verdict":
            del shown["feedback"]
            shown |= _claim(question, claims)
    return shown


def _shuffled(items: Iterable, seed: str, text: Callable = str) -> list:
    """The order of a hash, which no version of Python or a browser changes."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}/{text(item)}".encode()).digest())


def _links(question: dict) -> None:
    """Reject a calc: link in the texts that leads to no calculation, or whose number is not written yet."""
    links = [link for text in _texts(question) for link in LINK.findall(text)]
    if links:
        from ruspak.data.facts import row_of

    def look_up(link: tuple[str, str]) -> None:
        bare, whole = link
        try:
            row_of("calcs", bare or whole, "calculation")
        except CourseError as error:
            raise _error(question, f"its text links calc:{bare or whole}. {error}") from None
        if bare:
            raise _error(question, f"the link calc:{bare} has no number yet. Run make numbers.")

    all_of(look_up, links)


def _texts(value) -> Iterator[str]:
    """All texts in a question, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _numbers(question: dict, calc: Callable | None) -> dict:
    """Answer and known mistakes as floats; a mistake’s tolerance is at most a tenth of it: the key’s may be wider than itself."""

    def value(key) -> float:
        nonlocal calc
        if isinstance(key, str) and calc is None:
            from ruspak.data import calc
        try:
            worked = float(calc(key.removeprefix("calc:")) if isinstance(key, str) else key)
        except (CourseError, TypeError, ValueError) as error:
            raise _error(question, f"the key {key} can't be worked out. {error}") from None
        if not math.isfinite(worked):
            raise _error(question, f"the key {key} is {worked}, not a finite number. Correct it.")
        return worked

    answer = value(question["answer"])
    mistakes = [mistake | {"answer": value(mistake["answer"])} for mistake in question.get("mistakes", [])]
    for mistake in mistakes:
        mistake["tolerance"] = min(
            question["tolerance"], abs(mistake["answer"]) / 10 or question["tolerance"]
        )
    for mistake in mistakes:
        if abs(mistake["answer"] - answer) <= question["tolerance"]:
            raise _error(
                question,
                f"the known mistake {mistake['answer']} is right within the tolerance. "
                "Make the tolerance smaller or remove the mistake.",
            )
    return {"answer": answer, "mistakes": mistakes}


def _claim(question: dict, claims: Callable | None) -> dict:
    """The claim in its words, and the six verdicts as options."""
    if claims is None:
        from ruspak.data import claims
    rows, key, answer = claims(), question["claim"], question["answer"]
    if key not in rows.index:
        raise _error(question, f"there is no claim '{key}'. {nearest(key, rows.index)}")
    if rows.verdict[key] != answer:
        raise _error(
            question,
            f"the answer is '{answer}', but data/course/claims.csv judges {key} '{rows.verdict[key]}'. "
            "Correct the one that is wrong.",
        )
    options = [
        {
            "text": verdict,
            "meaning": meaning,
            "correct": verdict == answer,
            "feedback": question["feedback"][verdict],
        }
        for verdict, meaning in VERDICTS.items()
    ]
    return {"claim": {"id": key, "article": rows.article[key], "text": rows.claim[key]}, "options": options}


@functools.lru_cache(maxsize=64)
def _file(path: Path, _changed: int) -> list[dict]:
    """The checked questions of one file; read again only when its time of change differs."""
    name = f"{path.parent.name}/{path.name}"
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except OSError as error:
        raise CourseError(f"{name} can't be read ({error.strerror}). Restore the file.") from None
    except UnicodeDecodeError as error:
        raise CourseError(f"{name}, byte {error.start}: this is not UTF-8. Save the file as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        raise CourseError(
            f"{name}, line {error.problem_mark.line + 1}: this is not valid YAML ({error.problem}). "
            "Look at quotes, colons and indentation there and in the lines before."
        ) from None
    except (ValueError, KeyError, OverflowError, RecursionError) as error:
        raise CourseError(
            f"{name}: a value in it can't be read ({error}). Put dates and long numbers in quotes."
        ) from None
    except yaml.YAMLError as error:
        raise CourseError(
            f"{name}: this is not valid YAML ({str(error).splitlines()[0]}). Remove it."
        ) from None
    if not isinstance(entries, list) or not entries:
        raise CourseError(f"{name}: this is not a list of questions. Begin each question with '- id: …'.")
    wrong = []
    for count, entry in enumerate(entries, 1):
        known = isinstance(entry, dict) and entry.get("id")
        wrong += [f"{name}, question {known or f'number {count}'}: {error}" for error in _wrong(entry)]
    if wrong:
        raise CourseError("\n".join(wrong))
    return [entry | {"file": name} for entry in entries]


class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
    """YAML that refuses a key written twice, where plain YAML would silently keep the last."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key '{key.value}' stands here twice", problem_mark=key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _wrong(entry) -> list[str]:
    """All that is wrong with a question as it is written."""
    if not isinstance(entry, dict):
        return violations(entry, COMMON)
    if "kind" not in entry:
        return ["'kind' is missing. Add it."]
    kind = entry["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        return [
            f"the kind '{str(kind)[:60] if isinstance(kind, str) else type(kind).__name__}' is unknown. {nearest(kind if isinstance(kind, str) else '', KINDS)}"
        ]
    return violations(entry, COMMON | KINDS[kind]) or list(filter(None, [_senseless(entry)]))


def _senseless(entry: dict) -> str | None:
    """What is wrong with a question of the right shape: no right option, twice the same, a mistake that is right."""
    match entry["kind"]:
        case "single" | "multiple":
            right = sum(option.get("correct", False) for option in entry["options"])
            if not right:
                return "no option is correct. Mark one with correct: true."
            if entry["kind"] == "single" and right > 1:
                return f"{right} options are correct. Leave one, or use kind: multiple."
            lists = {"options": [option["text"] for option in entry["options"]]}
        case "order":
            lists = {"items": entry["items"]}
        case "match":
            lists = {"pairs": [pair["left"] for pair in entry["pairs"]]}
        case "text":
            accepted = entry["accept"] + [
                form for mistake in entry.get("mistakes", []) for form in mistake["accept"]
            ]
            if not all(map(_folded, accepted)):
                return "an accepted form has no letter or digit. Remove it."
            twice = _double(map(_folded, accepted))
            return (
                twice
                and f"the form '{twice}' stands twice among the accepted and mistaken forms. Remove one."
            )
        case _:
            return None
    for name, texts in lists.items():
        if len(texts) < 2:
            return f"'{name}' has only one entry. Add another."
        if twice := _double(texts):
            return f"'{name}' holds '{twice}' twice. Change or remove one."
    return None


def _double(texts: Iterable[str]) -> str | None:
    seen: set[str] = set()
    return next((text for text in texts if text in seen or seen.add(text)), None)


def _folded(text: str) -> str:
    """Letters and digits only, without case and accents: how quiz.js compares texts."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).lower() if letter.isalnum())


def _error(question: dict, what: str) -> CourseError:
    return CourseError(f"{question['file']}, question {question['id']}: {what}")
