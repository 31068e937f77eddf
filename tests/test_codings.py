"""The claims judged again by two readers: the table is whole, the numbers are right, and the command prints them."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from ruspak import table
from ruspak.data.verdicts import VERDICTS
from ruspak.measures import coders_agree, codings_by_claim, kappa, kappa_interval

CODED = codings_by_claim(table("claims"), table("verdict_codings"))


def test_each_reader_judged_every_claim_once():
    codings = table("verdict_codings")
    assert set(codings["verdict"]) <= set(VERDICTS)
    for coder in ("a", "b"):
        assert sorted(codings.loc[codings["coder"] == coder, "claim"]) == sorted(table("claims")["id"])


def test_mixed_why_of_reader_b_stands_with_mixed_only():
    codings = table("verdict_codings").query("coder == 'b'")
    assert codings["mixed_why"].notna().equals(codings["verdict"].eq("mixed"))


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
    assert "Both against ours" in run.stdout
