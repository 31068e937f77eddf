"""ukraine_votes: sixteen votes of the UN General Assembly on Ukraine, 2014 to 2025, with the votes of ten countries."""

import re
from pathlib import Path

import pandas as pd

from common import COUNTRIES, DATA, read_raw, refuse, refuse_duplicates, refuse_rows, write_csv

TABLES = ("ukraine_votes",)
AFTER = ("un_votes",)

RAW = "history/ukraine_votes_unga_2014_2025.csv"
ROWS = 16
TOTALS = ["yes", "no", "abstain"]

# Sources that the raw file names in words, and where each is kept.
ADDRESSES = {
    "unga_roll_calls": "https://dataverse.harvard.edu/dataset.xhtml?persistentId=hdl:1902.1/12379",
    "jacqueline-witwicki": "https://github.com/jacqueline-witwicki/UNGA_Voting_Coincidences_Over_Time",
    "HarukiKinoshita": "https://github.com/HarukiKinoshita/ukraine-viz",
    "data-driven-decision-lab": "https://github.com/data-driven-decision-lab/un-digital-library-scraper",
    "US State Department": "https://www.state.gov/voting-practices-in-the-united-nations/",
}
NOTES = {
    "ES-11/1": "All ten votes agree with a copy of the UN Digital Library record of May 2022. Afghanistan's seat was "
               "still held by the former government.",
    "ES-11/2": "From a copy of the UN Digital Library record of May 2022; the totals agree with the US State "
               "Department's report for 2022.",
    "ES-11/3": "Afghanistan did not vote. A headline of the Times of Islamabad says that China abstained; the UN "
               "record says no.",
    "ES-11/4": "From press lists of the no votes and abstentions. Empty means on neither list: yes or absent.",
    "ES-11/5": "From a copy of the Wikipedia page and a press report. Saudi Arabia is on neither the yes nor the no "
               "list: abstained or absent.",
    "ES-11/6": "Russia, USA, United Kingdom and Türkiye from the US State Department's table of the two votes of "
               "2023. In them Saudi Arabia cast one yes and one abstention, Afghanistan one yes and one absence: "
               "left empty.",
    "78/221": "Derived from the US State Department's table of the two votes of 2023, the other being known. The "
              "report gives the year only, so the date is empty.",
    "ES-11/7": "From a copy of the UN Digital Library record: of 193 states 17 did not vote.",
    "ES-11/8": "From a copy of the UN Digital Library record: of 193 states 19 did not vote. The USA abstained on its "
               "own text after amendments.",
}


def fetch() -> dict[str, pd.DataFrame]:
    """The votes as text."""
    return {"votes": read_raw(RAW)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Addresses only in source_url; the note says what the sources do and do not show."""
    votes = files["votes"]
    call = votes.source.str.extract(r"rcid (\d+)", expand=False)
    table = votes.assign(
        year=votes.date.str[:4].astype(int),
        date=votes.date.where(votes.date.str.len() == 10),
        source_url=(votes.source + " ; " + votes.note).map(_addresses),
        note=votes.resolution.map(NOTES).fillna("Call V" + call + " of un_votes; totals counted in its source."),
    ).astype({name: int for name in TOTALS})
    columns = ["date", "year", "resolution", "subject", *TOTALS, *COUNTRIES, "source_url", "note"]
    return {"ukraine_votes": table[columns]}


def _addresses(source: str) -> str:
    """'https://a ; a named source' becomes the addresses of both, separated by ' ; '."""
    parts = source.split(" ; ")
    found = [re.findall(r"https?://\S+", part) or [url for name, url in ADDRESSES.items() if name in part]
             for part in parts]
    return " ; ".join(dict.fromkeys(url for urls in found for url in urls))


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Refuse impossible votes and sources, then compare the votes up to 2019 with data/un_votes.csv."""
    file, table = "ukraine_votes", tables["ukraine_votes"]
    if len(table) < ROWS:
        refuse(file, "rows", f"{len(table)} votes, at least {ROWS} expected: new votes are added, none is lost")
    refuse_duplicates(file, table, ["resolution"])
    refuse_rows(file, table, ~table.year.between(2014, 2025), "year outside 2014 to 2025")
    apart = table.date.notna() & (table.date.str[:4] != table.year.astype(str))
    refuse_rows(file, table, apart, "date and year differ")
    refuse_rows(file, table, table[TOTALS].lt(0).any(axis=1) | (table[TOTALS].sum(axis=1) > 193),
                "totals below 0 or above the 193 members")
    refuse_rows(file, table, table.yes <= table.no, "an adopted text with no more yes than no")
    for country in COUNTRIES:
        odd = table[country].notna() & ~table[country].isin(["Y", "A", "N"])
        refuse_rows(file, table[["resolution", country]], odd, "a vote other than Y, A, N or empty")
    one = r"https?://[^\s;]+"
    listed = table.source_url.str.fullmatch(f"{one}( ; {one})*")
    refuse_rows(file, table, ~listed, "source_url is not a list of addresses")
    ours = pd.read_csv(DATA / "un_votes.csv").drop_duplicates("resolution")
    both = table[table.year <= 2019].merge(ours, on="resolution", how="left", suffixes=("", "_un_votes"))
    for country in COUNTRIES:
        same = both[country].fillna("-") == both[f"{country}_un_votes"].fillna("-")
        refuse_rows(file, both[["resolution", country, f"{country}_un_votes"]], ~same, "not as in un_votes")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store ukraine_votes.csv."""
    write_csv(tables["ukraine_votes"], folder, "ukraine_votes")
