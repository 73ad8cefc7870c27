"""Whether the level of a series shifted, when, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from efficiency.findings.time.partition import Vector, ar1, fitted, levels, partition, persistence
from efficiency.tables import SEGMENTS, SERIES

#: A shift is taken to be one where its chance is at most this.
RISK = 0.05
#: Replicates for a p, for an interval, and for each autocorrelation that is tried.
_REPLICATES, _REFITS, _TRIALS = 1999, 999, 300
#: Autocorrelations that are tried. Beyond, a level that drifts is not told from one that shifts.
_RHOS = np.arange(0, 0.91, 0.15)
_SEED = 20240701


@dataclass(frozen=True)
class Pettitt:
    """
    What Pettitt's test found.

    Attributes
    ----------
    statistic
        K, the largest of all |U_t|.
    position
        How many values lie before the shift.
    p
        By Pettitt's approximation.
    p_permuted
        By permutation: exact up to 7 values.
    """

    statistic: float
    position: int
    p: float
    p_permuted: float


def pettitt(values: npt.ArrayLike) -> Pettitt:
    """
    Test whether the level of a series shifts once, by ranks.

    Parameters
    ----------
    values
        In order of time, none missing.

    Raises
    ------
    ValueError
        There are fewer than two values, or some are missing.

    Notes
    -----
    U_t = 2 Σ_{i ≤ t} R_i − t (n + 1) with mid-ranks R; K = max |U_t|; p ≈ 2 exp(−6 K² / (n³ + n²)).
    Both p take the values as independent: with autocorrelation both are too small, see
    `level_shifts`.

    References
    ----------
    Pettitt, A. N. (1979). A non-parametric approach to the change-point problem. Applied
    Statistics 28, 126-135.

    Examples
    --------
    >>> found = pettitt([1, 2, 3, 7, 8, 9])
    >>> found.statistic, found.position, found.p_permuted
    (9.0, 3, 0.1)
    """
    try:
        x = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        x = np.zeros(0)
    if x.ndim != 1 or len(x) < 2 or np.isnan(x).any():
        raise ValueError("values must be a row of at least two numbers, none of them missing")
    n, ranks = len(x), stats.rankdata(x)
    sums = _rank_sums(ranks[None])[0]
    k = float(sums.max())
    p = min(1.0, 2 * float(np.exp(-6 * k**2 / (n**3 + n**2))))
    return Pettitt(k, int(sums.argmax()) + 1, p, _permuted(ranks, k))


def _rank_sums(ranks: Vector) -> Vector:
    """|U_t| for t = 1 … n − 1, one row an order of the ranks."""
    n = ranks.shape[1]
    sums: Vector = np.abs(2 * ranks.cumsum(axis=1)[:, :-1] - np.arange(1, n) * (n + 1))
    return sums


def _permuted(ranks: Vector, k: float) -> float:
    """The share of orders that reach the statistic: of all of them, where they are few."""
    n = len(ranks)
    if factorial(n) <= 5040:
        orders = np.array(list(permutations(ranks)))
        return float((_rank_sums(orders).max(axis=1) >= k - 1e-9).mean())
    rng = np.random.default_rng(_SEED)
    orders = rng.permuted(np.tile(ranks, (_REPLICATES, 1)), axis=1)
    return float((1 + (_rank_sums(orders).max(axis=1) >= k - 1e-9).sum()) / (_REPLICATES + 1))


def level_shifts(
    series: pd.DataFrame, *, log: bool = False, most: int = 3, least: int = 4
) -> pd.DataFrame:
    """
    Part a series where its level shifted.

    Parameters
    ----------
    series
        ``at, value`` and, where it is known, ``n``; one row a period, in order; a period may be
        empty. `closing_times` gives such series.
    log
        Whether levels are those of the logarithm: right for times.
    most
        Shifts to look for.
    least
        Points that a level must last.

    Returns
    -------
    DataFrame
        One row a stretch of one level: ``at, to, points, level``; of the second and later ones
        also ``at_low, at_high`` (where the shift may lie), ``difference`` and ``ratio`` to the
        level before with ``_low`` and ``_high``; and ``p``, the same in every row: the chance of
        such a parting in a series without shifts. Without a shift there is one row; where there
        are too few points to tell, p is empty.

    Raises
    ------
    TableError, ValueError
        A column is missing or not of its kind; a value is not above 0 where ``log`` is asked for;
        ``most`` or ``least`` is below 1 (2).

    Notes
    -----
    The best partings into 1, 2, … stretches are exact (dynamic programming on the weighted sum of
    squares within). k shifts are taken that make n log S_k + β k least. β is the 95 % quantile of
    max_k n log(S_0 / S_k) / k in series without a shift whose neighbours resemble each other as
    these do, so that p ≤ 0.05 just where some shift is taken.

    The autocorrelation is that which yields such residuals as were found, for residuals of a fit
    look less alike than the noise was, plus 0.8 / √n for what is not known of it. By simulation
    (AR(1), 24 to 104 points) a shift is seen where there is none in at most 5 % of series up to
    an autocorrelation of 0.3, and in up to 12 % at 0.6. One of two sigma amid 24 points is seen
    in 70 % without autocorrelation, in 53 % at 0.3.

    A period with few cases says less: weights are 1 / (1/n + 1/ñ), ñ the median n, for besides
    the cases the period itself varies. Intervals come from refits to 999 made-up series with the
    levels and the noise that were found, the number of shifts held.

    A yearly season is a shift to this function: look at whole years, or at one kind of season.

    References
    ----------
    Bai, J. and Perron, P. (2003). Computation and analysis of multiple structural change models.
    Journal of Applied Econometrics 18, 1-22.
    Gouriéroux, C., Monfort, A. and Renault, E. (1993). Indirect inference. Journal of Applied
    Econometrics 8, S85-S118.

    Examples
    --------
    >>> values = [8.0, 9.0, 8.0, 9.0, 8.0, 3.0, 4.0, 3.0, 4.0, 3.0]
    >>> series = pd.DataFrame({"at": list("abcdefghij"), "value": values})
    >>> level_shifts(series)[["at", "to", "level", "difference"]].round(1).values.tolist()
    [['a', 'e', 8.4, nan], ['f', 'j', 3.4, -5.0]]
    """
    if most < 1 or least < 2:
        raise ValueError(f"most is {most!r} and least {least!r}; give at least 1 and 2")
    known = SERIES.check(series).dropna(subset=["value"]).reset_index(drop=True)
    x, weights = _scaled(known, log), _weights(known)
    most = min(most, len(x) // least - 1)
    if most < 1 or np.ptp(x) == 0:
        return _told(known, _Fit(x, weights, (), 0.0, float("nan")), log, least)
    return _told(known, _fit(x, weights, most, least), log, least)


@dataclass(frozen=True)
class _Fit:
    """A parted series: where it is cut, how neighbours resemble each other, and its p."""

    x: Vector
    weights: Vector
    cuts: tuple[int, ...]
    rho: float
    p: float


def _scaled(known: pd.DataFrame, log: bool) -> Vector:
    value: Vector = known["value"].to_numpy(dtype=float)
    if log and (value <= 0).any():
        raise ValueError("log=True needs values above 0; leave it out, or leave those out")
    return np.log(value) if log else value


def _weights(known: pd.DataFrame) -> Vector:
    """Weigh each point by what it rests on, up to twice as much as the usual one."""
    n = np.ones(len(known))
    if "n" in known and len(known):
        n = known["n"].to_numpy(dtype=float).clip(min=1)
    weights: Vector = 1 / (1 / n + 1 / np.median(n)) if len(n) else n
    return weights / weights.mean() if len(n) else n


def _fit(x: Vector, weights: Vector, most: int, least: int) -> _Fit:
    """Choose how many shifts there are, and where."""
    rng = np.random.default_rng(_SEED)
    found = partition(x[:, None], weights, most, least)
    seen = float(persistence(x[:, None], weights, found, most)[0])
    rho = _rho(seen, weights, most, least, rng)
    null = ar1(rho, weights, _REPLICATES, rng)
    chance = _gains(partition(null, weights, most, least).costs, len(x)).max(axis=0)
    gains = _gains(found.costs, len(x))[:, 0]
    p = float((1 + (chance >= gains.max() - 1e-9).sum()) / (_REPLICATES + 1))
    if p > RISK:
        return _Fit(x, weights, (), rho, p)
    penalty = float(np.quantile(chance, 1 - RISK))
    totals = gains * np.arange(1, most + 1) - penalty * np.arange(1, most + 1)
    return _Fit(x, weights, found.cuts(int(totals.argmax()) + 1), rho, p)


def _gains(costs: Vector, n: int) -> Vector:
    """N log(S_0 / S_k) / k for k = 1 …; a perfect fit gains without bound, but finitely."""
    within = np.maximum(costs[1:], costs[0] * 1e-12)
    gains: Vector = n * np.log(costs[0] / within) / np.arange(1, len(costs))[:, None]
    return gains


def _rho(seen: float, weights: Vector, most: int, least: int, rng: np.random.Generator) -> float:
    """The autocorrelation that leaves over such residuals as were seen, with a margin."""
    usual = []
    for rho in _RHOS:
        noise = ar1(rho, weights, _TRIALS, rng)
        parted = partition(noise, weights, most, least)
        usual.append(float(np.median(persistence(noise, weights, parted, most))))
    likely = np.interp(seen, np.maximum.accumulate(usual), _RHOS)
    return float(min(likely + 0.8 / np.sqrt(len(weights)), _RHOS[-1]))


def _told(known: pd.DataFrame, fit: _Fit, log: bool, least: int) -> pd.DataFrame:
    """A fit as a table."""
    starts = np.array([0, *fit.cuts])
    ends = np.array([*fit.cuts, len(known)])
    at = known["at"].to_numpy(dtype=object)
    table = pd.DataFrame({"at": at[starts[: len(at)]], "to": at[ends[: len(at)] - 1]})
    found = levels(fit.x[:, None], fit.weights, starts[:, None])[:, 0] if len(at) else np.array([])
    table = table.assign(
        points=(ends - starts)[: len(table)], level=np.exp(found) if log else found
    )
    shifts = _shifts(fit, found, log, least).set_axis(range(1, len(fit.cuts) + 1))
    for name in ("at_low", "at_high"):
        shifts[name] = at[shifts[name].to_numpy(dtype=int)]
    whole = table.join(shifts).assign(p=fit.p)
    return SEGMENTS.check(whole[SEGMENTS.names])


def _shifts(fit: _Fit, found: Vector, log: bool, least: int) -> pd.DataFrame:
    """Place and size of each shift with intervals, one row a shift."""
    many = len(fit.cuts)
    starts, refits = (
        _refits(fit, least) if many else (np.zeros((1, 1), dtype=np.int64), found[:, None])
    )
    rows = {f"at_{end}": np.round(q) for end, q in _ends(starts[1:])}
    back = np.exp if log else np.asarray
    sizes = {
        "difference": (np.diff(back(found)), np.diff(back(refits), axis=0)),
        "ratio": _ratios(found, refits, log),
    }
    for name, (size, drawn) in sizes.items():
        rows[name] = size
        # What was drawn errs from what was found as that errs from the truth.
        turned = {"low": "high", "high": "low"}
        rows |= {f"{name}_{turned[end]}": 2 * size - q for end, q in _ends(drawn)}
    if log:
        for name in ("ratio", "ratio_low", "ratio_high"):
            rows[name] = np.exp(rows[name])
    return pd.DataFrame(rows)


def _ends(drawn: npt.NDArray[np.number]) -> list[tuple[str, Vector]]:
    """The ends of the middle 95 % of each row."""
    return [(name, np.quantile(drawn, q, axis=1)) for name, q in (("low", 0.025), ("high", 0.975))]


def _ratios(found: Vector, refits: Vector, log: bool) -> tuple[Vector, Vector]:
    """The ratios of neighbouring levels, as logarithms on the log scale."""
    if log:
        return np.diff(found), np.diff(refits, axis=0)
    if (found <= 0).any():
        empty = np.full(len(found) - 1, np.nan)
        return empty, np.full((len(found) - 1, refits.shape[1]), np.nan)
    return found[1:] / found[:-1], refits[1:] / refits[:-1]


def _refits(fit: _Fit, least: int) -> tuple[npt.NDArray[np.int64], Vector]:
    """Fit the same number of shifts to made-up series: their places and their levels."""
    rng = np.random.default_rng(_SEED)
    many, starts = len(fit.cuts), np.array([[0], *[[cut] for cut in fit.cuts]])
    line = fitted(fit.x[:, None], fit.weights, starts)
    rest = (fit.weights[:, None] * (fit.x[:, None] - line) ** 2).sum()
    spread = np.sqrt(rest / (len(fit.x) - many - 1))
    drawn = line + spread * ar1(fit.rho, fit.weights, _REFITS, rng)
    places = partition(drawn, fit.weights, many, least).starts(many)
    return places, levels(drawn, fit.weights, places)
