"""Shares of answers that come office by office: how alike they are, what interval is left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

_RISK = 0.05


class Clustered(NamedTuple):
    """A share with its 95 % interval, and what the offices do to it."""

    share: float
    low: float
    high: float
    icc: float
    design_effect: float


_NONE = Clustered(*(float("nan"),) * 5)


def clustered_share(
    yes: npt.NDArray[np.bool_], office: npt.NDArray[np.int64] | None = None
) -> Clustered:
    """
    A share of answers with its 95 % interval, answers of one office counted as alike.

    Parameters
    ----------
    yes
        Whether each answer counts.
    office
        The office of each, numbered from 0; None: not known, and each answer stands for itself.

    Returns
    -------
    Clustered
        ``design_effect`` is the variance of the share over that of as many independent answers;
        ``icc`` the intraclass correlation. Both are nan where the offices are not known; of one
        office alone there is no interval either.

    Notes
    -----
    The variance is that of a ratio over offices, Σ (k_c − p n_c)² C/(C − 1) over n²; below 1 its
    design effect counts as 1, since that offices differ less than chance lets them is chance. The
    interval is Wilson's with the answers worth n over the design effect, and the quantile of
    Student's t with C − 1 degrees of freedom in the place of the normal one: the variance is itself
    an estimate from C offices. The intraclass correlation is that of a one-way analysis of
    variance.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd ed., section 9A. Wiley.
    Korn, E. L. and Graubard, B. I. (1998). Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data. Survey Methodology 24, 193-201.

    Examples
    --------
    Two offices in which all say the same: two answers' worth.

    >>> said = np.repeat([True, False], 10)
    >>> found = clustered_share(said, np.repeat([0, 1], 10))
    >>> found.share, round(found.design_effect, 1), round(found.icc, 2)
    (0.5, 20.0, 1.0)
    >>> [round(part, 3) for part in clustered_share(np.array([True] * 9 + [False]))[:3]]
    [0.9, 0.596, 0.982]
    """
    n = len(yes)
    if not n:
        return _NONE
    share = float(yes.mean())
    many = 0 if office is None else int(office.max()) + 1
    if many == 1:  # of one office nothing is known of how others would answer
        return Clustered(share, *(float("nan"),) * 4)
    if office is None:
        quantile = float(stats.norm.isf(_RISK / 2))
        return Clustered(share, *_wilson(share, n, quantile), float("nan"), float("nan"))
    quantile = float(stats.t.isf(_RISK / 2, many - 1))
    if not 0 < share < 1:
        return Clustered(share, *_wilson(share, n, quantile), float("nan"), 1.0)
    size = np.bincount(office, minlength=many).astype(float)
    sums = np.bincount(office, yes.astype(float), many).astype(float)
    spread = ((sums - share * size) ** 2).sum() * many / (many - 1)
    effect = max(float(spread) / (n * share * (1 - share)), 1.0)
    low, high = _wilson(share, n / effect, quantile)
    return Clustered(share, low, high, _intraclass(sums, size), effect)


def widened(share: float, n: int, known: Clustered, offices: int) -> Clustered:
    """
    The interval of a share of n answers, of which some tell no office.

    Parameters
    ----------
    share, n
        Of all answers.
    known, offices
        The share of those whose office is known, and how many offices these are.
    """
    if offices < 2 or not np.isfinite(known.design_effect):
        return Clustered(share, *(float("nan"),) * 4)
    quantile = float(stats.t.isf(_RISK / 2, offices - 1))
    low, high = _wilson(share, n / known.design_effect, quantile)
    return Clustered(share, low, high, known.icc, known.design_effect)


def _wilson(share: float, n: float, quantile: float) -> tuple[float, float]:
    square = quantile**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = np.sqrt(share * (1 - share) / n + square / (4 * n**2)) * quantile / (1 + square / n)
    return float(max(centre - half, 0.0)), float(min(centre + half, 1.0))


def _intraclass(sums: npt.NDArray[np.float64], size: npt.NDArray[np.float64]) -> float:
    """One-way analysis of variance of zeros and ones; not below zero."""
    many, n = int((size > 0).sum()), float(size.sum())
    if many < 2 or n <= many:
        return float("nan")
    share = sums.sum() / n
    means = np.divide(sums, size, out=np.zeros_like(sums), where=size > 0)
    between = float((size * (means - share) ** 2).sum()) / (many - 1)
    within = float((size * means * (1 - means)).sum()) / (n - many)
    usual = (n - float((size**2).sum()) / n) / (many - 1)
    whole = between + (usual - 1) * within
    return max((between - within) / whole, 0.0) if whole > 0 else float("nan")
