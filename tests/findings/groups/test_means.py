"""Mean differences like for like: strata by hand, plain Python, and what must not change them."""

from __future__ import annotations

from math import inf, isnan, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from efficiency.findings.groups.likeness import Likeness
from efficiency.findings.groups.means import excess
from efficiency.findings.groups.samples import Sample

Case = tuple[float, bool, int, bool]  # hours, running, stratum, of the group
SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
CASES = st.lists(
    st.tuples(
        st.integers(0, 9).map(float),
        st.integers(0, 9).map(lambda n: n == 0),
        st.integers(0, 2),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


def of(cases: list[Case], period: list[int] | None = None) -> tuple[Sample, np.ndarray]:
    hours, running, stratum, group = (list(part) for part in zip(*cases, strict=True))
    weeks = None if period is None else np.array(period)
    return Sample(np.array(hours), np.array(running), np.array(stratum), weeks), np.array(group)


def done(cases: list[Case]) -> list[Case]:
    return [(hours, False, stratum, own) for hours, _, stratum, own in cases]


def watched(cases: list[Case], at: float) -> float:
    """The share of cases that would still have been watched just before a time."""
    share = 1.0
    for time in sorted({c[0] for c in cases if c[1] and c[0] < at}):
        cut = sum(c[1] and c[0] == time for c in cases)
        there = sum(c[0] > time for c in cases) + cut
        share *= (there - cut) / there
    return share


def plain(cases: list[Case]) -> tuple[float, int, float]:
    """The mean of hours above the like, of how many cases, and where they are cut."""
    strata = [[c for c in cases if c[2] == number] for number in {c[2] for c in cases}]
    strata = [part for part in strata if len({c[3] for c in part}) == 2]
    every = [c for part in strata for c in part]
    is_cut = any(c[1] for c in every)
    cut = max(c[0] for c in every if watched(every, c[0]) >= 0.5) if is_cut else inf
    more = stands = 0.0
    for part in strata:
        sides = []
        for own in (False, True):
            known = [c for c in part if c[3] == own and (not c[1] or c[0] >= cut)]
            times = [min(c[0], cut) for c in known]
            weights = [1 / watched(every, time) for time in times]
            sides.append((sum(w * t for w, t in zip(weights, times, strict=True)), sum(weights)))
        (rest, others), (mine, own_weight) = sides
        if others and own_weight:
            more += mine - own_weight * rest / others
            stands += own_weight
    return (more / stands if stands else float("nan")), sum(c[3] for c in every), cut


def test_two_strata_by_hand() -> None:
    """
    3, 5 | 1, 2, 3 and 10 | 4, 8; a stratum of the group alone counts for nothing.

    The first has 8 - 2 · 2 = 4 hours more, the second 10 - 6 = 4: 8 over three cases. About the
    means of their sides they scatter by 1 + 1, (2/3)² · 2; 0, (1/2)² · 8: 2 + 8/9 + 2 = 44/9.
    """
    rows = [(3.0, 0, True), (5.0, 0, True), (1.0, 0, False), (2.0, 0, False), (3.0, 0, False)]
    rows += [(10.0, 1, True), (4.0, 1, False), (8.0, 1, False), (99.0, 2, True)]
    got = excess(*of([(hours, False, stratum, own) for hours, stratum, own in rows]))
    assert (got.mean, got.total, got.within) == (pytest.approx(8 / 3), pytest.approx(8), inf)
    half = 1.959963984540054 * sqrt(44 / 9) / 3
    assert (got.low, got.high) == pytest.approx((8 / 3 - half, 8 / 3 + half))
    assert got.spread is None


@SEEDS
@given(CASES)
def test_the_mean_is_that_of_plain_python(cases: list[Case]) -> None:
    """Cases that are done stand for those that are still running at their time."""
    sample, group = of(cases)
    before = sample.hours.copy()
    got = excess(sample, group)
    mean, n, cut = plain(cases) if len({c[3] for c in cases}) == 2 else (float("nan"), 0, inf)
    assert sample.hours.tolist() == before.tolist()
    if isnan(mean):
        assert all(isnan(x) for x in (got.mean, got.low, got.high, got.total))
        return
    assert got.within == cut
    assert (got.total, got.mean) == (pytest.approx(mean * n), pytest.approx(mean))
    assert got.low - 1e-9 <= got.mean <= got.high + 1e-9


def test_one_case_that_has_just_come_changes_next_to_nothing() -> None:
    """It was a second ago: nothing is known of it, and all is known of the others."""
    rng = np.random.default_rng(3)
    hours = np.r_[rng.exponential(20, 100), rng.exponential(10, 100)]
    group, same = np.arange(200) < 100, np.zeros(200, dtype=int)
    plainly = excess(Sample(hours, np.zeros(200, dtype=bool), same), group)
    young = np.arange(200) == 0
    with_it = excess(Sample(np.where(young, 0.01, hours), young, same), group)
    assert with_it.mean == pytest.approx(plainly.mean, rel=0.03)
    assert with_it.total == pytest.approx(plainly.total, rel=0.03)


def test_the_interval_holds_the_restricted_mean_where_a_third_is_cut_off() -> None:
    """Exponential times of mean m up to w have the mean m (1 - exp(-w/m))."""
    inside = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        times = np.r_[rng.exponential(20, 200), rng.exponential(10, 200)]
        until = rng.uniform(0, 60, 400)
        cases = Sample(np.minimum(times, until), times > until, np.zeros(400, dtype=int))
        got = excess(cases, np.arange(400) < 200)
        long, short = (mean * (1 - np.exp(-got.within / mean)) for mean in (20, 10))
        inside += got.low <= long - short <= got.high
    assert inside >= 90


@SEEDS
@given(CASES, st.sampled_from([-3.0, 0.5, 20.0]))
def test_hours_added_to_the_group_are_added_to_the_mean(cases: list[Case], more: float) -> None:
    """And to both ends of the interval; hours added to all of a stratum change nothing."""
    cases = done(cases)
    got = excess(*of(cases))
    assume(not isnan(got.mean))
    longer = excess(*of([(h + more * own, r, s, own) for h, r, s, own in cases]))
    assert (longer.mean, longer.low, longer.high) == pytest.approx(
        (got.mean + more, got.low + more, got.high + more)
    )
    n = plain(cases)[1]
    assert longer.total == pytest.approx(got.total + more * n)
    moved = excess(*of([(h + more * s, r, s, own) for h, r, s, own in cases]))
    assert (moved.mean, moved.low) == (pytest.approx(got.mean), pytest.approx(got.low))


@SEEDS
@given(CASES)
def test_in_one_stratum_the_other_side_is_the_mirror(cases: list[Case]) -> None:
    """A sum of hours is not mirrored: it is that of the cases of the one or of the other side."""
    sample, group = of([(h, r, 0, own) for h, r, _, own in cases])
    got, mirror = excess(sample, group), excess(sample, ~group)
    assume(not isnan(got.mean))
    assert mirror.mean == pytest.approx(-got.mean)
    assert (mirror.low, mirror.high) == (pytest.approx(-got.high), pytest.approx(-got.low))
    assert mirror.total / (~group).sum() == pytest.approx(-got.total / group.sum())


def test_the_others_are_weighed_as_if_they_had_the_groups_mix() -> None:
    """The group has mostly what takes long, the others mostly what is short; no case takes more."""
    cases = [(10.0, False, 0, i < 9) for i in range(10)]
    cases += [(1.0, False, 1, i < 1) for i in range(10)]
    got = excess(*of(cases))
    assert got.mean == pytest.approx(0.0, abs=1e-12)


# --- weeks


def office(
    rng: np.random.Generator, luck: float, more: float, weeks: int = 60
) -> tuple[Sample, np.ndarray]:
    """Ten cases a week, half of them of the group, which has its own luck each week."""
    week, group = np.repeat(np.arange(weeks), 10), np.arange(weeks * 10) % 2 == 0
    level = rng.normal(0, luck, (2, weeks))[group.astype(int), week]
    hours = 20 + level + rng.normal(0, 1, len(week)) + more * group
    return Sample(hours, np.zeros(len(week), dtype=bool), np.zeros(len(week), dtype=int), week), (
        group
    )


def test_the_interval_covers_where_weeks_have_their_luck() -> None:
    """Two hours more: 95 of 100 intervals hold them; taken one by one the cases promise more."""
    rng = np.random.default_rng(6)
    held = alone = 0
    for _ in range(100):
        sample, group = office(rng, 2.0, 2.0)
        got = excess(sample, group)
        held += got.low <= 2.0 <= got.high
        plainly = excess(Sample(sample.hours, sample.running, sample.stratum), group)
        assert plainly.mean == got.mean
        alone += plainly.low <= 2.0 <= plainly.high
    assert held >= 88
    assert alone < 80


def test_where_cases_hang_on_each_other_for_too_long_all_is_open() -> None:
    """The mean is told all the same."""
    sample, group = office(np.random.default_rng(1), 0.0, 2.0, weeks=90)
    got = excess(sample, group, Likeness(30.0, 0.1, 20.0))
    assert (got.low, got.high) == (-inf, inf)
    assert got.mean == pytest.approx(2.0, abs=0.5)
    assert got.spread is not None
    assert not got.spread.told
    known = excess(sample, group, Likeness(1.0, 0.0, 1e9))
    wider = excess(sample, group, Likeness(4.0, 0.0, 1e9))
    assert wider.high - wider.mean == pytest.approx(2 * (known.high - known.mean))
