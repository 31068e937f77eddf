"""Text that a student wrote, made safe to look at, and the frame of every HTML page."""

import html
import re
import unicodedata

ANSI = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\^_])|\x9b[0-?]*[ -/]*[@-~]")
KEPT = "\n\t\u200c\u200d"  # the latter two: Urdu and Persian are written with them
MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)

# No script, no picture, nothing fetched, whatever an escape might have missed.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
h1, h2 { line-height: 1.25 } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .25rem .5rem .25rem 0; vertical-align: top; border-bottom: 1px solid #8888 }
.said { white-space: pre-wrap; unicode-bidi: isolate; overflow: hidden; border-left: .25rem solid; padding-left: 1rem }
.bar { display: block; background: #1f6fb2; height: .9rem } .track { width: 35%; min-width: 6rem }
@media print { body { max-width: none } }
"""


def clean(text: str, limit: int = 20_000) -> str:
    """Plain text: no escape sequences, control or direction characters, no piles of accents, at most `limit` long."""
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
    """A short text on one line, each character that does not show or looks like another one by its number: ⟨U+200B⟩."""
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


def page(title: str, body: str) -> str:
    """A whole page. `body` is HTML, made only by us."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escaped(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
