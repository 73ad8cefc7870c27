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
    started = past.mutate(f=engine.microseconds(past.from_time))
    started = with_work(started, events.days, w_f="f")
    rows = started.select(
        *_KEYS, "calendar", "clock", "kind", "late", "leaves", "allowed_hours", "f", "w_f"
    ).join(_with_next(events), "case")
    if events.calendar is not None and events.calendar.units:  # the clock keeps its unit's hours
        rows = with_work(rows.drop("w_end", "w_next"), events.days, w_end="end", w_next="next")
    rows = events.name(rows)
    passed = {
        "used": by_kind(
            rows.clock, lambda clock: clock.passed(rows.end - rows.f, rows.w_end - rows.w_f)
        ),
        "until": by_kind(
            rows.clock, lambda clock: clock.passed(rows.next - rows.f, rows.w_next - rows.w_f)
        ),
    }
    rows = _less_pauses(rows.mutate(**passed), events, versions)
    # Divided just as the share of a pending case is: the two are held against one another.
    enters, until = (
        rows[name] / MICROSECONDS_PER_HOUR / rows.allowed_hours for name in ("used", "until")
    )
    placed = rows.mutate(enters=enters, leaves=ibis.least(until.fill_null(_NEVER), rows.leaves))
    placed = placed.filter(placed.leaves > placed.enters)
    return placed.select("version", "code", "kind", "late", "enters", "leaves")


def _with_next(events: Events) -> ir.Table:
    """The done steps, each with when the next of its case was done."""
    steps = events.steps.filter(events.steps.done)
    after = ibis.window(group_by=steps.case, order_by=steps.position)
    return steps.select(
        "case", "code", "position", "end", "w_end",
        next=steps.end.lead().over(after), w_next=steps.w_end.lead().over(after),
    )  # fmt: skip


def _less_pauses(rows: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """Take off what a step's case spent with its clock standing still by then, and by the next."""
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
    lost = events.keep(lost)
    for name, ahead in (("used", 0), ("until", 1)):
        side = lost.select(*_KEYS, position=(lost.position - ahead).cast("int32"), took="lost")
        joined = rows.left_join(side, [*_KEYS, "position"])
        rows = joined.select(
            *(column for column in rows.columns if column != name),
            **{name: joined[name] - joined.took.fill_null(0)},
        )
    return rows


def asked_about(spans: ir.Table, waiting: ir.Table, *same: str) -> ir.Table:
    """
    The spans in which a share may lie that a pending case stands at: of the others none counts.

    Parameters
    ----------
    spans, waiting, same
        As for `count_alike`.
    """
    keys = ["version", *same]
    shares = waiting.group_by(keys).aggregate(
        least=waiting.used_share.min(), most=waiting.used_share.max()
    )
    met = spans.join(shares, keys)
    return met.filter(met.enters <= met.most, met.leaves > met.least).select(*spans.columns)


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
    Each edge of a span is put down at the first share, from it on, that is asked for: one where
    the span begins, one less where it ends. Summed up in the order of the shares, that is the
    answer. No pair of cases is ever formed.
    """
    keys = ["version", *same]
    spans = asked_about(spans, waiting, *same)
    shares = waiting.select(*keys, share="used_share").distinct()
    edges = engine.union(
        spans.select(*keys, at=spans[edge], n=ibis.literal(sign), late=spans.late * sign)
        for edge, sign in (("enters", 1), ("leaves", -1))
    )
    found = edges.asof_join(shares, on=edges["at"] <= shares.share, predicates=keys)
    put = found.group_by(*keys, "share").aggregate(n=found.n.sum(), late=found.late.sum())
    every = shares.left_join(put, [*keys, "share"]).select(*shares.columns, "n", "late")
    so_far = ibis.window(
        group_by=[every[key] for key in keys], order_by=every.share, preceding=(None, 0),
        following=None,
    )  # fmt: skip
    summed = every.mutate(n=_sum(every.n, so_far), late=_sum(every.late, so_far))
    asked = waiting.select("case", *keys, share="used_share").join(summed, [*keys, "share"])
    return asked.select("version", "case", "n", "late")


def _sum(value: Value, window: ibis.expr.builders.WindowBuilder) -> Value:
    return value.fill_null(0).sum().over(window).cast("float64")
