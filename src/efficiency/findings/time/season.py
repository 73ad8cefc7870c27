"""Whether a step stands out beside a yearly swing, where both of its sides hold other months."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from efficiency.findings.groups.likeness import by_period, likeness, spread
from efficiency.findings.groups.samples import Sample, scores

Vector = npt.NDArray[np.float64]
#: Swings a year: a whole one and a half one.
SWINGS = (1, 2)
DAYS = 365.25


def swing(at: pd.Series) -> Vector:
    """
    A constant, and the sines and cosines of the year and of half of it, one row a moment.

    Examples
    --------
    >>> swing(pd.Series(pd.to_datetime(["2024-01-01"]))).shape
    (1, 5)
    """
    angle = 2 * np.pi * at.dt.dayofyear.to_numpy(dtype=float) / DAYS
    waves = [wave(many * angle) for many in SWINGS for wave in (np.sin, np.cos)]
    return np.column_stack([np.ones(len(at)), *waves])


def same_months(at: pd.Series, after: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """
    Mark the moments in months of the year that both sides hold.

    Examples
    --------
    >>> at = pd.Series(pd.to_datetime(["2023-03-01", "2023-08-01", "2024-03-09"]))
    >>> same_months(at, np.array([False, False, True])).tolist()
    [True, False, True]
    """
    month = at.dt.month.to_numpy()
    return np.isin(month, list(set(month[after]) & set(month[~after])))


def beside_season(sample: Sample, after: npt.NDArray[np.bool_], at: pd.Series) -> float:
    """
    The p of a step beside a yearly swing.

    Parameters
    ----------
    sample
        The times; with periods.
    after
        Which cases lie after the step.
    at
        When each began.

    Notes
    -----
    Ranks within strata on the step and `swing`; what the swing leaves of the step is tested
    (Frisch and Waugh). 1 where nothing can be told.

    References
    ----------
    Frisch, R. and Waugh, F. V. (1933). Partial time regressions as compared with individual
    trends. Econometrica 1, 387-401.
    """
    from scipy import stats  # takes seconds to import

    if sample.period is None:
        raise ValueError("a sample without periods has no time; give Sample(..., period=...)")
    size = np.bincount(sample.stratum)[sample.stratum]
    y = scores(sample) / (size + 1)
    waves, step = swing(at), after.astype(float)
    left = step - waves @ np.linalg.lstsq(waves, step, rcond=None)[0]
    design = np.column_stack([waves, step])
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    effects = left * rest
    weekly = by_period(effects, sample.period)
    error = spread(effects, sample.period, after, likeness([weekly]))
    if not error.told or not error.error:
        return 1.0
    return float(2 * stats.t.sf(abs(float(left @ y)) / error.error, error.degrees))
