"""Rules on who does it: which people, and from which unit to which."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from efficiency._doors.engine import Value
from efficiency.criteria.rules import Rule
from efficiency.facts.handovers import runs_of
from efficiency.findings.rules.done_steps import DoneSteps, Found, both, proofs


def _places(steps: ir.Table) -> Value:
    return ibis.window(group_by=steps.case, order_by=steps.position)


def _with_both(done: DoneSteps, rule: Rule) -> ir.Table:
    """The steps of `a` and `b` in the cases that have both, with which they are."""
    steps = done.of(*rule.a, *rule.b)
    sides = {"is_a": rule.a, "is_b": rule.b}
    steps = steps.mutate(**{side: done.is_one(steps, names) for side, names in sides.items()})
    case = ibis.window(group_by=steps.case)
    there = {f"{side}_there": steps.count(where=steps[side]).over(case) for side in sides}
    steps = steps.mutate(**there, of_case=steps.count().over(case))
    # A lone step on both sides is no pair.
    pairs = steps.filter((steps.is_a_there > 0) & (steps.is_b_there > 0) & (steps.of_case > 1))
    return done.events.keep(pairs)


def four_eyes(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which the same known actor did an `a` and, in another step, a `b`."""
    steps = _with_both(done, rule)
    own = ibis.window(group_by=[steps.case, steps.actor])
    steps = steps.mutate(
        own=steps.count().over(own),
        own_a=steps.count(where=steps.is_a).over(own),
        own_b=steps.count(where=steps.is_b).over(own),
    )
    hits = steps.filter(
        (steps.actor != "") & (steps.own_a > 0) & (steps.own_b > 0) & (steps.own > 1)
    )
    return Found(proofs(hits, hits.actor), _cases(steps.filter(steps.actor == "")))


def same_actor(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which an `a` and a `b` were done by different known actors."""
    steps = _with_both(done, rule)
    case = ibis.window(group_by=steps.case)
    told = steps.actor != ""
    steps = steps.mutate(
        least=steps.actor.min(where=told).over(case),
        most=steps.actor.max(where=told).over(case),
        a_told=steps.count(where=steps.is_a & told).over(case),
        b_told=steps.count(where=steps.is_b & told).over(case),
    )
    differ = (steps.least != steps.most) & (steps.a_told > 0) & (steps.b_told > 0)
    hits = steps.filter(differ.fill_null(False) & (steps.actor != ""))
    return Found(proofs(hits, hits.actor), _cases(steps.filter(steps.actor == "")))


def _cases(steps: ir.Table) -> ir.Table:
    return steps.select("case").distinct()


def hub(done: DoneSteps, rule: Rule) -> Found:
    """Where a step of one unit is directly followed by one of another, neither a hub."""
    steps = done.steps
    place = _places(steps)
    steps = steps.mutate(before=steps.unit.lag().over(place), other=steps.row.lag().over(place))
    # Two units that are not known may be two.
    changes = (steps.before != steps.unit) | (steps.unit == "")
    steps = steps.filter(steps.before.notnull() & changes)
    hubs = list(rule.a)
    if hubs:
        steps = steps.filter(~steps.unit.isin(hubs) & ~steps.before.isin(hubs))
    known = (steps.unit != "") & (steps.before != "")
    hits = steps.filter(known)
    return Found(both(hits, "other", hits.before + " → " + hits.unit), _cases(steps.filter(~known)))


def ping_pong(done: DoneSteps, rule: Rule) -> Found:
    """
    The cases whose runs of units read X, Y, X at least `n` times.

    Notes
    -----
    Units of `a` are passed over. What comes back by an activity of `b`, or from one, was sent back
    on record, and is none.
    """
    steps = done.steps
    steps = steps.mutate(recorded=done.is_one(steps, rule.b))
    steps = steps.mutate(
        recorded=steps.recorded | steps.recorded.lag().over(_places(steps)).fill_null(False)
    )
    runs = runs_of(steps.filter(~steps.unit.isin(list(rule.a))) if rule.a else steps, "unit")
    place = _places(runs)
    runs = runs.mutate(twice_before=runs.unit.lag(2).over(place), sent=runs.row.lag().over(place))
    back = runs.filter((runs.twice_before == runs.unit).fill_null(False), ~runs.recorded)
    back = back.mutate(times=back.count().over(ibis.window(group_by=back.case)))
    hits = back.filter(back.times >= rule.n)
    shown = hits.unit + " → " + hits.before + " → " + hits.unit
    return Found(both(hits, "sent", shown), _unknown_units(done, rule.n + 2))


def round_trips(done: DoneSteps, rule: Rule) -> Found:
    """The cases that leave the units of `a` and come back at least `n` times."""
    steps = done.steps.filter(done.steps.unit != "")
    steps = steps.mutate(inside=steps.unit.isin(list(rule.a)))
    place = _places(steps)
    steps = steps.mutate(
        inside_before=steps.inside.lag().over(place),
        begun=steps.count(where=steps.inside).over(
            ibis.cumulative_window(group_by=steps.case, order_by=steps.position)
        ),
        sent=steps.row.lag().over(place),
        sender=steps.unit.lag().over(place),
    )
    # Back inside after a step outside; the first step inside comes back from nowhere.
    back = steps.filter(steps.inside & ~steps.inside_before & (steps.begun > 1))
    back = back.mutate(times=back.count().over(ibis.window(group_by=back.case)))
    hits = back.filter(back.times >= rule.n)
    return Found(
        both(hits, "sent", hits.sender + " → " + hits.unit), _unknown_units(done, 2 * rule.n + 1)
    )


def _unknown_units(done: DoneSteps, least: int) -> ir.Table:
    """The cases with an unknown unit, and steps enough to break the rule."""
    steps = done.steps
    steps = steps.mutate(of_case=steps.count().over(ibis.window(group_by=steps.case)))
    return _cases(steps.filter((steps.unit == "") & (steps.of_case >= least)))


def done_by(done: DoneSteps, rule: Rule) -> Found:
    """Each `b` that was done by a known unit that is not named in `a`."""
    steps = done.of(*rule.b)
    steps = steps.filter(~steps.unit.isin(list(rule.a)))
    hits = steps.filter(steps.unit != "")
    shown = done.name(hits, rule.b) + "：" + hits.unit
    return Found(proofs(hits, shown), _cases(steps.filter(steps.unit == "")))


def entry(done: DoneSteps, rule: Rule) -> Found:
    """The cases whose first done step is of a known unit that is not named in `a`."""
    firsts = done.steps.filter(done.steps.position == 1)
    firsts = firsts.filter(~firsts.unit.isin(list(rule.a)))
    hits = firsts.filter(firsts.unit != "")
    return Found(proofs(hits, hits.unit), _cases(firsts.filter(firsts.unit == "")))
