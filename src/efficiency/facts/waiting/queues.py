"""When each step could begin, after which step, at whose desk, and together with which others."""

from __future__ import annotations

import math

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import Value
from efficiency.facts.events import Events

#: Two activities follow one another in both orders: from here on one order is the rule.
DEPENDENCE = 0.9
#: What may have been assumed of a step, in the order in which it is told.
ASSUMED = ("start", "first", "day", "reversed", "received", "desk", "nobody")


def queued_steps(events: Events) -> ir.Table:
    """
    Each step that was taken up with its place in the queue.

    Parameters
    ----------
    events
        An observed log.

    Returns
    -------
    Table
        ``case, code, row, unit, actor, calendar, desk`` (who did it, else the unit)``, begins``
        (when it could begin)``, start, end, source`` and ``source_row`` (the step it came from)``,
        batch`` and ``ready`` (of steps done as one batch: the row of its first, and when the last
        of them had come)``, assumed``, and ``known`` (its waiting can be measured). Moments in
        microseconds, empty where they are known to the day only.

    Notes
    -----
    A step could begin when it was received; where that is not recorded, when the step before had
    ended: the last one of its case that was over before it began, steps of concurrent activities
    apart (see `concurrent_pairs`).
    """
    steps = events.steps.filter(events.steps.start.notnull() | events.steps.end.notnull())
    placed = steps.mutate(desk=_desk(steps)).drop("source")
    placed = placed.left_join(_sources(events, steps), "row")
    arrived = placed.received.notnull()
    begins = ibis.coalesce(placed.received, placed.source_end)
    coarse = arrived.ifelse(placed.received_bare, placed.source_bare.fill_null(False))
    too_late = (begins > placed.start).fill_null(False)
    said = {
        "start": placed.start.isnull(),
        "first": begins.isnull(),
        "day": coarse | placed.start_bare,
        "reversed": too_late,
        "received": ~arrived & begins.notnull(),
        "desk": placed.desk.startswith("u"),
        "nobody": placed.desk.isnull(),
    }
    nothing = ibis.null("int64")
    queued = placed.select(
        *("case", "code", "row", "unit", "actor", "calendar", "desk", "source", "source_row"),
        begins=coarse.ifelse(nothing, too_late.ifelse(placed.start, begins)),
        start=placed.start_bare.ifelse(nothing, placed.start),
        end=placed.end_bare.ifelse(nothing, placed.end),
        assumed=_codes(said),
    )
    queued = events.keep(queued.mutate(known=queued.start.notnull() & queued.begins.notnull()))
    return events.keep(queued.left_join(_batches(events, queued), "row").drop("row_right"))


def _desk(steps: ir.Table) -> Value:
    """Name the desk: the person, else the unit, told apart by the first letter."""
    person, unit = steps.actor.fill_null(""), steps.unit.fill_null("")
    return ibis.cases(
        (person != "", ibis.literal("a") + person),
        (unit != "", ibis.literal("u") + unit),
        else_=ibis.null("string"),
    )


def _codes(said: dict[str, Value]) -> Value:
    """Write the codes of what holds, parted by spaces; empty where nothing was assumed."""
    words = [said[code].fill_null(False).ifelse(f"{code} ", "") for code in ASSUMED]
    return ibis.literal("").concat(*words).strip()


def _sources(events: Events, steps: ir.Table) -> ir.Table:
    """The step that each step came from: ``row, source, source_row, source_end``."""
    done = events.steps.filter(events.steps.done).select(
        *("case", "position"),
        source="code",
        source_row="row",
        source_end="end",
        source_bare="end_bare",
    )
    here = steps.select("case", "code", "row", "position", at=ibis.coalesce(steps.start, steps.end))
    both = here.join(done, "case")
    before = both.filter(both.position_right < both.position, both.source_end <= both["at"])
    pairs = concurrent_pairs(events)
    if len(pairs):
        before = before.anti_join(engine.table(pairs), ["code", "source"])
    last = before.group_by("row").aggregate(
        **{
            name: before[name].argmax(before.position_right)
            for name in ("source", "source_row", "source_end", "source_bare")
        }
    )
    return events.keep(last)


def concurrent_pairs(events: Events) -> pd.DataFrame:
    """
    Tell which activities go on side by side: neither waits for the other.

    Returns
    -------
    DataFrame
        ``code, source``: both orders of each pair.

    Notes
    -----
    Two activities are concurrent if each directly follows the other at least once, neither order
    is the rule, |ab − ba| / (ab + ba + 1) < 0.9, and they are no loop of two, (aba + bab) /
    (aba + bab + 1) < 0.9, with ab the number of times that b directly follows a.

    References
    ----------
    Weijters, A. J. M. M. and Ribeiro, J. T. S. (2011). Flexible heuristics miner. IEEE Symposium
    on Computational Intelligence and Data Mining, 310-317.
    """
    steps = events.steps.filter(events.steps.done)
    place = ibis.window(group_by=steps.case, order_by=steps.position)
    steps = steps.mutate(twice=steps.source.lag().over(place) == steps.code)
    follows = steps.filter(steps.source.notnull() & (steps.position > 1))
    edges = follows.group_by("source", "code").aggregate(
        n=follows.count(), back=follows.count(where=follows.twice)
    )
    return _weakly_ordered(events.frame(edges))


def _weakly_ordered(edges: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs seen in both orders, of which neither is the rule nor a loop of two."""
    same = edges[edges["source"] == edges["code"]].set_index("code")["n"]
    repeated = set(same.index[same / (same + 1) >= DEPENDENCE])
    other = edges.rename(columns={"source": "code", "code": "source"})
    both = edges.merge(other, on=["source", "code"], suffixes=("", "_other"))
    both = both[both["source"] != both["code"]]
    loops = both["back"] + both["back_other"]
    loops = loops.mask(both["source"].isin(repeated) | both["code"].isin(repeated), 0)
    order = (both["n"] - both["n_other"]).abs() / (both["n"] + both["n_other"] + 1)
    chosen = both[(order < DEPENDENCE) & (loops / (loops + 1) < DEPENDENCE)]
    return chosen[["code", "source"]].reset_index(drop=True)


def _batches(events: Events, queued: ir.Table) -> ir.Table:
    """
    The batches: ``row, batch`` (the row of its first step) and ``ready``.

    Notes
    -----
    A batch is two or more steps of one activity done at one desk without a gap, all of which had
    come before the first of them was begun; runs are parted from the front.
    """
    runs = _runs(events, queued)
    heads = _heads(events, runs).mutate(opening=True)
    marked = runs.left_join(heads, ["run", "place"])
    up_to = ibis.window(group_by=marked.run, order_by=marked.place, preceding=None, following=0)
    numbered = marked.mutate(part=marked.opening.fill_null(False).cast("int64").sum().over(up_to))
    whole = ibis.window(group_by=[numbered.run, numbered.part])
    batched = numbered.mutate(
        size=numbered.row.count().over(whole),
        ready=numbered.begins.max().over(whole),
        batch=numbered.row.argmin(numbered.place).over(whole),
    )
    return batched.filter(batched["size"] > 1).select("row", "batch", "ready")


def _runs(events: Events, queued: ir.Table) -> ir.Table:
    """Count the gapless runs of an activity at a desk, and the steps in them."""
    exact = queued.filter(queued.start.notnull(), queued.desk.notnull())
    steps = exact.select(
        *("desk", "code", "row", "start"),
        begins=ibis.coalesce(exact.begins, exact.start),
        end=ibis.coalesce(exact.end, exact.start),
    )
    order, desk = [steps.start, steps.end, steps.row], [steps.desk, steps.code]
    place = ibis.window(group_by=desk, order_by=order)
    earlier = ibis.window(group_by=desk, order_by=order, preceding=(None, 1))
    up_to = ibis.window(group_by=desk, order_by=order, preceding=None, following=0)
    steps = steps.mutate(
        gap=(steps.start > steps.end.max().over(earlier)).fill_null(True),
        last=(steps.start.lead().over(place) > steps.end.max().over(up_to)).fill_null(True),
    )
    # Most stand alone; what follows need not sort them.
    steps = events.keep(steps.filter(~(steps.gap & steps["last"])))
    order, desk = [steps.start, steps.end, steps.row], [steps.desk, steps.code]
    so_far = ibis.window(group_by=desk, order_by=order, preceding=None, following=0)
    steps = steps.mutate(part=steps.gap.cast("int64").sum().over(so_far))
    whole = ibis.window(group_by=[steps.desk, steps.code, steps.part])
    steps = steps.mutate(run=steps.row.min().over(whole), length=steps.row.count().over(whole))
    place = ibis.window(group_by=steps.run, order_by=[steps.start, steps.end, steps.row])
    steps = steps.mutate(place=ibis.row_number().over(place) + 1)
    return events.keep(steps.select("run", "place", "row", "start", "begins", "length"))


def _heads(events: Events, runs: ir.Table) -> ir.Table:
    """
    Find where a batch begins in each run: ``run, place``.

    Notes
    -----
    From a first step on, the next batch begins at the first later step that had not come by then.
    Those reached from the run's first step are found by doubling: after r rounds, all within 2^r.
    """
    later = runs.select("run", then="place", came="begins")
    after = runs.join(later, "run")
    after = after.filter(after.then > after.place, after.came > after.start)
    jumps = events.keep(after.group_by("run", "place").aggregate(then=after.then.min()))
    heads = events.keep(runs.filter(runs.place == 1).select("run", "place"))
    longest = events.frame(runs.aggregate(longest=runs.length.max()))["longest"].iloc[0]
    for _ in range(math.ceil(math.log2(longest)) if pd.notna(longest) else 0):
        reached = heads.join(jumps, ["run", "place"]).select("run", place="then")
        heads = events.keep(ibis.union(heads, reached, distinct=True))
        onward = jumps.select("run", then="place", further="then")
        jumps = jumps.join(onward, ["run", "then"]).select("run", "place", then="further")
        jumps = events.keep(jumps)
    return heads
