"""How much reaches each unit, how much leaves it, and how much lies there and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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
from efficiency.facts.events import Events, Log, observed

Place = Literal["unit", "activity"]
Every = Literal["month", "week"]
#: Later than any moment of a log.
_NEVER = 2**61


def workload(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Place = "unit",
    every: Every = "month",
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Count what reached each unit and what it finished, and what lay there at each period's end.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one. A step's age is told on its unit's clock.
    by
        ``unit``, or ``activity`` for the steps of a kind wherever they are done.
    every
        ``month`` or ``week`` (from Monday).
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    DataFrame
        ``unit`` (or ``activity``; '' where it is not known)``, period`` (2024-03, or the week's
        Monday)``, until`` (its end, or the cut-off)``, arrivals, completions, open`` (at its
        end)``, median_age_hours, p90_age_hours`` (of the open: working hours since they came),
        by unit and period; periods without any are there too.

    Raises
    ------
    ValueError
        If ``by`` or ``every`` is none of these.

    Notes
    -----
    Steps are counted, not cases: see `visits` for when one comes and goes. Hence ``open`` is all
    arrivals so far less all completions so far.

    Examples
    --------
    Received on 29 March and not done before 1 April: it lay there at the end of March, for the
    three and a half working hours of that Friday afternoon.

    >>> log = pd.DataFrame({
    ...     "case_id": ["1"], "activity": ["拟办"], "unit": ["综合处"],
    ...     "received": pd.to_datetime(["2024-03-29 14:30"]),
    ...     "end": pd.to_datetime(["2024-04-01 09:00"]),
    ... })
    >>> told = workload(log)[["period", "arrivals", "completions", "open", "median_age_hours"]]
    >>> told.values.tolist()
    [['2024-03', 1, 0, 1, 3.5], ['2024-04', 0, 1, 0, nan]]
    """
    if every not in ("month", "week"):
        raise ValueError(f"every is {every!r}; use 'month' or 'week'")
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        steps = events.keep(visits(events, by))
        ages = events.frame(_ages(steps, events, every))
        arrivals = _counted(steps, "arrival", every, events)
        completions = _counted(steps.filter(steps.end.notnull()), "end", every, events)
    table = _gridded(arrivals, completions, ages, events.cutoff, every)
    return tables.WORKLOAD.check(table.rename(columns={"hand": by}))


def visits(events: Events, by: Place = "unit") -> ir.Table:
    """
    When each step came to its unit and when it left.

    Parameters
    ----------
    events
        Observed with a calendar.
    by
        Whose visits they are: ``unit`` or ``activity``.

    Returns
    -------
    Table
        ``hand`` ('' where it is not known)``, calendar, arrival, end`` (microseconds; empty
        while it is there)``, recorded`` (it was written down that it had come before it was done).

    Raises
    ------
    ValueError
        If ``by`` is none of these.

    Notes
    -----
    A step comes when it was received; where that is not recorded, when the step before it in the
    case was done; else when it was taken up or done itself. Nothing comes after it was done. A step
    that is not done in a case that was closed left with the case's last moment.
    """
    if by not in ("unit", "activity"):
        raise ValueError(f"by is {by!r}; use 'unit' or 'activity'")
    place = ibis.window(group_by=events.steps.case, order_by=events.steps.position)
    steps = events.steps.mutate(previous=events.steps.end.lag().over(place))
    cases = events.cases.select("case", "open", last=engine.microseconds(events.cases["last"]))
    named = steps.join(cases, "case").join(events.activities, "code")
    end = ibis.coalesce(named.end, named.open.ifelse(ibis.null("int64"), named["last"]))
    came = ibis.coalesce(named.received, named.previous, named.start, end)
    return named.select(
        "calendar",
        hand=named[by].fill_null(""),
        arrival=ibis.least(came, ibis.coalesce(end, _NEVER)),
        end=end,
        recorded=named.received.notnull(),
    )


def _counted(steps: ir.Table, moment: str, every: Every, events: Events) -> pd.Series:
    """Count moments by hand and period."""
    begun = engine.moment(steps[moment]).truncate("M" if every == "month" else "W")
    counts = events.frame(
        steps.group_by("hand", period=begun.cast("timestamp(6)")).aggregate(n=steps.count())
    )
    return counts.astype({"period": "datetime64[us]"}).set_index(["hand", "period"])["n"]


def _periods(first: pd.Timestamp, cutoff: pd.Timestamp, every: Every) -> pd.DataFrame:
    """When each period begins and when the next does, up to the one of the cut-off."""
    unit = "M" if every == "month" else "W-SUN"
    periods = pd.period_range(first, cutoff, freq=unit)
    begun, stop = periods.start_time, (periods + 1).start_time
    table = pd.DataFrame({"period": begun, "stop": stop, "until": stop}).astype("datetime64[us]")
    last = table.index[-1]
    table.loc[last, "until"] = cutoff
    # What happens at the cut-off itself has happened.
    table.loc[last, "stop"] = cutoff + pd.Timedelta(microseconds=1)
    return table


def _ages(steps: ir.Table, events: Events, every: Every) -> ir.Table:
    """How long what lay there at each period's end had lain there."""
    first = events.frame(steps.aggregate(first=engine.moment(steps.arrival.min())))["first"]
    periods = _periods(first.iloc[0], events.cutoff, every)
    calendars = pd.DataFrame({"calendar": events.day_frame["calendar"].unique()})
    ends = engine.table(periods.merge(calendars, how="cross"))
    ends = ends.mutate(stop=engine.microseconds(ends.stop), until=engine.microseconds(ends.until))
    ends = events.keep(with_work(ends, events.days, w_until="until"))
    here = steps.mutate(left=ibis.coalesce(steps.end, _NEVER))
    here = with_work(here, events.days, w_arrival="arrival").drop("end")
    there = here.join(
        ends,
        [here.calendar == ends.calendar, here.arrival < ends.stop, here.left >= ends.stop],
    )
    age = (there.w_until - there.w_arrival) / MICROSECONDS_PER_HOUR
    return there.group_by("hand", "period").aggregate(
        median_age_hours=age.median(), p90_age_hours=age.quantile(0.9)
    )


def _gridded(
    arrivals: pd.Series,
    completions: pd.Series,
    ages: pd.DataFrame,
    cutoff: pd.Timestamp,
    every: Every,
) -> pd.DataFrame:
    """Lay the counts out with a row for every period of every hand."""
    periods = _periods(arrivals.index.get_level_values("period").min(), cutoff, every)
    hands = sorted(arrivals.index.get_level_values("hand").unique())
    grid = pd.MultiIndex.from_product([hands, periods["period"]], names=["hand", "period"])
    table = pd.DataFrame(
        {
            "arrivals": arrivals.reindex(grid, fill_value=0),
            "completions": completions.reindex(grid, fill_value=0),
        }
    ).reset_index()
    so_far = table.groupby("hand")[["arrivals", "completions"]].cumsum()
    table = table.assign(open=so_far["arrivals"] - so_far["completions"])
    table = table.merge(periods[["period", "until"]], on="period", how="left")
    table = table.merge(ages.astype({"period": "datetime64[us]"}), "left", ["hand", "period"])
    form = "%Y-%m" if every == "month" else "%Y-%m-%d"
    counts = ["arrivals", "completions", "open"]
    hours = ["median_age_hours", "p90_age_hours"]
    return table.assign(period=table["period"].dt.strftime(form), **table[counts].astype(np.int64))[
        ["hand", "period", "until", *counts, *hours]
    ]
