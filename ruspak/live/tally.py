"""What a room thinks: how often each answer was given, how many are right, how sure they were, and what to do
then.
"""

from collections import Counter

from ruspak.quiz import judge

SHOWN = 5  # rows of a distribution that has no options; a wall holds no more
LOW, HIGH = 0.3, 0.7
# The borders of peer instruction; authors put the lower one at 30 or at 35%.
ADVICE = {
    "few": "Fewer than 30% are right: go back to the section, show it another way, then ask again.",
    "some": "Between 30% and 70% are right: let neighbours convince each other, then vote again.",
    "again": "Between 30% and 70% are right after the second vote: show the answer and go through the options.",
    "most": "More than 70% are right: explain shortly and go on.",
}

Votes = list[tuple[object, int | None]]  # (answer, how sure in per cent) of each phone


def distribution(question: dict, rounds: list[Votes], shown: bool) -> list[dict]:
    """Sections of rows: {title, rows: [{text, counts, …}]}, `counts` with a number for each round.

    A question with options has one section, its rows in the order of the options; of another kind the
    commonest answers stand first and the rest is in `others`. Only where the answer is `shown` do rows hold
    `right` and `feedback`. Words that somebody typed never get here: of those only the ones that the question
    knows, the rest is counted.
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
                    {pair["right"]: pair["feedback"]} if shown else {},
                    str,
                    most=1 if shown else 2,
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
    """How sure they were and how often right: {levels: [{sure, count, right}], sure, right}, shares of 1;
    None where nobody was asked.
    """
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
    return Counter(
        answer
        for answer, _ in votes
        if not judge.right(question, answer) and judge.mistake(question, answer) is None
    ).most_common(20)


def _chosen(votes: Votes, text: str) -> int:
    return sum(text in answer if isinstance(answer, list) else text == answer for answer, _ in votes)


def _typed(question: dict, rounds: list[Votes], shown: bool) -> dict:
    """Numbers as they are until the key is shown, then what is right and each known mistake as one; words
    only as the question knows them.
    """
    numeric = question["kind"] == "numeric"

    def name(known) -> str:
        return _number(question, known["answer"]) if numeric else known["accept"][0]

    def text(answer: str) -> str:
        if not numeric or shown:
            if judge.right(question, answer):
                return name(question)
            if known := judge.mistake(question, answer):
                return name(known)
        return _number(question, judge.same(question, answer)) if numeric else ""

    counts = [Counter(text(answer) for answer, _ in votes) for votes in rounds]
    unknown = [count.pop("", 0) for count in counts]
    told = {name(known): known["feedback"] for known in question.get("mistakes", [])}
    key = {name(question): question.get("correct_feedback", "")}
    found = _commonest("", counts, key if shown else {}, str, told=told)
    return found | {"others": [one + more for one, more in zip(found["others"], unknown)]}


def _number(question: dict, value: float) -> str:
    return f"{value:.10g}" + (f" {question['unit']}" if "unit" in question else "")


def _commonest(
    title: str, counts: list[Counter], key: dict, text, most: int = SHOWN, told: dict | None = None
) -> dict:
    """A section of the commonest answers, the last round first; the right one of `key`, if given, is never
    left out.
    """
    total = sum(counts, Counter())
    ranked = sorted(total, key=lambda one: ([-count[one] for count in reversed(counts)], text(one)))[:most]
    rows = ranked + [one for one in key if one not in ranked]
    return {
        "title": title,
        "rows": [
            {"text": text(one), "counts": [count[one] for count in counts]}
            | ({"right": one in key, "feedback": key.get(one) or (told or {}).get(one, "")} if key else {})
            for one in rows
        ],
        "others": [count.total() - sum(count[one] for one in rows) for count in counts],
    }
