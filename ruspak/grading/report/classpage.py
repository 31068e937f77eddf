"""The page on the whole class: what was understood, what was not."""

import collections
import re
import statistics
from pathlib import Path

from ruspak.grading.files import whole
from ruspak.grading.report.results import Mark, Results
from ruspak.grading.text import escaped, page
from ruspak.sheets.items import Item, Sheet


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
        f"{states['unreadable']} not readable, {states['left out']} left out, {states['missing']} not handed in. "
        f"{tally.stopped} were stopped before their end. The time each took is in <code>times.csv</code>.</p>"
    ]
    if tally.totals:
        parts += [_distribution(tally), _success(tally), _objectives(tally), _mistakes(tally)]
    return "\n".join(parts)


def _distribution(tally: Tally) -> str:
    middle = statistics.median(tally.totals)
    counts = collections.Counter(min(int(points // 10), 9) for points in tally.totals)
    rows = [
        (f"{10 * step} to {10 * step + 9 if step < 9 else 100}", counts[step], str(counts[step]))
        for step in range(10)
    ]
    return f"<p>Median {middle:g}, mean {statistics.fmean(tally.totals):.1f} points.</p>" + _bars(
        "Scores", "Points", "Results", rows, max(counts.values())
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
    return _bars("Success by item", "Item", "Points reached", rows, 100)


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
    return _bars("Success by objective", "Objective", "Points reached", rows, 100)


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


def _bars(title: str, label: str, value: str, rows: list[tuple[str, float, str]], most: float) -> str:
    """A table whose last column draws the numbers of the one before: a screen reader reads the numbers."""
    lines = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(text)}</td>'
        f'<td class="track" aria-hidden="true">'
        f'<span class="bar" style="width:{100 * size / (most or 1):.1f}%"></span></td></tr>'
        for name, size, text in rows
    )
    return (
        f'<h3>{escaped(title)}</h3><table><thead><tr><th scope="col">{label}</th><th scope="col">{value}</th>'
        f'<td aria-hidden="true"></td></tr></thead><tbody>{lines}</tbody></table>'
    )
