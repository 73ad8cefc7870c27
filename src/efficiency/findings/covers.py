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
        ``tables.COVERS``, one row a post: the steps that somebody does oftener than each of those
        who stand in for him, while both are there. Nobody is named; posts of the same unit and
        steps are one row.

    Notes
    -----
    A step that came in while its person was away is covered if who stood in did it. What a third
    person did says nothing of the pair, and is not counted. While both are away a step of the post
    that waits makes a gap (断档): from the later of its arrival and the day on which both are away
    to the earlier of its end and their return, in working time, several steps that wait together
    counted once. The hours of the office count; days of leave that are told twice count once.
    """
    known = absences[absences["cover"] != ""].reset_index(drop=True)
    if known.empty or log.frame(log.steps.filter(log.steps.actor.notnull()).limit(1)).empty:
        return tables.COVERS.empty()
    away = log.keep(engine.table(_spans(known, log.cutoff)))
    steps = log.keep(_done(log))
    posts = log.keep(_posts(steps, away))
    parts = [
        _away(log, away),
        _arrived(log, steps, away, posts),
        *_both_away(log, steps, away, posts),
    ]
    whole = log.frame(
        posts.join(log.activities, "code").group_by("actor").aggregate(
            post=ibis._.activity.collect(distinct=True).sort().join("、"),
            unit=ibis._.unit.collect(distinct=True).sort().join("、"),
        )
    )  # fmt: skip
    for part in parts:
        whole = whole.merge(part, on="actor", how="left")
    counts = list(_COUNTS)
    told = whole.fillna(dict.fromkeys(counts, 0)).groupby(["unit", "post"], as_index=False)[counts]
    return tables.COVERS.check(_shares(told.sum())[tables.COVERS.names])


_COUNTS = ("absences", "away", "arrived", "covered", "both_days", "idle")


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
    ).sort_values(["actor", "since", "until"], ignore_index=True)  # fmt: skip
    before = whole.groupby("actor")["until"].cummax().groupby(whole["actor"]).shift()
    whole["since"] = np.maximum(whole["since"], before.fillna(0).astype("int64"))
    return whole[whole["until"] > whole["since"]].reset_index(drop=True)


def _done(log: Events) -> ir.Table:
    """The done steps with their arrival: ``code, unit, who, came, end``."""
    steps = log.steps.filter(log.steps.done, log.steps.actor.notnull())
    came = ibis.coalesce(steps.received, steps.start, steps.end)
    return steps.select(
        "row", "code", "end", who=steps.actor, unit=steps.unit.fill_null(""), came=came
    )


def _posts(steps: ir.Table, away: ir.Table) -> ir.Table:
    """What somebody does oftener than each of those who stand in, while both are there."""
    pairs = away.select("actor", "cover").distinct()
    named = steps.join(pairs, (steps.who == pairs.actor) | (steps.who == pairs.cover))
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
    by_post = counted.group_by("actor", "code", "unit").aggregate(
        first=counted["first"].max(), second=counted.second.max()
    )
    return by_post.filter(by_post["first"] > by_post.second).select("actor", "code", "unit")


def _away(log: Events, away: ir.Table) -> pd.DataFrame:
    """How often and how long each was away."""
    days = with_work(away, log.days, w_since="since", w_until="until")
    return log.frame(
        days.group_by("actor").aggregate(
            absences=days.count(), away=(days.w_until - days.w_since).sum()
        )
    )


def _arrived(log: Events, steps: ir.Table, away: ir.Table, posts: ir.Table) -> pd.DataFrame:
    """How many steps of a post came in while its person was away, and who did them."""
    due = steps.join(posts, ["code", "unit"])
    there = due.join(
        away,
        (due.actor == away.actor) & (due.came >= away.since) & (due.came < away.until)
        & ((due.who == away.actor) | (due.who == away.cover)),
    )  # fmt: skip
    return log.frame(
        there.group_by("actor").aggregate(
            arrived=there.row.nunique(), covered=there.row.nunique(where=there.who == there.cover)
        )
    )


def _both_away(
    log: Events, steps: ir.Table, away: ir.Table, posts: ir.Table
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Working days on which both are away, and the time in which a step of the post waited then."""
    second = away.select(other="actor", from_="since", to="until")
    pairs = away.join(
        second,
        (away.cover == second.other) & (away.since < second.to) & (second.from_ < away.until),
    )
    both = log.keep(
        pairs.select(
            "actor", "calendar", since=ibis.greatest(pairs.since, pairs.from_),
            until=ibis.least(pairs.until, pairs.to),
        ).distinct()
    )  # fmt: skip
    days = both.mutate(
        day=ibis.range(
            engine.floor_div(both.since, MICROSECONDS_PER_DAY),
            engine.floor_div(both.until - 1, MICROSECONDS_PER_DAY) + 1,
        ).unnest()
    ).select("actor", place=ibis._.calendar * PLACES + ibis._.day)
    working = days.distinct().join(log.days.filter(log.days.working), "place")
    many = log.frame(working.group_by("actor").aggregate(both_days=working.count()))
    due = steps.join(posts, ["code", "unit"])
    waits = due.join(
        both,
        (due.actor == both.actor) & (due.came < both.until) & (due.end > both.since),
    )
    gaps = waits.group_by("actor", "calendar", "since", "until").aggregate(
        came=ibis.greatest(waits.came, waits.since).min(),
        gone=ibis.least(waits.end, waits.until).max(),
    )
    timed = with_work(gaps, log.days, w_came="came", w_gone="gone")
    idle = timed.group_by("actor").aggregate(idle=(timed.w_gone - timed.w_came).sum())
    return many, log.frame(idle)


def _shares(told: pd.DataFrame) -> pd.DataFrame:
    whole = ["absences", "arrived", "covered", "both_days"]
    told = told.astype(dict.fromkeys(whole, "int64") | {"away": float, "idle": float})
    shares = [wilson(k, n) for k, n in zip(told["covered"], told["arrived"], strict=True)]
    parts = pd.DataFrame(shares, columns=["share", "low", "high"], index=told.index)
    return told.join(parts.astype(float)).assign(
        away_hours=told["away"] / MICROSECONDS_PER_HOUR,
        idle_hours=told["idle"] / MICROSECONDS_PER_HOUR,
    )
