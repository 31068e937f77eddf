"""The course in the room: pages and decks as the site makes them, without the keys of questions that may be
put to the vote.
"""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from live_class import ROOT, secrets_of

from ruspak.live import pages
from ruspak.quiz import bank

sys.path.insert(0, str(ROOT / "site"))
from course_site import bank as site_bank
from course_site import claims

QUESTIONS = bank.load()
ALL = {key: one.get("claim", {}).get("id", "") for key, one in QUESTIONS.items()}
START = ROOT / "notebooks" / "00_start_here.ipynb"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A page with every question and every claim, with the outputs of 00, and the deck of 00."""
    import slides

    folder = tmp_path_factory.mktemp("built")
    outputs = [
        output["data"].get("text/html", "")
        for cell in nbformat.read(START, as_version=4).cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    (folder / "notebooks").mkdir()
    body = "".join(map(site_bank.element, QUESTIONS)) + claims.explorer() + "".join(outputs)
    (folder / "notebooks" / "page.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    slides.write(START, folder)
    return folder


def leaks(text: str, keys) -> set[str]:
    """The questions of which a text holds a secret."""
    return {
        key
        for key in keys
        for one in secrets_of(QUESTIONS[key])
        for form in (one, json.dumps(one, ensure_ascii=False)[1:-1], one.replace("’", "&#x27;"))
        if form in text
    }


def test_a_phone_gets_no_key(built):
    page = built / "notebooks" / "page.html"
    assert leaks(page.read_text(encoding="utf-8"), ALL) == set(ALL), "the site's pages do hold keys"
    text = pages.page(page, ALL, teacher=False).decode()
    assert not leaks(text, ALL)
    assert text.count("kept for a vote in class") == len(ALL), "each question is still there, in words"
    for claim in filter(None, ALL.values()):
        assert f'id="{claim}"' not in text and f"({claim}, " not in text.replace(f"({claim})", "")


def test_what_was_shown_comes_alive_and_nothing_else(built):
    page = built / "notebooks" / "page.html"
    one, judged = next(key for key in ALL if not ALL[key]), next(key for key in ALL if ALL[key])
    kept = {key: claim for key, claim in ALL.items() if key not in (one, judged)}
    text = pages.page(page, kept, teacher=False).decode()
    assert leaks(text, ALL) == {one, judged}
    assert f'id="{ALL[judged]}"' in text


def test_a_deck_keeps_its_notes_on_the_answer(built):
    deck = built / "00_start_here.html"
    mine = [key for key in ALL if key.startswith("start-")]
    assert leaks(deck.read_text(encoding="utf-8"), mine) == set(mine)
    text = pages.page(deck, ALL, teacher=False).decode()
    assert not leaks(text, mine)
    assert '<aside class="notes">' in text, "the other notes stay"


def test_the_teacher_gets_all_and_a_link_to_ask(built):
    for path in (built / "00_start_here.html", built / "notebooks" / "page.html"):
        text = pages.page(path, ALL, teacher=True).decode()
        mine = [key for key in ALL if f'id="quiz-{key}"' in text]
        assert mine and leaks(text, mine) == set(mine)
        assert all(f'href="/teacher?ask={key}"' in text for key in mine)


def test_the_table_of_claims_waits_for_the_votes_on_claims():
    table = Path("_downloads/x/claims.csv")
    assert pages.withholds(table, ALL)
    assert not pages.withholds(table, {"history-3": ""})
    assert not pages.withholds(Path("trade.csv"), ALL)


def test_the_plans_hold_keys_and_are_kept_as_a_whole():
    plans = sorted((ROOT / "docs" / "teaching").glob("plan_*.md"))
    assert all(leaks(plan.read_text(encoding="utf-8"), ALL) for plan in plans), "a plan without keys?"
    assert all(pages.withholds(plan.with_suffix(".html"), {"history-3": ""}) for plan in plans)
    assert not pages.withholds(plans[0].with_suffix(".html"), {})
    others = set((ROOT / "docs" / "teaching").glob("*.md")) - set(plans)
    assert not any(leaks(path.read_text(encoding="utf-8"), ALL) for path in others)


def test_what_a_question_is_about_is_the_figure_before_it(tmp_path):
    (tmp_path / "notebooks").mkdir()
    one, two, three, four = list(ALL)[:4]
    figure = '<img class="ruspak-figure" alt="Lines &amp; dots" src="../_images/{}.svg">'
    body = (
        figure.format(1)
        + site_bank.element(one)
        + site_bank.element(two)
        + figure.format(2) * 5
        + site_bank.element(three)
        + figure.format(3)
        + "<section>"
        + site_bank.element(four)
    )
    (tmp_path / "notebooks" / "01.html").write_text(f"<html>{body}</html>", encoding="utf-8")
    found = pages.evidence(tmp_path)
    assert found[one] == {
        "page": f"/course/notebooks/01.html#quiz-{one}",
        "src": "/course/_images/1.svg",
        "alt": "Lines & dots",
    }
    assert found[two].keys() == found[three].keys() == found[four].keys() == {"page"}
    assert pages.evidence(tmp_path / "nothing") == {}
