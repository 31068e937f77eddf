"""The tracker of projects and its kin: dates are those of the facts, and statuses keep their own rule."""

import pandas as pd
import pytest

from ruspak import claims, table

FACTS = table("facts").set_index("id")
PROJECTS = table("projects").set_index("id")
SAID = table("project_announcements")
STRENGTH = ["offer", "statement", "memorandum", "agreement", "contract"]


@pytest.mark.parametrize(
    "name", ["projects", "project_announcements", "people", "forecast_questions", "article_forecasts"]
)
def test_every_row_rests_on_a_fact(name):
    ids = table(name)["fact_id"]
    assert ids[~ids.isin(FACTS.index)].tolist() == []


@pytest.mark.parametrize("rows", [SAID, table("people")], ids=["project_announcements", "people"])
def test_dates_are_those_of_the_facts(rows):
    for row in rows.itertuples():
        known = FACTS.loc[row.fact_id, ["date", "source_date"]].dropna().str.split("/").explode().tolist()
        assert any(day.startswith(row.date.split("/")[0]) for day in known), row


def test_each_project_begins_with_its_first_announcement():
    first = SAID.groupby("project_id")["date"].min()
    known = PROJECTS["first_announced"].dropna()
    assert known.to_dict() == first.to_dict()
    assert (known.str[:4].astype(int).lt(1992) == PROJECTS.loc[known.index, "cohort"].eq("soviet")).all()


def test_the_paper_is_the_strongest_one_announced():
    strongest = SAID.groupby("project_id")["paper"].agg(lambda kinds: max(kinds, key=STRENGTH.index))
    # A contract for a study is no contract for the mill.
    differing = {name for name, paper in strongest.items() if PROJECTS.loc[name, "paper"] != paper}
    assert differing <= {"steel-mill-karachi"}


@pytest.mark.parametrize("column, announced", [("due", "due"), ("stated_cost_musd", "cost_musd")])
def test_due_dates_and_costs_were_announced(column, announced):
    named = SAID.dropna(subset=[announced]).groupby("project_id")[announced]
    known = PROJECTS[column].dropna()
    assert set(known.index) == set(named.groups)
    if column == "due":
        assert known.to_dict() == named.first().to_dict()
    else:
        assert [name for name, cost in known.items() if cost not in named.get_group(name).tolist()] == []


def test_a_status_is_never_older_than_the_announcement():
    dated = PROJECTS.dropna(subset=["first_announced"])
    assert dated[dated["status_date"].str[:4] < dated["first_announced"].str[:4]].empty
    only = PROJECTS[PROJECTS["status"] == "announced only"]
    last = SAID.groupby("project_id")["date"].max()
    assert [name for name, row in only.iterrows() if row["status_date"][:4] < last[name][:4]] == []


def test_what_has_no_announcement_works():
    assert PROJECTS.loc[PROJECTS["first_announced"].isna(), "status"].eq("delivered").all()
    assert PROJECTS.loc[PROJECTS["first_announced"].isna(), "paper"].isna().all()


def test_years_agree_with_dates():
    people = table("people")
    assert (people["date"].str[:4].astype(int) == people["year"]).all()


def test_forecast_questions_stand_before_their_deadline_and_are_balanced():
    questions = table("forecast_questions")
    assert (questions["asked_as_of"] < questions["deadline"]).all()
    assert questions["outcome"].mean() == 0.5


def test_every_forecast_of_the_articles_is_followed_up():
    kinds = claims()["kind"]
    rows = table("article_forecasts")
    assert set(rows["claim_id"]) == set(kinds.index[kinds == "forecast"])
    assert (rows["testable"] == rows["outcome"].notna()).all()


def outcome_errors(forecasts: pd.DataFrame, verdicts: pd.Series) -> list[str]:
    """The outcomes of forecasts that their verdicts (by claim) contradict, a line each."""
    fits = {1: ("supported",), 0: ("contradicted", "open")}
    return [
        f"data/outlook/article_forecasts.csv, {row.claim_id}, column outcome: {row.outcome}, but data/course/claims.csv judges it "
        f"{verdicts[row.claim_id]}, not {' or '.join(fits[row.outcome])}. Correct the one that is wrong, and what_happened."
        for row in forecasts.dropna(subset="outcome").itertuples()
        if verdicts[row.claim_id] not in fits[row.outcome]
    ]


def test_outcomes_and_verdicts_of_forecasts_agree():
    wrong = outcome_errors(table("article_forecasts"), claims()["verdict"])
    assert not wrong, "\n".join(wrong)
    verdicts = claims()["verdict"]
    verdicts["S003-49"] = "mixed"
    (told,) = outcome_errors(table("article_forecasts"), verdicts)
    assert told.startswith(
        "data/outlook/article_forecasts.csv, S003-49, column outcome: 1, but data/course/claims.csv judges"
    )
