"""How long times stay alike: against plain loops, by hand, and in offices with a known rhythm."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from efficiency.findings.groups.likeness import (
    BLOCK,
    LEAST_BLOCKS,
    Likeness,
    by_period,
    effective,
    likeness,
    periods,
    spread,
)

SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
SERIES = st.lists(st.integers(-9, 9).map(float), min_size=1, max_size=40)
ALONE = Likeness(1.0, 0.0, 1e9)


def waves(rng: np.random.Generator, n: int, hold: float) -> np.ndarray:
    """Make up a series of which each value keeps so much of the one before."""
    x = np.zeros(n)
    x[0] = rng.normal()
    for i in range(1, n):
        x[i] = hold * x[i - 1] + sqrt(1 - hold**2) * rng.normal()
    return x


# --- likeness


def pooled(many: list[list[float]]) -> tuple[float, float] | None:
    """Bartlett's estimate over several series, and its error, lag by lag."""
    told = [one for one in many if len(one) >= 4 and any(one)]
    if not told:
        return None
    n = min(len(one) for one in told)
    m = max(round(min(n / 4, 1.5 * sqrt(n))), 2)
    alike, hidden = 1.0, 1.0
    for lag in range(1, m + 1):
        weight = 1 - lag / (m + 1)
        shares = []
        for one in told:
            pairs = sum(a * b for a, b in zip(one, one[lag:], strict=False))
            shares.append(pairs / sum(a * a for a in one))
        alike += 2 * weight * sum(shares) / len(shares)
        hidden -= 2 * weight / n
    return max(alike, 0.1) / max(hidden, 0.5), sqrt(4 * m / (3 * n) / sqrt(len(told)))


@SEEDS
@given(st.lists(SERIES, max_size=4))
def test_likeness_is_bartletts_estimate_over_all_series(many: list[list[float]]) -> None:
    got, want = likeness(np.array(one) for one in many), pooled(many)
    if want is None:
        assert (got.periods, got.error) == (1.0, 0.0)
    else:
        assert (got.periods, got.error) == (pytest.approx(want[0]), pytest.approx(want[1]))
    assert got.careful >= 1.0
    assert got.careful >= got.periods


def test_likeness_by_hand() -> None:
    """
    1, 1, -1, -1 twice over: eight periods, two lags of weights 2/3 and 1/3.

    Neighbours: 1 - 1 + 1 - 1 + 1 - 1 + 1 = 1 of 8; two apart: -6 of 8.
    K = (1 + 2 (2/3 · 1/8 - 1/3 · 6/8)) / (1 - 2/8) = (2/3) / (3/4); m/N is 1/4.
    """
    got = likeness([np.array([1.0, 1, -1, -1] * 2)])
    assert got.periods == pytest.approx(8 / 9)
    assert got.error == pytest.approx(sqrt(1 / 3))
    assert got.degrees == pytest.approx(6.0)
    assert got.careful == pytest.approx(8 / 9 * (1 + sqrt(1 / 3)))


@SEEDS
@given(SERIES, st.sampled_from([-2.0, 0.5]))
def test_neither_scale_nor_direction_of_time_changes_likeness(one: list[float], by: float) -> None:
    series = np.array(one)
    want = likeness([series]).periods
    assert likeness([series * by]).periods == pytest.approx(want)
    assert likeness([series[::-1]]).periods == pytest.approx(want)
    assert likeness([series, series * by]).periods == pytest.approx(want)


@pytest.mark.parametrize(("hold", "low", "high"), [(0.0, 0.85, 1.15), (0.8, 5.0, 10.0)])
def test_the_rhythm_of_a_made_up_office_is_found(hold: float, low: float, high: float) -> None:
    """Of white noise K is 1; where each week keeps four fifths, (1 + 0.8) / (1 - 0.8) = 9."""
    rng = np.random.default_rng(1)
    found = []
    for _ in range(100):
        series = waves(rng, 200, hold)
        found.append(likeness([series - series.mean()]).periods)
    assert low < np.mean(found) < high
    above = np.mean(np.array(found) > 3)
    assert above > 0.95 if hold else above == 0


def test_a_rhythm_seen_in_several_series_is_surer() -> None:
    one = waves(np.random.default_rng(5), 100, 0.5)
    alone, four = likeness([one]), likeness([one, -one, one * 2, one[::-1]])
    assert four.error == pytest.approx(alone.error / sqrt(2))
    assert four.degrees == pytest.approx(alone.degrees * 2)


# --- periods


def test_weeks_begin_on_monday_in_a_log_of_sixteen() -> None:
    """Sunday the 3rd of March 2024 and Monday the 4th are two weeks; 112 days make a long log."""
    days = ["2024-03-10 23:59", "2024-03-03 08:00", "2024-03-04 00:00"]
    long = pd.Series(pd.to_datetime([*days, "2024-06-23 00:00"]))
    assert periods(long).tolist() == [1, 0, 1, 16]
    short = pd.Series(pd.to_datetime([*days, "2024-06-22 00:00"]))
    assert periods(short).tolist() == [7, 0, 1, 111]
    assert periods(long.iloc[:0]).tolist() == []


@SEEDS
@given(st.lists(st.integers(0, 800), min_size=1, max_size=30), st.integers(-400, 400))
def test_later_is_never_an_earlier_period(days: list[int], weeks: int) -> None:
    """And whole weeks later the periods are the same; before the first known week as well."""
    moments = pd.Timestamp("2021-05-05 10:00") + pd.to_timedelta(pd.Series(days), "D")
    got = periods(moments)
    assert got.min() == 0
    assert (np.diff(got[np.argsort(days, kind="stable")]) >= 0).all()
    assert periods(moments + pd.Timedelta(weeks=weeks)).tolist() == got.tolist()


# --- effective blocks


@SEEDS
@given(st.lists(st.integers(0, 50), max_size=30))
def test_effective_is_kishs_number(sizes: list[int]) -> None:
    """One over the chance that two cases drawn with replacement are of one block."""
    total = sum(sizes)
    together = sum(n / total * n / total for n in sizes) if total else 0.0
    got = effective(np.array(sizes, dtype=float))
    assert got == pytest.approx(1 / together if total else 0.0)
    assert got <= sum(n > 0 for n in sizes) + 1e-9


def test_by_period_keeps_empty_periods() -> None:
    """Nothing in the second of four."""
    got = by_period(np.array([1.0, 5.0, -2.0, 4.0]), np.array([0, 3, 0, 2]))
    assert got.tolist() == [-1.0, 0.0, 4.0, 5.0]
    assert by_period(np.array([]), np.array([], dtype=np.int64)).tolist() == []


# --- spread


Case = tuple[int, int, bool]  # effect, period, of the group
CASES = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(0, 9), st.booleans()), min_size=1, max_size=40
)


def arrays(cases: list[Case]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    effects, period, group = (np.array(part) for part in zip(*cases, strict=True))
    return effects.astype(float), period, group.astype(bool)


def squares(cases: list[Case]) -> float:
    """The sum over periods of the squared sums of effects."""
    sums = [sum(c[0] for c in cases if c[1] == p) for p in {c[1] for c in cases}]
    return float(sum(s * s for s in sums))


def even(cases: list[Case]) -> float:
    """Kish's number of periods of these cases."""
    sizes = [sum(c[1] == p for c in cases) for p in {c[1] for c in cases}]
    return sum(sizes) ** 2 / sum(n * n for n in sizes) if sizes else 0.0


@SEEDS
@given(CASES, st.sampled_from([0.5, 1.0, 2.5]), st.sampled_from([0.0, 0.4]))
def test_spread_is_counted_as_in_plain_python(
    cases: list[Case], alike: float, error: float
) -> None:
    """Where it is known how long times stay alike; blocks, degrees and length as well."""
    sides = [[c for c in cases if c[2] is side] for side in (True, False)]
    sizes, parts = [even(side) for side in sides], [squares(side) for side in sides]
    assume(sum(parts) > 0)
    freed = sum(p**2 / max(size - 1, 0.5) for p, size in zip(parts, sizes, strict=True))
    degrees = sum(parts) ** 2 / freed
    joint = squares(cases)
    scatter = max(joint, (joint + sum(parts)) / 2) * (1 + 1 / degrees)
    times = max(alike * (1 + error), 1.0)
    got = spread(*arrays(cases), Likeness(alike, error, 7.5))
    assert got.error == pytest.approx(sqrt(scatter * times))
    assert got.degrees == pytest.approx(min(degrees, 7.5))
    length = 1 + max(c[1] for c in cases) - min(c[1] for c in cases)
    assert got.blocks == pytest.approx(min(*sizes, length / BLOCK) / max(alike, 1.0))
    assert got.length == {0.5: 1, 1.0: 1, 2.5: 2}[alike]
    assert got.told == (got.blocks >= LEAST_BLOCKS)


@SEEDS
@given(CASES, st.integers(1, 50), st.booleans())
def test_when_the_log_begins_and_which_side_is_which_do_not_matter(
    cases: list[Case], later: int, known: bool
) -> None:
    alike = ALONE if known else None
    effects, period, group = arrays(cases)
    want = spread(effects, period, group, alike)
    for other in (
        spread(effects, period + later, group, alike),
        spread(effects, period, ~group, alike),
        spread(effects[::-1], period[::-1], group[::-1], alike),
    ):
        assert other.error == pytest.approx(want.error, nan_ok=True)
        assert other.degrees == pytest.approx(want.degrees)
        assert (other.length, other.blocks) == (want.length, pytest.approx(want.blocks))


def test_sides_that_stand_in_one_queue_scatter_together() -> None:
    """
    Twenty weeks, in which both sides gain or lose 1 a case: D is 2, a side's part 1, in each.

    Each side scatters by 20, both together by 80; degrees 40² / (2 · 400 / 19) = 38. Where the
    one gains what the other loses, nothing is left of D: half of 40 is counted.
    """
    week, group = np.repeat(np.arange(20), 2), np.arange(40) % 2 == 0
    luck = np.repeat([1.0, -1.0] * 10, 2)
    got = spread(luck, week, group, ALONE)
    assert (got.error**2, got.degrees) == (pytest.approx(80 * 39 / 38), pytest.approx(38))
    assert (got.length, got.told) == (1, True)
    against = spread(np.where(group, luck, -luck), week, group, ALONE)
    assert against.error**2 == pytest.approx(20 * 39 / 38)


def test_one_week_of_cases_tells_nothing() -> None:
    """However many there are, of the one side or of both; nor does an empty record."""
    rng = np.random.default_rng(7)
    effects, week = rng.normal(size=900), np.repeat(np.arange(30), 30)
    assert not spread(effects, np.full(900, 3), rng.random(900) < 0.5).told
    assert not spread(effects, week, week == 12).told
    assert spread(effects, week, rng.random(900) < 0.5, ALONE).told
    nothing = spread(effects[:0], week[:0], np.zeros(0, dtype=bool))
    assert (nothing.told, nothing.blocks) == (False, 0.0)


@pytest.mark.parametrize("hold", [0.0, 0.8])
def test_the_error_covers_what_chance_does(hold: float) -> None:
    """
    The group are the cases of weeks of its own, two hundred offices of 150 weeks with one pace.

    Of the group's mean less that of the others about one in twenty lies outside; were each week
    taken as independent of the next, far more would where weeks keep four fifths of their luck.
    """
    from scipy import stats

    rng = np.random.default_rng(3)
    out = naive = 0
    for _ in range(200):
        week = np.repeat(np.arange(150), 4)
        group = week // 25 % 2 == 0
        x = waves(rng, 150, hold)[week] + 0.5 * rng.normal(size=600)
        seen = x[group].mean() - x[~group].mean()
        effects = np.where(
            group, (x - x[group].mean()) / group.sum(), -(x - x[~group].mean()) / (~group).sum()
        )
        found = spread(effects, week, group)
        assert found.told or hold
        out += abs(seen) > stats.t.isf(0.025, found.degrees) * found.error
        naive += abs(seen) > 1.96 * spread(effects, week, group, ALONE).error
    assert 1 <= out <= 20
    assert (naive > 50) == (hold > 0)
