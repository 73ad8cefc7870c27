"""One case of each way: what a rule finds in it, it finds in all that went the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis.expr.types as ir

from efficiency.facts.events import of_cases
from efficiency.facts.flows import KEY, counted_ways, way_keys
from efficiency.findings.rules.done_steps import DoneSteps

#: From so many steps on it is worth to look for ways, where each is that of so many cases.
MANY, GAIN = 100_000, 2


@dataclass(frozen=True)
class Alike:
    """
    The cases of a log by their ways.

    Attributes
    ----------
    done
        The done steps of all cases.
    examples
        Those of one case of each way.
    ways
        ``case, example``: each case with that of its way.
    """

    done: DoneSteps
    examples: DoneSteps
    ways: ir.Table

    def cases(self, examples: ir.Table) -> ir.Table:
        """Rows about examples (``case`` and more), as rows about all cases of their ways."""
        others = [name for name in examples.columns if name != "case"]
        told = examples.join(self.ways, examples.case == self.ways.example)
        return told.select(*others, case=self.ways.case).select(*examples.columns)

    def rows(self, hits: ir.Table) -> ir.Table:
        """Hits in the examples (``number, case, row, what, waits``), as hits in all cases."""
        keep = self.done.events.keep
        places = hits.left_join(_placed(self.examples), ["case", "row"])
        at = keep(places.select(*hits.columns, "position").drop("row").distinct())
        # A step that clashes with two others is one of the hits, and told once.
        silent = at.filter(at.what.isnull())
        told = at.filter(at.what.notnull())
        silent = silent.anti_join(told, ["number", "case", "position"])
        spread = self.cases(keep(told.union(silent)))
        steps = spread.left_join(_placed(self.done), ["case", "position"])
        return steps.select(*hits.columns)


def _placed(done: DoneSteps) -> ir.Table:
    """Each done step by its place in its case."""
    steps = done.steps
    return steps.select("case", "position", row=steps.row.cast("int64"))


def alike(done: DoneSteps, looks: tuple[str, ...]) -> Alike | None:
    """
    The cases by their ways; None where it is no gain to look at one of each.

    Parameters
    ----------
    done
        The done steps.
    looks
        As for `facts.flows.way_keys`.

    Notes
    -----
    Where some step is known to the day only, its place in the order does not tell the way.
    """
    events = done.events
    if events.bare:
        return None
    found: Alike | None = events.memo(("alike", looks), lambda _: _alike(done, looks))
    return found


def _alike(done: DoneSteps, looks: tuple[str, ...]) -> Alike | None:
    events = done.events
    if events.frame(events.steps.count().as_table()).iloc[0, 0] < MANY:
        return None
    ways = events.keep(counted_ways(events, looks))
    counts = events.frame(ways.aggregate(ways=ways.count(), cases=ways.cases.sum())).iloc[0]
    if GAIN * counts["ways"] > counts["cases"]:
        return None
    examples = events.cases.semi_join(ways.select(case="example"), "case")
    of_all = way_keys(events, looks).join(ways, KEY).select("case", "example")
    return Alike(done, replace(done, events=of_cases(events, examples)), events.keep(of_all))
