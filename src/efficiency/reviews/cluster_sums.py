"""What crosses cases, on a cluster: what each case gives of it, summed up by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine, sessions
from efficiency.facts.events import Events, observed
from efficiency.facts.flows import edge_sums, edges, followed, variant_table, variants


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
    worked
        Whether a working calendar is needed.
    """

    contract: tables.Table
    keys: tuple[str, ...]
    pieces: Callable[[Events], ir.Table]
    sums: Callable[[ir.Table], dict[str, ir.Value]]
    worked: bool = False

    def given(self, log: pd.DataFrame, *given: Any, **named: Any) -> pd.DataFrame:
        """The pieces of the cases of a log, as the table's own function takes its arguments."""
        with observed(log, *given, worked=self.worked, **named) as events:
            return events.frame(self.pieces(events))

    def of(self, pieces: pd.DataFrame) -> pd.DataFrame:
        """The rows of the table that all pieces of some keys come to."""
        with sessions.session() as con:
            rows = engine.table(pieces)
            return engine.frame(rows.group_by(list(self.keys)).aggregate(**self.sums(rows)), con)


def _ways(events: Events) -> ir.Table:
    return variant_table(events).select("activities", "cases")


def _cases(pieces: ir.Table) -> dict[str, ir.Value]:
    return {"cases": engine.total(pieces.cases)}


#: The functions whose rows are sums over cases.
SUMMED: dict[Callable[..., Any], Summed] = {
    variants: Summed(tables.VARIANTS, ("activities",), _ways, _cases),
    edges: Summed(tables.EDGES, ("source", "target"), followed, edge_sums, worked=True),
}
