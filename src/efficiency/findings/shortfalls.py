"""The findings of this review: standards missed, steps that hold work up, work done again."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from efficiency.criteria.standards import Standard
from efficiency.findings.finding import Finding
from efficiency.findings.standards.compliance import wilson
from efficiency.language import Language
from efficiency.words import number, percent, phrase

MOST_CASES = 20
#: Steps are told until they carry this share of all time, and no more than so many.
PARETO, MOST_STEPS = 0.8, 5


def standard_findings(
    judgements: pd.DataFrame,
    compliance: pd.DataFrame,
    standards: pd.DataFrame,
    language: Language,
    small_cell: int = 5,
) -> Iterator[Finding]:
    """
    Find the standards that were not kept.

    Parameters
    ----------
    judgements, compliance, standards
        The tables of these names.
    language
        The language of the texts.
    small_cell
        Rates over fewer cases are no finding.

    Notes
    -----
    ``action`` where the whole interval lies below the target, ``watch`` where only the share does.
    """
    said = standards.drop_duplicates("standard_id", keep="last").set_index("standard_id")
    for row in compliance.itertuples(index=False):
        decided = row.met + row.late + row.overdue
        if pd.isna(row.target) or decided < small_cell or not row.share < row.target:
            continue
        over = judgements[
            (judgements["standard_id"] == row.standard_id)
            & judgements["verdict"].isin(["late", "overdue"])
        ].sort_values(["over_hours", "case_id"], ascending=[False, True])
        yield _standard_finding(row, decided, over, said.loc[row.standard_id], language)


def _standard_finding(
    row: Any, decided: int, over: pd.DataFrame, said: pd.Series, language: Language
) -> Finding:
    hours = over["over_hours"]
    numbers = {
        "n": decided,
        "share": percent(row.share),
        "low": percent(row.low),
        "high": percent(row.high),
        **{name: getattr(row, name) for name in (
            "met", "late", "overdue", "pending", "suspended", "undecidable"
        )},
    }  # fmt: skip
    return Finding(
        kind="standard",
        subject=(("standard_id", row.standard_id),),
        level="action" if row.high < row.target else "watch",
        title=phrase(
            "standard_title", language, title=_title(said), share=percent(row.share),
            target=percent(row.target),
        ),
        criterion=phrase("standard_criterion", language, **_limit_of(said, row, language)),
        condition=phrase("standard_condition", language, **numbers),
        cause=phrase("cause_untested", language),
        effect=phrase(
            "standard_effect", language, hours=number(hours.sum()), median=number(hours.median())
        ),
        action=phrase("standard_action", language),
        value=row.share,
        low=row.low,
        high=row.high,
        n=decided,
        p=None,
        cases=tuple(over["case_id"].head(MOST_CASES)),
        table="judgements",
        hours=float(hours.sum()),
    )  # fmt: skip


def _title(said: pd.Series) -> str:
    return str(said.get("title") or said.name)


def _limit_of(said: pd.Series, row: Any, language: Language) -> dict[str, str]:
    clock = str(said.get("clock") or "")
    return {
        "title": _title(said),
        "id": row.standard_id,
        "begins": said["from"],
        "ends": said["to"],
        "limit": said["limit"],
        "clock": phrase(f"clock_{clock}", language) if clock in {"working", "elapsed"} else "",
        "target": percent(row.target),
        "source": str(said.get("source") or "—"),
    }


def slow_step_findings(
    log: str,
    summary: pd.DataFrame,
    steps: pd.DataFrame,
    own: Container[str],
    language: Language,
    small_cell: int = 5,
) -> Iterator[Finding]:
    """
    Find the steps in which most working time goes by.

    Parameters
    ----------
    log
        The log's name.
    summary
        As `step_summary` gives it.
    steps
        The table of this name.
    own
        Activities with a limit of their own, which `own_limit_findings` tells.
    language
        The language of the texts.
    small_cell
        Steps taken fewer times are no finding.

    Notes
    -----
    Told by their share of all steps' time, until eight tenths are told.
    """
    before = summary["share"].cumsum() - summary["share"]
    alone = ~summary["activity"].map(lambda activity: activity in own).astype(bool)
    told = summary[(summary["n"] >= small_cell) & alone & (before < PARETO)]
    for row in told.head(MOST_STEPS).itertuples(index=False):
        yield _slow_step(log, row, steps, language)


def own_limits(standards: Iterable[Standard]) -> dict[str, tuple[Standard, ...]]:
    """Give the standards of each step's own: from its arrival or start to its end."""
    own: dict[str, tuple[Standard, ...]] = {}
    for standard in standards:
        for activity in standard.ends.activities:
            if standard.begins.activities == (activity,) and standard.begins.kind != "end":
                own[activity] = (*own.get(activity, ()), standard)
    return own


def own_limit_findings(
    log: str,
    own: Mapping[str, tuple[Standard, ...]],
    judgements: pd.DataFrame,
    language: Language,
    small_cell: int = 5,
) -> Iterator[Finding]:
    """
    Find the steps that run past a limit of their own.

    Parameters
    ----------
    log
        The log's name.
    own
        As `own_limits` gives them.
    judgements
        The table of this name.
    language
        The language of the texts.
    small_cell
        Rates over fewer cases are no finding.
    """
    for activity, standards in own.items():
        ids = [standard.standard_id for standard in standards]
        judged = judgements[judgements["standard_id"].isin(ids)]
        decided = judged[judged["verdict"].isin(["met", "late", "overdue"])]
        late = decided[decided["verdict"] != "met"].sort_values(
            ["over_hours", "case_id"], ascending=[False, True]
        )
        if len(decided) >= small_cell and len(late):
            yield _past_own_limit(log, activity, standards, (late, len(decided)), language)


def _slow_step(log: str, row: Any, steps: pd.DataFrame, language: Language) -> Finding:
    here = steps[steps["activity"] == row.activity].dropna(subset=["work_hours"])
    longest = here.sort_values(["work_hours", "row"], ascending=[False, True])
    queue = ""
    if pd.notna(row.queue_share):
        queue = phrase("slow_step_queue", language, share=percent(row.queue_share))
    return Finding(
        kind="slow_step",
        subject=(("log", log), ("activity", row.activity)),
        level="watch",
        title=phrase("slow_step_title", language, activity=row.activity, share=percent(row.share)),
        criterion=phrase("slow_step_criterion", language),
        condition=phrase(
            "slow_step_condition", language, n=row.n, hours=number(row.hours),
            median=number(row.median), p90=number(row.p90), share=percent(row.share),
            low=percent(row.low), high=percent(row.high), queue=queue,
        ),
        cause=phrase("cause_untested", language),
        effect=phrase("slow_step_effect", language, hours=number(row.hours)),
        action=phrase("slow_step_action", language),
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
    log: str,
    activity: str,
    standards: tuple[Standard, ...],
    counted: tuple[pd.DataFrame, int],
    language: Language,
) -> Finding:
    late, n = counted
    share, low, high = wilson(len(late), n)
    hours = late["over_hours"].sum()
    said = list(dict.fromkeys((s.title, s.standard_id, s.text) for s in standards))
    limit = {
        name: " / ".join(parts)
        for name, parts in zip(("title", "id", "limit"), zip(*said, strict=True), strict=True)
    }
    return Finding(
        kind="slow_step",
        subject=(("log", log), ("activity", activity)),
        level="watch",
        title=phrase(
            "slow_step_standard_title", language, activity=activity, hours=number(hours)
        ),
        criterion=phrase("slow_step_standard_criterion", language, **limit),
        condition=phrase(
            "slow_step_standard_condition", language, n=n, late=len(late),
            hours=number(hours), share=percent(share), low=percent(low), high=percent(high),
        ),
        cause=phrase("cause_untested", language),
        effect=phrase("slow_step_effect", language, hours=number(hours)),
        action=phrase("slow_step_action", language),
        value=share,
        low=low,
        high=high,
        n=n,
        p=None,
        cases=tuple(late["case_id"].head(MOST_CASES)),
        table="judgements",
        hours=float(hours),
    )  # fmt: skip


def rework_findings(
    log: str,
    rework: pd.DataFrame,
    steps: pd.DataFrame,
    language: Language,
    small_cell: int = 5,
) -> Iterator[Finding]:
    """
    Find the steps that were done more than once in a case.

    Parameters
    ----------
    log
        The log's name.
    rework
        As `flows.rework` gives it.
    steps
        ``tables.STEPS``, for the cases.
    language
        The language of the texts.
    small_cell
        Fewer repeated cases are no finding.
    """
    for row in rework[rework["repeated_cases"] >= small_cell].itertuples(index=False):
        share, low, high = wilson(row.repeated_cases, row.cases)
        here = steps[(steps["activity"] == row.activity)]
        times = here.groupby("case_id").size()
        cases = sorted(times[times > 1].items(), key=lambda pair: (-pair[1], pair[0]))
        yield Finding(
            kind="rework",
            subject=(("log", log), ("activity", row.activity)),
            level="watch",
            title=phrase("rework_title", language, activity=row.activity, share=percent(share)),
            criterion=phrase("rework_criterion", language),
            condition=phrase(
                "rework_condition", language, n=row.cases, k=row.repeated_cases,
                repetitions=row.repetitions, loops=row.self_loops, share=percent(share),
                low=percent(low), high=percent(high),
            ),
            cause=phrase("cause_untested", language),
            effect=phrase("rework_effect", language, hours=number(row.repeated_hours)),
            action=phrase("rework_action", language),
            value=share,
            low=low,
            high=high,
            n=int(row.cases),
            p=None,
            cases=tuple(str(case) for case, _ in cases[:MOST_CASES]),
            table="rework",
            hours=float(row.repeated_hours),
        )  # fmt: skip
