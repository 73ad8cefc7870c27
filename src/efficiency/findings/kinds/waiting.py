"""Causes that explain a large part of a step's waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
from efficiency.findings.said import Number, Share, said

#: A cause of waiting is told from this share of the waiting within office hours.
LARGE_PART = 0.25
#: It is told of steps that make up this part of all waiting within office hours.
WORTH = 0.01
TOLD_CAUSES = ("batching", "prioritisation", "contention", "unavailability")


def find(name: str, waiting: pd.DataFrame, small_cell: int) -> Iterator[Finding]:
    """
    Find the causes that explain a large part of a step's waiting.

    Notes
    -----
    The share is one of the waiting within office hours; its whole interval lies above a quarter.
    A step that makes up less than a hundredth of all that waiting is passed over, and so is what
    the record does not explain.
    """
    named = (waiting["activity"] != "") & waiting["cause"].isin(TOLD_CAUSES)
    office = waiting.assign(hours_waited=waiting["hours"] / waiting["work_share"])
    told = office[named & (office["work_low"] >= LARGE_PART) & (office["n"] >= small_cell)]
    inside = (waiting["activity"] == "") & (waiting["cause"] != "off")
    worth = told["hours_waited"] >= WORTH * waiting.loc[inside, "hours"].sum()
    for row in told[worth].itertuples(index=False):
        cause, share = said(f"waiting_{row.cause}"), Share(row.work_share)
        yield Finding(
            kind="waiting",
            subject=_subject(name, row),
            level="watch",
            says={
                "title": said("waiting_title", activity=row.activity, share=share, cause=cause),
                "criterion": said("waiting_criterion"),
                "condition": said(
                    "waiting_condition", n=row.n, whole=Number(row.hours_waited), cause=cause,
                    hours=Number(row.hours), share=share, low=Share(row.work_low),
                    high=Share(row.work_high),
                ),
                "cause": said("cause_untested"),
                "effect": said("waiting_effect", hours=Number(row.hours)),
                "action": said("waiting_action"),
            },
            value=row.work_share,
            low=row.work_low,
            high=row.work_high,
            n=int(row.n),
            p=None,
            cases=(),
            table="waiting",
            hours=float(row.hours),
        )  # fmt: skip


def _subject(name: str, row: Any) -> Subject:
    return (("log", name), ("activity", row.activity), ("cause", row.cause))


def measure(name: str, waiting: pd.DataFrame) -> Iterator[Measure]:
    """Measure which share of each step's waiting goes to each cause."""
    for row in waiting.itertuples(index=False):
        if row.activity and row.cause in TOLD_CAUSES and pd.notna(row.work_share):
            whole = row.hours / row.work_share if row.work_share else np.nan
            hours = Estimate(row.hours, whole * row.work_low, whole * row.work_high)
            share = Estimate(row.work_share, row.work_low, row.work_high)
            yield Measure(_subject(name, row), "share_of_waiting", share, int(row.n), hours=hours)


KIND = Kind("waiting", find, measure)
