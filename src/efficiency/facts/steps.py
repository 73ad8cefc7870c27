"""Each step of a log with its place in its case and its working time, in narrow columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import day_of, with_work
from efficiency.evidence.log_record import MOMENTS

_SECOND = 1_000_000
#: From so many steps on units and people are stored by number: to ask for it takes its time too.
MANY = 100_000
#: The days between which seconds since 1970 fit into 32 bits; within `_LONGEST` also W does.
_EARLIEST, _LATEST = pd.Timestamp("1902-01-01"), pd.Timestamp("2037-12-30")
_LONGEST = pd.Timedelta(days=40 * 366)


@dataclass(frozen=True)
class Span:
    """
    What a log's moments are like, as one scan tells.

    Attributes
    ----------
    first, last
        The first and the last of them.
    moments
        Those of `MOMENTS` that some step has.
    bare
        Whether some moment is known to the day only.
    fine
        Whether some moment has a fraction of a second.
    rows
        How many steps there are.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    moments: tuple[str, ...]
    bare: bool
    fine: bool
    rows: int

    @property
    def unit(self) -> int:
        """How many microseconds the moments are counted in: a second's where 32 bits hold them."""
        near = self.first >= _EARLIEST and self.last <= _LATEST
        short = near and self.last - self.first < _LONGEST
        return _SECOND if short and not self.fine else 1


def span_of(raw: ir.Table, con: BaseBackend) -> Span:
    """What the moments of a log (``tables.LOG``) are like."""
    asked = {f"min_{name}": raw[name].min() for name in MOMENTS}
    asked |= {f"max_{name}": raw[name].max() for name in MOMENTS}
    coarse = [(raw[f"{name}_precision"] == "day").cast("int64").max() for name in MOMENTS]
    rest = [(engine.microseconds(raw[name]) % _SECOND).max() for name in MOMENTS]
    asked |= {"coarse": ibis.greatest(*coarse), "rest": ibis.greatest(*rest), "rows": raw.count()}
    row = engine.frame(raw.aggregate(**asked), con).iloc[0]
    known = pd.to_datetime(row.drop(["coarse", "rest", "rows"]).dropna())
    if known.empty:
        known = pd.Series([pd.Timestamp("1970-01-01")])
    moments = tuple(name for name in MOMENTS if pd.notna(row[f"max_{name}"]))
    bare, fine = row["coarse"] == 1, row["rest"] > 0
    return Span(known.min(), known.max(), moments, bare, fine, int(row["rows"]))


def ordered_steps(
    raw: ir.Table,
    seen: ir.Table,
    cases: ir.Table,
    activities: ir.Table,
    days: ir.Table,
    calendar: Calendar | None,
    span: Span,
    con: BaseBackend,
) -> ir.Table:
    """
    The steps of a log in order, computed once.

    Parameters
    ----------
    raw, seen
        The rows of the log; what is seen of them.
    cases, activities
        ``case_id, case`` and ``activity, code``.
    days
        The day table.
    calendar
        The working calendar; None: no working time is asked for.
    span
        As `span_of` gives it.
    con
        The connection.

    Returns
    -------
    Table
        As `facts.events.Events.steps` describes it.

    Notes
    -----
    What is stored is as narrow as the log allows: seconds in 32 bits, units and people by number,
    nothing of a moment that no step has. Who reads it sees microseconds and names.
    """
    of_day = MICROSECONDS_PER_DAY // span.unit
    counted = days.mutate(
        **{
            name: engine.floor_div(days[name], span.unit)
            for name in days.columns
            if name == "before" or name.startswith(("open_", "close_"))
        }
    )
    texts = ("unit", "actor") if span.rows >= MANY else ()
    narrow = _narrow(seen, calendar, span)
    if texts:
        narrow = engine.numbered(narrow, raw, con, *texts)
    keys = cases.select("case_id", "case")
    steps = narrow.join(keys, "case_id").join(activities, "activity").drop("case_id", "activity")
    steps = _bounded(steps, of_day) if span.bare else steps
    ordered = _in_order(steps, engine.keep(counted, con), calendar, span)
    stored = engine.keep(ordered, con)
    if texts:
        stored = engine.spelled(stored, con, *texts)
    return engine.named(_widened(stored, calendar, span), con)


def _kind(span: Span) -> str:
    """The type that moments and working time are stored in."""
    return "int64" if span.unit == 1 else "int32"


def _narrow(seen: ir.Table, calendar: Calendar | None, span: Span) -> ir.Table:
    """What a step's row tells, in as few bytes as may be."""
    units = calendar.units if calendar else ()
    own = {"calendar": _calendar_of(seen.unit, units).cast("int16")} if units else {}
    unit = "microsecond" if span.unit == 1 else "second"
    return seen.select(
        "case_id",
        "activity",
        "row",
        "unit",
        "actor",
        **own,
        **{name: engine.since_1970(seen[name], unit).cast(_kind(span)) for name in span.moments},
        **{
            f"{name}_bare": (seen[f"{name}_precision"] == "day").fill_null(False)
            for name in span.moments
            if span.bare
        },
    )


def _calendar_of(unit: ir.Value, units: Sequence[tuple[str, Any]]) -> ir.Value:
    """The number of the calendar that a step's unit keeps."""
    numbers = [(unit == name, number) for number, (name, _) in enumerate(units, start=1)]
    return ibis.cases(*numbers, else_=0)


def _bounded(steps: ir.Table, of_day: int) -> ir.Table:
    """The moments between which each done step was done, where some are known to the day only."""
    if "end" not in steps.columns:
        return steps
    kind = steps.end.type()
    day, none = day_of(steps.end, of_day), ibis.null(kind)
    begun = [
        (~steps[f"{name}_bare"] & (day_of(steps[name], of_day) == day))
        .fill_null(False)
        .ifelse(steps[name], none)
        for name in ("start", "received")
        if name in steps.columns
    ]
    earliest = ibis.greatest(steps.end, *(ibis.coalesce(at, steps.end) for at in begun))
    return steps.mutate(
        earliest=steps.end_bare.ifelse(earliest, steps.end),
        latest=steps.end_bare.ifelse((steps.end + of_day).cast(kind), steps.end),
    )


def _in_order(steps: ir.Table, days: ir.Table, calendar: Calendar | None, span: Span) -> ir.Table:
    """Each step with its number in the case, what it must know of the step before, and its W."""
    of_day, own_hours = MICROSECONDS_PER_DAY // span.unit, bool(calendar and calendar.units)
    # What is known of the step before is sorted along, all else is added after.
    before = {"source": "code"}
    ends = "end" in steps.columns
    if own_hours and ends:
        before["previous"] = "end"
    elif calendar is not None and ends:
        steps = _with_work(steps, days, of_day, span, w_end="end")
        before["w_previous"] = "w_end"
    order = [steps.row]
    opened = [steps[name] for name in ("start", "received") if name in steps.columns]
    if ends:
        done = steps.earliest if "earliest" in steps.columns else steps.end
        order = [steps.end.isnull(), ibis.coalesce(done, *opened), *order]
    else:
        order = [ibis.coalesce(*opened), *order] if opened else order
    place = ibis.window(group_by=steps.case, order_by=order)
    ordered = steps.mutate(
        position=(ibis.row_number().over(place) + 1).cast("int32"),
        **{name: steps[column].lag().over(place) for name, column in before.items()},
    )
    if calendar is None:
        return ordered
    moments = {f"w_{name}": name for name in span.moments if f"w_{name}" not in ordered.columns}
    if own_hours and ends:
        # The step before may keep other hours: its end is read on this step's clock.
        timed = _with_work(ordered, days, of_day, span, **moments, w_previous="previous")
        return timed.drop("previous")
    return _with_work(ordered, days, of_day, span, **moments)


def _with_work(
    steps: ir.Table, days: ir.Table, of_day: int, span: Span, **moments: str
) -> ir.Table:
    """Add W of each moment, as narrow as the moments are."""
    clocked = steps if "calendar" in steps.columns else steps.mutate(calendar=ibis.literal(0))
    timed = with_work(clocked, days, of_day, **moments)
    return timed.select(*steps.columns, **{name: timed[name].cast(_kind(span)) for name in moments})


def _widened(stored: ir.Table, calendar: Calendar | None, span: Span) -> ir.Table:
    """The steps as they are read: moments in microseconds, and of each moment all columns."""
    none, never = ibis.null("int64"), ibis.literal(value=False)

    def micros(name: str) -> ir.Value:
        return stored[name].cast("int64") * span.unit if name in stored.columns else none

    told = {name: micros(name) for name in MOMENTS}
    if calendar is not None:
        told |= {name: micros(name) for name in (*(f"w_{at}" for at in MOMENTS), "w_previous")}
    if span.bare:
        told |= {name: micros(name) for name in ("earliest", "latest")}
    for name in (f"{at}_bare" for at in MOMENTS):
        told[name] = stored[name] if name in stored.columns else never
    own = "calendar" in stored.columns
    return stored.select(
        "case",
        "code",
        "row",
        "unit",
        "actor",
        "position",
        "source",
        calendar=stored.calendar if own else ibis.literal(0).cast("int16"),
        done=stored.end.notnull() if "end" in stored.columns else never,
        **told,
    )
