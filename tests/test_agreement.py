"""Facts about one event agree, or the difference is settled and both sides stand where one is printed."""

import agreement
import pandas as pd
import yaml

from ruspak import table
from ruspak.data.package import package

FACTS = table("facts")
TABLES = [resource["name"] for resource in package()["resources"]]
# The fact that these rows name tells of another day, too: their own day waits for a better one.
WAITING = {"contacts: 1991-11", "contacts: 1994-05"}


def test_what_may_contradict_is_settled():
    assert agreement.open_groups(FACTS) == []


def test_both_sides_stand_where_one_is_printed():
    assert agreement.one_sided() == []


def test_tables_have_the_dates_of_their_facts():
    found = agreement.other_dates(FACTS, TABLES)
    assert {error.split(" against")[0] for error in found} == WAITING, found


def test_settled_facts_exist():
    ids = set(FACTS["id"])
    entries = agreement.settled()
    assert not {key for entry in entries for key in entry["facts"]} - ids
    assert all(("different" in entry) != ("both" in entry) for entry in entries)


def planted(**changes):
    return pd.concat([FACTS, FACTS[FACTS["id"] == "E013"].assign(id="E999", **changes)])


def test_another_day_and_another_value_are_found():
    assert ("E013", "E999") in agreement.open_groups(planted(date="2015-10-17"))
    border = FACTS[FACTS["id"] == "TR018"].assign(id="TR999", value="921", date="2030-01")
    more = pd.concat([FACTS, border, border.assign(id="TR998", value="922")])
    assert agreement.open_groups(more) == [("TR999", "TR998")]


def test_a_side_without_the_other_is_found(monkeypatch, tmp_path):
    plan = tmp_path / "settled.yaml"
    plan.write_text(yaml.safe_dump([{"facts": ["H1960a", "E999"], "both": "no_table"}]), encoding="utf-8")
    monkeypatch.setattr(agreement, "TABLE", plan)
    assert agreement.one_sided()[0].endswith("H1960a without E999")


def test_a_row_with_another_day_is_found(monkeypatch):
    rows = pd.DataFrame({"date": ["2025-10-13"], "fact_id": ["H1960a"]})
    monkeypatch.setattr(agreement, "table", lambda name: rows)
    assert agreement.other_dates(FACTS, ["planted"]) == ["planted: 2025-10-13 against 1960-05-01 of H1960a"]
