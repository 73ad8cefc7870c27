"""Who was on duty when: by given hours, or by the traces that a person left in the log."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Value
from efficiency.criteria.calendar import PLACES, Calendar
from efficiency.criteria.worktime import day_of, day_table, spans_of
from efficiency.facts.events import Events

#: A silence that would be rarer than this, were the person at work as usual, is an absence.
SURPRISE = 0.001
#: A quarter of an hour counts as duty if a trace falls into it on this share of the days.
CONFIDENCE = 0.1
_QUARTER = MICROSECONDS_PER_HOUR // 4


def office_spans(days: ir.Table) -> ir.Table:
    """The office spans of a day table as rows: ``calendar, day, opens, closes``."""
    rows = engine.union(
        days.select(
            "calendar",
            "day",
            opens=days.day * MICROSECONDS_PER_DAY + days[f"open_{i}"],
            closes=days.day * MICROSECONDS_PER_DAY + days[f"close_{i}"],
        )
        for i in range(1, spans_of(days) + 1)
    )
    return rows.filter(rows.closes > rows.opens)


def cut(pieces: ir.Table, spans: ir.Table, *keys: str) -> ir.Table:
    """
    Cut pieces of time to the spans of the same keys.

    Parameters
    ----------
    pieces
        Has ``from_time`` and ``to_time``, in microseconds, and the keys.
    spans
        ``opens, closes``, in microseconds, and the keys; spans of the same keys do not overlap.
    """
    both = pieces.join(spans.select(*keys, "opens", "closes"), list(keys))
    inside = both.mutate(
        from_time=ibis.greatest(both.from_time, both.opens),
        to_time=ibis.least(both.to_time, both.closes),
    )
    return inside.filter(inside.to_time > inside.from_time).select(*pieces.columns)


def on_duty(
    events: Events, pieces: ir.Table, traces: ir.Table, duty: Calendar | None = None
) -> ir.Table:
    """
    Cut pieces of time to those in which the person was on duty.

    Parameters
    ----------
    events
        The observed log.
    pieces
        ``calendar, desk, day, from_time, to_time``, none longer than its day. Where no desk is
        known, somebody was on duty.
    traces
        ``calendar, desk, moment``: when somebody began or ended a step.
    duty
        The hours of people or of units, as the units of a calendar; its own for all others. None:
        as seen in the log.

    Notes
    -----
    As seen in a log with a calendar: in office hours, save for silent days. k working days in a
    row without a trace, between two that have some, are an absence if (1 − p)^k < 0.001, p being
    the share of his working days on which the person left one: nobody is called absent who is
    seldom needed. Without a calendar: in the quarters of an hour of the week that hold a trace on
    at least a tenth of the days of that weekday on which the person left any.

    References
    ----------
    López-Pintado, O. and Dumas, M. (2022). Business process simulation with differentiated
    resources: does it make a difference? BPM 2022, LNCS 13420, 361-378 (granules of the week and
    their confidence).
    """
    named = pieces.filter(pieces.desk.notnull())
    if duty is not None:
        manned = _by_hours(events, named, duty)
    elif "w_start" in events.steps.columns:
        manned = named.anti_join(_silent_days(events, traces), ["calendar", "desk", "day"])
    else:
        manned = _in_the_week(events, named, traces)
    return ibis.union(manned, pieces.filter(pieces.desk.isnull()))


def _in_the_week(events: Events, pieces: ir.Table, traces: ir.Table) -> ir.Table:
    """Cut pieces to the quarters of the week in which their people are seen."""
    weekly = _weekly_spans(events, traces)
    midnight = pieces.day * MICROSECONDS_PER_DAY
    of_day = pieces.mutate(
        weekday=_weekday(pieces.day),
        from_time=pieces.from_time - midnight,
        to_time=pieces.to_time - midnight,
    )
    inside = cut(of_day, weekly, "desk", "weekday")
    midnight = inside.day * MICROSECONDS_PER_DAY
    back = inside.mutate(from_time=inside.from_time + midnight, to_time=inside.to_time + midnight)
    return back.select(*pieces.columns)


def _by_hours(events: Events, pieces: ir.Table, duty: Calendar) -> ir.Table:
    """Cut pieces to the given hours of their people."""
    first, last = pieces.day.min(), pieces.day.max()
    ends = events.frame(pieces.aggregate(first=first, last=last)).iloc[0]
    if ends.isna().any():
        return pieces
    moments = pd.to_datetime(ends[["first", "last"]].astype("int64"), unit="D")
    hours = events.keep(engine.table(day_table(duty, *moments)))
    spans = office_spans(hours).rename(person="calendar")
    name = pieces.desk.substr(1)
    found = [(name == told, number) for number, (told, _) in enumerate(duty.units, start=1)]
    person = ibis.cases(*found, else_=0) if found else ibis.literal(0)
    return cut(pieces.mutate(person=person), spans, "person", "day").select(*pieces.columns)


def _silent_days(events: Events, traces: ir.Table) -> ir.Table:
    """The days on which somebody was away: ``calendar, desk, day``."""
    seen = traces.select("calendar", "desk", day=day_of(traces.moment)).distinct()
    days = events.days.select("place", "ordinal", "working")
    placed = seen.join(days, seen.calendar * PLACES + seen.day == days.place)
    person = [placed.calendar, placed.desk]
    order = ibis.window(group_by=person, order_by=placed.day)
    runs = placed.mutate(
        since=placed.day.lag().over(order),
        silent=placed.ordinal - placed.ordinal.lag().over(order) - placed.working.cast("int64"),
    )
    whole = ibis.window(group_by=[runs.calendar, runs.desk])
    worked = runs.count(where=runs.working).over(whole)
    missed = runs.silent.sum().over(whole)
    rate = missed / (worked + missed)
    runs = runs.mutate(surprise=rate**runs.silent)
    away = runs.filter((runs.silent > 0) & (runs.surprise < SURPRISE))
    between = ibis.range(away.since + 1, away.day)
    return events.keep(away.select("calendar", "desk", day=between.unnest()))


def _weekly_spans(events: Events, traces: ir.Table) -> ir.Table:
    """When people are seen in the week: ``desk, weekday, opens, closes`` (of the day)."""
    day = day_of(traces.moment)
    quarter = engine.floor_div(traces.moment - day * MICROSECONDS_PER_DAY, _QUARTER)
    seen = traces.select("desk", weekday=_weekday(day), day=day, quarter=quarter).distinct()
    days = seen.group_by("desk", "weekday").aggregate(days=seen.day.nunique())
    often = seen.group_by("desk", "weekday", "quarter").aggregate(times=seen.count())
    both = often.join(days, ["desk", "weekday"])
    kept = both.filter(both.times / both.days >= CONFIDENCE)
    order = ibis.window(group_by=[kept.desk, kept.weekday], order_by=kept.quarter)
    kept = kept.mutate(stretch=kept.quarter - ibis.row_number().over(order))
    spans = kept.group_by("desk", "weekday", "stretch").aggregate(
        opens=kept.quarter.min() * _QUARTER, closes=(kept.quarter.max() + 1) * _QUARTER
    )
    return events.keep(spans.drop("stretch"))


def _weekday(day: Value) -> Value:
    """The weekday of a day counted from 1970-01-01, a Thursday; Monday is 0."""
    return (day + 3) % 7
