"""The explorer of all claims: judge first, then see our verdict, the reason and the evidence."""

import html

from ruspak.data import claims, table
from ruspak.data.facts import kind_of
from ruspak.data.verdicts import VERDICTS

PLACE = "<!-- claims -->"


def setup(app) -> None:
    app.connect("html-page-context", _change)


def _change(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if PLACE in context.get("body", ""):
        context["body"] = context["body"].replace(PLACE, explorer())


def explorer() -> str:
    """Menus, and every claim as an article that opens; without script the menus do nothing and every claim is there."""
    rows, facts = claims().fillna(""), table("facts").set_index("id").fillna("")
    menus = "".join(
        f'<label>{name.capitalize()} <select name="{name}"><option value="">all</option>'
        + "".join(f"<option>{one}</option>" for one in options)
        + "</select></label>"
        for name, options in (
            ("article", rows["article"].unique()),
            ("theme", rows["theme"].unique()),
            ("kind", rows["kind"].unique()),
        )
    )
    menus += (
        '<label>Our verdict <select name="verdict"><option value="">all</option>'
        + "".join(f"<option>{one}</option>" for one in VERDICTS)
        + "</select></label>"
        '<label>Words <input type="search" name="words"></label>'
    )
    entries = "".join(_entry(row, facts) for row in rows.itertuples())
    return (
        f'<form class="course-filter" role="search">{menus}</form><p class="course-count" role="status"></p>'
        f'<div class="course-claims">{entries}</div>'
    )


def _entry(row, facts) -> str:
    choices = "".join(
        f'<button type="button" value="{one}" title="{meaning}">{one}</button>'
        for one, meaning in VERDICTS.items()
    )
    evidence = (
        " · ".join(_evidence(key, facts) for key in row.evidence.split("; ") if key) or "no evidence possible"
    )
    text = html.escape(row.claim)
    return (
        f'<article class="course-claim" id="{row.Index}" data-article="{row.article}" data-theme="{row.theme}" '
        f'data-kind="{row.kind}" data-verdict="{row.verdict}">'
        f'<p class="course-said">{text}</p>'
        f'<p class="course-about">{row.Index} · {row.article} · {row.theme} · {row.kind} · {_date(row.as_of)}</p>'
        f'<div class="course-choices" role="group" aria-label="Your verdict on {row.Index}">{choices}</div>'
        f"<details><summary>Our verdict and why</summary><p><strong>{row.verdict.capitalize()}.</strong> "
        f'<span class="course-yours"></span> {html.escape(row.reasoning)}</p>'
        f'<p class="course-about">Evidence: {evidence}. '
        f'Taught in <a href="../../notebooks/{row.notebook}.html">{row.notebook[:2]}, “{html.escape(row.taught_in)}”</a>.</p>'
        "</details></article>"
    )


def _date(as_of: str) -> str:
    return "undated" if as_of == "undated" else f"as of {as_of}"


def _evidence(key: str, facts) -> str:
    """One piece of evidence as a link: a fact to its source, a table to its entry."""
    if key in facts.index:
        row = facts.loc[key]
        said = html.escape(f"{row.statement} ({row.publisher}, {kind_of(row)})")
        return (
            f'<a href="{html.escape(row.url)}" title="{said}">{key}</a>'
            if row.url
            else f'<span title="{said}">{key}</span>'
        )
    if key.startswith("table:"):
        return f'<a href="../../data/README.html#{key[6:]}">{key[6:]}</a>'
    return html.escape(key)
