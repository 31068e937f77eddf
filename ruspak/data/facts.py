"""Sourced facts and the claims of the two articles."""

import functools
import html

import pandas as pd

from ruspak.data.package import describe, nearest
from ruspak.data.tables import table
from ruspak.errors import CourseError
from ruspak.measures import states_behind


@functools.cache
def _indexed(name: str) -> pd.DataFrame:
    return table(name).set_index("id")


def row_of(name: str, key: str, what: str) -> pd.Series:
    """The row with this id of a table (`what` names one of its rows in the message); CourseError for an unknown id."""
    rows = _indexed(name)
    if not isinstance(key, str):
        raise CourseError(f"An id is a text in quotes, such as '{rows.index[0]}', not {type(key).__name__}.")
    if not rows.index.is_unique:
        raise CourseError(
            f"data/{describe(name)['path']}: the id '{rows.index[rows.index.duplicated()][0]}' stands there twice. Give a new row the next free one."
        )
    if key not in rows.index:
        raise CourseError(
            f"There is no {what} '{key}' in data/{describe(name)['path']}. {nearest(key, rows.index)}"
        )
    return rows.loc[key].fillna("")


@functools.cache
def _state_media() -> pd.DataFrame:
    return table("state_media")


def kind_of(row) -> str:
    """What kind of publisher a row of facts has, and the state that owns or pays for it: "paper, of the state of Iran"."""
    states = states_behind(row.publisher, _state_media())
    return f"{row.quality}, of the state of {' and of '.join(states)}" if states else row.quality


class Fact:
    """One sourced fact; its columns are attributes (`statement`, `value`, `unit`, `url`, `confidence`, …)."""

    def __init__(self, key: str, row: pd.Series):
        self.id = key
        self.__dict__.update(row)

    def __repr__(self) -> str:
        return f"{self.id}, {self.date or 'undated'}: {self.statement} ({self.publisher}, {kind_of(self)}; {self.confidence}; {self.checked})"

    def _repr_html_(self) -> str:
        text = {name: html.escape(str(value)) for name, value in vars(self).items()}
        note = f"<br><em>{text['note']}</em>" if self.note else ""
        return (
            f"<p><strong>{text['id']}</strong> · {text['date'] or 'undated'} · {text['statement']}<br>"
            f'<a href="{text["url"]}">{text["publisher"]}</a> ({html.escape(kind_of(self))}) · {text["confidence"]} · {text["checked"]}{note}</p>'
        )


def fact(key: str) -> Fact:
    """A sourced fact by its id, as `fact("H1961a")`.

    Raises CourseError with the nearest ids for an unknown one.
    """
    return Fact(key, row_of("facts", key, "fact"))


def claims(theme: str | None = None, article: str | None = None) -> pd.DataFrame:
    """Claims of the two articles with our verdicts, one a row, indexed by id.

    `theme` is history, security, energy, trade, limits or outlook; `article` is survey or essay; both may be left out.
    Raises CourseError for another theme or article.
    """
    rows = _indexed("claims")
    for column, wanted in (("theme", theme), ("article", article)):
        if wanted is not None:
            if wanted not in (known := list(rows[column].unique())):
                raise CourseError(f"There are no claims with {column} '{wanted}'. {nearest(wanted, known)}")
            rows = rows[rows[column] == wanted]
    return rows.copy()


class Audit:
    """Claims, each a line that opens on its verdict, reasoning and evidence, so that a reader can judge first."""

    def __init__(self, rows: pd.DataFrame):
        self.rows = rows.fillna("")

    def __repr__(self) -> str:
        return "\n".join(
            f"{key} [{row.verdict}] {row.claim}. {row.reasoning}" for key, row in self.rows.iterrows()
        )

    def _repr_html_(self) -> str:
        return "".join(map(self._entry, self.rows.itertuples()))

    @staticmethod
    def _entry(row) -> str:
        facts = _indexed("facts").dropna(subset=["url"])
        sources = [
            f'<a href="{html.escape(facts["url"][key])}">{key}</a> ({facts["quality"][key]})'
            if key in facts.index
            else html.escape(key)
            for key in row.evidence.split("; ")
            if key
        ]
        return (
            f"<details><summary>{html.escape(row.claim)} <small>({row.Index}, {row.kind})</small></summary>"
            f"<p><strong>{row.verdict.capitalize()}.</strong> {html.escape(row.reasoning)}<br>"
            f"<small>{' · '.join(sources) or 'no evidence possible'}</small></p></details>"
        )


def audit(*keys: str, theme: str | None = None, article: str | None = None) -> Audit:
    """The verdicts on the claims named, or on all claims of a theme or article, ready to be shown.

    Raises CourseError for an unknown id, theme or article.
    """
    if keys and (theme or article):
        raise CourseError("audit(): give ids, or a theme or article, not both.")
    for key in keys:
        row_of("claims", key, "claim")
    rows = claims(theme, article)
    return Audit(rows.loc[list(keys)] if keys else rows)
