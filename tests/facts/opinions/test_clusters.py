"""Shares of answers that come office by office: held against references and against simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from efficiency.facts.opinions.clusters import clustered_share

ASKED = 0.93


def jackknifed(yes: np.ndarray, office: np.ndarray) -> float:
    """The variance of a share by leaving out one office at a time: another road to the same."""
    names = np.unique(office)
    left = np.array([yes[office != one].mean() for one in names])
    many = len(names)
    return float((many - 1) / many * ((left - left.mean()) ** 2).sum())


def variance_components(yes: np.ndarray, office: np.ndarray) -> float:
    """The intraclass correlation by sums of squares, written out."""
    groups = [yes[office == one].astype(float) for one in np.unique(office)]
    n, k = len(yes), len(groups)
    between = sum(len(g) * (g.mean() - yes.mean()) ** 2 for g in groups) / (k - 1)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / (n - k)
    usual = (n - sum(len(g) ** 2 for g in groups) / n) / (k - 1)
    return max((between - within) / (between + (usual - 1) * within), 0.0)


def drawn(seed: int, share: float, icc: float, offices: int = 21) -> tuple[np.ndarray, np.ndarray]:
    """Answers of offices of unequal size whose shares follow a beta distribution."""
    chance = np.random.default_rng(seed)
    sizes = chance.integers(15, 70, offices)
    own = chance.beta(share * (1 / icc - 1), (1 - share) * (1 / icc - 1), offices)
    yes = np.concatenate([chance.random(n) < p for n, p in zip(sizes, own, strict=True)])
    return yes, np.repeat(np.arange(offices), sizes)


def test_without_offices_it_is_wilsons_interval() -> None:
    yes = np.array([True] * 62 + [False] * 38)
    found = clustered_share(yes)
    wilson = stats.binomtest(62, 100).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high), abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_the_design_effect_is_near_that_of_the_jackknife(seed: int) -> None:
    """Two linear approximations of one variance: of 21 offices they differ by little."""
    yes, office = drawn(seed, 0.6, 0.15)
    found = clustered_share(yes, office)
    alone = found.share * (1 - found.share) / len(yes)
    assert found.design_effect == pytest.approx(jackknifed(yes, office) / alone, rel=0.12)
    assert found.icc == pytest.approx(variance_components(yes, office), abs=1e-12)


@given(st.lists(st.booleans(), min_size=4, max_size=60), st.integers(2, 9))
def test_the_interval_holds_the_share_and_stays_within(said: list[bool], offices: int) -> None:
    yes = np.array(said)
    found = clustered_share(yes, np.arange(len(said)) % offices)
    assert 0 <= found.low <= found.share <= found.high <= 1
    # Offices that differ less than chance lets them make no interval narrower.
    assert found.design_effect >= 1
    alone = clustered_share(yes)
    assert found.low <= alone.low + 1e-12
    assert found.high >= alone.high - 1e-12


def test_order_and_names_of_offices_do_not_matter() -> None:
    yes, office = drawn(3, 0.4, 0.1)
    order = np.random.default_rng(0).permutation(len(yes))
    again = clustered_share(yes[order], 20 - office[order])
    assert clustered_share(yes, office) == pytest.approx(again)


@pytest.mark.parametrize("share", [0.5, 0.62, 0.85])
def test_intervals_cover_at_an_icc_of_five_per_cent_and_21_offices(share: float) -> None:
    """In 1,000 simulations; the planted share is that of all offices there could be."""
    held = 0
    for seed in range(1000):
        found = clustered_share(*drawn(seed, share, 0.05))
        held += found.low <= share <= found.high
    assert held / 1000 >= ASKED


def test_nothing_and_everything() -> None:
    office = np.arange(10) % 2
    assert np.isnan(clustered_share(np.array([], dtype=bool)).share)
    whole = clustered_share(np.ones(10, dtype=bool), office)
    assert whole.share == whole.high == 1.0
    assert whole.low < 1
