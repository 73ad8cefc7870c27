"""A group's cases against the others of their strata, pair by pair, at any shift of the group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from efficiency.findings.groups.likeness import NO_SPREAD, Likeness, Spread, effective, spread_of
from efficiency.findings.groups.samples import Marks, Numbers, Sample, Vector, comparable, scores

#: No sum of effects is known better than this part of them.
ROUNDING = 1e-12


class _Side:
    """One side's cases in order of stratum and time."""

    def __init__(self, part: Sample, chosen: Marks) -> None:
        side = part.where(chosen)
        order = np.lexsort((side.hours, side.stratum))
        self.at = np.flatnonzero(chosen)[order]
        self.hours, self.stratum = side.hours[order], side.stratum[order]
        self.done = ~side.running[order]
        #: Cases of the side up to each place, all and the done ones.
        self.known = np.r_[0, np.cumsum(self.done)]
        self.all_done = bool(self.done.all())


@dataclass(frozen=True)
class Statistic:
    """
    How far a group's cases outlast the others'.

    Attributes
    ----------
    total, error
        The statistic and its standard error.
    spread
        How the error was found; None: no case depends on another.
    """

    total: float
    error: float
    spread: Spread | None

    @property
    def z(self) -> float:
        """The one by the other; 0 where there is nothing to tell."""
        return self.total / self.error if self.error > 0 else 0.0


class Pairs:
    """
    The pairs of a group's cases with the others of their strata.

    Parameters
    ----------
    sample
        The times; strata that lack either side are left out.
    group
        Which cases belong to the group.

    Attributes
    ----------
    part, inside
        The cases that have their like on the other side, and which of them are the group's.
    delta
        Cliff's delta over the strata.

    Notes
    -----
    The statistic is T = Σ_s 1/(N_s + 1) Σ_{i in group} a_i with the scores a of `scores`: van
    Elteren's weights. A shift of the group moves no pair within either side: these are counted
    once, and those across are found again from the places of the group's times among the others',
    which cost no new sorting.

    Examples
    --------
    Of the four pairs the group outlasts three; an hour shorter, one.

    >>> hours, none = np.array([1.0, 2.5, 2.0, 3.0]), np.zeros(4, dtype=bool)
    >>> pairs = Pairs(Sample(hours, none, np.zeros(4, dtype=int)), np.array([0, 0, 1, 1]) > 0)
    >>> pairs.delta, round(pairs.statistic(1.0).z, 3)
    (0.5, -0.408)
    """

    def __init__(self, sample: Sample, group: Marks) -> None:
        both = comparable(sample, group)
        self.part, self.inside = sample.where(both), group[both]
        part, inside = self.part, self.inside
        self.own, self.rest = _Side(part, inside), _Side(part, ~inside)
        many = int(part.stratum.max(initial=-1)) + 1
        n = np.bincount(self.own.stratum, minlength=many).astype(float)
        m = np.bincount(self.rest.stratum, minlength=many).astype(float)
        size = np.maximum(n + m, 1.0)
        self._sizes, self._pairs = size, n * m
        self._weight = 1.0 / (n + m + 1.0)
        # Where the other side's cases of each case's stratum begin and end.
        self._bounds = tuple(
            tuple(np.r_[0, np.cumsum(many).astype(np.int64)][side.stratum + end] for end in (0, 1))
            for side, many in ((self.own, m), (self.rest, n))
        )
        # What a score adds to the statistic: w (N - n)/N on the one side, -w n/N on the other.
        self._shares = (
            (self._weight * m / size)[self.own.stratum],
            (-self._weight * n / size)[self.rest.stratum],
        )

    @cached_property
    def _within(self) -> tuple[Vector, Vector]:
        """The scores of either side among its own."""
        part = self.part
        sided = part.stratum * 2 + self.inside
        told = scores(Sample(part.hours, part.running, sided))
        return told[self.own.at], told[self.rest.at]

    @cached_property
    def _keys(self) -> tuple[float, float, Vector]:
        """A band of numbers for each stratum: its lowest time, its width, the others' places."""
        hours = self.rest.hours
        low, width = float(hours.min()) - 1.0, float(np.ptp(hours)) + 4.0
        return low, width, self.rest.stratum * width + (hours - low)

    def across(self, theta: float) -> tuple[Vector, Vector]:
        """
        The scores of either side against the other, once the group's times are less by so much.

        Parameters
        ----------
        theta
            What is taken off.

        Returns
        -------
        tuple
            By the orders of ``own`` and ``rest``.
        """
        found, left, right = self._own_across(theta)
        return found, self._rest_across(left, right)

    def _own_across(self, theta: float) -> tuple[Vector, Numbers, Numbers]:
        """The group's scores, and before and after which of the others its times come."""
        own, rest = self.own, self.rest
        low, width, keys = self._keys
        moved = own.stratum * width + np.clip(own.hours - theta - low, 0.0, width - 1.0)
        left, right = (np.searchsorted(keys, moved, side) for side in ("left", "right"))
        first, last = self._bounds[0]
        known, at_first = rest.known, rest.known[first]
        # Done: the done ones below, less all above and the running ones of the same time.
        above = (last - left) - (known[right] - known[left])
        told = np.where(own.done, known[left] - at_first - above, known[right] - at_first)
        return told.astype(float), left, right

    def _rest_across(self, left: Numbers, right: Numbers) -> Vector:
        own, rest = self.own, self.rest
        many = len(rest.hours) + 1

        def up_to(places: Numbers) -> Numbers:
            """Of the group, those that come no later than each place of the others."""
            return np.cumsum(np.bincount(places, minlength=many))[:-1]

        done_left = up_to(left if own.all_done else left[own.done])
        done_right = up_to(right if own.all_done else right[own.done])
        running = 0 if own.all_done else up_to(right[~own.done])
        before, end = self._bounds[1]
        done_before = own.known[before]
        longer = end - done_left - running
        if rest.all_done:
            return np.asarray(done_right - done_before - longer, dtype=float)
        won = np.where(rest.done, done_right, done_left) - done_before
        return np.asarray(np.where(rest.done, won - longer, won), dtype=float)

    def effects(self, theta: float = 0.0) -> tuple[Vector, Vector]:
        """
        What each case adds to the statistic, by the orders of ``own`` and ``rest``.

        Parameters
        ----------
        theta
            What is taken off the group's times.
        """
        found = zip(self._shares, self._within, self.across(theta), strict=True)
        own, rest = (share * (within + across) for share, within, across in found)
        return own, rest

    @property
    def delta(self) -> float:
        """Cliff's delta over the strata; not a number where there is no pair."""
        if not len(self.inside):
            return float("nan")
        return self.total() / float((self._weight * self._pairs).sum())

    @cached_property
    def _by_period(self) -> tuple[tuple[Numbers, Numbers], tuple[Vector, Vector]]:
        """Each case's period from 0, and how many cases of either side each has."""
        period = self.part.period
        if period is None:
            raise ValueError("the sample has no periods")
        first, many = int(period.min()), int(period.max() - period.min()) + 1
        sides = tuple(period[side.at] - first for side in (self.own, self.rest))
        counts = tuple(np.bincount(one, minlength=many).astype(float) for one in sides)
        return sides, counts  # type: ignore[return-value]

    @cached_property
    def _blocks(self) -> tuple[float, float]:
        own, rest = (effective(count) for count in self._by_period[1])
        return own, rest

    def _sums(self, effects: tuple[Vector, Vector]) -> list[Vector]:
        """Each side's effects by period, the mean of the side taken out."""
        periods, counts = self._by_period
        found = []
        for period, effect, count in zip(periods, effects, counts, strict=True):
            sums = np.bincount(period, effect, len(count)) - effect.mean() * count
            # Weeks that are wholly alike differ by rounding, which says nothing of time.
            sums[np.abs(sums) <= ROUNDING * np.abs(effect).sum()] = 0.0
            found.append(sums)
        return found

    def by_period(self) -> Vector:
        """The effects of both sides by period, the mean of each side taken out."""
        own, rest = self._sums(self.effects())
        return np.asarray(own + rest)

    def total(self, theta: float = 0.0) -> float:
        """
        T alone, which asks for the group's cases only.

        Parameters
        ----------
        theta
            What is taken off the group's times.
        """
        return float((self._weight[self.own.stratum] * self._own_across(theta)[0]).sum())

    def statistic(self, theta: float = 0.0, alike: Likeness | None = None) -> Statistic:
        """
        T and its error.

        Parameters
        ----------
        theta
            What is taken off the group's times.
        alike
            How long times stay alike; None: found from this group alone.

        Notes
        -----
        Without periods the variance is that under permutation within strata, Σ_s 1/(N_s + 1)²
        n_s m_s / (N_s (N_s − 1)) Σ a². With periods it is that of the sum of w a m_s/N_s over the
        group and −w a n_s/N_s over the others, by `likeness.spread`.
        """
        if not len(self.inside):
            return Statistic(0.0, 0.0, None if self.part.period is None else NO_SPREAD)
        if self.part.period is not None:
            effects = self.effects(theta)
            found = spread_of(self._sums(effects), self._blocks, alike)
            least = ROUNDING * float(sum(np.abs(side).sum() for side in effects))
            total = float(effects[0].sum() + effects[1].sum())
            return Statistic(total, max(found.error, least), found)
        own, rest = (
            within + across for within, across in zip(self._within, self.across(theta), strict=True)
        )
        many = len(self._sizes)
        squares = np.bincount(self.own.stratum, own**2, many)
        squares += np.bincount(self.rest.stratum, rest**2, many)
        alone = self._sizes * np.maximum(self._sizes - 1, 1)
        variance = float((self._weight**2 * self._pairs / alone * squares).sum())
        return Statistic(self.total(theta), variance**0.5, None)
