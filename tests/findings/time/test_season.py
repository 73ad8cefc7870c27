"""Steps and swings that are known, and what must not matter to the p of a step."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from efficiency.findings.groups.likeness import periods
from efficiency.findings.groups.ranks import contrast
from efficiency.findings.groups.samples import Sample
from efficiency.findings.time.season import beside_season, same_months, swing

JULY = pd.Timestamp("2023-07-03")


def year(
    seed: int, step: float, waves: float, n: int = 400
) -> tuple[Sample, np.ndarray, pd.Series]:
    """A year of cases: how long each took, which began since July, and when."""
    rng = np.random.default_rng(seed)
    at = pd.Series(
        pd.Timestamp("2023-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 365, n)), "D")
    )
    after = (at >= JULY).to_numpy()
    turn = 2 * np.pi * at.dt.dayofyear.to_numpy() / 365.25
    level = step * after - waves * np.sin(turn)
    hours = rng.lognormal(0, 0.4, n) * np.exp(level)
    nothing = np.zeros(n, dtype=int)
    return Sample(hours, nothing.astype(bool), nothing, periods(at)), after, at


def test_a_swing_comes_round_each_year_and_its_waves_are_apart() -> None:
    """Over whole days of a year all columns are orthogonal, and the same a year later."""
    days = pd.Series(pd.date_range("2023-01-01", "2023-12-31"))
    waves = swing(days)
    assert np.abs(waves.T @ waves - np.diag(np.diag(waves.T @ waves))).max() < 1.0
    later = swing(pd.Series(pd.date_range("2025-01-01", "2025-12-31")))
    assert np.array_equal(waves, later)
    half = swing(pd.Series(pd.to_datetime(["2023-01-10", "2023-07-11"])))
    # Half a year on a whole swing is upside down, a half one as it was.
    assert half[1] == pytest.approx(half[0] * [1, -1, -1, 1, 1], abs=0.035)  # within a day


def test_only_months_on_both_sides_are_the_same() -> None:
    at = pd.Series(pd.to_datetime(["2022-12-31", "2023-02-01", "2023-12-01", "2024-02-29"]))
    after = np.array([False, False, False, True])
    assert same_months(at, after).tolist() == [False, True, False, True]
    assert not same_months(at, np.zeros(4, dtype=bool)).any()


def test_a_swing_is_no_step() -> None:
    """The level falls and rises once a year: the plain test takes it for a step, this does not."""
    told = [(beside_season(*years), contrast(*years[:2]).p) for years in map(swinging, range(40))]
    assert sum(plain <= 0.05 for _, plain in told) >= 30
    # Forty tests at 5 % without any step: six or more in 1 of 70 such forties.
    assert sum(p <= 0.05 for p, _ in told) <= 5


def swinging(seed: int) -> tuple[Sample, np.ndarray, pd.Series]:
    return year(seed, 0.0, 0.2)


def test_a_step_beside_a_swing_is_found() -> None:
    assert sum(beside_season(*year(seed, 0.5, 0.1)) <= 0.05 for seed in range(20)) >= 17


def test_p_is_the_same_from_either_side_and_on_any_scale() -> None:
    """Ranks are tested on both sides: neither the unit nor which side is meant matters."""
    sample, after, at = year(3, 0.15, 0.1)
    p = beside_season(sample, after, at)
    assert 0.001 < p < 0.9
    assert beside_season(sample, ~after, at) == pytest.approx(p)
    days = Sample(np.log1p(sample.hours) / 8, sample.running, sample.stratum, sample.period)
    assert beside_season(days, after, at) == pytest.approx(p)


def test_a_step_that_a_swing_can_be_tells_nothing() -> None:
    """A side of six weeks has too few of them to tell, however far it lies apart."""
    sample, _, at = year(1, 0.0, 0.0)
    last = (at >= "2023-11-20").to_numpy()
    far = Sample(sample.hours * np.where(last, 9, 1), sample.running, sample.stratum, sample.period)
    assert beside_season(far, last, at) == 1.0


def test_without_periods_there_is_no_time() -> None:
    sample, after, at = year(1, 0.0, 0.0)
    with pytest.raises(ValueError, match="without periods"):
        beside_season(Sample(sample.hours, sample.running, sample.stratum), after, at)
