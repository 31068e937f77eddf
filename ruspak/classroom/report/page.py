"""The page on the practice of a class, made of what was counted."""

import re
from collections import defaultdict

from ruspak.classroom import lessons
from ruspak.classroom.export.items import words
from ruspak.classroom.report import tally
from ruspak.classroom.report.learners import Learner, Remark
from ruspak.grading.text import bars, escaped, page

MOST_WRONG = 3  # wrong answers of a question that are told
ENOUGH = 0.7  # the part of right first answers above which a question needs no talk


def made(
    learners: list[Learner],
    remarks: list[Remark],
    questions: dict[str, dict],
    absent: list[str],
    hide_names: bool,
) -> str:
    """The whole page as HTML. `absent`: those of the roster without a file."""
    rows = tally.rows(learners, questions)
    parts = [
        _intro(learners, remarks),
        _not_begun(learners, questions, absent, hide_names),
        _objectives(rows),
        _questions(rows),
        _wrong(rows),
        _calibration(learners),
        _grid(learners, questions),
        _remarks(remarks, hide_names),
    ]
    return page("The practice of the class", "\n".join(filter(None, parts)))


def _intro(learners: list[Learner], remarks: list[Remark]) -> str:
    attempts = sum(len(learner.attempts) for learner in learners)
    left_out = len({remark.file for remark in remarks if remark.left_out})
    return (
        f"<p>{_count(len(learners), 'learner')} with {_count(attempts, 'attempt')}. {_count(left_out, 'file')} left "
        "out. Practice has no marks: it shows what to take up again in class. Everybody could look things up, and "
        "could try again; so most numbers here are about first answers.</p>"
    )


def _not_begun(
    learners: list[Learner], questions: dict[str, dict], absent: list[str], hide_names: bool
) -> str:
    waiting = {"No file": absent, "No answer at all": [one.name for one in learners if not one.attempts]}
    for stem, keys in _by_lesson(questions).items():
        waiting[f"Not begun: {stem}"] = [
            one.name for one in learners if one.attempts and not any(a.question in keys for a in one.attempts)
        ]
    lines = "".join(
        f'<tr><th scope="row">{escaped(what)}</th><td>{len(names)}</td>'
        f"<td>{'' if hide_names else escaped(', '.join(names))}</td></tr>"
        for what, names in waiting.items()
        if names
    )
    if not lines:
        return "<h2>Who has not begun</h2><p>All have begun every lesson.</p>"
    return (
        '<h2>Who has not begun</h2><table><thead><tr><th scope="col">What</th><th scope="col">How many</th>'
        f'<th scope="col">Who</th></tr></thead><tbody>{lines}</tbody></table>'
    )


def _objectives(rows: dict[str, tally.Row]) -> str:
    named, found = lessons.objectives(), defaultdict(list)
    for row in rows.values():
        found[row.question["objective"]].append(row)
    lines = []
    for key, mine in found.items():
        tried, first = sum(row.tried for row in mine), sum(row.first for row in mine)
        told = f"{100 * first / tried:.0f}% of {tried}" if tried else "not tried"
        lines.append((f"{words(named.get(key, key))} ({key})", 100 * first / tried if tried else 0, told))
    return bars("Success by objective", "You can …", "Right at once, of all answers", lines, 100, level=2)


def _questions(rows: dict[str, tally.Row]) -> str:
    lines = [
        (
            f"{key}: {_short(row.question['question'])}",
            100 * row.first / row.tried,
            f"{100 * row.first / row.tried:.0f}% of {row.tried}; in the end {100 * row.right / row.tried:.0f}%",
        )
        for key, row in rows.items()
        if row.tried
    ]
    if not lines:
        return ""
    return bars("Success by question", "Question", "Right at once", lines, 100, level=2)


def _wrong(rows: dict[str, tally.Row]) -> str:
    """The wrong answers most given to each hard question, those with the fewest right answers first."""
    asked = sorted(
        ((key, row) for key, row in rows.items() if row.wrong and row.first / row.tried <= ENOUGH),
        key=lambda one: (one[1].first / one[1].tried, one[0]),
    )
    parts = []
    for key, row in asked:
        told = "".join(
            f"<li>{escaped(words(said))} <strong>({count} of {row.tried})</strong>"
            + (f"<br>{escaped(words(why))}" if why else "")
            + "</li>"
            for said, why, count in row.wrong[:MOST_WRONG]
        )
        more = len(row.wrong) - MOST_WRONG
        more = f"<p>And {more} more, given as often or more rarely.</p>" if more > 0 else ""
        parts.append(
            f"<h3>{escaped(key)}: {escaped(words(row.question['question']))}</h3><ul>{told}</ul>{more}"
        )
    if not parts:
        return ""
    return (
        f"<h2>Wrong answers most given</h2><p>At the first try, with what the course answers to them: to questions that "
        f"{100 * ENOUGH:.0f}% or fewer got right at once, the hardest first.</p>" + "".join(parts)
    )


def _calibration(learners: list[Learner]) -> str:
    levels = tally.calibration(learners)
    if not levels:
        return ""
    lines = [
        (f"{level}%", 100 * right / count, f"{100 * right / count:.0f}% of {count}")
        for level, count, right in levels
    ]
    count = sum(count for _, count, _ in levels)
    sure = sum(level * count for level, count, _ in levels) / count
    right = 100 * sum(right for _, _, right in levels) / count
    return bars("How sure, and how often right", "They said", "Were right", lines, 100, level=2).replace(
        "h3>", "h2>"
    ) + (
        f"<p>On average they were {sure:.0f}% sure and {right:.0f}% right, over {_count(count, 'first answer')}.</p>"
    )


def _grid(learners: list[Learner], questions: dict[str, dict]) -> str:
    """Learners by lessons: how many questions each got right, of those tried."""
    keys_of = _by_lesson(questions)
    head = "".join(f'<th scope="col">{escaped(stem)} ({len(keys)})</th>' for stem, keys in keys_of.items())
    lines = []
    for learner in learners:
        cells = []
        for keys in keys_of.values():
            tried = [mine for key in keys if (mine := learner.at(key))]
            right = sum(map(tally.solved, tried))
            cells.append(
                f"<td>{right}&nbsp;of&nbsp;{len(tried)}</td>" if tried else '<td class="none">–</td>'
            )
        lines.append(f'<tr><th scope="row">{escaped(learner.name)}</th>{"".join(cells)}</tr>')
    if not lines:
        return ""
    return (
        "<h2>Learners by lessons</h2><p>Questions answered rightly, of those tried. In brackets, how many there are.</p>"
        '<div class="wide" tabindex="0" role="region" aria-label="Learners by lessons"><table class="grid"><thead><tr>'
        f'<th scope="col">Learner</th>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
    )


def _remarks(remarks: list[Remark], hide_names: bool) -> str:
    if not remarks:
        return ""
    lines = "".join(
        f"<li><code>{escaped(one.file)}</code>{', left out' if one.left_out else ''}: {escaped(one.words)}</li>"
        for one in remarks
    )
    if hide_names:
        lines = f"<li>{_count(len(remarks), 'file')}; the terminal has named them.</li>"
    return f"<h2>Files with something odd</h2><ul>{lines}</ul>"


def _by_lesson(questions: dict[str, dict]) -> dict[str, list[str]]:
    """The ids of each lesson's questions, by the name of its quiz file."""
    found: dict[str, list[str]] = {}
    for key, question in questions.items():
        stem = re.sub(r"\W|_", " ", question["file"].rpartition("/")[2].removesuffix(".yaml"))
        found.setdefault(stem, []).append(key)
    return found


def _short(text: str) -> str:
    text = words(text)
    return text if len(text) <= 90 else text[:89].rsplit(" ", 1)[0] + " …"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
