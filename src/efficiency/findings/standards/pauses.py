"""When a standard's clock stood still: from a suspension to the next resumption."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency.criteria.clock import Clock
from efficiency.criteria.standards import Standard
from efficiency.criteria.worktime import with_days, with_work
from efficiency.facts.events import Events


def pauses_of(events: Events, versions: Sequence[Standard]) -> ir.Table | None:
    """
    The pauses of each case under each version that has any.

    Returns
    -------
    Table or None
        ``version, case, a, r`` (microseconds; ``r`` empty while the clock stands), ``bare``
        (an edge is known to the day only). None where no version can be suspended.

    Notes
    -----
    A second suspension before the resumption changes nothing: of the suspensions that wait for
    the same resumption the first counts.
    """
    rows = [
        (number, activity, stops)
        for number, version in enumerate(versions)
        for stops, names in ((True, version.suspend), (False, version.resume))
        for activity in names
    ]
    if not rows:
        return None
    marks = engine.table(pd.DataFrame(rows, columns=["version", "activity", "stops"]))
    coded = marks.join(events.activities, "activity").drop("activity")
    steps = events.steps.filter(events.steps.done)
    turns = steps.select("case", "code", "row", "end", "end_bare").join(coded, "code")
    ahead = ibis.window(
        group_by=[turns.version, turns.case],
        order_by=[turns.end, turns.row],
        preceding=0,
        following=None,
    )
    key = turns.end * 2 + turns.end_bare.cast("int64")
    waits = turns.mutate(
        key=key, until=turns.stops.ifelse(ibis.null("int64"), key).min().over(ahead)
    ).filter(turns.stops)
    first = waits.group_by("version", "case", "until").aggregate(begun=waits.key.min())
    return first.select(
        "version",
        "case",
        a=engine.floor_div(first.begun, 2),
        r=engine.floor_div(first.until, 2),
        bare=(first.begun % 2 == 1) | (first.until % 2 == 1).fill_null(False),
    )


def no_pauses(rows: ir.Table) -> ir.Table:
    """Add the columns of `with_pauses` for clocks that never stand still."""
    return rows.mutate(
        extra=ibis.literal(0).cast("int64"),
        spent=ibis.literal(0).cast("int64"),
        standing=ibis.literal(value=False),
        halted=ibis.null("int64"),
        vague=ibis.literal(value=False),
    )


def with_pauses(rows: ir.Table, pauses: ir.Table, clock: Clock, events: Events) -> ir.Table:
    """
    Add what the pauses of each row do to its clock.

    Parameters
    ----------
    rows
        Has ``version, case, bound, calendar, f, stop, goal, place, back``.
    pauses
        As `pauses_of` gives them.
    clock
        The kind of clock of all rows: it tells what ``place`` and ``goal`` are counted in.
    events
        The observed events.

    Returns
    -------
    Table
        With ``extra`` (what is added to the deadline, in the clock's unit), ``spent`` (standing
        time between start and stop, on the clock, microseconds), ``standing`` (the clock stopped
        for good before its time was used up), ``halted`` (when it last stopped, if it stands
        still at the end) and ``vague`` (an edge that matters is known to the day only).

    Notes
    -----
    A pause counts if it begins before the time is used up: what was used by the k-th pause is
    its place − the start's − all earlier pauses, which never falls from one pause to the next.
    For limits in days the days after the suspension up to and with the resumption are left out:
    the difference of their ordinals.
    """
    keys = rows.filter(~rows.back).select(
        "version", "case", "bound", "calendar", "f", "stop", "goal", "place"
    )
    met = keys.join(pauses, ["version", "case"])
    met = met.filter((met.a < met.stop) & (met.r.isnull() | (met.r > met.f)))
    cut = met.mutate(a=ibis.greatest(met.a, met.f))
    cut = cut.mutate(r_seen=ibis.least(ibis.coalesce(cut.r, cut.stop), cut.stop))
    cut = events.name(with_work(cut, events.days, w_a="a", w_r="r", w_r_seen="r_seen"))
    cut = with_days(cut, events.days, "a", "a_", "ordinal")
    cut = events.name(with_days(cut, events.days, "r", "r_", "ordinal"))
    begins, ends = clock.edge(cut, "a"), clock.edge(cut, "r")
    seen = clock.passed(cut.r_seen - cut.a, cut.w_r_seen - cut.w_a)
    sized = cut.mutate(begins=begins, length=(ends - begins).fill_null(0), seen=seen)
    earlier = ibis.window(
        group_by=[sized.version, sized.case, sized.bound],
        order_by=sized.a,
        preceding=(None, 1),
        following=None,
    )
    before = sized.length.sum().over(earlier).fill_null(0)
    told = sized.mutate(counts=(sized.begins - sized.place - before) < sized.goal)
    summed = told.group_by("version", "case", "bound").aggregate(
        extra=engine.total(told.length, told.counts),
        spent=engine.total(told.seen),
        standing=(told.counts & told.r.isnull()).cast("int64").max() == 1,
        halted=told.a.max(where=told.r.isnull()),
        vague=(told.counts & told.bare).cast("int64").max() == 1,
    )
    joined = rows.left_join(summed, ["version", "case", "bound"])
    return joined.select(
        *rows.columns,
        extra=joined.extra.fill_null(0),
        spent=joined.spent.fill_null(0),
        standing=joined.standing.fill_null(False),
        halted=joined.halted,
        vague=joined.vague.fill_null(False),
    )
