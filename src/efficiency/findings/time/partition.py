"""The best partings of series into stretches of one level each, many series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Partition:
    """
    The best partings of series of the same length.

    Attributes
    ----------
    costs
        Weighted sum of squares within stretches: one row a number of cuts from 0, one column a
        series.
    last
        ``[cuts, end, series]``: where the last stretch begins of the best parting of the first
        ``end`` points.
    """

    costs: Vector
    last: npt.NDArray[np.int16]

    def starts(self, cuts: int) -> npt.NDArray[np.int64]:
        """Where the stretches begin: one row a stretch, the first at 0."""
        series = np.arange(self.last.shape[2])
        end = np.full(len(series), self.last.shape[1] - 1)
        found = []
        for many in range(cuts, 0, -1):
            end = self.last[many, end, series].astype(np.int64)
            found.append(end)
        return np.array([np.zeros_like(end), *found[::-1]])

    def cuts(self, cuts: int, series: int = 0) -> tuple[int, ...]:
        """Where one series is cut: how many points lie before each cut."""
        return tuple(int(start[series]) for start in self.starts(cuts)[1:])


def partition(x: Vector, weights: Vector, most: int, least: int) -> Partition:
    """
    Find the best partings into 1 to ``most`` + 1 stretches.

    Parameters
    ----------
    x
        One row a point, one column a series.
    weights
        Of the points.
    most
        Cuts; ``most`` + 1 stretches must fit.
    least
        Points of a stretch.

    Notes
    -----
    S(k, t) = min over s of S(k − 1, s) + the sum of squares of points s … t − 1 around their mean.

    References
    ----------
    Fisher, W. D. (1958). On grouping for maximum homogeneity. Journal of the American Statistical
    Association 53, 789-798.

    Examples
    --------
    >>> best = partition(np.array([[1.0], [1.0], [5.0], [7.0]]), np.ones(4), 1, 2)
    >>> best.costs[:, 0].tolist(), best.cuts(1)
    ([27.0, 2.0], (2,))
    """
    points, many = x.shape
    sums = _Sums.of(x, weights)
    best = np.full((most + 1, points + 1, many), np.inf)
    last = np.zeros((most + 1, points + 1, many), dtype=np.int16)
    for end in range(least, points + 1):
        within = sums.within(end - least + 1, end)
        best[0, end] = within[0]
        for cuts in range(1, min(most, end // least - 1) + 1):
            first = cuts * least
            costs = best[cuts - 1, first : end - least + 1] + within[first:]
            place = costs.argmin(axis=0)
            last[cuts, end] = place + first
            best[cuts, end] = np.take_along_axis(costs, place[None], axis=0)[0]
    return Partition(best[:, points].copy(), last)


@dataclass(frozen=True)
class _Sums:
    """Sums of the weights, of the weighted values and squares before each point."""

    w: Vector
    wx: Vector
    wxx: Vector

    @classmethod
    def of(cls, x: Vector, weights: Vector) -> _Sums:
        w = weights[:, None]
        centred = x - (w * x).sum(axis=0) / w.sum()  # small numbers keep their digits
        none = np.zeros((1, x.shape[1]))
        before = [np.vstack([none, (w * part).cumsum(axis=0)]) for part in (centred, centred**2)]
        return cls(np.concatenate([[0], weights.cumsum()])[:, None], *before)

    def within(self, begins: int, end: int) -> Vector:
        """The sums of squares of the stretches that begin before ``begins`` and end here."""
        total = self.wx[end] - self.wx[:begins]
        squares = self.wxx[end] - self.wxx[:begins]
        cost: Vector = squares - total**2 / (self.w[end] - self.w[:begins])
        return np.maximum(cost, 0)


def levels(x: Vector, weights: Vector, starts: npt.NDArray[np.int64]) -> Vector:
    """The weighted mean of each stretch: one row a stretch, one column a series."""
    w = weights[:, None]
    none = np.zeros((1, x.shape[1]))
    before = np.vstack([none, (w * x).cumsum(axis=0)])
    weight = np.concatenate([[0], weights.cumsum()])
    ends = np.vstack([starts[1:], np.full((1, x.shape[1]), len(x))])
    total = np.take_along_axis(before, ends, axis=0) - np.take_along_axis(before, starts, axis=0)
    means: Vector = total / (weight[ends] - weight[starts])
    return means


def fitted(x: Vector, weights: Vector, starts: npt.NDArray[np.int64]) -> Vector:
    """The level of the stretch that each point lies in."""
    place = np.arange(len(x))[:, None]
    stretch = sum((place >= start).astype(int) for start in starts[1:]) + np.zeros(
        x.shape, dtype=int
    )
    return np.take_along_axis(levels(x, weights, starts), stretch, axis=0)


def persistence(x: Vector, weights: Vector, found: Partition, cuts: int) -> Vector:
    """The autocorrelation of neighbours in what a parting leaves over, for each series."""
    rest = (x - fitted(x, weights, found.starts(cuts))) * np.sqrt(weights)[:, None]
    total = np.maximum((rest**2).sum(axis=0), np.finfo(float).tiny)
    result: Vector = (rest[1:] * rest[:-1]).sum(axis=0) / total
    return result


def ar1(rho: float, weights: Vector, many: int, rng: np.random.Generator) -> Vector:
    """Make up series of noise with correlated neighbours, less of it where weights are great."""
    noise = rng.standard_normal((len(weights), many))
    noise[1:] *= np.sqrt(1 - rho**2)
    for here in range(1, len(noise)):
        noise[here] += rho * noise[here - 1]
    series: Vector = noise / np.sqrt(weights)[:, None]
    return series
