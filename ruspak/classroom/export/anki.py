"""The glossary as a text that Anki imports, with the file headers of its manual (“Text Files”, Anki 2.1.54 and later).

Three decks: each asks in one language for the two others and the meaning. A second import renews the cards and keeps
what was learned, since each note has an id of its own.
"""

import csv
import html
import io

from ruspak.classroom.export.items import TITLE
from ruspak.data import table

LIMITS = (
    "A text file brings no layout of its own: Anki puts front and back into its note type “Basic”, whose name differs in other languages of the program. Choose it there.",
    "There is no sound.",
)
HEAD = "#separator:tab\n#html:true\n#notetype:Basic\n#guid column:1\n#deck column:2\n#tags column:5\n"
LANGUAGES = {
    "term": ("English", "en", "ltr"),
    "russian": ("Russian", "ru", "ltr"),
    "urdu": ("Urdu", "ur", "rtl"),
}


def files(terms=None) -> dict[str, bytes]:
    """The file to import, by its name. `terms`: rows as of the table glossary, which it takes without."""
    terms = table("glossary") if terms is None else terms
    out = io.StringIO(HEAD)
    out.seek(0, io.SEEK_END)
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    rows.writerows(_note(row, asked) for asked in LANGUAGES for row in terms.to_dict("records"))
    return {"glossary.anki.txt": out.getvalue().encode()}


def _note(row: dict[str, str], asked: str) -> tuple[str, ...]:
    """Id, deck, front, back and tag of one card."""
    name, code, _ = LANGUAGES[asked]
    back = [_said(row[other], other) for other in LANGUAGES if other != asked]
    meaning = f"<i>{html.escape(row['meaning'])}</i>"
    key = f"ruspak-{code}-{row['term'].replace(' ', '-')}"
    return key, f"{TITLE}::{name}", _said(row[asked], asked), "<br>".join([*back, meaning]), row["notebook"]


def _said(text: str, language: str) -> str:
    _, code, direction = LANGUAGES[language]
    return f'<span lang="{code}" dir="{direction}">{html.escape(" ".join(text.split()))}</span>'
