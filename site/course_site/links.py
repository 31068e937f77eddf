"""Links of the notebooks on a page: the meaning at each term, the source in words at each number, sheets to download."""

import functools
import html
import re

from ruspak.data import table
from ruspak.data.facts import kind_of

TITLE = re.compile(r'title="(calc|fact|claim|label):([^"]*)"')
OBJECTIVE = re.compile(
    r' *<code class="docutils literal notranslate"><span class="pre">[a-z]+-[a-z-]+</span></code>(?=</p>\s*</li>)'
)
TERM = re.compile(r'<a class="reference internal" href="([^"]*glossary\.html)#([^"]+)"')


def setup(app) -> None:
    app.connect("source-read", _downloads)
    app.connect("html-page-context", _change)


def slug(heading: str) -> str:
    """The anchor of a heading as JupyterLab makes it, letter case kept: both doors have the same links."""
    return heading.replace(" ", "-")


def _downloads(app, docname: str, source: list[str]) -> None:
    """Sheets are files to take away, not pages; tables and build scripts of the codebook likewise."""
    source[0] = re.sub(r"\]\(((?:\.\./)+)(exercises|solutions)/([\w.]+)\)", r"](path:\1\2/\3)", source[0])


def _change(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if "body" in context:
        context["body"] = OBJECTIVE.sub(
            "",
            TERM.sub(
                _term,
                TITLE.sub(lambda found: f'title="{html.escape(words(*found.groups()))}"', context["body"]),
            ),
        )


def _term(found: re.Match) -> str:
    meaning = _meanings().get(found[2])
    return (
        f'<a class="course-term" data-meaning="{html.escape(meaning)}" href="{found[1]}#{found[2]}"'
        if meaning
        else found[0]
    )


@functools.cache
def _meanings() -> dict[str, str]:
    terms = table("glossary")
    return dict(zip(terms["term"].map(slug), terms["meaning"]))


@functools.cache
def _rows(name: str):
    return table(name).set_index("id").fillna("")


def words(kind: str, key: str) -> str:
    """What a reader sees at a number: where it comes from, in plain words."""
    if kind == "calc":
        return f"Worked out from the table: {_rows('calcs')['note'][key]}"
    if kind == "fact":
        row = _rows("facts").loc[key.partition("#")[0]]  # what follows names one of its values
        dated = f", {row.source_date}" if row.source_date else ""
        return f"{row.statement} ({row.publisher}, {kind_of(row)}{dated}; {row.confidence}; {row.checked})"
    if kind == "claim":
        return f"Said by the {_rows('claims')['article'][key]}, claim {key}"
    return html.unescape(key)
