"""What lay in the waiting of steps: a batch held back, a busy desk, or nothing of it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY, Value
from efficiency.criteria.worktime import day_of
from efficiency.facts.events import Events
from efficiency.facts.waiting.duty import cut, office_spans


def held_steps(queued: ir.Table, waits: ir.Table) -> ir.Table:
    """What each desk had in hand: steps by their person, and by the unit that stands in."""
    known = queued.filter(queued.start.notnull(), queued.desk.notnull())
    columns = {
        "row": known.row,
        "calendar": known.calendar,
        "came": ibis.coalesce(known.begins, known.start),
        "start": known.start,
        "end": known.end,
        "batch": known.batch,
    }
    own = known.select(**columns, desk=known.desk)
    shared = known.filter(known.desk.startswith("a"), known.unit.fill_null("") != "")
    units = shared.select(
        *(name for name in columns if name != "came"),
        came=ibis.coalesce(shared.begins, shared.start),
        desk=ibis.literal("u") + shared.unit,
    )
    asked = units.semi_join(waits.select("desk").distinct(), "desk")
    return ibis.union(own, asked.select(*own.columns))


def traces(held: ir.Table) -> ir.Table:
    """The moments at which somebody at a desk began or ended something."""
    ends = [held.select("calendar", "desk", moment=held[name]) for name in ("start", "end")]
    both = engine.union(ends)
    return both.filter(both.moment.notnull())


def daily(table: ir.Table, since: str, until: str) -> ir.Table:
    """Cut each row to days: one row a day that it touches, with ``from_time`` and ``to_time``."""
    days = ibis.range(day_of(table[since]), day_of(table[until] - 1) + 1)
    cut_up = table.mutate(day=days.unnest())
    midnight = cut_up.day * MICROSECONDS_PER_DAY
    return cut_up.mutate(
        from_time=ibis.greatest(cut_up[since], midnight),
        to_time=ibis.least(cut_up[until], midnight + MICROSECONDS_PER_DAY),
    )


def waiting_pieces(events: Events, waits: ir.Table, *, batching_first: bool) -> ir.Table:
    """
    Cut each waiting to days, and to the office hours of its unit if there is a calendar.

    Notes
    -----
    Pieces that a batch was ``held`` back end when its last step came. If batching is not to go
    before all else, the desk may have been busy in them. ``reference``: what had come by then came
    sooner than this step.
    """
    ready = waits.ready.fill_null(waits.begins)
    columns = {
        "row": waits.row,
        "calendar": waits.calendar,
        "desk": waits.desk,
        "batch": waits.batch,
        "begins": waits.begins,
        "reference": ready if batching_first else waits.begins,
    }
    held = waits.select(
        **columns, since=waits.begins, until=ready, held=True, settled=ibis.literal(batching_first)
    )
    free = waits.select(**columns, since=ready, until=waits.start, held=False, settled=False)
    both = ibis.union(held, free)
    by_day = daily(both.filter(both.until > both.since), "since", "until")
    if "w_start" not in events.steps.columns:
        return by_day
    return cut(by_day, office_spans(events.days), "calendar", "day")


def measured(events: Events, pieces: ir.Table, busy: ir.Table) -> ir.Table:
    """
    Measure what fell into pieces of waiting, in microseconds; ``idle``: nothing of it.

    Returns
    -------
    Table
        ``row, office`` (all of it)``, batching, prioritisation, contention, idle``.
    """
    length = pieces.to_time - pieces.from_time
    totals = pieces.group_by("row").aggregate(
        office=engine.total(length), held=engine.total(length, pieces.held)
    )
    both = totals.left_join(events.keep(_taken(pieces, busy)), "row").drop("row_right")
    contention, covered = both.contention.fill_null(0), both.covered.fill_null(0)
    batching = both.held - both.covered_held.fill_null(0)
    return events.keep(
        both.select(
            *("row", "office"),
            batching=batching,
            prioritisation=covered - contention,
            contention=contention,
            idle=both.office - batching - covered,
        )
    )


def _taken(pieces: ir.Table, busy: ir.Table) -> ir.Table:
    """
    Measure how long the desk was busy: ``row, contention, covered, covered_held``.

    Notes
    -----
    Steps in hand at the same time count once: each adds what lies after all that began before it.
    """
    other = busy.select(
        *("desk", "day", "came"),
        other="row",
        other_batch="batch",
        opens="from_time",
        closes="to_time",
    )
    both = pieces.filter(~pieces.settled).join(other, ["desk", "day"])
    both = both.filter(
        both.opens < both.to_time,
        both.closes > both.from_time,
        both.other != both.row,
    )
    together = (both.batch == both.other_batch).fill_null(False)
    both = both.mutate(
        sooner=both.came <= together.ifelse(both.begins, both.reference),
        opens=ibis.greatest(both.opens, both.from_time),
        closes=ibis.least(both.closes, both.to_time),
    )
    before = ibis.window(
        group_by=[both.row, both.from_time],
        order_by=[both.opens, both.other],
        preceding=(None, 1),
    )
    sooner = both.sooner.ifelse(both.closes, ibis.null("int64"))
    added = both.mutate(
        to_all=_added(both, both.closes.max().over(before)),
        to_sooner=_added(both, sooner.max().over(before)),
    )
    return added.group_by("row").aggregate(
        contention=engine.total(added.to_sooner, added.sooner),
        covered=engine.total(added.to_all),
        covered_held=engine.total(added.to_all, added.held),
    )


def _added(both: ir.Table, reached: Value) -> Value:
    """What a stretch adds to those that reached so far."""
    since = ibis.greatest(both.opens, reached.fill_null(both.opens))
    return ibis.greatest(both.closes - since, 0)
