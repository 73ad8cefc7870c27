"""When each clock runs out: the deadline of every standard in every case."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY
from efficiency.criteria.clock import KINDS, Clock
from efficiency.criteria.standards import Standard
from efficiency.criteria.worktime import spans_of, with_days, with_work, worked
from efficiency.facts.events import Events
from efficiency.findings.standards.pauses import no_pauses, pauses_of, with_pauses
from efficiency.findings.standards.runs import by_version

#: A day-precise moment may lie anywhere from 00:00:00 to 23:59:59.
_LAST_SECOND = MICROSECONDS_PER_DAY - 1_000_000
#: What is known of a row before it is judged.
TOLD = (
    "version", "case", "calendar", "from_us", "from_bare", "to_us", "to_bare", "before", "unsure",
)  # fmt: skip
#: What a row keeps once its deadline is found.
_JUDGED = (
    *TOLD, "f", "t", "stop", "back", "amount", "dated", "w_f", "w_stop", "spent", "standing",
    "halted", "vague", "due", "due_day", "w_due", "passed", "past",
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
        As `clocks.clock_runs` gives them.

    Returns
    -------
    Table
        Each run once, or twice (the worst and the best case) where a moment is known to the day
        only: `TOLD`, ``due`` (microseconds), ``due_day`` (for limits in days), ``passed`` and
        ``past`` (what passed on the clock, and how far past due), and what the verdict needs.
    """
    rows = _bounds(runs, events, versions)
    rows = with_work(_at_the_start(rows, events), events.days, w_stop="stop")
    pauses = pauses_of(events, versions)
    rows = events.name(rows) if pauses is None else events.keep(rows)
    used = dict.fromkeys(version.clock.name for version in versions)
    parts = [_on_clock(rows, KINDS[name], versions, pauses, events) for name in used]
    return engine.union(parts)


def _on_clock(
    rows: ir.Table,
    clock: Clock,
    versions: Sequence[Standard],
    pauses: ir.Table | None,
    events: Events,
) -> ir.Table:
    """The rows whose limit runs on one kind of clock, with what it makes of them."""
    mine = [at for at, version in enumerate(versions) if version.clock.name == clock.name]
    part = rows if len(mine) == len(versions) else rows.filter(rows.version.isin(mine))
    part = part.mutate(place=clock.place(part), goal=clock.goal(part))
    part = part.drop(*(name for name in part.columns if name.startswith("f_")))
    stops = any(versions[at].suspend for at in mine)
    if pauses is None or not stops:
        part = no_pauses(part)
    else:
        part = with_pauses(events.name(part), pauses, clock, events)
    done = clock.due(events.name(part), events)
    passed = clock.passed(done.stop - done.f, done.w_stop - done.w_f) - done.spent
    return done.mutate(passed=passed, past=clock.over(done)).select(*_JUDGED)


def _bounds(runs: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Each row once, or twice (worst and best) where a moment is known to the day only.

    ``f`` and ``t`` are the moments to be judged; ``t`` is empty while the case is open.
    """
    cutoff = micros_of(events.cutoff)
    facts = {
        "amount": by_version(runs.version, versions, lambda v: v.limit.amount).cast("int64"),
        "back": by_version(runs.version, versions, lambda v: v.limit.before),
        "dated": by_version(runs.version, versions, lambda v: v.clock.in_days),
    }
    rows = runs.mutate(unsure=runs.from_bare | runs.to_bare, bound=ibis.literal(0), **facts)
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
    spread = rows.to_bare & ~rows.dated
    early_end = rows.back.ifelse(rows.to_us, ibis.greatest(rows.to_us, f))
    t = spread.ifelse(best.ifelse(early_end, to_last), rows.to_us)
    return rows.mutate(f=f, t=t, stop=ibis.coalesce(t, ibis.literal(cutoff)))


def micros_of(moment: pd.Timestamp) -> int:
    """A time as microseconds since 1970."""
    return int(moment.to_datetime64().astype("datetime64[us]").astype("int64"))


def _at_the_start(rows: ir.Table, events: Events) -> ir.Table:
    """Add the day of the start, and the working time before it."""
    spans = [name for name in events.days.columns if name.startswith(("open_", "close_"))]
    columns = ("before", "ordinal", "working", "close", *spans)
    begun = with_days(rows, events.days, "f", "f_", *columns)
    begun = begun.mutate(w_f=worked(begun, "f", "f_", spans_of(events.days)))
    return begun.drop(*(f"f_{name}" for name in ("before", *spans)))
