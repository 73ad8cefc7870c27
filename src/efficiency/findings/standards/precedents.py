"""Which cases of the past were where a pending one is now, and how many of them became late."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR, Value
from efficiency.criteria.standards import Standard
from efficiency.criteria.worktime import with_work
from efficiency.facts.events import Events, attribute_values
from efficiency.findings.standards.clocks.pauses import pauses_of
from efficiency.findings.standards.clocks.runs import by_kind

#: A case that was never done is not done at any share of its limit.
_NEVER = 1e9
_KEYS = ("version", "case")


def pending(margins: ir.Table, events: Events, by: str | None = None) -> ir.Table:
    """The pending judgements with the last activity done and the value of a column."""
    rows = margins.filter(margins.verdict == "pending")
    steps = events.steps.filter(events.steps.done)
    last = steps.group_by("case").aggregate(code=steps.code.argmax(steps.position))
    rows = rows.left_join(last, "case").drop("case_right")
    rows = rows.left_join(events.activities, "code").drop("code_right")
    return _with_kind(rows, events, by)


def decided(margins: ir.Table, events: Events, by: str | None = None) -> ir.Table:
    """
    The cases that fell due by the cut-off, each undone from the start until it was done.

    Returns
    -------
    Table
        The margins with ``kind`` (the value of ``by``)``, late`` (0 or 1)``, enters, leaves``
        (from which share of its time allowed to which it was undone).

    Notes
    -----
    Of the cases that fall due later only the quick are done yet, and they would make the risk
    look small: they are left out, quick and slow, and nothing is censored.
    """
    cutoff = ibis.literal(events.cutoff.to_pydatetime())
    fell = margins.filter(
        (margins.due <= cutoff) & margins.verdict.isin(["met", "late", "overdue"])
    )
    late = fell.verdict != "met"
    # Late by no working time (after hours that day) it was undone for the whole of its time.
    leaves = late.ifelse(_NEVER, fell.used_share)
    whole = fell.mutate(late=late.cast("int64"), enters=ibis.literal(-_NEVER), leaves=leaves)
    return _with_kind(whole, events, by)


def _with_kind(rows: ir.Table, events: Events, by: str | None) -> ir.Table:
    rows = rows.rename(clock="kind")
    if by is None:
        return rows.mutate(kind=ibis.literal(""))
    values = attribute_values(events, [by])
    kinds = values.select("case_id", kind=values[by].cast("string"))
    joined = rows.left_join(kinds, "case_id").drop("case_id_right")
    return joined.mutate(kind=joined.kind.fill_null(""))


def spells(past: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Part the time of each decided case by which activity was its last.

    Parameters
    ----------
    past
        As `decided` gives them.
    events, versions
        What they come from.

    Returns
    -------
    Table
        ``version, code, kind, late, enters, leaves``: one row a case and done step, from the
        share of the time allowed at which the step was done to that of the next step, or at which
        the clock stopped. What was done before the clock started has a share below 0.
    """
    steps = events.steps.filter(events.steps.done).select("case", "code", "position", "end")
    rows = past.select(
        *_KEYS, "calendar", "clock", "kind", "late", "leaves", "allowed_hours",
        f=engine.microseconds(past.from_time),
    ).join(steps, "case")  # fmt: skip
    rows = events.name(with_work(rows, events.days, w_f="f", w_end="end"))
    used = by_kind(
        rows.clock,
        lambda clock: clock.passed(rows.end - rows.f, rows.w_end - rows.w_f),
    )  # fmt: skip
    rows = _less_pauses(rows.mutate(used=used), events, versions)
    share = rows.used / MICROSECONDS_PER_HOUR / rows.allowed_hours
    after = ibis.window(group_by=[rows.version, rows.case], order_by=rows.position)
    placed = rows.mutate(enters=share, until=share.lead().over(after).fill_null(_NEVER))
    placed = placed.mutate(leaves=ibis.least(placed.until, placed.leaves))
    placed = placed.filter(placed.leaves > placed.enters)
    return placed.select("version", "code", "kind", "late", "enters", "leaves")


def _less_pauses(rows: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """Take off what a step's case spent with its clock standing still by then."""
    pauses = pauses_of(events, versions)
    if pauses is None:
        return rows
    met = rows.join(pauses.drop("bare"), list(_KEYS))
    met = met.filter((met.a < met.end) & (met.r.isnull() | (met.r > met.f)))
    met = met.mutate(
        a=ibis.greatest(met.a, met.f), r=ibis.least(ibis.coalesce(met.r, met.end), met.end)
    )
    met = events.name(with_work(met, events.days, w_a="a", w_r="r"))
    stood = by_kind(met.clock, lambda clock: clock.passed(met.r - met.a, met.w_r - met.w_a))
    lost = met.group_by(*_KEYS, "position").aggregate(lost=engine.total(stood))
    joined = rows.left_join(lost, [*_KEYS, "position"])
    return joined.select(
        *(name for name in rows.columns if name != "used"),
        used=joined.used - joined.lost.fill_null(0),
    )


def count_alike(spans: ir.Table, waiting: ir.Table, *same: str) -> ir.Table:
    """
    Count, for each pending case, those that were undone at the same share of their time.

    Parameters
    ----------
    spans
        As `decided` or `spells` gives them: ``version, enters, leaves, late``.
    waiting
        As `pending` gives them.
    same
        What must be the same beside the version: ``code``, ``kind``.

    Returns
    -------
    Table
        ``version, case, n, late``: spans with enters ≤ used_share < leaves.

    Notes
    -----
    One pass in order of the share: a span counts one from where it begins and takes it off again
    where it ends; a pending case reads the sum. No pair of cases is ever formed.
    """
    keys = ["version", *same]
    none = ibis.literal(0).cast("int64")
    asks = waiting.select(
        *keys, case=waiting.case.cast("int64"), share=waiting.used_share, n=none, late=none, ask=1
    )
    marks = [
        spans.select(
            *keys,
            case=ibis.null("int64"),
            share=spans[edge],
            n=ibis.literal(sign).cast("int64"),
            late=(spans.late * sign).cast("int64"),
            ask=0,
        )
        for edge, sign in (("enters", 1), ("leaves", -1))
    ]
    points = engine.union(
        [
            asks.mutate(ask=asks.ask.cast("int8")),
            *(one.mutate(ask=one.ask.cast("int8")) for one in marks),
        ]
    )
    so_far = ibis.window(
        group_by=[points[key] for key in keys],
        order_by=[points.share, points.ask],
        preceding=(None, 0),
        following=None,
    )
    summed = points.mutate(n=_sum(points.n, so_far), late=_sum(points.late, so_far))
    return summed.filter(summed.ask == 1).select("version", "case", "n", "late")


def _sum(value: Value, window: ibis.expr.builders.WindowBuilder) -> Value:
    return value.sum().over(window).cast("float64")
