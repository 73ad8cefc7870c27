"""Times of cases that are held against each other, and what each outlasts of its like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


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
    running: Marks
    stratum: Numbers
    period: Numbers | None = None

    def where(self, chosen: Marks) -> Sample:
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


def comparable(sample: Sample, group: Marks) -> Marks:
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
