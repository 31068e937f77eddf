"""Fairness: loaded words have a speaker, sentences are short, and the page on fairness says how both are done."""

import re
import runpy
from pathlib import Path

import pytest
import yaml
from fairness import LINK, LOADED, NAMES, errors, of_notebook, of_quiz

from course import ROOT, notebooks, read
from ruspak import fact, measures, table
from ruspak.data import calcs

READABILITY = runpy.run_path(str(ROOT / "tools" / "readability.py"))
PAGE = (ROOT / "docs" / "fairness.md").read_text(encoding="utf-8")
NOTEBOOKS = notebooks("notebooks")
MOST = 20


@pytest.mark.parametrize(
    "path",
    notebooks("notebooks", "solutions", "exercises"),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_loaded_words_of_a_notebook_have_a_speaker(path):
    found = [f"{place}: {error}" for place, text in of_notebook(path) for error in errors(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", sorted((ROOT / "quizzes").glob("*.yaml")), ids=lambda path: path.stem)
def test_loaded_words_of_a_quiz_have_a_speaker(path):
    found = [f"{place}: {error}" for place, text in of_quiz(path) for error in errors(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "good",
    [
        "Russian troops attacked Ukraine in 2022.",
        "The essay speaks of the Soviet invasion of Afghanistan.",
        "In short: “annexation” and “liberation” are words of the two sides.",
        "GTI, the Global Terrorism Index, ranks states.",
        "They meet in a counter-terrorism group.",
        'The resolution is [on the aggression](https://un.org/aggression "fact:H2022c"), says its title.',
    ],
)
def test_fair_sentences_pass(good):
    assert errors(good) == []


@pytest.mark.parametrize(
    "bad",
    [
        "After the invasion, trade fell.",
        "The regime in Kabul changed. The press said so later.",
        "Crimea was annexed in 2014.",
        "| occupied | territory | since 2014 |",
        "He said nothing.\n\n- Militants crossed the border.",
        "The strikes hit places in PoK.",
        "The hatched area B is Azad Kashmir.",
        "They fought through proxies.",
    ],
)
def test_loaded_sentences_are_found(bad):
    assert len(errors(bad)) == 1


def test_each_name_holds_a_loaded_word_and_a_reason():
    assert all(LOADED.search(name) or "terrorism" in name for name in NAMES)
    assert all(len(reason.split()) >= 3 for reason in NAMES.values())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_sentences_are_short(path):
    lengths = sorted(READABILITY["words"](path))
    middle = lengths[len(lengths) // 2]
    print(f"{path.stem}: {len(lengths)} sentences, median {middle} words")
    assert len(lengths) >= 40 and middle <= MOST


def test_the_sentence_counter_counts():
    text = "# A heading\n\n**Time:** 90 minutes\n\nOne two three. [Four five](https://a.b/c.d?e) six seven! Is `x = 1` short?\n\n| a | b |\n\n- A list of words"
    assert READABILITY["sentences"](text) == ["One two three.", "Four five six seven!", "A list of words"]


def test_the_page_reports_what_is_measured():
    assert READABILITY["table"]() in PAGE, "run python tools/readability.py"
    for word in ("Kashmir", "Crimea", "Ukraine", "2025", "sanctions", "Taliban", "repository"):
        assert word in PAGE


def test_the_page_has_each_state_of_the_table_and_each_medium_a_fact():
    media, publishers = table("state_media"), table("facts")["publisher"]
    shares = dict(re.findall(r"^\| ([^|]+) \| \[[\d.]+%\]\([^)]*\"calc:(fa-of-\w+)\"\) \|$", PAGE, re.M))
    assert sorted(shares) == sorted(media["state"].unique())
    for state, key in shares.items():
        assert f"'{state}'" in calcs.row_of("calcs", key, "calculation")["expression"], key
    unused = [medium for medium in media["medium"] if not publishers.str.contains(rf"\b{medium}\b").any()]
    assert not unused, f"data/course/state_media.csv: no fact has the publisher {unused}. Remove the row."


def test_a_lesson_that_links_state_media_says_whose_they_are():
    linked = {
        key
        for path in NOTEBOOKS
        for cell in read(path).cells
        for key in re.findall(r'"fact:([A-Za-z0-9]+)', cell.source)
    }
    facts = table("facts").set_index("id").loc[sorted(linked)]
    said = {
        key: note
        for key in linked
        if (note := repr(fact(key)).rpartition(" (")[2]) and ", of the state of" in note
    }
    for state in table("state_media")["state"].unique():
        for key in facts.index[measures.from_state(facts["publisher"], table("state_media"), state)]:
            assert state in said.get(key, ""), (
                f"{key}: {facts['publisher'][key]} is of {state}, and its note does not say so"
            )
    assert "Iran" in said.get("sec028", "") and len(said) > 50


def test_a_note_on_state_media_agrees_with_the_table():
    for key, note in table("facts").set_index("id")["note"].dropna().items():
        for state in re.findall(r"State media of (?:the )?(\w+(?: States| Kingdom)?)", note):
            assert f"of the state of {state}" in repr(fact(key)), (
                f"{key}: its note says {state}, the table does not"
            )


POSITIONS = yaml.safe_load(Path(__file__).with_name("positions.yaml").read_text(encoding="utf-8"))


def unsaid(positions: dict[str, str], paragraphs: list[str]) -> list[str]:
    """Speakers of a subject whose fact no paragraph links that also names them."""
    return [
        f"{speaker}: {key}"
        for speaker, key in positions.items()
        if speaker != "nobody"
        and not any(f'"fact:{key}' in text and speaker in LINK.sub("]", text) for text in paragraphs)
    ]


def test_each_contested_subject_has_its_positions_in_the_lessons():
    paragraphs = [
        line
        for path in notebooks("notebooks")
        for cell in read(path).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
    ]
    listed = PAGE.partition("## Contested subjects")[2].partition("\n## ")[0]
    assert list(POSITIONS) == re.findall(r"^\| (?!subject|---)([^|]+?) \|", listed, re.M)
    for subject, positions in POSITIONS.items():
        assert not (missing := unsaid(positions, paragraphs)), f"{subject}: {missing}"
    assert unsaid({"Moscow": "N024", "Kabul": "N024"}, paragraphs) == ["Kabul: N024"]
