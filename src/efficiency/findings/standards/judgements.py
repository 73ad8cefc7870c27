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
from efficiency._doors.engine import MICROSECONDS_PER_HOUR, Value
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
        ``tables.JUDGEMENTS``, a DataFrame in the order of the standards, then by case id. Cases
        out of scope and cases whose clock never started have no row; `not_started` counts the
        latter.

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
        return events.answer(
            judged, "version", "case", "occurrence", columns=tables.JUDGEMENTS.names
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
        return engine.nothing(events.cases, _COLUMNS)
    key = ("judgements", tuple(versions))
    judged = events.once_by_case(key, lambda whole: _judged(whole, versions))
    return events.memo(
        (*key, "named"), lambda events: events.name(_named(events, versions, judged))
    )


def _judged(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """The judgements in narrow columns, names by number: what is stored of them."""
    runs = clock_runs(events, versions)
    if events.lost is not None:
        runs = runs.mutate(standard=of_standard(runs.version, versions))
        lost = events.name(lost_runs(events, versions))
        marks = lost.select("case", standard=of_standard(lost.version, versions))
        runs = runs.anti_join(marks, ["case", "standard"]).drop("standard")
    judged = _verdicts(events.name(deadlines(events, versions, events.name(runs))), events.cutoff)
    # Only where dates came without times do some runs have a worst and a best case.
    agreed = _agreed(events.keep(judged)) if events.bare else judged
    decided = _decided(events.name(agreed))
    if events.lost is None:
        return decided
    return ibis.union(decided, _lost(lost).select(*decided.columns))


_INSIDE = {"version": "int64", "case": "int32", "calendar": "int64", "kind": "int64",
           "amount": "int64"}  # fmt: skip
_KINDS = {"text": "string", "time": "timestamp(6)", "number": "float64", "integer": "int64"}
_COLUMNS = {column.name: _KINDS[column.kind] for column in tables.JUDGEMENTS.columns} | _INSIDE
#: What stands for these words in what is stored.
_VERDICTS = ("met", "late", "pending", "overdue", "suspended", "undecidable", "cancelled")
_REASONS = ("before", "limit", "precision", "record")
#: The columns of what is stored.
_STORED = {
    "version": "int16", "case": "int32", "occurrence": "int32", "calendar": "int16",
    "kind": "int16", "amount": "int64", "from_us": "int64", "to_us": "int64", "due": "int64",
    "used": "int64", "over": "int64", "verdict": "int8", "reason": "int8",
}  # fmt: skip


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


def _decided(rows: ir.Table) -> ir.Table:
    """Each judgement as it is stored: why nothing is decided, or what is."""
    # What has ended keeps its verdict.
    unread, cancelled = rows.kind.isnull(), rows.gone & rows.to_us.isnull()
    reason = ibis.cases(
        (rows.before, "before"),
        (unread, "limit"),
        (cancelled, ibis.null("string")),
        (rows.vague, "precision"),
    )
    rows = rows.mutate(reason=reason, cancelled=cancelled & ~unread)
    told = rows.reason.isnull() & ~rows.cancelled
    nothing = ibis.null("int64")
    verdict = ibis.cases((rows.cancelled, "cancelled"), (told, rows.verdict), else_="undecidable")
    return _stored(
        rows.mutate(
            due=(~rows.before & ~rows.from_bare).ifelse(rows.due, nothing),
            verdict=_number(verdict, _VERDICTS),
            used=told.ifelse(rows.used, nothing),
            over=told.ifelse(rows.over, nothing),
            reason=_number(rows.reason, _REASONS),
        )
    )


def _number(word: Value, words: Sequence[str]) -> Value:
    return ibis.cases(*((word == one, number) for number, one in enumerate(words)))


def _word(number: Value, words: Sequence[str]) -> Value:
    return ibis.cases(*((number == at, one) for at, one in enumerate(words)))


def _stored(rows: ir.Table) -> ir.Table:
    return rows.select(**{name: rows[name].cast(kind) for name, kind in _STORED.items()})


def _named(events: Events, versions: Sequence[Standard], judged: ir.Table) -> ir.Table:
    """The judgements as they are read."""
    named = judged.join(events.cases.select("case", "case_id"), "case")
    moments = {
        name: engine.moment(named[stored]).cast("timestamp(6)")
        for name, stored in (("from_time", "from_us"), ("to_time", "to_us"), ("due", "due"))
    }
    return named.mutate(
        standard_id=by_version(named.version, versions, lambda v: v.standard_id),
        verdict=_word(named.verdict, _VERDICTS),
        reason=_word(named.reason, _REASONS),
        used_hours=named.used / MICROSECONDS_PER_HOUR,
        over_hours=named.over / MICROSECONDS_PER_HOUR,
        occurrence=named.occurrence.cast("int64"),
        **{name: named[name].cast(kind) for name, kind in _INSIDE.items()},
        **moments,
    ).select(*_INSIDE, *tables.JUDGEMENTS.names)


def _lost(lost: ir.Table) -> ir.Table:
    """The verdicts of cases of which a row was lost that would decide them: none."""
    none = ibis.null("int64")
    empty = dict.fromkeys(
        ("calendar", "kind", "amount", "from_us", "to_us", "due", "used", "over"), none
    )
    return _stored(
        lost.mutate(
            occurrence=ibis.literal(1),
            verdict=ibis.literal(_VERDICTS.index("undecidable")),
            reason=ibis.literal(_REASONS.index("record")),
            **empty,
        )
    )
