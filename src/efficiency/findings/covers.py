"""Whether somebody stands in for who is away: posts of two (AB岗), held against their queue."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import PLACES
from efficiency.criteria.worktime import with_work
from efficiency.facts.events import Events
from efficiency.findings.rates import wilson


def covers(log: Events, absences: pd.DataFrame) -> pd.DataFrame:
    """
    Hold a table of leave against the queue of each post.

    Parameters
    ----------
    log
        The observed log, with the people who did each step.
    absences
        ``tables.ABSENCES``, the people named as in the log.

    Returns
    -------
    DataFrame
        ``tables.COVERS``, one row a post: the steps that its first person does oftener than its
        second while both are there. Nobody is named.

    Notes
    -----
    A step of the post that came in while the first person was away is covered if the second did
    it; if neither did, a third person's doing is no cover of this pair and counts against it. While
    both are away a step of the post that waits makes a gap (断档): from the later of its arrival
    and the day on which both are away to the earlier of its end and their return, in working time,
    several steps that wait together counted once. The hours of the office count.
    """
    known = absences[absences["cover"] != ""].reset_index(drop=True)
    if known.empty or log.frame(log.steps.filter(log.steps.actor.notnull()).limit(1)).empty:
        return tables.COVERS.empty()
    away = log.keep(engine.table(_spans(known, log.cutoff)))
    steps = log.keep(_done(log))
    posts = log.keep(_posts(steps, away))
    whole = _arrived(log, steps, away, posts).merge(
        _both_away(log, steps, away, posts), on=["actor", "cover"], how="left"
    )
    named = log.frame(
        posts.join(log.activities, "code")
        .group_by("actor", "cover")
        .aggregate(
            post=ibis._.activity.collect(distinct=True).sort().join("、"),
            unit=ibis._.unit.collect(distinct=True).sort().join("、"),
        )
    )
    told = whole.merge(named, on=["actor", "cover"]).sort_values(["unit", "post"], kind="stable")
    return tables.COVERS.check(_shares(told)[tables.COVERS.names].reset_index(drop=True))


def _spans(absences: pd.DataFrame, cutoff: pd.Timestamp) -> pd.DataFrame:
    """Each absence from the first midnight to the last, in microseconds, up to the cut-off."""
    first = absences["first"].astype("datetime64[us]").astype("int64")
    last = absences["last"].astype("datetime64[us]").astype("int64") + MICROSECONDS_PER_DAY
    end = pd.Timestamp(cutoff).as_unit("us").value
    whole = pd.DataFrame(
        {
            "actor": absences["actor"], "cover": absences["cover"], "since": first,
            "until": np.minimum(last, end), "calendar": 0,
        }
    )  # fmt: skip
    return whole[whole["until"] > whole["since"]].reset_index(drop=True)


def _done(log: Events) -> ir.Table:
    """The done steps with their arrival: ``code, unit, actor, came, end``."""
    steps = log.steps.filter(log.steps.done, log.steps.actor.notnull())
    came = ibis.coalesce(steps.received, steps.start, steps.end)
    return steps.select("row", "code", "actor", "end", unit=steps.unit.fill_null(""), came=came)


def _posts(steps: ir.Table, away: ir.Table) -> ir.Table:
    """What the first person of each pair does oftener than the second while both are there."""
    pairs = away.select("actor", "cover").distinct()
    theirs = steps.join(pairs, (steps.actor == pairs.actor) | (steps.actor == pairs.cover))
    named = theirs.select(
        "row", "code", "unit", "came", who=theirs.actor, actor=theirs.actor_right,
        cover=theirs.cover,
    )  # fmt: skip
    # Where either is away the other does what is not his.
    spans = away.select(gone="actor", since="since", until="until")
    out = named.join(
        spans,
        ((named.actor == spans.gone) | (named.cover == spans.gone))
        & (named.came >= spans.since) & (named.came < spans.until),
    ).select("row", "actor", "cover")  # fmt: skip
    usual = named.anti_join(out, ["row", "actor", "cover"])
    counted = usual.group_by("actor", "cover", "code", "unit").aggregate(
        first=usual.count(where=usual.who == usual.actor),
        second=usual.count(where=usual.who == usual.cover),
    )
    return counted.filter(counted["first"] > counted.second).select(
        "actor", "cover", "code", "unit"
    )


def _arrived(log: Events, steps: ir.Table, away: ir.Table, posts: ir.Table) -> pd.DataFrame:
    """How many steps of each post came in while its first person was away, and who did them."""
    days = with_work(away, log.days, w_since="since", w_until="until")
    spans = log.frame(
        days.group_by("actor", "cover").aggregate(
            absences=days.count(), away=(days.w_until - days.w_since).sum()
        )
    )
    due = steps.select("row", "code", "unit", "came", who="actor").join(posts, ["code", "unit"])
    there = due.join(
        away,
        (due.actor == away.actor) & (due.cover == away.cover)
        & (due.came >= away.since) & (due.came < away.until),
    )  # fmt: skip
    counts = log.frame(
        there.group_by("actor", "cover").aggregate(
            arrived=there.row.nunique(), covered=there.row.nunique(where=there.who == there.cover)
        )
    )
    both = spans.merge(counts, on=["actor", "cover"], how="left")
    return both.fillna({"arrived": 0, "covered": 0}).astype(
        {"arrived": "int64", "covered": "int64"}
    )


def _both_away(log: Events, steps: ir.Table, away: ir.Table, posts: ir.Table) -> pd.DataFrame:
    """Working days on which both are away, and the time in which a step of the post waited then."""
    second = away.select(other="actor", from_="since", to="until")
    both = away.join(
        second,
        (away.cover == second.other) & (away.since < second.to) & (second.from_ < away.until),
    )
    both = log.keep(
        both.select(
            "actor", "cover", "calendar", since=ibis.greatest(both.since, both.from_),
            until=ibis.least(both.until, both.to),
        ).distinct()
    )  # fmt: skip
    days = both.mutate(
        day=ibis.range(
            engine.floor_div(both.since, MICROSECONDS_PER_DAY),
            engine.floor_div(both.until - 1, MICROSECONDS_PER_DAY) + 1,
        ).unnest()
    ).select("actor", "cover", place=ibis._.calendar * PLACES + ibis._.day)
    working = days.distinct().join(log.days.filter(log.days.working), "place")
    many = log.frame(working.group_by("actor", "cover").aggregate(both_days=working.count()))
    due = steps.select("row", "code", "unit", "came", "end").join(posts, ["code", "unit"])
    waits = due.join(
        both,
        (due.actor == both.actor) & (due.cover == both.cover)
        & (due.came < both.until) & (due.end > both.since),
    )  # fmt: skip
    gaps = waits.group_by("actor", "cover", "calendar", "since", "until").aggregate(
        came=ibis.greatest(waits.came, waits.since).min(),
        gone=ibis.least(waits.end, waits.until).max(),
    )
    timed = with_work(gaps, log.days, w_came="came", w_gone="gone")
    idle = log.frame(
        timed.group_by("actor", "cover").aggregate(idle=(timed.w_gone - timed.w_came).sum())
    )
    return many.merge(idle, on=["actor", "cover"], how="outer")


def _shares(told: pd.DataFrame) -> pd.DataFrame:
    shares = [wilson(k, n) for k, n in zip(told["covered"], told["arrived"], strict=True)]
    parts = pd.DataFrame(shares, columns=["share", "low", "high"], index=told.index)
    return told.join(parts.astype(float)).assign(
        away_hours=told["away"] / MICROSECONDS_PER_HOUR,
        both_days=told["both_days"].fillna(0).astype("int64"),
        idle_hours=told["idle"].fillna(0).astype(float) / MICROSECONDS_PER_HOUR,
    )
