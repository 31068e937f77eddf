"""The tables that are read rather than counted: facts, claims, timeline, contacts, glossary and their kin."""

import difflib
import re

import pandas as pd
import pytest

from course import notebooks, read
from ruspak import calc_text, table
from ruspak.data.package import nearest
from ruspak.data.verdicts import VERDICTS
from ruspak.errors import CourseError

TEXTS = ["facts", "claims", "timeline", "contacts", "text_issues", "pipeline_shares", "sources", "glossary"]
KINDS = {"fact", "number", "causal", "opinion", "forecast"}
EVENTS = {"cooperation", "conflict", "diplomacy", "multilateral"}
URL = r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?(/\S*)?"
# What the making of the tables left in their words once; titles, addresses and headings are not searched.
WORK = re.compile(
    r"\b(audit(s|ed)?|re-read|seeds?|excerpts?|corpus|folders?|readme|surfaced|stored|raw|lessons?|todo|fixme|"
    r"(next|previous|this|other) row|row (above|below)|both kept|keep with|to be checked)\b|\w\.(csv|md|py|txt|rda)\b",
    re.IGNORECASE,
)
FACTS = set(table("facts")["id"])
# Younger than the text, and yet evidence: the reason of each.
LATE = {
    "S000-32 E058": "second question: is it still true?",
    "S000-32 N165": "second question: is it still true?",
    "S000-43 E090": "second question: is it still true?",
    "S000-58 H2023t": "a study year that was announced before it began",
    "S000-58 H2023s": "a study year that was announced before it began",
    "S000-58 out052": "the page of that study year",
    "S000-59 H2023s": "a study year that was announced before it began",
    "S000-68 L104": "a look back over ten years",
    "S003-26 H2022b": "a count of the calls before",
}


def words(name: str) -> pd.DataFrame:
    """The text columns that this project wrote, missing as empty."""
    rows = table(name).select_dtypes("string").fillna("")
    return rows.drop(columns=["title", "publisher", "checked", "url", "taught_in"], errors="ignore")


def found(rows: pd.DataFrame) -> list:
    """The rows as lists, so that a failing test shows them."""
    return rows.to_numpy().tolist()


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_of_the_work_is_left(name):
    rows = words(name)
    left = [(column, cell) for column in rows for cell in rows[column] if WORK.search(cell)]
    assert left == []


@pytest.mark.parametrize("name", TEXTS)
def test_cells_are_trimmed_and_hold_one_line(name):
    rows = words(name)
    cells = [cell for column in rows for cell in rows[column]]
    assert [cell for cell in cells if cell != cell.strip() or re.search(r"\s\s|[\n\t]", cell)] == []


@pytest.mark.parametrize("name", ["facts", "sources"])
def test_urls_are_well_formed(name):
    urls = table(name)["url"].dropna()
    assert urls[~urls.str.fullmatch(URL)].tolist() == []


def test_notes_name_only_facts_that_exist():
    facts = table("facts")
    named = (
        facts["note"]
        .fillna("")
        .str.findall(r"\b(?:(?:H|E|L|TR|C|P)\d{2,4}[a-z]{0,2}\d?|N\d{3,4}|sec\d{3})\b")
    )
    named = {key for keys in named for key in keys}
    assert len(named) > 50
    assert named - FACTS == set()


@pytest.mark.parametrize("name", ["timeline", "contacts", "pipeline_shares"])
def test_every_row_rests_on_a_fact(name):
    ids = table(name)["fact_id"]
    assert ids[~ids.isin(FACTS)].tolist() == []


@pytest.mark.parametrize("name", ["timeline", "pipeline_shares"])
def test_dates_are_those_of_the_facts(name):
    dates = (
        table("facts").drop_duplicates("id").set_index("id")["date"]
    )  # a repeated id is told by test_key_is_unique
    rows = table(name)
    assert found(rows[rows["date"] != rows["fact_id"].map(dates)]) == []


@pytest.mark.parametrize("name", ["timeline", "contacts"])
def test_years_agree_with_dates(name):
    rows = table(name)
    assert found(rows[rows["date"].str[:4].astype(int) != rows["year"]]) == []


def test_all_claims_of_both_articles_are_there():
    claims = table("claims")
    assert claims["article"].value_counts().to_dict() == {"survey": 87, "essay": 64}
    assert (claims["id"].str.startswith("S000") == claims["article"].eq("survey")).all()


def test_claims_use_the_agreed_words():
    claims = table("claims")
    assert set(claims["verdict"]) <= VERDICTS.keys()
    assert set(claims["kind"]) <= KINDS
    notebooks = {"history": "01_history", "security": "02_security", "energy": "03_energy", "trade": "04_trade",
                 "limits": "05_limits", "outlook": "06_outlook"}  # fmt: skip
    assert found(claims[claims["notebook"] != claims["theme"].map(notebooks)]) == []


def test_every_verdict_is_reasoned():
    claims = table("claims")
    assert claims["reasoning"].notna().all()
    assert claims.loc[claims["reasoning"].str.len() > 300, "id"].tolist() == []
    assert claims.loc[claims["reasoning"].str.len() < 30, "id"].tolist() == []


WHYS = ["a part fails", "a part is not shown", "the link is inferred", "only begun"]


def why_errors(claims: pd.DataFrame) -> list[str]:
    """The claims whose verdict and mixed_why don't go together, a line each with what to do."""
    return [
        f"claims.csv, {row.id}, column mixed_why: "
        + (
            f"{repr(row.mixed_why) if row.mixed_why else 'empty'} beside the verdict mixed. Say what holds it back: one of {', '.join(WHYS)}."
            if row.verdict == "mixed"
            else f"'{row.mixed_why}' beside the verdict {row.verdict}. Empty it, or make the verdict mixed."
        )
        for row in claims.fillna("").itertuples()
        if (row.verdict == "mixed") != (row.mixed_why in WHYS)
    ]


def test_mixed_and_only_mixed_says_why():
    wrong = why_errors(table("claims"))
    assert not wrong, "\n".join(wrong)


def test_a_verdict_with_a_wrong_why_is_told():
    rows = pd.DataFrame(
        {
            "id": ["S1", "S2", "S3"],
            "verdict": ["mixed", "open", "mixed"],
            "mixed_why": [None, "only begun", "only begun"],
        }
    )
    empty, needless = why_errors(rows)
    assert empty.startswith("claims.csv, S1, column mixed_why: empty beside the verdict mixed. Say what")
    assert needless.startswith(
        "claims.csv, S2, column mixed_why: 'only begun' beside the verdict open. Empty it"
    )


def test_changed_verdicts_are_our_first_codings():
    changes = table("verdict_changes")
    first = table("verdict_codings").query("coder == 'ours'").set_index("claim")["verdict"]
    assert found(changes[changes["id"].map(first) != changes["new"]]) == []
    assert found(changes[changes["old"] == changes["new"]]) == []


def test_evidence_ends_where_the_rules_say():
    """What came after a text counts for a forecast, and for what is outdated; no source that was not found again counts."""
    facts = table("facts").set_index("id")
    days = facts["date"].str.split("/").str[-1].fillna(facts["source_date"]).fillna("")
    late = []
    for row in table("claims").dropna(subset="evidence").itertuples():
        last = "2021-11-11" if row.article == "essay" else "2023-06-30"
        judged_by_later = row.kind == "forecast" or row.verdict == "outdated"
        for key in FACTS & set(row.evidence.split("; ")):
            too_late = days[key] > last and not judged_by_later and f"{row.id} {key}" not in LATE
            if too_late or facts["checked"][key] == "not found again":
                late.append(f"{row.id} {key} {days[key]}")
    assert late == []


def test_what_is_judged_has_evidence():
    """Without evidence a claim has no test, or the test is named and was not made."""
    claims = table("claims")
    without = claims["evidence"].isna() & ~claims["verdict"].isin(["unverifiable", "open"])
    assert claims.loc[without, "id"].tolist() == []


def known_fact(key: str) -> None:
    """Raise CourseError for a fact that does not exist; an id that stands there twice is told by others."""
    if key not in FACTS:
        raise CourseError(f"There is no fact '{key}' in data/course/facts.csv. {nearest(key, FACTS)}")


def evidence_errors(claims: pd.DataFrame) -> list[str]:
    """The evidence that is no fact, table or calculation, a line each."""
    look_up = {"": known_fact, "table": table, "calc": calc_text}
    wrong = []
    for row in claims[claims["evidence"].notna()].itertuples():
        for piece in row.evidence.split("; "):
            kind, _, name = piece.rpartition(":")
            place = f"data/course/claims.csv, {row.id}, column evidence: "
            if kind not in look_up:
                wrong.append(
                    f"{place}'{piece}' is none of H1961a, table:NAME, calc:ID. Put '; ' between two."
                )
                continue
            try:
                look_up[kind](name)
            except CourseError as error:
                wrong.append(f"{place}{error}")
    return wrong


def test_evidence_exists():
    wrong = evidence_errors(table("claims"))
    assert not wrong, "\n".join(wrong)


def test_evidence_that_does_not_exist_is_told_with_its_claim():
    rows = pd.DataFrame(
        {"id": ["S1", "S2"], "evidence": ["H2025zz; table:visitors", "calc:no-such; fact:H1961a"]}
    )
    told = evidence_errors(rows)
    assert all(one.startswith("data/course/claims.csv, S") for one in told)
    assert [one.partition("evidence: ")[2][:24] for one in told] == [
        "There is no fact 'H2025z", "There is no table 'visit", "There is no calculation ", "'fact:H1961a' is none of",
    ]  # fmt: skip


def test_each_claim_is_taught_in_a_section_of_its_notebook():
    headings = {
        path.stem: {
            line.lstrip("# ")
            for cell in read(path).cells
            if cell.cell_type == "markdown"
            for line in cell.source.splitlines()
            if line.startswith("##")
        }
        for path in notebooks("notebooks")
    }
    claims = table("claims")
    assert (
        found(
            claims.loc[
                [row.taught_in not in headings[row.notebook] for row in claims.itertuples()],
                ["id", "taught_in"],
            ]
        )
        == []
    )


def test_what_is_open_says_what_would_settle_it():
    claims = table("claims")
    left = claims[claims["verdict"] == "open"]
    assert left.loc[~left["reasoning"].str.contains("would settle"), "id"].tolist() == []


def test_other_claims_named_in_a_reasoning_exist():
    claims = table("claims")
    named = {key for keys in claims["reasoning"].str.findall(r"S00\d-\d+") for key in keys}
    assert named
    assert named - set(claims["id"]) == set()


def test_timeline_is_long_and_in_order():
    events = table("timeline")
    assert len(events) >= 80
    assert events["date"].is_monotonic_increasing
    assert events["event"].str.len().max() <= 90
    assert events["fact_id"].is_unique


def test_eras_follow_each_other_and_show_more_than_one_kind():
    events = table("timeline")
    eras = events["era"].unique().tolist()
    assert len(eras) == 7
    assert events["era"].map(eras.index).is_monotonic_increasing, "an era comes back after the next began"
    spans = events["era"].str.extract(r"(\d{4})–(\d{4})$").astype(int)
    assert found(events[~events["year"].between(spans[0], spans[1])]) == []
    assert set(events["kind"]) == EVENTS
    kinds = events.groupby("era")["kind"].agg(set)
    assert kinds.map(len).ge(2).all(), kinds.to_dict()


def test_pipeline_shares_add_up_where_both_are_named():
    rows = table("pipeline_shares").dropna(subset=["pakistan_low_pct", "russia_high_pct"])
    assert len(rows) >= 5
    assert (rows["pakistan_low_pct"] + rows["russia_high_pct"]).eq(100).all()
    assert (rows["pakistan_high_pct"] + rows["russia_low_pct"]).eq(100).all()
    assert rows["pakistan_low_pct"].le(rows["pakistan_high_pct"]).all()


def test_no_row_takes_the_shares_of_the_survey_for_a_source():
    rows = table("pipeline_shares").query("what == 'ownership'")
    assert found(rows[rows["pakistan_high_pct"].lt(50).fillna(False)]) == []


def test_sources_name_tables_that_exist():
    for names in table("sources")["used_by"]:
        for name in names.split("; "):
            assert len(table(name)), name


def order_errors(terms: pd.Series) -> list[str]:
    """The terms that don't stand in their alphabetical place, a line each with that place."""
    order = terms.str.casefold().str.normalize("NFKD").str.replace(r"[^a-z0-9 -]", "", regex=True)
    places = sorted(range(len(order)), key=lambda row: order[row])
    rightly = difflib.SequenceMatcher(None, range(len(order)), places, autojunk=False).get_matching_blocks()
    stay = {row for block in rightly for row in range(block.a, block.a + block.size)}
    following = dict(zip(places, [*places[1:], None], strict=True))
    return [
        f"data/course/glossary.csv, line {row + 2}: '{terms[row]}' is not in its alphabetical place (capital letters don’t "
        "count). Move this row "
        + ("to the end." if following[row] is None else f"up or down, to before '{terms[following[row]]}'.")
        for row in range(len(order))
        if row not in stay
    ]


def test_a_term_in_a_wrong_place_is_told_with_the_right_one():
    assert order_errors(pd.Series(["aid", "pipeline", "rouble", "veto"])) == []
    assert order_errors(pd.Series(["aid", "rouble", "pipeline", "veto"])) == [
        "data/course/glossary.csv, line 4: 'pipeline' is not in its alphabetical place (capital letters don’t count). Move "
        "this row up or down, to before 'rouble'."
    ]
    (early,) = order_errors(pd.Series(["trade", "trial run", "treaty", "trend", "TTP", "veto"]))
    assert "line 3: 'trial run'" in early and "before 'TTP'" in early


def test_glossary_is_in_order_and_in_the_right_scripts():
    terms = table("glossary")
    assert len(terms) >= 40
    twice = terms["term"][terms["term"].duplicated()].tolist()
    assert not twice, f"glossary.csv has '{twice[0]}' twice. Remove one row."
    wrong = order_errors(terms["term"]) + script_errors(terms)
    assert not wrong, "\n".join(wrong)
    assert terms["meaning"].str.len().max() <= 200


def script_errors(terms: pd.DataFrame) -> list[str]:
    """The Russian and Urdu words with letters of another script, a line each."""
    scripts = {
        # The name of the aircraft keeps its Latin letters in Russian.
        "russian": (r"[\u0400-\u04ff0-9 ()«»,–-]+(Lockheed U-2)?", "Cyrillic letters"),
        # ي and ك are the Arabic letters; Urdu writes ی and ک.
        "urdu": (
            r"(?!.*[يك])[\u0600-\u06ff\u0750-\u077f\u200c ()]+",
            "letters of Urdu (ی and ک, not ي and ك)",
        ),
    }
    return [
        f"data/course/glossary.csv, line {row.Index + 2}, column {column}: '{getattr(row, column)}' has letters of another "
        f"script. Write it in {letters}."
        for column, (pattern, letters) in scripts.items()
        for row in terms[~terms[column].str.fullmatch(pattern)].itertuples()
    ]


def test_a_letter_of_another_script_is_told():
    terms = pd.DataFrame(
        {"russian": ["пpобный", "вето"], "urdu": ["ويٹو", "ویٹو"]}
    )  # a Latin p, an Arabic yeh
    one, other = script_errors(terms)
    assert "line 2, column russian: 'пpобный' has letters of another script. Write it in Cyrillic" in one
    assert "line 2, column urdu: " in other


def test_no_meaning_is_its_own_term():
    terms = table("glossary")
    circular = [term for term, meaning in zip(terms["term"], terms["meaning"], strict=True)
                if re.search(rf"\b{re.escape(term.split(' (')[0])}\b", meaning, re.IGNORECASE)]  # fmt: skip
    assert circular == []
