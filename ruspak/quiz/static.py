"""A question without script: what a notebook stores, a printed page holds and a reader sees before running it."""

import html
import json
import re

# The same two expressions stand in quiz.js; a test compares what both make of any text.
INLINE = re.compile(
    r'`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[([^\]]+)\]\(([^()\s]+)(?: "[^"]*")?\)'
)
SAFE = re.compile(r"https?://|(?!//)[^:]*$", re.I)


def plain(question: dict) -> str:
    """One line for `text/plain`; the same on every run."""
    return f"Quiz {question['id']}: {question['question']}"


def page(question: dict) -> str:
    """Semantic HTML of a question of `bank.prepare`, without script, style or key."""
    parts = [f"<p><strong>Quiz.</strong> {inline(question['question'])}</p>"]
    match question["kind"]:
        case "single" | "multiple":
            parts.append(_list(option["text"] for option in question["options"]))
        case "order":
            parts.append(_list(question["items"]))
        case "match":
            parts += [
                _list(pair["left"] for pair in question["pairs"]),
                "<p>Partners:</p>",
                _list(question["choices"]),
            ]
        case "verdict":
            claim = question["claim"]
            parts += [
                f"<blockquote><p>{inline(claim['text'])} <small>({claim['id']})</small></p></blockquote>",
                "<p>" + ", ".join(option["text"] for option in question["options"]) + "?</p>",
            ]
    unit = f" (in {html.escape(question['unit'])})" if "unit" in question else ""
    sure = " Say how sure you are." if question.get("confidence") else ""
    parts.append(f"<p>{question['ask']}{unit}.{sure} <em>Run this cell to answer.</em></p>")
    return "\n".join(parts)


def element(question: dict) -> str:
    """The same question as the custom element that quiz.js brings to life on a page without kernel."""
    data = json.dumps(question, ensure_ascii=False).replace("<", "\\u003c")
    return f'<ruspak-quiz><script type="application/json">{data}</script></ruspak-quiz>'


def inline(text: str) -> str:
    """HTML of a text that may hold **bold**, *italic*, `code` and [links](url); everything else is text."""

    def marked(found: re.Match) -> str:
        code, bold, italic, label, url = found.groups()
        if url and not SAFE.match(url):
            return html.escape(found[0])
        tag, content = next(
            (tag, content)
            for tag, content in (
                ("code", code),
                ("strong", bold),
                ("em", italic),
                (f'a href="{html.escape(url or "")}"', label),
            )
            if content
        )
        return f"<{tag}>{html.escape(content)}</{tag.split()[0]}>"

    out, end = [], 0
    for found in INLINE.finditer(text):
        out += [html.escape(text[end : found.start()]), marked(found)]
        end = found.end()
    return "".join(out) + html.escape(text[end:])


def _list(texts) -> str:
    return "<ul>" + "".join(f"<li>{inline(text)}</li>" for text in texts) + "</ul>"
