"""Times are drawn from like occasions, and from nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.what_if.pools import ALIKE, Pool, pool_of

ONE = Pool((-1,), (0.0,), (-1,), (-1,), ((10, 20, 30, 40),))


def test_the_greater_the_chance_the_longer() -> None:
    drawn = [ONE.draw((), chance) for chance in (0.0, 0.24, 0.25, 0.5, 0.75, 0.999)]
    assert drawn == [10, 10, 20, 30, 40, 40]


def test_beyond_what_it_took_already() -> None:
    assert [ONE.draw((), chance, beyond=20) for chance in (0.0, 0.5)] == [30, 40]
    assert ONE.draw((), 0.0, beyond=40) is None
    assert ONE.draw((), 0.0, beyond=9) == 10


def test_occasions_that_matter_are_told_apart() -> None:
    """Late in the day it takes a day longer; what else is known does not matter."""
    rng = np.random.default_rng(1)
    occasions = np.column_stack([rng.uniform(0, 24, 400), rng.integers(0, 2, 400)])
    late = occasions[:, 0] > 16
    seconds = np.where(late, 86_400, 600) + rng.integers(0, 60, 400)
    pool = pool_of(occasions, seconds)
    for other in (0, 1):
        drawn = [(pool.draw([hour, other], c) or 0) > 80_000
                 for hour in (9, 15.5, 17, 23) for c in (0.0, 0.99)]  # fmt: skip
        assert drawn == [False] * 4 + [True] * 4


def test_chance_is_not_told_apart() -> None:
    """A column of noise explains about a hundredth at best: the times stay together."""
    rng = np.random.default_rng(2)
    seconds = rng.exponential(600, 4000)
    pool = pool_of(rng.uniform(size=(4000, 1)), seconds)
    assert len(pool.times) == 1
    assert sorted(seconds.round().astype(int)) == list(pool.times[0])


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=200), st.floats(0, 0.999))
def test_what_is_drawn_was_there_on_an_occasion_of_its_leaf(
    times: list[int], chance: float
) -> None:
    occasions = np.arange(len(times), dtype=float)[:, None]
    pool = pool_of(occasions, np.array(times))
    leaves = [held for feature, held in zip(pool.features, pool.times, strict=True) if feature < 0]
    assert sorted(sum(leaves, ())) == sorted(times)
    if len(leaves) > 1:
        assert min(map(len, leaves)) >= ALIKE
    assert pool.draw([0.0], chance) in times


@pytest.mark.parametrize("size", [1, 2 * ALIKE - 1])
def test_few_times_stay_together(size: int) -> None:
    occasions = np.repeat([[0.0], [1.0]], [size // 2, size - size // 2], axis=0)
    assert len(pool_of(occasions, np.arange(size)).times) == 1
