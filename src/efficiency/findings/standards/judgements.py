"""Whether each case met each standard: met, late, pending, overdue, suspended, undecidable."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import Standard, parse_standards, unfit
from efficiency.criteria.worktime import day_of
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.findings.standards.clocks.deadlines import TOLD, deadlines, micros_of
from efficiency.findings.standards.clocks.runs import (
    by_version,
    clock_runs,
    count_not_started,
    lost_runs,
    of_standard,
)
from efficiency.problems import SettingsError


def judge(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    cutoff: pd.Timestamp | str | None = None,
    *,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    warn: bool = True,
) -> Any:
    """
    Hold every case against every standard.

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
    warn
        Whether to warn of activities that the log never has; of observed events nobody is warned.

    Returns
    -------
    table of the kind of ``log``
        ``tables.JUDGEMENTS`` in the order of the standards, then by case id. Cases out of scope
        and cases whose clock never started have no row; `not_started` counts the latter.

    Raises
    ------
    SettingsError
        If a standard cannot be read or its scope names a column that the log has not.

    Warns
    -----
    UserWarning
        If a standard names an activity that the log never has.

    Notes
    -----
    With day precision the best and the worst case are both judged; where they differ the verdict
    is ``undecidable``, as it is where a row was lost that the standard names. ``used_hours`` and
    ``over_hours`` are then empty, as is ``due`` where the start is not known to the minute.

    Examples
    --------
    Registered at 17:25 with 30 minutes of working time: due at 17:55.

    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05 17:25", "2024-03-06 08:45"]),
    ... })
    >>> standards = pd.DataFrame({
    ...     "standard_id": ["T1"], "from": ["登记"], "to": ["转办"], "limit": ["30 min"],
    ...     "clock": ["working"],
    ... })
    >>> judge(log, standards)[["due", "verdict", "over_hours"]].round(3).astype(str).values.tolist()
    [['2024-03-05 17:55:00', 'late', '0.333']]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        versions = parse_standards(standards)
        _check_names(events, versions, warn=warn and not isinstance(log, Events))
        judged = judgement_table(events, versions)
        # Sorted on every engine: DuckDB stores the sorted rows in half the time of the unsorted.
        return events.answer(
            judged.order_by("version", "case", "occurrence"), columns=tables.JUDGEMENTS.names
        )


def not_started(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    cutoff: pd.Timestamp | str | None = None,
    *,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Count the cases in scope that have no verdict.

    Returns
    -------
    DataFrame
        ``standard_id, not_started``: cases without the ``from`` moment, and, where the standard
        is not ``required``, cases in which ``to`` never happened.

    Examples
    --------
    >>> end = pd.to_datetime(["2024-03-05"])
    >>> log = pd.DataFrame({"case_id": ["1"], "activity": ["转办"], "end": end})
    >>> standards = pd.DataFrame({
    ...     "standard_id": ["T1"], "from": ["登记"], "to": ["转办"], "limit": ["same day"],
    ... })
    >>> not_started(log, standards).to_dict("tight")["data"]
    [['T1', 1]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        return count_not_started(events, parse_standards(standards))


def _check_names(events: Events, versions: Sequence[Standard], *, warn: bool) -> None:
    activities = events.frame(events.activities)["activity"].tolist()
    problems = unfit(tuple(versions), sorted(activities), list(events.log.columns))
    fatal = [problem for problem in problems if problem.key in {"scope_column", "limit_column"}]
    if fatal:
        raise SettingsError(fatal)
    for problem in problems if warn else []:
        warnings.warn(problem.text(), stacklevel=3)


def judgement_table(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    The judgements of observed events as an expression.

    Returns
    -------
    Table
        ``tables.JUDGEMENTS`` with ``version, case, calendar`` (the number of the one that the
        clock keeps)``, kind`` and ``amount`` (of the limit that it runs by).
    """
    if not versions:
        return _empty()
    key = ("judgements", tuple(versions))
    return events.once_by_case(key, lambda whole: _judged(whole, versions))


def _judged(events: Events, versions: Sequence[Standard]) -> ir.Table:
    runs = clock_runs(events, versions)
    if events.lost is not None:
        runs = runs.mutate(standard=of_standard(runs.version, versions))
        lost = events.name(lost_runs(events, versions))
        marks = lost.select("case", standard=of_standard(lost.version, versions))
        runs = runs.anti_join(marks, ["case", "standard"]).drop("standard")
    judged = _verdicts(events.name(deadlines(events, versions, events.name(runs))), events.cutoff)
    # Only where dates came without times do some runs have a worst and a best case.
    agreed = _agreed(events.keep(judged)) if events.bare else judged
    named = _named(events, versions, events.name(agreed))
    if events.lost is None:
        return named
    return ibis.union(named, _lost(events, versions, lost).select(*named.columns))


_INSIDE = {"version": "int64", "case": "int32", "calendar": "int64", "kind": "int64",
           "amount": "int64"}  # fmt: skip


def _empty() -> ir.Table:
    kinds = {"text": "string", "time": "timestamp(6)", "number": "float64", "integer": "int64"}
    schema = {column.name: kinds[column.kind] for column in tables.JUDGEMENTS.columns}
    schema |= _INSIDE
    return ibis.memtable(pd.DataFrame(columns=list(schema)), schema=ibis.schema(schema))


def _verdicts(rows: ir.Table, cutoff: pd.Timestamp) -> ir.Table:
    done = rows.t.notnull()
    on_time = rows.t <= rows.due
    on_time = (rows.dated & rows.to_bare).ifelse(day_of(rows.t) <= rows.due_day, on_time)
    verdict = ibis.cases(
        (done & on_time, "met"),
        (done, "late"),
        # Stopped after the deadline, the clock excuses nothing.
        (rows.standing | (rows.halted < rows.due).fill_null(False), "suspended"),
        (rows.due >= micros_of(cutoff), "pending"),
        else_="overdue",
    )
    nothing = ibis.null("int64")
    late = verdict.isin(["late", "overdue"])
    return rows.select(
        *TOLD,
        "kind",
        "amount",
        verdict=verdict,
        due=rows.standing.ifelse(nothing, rows.due),
        used=rows.back.ifelse(done.ifelse(-rows.passed, nothing), rows.passed),
        over=late.ifelse(ibis.greatest(rows.past, 0), nothing),
        vague=rows.vague & ~rows.dated,
    )


def _agreed(rows: ir.Table) -> ir.Table:
    """Bring the worst and the best case together: where they differ, nothing is decided."""
    sure, pairs = rows.filter(~rows.unsure), rows.filter(rows.unsure)
    both = pairs.group_by(*TOLD).aggregate(
        kind=pairs.kind.max(),
        amount=pairs.amount.max(),
        worst=pairs.verdict.min(),
        best=pairs.verdict.max(),
        due=pairs.due.max(),
        vague=pairs.vague.cast("int64").max() == 1,
    )
    open_ended = ibis.null("int64")
    agreed = both.select(
        *TOLD,
        "kind",
        "amount",
        verdict=both.worst,
        due=both.due,
        used=open_ended,
        over=open_ended,
        vague=both.vague | (both.worst != both.best),
    )
    return ibis.union(sure, agreed)


def _named(events: Events, versions: Sequence[Standard], rows: ir.Table) -> ir.Table:
    named = rows.join(events.cases.select("case", "case_id"), "case")
    # What has ended keeps its verdict.
    unread, cancelled = named.kind.isnull(), named.gone & named.to_us.isnull()
    reason = ibis.cases(
        (named.before, "before"),
        (unread, "limit"),
        (cancelled, ibis.null("string")),
        (named.vague, "precision"),
    )
    named = named.mutate(reason=reason, cancelled=cancelled & ~unread)
    told = named.reason.isnull() & ~named.cancelled
    no_time, no_hours = ibis.null("timestamp(6)"), ibis.null("float64")
    knows_due = ~named.before & ~named.from_bare & named.due.notnull()
    return named.mutate(
        standard_id=by_version(named.version, versions, lambda v: v.standard_id),
        from_time=engine.moment(named.from_us),
        to_time=engine.moment(named.to_us),
        due=knows_due.ifelse(engine.moment(named.due).cast("timestamp(6)"), no_time),
        verdict=ibis.cases(
            (named.cancelled, "cancelled"), (told, named.verdict), else_="undecidable"
        ),
        used_hours=told.ifelse(named.used / MICROSECONDS_PER_HOUR, no_hours),
        over_hours=told.ifelse(named.over / MICROSECONDS_PER_HOUR, no_hours),
    ).select(*_INSIDE, *tables.JUDGEMENTS.names)


def _lost(events: Events, versions: Sequence[Standard], lost: ir.Table) -> ir.Table:
    """The verdicts of cases of which a row was lost that would decide them: none."""
    named = lost.join(events.cases.select("case", "case_id"), "case")
    empty = {
        name: ibis.null(kind)
        for names, kind in (
            (("from_time", "to_time", "due"), "timestamp(6)"),
            (("used_hours", "over_hours"), "float64"),
            (("calendar", "kind", "amount"), "int64"),
        )
        for name in names
    }
    return named.mutate(
        standard_id=by_version(named.version, versions, lambda v: v.standard_id),
        occurrence=ibis.literal(1).cast("int64"),
        verdict=ibis.literal("undecidable"),
        reason=ibis.literal("record"),
        **empty,
    )
