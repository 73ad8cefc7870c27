"""Ranks with running cases, against pairs counted one by one, scipy, lifelines and chance."""

from __future__ import annotations

from itertools import combinations, product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.statistics import logrank_test
from scipy import stats

from efficiency.findings.groups.ranks import (
    SHORTEST_HOURS,
    Sample,
    contrast,
    permuted,
    scores,
    shift,
)

Case = tuple[float, bool, int, bool]  # hours, running, stratum, of the group
SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
CASES = st.lists(
    st.tuples(st.integers(0, 6).map(float), st.booleans(), st.integers(0, 2), st.booleans()),
    min_size=1,
    max_size=16,
)


def of(cases: list[Case], blocks: list[int] | None = None) -> tuple[Sample, np.ndarray]:
    hours, running, stratum, group = (list(part) for part in zip(*cases, strict=True))
    block = None if blocks is None else np.array(blocks)
    sample = Sample(np.array(hours), np.array(running), np.array(stratum), block)
    return sample, np.array(group)


def plain(hours: object, block: object = None) -> Sample:
    """A sample of one stratum in which nothing runs."""
    x = np.array(hours, dtype=float)
    held = None if block is None else np.array(block)
    return Sample(x, np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=int), held)


def outlasts(a: Case, b: Case) -> bool:
    """Tell whether a surely takes longer: b is done, and a took longer or still runs by then."""
    return not b[1] and (a[0] > b[0] or (a[1] and a[0] == b[0])) and a[2] == b[2]


def score(case: Case, cases: list[Case]) -> int:
    return sum(outlasts(case, b) - outlasts(b, case) for b in cases)


def of_strata(cases: list[Case]) -> list[list[Case]]:
    """The strata that have both the group and others."""
    strata = [[c for c in cases if c[2] == number] for number in {c[2] for c in cases}]
    return [part for part in strata if len({c[3] for c in part}) == 2]


def elteren(cases: list[Case]) -> tuple[float, float, float]:
    """T, its variance under permutation and Cliff's delta, from pairs."""
    total = variance = pairs = 0.0
    for part in of_strata(cases):
        size, own = len(part), sum(c[3] for c in part)
        told = [score(c, part) for c in part]
        weight = 1 / (size + 1)
        total += weight * sum(a for a, c in zip(told, part, strict=True) if c[3])
        mean_square = sum(a * a for a in told) / (size - 1)
        variance += weight**2 * own * (size - own) / size * mean_square
        pairs += weight * own * (size - own)
    return total, variance, total / pairs if pairs else float("nan")


# --- scores


@SEEDS
@given(CASES)
def test_scores_count_pairs(cases: list[Case]) -> None:
    """Ties, running cases and strata in any order; as much is won as lost."""
    sample, _ = of(cases)
    before = sample.hours.copy()
    got = scores(sample)
    assert got.tolist() == [score(case, cases) for case in cases]
    assert got.sum() == 0
    assert sample.hours.tolist() == before.tolist()


def test_without_running_cases_scores_are_ranks() -> None:
    hours = np.array([3.0, 1.0, 1.0, 8.0, 3.0])
    assert scores(plain(hours)).tolist() == (2 * stats.rankdata(hours) - 6).tolist()
    assert scores(plain([])).tolist() == []


def test_a_part_of_a_sample_keeps_its_blocks() -> None:
    sample = Sample(
        np.array([1.0, 2, 3]), np.array([True, False, True]), np.arange(3), np.array([7, 8, 9])
    )
    part = sample.where(np.array([True, False, True]))
    assert part.hours.tolist() == [1.0, 3.0]
    assert part.running.tolist() == [True, True]
    assert part.stratum.tolist() == [0, 2]
    assert part.block is not None
    assert part.block.tolist() == [7, 9]
    assert plain([1.0]).where(np.array([True])).block is None


# --- contrast


@SEEDS
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=40))
def test_one_stratum_done_is_mann_whitney(drawn: list[tuple[int, bool]]) -> None:
    """And Cliff's delta counts pairs."""
    sample, group = of([(float(h), False, 0, g) for h, g in drawn])
    own, rest = sample.hours[group], sample.hours[~group]
    if not len(own) or not len(rest) or not np.ptp(sample.hours):
        return
    got = contrast(sample, group)
    told = stats.mannwhitneyu(own, rest, use_continuity=False, method="asymptotic")
    ranks = stats.rankdata(sample.hours)
    n, m = len(own), len(rest)
    ties = sum(t**3 - t for t in np.unique(sample.hours, return_counts=True)[1])
    spread = sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
    assert got.p == pytest.approx(told.pvalue, abs=1e-12)
    assert got.z == pytest.approx((ranks[group].sum() - n * (n + m + 1) / 2) / spread)
    above = sum(np.sign(a - b) for a, b in product(own, rest))
    assert got.delta == pytest.approx(above / (n * m))
    assert (got.n, got.others) == (n, m)


@SEEDS
@given(CASES)
def test_strata_are_weighed_as_van_elteren_did(cases: list[Case]) -> None:
    got = contrast(*of(cases))
    total, variance, delta = elteren(cases)
    z = total / sqrt(variance) if variance > 0 else 0.0
    assert got.z == pytest.approx(z)
    assert got.p == pytest.approx(2 * stats.norm.sf(abs(z)))
    assert got.delta == pytest.approx(delta, nan_ok=True)
    held = [c for part in of_strata(cases) for c in part]
    assert (got.n, got.others) == (sum(c[3] for c in held), sum(not c[3] for c in held))


def test_two_strata_by_hand() -> None:
    """
    1, 3 | 2 and 9, 8 | 7: scores -2, 2 | 0 and 2, 0 | -2.

    T = 0/4 + 2/4; each variance 2·1/3 · 8/2 / 16 = 1/6; delta 2 of 4 pairs.
    """
    rows = [(1.0, 0, True), (3.0, 0, True), (2.0, 0, False)]
    rows += [(9.0, 1, True), (8.0, 1, True), (7.0, 1, False)]
    got = contrast(*of([(hours, False, stratum, group) for hours, stratum, group in rows]))
    assert got.z == pytest.approx(0.5 / sqrt(1 / 3))
    assert (got.delta, got.n, got.others) == (0.5, 4, 2)


def test_nobody_comparable_is_no_difference() -> None:
    """Each group has its own stratum; and a sample may be empty."""
    for blocks in (None, [0, 1]):
        got = contrast(*of([(1.0, False, 0, True), (5.0, False, 1, False)], blocks))
        assert (got.z, got.p, got.n, got.others) == (0.0, 1.0, 0, 0)
        assert np.isnan(got.delta)
    assert contrast(plain([]), np.zeros(0, dtype=bool)).n == 0
    equal = contrast(plain([2.0] * 6), np.arange(6) < 3)
    assert (equal.z, equal.p, equal.delta) == (0.0, 1.0, 0.0)


@SEEDS
@given(CASES, st.sampled_from([0.5, 4.0]), st.integers(0, 2))
def test_neither_scale_nor_order_nor_side_matters(
    cases: list[Case], scale: float, stratum: int
) -> None:
    """One stratum may be measured on a scale of its own; the other side is the mirror."""
    got = contrast(*of(cases))
    moved = [(h * (scale if s == stratum else 1) + s, r, s, g) for h, r, s, g in cases]
    again = contrast(*of(moved[::-1]))
    assert (again.z, again.n) == (pytest.approx(got.z), got.n)
    sample, group = of(cases)
    mirror = contrast(sample, ~group)
    assert (mirror.z, mirror.n, mirror.others) == (pytest.approx(-got.z), got.others, got.n)
    assert mirror.p == pytest.approx(got.p)
    assert mirror.delta == pytest.approx(-got.delta, nan_ok=True)


# --- running cases: lifelines


CENSORED = st.lists(
    st.tuples(st.integers(1, 8), st.booleans(), st.booleans()), min_size=6, max_size=40
)


def at_risk(cases: list[tuple[int, bool, bool]]) -> list[tuple[int, int, int, int]]:
    """Cases at risk and done, in all and of the group, at each time at which one was done."""
    times = sorted({h for h, running, _ in cases if not running})
    rows = []
    for t in times:
        risk = [c for c in cases if c[0] >= t]
        done = [c for c in risk if c[0] == t and not c[1]]
        rows.append((len(risk), sum(c[2] for c in risk), len(done), sum(c[2] for c in done)))
    return rows


@settings(SEEDS, max_examples=25)
@given(CENSORED)
def test_gehans_statistic_equals_lifelines(cases: list[tuple[int, bool, bool]]) -> None:
    """
    The sum of scores is that of a log-rank test weighted by the cases at risk.

    lifelines divides by another variance, the hypergeometric one, which takes who is at risk as
    given; ours takes the times as given and shuffles who belongs to the group. So the statistic
    before division must agree, and lifelines' with the hypergeometric variance put in.
    """
    sample, group = of([(float(h), running, 0, own) for h, running, own in cases])
    ours = scores(sample)[group].sum()
    rows = at_risk(cases)
    assert ours == pytest.approx(-sum(n * own - mine * d for n, mine, d, own in rows))
    weighed = [n**2 * d * mine / n * (1 - mine / n) * (n - d) / (n - 1)
               for n, mine, d, _ in rows if n > 1]  # fmt: skip
    if sum(weighed) < 1e-9:
        return
    theirs = logrank_test(
        sample.hours[group], sample.hours[~group], ~sample.running[group],
        ~sample.running[~group], weightings="wilcoxon",
    )  # fmt: skip
    assert ours**2 / sum(weighed) == pytest.approx(theirs.test_statistic, abs=1e-9)


def test_gehans_p_is_near_lifelines() -> None:
    """The two variances part little where cases are many and stop running alike."""
    rng = np.random.default_rng(5)
    hours, limit = rng.exponential(1.0, 400), rng.exponential(2.0, 400)
    group = np.arange(400) < 200
    hours[group] *= 1.25
    running = hours > limit
    sample = Sample(np.minimum(hours, limit), running, np.zeros(400, dtype=int))
    theirs = logrank_test(
        sample.hours[group], sample.hours[~group], ~running[group], ~running[~group],
        weightings="wilcoxon",
    )  # fmt: skip
    assert contrast(sample, group).z ** 2 == pytest.approx(theirs.test_statistic, rel=0.05)


@settings(SEEDS, max_examples=25)
@given(CENSORED)
def test_scipys_log_rank_equals_lifelines(cases: list[tuple[int, bool, bool]]) -> None:
    sides = [[c for c in cases if c[2] is side] for side in (True, False)]
    if not all(any(not c[1] for c in side) for side in sides):
        return
    x, y = ([c[0] for c in side] for side in sides)
    x_running, y_running = ([c[1] for c in side] for side in sides)
    censored = stats.CensoredData.right_censored
    mine = stats.logrank(censored(x, x_running), censored(y, y_running))
    theirs = logrank_test(x, y, ~np.array(x_running), ~np.array(y_running))
    assert mine.statistic**2 == pytest.approx(theirs.test_statistic, abs=1e-9)
    assert mine.pvalue == pytest.approx(theirs.p_value, abs=1e-9)


# --- blocks


def block_z(cases: list[Case], blocks: list[int]) -> tuple[float, int]:
    """Z and degrees of freedom in plain Python: whole blocks scatter about their side."""
    inside = {c[2] for part in of_strata(cases) for c in part}
    kept = [(c, b) for c, b in zip(cases, blocks, strict=True) if c[2] in inside]
    held = [c for c, _ in kept]
    size_of = {s: sum(c[2] == s for c in held) for s in inside}
    told = [score(c, held) / (size_of[c[2]] + 1) for c in held]
    total = sum(a for a, c in zip(told, held, strict=True) if c[3])
    numbers, variance = {b for _, b in kept}, 0.0
    for side in (True, False):
        mine = {b for c, b in kept if c[3] is side}
        sums = {b: sum(a for a, k in zip(told, kept, strict=True) if k[1] == b) for b in mine}
        sizes = {b: sum(k[1] == b for k in kept) for b in mine}
        mean = sum(sums.values()) / sum(sizes.values())
        squares = sum((sums[b] - sizes[b] * mean) ** 2 for b in mine)
        other = 1 - sum(sizes.values()) / len(kept)
        if len(mine) > 1:
            variance += squares * len(mine) / (len(mine) - 1) * other**2
    return (total / sqrt(variance) if variance > 1e-18 else 0.0), max(len(numbers) - 2, 1)


@SEEDS
@given(CASES, st.integers(2, 4))
def test_blocks_scatter_as_counted_by_hand(cases: list[Case], many: int) -> None:
    """Every block belongs to one side."""
    blocks = [2 * (i % many) + 10 * c[3] for i, c in enumerate(cases)]
    if not of_strata(cases):
        return
    z, degrees = block_z(cases, blocks)
    got = contrast(*of(cases, blocks))
    if abs(z) > 1e6:  # blocks that do not scatter at all
        return
    assert got.z == pytest.approx(z, abs=1e-9)
    assert got.p == pytest.approx(2 * stats.t.sf(abs(z), degrees), abs=1e-9)


def test_blocks_by_hand() -> None:
    """
    Times 1 to 8, four blocks of two: (1, 4), (2, 6) against (3, 7), (5, 8).

    Scores over 9 are -7, -1 | -5, 3 against -3, 5 | 1, 7: block sums -8, -2 | 2, 8 of mean ∓5.
    Each side scatters by (9 + 9) · 2/1 · (1/2)² = 9; z = -10 / √18, two degrees of freedom.
    """
    sample = plain([1, 4, 2, 6, 3, 7, 5, 8], [0, 0, 1, 1, 2, 2, 3, 3])
    got = contrast(sample, np.arange(8) < 4)
    assert got.z == pytest.approx(-10 / sqrt(18))
    assert got.p == pytest.approx(2 * stats.t.sf(10 / sqrt(18), 2))
    assert got.delta == pytest.approx(-10 / 16)


def weeks(rng: np.random.Generator, effect: float) -> tuple[Sample, np.ndarray]:
    """Make 16 weeks of 12 cases each, half of them of the group, each week with a level."""
    week = np.repeat(np.arange(16), 12)
    level = rng.normal(0, 0.8, 16)[week] + effect * (week % 2)
    hours = np.exp(level + rng.normal(0, 0.5, len(week)))
    return plain(hours, week), week % 2 == 1


def test_cases_of_one_week_that_share_its_luck_are_not_a_difference() -> None:
    """300 offices without one: about 5 % are called different, without blocks most of a third."""
    rng = np.random.default_rng(11)
    with_blocks = without = covered = 0
    for _ in range(300):
        sample, group = weeks(rng, 0.0)
        with_blocks += contrast(sample, group).p <= 0.05
        alone = Sample(sample.hours, sample.running, sample.stratum)
        without += contrast(alone, group).p <= 0.05
    assert 5 <= with_blocks <= 25
    assert without > 90
    for _ in range(60):
        _, low, high = shift(*weeks(rng, np.log(1.5)))
        covered += low <= 1.5 <= high
    assert covered >= 53


# --- permutation


def enumerated(cases: list[Case]) -> float:
    """The exact p: every choice of as many of each stratum."""
    parts = of_strata(cases)
    told = [[score(c, part) / (len(part) + 1) for c in part] for part in parts]
    seen = abs(sum(a for t, part in zip(told, parts, strict=True)
                   for a, c in zip(t, part, strict=True) if c[3]))  # fmt: skip
    ways = [[sum(way) for way in combinations(t, sum(c[3] for c in part))]
            for t, part in zip(told, parts, strict=True)]  # fmt: skip
    drawn = [abs(sum(way)) for way in product(*ways)]
    return sum(t >= seen - 1e-9 for t in drawn) / len(drawn)


@pytest.mark.parametrize("seed", range(6))
def test_permutation_is_near_full_enumeration(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cases = [
        (
            float(rng.integers(0, 9) + 3 * (i % 3 == 0)),
            bool(rng.random() < 0.2),
            int(i % 4 == 0),
            i % 3 == 0,
        )
        for i in range(12)
    ]
    cases.append((3.0, False, 2, True))  # nobody comparable: counts for nothing
    want = enumerated(cases)
    assert 0.0 < want < 1.0
    error = 4 * sqrt(want * (1 - want) / 9999)
    assert permuted(*of(cases), times=9999, seed=seed) == pytest.approx(want, abs=error)


def test_permutation_in_parts_and_at_its_ends() -> None:
    """5,000 cases are shuffled in parts; equal ones give 1, parted ones 1 / (times + 1)."""
    group = np.arange(5000) < 50
    assert permuted(plain(np.ones(5000)), group, times=999) == 1.0
    assert permuted(plain(np.where(group, 2.0, 1.0)), group, times=999) == 1 / 1000
    sample = plain(np.arange(40) * 7 % 31)
    few = np.arange(40) < 12
    assert permuted(sample, few, 499, seed=3) == permuted(sample, few, 499, seed=3)
    assert permuted(sample, few, 499, seed=3) != permuted(sample, few, 499, seed=4)
    assert np.isnan(permuted(plain([]), np.zeros(0, dtype=bool)))


# --- shift


def middle(values: list[float]) -> tuple[float, float]:
    """The two in the middle (of an odd number: twice the one)."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]


SHIFTED = st.tuples(
    st.lists(st.integers(1, 400), min_size=3, max_size=15, unique=True),
    st.lists(st.integers(1, 400), min_size=3, max_size=15, unique=True),
)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(SHIFTED)
def test_the_shift_is_that_of_hodges_and_lehmann(drawn: tuple[list[int], list[int]]) -> None:
    """The middle of all pairwise differences and of all ratios; the other side is the mirror."""
    own, rest = drawn
    sample = plain([*own, *rest])
    group = np.arange(len(own) + len(rest)) < len(own)
    apart, low, high = shift(sample, group, "difference")
    first, last = middle([a - b for a, b in product(own, rest)])
    assert first - 0.001 * 400 / 100 <= apart <= last + 0.001 * 400 / 100
    assert low - 1e-3 <= apart <= high + 1e-3
    back = shift(sample, ~group, "difference")
    assert back[1:] == pytest.approx((-high, -low), abs=0.01)
    ratio, ratio_low, ratio_high = shift(sample, group)
    first, last = middle([a / b for a, b in product(own, rest)])
    assert first * 0.9997 <= ratio <= last * 1.0003
    assert ratio_low * 0.9997 <= ratio <= ratio_high * 1.0003


def test_the_interval_holds_what_a_test_would_not_reject() -> None:
    """Just inside its ends scipy's test keeps the shift, just outside it rejects it."""
    rng = np.random.default_rng(2)
    own, rest = rng.normal(10, 3, 25), rng.normal(7, 3, 30)
    group = np.arange(55) < 25
    _, low, high = shift(plain(np.r_[own, rest]), group, "difference")

    def kept(theta: float) -> bool:
        told = stats.mannwhitneyu(own - theta, rest, use_continuity=False, method="asymptotic")
        return bool(told.pvalue > 0.05)

    step = 0.002
    assert [kept(low - step), kept(low + step), kept(high - step), kept(high + step)] == [
        False, True, True, False,
    ]  # fmt: skip
    # With blocks it is Student's quantile: 53 degrees of freedom.
    _, low, high = shift(plain(np.r_[own, rest], np.arange(55)), group, "difference")
    for theta, sign in ((low, 1), (high, -1)):
        around = [contrast(plain(np.r_[own - theta + off, rest], np.arange(55)), group).z * sign
                  for off in (-step, step)]  # fmt: skip
        assert min(around) <= 2.0057459953178696 <= max(around)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.integers(0, 10**6), st.sampled_from([0.25, 3.0]))
def test_times_in_other_units_shift_alike(seed: int, scale: float) -> None:
    """Ratios stay, differences follow the unit; what is added to one side is added to the shift."""
    rng = np.random.default_rng(seed)
    stratum = rng.integers(0, 3, 40)
    hours = rng.lognormal(1.0 + stratum, 0.5)
    group, running = rng.random(40) < 0.5, rng.random(40) < 0.15
    sample, scaled = Sample(hours, running, stratum), Sample(hours * scale, running, stratum)
    ratio = shift(sample, group)
    assert shift(scaled, group) == pytest.approx(ratio, rel=2e-3)
    apart = shift(sample, group, "difference")
    span = np.ptp(hours) + 1
    close = {"abs": 2e-4 * max(1, span / 100) * max(scale, 1)}
    assert shift(scaled, group, "difference") == pytest.approx([x * scale for x in apart], **close)
    moved = Sample(hours + 5 * group, running, stratum)
    told = shift(moved, group, "difference")
    assert told == pytest.approx([x + 5 for x in apart], abs=1e-3 * max(1, span / 100))
    longer = Sample(np.where(group, hours * 2, hours), running, stratum)
    assert shift(longer, group) == pytest.approx([x * 2 for x in ratio], rel=2e-3)


def test_what_the_data_leave_open_is_infinite() -> None:
    """Nobody of the group is done: at least so much longer. Nobody comparable: nothing."""
    hours, group = np.arange(1.0, 21.0), np.arange(20) >= 10
    sample = Sample(hours, group, np.zeros(20, dtype=int))
    ratio, low, high = shift(sample, group)
    assert (ratio, high) == (float("inf"), float("inf"))
    assert 0 < low < ratio
    ratio, low, _ = shift(sample, ~group, "difference")
    assert (ratio, low) == (-float("inf"), -float("inf"))
    assert all(np.isnan(shift(plain([1.0]), np.array([True]))))


def test_a_second_counts_as_a_minute() -> None:
    """Times below a minute are one on the scale of ratios."""
    own, rest = [0.0, 1e-5, 0.001], [SHORTEST_HOURS * 2, SHORTEST_HOURS * 2, SHORTEST_HOURS * 2]
    assert shift(plain([*own, *rest]), np.arange(6) < 3)[0] == pytest.approx(0.5, rel=1e-3)


def test_the_interval_covers() -> None:
    """150 samples in three strata, a tenth still running, half as long again: about 95 %."""
    rng = np.random.default_rng(4)
    covered = 0
    for _ in range(150):
        stratum, group = rng.integers(0, 3, 60), rng.random(60) < 0.4
        hours = rng.lognormal(stratum, 0.6) * np.where(group, 1.5, 1.0)
        limit = rng.exponential(8 * np.exp(stratum))
        sample = Sample(np.minimum(hours, limit), hours > limit, stratum)
        _, low, high = shift(sample, group)
        covered += low <= 1.5 <= high
    assert 135 <= covered <= 149
