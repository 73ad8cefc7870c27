"""When each standard's clock started and stopped in each case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import Value
from efficiency.criteria.clock import Clock
from efficiency.criteria.standards import Moment, Standard
from efficiency.criteria.worktime import day_of
from efficiency.facts.case_values import case_values, in_scope
from efficiency.facts.events import MOMENTS, Events

#: A key holds a moment, its precision and its calendar in one number, so that the least key of
#: a case is its first moment with all that is known of it.
_BARE, _MOMENT = 2**7, 2**8
_EPOCH = pd.Timestamp("1970-01-01")


def clock_runs(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    The cases in scope whose clock started, under the version in force that day.

    Returns
    -------
    Table
        One row a version and case: ``version, case, calendar, from_us, from_bare, to_us,
        to_bare, before`` (every ``to`` lies before ``from``). ``to_us`` is empty where it never
        happened.
    """
    stopped = stops(events, versions)
    rows = stopped.filter(_is_judged(stopped, versions))
    to = ibis.coalesce(rows.after, rows.earlier)
    return rows.select(
        "case",
        "version",
        calendar=rows.begun & (_BARE - 1),
        from_us=_at(rows.begun),
        from_bare=_is_bare(rows.begun),
        to_us=_at(to),
        to_bare=_is_bare(to).fill_null(False),
        before=rows.after.isnull() & rows.earlier.notnull(),
    )


def count_not_started(events: Events, versions: Sequence[Standard]) -> pd.DataFrame:
    """Count, by standard, the cases in scope that get no verdict: ``standard_id, not_started``."""
    ids = list(dict.fromkeys(version.standard_id for version in versions))
    if not ids:
        return pd.DataFrame(
            {"standard_id": pd.Series(dtype=object), "not_started": pd.Series(dtype="int64")}
        )
    rows = stops(events, versions)
    judged = _is_judged(rows, versions).cast("int64")
    standard = by_version(rows.version, versions, lambda version: version.standard_id)
    cases = rows.group_by("case", standard_id=standard).aggregate(judged=judged.max())
    silent = cases.filter(cases.judged == 0)
    counted = events.frame(silent.group_by("standard_id").aggregate(n=silent.count()))
    numbers = counted.set_index("standard_id")["n"].reindex(ids, fill_value=0)
    return pd.DataFrame({"standard_id": ids, "not_started": numbers.astype("int64").tolist()})


def by_version(
    number: Value, versions: Sequence[Standard], value: Callable[[Standard], Any]
) -> Value:
    """What each version says, by the number of the version."""
    said = [value(version) for version in versions]
    if all(one == said[0] for one in said):
        return ibis.literal(said[0])
    return ibis.cases(*((number == i, one) for i, one in enumerate(said)))


def by_clock(number: Value, versions: Sequence[Standard], value: Callable[[Clock], Value]) -> Value:
    """What the clock of each version makes of a row, by the number of the version."""
    told = {version.clock.name: value(version.clock) for version in versions}
    if len(told) == 1:
        return next(iter(told.values()))
    return ibis.cases(*((number == i, told[one.clock.name]) for i, one in enumerate(versions)))


def stops(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """The cases in scope of each version with the keys of their clock's start and stop, kept."""
    key = ("stops", tuple(versions))
    return events.once_by_case(key, lambda whole: _stopped(whole, versions))


def _stopped(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Each case in scope of each version, with the keys of its clock's start and stop.

    Returns
    -------
    Table
        ``version, case, begun`` (empty where the clock never started)``, after, earlier``:
        ``to`` is the first such moment at or after ``from``, or, where every one lies before, the
        last of them; for a limit that looks back, the first in the case.

    Notes
    -----
    In most cases the first ``to`` lies after ``from`` and is the one. Only the steps of the
    others are looked at again.
    """
    codes = dict(events.frame(events.activities)[["activity", "code"]].itertuples(index=False))
    firsts = events.keep(_firsts(events, versions, codes))
    runs = events.name(
        engine.union(_run(firsts, number, version) for number, version in enumerate(versions))
    )
    again = _again(events, versions, codes, runs.filter(runs.early))
    found = runs.left_join(again, ["version", "case"])
    return events.name(
        found.select(
            "version",
            "case",
            "begun",
            after=runs.early.ifelse(again.later, runs.first),
            earlier=again.earlier,
        )
    )


def _firsts(events: Events, versions: Sequence[Standard], codes: dict[str, int]) -> ir.Table:
    """Each case with its first ``from`` and ``to`` of each version, and what scopes ask for."""
    steps = events.steps
    moments = dict.fromkeys(moment for v in versions for moment in (v.begins, v.ends))
    names = {moment: f"first_{i}" for i, moment in enumerate(moments)}
    keys = {
        name: _key(steps, moment.kind).min(where=_is_one_of(steps, moment, codes))
        for moment, name in names.items()
    }
    # Every case is a row, also one without any such moment.
    found = steps.group_by("case").aggregate(**keys)
    sides = {}
    for number, version in enumerate(versions):
        sides[f"from_{number}"] = found[names[version.begins]]
        sides[f"to_{number}"] = found[names[version.ends]]
    firsts = found.select("case", **sides)
    asked = {condition.column for version in versions for condition in version.scope}
    return firsts.join(case_values(events, asked), "case") if asked else firsts


def _again(
    events: Events, versions: Sequence[Standard], codes: dict[str, int], runs: ir.Table
) -> ir.Table:
    """Look for ``to`` among all steps of the cases whose first one lies before ``from``."""
    named = [
        (number, codes[name], version.ends.kind)
        for number, version in enumerate(versions)
        for name in version.ends.activities
        if name in codes
    ]
    marks = pd.DataFrame(named, columns=["version", "code", "kind"])
    ends = engine.table(marks.astype({"version": "int64", "code": "int32", "kind": "string"}))
    steps = events.steps.join(runs.select("version", "case", "begun"), "case")
    steps = steps.join(ends, ["version", "code"])
    key = ibis.cases(*((steps.kind == kind, _key(steps, kind)) for kind in MOMENTS))
    after = _is_after(key, steps.begun)
    return steps.group_by("version", "case").aggregate(
        later=key.min(where=after), earlier=key.max(where=~after)
    )


def _key(steps: ir.Table, kind: str) -> Value:
    bare = steps[f"{kind}_bare"].cast("int64")
    return steps[kind] * _MOMENT + bare * _BARE + steps.calendar


def _at(key: Value) -> Value:
    return key >> 8


def _is_bare(key: Value) -> Value:
    return (key & _BARE) == _BARE


def _is_after(key: Value, since: Value) -> Value:
    """Tell whether a moment is at or after another; a bare date on its day counts as after."""
    at, begun = _at(key), _at(since)
    return (at >= begun) | (_is_bare(key) & (day_of(at) == day_of(begun)))


def _is_one_of(steps: ir.Table, moment: Moment, codes: dict[str, int]) -> Value:
    known = [int(codes[name]) for name in moment.activities if name in codes]
    return steps.code.isin(known) if known else ibis.literal(value=False)


def _run(firsts: ir.Table, number: int, version: Standard) -> ir.Table:
    begun, to = firsts[f"from_{number}"], firsts[f"to_{number}"]
    rows = firsts.filter(
        in_scope(firsts, version.scope), begun.isnull() | _in_force(begun, version)
    )
    early = ibis.literal(value=False) if version.limit.before else ~_is_after(to, begun)
    return rows.select(
        "case",
        version=ibis.literal(number).cast("int64"),
        begun=begun,
        first=to,
        early=early.fill_null(False),
    )


def _is_judged(rows: ir.Table, versions: Sequence[Standard]) -> Value:
    """Tell whether a case is to be judged: its clock started, and it is done or had to be."""
    required = by_version(rows.version, versions, lambda version: version.required)
    return rows.begun.notnull() & (required | rows.after.notnull() | rows.earlier.notnull())


def _in_force(begun: Value, version: Standard) -> Value:
    day, holds = day_of(_at(begun)), ibis.literal(value=True)
    if pd.notna(version.valid_from):
        holds = holds & (day >= (version.valid_from - _EPOCH).days)
    if pd.notna(version.valid_to):
        holds = holds & (day <= (version.valid_to - _EPOCH).days)
    return holds
