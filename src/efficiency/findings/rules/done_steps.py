"""What was done in each case, as rules of procedure look at it, and what a rule found there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import ibis
import ibis.expr.types as ir

from efficiency._doors.engine import Value
from efficiency.facts.events import Events, Log

#: A key holds something to compare by and a row in one number: the greatest key has its row.
ROW = 2**40


@dataclass(frozen=True)
class DoneSteps:
    """
    The done steps of a log.

    Attributes
    ----------
    events
        The log, ordered.
    registers
        Other logs by name, in which a case may have to be known.
    """

    events: Events
    registers: Mapping[str, Log] = field(default_factory=dict)

    @cached_property
    def steps(self) -> ir.Table:
        """
        ``case, position, code, row, unit, actor, end`` of the done steps; '' is unknown.

        Notes
        -----
        The record tells that a step was done before another just where its ``told_to`` lies below
        the other's ``told_from``; both are its position where every end is known to the minute.
        """
        return self.events.memo("done", _done)

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of each activity."""
        return self.events.codes()

    def of(self, *names: str) -> ir.Table:
        """The steps of some activities."""
        return self.steps.filter(self.is_one(self.steps, names))

    def is_one(self, steps: ir.Table, names: Sequence[str]) -> Value:
        """Whether a step is one of some activities."""
        known = [self.codes[name] for name in names if name in self.codes]
        return steps.code.isin(known) if known else ibis.literal(value=False)

    def name(self, steps: ir.Table, names: Sequence[str]) -> Value:
        """The activity of a step that is one of some; of others ''."""
        known = [(steps.code == self.codes[name], name) for name in names if name in self.codes]
        return ibis.cases(*known, else_="") if known else ibis.literal("")


@dataclass(frozen=True)
class Found:
    """
    What one rule found in a log, whatever its scope.

    Attributes
    ----------
    proofs
        ``case, row, what``: a row that proves a breach and what it shows; the row is empty where
        something never happened.
    unknown
        ``case``: cases that the record cannot decide; broken ones may be among them.
    waits
        Whether an open case may still mend it: it is then pending.
    counted
        ``case``: the cases that the rule is about; None: all.
    """

    proofs: ir.Table
    unknown: ir.Table | None = None
    waits: bool = False
    counted: ir.Table | None = None


def _done(events: Events) -> ir.Table:
    steps = events.steps.filter(events.steps.done)
    told = {"told_from": steps.position, "told_to": steps.position}
    if events.bare:
        steps = _told(events, steps)
        told = {name: steps[name] for name in told}
    seen = steps.select(
        "case",
        "position",
        "code",
        "row",
        "end",
        **told,
        unit=steps.unit.fill_null(""),
        actor=steps.actor.fill_null(""),
    )
    # What is nothing but another look at the steps need not be stored once more.
    return events.keep(seen) if events.bare else events.name(seen)


def _told(events: Events, steps: ir.Table) -> ir.Table:
    """
    Number the steps of each case so that two numbers say whether the record tells their order.

    Notes
    -----
    ``told_from`` counts the steps by their earliest moment, exact ones before dates. An exact step
    has one number. One known to the day only goes on to the last step that may have begun before
    its day was over.
    """
    at = ibis.window(group_by=steps.case, order_by=[steps.earliest, steps.end_bare, steps.row])
    numbered = steps.mutate(told_from=(ibis.row_number().over(at) + 1).cast("int32"))
    numbered = events.name(numbered)
    dates = numbered.filter(numbered.end_bare).select("case", "row", "latest")
    others = numbered.select("case", other="earliest")
    pairs = dates.join(others, "case")
    within = pairs.filter(pairs.other < pairs.latest)
    last = within.group_by("case", "row").aggregate(last=within.count().cast("int32"))
    joined = numbered.left_join(last, ["case", "row"])
    return joined.select(*numbered.columns, told_to=ibis.coalesce(joined["last"], joined.told_from))


def proofs(steps: ir.Table, what: Value) -> ir.Table:
    """Steps as proofs."""
    return steps.select("case", row=steps.row.cast("int64"), what=what.cast("string"))


def both(pairs: ir.Table, other: str, what: Value) -> ir.Table:
    """A step and the one it clashes with, whose row stands in another column, as proofs."""
    told = pairs.mutate(what_=what)
    second = pairs.select("case", row=pairs[other].cast("int64"), what=ibis.null("string"))
    return ibis.union(told.select("case", row=told.row.cast("int64"), what=told.what_), second)
