"""Whether one group takes longer than comparable ones, where some cases are still running."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from efficiency.findings.groups.likeness import Likeness, Spread, by_period, likeness, spread
from efficiency.findings.rates import Z

Vector = npt.NDArray[np.float64]
Scale = Literal["ratio", "difference"]
#: Times below a minute count as one on the scale of ratios: the record is no finer.
SHORTEST_HOURS = 1 / 60


@dataclass(frozen=True)
class Sample:
    """
    Times of cases in strata, some of them still running.

    Attributes
    ----------
    hours
        How long each took, or has taken so far.
    running
        Whether it is still running.
    stratum
        Numbers from 0: only cases of one stratum are held against each other.
    period
        Numbers from 0 in order of time (weeks, say): cases of one period, and of periods near to
        each other, may depend on each other; None: no case depends on another.
    """

    hours: Vector
    running: npt.NDArray[np.bool_]
    stratum: npt.NDArray[np.int64]
    period: npt.NDArray[np.int64] | None = None

    def where(self, chosen: npt.NDArray[np.bool_]) -> Sample:
        """A part of the sample."""
        period = None if self.period is None else self.period[chosen]
        return Sample(self.hours[chosen], self.running[chosen], self.stratum[chosen], period)


def scores(sample: Sample) -> Vector:
    """
    For each case the number it outlasts in its stratum less the number that outlast it.

    Notes
    -----
    What cannot be decided, because one of two was still running when last seen, counts for
    nothing. Without running cases the score is twice the rank less N + 1.

    References
    ----------
    Gehan, E. A. (1965). A generalized Wilcoxon test for comparing arbitrarily singly-censored
    samples. Biometrika 52, 203-223.

    Examples
    --------
    >>> running = np.array([False, True, False])
    >>> scores(Sample(np.array([1.0, 2.0, 3.0]), running, np.zeros(3, dtype=int)))
    array([-2.,  1.,  1.])
    """
    if not len(sample.hours):
        return np.empty(0)
    order = np.lexsort((sample.hours, sample.stratum))
    hours, stratum = sample.hours[order], sample.stratum[order]
    done = ~sample.running[order]
    new = np.r_[True, (hours[1:] != hours[:-1]) | (stratum[1:] != stratum[:-1])]
    tie = np.cumsum(new) - 1
    done_in_tie, all_in_tie = np.bincount(tie, done), np.bincount(tie)
    done_up_to, all_up_to = np.cumsum(done_in_tie), np.cumsum(all_in_tie)
    place = np.searchsorted(stratum, stratum, side="left")
    end = np.searchsorted(stratum, stratum, side="right")
    done_before_stratum = np.r_[0, np.cumsum(done)][place]
    done_at_most = done_up_to[tie] - done_before_stratum
    done_below = done_at_most - done_in_tie[tie]
    longer = end - all_up_to[tie] + (all_in_tie - done_in_tie)[tie]
    found = np.where(done, done_below - longer, done_at_most)
    result = np.empty(len(found))
    result[order] = found
    return result


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


def contrast(
    sample: Sample, group: npt.NDArray[np.bool_], alike: Likeness | None = None
) -> Contrast:
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
    T = Σ_s 1/(N_s + 1) Σ_{i in group} a_i with the scores a of `scores`: van Elteren's weights,
    which are best where groups differ by the same amount in every stratum. Its variance is that
    under permutation within strata, Σ_s 1/(N_s + 1)² n_s m_s / (N_s (N_s − 1)) Σ a². With periods
    it is that of the sum of w a m_s/N_s over the group and −w a n_s/N_s over the others, by
    `likeness.spread`; p is then Student's, and empty where too few blocks are left.

    References
    ----------
    van Elteren, P. H. (1960). On the combination of independent two-sample tests of Wilcoxon.
    Bulletin of the International Statistical Institute 37, 351-361.

    Cliff, N. (1993). Dominance statistics. Psychological Bulletin 114, 494-509.
    """
    from scipy import stats  # takes seconds to import

    both = comparable(sample, group)
    part, inside = sample.where(both), group[both]
    z, found = _z(part, inside, alike)
    weight, pairs = _weights(part, inside)
    dominance = np.bincount(part.stratum[inside], scores(part)[inside], len(pairs))
    total = float((weight * pairs).sum())
    tail = stats.norm.sf(abs(z)) if found is None else stats.t.sf(abs(z), max(found.degrees, 1))
    return Contrast(
        z=z,
        p=float(2 * tail) if found is None or found.told else float("nan"),
        delta=float((weight * dominance).sum() / total) if total else float("nan"),
        n=int(inside.sum()),
        others=int((~inside).sum()),
        spread=found,
    )


def permuted(
    sample: Sample, group: npt.NDArray[np.bool_], times: int = 1999, seed: int = 0
) -> float:
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
    weight, _ = _weights(part, inside)
    told = weight[part.stratum] * scores(part)
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
    group: npt.NDArray[np.bool_],
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

    both = comparable(sample, group)
    part, inside = sample.where(both), group[both]
    if scale == "ratio":
        hours = np.log(np.maximum(part.hours, SHORTEST_HOURS))
        part = Sample(hours, part.running, part.stratum, part.period)
    _, error = _z(part, inside, alike)
    edge = Z
    if error is not None:
        edge = float(stats.t.isf(0.025, error.degrees)) if error.told else float("inf")
        alike = alike or likeness([by_period(_effects(part, inside), part.period)])  # type: ignore[arg-type]
    at, low, high = (_root(part, inside, level, alike) for level in (0.0, edge, -edge))
    # Where all times are alike the three are one, but for how finely they were sought.
    found = (at, np.fmin(low, at), np.fmax(high, at))
    return tuple(np.exp(found).tolist()) if scale == "ratio" else tuple(found)


def _root(
    part: Sample, inside: npt.NDArray[np.bool_], level: float, alike: Likeness | None
) -> float:
    """Find the shift at which the statistic comes down to a level."""
    from scipy.optimize import brentq

    if not len(part.hours):
        return float("nan")
    if np.isinf(level):
        return -level

    def left(theta: float) -> float:
        hours = np.where(inside, part.hours - theta, part.hours)
        moved = Sample(hours, part.running, part.stratum, part.period)
        return _z(moved, inside, alike)[0] - level

    # Where the medians lie apart the statistic is small: from there the search widens.
    whole = float(np.ptp(part.hours)) + 1.0
    near = float(np.median(part.hours[inside]) - np.median(part.hours[~inside]))
    span = whole / 32
    while left(near - span) <= 0 or left(near + span) >= 0:
        if span > 2 * whole:
            return -float("inf") if left(near - span) <= 0 else float("inf")
        span *= 2
    return float(brentq(left, near - span, near + span, xtol=5e-4 * max(1.0, whole / 100)))


def comparable(sample: Sample, group: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """
    Mark the cases of strata that have both the group and others.

    Parameters
    ----------
    sample
        The times.
    group
        Which cases belong to the group.
    """
    many = int(sample.stratum.max(initial=-1)) + 1
    inside = np.bincount(sample.stratum[group], minlength=many)
    outside = np.bincount(sample.stratum[~group], minlength=many)
    return np.asarray(((inside > 0) & (outside > 0))[sample.stratum])


def _weights(part: Sample, inside: npt.NDArray[np.bool_]) -> tuple[Vector, Vector]:
    """Van Elteren's weight of each stratum, and its pairs of a case with another."""
    count = np.bincount(part.stratum).astype(np.float64)
    own = np.bincount(part.stratum[inside], minlength=len(count))
    return 1.0 / (count + 1.0), own * (count - own)


def _z(
    part: Sample, inside: npt.NDArray[np.bool_], alike: Likeness | None = None
) -> tuple[float, Spread | None]:
    """The standardised statistic, and where there are periods, how its error was found."""
    if part.period is not None:
        effects = _effects(part, inside, centred=False)
        total = float(effects.sum())
        for side in (inside, ~inside):
            # What a case would have, were it as the whole of its side: what is left scatters.
            effects[side] -= effects[side].mean() if side.any() else 0.0
        found = spread(effects, part.period, inside, alike)
        return (total / found.error if found.error > 0 else 0.0), found
    weight, pairs = _weights(part, inside)
    told = scores(part)
    total = float((weight[part.stratum] * told)[inside].sum())
    count = np.bincount(part.stratum).astype(float)
    squares = np.bincount(part.stratum, told**2)
    alone = count * np.maximum(count - 1, 1)
    variance = float((weight**2 * pairs / np.where(alone > 0, alone, 1) * squares).sum())
    return (total / variance**0.5 if variance > 0 else 0.0), None


def _effects(part: Sample, inside: npt.NDArray[np.bool_], *, centred: bool = True) -> Vector:
    """What each case adds to the statistic, of either side."""
    weight, _ = _weights(part, inside)
    count = np.bincount(part.stratum).astype(float)
    own = np.bincount(part.stratum[inside], minlength=len(count))[part.stratum]
    size = count[part.stratum]
    shares = np.where(inside, (size - own) / size, -own / size)
    effects: Vector = weight[part.stratum] * scores(part) * shares
    for side in (inside, ~inside) if centred else ():
        effects[side] -= effects[side].mean() if side.any() else 0.0
    return effects


def alike_over(sample: Sample, groups: Iterable[npt.NDArray[np.bool_]]) -> Likeness | None:
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
        both = comparable(sample, group)
        part, inside = sample.where(both), group[both]
        if len(part.hours) and part.period is not None:
            found.append(by_period(_effects(part, inside), part.period))
    return likeness(found)
