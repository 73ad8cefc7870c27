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

from efficiency.findings.groups.likeness import Likeness
from efficiency.findings.groups.ranks import SHORTEST_HOURS, alike_over, contrast, permuted, shift
from efficiency.findings.groups.samples import Sample, scores
from sampled import CASES, SEEDS, Case, of, plain, score

#: Weeks that do not depend on each other.
ALONE = Likeness(1.0, 0.0, 1e9)


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
    """Each group has its own stratum; and a sample may be empty. Of weeks nothing is told."""
    for periods, p in ((None, 1.0), ([0, 1], float("nan"))):
        got = contrast(*of([(1.0, False, 0, True), (5.0, False, 1, False)], periods))
        assert (got.z, got.n, got.others) == (0.0, 0, 0)
        assert got.p == pytest.approx(p, nan_ok=True)
        assert got.told == (periods is None)
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


# --- comparable cases


# --- periods


@SEEDS
@given(CASES, st.integers(1, 4))
def test_periods_change_the_error_of_the_statistic_alone(cases: list[Case], many: int) -> None:
    """T is van Elteren's, delta counts pairs; the other side is the mirror."""
    periods = [i % many for i in range(len(cases))]
    sample, group = of(cases, periods)
    got, mirror = contrast(sample, group), contrast(sample, ~group)
    total, _, delta = elteren(cases)
    assert got.spread is not None
    if got.spread.error > 0:
        assert got.z * got.spread.error == pytest.approx(total)
    elif got.n:
        # Weeks that are wholly alike leave no doubt.
        assert np.sign(got.z) == np.sign(round(total, 9))
    assert got.delta == pytest.approx(delta, nan_ok=True)
    assert mirror.z == pytest.approx(-got.z)
    assert (mirror.n, mirror.others) == (got.others, got.n)
    # Four weeks are too few to tell anything.
    assert np.isnan(got.p)
    assert not got.told


@pytest.mark.parametrize(("others", "squares"), [([2, 2, 3, 3], 54), ([0, 0, 1, 1], 27)])
def test_periods_by_hand(others: list[int], squares: int) -> None:
    """
    Times 1 to 8, two weeks of two cases: (1, 4), (2, 6) against (3, 7), (5, 8).

    Scores over 18, of the others with the other sign: -7, -1 | -5, 3 and 3, -5 | -1, -7: together
    -20. Less the mean -2.5 of either side the weeks have -3 | 3 and 3 | -3. In weeks of their
    own that is 36; in the same weeks nothing is left, and half of 36 is counted. Each side has
    one degree of freedom, both have two: half as much again.
    """
    sample = plain([1, 4, 2, 6, 3, 7, 5, 8], [0, 0, 1, 1, *others])
    got = contrast(sample, np.arange(8) < 4, ALONE)
    assert got.z == pytest.approx(-20 / sqrt(squares))
    assert got.spread is not None
    assert got.spread.degrees == pytest.approx(2.0)
    assert got.delta == pytest.approx(-10 / 16)


def weeks(
    rng: np.random.Generator, effect: float, hold: float = 0.0, run: int = 1
) -> tuple[Sample, np.ndarray]:
    """
    Make 80 weeks of 6 cases each, each week with a level, so much of which the next one keeps.

    So many weeks on end are of the group, and then as many of the others.
    """
    level = np.zeros(80)
    for i in range(80):
        level[i] = hold * level[i - 1] + rng.normal(0, 0.8 * sqrt(1 - hold**2))
    week = np.repeat(np.arange(80), 6)
    group = week // run % 2 == 1
    hours = np.exp(level[week] + effect * group + rng.normal(0, 0.5, len(week)))
    return plain(hours, week), group


def test_cases_of_one_week_that_share_its_luck_are_not_a_difference() -> None:
    """200 offices without one: about 5 % are called different, without weeks a fifth and more."""
    rng = np.random.default_rng(11)
    with_weeks = without = covered = told = 0
    for _ in range(200):
        sample, group = weeks(rng, 0.0)
        got = contrast(sample, group)
        told += got.told
        with_weeks += bool(got.p <= 0.05)
        alone = Sample(sample.hours, sample.running, sample.stratum)
        without += contrast(alone, group).p <= 0.05
    assert told >= 180
    assert 2 <= with_weeks <= 17
    assert without > 40
    for _ in range(40):
        _, low, high = shift(*weeks(rng, np.log(1.5)))
        covered += low <= 1.5 <= high
    assert covered >= 35


def test_weeks_that_stay_alike_are_not_a_difference() -> None:
    """Ten weeks on end are of one side: it had them at a slow time; or nothing is told."""
    rng = np.random.default_rng(12)
    found = naive = 0
    for _ in range(200):
        sample, group = weeks(rng, 0.0, hold=0.7, run=10)
        found += bool(contrast(sample, group).p <= 0.05)
        naive += bool(contrast(sample, group, ALONE).p <= 0.05)
    assert found <= 17
    assert naive > 40


def test_a_difference_is_found_where_both_sides_share_the_weeks() -> None:
    """Half as long again, week by week side by side, in nine of ten offices."""
    rng = np.random.default_rng(13)
    found = 0
    for _ in range(50):
        week = np.repeat(np.arange(60), 10)
        group = rng.random(600) < 0.4
        hours = np.exp(rng.normal(0, 0.5, 600) + np.log(1.5) * group)
        found += bool(contrast(plain(hours, week), group).p <= 0.05)
    assert found >= 45


def test_how_long_times_stay_alike_is_found_over_all_groups() -> None:
    """Each group alone tells the same, less surely; without periods there is nothing to find."""
    sample, group = weeks(np.random.default_rng(3), 0.0, hold=0.8, run=10)
    one, two = alike_over(sample, [group]), alike_over(sample, [group, ~group])
    assert one is not None
    assert two is not None
    assert one.periods > 2
    assert two.periods == pytest.approx(one.periods)
    assert two.error == pytest.approx(one.error / 2**0.25)
    found = contrast(sample, group, one)
    assert found.z == pytest.approx(contrast(sample, group).z)
    assert alike_over(Sample(sample.hours, sample.running, sample.stratum), [group]) is None


# --- permutation


def enumerated(cases: list[Case], batches: list[int]) -> float:
    """The exact p: every choice of as many batches as are the group's."""
    sums: dict[tuple[int, bool], float] = {}
    for part in of_strata(cases):
        for case in part:
            batch = (batches[cases.index(case)], case[3])
            sums[batch] = sums.get(batch, 0.0) + score(case, part) / (len(part) + 1)
    mine = [own for _, own in sums].count(True)
    seen = abs(sum(total for (_, own), total in sums.items() if own))
    drawn = [abs(sum(way)) for way in combinations(sums.values(), mine)]
    return sum(t >= seen - 1e-9 for t in drawn) / len(drawn)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("weekly", [False, True])
def test_permutation_is_near_full_enumeration(seed: int, weekly: bool) -> None:
    """Of single cases, and of what either side has in one of seven weeks, all in one."""
    rng = np.random.default_rng(seed)
    cases = [
        (
            float(rng.integers(0, 9) + 3 * (i % 3 == 0)) + i / 100,
            bool(rng.random() < 0.2),
            int(i % 4 == 0),
            i % 3 == 0,
        )
        for i in range(16 if weekly else 12)
    ]
    cases.append((3.5, False, 2, True))  # nobody comparable: counts for nothing
    batches = [int(i) for i in rng.integers(0, 7, 17)] if weekly else list(range(13))
    want = enumerated(cases, batches)
    assert 0.0 < want < 1.0
    error = 4 * sqrt(want * (1 - want) / 9999)
    got = permuted(*of(cases, batches if weekly else None), times=9999, seed=seed)
    assert got == pytest.approx(want, abs=error)


def test_a_batch_counts_once_however_many_cases_it_has() -> None:
    """Two weeks of each side: of the six choices of two, two are as extreme, in tens or ones."""
    week, group = np.repeat([0, 1, 2, 3], 10), np.arange(40) >= 20
    hours = np.arange(40.0)
    assert permuted(plain(hours, week), group, 9999) == pytest.approx(1 / 3, abs=0.02)
    assert permuted(plain(hours), group, 9999) == 1 / 10_000


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
    # A logarithm is found to half a thousandth.
    assert first * 0.9994 <= ratio <= last * 1.0006
    assert ratio_low * 0.999 <= ratio <= ratio_high * 1.001


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
    # With periods it is Student's quantile, with the degrees of freedom of the test.
    sample = plain(np.r_[own, rest], np.arange(55))
    _, low, high = shift(sample, group, "difference", ALONE)
    told = contrast(sample, group, ALONE).spread
    assert told is not None
    edge = stats.t.isf(0.025, told.degrees)
    assert 2.0 < edge < 2.02
    for theta, sign in ((low, 1), (high, -1)):
        around = [contrast(plain(np.r_[own - theta + off, rest], np.arange(55)), group, ALONE).z
                  * sign for off in (-step, step)]  # fmt: skip
        assert min(around) <= edge <= max(around)


def test_the_interval_is_open_where_nothing_is_told() -> None:
    """Three weeks; the shift itself is told. And how long times stay alike is found but once."""
    rng = np.random.default_rng(9)
    hours, group = rng.lognormal(0, 0.3, 90), np.arange(90) % 2 == 0
    few = plain(hours, np.arange(90) // 30)
    ratio, low, high = shift(few, group)
    assert ratio == pytest.approx(shift(plain(hours), group)[0], rel=2e-3)
    assert (low, high) == (0.0, float("inf"))
    many = plain(hours, np.arange(90) // 2)
    alike = alike_over(plain(np.log(hours), np.arange(90) // 2), [group])
    assert shift(many, group) == shift(many, group, alike=alike)


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
    close = {"abs": 1e-3 * max(1, span / 100) * max(scale, 1)}  # half of it on either side
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
