"""Measures that calculations and notebooks share: each a named function of plain tables and numbers."""

from ruspak.measures.change import change, change_pct, growth_pct, ratio, real
from ruspak.measures.coders import coders_agree, codings_by_claim, kappa, kappa_interval
from ruspak.measures.energy import fee_needed
from ruspak.measures.forecasts import brier, by_habit
from ruspak.measures.gravity import expected_trade, gravity_weights
from ruspak.measures.media import from_state, states_behind
from ruspak.measures.places import straight_km
from ruspak.measures.projects import announced, civil
from ruspak.measures.rows import pick, rows, values
from ruspak.measures.shares import (
    bounds,
    difference,
    grouped_interval,
    interval,
    share_pct,
    split,
    stratified,
)
from ruspak.measures.spells import counted_to, covered_pct, logrank, survival, survival_band
from ruspak.measures.trade import by_size, growth_cases
from ruspak.measures.verdicts import verdicts_before
from ruspak.measures.votes import agreement, opposed_pct, positions
from ruspak.measures.weights import first_pct, limit_marks, telling, weight_grid

__all__ = [
    "agreement",
    "announced",
    "bounds",
    "brier",
    "by_habit",
    "by_size",
    "change",
    "change_pct",
    "civil",
    "coders_agree",
    "codings_by_claim",
    "counted_to",
    "covered_pct",
    "difference",
    "expected_trade",
    "fee_needed",
    "first_pct",
    "from_state",
    "gravity_weights",
    "grouped_interval",
    "growth_cases",
    "growth_pct",
    "interval",
    "kappa",
    "kappa_interval",
    "limit_marks",
    "logrank",
    "opposed_pct",
    "pick",
    "positions",
    "ratio",
    "real",
    "rows",
    "share_pct",
    "split",
    "states_behind",
    "straight_km",
    "stratified",
    "survival",
    "survival_band",
    "telling",
    "values",
    "verdicts_before",
    "weight_grid",
]
