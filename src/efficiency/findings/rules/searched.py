"""What rules find in a log, each whatever its scope: what proves a breach, what is not decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

import ibis
import ibis.expr.types as ir

from efficiency._doors import engine
from efficiency.criteria.rules import Rule
from efficiency.findings.rules.alike import alike
from efficiency.findings.rules.done_steps import DoneSteps, Found

Finder = Callable[[DoneSteps, Rule], Found]

_HITS = {
    "number": "int64", "case": "int32", "row": "int64", "what": "string", "waits": "boolean"
}  # fmt: skip
_DOUBTS = {"number": "int64", "case": "int32", "reason": "string"}


@dataclass(frozen=True)
class Searched:
    """
    What rules found, by their numbers.

    Attributes
    ----------
    hits
        ``number, case, row, what, waits``: the rows that prove a breach, and whether an open case
        may still mend it.
    doubts
        ``number, case, reason``: what the record cannot decide, and why (`tables.UNDECIDABLE`).
    counted
        By number, the cases (``case``) that a rule is about where its scope alone does not say.
    """

    hits: ir.Table
    doubts: ir.Table
    counted: Mapping[int, ir.Table]


def search(done: DoneSteps, rules: Mapping[int, Rule]) -> Searched:
    """
    What rules find in a log, whatever their scope.

    Parameters
    ----------
    done
        Its done steps.
    rules
        The rules by their numbers.

    Notes
    -----
    What hangs on nothing but the way of a case is looked for in one case of each way (`alike`).
    """
    events = done.events
    hits, doubts = [engine.nothing(events.cases, _HITS)], [engine.nothing(events.cases, _DOUBTS)]
    counted = dict[int, ir.Table]()
    for looks in sorted({rule.form.looks for rule in rules.values()}):
        chosen = {number: rule for number, rule in rules.items() if rule.form.looks == looks}
        by_way = alike(done, looks) if looks else None
        seen = by_way.examples if by_way else done
        found = {number: finder(rule.kind)(seen, rule) for number, rule in chosen.items()}
        proven = [_hits(one, number) for number, one in found.items()]
        open_ = [part for number, one in found.items() for part in _doubts(one, rules, number)]
        about = {n: one.counted for n, one in found.items() if one.counted is not None}
        if by_way:
            proven = [by_way.rows(engine.union(proven))]
            open_ = [by_way.cases(engine.union(open_).distinct())] if open_ else []
            about = {number: by_way.cases(cases) for number, cases in about.items()}
        hits, doubts, counted = [*hits, *proven], [*doubts, *open_], counted | about
    return Searched(engine.union(hits), engine.union(doubts), counted)


def finder(kind: str) -> Finder:
    """
    What finds the breaches of a kind of rule.

    Examples
    --------
    >>> finder("order").__name__
    'order'
    """
    place = Rule("", kind).form.finder
    if not isinstance(place, str):
        return place
    module, _, name = place.rpartition(".")
    found: Finder = getattr(import_module(f"efficiency.findings.rules.{module}"), name)
    return found


def doubted(cases: ir.Table, number: int, reason: str) -> ir.Table:
    """Cases in which the record cannot decide a rule, and why: ``number, case, reason``."""
    return cases.select(
        "case", number=ibis.literal(number).cast("int64"), reason=ibis.literal(reason)
    ).select(*_DOUBTS)


def _hits(found: Found, number: int) -> ir.Table:
    rows = found.proofs
    if found.counted is not None:
        rows = rows.semi_join(found.counted, "case")
    return rows.select(
        "case",
        "row",
        "what",
        number=ibis.literal(number).cast("int64"),
        waits=ibis.literal(found.waits),
    ).select(*_HITS)


def _doubts(found: Found, rules: Mapping[int, Rule], number: int) -> list[ir.Table]:
    rows = found.unknown
    if rows is None:
        return []
    if found.counted is not None:
        rows = rows.semi_join(found.counted, "case")
    return [doubted(rows, number, "order" if rules[number].form.any_order else "unknown")]
