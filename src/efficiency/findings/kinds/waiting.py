"""Causes that explain a large part of a step's waiting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Observed, Subject, averaged, has
from efficiency.findings.kinds.slow_step import recorded
from efficiency.findings.said import Number, Share, said

#: A cause of waiting is told from this share of the waiting within office hours.
LARGE_PART = 0.25
#: It is told of steps that make up this part of all waiting within office hours.
WORTH = 0.01
TOLD_CAUSES = ("batching", "prioritisation", "contention", "unavailability")


def find(
    name: str,
    waiting: pd.DataFrame,
    waits: pd.DataFrame,
    outside: Collection[str],
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the causes that explain a large part of a step's waiting.

    Notes
    -----
    The share is one of the waiting within office hours; its whole interval lies above a quarter.
    A step that makes up less than a hundredth of all that waiting is passed over, and so is what
    the record does not explain, a step for which the office waits for others, and one of which
    the record mostly does not say when it came: until then it may have been anywhere.
    """
    named = (waiting["activity"] != "") & waiting["cause"].isin(TOLD_CAUSES)
    named &= ~waiting["activity"].isin([*outside, *_unrecorded(waits)])
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
            theme="pace",
            concerned=int(row.n),
            step=row.activity,
        )  # fmt: skip


def _unrecorded(waits: pd.DataFrame) -> Iterator[str]:
    for activity, rows in waits.groupby("activity"):
        if 2 * len(recorded(rows)) < len(rows):
            yield str(activity)


def _subject(name: str, row: Any) -> Subject:
    return (("log", name), ("activity", row.activity), ("cause", row.cause))


def measure(name: str, waits: pd.DataFrame) -> Iterator[Measure]:
    """Measure how many hours each step waits by each cause, in the mean."""
    for activity, rows in recorded(waits).groupby("activity"):
        for cause in TOLD_CAUSES:
            hours = rows[f"{cause}_hours"].dropna()
            if len(hours) and hours.sum() > 0:
                subject = (("log", name), ("activity", str(activity)), ("cause", cause))
                whole = Estimate(float(hours.sum()), np.nan, np.nan)
                yield Measure(
                    subject, "hours_waited", averaged(hours), len(hours), unit="hours", hours=whole
                )


def observe(
    subject: Mapping[str, str], waits: pd.DataFrame, first_values: pd.DataFrame
) -> Observed | None:
    """The hours that each of the steps waited by the cause."""
    if not has(subject, "activity", "cause") or subject["cause"] not in TOLD_CAUSES:
        return None
    rows = recorded(waits[waits["activity"] == subject["activity"]])
    if rows.empty:
        return None
    seen = rows[["case_id"]].assign(
        value=rows[f"{subject['cause']}_hours"], running=False, touched=True, what="",
        known_by=pd.NaT,
    )  # fmt: skip
    whole = seen.merge(first_values, on="case_id", how="left").rename(columns={"first": "at"})
    return Observed("hours_waited", whole, unit="hours")


KIND = Kind("waiting", find, measure, observe=observe)
