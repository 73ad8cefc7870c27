"""More of what is not to grow: the ratio with its exact interval, and when it is told."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from efficiency.findings.kinds.growth import KIND, find, measure


def overview(cases: int, before: int | None) -> pd.DataFrame:
    change = None if before is None else cases - before
    return pd.DataFrame({"cases": [cases], "before": [before], "change": [change]})


@pytest.mark.parametrize(
    ("cases", "before", "level"),
    [(262, 230, "watch"), (400, 230, "action"), (230, 230, ""), (200, 230, ""), (5, None, "")],
)
def test_more_is_told_and_loudly_beyond_chance(cases: int, before: int | None, level: str) -> None:
    found = list(find("issued", overview(cases, before), not_to_grow=True))
    assert [one.level for one in found] == ([level] if level else [])
    assert not list(find("issued", overview(cases, before), not_to_grow=False))


def test_the_interval_is_that_of_a_binomial_share() -> None:
    """By the beta distribution: the share of the first count in the sum of both."""
    (one,) = measure("issued", overview(262, 230), not_to_grow=True)
    low, high = stats.beta.ppf(0.025, 262, 231), stats.beta.ppf(0.975, 263, 230)
    assert one.value.low == pytest.approx(low / (1 - low))
    assert one.value.high == pytest.approx(high / (1 - high))
    assert KIND.flows
