"""Steps that were done more than once in a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from efficiency.facts.flows import follows_a_problem
from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Observed, Subject
from efficiency.findings.kinds.slow_step import exhibit
from efficiency.findings.rates import wilson
from efficiency.findings.said import Number, Share, said

#: What more of the cases do again is usual.
USUAL = 0.5


def find(
    name: str,
    rework: pd.DataFrame,
    steps: pd.DataFrame,
    caused: Collection[str],
    day_hours: float,
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the steps that were repeated in ``small_cell`` cases or more.

    Notes
    -----
    What only happens after another problem (it was sent back, urged, mended) is told with what
    was sent back, and is no finding of its own. What most cases do again is how the office works,
    or how the log is kept. Less than a day's work is a note.
    """
    told = _own(rework, caused)
    told = told[told["repeated_cases"] <= USUAL * told["cases"]]
    for row in told[told["repeated_cases"] >= small_cell].itertuples(index=False):
        share, low, high = wilson(row.repeated_cases, row.cases)
        times = steps[steps["activity"] == row.activity].groupby("case_id").size()
        cases = sorted(times[times > 1].items(), key=lambda pair: (-pair[1], pair[0]))
        yield Finding(
            kind="rework",
            subject=_subject(name, row.activity),
            level="watch" if row.repeated_hours >= day_hours else "note",
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
            theme="quality",
            concerned=int(row.repeated_cases),
            step=row.activity,
        )  # fmt: skip


def _own(rework: pd.DataFrame, caused: Collection[str]) -> pd.DataFrame:
    """The activities that do not only follow another problem."""
    told = rework[~rework["activity"].isin(list(caused))]
    return told[~told["activity"].map(follows_a_problem).astype(bool)]


def _subject(name: str, activity: str) -> Subject:
    return (("log", name), ("activity", activity))


def measure(name: str, rework: pd.DataFrame, caused: Collection[str]) -> Iterator[Measure]:
    """Measure the share of cases in which each step was done again."""
    for row in _own(rework, caused).itertuples(index=False):
        share = Estimate(*wilson(row.repeated_cases, row.cases))
        hours = Estimate(float(row.repeated_hours), np.nan, np.nan)
        yield Measure(
            _subject(name, row.activity), "share_repeated", share, int(row.cases), hours=hours
        )


def observe(
    subject: Mapping[str, str], steps: pd.DataFrame, first_values: pd.DataFrame
) -> Observed | None:
    """The cases in which a step was done, and whether it was done again."""
    rows = steps[steps["activity"] == subject.get("activity", "")]
    if rows.empty:
        return None
    times = rows.groupby("case_id").size()
    seen = pd.DataFrame({"case_id": times.index, "value": (times > 1).to_numpy(dtype=float)})
    seen = seen.merge(first_values, on="case_id", how="left").rename(columns={"first": "at"})
    plain = {"running": False, "touched": True, "what": "", "known_by": pd.NaT}
    return Observed("share_repeated", seen.assign(**plain))


KIND = Kind("rework", find, measure, exhibit, observe)
