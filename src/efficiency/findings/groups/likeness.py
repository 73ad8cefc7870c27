"""How long times stay alike, and how little that leaves to be known of a sum over cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Vector = npt.NDArray[np.float64]
#: Of fewer effective blocks on a side nothing can be told.
LEAST_BLOCKS = 8
#: A block is so many times as long as times stay alike.
BLOCK = 2.0
#: A log of fewer weeks is looked at by days.
WEEKS = 16
#: Lags that are looked at: this part of the length of a series, or this multiple of its root.
LAGS, ROOT = 0.25, 1.5


@dataclass(frozen=True)
class Likeness:
    """
    How long times stay alike.

    Attributes
    ----------
    periods
        The integrated autocorrelation: one period of independent cases tells as much as so many
        that hang on each other; 1: they do not.
    error
        Its relative standard error.
    degrees
        Of freedom of a variance that rests on it.
    """

    periods: float
    error: float
    degrees: float

    @property
    def careful(self) -> float:
        """What a variance is multiplied by: one standard error more, and never less than 1."""
        return max(self.periods * (1 + self.error), 1.0)


def likeness(series: Iterable[Vector]) -> Likeness:
    """
    How long neighbours in time stay alike, by several series together.

    Parameters
    ----------
    series
        Sums of effects by period, in order, their mean taken out.

    Notes
    -----
    K = (1 + 2 Σ_k w_k r_k) / (1 − 2 Σ w_k / N), the lags up to the lesser of N/4 and 1.5 √N
    with Bartlett's weights w, r_k pooled over the series; the divisor takes out what the taken-out
    mean hides. Its relative error is √(4m/3N) for m lags of N periods (Priestley).

    References
    ----------
    Priestley, M. B. (1981). Spectral Analysis and Time Series, section 6.2. Academic Press.

    Newey, W. K. and West, K. D. (1987). A simple, positive semi-definite, heteroskedasticity and
    autocorrelation consistent covariance matrix. Econometrica 55, 703-708.

    Examples
    --------
    >>> round(likeness([np.array([1.0, -1.0] * 16)]).periods, 2)
    0.15
    >>> likeness([np.sort(np.array([1.0, -1.0] * 16))]).periods > 4
    True
    """
    known = [one for one in series if len(one) >= 4 and float((one**2).sum()) > 0]
    if not known:
        return Likeness(1.0, 0.0, 1.0)
    length = min(len(one) for one in known)
    lags = max(round(min(LAGS * length, ROOT * np.sqrt(length))), 2)
    weights = 1 - np.arange(1, lags + 1) / (lags + 1)
    alike = np.zeros(lags)
    for one in known:
        total = float((one**2).sum())
        alike += [float((one[lag:] * one[:-lag]).sum()) / total for lag in range(1, lags + 1)]
    alike /= len(known)
    hidden = 2 * float(weights.sum()) / length
    found = max(1 + 2 * float((weights * alike).sum()), 0.1) / (1 - min(hidden, 0.5))
    # Series of one office are not independent of each other: several count as the root of them.
    many = np.sqrt(len(known))
    error = float(np.sqrt(4 * lags / (3 * length) / many))
    return Likeness(found, error, float(1.5 * length / lags * many))


def periods(moments: pd.Series) -> npt.NDArray[np.int64]:
    """
    The week in which each moment lies, in order; of a log of fewer than 16 weeks, the day.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2024-03-04", "2024-03-05", "2024-03-11"]))
    >>> periods(days).tolist()
    [0, 1, 7]
    """
    day = (moments.dt.normalize() - pd.Timestamp("2018-01-01")).dt.days.to_numpy()
    if not len(day):
        return np.zeros(0, dtype=np.int64)
    number = day // 7 if (day.max() - day.min()) >= 7 * WEEKS else day
    return np.asarray(number - number.min(), dtype=np.int64)


def effective(sizes: Vector) -> float:
    """
    How many equal blocks tell as much as these.

    Notes
    -----
    (Σ n)² / Σ n² (Kish).

    Examples
    --------
    >>> effective(np.array([5.0, 5.0, 0.0])), round(effective(np.array([30.0, 1.0, 1.0])), 2)
    (2.0, 1.14)
    """
    squares = float((sizes**2).sum())
    return float(sizes.sum()) ** 2 / squares if squares else 0.0


@dataclass(frozen=True)
class Spread:
    """
    How far a sum over cases may lie off by chance.

    Attributes
    ----------
    error
        Its standard error.
    degrees
        Of freedom, of that error.
    length
        Periods over which cases count as one block.
    blocks
        Effective blocks of the side that has fewer.
    """

    error: float
    degrees: float
    length: int
    blocks: float

    @property
    def told(self) -> bool:
        """Whether anything can be told."""
        return self.blocks >= LEAST_BLOCKS


#: Of no case: nothing is known.
NO_SPREAD = Spread(float("nan"), 1.0, 0, 0.0)


def by_period(effects: Vector, period: npt.NDArray[np.int64]) -> Vector:
    """The sum of effects in each period, from the first to the last."""
    if not len(period):
        return np.zeros(0)
    return np.asarray(np.bincount(period - period.min(), effects), dtype=np.float64)


def spread(
    effects: Vector,
    period: npt.NDArray[np.int64],
    group: npt.NDArray[np.bool_],
    alike: Likeness | None = None,
) -> Spread:
    """
    Estimate how far the sum of effects lies off by chance, where cases near in time are alike.

    Parameters
    ----------
    effects
        What each case adds to the sum, the mean of its side taken out.
    period
        Numbers from 0 in order of time.
    group
        Which cases are on the one side.
    alike
        How long times stay alike; None: found from these effects.

    Returns
    -------
    Spread
        Not ``told`` where either side has fewer than eight effective blocks.

    Notes
    -----
    The variance is K Σ D_p² with the sums D_p by period, of both sides together, for they may
    stand in one queue, and K of `likeness`, one standard error more than was found. A side has
    (Σ n_p)²/Σ n_p² periods, and one block in each K of them; the record has one in each 2 K of
    its periods. Degrees of freedom are Satterthwaite's over the two sides, and no more than those
    of K.

    References
    ----------
    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components.
    Biometrics Bulletin 2, 110-114.

    Kish, L. (1965). Survey Sampling, section 11.7. Wiley.

    Examples
    --------
    Sixteen weeks that differ by chance alone; then two long halves.

    >>> up = np.array([1.0, -1.0, -1.0, 1.0, 1.0, -1.0, 1.0, -1.0] * 4)
    >>> week, group = np.arange(32) // 2, np.arange(32) % 2 == 0
    >>> spread(up, week, group).told
    True
    >>> spread(np.sort(up), week, group).told
    False
    """
    if not len(effects):
        return NO_SPREAD
    number = period - period.min()
    many = int(number.max()) + 1
    sides = [
        np.bincount(number[side], effects[side], many).astype(float) for side in (group, ~group)
    ]
    counts = [np.bincount(number[side], minlength=many) for side in (group, ~group)]
    return spread_of(sides, [effective(count.astype(float)) for count in counts], alike)


def spread_of(
    sides: Sequence[Vector], sizes: Sequence[float], alike: Likeness | None = None
) -> Spread:
    """
    Estimate the same from sums by period.

    Parameters
    ----------
    sides
        The effects of either side by period, the mean of the side taken out.
    sizes
        Of either side, how many equal periods tell as much as its own (`effective`).
    alike
        How long times stay alike; None: found from these sums.

    See Also
    --------
    spread : The same from cases.
    """
    both = np.asarray(sides[0] + sides[1], dtype=np.float64)
    alike = alike or likeness([both])
    parts = [float((sums**2).sum()) for sums in sides]
    joint = float((both**2).sum())
    freed = sum(part**2 / max(size - 1, 0.5) for part, size in zip(parts, sizes, strict=True))
    degrees = sum(parts) ** 2 / freed if freed else 1.0
    # Sides that move together say more of their difference, but not surely: half of it is taken.
    variance = max(joint, (joint + sum(parts)) / 2) * (degrees + 1) / degrees * alike.careful
    longer = max(alike.periods, 1.0)
    blocks = min(min(sizes) / longer, len(both) / (BLOCK * longer))
    length = max(round(longer), 1)
    return Spread(float(np.sqrt(variance)), min(degrees, alike.degrees), length, blocks)
