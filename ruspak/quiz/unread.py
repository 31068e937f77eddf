"""What each question is worth to somebody who has read nothing: guessing strategies, against chance.

A strategy sees what the browser shows before an answer (for numbers and words also what other questions print),
and gives the probability of its being right; where it can't decide between several, it shares them evenly.
`python -m ruspak unread` prints the scores of the whole bank.
"""

import argparse
import functools
import itertools
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from statistics import mean
from typing import NamedTuple

from ruspak.data.verdicts import VERDICTS
from ruspak.errors import CourseError, all_of
from ruspak.quiz import bank

HEDGES = re.compile(
    r"\b(may|might|could|can|perhaps|probably|likely|about|almost|nearly|mostly|partly|some|alone|depends?|settled?|"
    r"open|unclear|uncertain|seems?|at (?:least|most)|(?:does|do|can)(?: not|n’t) (?:say|tell|show|prove|settle))\b",
    re.I,
)
ABSOLUTE = re.compile(
    r"\b(all|always|any|certainly|every|everything|must|never|no|nobody|none|nothing|only|proves?)\b", re.I
)
REASON = re.compile(r"\bbecause\b|, (?:since|as|so|for)\b", re.I)
SIDES = re.compile(r";|\b(?:but|both|while|though|neither|yet|whereas)\b|\bone\b.*\bother\b", re.I)
NUMBER = re.compile(r"(?<![\d–])[−-]?\d[\d,]*(?:\.\d+)?")  # without the end of a range such as 2015–19
NAME = re.compile(r"(?<![.?!…“] )(?<!^)\b(?:[A-Z]\w+|\d{4})\b")

COMMON = frozenset(
    "also does from have more than that their them then there these they this were what which with".split()
)


class Guess(NamedTuple):
    """A question's probability of being right (from 0 to 1) by a strategy, and by chance."""

    score: float
    chance: float


class Row(NamedTuple):
    """A strategy's mean over the questions of a kind; scores in points of 100."""

    strategy: str
    kind: str
    questions: int
    score: float
    chance: float


def rows(questions: dict[str, dict]) -> list[Row]:
    """One row a strategy: `questions` by id, as `bank.load` prepares them."""
    found = []
    for (kind, strategy), guess in strategies().items():
        asked = [guess(question, questions) for question in questions.values() if question["kind"] == kind]
        if asked:
            score, chance = (100 * mean(values) for values in zip(*asked))
            found.append(Row(strategy, kind, len(asked), score, chance))
    return found


def strategies() -> dict[tuple[str, str], Callable[[dict, dict], Guess]]:
    """(kind, name) → function of a question and the bank."""
    return {
        ("single", "longest"): _option(lambda option, _: len(option)),
        ("single", "shortest"): _option(lambda option, _: -len(option)),
        ("single", "most hedged"): _option(lambda option, _: len(HEDGES.findall(option))),
        ("single", "fewest absolute words"): _option(lambda option, _: -len(ABSOLUTE.findall(option))),
        ("single", "no “because”"): _option(lambda option, _: -bool(REASON.search(option))),
        ("single", "echo of the question"): _option(lambda option, stem: len(words(option) & words(stem))),
        ("single", "echo of another question"): echo_elsewhere,
        ("single", "most numbers"): _option(lambda option, _: len(NUMBER.findall(option))),
        ("single", "middle number"): middle_number,
        ("single", "the only two-sided one"): only_two_sided,
        ("single", "first"): lambda question, _: _share(question, [question["options"][0]]),
        ("single", "last"): lambda question, _: _share(question, [question["options"][-1]]),
        ("multiple", "exactly one"): _exactly(1),
        ("multiple", "exactly two"): _exactly(2),
        ("multiple", "exactly three"): _exactly(3),
        ("multiple", "all"): _where(lambda option, _: True),
        ("multiple", "those without “because”"): _where(lambda option, _: not REASON.search(option)),
        ("multiple", "those without absolute words"): _where(lambda option, _: not ABSOLUTE.search(option)),
        ("multiple", "the longer half"): _where(
            lambda option, question: len(option) > mean(len(each["text"]) for each in question["options"])
        ),
        **{("verdict", f"always {verdict}"): _always(verdict) for verdict in VERDICTS},
        ("order", "as printed"): lambda question, _: _ordered(question, question["items"]),
        ("order", "by length"): lambda question, _: _ordered(question, sorted(question["items"], key=len)),
        ("order", "by the first number"): by_number,
        ("match", "as printed"): lambda question, _: _matched(
            question, lambda place, _: [question["choices"][place % len(question["choices"])]]
        ),
        ("match", "by an echoed word or unit"): lambda question, _: _matched(
            question,
            lambda place, left: _best(
                question["choices"], lambda right: len(words(right, 3) & words(left + " " + unit(left), 3))
            ),
        ),
        ("numeric", "a number of the question"): number_of_the_question,
        ("numeric", "a number told elsewhere"): number_elsewhere,
        ("text", "a name of the question"): lambda question, _: _named(question, question["question"]),
        ("text", "a name told elsewhere"): name_elsewhere,
    }


def middle_number(question: dict, _: dict) -> Guess:
    """Take the option whose first number is in the middle; chance where fewer than three have one."""
    numbers = {text: found[0] for text in _texts(question) if (found := _numbers(text))}
    if len(set(numbers.values())) < 3:
        return _share(question, question["options"])
    ranked = sorted(set(numbers.values()))
    middle = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
    return _share(question, [each for each in question["options"] if numbers.get(each["text"]) in middle])


def only_two_sided(question: dict, _: dict) -> Guess:
    """Take the option that gives two sides, if there is one of this kind."""
    sided = [each for each in question["options"] if SIDES.search(each["text"])]
    return _share(question, sided if len(sided) == 1 else question["options"])


def echo_elsewhere(question: dict, questions: dict) -> Guess:
    """Take the option nearest to a sentence that another question prints."""
    others = [words(sentence) for sentence in _elsewhere(question, questions)]
    return _option(lambda option, _: max(len(words(option) & other) for other in others))(question, questions)


def by_number(question: dict, _: dict) -> Guess:
    """Sort by the first number in each item; as printed where none has any."""
    first = {item: _numbers(item)[:1] or [math.inf] for item in question["items"]}
    return _ordered(question, sorted(question["items"], key=first.get))


def number_of_the_question(question: dict, _: dict) -> Guess:
    """Copy a number that the question itself names."""
    return _valued(question, question["question"])


def number_elsewhere(question: dict, questions: dict) -> Guess:
    """Copy a number from the sentence of another question that is nearest to this one."""
    return mean_guess(_valued(question, sentence) for sentence in nearest(question, questions, NUMBER))


def name_elsewhere(question: dict, questions: dict) -> Guess:
    """Copy a name or a year from the sentence of another question that is nearest to this one."""
    return mean_guess(_named(question, sentence) for sentence in nearest(question, questions, NAME))


def printed_elsewhere(question: dict, questions: dict) -> list[str]:
    """Sentences of other questions that speak of the same thing and hold the key of a numeric or text question.

    A number is also held where two of the sentence give it: by subtraction, as a ratio, a share or a change in per cent.
    """
    about = words(question["question"])
    holds = {"numeric": _worked_out, "text": lambda question, sentence: _named(question, sentence).score}
    return [
        sentence
        for sentence in _elsewhere(question, questions)
        if len(words(sentence) & about - {"%"}) >= 3 and holds[question["kind"]](question, sentence)
    ]


def nearest(question: dict, questions: dict, pattern: re.Pattern) -> list[str]:
    """The sentences of other questions that share most words with this one, of those that hold the pattern."""
    about = words(question["question"])
    sentences = [each for each in _elsewhere(question, questions) if pattern.search(each)]
    return _best(sentences, lambda sentence: len(words(sentence) & about))


def mean_guess(guesses: Iterable[Guess]) -> Guess:
    guesses = list(guesses)
    return Guess(*map(mean, zip(*guesses))) if guesses else Guess(0, 0)


@functools.cache
def words(text: str, least: int = 4) -> frozenset[str]:
    """The words of at least `least` letters, cut to six, so that “votes” meets “voted”."""
    found = re.findall(r"[^\W_]+|[%$]", text.lower())
    return frozenset(word[:6] for word in found if len(word) >= least or word in "%$") - COMMON


def unit(text: str) -> str:
    """The unit that a thing to be counted suggests."""
    hints = {
        "share": "%",
        "gas": "bcm",
        "cost": "dollars",
        "trade": "dollars",
        "length": "km",
        "capacity": "GW",
    }
    return " ".join(sign for word, sign in hints.items() if word in text.lower())


def told(question: dict) -> Iterator[str]:
    """Everything that a question prints, also after an answer."""
    for name in ("question", "explanation", "feedback", "correct_feedback"):
        yield question.get(name, "")
    for group, parts in {"options": ("text", "feedback"), "pairs": ("left", "right", "feedback")}.items():
        yield from (each[part] for each in question.get(group, []) for part in parts)
    yield from question.get("items", [])
    yield from (each["feedback"] for each in question.get("mistakes", []))


def _elsewhere(question: dict, questions: dict) -> list[str]:
    return [
        sentence
        for other in questions.values()
        if other["id"] != question["id"]
        for text in told(other)
        for sentence in re.split(r"(?<=[.?!…])\s+", text)
        if sentence
    ]


def _texts(question: dict) -> list[str]:
    return [each["text"] for each in question["options"]]


def _numbers(text: str) -> list[float]:
    return [float(each.replace(",", "").replace("−", "-")) for each in NUMBER.findall(text)]


def _best(things: list, score: Callable) -> list:
    """Those with the highest score."""
    top = max(map(score, things), default=None)
    return [thing for thing in things if score(thing) == top]


def _share(question: dict, chosen: list[dict]) -> Guess:
    right = sum(each.get("correct", False) for each in chosen)
    return Guess(right / len(chosen), 1 / len(question["options"]))


def _option(score: Callable[[str, str], float]) -> Callable[[dict, dict], Guess]:
    """Take the option with the highest score, which is a function of its text and the question's."""
    return lambda question, _: _share(
        question, _best(question["options"], lambda each: score(each["text"], question["question"]))
    )


def _exactly(count: int) -> Callable[[dict, dict], Guess]:
    def guess(question: dict, _: dict) -> Guess:
        options = len(question["options"])
        right = sum(each.get("correct", False) for each in question["options"])
        return Guess((right == count) / max(math.comb(options, count), 1), 1 / (2**options - 1))

    return guess


def _where(chosen: Callable[[str, dict], bool]) -> Callable[[dict, dict], Guess]:
    """Take all options for which `chosen` holds."""

    def guess(question: dict, _: dict) -> Guess:
        hit = all(
            chosen(each["text"], question) == each.get("correct", False) for each in question["options"]
        )
        return Guess(hit, 1 / (2 ** len(question["options"]) - 1))

    return guess


def _always(verdict: str) -> Callable[[dict, dict], Guess]:
    return lambda question, _: Guess(question["answer"] == verdict, 1 / len(VERDICTS))


def _ordered(question: dict, items: list[str]) -> Guess:
    """Counted by pairs: a question is right by luck so rarely that whole orders would show nothing."""
    place = {item: count for count, item in enumerate(question["answer"])}
    pairs = [place[early] < place[late] for count, early in enumerate(items) for late in items[count + 1 :]]
    return Guess(mean(pairs), 0.5)


def _matched(question: dict, choose: Callable[[int, str], list[str]]) -> Guess:
    """Counted by pairs."""
    hits = []
    for place, pair in enumerate(question["pairs"]):
        chosen = choose(place, pair["left"])
        hits.append((pair["right"] in chosen) / len(chosen))
    return Guess(mean(hits), 1 / len(question["choices"]))


def _valued(question: dict, text: str) -> Guess:
    """One of the numbers of a text, taken blindly; nobody guesses a number by chance."""
    numbers = _numbers(text)
    hits = [abs(number - question["answer"]) <= question["tolerance"] for number in numbers]
    return Guess(mean(hits) if hits else 0, 0)


def _worked_out(question: dict, text: str) -> bool:
    """Whether a text holds the key, or two numbers, years aside, that give it."""
    numbers = [number for number in _numbers(text) if not (number.is_integer() and 1900 <= number < 2100)]
    given = {*numbers} | {
        result
        for one, other in itertools.permutations(numbers, 2)
        if other
        for result in (one - other, one / other, 100 * one / other, 100 * one / other - 100)
    }
    return any(abs(number - question["answer"]) <= question["tolerance"] for number in given)


def _named(question: dict, text: str) -> Guess:
    """One of the names and years of a text, taken blindly."""
    names = NAME.findall(text)
    hits = [name.lower() in {form.lower() for form in question["accept"]} for name in names]
    return Guess(mean(hits) if hits else 0, 0)


def main(arguments: list[str]) -> int:
    """Print the table of one notebook or more, or of the whole bank."""
    parser = argparse.ArgumentParser(
        prog="python -m ruspak unread", description="What guessing strategies score on the question bank."
    )
    parser.add_argument("notebooks", nargs="*", help="the numbers of notebooks, such as 01; without any, all")
    chosen = tuple(f"quizzes/{number}" for number in parser.parse_args(arguments).notebooks)
    try:
        asked = {
            key: question
            for key, question in bank.questions().items()
            if not chosen or question["file"].startswith(chosen)
        }
        found = dict(zip(asked, all_of(bank.prepare, asked.values())))
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    if not found:
        parser.error(f"no quiz file begins with {', '.join(chosen)}. Give numbers such as 01.")
    print(f"{'strategy':30}{'kind':10}{'questions':>10}{'score':>8}{'chance':>8}{'difference':>12}")
    for row in rows(found):
        difference = row.score - row.chance
        print(
            f"{row.strategy:30}{row.kind:10}{row.questions:10}{row.score:8.0f}{row.chance:8.0f}{difference:+12.0f}"
        )
    return 0
