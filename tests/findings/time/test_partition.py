"""The best partings against all partings tried one by one, and against published ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.findings.time.partition import ar1, fitted, levels, partition, persistence
from findings.nile import FLOW


def partings(points: int, cuts: int, least: int) -> Iterator[tuple[int, ...]]:
    for places in combinations(range(1, points), cuts):
        ends = (0, *places, points)
        if min(np.diff(ends)) >= least:
            yield places


def cost(x: list[float], weights: list[float], places: tuple[int, ...]) -> float:
    total = 0.0
    ends = [0, *places, len(x)]
    for begin, end in pairwise(ends):
        part, w = np.array(x[begin:end]), np.array(weights[begin:end])
        total += float((w * (part - np.average(part, weights=w)) ** 2).sum())
    return total


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-50, 50), st.sampled_from([0.5, 1.0, 2.0])), min_size=6, max_size=11
    ),
    st.integers(1, 3),
)
def test_no_parting_is_better(rows: list[tuple[int, float]], least: int) -> None:
    x, weights = [float(a) for a, _ in rows], [w for _, w in rows]
    most = min(3, len(x) // least - 1)
    found = partition(np.array(x)[:, None], np.array(weights), most, least)
    for cuts in range(most + 1):
        best = min(cost(x, weights, places) for places in partings(len(x), cuts, least))
        assert found.costs[cuts, 0] == pytest.approx(best, abs=1e-6)
        places = found.cuts(cuts)
        assert places in set(partings(len(x), cuts, least))
        assert cost(x, weights, places) == pytest.approx(best, abs=1e-6)


def test_the_nile_as_published() -> None:
    """
    Residual sums of squares and breaks of 1, 2 and 3 shifts of at least 15 years.

    Zeileis, A., Kleiber, C., Krämer, W. and Hornik, K. (2003). Testing and dating of structural
    changes in practice. Computational Statistics and Data Analysis 44, 109-123.
    """
    found = partition(np.array(FLOW, dtype=float)[:, None], np.ones(100), 3, 15)
    assert found.costs[:, 0] == pytest.approx([2835156.75, 1597457.19, 1552923.62, 1538096.51])
    assert [found.cuts(cuts) for cuts in (1, 2, 3)] == [(28,), (28, 83), (28, 68, 83)]


def test_many_series_at_once_are_each_parted_alone() -> None:
    rng = np.random.default_rng(4)
    x, weights = rng.normal(size=(20, 7)), rng.uniform(0.5, 2, 20)
    found = partition(x, weights, 2, 3)
    for series in range(7):
        alone = partition(x[:, [series]], weights, 2, 3)
        assert alone.costs[:, 0] == pytest.approx(found.costs[:, series])
        assert alone.cuts(2) == found.cuts(2, series)
        assert tuple(found.starts(2)[:, series]) == (0, *alone.cuts(2))


def test_large_numbers_keep_their_digits() -> None:
    x = np.array([1.0, 2.0, 1.0, 2.0, 4.0, 5.0, 4.0, 5.0])[:, None]
    found = partition(x + 1e9, np.ones(8), 1, 2)
    assert found.costs[:, 0] == pytest.approx([20, 2])


def test_levels_and_lines_by_hand() -> None:
    """1, 3 | 5, 5, 8 with weights 1, 3 | 1, 1, 2: 2.5 and 6.5."""
    x, weights = np.array([[1.0], [3.0], [5.0], [5.0], [8.0]]), np.array([1.0, 3.0, 1.0, 1.0, 2.0])
    starts = np.array([[0], [2]])
    assert levels(x, weights, starts)[:, 0].tolist() == [2.5, 6.5]
    assert fitted(x, weights, starts)[:, 0].tolist() == [2.5, 2.5, 6.5, 6.5, 6.5]
    assert levels(x, weights, starts[:1])[:, 0] == pytest.approx([36 / 8])


def test_persistence_by_hand() -> None:
    """1, −1, 1, −1 around its mean: −3 / 4."""
    x = np.array([[6.0], [4.0], [6.0], [4.0]])
    found = partition(x, np.ones(4), 1, 2)
    assert persistence(x, np.ones(4), found, 0).tolist() == [-0.75]
    assert persistence(np.ones((4, 1)), np.ones(4), found, 0).tolist() == [0]


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_made_up_noise_is_as_correlated_and_as_wide_as_it_should_be(rho: float) -> None:
    weights = np.array([1.0, 4.0] * 4)
    x = ar1(rho, weights, 40_000, np.random.default_rng(2)) * np.sqrt(weights)[:, None]
    assert x.std(axis=1) == pytest.approx(np.ones(8), abs=0.02)
    near = [np.corrcoef(x[i], x[i + 1])[0, 1] for i in range(7)]
    assert near == pytest.approx([rho] * 7, abs=0.02)
    assert np.corrcoef(x[0], x[2])[0, 1] == pytest.approx(rho**2, abs=0.02)
