"""The item model: what a key (solutions/keys/NN_name.py) declares about one sheet.

tests/sheet_samples/solutions/keys/01_sample.py is a whole key with an item of each kind.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

KINDS = {
    "number": "a number",
    "integer": "a whole number",
    "text": "a text in quotes",
    "choice": "one of the given answers",
    "list": "a list",
    "set": "a list in any order",
    "series": "a pandas Series, or values with a name before each in curly brackets",
    "table": "a pandas DataFrame",
}

Answer = Callable[..., Any]
"""A function of the parameters (SimpleNamespace): `lambda p: share("RUS", p.partner)`. None means: no clear answer with
these, and for a mistake: it can't be made with these. The reference of an item that follows from others takes their
answers, too, as further arguments, None for the right one: `lambda p, cost=None: fee(cost_of(p) if cost is None else
cost)`."""


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known wrong answer, what to say to it, and the part of the points (0 to below 1) that it still earns.

    `name`: where a later item is made from the same rows, it says under this name what follows (Item.carried).
    """

    _: KW_ONLY
    answer: Answer
    feedback: str
    worth: float = 0.0
    name: str = ""


@dataclass(frozen=True, eq=False)
class Question:
    """What anybody may know about an item: enough to say that an answer is missing or of the wrong type.

    `variable` is the name that the student sets; `prompt` tells in words what is asked; `uses` names the parameters of
    the sheet that matter here; `columns` are a table's, `options` a choice's.
    """

    id: str
    _: KW_ONLY
    objective: str
    points: int
    kind: str
    variable: str
    prompt: str
    uses: Sequence[str] = ()
    columns: Sequence[str] = ()
    options: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Item(Question):
    """A machine-marked item. Numbers with decimals need `tolerance` (absolute, in the answer's unit) or `relative`
    (part of the answer: 0.01 is 1%). `ordered` makes the order of rows in a series or table count (a list's always
    does, a set's never). In hints and feedback, {partner} stands for the parameter in words. `follows` has the ids
    of the earlier items from which this one goes on: with own wrong answers to them, the right method earns the points.
    `carried` says what follows from a mistake of theirs, by its name, where the value alone doesn't tell: `{"five
    years": lambda p: share(p, years=5)}`. `methods` are wrong ways that have no feedback of their own: where one gives the right value, the variant is unfair,
    and where one gives the value of a known mistake, that is not named. Loading fills in `space`.
    """

    _: KW_ONLY
    reference: Answer
    mistakes: Sequence[Mistake]
    hints: Sequence[str]
    alternatives: Sequence[Answer] = ()
    tolerance: float | None = None
    relative: float | None = None
    ordered: bool = False
    follows: Sequence[str] = ()
    carried: Mapping[str, Answer] = field(default_factory=dict)
    methods: Sequence[Answer] = ()
    space: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)

    def words(self, text: str, params: Mapping[str, Any]) -> str:
        """`text` with each {name} replaced by the words for that parameter's value."""
        return fill(text, self.space, params)


@dataclass(frozen=True, eq=False)
class Written:
    """An answer in prose that a person marks: `rubric` is a list of (points, criterion), and `points` their sum."""

    id: str
    _: KW_ONLY
    objective: str
    rubric: Sequence[tuple[int, str]]

    @property
    def points(self) -> int:
        return sum(points for points, _ in self.rubric)


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet of 100 points. `space` maps each parameter to its values, as a list or as {value: words};
    `default` is the variant of a self-learner; `prompt` tells the variant in words, with {name} for each parameter.
    """

    _: KW_ONLY
    id: str
    notebook: str
    items: Sequence[Item | Written]
    space: Mapping[str, Any] = field(default_factory=dict)
    default: Mapping[str, Any] = field(default_factory=dict)
    prompt: str = ""

    def item(self, id: str) -> Item | Written:
        """The item of that id. Raises KeyError where there is none."""
        return {item.id: item for item in self.items}[id]


def fill(text: str, space: Mapping[str, Mapping[Any, str]], params: Mapping[str, Any]) -> str:
    """`text` with each {name} of the space replaced by words; other braces stay as they are."""
    return re.sub(
        r"\{(\w+)\}", lambda name: space[name[1]][params[name[1]]] if name[1] in space else name[0], text
    )
