"""How long cases and steps take, in working time and by the wall clock, open ones counted right."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import with_work
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, attribute_values, observed
from efficiency.facts.flows import case_variants


def case_times(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Measure each case from its first to its last moment.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one. The hours that all steps of a case keep
        count; where they keep several, the office's.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    table of the kind of ``log``
        ``tables.CASES``, a DataFrame by case id; ``age_hours``: working hours to the last moment
        of a closed case, to the cut-off of an open one. Of a cancelled case all hours go to the
        moment at which it was. And each other column of the log, by its
        first non-empty value.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"], "文种": ["请示", None],
    ...     "end": pd.to_datetime(["2024-03-05 17:30", "2024-03-06 09:00"]),
    ... })
    >>> case_times(log)[["case_id", "elapsed_hours", "work_hours", "文种"]].to_dict("tight")["data"]
    [['1', 15.5, 1.0, '请示']]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        return events.memo("case_times", _case_times)


def _case_times(events: Events) -> Any:
    timed = case_table(events)
    known = [name for name in events.attributes if name not in timed.columns]
    if known:
        values = attribute_values(events, known)
        timed = timed.left_join(values, "case_id").drop("case_id_right")
    return events.answer(timed, "case_id", of=tables.CASES)


def case_table(events: Events) -> ir.Table:
    """The cases of observed events as an expression, without their attributes."""
    cutoff = ibis.literal(events.cutoff.to_pydatetime())
    cases = events.cases.join(case_variants(events), "case")
    if events.calendar is not None and events.calendar.units:
        steps = events.steps
        kept = steps.group_by("case").aggregate(
            least=steps.calendar.min().cast("int64"), most=steps.calendar.max().cast("int64")
        )
        # The hours that all its steps keep; where they keep several, the office's.
        own = kept.select("case", calendar=(kept.least == kept.most).ifelse(kept.least, 0))
        cases = cases.join(own, "case")
    else:
        cases = cases.mutate(calendar=ibis.literal(0))
    moments = cases.mutate(
        calendar=cases.calendar.cast("int64"),
        a=engine.microseconds(cases.first),
        b=ibis.coalesce(cases.cancelled_us, engine.microseconds(cases.last)),
        c=ibis.coalesce(
            cases.cancelled_us,
            engine.microseconds(cases.open.ifelse(cutoff.cast("timestamp(6)"), cases.last)),
        ),
    )
    timed = with_work(moments, events.days, w_a="a", w_b="b", w_c="c")
    return timed.select(
        "case_id",
        "steps",
        "first",
        "last",
        "open",
        "cancelled",
        elapsed_hours=(timed.b - timed.a) / MICROSECONDS_PER_HOUR,
        work_hours=(timed.w_b - timed.w_a) / MICROSECONDS_PER_HOUR,
        variant=timed.variant,
        age_hours=(timed.w_c - timed.w_a) / MICROSECONDS_PER_HOUR,
    )


def step_times(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Measure each step: its time in the queue, in hand, and in all.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one. The hours of the step's unit count.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    table of the kind of ``log``
        ``tables.STEPS``, a DataFrame by row.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1"], "activity": ["登记"],
    ...     "received": pd.to_datetime(["2024-03-05 17:30"]),
    ...     "start": pd.to_datetime(["2024-03-06 08:45"]),
    ...     "end": pd.to_datetime(["2024-03-06 09:00"]),
    ... })
    >>> step_times(log)[["queue_hours", "handling_hours", "work_hours"]].values.tolist()
    [[0.75, 0.25, 1.0]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        return events.answer(step_table(events), "row", of=tables.STEPS)


def step_table(events: Events) -> ir.Table:
    """The steps of observed events as an expression."""
    steps = events.steps
    timed = steps.select(
        "case",
        "code",
        "row",
        "unit",
        queue_hours=(steps.w_start - steps.w_received) / MICROSECONDS_PER_HOUR,
        handling_hours=(steps.w_end - steps.w_start) / MICROSECONDS_PER_HOUR,
        work_hours=(steps.w_end - ibis.coalesce(steps.w_received, steps.w_previous))
        / MICROSECONDS_PER_HOUR,
    )
    named = timed.join(events.cases.select("case", "case_id"), "case").join(
        events.activities, "code"
    )
    return named.select(
        "row", "case_id", "activity", "unit", "queue_hours", "handling_hours", "work_hours"
    )


def step_summary(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Sum up the steps by activity, the one that takes most working time first.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    DataFrame
        ``activity, n, hours`` (of all its steps)``, p10, median, p90, queue_median,
        handling_median, queue_share`` (of its hours, where arrivals are known)``, share`` (of
        all steps' hours)``, low, high``.

    Notes
    -----
    The share is a ratio of sums over cases, R = Σ x_i / Σ T_i; its 95 % interval rests on the
    linear approximation Var(R) ≈ n/(n−1) Σ (x_i − R T_i)² / (Σ T_i)², so that the steps of one
    case need not be independent.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, third edition, section 6.4. Wiley.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "1"], "activity": ["签收", "登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 10:00", "2024-03-05 16:30"]),
    ... })
    >>> step_summary(log)[["activity", "hours", "share"]].values.tolist()
    [['转办', 4.0, 0.8], ['登记', 1.0, 0.2]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        steps = events.name(step_table(events))
        known = steps.filter(steps.work_hours.notnull())
        queued = known.filter(known.queue_hours.notnull())
        by_activity = known.group_by("activity").aggregate(
            n=known.count(),
            hours=known.work_hours.sum(),
            p10=known.work_hours.quantile(0.1),
            median=known.work_hours.median(),
            p90=known.work_hours.quantile(0.9),
            queue_median=known.queue_hours.median(),
            handling_median=known.handling_hours.median(),
        )
        in_queue = queued.group_by("activity").aggregate(
            queue_share=queued.queue_hours.sum() / queued.work_hours.sum()
        )
        summary = events.frame(by_activity.left_join(in_queue, "activity").drop("activity_right"))
        sums, whole = _case_sums(known, events)
    return tables.STEP_SUMMARY.check(_with_shares(summary, sums, whole))


def _case_sums(steps: ir.Table, events: Events) -> tuple[pd.DataFrame, pd.Series]:
    """Σx² and ΣxT by activity, and n, ΣT and ΣT² over cases."""
    whole = steps.group_by("case_id").aggregate(t=steps.work_hours.sum())
    part = steps.group_by("activity", "case_id").aggregate(x=steps.work_hours.sum())
    both = part.join(whole, "case_id")
    sums = both.group_by("activity").aggregate(
        xx=(both.x * both.x).sum(), xt=(both.x * both.t).sum()
    )
    totals = whole.aggregate(n=whole.count(), t=whole.t.sum(), tt=(whole.t * whole.t).sum())
    return events.frame(sums), events.frame(totals).iloc[0]


def _with_shares(summary: pd.DataFrame, sums: pd.DataFrame, whole: pd.Series) -> pd.DataFrame:
    table = summary.merge(sums, on="activity")
    total, n = whole["t"], whole["n"]
    share = table["hours"] / total if total else table["hours"] * np.nan
    spread = (table["xx"] - 2 * share * table["xt"] + share**2 * whole["tt"]).clip(lower=0)
    error = (spread * n / (n - 1)).pow(0.5) / total if n > 1 and total else share * np.nan
    told = table.drop(columns=["xx", "xt"]).assign(
        share=share,
        low=(share - 1.96 * error).clip(lower=0),
        high=(share + 1.96 * error).clip(upper=1),
    )
    ranked = told.sort_values(["hours", "activity"], ascending=[False, True])
    return ranked.reset_index(drop=True)


def monthly_volume(
    log: Log | Events,
    *,
    cutoff: pd.Timestamp | str | None = None,
    period: Sequence[str] | None = None,
    closed_by: ClosedBy = (),
) -> pd.DataFrame:
    """
    Count the cases that began and were closed each month, and those open at its end.

    Returns
    -------
    DataFrame
        ``month`` (2024-03)``, begun, closed, in_hand``; months without any are there too.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "2"], "activity": ["登记", "办结", "登记"],
    ...     "end": pd.to_datetime(["2024-03-05", "2024-05-06", "2024-05-07"]),
    ... })
    >>> monthly_volume(log).values.tolist()
    [['2024-03', 1, 0, 1], ['2024-04', 0, 0, 1], ['2024-05', 1, 2, 0]]
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        cases = events.cases
        began = cases.select(month=cases["first"].truncate("M"), begun=1, closed=0)
        done = cases.filter(~cases.open)
        ended = done.select(month=done["last"].truncate("M"), begun=0, closed=1)
        both = ibis.union(began, ended)
        counts = events.frame(
            both.group_by("month").aggregate(
                begun=engine.total(both.begun), closed=engine.total(both.closed)
            )
        )
    known = counts.assign(month=pd.to_datetime(counts["month"]).dt.to_period("M")).set_index(
        "month"
    )
    months = pd.period_range(known.index.min(), known.index.max(), freq="M")
    table = known.sort_index().reindex(months, fill_value=0).rename_axis("month").reset_index()
    table["in_hand"] = table["begun"].cumsum() - table["closed"].cumsum()
    return tables.VOLUME.check(table.assign(month=table["month"].astype(str)))


def unfinished(cases: pd.DataFrame) -> pd.Series:
    """Whether each case is open or was cancelled: how long it takes is then known as a least."""
    return cases["open"] | cases["cancelled"] if "cancelled" in cases else cases["open"]


def completion(cases: pd.DataFrame) -> pd.DataFrame:
    """
    Estimate the share of cases done within t working hours (Kaplan-Meier).

    Parameters
    ----------
    cases
        Has ``age_hours`` and ``open``, as `case_times` gives them.

    Returns
    -------
    DataFrame
        ``hours, share, low, high``: the share done by then with its pointwise 95 % interval
        (log-log), one row a distinct time at which a case was done.

    Notes
    -----
    An open case is not left out, which would praise the slow: it counts as not yet done for as
    long as it has been seen. S(t) = Π (1 − d_i / n_i), Greenwood's variance.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations.
    Journal of the American Statistical Association 53, 457-481.

    Examples
    --------
    >>> is_open = [False, True, False, False]
    >>> cases = pd.DataFrame({"age_hours": [1.0, 2.0, 3.0, 4.0], "open": is_open})
    >>> completion(cases)["share"].tolist()
    [0.25, 0.625, 1.0]
    """
    known = tables.AGES.check(cases).dropna(subset=["age_hours"])
    hours = known["age_hours"].clip(lower=0).to_numpy(dtype=float)
    return tables.COMPLETION.check(
        pd.DataFrame(_done_within(hours, unfinished(known).to_numpy(dtype=bool)))
    )


def _done_within(hours: np.ndarray, is_open: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of ``tables.COMPLETION``."""
    from scipy import stats  # takes seconds to import, and nothing else here needs it

    if is_open.all():
        return dict.fromkeys(tables.COMPLETION.names, np.empty(0))
    done = stats.ecdf(stats.CensoredData.right_censored(hours, is_open)).sf
    # At the very end the log-log interval has no width to give: scipy warns and says nan.
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = done.confidence_interval(method="log-log")
    events = np.isin(done.quantiles, hours[~is_open])
    return {
        "hours": done.quantiles[events],
        "share": 1 - done.probabilities[events],
        "low": 1 - interval.high.probabilities[events],
        "high": 1 - interval.low.probabilities[events],
    }


def half_done(hours: np.ndarray, is_open: np.ndarray) -> tuple[float, float, float]:
    """
    The hours by which half is done, and the ends of their 95 % interval.

    Parameters
    ----------
    hours
        How long each took, or has taken.
    is_open
        Whether it is still not done.

    Returns
    -------
    tuple
        As `hours_to_share` tells them of a `completion`; infinite where half is never done.

    Examples
    --------
    >>> half_done(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, True, False, False]))[0]
    3.0
    """
    done = _done_within(hours, is_open)
    half, low, high = (
        _reached(done["hours"], done[name], 0.5) for name in ("share", "high", "low")
    )
    return half, low, high


def _reached(hours: np.ndarray, shares: np.ndarray, share: float) -> float:
    """The first hours at which a share is reached."""
    # A product of shares comes to an exact half only up to rounding.
    reached = hours[shares >= share - 1e-9]
    return float(reached.min()) if len(reached) else float("inf")


def hours_to_share(completed: pd.DataFrame, share: float = 0.5) -> float:
    """
    The working hours by which a share of cases is done; infinite where it never is.

    Examples
    --------
    >>> hours_to_share(pd.DataFrame({"hours": [1.0, 3.0], "share": [0.25, 0.625]}))
    3.0
    """
    known = tables.COMPLETION.check(completed, ("hours", "share"))
    return _reached(known["hours"].to_numpy(), known["share"].to_numpy(), share)
