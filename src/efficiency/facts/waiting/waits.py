"""Why each step waited: closed office, batches, others first, a busy desk, nobody there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, get_args

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.waiting.duty import on_duty
from efficiency.facts.waiting.occupancy import daily, held_steps, measured, traces, waiting_pieces
from efficiency.facts.waiting.queues import queued_steps

Precedence: TypeAlias = Literal["batching", "desk"]
#: What a step may have waited for, in the order in which it is told.
CAUSES = ("off", "batching", "prioritisation", "contention", "unavailability", "other")


def waiting(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    duty: Calendar | None = None,
    precedence: Precedence = "batching",
) -> Any:
    """
    Split the waiting of each step by what explains it.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar, whose hours count for the step's unit; None: the office never closes.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    duty
        The hours of people, as the units of a calendar; None: as they are seen in the log.
    precedence
        What explains an hour in which a batch was not complete and the desk was busy as well:
        ``batching``, as it was published, or the ``desk``: only an idle desk holds back a batch.

    Returns
    -------
    table of the kind of ``log``
        One row a step that was taken up, a DataFrame by row: ``row, case_id, activity, unit,
        actor, source, source_row`` (the step before)``, hours`` (from when it could begin to its
        start, by the wall clock) and its parts, which add up to it:

        - ``off_hours``: outside the unit's calendar; of the time inside it
        - ``batching_hours``: until the last step of its batch had come;
        - ``prioritisation_hours``: the desk was busy with what had come later;
        - ``contention_hours``: the desk was busy with what had come before;
        - ``unavailability_hours``: nobody was on duty;
        - ``other_hours``: none of these.

        ``assumed``: codes of what had to be assumed, parted by spaces; nothing: ''. ``received``:
        it is not recorded, the end of the step before stands for it; ``desk``: who did it is not
        known, the unit stands for him; ``nobody``: the unit is not known either, all in office
        hours is other; ``reversed``: begun before it was received, no waiting. The hours are empty
        with ``start`` (not recorded), ``first`` (nothing tells when it could begin) and ``day``
        (that, or the start, is known to the day only).

    Raises
    ------
    ValueError
        If ``precedence`` is neither of the two.

    Notes
    -----
    The desk is the person who took the step up. It is busy from the start to the end of each step
    of his; a step without an end occupies nobody, for when it was put down is not known. A unit
    that stands in is busy while anyone in it is. Several causes may hold at one time: the first of
    batching, contention, prioritisation, unavailability takes it. For batches, sources and duty
    see `facts.queues` and `facts.duty`.

    References
    ----------
    Lashkevich, K., Milani, F., Chapela-Campa, D., Suvorau, I. and Dumas, M. (2023). Why am I
    waiting? Data-driven analysis of waiting times in business processes. CAiSE 2023;
    arXiv:2212.01392.

    Examples
    --------
    The second document lies from 9:00 to 10:00 while the first is in hand, and half an hour more.

    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2"], "activity": ["拟办", "拟办"], "actor": ["甲", "甲"],
    ...     "received": pd.to_datetime(["2024-03-05 08:45", "2024-03-05 09:00"]),
    ...     "start": pd.to_datetime(["2024-03-05 08:45", "2024-03-05 10:30"]),
    ...     "end": pd.to_datetime(["2024-03-05 10:00", "2024-03-05 11:00"]),
    ... })
    >>> waiting(log, Calendar())[["hours", "contention_hours", "other_hours"]].values.tolist()
    [[0.0, 0.0, 0.0], [1.5, 1.0, 0.5]]
    """
    if precedence not in get_args(Precedence):
        raise ValueError(f"precedence is {precedence!r}; use 'batching' or 'desk'")
    with observed(log, calendar, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        queued = queued_steps(events)
        split = queued.left_join(_split(events, queued, duty, precedence), "row").drop("row_right")
        return events.answer(_told(events, split), "row", of=tables.WAITS)


def _told(events: Events, split: ir.Table) -> ir.Table:
    """Name what the split steps are, and give their hours; empty where they are not known."""
    sources = events.activities.select(source_code="code", source_name="activity")
    named = (
        split.join(events.cases.select("case", "case_id"), "case")
        .join(events.activities, "code")
        .left_join(sources, split.source == sources.source_code)
    )
    whole = named.start - named.begins
    parts = {name: named[name].fill_null(0) for name in ("office", *CAUSES[1:])}
    micros = {"hours": whole, "off_hours": whole - parts["office"]}
    micros |= {f"{cause}_hours": parts[cause] for cause in CAUSES[1:]}
    hours = {name: value / MICROSECONDS_PER_HOUR for name, value in micros.items()}
    return named.select(
        *("row", "case_id", "activity", "unit", "actor"),
        source="source_name",
        source_row="source_row",
        **{name: named.known.ifelse(value, ibis.null("float64")) for name, value in hours.items()},
        assumed="assumed",
    )


def _split(
    events: Events, queued: ir.Table, duty: Calendar | None, precedence: Precedence
) -> ir.Table:
    """Split the waiting of the steps that waited, in microseconds by cause: one row a step."""
    waits = queued.filter(queued.known, queued.start > queued.begins)
    held = events.keep(held_steps(queued, waits))
    first = precedence == "batching"
    pieces = events.keep(waiting_pieces(events, waits, batching_first=first))
    manned = events.keep(on_duty(events, pieces, traces(held), duty))
    busy = events.keep(daily(held.filter(held.end > held.start), "start", "end"))
    whole = measured(events, pieces, busy)
    there = measured(events, manned, busy).select("row", other="idle")
    both = whole.left_join(there, "row").drop("row_right")
    both = both.mutate(other=both.other.fill_null(0))
    return events.keep(both.mutate(unavailability=both.idle - both.other))
