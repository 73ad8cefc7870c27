"""Under which circumstances each case's clock started: what is known of it, when, and where."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import pandas as pd

from efficiency._doors import engine
from efficiency.criteria.standards import Standard, parse_standards
from efficiency.facts.events import MOMENTS, Events, attribute_values
from efficiency.facts.times import case_times
from efficiency.findings.groups.case_mix import case_attributes

#: Working days at the end of a month that count as its end.
MONTH_END_DAYS = 3
#: What the clock's start tells; the names are columns of the table.
MOMENT = ("hour_band", "weekday", "month_end")
DECIDED = ("met", "late", "overdue")


def circumstances(
    events: Events, judgements: pd.DataFrame, standards: pd.DataFrame
) -> pd.DataFrame:
    """
    Give each decided judgement the circumstances in which its clock started.

    Parameters
    ----------
    events
        The observed log that was judged.
    judgements
        ``tables.JUDGEMENTS``.
    standards
        ``tables.STANDARDS``, those that were judged; the unit is that of the step that stopped
        the clock.

    Returns
    -------
    DataFrame
        One row a decided case and standard: ``standard_id, case_id, late, used_hours, unit``
        (empty where the clock never stopped)``, hour_band`` (two hours of the day, 08-10)``,
        weekday`` (1 is Monday)``, month_end`` (yes: the last three working days of a month;
        no), and each attribute that tells cases apart.
    """
    decided = judgements[judgements["verdict"].isin(DECIDED)]
    cases = case_times(events)
    names = case_attributes(events, cases)
    told = decided[["standard_id", "case_id", "from_time", "to_time", "used_hours"]].assign(
        late=decided["verdict"] != "met"
    )
    told = told.merge(
        _units(events, decided, parse_standards(standards)),
        on=["standard_id", "case_id"],
        how="left",
    )
    if names:
        known = events.frame(attribute_values(events, names))
        told = told.merge(known, on="case_id", how="left")
    told = told.assign(
        unit=told["unit"].fillna(""),
        **{name: told[name].fillna("").astype(str) for name in names},
        **moment_of(told["from_time"], events.day_frame),
    )
    columns = ["standard_id", "case_id", "late", "used_hours", "unit", *MOMENT, *names]
    return told[columns].sort_values(["standard_id", "case_id"]).reset_index(drop=True)


def moment_of(moments: pd.Series, days: pd.DataFrame) -> dict[str, pd.Series]:
    """
    Tell the hours of the day, the weekday and the end of the month of moments.

    Parameters
    ----------
    moments
        Times.
    days
        The day table; calendar 0 says which days are working days.
    """
    office = days[(days["calendar"] == 0) & days["working"]]
    working = pd.Series(pd.to_datetime(office["day"], unit="D").to_numpy())
    ends = set(working.groupby(working.dt.to_period("M")).tail(MONTH_END_DAYS))
    band = moments.dt.hour // 2 * 2
    last = moments.dt.normalize().isin(ends)
    return {
        "hour_band": band.map(lambda hour: f"{hour:02.0f}-{hour + 2:02.0f}"),
        "weekday": (moments.dt.weekday + 1).astype("Int64").astype(str),
        "month_end": last.map({True: "yes", False: "no"}),
    }


def _units(events: Events, decided: pd.DataFrame, standards: Iterable[Standard]) -> pd.DataFrame:
    """Give the unit of the step that stopped each clock."""
    ends = pd.DataFrame(
        [
            (s.standard_id, activity, s.ends.kind)
            for s in standards
            for activity in s.ends.activities
        ],
        columns=["standard_id", "activity", "kind"],
    ).drop_duplicates()
    stopped = decided.dropna(subset=["to_time"])[["standard_id", "case_id", "to_time"]]
    if stopped.empty or ends.empty:
        return pd.DataFrame({"standard_id": [], "case_id": [], "unit": []}, dtype=object)
    judged = engine.table(stopped).join(engine.table(ends), "standard_id")
    log = events.log.select("case_id", "activity", "unit", "end", "start", "received")
    met = judged.join(log, ["case_id", "activity"])
    at = [(met.kind == name) & (met[name] == met.to_time) for name in MOMENTS]
    here = met.filter(ibis.or_(*at), met.unit.notnull())
    return events.frame(here.group_by("standard_id", "case_id").aggregate(unit=here.unit.min()))
