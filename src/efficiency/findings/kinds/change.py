"""Levels that changed, for better or worse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
from efficiency.findings.said import Day, Number, PValue, Said, said

#: What differs by less, as a ratio of times, is not worth a finding.
CHANGED = 1.05
#: A date that was found lies so near to a reform that it is the same change: found dates scatter.
SAME_DATE = pd.Timedelta(days=60)


def shifted(changes: pd.DataFrame) -> pd.Series:
    """
    Which rows of a table of changes are worth a finding.

    Notes
    -----
    The adjusted p is at most 5 %, times differ by at least a twentieth, and the interval of the
    difference does not hold zero. A date that was found next to a known reform, or whose interval
    holds it, is that reform's.
    """
    ratio = changes["ratio"]
    return apart(changes) & (np.maximum(ratio, 1 / ratio) >= CHANGED) & ~_of_reform(changes)


def apart(changes: pd.DataFrame) -> pd.Series:
    """Which rows can be told apart: the adjusted p is at most 5 %, the interval leaves out zero."""
    clear = changes["p_adjusted"] <= DISCOVERY_RATE
    return clear & ((changes["difference_low"] > 0) | (changes["difference_high"] < 0))


def kind_of(changes: pd.DataFrame) -> list[str]:
    """How each row was compared; a date that was found next to a reform is the reform's."""
    mine = _of_reform(changes)
    pairs = zip(changes["kind"], mine, strict=True)
    return ["found_reform" if is_reform else str(kind) for kind, is_reform in pairs]


def _of_reform(changes: pd.DataFrame) -> pd.Series:
    """Mark the dates that were found within the reach of a known reform."""
    at = pd.to_datetime(changes["at"])
    reforms = at[changes["kind"] == "reform"].drop_duplicates()
    near = pd.Series(False, index=changes.index)
    first, last = (pd.to_datetime(changes[name]) for name in ("at_low", "at_high"))
    for date in reforms:
        near |= ((at - date).abs() <= SAME_DATE) | ((first <= date) & (date <= last))
    return (changes["kind"] == "found") & near


def find(name: str, changes: pd.DataFrame, day_hours: float) -> Iterator[Finding]:
    """Find the levels that changed; ``day_hours`` are the office hours of a working day."""
    for row in changes[shifted(changes)].itertuples(index=False):
        yield _finding(name, row, day_hours)


def measure_name(measure: str) -> Said:
    """
    What a change was measured in.

    Examples
    --------
    >>> measure_name("承办.handling").key, measure_name("case").key
    ('measure_in_hand', 'measure_whole')
    """
    if measure == "case":
        return said("measure_whole")
    activity, dot, _ = measure.rpartition(".handling")
    if dot:
        return said("measure_in_hand", activity=activity)
    return said("measure_activity", activity=measure)


def _finding(name: str, row: Any, day_hours: float) -> Finding:
    slow = row.difference_hours > 0
    way, at = "slower" if slow else "faster", Day(row.at)
    hours = row.mean_difference_hours * row.n_after
    ends = {
        "difference": row.difference_hours, "low": row.difference_low, "high": row.difference_high,
    }  # fmt: skip
    days = {"days": "difference", "days_low": "low", "days_high": "high"}
    return Finding(
        kind="change",
        subject=_subject(name, row),
        level="watch",
        direction="worse" if slow else "better",
        says={
            "title": said(
                f"change_title_{way}", measure=measure_name(row.measure), at=at,
                difference=Number(abs(row.difference_hours), 2),
            ),
            "criterion": said(f"change_criterion_{row.kind}", at=at, title=row.title),
            "condition": said(
                "change_condition", n_before=row.n_before, n_after=row.n_after,
                before=Number(row.median_before_hours, 2), after=Number(row.median_after_hours, 2),
                p=PValue(row.p_adjusted), left_out=row.left_out, found=_found_between(row),
                season="" if row.same_months else said("change_season"),
                **{key: Number(value, 2) for key, value in ends.items()},
                **{key: Number(ends[of] / day_hours, 2) for key, of in days.items()},
            ),
            "cause": said("cause_untested"),
            "effect": said(
                "change_effect_slower" if hours > 0 else "change_effect_faster",
                hours=Number(abs(hours)),
            ),
            "action": said(f"change_action_{way}"),
        },
        value=row.difference_hours,
        low=row.difference_low,
        high=row.difference_high,
        n=int(row.n_before + row.n_after),
        p=float(row.p_adjusted),
        cases=(),
        table="changes",
        hours=max(float(hours), 0.0) if slow else 0.0,
        theme="pace",
        certainty=1 - float(row.p_adjusted),
        concerned=int(row.n_after),
    )  # fmt: skip


def _subject(name: str, row: Any) -> Subject:
    at = f"{pd.Timestamp(row.at):%Y-%m-%d}"
    return (("log", name), ("measure", row.measure), ("at", at))


def _found_between(row: Any) -> Said | str:
    if row.kind != "found" or pd.isna(row.at_low):
        return ""
    return said("change_between", low=Day(row.at_low), high=Day(row.at_high))


def measure(name: str, changes: pd.DataFrame) -> Iterator[Measure]:
    """Measure the difference of the means at each date."""
    known = changes[changes["mean_difference_hours"].notna() & changes["at"].notna()]
    first = known.drop_duplicates(["measure", "at"]) if len(known) else known
    for row in first.itertuples(index=False):
        means = (row.mean_difference_hours, row.mean_low, row.mean_high)
        hours = Estimate(*(max(part, 0.0) * row.n_after for part in means))
        n = int(row.n_before + row.n_after)
        ends = Estimate(*means)
        yield Measure(_subject(name, row), "difference", ends, n, unit="hours", hours=hours)


KIND = Kind("change", find, measure)
