"""When the steps of each case were done, and when each step followed the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import day_of
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed

#: Rows of a dotted chart that can be told apart on a page; more cases share one.
ROWS = 400
#: Segments of a performance spectrum, those with most working hours.
SEGMENTS = 5


def dots(
    log: Log | Events,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    rows: int = ROWS,
) -> Any:
    """
    Place each done step by the arrival of its case and its own day.

    Parameters
    ----------
    log
        ``tables.LOG``.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    rows
        Rows to part the cases into, by their first moment; with fewer cases each has its own.

    Returns
    -------
    table of the kind of ``log``
        ``tables.DOTS``.

    Notes
    -----
    The dotted chart of Song and van der Aalst (2007). A table of dots grows with days and rows,
    not with the log.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["b", "b", "a"], "activity": ["登记", "转办", "登记"],
    ...     "end": pd.to_datetime(["2024-03-04 09:00", "2024-03-06 09:00", "2024-03-05 09:00"]),
    ... })
    >>> dots(log)[["place", "activity", "steps"]].values.tolist()
    [[1, '登记', 1], [1, '转办', 1], [2, '登记', 1]]
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        order = [events.cases["first"], events.cases.case_id]
        ranked = events.cases.select(
            "case",
            rank=ibis.row_number().over(order_by=order),
            came=day_of(engine.microseconds(events.cases["first"])),
        )
        many = ibis.greatest(ranked.count().over(ibis.window()), rows)
        place = engine.floor_div(ranked["rank"] * rows, many) + 1
        placed = ranked.select("case", "came", place=place)
        steps = events.steps.filter(events.steps.done)
        joined = steps.select("case", "code", day=day_of(steps.end)).join(placed, "case")
        dotted = joined.mutate(after=joined.day - joined.came)
        counted = dotted.group_by("place", "code", "day", "after").aggregate(steps=dotted.count())
        found = counted.join(events.activities, "code")
        told = found.select("place", "activity", "after", "steps", day=_date(found.day))
        columns = tables.DOTS.names
        return events.answer(told, "place", "day", "after", "activity", columns=columns,
                             of=tables.DOTS)  # fmt: skip


def spectrum(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    segments: int = SEGMENTS,
) -> Any:
    """
    Tell from which day to which each case passed between two steps, and how fast.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    segments
        How many pairs of steps to take: those with most working hours between their ends.

    Returns
    -------
    table of the kind of ``log``
        ``tables.SPECTRUM``, the pair with most hours first.

    Notes
    -----
    The performance spectrum of Denisov, Fahland and van der Aalst (2018): lines that cross are
    cases that overtook, lines that meet are a batch. The quarters are those of the pair's own
    working hours.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05 17:30", "2024-03-06 09:00"]),
    ... })
    >>> spectrum(log)[["source", "target", "quarter", "steps"]].values.tolist()
    [['登记', '转办', 1, 1]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        followed = events.once("followed", _followed)
        told = _heaviest(followed, segments).join(followed, ["source", "code"])
        counted = told.group_by("rank", "source", "code", "left", "arrived", "quarter").aggregate(
            steps=told.count()
        )
        sources = events.activities.rename(source_name="activity", source_code="code")
        targets = events.activities.rename(target="activity", target_code="code")
        named = counted.join(sources, counted.source == sources.source_code)
        named = named.join(targets, named.code == targets.target_code)
        whole = named.select(
            rank=named["rank"] + 1, source=named.source_name, target=named.target,
            left=_date(named.left), arrived=_date(named.arrived), quarter=named.quarter,
            steps=named.steps,
        )  # fmt: skip
        return events.answer(whole, "rank", "left", "arrived", "quarter", of=tables.SPECTRUM)


def _followed(events: Events) -> ir.Table:
    """Each done step that followed another: their days, the hours between, and their quarter."""
    steps = events.steps
    before = steps.end.lag().over(ibis.window(group_by=steps.case, order_by=steps.position))
    done = steps.mutate(before=before).filter(steps.done & steps.source.notnull())
    timed = done.select(
        "source", "code", "case", "position",
        left=day_of(done.before), arrived=day_of(done.end), took=done.w_end - done.w_previous,
    )  # fmt: skip
    # Ties by case, so that every engine parts them alike.
    place = ibis.window(
        group_by=[timed.source, timed.code], order_by=[timed.took, timed.case, timed.position]
    )
    return timed.mutate(quarter=ibis.ntile(4).over(place) + 1)


def _heaviest(followed: ir.Table, segments: int) -> ir.Table:
    """The pairs with most working hours, ties by code: ``source, code, rank`` from 0."""
    summed = followed.group_by("source", "code").aggregate(took=followed.took.sum())
    order = [summed.took.desc(), summed.source, summed.code]
    ranked = summed.mutate(rank=ibis.row_number().over(order_by=order))
    return ranked.filter(ranked["rank"] < segments).select("source", "code", "rank")


def _date(day: ir.Value) -> ir.Value:
    return engine.moment(day * MICROSECONDS_PER_DAY)
