"""assembly_agreement, assembly_votes: votes on adopted texts of the UN General Assembly to October 2025.

Adopted texts only, no separate votes on paragraphs: another series than un_votes, never joined to it.
"""

from pathlib import Path

import pandas as pd
from common import (
    COUNTRIES,
    ordered_pair,
    read_raw,
    reject,
    reject_duplicates,
    reject_rows,
    stored,
    write_csv,
)
from un_agreement import PLACES, agreement

TABLES = ("assembly_agreement", "assembly_votes")
AFTER = ("ukraine_votes",)

CALLS = "additions/unga_adopted_roll_calls_1946_2025.csv"
SECOND = "additions/unga_agreement_pairs_adopted_1946_2025.csv"
UNDL = "history/unga_roll_calls_10_countries_2020_2021.csv"
TOTALS = ["yes", "no", "abstain", "not_voting"]
# Texts that are shown one by one: by a word of the title, or by symbol where the title does not name it
# (the source cuts titles).
TOPICS = {"Ukrain": "Ukraine", "Crimea": "Ukraine", "situation in Afghanistan": "Afghanistan"}
SYMBOLS = {
    "76/179": "Ukraine",
    "77/229": "Ukraine",
    "ES-11/3": "Ukraine",
    "ES-11/6": "Ukraine",
    "ES-11/8": "Ukraine",
    "77/284": "Council of Europe",
    "79/284": "Council of Europe",
    "26/2793": "India and Pakistan",
}
OPPOSED = "other"
# The record of 71/205 counts one no more than the collection behind ukraine_votes.
CORRECTED = ["71/205"]
# From October 2024 on most votes of Türkiye are lost in the copy, among them its yes to ES-11/7: none is used.
TURKIYE_TO = "2024-09-30"
ROWS = {"assembly_agreement": 1279, "assembly_votes": 69}


def fetch() -> dict[str, pd.DataFrame]:
    """The roll calls as text."""
    return {"calls": read_raw(CALLS)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Shares by year for every pair with Pakistan or Moscow, and the texts of TOPICS one by one."""
    calls = files["calls"]
    calls = calls.assign(
        year=calls.date.str[:4].astype(int),
        resolution=_symbol(calls.resolution),
        TUR=calls.TUR.where(calls.date <= TURKIYE_TO),
    )
    places = calls.assign(**{name: calls[name].map(PLACES) for name in COUNTRIES})
    shares = agreement(places, ["year"])
    # A year of which only a part is known has no share.
    cut = shares.country_b.eq("TUR") & shares.year.ge(int(TURKIYE_TO[:4]))
    shares = shares[shares.country_a.isin(["PAK", "RUS"]) & ~cut]
    columns = [
        "year",
        "country_a",
        "country_b",
        "calls",
        "share_alike_pct",
        "share_half_pct",
        "share_opposed_pct",
    ]
    return {
        "assembly_agreement": shares[columns].reset_index(drop=True),
        "assembly_votes": _one_by_one(calls),
    }


def _symbol(text: pd.Series) -> pd.Series:
    """A/RES/68/262 becomes 68/262, A/RES/2793(XXVI) becomes 26/2793 as in un_votes."""
    return text.str.removeprefix("A/RES/").replace({"2793(XXVI)": "26/2793"})


def _one_by_one(calls: pd.DataFrame) -> pd.DataFrame:
    topic = calls.resolution.map(SYMBOLS)
    for word, name in TOPICS.items():
        topic = topic.mask(calls.title.str.contains(word) & topic.isna(), name)
    against = calls.PAK.isin(["Y", "N"]) & calls.RUS.isin(["Y", "N"]) & calls.PAK.ne(calls.RUS)
    topic = topic.mask(against & calls.year.between(2022, 2024) & topic.isna(), OPPOSED)
    table = calls.assign(topic=topic).dropna(subset="topic").astype(dict.fromkeys(TOTALS, int))
    columns = ["date", "year", "resolution", "topic", "title", *COUNTRIES, *TOTALS]
    return table[columns].sort_values(["date", "resolution"], ignore_index=True)


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible votes and shares, then compare with a second computation and two collections."""
    shares, texts = (tables[name] for name in TABLES)
    for name, key in (
        ("assembly_agreement", ["year", "country_a", "country_b"]),
        ("assembly_votes", ["resolution"]),
    ):
        if len(tables[name]) < ROWS[name]:
            reject(name, "rows", f"{len(tables[name])} rows, at least {ROWS[name]} expected")
        reject_duplicates(name, tables[name], key)
        reject_rows(name, tables[name], ~tables[name].year.between(1946, 2025), "year outside 1946 to 2025")
    reject_rows("assembly_agreement", shares, shares.calls < 1, "no call")
    for country in COUNTRIES:
        odd = texts[country].notna() & ~texts[country].isin(["Y", "A", "N"])
        reject_rows(
            "assembly_votes", texts[["resolution", country]], odd, "a vote other than Y, A, N or empty"
        )
    reject_rows(
        "assembly_votes", texts, ~texts[TOTALS].sum(axis=1).between(100, 193), "totals outside 100 to 193"
    )
    reject_rows("assembly_votes", texts, texts.yes <= texts.no, "an adopted text with no more yes than no")
    _compare_pairs(shares)
    _compare_votes(texts)


def _compare_pairs(shares: pd.DataFrame) -> None:
    """The same shares, computed from the roll calls by other code; both rounded: 0.011 points allowed."""
    theirs = read_raw(SECOND).astype({"year": int})
    theirs[["country_a", "country_b"]] = [ordered_pair(a, b) for a, b in zip(theirs.a, theirs.b, strict=True)]
    theirs = theirs[theirs.country_b.ne("TUR") | theirs.year.lt(int(TURKIYE_TO[:4]))]
    both = shares.merge(theirs, on=["year", "country_a", "country_b"], how="outer")
    for ours, other, scale in (
        ("calls", "n_both", 1),
        ("share_alike_pct", "share_same", 100),
        ("share_half_pct", "share_half", 100),
        ("share_opposed_pct", "share_opposed", 100),
    ):
        gap = (both[ours] - both[other].astype(float) * scale).abs()
        shown = both[["year", "country_a", "country_b", ours, other]]
        reject_rows("assembly_agreement", shown, ~(gap < 0.011), f"{ours} differs from {other}")


def _compare_votes(texts: pd.DataFrame) -> None:
    """All ten votes and the tally against the copy of 2020–21 and against ukraine_votes, without slack."""
    undl = read_raw(UNDL).rename(columns={f"total_{name}": name for name in TOTALS})
    undl = undl.assign(resolution=_symbol(undl.resolution))
    ukraine = pd.read_csv(stored("ukraine_votes"), dtype=str, keep_default_na=False, na_values=[""])
    for name, other in (("the copy of 2020–21", undl), ("ukraine_votes", ukraine)):
        both = texts.merge(other, on="resolution", suffixes=("", "_there"))
        for column in [*COUNTRIES, *TOTALS[:3]]:
            there = both[f"{column}_there"]
            known = there.notna() if name == "ukraine_votes" else True
            known &= ~both.resolution.isin(CORRECTED) & (column != "TUR" or both.date.le(TURKIYE_TO))
            same = both[column].astype(object).fillna("-").astype(str) == there.fillna("-")
            shown = both[["resolution", column, f"{column}_there"]]
            reject_rows("assembly_votes", shown, ~same & known, f"not as in {name}")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store both tables."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
