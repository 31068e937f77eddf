"""What a room thinks: how often each answer was given, how many are right, how sure they were, and what to do then."""

from collections import Counter

from ruspak.quiz import judge

SHOWN = 7  # rows of a distribution that has no options; a wall holds no more
LOW, HIGH = 0.3, 0.7
# Peer instruction as Crouch and Mazur describe it, https://doi.org/10.1119/1.1374249: too few to discuss, enough, too many.
ADVICE = {
    "few": "Fewer than 30% are right: go back to the section, show it another way, then ask again.",
    "some": "Between 30% and 70% are right: let neighbours convince each other, then vote again.",
    "again": "Between 30% and 70% are right after the second vote: show the answer and go through the options.",
    "most": "More than 70% are right: explain shortly and go on.",
}

Votes = list[tuple[object, int | None]]  # (answer, how sure in per cent) of each phone


def distribution(question: dict, rounds: list[Votes], shown: bool) -> list[dict]:
    """Sections of rows: {title, rows: [{text, counts, …}]}, `counts` with a number for each round.

    A question with options has one section, its rows in the order of the options; of another kind the commonest answers
    stand first and the rest is in `others`. Only where the answer is `shown` do rows hold `right` and `feedback`. Words
    that somebody typed never get here: of those only the ones that the question knows, the rest is counted.
    """
    match question["kind"]:
        case "single" | "multiple" | "verdict":
            rows = [
                {"text": option["text"], "counts": [_chosen(votes, option["text"]) for votes in rounds]}
                | ({"right": option.get("correct", False), "feedback": option["feedback"]} if shown else {})
                for option in question["options"]
            ]
            return [{"title": "", "rows": rows, "others": [0] * len(rounds)}]
        case "match":
            return [
                _commonest(
                    pair["left"],
                    [Counter(answer[place] for answer, _ in votes) for votes in rounds],
                    {pair["right"]: ""} if shown else {},
                    str,
                    3,
                )
                for place, pair in enumerate(question["pairs"])
            ]
        case "order":
            letters = {item: chr(ord("A") + place) for place, item in enumerate(question["items"])}
            counts = [Counter(tuple(answer) for answer, _ in votes) for votes in rounds]
            key = {tuple(question["answer"]): question.get("correct_feedback", "")} if shown else {}
            return [_commonest("", counts, key, lambda order: " ".join(letters[item] for item in order))]
    return [_typed(question, rounds, shown)]


def share_right(question: dict, votes: Votes) -> float | None:
    """The share of right answers, None without any."""
    return sum(judge.right(question, answer) for answer, _ in votes) / len(votes) if votes else None


def calibration(question: dict, votes: Votes) -> dict | None:
    """How sure they were and how often right: {levels: [{sure, count, right}], sure, right}, shares of 1; None where nobody
    was asked."""
    said = [(sure, judge.right(question, answer)) for answer, sure in votes if sure is not None]
    if not said:
        return None
    levels = [
        {"sure": level, "count": len(marks), "right": sum(marks)}
        for level in range(50, 101, 10)
        if (marks := [mark for sure, mark in said if sure == level])
    ]
    return {
        "levels": levels,
        "sure": sum(sure for sure, _ in said) / len(said) / 100,
        "right": sum(mark for _, mark in said) / len(said),
    }


def advice(share: float | None, round: int) -> str:
    """What to do after a vote; the borders count as between."""
    if share is None:
        return ""
    if share < LOW:
        return ADVICE["few"]
    if share > HIGH:
        return ADVICE["most"]
    return ADVICE["some" if round == 1 else "again"]


def unknown(question: dict, votes: Votes) -> list[tuple[str, int]]:
    """What was typed and the question does not know, with how often: for the teacher alone."""
    if question["kind"] != "text":
        return []
    forms = {judge.same(question, form) for group in _known(question) for form in group["accept"]}
    return Counter(answer for answer, _ in votes if judge.same(question, answer) not in forms).most_common(20)


def _chosen(votes: Votes, text: str) -> int:
    return sum(text in answer if isinstance(answer, list) else text == answer for answer, _ in votes)


def _typed(question: dict, rounds: list[Votes], shown: bool) -> dict:
    if question["kind"] == "numeric":
        counts = [Counter(judge.same(question, answer) for answer, _ in votes) for votes in rounds]
        unit = f" {question['unit']}" if "unit" in question else ""
        values = set().union(*counts)
        key = {
            value: judge.feedback(question, repr(value)) for value in values if judge.right(question, repr(value))
        } or {question["answer"]: question.get("correct_feedback", "")}
        told = {value: judge.feedback(question, repr(value)) for value in values}
        return _commonest("", counts, key if shown else {}, lambda value: f"{value:.10g}{unit}", told=told if shown else {})
    name = {judge.same(question, form): group["accept"][0] for group in _known(question) for form in group["accept"]}
    counts = [Counter(name.get(judge.same(question, answer), "") for answer, _ in votes) for votes in rounds]
    others = [count.pop("", 0) for count in counts]
    key = {question["accept"][0]: question.get("correct_feedback", "")} if shown else {}
    told = {group["accept"][0]: group["feedback"] for group in question.get("mistakes", [])} if shown else {}
    found = _commonest("", counts, key, str, told=told)
    found["others"] = [one + more for one, more in zip(found["others"], others)]
    return found


def _known(question: dict) -> list[dict]:
    return [{"accept": question["accept"]}, *question.get("mistakes", [])]


def _commonest(title: str, counts: list[Counter], key: dict, text, most: int = SHOWN, told: dict | None = None) -> dict:
    """A section of the commonest answers, the last round first; `key` holds the right ones, which are never left out."""
    total = sum(reversed(counts), Counter())
    ranked = sorted(total, key=lambda one: ([-count[one] for count in reversed(counts)], text(one)))
    rows = [*ranked[:most], *(one for one in key if one not in ranked[:most] and (one in total or len(key) == 1))]
    return {
        "title": title,
        "rows": [
            {"text": text(one), "counts": [count[one] for count in counts]}
            | ({"right": one in key, "feedback": key.get(one) or (told or {}).get(one, "")} if key else {})
            for one in rows
        ],
        "others": [count.total() - sum(count[one] for one in rows) for count in counts],
    }
