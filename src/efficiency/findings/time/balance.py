"""Whether more comes in at a unit than goes out, and whether it comes in bursts at month's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import day_of
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.workload import Place, visits
from efficiency.findings.standards.clocks.deadlines import micros_of

#: Fewer arrivals than these, or fewer weeks, prove nothing.
FEWEST, FEWEST_WEEKS = 30, 8
_WEEK = 7 * MICROSECONDS_PER_DAY
_TOLD = ("ratio", "low", "high", "net_per_week", "net_low", "net_high", "p")


def balance(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Place = "unit",
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Hold what comes in at each unit against what goes out.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one.
    by
        ``unit`` or ``activity``.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    DataFrame
        One row a unit, by name: ``unit, since`` (from when it is counted)``, weeks, arrivals,
        completions, open_before, open`` (at the cut-off; arrivals − completions more than
        before)``, ratio`` (arrivals ÷ completions) with its 95 % interval ``low, high``;
        ``net_per_week`` (arrivals − completions in a working week of five days) with ``net_low,
        net_high``; ``p`` of "more comes in than goes out" (one-sided); ``reason`` where none of
        these is told: ``few`` (fewer than 30 came or were done), ``short`` (fewer than 8 weeks, or
        items stay so long that filling up cannot be told from too much work), ``unseen`` (for
        most of them the log does not say when they came, so that what waits is not in it).

    Notes
    -----
    A log begins with empty desks, and a desk that is up to its work first fills up to what always
    lies there. So the first weeks do not count: as long as 95 of 100 of the items of the first
    quarter of the time stayed. What lay there then is ``open_before``.

    Weeks are not independent: a slow one is made up for in the next, or a rush lasts. Neighbouring
    weeks are put together, n^(1/3) of n in a block, and R = ΣA/ΣC over m blocks has
    Var(ln R) ≈ m/(m−1) Σ (A_b − R C_b)² / (ΣA)²; the net is treated likewise. Both intervals and
    the p use Student's t with m − 1 degrees of freedom. In 1,500 simulated single desks with 1.2
    times the work they can do, 1,860 arrivals in two years, the interval held 1.2 in 96 of 100,
    and p lay below 0.01 in all; at 60 to 95 % use, and where items simply stay for two months,
    p lay below 0.05 in at most 1 of 300.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, third edition, section 6.4. Wiley.

    Carlstein, E. (1986). The use of subseries values for estimating the variance of a general
    statistic from a stationary sequence. Annals of Statistics 14, 1171-1179.

    Examples
    --------
    Three documents are too few to say anything but their number.

    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2", "3"], "activity": ["拟办"] * 3, "unit": ["综合处"] * 3,
    ...     "received": pd.to_datetime(["2024-03-05", "2024-03-06", "2024-03-07"]),
    ...     "end": pd.to_datetime(["2024-03-06", "2024-03-07", None]),
    ... })
    >>> balance(log)[["unit", "arrivals", "completions", "open", "reason"]].values.tolist()
    [['综合处', 3, 2, 1, 'few']]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        steps = events.keep(visits(events, by))
        stop = micros_of(events.cutoff) + 1
        spans = events.frame(_spans(steps, stop)).sort_values("hand")
        arrivals = _weekly(steps, "arrival", stop, events)
        completions = _weekly(steps.filter(steps.end.notnull()), "end", stop, events)
        days = events.day_frame[events.day_frame["calendar"] == 0].set_index("day")["ordinal"]
    rows = []
    for span in spans.to_dict("records"):
        hand = span["hand"]
        flows = (_of_hand(arrivals, hand), _of_hand(completions, hand))
        rows.append({by: hand, **_balance_of(*flows, span, stop, days)})
    columns = [name for name in tables.BALANCE.names if name not in ("unit", "p_adjusted")]
    return tables.BALANCE.check(pd.DataFrame(rows, columns=[by, *columns]))


def _spans(steps: ir.Table, stop: int) -> ir.Table:
    """When each hand's first item came, and how long 95 of 100 early ones stayed."""
    firsts = steps.group_by("hand").aggregate(
        first=steps.arrival.min(), recorded=steps.recorded.cast("float64").mean()
    )
    known = steps.join(firsts.select("hand", "first"), "hand")
    early = known.arrival <= known.first + engine.floor_div(stop - known.first, 4)
    # What came early and was never done is no sign of long stays, but of work left lying.
    done = early & known.end.notnull()
    stayed = known.end - known.arrival
    stays = known.group_by("hand").aggregate(stay=stayed.quantile(0.95, where=done))
    joined = firsts.join(stays, "hand")
    return joined.mutate(stay=joined.stay.fill_null(stop - joined["first"]))


def _weekly(steps: ir.Table, moment: str, stop: int, events: Events) -> pd.Series:
    """Count moments by hand and week, weeks counted back from the cut-off, which is in week 0."""
    week = engine.floor_div(stop - 1 - steps[moment], _WEEK)
    counts = events.frame(steps.group_by("hand", week=week).aggregate(n=steps.count()))
    return counts.set_index(["hand", "week"])["n"]


def _of_hand(counts: pd.Series, hand: str) -> pd.Series:
    known = hand in counts.index.get_level_values("hand")
    return counts.loc[hand] if known else pd.Series(dtype="int64")


def _balance_of(
    arrivals: pd.Series, completions: pd.Series, span: dict[str, Any], stop: int, days: pd.Series
) -> dict[str, Any]:
    """The row of one hand: all its weeks where nothing can be told, else those that count."""
    weeks = int((stop - span["first"] - span["stay"]) // _WEEK)
    reason = _reason(arrivals.sum(), completions.sum(), weeks, span, stop)
    first = stop - weeks * _WEEK if reason is None else span["first"]
    counted = weeks if reason is None else -(-(stop - span["first"]) // _WEEK)
    came, left = (
        flow.reindex(range(counted), fill_value=0).to_numpy(dtype=float)[::-1]
        for flow in (arrivals, completions)
    )
    open_now = int(arrivals.sum() - completions.sum())
    row = {
        "since": pd.Timestamp(first - (reason is None), unit="us"),
        "weeks": counted,
        "arrivals": int(came.sum()),
        "completions": int(left.sum()),
        "open_before": open_now - int(came.sum() - left.sum()),
        "open": open_now,
        "reason": reason,
    }
    if reason is None and not (came.sum() and left.sum()):
        row["reason"] = "few"
    if row["reason"]:
        return row
    last_day, first_day = stop // MICROSECONDS_PER_DAY, first // MICROSECONDS_PER_DAY
    working_weeks = (days[last_day] - days[first_day]) / 5
    return row | flow_balance(came, left, working_weeks)


def _reason(
    arrivals: int, completions: int, weeks: int, span: dict[str, Any], stop: int
) -> str | None:
    """Tell why nothing can be said of a hand; None where it can."""
    if min(arrivals, completions) < FEWEST:
        return "few"
    if span["recorded"] < 0.5:
        return "unseen"
    if weeks < FEWEST_WEEKS or span["stay"] > (stop - span["first"]) / 2:
        return "short"
    return None


def flow_balance(
    arrivals: np.ndarray, completions: np.ndarray, working_weeks: float | None = None
) -> dict[str, float]:
    """
    The ratio and the net of weekly arrivals and completions, with their intervals.

    Parameters
    ----------
    arrivals, completions
        Counts a week, in order.
    working_weeks
        The weeks' working days ÷ 5; None: their number.

    Returns
    -------
    dict
        ``ratio, low, high, net_per_week, net_low, net_high, p``; see `balance`.

    Examples
    --------
    Every week one more comes in than goes out; nothing is left to chance.

    >>> told = flow_balance(np.full(8, 5.0), np.full(8, 4.0))
    >>> told["ratio"], told["net_per_week"], told["p"]
    (1.25, 1.0, 0.0)
    """
    from scipy import stats  # takes seconds to import, and counting alone does not need it

    weeks = len(arrivals)
    blocks = weeks // max(1, round(weeks ** (1 / 3)))
    parts = np.array_split(np.arange(weeks), blocks)
    came, left, size = (
        np.array([values[part].sum() for part in parts])
        for values in (arrivals, completions, np.ones(weeks))
    )
    ratio, net = came.sum() / left.sum(), came.sum() - left.sum()
    scale = blocks / (blocks - 1)
    error = np.sqrt(scale * ((came - ratio * left) ** 2).sum()) / came.sum()
    spread = np.sqrt(scale * ((came - left - size * net / weeks) ** 2).sum())
    wide = stats.t.ppf(0.975, blocks - 1)
    per = working_weeks or weeks
    p = stats.t.sf(net / spread, blocks - 1) if spread else float(net <= 0)
    return {
        "ratio": float(ratio),
        "low": float(ratio * np.exp(-wide * error)),
        "high": float(ratio * np.exp(wide * error)),
        "net_per_week": float(net / per),
        "net_low": float((net - wide * spread) / per),
        "net_high": float((net + wide * spread) / per),
        "p": float(p),
    }


def month_end(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Place = "unit",
    days: int = 3,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Hold the arrivals of each month's last working days against those of its other working days.

    Parameters
    ----------
    log, calendar, by, cutoff
        As for `balance`.
    days
        How many working days of the office are a month's end.

    Returns
    -------
    DataFrame
        One row a unit, by name: ``unit, end_days, end_arrivals, other_days, other_arrivals,
        off_arrivals`` (on days off: not compared)``, ratio`` (arrivals a day at month's end ÷ on
        other days) with its 95 % interval ``low, high; dispersion`` (of the daily counts, 1 if
        they vary as chance alone makes them)``, p`` of "more at month's end" (one-sided). Nothing
        is told of fewer than 30 arrivals or fewer than two months' ends.

    Notes
    -----
    Given their sum, two Poisson counts are binomial, so that the interval of the ratio is that of
    a share (Clopper-Pearson). Arrivals come in bunches: both counts are first divided by the
    dispersion φ = Σ (x − x̄)²/x̄ ÷ (days − 2), if it is more than 1, which makes the interval wider.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from
    Poisson series. Biometrika 31, 313-323.

    McCullagh, P. and Nelder, J. A. (1989). Generalized Linear Models, second edition, section
    6.2.3. Chapman and Hall.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2"], "activity": ["拟办"] * 2, "unit": ["综合处"] * 2,
    ...     "received": pd.to_datetime(["2024-03-28", "2024-04-01"]),
    ... })
    >>> month_end(log)[["end_days", "end_arrivals", "other_days", "other_arrivals"]].values.tolist()
    [[2, 1, 1, 1]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        steps = visits(events, by)
        counts = events.frame(
            steps.group_by("hand", day=day_of(steps.arrival)).aggregate(n=steps.count())
        )
        table = events.day_frame[events.day_frame["calendar"] == 0]
    last = micros_of(events.cutoff) // MICROSECONDS_PER_DAY
    at_end = _at_month_end(table[table["working"]], days)
    rows = []
    for hand, group in counts.sort_values("hand").groupby("hand"):
        daily = group.set_index("day")["n"]
        seen = at_end[(at_end.index >= daily.index.min()) & (at_end.index <= last)]
        off = int(daily.sum() - daily.reindex(seen.index, fill_value=0).sum())
        rows.append({by: hand, **_burst(daily.reindex(seen.index, fill_value=0), seen, off)})
    return pd.DataFrame(rows)


def _at_month_end(working: pd.DataFrame, days: int) -> pd.Series:
    """Tell of each working day whether it is one of the last of its month."""
    month = pd.to_datetime(working["day"], unit="D").dt.to_period("M")
    left = working.groupby(month.to_numpy())["day"].rank(ascending=False)
    return pd.Series((left <= days).to_numpy(), index=working["day"].to_numpy())


def _burst(daily: pd.Series, at_end: pd.Series, off: int) -> dict[str, Any]:
    from scipy import stats

    parts = (daily[at_end], daily[~at_end])
    (k, n), (k_other, n_other) = ((int(part.sum()), len(part)) for part in parts)
    row: dict[str, Any] = {
        "end_days": n,
        "end_arrivals": k,
        "other_days": n_other,
        "other_arrivals": k_other,
        "off_arrivals": off,
    }
    told = dict.fromkeys(("ratio", "low", "high", "dispersion", "p"), np.nan)
    if k + k_other < FEWEST or n < 6 or not n_other or not k_other:
        return row | told
    misfit = sum(((part - part.mean()) ** 2).sum() / part.mean() for part in parts if part.any())
    dispersion = misfit / (n + n_other - 2)
    a, b = k / max(1.0, dispersion), k_other / max(1.0, dispersion)
    low = stats.beta.ppf(0.025, a, b + 1) if a else 0.0
    high = stats.beta.ppf(0.975, a + 1, b)
    even = n / (n + n_other)
    return row | {
        "ratio": (k / n) / (k_other / n_other),
        "low": float(low / (1 - low) * n_other / n),
        "high": float(high / (1 - high) * n_other / n),
        "dispersion": float(dispersion),
        "p": float(stats.beta.cdf(even, a, b + 1)) if a else 1.0,
    }
