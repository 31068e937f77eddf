"""Moodle XML, as question/format/xml/format.php and question/type/ordering/questiontype.php of Moodle 5.1 read it.

Ordering questions are in Moodle's core since 4.4.
"""

import base64
import xml.etree.ElementTree as ET

from ruspak.classroom.export.items import TITLE, Item, html, shares, words

LIMITS = (
    "Moodle asks nobody how sure they are in a question; the quiz can, with the behaviour “Immediate feedback with CBM”.",
    "Of several right options Moodle gives a part of the mark for each, and takes one for each wrong option.",
    "A matching question has one feedback for all its pairs, so theirs stand in a list.",
    "Typed words are compared without case, but with accents and punctuation marks.",
)


def files(items: list[Item]) -> dict[str, bytes]:
    """The file to import, by its name: one category a lesson."""
    quiz, lesson = ET.Element("quiz"), None
    for item in items:
        if item.place.lesson != lesson:
            lesson = item.place.lesson
            category = ET.SubElement(quiz, "question", type="category")
            _text(category, "category", f"$course$/top/{TITLE}/{lesson.replace('/', '//')}")
        quiz.append(_question(item))
    ET.indent(quiz)
    return {"moodle.xml": ET.tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"}


def _question(item: Item) -> ET.Element:
    kind, write = KINDS[item.question["kind"]]
    node = ET.Element("question", type=kind)
    _text(node, "name", item.id)
    asked = _html(node, "questiontext", item.asked("@@PLUGINFILE@@/{}"))
    for name, svg in item.pictures.items():
        file = ET.SubElement(asked, "file", name=name, path="/", encoding="base64")
        file.text = base64.b64encode(svg).decode()
    _html(node, "generalfeedback", item.explained())
    _plain(node, defaultgrade=1, penalty="0.3333333", hidden=0, idnumber=item.id)
    write(node, item)
    return node


def _choice(node: ET.Element, item: Item) -> None:
    options, single = item.options(), item.question["kind"] != "multiple"
    _plain(node, single=str(single).lower(), shuffleanswers=str(item.question["kind"] != "verdict").lower())
    _plain(node, answernumbering="none", showstandardinstruction=0)
    for (text, right, feedback), share in zip(options, shares(options)):
        _answer(node, text, (100 if right else 0) if single else share, feedback, format="html")
    if not single:
        _plain(node, shownumcorrect=None)


def _numerical(node: ET.Element, item: Item) -> None:
    for text, margin, right, feedback in item.numbers():
        answer = _answer(node, text, 100 if right else 0, feedback)
        _plain(answer, tolerance=margin)
    _plain(_answer(node, "*", 0, html(item.question["feedback"])), tolerance=0)
    if unit := item.question.get("unit"):
        _plain(ET.SubElement(ET.SubElement(node, "units"), "unit"), multiplier=1, unit_name=unit)
        _plain(node, unitgradingtype=0, showunits=0, unitsleft=0)  # it may stand there and need not


def _short(node: ET.Element, item: Item) -> None:
    _plain(node, usecase=0)
    for text, right, feedback in item.forms():
        _answer(node, text.replace("*", r"\*"), 100 if right else 0, feedback)
    _answer(node, "*", 0, html(item.question["feedback"]))


def _ordering(node: ET.Element, item: Item) -> None:
    question = item.question
    _plain(node, layouttype="VERTICAL", selecttype="ALL", selectcount=len(question["items"]))
    _plain(node, gradingtype="ALL_OR_NOTHING", showgrading="SHOW", numberingstyle="none")
    _combined(node, html(question.get("correct_feedback", "")), html(question["feedback"]))
    _plain(node, shownumcorrect=1)
    for place, text in enumerate(question["answer"], 1):
        _text(node, "answer", html(text), fraction=str(place), format="html")


def _match(node: ET.Element, item: Item) -> None:
    pairs = item.question["pairs"]
    _plain(node, shuffleanswers="true")
    told = "".join(f"<li>{html(pair['left'])}: {html(pair['feedback'])}</li>" for pair in pairs)
    _combined(node, html(item.question.get("correct_feedback", "")), f"<ul>{told}</ul>")
    _plain(node, shownumcorrect=None)
    for left, right in [(pair["left"], pair["right"]) for pair in pairs] + [
        ("", right) for right in item.unpaired()
    ]:
        _text(_html(node, "subquestion", html(left)), "answer", words(right))


KINDS = {
    "single": ("multichoice", _choice),
    "multiple": ("multichoice", _choice),
    "verdict": ("multichoice", _choice),
    "numeric": ("numerical", _numerical),
    "text": ("shortanswer", _short),
    "order": ("ordering", _ordering),
    "match": ("match", _match),
}
"""Moodle's type for each kind of question, and what writes the rest of it."""


def _answer(node: ET.Element, text: str, per_cent: int | str, feedback: str, **attributes: str) -> ET.Element:
    answer = _text(node, "answer", text, fraction=str(per_cent), **attributes)
    _html(answer, "feedback", feedback)
    return answer


def _combined(node: ET.Element, right: str, wrong: str) -> None:
    _html(node, "correctfeedback", right)
    _html(node, "partiallycorrectfeedback", wrong)
    _html(node, "incorrectfeedback", wrong)


def _html(node: ET.Element, tag: str, text: str) -> ET.Element:
    return _text(node, tag, text, format="html")


def _text(node: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    made = ET.SubElement(node, tag, attributes)
    ET.SubElement(made, "text").text = text
    return made


def _plain(node: ET.Element, **values) -> None:
    for tag, value in values.items():
        ET.SubElement(node, tag).text = None if value is None else str(value)
