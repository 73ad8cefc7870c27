"""Which units, types and origins take longer than comparable ones, and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.spans import step_spans
from efficiency.facts.times import case_times, half_done, unfinished
from efficiency.findings.groups.case_mix import (
    case_attributes,
    confounded,
    strata,
    strata_within,
)
from efficiency.findings.groups.likeness import Likeness, periods
from efficiency.findings.groups.means import excess
from efficiency.findings.groups.ranks import alike_over, contrast, permuted, shift
from efficiency.findings.groups.roles import origins
from efficiency.findings.groups.samples import Sample, comparable
from efficiency.problems import Hint, Problem, SettingsError

#: A group is compared where so many of it, and of the others, lie in strata that have both.
LEAST = 20
#: But for the p that is adjusted over all tests of a review.
COLUMNS = tables.COMPARISONS.names[:-1]


def compare(
    log: Log | Events,
    calendar: Calendar | None = None,
    *,
    by: Sequence[str] | None = None,
    mix: Sequence[str] | None = None,
    applicant: str | None = None,
    known: Sequence[str] | None = None,
    **seen: Any,
) -> pd.DataFrame:
    """
    Hold every unit, type and origin against comparable cases.

    Parameters
    ----------
    log
        ``tables.LOG``.
    calendar
        The working calendar; None: China's public one.
    by
        The attributes to compare; None: the unit of a step, and the attributes that tell where a
        case comes from. What a matter is, and what became of it, is no group.
    mix
        The attributes to hold equal; None: all that tell cases apart from the start.
    applicant
        The attribute that tells applicants apart (看人办事); its p is also one of permutation of
        whole batches: what one applicant has in one week.
    known
        The attributes that are known from the start; None: found from the log.
    **seen
        ``cutoff`` and ``closed_by``, as for `observed`.

    Returns
    -------
    DataFrame
        One row an ``attribute``, ``value`` and ``measure`` (``case``: a case's working hours, and
        ``applicant``, where applicants are compared; ``handling``: hours in hand at a step;
        ``desk``: hours from a step's recorded arrival to its end); for units over all that they
        share with others, and by ``activity``. ``held_equal`` names what comparable cases agree
        in; ``n, others`` count the cases (steps) of the group and of all others, ``compared`` and
        ``comparable`` those of either that have their like on the other side. Medians of these in
        working hours (Kaplan-Meier, 95 % interval); ``ratio`` (how many times as long as
        comparable ones) with its interval; ``delta`` (Cliff's); ``hours`` (sum over the group of
        the working hours above the mean of comparable ones); ``p`` of the stratified rank test,
        not yet adjusted, and empty for the time from arrival to end of a unit that has times in
        hand: the rest of it is the queue's, of which `waiting` and `balance` tell; ``weeks``: how
        long times stay alike (days in a log of a few weeks); ``logrank_p``, for whole cases, is
        that of the log-rank test on all of them, to look at beside it; ``untested``: why there is
        no comparison (``few``; ``alone``: nobody comparable, or it differs in what matters and
        could not be held equal; ``dependent``: cases hang on each other for so long, or came in
        so few weeks, that nothing can be told).

    See Also
    --------
    ranks.contrast : The test.
    likeness.spread : How long times stay alike, and what that leaves to be known.

    Examples
    --------
    >>> days = pd.date_range("2024-03-04 08:30", periods=40).repeat(2)
    >>> log = pd.DataFrame({"case_id": [str(i) for i in range(80)], "activity": "登记",
    ...     "来文单位": ["甲县", "乙县"] * 40, "received": days})
    >>> minutes = pd.Series([i % 2 * 60 + i % 7 + 1 for i in range(80)])
    >>> log["end"] = log["received"] + pd.to_timedelta(minutes, "min")
    >>> compare(log, by=["来文单位"])[["value", "measure", "n"]].values.tolist()
    [['乙县', 'case', 40], ['甲县', 'case', 40]]
    """
    with observed(log, calendar, worked=True, **seen) as events:
        cases = case_times(events.plainly)
        cases = cases.assign(
            hours=cases["age_hours"], running=unfinished(cases), began=cases["first"]
        )
        _check(cases, {"by": by, "mix": mix, "known": known, "applicant": [applicant or "unit"]})
        told = case_attributes(events, known)
        names = origins(told) if by is None else [name for name in by if name != "unit"]
        held = told if mix is None else list(mix)
        names = [*(name for name in names if name != applicant), *filter(None, [applicant])]
        kinds = [(name, "applicant" if name == applicant else "case") for name in names]
        rows = [row for name, kind in kinds for row in _of_attribute(cases, name, held, kind)]
        if by is None or "unit" in by:
            rows += _of_units(_steps(events, cases, held), held)
    if not rows:
        return tables.COMPARISONS.empty()[COLUMNS]
    return tables.COMPARISONS.check(pd.DataFrame(rows, columns=COLUMNS))


def _check(cases: pd.DataFrame, asked: Mapping[str, Sequence[str] | None]) -> None:
    """Name every attribute that was asked for and the log does not have."""
    have = tuple(name for name in cases.columns if name not in tables.CASES.names)
    problems = [
        Problem(
            "no_column",
            {"got": name, "name": place, "have": ", ".join(have), "hint": Hint(name, have)},
        )
        for place, names in asked.items()
        for name in names or ()
        if name not in (*have, "unit")
    ]
    if problems:
        raise SettingsError(problems)


def group_times(
    log: Events, mix: Sequence[str] | None = None, known: Sequence[str] | None = None
) -> pd.DataFrame:
    """
    The times by which groups are compared, one row a case or step.

    Returns
    -------
    DataFrame
        ``measure`` (case, handling, desk)``, case_id, activity, unit, at, value`` (hours)``,
        running``, and the attributes that tell cases apart.
    """
    cases = case_times(log.plainly)
    names = case_attributes(log, known)
    names = list(dict.fromkeys([*names, *(mix or ())]))
    whole = cases.assign(
        measure="case", activity="", unit="", at=cases["first"], value=cases["age_hours"],
        running=unfinished(cases),
    )  # fmt: skip
    steps = _steps(log, cases, names).rename(columns={"began": "at"})
    handled = steps[steps["handling_hours"] >= 0]
    handled = handled.assign(measure="handling", value=handled["handling_hours"], running=False)
    desk = steps[steps["recorded"]].assign(measure="desk", value=steps["hours"])
    columns = ["measure", "case_id", "activity", "unit", "at", "value", "running", *names]
    parts = [part[columns] for part in (whole, handled, desk) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else whole[columns]


def _steps(events: Events, cases: pd.DataFrame, held: Sequence[str]) -> pd.DataFrame:
    """The steps at known units, each with what is known of its case."""
    spans = events.frame(step_spans(events).order_by("row"))
    known = spans[(spans["unit"].fillna("") != "") & spans["arrived"].notna()]
    known = known.rename(columns={"arrived": "began"})
    return known.merge(cases[["case_id", *held]], on="case_id").reset_index(drop=True)


def _of_units(steps: pd.DataFrame, held: Sequence[str]) -> Iterator[dict[str, Any]]:
    """
    Compare units over the activities that more than one of them does, and at each of these.

    Notes
    -----
    Where the record does not say when a step came to its desk, what went by before it was begun
    may have gone by anywhere: only the time in hand is the unit's.
    """
    # What is not recorded may be the applicant's time: no desk is charged with it.
    steps = steps[steps["recorded"] | steps["handling_hours"].notna()]
    many = steps.groupby("activity")["unit"].nunique()
    shared = steps[steps["activity"].map(many) > 1].reset_index(drop=True)
    for alone in sorted(set(steps["unit"]) - set(shared["unit"])):
        n = int((steps["unit"] == alone).sum())
        yield _untested(("unit", alone, "desk"), (n, len(steps) - n), "alone")
    handled = shared.assign(hours=shared["handling_hours"], running=False)
    handled = handled[handled["hours"].notna() & (handled["hours"] >= 0)]
    in_hand = list(_of_attribute(handled, "unit", held, "handling"))
    tested = {row["value"] for row in in_hand if row["untested"] != "few"}
    at_desk = shared[shared["recorded"]]
    for row in _of_attribute(at_desk, "unit", held, "desk"):
        yield {**row, "p": float("nan")} if row["value"] in tested else row
    yield from in_hand
    for measure, part in (("desk", at_desk), ("handling", handled)):
        done_by = part.groupby("unit")["activity"].agg(lambda names: len(set(names)))
        for activity, rows in part.groupby("activity"):
            for row in _of_attribute(rows, "unit", held, measure):
                if not row["untested"]:
                    # A unit of one activity was tested already, over all that it does.
                    silent = measure == "desk" and row["value"] in tested
                    silent |= done_by[row["value"]] == 1
                    told = {**row, "activity": activity}
                    yield {**told, "p": float("nan")} if silent else told


def _of_attribute(
    rows: pd.DataFrame, name: str, mix: Sequence[str], measure: str
) -> Iterator[dict[str, Any]]:
    """Compare every value of one attribute with the others."""
    rows = rows[rows["hours"].notna() & (rows[name].fillna("").astype(str) != "")]
    rows = rows.reset_index(drop=True)
    if not len(rows):
        return
    if "activity" in rows:
        sorted_in = strata_within(rows, name, mix, "activity")
    else:
        sorted_in = strata(rows, name, mix, rows["hours"])
    told = rows[name].astype(str)
    sample = Sample(
        rows["hours"].clip(lower=0).to_numpy(dtype=float),
        rows["running"].to_numpy(dtype=bool),
        sorted_in.number.astype(np.int64),
        periods(rows["began"]),
    )
    groups = {value: (told == value).to_numpy() for value in sorted(told.unique())}
    alike = alike_over(sample, (one for one in groups.values() if one.sum() >= LEAST))
    for value, group in groups.items():
        said = (name, value, measure)
        if confounded(rows, group, sorted_in.loose):
            yield _untested(said, (int(group.sum()), int((~group).sum())), "alone")
        else:
            yield _row(sample, said, "; ".join(sorted_in.held), group, alike)


def _row(
    sample: Sample,
    said: tuple[str, str, str],
    held: str,
    group: np.ndarray,
    alike: Likeness | None,
) -> dict[str, Any]:
    found, measure = contrast(sample, group, alike), said[2]
    sizes = (int(group.sum()), int((~group).sum()))
    if min(found.n, found.others) < LEAST:
        return _untested(said, sizes, "few" if min(sizes) < LEAST else "alone")
    if not found.told:
        return {**_untested(said, sizes, "dependent"), "held_equal": held}
    ratio, low, high = shift(sample, group, alike=alike)
    both = comparable(sample, group)
    own, rest = (_half_done(sample.where(both & part)) for part in (group, ~group))
    by_batch = permuted(sample, group) if measure == "applicant" else 0.0
    return {
        **_untested(said, sizes, ""),
        "held_equal": held,
        "compared": found.n,
        "comparable": found.others,
        **dict(zip(("median_hours", "median_low", "median_high"), own, strict=True)),
        "others_median_hours": rest[0],
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "delta": found.delta,
        "hours": excess(sample, group, alike).total,
        "p": max(found.p, by_batch),
        "weeks": found.spread.length if found.spread else 0,
        "logrank_p": float("nan") if "activity" in held else _logrank(sample, group),
    }


def _logrank(sample: Sample, group: np.ndarray) -> float:
    """The p of the log-rank test, in which late differences count as much as early ones."""
    from scipy import stats  # takes seconds to import

    sides = [
        stats.CensoredData.right_censored(sample.hours[part], sample.running[part])
        for part in (group, ~group)
    ]
    if any((~sample.running[part]).sum() == 0 for part in (group, ~group)):
        return float("nan")
    return float(stats.logrank(*sides).pvalue)


def _untested(said: tuple[str, str, str], sizes: tuple[int, int], why: str) -> dict[str, Any]:
    empty = dict.fromkeys(COLUMNS, float("nan"))
    known = dict(zip(("attribute", "value", "measure"), said, strict=True))
    known |= {"activity": "", "held_equal": ""}
    counts = {"n": sizes[0], "others": sizes[1], "compared": 0, "comparable": 0, "weeks": 0}
    return {**empty, **known, **counts, "untested": why}


def _half_done(sample: Sample) -> tuple[float, float, float]:
    return half_done(sample.hours, sample.running)
