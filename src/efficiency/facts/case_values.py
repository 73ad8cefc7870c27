"""Which cases lie in the scope of a standard or a rule, as an expression."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from efficiency._doors.engine import Value
from efficiency.criteria.scopes import Condition
from efficiency.facts.events import Events, attribute_values

_PREFIX = "of_case_"


def case_values(events: Events, columns: Iterable[str]) -> ir.Table:
    """
    What is known of each case in some columns: ``case``, and each under `known`'s name.

    Notes
    -----
    The first non-empty value in row order; ``case_id`` may be among the columns.
    """
    asked = sorted(set(columns))
    cases = events.cases.select("case", "case_id")
    others = [name for name in asked if name != "case_id"]
    if others:
        cases = cases.join(attribute_values(events, others), "case_id")
    return cases.select("case", **{f"{_PREFIX}{name}": cases[name] for name in asked})


def known(wide: ir.Table, column: str) -> Value:
    """The value of a column as text, empty where nothing is known."""
    return as_text(wide[f"{_PREFIX}{column}"])


def as_text(value: Value) -> Value:
    """A value as text, empty where there is none."""
    text = value.cast("string")
    if value.type().is_floating():
        # A gap made floats of whole numbers: 3, not 3.0.
        whole = value == value.floor()
        text = whole.ifelse(value.cast("int64").cast("string"), text)
    return text.fill_null("")


def in_scope(wide: ir.Table, scope: Iterable[Condition]) -> Value:
    """Whether all conditions of a scope hold; without any, they do."""
    holds = ibis.literal(value=True)
    for condition in scope:
        inside = known(wide, condition.column).isin(list(condition.values))
        holds = holds & (~inside if condition.negated else inside)
    return holds
