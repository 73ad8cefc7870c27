"""Whether a figure moves from month to month more than chance would move it: control charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from efficiency._doors import engine, sessions
from efficiency.facts.closings import Every, closing_times
from efficiency.findings.time.signals import signals
from efficiency.tables import CONTROL, COUNTED, FLAGGED, GAPS, SERIES

Vector = npt.NDArray[np.float64]

#: Beyond three standard deviations on one side, of a normal distribution.
_TAIL = float(stats.norm.sf(3))
#: Mean moving range of two normal values over their standard deviation, 2 / √π.
_D2 = 2 / np.sqrt(np.pi)


@dataclass(frozen=True)
class _Chart:
    """The points of a chart, its lines, and how far each point lies from the centre in sigmas."""

    table: pd.DataFrame
    centre: Any
    low: Any
    high: Any
    score: Vector

    def told(self, rules: Sequence[str]) -> pd.DataFrame:
        """``CONTROL`` with the signals of the chart."""
        lines = self.table.assign(centre=self.centre, low=self.low, high=self.high)
        above = (lines["value"] > lines["high"]).to_numpy()
        below = (lines["value"] < lines["low"]).to_numpy()
        return CONTROL.check(lines.assign(signal=signals(self.score, above, below, rules)))


def u_chart(
    counts: pd.DataFrame,
    *,
    until: str | None = None,
    rules: Sequence[str] = ("limit", "run"),
    exact_below: float = 9.0,
) -> pd.DataFrame:
    """
    Chart events per case over periods with unequal numbers of cases.

    Parameters
    ----------
    counts
        ``at, k, n``: events and cases, one row a period, in order. More than one event a case
        may happen.
    until
        Centre and limits rest on the points up to this one; None: on all.
    rules
        Of `signals.RULES`.
    exact_below
        Expected events of a period below which its limits are exact; 0: three sigma everywhere.

    Returns
    -------
    DataFrame
        ``at, k, n, value, centre, low, high, signal``; empty where a period has no cases.

    Raises
    ------
    TableError, ValueError
        A column is missing or not of its kind; a count is negative; ``until`` is no point.

    Notes
    -----
    ū = Σk / Σn; limits ū ± 3 √(ū / n). Where fewer than 9 events are expected the lower limit
    would be negative and the upper one too tight: there the limits are the 0.135 % and 99.865 %
    quantiles of the Poisson distribution, and a point counts as low (high) for a run only where
    so few (many) have a chance of at most one half: of rare events most periods show none.

    References
    ----------
    Montgomery, D. C. (2009). Introduction to Statistical Quality Control, sixth edition, section
    7.3. Wiley.

    Examples
    --------
    >>> counts = pd.DataFrame({"at": ["1", "2"], "k": [14, 12], "n": [10.0, 8.0]})
    >>> u_chart(counts)[["value", "centre", "low", "high"]].round(2).values.tolist()
    [[1.4, 1.44, 0.3, 2.58], [1.5, 1.44, 0.17, 2.72]]
    """
    table = COUNTED.check(counts).reset_index(drop=True)
    k, n = table["k"].to_numpy(dtype=float), table["n"].to_numpy(dtype=float)
    if (k < 0).any() or (n < 0).any():
        raise ValueError("k and n must not be negative")
    known = _base(table, until)
    size = np.where(n > 0, n, np.nan)
    centre = k[known].sum() / n[known].sum() if n[known].sum() else float("nan")
    usual, rare = _normal_limits(k / size, centre, size), _poisson_limits(k, centre, size)
    exact = centre * size < exact_below
    low, high, score = (np.where(exact, a, b) for a, b in zip(rare, usual, strict=True))
    middle = np.where(n > 0, centre, np.nan)
    return _Chart(table.assign(value=k / size), middle, low, high, score).told(rules)


def _normal_limits(value: Vector, centre: float, n: Vector) -> tuple[Vector, Vector, Vector]:
    spread = np.sqrt(centre / n)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = (value - centre) / spread
    return np.maximum(centre - 3 * spread, 0), centre + 3 * spread, score


def _poisson_limits(k: Vector, centre: float, n: Vector) -> tuple[Vector, Vector, Vector]:
    law = stats.poisson(centre * n)
    return law.ppf(_TAIL) / n, law.isf(_TAIL) / n, _score(law, k)


def _score(law: Any, values: Vector) -> Vector:
    """The normal score of the chance to go as far; 0 where either side is likely."""
    at_most, at_least = law.cdf(values), law.sf(values - 1)
    high = np.where(at_least <= 0.5, stats.norm.isf(at_least), 0.0)
    score: Vector = np.where(at_most <= 0.5, stats.norm.ppf(at_most), high)
    return np.where(np.isnan(at_most), np.nan, score)


def g_chart(
    gaps: pd.DataFrame,
    *,
    until: str | None = None,
    rules: Sequence[str] = ("limit", "run"),
) -> pd.DataFrame:
    """
    Chart the cases (or working days) between events that are too rare for monthly rates.

    A long gap is good news: above the upper limit the events have become rarer.

    Parameters
    ----------
    gaps
        ``at, gap``, one row an event, in order; as `gaps_between` gives them.
    until
        Centre and limits rest on the points up to this one; None: on all.
    rules
        Of `signals.RULES`.

    Returns
    -------
    DataFrame
        ``at, gap, value, centre, low, high, signal``.

    Raises
    ------
    TableError, ValueError
        A column is missing or not of its kind; a gap is below 1; ``until`` is no point.

    Notes
    -----
    With the same chance p at each case a gap is geometric; p is estimated by 1 / mean gap. The
    limits are exact quantiles, and the centre is the median: the distribution is so skewed that
    63 % of gaps lie below its mean, and runs would mean nothing.

    References
    ----------
    Benneyan, J. C. (2001). Number-between g-type statistical quality control charts for
    monitoring adverse events. Health Care Management Science 4, 305-318.

    Examples
    --------
    >>> gaps = pd.DataFrame({"at": ["1", "2", "3"], "gap": [1, 2, 3]})
    >>> g_chart(gaps)[["value", "centre", "low", "high"]].values.tolist()
    [[1.0, 1.0, 1.0, 10.0], [2.0, 1.0, 1.0, 10.0], [3.0, 1.0, 1.0, 10.0]]
    """
    table = GAPS.check(gaps).reset_index(drop=True)
    value = table["gap"].to_numpy(dtype=float)
    if (value < 1).any():
        raise ValueError("gap counts the case of the event itself and is at least 1")
    known = value[_base(table, until)]
    law = stats.geom(1 / known.mean() if len(known) else np.nan)
    centre, low, high = law.ppf(0.5), law.ppf(_TAIL), law.isf(_TAIL)
    return _Chart(table.assign(value=value), centre, low, high, _score(law, value)).told(rules)


def gaps_between(cases: pd.DataFrame | ir.Table) -> pd.DataFrame:
    """
    Count the cases between events.

    Parameters
    ----------
    cases
        ``case_id, at, k``: when each case was done and whether it was one (0 or 1, or more).

    Returns
    -------
    DataFrame
        ``at, gap``: for `g_chart`; the cases after the last event are not a gap yet.

    Examples
    --------
    >>> cases = pd.DataFrame({"case_id": list("abcd"), "at": list("1234"), "k": [0, 1, 1, 0]})
    >>> gaps_between(cases).values.tolist()
    [['2', 2], ['3', 1]]
    """
    table = engine.table(FLAGGED.check(cases))
    order = ibis.window(order_by=[table["at"], table["case_id"]])
    placed = table.mutate(place=ibis.row_number().over(order) + 1)
    events = placed.filter(placed.k > 0)
    before = events.place.lag(1).over(ibis.window(order_by=events.place)).fill_null(0)
    found = events.select("place", at=events["at"].cast("string"), gap=events.place - before)
    with sessions.session() as con:
        there = engine.backend_of(cases) if isinstance(cases, ir.Table) else con
        rows = engine.frame(found, there)
    return GAPS.check(rows.sort_values("place")[GAPS.names].reset_index(drop=True))


def individuals_chart(
    series: pd.DataFrame,
    *,
    log: bool = False,
    until: str | None = None,
    rules: Sequence[str] = ("limit", "run"),
) -> pd.DataFrame:
    """
    Chart one figure a period, its spread taken from how far neighbours lie apart (XmR).

    Parameters
    ----------
    series
        ``at, value``, one row a period, in order; a period may be empty.
    log
        Whether the limits are reckoned on the logarithm: right for times, which are skewed.
    until
        Centre and limits rest on the points up to this one; None: on all.
    rules
        Of `signals.RULES`.

    Returns
    -------
    DataFrame
        ``at, value, …, centre, low, high, signal``; with ``log`` the centre is a geometric mean.

    Raises
    ------
    TableError, ValueError
        A column is missing or not of its kind; a value is not above 0 where ``log`` is asked for;
        ``until`` is no point.

    Notes
    -----
    x̄ ± 3 · mean |x_i − x_{i−1}| / 1.128. Neighbours that resemble each other (autocorrelation)
    make the limits too tight, seasons make them too wide.

    References
    ----------
    NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2.

    Examples
    --------
    >>> series = pd.DataFrame({"at": list("abc"), "value": [10.0, 12.0, 11.0]})
    >>> individuals_chart(series)[["centre", "low", "high"]].round(2).values.tolist()[0]
    [11.0, 7.01, 14.99]
    """
    table = SERIES.check(series).reset_index(drop=True)
    value = table["value"].to_numpy(dtype=float)
    if log and (value <= 0).any():
        raise ValueError("log=True needs values above 0; leave it out, or leave those out")
    there, back = _scale(log)
    x, known = there(value), _base(table, until)
    base = x[known & ~np.isnan(x)]
    centre = base.mean() if len(base) else float("nan")
    spread = np.abs(np.diff(base)).mean() / _D2 if len(base) > 1 else float("nan")
    with np.errstate(invalid="ignore", divide="ignore"):
        score = (x - centre) / spread
    low, high = back(centre - 3 * spread), back(centre + 3 * spread)
    return _Chart(table.assign(value=value), back(centre), low, high, score).told(rules)


def _scale(log: bool) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """The way to the scale of reckoning and the way back."""
    return (np.log, np.exp) if log else (lambda x: x, lambda x: x)


def _base(table: pd.DataFrame, until: str | None) -> npt.NDArray[np.bool_]:
    """Tell which points the limits rest on."""
    if until is None:
        return np.ones(len(table), dtype=bool)
    found = np.flatnonzero(table["at"] == until)
    if not len(found):
        raise ValueError(f"until is {until!r}; give one of {table['at'].tolist()}")
    base: npt.NDArray[np.bool_] = np.arange(len(table)) <= found[-1]
    return base


def cycle_chart(
    cases: pd.DataFrame | ir.Table,
    *,
    every: Every = "month",
    until: str | None = None,
    rules: Sequence[str] = ("limit", "run"),
    smallest: int = 5,
) -> pd.DataFrame:
    """
    Chart the median working time of the cases closed in each month or week.

    Parameters
    ----------
    cases
        ``tables.CASES``, as `case_times` gives them.
    every, smallest
        As for `closing_times`.
    until, rules
        As for `individuals_chart`.

    Returns
    -------
    DataFrame
        ``at, value, n, centre, low, high, signal`` in working hours; reckoned on the logarithm
        unless some median is 0.

    Examples
    --------
    >>> days = pd.date_range("2024-01-15", periods=4, freq="MS")
    >>> cases = pd.DataFrame({
    ...     "case_id": list("abcd"), "first": days, "last": days, "open": False,
    ...     "elapsed_hours": 0.0, "work_hours": [2.0, 4.0, 2.0, 4.0],
    ... })
    >>> cycle_chart(cases, smallest=1)[["at", "value", "centre"]].round(2).values.tolist()[0]
    ['2024-02', 2.0, 2.83]
    """
    series = closing_times(cases, every=every, smallest=smallest)
    log = bool((series["value"].dropna() > 0).all())
    return individuals_chart(series, log=log, until=until, rules=rules)
