"""Units, types and origins that take longer than comparable ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
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
    Differences between applicants are signs of 看人办事.
    """
    ranked = comparisons.assign(rank=_rank(comparisons))
    found = ranked[slower(comparisons) & (comparisons["n"] >= small_cell)]
    for _, rows in found.sort_values("rank", kind="stable").groupby(["attribute", "value"]):
        row = next(rows.itertuples(index=False))
        parts = comparisons[
            (comparisons["attribute"] == row.attribute)
            & (comparisons["value"] == row.value)
            & (comparisons["measure"] == row.measure)
            & (comparisons["activity"] != "")
            & (comparisons["ratio_low"] > 1)
        ]
        yield _finding(name, row, parts, is_sign=row.attribute == applicant)


def _rank(comparisons: pd.DataFrame) -> pd.Series:
    """What a group is told by where it was measured in several ways: time in hand first."""
    return comparisons["measure"].map({"handling": 0}).fillna(1)


def _finding(name: str, row: Any, parts: pd.DataFrame, *, is_sign: bool) -> Finding:
    group, ratio = Named(row.attribute), Number(row.ratio, 2)
    held = tuple(Named(part) for part in str(row.held_equal).split("; ") if part)
    return Finding(
        kind="slow_group",
        subject=_subject(name, row),
        level="watch" if is_sign or row.ratio_low < SLOWER else "action",
        says={
            "title": said(
                "slow_group_favour_title" if is_sign else "slow_group_title", name=group,
                value=row.value, ratio=ratio,
            ),
            "criterion": said("slow_group_criterion", held=Listed(held, said("held_nothing"))),
            "condition": said(
                "slow_group_condition", n=row.compared, ratio=ratio,
                low=Number(row.ratio_low, 2), high=Number(row.ratio_high, 2),
                measure=said(f"measure_{row.measure}"), median=Number(row.median_hours),
                others=Number(row.others_median_hours), delta=Number(row.delta, 2),
                p=PValue(row.p_adjusted), where=_where(parts),
            ),
            "cause": said("cause_untested"),
            "effect": said("slow_group_effect", hours=Number(row.hours)),
            "action": said("slow_group_action"),
        },
        value=row.ratio,
        low=row.ratio_low,
        high=row.ratio_high,
        n=int(row.compared),
        p=float(row.p_adjusted),
        cases=(),
        table="comparisons",
        hours=float(row.hours),
    )  # fmt: skip


def _subject(name: str, row: Any) -> Subject:
    return (("log", name), ("attribute", row.attribute), ("value", row.value))


def _where(parts: pd.DataFrame) -> Said | str:
    told = tuple(
        said(
            "slow_group_part", activity=part.activity, ratio=Number(part.ratio, 2),
            low=Number(part.ratio_low, 2), high=Number(part.ratio_high, 2),
        )
        for part in parts.sort_values("hours", ascending=False).itertuples(index=False)
    )  # fmt: skip
    return said("slow_group_where", parts=Listed(told)) if told else ""


def measure(name: str, comparisons: pd.DataFrame) -> Iterator[Measure]:
    """Measure how many times as long as comparable ones each group takes."""
    whole = comparisons[(comparisons["activity"] == "") & comparisons["ratio"].notna()]
    whole = whole.assign(rank=_rank(whole))
    first = whole.sort_values("rank", kind="stable").drop_duplicates(["attribute", "value"])
    for row in first.itertuples(index=False):
        ratio = Estimate(row.ratio, row.ratio_low, row.ratio_high)
        more = [1 - 1 / part if np.isfinite(part) and part > 0 else np.nan for part in ratio]
        # Hours above those of comparable cases, out of all that the group took.
        taken = row.hours / more[0] if more[0] else np.nan
        low, value, high = (max(taken * part, 0.0) for part in (more[1], more[0], more[2]))
        hours = Estimate(value, low, high)
        yield Measure(
            _subject(name, row), "ratio", ratio, int(row.compared), unit="ratio", hours=hours
        )


KIND = Kind("slow_group", find, measure)
