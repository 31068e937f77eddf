"""The item with which the checked part of a sheet ends: the verdict on a claim whose two halves are joined by “and”."""

import functools
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from ruspak.data.verdicts import VERDICTS
from ruspak.sheets.items import Item, Mistake


def two_part_claim(
    item_id: str,
    *,
    objective: str,
    points: int,
    uses: Sequence[str],
    prompt: str,
    parts: Callable[..., tuple[float, float]],
    look: str,
    hint: str,
    not_open: str,
    not_outdated: str,
    follows: Sequence[str] = (),
) -> Item:
    """A choice among VERDICTS: both halves hold, supported; neither, contradicted; one of the two, mixed.

    `parts` gives by how much each half holds, in units of the smallest difference that counts: between -1 and 1 it is
    too close to call, and these parameters have no answer. With `follows` it takes the answers to these items, too, None
    for the right one; then only the sign counts, and at 0 the half fails. `look` holds a question for each half, `hint` how to see it,
    `not_open` and `not_outdated` why these verdicts don't fit.
    """

    @functools.cache
    def worked_out(params: tuple) -> tuple[float, float]:
        return parts(SimpleNamespace(**dict(params)))

    def margins(p: SimpleNamespace) -> tuple[float, float]:
        return worked_out(tuple(sorted(vars(p).items())))

    def verdict(p: SimpleNamespace, *own: Any) -> str | None:
        with_own = any(one is not None for one in own)
        halves = parts(p, *own) if with_own else margins(p)
        if min(map(abs, halves)) < 1 and not with_own:
            return None
        return {2: "supported", 1: "mixed", 0: "contradicted"}[sum(half > 0 for half in halves)]

    def hasty(p: SimpleNamespace) -> str:
        """Mixed where both halves agree; where they differ, the verdict of the first half alone."""
        first, second = (half > 0 for half in margins(p))
        return "mixed" if first == second else "supported" if first else "contradicted"

    def neither(p: SimpleNamespace) -> str:
        return ({"supported", "mixed", "contradicted"} - {verdict(p), hasty(p)}).pop()

    return Item(
        item_id,
        objective=objective,
        points=points,
        kind="choice",
        variable="verdict",
        options=tuple(VERDICTS),
        uses=uses,
        follows=follows,
        prompt=prompt,
        reference=verdict,
        mistakes=[
            Mistake(
                answer=hasty,
                feedback="Judge each half by itself. Both hold: supported. Both fail: contradicted. "
                "One of each: mixed.",
            ),
            Mistake(answer=neither, feedback=f"At least one half is the other way round. {look}"),
            Mistake(
                answer=lambda p: "unverifiable",
                feedback="Both halves can be tested: you have the numbers that they need.",
            ),
            Mistake(answer=lambda p: "open", feedback=not_open),
            Mistake(answer=lambda p: "outdated", feedback=not_outdated),
        ],
        hints=[
            "The claim has two halves, joined by “and”. Judge each by itself.",
            hint,
            "Both halves hold: supported. Neither: contradicted. One of the two: mixed.",
        ],
    )
