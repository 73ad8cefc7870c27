"""What crosses cases, on a cluster: what each case gives of it, summed up by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from efficiency import tables
from efficiency._doors import engine
from efficiency.facts.events import Events, observed
from efficiency.facts.flows import (
    edge_sums,
    edges,
    followed,
    spelled_ways,
    variants,
    with_arrows,
)
from efficiency.facts.handovers import (
    handovers,
    involvement,
    passed_on,
    passed_sums,
    shares_of,
    steps_of_hands,
)


@dataclass(frozen=True)
class Summed:
    """
    A table that is summed up over all cases.

    Attributes
    ----------
    contract
        Of the table.
    keys
        The columns of the pieces by which they are brought together.
    pieces
        What the cases of a part give of it, with the keys; cases and activities by their names.
    rows
        The rows of the table that all pieces of some keys come to.
    worked
        Whether a working calendar is needed.
    own
        The arguments that are the table's own, and not those of every observation.
    """

    contract: tables.Table
    keys: tuple[str, ...]
    pieces: Callable[..., ir.Table]
    rows: Callable[[ir.Table], ir.Table]
    worked: bool = False
    own: tuple[str, ...] = ()

    def pieces_of(self, log: ir.Table, *given: Any, **named: Any) -> ir.Table:
        """The pieces of the cases of a log; the table's own arguments follow it."""
        own = {name: named.pop(name) for name in self.own if name in named}
        with observed(log, *given, worked=self.worked, **named) as events:
            return self.pieces(events, **own)


def _ways(events: Events) -> ir.Table:
    # By names and not as they are shown: an arrow may be part of a name.
    return spelled_ways(events).select("names", "cases")


def _counted_ways(pieces: ir.Table) -> ir.Table:
    counted = pieces.group_by("names").aggregate(cases=engine.total(pieces.cases))
    return with_arrows(counted).select("activities", "cases")


def _edges(pieces: ir.Table) -> ir.Table:
    return pieces.group_by("source", "target").aggregate(**edge_sums(pieces))


def _passed(events: Events, **own: Any) -> ir.Table:
    return _with_ids(events, passed_on(events, **own))


def _handovers(pieces: ir.Table) -> ir.Table:
    return pieces.group_by("source", "target").aggregate(**passed_sums(pieces))


def _taken(events: Events, **own: Any) -> ir.Table:
    taken = _with_ids(events, steps_of_hands(events, **own))
    named = taken.join(events.activities, "code")
    return named.drop("code").rename(code="activity")


def _with_ids(events: Events, rows: ir.Table) -> ir.Table:
    """Rows with the ids of their cases: each part has numbers of its own."""
    named = rows.join(events.cases.select("case", "case_id"), "case")
    return named.drop("case").rename(case="case_id")


def _involvement(pieces: ir.Table) -> ir.Table:
    known = [name for name in tables.INVOLVEMENT.names if name != "case_share"]
    return shares_of(pieces).select(*known)


_BETWEEN = ("source", "target")
#: The functions whose rows are sums over cases.
SUMMED: dict[Callable[..., Any], Summed] = {
    variants: Summed(tables.VARIANTS, ("names",), _ways, _counted_ways),
    edges: Summed(tables.EDGES, _BETWEEN, followed, _edges, worked=True),
    handovers: Summed(
        tables.HANDOVERS, _BETWEEN, _passed, _handovers, worked=True, own=("by", "returns")
    ),
    involvement: Summed(
        tables.INVOLVEMENT, ("hand",), _taken, _involvement, worked=True, own=("by",)
    ),
}
