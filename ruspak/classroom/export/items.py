"""The questions of the bank as every format needs them: with their evidence and pictures, without the course's links."""

import hashlib
import html as markup
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from ruspak.classroom import lessons
from ruspak.errors import CourseError
from ruspak.quiz import bank, static

RIGHT = re.compile(
    r' style="text-align: ?right;?"'
)  # of headers: other systems put the numbers below them on the left
PICTURE = re.compile(
    r"""<img class="ruspak-figure"[^>]*? alt="([^"]*)" src='data:image/svg\+xml;utf8,([^']*)'>"""
)
INSIDE = re.compile(r'\[([^\]]+)\]\((?!https?://)[^()\s]+(?: "[^"]*")?\)')  # a link within the course
TITLE = "Unlikely Partners"


@dataclass(frozen=True)
class Item:
    """A question of `bank.prepare`, where it stands, and the pictures of its evidence: SVG by file name."""

    question: dict
    place: lessons.Place
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.question["id"]

    def asked(self, pictures: str | None = None) -> str:
        """What is asked as HTML: the evidence, then the question. `pictures` is the address of one, with {} for its
        name; without it, the evidence is left out.
        """
        place, claim = self.place, self.question.get("claim")
        parts = [f"<p><em>{markup.escape(f'{place.lesson}, section: {place.section}')}</em></p>"]
        if pictures is not None:
            parts += [
                RIGHT.sub("", PICTURE.sub(lambda found: _image(found, pictures), one))
                for one in place.evidence
            ]
        parts.append(f"<p>{html(self.question['question'])}</p>")
        if claim:
            source = f"From the {claim['article']}, claim {claim['id']}."
            parts.append(f"<blockquote><p>{html(claim['text'])}</p><p>{source}</p></blockquote>")
        if "unit" in self.question:
            parts.append(f"<p>Unit: {markup.escape(self.question['unit'])}.</p>")
        return "\n".join(parts)

    def explained(self) -> str:
        """The explanation and its source as HTML: for after the answer."""
        source = f" Source: {html(self.question['source'])}." if "source" in self.question else ""
        return f"<p>{html(self.question['explanation'])}{source}</p>"

    def options(self) -> list[tuple[str, bool, str]]:
        """Each option of a question that has some: its HTML, whether it is right, and its feedback as HTML."""
        return [
            (
                html(one["text"]) + (f": {html(one['meaning'])}" if "meaning" in one else ""),
                one.get("correct", False),
                html(one["feedback"]),
            )
            for one in self.question["options"]
        ]

    def numbers(self) -> list[tuple[str, str, bool, str]]:
        """Each number that a numeric question knows, the right one first: as digits, its tolerance, whether right,
        feedback.
        """
        asked = self.question
        known = [(asked, True, asked.get("correct_feedback", ""))]
        known += [(one, False, one["feedback"]) for one in asked["mistakes"]]
        return [
            (number(one["answer"]), number(one["tolerance"]), right, html(told)) for one, right, told in known
        ]

    def forms(self) -> list[tuple[str, bool, str]]:
        """Each form that a text question knows, the accepted ones first: as it is, whether right, feedback."""
        question = self.question
        right = [(form, True, html(question.get("correct_feedback", ""))) for form in question["accept"]]
        wrong = [
            (form, False, html(one["feedback"]))
            for one in question.get("mistakes", [])
            for form in one["accept"]
        ]
        return right + wrong

    def unpaired(self) -> list[str]:
        """The choices of a matching question that belong to no pair."""
        return [
            one
            for one in self.question["choices"]
            if one not in {pair["right"] for pair in self.question["pairs"]}
        ]


def items(questions: dict[str, dict] | None = None, places: dict[str, lessons.Place] | None = None):
    """All questions of the course, or those given (of `bank.prepare`), in their order, as a list of Item.

    Raises CourseError for a question that no notebook asks, and for an error in the bank.
    """
    questions = bank.load() if questions is None else questions
    places = lessons.places() if places is None else places
    if lost := [key for key in questions if key not in places]:
        raise CourseError(
            f'No notebook asks {", ".join(lost)}. Add the cell quiz("{lost[0]}"), or take it out of quizzes/.'
        )
    return [Item(question, places[key], _pictures(places[key])) for key, question in questions.items()]


def html(text: str) -> str:
    """HTML of a text of the bank; a link that leads into the course keeps its words only."""
    return static.inline(INSIDE.sub(r"\1", text))


def words(text: str) -> str:
    """The same as plain text."""
    return markup.unescape(re.sub(r"<[^>]+>", "", html(text)))


def number(value: float) -> str:
    """A number in digits, without an exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def shares(options: list[tuple[str, bool, str]]) -> list[str]:
    """The per cent that each option of several earns, in digits as Moodle has them: the right ones 100 together,
    the wrong ones −100.
    """
    count = {kind: sum(right is kind for _, right, _ in options) for kind in (True, False)}
    return [number(round((100 if right else -100) / count[right], 5)) for _, right, _ in options]


def _pictures(place: lessons.Place) -> dict[str, bytes]:
    found = (_svg(one[2]) for part in place.evidence for one in PICTURE.finditer(part))
    return {_name(svg): svg for svg in found}


def _image(found: re.Match, address: str) -> str:
    return f'<img alt="{found[1]}" src="{address.format(_name(_svg(found[2])))}">'


def _svg(data: str) -> bytes:
    return unquote(markup.unescape(data)).strip().encode()


def _name(svg: bytes) -> str:
    return f"{hashlib.sha256(svg).hexdigest()[:16]}.svg"
