"""The log as it stood at the cut-off, in order and with its working clock: computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import engine, sessions
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import day_table, work_index
from efficiency.evidence.log_record import MOMENTS, Record
from efficiency.facts.endings import ClosedBy, Endings, endings
from efficiency.facts.steps import ordered_steps, span_of
from efficiency.problems import ArgumentError, Problem

Log: TypeAlias = "pd.DataFrame | ir.Table | Record"
#: Deadlines may lie this far behind the last moment that the log holds (see clock.longest).
SPARE = dt.timedelta(days=12 * 366)
#: A limit that looks back may fall due this far before the first.
BEHIND = dt.timedelta(days=366)
#: Pandas counts days no further.
_FURTHEST = pd.Timestamp("2262-04-01")


@dataclass(frozen=True)
class Events:
    """
    A log that was ordered and enriched once, for all that is computed from it.

    Attributes
    ----------
    steps
        One row a seen step, in narrow columns: ``case, code, row, unit, actor, calendar, done,
        position`` (of done steps, from 1), the moments in microseconds since 1970, ``*_bare``
        (day precision), ``w_*`` (working microseconds before that moment; ``w_previous``: before
        the end of the step before) and ``source`` (the code of the step before). Where ``bare``,
        also ``earliest`` and ``latest``: the moments between which a step was done.
    cases
        ``case, case_id, steps, first, last, open, cancelled, cancelled_us`` (when, in microseconds
        since 1970). A cancelled case is neither open nor closed.
    activities
        ``code, activity``, in the order of their names.
    log
        The seen rows with all their columns.
    days, day_frame
        The day table, on the connection and as a DataFrame; empty where no calendar was given.
    cutoff
        The moment after which nothing is seen.
    bare
        Whether some moment is known to the day only.
    calendar
        The working calendar; None: no working time was computed.
    ends
        What closes and cancels a case.
    lost
        ``case, activity``: steps whose row was rejected when the log was read; None: of none is
        known.
    con
        The connection that they live on.
    plain
        Whether answers are DataFrames.
    whole
        The events of all cases, where these are of some; see `within`.
    people
        Columns that are about persons: nobody is compared by them.
    """

    steps: ir.Table
    cases: ir.Table
    activities: ir.Table
    log: ir.Table
    days: ir.Table
    day_frame: pd.DataFrame
    cutoff: pd.Timestamp
    bare: bool
    calendar: Calendar | None
    ends: Endings
    lost: ir.Table | None
    con: BaseBackend
    plain: bool
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    whole: Events | None = field(default=None, repr=False)
    people: tuple[str, ...] = ()

    def keep(self, expr: ir.Table) -> ir.Table:
        """Compute a table once, so that what is built on it need not be computed again."""
        return engine.keep(expr, self.con)

    def name(self, expr: ir.Table) -> ir.Table:
        """A name for a step of a long computation, so that its query stays short."""
        return engine.named(expr, self.con)

    def once(self, name: Hashable, build: Callable[[Events], ir.Table]) -> ir.Table:
        """Compute a table that several others stand on at its first use."""
        table: ir.Table = self.memo(name, lambda events: events.keep(build(events)))
        return table

    def once_by_case(self, name: Hashable, build: Callable[[Events], ir.Table]) -> ir.Table:
        """
        Compute a table whose rows hang on their own case alone, once for all spans of the log.

        Parameters
        ----------
        name
            What the table is known by.
        build
            Gives the table of observed events; it has a column ``case``.
        """
        if self.whole is None:
            return self.once(name, build)
        table = self.whole.once_by_case(name, build)
        return self.once(name, lambda events: table.semi_join(events.cases, "case"))

    def memo(self, name: Hashable, build: Callable[[Events], Any]) -> Any:
        """
        Whatever is found from these events, found at its first use.

        Parameters
        ----------
        name
            What it is known by.
        build
            Finds it of observed events; a DataFrame is handed out as a copy.
        """
        if name not in self.kept:
            self.kept[name] = build(self)
        found = self.kept[name]
        return found.copy() if isinstance(found, pd.DataFrame) else found

    @property
    def plainly(self) -> Events:
        """The same, whose answers are DataFrames."""
        return self if self.plain else replace(self, plain=True)

    @property
    def work_index(self) -> ir.Table:
        """The table that finds the day of a working microsecond."""
        return self.once("work_index", lambda events: engine.table(work_index(events.day_frame)))

    def frame(self, expr: ir.Table) -> pd.DataFrame:
        """Run an expression and give its rows as a DataFrame."""
        return engine.frame(expr, self.con)

    def answer(
        self,
        expr: ir.Table,
        *by: str,
        columns: Sequence[str] = (),
        of: tables.Table | None = None,
    ) -> Any:
        """
        An expression as the kind of table that the log was.

        Parameters
        ----------
        expr
            The table.
        by
            What the rows of a DataFrame are sorted by; a table on an engine has no order.
        columns
            The columns to give; none: all.
        of
            The contract that a DataFrame must keep; a table on an engine is not computed for it.
        """
        ordered = expr.order_by(*by) if by and self.plain else expr
        chosen = ordered.select(*columns) if columns else ordered
        if not self.plain:
            return chosen
        frame = self.frame(chosen)
        return frame if of is None else of.check(frame)

    def codes(self) -> dict[str, int]:
        """The code of each activity."""
        frame = self.frame(self.activities)
        return dict(zip(frame["activity"], frame["code"].tolist(), strict=True))

    @property
    def attributes(self) -> list[str]:
        """The columns of the log that are not ours: what is known of a case."""
        never = {*tables.LOG.names, *self.people}
        return [name for name in self.log.columns if name not in never]


@contextmanager
def observed(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    worked: bool = False,
) -> Iterator[Events]:
    """
    Order and enrich a log for as long as it is worked on.

    Parameters
    ----------
    log
        ``tables.LOG``: a DataFrame, which runs on an embedded DuckDB, or an Ibis table, which
        runs where it lives; or a record, whose lost rows then decide nothing. Events that were
        observed already stay as they are.
    calendar
        The working calendar; None: no working time is computed.
    cutoff
        Moments after it are not seen. None: the log's last moment.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is. `Endings`
        say besides what cancels one.
    period
        Keep the cases whose first moment lies between two dates, both included.
    worked
        Whether working time is asked for: then, without a calendar, China's public one counts.

    Raises
    ------
    TableError
        If the log is none.
    ArgumentError
        If the calendar is none, or something is given that observed events fix already.

    Notes
    -----
    Done steps come by ``end``, open ones after them, ties by ``row``. A step whose end is known to
    the day only was done between its own finer ``start`` or ``received`` of that date, or 00:00,
    and 24:00; it comes by the earliest of these moments.
    """
    if isinstance(log, Events):
        given = {"calendar": calendar, "cutoff": cutoff, "closed_by": closed_by, "period": period}
        _refuse(given, log, worked=worked)
        yield log
        return
    if calendar is not None and not isinstance(calendar, Calendar):
        details = {"name": "calendar", "kind": "Calendar", "got": type(calendar).__name__}
        raise ArgumentError([Problem("argument", details)])
    lost, people = (log.lost, log.people) if isinstance(log, Record) else (None, ())
    log = log.log if isinstance(log, Record) else log
    if not isinstance(log, pd.DataFrame | ir.Table):
        tables.LOG.check(log)  # tells what it is in place of a log
    if worked:
        calendar = calendar or Calendar()
    asked = calendar, cutoff, endings(closed_by), period, lost
    if isinstance(log, pd.DataFrame):
        with sessions.session() as con:
            yield replace(_observe(log, con, *asked), people=people)
    else:
        con = engine.backend_of(log)
        if con.name != "duckdb":
            raise ArgumentError([Problem("other_engine", {"got": con.name})])
        yield replace(_observe(log, con, *asked), people=people)


def _refuse(given: dict[str, Any], events: Events, *, worked: bool) -> None:
    """Refuse what observed events fix already: to ignore it would be to answer otherwise."""
    fixed = [name for name, value in given.items() if value is not None and value != ()]
    problems = [Problem("fixed", {"name": name}) for name in fixed]
    if worked and events.calendar is None:
        problems.append(Problem("no_worktime"))
    if problems:
        raise ArgumentError(problems)


def _observe(
    log: pd.DataFrame | ir.Table,
    con: BaseBackend,
    calendar: Calendar | None,
    cutoff: pd.Timestamp | str | None,
    ends: Endings,
    period: Sequence[str] | None,
    lost: pd.DataFrame | None,
) -> Events:
    raw = _complete(log, con)
    span = span_of(raw, con)
    end = pd.Timestamp(cutoff) if cutoff is not None else span.last
    seen = _seen(raw, end)
    cases = _cases(seen, ends, period)
    if lost is not None and lost["undone"].any() and not ends.closed_by:
        cases = _with_undone(cases, lost)
    cases = engine.keep(cases, con)
    names = seen.select("activity").distinct()
    coded = names.mutate(code=ibis.row_number().over(order_by=names.activity).cast("int32"))
    activities = engine.keep(coded, con)
    first, last = (at.as_unit("us") for at in (min(span.first, end), max(span.last, end)))
    known = first - BEHIND, min(last + SPARE, _FURTHEST)
    day_frame = day_table(calendar or Calendar(), *known)
    days = engine.keep(engine.table(day_frame), con)
    steps = ordered_steps(raw, seen, cases, activities, days, calendar, span, con)
    whole = seen.semi_join(cases, "case_id") if period else seen
    plain = isinstance(log, pd.DataFrame)
    gone = None if lost is None or lost.empty else _lost(lost, cases, con)
    return Events(
        steps, cases, activities, whole, days, day_frame, end, span.bare, calendar, ends, gone, con,
        plain,
    )  # fmt: skip


def _with_undone(cases: ir.Table, lost: pd.DataFrame) -> ir.Table:
    """The cases, open where a row says what is to be done and has no moment yet."""
    waiting = engine.table(lost.loc[lost["undone"], ["case_id"]].drop_duplicates())
    marked = cases.left_join(waiting.mutate(waits=True), "case_id")
    still = marked.waits.fill_null(False) & ~marked.cancelled
    return marked.select(*(name for name in cases.columns if name != "open"),
                         open=marked["open"] | still)  # fmt: skip


def _lost(lost: pd.DataFrame, cases: ir.Table, con: BaseBackend) -> ir.Table:
    """The cases, and activities, of rows that were rejected though both are known."""
    rows = engine.table(lost[["case_id", "activity"]].drop_duplicates())
    known = rows.join(cases.select("case_id", "case"), "case_id").select("case", "activity")
    return engine.keep(known, con)


def _complete(log: Log, con: BaseBackend) -> ir.Table:
    """Add what a hand-made log may leave out; give times as the engine counts them."""
    tables.LOG.check(log)
    if isinstance(log, pd.DataFrame):
        numbered = log if "row" in log else log.assign(row=range(1, len(log) + 1))
        raw = engine.keep(engine.table(numbered), con)
    else:
        raw = log
    kinds = {"text": "string", "time": "timestamp(6)", "integer": "int64"}
    ours = {}
    for column in tables.LOG.columns:
        if column.name in raw.columns:
            ours[column.name] = raw[column.name].cast(kinds[column.kind])
        elif column.name == "row":
            ours["row"] = ibis.row_number() + 1
        elif column.name.endswith("_precision"):
            ours[column.name] = ibis.literal("second")
        else:
            ours[column.name] = ibis.null(kinds[column.kind])
    return raw.mutate(**ours)


def _seen(raw: ir.Table, cutoff: pd.Timestamp) -> ir.Table:
    """Take the log as it stood at the cut-off."""
    limit = ibis.literal(cutoff.to_pydatetime())
    then = {
        name: (raw[name] <= limit).ifelse(raw[name], ibis.null("timestamp(6)")) for name in MOMENTS
    }
    seen = raw.mutate(**then)
    return seen.filter(seen.received.notnull() | seen.start.notnull() | seen.end.notnull())


def _cases(seen: ir.Table, ends: Endings, period: Sequence[str] | None) -> ir.Table:
    moments = [seen[name] for name in MOMENTS]
    latest = ibis.literal(pd.Timestamp("9999-01-01").to_pydatetime()).cast("timestamp(6)")
    earliest = ibis.literal(pd.Timestamp("0001-01-01").to_pydatetime()).cast("timestamp(6)")
    if ends.closed_by:
        closing = seen.activity.isin(list(ends.closed_by)) & seen.end.notnull()
        is_open = closing.cast("int64").max() == 0
    else:
        is_open = seen.end.isnull().cast("int64").max() == 1
    last = ibis.greatest(*(moment.fill_null(earliest) for moment in moments)).max()
    cancelled = ibis.null("timestamp(6)")
    if ends.cancelled_by:
        cancelled = seen.end.min(where=seen.activity.isin(list(ends.cancelled_by)))
    if ends.status is not None:
        said = seen[ends.status.column].cast("string")
        said = said.argmax(seen.row, where=said.notnull() & (said != ""))
        is_open = ibis.cases(
            (said.isin(list(ends.status.closed)), False),
            (said.isin(list(ends.status.open)), True),
            else_=is_open,
        )
        gone = said.isin(list(ends.status.cancelled)).fill_null(False)
        cancelled = ibis.coalesce(cancelled, gone.ifelse(last, ibis.null("timestamp(6)")))
    cases = seen.group_by("case_id").aggregate(
        steps=seen.count(),
        first=ibis.least(*(moment.fill_null(latest) for moment in moments)).min(),
        last=last,
        open=is_open & cancelled.isnull(),
        cancelled=cancelled.notnull(),
        cancelled_us=engine.microseconds(cancelled),
    )
    if period:
        cases = begun_in(cases, period)
    return cases.mutate(case=ibis.row_number().over(order_by=cases.case_id).cast("int32"))


def begun_in(cases: ir.Table, period: Sequence[Any]) -> ir.Table:
    """The cases whose first moment lies between two dates, both included."""
    start, stop = (pd.Timestamp(day).normalize() for day in period)
    return cases.filter(
        cases["first"] >= ibis.literal(start.to_pydatetime()),
        cases["first"] < ibis.literal((stop + pd.Timedelta(days=1)).to_pydatetime()),
    )


def attribute_values(events: Events, columns: Sequence[str]) -> ir.Table:
    """
    What is known of each case: the first non-empty value of columns, in row order.

    Returns
    -------
    Table
        ``case_id`` and the columns.
    """
    log = events.log
    firsts = {}
    for name in columns:
        value = log[name]
        filled = value.notnull() & (value.cast("string") != "")
        firsts[name] = value.argmin(log.row, where=filled)
    return log.group_by("case_id").aggregate(**firsts)


def known_from_the_start(events: Events, columns: Sequence[str], share: float = 0.95) -> list[str]:
    """
    List the columns that a case's first row tells for good, in this share of the cases.

    Notes
    -----
    What is known only later, or changes (how it was answered, its status), may come of how the
    case went: to hold it equal would hide what is looked for, to hold it against a case absurd.
    """
    log = events.log
    if not columns:
        return []
    filled = {name: log[name].notnull() & (log[name].cast("string") != "") for name in columns}
    firsts = {name: log.row.min(where=known) for name, known in filled.items()}
    firsts |= {f"{name} many": log[name].nunique(where=known) for name, known in filled.items()}
    early = log.group_by("case_id").aggregate(start_of_case=log.row.min(), **firsts)
    told = {
        name: ((early[name] == early.start_of_case) & (early[f"{name} many"] <= 1))
        .fill_null(False)
        .cast("float64")
        .mean()
        for name in columns
    }
    row = events.frame(early.aggregate(**told)).iloc[0]
    return [name for name in columns if row[name] >= share]


def people_in(events: Events, columns: Sequence[str], share: float = 0.5) -> list[str]:
    """
    List the columns that hold people: this share of their values at least are actors as well.

    Notes
    -----
    A column such as "responsible" names people, whatever it is called. Nobody is compared.
    """
    log = events.log
    if not columns:
        return []
    actors = log.select(value=log.actor).filter(lambda row: row.value.notnull()).distinct()
    held = [
        log.select(column=ibis.literal(name), value=log[name].cast("string")).distinct()
        for name in columns
    ]
    values = engine.union(held)
    values = values.filter(values.value.notnull(), values.value != "")
    known = values.left_join(actors.mutate(acts=ibis.literal(1)), "value")
    shares = known.group_by("column").aggregate(share=known.acts.notnull().cast("float64").mean())
    told = events.frame(shares).set_index("column")["share"]
    return [name for name in columns if told.get(name, 0.0) >= share]


def within(events: Events, period: Sequence[Any] | None) -> Events:
    """
    The cases of observed events that began between two dates, both included; None: all.

    Notes
    -----
    Nothing is ordered or timed again: the steps of these cases are taken out of what is there.
    """
    if period is None:
        return events
    return of_cases(events, begun_in(events.cases, period))


def of_cases(events: Events, chosen: ir.Table) -> Events:
    """The events of some of their cases, which are rows of ``events.cases``."""
    cases = events.keep(chosen)
    steps = events.keep(events.steps.semi_join(cases, "case"))
    log = events.log.semi_join(cases, "case_id")
    lost = None if events.lost is None else events.lost.semi_join(cases, "case")
    return replace(events, steps=steps, cases=cases, log=log, lost=lost, kept={}, whole=events)
