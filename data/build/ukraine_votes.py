"""ukraine_votes: twenty listed votes of the UN General Assembly on Ukraine, 2014 to 2025, by ten countries."""

import re
from pathlib import Path

import pandas as pd
from common import COUNTRIES, read_raw, reject, reject_duplicates, reject_rows, stored, write_csv

TABLES = ("ukraine_votes",)
AFTER = ("un_votes",)

RAW = "history/ukraine_votes_unga_2014_2025.csv"
UNDL = "history/unga_roll_calls_10_countries_2020_2021.csv"
ROWS = 20
TOTALS = ["yes", "no", "abstain"]

# The Crimea texts among the roll calls of 2020 and 2021, which give neither day nor subject: these are from the press.
CRIMEA = {
    "75/29": (
        "2020-12-07",
        "Militarisation of Crimea",
        "https://staging.rferl.org/a/un-general-assembly-passes-nonbinding-resolution-urging-russia-to-withdraw-"
        "from-crimea/30989310.html ; "
        "https://www.unian.info/politics/russian-occupation-unga-backs-updated-resolution-on-crimea-"
        "11247098.html",
    ),
    "75/192": (
        "2020-12-16",
        "Human rights in Crimea",
        "https://www.unian.info/politics/unga-resolution-adopted-on-rights-situation-in-occupied-crimea-"
        "11258264.html",
    ),
    "76/70": (
        "2021-12-09",
        "Militarisation of Crimea",
        "https://arc.construction/23720 ; https://ukrinform.net/amp/rubric-polytics/3366414-crimea-platform-and-"
        "russian-militarization-un-general-assembly-adopts-new-resolution.html",
    ),
    "76/179": (
        "2021-12-16",
        "Human rights in Crimea",
        "https://rubryka.com/en/2021/12/17/genasambleya-oon-shvalyla-posylenu-rezolyutsiyu-shhodo-sytuatsiyi-z-"
        "pravamy-lyudyny-u-krymu",
    ),
}
# Votes that the raw file lacks and a page names, and where.
NAMED = {
    "ES-11/4": (
        {"USA": "Y", "TUR": "Y"},
        "http://world.kbs.co.kr/service/news_view.htm?lang=g&Seq_Code=93261 ; "
        "https://www.faz.net/aktuell/politik/ausland/un-vollversammlung-verurteilt-annexionen-moskaus-mit-"
        "grosser-mehrheit-18383165.html ; "
        "https://infopro54.ru/news/kakie-strany-vozderzhalis-ot-golosovaniya-v-oon/",
    ),
    "ES-11/6": (
        {"SAU": "Y", "AFG": "Y"},
        "https://www.inkl.com/news/un-tells-russia-to-leave-ukraine-how-did-countries-vote ; "
        "https://www.newzsnoop.com/breaking-news/un-tells-russia-to-depart-ukraine-how-did-international-"
        "locations-vote-russia-ukraine-conflict-information/02/",
    ),
    "78/221": ({"SAU": "A"}, "US State Department"),
}

# The title of a text to which the raw file gives a name of its own: UN press release GA/12458, arcrimea.org.
TITLES = {
    "ES-11/4": "Territorial integrity of Ukraine: defending the principles of the Charter of the United Nations",
    "ES-11/7": "Advancing a comprehensive, just and lasting peace in Ukraine",
    "ES-11/8": "The path to peace",
}

# Sources that the raw file names in words, and where each is kept.
ADDRESSES = {
    "unga_roll_calls": "https://dataverse.harvard.edu/dataset.xhtml?persistentId=hdl:1902.1/12379",
    "jacqueline-witwicki": "https://github.com/jacqueline-witwicki/UNGA_Voting_Coincidences_Over_Time",
    "HarukiKinoshita": "https://github.com/HarukiKinoshita/ukraine-viz",
    "data-driven-decision-lab": "https://github.com/data-driven-decision-lab/un-digital-library-scraper",
    "US State Department": "https://www.state.gov/voting-practices-in-the-united-nations/",
}
NOTES = {
    "75/29": "Votes and totals: call U75/29 of un_votes. Day and subject from the press, with the same totals.",
    "75/192": "Votes and totals: call U75/192 of un_votes. Day and subject from the press, with the same totals.",
    "76/70": "Votes and totals: call U76/70 of un_votes. Day and subject from the press. Ukrinform counts 63 yes: "
    "Japan said that its yes was not shown on the screen.",
    "76/179": "Votes and totals: call U76/179 of un_votes. Day and subject from the press, with the same totals.",
    "ES-11/1": "All ten votes agree with a copy of the UN Digital Library record of May 2022. Afghanistan's seat was "
    "still held by the former government.",
    "ES-11/2": "From a copy of the UN Digital Library record of May 2022; the totals agree with the US State "
    "Department's report for 2022.",
    "ES-11/3": "Afghanistan did not vote. A headline of the Times of Islamabad says that China abstained; the UN "
    "record says no.",
    "ES-11/4": "No votes and abstentions from press lists; the USA named as yes by KBS World, Türkiye and Saudi Arabia "
    "by the Frankfurter Allgemeine. Iran did not vote (RIA Novosti, in Infopro54). The United Kingdom and "
    "Afghanistan are on neither list: yes or absent.",
    "ES-11/5": "From a copy of the Wikipedia page and a press report. Saudi Arabia is on neither the yes nor the no "
    "list: abstained or absent.",
    "ES-11/6": "Russia, USA, United Kingdom and Türkiye from the US State Department's table of the two votes of "
    "2023; Saudi Arabia and Afghanistan from Al Jazeera's list of yes votes (two copies).",
    "78/221": "Derived from the US State Department's table of the two votes of 2023, the other being known; "
    "Afghanistan was absent. The report gives the year only, so the date is empty.",
    "ES-11/7": "From a copy of the UN Digital Library record: of 193 states 17 did not vote.",
    "ES-11/8": "From a copy of the UN Digital Library record: of 193 states 19 did not vote. The USA abstained on its "
    "own text after amendments.",
}


def fetch() -> dict[str, pd.DataFrame]:
    """The votes, and the roll calls of 2020 and 2021, as text."""
    return {"votes": read_raw(RAW), "undl": read_raw(UNDL)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """In order of time, without a day last in the year; the note says what the sources do and do not show."""
    votes = pd.concat([files["votes"], _crimea(files["undl"])], ignore_index=True)
    for resolution, (named, pages) in NAMED.items():
        place = votes.resolution == resolution
        votes.loc[place, list(named)] = list(named.values())
        votes.loc[place, "source"] += " ; " + pages
    call = votes.source.str.extract(r"rcid (\d+)", expand=False)
    table = votes.assign(
        year=votes.date.str[:4].astype(int),
        date=votes.date.where(votes.date.str.len() == 10),
        subject=votes.resolution.map(TITLES).fillna(votes.subject),
        source_url=(votes.source + " ; " + votes.note.fillna("")).map(_addresses),
        note=votes.resolution.map(NOTES).fillna(
            "Call V" + call + " of un_votes; totals counted in its source."
        ),
    ).astype({name: int for name in TOTALS})
    columns = ["date", "year", "resolution", "subject", *TOTALS, *COUNTRIES, "source_url", "note"]
    return {"ukraine_votes": table[columns].sort_values(["year", "date"], kind="stable", ignore_index=True)}


def _crimea(calls: pd.DataFrame) -> pd.DataFrame:
    """The roll calls of CRIMEA in the columns of the raw file of votes."""
    calls = calls.assign(resolution=calls.resolution.str.removeprefix("A/RES/"))
    calls = calls[calls.resolution.isin(CRIMEA)].rename(columns={f"total_{name}": name for name in TOTALS})
    known = pd.DataFrame(
        calls.resolution.map(CRIMEA).tolist(), index=calls.index, columns=["date", "subject", "pages"]
    )
    # The press gives day and subject, the collection of the UN records gives the votes.
    return calls.assign(date=known.date, subject=known.subject, source=known.pages + " ; jacqueline-witwicki")


def _addresses(source: str) -> str:
    """'https://a ; a named source' becomes the addresses of both, separated by ' ; '."""
    parts = source.split(" ; ")
    found = [
        re.findall(r"https?://\S+", part) or [url for name, url in ADDRESSES.items() if name in part]
        for part in parts
    ]
    return " ; ".join(dict.fromkeys(url for urls in found for url in urls))


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible votes and sources, then compare all votes up to 2021 with the table un_votes."""
    file, table = "ukraine_votes", tables["ukraine_votes"]
    if len(table) < ROWS:
        reject(
            file, "rows", f"{len(table)} votes, at least {ROWS} expected: new votes are added, none is lost"
        )
    reject_duplicates(file, table, ["resolution"])
    reject_rows(file, table, ~table.year.between(2014, 2025), "year outside 2014 to 2025")
    apart = table.date.notna() & (table.date.str[:4] != table.year.astype(str))
    reject_rows(file, table, apart, "date and year differ")
    reject_rows(
        file,
        table,
        table[TOTALS].lt(0).any(axis=1) | (table[TOTALS].sum(axis=1) > 193),
        "totals below 0 or above the 193 members",
    )
    reject_rows(file, table, table.yes <= table.no, "an adopted text with no more yes than no")
    for country in COUNTRIES:
        odd = table[country].notna() & ~table[country].isin(["Y", "A", "N"])
        reject_rows(file, table[["resolution", country]], odd, "a vote other than Y, A, N or empty")
    one = r"https?://[^\s;]+"
    listed = table.source_url.str.fullmatch(f"{one}( ; {one})*")
    reject_rows(file, table, ~listed, "source_url is not a list of addresses")
    ours = pd.read_csv(stored("un_votes")).drop_duplicates("resolution")
    both = table[table.year <= 2021].merge(ours, on="resolution", how="left", suffixes=("", "_un_votes"))
    for country in COUNTRIES:
        same = both[country].fillna("-") == both[f"{country}_un_votes"].fillna("-")
        reject_rows(file, both[["resolution", country, f"{country}_un_votes"]], ~same, "not as in un_votes")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store ukraine_votes.csv."""
    write_csv(tables["ukraine_votes"], folder, "ukraine_votes")
