"""The flows that really happened: ways through, who follows whom, ends and loops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed

ARROW = " → "
#: Stands between names while they are counted: an arrow may be part of a name.
_BETWEEN = "\x1f"
#: The columns that tell a way.
KEY = ["length", "key", "check"]
#: Makes another number of the same.
_OTHER = 0x5851F42D4C957F2D
#: What is sent back, mended or urged.
_CAUSED = re.compile(
    "退回|退办|退件|退改|退稿|退单|退文|补正|补充材料|催办|催报|督促|驳回"
    "|reject|return|resubmi|sent back|send back|remind|urge|correct",
    re.IGNORECASE,
)


def variants(
    log: Log | Events,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count the ways through: the done steps of each case in order.

    Parameters
    ----------
    log
        ``tables.LOG``.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    table of the kind of ``log``
        ``tables.VARIANTS``, the most frequent first, ties by name. A case without a done step
        has the empty way.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "2", "2", "3"],
    ...     "activity": ["登记", "转办", "登记", "转办", "登记"],
    ...     "end": pd.to_datetime(["2024-03-05"] * 5),
    ... })
    >>> variants(log)[["activities", "cases"]].to_dict("tight")["data"]
    [['登记 → 转办', 2], ['登记', 1]]
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        return events.answer(variant_table(events), "variant", of=tables.VARIANTS)


def way_keys(events: Events, looks: tuple[str, ...] = ("code",)) -> ir.Table:
    """
    Each case with a key of its way: ``case, length, key, check``, computed once.

    Parameters
    ----------
    events
        The observed log.
    looks
        Which columns of the done steps, in their order, make a way: ``code`` (what was done),
        ``unit`` (by whom; an unknown unit is one of its own), or both.

    Notes
    -----
    The keys do not depend on the order in which rows are met, so they are computed in one pass.
    Two ways share a key only if their length and two hashes agree.
    """
    return events.once(("way_keys", looks), lambda events: _keyed(events, looks))


def _keyed(events: Events, looks: tuple[str, ...]) -> ir.Table:
    steps = events.steps.filter(events.steps.done)
    step = engine.hashed(ibis.struct({name: steps[name] for name in ("position", *looks)}))
    other = engine.hashed(step ^ ibis.literal(_OTHER, "uint64"))
    keyed = steps.group_by("case").aggregate(
        length=steps.count(), key=_bit_xor(step), check=_bit_xor(other)
    )
    joined = events.cases.select("case").left_join(keyed, "case").drop("case_right")
    return joined.fill_null(dict.fromkeys(KEY, 0))


@ibis.udf.agg.builtin(name="bit_xor", signature=(("uint64",), "uint64"))  # type: ignore[untyped-decorator]
def _bit_xor(value: int) -> int:
    """Combine hashes in any order."""
    raise NotImplementedError


def counted_ways(events: Events, looks: tuple[str, ...] = ("code",)) -> ir.Table:
    """The ways of `way_keys`: the columns of `KEY`, ``cases`` and ``example`` (one of them)."""
    keys = way_keys(events, looks)
    return keys.group_by(KEY).aggregate(cases=keys.count(), example=keys.case.min())


def spelled_ways(events: Events) -> ir.Table:
    """
    Each way through with the cases that took it.

    Returns
    -------
    Table
        The columns of `KEY`, ``cases, example`` (one of them) and ``names``: its activities, with
        a sign between them that no name holds.
    """
    counted = counted_ways(events)
    steps = events.steps.filter(events.steps.done)
    spelled = (
        steps.semi_join(counted, steps.case == counted.example)
        .join(events.activities, "code")
        .select(
            "case", step=ibis.struct({"at": steps.position, "name": events.activities.activity})
        )
    )
    texts = spelled.group_by("case").aggregate(
        names=spelled.step.collect().sort().map(lambda step: step["name"]).join(_BETWEEN)
    )
    return counted.left_join(texts, counted.example == texts.case).select(
        *counted.columns, names=texts.names.fill_null("")
    )


def _ranked(events: Events) -> ir.Table:
    ways = with_arrows(spelled_ways(events))
    return ways.mutate(
        variant=ibis.row_number().over(order_by=[ways.cases.desc(), ways.activities]) + 1,
        share=ways.cases / ways.cases.sum().over(ibis.window()),
    )


def with_arrows(ways: ir.Table) -> ir.Table:
    """Ways by their ``names``, also as they are shown: ``activities``."""
    return ways.mutate(activities=ways.names.replace(_BETWEEN, ARROW))


def variant_table(events: Events) -> ir.Table:
    """The variants of observed events as an expression."""
    ranked = events.once("ways", _ranked)
    return ranked.select("variant", "activities", "cases", "share")


def compact_log(events: Events) -> dict[tuple[str, ...], int]:
    """One trace a variant with its count; cases without a done step have no trace."""
    ways = _spelled(events)
    counts = zip(ways["trace"], ways["cases"].tolist(), strict=True)
    return {trace: int(cases) for trace, cases in counts if trace}


def variant_traces(events: Events) -> dict[int, tuple[str, ...]]:
    """The done steps of each variant by its number; none for the empty way."""
    ways = _spelled(events)
    return dict(zip(ways["variant"].tolist(), ways["trace"], strict=True))


def _spelled(events: Events) -> pd.DataFrame:
    """The variants in their order, each with its steps in ``trace``."""
    ways = events.frame(events.once("ways", _ranked).order_by("variant"))
    traces = [tuple(names.split(_BETWEEN)) if names else () for names in ways["names"]]
    return ways.assign(trace=pd.Series(traces, index=ways.index, dtype=object))


def case_variants(events: Events) -> ir.Table:
    """Each case with the number of its variant: ``case, variant``."""
    keyed = events.once("ways", _ranked).select(*KEY, "variant")
    return way_keys(events).join(keyed, KEY).select("case", "variant")


def edges(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count which done step directly follows which, and the working time from end to end.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one. The hours of the later step's unit count.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    table of the kind of ``log``
        ``tables.EDGES``, a DataFrame by the names of source and target.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"],
    ...     "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05 17:30", "2024-03-06 09:00"]),
    ... })
    >>> edges(log)[["source", "target", "count", "median_work_hours"]].to_dict("tight")["data"]
    [['登记', '转办', 1, 1.0]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        return events.answer(edge_table(events), "source", "target", of=tables.EDGES)


def edge_table(events: Events) -> ir.Table:
    """The edges of observed events as an expression."""
    follows = _follows(events)
    counted = follows.group_by("source", "code").aggregate(**edge_sums(follows))
    named = _named_edges(events, counted)
    return named.select("source", "target", "cases", "count", "median_work_hours", "p90_work_hours")


def edge_sums(follows: ir.Table) -> dict[str, ir.Value]:
    """
    What is counted of each edge.

    Parameters
    ----------
    follows
        Steps that follow another: ``case``, and ``took``, the working hours from end to end.
    """
    return {
        "cases": follows.case.nunique(),
        "count": follows.count(),
        "median_work_hours": follows.took.median(),
        "p90_work_hours": follows.took.quantile(0.9),
    }


def followed(events: Events) -> ir.Table:
    """Each done step that follows another: ``source, target, case`` (its id)``, took``."""
    named = _named_edges(events, _follows(events))
    ids = events.cases.select("case", "case_id")
    told = named.join(ids, "case")
    return told.select("source", "target", "took", case="case_id")


def _follows(events: Events) -> ir.Table:
    steps = events.steps
    follows = steps.filter(steps.done & steps.source.notnull())
    took = (follows.w_end - follows.w_previous) / MICROSECONDS_PER_HOUR
    return follows.select("source", "code", "case", took=took)


def _named_edges(events: Events, rows: ir.Table) -> ir.Table:
    """Rows with the names of ``source`` and ``code`` as ``source`` and ``target``."""
    sources = events.activities.rename(source_name="activity", source_code="code")
    targets = events.activities.rename(target="activity", target_code="code")
    named = rows.join(sources, rows.source == sources.source_code)
    named = named.join(targets, named.code == targets.target_code)
    others = [name for name in rows.columns if name not in {"source", "code"}]
    return named.select("target", *others, source="source_name")


def ends(
    log: Log | Events,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count with which activity cases begin and end.

    Returns
    -------
    table of the kind of ``log``
        ``tables.ENDS``: cases whose first, and whose last done step it is.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05", "2024-03-06"]),
    ... })
    >>> ends(log).to_dict("tight")["data"]
    [['登记', 1, 0], ['转办', 0, 1]]
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        steps = events.steps.filter(events.steps.done)
        last = steps.position.max().over(ibis.window(group_by=steps.case))
        placed = steps.mutate(is_first=(steps.position == 1), is_last=(steps.position == last))
        counted = placed.group_by("code").aggregate(
            starts=engine.total(placed.is_first.cast("int64")),
            ends=engine.total(placed.is_last.cast("int64")),
        )
        named = counted.join(events.activities, "code").select("activity", "starts", "ends")
        return events.answer(named, "activity", of=tables.ENDS)


def rework(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count work that was done again.

    Returns
    -------
    table of the kind of ``log``
        ``activity, cases`` (with the activity done)``, repeated_cases`` (done more than once)``,
        repetitions`` (times beyond the first)``, self_loops`` (directly after itself)``,
        repeated_hours`` (working hours of the repetitions, each from its arrival or the end of
        the step before it)``, example_row``.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "1"], "activity": ["拟办", "退回", "拟办"],
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 10:00", "2024-03-05 11:30"]),
    ... })
    >>> rework(log).query("repetitions > 0")[["activity", "repetitions", "repeated_hours"]].values
    array([['拟办', 1, 1.5]], dtype=object)
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        steps = events.steps.filter(events.steps.done)
        turn = ibis.row_number().over(
            ibis.window(group_by=[steps.case, steps.code], order_by=steps.position)
        )
        again = steps.mutate(
            turn=turn,
            worked=steps.w_end - ibis.coalesce(steps.w_received, steps.w_previous),
        )
        repeats = again.turn > 0
        counted = again.group_by("code").aggregate(
            cases=again.case.nunique(),
            repeated_cases=again.case.nunique(where=repeats),
            repetitions=again.count(where=repeats),
            self_loops=again.count(where=(again.source == again.code).fill_null(False)),
            repeated_hours=engine.total(again.worked, repeats) / MICROSECONDS_PER_HOUR,
            example_row=again.row.min(where=repeats),
        )
        named = counted.join(events.activities, "code")
        told = events.answer(named, "activity", columns=tables.REWORK.names)
        # Of rows of which some are missing, DuckDB makes floats.
        whole = told.astype({"example_row": "Int64"}) if events.plain else told
        return tables.REWORK.check(whole) if events.plain else whole


def follows_a_problem(activity: str) -> bool:
    """
    Whether an activity only happens after another problem, by its name.

    Examples
    --------
    >>> [follows_a_problem(name) for name in ("退回修改", "Declaration REJECTED", "拟办")]
    [True, True, False]
    """
    return bool(_CAUSED.search(activity))
