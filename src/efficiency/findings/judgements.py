"""Whether each case met each standard: met, late, pending, overdue, suspended or undecidable."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import _engine, tables
from efficiency._engine import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Value
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.clock import day_of, spans_of, with_days, with_moment, with_work, worked
from efficiency.criteria.standards import Condition, Moment, Standard, parse_standards, unfit
from efficiency.facts.events import Events, Log, attribute_values, observed
from efficiency.findings.pauses import no_pauses, pauses_of, with_pauses
from efficiency.problems import SettingsError

#: A day-precise moment may lie anywhere from 00:00:00 to 23:59:59.
_LAST_SECOND = MICROSECONDS_PER_DAY - 1_000_000


def judge(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    cutoff: pd.Timestamp | str | None = None,
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
    is ``undecidable``. ``used_hours`` and ``over_hours`` are then empty, as is ``due`` where the
    start is not known to the minute.

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
    with observed(log, calendar or Calendar(), cutoff=cutoff) as events:
        versions = parse_standards(standards)
        _check_names(events, versions)
        return events.answer(judgement_table(events, versions))


def not_started(
    log: Log | Events,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    cutoff: pd.Timestamp | str | None = None,
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
    >>> log = pd.DataFrame({"case_id": ["1"], "activity": ["转办"], "end": pd.to_datetime(["2024-03-05"])})
    >>> standards = pd.DataFrame({
    ...     "standard_id": ["T1"], "from": ["登记"], "to": ["转办"], "limit": ["same day"],
    ... })
    >>> not_started(log, standards).to_dict("tight")["data"]
    [['T1', 1]]
    """
    with observed(log, calendar or Calendar(), cutoff=cutoff) as events:
        return not_started_table(events, parse_standards(standards))


def _check_names(events: Events, versions: Sequence[Standard]) -> None:
    activities = events.frame(events.activities)["activity"].tolist()
    problems = unfit(tuple(versions), sorted(activities), list(events.log.columns))
    fatal = [problem for problem in problems if problem.key == "scope_column"]
    if fatal:
        raise SettingsError(fatal)
    for problem in problems:
        warnings.warn(problem.text(), stacklevel=3)


def judgement_table(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """Give the judgements of observed events as an expression."""
    if not versions:
        return _empty()
    timed = events.keep(_with_ends(events, versions, events.keep(_starts(events, versions))))
    bounds, pauses = events.keep(_bounds(timed, events)), pauses_of(events, versions)
    pauses = pauses if pauses is None else events.keep(pauses)
    judged = [
        _judged(events, bounds, pauses, method, chosen)
        for method in _METHODS
        if (chosen := [i for i, version in enumerate(versions) if _method_of(version) == method])
    ]
    rows = judged[0] if len(judged) == 1 else ibis.union(*judged)
    return _named(events, versions, timed, _agreed(rows))


def _empty() -> ir.Table:
    kinds = {"text": "string", "time": "timestamp(6)", "number": "float64"}
    schema = {column.name: kinds[column.kind] for column in tables.JUDGEMENTS.columns}
    return ibis.memtable(pd.DataFrame(columns=list(schema)), schema=ibis.schema(schema))


# --- the moments between which the clock runs -------------------------------------------------


def _marks(versions: Sequence[Standard], moments: Callable[[Standard], Moment]) -> ir.Table:
    """Lay out which activity and kind of moment each version waits for, one row each."""
    rows = [
        (number, activity, moments(version).kind)
        for number, version in enumerate(versions)
        for activity in moments(version).activities
    ]
    return _engine.table(pd.DataFrame(rows, columns=["version", "activity", "kind"]))


def _moments(
    events: Events, versions: Sequence[Standard], moments: Callable[[Standard], Moment]
) -> ir.Table:
    """
    Give every moment that some version waits for: ``version, case, calendar, key``.

    ``key`` is twice the microsecond, plus one if it is known to the day only: so the least key
    is the first moment, and tells its precision.
    """
    marks = _marks(versions, moments).join(events.activities, "activity").drop("activity")
    steps, parts = events.steps, []
    for kind in sorted({moments(version).kind for version in versions}):
        at = steps[kind]
        parts.append(
            steps.filter(at.notnull())
            .select("case", "code", "calendar", key=at * 2 + steps[f"{kind}_bare"].cast("int64"))
            .join(marks.filter(marks.kind == kind).drop("kind"), "code")
            .drop("code")
        )
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def _micros(key: Value) -> Value:
    return _engine.floor_div(key, 2)


def _starts(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """Give the cases in scope whose clock started, under the version in force that day."""
    moments = _moments(events, versions, lambda version: version.begins)
    starts = moments.group_by("version", "case").aggregate(
        from_key=moments.key.min(), calendar=moments.calendar.argmin(moments.key)
    )
    starts = starts.mutate(from_us=_micros(starts.from_key), from_bare=starts.from_key % 2 == 1)
    if any(pd.notna(v.valid_from) or pd.notna(v.valid_to) for v in versions):
        starts = starts.filter(_by_version(starts.version, versions, lambda v: _in_force(starts, v)))
    return starts.semi_join(_scoped(events, versions), ["version", "case"])


def _by_version(
    number: Value, versions: Sequence[Standard], value: Callable[[Standard], Any]
) -> Value:
    return ibis.cases(*((number == i, value(version)) for i, version in enumerate(versions)))


def _in_force(starts: ir.Table, version: Standard) -> Value:
    day, holds = day_of(starts.from_us), ibis.literal(value=True)
    if pd.notna(version.valid_from):
        holds = holds & (day >= (version.valid_from - pd.Timestamp("1970-01-01")).days)
    if pd.notna(version.valid_to):
        holds = holds & (day <= (version.valid_to - pd.Timestamp("1970-01-01")).days)
    return holds


def _scoped(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """Give the cases in scope of each version: ``version, case``."""
    names = sorted({condition.column for version in versions for condition in version.scope})
    cases = events.cases.select("case", "case_id")
    if names:
        values = attribute_values(events, [name for name in names if name != "case_id"])
        cases = cases.join(values, "case_id")
    numbers = _engine.table(pd.DataFrame({"version": range(len(versions))}))
    pairs = cases.cross_join(numbers)
    holds = _by_version(pairs.version, versions, lambda version: _holds(pairs, version.scope))
    return pairs.filter(holds).select("version", "case")


def _holds(pairs: ir.Table, scope: Sequence[Condition]) -> Value:
    holds = ibis.literal(value=True)
    for condition in scope:
        value = pairs[condition.column].cast("string").fill_null("")
        inside = value.isin(list(condition.values))
        holds = holds & (~inside if condition.negated else inside)
    return holds


def _with_ends(events: Events, versions: Sequence[Standard], starts: ir.Table) -> ir.Table:
    """
    Add the moment at which each clock stopped.

    The first at or after the start (a bare date on the start's day counts as after), or, where
    every one lies before, the last of them; for a limit that looks back, the first in the case.
    """
    moments = _moments(events, versions, lambda version: version.ends).drop("calendar")
    met = moments.join(starts.select("version", "case", "from_us"), ["version", "case"])
    at, bare = _micros(met.key), met.key % 2 == 1
    looks_back = _by_version(met.version, versions, lambda version: version.limit.before)
    after = (at >= met.from_us) | (bare & (day_of(at) == day_of(met.from_us))) | looks_back
    ends = met.group_by("version", "case").aggregate(
        first_after=met.key.min(where=after), last_before=met.key.max(where=~after)
    )
    timed = starts.left_join(ends, ["version", "case"]).drop("version_right", "case_right")
    key = ibis.coalesce(timed.first_after, timed.last_before)
    timed = timed.mutate(
        to_us=_micros(key),
        to_bare=(key % 2 == 1).fill_null(False),
        before=timed.first_after.isnull() & timed.last_before.notnull(),
    ).drop("first_after", "last_before", "from_key")
    required = _by_version(timed.version, versions, lambda version: version.required)
    facts = {
        "amount": _by_version(timed.version, versions, lambda v: v.limit.amount).cast("int64"),
        "back": _by_version(timed.version, versions, lambda v: v.limit.before),
        "hours_limit": _by_version(timed.version, versions, lambda v: v.limit.unit == "time"),
        "same_day": _by_version(timed.version, versions, lambda v: v.limit.unit == "same_day"),
    }
    return timed.mutate(**facts).filter(required | timed.to_us.notnull())


def not_started_table(events: Events, versions: Sequence[Standard]) -> pd.DataFrame:
    """Count the cases in scope without a verdict, of observed events."""
    if not versions:
        return pd.DataFrame({"standard_id": pd.Series(dtype=object), "not_started": pd.Series(dtype="int64")})
    scoped = _scoped(events, versions)
    began = _moments(events, versions, lambda version: version.begins)
    waiting = scoped.anti_join(began, ["version", "case"])
    starts = _starts(events, versions)
    judged = _with_ends(events, versions, starts)
    missing = ibis.union(
        waiting, starts.anti_join(judged, ["version", "case"]).select("version", "case")
    )
    names = pd.DataFrame(
        {"version": range(len(versions)), "standard_id": [v.standard_id for v in versions]}
    )
    # A case may be in scope of several versions of one standard: it counts once.
    named = missing.join(_engine.table(names), "version").select("standard_id", "case").distinct()
    ids = list(dict.fromkeys(names["standard_id"]))
    if len(ids) < len(names):
        began_any = began.join(_engine.table(names), "version").select("standard_id", "case")
        late_enough = starts.join(_engine.table(names), "version").select("standard_id", "case")
        named = named.anti_join(began_any.anti_join(late_enough, ["standard_id", "case"]), ["standard_id", "case"])
    counts = events.frame(named.group_by("standard_id").aggregate(n=named.count()))
    found = counts.set_index("standard_id")["n"]
    return pd.DataFrame({"standard_id": ids, "not_started": [int(found.get(i, 0)) for i in ids]})


# --- best and worst case ----------------------------------------------------------------------


def _bounds(timed: ir.Table, events: Events) -> ir.Table:
    """
    Give each row once, or twice (worst and best) where a moment is known to the day only.

    ``f`` and ``t`` are the moments to be judged; ``t`` is empty while the case is open.
    """
    cutoff = _micros_of(events.cutoff)
    sides = _engine.table(pd.DataFrame({"bound": [0, 1]}))
    unsure = timed.from_bare | timed.to_bare
    rows = timed.mutate(unsure=unsure).cross_join(sides)
    rows = rows.filter((rows.bound == 0) | rows.unsure)
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
    placed = rows.mutate(f=f, t=t)
    return placed.mutate(stop=ibis.coalesce(placed.t, ibis.literal(cutoff)), cutoff=ibis.literal(cutoff))


def _micros_of(moment: pd.Timestamp) -> int:
    return int(moment.to_datetime64().astype("datetime64[us]").astype("int64"))


# --- deadlines --------------------------------------------------------------------------------


def _method_of(version: Standard) -> str:
    unit = version.limit.unit
    return {"time": version.clock, "same_day": "working_days"}.get(unit, unit)


def _due_working(rows: ir.Table, days: pd.DataFrame) -> ir.Table:
    """Due when the working time is used up; looking back, the last moment that leaves enough."""
    target = rows.w_f + rows.extra + rows.back.ifelse(-rows.amount, rows.amount)
    aimed = rows.mutate(aim=target - rows.back.ifelse(0, 1))
    found = with_moment(aimed, days, "aim", "begun")
    return found.mutate(
        due=found.begun + found.back.ifelse(0, 1), due_day=ibis.null("int64"), w_due=target
    )


def _due_elapsed(rows: ir.Table, days: pd.DataFrame) -> ir.Table:
    """Due when the time is used up by the wall clock."""
    due = rows.f + rows.extra + rows.back.ifelse(-rows.amount, rows.amount)
    return rows.mutate(due=due, due_day=ibis.null("int64"), w_due=ibis.null("int64"))


def _due_working_days(rows: ir.Table, days: pd.DataFrame) -> ir.Table:
    """Due at the close of the N-th working day after; for ``same day`` of the day itself."""
    return _at_close(rows.mutate(aim=rows.place_f + rows.goal + rows.extra), days)


def _at_close(rows: ir.Table, days: pd.DataFrame) -> ir.Table:
    working = _engine.table(days[days["working"]]).select(
        c__calendar="calendar", c__ordinal="ordinal", due_day="day",
        c__close="close", c__before="before", c__length="length",
    )
    joined = rows.left_join(
        working, [rows.calendar == working.c__calendar, rows.aim == working.c__ordinal]
    )
    return joined.mutate(
        due=joined.due_day * MICROSECONDS_PER_DAY + joined.c__close,
        w_due=joined.c__before + joined.c__length,
    )


def _due_days(rows: ir.Table, days: pd.DataFrame) -> ir.Table:
    """Due at 24:00 of the last calendar day, or at the close of the next working day."""
    spread = _engine.table(days)
    last = rows.mutate(last=(rows.place_f + rows.goal + rows.extra) * MICROSECONDS_PER_DAY)
    last = with_days(last, spread, "last", "l_", "working", "ordinal", "before", "length")
    closed = _at_close(last.mutate(aim=last.l_ordinal + 1), days)
    return closed.mutate(
        due=closed.l_working.ifelse(closed.last + MICROSECONDS_PER_DAY, closed.due),
        due_day=closed.l_working.ifelse(closed.l_day, closed.due_day),
        w_due=closed.l_working.ifelse(closed.l_before + closed.l_length, closed.w_due),
    )


_METHODS: dict[str, Callable[[ir.Table, pd.DataFrame], ir.Table]] = {
    "working": _due_working,
    "elapsed": _due_elapsed,
    "working_days": _due_working_days,
    "days": _due_days,
}


def _judged(
    events: Events, bounds: ir.Table, pauses: ir.Table | None, method: str, chosen: list[int]
) -> ir.Table:
    """Judge the rows of the versions whose deadline is found by one method."""
    days = events.days
    assert days is not None
    spread = _engine.table(days)
    spans = [name for name in spread.columns if name.startswith(("open_", "close_"))]
    rows = bounds.filter(bounds.version.isin(chosen))
    rows = with_days(rows, spread, "f", "f_", "before", "ordinal", "working", "close", *spans)
    rows = rows.mutate(w_f=worked(rows, "f", "f_", spans_of(spread)))
    after_hours = ~rows.f_working | (rows.f - rows.f_day * MICROSECONDS_PER_DAY > rows.f_close)
    places = {"working": rows.w_f, "elapsed": rows.f, "working_days": rows.f_ordinal}
    rows = rows.mutate(
        goal=rows.same_day.ifelse(after_hours.cast("int64"), rows.amount),
        place_f=places.get(method, rows.f_day),
    ).drop(*(name for name in rows.columns if name.startswith("f_")))
    rows = with_work(rows, spread, w_stop="stop")
    rows = no_pauses(rows) if pauses is None else with_pauses(rows, pauses, spread, method)
    return _verdicts(_METHODS[method](rows, days), method)


def _verdicts(rows: ir.Table, method: str) -> ir.Table:
    done = rows.t.notnull()
    on_time = rows.t <= rows.due
    if method in {"working_days", "days"}:
        on_time = rows.to_bare.ifelse(day_of(rows.t) <= rows.due_day, on_time)
    verdict = ibis.cases(
        (done & (on_time | rows.standing), "met"),
        (done, "late"),
        (rows.standing, "suspended"),
        (rows.cutoff <= rows.due, "pending"),
        else_="overdue",
    )
    elapsed = method == "elapsed"
    start, stop = (rows.f, rows.stop) if elapsed else (rows.w_f, rows.w_stop)
    passed = stop - start - rows.spent
    used = rows.back.ifelse(done.ifelse(-passed, ibis.null("int64")), passed)
    if method in {"working_days", "days"}:
        over = rows.w_stop - rows.w_due
    else:
        over = passed - rows.back.ifelse(-rows.amount, rows.amount)
    late = verdict.isin(["late", "overdue"])
    return rows.select(
        "version",
        "case",
        "bound",
        verdict=verdict,
        due=rows.standing.ifelse(ibis.null("int64"), rows.due),
        used=used,
        over=late.ifelse(ibis.greatest(over, 0), ibis.null("int64")),
        vague=rows.vague & rows.hours_limit,
    )


def _agreed(rows: ir.Table) -> ir.Table:
    """Bring the worst and the best case together: where they differ, nothing is decided."""
    both = rows.group_by("version", "case").aggregate(
        worst=rows.verdict.min(),
        best=rows.verdict.max(),
        due=rows.due.max(),
        used=rows.used.max(),
        over=rows.over.max(),
        vague=rows.vague.cast("int64").max() == 1,
    )
    return both.mutate(unsure=(both.worst != both.best) | both.vague)


def _named(
    events: Events, versions: Sequence[Standard], timed: ir.Table, judged: ir.Table
) -> ir.Table:
    rows = timed.join(judged, ["version", "case"]).join(
        events.cases.select("case", "case_id"), "case"
    )
    bare = rows.from_bare | rows.to_bare
    open_ended = ibis.null("timestamp(6)")
    blank = ibis.null("float64")
    told = ~rows.before & ~bare & ~rows.unsure
    named = rows.select(
        "version",
        "case_id",
        standard_id=_by_version(rows.version, versions, lambda version: version.standard_id),
        from_time=_engine.moment(rows.from_us),
        to_time=_engine.moment(rows.to_us),
        due=(rows.before | rows.from_bare | rows.vague).ifelse(
            open_ended, _engine.moment(rows.due).cast("timestamp(6)")
        ),
        verdict=(rows.before | rows.unsure).ifelse("undecidable", rows.worst),
        reason=ibis.cases((rows.before, "before"), (rows.unsure, "precision")),
        used_hours=told.ifelse(rows.used / MICROSECONDS_PER_HOUR, blank),
        over_hours=told.ifelse(rows.over / MICROSECONDS_PER_HOUR, blank),
    )
    return named.order_by("version", "case_id").select(*tables.JUDGEMENTS.names)
