"""Under which circumstances each case's clock started: what is known of it, when, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.standards import Standard, parse_standards
from efficiency.evidence.log_record import MOMENTS
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, attribute_values, observed
from efficiency.facts.times import case_times
from efficiency.findings.groups.case_mix import case_attributes

#: Working days at the end of a month that count as its end.
MONTH_END_DAYS = 3
#: What the clock's start tells; the names are columns of the table.
MOMENT = ("hour_band", "weekday", "month_end")
DECIDED = ("met", "late", "overdue")
#: What is read of ``tables.JUDGEMENTS``.
_READ = ("standard_id", "case_id", "from_time", "to_time", "due", "verdict", "used_hours")


def circumstances(
    log: Log | Events,
    judgements: pd.DataFrame,
    standards: pd.DataFrame,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
    known: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Each decided judgement with the circumstances in which its clock started.

    Parameters
    ----------
    log
        ``tables.LOG``, the one that was judged.
    judgements
        ``tables.JUDGEMENTS``.
    standards
        ``tables.STANDARDS``, those that were judged; the unit is that of the step that stopped
        the clock.
    calendar
        The working calendar; None: China's public one.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    known
        The attributes that are known from the start; None: found from the log.

    Returns
    -------
    DataFrame
        ``tables.CIRCUMSTANCES``, one row a decided case and standard, and each attribute of the
        log that tells cases apart.

    Notes
    -----
    Left out is what has no unit that could be held against others: a case that was closed without
    the step, and one that is still with a unit at which such clocks do not end. There the unit
    would say no more than that the step is not done.
    """
    tables.JUDGEMENTS.check(judgements, _READ)
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        return _circumstances(events, judgements, parse_standards(standards), known)


def _circumstances(
    events: Events,
    judgements: pd.DataFrame,
    standards: Sequence[Standard],
    known_names: Sequence[str] | None,
) -> pd.DataFrame:
    decided = judgements[judgements["verdict"].isin(DECIDED)]
    cases = case_times(events.plainly)
    closed = decided["case_id"].isin(cases.loc[~cases["open"], "case_id"])
    decided = decided[decided["to_time"].notna() | ~closed]
    names = case_attributes(events, known_names)
    told = decided[["standard_id", "case_id", "from_time", "to_time", "used_hours"]].assign(
        late=decided["verdict"] != "met", began=decided["from_time"], due=decided["due"]
    )
    units = _units(events, decided, standards)
    told = told.merge(units, on=["standard_id", "case_id"], how="left")
    if len(units):
        told = told[told["to_time"].notna() | told["unit"].notna()]
    if names:
        known = events.frame(attribute_values(events, names))
        told = told.merge(known, on="case_id", how="left")
    told = told.assign(
        unit=told["unit"].fillna(""),
        **{name: told[name].fillna("").astype(str) for name in names},
        **moment_of(told["from_time"], events.day_frame),
    )
    columns = [
        "standard_id",
        "case_id",
        "began",
        "due",
        "late",
        "used_hours",
        "unit",
        *MOMENT,
        *names,
    ]
    ordered = told[columns].sort_values(["standard_id", "case_id"])
    return tables.CIRCUMSTANCES.check(ordered.reset_index(drop=True))


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
        "hour_band": band.map(lambda hour: f"{hour:02.0f}-{hour + 2:02.0f}").astype(object),
        "weekday": (moments.dt.weekday + 1).astype("Int64").astype(str),
        "month_end": last.map({True: "yes", False: "no"}).astype(object),
    }


def _units(events: Events, decided: pd.DataFrame, standards: Iterable[Standard]) -> pd.DataFrame:
    """The unit of the step that stopped each clock; of one that runs, the one where the case is."""
    ends = pd.DataFrame(
        [
            (s.standard_id, activity, s.ends.kind)
            for s in standards
            for activity in s.ends.activities
        ],
        columns=["standard_id", "activity", "kind"],
    ).drop_duplicates()
    stopped = decided.dropna(subset=["to_time"])[["standard_id", "case_id", "to_time"]]
    running = _now_at(events, decided[decided["to_time"].isna()])
    known = pd.DataFrame({"standard_id": [], "case_id": [], "unit": []}, dtype=object)
    if len(stopped) and len(ends):
        judged = engine.table(stopped).join(engine.table(ends), "standard_id")
        log = events.log.select("case_id", "activity", "unit", "end", "start", "received")
        met = judged.join(log, ["case_id", "activity"])
        at = [(met.kind == name) & (met[name] == met.to_time) for name in MOMENTS]
        here = met.filter(ibis.or_(*at), met.unit.notnull())
        by = here.group_by("standard_id", "case_id")
        known = events.frame(by.aggregate(unit=here.unit.min()))
    # Where the step itself lies, or where others of its kind were done.
    steps = set(zip(ends["standard_id"], ends["activity"], strict=True))
    places = set(zip(known["standard_id"], known["unit"], strict=True))
    right = [
        (one.standard_id, one.activity) in steps or (one.standard_id, one.unit) in places
        for one in running.itertuples(index=False)
    ]
    here_now = running.loc[np.array(right, dtype=bool), known.columns]
    return pd.concat([known, here_now], ignore_index=True)


def _now_at(events: Events, running: pd.DataFrame) -> pd.DataFrame:
    """Where the cases are whose clocks still run: at the latest step that is not done, or done."""
    if running.empty:
        columns = ("standard_id", "case_id", "unit", "activity")
        return pd.DataFrame({name: [] for name in columns}, dtype=object)
    steps = events.steps.filter(events.steps.unit.notnull(), events.steps.unit != "")
    moment = ibis.coalesce(steps.received, steps.start, steps.end)
    rank = (~steps.done).ifelse(2**61, 0) + moment
    last = steps.group_by("case").aggregate(
        unit=steps.unit.argmax(rank), code=steps.code.argmax(rank)
    )
    named = last.join(events.cases.select("case", "case_id"), "case")
    named = named.join(events.activities, "code")
    units = events.frame(named.select("case_id", "unit", "activity"))
    return running[["standard_id", "case_id"]].drop_duplicates().merge(units, on="case_id")
