"""Rules on the order in which things are done, and on how often."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from efficiency._doors.engine import Value
from efficiency.criteria.rules import Rule
from efficiency.criteria.worktime import with_days
from efficiency.findings.rules.done_steps import ROW, DoneSteps, Found, both, proofs


def _case(steps: ir.Table) -> Value:
    return ibis.window(group_by=steps.case)


def _earlier(*by: Value, order: Value) -> Value:
    """The window of the rows before each."""
    return ibis.window(group_by=list(by), order_by=order, preceding=(None, 1))


def precedence(done: DoneSteps, rule: Rule) -> Found:
    """Each `b` with no `a` before it."""
    steps = done.of(*rule.a, *rule.b)
    first = steps.position.min(where=done.is_one(steps, rule.a)).over(_case(steps))
    steps = steps.mutate(first_at=first)
    alone = steps.first_at.isnull() | (steps.position <= steps.first_at)
    hits = steps.filter(done.is_one(steps, rule.b) & alone)
    return Found(proofs(hits, done.name(hits, rule.b)))


def response(done: DoneSteps, rule: Rule) -> Found:
    """Each `a` with no `b` after it."""
    hits = _since_the_last(done, rule)
    return Found(proofs(hits, done.name(hits, rule.a)), waits=True)


def _since_the_last(done: DoneSteps, rule: Rule) -> ir.Table:
    """Each `a` after which no `b` comes."""
    steps = done.of(*rule.a, *rule.b)
    last = steps.position.max(where=done.is_one(steps, rule.b)).over(_case(steps))
    steps = steps.mutate(last_at=last)
    after = steps.last_at.isnull() | (steps.position >= steps.last_at)
    return steps.filter(done.is_one(steps, rule.a) & after)


def existence(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which `a` never occurs."""
    without = done.events.cases.anti_join(done.of(*rule.a), "case")
    nowhere = ibis.null("int64")
    return Found(without.select("case", row=nowhere, what=ibis.literal("")))


def absence(done: DoneSteps, rule: Rule) -> Found:
    """Each `a`."""
    hits = done.of(*rule.a)
    return Found(proofs(hits, done.name(hits, rule.a)))


def at_most(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which `a` occurs more than `n` times."""
    steps = done.of(*rule.a)
    steps = steps.mutate(times=steps.count().over(_case(steps)))
    hits = steps.filter(steps.times > rule.n)
    return Found(proofs(hits, _times("/".join(rule.a), hits)))


def repeats(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which one activity of `a` occurs at least `n` times."""
    steps = done.of(*rule.a)
    each = ibis.window(group_by=[steps.case, steps.code])
    steps = steps.mutate(times=steps.count().over(each))
    hits = steps.filter(steps.times >= rule.n)
    return Found(proofs(hits, _times(done.name(hits, rule.a), hits)))


def _times(name: Value | str, steps: ir.Table) -> Value:
    return ibis.literal("") + name + " × " + steps.times.cast("string")


def order(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which the first `a` comes after the first `b`."""
    steps = done.of(*rule.a, *rule.b)
    sides = {"first_a": rule.a, "first_b": rule.b}
    firsts = {
        side: steps.position.min(where=done.is_one(steps, names)).over(_case(steps))
        for side, names in sides.items()
    }
    steps = steps.mutate(**firsts)
    late = steps.first_a > steps.first_b
    hits = steps.filter(
        late & ((steps.position == steps.first_a) | (steps.position == steps.first_b))
    )
    return Found(proofs(hits, ibis.literal("")))


def backflow(done: DoneSteps, rule: Rule) -> Found:
    """
    Each activity of `a` that comes after a later one of the list, with no `b` between.

    Notes
    -----
    Steps are cut into stretches at each `b`; what lies strictly between two steps is a `b` unless
    both are in the same stretch. A `b` that is in the list as well ends one stretch and begins
    the next.
    """
    steps = done.of(*rule.a, *rule.b)
    returns = done.is_one(steps, rule.b)
    so_far = ibis.cumulative_window(group_by=steps.case, order_by=steps.position)
    steps = steps.mutate(stretch=steps.count(where=returns).over(so_far), returns=returns)
    ranks = [(steps.code == done.codes[name], at) for at, name in enumerate(rule.a)
             if name in done.codes]  # fmt: skip
    if not ranks:
        return Found(proofs(steps.filter(ibis.literal(value=False)), ibis.literal("")))
    steps = steps.mutate(rank=ibis.cases(*ranks)).filter(done.is_one(steps, rule.a))
    as_later = steps.select(
        "case",
        "stretch",
        "row",
        "rank",
        at=steps.position * 2 + 1,
        key=steps.rank * ROW + steps.row,
    )
    as_earlier = steps.select(
        "case",
        "row",
        "rank",
        stretch=steps.stretch - steps.returns.cast("int64"),
        at=steps.position * 2,
        key=ibis.null("int64"),
    ).select(*as_later.columns)
    sides = ibis.union(as_later, as_earlier)
    ahead = _earlier(sides.case, sides.stretch, order=sides["at"])
    sides = sides.mutate(ahead=sides.key.max().over(ahead))
    hits = sides.filter(sides.key.isnull() & (sides.ahead >= (sides["rank"] + 1) * ROW))
    hits = hits.mutate(other=hits.ahead & (ROW - 1), later=hits.ahead >> 40)
    names = {
        side: ibis.cases(*((hits[side] == at, name) for at, name in enumerate(rule.a)), else_="")
        for side in ("later", "rank")
    }
    return Found(both(hits, "other", names["later"] + " → " + names["rank"]))


def responded_existence(done: DoneSteps, rule: Rule) -> Found:
    """The cases with an `a` in which `b` never occurs."""
    steps = done.of(*rule.a)
    hits = steps.anti_join(done.of(*rule.b), "case")
    return Found(proofs(hits, done.name(hits, rule.a)), waits=True)


def passes(done: DoneSteps, rule: Rule) -> Found:
    """The cases with at least `n` times `a` before the first `b`."""
    steps = done.of(*rule.a, *rule.b)
    first = steps.position.min(where=done.is_one(steps, rule.b)).over(_case(steps))
    steps = steps.mutate(first_at=first)
    before = steps.first_at.isnull() | (steps.position < steps.first_at)
    return _often(steps.filter(done.is_one(steps, rule.a) & before), rule)


def unanswered(done: DoneSteps, rule: Rule) -> Found:
    """The cases with at least `n` times `a` since the last `b`."""
    return _often(_since_the_last(done, rule), rule)


def _often(steps: ir.Table, rule: Rule) -> Found:
    steps = steps.mutate(times=steps.count().over(_case(steps)))
    hits = steps.filter(steps.times >= rule.n)
    return Found(proofs(hits, _times("/".join(rule.a), hits)))


def prompted(done: DoneSteps, rule: Rule) -> Found:
    """Each `b` that comes within `n` working days after an `a`."""
    steps = done.of(*rule.a, *rule.b)
    ahead = _earlier(steps.case, order=steps.position)
    asks = done.is_one(steps, rule.a)
    steps = steps.mutate(
        asked=steps.end.max(where=asks).over(ahead),
        other=(steps.position * ROW + steps.row).max(where=asks).over(ahead),
    )
    hits = steps.filter(done.is_one(steps, rule.b) & steps.asked.notnull())
    hits = hits.mutate(other=hits.other & (ROW - 1), calendar=ibis.literal(0))
    for name in ("asked", "end"):
        hits = with_days(hits, done.events.days, name, f"{name}_", "ordinal")
    hits = hits.filter(hits.end_ordinal - hits.asked_ordinal <= rule.n)
    return Found(both(hits, "other", done.name(hits, rule.b)))
