"""What a rate proves: its interval, the exact bound of zero and of 100 %, what chance allows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from efficiency.tables import COUNTS, FUNNEL, TALLIES, ZEROS

#: What may be held against the bound: 5 % of a one-sided bound, 2.5 % on each side of an interval.
_RISK = 0.05
#: Of the standard normal distribution: an interval of 95 % reaches so many errors either way.
Z = 1.959963984540054
#: Of fewer batches nothing is known of how alike they are.
LEAST_BATCHES = 8


def wilson(k: int, n: int) -> tuple[float, float, float]:
    """
    A share with its 95 % Wilson interval; all empty where n is 0.

    Examples
    --------
    >>> [round(value, 4) for value in wilson(9, 10)]
    [0.9, 0.5958, 0.9821]
    """
    if not n:
        return (float("nan"),) * 3
    interval = stats.binomtest(int(k), int(n)).proportion_ci(method="wilson")
    return k / n, float(interval.low), float(interval.high)


def clustered(
    wrong: npt.NDArray[np.float64], batch: npt.NDArray[np.int64]
) -> tuple[float, float, float, float]:
    """
    A share with its 95 % Wilson interval, where outcomes come in batches.

    Parameters
    ----------
    wrong
        0 or 1, one a case.
    batch
        Numbers from 0: cases of one batch (a day's) may have come together.

    Returns
    -------
    tuple
        ``share, low, high``, and the effective number of cases; that of all where batches are no
        more alike than chance makes them.

    Notes
    -----
    The design effect is that of the batches' sums, Σ (k_b − p n_b)² B/(B − 1) over n p (1 − p); it
    counts where it is above 1 by 1.645 √(2/(B − 1)), and there are eight batches. Wilson's interval
    is then that of n over the effect (Kish).

    References
    ----------
    Kish, L. (1965). Survey Sampling, section 5.4. Wiley.
    Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data. Survey Methodology 24, 193-201.

    Examples
    --------
    Ten batches of four, in each of which all go the same way: ten cases' worth.

    >>> wrong = np.repeat([1.0, 0.0], 20)
    >>> round(clustered(wrong, np.repeat(np.arange(10), 4))[3])
    9
    """
    n, k = len(wrong), float(wrong.sum())
    share, low, high = wilson(int(k), n)
    many = int(batch.max(initial=-1)) + 1
    if many < LEAST_BATCHES or not 0 < share < 1:
        return share, low, high, float(n)
    size = np.bincount(batch, minlength=many)
    sums = np.bincount(batch, wrong, many) - share * size
    effect = float((sums**2).sum()) * many / (many - 1) / (n * share * (1 - share))
    if effect <= 1 + 1.645 * np.sqrt(2 / (many - 1)):
        return share, low, high, float(n)
    worth = n / effect
    centre = (share + Z**2 / (2 * worth)) / (1 + Z**2 / worth)
    half = np.sqrt(share * (1 - share) / worth + (Z / (2 * worth)) ** 2) * Z / (1 + Z**2 / worth)
    return share, float(max(centre - half, 0.0)), float(min(centre + half, 1.0)), worth


@dataclass(frozen=True)
class Rate:
    """
    A share with its exact bounds.

    Attributes
    ----------
    k, n
        How many of how many.
    share, low, high
        With 95 % confidence; one-sided where nothing or everything was found.
    """

    k: int
    n: int
    share: float
    low: float
    high: float


def bounded(k: int, n: int) -> Rate:
    """
    A share with its exact bounds; all empty where nothing was checked.

    Raises
    ------
    ValueError
        k or n is negative or not whole, or k is more than n.

    Notes
    -----
    None of n: the share p that would yield none with a chance of 5 % solves (1 − p)^n = 0.05, so
    p ≤ 1 − 0.05^(1/n); all of n: p ≥ 0.05^(1/n). Both are one-sided: the other end is known.
    Else the interval of Clopper and Pearson with 2.5 % on each side.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated
    in the case of the binomial. Biometrika 26, 404-413.
    Hanley, J. A. and Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right?
    Interpreting zero numerators. Journal of the American Medical Association 249, 1743-1745.

    Examples
    --------
    >>> rate = bounded(0, 300)
    >>> rate.share, rate.low, round(rate.high, 3)
    (0.0, 0.0, 0.01)
    >>> round(bounded(300, 300).low, 3)
    0.99
    """
    if not 0 <= k <= n or k != int(k) or n != int(n):
        raise ValueError(f"k is {k!r} and n is {n!r}; give whole numbers with 0 <= k <= n")
    if not n:
        return Rate(int(k), int(n), *(float("nan"),) * 3)
    if k in {0, n}:
        reach = -math.expm1(math.log(_RISK) / n)
        low, high = (0.0, reach) if k == 0 else (1 - reach, 1.0)
    else:
        interval = stats.binomtest(int(k), int(n)).proportion_ci(1 - _RISK, method="exact")
        low, high = float(interval.low), float(interval.high)
    return Rate(int(k), int(n), k / n, low, high)


def sample_needed(share: float) -> int:
    """
    Tell how many must be checked, and none found, before a rate below a share is proved.

    Parameters
    ----------
    share
        The rate to stay below, between 0 and 1.

    Raises
    ------
    ValueError
        The share does not lie between 0 and 1.

    Notes
    -----
    The least n with (1 − p)^n ≤ 0.05.

    Examples
    --------
    >>> sample_needed(0.05), sample_needed(0.01)
    (59, 299)
    """
    if not 0 < share < 1:
        raise ValueError(f"share is {share!r}; give one between 0 and 1, such as 0.01")
    # What is whole but for the last binary digit is meant to be whole.
    return math.ceil(round(math.log(_RISK) / math.log1p(-share), 9))


def zeros(counts: pd.DataFrame) -> pd.DataFrame:
    """
    Bound the rates that are claimed to be zero, or 100 %: 三零 (差错, 失误, 缺陷).

    Parameters
    ----------
    counts
        ``item, k, n``, one row a thing that was checked for.

    Returns
    -------
    DataFrame
        ``item, k, n, share, low, high`` in the order given; see `bounded`.

    Raises
    ------
    TableError
        A column is missing or is not of its kind.
    ValueError
        Some k lies outside 0 to n.

    Examples
    --------
    >>> counts = pd.DataFrame({"item": ["差错", "失误"], "k": [0, 1], "n": [100, 60]})
    >>> zeros(counts).round(3).values.tolist()
    [['差错', 0, 100, 0.0, 0.0, 0.03], ['失误', 1, 60, 0.017, 0.0, 0.089]]
    """
    rows = COUNTS.check(counts)[COUNTS.names]
    rates = [bounded(k, n) for k, n in zip(rows["k"], rows["n"], strict=True)]
    found = pd.DataFrame(rates, columns=["k", "n", "share", "low", "high"], index=rows.index)
    whole = rows.assign(**{name: found[name] for name in ("share", "low", "high")})
    return ZEROS.check(whole.reset_index(drop=True))


def funnel(units: pd.DataFrame) -> pd.DataFrame:
    """
    Hold each unit's share against what chance alone would let a unit of its size show.

    Parameters
    ----------
    units
        ``name, k, n``, one row a unit.

    Returns
    -------
    DataFrame
        ``name, k, n, value, centre, low_95, high_95, low_998, high_998, outside``: the share, that
        of all together, the limits, and the widest limits that the unit lies outside of: ``95``,
        ``99.8``, or none.

    Raises
    ------
    TableError
        A column is missing or is not of its kind.

    Notes
    -----
    The limits are exact: the number of cases that a binomial of n and the overall share passes on
    either side with a chance of at most 2.5 % (0.1 %), over n. Of 40 units that are all alike,
    about two may lie outside the inner limits; the outer ones are for action.

    References
    ----------
    Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. Statistics
    in Medicine 24, 1185-1202.

    Examples
    --------
    >>> units = pd.DataFrame({"name": ["甲", "乙"], "k": [5, 15], "n": [100, 100]})
    >>> funnel(units)[["name", "value", "centre", "high_95", "outside"]].values.tolist()
    [['甲', 0.05, 0.1, 0.16, None], ['乙', 0.15, 0.1, 0.16, None]]
    """
    table = TALLIES.check(units)[TALLIES.names].reset_index(drop=True)
    n = table["n"].to_numpy()
    value = np.divide(table["k"], n, out=np.full(len(n), np.nan), where=n > 0)
    whole = table["k"].sum() / n.sum() if n.sum() else float("nan")
    told_limits = table.assign(value=value, centre=whole)
    outside = np.full(len(n), None, dtype=object)
    for name, risk in (("95", 0.025), ("998", 0.001)):
        low, high = _limits(n, whole, risk)
        told_limits[f"low_{name}"], told_limits[f"high_{name}"] = low, high
        outside[(value < low) | (value > high)] = "95" if name == "95" else "99.8"
    return FUNNEL.check(told_limits.assign(outside=outside))


def _limits(n: np.ndarray, whole: float, risk: float) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most that a unit may show, as shares; empty where it has no cases."""
    size = np.where(n > 0, n, np.nan)
    low, high = (stats.binom.ppf(q, size, whole) for q in (risk, 1 - risk))
    return np.maximum(low, 0) / size, high / size
