"""The first codings of the claims and how they were settled: whole, right, and printed by the command."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from ruspak import table
from ruspak.data.verdicts import VERDICTS
from ruspak.measures import coders_agree, codings_by_claim, kappa, kappa_interval, verdicts_before

CODED = codings_by_claim(table("claims"), table("verdict_codings"))


def test_each_coder_judged_every_claim_once():
    codings = table("verdict_codings")
    assert set(codings["verdict"]) <= set(VERDICTS)
    for coder in ("ours", "a", "b", "again", "c", "d", "last", "e", "f"):
        assert sorted(codings.loc[codings["coder"] == coder, "claim"]) == sorted(table("claims")["id"])


@pytest.mark.parametrize("coder", ["ours", "b", "again", "c", "d", "last", "e", "f"])
def test_mixed_why_stands_with_mixed_only(coder):
    codings = table("verdict_codings").query("coder == @coder")
    assert codings["mixed_why"].notna().equals(codings["verdict"].eq("mixed"))


def test_every_claim_that_both_readers_judge_otherwise_is_settled():
    settled = table("verdict_settled").set_index("id")["settled"]
    against = CODED.index[CODED["a"].eq(CODED["b"]) & CODED["a"].ne(CODED["ours"])]
    assert set(against) <= set(settled.index)
    after = verdicts_before(table("claims"), table("verdict_reread")).set_index("id")["verdict"]
    assert settled.equals(after[settled.index].rename("settled"))


def test_every_claim_that_both_second_readers_judge_otherwise_is_read_again():
    again = table("verdict_reread").query("occasion == 'second readers'").set_index("id")
    against = CODED.index[CODED["c"].eq(CODED["d"]) & CODED["c"].ne(CODED["again"])]
    assert set(against) == set(again.index)
    assert CODED["again"][again.index].tolist() == again["old"].tolist()


REREAD = "data/outlook/verdict_reread.csv"


def change_errors(now: pd.Series, before: pd.Series, again: pd.DataFrame) -> list[str]:
    """The changed verdicts that the table of rereadings doesn't tell, a line each; now and before: by claim."""
    told = again.set_index("id")
    return [
        f"data/course/claims.csv, {claim}, column verdict: {verdict}, but it was judged {before[claim]} before. A change is "
        f"told in {REREAD}: add a row there, or undo it. Example: {claim},new evidence,{before[claim]},{verdict},"
        '"5, forecasts","What was found, in a line"'
        for claim, verdict in now.items()
        if claim not in told.index and verdict != before[claim]
    ] + [
        f"{REREAD}, {claim}, column {column}: {told[column][claim]}, but {where} {verdicts[claim]}. Make both the same."
        for column, verdicts, where in (
            ("old", before, "verdict_settled.csv or the coder ours has"),
            ("new", now, "data/course/claims.csv has"),
        )
        for claim in told.index
        if told[column][claim] != verdicts[claim]
    ]


def settled_before() -> pd.Series:
    """The verdict of each claim after the first two readers, before any was looked at once more."""
    settled = table("verdict_settled").set_index("id")["settled"]
    return settled.reindex(CODED.index).fillna(CODED["ours"])


def test_no_verdict_changed_but_by_being_settled_or_read_again():
    wrong = change_errors(CODED["settled"], settled_before(), table("verdict_reread"))
    assert not wrong, "\n".join(wrong)


def test_a_change_that_nothing_tells_is_named_with_the_row_to_write():
    now, before, none = settled_before(), settled_before(), table("verdict_reread").head(0)
    now["S000-61"] = "mixed"
    (unsaid,) = change_errors(now, before, none)
    assert unsaid.startswith(
        "data/course/claims.csv, S000-61, column verdict: mixed, but it was judged open before."
    )
    assert "Example: S000-61,new evidence,open,mixed," in unsaid
    row = {"id": "S000-61", "occasion": "new evidence", "old": "open", "new": "open"}
    (other,) = change_errors(now, before, pd.DataFrame([row]))
    assert (
        other
        == f"{REREAD}, S000-61, column new: open, but data/course/claims.csv has mixed. Make both the same."
    )


def test_agreement_is_that_of_the_first_codings():
    """What it was on the day when both readings were in: no later verdict may move it."""
    first = coders_agree(CODED, ["ours", "a", "b"])
    assert first["same"].tolist() == [128, 123, 136]
    assert first["kappa"].round(2).tolist() == [0.77, 0.72, 0.85]
    second = coders_agree(CODED, ["again", "c", "d"])
    assert second["same"].tolist() == [138, 135, 144]
    assert second["kappa"].round(2).tolist() == [0.87, 0.84, 0.93]
    last = coders_agree(CODED, ["last", "e", "f"])
    assert last["same"].tolist() == [142, 145, 142]
    assert last["kappa"].round(2).tolist() == [0.91, 0.94, 0.91]


def test_coders_agree_is_kappa_of_each_two():
    """By hand: 35 of 50 alike, 25 by luck; the rest of the way to 50 is 25, and 10 of it were gone."""
    cases = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    coded = pd.DataFrame(cases, columns=["one", "other"]).assign(third="yes")
    found = coders_agree(coded, ["one", "other"])
    assert found.loc["one and other", ["claims", "same"]].tolist() == [50, 35]
    assert found.loc["one and other", "same_pct"] == 70 and found.loc[
        "one and other", "kappa"
    ] == pytest.approx(0.4)
    assert list(coders_agree(coded, ["one", "other", "third"]).index) == [
        "one and other",
        "one and third",
        "other and third",
    ]
    with_gap = coded.assign(other=coded["other"].where(coded.index != 0))
    assert coders_agree(with_gap, ["one", "other"])["claims"].item() == 49


def test_the_interval_is_a_bootstrap_of_cases():
    """The same draws by the plain way: kappa of each drawn set of cases."""
    one, other = CODED["ours"], CODED["a"]
    drawn = np.random.default_rng(1).integers(0, len(one), (300, len(one)))
    plain = [kappa(one.iloc[pick], other.iloc[pick]) for pick in drawn]
    assert kappa_interval(one, other, 300) == pytest.approx(list(np.percentile(plain, [2.5, 97.5])))
    same = pd.Series(["yes"] * 5 + ["no"])
    assert kappa_interval(same, same, 200) == [1, 1]


def test_the_command_prints_agreement_and_kappa():
    run = subprocess.run(
        [sys.executable, "-m", "ruspak", "agreement"], capture_output=True, text=True, timeout=120, check=True
    )
    row = coders_agree(CODED, ["ours", "a"]).iloc[0]
    line = next(line for line in run.stdout.splitlines() if line.startswith("ours and a")).split()
    assert int(line[3]) == len(CODED) and float(line[6]) == pytest.approx(row["kappa"], abs=0.005)
    assert "Both against ours" in run.stdout and "Both against again" in run.stdout
