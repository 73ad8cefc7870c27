"""When each clock runs out: the deadline of every standard in every case."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors.engine import MICROSECONDS_PER_DAY
from efficiency.criteria.calendar import PLACES
from efficiency.criteria.standards import Standard
from efficiency.criteria.worktime import (
    bucket_width,
    moment_in_day,
    spans_of,
    with_days,
    with_work,
    with_work_day,
    worked,
)
from efficiency.facts.events import Events
from efficiency.findings.standards.pauses import no_pauses, pauses_of, with_pauses
from efficiency.findings.standards.runs import by_version

#: A day-precise moment may lie anywhere from 00:00:00 to 23:59:59.
_LAST_SECOND = MICROSECONDS_PER_DAY - 1_000_000
#: How a deadline is found.
METHODS = ("working", "elapsed", "working_days", "days")
#: What is known of a row before it is judged.
TOLD = ("version", "case", "from_us", "from_bare", "to_us", "to_bare", "before", "unsure")
#: What a row keeps once its deadline is found.
_JUDGED = (
    *TOLD, "method", "f", "t", "stop", "back", "amount", "hours_limit", "w_f", "w_stop", "spent",
    "standing", "halted", "vague",
)  # fmt: skip


def deadlines(events: Events, versions: Sequence[Standard], runs: ir.Table) -> ir.Table:
    """
    Find when each clock runs out.

    Parameters
    ----------
    events
        The observed events.
    versions
        The standards.
    runs
        As `clocks.clock_runs` gives them.

    Returns
    -------
    Table
        Each run once, or twice (the worst and the best case) where a moment is known to the day
        only: `TOLD`, ``due`` (microseconds), ``due_day`` (for limits in days), and what the
        verdict needs.
    """
    rows = events.name(_clocked(events.name(_bounds(runs, events, versions)), events))
    pauses = pauses_of(events, versions)
    rows = no_pauses(rows) if pauses is None else with_pauses(events.keep(rows), pauses, events)
    return _due(events.name(rows), events)


def _bounds(runs: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Give each row once, or twice (worst and best) where a moment is known to the day only.

    ``f`` and ``t`` are the moments to be judged; ``t`` is empty while the case is open.
    """
    cutoff = micros_of(events.cutoff)
    facts = {
        "amount": by_version(runs.version, versions, lambda v: v.limit.amount).cast("int64"),
        "back": by_version(runs.version, versions, lambda v: v.limit.before),
        "hours_limit": by_version(runs.version, versions, lambda v: v.limit.unit == "time"),
        "same_day": by_version(runs.version, versions, lambda v: v.limit.unit == "same_day"),
        "method": by_version(runs.version, versions, _method_of),
    }
    rows = runs.mutate(unsure=runs.from_bare | runs.to_bare, bound=ibis.literal(0), **facts)
    if events.bare:
        again = rows.filter(rows.unsure).mutate(bound=ibis.literal(1))
        rows = events.name(ibis.union(rows.mutate(bound=ibis.literal(0)), again))
    best = rows.bound == 1
    from_last = rows.from_bare.ifelse(rows.from_us + _LAST_SECOND, rows.from_us)
    to_last = rows.to_bare.ifelse(rows.to_us + _LAST_SECOND, rows.to_us)
    # Never after `to`, nor after what was seen; a limit that looks back has no such order.
    late_start = rows.back.ifelse(
        from_last, ibis.least(from_last, ibis.coalesce(to_last, ibis.literal(cutoff)))
    )
    f = best.ifelse(late_start, rows.from_us)
    # For limits in days only the date of `to` counts, and it is known.
    spread = rows.to_bare & rows.hours_limit
    early_end = rows.back.ifelse(rows.to_us, ibis.greatest(rows.to_us, f))
    t = spread.ifelse(best.ifelse(early_end, to_last), rows.to_us)
    return rows.mutate(f=f, t=t, stop=ibis.coalesce(t, ibis.literal(cutoff)))


def micros_of(moment: pd.Timestamp) -> int:
    """Give a time as microseconds since 1970."""
    return int(moment.to_datetime64().astype("datetime64[us]").astype("int64"))


def _method_of(version: Standard) -> str:
    unit = version.limit.unit
    return {"time": version.clock, "same_day": "working_days"}.get(unit, unit)


def _due(rows: ir.Table, events: Events) -> ir.Table:
    """
    Add ``due``, its day for limits in days, and the working time before it.

    Notes
    -----
    ``working``: when the time is used up, which is the end of a working microsecond; looking
    back, the last moment that leaves enough. ``elapsed``: the same by the wall clock.
    ``working_days``: the close of the N-th working day after; of the day itself for ``same
    day``. ``days``: 24:00 of the last day, or the close of the next working day.
    """
    nothing = ibis.null("int64")
    way = {name: rows.method == name for name in METHODS}
    limit = rows.back.ifelse(-rows.amount, rows.amount) + rows.extra
    step = rows.back.ifelse(0, 1)
    aimed = rows.mutate(
        wall=rows.f + limit,
        target=way["working"].ifelse(rows.w_f + limit, nothing),
        work=way["working"].ifelse(rows.w_f + limit - step, nothing),
        last=way["days"].ifelse(
            (rows.place_f + rows.goal + rows.extra) * MICROSECONDS_PER_DAY, nothing
        ),
        step=step,
    )
    days, spans = events.days, spans_of(events.days)
    edges = [name for name in days.columns if name.startswith(("open_", "close_"))]
    width = bucket_width(events.day_frame)
    placed = events.name(with_work_day(aimed, events.work_index, width, "work", "work_day"))
    placed = with_days(placed, days, "work_day", "k_", "before", *edges)
    placed = events.name(
        with_days(placed, days, "last", "l_", "working", "ordinal", "before", "length")
    )
    ordinal = ibis.cases(
        (placed.method == "working_days", placed.place_f + placed.goal + placed.extra),
        (placed.method == "days", placed.l_ordinal + 1),
    )
    closed = events.name(_closing(placed.mutate(aim=ordinal), days))
    full = (closed.method == "days") & closed.l_working
    return closed.select(
        *_JUDGED,
        due=ibis.cases(
            (closed.method == "working", moment_in_day(closed, "work", "k_", spans) + closed.step),
            (closed.method == "elapsed", closed.wall),
            (full, closed["last"] + MICROSECONDS_PER_DAY),
            else_=closed.c_close,
        ),
        due_day=full.ifelse(closed.l_day, closed.c_day),
        w_due=ibis.cases(
            (closed.method == "working", closed.target),
            (full, closed.l_before + closed.l_length),
            else_=closed.c_after,
        ),
    )


def _closing(rows: ir.Table, days: ir.Table) -> ir.Table:
    """Join the close of business of the working day whose ordinal is ``aim``."""
    closing = days.filter(days.working).select(
        c_place=days.calendar * PLACES + days.ordinal,
        c_day="day",
        c_close=days.day * MICROSECONDS_PER_DAY + days.close,
        c_after=days.before + days.length,
    )
    return rows.left_join(closing, rows.calendar * PLACES + rows.aim == closing.c_place)


def _clocked(bounds: ir.Table, events: Events) -> ir.Table:
    """Add where the start and the stop stand on the clock, and how far the clock may run."""
    spans = [name for name in events.days.columns if name.startswith(("open_", "close_"))]
    columns = ("before", "ordinal", "working", "close", *spans)
    rows = with_days(bounds, events.days, "f", "f_", *columns)
    after_hours = ~rows.f_working | (rows.f - rows.f_day * MICROSECONDS_PER_DAY > rows.f_close)
    w_f = worked(rows, "f", "f_", spans_of(events.days))
    places = {"working": w_f, "elapsed": rows.f, "working_days": rows.f_ordinal, "days": rows.f_day}
    clocked = rows.mutate(
        goal=rows.same_day.ifelse(after_hours.cast("int64"), rows.amount),
        w_f=w_f,
        place_f=ibis.cases(*((rows.method == name, place) for name, place in places.items())),
    ).drop(*(name for name in rows.columns if name.startswith("f_")))
    return with_work(clocked, events.days, w_stop="stop")
