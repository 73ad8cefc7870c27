"""Time that was granted on top of a limit: which grants came in time to count."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from efficiency._doors import engine
from efficiency._doors.engine import Value
from efficiency.criteria.clock import Limit
from efficiency.criteria.standards import Standard
from efficiency.facts.case_values import as_text, case_values, known
from efficiency.facts.events import Events
from efficiency.findings.standards.clocks.own_limits import limits_in, number_of
from efficiency.findings.standards.clocks.pauses import KEYS

_RUN = tuple(name for name in KEYS if name != "turn")


def with_extensions(rows: ir.Table, events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Each row as it is, and once more with its first grant, its first two, and so on.

    Parameters
    ----------
    rows
        ``version, case, occurrence, bound, kind, amount, from_us, to_us`` and others.

    Returns
    -------
    Table
        With ``turn`` (how many grants are reckoned in) and ``asked`` (when the last of them was
        given); ``kind`` and ``amount`` are then those of the longer limit. `granted` chooses.
    """
    plain = rows.mutate(turn=ibis.literal(0).cast("int64"), asked=ibis.null("int64"))
    mine = [(at, version) for at, version in enumerate(versions) if version.extend]
    if not mine:
        return plain
    plain = events.name(plain)
    grants = engine.union(_grants(events, at, version) for at, version in mine)
    begun = plain.select(*_RUN, "kind", "amount", "from_us", "from_bare", "to_us")
    begun = begun.rename(own_kind="kind", own_amount="amount")
    met = begun.join(events.name(grants), ["version", "case"])
    day = engine.MICROSECONDS_PER_DAY
    same_day = met.bare & (engine.floor_div(met["at"], day) == engine.floor_div(met.from_us, day))
    met = met.filter(
        (met["at"] >= met.from_us) | same_day, met.to_us.isnull() | (met["at"] < met.to_us)
    )
    order = ibis.window(group_by=[met[name] for name in _RUN], order_by=[met["at"], met.row])
    so_far = ibis.cumulative_window(
        group_by=[met[name] for name in _RUN], order_by=[met["at"], met.row]
    )
    adds = met.adds & (met.kind == met.own_kind).fill_null(False)
    told = met.select(
        *_RUN,
        turn=(ibis.row_number().over(order) + 1).cast("int64"),
        asked="at",
        new_kind=met.adds.ifelse(adds.ifelse(met.own_kind, ibis.null("int64")), met.kind),
        new_amount=met.adds.ifelse(
            met.own_amount + engine.total(met.amount).over(so_far), met.amount
        ),
    )
    longer = plain.drop("turn", "asked").join(told, list(_RUN))
    longer = longer.mutate(kind=longer.new_kind, amount=longer.new_amount)
    return ibis.union(plain, longer.select(*plain.columns))


def _grants(events: Events, number: int, version: Standard) -> ir.Table:
    """The grants of a version: ``version, case, row, at, bare, kind, amount, adds``."""
    coded = events.activities.filter(events.activities.activity.isin(list(version.extend)))
    steps = events.steps.filter(events.steps.done).semi_join(coded, "code")
    found = steps.select(
        "case", "row", at="end", bare="end_bare", version=ibis.literal(number).cast("int64")
    )
    by = version.extend_by
    if isinstance(by, Limit):
        # Minutes and hours run on the clock that the standard chose.
        kind = version.limit.kind if version.own is None else by.kind
        return found.mutate(
            kind=ibis.literal(number_of(kind)).cast("int64"),
            amount=ibis.literal(by.amount).cast("int64"),
            adds=ibis.literal(value=True),
        )
    assert by is not None
    log = events.log.select("row", own=as_text(events.log[by.column]))
    values = case_values(events, [by.column])
    cases = values.select("case", of_case=known(values, by.column))
    read = found.left_join(log, "row").drop("row_right").join(cases, "case")
    read = read.mutate(value=(read.own == "").ifelse(read.of_case, read.own))
    limits = limits_in(events, by)
    told = read.left_join(limits, "value")
    given = told.kind.isin([number_of("due_moment"), number_of("due_date")])
    return told.select(
        *found.columns,
        kind=given.ifelse(told.kind, ibis.null("int64")),
        amount=given.ifelse(told.amount, ibis.null("int64")),
        adds=ibis.literal(value=False),
    )


def granted(rows: ir.Table) -> ir.Table:
    """
    Of each clock the row with all grants that came in time.

    Notes
    -----
    A grant counts at or before the moment due by then. Where one came too late, so did all after
    it: what counts is the first few.
    """
    order = ibis.window(group_by=[rows[name] for name in _RUN], order_by=rows.turn)
    due: Value = rows.due.lag().over(order)
    stands = rows.standing.lag().over(order).fill_null(False)
    in_time = (rows.turn == 0) | stands | (rows.asked <= due).fill_null(False)
    rows = rows.mutate(in_time=in_time.cast("int64"))
    so_far = ibis.cumulative_window(group_by=[rows[name] for name in _RUN], order_by=rows.turn)
    rows = rows.mutate(counts=rows.in_time.min().over(so_far) == 1)
    rows = rows.filter(rows.counts)
    last = ibis.window(group_by=[rows[name] for name in _RUN])
    rows = rows.mutate(last=rows.turn.max().over(last))
    return rows.filter(rows.turn == rows["last"]).drop("in_time", "counts", "last")
