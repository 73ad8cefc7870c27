"""By how many hours a group's cases took longer, as a mean and a sum over its cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from efficiency.findings.groups.likeness import Likeness, Spread, spread
from efficiency.findings.groups.samples import Sample, comparable
from efficiency.findings.rates import Z

#: Times are cut where fewer than this share of the cases would still have been watched.
LEAST_SEEN = 0.5


@dataclass(frozen=True)
class Excess:
    """
    Hours of a group above those of its like.

    Attributes
    ----------
    mean, low, high
        Hours a case, with their 95 % interval; infinite where the cases hang on each other for too
        long to tell.
    total
        The mean times the cases that were compared.
    within
        Hours up to which each case counts: beyond, too few are known.
    spread
        How the interval was found; None: no case depends on another.
    """

    mean: float
    low: float
    high: float
    total: float
    within: float
    spread: Spread | None


def excess(sample: Sample, group: npt.NDArray[np.bool_], alike: Likeness | None = None) -> Excess:
    """
    By how many hours a case of the group took longer than its like, in the mean.

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
    Σ_s n_s (x̄_s,group − x̄_s,others) / Σ_s n_s: the others as if they had the group's mix. Where
    cases are still running, those that are done stand for them too: each counts 1/G, with G the
    share of cases that would still have been watched at its time (Kaplan and Meier's of being
    cut off), and every time is cut where G falls below a half (a restricted mean).

    References
    ----------
    Royston, P. and Parmar, M. K. B. (2013). Restricted mean survival time. BMC Medical Research
    Methodology 13, 152.

    Robins, J. M. and Finkelstein, D. M. (2000). Correcting for noncompliance and dependent
    censoring with inverse probability of censoring weighted log-rank tests. Biometrics 56, 779-788.

    Examples
    --------
    >>> hours = np.array([1.0, 3.0, 5.0, 9.0])
    >>> none, same = np.zeros(4, dtype=bool), np.zeros(4, dtype=int)
    >>> found = excess(Sample(hours, none, same), hours > 4)
    >>> found.mean, found.total
    (5.0, 10.0)
    """
    from scipy import stats  # takes seconds to import

    both = comparable(sample, group)
    part, inside = sample.where(both), group[both]
    within, seen = _seen(part)
    hours, n = np.minimum(part.hours, within), int(inside.sum())
    if not n:
        return Excess(*(float("nan"),) * 4, within, None)
    many = int(part.stratum.max()) + 1
    sides = (~inside, inside)
    counts = [np.bincount(part.stratum[side], seen[side], many) for side in sides]
    # A stratum counts where some of either side are known.
    counted = (counts[0] > 0) & (counts[1] > 0)
    own = np.where(counted, counts[1], 0.0)
    if not own.sum():
        return Excess(*(float("nan"),) * 4, within, None)
    each = own / np.where(counted, counts[0], 1.0)
    weight = seen * np.where(inside, 1.0, -each[part.stratum]) * counted[part.stratum] / own.sum()
    mean = np.zeros((2, many))
    for at, side in enumerate(sides):
        sums = np.bincount(part.stratum[side], (seen * hours)[side], many)
        mean[at] = sums / np.where(counts[at] > 0, counts[at], 1.0)
    value = float((weight * hours).sum())
    effects = weight * (hours - mean[inside.astype(int), part.stratum])
    if part.period is None:
        found, error, edge = None, float(np.sqrt((effects**2).sum())), Z
    else:
        found = spread(effects, part.period, inside, alike)
        error = found.error if found.told else float("inf")
        edge = float(stats.t.isf(0.025, found.degrees)) if found.told else 1.0
    half = edge * error
    return Excess(value, value - half, value + half, value * n, within, found)


def _seen(part: Sample) -> tuple[float, npt.NDArray[np.float64]]:
    """Up to which hours enough is known, and for how many each case stands."""
    running = part.running
    if not running.any():
        return float("inf"), np.ones(len(part.hours))
    # Of two at one time, the one that was done was done before the other was cut off.
    order = np.lexsort((running, part.hours))
    hours = part.hours[order]
    left = np.cumprod(np.where(running[order], 1 - 1 / np.arange(len(hours), 0, -1), 1.0))
    before = np.r_[1.0, left[:-1]]

    def watched(at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(before[np.searchsorted(hours, at)])

    within = float(hours[watched(hours) >= LEAST_SEEN].max())
    told = ~running | (part.hours >= within)
    return within, np.where(told, 1 / watched(np.minimum(part.hours, within)), 0.0)
