"""How long each step has taken, or has been taking, and since when."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.worktime import with_work
from efficiency.facts.events import Events


def step_spans(events: Events) -> ir.Table:
    """
    Each step's time at its desk, steps that are not done yet included.

    Parameters
    ----------
    events
        An observed log with a working calendar.

    Returns
    -------
    Table
        ``row, case_id, activity, unit, arrived`` (its arrival; without one, its start
        or end)``, ended`` (its end, or the cut-off)``, hours`` (working hours from the one to the
        other)``, running`` (not done at the cut-off)``, handling_hours`` (start to end; empty where
        either is)``, recorded`` (whether the log says when it came to the desk). Steps of which
        nothing tells when they arrived are left out.

    Notes
    -----
    The end of the step before is on this step's clock only as working time; ``arrived`` is then
    the step's start or end, which is at most its own time late: it serves to put steps into weeks.
    """
    steps = events.steps
    timed = steps.select(
        "case",
        "code",
        "row",
        "unit",
        "calendar",
        "end",
        "w_end",
        began=ibis.coalesce(steps.w_received, steps.w_previous),
        handled=steps.w_end - steps.w_start,
        recorded=steps.received.notnull(),
        at=ibis.coalesce(steps.received, steps.start, steps.end),
        now=engine.microseconds(ibis.literal(events.cutoff.to_pydatetime())),
    )
    timed = with_work(timed.filter(timed.began.notnull()), events.days, w_now="now")
    named = timed.join(events.cases.select("case", "case_id"), "case").join(
        events.activities, "code"
    )
    until = ibis.coalesce(named.w_end, named.w_now)
    return named.select(
        "row",
        "case_id",
        "activity",
        "unit",
        arrived=engine.moment(named["at"]),
        ended=engine.moment(ibis.coalesce(named["end"], named["now"])),
        hours=(until - named.began) / MICROSECONDS_PER_HOUR,
        running=named.w_end.isnull(),
        handling_hours=named.handled / MICROSECONDS_PER_HOUR,
        recorded=named.recorded,
    )
