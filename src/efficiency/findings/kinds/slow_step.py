"""Steps that hold work up: past a limit of their own, or, without one, by their share of time."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from efficiency.criteria.standards import Standard
from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Subject, summed
from efficiency.findings.rates import wilson
from efficiency.findings.said import Number, Said, Share, said

#: Steps are told until they carry this share of all time, and no more than so many.
PARETO, MOST_STEPS = 0.8, 5
MOST_ROWS = 5
_DECIDED = ("met", "late", "overdue")


def find(
    name: str,
    step_summary: pd.DataFrame,
    steps: pd.DataFrame,
    judgements: pd.DataFrame,
    limits: Iterable[Standard],
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the steps in which most working time goes by, and those past a limit of their own.

    Notes
    -----
    Without a limit a step is told by its share of all steps' time, until eight tenths are told.
    """
    own = own_limits(limits)
    yield from _by_share(name, step_summary, steps, own, small_cell)
    for activity, standards in own.items():
        decided = _decided(judgements, standards)
        late = decided[decided["verdict"] != "met"].sort_values(
            ["over_hours", "case_id"], ascending=[False, True]
        )
        if len(decided) >= small_cell and len(late):
            yield _past_own_limit(name, activity, standards, late, len(decided))


def own_limits(standards: Iterable[Standard]) -> dict[str, tuple[Standard, ...]]:
    """The standards of each step's own: from its arrival or start to its end."""
    own: dict[str, tuple[Standard, ...]] = {}
    for standard in standards:
        for activity in standard.ends.activities:
            if standard.begins.activities == (activity,) and standard.begins.kind != "end":
                own[activity] = (*own.get(activity, ()), standard)
    return own


def _decided(judgements: pd.DataFrame, standards: Iterable[Standard]) -> pd.DataFrame:
    judged = judgements[judgements["standard_id"].isin([s.standard_id for s in standards])]
    return judged[judged["verdict"].isin(_DECIDED)]


def _by_share(
    name: str, summary: pd.DataFrame, steps: pd.DataFrame, own: Container[str], small_cell: int
) -> Iterator[Finding]:
    before = summary["share"].cumsum() - summary["share"]
    alone = ~summary["activity"].map(lambda activity: activity in own).astype(bool)
    told = summary[(summary["n"] >= small_cell) & alone & (before < PARETO)]
    for row in told.head(MOST_STEPS).itertuples(index=False):
        yield _slow_step(name, row, steps)


def _slow_step(name: str, row: Any, steps: pd.DataFrame) -> Finding:
    here = steps[steps["activity"] == row.activity].dropna(subset=["work_hours"])
    longest = here.sort_values(["work_hours", "row"], ascending=[False, True])
    queue: Said | str = ""
    if pd.notna(row.queue_share):
        queue = said("slow_step_queue", share=Share(row.queue_share))
    return Finding(
        kind="slow_step",
        subject=_subject(name, row.activity),
        level="watch",
        says={
            "title": said("slow_step_title", activity=row.activity, share=Share(row.share)),
            "criterion": said("slow_step_criterion"),
            "condition": said(
                "slow_step_condition", n=row.n, hours=Number(row.hours),
                median=Number(row.median), p90=Number(row.p90), share=Share(row.share),
                low=Share(row.low), high=Share(row.high), queue=queue,
            ),
            **_hours_and_action(float(row.hours)),
        },
        value=row.share,
        low=row.low,
        high=row.high,
        n=row.n,
        p=None,
        cases=tuple(longest["case_id"].drop_duplicates().head(MOST_CASES)),
        table="steps",
        hours=float(row.hours),
    )  # fmt: skip


def _past_own_limit(
    name: str, activity: str, standards: tuple[Standard, ...], late: pd.DataFrame, n: int
) -> Finding:
    share, low, high = wilson(len(late), n)
    hours = late["over_hours"].sum()
    parts = list(dict.fromkeys((s.title, s.standard_id, s.text) for s in standards))
    limit = {
        key: " / ".join(texts)
        for key, texts in zip(("title", "id", "limit"), zip(*parts, strict=True), strict=True)
    }
    return Finding(
        kind="slow_step",
        subject=_subject(name, activity),
        level="watch",
        says={
            "title": said("slow_step_standard_title", activity=activity, hours=Number(hours)),
            "criterion": said("slow_step_standard_criterion", **limit),
            "condition": said(
                "slow_step_standard_condition", n=n, late=len(late), hours=Number(hours),
                share=Share(share), low=Share(low), high=Share(high),
            ),
            **_hours_and_action(float(hours)),
        },
        value=share,
        low=low,
        high=high,
        n=n,
        p=None,
        cases=tuple(late["case_id"].head(MOST_CASES)),
        table="judgements",
        hours=float(hours),
    )  # fmt: skip


def _subject(name: str, activity: str) -> Subject:
    return (("log", name), ("activity", activity))


def _hours_and_action(hours: float) -> dict[str, Said]:
    return {
        "cause": said("cause_untested"),
        "effect": said("slow_step_effect", hours=Number(hours)),
        "action": said("slow_step_action"),
    }


def measure(
    name: str,
    step_summary: pd.DataFrame,
    steps: pd.DataFrame,
    judgements: pd.DataFrame,
    limits: Iterable[Standard],
) -> Iterator[Measure]:
    """Measure steps by their own limits, or else by their share of all time."""
    own: Mapping[str, tuple[Standard, ...]] = own_limits(limits)
    for row in step_summary.itertuples(index=False):
        subject = _subject(name, row.activity)
        if row.activity not in own:
            cases = steps[steps["activity"] == row.activity].groupby("case_id")["work_hours"].sum()
            share = Estimate(row.share, row.low, row.high)
            hours = summed(cases, len(cases))
            yield Measure(subject, "share_of_time", share, int(row.n), hours=hours)
            continue
        decided = _decided(judgements, own[row.activity])
        late = decided[decided["verdict"] != "met"]
        if len(decided):
            share = Estimate(*wilson(len(late), len(decided)))
            hours = summed(late["over_hours"], len(decided))
            yield Measure(subject, "share_late", share, len(decided), hours=hours)


def exhibit(finding: Finding, steps: pd.DataFrame) -> pd.DataFrame:
    """Pick the longest steps of the finding's first cases."""
    rows = steps[steps["activity"] == finding.about("activity")]
    shown = rows[rows["case_id"].isin(finding.cases[:MOST_ROWS])].sort_values(
        ["work_hours", "case_id"], ascending=[False, True]
    )
    hours = ["queue_hours", "handling_hours", "work_hours"]
    return shown[["case_id", "row", "unit", *hours]].head(MOST_ROWS)


KIND = Kind("slow_step", find, measure, exhibit)
