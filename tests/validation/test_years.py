"""What checks of improvement say of years in which something was done, or nothing."""

from __future__ import annotations

import math

import pytest

from efficiency.findings.improvement.checks import FEWEST, check
from efficiency.findings.improvement.points import of_change
from efficiency.findings.kind import Observed
from validation.ledger import Figure, keep
from validation.years import CUT, IDLE, Year, make_year

YEARS, QUICK = 1000, 40
GOOD = {"effective", "partly"}


def verdict(year: Year, seed: int) -> str:
    """What a check says of one year."""
    rows, since, cutoff = make_year(year, seed)
    better = "higher" if year.share else "lower"
    observed = Observed("hours_each", rows, "share" if year.share else "hours", better)
    found = check(observed, since, cutoff)
    if found.n < FEWEST or math.isnan(found.change.value):
        return "too early"
    return of_change(found.change, found.value, better, math.nan)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(IDLE))
def test_an_action_that_did_nothing_is_not_called_effective(name: str) -> None:
    told = sum(verdict(IDLE[name], seed) in GOOD for seed in range(YEARS))
    figure = Figure("checks: effective or partly, where nothing was done", name, told, YEARS,
                    "at most", 0.05)  # fmt: skip
    keep(figure)
    assert figure.holds


@pytest.mark.slow
@pytest.mark.parametrize("name", list(CUT))
def test_an_action_that_did_something_is(name: str) -> None:
    told = sum(verdict(CUT[name], seed) in GOOD for seed in range(YEARS))
    figure = Figure("checks: effective, where it was", name, told, YEARS, "at least", 0.8)
    keep(figure)
    assert figure.holds


def test_of_forty_idle_years_next_to_none_is_called_effective() -> None:
    for name in ("season", "mix shifts", "worst of 12"):
        assert sum(verdict(IDLE[name], seed) in GOOD for seed in range(QUICK)) <= 3
