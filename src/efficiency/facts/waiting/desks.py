"""Which desks an office has: who shares which work, how many they are, and how busy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.calendar import Calendar
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed

#: Someone belongs to a desk where he does a step at least this often beside its busiest hand:
#: who steps in now and then does not make two desks one.
REGULAR = 0.1
#: A desk is timed where the start is known of at least this share of its done steps.
TIMED = 0.5
#: How many things one pair of hands holds at once: this quantile over the steps' starts.
HELD = 0.9


def desks(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> pd.DataFrame:
    """
    Find the desks: people of a unit who do the same steps and so work off one queue.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one. The hours of each step's unit count.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    DataFrame
        One row a desk, by unit and desk: ``desk`` (the unit where it has but one, else
        unit·main step)``, unit, activities`` (joined by `` | ``)``, actors`` (likewise)``,
        people`` (at work at a time; empty where nobody is named or too few starts are known)``,
        at_once`` (steps that one of them holds at a time)``, steps, handling_hours,
        timed_share`` (done steps whose start is known)``, utilisation``.

    Notes
    -----
    Actors and activities of a unit are joined where the actor does the activity at least a
    tenth as often as whoever does it most; what hangs together is a desk. A person counts from
    his first to his last step, at the desk where he does most; ``people`` is the median over
    time of those who count, so that a successor is not a second person. Utilisation is the
    handling time over people × ``at_once`` × the working time from the desk's first to its last
    moment.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "2", "2"], "activity": ["登记", "登记", "审核"], "unit": "文书科",
    ...     "actor": ["甲", "乙", "丙"],
    ...     "start": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 09:00", "2024-03-05 10:00"]),
    ...     "end": pd.to_datetime(["2024-03-05 10:00", "2024-03-05 10:00", "2024-03-05 11:00"]),
    ... })
    >>> desks(log)[["desk", "actors", "people", "utilisation"]].values.tolist()
    [['文书科·审核', '丙', 1, 1.0], ['文书科·登记', '乙 | 甲', 2, 1.0]]
    """
    with observed(
        log, calendar, worked=True, cutoff=cutoff, closed_by=closed_by, period=period
    ) as events:
        return desk_table(events)


def desk_table(events: Events) -> pd.DataFrame:
    """The desks of observed events."""
    found = _joined(_hands(events))
    rows = [_row(part) for _, part in found.groupby("component", sort=False)]
    table = pd.DataFrame(rows).astype({"people": "Int64"})
    table["desk"] = _names(table)
    held = _at_once(events, found[["unit", "activity", "component"]])
    table["at_once"] = table["component"].map(held).fillna(1).astype("int64")
    hands = table["people"].astype("float64") * table["at_once"]
    capacity = hands * table["open_hours"]
    table["utilisation"] = table["handling_hours"] / capacity.where(capacity > 0)
    ordered = table.sort_values(["unit", "desk"])[tables.DESKS.names]
    return tables.DESKS.check(ordered.reset_index(drop=True))


def _hands(events: Events) -> pd.DataFrame:
    """Sum up who does what where: one row a unit, activity and actor; unnamed ones are ``''``."""
    steps = events.steps.join(events.activities, "code")
    steps = steps.mutate(unit=steps.unit.fill_null(""), actor=steps.actor.fill_null(""))
    clear = ~steps.start_bare & ~steps.end_bare & (steps.end >= steps.start)
    took = clear.ifelse(steps.w_end - steps.w_start, None)
    sums = steps.group_by("unit", "activity", "actor").aggregate(
        steps=steps.count(),
        done=engine.total(steps.done.cast("int64")),
        timed=took.count(),
        handling_hours=took.sum() / MICROSECONDS_PER_HOUR,
        first=steps.start.fill_null(steps.end).min(),
        last=steps.end.fill_null(steps.start).max(),
        w_first=steps.w_start.fill_null(steps.w_end).min(),
        w_last=steps.w_end.fill_null(steps.w_start).max(),
    )
    hands = events.frame(sums).sort_values(["unit", "activity", "actor"])
    return hands.fillna({"handling_hours": 0.0}).reset_index(drop=True)


def _joined(hands: pd.DataFrame) -> pd.DataFrame:
    """A number to all that hangs together by regular work."""
    from scipy.sparse import coo_array  # takes a while to import, and little here needs it
    from scipy.sparse.csgraph import connected_components

    named = hands["actor"] != ""
    most = hands["steps"].where(named).groupby([hands["unit"], hands["activity"]]).transform("max")
    regular = named & (hands["steps"] >= REGULAR * most)
    step_codes = hands.groupby(["unit", "activity"], sort=False).ngroup().to_numpy()
    actor_codes = hands.groupby(["unit", "actor"], sort=False).ngroup().to_numpy()
    size = int(step_codes.max()) + 1
    ends = (step_codes[regular], size + actor_codes[regular])
    nodes = size + int(actor_codes.max()) + 1
    graph = coo_array((np.ones(int(regular.sum())), ends), shape=(nodes, nodes))
    _, labels = connected_components(graph, directed=False)
    return hands.assign(component=labels[step_codes], regular=regular)


def _row(part: pd.DataFrame) -> dict[str, Any]:
    """Sum up one desk."""
    by_step = part.groupby("activity")[["handling_hours", "steps"]].sum()
    by_step = by_step.sort_values(["handling_hours", "steps"], ascending=False, kind="stable")
    done, timed = part["done"].sum(), part["timed"].sum()
    share = timed / done if done else 0.0
    regular = part[part["regular"]]
    known = len(regular) > 0 and share >= TIMED
    return {
        "component": part["component"].iloc[0],
        "unit": part["unit"].iloc[0],
        "main": by_step.index[0],
        "activities": " | ".join(sorted(by_step.index)),
        "actors": " | ".join(sorted(set(regular["actor"]))),
        "people": _people(regular) if known else None,
        "steps": int(part["steps"].sum()),
        "handling_hours": float(part["handling_hours"].sum()),
        "timed_share": float(share),
        "open_hours": (part["w_last"].max() - part["w_first"].min()) / MICROSECONDS_PER_HOUR,
    }


def _people(regular: pd.DataFrame) -> int:
    """The median over time of those who are between their first and their last step."""
    spans = regular.groupby("actor").aggregate({"first": "min", "last": "max"}).dropna()
    if spans.empty:
        return 1
    moments = np.sort(np.unique(spans.to_numpy().ravel()))
    opens, closes = np.sort(spans["first"].to_numpy()), np.sort(spans["last"].to_numpy())
    present = np.searchsorted(opens, moments, "right") - np.searchsorted(closes, moments, "right")
    lengths = [after - before for before, after in pairwise(moments.tolist())]
    if not sum(lengths):
        return len(spans)
    order = np.argsort(present[:-1], kind="stable")
    through = np.cumsum(np.array(lengths)[order])
    at = int(np.searchsorted(through, through[-1] / 2))
    return max(int(present[:-1][order][at]), 1)


def _names(table: pd.DataFrame) -> pd.Series:
    """Name each desk by its unit, and by its main step where the unit has several or no name."""
    several = table.groupby("unit")["unit"].transform("size") > 1
    both = table["unit"] + "·" + table["main"]
    name = table["unit"].where(~several, both)
    return name.where(table["unit"] != "", table["main"])


def _at_once(events: Events, where: pd.DataFrame) -> dict[int, int]:
    """How many steps a person of each desk holds at a time, the one he starts included."""
    steps = events.steps.join(events.activities, "code")
    clear = steps.actor.notnull() & steps.start.notnull() & (steps.end >= steps.start)
    clear &= ~steps.start_bare & ~steps.end_bare
    known = steps.filter(clear).select(
        "activity", "actor", "start", "end", unit=steps.unit.fill_null("")
    )
    frame = events.frame(known).merge(where.drop_duplicates(), on=["unit", "activity"])
    if frame.empty:
        return {}
    keys = frame.groupby(["component", "actor"]).ngroup().to_numpy() * 2.0**54
    # Whoever takes two up at the same moment holds both: what starts at a moment counts.
    begun = np.searchsorted(np.sort(keys + frame["start"]), keys + frame["start"], "right")
    ended = np.searchsorted(np.sort(keys + frame["end"]), keys + frame["start"], "right")
    instant = (frame["end"] == frame["start"]).to_numpy()
    held = np.maximum(begun - ended + instant, 1)
    typical = frame.assign(held=held).groupby("component")["held"].quantile(HELD)
    return {int(desk): round(number) for desk, number in typical.items()}
