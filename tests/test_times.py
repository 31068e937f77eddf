"""What was open when the sources ended says so, and what has passed since is known."""

import datetime

import pytest
import times
from pictures import words
from prose import LINK

from course import notebooks, read

# What lay ahead of the sources and has passed at the release, and where the course says that it can't tell.
EXPIRED = {
    "freight_train: 2026-06-30": "06: one date lies beyond our sources; the first of the open bets",
    "projects: 2026-10": "06: the third of the open bets",
}


def said(path):
    """All that a notebook says: its prose, its titles and measures."""
    prose = [LINK.sub(r"\1", cell.source) for cell in read(path).cells if cell.cell_type == "markdown"]
    return "\n\n".join([*prose, *(f"{figure.title}. {figure.measure}" for figure in words(path))])


@pytest.mark.parametrize(
    "path", notebooks("notebooks", "solutions"), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_what_was_not_found_carries_the_day(path):
    assert times.undated(said(path)) == []
    assert list(times.overtaken(said(path), times.release())) == []


def test_what_has_expired_is_known():
    assert times.expired(times.release()) == set(EXPIRED)


@pytest.mark.parametrize(
    "text",
    [
        "One more date lies ahead.",
        "The train is to run by 30 June 2026.",
        "Elections are still ahead, in May 2026.",
    ],
)
def test_what_was_overtaken_is_found(text):
    assert list(times.overtaken(text, datetime.date(2026, 11, 21)))


@pytest.mark.parametrize(
    "text",
    [
        "No run of a train was found.",
        "We found no report.",
        "They are not yet negotiating.",
        "We looked and found none.",
    ],
)
def test_what_carries_no_day_is_found(text):
    assert times.undated(text)
    assert not times.undated(text + " Our sources reach up to March 2026.")


def test_a_later_release_has_more_that_expired():
    assert times.expired(datetime.date(2031, 1, 1)) > set(EXPIRED)
