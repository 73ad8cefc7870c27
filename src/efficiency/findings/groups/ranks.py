"""Whether one group takes longer than comparable ones, where some cases are still running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Scale = Literal["ratio", "difference"]
#: Of the standard normal distribution; an interval holds 95 %.
_Z = 1.959963984540054
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
    block
        Numbers from 0: cases of one block (a week, say) may depend on each other; None: no case
        depends on another.
    """

    hours: Vector
    running: npt.NDArray[np.bool_]
    stratum: npt.NDArray[np.int64]
    block: npt.NDArray[np.int64] | None = None

    def where(self, chosen: npt.NDArray[np.bool_]) -> Sample:
        """A part of the sample."""
        block = None if self.block is None else self.block[chosen]
        return Sample(self.hours[chosen], self.running[chosen], self.stratum[chosen], block)


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
    """

    z: float
    p: float
    delta: float
    n: int
    others: int


def contrast(sample: Sample, group: npt.NDArray[np.bool_]) -> Contrast:
    """
    Hold a group against the others of its strata.

    Parameters
    ----------
    sample
        The times.
    group
        Which cases belong to the group.

    Notes
    -----
    T = Σ_s 1/(N_s + 1) Σ_{i in group} a_i with the scores a of `scores`: van Elteren's weights,
    which are best where groups differ by the same amount in every stratum. Its variance is that
    under permutation within strata, Σ_s 1/(N_s + 1)² n_s m_s / (N_s (N_s − 1)) Σ a². With blocks,
    every one of which belongs to one group, it is Σ_g (1 − n_g/n)² B_g/(B_g − 1) Σ_b (S_b − n_b
    S_g/n_g)²: how the sums S_b of the B_g blocks of each group g scatter about its mean; p is then
    Student's with as many degrees of freedom as blocks less two.

    References
    ----------
    van Elteren, P. H. (1960). On the combination of independent two-sample tests of Wilcoxon.
    Bulletin of the International Statistical Institute 37, 351-361.

    Cliff, N. (1993). Dominance statistics. Psychological Bulletin 114, 494-509.
    """
    from scipy import stats  # takes seconds to import

    both = _comparable(sample, group)
    part, inside = sample.where(both), group[both]
    z, degrees = _z(part, inside)
    weight, pairs = _weights(part, inside)
    dominance = np.bincount(part.stratum[inside], scores(part)[inside], len(pairs))
    total = float((weight * pairs).sum())
    tail = stats.norm.sf(abs(z)) if degrees is None else stats.t.sf(abs(z), degrees)
    return Contrast(
        z=z,
        p=float(2 * tail),
        delta=float((weight * dominance).sum() / total) if total else float("nan"),
        n=int(inside.sum()),
        others=int((~inside).sum()),
    )


def permuted(
    sample: Sample, group: npt.NDArray[np.bool_], times: int = 1999, seed: int = 0
) -> float:
    """
    The p of `contrast` by permutation of cases within strata, on both sides.

    Parameters
    ----------
    sample
        The times.
    group
        Which cases belong to the group.
    times
        Permutations; the smallest p is 1 / (times + 1).
    seed
        Where chance begins.

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
    both = _comparable(sample, group)
    part, inside = sample.where(both), group[both]
    if not len(part.hours):
        return float("nan")
    order = np.argsort(part.stratum, kind="stable")
    weight, _ = _weights(part, inside)
    told = (weight[part.stratum] * scores(part))[order]
    stratum, inside = part.stratum[order], inside[order]
    seen, chance = abs(float(told[inside].sum())), np.random.default_rng(seed)
    extreme, at_once = 0, max(1, 4_000_000 // len(told))
    for first in range(0, times, at_once):
        size = min(at_once, times - first)
        shuffled = np.argsort(stratum + chance.random((size, len(told))), axis=1)
        drawn = np.abs(told[shuffled][:, inside].sum(axis=1))
        extreme += int((drawn >= seen - 1e-9).sum())
    return (extreme + 1) / (times + 1)


def shift(
    sample: Sample, group: npt.NDArray[np.bool_], scale: Scale = "ratio"
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

    Returns
    -------
    tuple
        Estimate, low, high; infinite where the data leave it open.

    Notes
    -----
    The shift that makes the statistic of `contrast` vanish, and those that bring it to ±1.96
    (Student's quantile with blocks): Hodges and Lehmann's estimate and its interval, over strata.

    References
    ----------
    Hodges, J. L. and Lehmann, E. L. (1963). Estimates of location based on rank tests. Annals of
    Mathematical Statistics 34, 598-611.
    """
    from scipy import stats

    both = _comparable(sample, group)
    part, inside = sample.where(both), group[both]
    if scale == "ratio":
        hours = np.log(np.maximum(part.hours, SHORTEST_HOURS))
        part = Sample(hours, part.running, part.stratum, part.block)
    _, degrees = _z(part, inside)
    edge = _Z if degrees is None else float(stats.t.isf(0.025, degrees))
    found = [_root(part, inside, level) for level in (0.0, edge, -edge)]
    return tuple(np.exp(found).tolist()) if scale == "ratio" else tuple(found)  # type: ignore[return-value]


def _root(part: Sample, inside: npt.NDArray[np.bool_], level: float) -> float:
    """Find the shift at which the statistic comes down to a level."""
    from scipy.optimize import brentq

    def left(theta: float) -> float:
        hours = np.where(inside, part.hours - theta, part.hours)
        return _z(Sample(hours, part.running, part.stratum, part.block), inside)[0] - level

    if not len(part.hours):
        return float("nan")
    span = float(np.ptp(part.hours)) + 1.0
    if left(-span) <= 0:
        return -float("inf")
    if left(span) >= 0:
        return float("inf")
    return float(brentq(left, -span, span, xtol=1e-4 * max(1.0, span / 100)))


def _comparable(sample: Sample, group: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Mark the cases of strata that have both the group and others."""
    many = int(sample.stratum.max(initial=-1)) + 1
    inside = np.bincount(sample.stratum[group], minlength=many)
    outside = np.bincount(sample.stratum[~group], minlength=many)
    return np.asarray(((inside > 0) & (outside > 0))[sample.stratum])


def _weights(part: Sample, inside: npt.NDArray[np.bool_]) -> tuple[Vector, Vector]:
    """Van Elteren's weight of each stratum, and its pairs of a case with another."""
    count = np.bincount(part.stratum).astype(np.float64)
    own = np.bincount(part.stratum[inside], minlength=len(count))
    return 1.0 / (count + 1.0), own * (count - own)


def _z(part: Sample, inside: npt.NDArray[np.bool_]) -> tuple[float, int | None]:
    """The standardised statistic, and its degrees of freedom where there are blocks."""
    weight, pairs = _weights(part, inside)
    told = scores(part)
    weighted = weight[part.stratum] * told
    total = float(weighted[inside].sum())
    if part.block is None:
        count = np.bincount(part.stratum).astype(float)
        squares = np.bincount(part.stratum, told**2)
        alone = count * np.maximum(count - 1, 1)
        variance = float((weight**2 * pairs / np.where(alone > 0, alone, 1) * squares).sum())
        return (total / variance**0.5 if variance > 0 else 0.0), None
    return _z_of_blocks(weighted, inside, part.block, total)


def _z_of_blocks(
    weighted: Vector,
    inside: npt.NDArray[np.bool_],
    block: npt.NDArray[np.int64],
    total: float,
) -> tuple[float, int]:
    """Standardise by how much whole blocks scatter in each of the two groups."""
    _, number = np.unique(block, return_inverse=True)
    sums, size = np.bincount(number, weighted), np.bincount(number)
    mine = np.bincount(number, inside) > 0
    variance, degrees = 0.0, len(size) - 2
    for part in (mine, ~mine):
        # What a block would have, were its cases as the whole of its side: what is left scatters.
        if part.sum() > 1:
            rest = sums[part] - size[part] * sums[part].sum() / size[part].sum()
            variance += (
                float((rest**2).sum() * part.sum() / (part.sum() - 1))
                * float(size[~part].sum() / size.sum()) ** 2
            )
    return (total / variance**0.5 if variance > 0 else 0.0), max(degrees, 1)
