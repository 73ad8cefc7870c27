"""Steps that hold work up: past a limit of their own, or, without one, waited for most."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.criteria.standards import Standard
from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kind import (
    Estimate,
    Kind,
    Measure,
    Observed,
    Subject,
    averaged,
    has,
    summed,
)
from efficiency.findings.rates import Z, wilson
from efficiency.findings.said import Number, Said, Share, said

#: A step without a limit is told where at least this part of all waiting is for it.
LARGE_PART = 0.25
#: What must not have been assumed of a step (see `waits`) whose waiting is to be evidence.
ASSUMED = "received"
MOST_ROWS = 5
_DECIDED = ("met", "late", "overdue")


def find(
    name: str,
    awaited: pd.DataFrame,
    judgements: pd.DataFrame,
    limits: Iterable[Standard],
    outside: Collection[str],
    closers: Collection[str],
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the steps past a limit of their own, and those that work waits for most.

    Notes
    -----
    That a step takes long is no finding. Without a limit of its own it is one where a quarter of
    all waiting in office hours is waiting for it, the whole interval being above that, and its
    arrivals are on record. What a case waits for others to do is nobody's here, and nobody waits
    for what is done when a case is closed.
    """
    own = own_limits(limits)
    passed = {*own, *outside, *closers}
    yield from _by_waiting(name, awaited, passed, small_cell)
    for activity, standards in own.items():
        decided = _decided(judgements, standards)
        late = decided[decided["verdict"] != "met"].sort_values(
            ["over_hours", "case_id"], ascending=[False, True]
        )
        if len(decided) >= small_cell and len(late):
            yield _past_own_limit(name, activity, standards, late, len(decided))


def waiting_shares(waits: pd.DataFrame) -> pd.DataFrame:
    """
    Which part of all waiting in office hours is waiting for each step.

    Parameters
    ----------
    waits
        ``tables.WAITS``.

    Returns
    -------
    DataFrame
        ``tables.AWAITED``, most hours first. The interval is that of a ratio of sums over cases.

    Notes
    -----
    Only steps count of which the record says when they came: before that the case may have been
    anywhere.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "case_id": list("ab"), "activity": ["拟办", "批示"], "hours": [3.0, 1.0],
    ...     "off_hours": [0.0, 0.0], "assumed": ["", ""],
    ... })
    >>> waiting_shares(waits)[["activity", "hours", "share"]].values.tolist()
    [['拟办', 3.0, 0.75], ['批示', 1.0, 0.25]]
    """
    known = recorded(waits)
    inside = (known["hours"] - known["off_hours"]).clip(lower=0)
    known = known.assign(inside=inside).dropna(subset=["inside"])
    whole = known.groupby("case_id")["inside"].sum()
    total, rows = float(whole.sum()), []
    for activity, part in known.groupby("activity"):
        mine = part.groupby("case_id")["inside"].sum().reindex(whole.index, fill_value=0.0)
        share = float(mine.sum()) / total if total else float("nan")
        scale = len(whole) / max(len(whole) - 1, 1)
        error = float(np.sqrt(scale * ((mine - share * whole) ** 2).sum())) / total if total else 0
        ends = (max(share - Z * error, 0.0), min(share + Z * error, 1.0))
        rows.append((activity, len(part), float(part["inside"].sum()), share, *ends))
    table = pd.DataFrame(rows, columns=tables.AWAITED.names) if rows else tables.AWAITED.empty()
    return tables.AWAITED.check(
        table.sort_values(["hours", "activity"], ascending=[False, True], ignore_index=True)
    )


def recorded(waits: pd.DataFrame) -> pd.DataFrame:
    """The steps of which the record says when they came to their desk."""
    said = waits["assumed"].fillna("").astype(str)
    return waits[~said.map(lambda codes: ASSUMED in codes.split()).astype(bool)]


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


def _by_waiting(
    name: str, shares: pd.DataFrame, passed: Container[str], small_cell: int
) -> Iterator[Finding]:
    alone = ~shares["activity"].map(lambda activity: activity in passed).astype(bool)
    told = shares[(shares["n"] >= small_cell) & alone & (shares["low"] >= LARGE_PART)]
    for row in told.itertuples(index=False):
        yield _slow_step(name, row)


def _slow_step(name: str, row: Any) -> Finding:
    return Finding(
        kind="slow_step",
        subject=_subject(name, row.activity),
        level="watch",
        says={
            "title": said("slow_step_title", activity=row.activity, share=Share(row.share)),
            "criterion": said("slow_step_criterion"),
            "condition": said(
                "slow_step_condition", n=row.n, hours=Number(row.hours), share=Share(row.share),
                low=Share(row.low), high=Share(row.high), each=Number(row.hours / row.n, 2),
            ),
            **_hours_and_action(float(row.hours)),
        },
        value=row.share,
        low=row.low,
        high=row.high,
        n=int(row.n),
        p=None,
        cases=(),
        table="awaited",
        hours=float(row.hours),
        theme="pace",
        concerned=int(row.n),
        step=row.activity,
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
        theme="pace",
        concerned=len(late),
        step=activity,
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
    waits: pd.DataFrame,
    judgements: pd.DataFrame,
    limits: Iterable[Standard],
    outside: Collection[str],
    closers: Collection[str],
) -> Iterator[Measure]:
    """Measure steps by their own limits, or else by the hours that each is waited for."""
    own: Mapping[str, tuple[Standard, ...]] = own_limits(limits)
    for activity, rows in recorded(waits).groupby("activity"):
        if activity not in {*own, *outside, *closers}:
            inside = (rows["hours"] - rows["off_hours"]).clip(lower=0).dropna()
            subject, hours = _subject(name, str(activity)), summed(inside, len(inside))
            yield Measure(
                subject, "hours_waited", averaged(inside), len(inside), unit="hours", hours=hours
            )
    for activity, standards in own.items():
        decided = _decided(judgements, standards)
        late = decided[decided["verdict"] != "met"]
        if len(decided):
            share = Estimate(*wilson(len(late), len(decided)))
            hours = summed(late["over_hours"], len(decided))
            yield Measure(_subject(name, activity), "share_late", share, len(decided), hours=hours)


def observe(
    subject: Mapping[str, str],
    waits: pd.DataFrame,
    judgements: pd.DataFrame,
    limits: Iterable[Standard],
    first_values: pd.DataFrame,
) -> Observed | None:
    """The clocks of a step's own limit, or the hours that each step was waited for."""
    if not has(subject, "activity"):
        return None
    activity = subject["activity"]
    plain = {"running": False, "touched": True, "what": ""}
    own = own_limits(limits)
    if activity in own:
        rows = _decided(judgements, own[activity])
        seen = rows[["case_id"]].assign(
            at=rows["from_time"], value=(rows["verdict"] != "met").astype(float),
            known_by=rows["due"], **plain,
        )  # fmt: skip
        measured, unit = "share_late", "share"
    else:
        rows = recorded(waits[waits["activity"] == activity])
        inside = (rows["hours"] - rows["off_hours"]).clip(lower=0)
        seen = rows[["case_id"]].assign(value=inside, known_by=pd.NaT, **plain)
        measured, unit = "hours_waited", "hours"
    if seen.empty:
        return None
    whole = seen.merge(first_values, on="case_id", how="left")
    whole = whole if "at" in whole else whole.rename(columns={"first": "at"})
    return Observed(measured, whole, unit=unit)  # type: ignore[arg-type]


def exhibit(finding: Finding, steps: pd.DataFrame) -> pd.DataFrame:
    """Pick the longest steps of the finding's first cases."""
    rows = steps[steps["activity"] == finding.about("activity")]
    shown = rows[rows["case_id"].isin(finding.cases[:MOST_ROWS])].sort_values(
        ["work_hours", "case_id"], ascending=[False, True]
    )
    hours = ["queue_hours", "handling_hours", "work_hours"]
    return shown[["case_id", "row", "unit", *hours]].head(MOST_ROWS)


KIND = Kind("slow_step", find, measure, exhibit, observe)
