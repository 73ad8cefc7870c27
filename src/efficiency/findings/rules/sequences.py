"""Rules on the order in which things are done, and on how often."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from efficiency._doors.engine import Value
from efficiency.criteria.rules import Rule
from efficiency.criteria.worktime import with_days
from efficiency.findings.rules.done_steps import ROW, DoneSteps, Found, both, proofs


def _case(steps: ir.Table) -> Value:
    return ibis.window(group_by=steps.case)


def _earlier(*by: Value, order: Value) -> Value:
    """The window of the rows before each."""
    return ibis.window(group_by=list(by), order_by=order, preceding=(None, 1))


def precedence(done: DoneSteps, rule: Rule) -> Found:
    """Each `b` with no `a` before it."""
    steps = _ends(done, rule.b, rule.a)
    return _in_any_order(done, steps, rule.b)


def response(done: DoneSteps, rule: Rule) -> Found:
    """Each `a` with no `b` after it."""
    steps = _ends(done, rule.a, rule.b, after=True)
    return _in_any_order(done, steps, rule.a, waits=True)


def _ends(
    done: DoneSteps,
    those: Sequence[str],
    others: Sequence[str],
    *,
    after: bool = False,
    strictly: bool = False,
) -> ir.Table:
    """
    The steps of some activities in the cases in which one of them comes first (or last).

    Parameters
    ----------
    those, others
        Two sets of activities, which may share some.
    after
        Whether to look for the last of both rather than the first.
    strictly
        Whether a step of both is one of the others rather than one of those.

    Returns
    -------
    Table
        The steps of ``those`` with ``alone`` (none of the others comes before it in any order that
        the record allows)``, first`` (it may be the first of all)``, broken`` (in every such order
        the first of all is one of those) and ``maybe`` (in some it is).

    Notes
    -----
    In an order some of those has none of the others before it just where the first of all steps is
    one of those: whichever it is, it stands before all others.
    """
    steps = done.of(*those, *others)
    # To look back is to look ahead with all numbers turned round.
    begun, ended = ("told_to", "told_from") if after else ("told_from", "told_to")
    turn = -1 if after else 1
    steps = steps.mutate(begun=steps[begun] * turn, ended=steps[ended] * turn)
    mine, other = done.is_one(steps, those), done.is_one(steps, others)
    of_case = ibis.window(group_by=steps.case)
    steps = steps.mutate(
        mine=mine & ~other if strictly else mine,
        theirs=other,
        first=steps.begun <= steps.ended.min().over(of_case),
        ahead=steps.begun.min(where=other).over(of_case),
    )
    if set(those) & set(others):
        # A step does not come before itself: behind the first of the others comes the second.
        second = steps.begun.min(where=steps.theirs & (steps.begun > steps.ahead)).over(of_case)
        steps = steps.mutate(second=second)
        own = (steps.begun == steps.ahead).fill_null(False)
        steps = steps.mutate(ahead=own.ifelse(steps.second, steps.ahead))
    steps = steps.mutate(alone=(steps.ended < steps.ahead).fill_null(True))
    first = steps["first"].cast("int64")
    steps = steps.mutate(
        some=first.max(where=steps.mine).over(of_case).fill_null(0) == 1,
        none=first.max(where=~steps.mine).over(of_case).fill_null(0) == 1,
    )
    steps = steps.mutate(broken=steps.some & ~steps.none, maybe=steps.some & steps.none)
    return steps.filter(steps.mine)


def _in_any_order(
    done: DoneSteps, steps: ir.Table, names: Sequence[str], *, waits: bool = False
) -> Found:
    """What is so in every order that the record allows; what is so in some is not decided."""
    hits = steps.filter(steps.broken & (steps.alone | steps["first"]))
    unknown = steps.filter(steps.maybe).select("case") if done.events.bare else None
    return Found(proofs(hits, done.name(hits, names)), unknown, waits=waits)


def _since_the_last(done: DoneSteps, rule: Rule) -> ir.Table:
    """Each `a` after which no `b` comes."""
    steps = done.of(*rule.a, *rule.b)
    last = steps.position.max(where=done.is_one(steps, rule.b)).over(_case(steps))
    steps = steps.mutate(last_at=last)
    after = steps.last_at.isnull() | (steps.position >= steps.last_at)
    return steps.filter(done.is_one(steps, rule.a) & after)


def existence(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which `a` never occurs."""
    without = done.events.cases.anti_join(done.of(*rule.a), "case")
    nowhere = ibis.null("int64")
    return Found(without.select("case", row=nowhere, what=ibis.literal("")))


def absence(done: DoneSteps, rule: Rule) -> Found:
    """Each `a`."""
    hits = done.of(*rule.a)
    return Found(proofs(hits, done.name(hits, rule.a)))


def at_most(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which `a` occurs more than `n` times."""
    steps = done.of(*rule.a)
    steps = steps.mutate(times=steps.count().over(_case(steps)))
    hits = steps.filter(steps.times > rule.n)
    return Found(proofs(hits, _times("/".join(rule.a), hits)))


def repeats(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which one activity of `a` occurs at least `n` times."""
    steps = done.of(*rule.a)
    each = ibis.window(group_by=[steps.case, steps.code])
    steps = steps.mutate(times=steps.count().over(each))
    hits = steps.filter(steps.times >= rule.n)
    return Found(proofs(hits, _times(done.name(hits, rule.a), hits)))


def _times(name: Value | str, steps: ir.Table) -> Value:
    return ibis.literal("") + name + " × " + steps.times.cast("string")


def order(done: DoneSteps, rule: Rule) -> Found:
    """The cases in which the first `a` comes after the first `b`."""
    steps = _ends(done, rule.b, rule.a, strictly=True).semi_join(done.of(*rule.a), "case")
    early = steps.filter(steps.broken & steps["first"])
    early = early.filter(early.position == early.position.min().over(_case(early)))
    first_a = done.of(*rule.a)
    first_a = first_a.filter(first_a.position == first_a.position.min().over(_case(first_a)))
    pairs = early.join(first_a.select("case", other="row"), "case")
    unknown = steps.filter(steps.maybe).select("case") if done.events.bare else None
    return Found(both(pairs, "other", ibis.literal("")), unknown)


def backflow(done: DoneSteps, rule: Rule) -> Found:
    """Each activity of `a` that comes after a later one of the list, with no `b` between."""
    steps = done.of(*rule.a, *rule.b)
    ranks = [(steps.code == done.codes[name], at) for at, name in enumerate(rule.a)
             if name in done.codes]  # fmt: skip
    steps = steps.mutate(
        returns=done.is_one(steps, rule.b),
        rank=ibis.cases(*ranks) if ranks else ibis.null("int64"),
    )
    if not done.events.bare:
        return Found(_fallen_back(steps, rule))
    dated = steps.filter(steps.told_to > steps.told_from).select("case").distinct()
    loose = done.events.name(steps.semi_join(dated, "case"))
    surely, maybe = _pairs_back(loose, rule)
    sure = _fallen_back(done.events.name(steps.anti_join(dated, "case")), rule)
    return Found(ibis.union(sure, surely), maybe)


def _fallen_back(steps: ir.Table, rule: Rule) -> ir.Table:
    """
    The proofs of `backflow` where the order is known.

    Notes
    -----
    Steps are cut into stretches at each `b`; what lies strictly between two steps is a `b` unless
    both are in the same stretch. A `b` that is in the list as well ends one stretch and begins
    the next.
    """
    places = steps.select("case", place="told_from", other="row")
    so_far = ibis.cumulative_window(group_by=steps.case, order_by=steps.told_from)
    steps = steps.mutate(stretch=steps.count(where=steps.returns).over(so_far))
    steps = steps.filter(steps["rank"].notnull())
    as_later = steps.select(
        "case",
        "stretch",
        "row",
        "rank",
        at=steps.told_from * 2 + 1,
        # Of two of one rank the later: what is told hangs on the order alone, not on row numbers.
        key=steps["rank"] * ROW + steps.told_from,
    )
    as_earlier = steps.select(
        "case",
        "row",
        "rank",
        stretch=steps.stretch - steps.returns.cast("int64"),
        at=steps.told_from * 2,
        key=ibis.null("int64"),
    ).select(*as_later.columns)
    sides = ibis.union(as_later, as_earlier)
    ahead = _earlier(sides.case, sides.stretch, order=sides["at"])
    sides = sides.mutate(ahead=sides.key.max().over(ahead))
    hits = sides.filter(sides.key.isnull() & (sides.ahead >= (sides["rank"] + 1) * ROW))
    hits = hits.mutate(place=hits.ahead & (ROW - 1), later=hits.ahead >> 40)
    hits = hits.join(places, ["case", "place"])
    return both(hits, "other", _named_ranks(hits, "later", "rank", rule))


def _pairs_back(steps: ir.Table, rule: Rule) -> tuple[ir.Table, ir.Table]:
    """
    The same where some steps are known to the day only, pair by pair.

    Returns
    -------
    tuple of Table
        The proofs of what is so in every order that the record allows; the cases in which it is
        so in some of these orders.

    Notes
    -----
    A pair that may be turned round can always be put side by side, with nothing between.
    """
    ranked, back = steps.filter(steps["rank"].notnull()), steps.filter(steps.returns)
    later, earlier, between = (
        side.select("case", **{f"{name}_{column}": side[column] for column in
                               ("row", "rank", "told_from", "told_to")})
        for name, side in (("later", ranked), ("rank", ranked), ("back", back))
    )  # fmt: skip
    pairs = later.join(earlier, "case")
    pairs = pairs.filter(
        pairs.later_rank > pairs.rank_rank, ~(pairs.rank_told_to < pairs.later_told_from)
    )
    pairs = pairs.mutate(told=pairs.later_told_to < pairs.rank_told_from)
    excused = pairs.left_join(between, "case")
    other = (excused.back_row != excused.later_row) & (excused.back_row != excused.rank_row)
    surely_between = (
        other
        & (excused.later_told_to < excused.back_told_from)
        & (excused.back_told_to < excused.rank_told_from)
    )
    # A return that is in the list as well excuses nothing: there is a step back before or after it.
    maybe_between = (
        other
        & excused.back_rank.isnull()
        & (excused.back_told_to >= excused.later_told_from)
        & (excused.back_told_from <= excused.rank_told_to)
    )
    judged = excused.group_by(
        "case", "later_row", "rank_row", "later_rank", "rank_rank", "told"
    ).aggregate(
        always=surely_between.fill_null(False).cast("int64").max() == 1,
        ever=maybe_between.fill_null(False).cast("int64").max() == 1,
    )
    maybe = judged.filter(~judged.always).select("case")
    told = judged.filter(judged.told & ~judged.ever).mutate(
        row=judged.rank_row, later=judged.later_rank, rank=judged.rank_rank
    )
    # Of the later ones that a step falls back behind, the last in the list stands for all.
    one = ibis.window(group_by=[told.case, told.row], order_by=[told.later.desc(), told.later_row])
    told = told.mutate(place=ibis.row_number().over(one)).filter(lambda row: row.place == 0)
    return both(told, "later_row", _named_ranks(told, "later", "rank", rule)), maybe


def _named_ranks(steps: ir.Table, first: str, second: str, rule: Rule) -> Value:
    """Two activities of the list, by their places in it."""
    names = [
        ibis.cases(*((steps[side] == at, name) for at, name in enumerate(rule.a)), else_="")
        for side in (first, second)
    ]
    return names[0] + " → " + names[1]


def responded_existence(done: DoneSteps, rule: Rule) -> Found:
    """The cases with an `a` in which `b` never occurs."""
    steps = done.of(*rule.a)
    hits = steps.anti_join(done.of(*rule.b), "case")
    return Found(proofs(hits, done.name(hits, rule.a)), waits=True)


def passes(done: DoneSteps, rule: Rule) -> Found:
    """The cases with at least `n` times `a` before the first `b`."""
    steps = done.of(*rule.a, *rule.b)
    first = steps.position.min(where=done.is_one(steps, rule.b)).over(_case(steps))
    steps = steps.mutate(first_at=first)
    before = steps.first_at.isnull() | (steps.position < steps.first_at)
    return _often(steps.filter(done.is_one(steps, rule.a) & before), rule)


def unanswered(done: DoneSteps, rule: Rule) -> Found:
    """The cases with at least `n` times `a` since the last `b`."""
    return _often(_since_the_last(done, rule), rule)


def _often(steps: ir.Table, rule: Rule) -> Found:
    steps = steps.mutate(times=steps.count().over(_case(steps)))
    hits = steps.filter(steps.times >= rule.n)
    return Found(proofs(hits, _times("/".join(rule.a), hits)))


def prompted(done: DoneSteps, rule: Rule) -> Found:
    """Each `b` that comes within `n` working days after an `a`."""
    steps = done.of(*rule.a, *rule.b)
    ahead = _earlier(steps.case, order=steps.position)
    asks = done.is_one(steps, rule.a)
    steps = steps.mutate(
        asked=steps.end.max(where=asks).over(ahead),
        other=(steps.position * ROW + steps.row).max(where=asks).over(ahead),
    )
    hits = steps.filter(done.is_one(steps, rule.b) & steps.asked.notnull())
    hits = hits.mutate(other=hits.other & (ROW - 1), calendar=ibis.literal(0))
    for name in ("asked", "end"):
        hits = with_days(hits, done.events.days, name, f"{name}_", "ordinal")
    hits = hits.filter(hits.end_ordinal - hits.asked_ordinal <= rule.n)
    return Found(both(hits, "other", done.name(hits, rule.b)))
