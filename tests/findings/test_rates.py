"""Bounds of rates against published figures and binomial sums."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency.findings.rates import bounded, clustered, funnel, sample_needed, wilson, zeros
from efficiency.problems import TableError


def at_most(k: int, n: int, p: float) -> float:
    """Add up the chances of 0 to k among n, in exact fractions."""
    share = Fraction(p)
    return float(sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1)))


@pytest.mark.parametrize(("n", "high"), [(50, 0.058), (60, 0.049), (100, 0.030), (300, 0.010)])
def test_zero_of_n_as_the_office_was_told(n: int, high: float) -> None:
    rate = bounded(0, n)
    assert (rate.share, rate.low) == (0, 0)
    assert round(rate.high, 3) == high
    assert bounded(n, n).low == pytest.approx(1 - rate.high)
    assert (bounded(n, n).share, bounded(n, n).high) == (1, 1)


@given(st.integers(1, 10**7))
def test_the_bound_leaves_five_percent_and_keeps_below_the_rule_of_three(n: int) -> None:
    """(1 − p)^n is 5 %; −ln 0.05 is just below 3."""
    high = bounded(0, n).high
    assert 0 < high <= min(1, 3 / n)
    assert (1 - high) ** n == pytest.approx(0.05, rel=1e-6)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 5
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_intervals_equal_newcombes_table(k: int, n: int, low: float, high: float) -> None:
    rate = bounded(k, n)
    assert rate.share == k / n
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)


@pytest.mark.parametrize(("k", "n"), [(1, 2), (3, 40), (39, 40)])
def test_either_end_leaves_half_the_risk(k: int, n: int) -> None:
    rate = bounded(k, n)
    assert at_most(k, n, rate.high) == pytest.approx(0.025)
    assert 1 - at_most(k - 1, n, rate.low) == pytest.approx(0.025)


def test_nothing_checked_proves_nothing() -> None:
    rate = bounded(0, 0)
    assert all(value != value for value in (rate.share, rate.low, rate.high))


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (1.5, 3), (0, -1)])
def test_counts_that_cannot_be(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="0 <= k <= n"):
        bounded(k, n)


# --- the interval of a share


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_equal_newcombes_table(k: int, n: int, low: float, high: float) -> None:
    """The score method without continuity correction."""
    share, got_low, got_high = wilson(k, n)
    assert share == k / n
    assert (round(got_low, 4), round(got_high, 4)) == (low, high)


@pytest.mark.parametrize("n", [1, 7, 200])
def test_intervals_keep_inside_and_mirror(n: int) -> None:
    """0 ≤ low ≤ share ≤ high ≤ 1; what is met and what is not are mirror images."""
    for k in range(n + 1):
        share, low, high = wilson(k, n)
        assert -1e-12 <= low <= share + 1e-12
        assert share - 1e-12 <= high <= 1 + 1e-12
        _, other_low, other_high = wilson(n - k, n)
        assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


# --- the interval of a share of what comes in batches


def batches(seed: int, of: int, many: int, chance: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
    """Draw cases in batches, in which all go the same way."""
    wrong = np.random.default_rng(seed).random(many) < chance
    return np.repeat(wrong.astype(float), of), np.repeat(np.arange(many), of)


def test_cases_that_have_nothing_to_do_with_each_other_have_the_plain_interval() -> None:
    """Of 200 draws at a 5 % risk of seeing batches where there are none, 190 or so are plain."""
    plain = 0
    for seed in range(200):
        wrong, _ = batches(seed, of=1, many=300)
        told = clustered(wrong, np.arange(300) // 5)
        if told[3] == 300:
            plain += 1
            assert told[:3] == wilson(int(wrong.sum()), 300)
        else:
            assert told[3] < 300
    assert plain >= 180


def test_batches_that_go_one_way_are_as_good_as_one_case_each() -> None:
    """
    Of 100 batches of five, 30 wrong: p (1 − p) n_b² · 100/99 over p (1 − p) n_b is 5.0505.

    500 over it is 99, and Wilson's interval of 29.7 of 99.
    """
    wrong, batch = np.repeat([1.0, 0.0], [150, 350]), np.repeat(np.arange(100), 5)
    share, low, high, worth = clustered(wrong, batch)
    assert share == 0.3
    assert worth == pytest.approx(99)
    z2 = 1.959963984540054**2
    for end in (low, high):  # where the score test of 0.3 in 99 lies at its edge
        assert (0.3 - end) ** 2 * 99 == pytest.approx(z2 * end * (1 - end))


def test_the_interval_of_batches_covers() -> None:
    """400 logs of 60 batches of five that mostly go one way; the plain interval misses often."""
    covered = plain = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        chance = np.repeat(rng.choice([0.05, 0.85], 60, p=[0.6875, 0.3125]), 5)  # 30 % in all
        wrong = (rng.random(300) < chance).astype(float)
        _, low, high, _ = clustered(wrong, np.repeat(np.arange(60), 5))
        covered += low <= 0.3 <= high
        _, low, high = wilson(int(wrong.sum()), 300)
        plain += low <= 0.3 <= high
    assert covered >= 0.9 * 400
    assert plain < 0.8 * 400


@pytest.mark.parametrize(
    ("wrong", "batch"),
    [
        (np.repeat([1.0, 0.0], [15, 20]), np.repeat(np.arange(7), 5)),  # seven batches
        (np.ones(50), np.repeat(np.arange(10), 5)),
        (np.zeros(50), np.repeat(np.arange(10), 5)),
    ],
)
def test_where_batches_cannot_be_told_the_interval_is_plain(
    wrong: np.ndarray, batch: np.ndarray
) -> None:
    """Of too few, and where all or none went wrong, nothing is known of how alike they are."""
    assert clustered(wrong, batch) == (*wilson(int(wrong.sum()), len(wrong)), len(wrong))


def test_of_nothing_there_is_no_share() -> None:
    told = clustered(np.array([]), np.array([], dtype=np.int64))
    assert np.isnan(told[:3]).all()
    assert told[3] == 0


# --- how many to check


@pytest.mark.parametrize(("share", "n"), [(0.05, 59), (0.01, 299), (0.001, 2995), (0.5, 5)])
def test_how_many_to_check(share: float, n: int) -> None:
    """59, 299 and 2,995 are the sizes of discovery samples in audit tables."""
    assert sample_needed(share) == n
    assert bounded(0, n).high <= share < bounded(0, n - 1).high


@pytest.mark.parametrize("share", [0, 1, -0.1, 2])
def test_shares_that_nothing_proves(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_needed(share)


# --- tables


def test_zeros_bounds_each_row_and_leaves_the_table() -> None:
    counts = pd.DataFrame(
        {"item": ["差错", "失误", "缺陷", "未查"], "k": [0, 1, 9, 0], "n": [300, 60, 9, 0]},
        index=[7, 3, 5, 1],
    ).assign(note="不变")
    before = counts.copy()
    table = zeros(counts)
    assert_frame_equal(counts, before)
    assert table.columns.tolist() == ["item", "k", "n", "share", "low", "high"]
    assert table.index.tolist() == [0, 1, 2, 3]
    for row in table.iloc[:3].to_dict("records"):
        rate = bounded(row["k"], row["n"])
        assert (row["share"], row["low"], row["high"]) == (rate.share, rate.low, rate.high)
    assert table.iloc[3][["share", "low", "high"]].isna().all()
    assert len(zeros(counts.head(0))) == 0


def test_zeros_says_what_is_missing() -> None:
    with pytest.raises(TableError, match="column 'n' is missing"):
        zeros(pd.DataFrame({"item": ["差错"], "k": [0]}))


def reference_limits(n: int, p: float, risk: float) -> tuple[float, float]:
    """Step along the binomial: what lies outside has a chance of at most the risk on each side."""
    inside = [
        k for k in range(n + 1) if at_most(k, n, p) > risk and 1 - at_most(k - 1, n, p) > risk
    ]
    return min(inside) / n, max(inside) / n


@pytest.mark.parametrize("k", [[5, 15, 2], [60, 75, 28], [0, 1, 0]])
def test_funnel_limits_step_along_the_binomial(k: list[int]) -> None:
    n = [60, 75, 28]
    table = funnel(pd.DataFrame({"name": list("甲乙丙"), "k": k, "n": n}))
    whole = sum(k) / sum(n)
    assert table["centre"].tolist() == pytest.approx([whole] * 3)
    for row in table.to_dict("records"):
        for name, risk in (("95", 0.025), ("998", 0.001)):
            want = reference_limits(row["n"], whole, risk)
            assert (row[f"low_{name}"], row[f"high_{name}"]) == pytest.approx(want)


def test_funnel_marks_the_widest_limits_that_are_passed() -> None:
    """Overall 10 %: of 100, from 5 to 16 lie within 95 % and from 2 to 20 within 99.8 %."""
    k, n = [16, 17, 20, 21, 26, 0, 0], [100] * 5 + [500, 0]
    table = funnel(pd.DataFrame({"name": list("abcdefg"), "k": k, "n": n}))
    assert table.loc[0, "centre"] == 0.1
    assert table["outside"].tolist() == [None, "95", "95", "99.8", "99.8", "99.8", None]
    assert table.iloc[6][["value", "low_95", "high_998"]].isna().all()
    assert table.iloc[0][["low_95", "high_95"]].tolist() == [0.05, 0.16]
