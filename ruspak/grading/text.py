"""Text that a student wrote, made safe to look at, and the frame of every HTML page."""

import html
import itertools
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

ANSI = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\^_])|\x9b[0-?]*[ -/]*[@-~]")
KEPT = "\n\t\u200c\u200d"  # the latter two: Urdu and Persian are written with them
MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)

# No script, no picture, nothing fetched, whatever an escape might have missed.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# The colours and letters of the quizzes (ruspak/quiz/quiz.css).
STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1d2126, #e8e6e1); --paper: light-dark(#fffefb, #16191d);
  --soft: light-dark(#565c63, #b3b6ba); --line: light-dark(#d8d5cc, #41464d); --accent: light-dark(#0b5f63, #74cfc6);
  --wash: light-dark(#edf5f4, #1b2b2d); --wrong: light-dark(#97361a, #f3ab8c); --wrong-wash: light-dark(#fbf3ec, #2a2220);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", Georgia, "Noto Serif", serif }
body { font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; background: var(--paper); color: var(--ink);
  max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
h1, h2 { font-family: var(--serif); font-weight: 500; line-height: 1.3 }
h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; padding-top: .6rem; border-top: 3px solid var(--accent) }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem }
table { border-collapse: collapse; width: 100%; overflow-wrap: break-word }
td ul { margin: 0; padding-left: 1rem } th, td { text-align: left; padding: .25rem .5rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line) }
code, pre { background: var(--wash); font-size: .92em } code { padding: 0 .25em }
pre { padding: .6rem .8rem; white-space: pre-wrap } pre code { padding: 0; font-size: 1em }
.said { white-space: pre-wrap; unicode-bidi: isolate; overflow: hidden; padding-left: 1rem;
  border-left: 3px solid var(--line) }
.bar { display: block; background: var(--accent); height: .9rem } .track { width: 35%; min-width: 6rem; vertical-align: middle }
.points { background: var(--line); margin: .3rem 0 .8rem; max-width: 14rem } .points .bar { height: .5rem }
.wide { overflow-x: auto } .grid { width: auto; font-size: .85rem } .grid tbody td { text-align: center; padding: .1rem;
  min-width: 1.35rem; border: 1px solid var(--paper) } .grid thead th { font-weight: 400; padding: .1rem }
.grid td.total { text-align: right; padding-left: .5rem }
.right { background: var(--accent); color: var(--paper) } .known { background: var(--wrong-wash); color: var(--wrong);
  font-weight: 700 } .other { background: var(--wrong-wash) } .open { background: var(--wash) } .none { color: var(--soft) }
@media print { body { max-width: none } }
"""


def clean(text: str, limit: int = 20_000) -> str:
    """Plain text: no escape sequences, control or direction characters, no piles of accents, at most `limit`
    long."""
    text = ANSI.sub("", text[: 4 * limit]).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\u2028\u2029\x85]", "\n", text)
    text = "".join(
        one for one in text if one in KEPT or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn")
    )
    text = MARKS.sub(r"\1", text)
    return text if len(text) <= limit else text[:limit] + " … (cut here)"


def shown(text: str, limit: int) -> str:
    """A student's words on one line of a message."""
    line = " ".join(clean(text[: 16 * limit].encode("utf-8", "replace").decode(), 4 * limit).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def revealed(text: str) -> str:
    """A short text on one line, each character that does not show or looks like another one by its number:
    ⟨U+200B⟩."""
    shown_ones = (
        one
        if one.isalnum() or one in " -_.@/+" or unicodedata.category(one)[0] in "PS" and one.isascii()
        else f"⟨U+{ord(one):04X}⟩"
        for one in text[:60]
    )
    return clean("".join(shown_ones))


def escaped(text: object) -> str:
    """Any text as HTML text or attribute."""
    return html.escape(clean(str(text)))


def said(text: str) -> str:
    """A student's words as a block of a page."""
    return f'<div class="said" dir="auto">{escaped(text)}</div>'


def prose(text: str) -> str:
    """A text of ours, as of a key, as HTML: lines that are set in as code, and what stands between
    backticks."""
    blocks = []
    for code, lines in itertools.groupby(text.split("\n"), lambda line: line.startswith("    ")):
        part = "\n".join(lines)
        if code:
            blocks.append(f"<pre><code>{escaped(textwrap.dedent(part))}</code></pre>")
        elif part.strip():
            blocks.append(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped(part)))
    return "".join(blocks)


def bar(points: float, of: float) -> str:
    """A bar of the points reached; the words beside it say the same."""
    width = 100 * points / of if of else 0
    return (
        f'<div class="points" aria-hidden="true"><span class="bar" style="width:{width:.1f}%"></span></div>'
    )


def bars(
    title: str, label: str, value: str, rows: list[tuple[str, float, str]], most: float, level: int = 3
) -> str:
    """A table whose last column draws the numbers of the one before: a screen reader reads the numbers. `level` is that
    of its heading.
    """
    lines = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(text)}</td>'
        f'<td class="track" aria-hidden="true">'
        f'<span class="bar" style="width:{100 * size / (most or 1):.1f}%"></span></td></tr>'
        for name, size, text in rows
    )
    return (
        f'<h{level}>{escaped(title)}</h{level}><table><thead><tr><th scope="col">{label}</th><th scope="col">{value}</th>'
        f'<td aria-hidden="true"></td></tr></thead><tbody>{lines}</tbody></table>'
    )


def page(title: str, body: str) -> str:
    """A whole page. `body` is HTML, made only by us."""
    return "".join(page_parts(title, [body]))


def page_parts(title: str, parts: Iterable[str]) -> Iterator[str]:
    """The same in pieces, for a page that may be long; each part ends with its line."""
    yield (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escaped(title)}</h1>\n"
    )
    for part in parts:
        yield f"{part}\n"
    yield "</main>\n</body>\n</html>\n"
