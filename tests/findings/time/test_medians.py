"""Standardised medians: by hand, by writing each case down as often as it weighs, by coverage."""

from __future__ import annotations

from math import inf, lcm

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.findings.groups.samples import Sample
from efficiency.findings.time.medians import REPLICATES, Medians, standardised_medians

SEEDS = settings(deadline=None, derandomize=True, max_examples=30)
CASES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 2), st.booleans()), min_size=4, max_size=24
)


def sample_of(hours: object, stratum: object = None, block: object = None) -> Sample:
    x = np.array(hours, dtype=float)
    part = np.zeros(len(x), dtype=int) if stratum is None else np.array(stratum)
    return Sample(x, np.zeros(len(x), dtype=bool), part, None if block is None else np.array(block))


def replicated(cases: list[tuple[float, int, bool]], side: bool) -> float:
    """Write each case of a side down as often as it weighs, and take the median."""
    strata = {s for _, s, a in cases if a} & {s for _, s, a in cases if not a}
    count = {s: sum(c[1] == s for c in cases) for s in strata}
    own = {s: sum(c[1] == s and c[2] is side for c in cases) for s in strata}
    whole = lcm(*own.values())
    written: list[float] = []
    for hours, stratum, after in cases:
        if stratum in strata and after is side:
            written += [hours] * (count[stratum] * whole // own[stratum])
    return float(np.median(written))


@SEEDS
@given(CASES)
def test_medians_equal_those_of_cases_written_down_as_often_as_they_weigh(
    cases: list[tuple[int, int, bool]],
) -> None:
    hours, stratum, after = (np.array(part) for part in zip(*cases, strict=True))
    sample = sample_of(hours, stratum)
    kept = [a.copy() for a in (sample.hours, sample.stratum, after)]
    found = standardised_medians(sample, after)
    for was, now in zip(kept, (sample.hours, sample.stratum, after), strict=True):
        assert was.tolist() == now.tolist()
    if not {s for _, s, a in cases if a} & {s for _, s, a in cases if not a}:
        assert all(np.isnan([found.before, found.after, found.difference, found.low, found.high]))
        return
    assert found.before == replicated(cases, False)
    assert found.after == replicated(cases, True)
    assert found.difference == found.after - found.before


def test_a_mix_that_shifts_is_no_change_by_hand() -> None:
    """
    Short ones take 1, 2, 3 and long ones 10, 20, 30 on both sides, but long ones become more.

    Before 6 short and 3 long (plain median 3), after 3 and 6 (10): held equal, 9 weigh as 9.
    """
    short, long = [1.0, 2.0, 3.0], [10.0, 20.0, 30.0]
    before, after = short * 2 + long, short + long * 2
    stratum = [0] * 6 + [1] * 3 + [0] * 3 + [1] * 6
    later = np.arange(18) >= 9
    found = standardised_medians(sample_of([*before, *after], stratum), later)
    assert (np.median(before), np.median(after)) == (3.0, 10.0)
    assert (found.before, found.after, found.difference) == (6.5, 6.5, 0.0)


def test_only_strata_on_both_sides_count() -> None:
    hours = [1.0, 2.0, 3.0, 99.0, 5.0, 6.0, 7.0, 0.1]
    stratum, after = [0, 0, 0, 1, 0, 0, 0, 2], np.arange(8) >= 4
    found = standardised_medians(sample_of(hours, stratum), after)
    assert (found.before, found.after) == (2.0, 6.0)


@SEEDS
@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=12),
    st.lists(st.integers(0, 50), min_size=1, max_size=12),
)
def test_one_stratum_is_the_plain_difference(before: list[int], after: list[int]) -> None:
    later = np.arange(len(before) + len(after)) >= len(before)
    found = standardised_medians(sample_of([*before, *after]), later)
    assert found.difference == np.median(after) - np.median(before)
    assert found.low <= found.high


def test_running_cases_are_longer_than_all_that_are_done() -> None:
    """1, 2 and one that runs since 0.5 have the median 2; of 5 with 3 running it is open."""
    hours = [1.0, 2.0, 0.5, 4.0, 5.0, 6.0]
    running = np.array([False, False, True, False, False, False])
    after = np.arange(6) >= 3
    sample = Sample(np.array(hours), running, np.zeros(6, dtype=int))
    found = standardised_medians(sample, after)
    assert (found.before, found.after, found.difference) == (2.0, 5.0, 3.0)
    hours = [1.0, 2.0, 3.0, 1.0, 2.0, 0.1, 0.2, 0.3]
    sample = Sample(np.array(hours), np.arange(8) >= 5, np.zeros(8, dtype=int))
    found = standardised_medians(sample, np.arange(8) >= 3)
    assert (found.before, found.after, found.difference) == (2.0, inf, inf)


def both_open() -> Sample:
    running = np.arange(40) % 10 >= 4
    return Sample(np.arange(40.0), running, np.zeros(40, dtype=int), np.arange(40))


def test_two_open_medians_have_no_difference() -> None:
    """Six in ten still run on both sides: nothing can be said, and nothing goes wrong."""
    found = standardised_medians(both_open(), np.arange(40) >= 20)
    assert (found.before, found.after) == (inf, inf)
    assert np.isnan(found.difference)


def test_an_interval_is_open_where_many_draws_are() -> None:
    """Eleven of twenty are done after: half of all draws leave the median open, so its end is."""
    after = np.arange(40) >= 20
    running = after & (np.arange(40) >= 31)
    sample = Sample(np.arange(40.0), running, np.zeros(40, dtype=int), np.arange(40))
    found = standardised_medians(sample, after)
    assert np.isfinite(found.difference)
    assert found.high == inf


def test_the_same_seed_gives_the_same_bytes() -> None:
    rng = np.random.default_rng(1)
    hours, stratum = rng.lognormal(1, 0.5, 120), rng.integers(0, 3, 120)
    sample, after = sample_of(hours, stratum, np.arange(120) // 6), np.arange(120) >= 60
    found = standardised_medians(sample, after, seed=3)
    assert repr(found) == repr(standardised_medians(sample, after, seed=3))
    other = standardised_medians(sample, after, seed=4)
    assert (other.low, other.high) != (found.low, found.high)
    assert other.difference == found.difference
    assert found.low < found.difference < found.high


def test_the_interval_is_that_of_drawn_blocks() -> None:
    """
    Five blocks of equal times on one side, one block on the other: the medians can be counted.

    Three or more of five draws are block 1 in 5.8 % of all, more than 2.5 %: from 1 to 5. With a
    block a case each, 30 cases of each kind, a median beyond 2 to 4 has next to no chance.
    """
    hours = np.r_[np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], 30), np.full(5, 10.0)]
    block, after = np.r_[np.repeat(np.arange(5), 30), np.full(5, 5)], np.arange(155) >= 150
    found = standardised_medians(sample_of(hours, None, block), after)
    assert (found.low, found.difference, found.high) == (5.0, 7.0, 9.0)
    alone = standardised_medians(sample_of(hours), after)
    assert 6.0 <= alone.low <= alone.high <= 8.0
    assert REPLICATES == 999


def test_weights_are_drawn_anew() -> None:
    """
    A draw in which a stratum is rarer weighs its cases more: the mix never moves the median.

    Stratum 0 takes 1, stratum 1 takes 9, 45 and 15 of 60: with weights by the draw, stratum 0
    keeps three quarters of all weight, whatever was drawn.
    """
    stratum = np.tile([0, 0, 0, 1], 30)
    hours, after = np.where(stratum == 0, 1.0, 9.0), np.arange(120) >= 60
    found = standardised_medians(sample_of(hours, stratum), after)
    assert found == Medians(1.0, 1.0, 0.0, 0.0, 0.0)
    even = np.tile([0, 1], 60)
    hours = np.where(even == 0, 1.0, 9.0)
    found = standardised_medians(sample_of(hours, even), after)
    assert found == Medians(5.0, 5.0, 0.0, 0.0, 0.0)


def test_the_interval_covers_a_known_shift() -> None:
    """60 pairs of 20 weeks with levels of their own, two hours faster: about 95 %."""
    rng = np.random.default_rng(9)
    covered = 0
    for _ in range(60):
        week = np.repeat(np.arange(40), 8)
        stratum = rng.integers(0, 2, len(week))
        hours = 20 + 5 * stratum + rng.normal(0, 1, 40)[week] + rng.normal(0, 3, len(week))
        after = week >= 20
        found = standardised_medians(sample_of(hours - 2 * after, stratum, week), after)
        covered += found.low <= -2 <= found.high
    assert 52 <= covered <= 60
