"""battle_deaths, death_counts: what was counted as deaths in conflict, by whom and by which definition."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("battle_deaths", "death_counts")

UCDP = "security/ucdp_prio_battle_deaths_1946_2022.csv"
GTI = "security/gti_2012_2022.csv"
GTD = "security/gtd_pakistan_2007_2018_yearly.csv"
COUNTRIES = {"770": "PAK", "700": "AFG"}
FIRST = 1989  # before, the source is another one whose terms were not found
# Cited figures only: the terms of GTD and GTI allow single numbers with their source, not a series.
CITED = {"GTD": [2012, 2013, 2015], "GTI 2023": [2012, 2013, 2015, 2022]}
# year, source, deaths as the fact prints them, whether fighters are counted, definition, fact
FROM_FACTS = [
    (2013, "GTI 2014", "2345", "not stated", "terrorist attacks, built on GTD", "sec095"),
    (2015, "US State Department", "1081", "not stated", "terrorist attacks, narrower than GTD", "sec097"),
    (2015, "PIPS", "1069", "not stated", "terrorist attacks", "sec098"),
    (2022, "SATP", "608", "no", "civilians and security forces killed in attacks", "sec099"),
    (2024, "GTI 2025", "1081", "no", "terrorist attacks", "sec069"),
    (2024, "PICSS", "1950", "yes", "all deaths in conflict", "sec066"),
    (2024, "CRSS", "2546", "yes", "violence-linked deaths", "sec068"),
    (2025, "PICSS, first count", "3387", "yes", "all deaths in conflict", "sec064"),
    (2025, "PICSS", "3413", "yes", "all deaths in conflict", "sec065"),
    (2025, "CRSS", "3417", "yes", "violence-linked deaths", "sec067"),
]
# How many of the counted were fighters, where the source of a fact says so: in its note.
FIGHTERS = {"sec064": 2115}
DEFINITIONS = {
    "GTD": ("yes", "terrorist attacks, doubtful cases and perpetrators included"),
    "GTI 2023": ("not stated", "terrorist attacks, narrower than GTD"),
    "UCDP": ("yes", "battle deaths of all sides, best estimate"),
}
COLUMNS = ["year", "source", "deaths", "fighters_counted", "definition", "fact_id"]
SHOWN = ["year", "source", "deaths", "fighters_counted", "fighters", "definition", "fact_id"]


def fetch() -> dict[str, pd.DataFrame]:
    """The four files as text."""
    return {"ucdp": read_raw(UCDP), "gti": read_raw(GTI), "gtd": read_raw(GTD), "facts": read_facts()}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Yearly estimates of UCDP, and the counts of several sources for six years in Pakistan."""
    battle = _battle(files["ucdp"])
    gti = files["gti"].query("iso3c == 'PAK'").set_index("year").fatalities
    gtd = files["gtd"].set_index("year").killed
    best = battle[battle.country == "PAK"].set_index("year").best
    rows = [(year, "GTD", gtd[str(year)]) for year in CITED["GTD"]]
    rows += [(year, "GTI 2023", gti[str(year)]) for year in CITED["GTI 2023"]]
    rows += [(year, "UCDP", best[year]) for year in (2012, 2013, 2015, 2022)]
    counts = pd.DataFrame(
        [(year, source, deaths, *DEFINITIONS[source], None) for year, source, deaths in rows] + FROM_FACTS,
        columns=COLUMNS,
    )
    counts["deaths"] = counts.deaths.astype(float).astype(int)
    attackers = files["gtd"].set_index("year").perpetrators_killed.astype(float)
    counts["fighters"] = (
        counts.fact_id.map(FIGHTERS)
        .fillna(counts.year.astype(str).map(attackers).where(counts.source == "GTD"))
        .astype("Int64")
    )
    return {
        "battle_deaths": battle,
        "death_counts": counts[SHOWN].sort_values(["year", "deaths", "source"], ignore_index=True),
    }


def _battle(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows.gwcode.isin(COUNTRIES)].astype({"year": int, "low": float, "best": float, "high": float})
    rows = rows[rows.year >= FIRST].astype({"low": int, "best": int})
    # The copy has one upper bound below its own best estimate (Pakistan 2000): not known, rather than wrong.
    rows["high"] = rows.high.where(rows.high >= rows.best).astype("Int64")
    rows["country"] = rows.gwcode.map(COUNTRIES)
    return rows[["country", "year", "low", "best", "high"]].sort_values(
        ["country", "year"], ignore_index=True
    )


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible counts, and figures that are not those of the sourced facts."""
    battle, counts = tables["battle_deaths"], tables["death_counts"]
    for name, table, key, least in (
        ("battle_deaths", battle, ["country", "year"], 68),
        ("death_counts", counts, ["year", "source"], 21),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    reject_rows("battle_deaths", battle, ~battle.year.between(FIRST, 2022), "year outside 1989 to 2022")
    reject_rows("battle_deaths", battle, battle.low > battle.best, "low estimate above the best")
    reject_rows(
        "battle_deaths",
        battle,
        battle.high.notna() & (battle.high < battle.best),
        "high estimate below the best",
    )
    # The widest band has a high estimate of 3.3 times the best.
    wide = battle.high.gt(5 * battle.best).fillna(False)
    reject_rows("battle_deaths", battle, wide, "high estimate above five times the best")
    reject_rows(
        "death_counts", counts, ~counts.deaths.between(100, 10000), "deaths outside 100 to 10,000 a year"
    )
    reject_rows(
        "death_counts",
        counts,
        ~counts.fighters_counted.isin(["yes", "no", "not stated"]),
        "unknown fighters_counted",
    )
    raw_facts = read_facts().set_index("id")
    facts = raw_facts.value.dropna()
    cited = counts[counts.fact_id.notna()]
    reject_rows(
        "death_counts",
        cited,
        cited.deaths.astype(str) != cited.fact_id.map(facts),
        "not the number of its fact",
    )
    for key, number in FIGHTERS.items():
        if f"{number:,}" not in raw_facts.note[key]:
            reject("death_counts", key, f"its note does not name the {number:,} fighters")
    reject_rows(
        "death_counts",
        counts,
        counts.fighters.notna() & (counts.fighters >= counts.deaths),
        "more fighters than deaths",
    )
    # The index of 2023 is printed by the press, too: 643 deaths in 2022 (fact sec096).
    gti = counts[counts.source.eq("GTI 2023") & counts.year.eq(2022)]
    reject_rows(
        "death_counts",
        gti,
        gti.deaths.astype(str) != facts["sec096"],
        "not the number that the press printed",
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store battle_deaths.csv and death_counts.csv."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
