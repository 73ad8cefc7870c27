"""Units, types and origins that take longer than comparable ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Observed, Subject, averaged, has
from efficiency.findings.said import Listed, Named, Number, PValue, Said, said

#: What differs by less, as a ratio of times, is not worth a finding.
SLOWER = 1.10
#: A group of more than this part of all is itself what is usual.
USUAL = 2 / 3


def slower(comparisons: pd.DataFrame) -> pd.Series:
    """
    Which rows of a table of comparisons are worth a finding.

    Notes
    -----
    The adjusted p is at most 5 %, and the group takes at least a tenth longer. A group of more
    than two thirds of all is itself what is usual.
    """
    told = comparisons["p_adjusted"] <= DISCOVERY_RATE
    told &= comparisons["n"] <= USUAL * (comparisons["n"] + comparisons["others"])
    return told & (comparisons["ratio"] >= SLOWER)


def find(
    name: str, comparisons: pd.DataFrame, applicant: str | None, small_cell: int
) -> Iterator[Finding]:
    """
    Find the groups that take longer than comparable ones.

    Notes
    -----
    A unit that is slower both in hand and from arrival to end is told by what it takes in hand.
    One that is slower over all that it does is one finding, and tells where; one that is slower
    at single activities only is a finding each. Differences between applicants are signs of
    看人办事.
    """
    ranked = comparisons.assign(rank=_rank(comparisons))
    found = ranked[slower(comparisons) & (comparisons["n"] >= small_cell)]
    found = found.sort_values("rank", kind="stable")
    for _, rows in found.groupby(["attribute", "value"]):
        whole = rows[rows["activity"] == ""]
        told = whole.head(1) if len(whole) else rows.drop_duplicates("activity")
        for row in told.itertuples(index=False):
            parts = comparisons[
                (comparisons["attribute"] == row.attribute)
                & (comparisons["value"] == row.value)
                & (comparisons["measure"] == row.measure)
                & (comparisons["activity"] != "")
                & (comparisons["ratio_low"] > 1)
            ]
            where = parts if len(whole) else parts.iloc[:0]
            yield _finding(name, row, where, is_sign=row.attribute == applicant)


def _rank(comparisons: pd.DataFrame) -> pd.Series:
    """What a group is told by where it was measured in several ways: time in hand first."""
    return comparisons["measure"].map({"handling": 0}).fillna(1)


def _finding(name: str, row: Any, parts: pd.DataFrame, *, is_sign: bool) -> Finding:
    group, ratio = Named(row.attribute), Number(row.ratio, 2)
    at = said("slow_group_at", activity=row.activity) if row.activity else ""
    held = tuple(Named(part) for part in str(row.held_equal).split("; ") if part)
    return Finding(
        kind="slow_group",
        subject=_subject(name, row),
        level="watch" if is_sign or row.ratio_low < SLOWER else "action",
        says={
            "title": said(
                "slow_group_favour_title" if is_sign else "slow_group_title", name=group,
                value=row.value, ratio=ratio, at=at,
            ),
            "criterion": said("slow_group_criterion", held=Listed(held, said("held_nothing"))),
            "condition": said(
                "slow_group_condition", n=row.compared, rest=int(row.comparable), ratio=ratio,
                low=Number(row.ratio_low, 2), high=Number(row.ratio_high, 2),
                measure=said(f"measure_{row.measure}"), median=Number(row.median_hours),
                others=Number(row.others_median_hours), delta=Number(row.delta, 2),
                p=PValue(row.p_adjusted), where=_where(parts),
            ),
            "cause": said("cause_untested"),
            "effect": said("slow_group_effect", hours=Number(row.hours)),
            "action": said("slow_group_favour_action" if is_sign else "slow_group_action"),
        },
        value=row.ratio,
        low=row.ratio_low,
        high=row.ratio_high,
        n=int(row.compared),
        p=float(row.p_adjusted),
        cases=(),
        table="comparisons",
        hours=max(float(row.hours), 0.0),
        theme="pace",
        certainty=0.5 if is_sign else 1 - float(row.p_adjusted),
        concerned=int(row.compared),
        step=row.activity,
    )  # fmt: skip


def _subject(name: str, row: Any) -> Subject:
    whole = (("log", name), ("attribute", row.attribute), ("value", row.value))
    return (*whole, ("activity", row.activity)) if row.activity else whole


def _where(parts: pd.DataFrame) -> Said | str:
    told = tuple(
        said(
            "slow_group_part", activity=part.activity, ratio=Number(part.ratio, 2),
            low=Number(part.ratio_low, 2), high=Number(part.ratio_high, 2),
        )
        for part in parts.sort_values("hours", ascending=False).itertuples(index=False)
    )  # fmt: skip
    return said("slow_group_where", parts=Listed(told)) if told else ""


def measure(name: str, comparisons: pd.DataFrame, group_times: pd.DataFrame) -> Iterator[Measure]:
    """Measure how many hours a case or step takes in each group; what is above its like is lost."""
    tested = comparisons[comparisons["ratio"].notna()].assign(rank=_rank)
    keys = ["attribute", "value", "activity"]
    first = tested.sort_values("rank", kind="stable").drop_duplicates(keys)
    for row in first.itertuples(index=False):
        rows = of_group(group_times, row.attribute, row.value, row.measure, row.activity)
        mine = rows.loc[rows["touched"] & ~rows["running"], "value"]
        hours = Estimate(max(row.hours, 0.0), np.nan, np.nan)
        yield Measure(
            _subject(name, row), "hours_each", averaged(mine), len(mine), unit="hours", hours=hours
        )


def of_group(
    times: pd.DataFrame, attribute: str, value: str, measure: str, activity: str = ""
) -> pd.DataFrame:
    """
    The times of one measure, at one activity or all, marked whether they are of a group.

    Returns
    -------
    DataFrame
        The rows of ``times`` with ``touched``.
    """
    kind = "case" if measure == "applicant" else measure
    rows = times[times["measure"] == kind]
    if activity:
        rows = rows[rows["activity"] == activity]
    return rows.assign(touched=rows[attribute].fillna("").astype(str) == value)


def observe(
    subject: Mapping[str, str], group_times: pd.DataFrame, comparisons: pd.DataFrame
) -> Observed | None:
    """The times of a group, and of all others beside it."""
    if not has(subject, "attribute", "value"):
        return None
    attribute, value = subject["attribute"], subject["value"]
    activity = subject.get("activity", "")
    rows = comparisons[
        (comparisons["attribute"] == attribute)
        & (comparisons["value"] == value)
        & (comparisons["activity"] == activity)
    ]
    if rows.empty or attribute not in group_times:
        return None
    measure = rows.assign(rank=_rank(rows)).sort_values("rank")["measure"].iloc[0]
    times = of_group(group_times, attribute, value, measure, activity)
    seen = times.assign(what=times["activity"], group=times[attribute], known_by=pd.NaT)
    return Observed("hours_each", seen, unit="hours")


KIND = Kind("slow_group", find, measure, observe=observe)
