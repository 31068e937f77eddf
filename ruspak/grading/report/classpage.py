"""The page on the whole class: what was understood, what was not."""

import collections
import dataclasses
import re
import statistics
from pathlib import Path

from ruspak.grading.files import whole
from ruspak.grading.report.results import Mark, Result, Results
from ruspak.grading.text import bars, escaped, page, shown
from ruspak.sheets.items import Item, Sheet

ENOUGH = 8  # students for a correlation


class Tally:
    """What is counted over the results of one sheet."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.states: collections.Counter[str] = collections.Counter()
        self.stopped = 0
        self.totals: list[float] = []
        self.reached: dict[str, list[float]] = {item.id: [] for item in sheet.items}
        self.verdicts: dict[str, collections.Counter[str]] = {
            item.id: collections.Counter() for item in sheet.items
        }
        self.mistakes: collections.Counter[tuple[str, str]] = collections.Counter()
        self.results: list[Result] = []

    def add(self, mark: Mark) -> None:
        """Count one mark. A mistake counts by the words of the key, so that variants count together."""
        self.verdicts[mark.item][mark.verdict] += 1
        if mark.points is not None:
            self.reached[mark.item].append(mark.points / mark.out_of)
        item = self.sheet.item(mark.item)
        if mark.mistake and isinstance(item, Item):
            self.mistakes[mark.item, item.mistakes[mark.mistake - 1].feedback] += 1


def write(out: Path, tmp: Path, results: Results) -> None:
    """Write class.html. It is the same for the same marks; the time used is in times.csv."""
    tallies = {id: Tally(sheet) for id, sheet in results.sheets.items()}
    for result in results:
        tally = tallies[result.sheet.id]
        tally.states[result.state] += 1
        if result.points is not None:
            tally.totals.append(result.points)
            tally.results.append(dataclasses.replace(result, marks=tuple(map(_small, result.marks))))
            tally.stopped += any(mark.verdict == "not run" for mark in result.marks)
        for mark in result.marks:
            tally.add(mark)
    with whole(out / "class.html", tmp) as file:
        file.write(
            page("The class", "\n".join(map(_sheet, tallies.values())) or "<p>There are no sheets.</p>")
        )


def _sheet(tally: Tally) -> str:
    states = tally.states
    parts = [
        f"<h2>{escaped(tally.sheet.id)}</h2><p>{states.total()} students: {states['marked']} marked, "
        f"{states['unreadable']} not readable, {states['left out']} left out, {states['missing']} not "
        f"handed in. "
        f"{tally.stopped} were stopped before their end. The time each took is in <code>times.csv</code>.</p>"
    ]
    if tally.totals:
        parts += [
            _picture(tally),
            _distribution(tally),
            _success(tally),
            _items(tally),
            _objectives(tally),
            _mistakes(tally),
        ]
    return "\n".join(parts)


def _small(mark: Mark) -> Mark:
    """A mark without the student's text: a large class fits into memory."""
    return dataclasses.replace(mark, answer="", feedback="")


def _picture(tally: Tally) -> str:
    """Students by items, the most points first: ● right, the number of a known mistake, × another, – none, …
    waits."""
    head = "".join(f'<th scope="col">{escaped(_short(tally, item.id))}</th>' for item in tally.sheet.items)
    lines = []
    for result in sorted(tally.results, key=lambda one: (-one.points, one.student.student)):
        cells = "".join(f'<td class="{kind}">{sign}</td>' for kind, sign in map(_sign, result.marks))
        cells += '<td class="none">–</td>' * (len(tally.sheet.items) - len(result.marks))
        lines.append(
            f'<tr><th scope="row">{escaped(shown(result.student.student, 24))}</th>{cells}'
            f'<td class="total">{result.points:g}</td></tr>'
        )
    return (
        "<h3>Students by items</h3><p>● right · 1, 2 … the known mistake of that number · × another wrong "
        "answer · – none · "
        "? for you to look at · … waits for points · 40% of a written answer’s points.</p>"
        f'<div class="wide" tabindex="0" role="region" aria-label="Students by items, {escaped(tally.sheet.id)}">'
        f'<table class="grid"><thead><tr><th scope="col">Student</th>{head}<th scope="col">points</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _sign(mark: Mark) -> tuple[str, str]:
    """The class and the sign of a cell."""
    if mark.points is None:
        return "open", "…"
    if mark.verdict == "marked":
        share = round(100 * mark.points / mark.out_of)
        return ("right", "●") if share == 100 else ("open", f"{share}%")
    if mark.verdict == "right":
        return "right", "●"
    if mark.mistake:
        return "known", str(mark.mistake)
    if mark.verdict in ("not run", "not judged"):
        return "other", "?"
    return ("none", "–") if mark.verdict == "not attempted" else ("other", "×")


def _items(tally: Tally) -> str:
    """How well each item tells strong from weak, and its commonest mistakes in words."""
    lines = []
    for place, item in enumerate(tally.sheet.items):
        counts = collections.Counter(
            mark.mistake for result in tally.results for mark in result.marks[place : place + 1]
        )
        common = sorted(
            ((number, count) for number, count in counts.items() if number), key=lambda one: (-one[1], one[0])
        )
        words = "".join(
            f"<li>{number} (by {count}): {escaped(_without_braces(item.mistakes[number - 1].feedback))}</li>"
            for number, count in common[:2]
        )
        lines.append(
            f'<tr><th scope="row">{escaped(_short(tally, item.id))}</th><td>{_discrimination(tally, place)}</td>'
            f"<td>{f'<ul>{words}</ul>' if words else '–'}</td></tr>"
        )
    return (
        "<h3>What the items tell</h3><p>The first number is the item’s discrimination: the correlation of "
        "its points with those "
        "of all other items. Near 0, the item says little about who understood the rest; below 0, look at "
        "it. It takes eight "
        'students.</p><table><thead><tr><th scope="col">Item</th><th scope="col">D</th>'
        f'<th scope="col">Commonest known mistakes</th></tr></thead><tbody>{"".join(lines)}</tbody></table>'
    )


def _short(tally: Tally, id: str) -> str:
    return id.removeprefix(f"{tally.sheet.id}-")


def _discrimination(tally: Tally, place: int) -> str:
    pairs = [
        (marks[place].points, sum(mark.points or 0 for mark in marks) - marks[place].points)
        for result in tally.results
        if (marks := result.marks) and marks[place].points is not None
    ]
    if len(pairs) < ENOUGH or any(len(set(values)) < 2 for values in zip(*pairs)):
        return "–"
    return f"{statistics.correlation(*zip(*pairs)):.2f}".replace("-", "−")


def _distribution(tally: Tally) -> str:
    middle = statistics.median(tally.totals)
    counts = collections.Counter(min(int(points // 10), 9) for points in tally.totals)
    rows = [
        (f"{10 * step} to {10 * step + 9 if step < 9 else 100}", counts[step], str(counts[step]))
        for step in range(10)
    ]
    return f"<p>Median {middle:g}, mean {statistics.fmean(tally.totals):.1f} points.</p>" + bars(
        "Scores", "Points", "Students", rows, max(counts.values())
    )


def _success(tally: Tally) -> str:
    rows = []
    for item in tally.sheet.items:
        verdicts = tally.verdicts[item.id]
        others = ", ".join(
            f"{count} {verdict}"
            for verdict, count in sorted(verdicts.items())
            if verdict not in ("right", "marked")
        )
        share = None if verdicts["waiting"] else _percent(tally.reached[item.id])
        words = "not marked yet" if share is None else f"{share:.0f}%"
        rows.append((item.id, share or 0, f"{words} ({others})" if others else words))
    return bars("Success by item", "Item", "Points reached", rows, 100)


def _objectives(tally: Tally) -> str:
    by_objective: dict[str, list[float]] = {}
    for item in tally.sheet.items:
        shares = by_objective.setdefault(item.objective, [])
        if not tally.verdicts[item.id]["waiting"]:  # those that have points are no fair sample of the others
            shares.extend(tally.reached[item.id])
    rows = [
        (name, _percent(shares) or 0, f"{_percent(shares):.0f}%" if shares else "not marked yet")
        for name, shares in by_objective.items()
    ]
    return bars("Success by objective", "Objective", "Points reached", rows, 100)


def _mistakes(tally: Tally) -> str:
    if not tally.mistakes:
        return "<h3>Commonest mistakes</h3><p>None of the known ones.</p>"
    common = sorted(tally.mistakes.items(), key=lambda one: (-one[1], one[0]))[:10]
    lines = "".join(
        f"<li>{escaped(item)}, {count} of {len(tally.totals)}: {escaped(_without_braces(words))}</li>"
        for (item, words), count in common
    )
    return f"<h3>Commonest mistakes</h3><ol>{lines}</ol>"


def _without_braces(words: str) -> str:
    """Words of the key that count for all variants: ‹first year› for what differs from student to student."""
    return re.sub(r"\{(\w+)\}", lambda name: f"‹{name[1].replace('_', ' ')}›", words)


def _percent(shares: list[float]) -> float | None:
    return 100 * statistics.fmean(shares) if shares else None
