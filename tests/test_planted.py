"""False sentences, planted one by one: each of them turns red. What the tracer once let pass stands first."""

import datetime

import holds
import pytest
import stated
import times
import titles
import traced
from pictures import words
from prose import errors

from course import ROOT, notebooks
from ruspak.data import fact

BOOK = "../data/README.md"


def told(text, key):
    """A link to a fact, with its own address; key: id, with #name where it has one."""
    return f'[{text}]({fact(key.partition("#")[0]).url} "fact:{key}")'


def counted(text, table, key):
    """A link to a calculation."""
    return f'[{text}]({BOOK}#{table} "calc:{key}")'


PROSE = {
    # each of these passed before
    "a vote as trade": (
        f"It fell by {counted('81%', 'un_agreement_by_issue', 'pak-rus-1980s')} in trade with China.",
        "no word of what is counted",
    ),
    "two owners exchanged": (
        f"Pakistan spent {told('86.1', 'sec084#India')} billion dollars.",
        "speaks of Pakistan",
    ),
    "two owners exchanged, not named": (
        f"India spent {told('10.2', 'sec084')} and Pakistan {told('86.1', 'sec084')}.",
        "say which",
    ),
    "a digit of the date": (f"In May {told('31 people', 'H1985c')} were killed.", "not in the fact"),
    "a fiscal year as a year": (
        f"Trade was {told('920 million', 'TR018#turnover')} in 2023.",
        "is of 2022/2023",
    ),
    "two thirds": ("Two thirds of the trade is wheat.", "Two thirds"),
    "twenty": ("Moscow cast twenty vetoes.", "twenty"),
    "half": ("About half of the arms came from Moscow.", "half"),
    "a label as we like it": (f'It was [99%]({BOOK}#un_votes "label:as we like it").', "does not say so"),
    "a count that looks like a year": ("In all there were 1991 votes.", "1991"),
    "a number in quotation marks": ("The survey says “trade grew by 7777 percent”.", "no claim and no fact"),
    # and these are new
    "twofold": ("The share of China rose twofold.", "twofold"),
    "a dozen": ("Moscow sold a dozen helicopters.", "dozen"),
    "the other calculation": (
        f"Votes alike: {counted('58%', 'un_agreement_by_issue', 'pak-rus-1980s')}.",
        "worked out 81%",
    ),
    "the other table": (f"Votes alike: {counted('81%', 'disputes', 'pak-rus-1980s')}.", "doesn't use"),
    "a word beside a number": (
        f"Deliveries were {counted('three times as much', 'arms_from_moscow', 'sec-decade-times')}.",
        "worked out twice",
    ),
    "another state": (
        f"Alike were {counted('81%', 'un_agreement_by_issue', 'pak-rus-1980s')} of the votes with China.",
        "speaks of China",
    ),
    "millions for billions": (f"India spent {told('86.1', 'sec084#India')} million dollars.", "says million"),
    "euros for dollars": (f"India’s contract cost {told('5.43', 'L005')} billion euros.", "says euros"),
    "the wrong year": (f"FAOSTAT has {told('9,180 tonnes', 'TR153#2021')} for 2022.", "is of 2021"),
    "the wrong month": (f"The line was agreed {told('in November 2015', 'E013')}.", "not the date"),
    "the other side’s losses": (
        f"The Taliban name {told('23', 'sec106#Pakistan')} dead.",
        "speaks of Taliban",
    ),
    "a name that is no value": (
        f"India spent {told('86.1', 'sec084#China')} billion dollars.",
        "no value 'China'",
    ),
    "another page": (
        'Pakistan said that warplanes [killed 12](https://example.org "fact:H1985c").',
        "not to the fact's source",
    ),
    "a number of the claim": (f'The survey says [36%]({BOOK}#claims "claim:S000-38").', "not in the claim"),
    "an assumption of nowhere": (
        f'At [13%]({BOOK}#pipelines "label:an assumption, chosen in the menu") it pays.',
        "no such assumption",
    ),
    "days between events": ("Three days later the train left.", "Three"),
    "a quarter": ("More than a quarter of the claims failed.", "a quarter"),
    "many states": ("Twenty other states traded more with Russia.", "Twenty"),
}


@pytest.mark.parametrize("name", PROSE)
def test_a_false_sentence_is_found(name):
    sentence, says = PROSE[name]
    assert any(says in error for error in errors(sentence)), errors(sentence)


TITLES = {
    # what six titles once said
    "Since 1980, India has voted with Moscow no more often than Pakistan": (
        "01_history",
        "compared-with-whom-3",
    ),
    "India leans on one supplier less than before, Pakistan more": (
        "02_security",
        "two-buyers-change-places-3",
    ),
    "Power from gas fell by a third from 2016 to 2021": ("03_energy", "third-suspect-other-power-plants-4"),
    "Every country abstained on every text": ("01_history", "votes-on-ukraine-5"),
    "All poppies are gone": ("02_security", "poppies-before-and-after-a-ban-3"),
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_nobody_looked_at_is_found(title):
    stem, cell = TITLES[title]
    path = ROOT / "notebooks" / f"{stem}.ipynb"
    figure = next(figure for figure in words(path) if figure.cell == cell)
    assert list(titles.mismatch(figure._replace(title=title), titles.rows(path)[cell]))


FINDINGS = {
    "India votes no more with Moscow": "(table('un_agreement').query(\"scope == 'final' and country_a == 'RUS' and country_b == 'IND'\")"
    ".set_index('year').share_alike_pct - table('un_agreement').query(\"scope == 'final' and country_a == 'PAK' and country_b == 'RUS'\")"
    ".set_index('year').share_alike_pct).loc[1980:].max() <= 0",
    "Pakistan leans more than ever before": "table('arms_imports').query(\"buyer == 'PAK' and supplier != 'OTH' and window_kind == 'regular'\")"
    ".share_pct.idxmax() == table('arms_imports').query(\"buyer == 'PAK' and window_start == 2020\").share_pct.idxmax()",
    "One more date lies ahead": "table('freight_train').promised_until.max() > '2026-11-21'",
    "2023 had 920 million": "table('trade_statements').query(\"period == '2023'\").turnover_musd.max() <= 920",
    "3 of 11 separate spans fell": "table('trade_changes').year.nunique() == 11",
    "Gas fell by a third, whatever the first year": "all(table('electricity_mix').query(\"source == 'gas'\").set_index('year').twh.pipe("
    "lambda gas: 1 - gas[2021] / gas[year]) > 0.3 for year in (2014, 2015, 2016))",
    "The essay holds less often than the survey": "(claims(article='essay').verdict == 'supported').mean()"
    " < (claims(article='survey').verdict == 'supported').mean()",
}


@pytest.mark.parametrize("name", FINDINGS)
def test_a_false_finding_is_found(name):
    assert holds.error(FINDINGS[name], {}).startswith("false: ")


QUIZZES = {
    "history-32": "It fell from 82 to 75.",
    "trade-23": "920 is twice as much as the other.",
    "energy-18": "From 23.7 to 24.9 bcm.",
}


@pytest.mark.parametrize("key", QUIZZES)
def test_a_false_answer_is_found(key):
    file, _, text = next(entry for entry in stated.texts() if entry[1] == key)
    assert traced.untraced(file, key, text) == []
    assert traced.untraced(file, key, f"{text}\n{QUIZZES[key]}")


# Sentences of keys, guides, pages about programs and the site: file, id, a true part, and what a slip makes of it.
STATED = {
    "a contract’s percentage": (
        "solutions/keys/03_energy",
        "energy-a4",
        "13.37% of Brent",
        "13.73% of Brent",
    ),
    "another interest": ("solutions/keys/03_energy", "energy-a8", "Here it is 8%", "Here it is 9%"),
    "another length": ("solutions/keys/03_energy", "energy-a10", "larger than 1,040", "larger than 1,140"),
    "a wrong unit": ("solutions/keys/03_energy", "energy-a7", "Divide by 1000.", "Divide by 100."),
    "other months": ("solutions/keys/03_energy", "energy-a4", "of the three months", "of the five months"),
    "a bound of the claim": ("solutions/keys/04_trade", "trade-a10", "below 20", "below 30"),
    "the end of a score": (
        "solutions/keys/05_limits",
        "limits-a8",
        "A score ends at three.",
        "A score ends at five.",
    ),
    "other years": ("solutions/keys/05_limits", "limits-a3", "Take the five years", "Take the seven years"),
    "another guess": ("solutions/keys/06_outlook", "outlook-a6", "doubt says 10", "doubt says 15"),
    "another start": ("solutions/keys/06_outlook", "outlook-a7", "starts with 700", "starts with 770"),
    "a limit of the sandbox": ("docs/grading.md", "", "5 seconds", "55 seconds"),
    "what a server carries": ("docs/hub.md", "", "| 67 | 200 |", "| 76 | 200 |"),
    "the advice of peer instruction": ("docs/live.md", "", "Fewer than 30%", "Fewer than 40%"),
    "a share of cases": ("docs/style.md", "", "in 4% of cases", "in 14% of cases"),
    "a fact in a plan": ("docs/teaching/plan_03_energy.md", "", "[15 hours](", "[18 hours]("),
    "points of a text": ("docs/teaching/marks.md", "", "of 10 points each", "of 15 points each"),
    "weeks of a plan": ("docs/teaching/syllabus.md", "", "A sheet has 100 points", "A sheet has 120 points"),
    "claims of the paper": ("paper.md", "", "into 151 claims", "into 115 claims"),
    "claims of the site": ("site/pages/claims.md", "", "All 151 claims", "All 150 claims"),
    "lessons of the site": ("site/templates/home.html", "", "Seven lessons", "Eight lessons"),
}


@pytest.mark.parametrize("name", STATED)
def test_a_false_word_of_a_key_or_a_page_is_found(name):
    file, key, true, false = STATED[name]
    text = next(text for place, one, text in stated.texts() if (place, one) == (file, key))
    assert traced.untraced(file, key, text) == []
    assert true in text, f"{file}: the sentence has changed"
    assert traced.untraced(file, key, text.replace(true, false, 1))


def test_what_is_over_is_found():
    assert list(times.overtaken("One more date lies ahead.", datetime.date(2026, 11, 21)))
    assert times.undated("No run of a train was found.")


def test_there_are_enough_of_them():
    assert len(PROSE) + len(TITLES) + len(FINDINGS) + len(QUIZZES) >= 35
    assert len(notebooks("notebooks")) == 7
