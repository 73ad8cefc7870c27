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
from efficiency.findings.groups.likeness import periods
from efficiency.findings.groups.means import excess
from efficiency.findings.groups.ranks import SHORTEST_HOURS, contrast, shift
from efficiency.findings.groups.samples import Sample
from efficiency.findings.time.medians import standardised_medians
from efficiency.findings.time.season import beside_season, same_months
from efficiency.findings.time.shifts import level_shifts

#: A change is tested where so many cases lie on both sides of it.
LEAST = 20
#: A date is looked for in a log that holds some months twice: else a season is no less likely.
SEASONS = pd.Timedelta(days=456)
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
    mix: Sequence[str] | None = None,
    known: Sequence[str] | None = None,
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
    mix, known
        The attributes to hold equal, and those known from the start, as for `compare`.
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
        bootstrap interval over blocks), the ratio of times, the difference of the means (times
        the cases after, it is the hours that were saved or lost), ``weeks`` (how long times stay
        alike), and ``p``, not yet adjusted. ``left_out`` counts the other cases: outside both
        sides, under way at the split, begun too late to judge, or in other months;
        ``same_months`` says whether only months of the year that both sides hold were compared;
        ``untested``: why there is no test (``few``; ``alone``: nobody comparable; ``dependent``:
        cases hang on each other for too long; ``season``: the log is too short to tell it from
        one).

    Notes
    -----
    The test is `ranks.contrast`, with the error of `likeness.spread`. A case counts by when it
    began. Those begun so late that a twentieth of such cases would still be running at the
    cut-off are left out, and around a date, those begun before it that would mostly have ended
    after it: they belong to neither side. A reform in a log of one year is tested beside a yearly
    and half-yearly swing too, and the greater p counts; a sharper season cannot be told from it.

    See Also
    --------
    shifts.level_shifts : How dates are found; ``p`` of a found date is the greater of that of the
        search and that of the same months before and after.
    """
    with observed(log, calendar, worked=True, **seen) as events:
        found = [
            row
            for measure in _measures(events, mix, known)
            for row in _of_measure(measure, events.cutoff, (baseline, period), reforms)
        ]
    if not found:
        return tables.CHANGES.empty()[COLUMNS]
    return tables.CHANGES.check(pd.DataFrame(found, columns=COLUMNS))


def _measures(
    events: Events, mix: Sequence[str] | None, known: Sequence[str] | None
) -> Iterator[_Measure]:
    """The times of cases, and of the steps that take a part of all time worth a look."""
    cases = case_times(events.plainly)
    held = case_attributes(events, known) if mix is None else list(mix)
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
        # Until it is on record that a step came, the case may have been anywhere: with the
        # applicant, say. What goes by before is no time of the step's.
        came = rows[rows["recorded"]]
        if 2 * len(came) >= len(rows):
            yield _Measure(activity, came, tuple(held))
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
    if last - first >= SEASONS:
        yield from _found(measure, rows, judged, late)
    else:
        yield {**_nowhere(measure, rows, judged), "untested": "season"}


def _nowhere(measure: _Measure, rows: pd.DataFrame, judged: pd.DataFrame) -> dict[str, Any]:
    """The row of a search that found no date."""
    first, end = judged["at"].min(), _just_after(judged["at"].max())
    split = _Split("found", pd.NaT, "", (first, end), (end, end))
    return _told(measure, split, ([], False), (len(judged), 0, len(rows) - len(judged)))


def _found(
    measure: _Measure, rows: pd.DataFrame, judged: pd.DataFrame, wash_out: pd.Timedelta
) -> Iterator[dict[str, Any]]:
    """Look for dates at which the level shifts; a search that finds none is a test as well."""
    stretches = level_shifts(_series(measure, judged), least=LEAST_POINTS)
    p = float(stretches["p"].iloc[0]) if len(stretches) else float("nan")
    dates = [pd.Timestamp(at) for at in stretches["at"].iloc[1:]]
    edges = [judged["at"].min(), *dates, _just_after(judged["at"].max())]
    if not dates:
        yield {
            **_nowhere(measure, rows, judged), "p": p, "untested": "few" if np.isnan(p) else "",
        }  # fmt: skip
    for place, (before, at, after) in enumerate(zip(edges, edges[1:], edges[2:], strict=False)):
        split = _Split("found", at, "", (before, at), (at, after))
        around = stretches.iloc[place + 1]
        ends = {name: pd.Timestamp(around[name]) for name in ("at_low", "at_high")}
        row = _row(measure, rows, judged, split, wash_out)
        # A season is a shift to the search: the same months must tell it as well.
        both = float("nan") if row["untested"] else max(p, row["p"])
        yield {**row, **ends, "p": both}


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
    part, same = _same_months(judged[inside], split)
    after = (part["at"] >= split.at).to_numpy(dtype=bool)
    counts = (int((~after).sum()), int(after.sum()))
    left = len(rows) - len(part)
    if min(counts) < LEAST:
        return {**_told(measure, split, ([], same), (*counts, left)), "untested": "few"}
    if not same and split.kind != "reform":
        return {**_told(measure, split, ([], same), (*counts, left)), "untested": "season"}
    sorted_in = strata(part, None, measure.mix, part["hours"])
    told = _told(measure, split, (sorted_in.held, same), (*counts, left))
    return {**told, **_tested(part, sorted_in.number, after, same)}


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
    part: pd.DataFrame, number: np.ndarray, after: np.ndarray, same: bool
) -> dict[str, Any]:
    period = periods(part["at"])
    sample = Sample(
        part["hours"].clip(lower=0).to_numpy(dtype=float),
        part["running"].to_numpy(dtype=bool),
        number.astype(np.int64),
        period,
    )
    found = contrast(sample, after)
    if min(found.n, found.others) < LEAST:
        return {"untested": "alone"}
    if not found.told or found.spread is None:
        return {"untested": "dependent"}
    p = found.p if same else max(found.p, beside_season(sample, after, part["at"]))
    # Whole blocks are drawn: cases of one stay together.
    block = period // found.spread.length * 2 + after
    drawn = Sample(sample.hours, sample.running, sample.stratum, block)
    medians = standardised_medians(drawn, after)
    ratio, low, high = shift(sample, after)
    more = excess(sample, after)
    return {
        "median_before_hours": medians.before,
        "median_after_hours": medians.after,
        "difference_hours": medians.difference,
        "difference_low": medians.low,
        "difference_high": medians.high,
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "mean_difference_hours": more.mean,
        "mean_low": more.low,
        "mean_high": more.high,
        "weeks": found.spread.length,
        "p": p,
    }


def _same_months(part: pd.DataFrame, split: _Split) -> tuple[pd.DataFrame, bool]:
    """Keep the months of the year that both sides hold, where these have cases enough."""
    after = (part["at"] >= split.at).to_numpy(dtype=bool)
    same = part[same_months(part["at"], after)].reset_index(drop=True)
    sides = (same["at"] >= split.at).value_counts().reindex([False, True], fill_value=0)
    # A reform in the middle of a month leaves some days of it on both sides: these are no season.
    if len(set(same["at"].dt.month)) > 1 and int(sides.min()) >= LEAST:
        return same, True
    return part.reset_index(drop=True), False


def _series(measure: _Measure, judged: pd.DataFrame) -> pd.DataFrame:
    """Medians by fortnight or so of what the case mix does not explain, on the log scale."""
    number = strata(judged, None, measure.mix, judged["hours"]).number
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
