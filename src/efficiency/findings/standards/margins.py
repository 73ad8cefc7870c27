"""How much of the time allowed each case has used, and how much it had left when it was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import Standard, parse_standards
from efficiency.criteria.worktime import with_work
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.findings.standards.clocks.runs import by_kind, by_version
from efficiency.findings.standards.judgements import judgement_table

#: What a judgement is told beyond its own columns.
ADDED = ("allowed_hours", "left_hours", "used_share")


def margins(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Tell of each judgement how long was allowed, and which share of it was used.

    Parameters
    ----------
    log
        ``tables.LOG``.
    standards
        ``tables.STANDARDS``.
    calendar
        The working calendar; None: China's public one. The unit that started the clock lends
        its hours.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    table of the kind of ``log``
        ``tables.JUDGEMENTS`` with ``allowed_hours`` (on the limit's clock, as ``used_hours``)``,
        left_hours`` (allowed − used: negative once past due) and ``used_share`` (used ÷ allowed),
        in the order of the standards, then by case id. Left out are judgements without them: of
        limits that look back, with a date for a time, and with the clock standing still.

    Raises
    ------
    SettingsError
        If a standard cannot be read.

    Notes
    -----
    For limits in min and h the time allowed is the limit. For limits in days it is the working
    time from the start of the clock to its due moment, so that ``same day`` allows what is left of
    the day. Time for which the clock stood still is neither used nor allowed.

    Examples
    --------
    Registered at 17:25, forwarded at 17:46: 21 of the 30 minutes allowed.

    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05 17:25", "2024-03-05 17:46"]),
    ... })
    >>> standards = pd.DataFrame({
    ...     "standard_id": ["T1"], "from": ["登记"], "to": ["转办"], "limit": ["30 min"],
    ...     "clock": ["working"],
    ... })
    >>> told = margins(log, standards)
    >>> told[["allowed_hours", "left_hours", "used_share"]].round(6).values.tolist()
    [[0.5, 0.15, 0.7]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        versions = parse_standards(standards)
        table = margin_table(events, versions).order_by("version", "case", "occurrence")
        return events.answer(table, columns=[*tables.JUDGEMENTS.names, *ADDED])


def margin_table(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    The margins of observed events as an expression.

    Returns
    -------
    Table
        With ``version, case`` and ``calendar`` (the number of the one that the clock keeps).
    """
    judged = judgement_table(events, versions)
    if not versions:
        return judged.mutate(**dict.fromkeys(ADDED, judged.used_hours))
    rows = events.name(_on_clocks(judged, events, versions))
    left = (rows.w_due - rows.w_stop) / MICROSECONDS_PER_HOUR
    allowed = by_kind(rows.kind, lambda clock: clock.allowed(rows.used_hours, left, rows.amount))
    timed = rows.mutate(allowed_hours=allowed)
    known = timed.filter(timed.allowed_hours > 0)
    return known.select(
        *judged.columns,
        "allowed_hours",
        left_hours=known.allowed_hours - known.used_hours,
        used_share=known.used_hours / known.allowed_hours,
    )


def _on_clocks(judged: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """Add, where both are known, the working time before the due moment and before the stop."""
    ahead = by_version(judged.version, versions, lambda version: not version.looks_back)
    rows = judged.filter(judged.used_hours.notnull() & judged.due.notnull() & ahead)
    cutoff = ibis.literal(events.cutoff.to_pydatetime()).cast("timestamp(6)")
    moments = rows.mutate(
        due_at=engine.microseconds(rows.due),
        stop=engine.microseconds(ibis.coalesce(rows.to_time, cutoff)),
    )
    return with_work(moments, events.days, w_due="due_at", w_stop="stop")
