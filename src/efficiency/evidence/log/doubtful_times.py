"""Which times in a log are doubtful: shared by many, all at once, at night, a year apart."""

from __future__ import annotations

from collections.abc import Iterator

import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency._doors import engine
from efficiency._doors.engine import Value
from efficiency.evidence.log.doubtful_names import Doubt, first_rows

#: A stamp shared by so many cases was set by a system, or entered in bulk.
SHARED_BY = 5
#: Days without any entry; the longest public holiday is eight.
GAP_DAYS = 10
#: Days after which a case that begins anew in another year may be another case.
RESTART_DAYS = 120
#: Steps of a case that were all ended at one moment.
AT_ONCE = 3
#: The share of moments between 22:00 and 6:00 from which on the zone is in doubt.
NIGHT = 0.3
_MOMENTS = ("received", "start", "end")


def time_checks(log: ir.Table) -> Iterator[tuple[str, str, ir.Table, Value]]:
    """The doubts about moments that are seen in several rows together."""
    if "end" not in log.columns:
        return
    yield from _shared_stamps(log)
    exact = _exact(log)
    of_case = exact.group_by("case_id").aggregate(
        n=exact.count(), moments=exact.end.nunique(), row=exact.row.min()
    )
    yield "one_moment", "end", of_case, (of_case.n >= AT_ONCE) & (of_case.moments == 1)
    yield "restarted_ids", "case_id", *_restarted(log)
    stamps = [log[name].notnull() for name in ("received", "start") if name in log.columns]
    alone = [log.end.notnull(), *(~known for known in stamps)]
    never = log.mutate(alone=_all(alone))
    never = never.select("row", "alone", every=never.alone.cast("int64").min().over())
    yield "one_stamp", "end", never, never.every == 1


def _all(values: list[Value]) -> Value:
    found = values[0]
    for value in values[1:]:
        found = found & value
    return found


def _exact(log: ir.Table) -> ir.Table:
    """The rows whose end is known to the minute."""
    exact = log.filter(log.end.notnull())
    if "end_precision" in log.columns:
        exact = exact.filter(exact.end_precision.fill_null("second") != "day")
    return exact


def _restarted(log: ir.Table) -> tuple[ir.Table, Value]:
    """The rows with which a case seems to begin anew: its first activity, long after, next year."""
    done = log.filter(log.end.notnull()).select("case_id", "activity", "row", "end")
    firsts = done.group_by("case_id").aggregate(
        first=done.activity.argmin(done.end), begun=done.end.min()
    )
    again = done.join(firsts, "case_id")
    again = again.filter(again.activity == again["first"], again.end.year() > again.begun.year())
    away = again.end.date().epoch_days() - again.begun.date().epoch_days()
    return again, away >= RESTART_DAYS


def _shared_stamps(log: ir.Table) -> Iterator[tuple[str, str, ir.Table, Value]]:
    """The doubts about stamps that many cases share."""
    exact = _exact(log)
    shared = exact.group_by("end").aggregate(cases=exact.case_id.nunique())
    busy = exact.select("row", "end").semi_join(shared.filter(shared.cases >= SHARED_BY), "end")
    yield "equal_stamps", "end", busy, busy.row.notnull()
    if "actor" in log.columns:
        known = exact.filter(exact.actor.notnull()).mutate(minute=exact.end.truncate("m"))
        bursts = known.group_by("actor", "minute").aggregate(cases=known.case_id.nunique())
        bulk = known.select("row", "actor", "minute").semi_join(
            bursts.filter(bursts.cases >= SHARED_BY), ["actor", "minute"]
        )
        yield "bulk_entry", "actor", bulk, bulk.row.notnull()


def gaps(log: ir.Table, con: BaseBackend) -> Iterator[Doubt]:
    """Days without any entry."""
    present = [name for name in _MOMENTS if name in log.columns]
    moments = engine.union(log.select("row", at=log[name]) for name in present)
    daily = moments.filter(moments["at"].notnull())
    daily = daily.group_by(day=daily["at"].date()).aggregate(row=daily.row.min())
    days = (
        engine.frame(daily, con).assign(day=lambda f: pd.to_datetime(f["day"])).sort_values("day")
    )
    away = days["day"].diff().dt.days - 1
    # A stamp years off is no end of a gap: it is told as an implausible year.
    for at in days.index[(away >= GAP_DAYS) & (away < 366)]:
        end = days.at[at, "day"]
        start = end - pd.Timedelta(days=int(away[at]) + 1)
        yield "gap", f"{start:%Y-%m-%d} … {end:%Y-%m-%d}", 1, str(days.at[at, "row"])


def night(log: ir.Table, con: BaseBackend) -> Iterator[Doubt]:
    """Much was done at night: perhaps the stamps are of another zone."""
    if "end" not in log.columns:
        return
    exact = _exact(log)
    hour = exact.end.hour()
    late = exact.filter((hour >= 22) | (hour < 6))
    counts = engine.frame(
        exact.aggregate(n=exact.count(), late=((hour >= 22) | (hour < 6)).cast("int64").sum()), con
    ).iloc[0]
    if counts["n"] and counts["late"] / counts["n"] > NIGHT:
        yield "night", "end", int(counts["late"]), first_rows(late, con)
