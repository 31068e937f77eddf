"""opium, afghan_refugees: two series on Afghanistan that its neighbours watch."""

from pathlib import Path

import pandas as pd
from common import read_facts, read_raw, reject, reject_duplicates, reject_rows, write_csv

TABLES = ("opium", "afghan_refugees")

OPIUM = "security/opium_afghanistan.csv"
PEOPLE = "security/unhcr_population_afg_pak.csv"
RETURNS = "security/unhcr_solutions_afg.csv"
ESTIMATORS = {"UNODC": "UN", "US government (ONDCP)": "US"}
ASYLUM = ["PAK", "IRN"]
PERSONS = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "ooc": "others_of_concern",
    "oip": "others_in_need",
}


def fetch() -> dict[str, pd.DataFrame]:
    """The three files as text."""
    return {"opium": read_raw(OPIUM), "people": read_raw(PEOPLE), "returns": read_raw(RETURNS)}


def process(files: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Poppy area a year and estimator; Afghans a year and country of asylum."""
    rows = files["opium"]
    opium = pd.DataFrame(
        {
            "year": rows.year.astype(int),
            "estimator": rows.estimate_by.map(ESTIMATORS),
            "area_ha": rows.cultivation_ha.astype(int),
            "opium_tonnes": rows.potential_opium_tonnes.astype("Int64"),
            "publisher": rows.publisher,
            "url": rows.url,
        }
    ).sort_values(["year", "estimator"], ignore_index=True)
    people = files["people"].query("coo == 'AFG'")
    people = people[people.coa.isin(ASYLUM)].rename(columns=PERSONS)
    returns = files["returns"].rename(columns={"returned_refugees": "returned"})[["year", "coa", "returned"]]
    people = people.merge(returns, on=["year", "coa"], how="left")
    numbers = [*PERSONS.values(), "returned"]
    people = people.assign(
        year=people.year.astype(float).astype(int),
        country=people.coa,
        **{name: people[name].astype(float).astype("Int64") for name in numbers},
    )
    return {
        "opium": opium,
        "afghan_refugees": people[["country", "year", *numbers]].sort_values(
            ["country", "year"], ignore_index=True
        ),
    }


def validate(tables: dict[str, pd.DataFrame]) -> None:
    """Reject impossible values, then compare with the facts that print the same years."""
    opium, people = tables["opium"], tables["afghan_refugees"]
    for name, table, key, least in (
        ("opium", opium, ["year", "estimator"], 28),
        ("afghan_refugees", people, ["country", "year"], 94),
    ):
        if len(table) < least:
            reject(name, "rows", f"{len(table)} rows, at least {least} expected")
        reject_duplicates(name, table, key)
    reject_rows(
        "opium", opium, ~opium.area_ha.between(5_000, 400_000), "area outside 5,000 to 400,000 hectares"
    )
    yields = 1000 * opium.opium_tonnes / opium.area_ha
    # A hectare gave 22 to 56 kg in the years that have both.
    reject_rows(
        "opium",
        opium,
        opium.opium_tonnes.notna() & ~yields.between(15, 65).fillna(False),
        "kilograms a hectare",
    )
    tonnes = opium[opium.estimator.eq("UN") & opium.year.eq(2024)].opium_tonnes.astype(str)
    reject_rows(
        "opium",
        tonnes.to_frame(),
        tonnes != read_facts().set_index("id").value["sec093"],
        "not as in fact sec093",
    )
    reject_rows("afghan_refugees", people, ~people.year.between(1979, 2025), "year outside 1979 to 2025")
    reject_rows(
        "afghan_refugees",
        people,
        ~people.refugees.between(50_000, 5_000_000),
        "refugees outside 50,000 to 5 million",
    )
    # The minister spoke of 1.4 million registered refugees in June 2021 (fact H2021s), UNHCR has 1.44 for the end of 2020.
    spoken = float(read_facts().set_index("id").value["H2021s"])
    ours = people[people.country.eq("PAK") & people.year.eq(2020)]
    reject_rows(
        "afghan_refugees", ours, (ours.refugees / 1e6 - spoken).abs() > 0.1, "not what the minister said"
    )


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Store opium.csv and afghan_refugees.csv."""
    for name in TABLES:
        write_csv(tables[name], folder, name)
