"""When each clock runs out: the deadline of every standard in every case."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY
from efficiency.criteria.clock import KINDS
from efficiency.criteria.standards import Standard
from efficiency.criteria.worktime import spans_of, with_days, with_work, worked
from efficiency.facts.events import Events
from efficiency.findings.standards.clocks.extensions import granted, with_extensions
from efficiency.findings.standards.clocks.own_limits import is_kind, kinds_used
from efficiency.findings.standards.clocks.pauses import (
    no_pauses,
    pauses_of,
    stood_since,
    with_pauses,
)
from efficiency.findings.standards.clocks.runs import by_kind, by_version

#: A day-precise moment may lie anywhere from 00:00:00 to 23:59:59.
_LAST_SECOND = MICROSECONDS_PER_DAY - 1_000_000
#: What is known of a row before it is judged.
TOLD = (
    "version", "case", "occurrence", "calendar", "from_us", "from_bare", "to_us", "to_bare",
    "before", "gone", "unsure",
)  # fmt: skip
#: What a row keeps once its deadline is found.
_JUDGED = (
    *TOLD, "bound", "turn", "asked", "kind", "amount", "f", "t", "stop", "back", "dated", "w_f",
    "w_stop", "spent", "standing", "halted", "vague", "due", "due_day", "w_due", "passed", "past",
)  # fmt: skip


def deadlines(events: Events, versions: Sequence[Standard], runs: ir.Table) -> ir.Table:
    """
    Find when each clock runs out.

    Parameters
    ----------
    events
        The observed events.
    versions
        The standards.
    runs
        As `clock_runs` gives them.

    Returns
    -------
    Table
        Each run once, or twice (the worst and the best case) where a moment is known to the day
        only: `TOLD`, ``kind`` and ``amount`` (of the limit, with what was granted), ``due``
        (microseconds; empty where the limit cannot be read), ``due_day`` (for limits in days),
        ``passed`` and ``past`` (what passed on the clock, and how far past due), and what the
        verdict needs.
    """
    used = kinds_used(events, versions)
    rows = with_extensions(_bounds(runs, events, versions, used), events, versions)
    rows = with_work(_at_the_start(rows, events, used), events.days, w_stop="stop")
    rows = rows.mutate(
        place=by_kind(rows.kind, lambda clock: clock.place(rows), used),
        goal=by_kind(rows.kind, lambda clock: clock.goal(rows), used),
    )
    rows = rows.drop(*(name for name in rows.columns if name.startswith("f_")))
    pauses = pauses_of(events, versions)
    if pauses is None:
        rows, cuts = no_pauses(rows), None
    else:
        rows, cuts = with_pauses(events.keep(rows), pauses, used, events)
    timed = _due(events.name(rows), versions, used, events)
    if cuts is None:
        timed = timed.mutate(stood=ibis.literal(0).cast("int64"))
    else:
        timed = stood_since(events.name(timed), cuts)
    elapsed, work = timed.stop - timed.f, timed.w_stop - timed.w_f
    spent = by_kind(timed.kind, lambda clock: clock.passed(elapsed, work), used)
    dated = [is_kind(timed.kind, name) for name in used if KINDS[name].in_days]
    found = timed.mutate(
        passed=spent - timed.spent,
        past=by_kind(timed.kind, lambda clock: clock.over(timed), used),
        dated=ibis.or_(*dated) if dated else ibis.literal(value=False),
    ).select(*_JUDGED)
    if any(version.extend for version in versions):
        found = granted(events.name(found))
    return found


def _due(
    rows: ir.Table, versions: Sequence[Standard], used: Sequence[str], events: Events
) -> ir.Table:
    """Add when each clock runs out: ``due, due_day, w_due``; empty where there is no limit."""
    told = (*rows.columns, "due", "due_day", "w_due")
    one = len(used) == 1 and not any(version.columns for version in versions)
    parts = [rows if one else rows.filter(is_kind(rows.kind, name)) for name in used]
    found = [
        KINDS[name].due(part, events).select(*told) for name, part in zip(used, parts, strict=True)
    ]
    if any(version.columns for version in versions):
        none = dict.fromkeys(("due", "due_day", "w_due"), ibis.null("int64"))
        found.append(rows.filter(rows.kind.isnull()).mutate(**none).select(*told))
    return engine.union(found)


def _bounds(
    runs: ir.Table, events: Events, versions: Sequence[Standard], used: Sequence[str]
) -> ir.Table:
    """
    Each row once, or twice (worst and best) where a moment is known to the day only.

    ``f`` and ``t`` are the moments to be judged; ``t`` is empty while the case is open.
    """
    cutoff = micros_of(events.cutoff)
    back = by_version(runs.version, versions, lambda v: v.looks_back)
    dated = [is_kind(runs.kind, name) for name in used if KINDS[name].in_days]
    rows = runs.mutate(
        unsure=runs.from_bare | runs.to_bare,
        bound=ibis.literal(0),
        back=back,
        in_days=ibis.or_(*dated) if dated else ibis.literal(value=False),
    )
    if events.bare:
        again = rows.filter(rows.unsure).mutate(bound=ibis.literal(1))
        rows = events.name(ibis.union(rows.mutate(bound=ibis.literal(0)), again))
    best = rows.bound == 1
    from_last = rows.from_bare.ifelse(rows.from_us + _LAST_SECOND, rows.from_us)
    to_last = rows.to_bare.ifelse(rows.to_us + _LAST_SECOND, rows.to_us)
    # Never after `to`, nor after what was seen; a limit that looks back has no such order.
    late_start = rows.back.ifelse(
        from_last, ibis.least(from_last, ibis.coalesce(to_last, ibis.literal(cutoff)))
    )
    f = best.ifelse(late_start, rows.from_us)
    # For limits in days only the date of `to` counts, and it is known.
    spread = rows.to_bare & ~rows.in_days
    early_end = rows.back.ifelse(rows.to_us, ibis.greatest(rows.to_us, f))
    t = spread.ifelse(best.ifelse(early_end, to_last), rows.to_us)
    bounded = rows.mutate(f=f, t=t, stop=ibis.coalesce(t, ibis.literal(cutoff)))
    return bounded.drop("in_days")


def micros_of(moment: pd.Timestamp) -> int:
    """A time as microseconds since 1970."""
    return int(moment.to_datetime64().astype("datetime64[us]").astype("int64"))


def _at_the_start(rows: ir.Table, events: Events, used: Sequence[str]) -> ir.Table:
    """Add the working time before the start, and of its day what the clocks ask for."""
    spans = [name for name in events.days.columns if name.startswith(("open_", "close_"))]
    asked = {name for kind in used for name in KINDS[kind].asks}
    begun = with_days(rows, events.days, "f", "f_", "before", *sorted(asked - {"spans"}), *spans)
    begun = begun.mutate(w_f=worked(begun, "f", "f_", spans_of(events.days)))
    over = spans if "spans" not in asked else []
    return begun.drop(*(f"f_{name}" for name in ("before", *over)))
