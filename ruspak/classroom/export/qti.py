"""QTI 1.2 in a content package, with the metadata by which Canvas knows its kinds of questions.

Written as lib/cc/qti/qti_items.rb of canvas-lms writes it and gems/plugins/qti_exporter reads it. A kind that has no
place for a feedback gets it into the feedback on a wrong answer.
"""

import itertools
import xml.etree.ElementTree as ET

from ruspak.classroom.export.items import TITLE, Item, html, number, words
from ruspak.zips import zipped

LIMITS = (
    "Canvas has no feedback for a wrong number or word: the known ones stand in the feedback on any wrong answer.",
    "Canvas has no ordering in Classic Quizzes: it becomes a match of 1, 2, 3 …",
    "Canvas compares typed words letter by letter, without case.",
    "Numbers have no unit of their own: it stands in the question, and must not be typed.",
    "Canvas asks nobody how sure they are.",
)
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def files(items: list[Item]) -> dict[str, bytes]:
    """The package to import, by its name: one practice quiz a lesson."""
    quizzes = [
        (f"lesson{place}", lesson, list(mine))
        for place, (lesson, mine) in enumerate(itertools.groupby(items, lambda item: item.place.lesson))
    ]
    pictures = {f"images/{name}": svg for item in items for name, svg in sorted(item.pictures.items())}
    # pictures are looked for from where the quiz is, so it stands beside their folder
    members = {"imsmanifest.xml": _manifest([key for key, _, _ in quizzes], list(pictures))}
    for key, lesson, mine in quizzes:
        members[f"{key}.xml"] = _quiz(key, lesson, mine)
        members[f"{key}/assessment_meta.xml"] = _meta(key, lesson, len(mine))
    return {"qti.zip": zipped((members | pictures).items())}


def _manifest(keys: list[str], pictures: list[str]) -> bytes:
    root = ET.Element("manifest", identifier="unlikely-partners", xmlns=PACKAGE)
    about = ET.SubElement(root, "metadata")
    ET.SubElement(about, "schema").text = "IMS Content"
    ET.SubElement(about, "schemaversion").text = "1.1.3"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")

    def resource(key: str, kind: str, path: str, **attributes: str) -> ET.Element:
        node = ET.SubElement(resources, "resource", identifier=key, type=kind, **attributes)
        ET.SubElement(node, "file", href=path)
        return node

    for key in keys:
        quiz = resource(key, "imsqti_xmlv1p2", f"{key}.xml")
        ET.SubElement(quiz, "dependency", identifierref=f"{key}-meta")
        resource(f"{key}-meta", META, f"{key}/assessment_meta.xml", href=f"{key}/assessment_meta.xml")
    for place, path in enumerate(pictures):
        resource(f"picture{place}", "webcontent", path, href=path)
    return _written(root)


def _meta(key: str, lesson: str, points: int) -> bytes:
    root = ET.Element("quiz", identifier=key, xmlns=CANVAS)
    told = {
        "title": f"{TITLE}: {lesson}",
        "quiz_type": "practice_quiz",
        "shuffle_answers": "false",  # the bank has shuffled them, and verdicts have an order
        "points_possible": str(points),
        "allowed_attempts": "-1",
    }
    for tag, value in told.items():
        ET.SubElement(root, tag).text = value
    return _written(root)


def _quiz(key: str, lesson: str, items: list[Item]) -> bytes:
    root = ET.Element("questestinterop", xmlns=QTI)
    quiz = ET.SubElement(root, "assessment", ident=key, title=f"{TITLE}: {lesson}")
    section = ET.SubElement(quiz, "section", ident="root_section")
    for item in items:
        kind, write = KINDS[item.question["kind"]]
        _Question(section, item, kind).finish(write)
    return _written(root)


class _Question:
    """One item under construction: presentation, then conditions, then feedback, in the order of the format."""

    def __init__(self, section: ET.Element, item: Item, kind: str):
        self.item, self.told = item, {}
        self.node = ET.SubElement(section, "item", ident=item.id, title=item.id)
        fields = ET.SubElement(ET.SubElement(self.node, "itemmetadata"), "qtimetadata")
        for label, entry in {"question_type": kind, "points_possible": "1.0"}.items():
            one = ET.SubElement(fields, "qtimetadatafield")
            ET.SubElement(one, "fieldlabel").text = label
            ET.SubElement(one, "fieldentry").text = entry
        self.shown = ET.SubElement(self.node, "presentation")
        _material(self.shown, f"<div>{item.asked('images/{}')}</div>")
        self.process = ET.SubElement(self.node, "resprocessing")
        score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
        ET.SubElement(ET.SubElement(self.process, "outcomes"), "decvar", score)

    def finish(self, write) -> None:
        """Let `write` add what its kind needs, between the explanation and the feedback on a wrong answer."""
        self.condition(feedback=("general_fb", self.item.explained()))
        wrong = write(self)
        if wrong:
            self.condition(feedback=("general_incorrect_fb", wrong))
        for ident, text in self.told.items():
            node = ET.SubElement(self.node, "itemfeedback", ident=ident)
            _material(ET.SubElement(node, "flow_mat"), text)

    def condition(self, score="", feedback=("", ""), goes_on=True, action="Set") -> ET.Element:
        """A condition that adds or sets a score and shows a feedback (its name, its HTML); without anything put into
        what comes back, it holds for every answer.
        """
        node = ET.SubElement(self.process, "respcondition", {"continue": "Yes" if goes_on else "No"})
        holds = ET.SubElement(node, "conditionvar")
        if not score and feedback[0].startswith("general"):
            ET.SubElement(holds, "other")
        if score:
            ET.SubElement(node, "setvar", action=action, varname="SCORE").text = score
        if feedback[1]:
            ident, text = feedback
            ET.SubElement(node, "displayfeedback", feedbacktype="Response", linkrefid=ident)
            self.told[ident] = text
        return holds

    def choices(
        self, texts: dict[str, str], ident="response1", many=False, prompt="", kind="text/html"
    ) -> None:
        """Choices by their names; `prompt` is HTML."""
        node = ET.SubElement(
            self.shown, "response_lid", ident=ident, rcardinality="Multiple" if many else "Single"
        )
        if prompt:
            _material(node, prompt)
        group = ET.SubElement(node, "render_choice")
        for name, text in texts.items():
            _material(ET.SubElement(group, "response_label", ident=name), text, kind)

    def field(self, kind: dict) -> None:
        """A field to type in."""
        node = ET.SubElement(self.shown, "response_str", ident="response1", rcardinality="Single")
        ET.SubElement(ET.SubElement(node, "render_fib", kind), "response_label", ident="answer1")


def _choice(question: _Question) -> str:
    many = question.item.question["kind"] == "multiple"
    options = {str(1001 + place): option for place, option in enumerate(question.item.options())}
    question.choices({name: text for name, (text, _, _) in options.items()}, many=many)
    for name, (_, _, feedback) in options.items():
        _equal(question.condition(feedback=(f"{name}_fb", feedback)), name)
    holds = question.condition("100", goes_on=False)
    if many:
        holds = ET.SubElement(holds, "and")
    for name, (_, right, _) in options.items():
        if right:
            _equal(holds, name)
        elif many:
            _equal(ET.SubElement(holds, "not"), name)
    return ""


def _numeric(question: _Question) -> str:
    asked = question.item.question
    (answer, _, _, feedback), *_ = question.item.numbers()
    question.field({"fibtype": "Decimal"})
    holds = ET.SubElement(question.condition("100", ("correct_fb", feedback), goes_on=False), "or")
    _equal(holds, answer)
    if asked["tolerance"]:
        between = ET.SubElement(holds, "and")
        for tag, sign in {"vargte": -1, "varlte": 1}.items():
            bound = ET.SubElement(between, tag, respident="response1")
            bound.text = number(float(answer) + sign * asked["tolerance"])
    return _known(
        asked, [(f"Near {value}", told) for value, _, right, told in question.item.numbers() if not right]
    )


def _text(question: _Question) -> str:
    asked = question.item.question
    question.field({})
    holds = question.condition("100", ("correct_fb", html(asked.get("correct_feedback", ""))), goes_on=False)
    for form in asked["accept"]:
        _equal(holds, form)
    return _known(
        asked, [(", ".join(one["accept"]), html(one["feedback"])) for one in asked.get("mistakes", [])]
    )


def _order(question: _Question) -> str:
    asked = question.item.question
    _pairs(
        question, [(str(place), text, "") for place, text in enumerate(asked["answer"], 1)], asked["items"]
    )
    return f"<p>{html(asked['feedback'])}</p>"


def _match(question: _Question) -> str:
    asked = question.item.question
    pairs = [(html(pair["left"]), pair["right"], html(pair["feedback"])) for pair in asked["pairs"]]
    _pairs(question, pairs, asked["choices"])
    return ""


def _pairs(question: _Question, pairs: list[tuple[str, str, str]], choices: list[str]) -> None:
    """Rows of (left as HTML, right, feedback on another right), each with all choices."""
    names = {text: str(2001 + place) for place, text in enumerate(choices)}
    if told := html(question.item.question.get("correct_feedback", "")):
        # first, since Canvas gives a pair the feedback of the last condition that names it
        holds = ET.SubElement(question.condition(feedback=("correct_fb", told)), "and")
        for place, (_, right, _) in enumerate(pairs):
            _equal(holds, names[right], f"response_{1001 + place}")
    for place, (left, right, feedback) in enumerate(pairs):
        ident = f"response_{1001 + place}"
        plain = {name: words(text) for text, name in names.items()}
        question.choices(plain, ident, prompt=left, kind="text/plain")
        score = f"{100 / len(pairs):.2f}"
        _equal(question.condition(score, action="Add"), names[right], ident)
        if feedback:
            holds = question.condition(feedback=(f"{1001 + place}_fb", feedback))
            _equal(ET.SubElement(holds, "not"), names[right], ident)


KINDS = {
    "single": ("multiple_choice_question", _choice),
    "verdict": ("multiple_choice_question", _choice),
    "multiple": ("multiple_answers_question", _choice),
    "numeric": ("numerical_question", _numeric),
    "text": ("short_answer_question", _text),
    "order": ("matching_question", _order),
    "match": ("matching_question", _match),
}
"""Canvas' type for each kind of question, and what writes the rest of it and gives the feedback on a wrong answer."""


def _known(asked: dict, mistakes: list[tuple[str, str]]) -> str:
    told = "".join(f"<li>{html(what)}: {feedback}</li>" for what, feedback in mistakes)
    return f"<p>{html(asked['feedback'])}</p>" + (f"<ul>{told}</ul>" if told else "")


def _equal(holds: ET.Element, value: str, ident: str = "response1") -> None:
    ET.SubElement(holds, "varequal", respident=ident).text = value


def _material(node: ET.Element, text: str, kind: str = "text/html") -> None:
    ET.SubElement(ET.SubElement(node, "material"), "mattext", texttype=kind).text = text


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
