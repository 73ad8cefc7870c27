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


@dataclass(frozen=True)
class Summed:
    """
    A table that is summed up over all cases.

    Attributes
    ----------
    contract
        Of the table.
    keys
        The columns of which each combination is one row.
    pieces
        What the cases of a part give of it, with the keys.
    sums
        What is counted of the pieces of a key.
    named
        The rows with the table's own names.
    worked
        Whether a working calendar is needed.
    """

    contract: tables.Table
    keys: tuple[str, ...]
    pieces: Callable[[Events], ir.Table]
    sums: Callable[[ir.Table], dict[str, ir.Value]]
    named: Callable[[ir.Table], ir.Table]
    worked: bool = False

    def pieces_of(self, log: ir.Table, *given: Any, **named: Any) -> ir.Table:
        """The pieces of the cases of a log; the table's own arguments follow it."""
        with observed(log, *given, worked=self.worked, **named) as events:
            return self.pieces(events)

    def rows_of(self, pieces: ir.Table) -> ir.Table:
        """The rows of the table that all pieces of some keys come to."""
        return self.named(pieces.group_by(list(self.keys)).aggregate(**self.sums(pieces)))


def _cases(pieces: ir.Table) -> dict[str, ir.Value]:
    return {"cases": engine.total(pieces.cases)}


def _ways(events: Events) -> ir.Table:
    # By names and not as they are shown: an arrow may be part of a name.
    return spelled_ways(events).select("names", "cases")


def _shown(rows: ir.Table) -> ir.Table:
    return with_arrows(rows).select("activities", "cases")


def _plain(rows: ir.Table) -> ir.Table:
    return rows


#: The functions whose rows are sums over cases.
SUMMED: dict[Callable[..., Any], Summed] = {
    variants: Summed(tables.VARIANTS, ("names",), _ways, _cases, _shown),
    edges: Summed(tables.EDGES, ("source", "target"), followed, edge_sums, _plain, worked=True),
}
