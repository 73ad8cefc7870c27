"""Whether one group takes longer than comparable ones, where some cases are still running."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from efficiency.findings.groups.likeness import Likeness, Spread, likeness
from efficiency.findings.groups.pairs import Pairs
from efficiency.findings.groups.samples import Marks, Sample, comparable, scores
from efficiency.findings.rates import Z

Scale = Literal["ratio", "difference"]
#: Times below a minute count as one on the scale of ratios: the record is no finer.
SHORTEST_HOURS = 1 / 60


@dataclass(frozen=True)
class Contrast:
    """
    A group against the others of its strata.

    Attributes
    ----------
    z, p
        The stratified rank statistic, and its p on both sides.
    delta
        Cliff's delta over the strata: how much more often a case of the group outlasts a
        comparable one than the other way round, from -1 to 1.
    n, others
        Cases of the group, and of the others, in strata that have both.
    spread
        How the error of the statistic was found; None: no case depends on another.
    """

    z: float
    p: float
    delta: float
    n: int
    others: int
    spread: Spread | None = None

    @property
    def told(self) -> bool:
        """Whether the cases are independent enough of each other to tell anything."""
        return self.spread is None or self.spread.told


def contrast(sample: Sample, group: Marks, alike: Likeness | None = None) -> Contrast:
    """
    Hold a group against the others of its strata.

    Parameters
    ----------
    sample
        The times.
    group
        Which cases belong to the group.
    alike
        How long times stay alike; None: found from this group alone.

    Notes
    -----
    The statistic is that of `Pairs`: van Elteren's weights are best where groups differ by the same
    amount in every stratum. With periods p is Student's, and empty where too few blocks are left.

    References
    ----------
    van Elteren, P. H. (1960). On the combination of independent two-sample tests of Wilcoxon.
    Bulletin of the International Statistical Institute 37, 351-361.

    Cliff, N. (1993). Dominance statistics. Psychological Bulletin 114, 494-509.
    """
    from scipy import stats  # takes seconds to import

    pairs = Pairs(sample, group)
    seen = pairs.statistic(alike=alike)
    z, found = seen.z, seen.spread
    tail = stats.norm.sf(abs(z)) if found is None else stats.t.sf(abs(z), max(found.degrees, 1))
    return Contrast(
        z=z,
        p=float(2 * tail) if found is None or found.told else float("nan"),
        delta=pairs.delta,
        n=int(pairs.inside.sum()),
        others=int((~pairs.inside).sum()),
        spread=found,
    )


def permuted(sample: Sample, group: Marks, times: int = 1999, seed: int = 0) -> float:
    """
    The p of `contrast` by permutation of whole batches, on both sides.

    Parameters
    ----------
    sample
        The times. A batch is what one side has in one period; without periods, a case.
    group
        Which cases belong to the group.
    times
        Permutations; the smallest p is 1 / (times + 1).
    seed
        Where chance begins.

    Notes
    -----
    The scores are those within strata, whoever is in the group; a batch carries their sum. What
    is permuted is which batches are the group's, so many as it has.

    References
    ----------
    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology 9, 39.

    Examples
    --------
    Of the 20 ways to choose three of six, two are as extreme as this one.

    >>> hours, none = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), np.zeros(6, dtype=bool)
    >>> round(permuted(Sample(hours, none, np.zeros(6, dtype=int)), hours > 3), 1)
    0.1
    """
    both = comparable(sample, group)
    part, inside = sample.where(both), group[both]
    if not len(part.hours):
        return float("nan")
    told = scores(part) / (np.bincount(part.stratum) + 1.0)[part.stratum]
    batch = np.arange(len(told)) if part.period is None else part.period * 2 + inside
    _, number = np.unique(batch, return_inverse=True)
    sums = np.bincount(number, told)
    mine = int((np.bincount(number, inside) > 0).sum())
    seen, chance = abs(float(told[inside].sum())), np.random.default_rng(seed)
    extreme, at_once = 0, max(1, 4_000_000 // len(sums))
    for first in range(0, times, at_once):
        size = min(at_once, times - first)
        shuffled = chance.permuted(np.tile(sums, (size, 1)), axis=1)
        drawn = np.abs(shuffled[:, :mine].sum(axis=1))
        extreme += int((drawn >= seen - 1e-9).sum())
    return (extreme + 1) / (times + 1)


def shift(
    sample: Sample,
    group: Marks,
    scale: Scale = "ratio",
    alike: Likeness | None = None,
) -> tuple[float, float, float]:
    """
    Estimate how many times as long, or how many hours longer, a group takes, with 95 % interval.

    Parameters
    ----------
    sample
        The times.
    group
        Which cases belong to the group.
    scale
        ``ratio`` or ``difference`` (hours).
    alike
        How long times stay alike; None: found from this group alone.

    Returns
    -------
    tuple
        Estimate, low, high; infinite where the data leave it open.

    Notes
    -----
    The shift that makes the statistic of `contrast` vanish, and those that bring it to ±1.96
    (Student's quantile with periods): Hodges and Lehmann's estimate and its interval, over strata.

    References
    ----------
    Hodges, J. L. and Lehmann, E. L. (1963). Estimates of location based on rank tests. Annals of
    Mathematical Statistics 34, 598-611.
    """
    from scipy import stats

    if scale == "ratio":
        hours = np.log(np.maximum(sample.hours, SHORTEST_HOURS))
        sample = Sample(hours, sample.running, sample.stratum, sample.period)
    pairs = Pairs(sample, group)
    if not len(pairs.inside):
        return (float("nan"),) * 3
    found, edge = pairs.statistic(alike=alike).spread, Z
    if found is not None:
        edge = float(stats.t.isf(0.025, found.degrees)) if found.told else float("inf")
        alike = alike or likeness([pairs.by_period()])
    at, low, high = _roots(pairs, edge, alike)
    # Where all times are alike the three are one, but for how finely they were sought.
    sought = (at, np.fmin(low, at), np.fmax(high, at))
    return tuple(np.exp(sought).tolist()) if scale == "ratio" else tuple(sought)


def _roots(pairs: Pairs, edge: float, alike: Likeness | None) -> tuple[float, float, float]:
    """Find the shift at which the statistic vanishes, and those that bring it to either edge."""
    # Where the medians lie apart the statistic is small: from there the search widens.
    near = float(np.median(pairs.own.hours) - np.median(pairs.rest.hours))
    whole = float(np.ptp(pairs.part.hours)) + 1.0
    at = _root(pairs.total, 0.0, near, whole / 32, whole)
    if np.isinf(edge):
        return at, -edge, edge
    error = pairs.statistic(at, alike).error

    def z(theta: float) -> float:
        return pairs.statistic(theta, alike).z

    def end(level: float) -> float:
        # The error hardly changes with the shift, so the place is near to where the statistic
        # alone, which costs little, is so many of today's errors.
        guess = _root(pairs.total, level * error, at, whole / 32, whole)
        start = (guess, _fine(whole) * 4) if np.isfinite(guess) else (near, whole / 32)
        return _root(z, level, *start, whole)

    return at, end(edge), end(-edge)


def _fine(whole: float) -> float:
    """How finely a shift is sought, where times range so far."""
    return 5e-4 * max(1.0, whole / 100)


def _root(
    falling: Callable[[float], float], level: float, near: float, span: float, whole: float
) -> float:
    """Find where a falling function comes down to a level; infinite where it never does."""
    from scipy.optimize import brentq

    def left(theta: float) -> float:
        return falling(theta) - level

    while left(near - span) <= 0 or left(near + span) >= 0:
        if span > 2 * whole:
            return -float("inf") if left(near - span) <= 0 else float("inf")
        span *= 2
    return float(brentq(left, near - span, near + span, xtol=_fine(whole)))


def alike_over(sample: Sample, groups: Iterable[Marks]) -> Likeness | None:
    """
    How long times stay alike, by all groups together: one office has one rhythm.

    Parameters
    ----------
    sample
        The times.
    groups
        Which cases belong to each.

    Returns
    -------
    Likeness or None
        None where no case depends on another.
    """
    if sample.period is None:
        return None
    found = []
    for group in groups:
        pairs = Pairs(sample, group)
        if len(pairs.inside):
            found.append(pairs.by_period())
    return likeness(found)
