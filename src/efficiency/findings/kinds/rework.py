"""Steps that were done more than once in a case."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject
from efficiency.findings.kinds.slow_step import exhibit
from efficiency.findings.rates import wilson
from efficiency.findings.said import Number, Share, said


def find(
    name: str, rework: pd.DataFrame, steps: pd.DataFrame, small_cell: int
) -> Iterator[Finding]:
    """Find the steps that were repeated in ``small_cell`` cases or more."""
    for row in rework[rework["repeated_cases"] >= small_cell].itertuples(index=False):
        share, low, high = wilson(row.repeated_cases, row.cases)
        times = steps[steps["activity"] == row.activity].groupby("case_id").size()
        cases = sorted(times[times > 1].items(), key=lambda pair: (-pair[1], pair[0]))
        yield Finding(
            kind="rework",
            subject=_subject(name, row.activity),
            level="watch",
            says={
                "title": said("rework_title", activity=row.activity, share=Share(share)),
                "criterion": said("rework_criterion"),
                "condition": said(
                    "rework_condition", n=row.cases, k=row.repeated_cases,
                    repetitions=row.repetitions, loops=row.self_loops, share=Share(share),
                    low=Share(low), high=Share(high),
                ),
                "cause": said("cause_untested"),
                "effect": said("rework_effect", hours=Number(row.repeated_hours)),
                "action": said("rework_action"),
            },
            value=share,
            low=low,
            high=high,
            n=int(row.cases),
            p=None,
            cases=tuple(str(case) for case, _ in cases[:MOST_CASES]),
            table="rework",
            hours=float(row.repeated_hours),
        )  # fmt: skip


def _subject(name: str, activity: str) -> Subject:
    return (("log", name), ("activity", activity))


def measure(name: str, rework: pd.DataFrame) -> Iterator[Measure]:
    """Measure the share of cases in which each step was done again."""
    for row in rework.itertuples(index=False):
        share = Estimate(*wilson(row.repeated_cases, row.cases))
        hours = Estimate(float(row.repeated_hours), np.nan, np.nan)
        yield Measure(
            _subject(name, row.activity), "share_repeated", share, int(row.cases), hours=hours
        )


KIND = Kind("rework", find, measure, exhibit)
