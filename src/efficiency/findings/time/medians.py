"""By how much the median time differs before and after, the mix of cases held equal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from efficiency.findings.groups.samples import Sample, Vector

#: Bootstrap samples, and how many of their weights are held in memory at a time.
REPLICATES, CELLS = 999, 20_000_000


@dataclass(frozen=True)
class Medians:
    """Standardised medians before and after, and their difference with its 95 % interval."""

    before: float
    after: float
    difference: float
    low: float
    high: float


def standardised_medians(sample: Sample, after: npt.NDArray[np.bool_], seed: int = 0) -> Medians:
    """
    Hold the median after against the median before, as if both had the same mix of cases.

    Parameters
    ----------
    sample
        The times; a case still running counts as longer than all that are done. What the
        bootstrap draws is one ``period`` on one side: its cases stay together.
    after
        Which cases came after.
    seed
        Where chance begins: the same seed gives the same interval.

    Notes
    -----
    Each case weighs N_s / n_s: the cases of its stratum on both sides over those on its own, so
    that both sides weigh the strata alike (direct standardisation). Only strata found on both
    sides count. The interval is the bootstrap's percentiles over whole blocks, drawn on each
    side, weights computed anew.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapters 8 and 13.
    Chapman and Hall.

    Examples
    --------
    >>> hours = np.array([1.0, 2.0, 3.0, 11.0, 12.0, 13.0])
    >>> none, same = np.zeros(6, dtype=bool), np.zeros(6, dtype=int)
    >>> found = standardised_medians(Sample(hours, none, same, np.arange(6)), hours > 10)
    >>> found.before, found.after, found.difference
    (2.0, 12.0, 10.0)
    """
    many = int(sample.stratum.max(initial=-1)) + 1
    sides = [np.bincount(sample.stratum[side], minlength=many) for side in (~after, after)]
    common = (sides[0] > 0) & (sides[1] > 0)
    inside = common[sample.stratum]
    target = (sides[0] + sides[1]) * common
    chance = np.random.default_rng(seed)
    points, draws = [], []
    for side in (inside & ~after, inside & after):
        own = sample.where(side)
        hours = np.where(own.running, np.inf, own.hours)
        order = np.argsort(hours, kind="stable")
        points.append(_point(hours[order], own.stratum[order], target))
        draws.append(_draws(hours[order], own, order, target, chance))
    # A median that is still open is infinite; of two such nothing can be told.
    with np.errstate(invalid="ignore"):
        apart, difference = draws[1] - draws[0], float(np.subtract(points[1], points[0]))
    apart = apart[~np.isnan(apart)]
    low = high = float("nan")
    if len(apart):
        low, high = np.quantile(apart, [0.025, 0.975], method="inverted_cdf").tolist()
    return Medians(points[0], points[1], difference, low, high)


def _point(hours: Vector, stratum: npt.NDArray[np.int64], target: npt.NDArray[np.int64]) -> float:
    own = np.bincount(stratum, minlength=len(target))
    weight = target[stratum] / own[stratum]
    return float(_medians(hours, weight[None, :])[0]) if len(hours) else float("nan")


def _medians(hours: Vector, weight: Vector) -> Vector:
    """The weighted median of ordered times for each row of weights; ties meet halfway."""
    running = np.cumsum(weight, axis=1)
    half = running[:, -1:] / 2
    lower = (running < half - 1e-9).sum(axis=1).clip(max=len(hours) - 1)
    upper = (running <= half + 1e-9).sum(axis=1).clip(max=len(hours) - 1)
    return np.asarray((hours[lower] + hours[upper]) / 2)


def _draws(
    hours: Vector,
    own: Sample,
    order: npt.NDArray[np.int64],
    target: npt.NDArray[np.int64],
    chance: np.random.Generator,
) -> Vector:
    """Draw whole blocks with replacement, and give the median of each draw."""
    if not len(hours):
        return np.full(REPLICATES, np.nan)
    block = own.period if own.period is not None else np.arange(len(hours))
    _, number = np.unique(block[order], return_inverse=True)
    many, stratum = int(number.max()) + 1, own.stratum[order]
    held = np.zeros((many, len(target)))
    np.add.at(held, (number, stratum), 1.0)
    at_once = max(1, CELLS // len(hours))
    found = []
    for first in range(0, REPLICATES, at_once):
        size = min(at_once, REPLICATES - first)
        times = chance.multinomial(many, np.full(many, 1 / many), size=size).astype(float)
        count = times @ held
        each = np.divide(target, count, out=np.zeros_like(count), where=count > 0)
        found.append(_medians(hours, times[:, number] * each[:, stratum]))
    return np.concatenate(found)
