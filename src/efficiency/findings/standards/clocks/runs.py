"""When each standard's clock started and stopped in each case, and by which limit it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import Value
from efficiency.criteria.clock import KINDS, Clock
from efficiency.criteria.standards import Moment, Standard
from efficiency.criteria.worktime import day_of
from efficiency.evidence.log_record import MOMENTS
from efficiency.facts.case_values import case_values, in_scope
from efficiency.facts.events import Events
from efficiency.findings.standards.clocks.own_limits import with_limits

#: A key holds a moment, its precision and its calendar in one number, so that the least key of
#: a case is its first moment with all that is known of it.
_BARE, _MOMENT = 2**7, 2**8
_EPOCH = pd.Timestamp("1970-01-01")
#: A clock of a case under a version of a standard, from start to stop, both as keys.
_RUN = ("version", "case", "occurrence", "begun", "after", "earlier")


def clock_runs(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    The clocks that started in the cases in scope, under the version in force that day.

    Returns
    -------
    Table
        One row a version, case and ``occurrence``: ``version, case, occurrence, calendar,
        from_us, from_bare, to_us, to_bare, before`` (every ``to`` lies before ``from``)``, gone``
        (the case was cancelled), and of its limit ``kind, amount`` (see `with_limits`).
        ``to_us`` is empty where it never happened.
    """
    started = runs(events, versions)
    rows = started.filter(_is_judged(started, versions))
    rows = rows.join(events.cases.select("case", gone="cancelled"), "case")
    to = ibis.coalesce(rows.after, rows.earlier)
    told = rows.select(
        "case",
        "version",
        "occurrence",
        "gone",
        calendar=rows.begun & (_BARE - 1),
        from_us=_at(rows.begun),
        from_bare=_is_bare(rows.begun),
        to_us=_at(to),
        to_bare=_is_bare(to).fill_null(False),
        before=rows.after.isnull() & rows.earlier.notnull(),
    )
    return with_limits(events, versions, told)


def count_not_started(events: Events, versions: Sequence[Standard]) -> pd.DataFrame:
    """Count, by standard, the cases in scope that get no verdict: ``standard_id, not_started``."""
    ids = list(dict.fromkeys(version.standard_id for version in versions))
    if not ids:
        return pd.DataFrame(
            {"standard_id": pd.Series(dtype=object), "not_started": pd.Series(dtype="int64")}
        )
    rows = runs(events, versions)
    told = [(rows, _is_judged(rows, versions))]
    if events.lost is not None:
        lost = lost_runs(events, versions)
        told.append((lost, ibis.literal(value=True)))
    parts = [
        table.select("case", standard=of_standard(table.version, versions), judged=judged)
        for table, judged in told
    ]
    rows = engine.union(parts)
    cases = rows.group_by("case", "standard").aggregate(judged=rows.judged.cast("int64").max())
    silent = cases.filter(cases.judged == 0)
    counted = events.frame(silent.group_by("standard").aggregate(n=silent.count()))
    numbers = counted.set_index("standard")["n"].reindex(range(len(ids)), fill_value=0)
    return pd.DataFrame({"standard_id": ids, "not_started": numbers.astype("int64").tolist()})


def by_version(
    number: Value, versions: Sequence[Standard], value: Callable[[Standard], Any]
) -> Value:
    """What each version says, by the number of the version."""
    said = [value(version) for version in versions]
    if all(one == said[0] for one in said):
        return ibis.literal(said[0])
    return ibis.cases(*((number == i, one) for i, one in enumerate(said)))


def of_standard(number: Value, versions: Sequence[Standard]) -> Value:
    """The number of the standard that a version is one of, by the number of the version."""
    ids = list(dict.fromkeys(version.standard_id for version in versions))
    return by_version(number, versions, lambda v: ids.index(v.standard_id)).cast("int64")


def by_kind(
    kind: Value, value: Callable[[Clock], Value], used: Sequence[str] | None = None
) -> Value:
    """What the clock of each row makes of it, by the number of its kind in `KINDS`; None: any."""
    names = list(KINDS)
    used = names if used is None else used
    if not used:  # no case has a limit that can be read
        return ibis.null("int64")
    if len(used) == 1:
        return value(KINDS[used[0]])
    chosen = [(kind == names.index(name), value(KINDS[name])) for name in used]
    return ibis.cases(*chosen)


def runs(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    The cases in scope of each version with the keys of their clocks' starts and stops, kept.

    Returns
    -------
    Table
        ``version, case, occurrence, begun`` (empty where no clock started)``, after, earlier``.
        Of a standard whose clock runs once: ``to`` is the first such moment at or after ``from``,
        or, where every one lies before, the last of them; for a limit that looks back, the first
        in the case.
    """
    key = ("runs", tuple(versions))
    return events.once_by_case(key, lambda whole: _runs(whole, versions))


def lost_runs(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """
    The cases in scope of which a row was lost that a standard names: ``version, case``.

    Notes
    -----
    Which version of a standard was in force is not known; the last stands for all.
    """
    return events.once_by_case(("lost", tuple(versions)), lambda whole: _lost(whole, versions))


def _lost(events: Events, versions: Sequence[Standard]) -> ir.Table:
    named = [(at, name) for at, version in enumerate(versions) for name in version.activities]
    marks = pd.DataFrame(named, columns=["version", "activity"]).drop_duplicates()
    assert events.lost is not None
    touched = events.lost.join(engine.table(marks), "activity").select("version", "case").distinct()
    scoped = touched.semi_join(_scoped(events, versions), ["version", "case"])
    of_one = scoped.group_by("case", standard=of_standard(scoped.version, versions))
    return of_one.aggregate(version=scoped.version.max()).select("version", "case")


def _scoped(events: Events, versions: Sequence[Standard]) -> ir.Table:
    """``version, case``: the cases in scope of each version."""
    asked = {condition.column for version in versions for condition in version.scope}
    wide = case_values(events, asked) if asked else events.cases.select("case")
    wide = events.name(wide)
    return engine.union(
        wide.filter(in_scope(wide, version.scope)).select(
            "case", version=ibis.literal(number).cast("int64")
        )
        for number, version in enumerate(versions)
    )


def _runs(events: Events, versions: Sequence[Standard]) -> ir.Table:
    codes = events.codes()
    once = [at for at, version in enumerate(versions) if not version.repeats]
    each = [at for at, version in enumerate(versions) if version.repeats]
    parts = []
    if once:
        parts.append(_once(events, versions, once, codes))
    if each:
        parts.append(_each(events, versions, each, codes))
    return engine.union(part.select(*_RUN) for part in parts)


# --- standards whose clock runs once in a case


def _once(
    events: Events, versions: Sequence[Standard], mine: Sequence[int], codes: dict[str, int]
) -> ir.Table:
    """
    One row a case in scope.

    Notes
    -----
    In most cases the first ``to`` lies after ``from`` and is the one. Only the steps of the
    others are looked at again.
    """
    firsts = events.keep(_firsts(events, versions, mine, codes))
    found = events.name(engine.union(_first(firsts, at, versions[at]) for at in mine))
    again = _again(events, versions, mine, codes, found.filter(found.early))
    both = found.left_join(again, ["version", "case"])
    return events.name(
        both.select(
            "version",
            "case",
            "begun",
            occurrence=ibis.literal(1).cast("int64"),
            after=found.early.ifelse(again.later, found["first"]),
            earlier=again.earlier,
        )
    )


def _firsts(
    events: Events, versions: Sequence[Standard], mine: Sequence[int], codes: dict[str, int]
) -> ir.Table:
    """Each case with its first ``from`` and ``to`` of each version, and what scopes ask for."""
    steps, asked_of = events.steps, [versions[at] for at in mine]
    moments = dict.fromkeys(moment for v in asked_of for moment in (v.begins, v.ends))
    names = {moment: f"first_{i}" for i, moment in enumerate(moments)}
    keys = {
        name: _key(steps, moment.kind).min(where=_is_one_of(steps, moment, codes))
        for moment, name in names.items()
    }
    # Every case is a row, also one without any such moment.
    found = steps.group_by("case").aggregate(**keys)
    sides = {}
    for number, version in zip(mine, asked_of, strict=True):
        sides[f"from_{number}"] = found[names[version.begins]]
        sides[f"to_{number}"] = found[names[version.ends]]
    firsts = found.select("case", **sides)
    asked = {condition.column for version in asked_of for condition in version.scope}
    return firsts.join(case_values(events, asked), "case") if asked else firsts


def _first(firsts: ir.Table, number: int, version: Standard) -> ir.Table:
    begun, to = firsts[f"from_{number}"], firsts[f"to_{number}"]
    rows = firsts.filter(
        in_scope(firsts, version.scope), begun.isnull() | _in_force(begun, version)
    )
    early = ibis.literal(value=False) if version.looks_back else ~_is_after(to, begun)
    return rows.select(
        "case",
        version=ibis.literal(number).cast("int64"),
        begun=begun,
        first=to,
        early=early.fill_null(False),
    )


def _again(
    events: Events,
    versions: Sequence[Standard],
    mine: Sequence[int],
    codes: dict[str, int],
    found: ir.Table,
) -> ir.Table:
    """Look for ``to`` among all steps of the cases whose first one lies before ``from``."""
    named = [
        (number, codes[name], versions[number].ends.kind)
        for number in mine
        for name in versions[number].ends.activities
        if name in codes
    ]
    marks = pd.DataFrame(named, columns=["version", "code", "kind"])
    ends = engine.table(marks.astype({"version": "int64", "code": "int32", "kind": "string"}))
    steps = events.steps.join(found.select("version", "case", "begun"), "case")
    steps = steps.join(ends, ["version", "code"])
    key = ibis.cases(*((steps.kind == kind, _key(steps, kind)) for kind in MOMENTS))
    after = _is_after(key, steps.begun)
    return steps.group_by("version", "case").aggregate(
        later=key.min(where=after), earlier=key.max(where=~after)
    )


# --- standards of which every start has a clock of its own


def _each(
    events: Events, versions: Sequence[Standard], mine: Sequence[int], codes: dict[str, int]
) -> ir.Table:
    """One row a clock, and one a case in scope without any."""
    parts = [_clocks(events, at, versions[at], codes) for at in mine]
    clocks = engine.union(parts)
    scoped = _scoped(events, [versions[at] for at in mine])
    numbers = ibis.cases(*((scoped.version == i, at) for i, at in enumerate(mine)))
    scoped = events.name(scoped.mutate(version=numbers.cast("int64")))
    clocks = clocks.semi_join(scoped, ["version", "case"])
    clocks = clocks.mutate(standard=of_standard(clocks.version, versions))
    by_start = ibis.window(
        group_by=[clocks.standard, clocks.case], order_by=[clocks.begun, clocks.row]
    )
    number = (ibis.row_number().over(by_start) + 1).cast("int64")
    clocks = events.keep(clocks.mutate(occurrence=number, earlier=ibis.null("int64")))
    begun = engine.union(_begun(events, at, versions[at], codes) for at in mine)
    none = ibis.null("int64")
    silent = scoped.anti_join(events.name(begun), ["version", "case"]).select(
        "version", "case", occurrence=ibis.literal(1).cast("int64"), begun=none, after=none,
        earlier=none,
    )  # fmt: skip
    return ibis.union(clocks.select(*_RUN), silent.select(*_RUN))


def _clocks(events: Events, number: int, version: Standard, codes: dict[str, int]) -> ir.Table:
    """``version, case, row, begun, after``: the clocks of one version."""
    begins, ends = version.begins, version.ends
    if begins == ends:
        found = _to_the_next(events, begins, codes)
    elif begins.activities == ends.activities and len(begins.activities) == 1:
        steps = events.steps.filter(_is_one_of(events.steps, begins, codes))
        found = steps.select(
            "case", "row", begun=_key(steps, begins.kind), after=_key(steps, ends.kind)
        )
    else:
        found = _in_turns(events, begins, ends, codes)
    found = found.filter(found.begun.notnull())
    found = found.filter(_in_force(found.begun, version))
    return found.select("case", "row", "begun", "after", version=ibis.literal(number).cast("int64"))


def _begun(events: Events, number: int, version: Standard, codes: dict[str, int]) -> ir.Table:
    """``version, case``: the cases in which the moment of ``from`` occurs."""
    steps, moment = events.steps, version.begins
    there = _is_one_of(steps, moment, codes) & steps[moment.kind].notnull()
    cases = steps.filter(there).select("case").distinct()
    return cases.select("case", version=ibis.literal(number).cast("int64")).select(
        "version", "case"
    )


def _to_the_next(events: Events, moment: Moment, codes: dict[str, int]) -> ir.Table:
    """From each such moment to the next; from the last only while the case is open."""
    steps = events.steps.filter(_is_one_of(events.steps, moment, codes))
    marks = steps.select("case", "row", begun=_key(steps, moment.kind))
    marks = marks.filter(marks.begun.notnull())
    order = ibis.window(group_by=marks.case, order_by=[marks.begun, marks.row])
    found = marks.mutate(after=marks.begun.lead().over(order))
    cases = events.cases
    going = cases.filter(cases["open"]).select("case", going=True)
    told = found.left_join(going, "case")
    return told.filter(told.after.notnull() | told.going.fill_null(False)).select(*found.columns)


def _in_turns(events: Events, begins: Moment, ends: Moment, codes: dict[str, int]) -> ir.Table:
    """
    Each start ends at the next stop; a start while a clock runs starts none.

    Notes
    -----
    A clock runs just where the last of the starts and stops was a start. A stop known to the day
    only comes after the first start of its date.
    """
    steps = events.steps
    sides = []
    for moment, stops in ((begins, False), (ends, True)):
        mine = steps.filter(_is_one_of(steps, moment, codes))
        side = mine.select(
            "case", "row", key=_key(mine, moment.kind), stops=ibis.literal(value=stops)
        )
        sides.append(side.filter(side.key.notnull()))
    marks = events.name(ibis.union(*sides))
    marks = marks.mutate(at=_at(marks.key), day=day_of(_at(marks.key)))
    of_day = ibis.window(group_by=[marks.case, marks.day])
    first = marks["at"].min(where=~marks.stops).over(of_day)
    waits = marks.stops & _is_bare(marks.key)
    marks = marks.mutate(place=waits.ifelse(ibis.coalesce(first, marks["at"]), marks["at"]))
    order = [marks.place, marks.stops, marks.row]
    before = ibis.window(group_by=marks.case, order_by=order)
    ahead = ibis.window(group_by=marks.case, order_by=order, preceding=0, following=None)
    marks = marks.mutate(
        busy=~marks.stops.lag().over(before).fill_null(True),
        after=marks.key.min(where=marks.stops).over(ahead),
    )
    started = marks.filter(~marks.stops & ~marks.busy)
    return started.select("case", "row", "after", begun="key")


# --- keys


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


def _is_judged(rows: ir.Table, versions: Sequence[Standard]) -> Value:
    """Tell whether a clock is to be judged: it started, and it is done or had to be."""
    required = by_version(rows.version, versions, lambda version: version.required)
    return rows.begun.notnull() & (required | rows.after.notnull() | rows.earlier.notnull())


def _in_force(begun: Value, version: Standard) -> Value:
    day, holds = day_of(_at(begun)), ibis.literal(value=True)
    if pd.notna(version.valid_from):
        holds = holds & (day >= (version.valid_from - _EPOCH).days)
    if pd.notna(version.valid_to):
        holds = holds & (day <= (version.valid_to - _EPOCH).days)
    return holds
