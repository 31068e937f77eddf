"""facts: the dated single facts of the five areas in one table, with notes that speak of sources only.

The rules below clean what is alike in many notes; facts_edits.csv (id, column, value, why) holds what rules cannot do.
A row there with an id that no raw table has makes a new fact.
"""

import re
from pathlib import Path

import pandas as pd

from common import read_raw, refuse, refuse_duplicates, refuse_rows, write_csv

TABLES = ("facts",)
FILE = "facts"
EDITS = Path(__file__).with_name("facts_edits.csv")

AREAS = ["history", "security", "energy", "trade", "limits"]
COLUMNS = ["id", "date", "area", "topic", "statement", "value", "unit", "title", "publisher", "url", "source_date",
           "confidence", "checked", "note"]  # fmt: skip
REQUIRED = ["id", "area", "topic", "statement", "title", "publisher", "confidence", "checked"]
CONFIDENCE = {"official", "reported", "estimate", "disputed"}
ROWS = 780
CHECKED = {"page re-read", "second source", "not re-read"}

DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
DATE = rf"{DAY}(/{DAY})?"
URL = r"https?://[A-Za-z0-9.-]+(?::\d+)?/?\S*"

MARK = r"\b(?:audit|re-read|recomputed)\b"
# What a later reading left in a note: kept as the column `checked`, taken out of the words.
NOTE_RULES = [
    (r"(?:;\s*)?added (?:in|by)(?: the)? audit(?: of 2026-11-21| 2026-11-21)?", ""),
    (r"audit(?: 2026-11-21)?:\s*", ""),
    (r"\s*\((?:note|date|source_date|statement) was \".*?\"\)(?=$|;)", ""),
    (r"(?i)\b(the )?seed 000( \(expansion of partnerships\))?|the first seed", "the survey"),
    (r"(?i)\b(the )?seed 003( \(9DASHLINE\))?|the second seed", "the essay"),
    (r"(?i)\b(?:refutes|contradicts)\b", "differs from"),
    (r"\b(?:history|security|energy|trade|limits) (?=(?:[HCPEL]|TR|sec)\d)", ""),
]
DROPPED = r"(?:(?:this |the |cited )?page )?(?:not )?(?:re-read|recomputed)[^;]*"


def fetch() -> dict[str, pd.DataFrame]:
    """The raw facts of every area, and the edits, as text."""
    tables = {area: read_raw(f"{area}/facts.csv") for area in AREAS}
    edits = pd.read_csv(EDITS, dtype=str, keep_default_na=False)
    refuse_duplicates(EDITS.name, edits, ["id", "column"])
    refuse_rows(EDITS.name, edits, ~edits["column"].isin(COLUMNS), "no such column of facts")
    return tables | {"edits": edits}


def process(raw: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One table in the order of AREAS, within an area as in the raw table, new facts last."""
    facts = pd.concat([raw[area].assign(area=area) for area in AREAS], ignore_index=True).fillna("")
    facts = facts.rename(columns={"source_title": "title"})
    facts["checked"] = facts["note"].map(checked)
    facts["note"] = facts["note"].map(clean)
    facts["date"] = facts["date"].str.replace(r"^(\d\d)(\d\d)-(\d\d)$", fiscal, regex=True)
    facts["url"] = facts["url"].str.replace(r"^(https?://[^/]+)\./", r"\1/", regex=True)
    facts["topic"] = facts["topic"].str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True)
    facts = edited(facts[COLUMNS].set_index("id"), raw["edits"]).reset_index()
    undated = ~facts["source_date"].str.fullmatch(rf"(?:{DAY})?")
    words = "source dated " + facts["source_date"].str.replace(r"undated|[() ]", "", regex=True)
    facts.loc[undated, "note"] = (facts["note"] + "; " + words)[undated].str.removeprefix("; ")
    facts.loc[undated, "source_date"] = ""
    for column in ("statement", "note", "unit"):
        facts[column] = facts[column].str.replace(r"\bper cent\b", "percent", regex=True)
    facts["unit"] = facts["unit"].map(unit)
    facts["note"] = facts["note"].str.replace(r"^[a-z](?!\S*\.\w)", lambda first: first[0].upper(), regex=True)
    facts["area"] = pd.Categorical(facts["area"], AREAS)
    facts = facts.sort_values("area", kind="stable").astype({"area": str})
    return {"facts": facts.replace("", pd.NA)}


def checked(note: str) -> str:
    """How far a fact was confirmed, from the marks in its raw note: one of CHECKED."""
    marks = [part for part in note.split("; ") if re.search(MARK, part) and not part.startswith("added ")]
    if re.search(r"(?<!not )\b(?:re-read|recomputed)\b", "; ".join(marks)):
        return "page re-read"
    rest = note[note.index(marks[0]) :] if marks else ""
    return "second source" if re.search(r"\b(agrees?|confirmed|also|corrected|same)\b", rest) else "not re-read"


def clean(note: str) -> str:
    """A raw note without its marks of reading."""
    for pattern, new in NOTE_RULES:
        note = re.sub(pattern, new, note)
    parts = [part.strip() for part in note.split(";")]
    return "; ".join(part for part in parts if part and not re.fullmatch(DROPPED, part))


def fiscal(found: re.Match) -> str:
    """2018-19, a fiscal or study year, as the interval 2018/2019; a month stays a month."""
    century, first, last = found.groups()
    return f"{century}{first}/{century}{last}" if int(last) == int(first) + 1 and int(last) > 12 else found[0]


def unit(name: str) -> str:
    """One spelling for money and percent."""
    name = re.sub(r"^(?:US\$|USD) (million|billion)|^(million|billion) US dollars",
                  lambda found: f"{found[1] or found[2]} USD", name)  # fmt: skip
    return re.sub(r"^%", "percent", name)


def edited(facts: pd.DataFrame, edits: pd.DataFrame) -> pd.DataFrame:
    """The facts (by id) with every edit applied; an unknown id becomes a new fact."""
    for name, column, value in edits[["id", "column", "value"]].to_numpy():
        facts.loc[name, column] = value
    return facts.fillna("")


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Refuse doubled ids, missing cells, odd dates and addresses, values with no unit, marks left in a note."""
    facts = tables["facts"]
    refuse_duplicates(FILE, facts, ["id"])
    for column in REQUIRED:
        refuse_rows(FILE, facts, facts[column].isna(), f"{column} is missing")
    for column, shape in (("date", DATE), ("source_date", DAY), ("url", URL)):
        refuse_rows(FILE, facts, ~facts[column].fillna("").str.fullmatch(rf"(?:{shape})?"), f"{column} is malformed")
    for column, words in (("area", set(AREAS)), ("confidence", CONFIDENCE), ("checked", CHECKED)):
        refuse_rows(FILE, facts, ~facts[column].isin(words), f"{column} is none of {', '.join(sorted(words))}")
    refuse_rows(FILE, facts, facts["value"].notna() & facts["unit"].isna(), "a value without a unit")
    refuse_rows(FILE, facts, facts["note"].str.contains(rf"{MARK}|\bseed\b").fillna(False), "a mark left in the note")
    if len(facts) < ROWS:
        refuse(FILE, "rows", f"{len(facts)} facts, at least {ROWS} expected")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store facts.csv."""
    write_csv(tables["facts"], folder, "facts")
