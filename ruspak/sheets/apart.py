"""No false feedback: where two known mistakes give the same value, neither is named."""

import dataclasses
import functools
from collections.abc import Sequence
from types import SimpleNamespace

from ruspak.sheets.compare import same
from ruspak.sheets.items import Item, Mistake, Written
from ruspak.sheets.plain import plain
from ruspak.sheets.reading import Rows, read
from ruspak.sheets.sweep import APART


def apart(items: Sequence[Item | Written]) -> list[Item | Written]:
    """The items with each mistake left out, for the parameters with which another one can't be told from it.

    Two mistakes with the same feedback and worth count as one: the first of them is kept.
    """
    return [_apart(item) if isinstance(item, Item) else item for item in items]


def _apart(item: Item) -> Item:
    @functools.cache
    def told(values: tuple) -> list:
        """Each mistake's value with these parameters, or None where it can't be told from another."""
        params = SimpleNamespace(**dict(zip(item.uses, values)))
        made = [mistake.answer(params) for mistake in item.mistakes]
        rows = [None if value is None else read(item, plain(value))[0] for value in made]
        return [value if _told(item, rows, place) else None for place, value in enumerate(made)]

    def answer(place: int):
        return lambda p: told(tuple(getattr(p, name) for name in item.uses))[place]

    return dataclasses.replace(
        item,
        mistakes=[
            dataclasses.replace(mistake, answer=answer(place)) for place, mistake in enumerate(item.mistakes)
        ],
    )


def _told(item: Item, rows: Sequence[Rows | None], place: int) -> bool:
    """Whether the mistake at that place can be made and told from all others."""
    mine = rows[place]
    return bool(mine) and not any(
        other and same(item, other, mine, slack=APART) | same(item, mine, other, slack=APART)
        for number, other in enumerate(rows)
        if number < place or number > place and not _alike(item.mistakes[number], item.mistakes[place])
    )


def _alike(one: Mistake, other: Mistake) -> bool:
    return (one.feedback, one.worth) == (other.feedback, other.worth)
