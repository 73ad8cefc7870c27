"""When a standard's clock stood still: from a suspension to the next resumption."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency.criteria.clock import KINDS
from efficiency.criteria.standards import Standard
from efficiency.criteria.worktime import with_days, with_work
from efficiency.facts.events import Events
from efficiency.findings.standards.clocks.runs import by_kind


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


#: A row whose deadline is looked for: a clock, at one bound, with some of its extensions.
KEYS = ("version", "case", "occurrence", "bound", "turn")


def with_pauses(
    rows: ir.Table, pauses: ir.Table, used: Sequence[str], events: Events
) -> tuple[ir.Table, ir.Table]:
    """
    Add what the pauses of each row do to its clock.

    Parameters
    ----------
    rows
        ``version, case, occurrence, bound, turn, kind, back, calendar, f, t, stop, goal, place``.
    pauses
        As `pauses_of` gives them.
    used
        The kinds of clock that they run on.

    Returns
    -------
    tuple of Table
        The rows with ``extra`` (what they add to the limit), ``spent`` (what passed in them until
        the stop, on the clock, microseconds), ``standing`` (the clock stands still before its
        deadline, for good), ``halted`` (when a pause that never ended began; none of a clock that
        was stopped) and ``vague`` (an edge that counts is known to the day only). The pauses, cut
        to the time from start to stop, for `stood_since`.

    Notes
    -----
    A clock in days stands still over those of its days that are over while a pause lasts; one of
    minutes and hours for as long as it lasts. A pause moves a deadline only if it begins before
    the deadline that holds by then: the running sum of what earlier pauses took tells, for what a
    clock has counted never falls from one pause to the next.
    """
    keys = rows.filter(~rows.back).select(
        *KEYS, "kind", "calendar", "f", "t", "stop", "goal", "place"
    )
    met = keys.join(pauses, ["version", "case"])
    met = met.filter((met.a < met.stop) & (met.r.isnull() | (met.r > met.f)))
    # What was stopped is paused no longer.
    until = ibis.coalesce(ibis.least(ibis.coalesce(met.r, met.t), met.t), met.r)
    cut = met.mutate(a=ibis.greatest(met.a, met.f), r=until)
    # A day that is over at the very end of a pause is over when the clock runs.
    cut = cut.mutate(seen=ibis.coalesce(cut.r, cut.stop), q=cut.r - 1)
    cut = events.name(with_work(cut, events.days, w_a="a", w_r="r", w_seen="seen"))
    spans = [name for name in events.days.columns if name.startswith(("open_", "close_"))]
    asks = {name for kind in used for name in KINDS[kind].asks}
    asked = [*sorted(asks - {"spans"}), *(spans if "spans" in asks else [])]
    for moment in ("a", "q"):
        cut = with_days(cut, events.days, moment, f"{moment}_", *asked)
    cut = events.name(cut)
    begins = by_kind(cut.kind, lambda clock: clock.counted(cut, "a"), used)
    ends = by_kind(
        cut.kind, lambda clock: clock.counted(cut, "r" if clock.continuous else "q"), used
    )
    elapsed, work = cut.seen - cut.a, cut.w_seen - cut.w_a
    took = by_kind(cut.kind, lambda clock: clock.passed(elapsed, work), used)
    begins = ibis.greatest(begins, cut.place)
    ends = ibis.greatest(ends, begins)
    sized = cut.mutate(begins=begins, length=(ends - begins).fill_null(0), took=took)
    earlier = ibis.window(
        group_by=[sized[name] for name in KEYS],
        order_by=sized.a,
        preceding=(None, 1),
        following=None,
    )
    before = sized.length.sum().over(earlier).fill_null(0)
    told = sized.mutate(counts=(sized.begins - sized.place - before) < sized.goal)
    summed = told.group_by(*KEYS).aggregate(
        extra=engine.total(told.length, told.counts),
        spent=engine.total(told.took),
        standing=(told.counts & told.r.isnull()).cast("int64").max() == 1,
        halted=told.a.max(where=told.r.isnull()),
        vague=(told.counts & told.bare).cast("int64").max() == 1,
    )
    joined = rows.left_join(summed, list(KEYS))
    paused = joined.select(
        *rows.columns,
        extra=joined.extra.fill_null(0),
        spent=joined.spent.fill_null(0),
        standing=joined.standing.fill_null(False),
        halted=joined.halted,
        vague=joined.vague.fill_null(False),
    )
    return paused, told.select(*KEYS, "a", "seen", "w_a", "w_seen")


def stood_since(rows: ir.Table, cuts: ir.Table) -> ir.Table:
    """
    Add for how long each clock stood still since its due moment: ``stood``, working microseconds.

    Parameters
    ----------
    rows
        With ``due`` and ``w_due``.
    cuts
        The pauses that `with_pauses` cut.
    """
    due = rows.filter(rows.due < rows.stop).select(*KEYS, "due", "w_due")
    late = due.join(cuts, list(KEYS))
    late = late.filter(late.seen > late.due)
    rest = late.w_seen - ibis.greatest(late.w_a, late.w_due)
    summed = late.group_by(*KEYS).aggregate(stood=engine.total(rest))
    joined = rows.left_join(summed, list(KEYS))
    return joined.select(*rows.columns, stood=joined.stood.fill_null(0))
