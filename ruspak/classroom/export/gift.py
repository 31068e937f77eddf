"""GIFT, as question/format/gift/format.php of Moodle 5.1 reads it: a text that many systems import."""

import re

from ruspak.classroom.export.items import TITLE, Item, html, shares, words

LIMITS = (
    "GIFT holds no pictures and no tables: each question names the section where its evidence stands.",
    "GIFT has no units: the unit stands in the question.",
    "GIFT has no ordering: it becomes a match of first, second, third …",
    "A matching question has no feedback by pair: theirs stand in the explanation.",
    "GIFT asks nobody how sure they are.",
)
PLACES = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


def files(items: list[Item]) -> dict[str, bytes]:
    """The file to import, by its name: one category a lesson."""
    blocks, lesson = [], None
    for item in items:
        if item.place.lesson != lesson:
            lesson = item.place.lesson
            blocks.append(f"$CATEGORY: $course$/top/{TITLE}/{lesson.replace('/', '//')}")
        blocks.append(_question(item))
    return {"questions.gift.txt": ("\n\n".join(blocks) + "\n").encode()}


def _question(item: Item) -> str:
    begin, lines, more = KINDS[item.question["kind"]](item)
    asked = f"// [id:{item.id}]\n::{item.id}::[html]{_escaped(item.asked())}"
    told = "".join(f"\t{line}\n" for line in lines)
    return f"{asked}{{{begin}\n{told}\t####{_escaped(more + item.explained())}\n}}"


def _single(item: Item):
    lines = [
        f"{'=' if right else '~'}{_escaped(text)}#{_escaped(told)}" for text, right, told in item.options()
    ]
    return "", lines, ""


def _multiple(item: Item):
    options = item.options()
    lines = [
        f"~%{share}%{_escaped(text)}#{_escaped(told)}"
        for (text, _, told), share in zip(options, shares(options))
    ]
    return "", lines, ""


def _numeric(item: Item):
    lines = [
        f"=%{100 * right}%{value}:{margin}#{_escaped(told)}" for value, margin, right, told in item.numbers()
    ]
    return "#", [*lines, f"~#{_escaped(html(item.question['feedback']))}"], ""


def _text(item: Item):
    lines = [f"=%{100 * right}%{_escaped(form)}#{_escaped(told)}" for form, right, told in item.forms()]
    return "", [*lines, f"=%0%*#{_escaped(html(item.question['feedback']))}"], ""


def _order(item: Item):
    question = item.question
    lines = [
        f"={place} -> {_escaped(words(text))}"
        for place, text in zip(PLACES, question["answer"], strict=False)
    ]
    return "", lines, f"<p>{html(question['feedback'])} {html(question.get('correct_feedback', ''))}</p>"


def _match(item: Item):
    pairs = item.question["pairs"]
    lines = [f"={_escaped(html(pair['left']))} -> {_escaped(words(pair['right']))}" for pair in pairs]
    lines += [f"= -> {_escaped(words(right))}" for right in item.unpaired()]
    told = "".join(f"<li>{html(pair['left'])}: {html(pair['feedback'])}</li>" for pair in pairs)
    return "", lines, f"<ul>{told}</ul>"


KINDS = {
    "single": _single,
    "verdict": _single,
    "multiple": _multiple,
    "numeric": _numeric,
    "text": _text,
    "order": _order,
    "match": _match,
}
"""What gives, for each kind, the sign that begins the answers, a line for each answer, and more for the explanation."""


def _escaped(text: str) -> str:
    """A text in which no sign of GIFT is left; a blank line would end the question."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", " ".join(text.split()))
