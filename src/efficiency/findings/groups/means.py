"""By how many hours a group's cases took longer, as a mean and a sum over its cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from efficiency.findings.groups.likeness import Likeness, Spread, spread
from efficiency.findings.groups.ranks import Sample, comparable


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
        Hours up to which each case counts: no case was left running earlier.
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
    cases are still running, every time is cut at the shortest of theirs (a restricted mean), for
    up to there all is known.

    References
    ----------
    Royston, P. and Parmar, M. K. B. (2013). Restricted mean survival time. BMC Medical Research
    Methodology 13, 152.

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
    within = float(part.hours[part.running].min()) if part.running.any() else float("inf")
    hours, n = np.minimum(part.hours, within), int(inside.sum())
    if not n:
        return Excess(*(float("nan"),) * 4, within, None)
    many = int(part.stratum.max()) + 1
    own, rest = (np.bincount(part.stratum[side], minlength=many) for side in (inside, ~inside))
    weight = np.where(inside, 1.0, -(own / np.maximum(rest, 1))[part.stratum])
    total = float((weight * hours).sum())
    mean = np.zeros((2, many))
    for at, (side, size) in enumerate(((~inside, rest), (inside, own))):
        sums = np.bincount(part.stratum[side], hours[side], many)
        mean[at] = sums / np.maximum(size, 1)
    effects = weight * (hours - mean[inside.astype(int), part.stratum])
    if part.period is None:
        found, error, edge = None, float(np.sqrt((effects**2).sum())), 1.959963984540054
    else:
        found = spread(effects, part.period, inside, alike)
        error = found.error if found.told else float("inf")
        edge = float(stats.t.isf(0.025, found.degrees)) if found.told else 1.0
    half = edge * error / n
    return Excess(total / n, total / n - half, total / n + half, total, within, found)
