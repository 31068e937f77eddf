"""The site and the decks as the room gets them: without the key of a question that may still be put to the
vote.

The question stays on the page in words; the teacher's browser gets every page whole, with a link that puts
the question to the vote. Keys stand nowhere else in the built files than in the questions, the notes of a
deck, in the teacher's plans, and, for a claim to be judged, in its verdict on the pages of claims and in the table
of claims.
"""

import functools
import html
import posixpath
import re
from pathlib import Path

QUESTION = re.compile(
    r'(<div class="course-question" id="quiz-([a-z0-9-]+)"><ruspak-quiz>)<script type="application/json">.*?</script>(.*?)</ruspak-quiz></div>',
    re.S,
)
NOTES = re.compile(
    r'(<section class="deck-question">(?:(?!</section>).)*?)<aside class="notes">.*?</aside>', re.S
)
KEPT = '<em>It is kept for a vote in class: <a href="/">answer it there</a>.</em>'
PUT = '</ruspak-quiz></div><p style="text-align: center"><a href="/teacher?ask={}" target="ruspak-live">Put this question to the vote</a></p>'
FIGURE = re.compile(r'<img class="ruspak-figure"[^>]*>')
CLAIMS = "claims.csv"


def page(path: Path, kept: dict[str, str], teacher: bool) -> bytes:
    """The HTML of a built file, UTF-8. `kept`: the questions whose keys nobody may have, each with the claim that it
    judges or "".

    Raises OSError.
    """
    return _page(path, path.stat().st_mtime_ns, tuple(sorted(kept.items())), teacher)


def evidence(root: Path) -> dict[str, dict[str, str]]:
    """Where each question stands in the built site below `root` and what it is about: {page} and, if a single
    figure of its section comes before it there, {src, alt}.
    """
    paths = sorted((root / "notebooks").glob("*.html"))
    return _evidence(tuple((path, path.stat().st_mtime_ns) for path in paths))


@functools.lru_cache(maxsize=2)
def _evidence(paths: tuple) -> dict[str, dict[str, str]]:
    found = {}
    for path, _ in paths:
        text, end = path.read_text(encoding="utf-8"), 0
        for place in QUESTION.finditer(text):
            section = text.rfind("<section", 0, place.start())
            begin = max(end, section)  # a figure of another section tells nothing
            figures = FIGURE.findall(text[begin : place.start()])
            end = place.end()
            found[place[2]] = {"page": f"/course/notebooks/{path.name}#quiz-{place[2]}"}
            if 1 <= len(figures) <= 2:  # more are the states of a menu
                alt, src = (re.search(rf'{name}="([^"]*)"', figures[-1])[1] for name in ("alt", " src"))
                src = posixpath.normpath(posixpath.join("/course/notebooks", html.unescape(src)))
                found[place[2]] |= {"src": src, "alt": html.unescape(alt)}
    return found


def withholds(path: Path, kept: dict[str, str]) -> bool:
    """Whether a file is kept as a whole: a teacher's plan with its keys, the table of claims with its verdicts."""
    return path.name.startswith("plan_") and bool(kept) or path.name == CLAIMS and any(kept.values())


@functools.lru_cache(maxsize=16)
def _page(path: Path, _changed: int, kept: tuple, teacher: bool) -> bytes:
    text = path.read_text(encoding="utf-8").replace("<html", "<html data-room", 1)
    if teacher:
        return QUESTION.sub(
            lambda found: found[0].replace("</ruspak-quiz></div>", PUT.format(found[2])), text
        ).encode()
    keys = dict(kept)
    text = NOTES.sub(lambda found: found[1] if _asks(found[1], keys) else found[0], text)
    text = QUESTION.sub(lambda found: _without(found) if found[2] in keys else found[0], text)
    for claim in filter(None, keys.values()):
        text = re.sub(rf'<article class="course-claim" id="{claim}".*?</article>', "", text, flags=re.S)
        text = re.sub(rf"<details><summary>[^<]*<small>\({claim}, .*?</details>", "", text, flags=re.S)
    return text.encode()


def _asks(section: str, keys: dict[str, str]) -> bool:
    return any(key in keys for key in re.findall(r'id="quiz-([a-z0-9-]+)"', section))


def _without(found: re.Match) -> str:
    words = re.sub(r"<em>Answering needs JavaScript\.</em>", KEPT, found[3])
    return found[1].replace("<ruspak-quiz>", '<div class="ruspak-quiz">') + words + "</div></div>"
