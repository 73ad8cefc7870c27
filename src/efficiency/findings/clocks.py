"""When each standard's clock started and stopped in each case."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import _engine
from efficiency._engine import Value
from efficiency.criteria.clock import day_of
from efficiency.criteria.standards import Condition, Moment, Standard
from efficiency.facts.events import Events, attribute_values

#: A key holds a moment, its precision and its calendar in one number, so that the least key of
#: a case is its first moment with all that is known of it.
_CALENDARS = 128
_EPOCH = pd.Timestamp("1970-01-01")


def clock_runs(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Give the cases in scope whose clock started, under the version in force that day.

    Returns
    -------
    Table
        One row a version and case: ``version, case, calendar, from_us, from_bare, to_us,
        to_bare, before`` (every ``to`` lies before ``from``). ``to_us`` is empty where it never
        happened.
    """
    wide = events.keep(_wide(events, versions))
    return _engine.union(_run(wide, number, version) for number, version in enumerate(versions))


def count_not_started(events: Events, versions: Sequence[Standard]) -> pd.DataFrame:
    """Count, by standard, the cases in scope that get no verdict: ``standard_id, not_started``."""
    ids = list(dict.fromkeys(version.standard_id for version in versions))
    if not ids:
        return pd.DataFrame(
            {"standard_id": pd.Series(dtype=object), "not_started": pd.Series(dtype="int64")}
        )
    wide = events.keep(_wide(events, versions))
    counts = {}
    for place, standard_id in enumerate(ids):
        judged, silent = ibis.literal(value=False), ibis.literal(value=False)
        for number, version in enumerate(versions):
            if version.standard_id == standard_id:
                scoped = _in_scope(wide, version)
                started = (
                    wide[f"from_{number}"].notnull() & scoped & _in_force(wide, number, version)
                )
                kept = _never_or_done(wide, number, version)
                judged = judged | (started & kept)
                silent = silent | (scoped & wide[f"from_{number}"].isnull()) | (started & ~kept)
        counts[f"n_{place}"] = (silent & ~judged).fill_null(False).cast("int64").sum()
    row = events.frame(wide.aggregate(**counts)).fillna(0).iloc[0]
    return pd.DataFrame({"standard_id": ids, "not_started": row.astype("int64").tolist()})


def _wide(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    Give one row a case: the start and the stop of every version's clock side by side.

    ``to`` is the first such moment at or after ``from`` (a bare date on its day counts as
    after), or, where every one lies before, the last of them; for a limit that looks back, the
    first in the case.
    """
    codes = dict(events.frame(events.activities)[["activity", "code"]].itertuples(index=False))
    begun = _begun(events, versions, codes)
    steps = events.steps.join(begun, "case")
    stops = {}
    for number, version in enumerate(versions):
        at, key = _moment(steps, version.ends)
        named = _is_one_of(steps, version.ends, codes) & at.notnull()
        since = steps[f"from_{number}"]
        bare = steps[f"{version.ends.kind}_bare"] & (day_of(at) == day_of(since))
        after = ibis.literal(value=True) if version.limit.before else (at >= since) | bare
        stops[f"after_{number}"] = key.min(where=named & after)
        stops[f"before_{number}"] = key.max(where=named & ~after)
    stopped = steps.group_by("case").aggregate(**stops)
    wide = begun.left_join(stopped, "case").drop("case_right")
    names = sorted({condition.column for version in versions for condition in version.scope})
    if names:
        values = attribute_values(events, [name for name in names if name != "case_id"])
        known = events.cases.select("case", "case_id").join(values, "case_id")
        known = known.select("case", **{f"scope_{name}": known[name] for name in names})
        wide = wide.join(known, "case")
    return wide


def _begun(events: Events, versions: Sequence[Standard], codes: dict[str, int]) -> ir.Table:
    steps = events.steps
    starts = {}
    for number, version in enumerate(versions):
        at, key = _moment(steps, version.begins)
        named = _is_one_of(steps, version.begins, codes) & at.notnull()
        starts[f"key_{number}"] = key.min(where=named)
    found = steps.group_by("case").aggregate(**starts)
    told: dict[str, Value] = {}
    for number in range(len(versions)):
        micros, bare, calendar = _told(found[f"key_{number}"])
        told |= {f"from_{number}": micros, f"bare_{number}": bare, f"calendar_{number}": calendar}
    # Every case is a row, also one without any such moment.
    return events.keep(found.select("case", **told))


def _moment(steps: ir.Table, moment: Moment) -> tuple[Value, Value]:
    at, bare = steps[moment.kind], steps[f"{moment.kind}_bare"].cast("int64")
    return at, (at * 2 + bare) * _CALENDARS + steps.calendar


def _told(key: Value) -> tuple[Value, Value, Value]:
    """Take a key apart: the moment, whether only its day is known, the calendar."""
    calendar = key % _CALENDARS
    rest = _engine.floor_div(key - calendar, _CALENDARS)
    bare = rest % 2
    return _engine.floor_div(rest - bare, 2), bare == 1, calendar


def _is_one_of(steps: ir.Table, moment: Moment, codes: dict[str, int]) -> Value:
    known = [int(codes[name]) for name in moment.activities if name in codes]
    return steps.code.isin(known) if known else ibis.literal(value=False)


def _run(wide: ir.Table, number: int, version: Standard) -> ir.Table:
    holds = wide[f"from_{number}"].notnull() & _in_scope(wide, version)
    holds = holds & _in_force(wide, number, version) & _never_or_done(wide, number, version)
    rows = wide.filter(holds)
    after, before = rows[f"after_{number}"], rows[f"before_{number}"]
    micros, bare, _ = _told(ibis.coalesce(after, before))
    return rows.select(
        "case",
        version=ibis.literal(number).cast("int64"),
        calendar=rows[f"calendar_{number}"],
        from_us=rows[f"from_{number}"],
        from_bare=rows[f"bare_{number}"],
        to_us=micros,
        to_bare=bare.fill_null(False),
        before=after.isnull() & before.notnull(),
    )


def _never_or_done(wide: ir.Table, number: int, version: Standard) -> Value:
    """Tell whether a case is to be judged: it is done, or had to be done."""
    if version.required:
        return ibis.literal(value=True)
    return wide[f"after_{number}"].notnull() | wide[f"before_{number}"].notnull()


def _in_force(wide: ir.Table, number: int, version: Standard) -> Value:
    day, holds = day_of(wide[f"from_{number}"]), ibis.literal(value=True)
    if pd.notna(version.valid_from):
        holds = holds & (day >= (version.valid_from - _EPOCH).days)
    if pd.notna(version.valid_to):
        holds = holds & (day <= (version.valid_to - _EPOCH).days)
    return holds


def _in_scope(wide: ir.Table, version: Standard) -> Value:
    holds = ibis.literal(value=True)
    for condition in version.scope:
        holds = holds & _holds(wide, condition)
    return holds


def _holds(wide: ir.Table, condition: Condition) -> Value:
    value = wide[f"scope_{condition.column}"].cast("string").fill_null("")
    inside = value.isin(list(condition.values))
    return ~inside if condition.negated else inside
