"""Whether the office became faster or slower: from one period to another, or at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.spans import step_spans
from efficiency.facts.times import case_times, unfinished
from efficiency.findings.groups.case_mix import case_attributes, strata
from efficiency.findings.groups.ranks import SHORTEST_HOURS, Sample, contrast, shift
from efficiency.findings.time.medians import standardised_medians
from efficiency.findings.time.shifts import level_shifts

#: A change is tested where so many cases lie on both sides of it, in so many weeks.
LEAST, LEAST_WEEKS = 20, 4
#: An activity is looked at where it takes this share of all steps' time.
TAKES = 0.03
#: The series in which shifts are looked for: cases a point, points at most, points a level lasts.
PER_POINT, MOST_POINTS, LEAST_POINTS = 8, 56, 4
#: But for the p that is adjusted over all tests of a review.
COLUMNS = tables.CHANGES.names[:-1]

Window = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Reform:
    """A change of procedure whose date is known."""

    date: dt.date
    title: str = ""


@dataclass(frozen=True)
class _Measure:
    """Times of one kind; ``rows`` has ``at, ended, hours, running`` and what is known of a case."""

    name: str
    rows: pd.DataFrame
    mix: tuple[str, ...]


@dataclass(frozen=True)
class _Split:
    """Two sides of a date."""

    kind: str
    at: pd.Timestamp
    title: str
    before: tuple[pd.Timestamp, pd.Timestamp]
    after: tuple[pd.Timestamp, pd.Timestamp]


def changes(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    baseline: Window | None = None,
    period: Window | None = None,
    reforms: Sequence[Reform] = (),
    **seen: Any,
) -> pd.DataFrame:
    """
    Test whether cases and steps take longer or shorter than before, the case mix held equal.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one.
    baseline, period
        First and last day of the time to compare with, and of the time compared (None: all after
        the baseline). Without a baseline only reforms and shifts at unknown dates are tested.
    reforms
        Dates at which procedure is known to have changed.
    **seen
        ``cutoff`` and ``closed_by``, as for `observed`.

    Returns
    -------
    DataFrame
        One row a ``measure`` (``case``: a case's working hours; an activity: hours from its
        arrival to its end; ``….handling``: hours in hand) and split: ``kind`` (``baseline``,
        ``reform``, or ``found`` in the data), ``at`` (first day after; empty where no shift was
        found; where one was, ``at_low, at_high`` is its 95 % interval), counts and medians on
        both sides as if the mix of cases were the same, their difference in working hours (95 %
        bootstrap interval over weeks), the ratio of times, and ``p``, not yet adjusted.
        ``left_out`` counts the other cases: outside both sides, under way at the split, or begun
        too late to judge;
        ``same_months`` says whether only months of the year that both sides hold were compared;
        ``untested``: why there is no test (``few``).

    Notes
    -----
    The test is `ranks.contrast` with weeks as blocks: cases of one week may depend on each other.
    A case counts by when it began. Those begun so late that a twentieth of such cases would still
    be running at the cut-off are left out, and around a date, those begun before it that would
    mostly have ended after it: they belong to neither side.

    See Also
    --------
    shifts.level_shifts : How dates are found; ``p`` of a found date is that of the search.
    """
    with observed(log, calendar, worked=True, **seen) as events:
        found = [
            row
            for measure in _measures(events)
            for row in _of_measure(measure, events.cutoff, (baseline, period), reforms)
        ]
    if not found:
        return tables.CHANGES.empty()[COLUMNS]
    return tables.CHANGES.check(pd.DataFrame(found, columns=COLUMNS))


def _measures(events: Events) -> Iterator[_Measure]:
    """The times of cases, and of the steps that take a part of all time worth a look."""
    cases = case_times(events)
    held = case_attributes(events, cases)
    ended = cases["last"].where(~cases["open"], events.cutoff)
    whole = cases.assign(
        at=cases["first"], ended=ended, hours=cases["age_hours"], running=unfinished(cases)
    )
    yield _Measure("case", whole, tuple(held))
    spans = events.frame(step_spans(events).order_by("row"))
    steps = spans.merge(cases[["case_id", *held]], on="case_id").rename(columns={"arrived": "at"})
    steps = steps[steps["at"].notna()]
    taken = steps.groupby("activity")["hours"].sum()
    for activity in sorted(taken.index[taken >= TAKES * taken.sum()]):
        rows = steps[steps["activity"] == activity]
        yield _Measure(activity, rows, tuple(held))
        handled = rows[rows["handling_hours"] >= 0]
        handled = handled.assign(hours=handled["handling_hours"], running=False)
        if 2 * len(handled) >= len(rows):
            yield _Measure(f"{activity}.handling", handled, tuple(held))


def _of_measure(
    measure: _Measure,
    cutoff: pd.Timestamp,
    windows: tuple[Window | None, Window | None],
    reforms: Sequence[Reform],
) -> Iterator[dict[str, Any]]:
    rows = measure.rows.sort_values("at", kind="stable")
    late = (rows["ended"] - rows["at"]).quantile(0.95)
    judged = rows[rows["at"] <= cutoff - late].reset_index(drop=True)
    if not len(judged):
        return
    first, last = judged["at"].min(), judged["at"].max()
    if windows[0] is not None:
        yield _row(measure, rows, judged, _of_windows(windows[0], windows[1], last), None)
    for reform in reforms:
        at = pd.Timestamp(reform.date)
        split = _Split("reform", at, reform.title, (first, at), (at, _just_after(last)))
        yield _row(measure, rows, judged, split, late)
    yield from _found(measure, rows, judged, late)


def _found(
    measure: _Measure, rows: pd.DataFrame, judged: pd.DataFrame, wash_out: pd.Timedelta
) -> Iterator[dict[str, Any]]:
    """Look for dates at which the level shifts; a search that finds none is a test as well."""
    stretches = level_shifts(_series(measure, judged), least=LEAST_POINTS)
    p = float(stretches["p"].iloc[0]) if len(stretches) else float("nan")
    dates = [pd.Timestamp(at) for at in stretches["at"].iloc[1:]]
    edges = [judged["at"].min(), *dates, _just_after(judged["at"].max())]
    if not dates:
        split = _Split("found", pd.NaT, "", (edges[0], edges[1]), (edges[1], edges[1]))
        told = _told(measure, split, ([], False), (len(judged), 0, len(rows) - len(judged)))
        yield {**told, "p": p, "untested": "few" if np.isnan(p) else ""}
    for place, (before, at, after) in enumerate(zip(edges, edges[1:], edges[2:], strict=False)):
        split = _Split("found", at, "", (before, at), (at, after))
        around = stretches.iloc[place + 1]
        ends = {name: pd.Timestamp(around[name]) for name in ("at_low", "at_high")}
        yield {**_row(measure, rows, judged, split, wash_out), **ends, "p": p}


def _just_after(moment: pd.Timestamp) -> pd.Timestamp:
    return moment + pd.Timedelta(seconds=1)


def _of_windows(baseline: Window, period: Window | None, last: pd.Timestamp) -> _Split:
    before = _span(baseline)
    after = (before[1], _just_after(last)) if period is None else _span(period)
    return _Split("baseline", after[0], "", before, after)


def _span(window: Window) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(window[0]), pd.Timestamp(window[1]) + pd.Timedelta(days=1)


def _row(
    measure: _Measure,
    rows: pd.DataFrame,
    judged: pd.DataFrame,
    split: _Split,
    wash_out: pd.Timedelta | None,
) -> dict[str, Any]:
    """Hold the cases before against those after."""
    inside = pd.Series(False, index=judged.index)
    for first, last in (split.before, split.after):
        inside |= (judged["at"] >= first) & (judged["at"] < last)
    if wash_out is not None:
        inside &= ~((judged["at"] >= split.at - wash_out) & (judged["at"] < split.at))
    part, same = judged[inside], False
    if split.kind == "baseline":
        part, same = _same_months(part, split)
    part = part.reset_index(drop=True)
    after = (part["at"] >= split.at).to_numpy(dtype=bool)
    # A week that the date parts is two blocks.
    weeks = part["at"].dt.to_period("W").astype("int64").to_numpy() * 2 + after
    counts = (int((~after).sum()), int(after.sum()))
    many = min(len(set(weeks[~after])), len(set(weeks[after])))
    if min(counts) < LEAST or many < LEAST_WEEKS:
        told = _told(measure, split, ([], same), (*counts, len(rows) - len(part)))
        return {**told, "untested": "few"}
    number, held = strata(part, None, measure.mix, part["hours"])
    told = _told(measure, split, (held, same), (*counts, len(rows) - len(part)))
    return {**told, **_tested(part, number, after, weeks)}


def _told(
    measure: _Measure,
    split: _Split,
    held: tuple[list[str], bool],
    counts: tuple[int, int, int],
) -> dict[str, Any]:
    """Say what was compared, before anything is known of the outcome."""
    return {
        **dict.fromkeys(COLUMNS, float("nan")),
        "measure": measure.name,
        "kind": split.kind,
        "at": split.at,
        **dict.fromkeys(("at_low", "at_high"), pd.NaT),
        "title": split.title,
        "held_equal": "; ".join(held[0]),
        **dict(zip(("n_before", "n_after", "left_out"), counts, strict=True)),
        "same_months": held[1],
        "untested": "",
    }


def _tested(
    part: pd.DataFrame, number: np.ndarray, after: np.ndarray, weeks: np.ndarray
) -> dict[str, Any]:
    sample = Sample(
        part["hours"].clip(lower=0).to_numpy(dtype=float),
        part["running"].to_numpy(dtype=bool),
        number.astype(np.int64),
        weeks.astype(np.int64),
    )
    medians = standardised_medians(sample, after)
    ratio, low, high = shift(sample, after)
    return {
        "median_before_hours": medians.before,
        "median_after_hours": medians.after,
        "difference_hours": medians.difference,
        "difference_low": medians.low,
        "difference_high": medians.high,
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "p": contrast(sample, after).p,
    }


def _same_months(part: pd.DataFrame, split: _Split) -> tuple[pd.DataFrame, bool]:
    """Keep the months of the year that both sides hold; tell whether there are any."""
    month, after = part["at"].dt.month, part["at"] >= split.at
    common = set(month[after]) & set(month[~after])
    return (part[month.isin(common)], True) if common else (part, False)


def _series(measure: _Measure, judged: pd.DataFrame) -> pd.DataFrame:
    """Medians by fortnight or so of what the case mix does not explain, on the log scale."""
    number, _ = strata(judged, None, measure.mix, judged["hours"])
    level = np.log(judged["hours"].clip(lower=SHORTEST_HOURS)).astype(float)
    rest = level - level.groupby(number).transform("median")
    monday = judged["at"].dt.normalize() - pd.to_timedelta(judged["at"].dt.weekday, "D")
    weeks = (monday - monday.min()).dt.days // 7
    many = int(weeks.max()) + 1
    together = max(-(-many // MOST_POINTS), -(-PER_POINT * many // len(judged)), 1)
    points = rest.groupby(weeks // together).agg(["median", "size"])
    whole = points.reindex(range(int(points.index.max()) + 1))
    begins = monday.min() + pd.to_timedelta(whole.index * 7 * together, "D")
    return pd.DataFrame(
        {
            "at": begins.strftime("%Y-%m-%d"),
            "value": whole["median"].to_numpy(dtype=float),
            "n": whole["size"].fillna(0).to_numpy(dtype=float),
        }
    )
