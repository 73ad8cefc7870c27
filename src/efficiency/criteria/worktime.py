"""How much working time lies between two moments, and where a working deadline falls."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from efficiency._doors import engine, sessions
from efficiency._doors.engine import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Value
from efficiency.criteria.calendar import PLACES, Calendar


def day_of(moment: Value, of_day: int = MICROSECONDS_PER_DAY) -> Value:
    """The day of a moment, both counted from 1970; ``of_day``: what the moment counts in a day."""
    return engine.floor_div(moment, of_day)


def day_table(calendar: Calendar, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The day table from one moment to another, with a day to spare on both sides."""
    spare = dt.timedelta(days=1)
    return calendar.days(first.date() - spare, last.date() + spare)


def spans_of(days: ir.Table) -> int:
    """Count the office spans of a day table."""
    return sum(name.startswith("open_") for name in days.columns)


def with_days(
    table: ir.Table,
    days: ir.Table,
    micros: str,
    prefix: str,
    *columns: str,
    of_day: int = MICROSECONDS_PER_DAY,
) -> ir.Table:
    """
    Join the day of a moment.

    Parameters
    ----------
    table
        Has ``calendar`` and the column that ``micros`` names (microseconds since 1970).
    days
        The day table.
    prefix
        Goes before each joined name, so that several moments of a row can be joined.
    columns
        Those of the day table to bring along.
    of_day
        What the moments count in a day, where they are no microseconds.

    Returns
    -------
    Table
        The table with ``prefix`` + each column; empty where the moment is.
    """
    side = days.select(
        **{f"{prefix}place": days.place, f"{prefix}day": days.day},
        **{prefix + name: days[name] for name in columns},
    )
    place = table.calendar * PLACES + day_of(table[micros], of_day)
    return table.left_join(side, place == side[f"{prefix}place"]).drop(f"{prefix}place")


def worked(
    table: ir.Table, micros: str, prefix: str, spans: int, of_day: int = MICROSECONDS_PER_DAY
) -> Value:
    """
    W: working microseconds before a moment whose day was joined under ``prefix``.

    Notes
    -----
    W(t) = before[day] + Σ clamp(t's time of day − open, 0, close − open) over the day's spans.
    """
    since = table[micros] - table[f"{prefix}day"] * of_day
    total = table[f"{prefix}before"]
    for i in range(1, spans + 1):
        opens, closes = table[f"{prefix}open_{i}"], table[f"{prefix}close_{i}"]
        # Of a moment without a day all are empty; Ibis' clip would ask for that at each turn.
        total = total + (ibis.least(ibis.greatest(since, opens), closes) - opens)
    return total


def with_work(
    table: ir.Table, days: ir.Table, of_day: int = MICROSECONDS_PER_DAY, /, **moments: str
) -> ir.Table:
    """
    Add W under each given name for the column of moments it names.

    Parameters
    ----------
    table
        Has ``calendar`` and the moments, in microseconds since 1970.
    days
        The day table.
    of_day
        What moments and day table count in a day, where they are no microseconds.
    moments
        The column of moments by the name of its W.
    """
    names = [name for name in days.columns if name.startswith(("open_", "close_"))]
    for name, micros in moments.items():
        prefix = f"{name}__"
        joined = with_days(table, days, micros, prefix, "before", *names, of_day=of_day)
        work = worked(joined, micros, prefix, spans_of(days), of_day)
        table = joined.select(*table.columns, **{name: work})
    return table


def bucket_width(days: pd.DataFrame) -> int:
    """The length of the shortest working day: no bucket of `work_index` is longer."""
    return int(days.loc[days["working"], "length"].min())


def work_index(days: pd.DataFrame) -> pd.DataFrame:
    """
    The table that finds the day of a working microsecond by an equi-join.

    Returns
    -------
    DataFrame
        One row a calendar and bucket: ``place`` (calendar × PLACES + bucket), ``day``, and
        ``next_day`` for what lies at or after ``after``. A bucket is as long as the shortest
        working day, so it touches at most two.

    Notes
    -----
    Range and as-of joins do not run on every engine; joins on equality do.
    """
    width, parts = bucket_width(days), []
    for number, part in days[days["working"]].groupby("calendar"):
        after = (part["before"] + part["length"]).to_numpy()
        buckets = np.arange(int(after[-1]) // width + 1)
        at = np.searchsorted(after, buckets * width, side="right").clip(max=len(part) - 1)
        day = part["day"].to_numpy()
        columns = {
            "place": number * PLACES + buckets,
            "day": day[at],
            "next_day": day[np.minimum(at + 1, len(part) - 1)],
            "after": after[at],
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def with_work_day(table: ir.Table, index: ir.Table, width: int, work: str, name: str) -> ir.Table:
    """
    Add the day in which a working microsecond lies, as the microsecond at which it begins.

    Parameters
    ----------
    table
        Has ``calendar`` and the column of working microseconds that ``work`` names.
    index, width
        As `work_index` and `bucket_width` give them.
    """
    buckets = index.rename({f"{name}_{column}": column for column in index.columns})
    place = table.calendar * PLACES + engine.floor_div(table[work], width)
    found = table.left_join(buckets, place == buckets[f"{name}_place"])
    day = (found[work] >= found[f"{name}_after"]).ifelse(
        found[f"{name}_next_day"], found[f"{name}_day"]
    )
    return found.select(*table.columns, **{name: day * MICROSECONDS_PER_DAY})


def moment_in_day(table: ir.Table, work: str, prefix: str, spans: int) -> Value:
    """
    The moment at which a working microsecond begins: the inverse of W.

    Parameters
    ----------
    table
        Has the column of working microseconds that ``work`` names, and under ``prefix`` the day
        in which it lies.
    spans
        The number of office spans of the day table.
    """
    rest = table[work] - table[f"{prefix}before"]
    start = table[f"{prefix}day"] * MICROSECONDS_PER_DAY
    earlier, branches = 0, []
    for i in range(1, spans + 1):
        opens, closes = table[f"{prefix}open_{i}"], table[f"{prefix}close_{i}"]
        branches.append(
            ((rest >= 0) & (rest < earlier + closes - opens), start + opens + rest - earlier)
        )
        earlier = earlier + closes - opens
    return ibis.cases(*branches)


def work_hours(
    start: pd.Series, end: pd.Series, calendar: Calendar, unit: str | None = None
) -> pd.Series:
    """
    The working hours from one moment to another.

    Parameters
    ----------
    start, end
        Times of equal length and index; naive office clock.
    calendar
        The working calendar.
    unit
        The unit whose hours count; None, or one without hours of its own: the office's.

    Returns
    -------
    Series
        Hours inside office spans, half open; negative where ``end`` lies before ``start``;
        empty where either is.

    Examples
    --------
    Registered at 17:25, forwarded at 8:45 the next working morning: 35 and 15 minutes.

    >>> start = pd.Series(pd.to_datetime(["2024-03-05 17:25"]))
    >>> end = pd.Series(pd.to_datetime(["2024-03-06 08:45"]))
    >>> work_hours(start, end, Calendar()).round(4).tolist()
    [0.8333]
    """
    numbers = {name: i for i, (name, _) in enumerate(calendar.units, start=1)}
    known = pd.concat([start, end]).dropna()
    if known.empty:
        return pd.Series(np.nan, index=start.index, name="work_hours")
    days = engine.table(day_table(calendar, known.min(), known.max()))
    plain = pd.DataFrame({"a": start.to_numpy(), "b": end.to_numpy()}).reset_index(names="i")
    table = engine.table(plain).mutate(calendar=ibis.literal(numbers.get(unit or "", 0)))
    moments = table.mutate(a=engine.microseconds(table.a), b=engine.microseconds(table.b))
    both = with_work(moments, days, w_a="a", w_b="b").order_by("i")
    with sessions.session() as con:
        hours = engine.frame(both.select(h=(both.w_b - both.w_a) / MICROSECONDS_PER_HOUR), con)
    return hours["h"].set_axis(start.index).astype("float64").rename("work_hours")
