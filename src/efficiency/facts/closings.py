"""How long the cases took that were closed in each month or week: a series in time."""

from __future__ import annotations

from typing import Literal

import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import engine, sessions

Every = Literal["month", "week"]

#: As Ibis truncates to it, as pandas counts on by it, and how the period's name is written.
_PERIODS = {"month": ("M", "MS", "%Y-%m"), "week": ("W", "W-MON", "%Y-%m-%d")}

#: What is read of ``tables.CASES``.
_READ = ("first", "last", "open", "elapsed_hours", "work_hours")


def closing_times(
    cases: pd.DataFrame | ir.Table, *, every: Every = "month", smallest: int = 5
) -> pd.DataFrame:
    """
    The median working time of the cases closed in each month or week.

    Parameters
    ----------
    cases
        ``tables.CASES``, as `case_times` gives them.
    every
        ``month`` or ``week``; a week is named by its Monday.
    smallest
        Periods in which fewer cases were closed have no value.

    Returns
    -------
    DataFrame
        ``tables.CLOSING_TIMES``: median working hours of the closed cases and their number, one row
        a period, those without any among them.

    Raises
    ------
    ValueError
        ``every`` is neither.

    Notes
    -----
    At the edges of a log what is closed is not what usually is: the first cases closed can only
    be short ones, and after the last case came in only long ones are left. So the periods are
    those that begin once 95 % of cases would have had the time to be closed (elapsed hours after
    the log's first moment), up to the one in which the last case came in.

    Examples
    --------
    >>> cases = pd.DataFrame({
    ...     "first": pd.to_datetime(["2024-01-31", "2024-01-31", "2024-03-05"]), "open": False,
    ...     "last": pd.to_datetime(["2024-01-31", "2024-02-01", "2024-03-06"]),
    ...     "elapsed_hours": [0.0, 24.0, 24.0], "work_hours": [0.0, 7.0, 8.0],
    ... })
    >>> closing_times(cases, smallest=1).values.tolist()
    [['2024-02', 7.0, 1], ['2024-03', 8.0, 1]]
    """
    if every not in _PERIODS:
        raise ValueError(f"every is {every!r}; use 'month' or 'week'")
    truncate, step, name = _PERIODS[every]
    table = engine.table(tables.CASES.check(cases, _READ))
    with sessions.session() as con:
        there = engine.backend_of(cases) if isinstance(cases, ir.Table) else con
        found = engine.frame(_medians(table, truncate), there).set_index("period")
        begin, end = _edges(table, there)
    none = pd.DatetimeIndex([])
    periods = none if pd.isna(begin) else pd.date_range(begin.ceil("D"), end, freq=step)
    grid = found.reindex(periods.rename("period")).reset_index()
    n = grid["n"].fillna(0).astype("int64")
    told = pd.DataFrame(
        {
            "at": grid["period"].dt.strftime(name).astype(object),
            "value": grid["value"].where(n >= max(smallest, 1)).astype("float64"),
            "n": n,
        }
    )
    return tables.CLOSING_TIMES.check(told)


def _closed(table: ir.Table) -> ir.Table:
    done = ~table["open"] & table["work_hours"].notnull()
    return table.filter(done & ~table["cancelled"] if "cancelled" in table.columns else done)


def _medians(table: ir.Table, truncate: str) -> ir.Table:
    closed = _closed(table).mutate(period=table["last"].truncate(truncate).cast("timestamp"))
    return closed.group_by("period").aggregate(
        value=closed["work_hours"].median(), n=closed.count()
    )


def _edges(table: ir.Table, con: BaseBackend) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From when and until when what is closed is what usually is."""
    closed = _closed(table)
    seen = engine.frame(table.aggregate(first=table["first"].min(), last=table["first"].max()), con)
    long = engine.frame(closed.aggregate(hours=closed["elapsed_hours"].quantile(0.95)), con)
    begin = seen["first"].iloc[0] + pd.Timedelta(hours=float(long["hours"].fillna(0).iloc[0]))
    return begin, seen["last"].iloc[0]
