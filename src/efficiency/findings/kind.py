"""What a kind of finding is: what it needs, when it is worth telling, how it is measured again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.rates import Z

Subject: TypeAlias = tuple[tuple[str, str], ...]
Unit = Literal["share", "ratio", "hours"]


class Estimate(NamedTuple):
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


#: Hours that cannot be told.
UNKNOWN = Estimate(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Measure:
    """
    Something that this review can measure again next year, found wanting or not.

    Attributes
    ----------
    subject
        That of the finding, were there one.
    name
        Of what is measured: the words know it as ``measured_NAME``.
    value, n
        What was measured, and what it rests on.
    unit
        What the value is counted in.
    better
        ``higher`` or ``lower``.
    hours
        Working hours at stake over the time that was measured.
    """

    subject: Subject
    name: str
    value: Estimate
    n: int
    unit: Unit = "share"
    better: Literal["higher", "lower"] = "lower"
    hours: Estimate = UNKNOWN


@dataclass(frozen=True)
class Observed:
    """
    What a check of an improvement point looks at: one row a case, clock or step.

    Attributes
    ----------
    name
        Of what is measured, as in `Measure`.
    rows
        ``at`` (when it began)``, value`` (hours; or 1 and 0)``, running`` (not done at the
        cut-off)``, touched`` (whether the action could reach it: the others are those it is held
        against)``, what`` (the activity, standard or rule)``, known_by`` (when it was decided at
        the latest; empty: as soon as it began) and what is known of its case.
    unit, better
        As in `Measure`.
    """

    name: str
    rows: pd.DataFrame
    unit: Unit = "share"
    better: Literal["higher", "lower"] = "lower"


@dataclass(frozen=True)
class Kind:
    """
    One kind of finding, on one log or on the survey.

    Attributes
    ----------
    name
        Its name.
    find
        When it is worth telling: its arguments name the tables and settings that it needs.
    measure
        How all that it may be about is measured, likewise.
    exhibit
        The rows that show a finding best: takes the finding, and tables by name. None: the kind
        rests on all cases together, and a table of its own tells it.
    observe
        What a check of the improvement point looks at: takes the subject, and tables by name;
        None: it is held against the register's baseline alone.
    flows
        Whether it makes sense only where something flows: not in a register of single entries.
    of
        What it is found in: each log, or the survey of the review.
    """

    name: str
    find: Callable[..., Iterator[Finding]]
    measure: Callable[..., Iterator[Measure]]
    exhibit: Callable[..., pd.DataFrame] | None = None
    observe: Callable[..., Observed | None] | None = None
    flows: bool = True
    of: Literal["log", "survey"] = "log"


def has(subject: Mapping[str, str], *keys: str) -> bool:
    """
    Whether a subject, which people may have written, says what is asked of it.

    Examples
    --------
    >>> has({"log": "a", "activity": "承办"}, "activity"), has({"log": "a"}, "activity")
    (True, False)
    """
    return all(subject.get(key) for key in keys)


def averaged(values: pd.Series) -> Estimate:
    """
    A mean with its 95 % interval; without values none.

    Examples
    --------
    >>> [round(part, 2) for part in averaged(pd.Series([1.0, 3.0]))]
    [2.0, -10.71, 14.71]
    """
    from scipy import stats

    known = values.dropna().to_numpy(dtype=float)
    if len(known) < 2:
        return Estimate(float(known.mean()) if len(known) else np.nan, np.nan, np.nan)
    half = float(stats.t.isf(0.025, len(known) - 1) * known.std(ddof=1) / np.sqrt(len(known)))
    return Estimate(float(known.mean()), float(known.mean()) - half, float(known.mean()) + half)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """
    The difference of two independent estimates with its 95 % interval.

    Parameters
    ----------
    first, second
        What is subtracted from, and what is subtracted.

    Returns
    -------
    Estimate
        ``first − second``.

    Notes
    -----
    The method of variance estimates recovery: with values ``a, b`` and limits ``l, u``, the
    lower limit is ``a − b − √((a − l_a)² + (u_b − b)²)`` and the upper
    ``a − b + √((u_a − a)² + (b − l_b)²)``. With Wilson intervals of two shares it is Newcombe's
    method 10.

    References
    ----------
    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a
    general approach. Statistics in Medicine 27, 1693-1702.
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
    comparison of eleven methods. Statistics in Medicine 17, 873-890.

    Examples
    --------
    Lower limits 3 below and upper limits 4 above the values: 10 − 6 ± 5.

    >>> difference(Estimate(10, 7, 13), Estimate(6, 2, 10))
    Estimate(value=4, low=-1.0, high=9.0)
    """
    value = first.value - second.value
    below = np.hypot(first.value - first.low, second.high - second.value)
    above = np.hypot(first.high - first.value, second.value - second.low)
    return Estimate(value, float(value - below), float(value + above))


def summed(values: pd.Series, n: int) -> Estimate:
    """
    A sum over n cases with its 95 % interval; cases that are not listed have none.

    Notes
    -----
    ±1.96 √n s, with the standard deviation s over all cases, those without any included.

    Examples
    --------
    >>> [round(part, 2) for part in summed(pd.Series([2.0, 2.0]), 4)]
    [4.0, 0.0, 8.53]
    """
    known = values.dropna().to_numpy(dtype=float)
    total = float(known.sum())
    if n < 2:
        return Estimate(total, np.nan, np.nan)
    spread = max(float((known**2).sum()) - total**2 / n, 0.0) / (n - 1)
    half = Z * float(np.sqrt(n * spread))
    return Estimate(total, max(total - half, 0.0), total + half)
