"""Who hands work to whom, who does work over again, and who carries how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import with_work
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.flows import ARROW

Hand = Literal["unit", "actor"]
#: Activities that say that a case is sent back.
RETURNS = ("退回", "退办", "退件", "退改", "退稿", "退单", "退文")


def handovers(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Hand = "unit",
    returns: Sequence[str] = RETURNS,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count who directly follows whom: the done steps of a case that change hands.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one. The receiver's hours count.
    by
        ``unit`` or ``actor``.
    returns
        Activities that say that a case is sent back.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    table of the kind of ``log``
        ``tables.HANDOVERS``, a DataFrame by source and target. Steps whose hand is unknown hand
        over to nobody.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "1"], "activity": ["登记", "转办", "承办"],
    ...     "unit": ["文书科", "文书科", "综合处"],
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 10:00", "2024-03-05 11:30"]),
    ... })
    >>> handovers(log)[["source", "target", "cases", "median_work_hours"]].values.tolist()
    [['文书科', '综合处', 1, 1.5]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        passed = passed_on(events, by=by, returns=returns)
        counted = passed.group_by("source", "target").aggregate(**passed_sums(passed))
        return events.answer(
            counted, "source", "target", columns=tables.HANDOVERS.names, of=tables.HANDOVERS
        )


def passed_on(events: Events, *, by: Hand = "unit", returns: Sequence[str] = RETURNS) -> ir.Table:
    """Each done step that changes hands: ``source, target, case, took, back``."""
    steps = _handed(_hands(events, by), _codes(events, returns))
    steps = steps.filter((steps.before != "") & (steps.hand != "") & (steps.before != steps.hand))
    took = (steps.w_end - steps.w_previous) / MICROSECONDS_PER_HOUR
    return steps.select("case", "back", source="before", target="hand", took=took)


def passed_sums(passed: ir.Table) -> dict[str, ir.Value]:
    """What is counted of the hand-overs between two."""
    return {
        "cases": passed.case.nunique(),
        "count": passed.count(),
        "returned": passed.count(where=passed.back),
        "median_work_hours": passed.took.median(),
    }


def _hands(events: Events, by: Hand) -> ir.Table:
    """The done steps with whose they are; '' where it is not known."""
    if by not in ("unit", "actor"):
        raise ValueError(f"by is {by!r}; use 'unit' or 'actor'")
    steps = events.steps.filter(events.steps.done)
    return steps.mutate(hand=steps[by].fill_null(""))


def runs_of(steps: ir.Table, hand: str) -> ir.Table:
    """The first step of each run of the same known hand; ``before``: whose the last was."""
    known = steps.filter(steps[hand] != "")
    place = ibis.window(group_by=known.case, order_by=known.position)
    known = known.mutate(before=known[hand].lag().over(place))
    return known.filter(known.before.isnull() | (known.before != known[hand]))


def _codes(events: Events, names: Sequence[str]) -> list[int]:
    """The codes of some activities, as far as they occur."""
    codes = events.codes()
    return [codes[name] for name in names if name in codes]


def _handed(steps: ir.Table, returns: Sequence[int]) -> ir.Table:
    """
    Add whose the step before was, and which steps come back.

    Notes
    -----
    ``back`` marks a step that comes back to where the one before the last hand-over was (the known
    hands of the case, runs of one taken together, read X, Y, X), if it goes back as well: its
    activity was done before in the case, or it or the step before says that the case is sent back.
    A flow that goes forward by way of another hand is no return.
    """
    runs = runs_of(steps, "hand")
    place = ibis.window(group_by=runs.case, order_by=runs.position)
    runs = runs.select("case", "position", twice_before=runs.hand.lag(2).over(place))
    place = ibis.window(group_by=steps.case, order_by=steps.position)
    again = ibis.window(group_by=[steps.case, steps.code], order_by=steps.position)
    said = steps.code.isin(list(returns)) if returns else ibis.literal(value=False)
    steps = steps.mutate(
        before=steps.hand.lag().over(place).fill_null(""),
        goes_back=(ibis.row_number().over(again) > 0)
        | said
        | steps.source.isin(list(returns) or [-1]).fill_null(False),
    )
    joined = steps.left_join(runs, ["case", "position"])
    back = joined.goes_back & (joined.twice_before == joined.hand).fill_null(False)
    return joined.select(*steps.columns, back=back)


def referrals(
    log: Log | Events,
    *,
    by: Hand = "unit",
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count whose work was done over again by whom.

    Parameters
    ----------
    log, by, cutoff
        As for `handovers`.

    Returns
    -------
    table of the kind of ``log``
        ``activity, first_by, again_by, cases, count``: a repetition of an activity in a case,
        against who did it the time before; both known.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["拟办", "拟办"], "unit": ["一处", "二处"],
    ...     "end": pd.to_datetime(["2024-03-05", "2024-03-06"]),
    ... })
    >>> referrals(log).values.tolist()
    [['拟办', '一处', '二处', 1, 1]]
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        steps = _hands(events, by)
        each = ibis.window(group_by=[steps.case, steps.code], order_by=steps.position)
        steps = steps.mutate(first_by=steps.hand.lag().over(each))
        again = steps.filter(steps.first_by.notnull() & (steps.first_by != "") & (steps.hand != ""))
        counted = again.group_by("code", "first_by", again_by=again.hand).aggregate(
            cases=again.case.nunique(), count=again.count()
        )
        named = counted.join(events.activities, "code")
        columns = tables.REFERRALS.names
        return events.answer(named, *columns[:3], columns=columns, of=tables.REFERRALS)


def involvement(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Hand = "unit",
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Tell who takes part in how much, and how specialised they are.

    Parameters
    ----------
    log, calendar, by, cutoff
        As for `handovers`.

    Returns
    -------
    table of the kind of ``log``
        ``tables.INVOLVEMENT``, a DataFrame by hand. ``people`` is who did its steps; the load per
        head is ``steps_per_head``. ``specialisation`` is the share of its steps in its most
        frequent activity. ``off_hours_share`` is the share of its steps done outside office hours,
        of those whose end is known to the minute.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "2"], "activity": ["登记", "转办", "登记"],
    ...     "unit": ["文书科"] * 3, "actor": ["张某", "李某", "张某"],
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 20:00", "2024-03-05 11:30"]),
    ... })
    >>> told = involvement(log)
    >>> told[["steps_per_head", "specialisation", "off_hours_share"]].round(3).values.tolist()
    [[1.5, 0.667, 0.333]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        taken = shares_of(steps_of_hands(events, by=by))
        total = events.cases.count().as_scalar()
        told = taken.mutate(case_share=taken.cases / total)
        return events.answer(told, "hand", columns=tables.INVOLVEMENT.names, of=tables.INVOLVEMENT)


def steps_of_hands(events: Events, *, by: Hand = "unit") -> ir.Table:
    """The done steps of known hands: ``hand, case, code, actor, timed, off`` (office hours)."""
    steps = _hands(events, by)
    steps = steps.filter(steps.hand != "").mutate(just_before=steps.end - 1)
    steps = with_work(steps, events.days, w_just="just_before")
    timed = ~steps.end_bare
    # The clock of working time stood still as it ended.
    off = timed & (steps.w_end == steps.w_just)
    return steps.select("hand", "case", "code", timed=timed, off=off, actor=steps.actor.nullif(""))


def shares_of(steps: ir.Table) -> ir.Table:
    """``tables.INVOLVEMENT`` of the steps of hands, without their share of all cases."""
    each = ibis.window(group_by=[steps.hand, steps.code])
    steps = steps.mutate(alike=steps.count().over(each))
    counted = steps.group_by("hand").aggregate(
        cases=steps.case.nunique(),
        steps=steps.count(),
        people=steps.actor.nunique(),
        activities=steps.code.nunique(),
        most=steps.alike.max(),
        timed=steps.count(where=steps.timed),
        off=steps.count(where=steps.off),
    )
    return counted.mutate(
        steps_per_head=counted.steps / counted.people.nullif(0),
        specialisation=counted.most / counted.steps,
        off_hours_share=counted.off / counted.timed.nullif(0),
    )


def approvals(
    log: Log | Events,
    activities: Sequence[str],
    *,
    by: str = "unit",
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Any:
    """
    Count the levels of approval that cases really passed, by role.

    Parameters
    ----------
    log, cutoff
        As for `handovers`.
    activities
        Those that approve or reject.
    by
        The column that tells the role: ``unit``, ``actor`` or another of the log.

    Returns
    -------
    table of the kind of ``log``
        ``levels`` (different roles)``, roles`` (in the order in which they first came, joined by
        ' → ')``, cases, share, rounds`` (approving steps a case, on average), most cases first.
        Cases without any are the row of 0 levels; a role that is not known counts as one.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "2"], "activity": ["审核", "批示", "批示"],
    ...     "unit": ["秘书处", "市领导", "市领导"], "end": pd.to_datetime(["2024-03-05"] * 3),
    ... })
    >>> approvals(log, ["审核", "批示"])[["levels", "roles", "cases"]].values.tolist()
    [[1, '市领导', 1], [2, '秘书处 → 市领导', 1]]
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        steps = _approving(events, activities, by)
        firsts = steps.group_by("case", "role").aggregate(
            place=steps.position.min(), times=steps.count()
        )
        told = firsts.mutate(step=ibis.struct({"at": firsts.place, "name": firsts.role}))
        passed = told.group_by("case").aggregate(
            levels=told.count(),
            times=engine.total(told.times),
            roles=told.step.collect().sort().map(lambda step: step["name"]).join(ARROW),
        )
        every = events.cases.select("case").left_join(passed, "case")
        every = every.select(
            levels=every.levels.fill_null(0),
            times=every.times.fill_null(0),
            roles=every.roles.fill_null(""),
        )
        counted = every.group_by("levels", "roles").aggregate(
            cases=every.count(), rounds=every.times.mean()
        )
        shares = counted.mutate(share=counted.cases / counted.cases.sum().over(ibis.window()))
        ordered = shares.mutate(most=-shares.cases)
        columns = tables.APPROVALS.names
        order = ("most", "levels", "roles")
        return events.answer(ordered, *order, columns=columns, of=tables.APPROVALS)


def _approving(events: Events, activities: Sequence[str], by: str) -> ir.Table:
    """The steps that approve, each with its role; '' where it is not known."""
    codes = events.activities.filter(events.activities.activity.isin(list(activities)))
    steps = events.steps.filter(events.steps.done).semi_join(codes, "code")
    if by in {"unit", "actor"}:
        return steps.mutate(role=steps[by].fill_null(""))
    if by not in events.log.columns:
        raise ValueError(f"there is no column {by!r}; the log has {list(events.log.columns)}")
    roles = events.log.select("case_id", "row", role=events.log[by].cast("string").fill_null(""))
    roles = roles.join(events.cases.select("case", "case_id"), "case_id").drop("case_id")
    return steps.join(roles, ["case", "row"])
