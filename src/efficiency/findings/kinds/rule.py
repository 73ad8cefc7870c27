"""Rules of procedure that were broken, with the case that shows it best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from efficiency._doors import engine
from efficiency.criteria.rules import Rule
from efficiency.facts.events import Events
from efficiency.findings.finding import MOST_CASES, Finding, Level
from efficiency.findings.groups.outcomes import of_rule
from efficiency.findings.kind import Estimate, Kind, Measure, Observed, Subject
from efficiency.findings.rates import wilson
from efficiency.findings.rules.held import Held
from efficiency.findings.said import Asked, Said, Share, Withheld, said

#: Steps of a typical case that the report shows.
MOST_STEPS = 40


def find(
    name: str,
    rules: Sequence[Rule],
    adherence: pd.DataFrame,
    deviations: pd.DataFrame,
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the rules that were broken.

    Notes
    -----
    ``action`` where the record proves the breach and it is grave, or of medium severity and not a
    single slip (at least ``small_cell`` cases); else ``watch``: what is a sign must be looked at
    first. Rates over fewer than ``small_cell`` cases are withheld.
    """
    rows = adherence.set_index("rule_id")
    for rule in rules:
        row = rows.loc[rule.rule_id]
        if pd.notna(row["broken"]) and row["broken"] > 0:
            cases = deviations.loc[deviations["rule_id"] == rule.rule_id, "case_id"]
            yield _finding(name, rule, row, tuple(cases.head(MOST_CASES)), small_cell)


def _finding(name: str, rule: Rule, row: Any, cases: tuple[str, ...], small_cell: int) -> Finding:
    broken, pending, unknown = (int(row[part]) for part in ("broken", "pending", "undecidable"))
    decided = int(row["n"]) - pending - unknown
    enough = decided >= small_cell
    shares = {
        part: Share(row[part]) if enough else Withheld(small_cell)
        for part in ("share", "low", "high")
    }
    # Where most cases break a rule it may not be the office's: the rule is looked at first.
    doubted = enough and broken > decided / 2
    title = "breach_title_sign" if rule.is_sign else "breach_title"
    meaning: Said | str = rule.wording or said("breach_sign" if rule.is_sign else "breach_proof")
    few = "" if enough else "_few"
    return Finding(
        kind="rule",
        subject=_subject(name, rule.rule_id),
        level="watch" if doubted else _level(rule, broken, small_cell),
        says={
            "title": said(
                "breach_title_doubt" if doubted else f"{title}{few}", title=rule.title,
                broken=broken, share=shares["share"], least=small_cell,
            ),
            "criterion": said(
                "breach_criterion", title=rule.title, id=rule.rule_id, asks=Asked(rule),
                source=rule.source or "—",
            ),
            "condition": said(
                f"breach_condition{few}", n=int(row["n"]), broken=broken, pending=pending,
                undecidable=unknown, least=small_cell, **shares,
            ),
            "cause": said("breach_doubt" if doubted else "cause_untested"),
            "effect": said(
                f"breach_effect{few}", broken=broken, severity=said(f"severity_{rule.severity}"),
                meaning=meaning,
            ),
            "action": said(f"breach_action_{rule.form.remedy}"),
        },
        value=row["share"] if enough else None,
        low=row["low"] if enough else None,
        high=row["high"] if enough else None,
        n=decided,
        p=None,
        cases=cases,
        table="deviations",
        hours=0.0,
        theme=rule.theme,
        certainty=0.5 if rule.is_sign or doubted else 1.0,
        gravity={"high": 3, "medium": 2, "low": 1}[rule.severity],
        concerned=broken,
    )  # fmt: skip


def _subject(name: str, rule_id: str) -> Subject:
    return (("log", name), ("rule_id", str(rule_id)))


def _level(rule: Rule, broken: int, small_cell: int) -> Level:
    if rule.is_sign or rule.severity == "low":
        # A few slips, or signs, that are not grave stand in the annex.
        return "watch" if broken >= small_cell or rule.severity == "high" else "note"
    is_grave = rule.severity == "high" or (rule.severity == "medium" and broken >= small_cell)
    return "action" if is_grave else "watch"


def measure(name: str, adherence: pd.DataFrame) -> Iterator[Measure]:
    """Measure the share of cases that break each rule."""
    for row in adherence.itertuples(index=False):
        if pd.isna(row.broken):
            continue
        decided = int(row.n - row.pending - row.undecidable)
        if decided > 0:
            share = Estimate(*wilson(int(row.broken), decided))
            yield Measure(_subject(name, row.rule_id), "share_broken", share, decided)


def observe(
    subject: Mapping[str, str],
    log: Events,
    held: Held,
    first_values: pd.DataFrame,
) -> Observed | None:
    """The cases that a rule is about and that could be decided."""
    numbers = [at for at, rule in enumerate(held.rules) if rule.rule_id == subject.get("rule_id")]
    if not numbers or held.missing[numbers[0]]:
        return None
    rows = of_rule(log, held, numbers[0])
    seen = pd.DataFrame(
        {
            "case_id": rows["case_id"],
            "at": rows["began"],
            "value": rows["wrong"].astype(float),
            "running": False,
            "touched": True,
            "what": "",
            "known_by": pd.NaT,
        }
    )
    return Observed("share_broken", seen.merge(first_values, on="case_id", how="left"))


def exhibit(
    finding: Finding,
    deviations: pd.DataFrame,
    cases: pd.DataFrame,
    recorded: pd.DataFrame,
    cutoff: pd.Timestamp,
) -> pd.DataFrame:
    """Tell a typical case step by step; the rows that prove the breach are marked."""
    chosen = typical_case(deviations, cases, finding.about("rule_id"))
    steps = engine.rows_with(recorded, "case_id", [chosen["case_id"]])
    seen = steps[["received", "start", "end"]].le(cutoff)
    steps = steps[seen.any(axis=1)].assign(end=steps["end"].where(seen["end"]))
    ordered = steps.sort_values(["end", "row"], kind="stable", na_position="last")
    proof = set(chosen["rows"].split(";"))
    shown = ordered[["row", "activity", "unit", "actor", "received", "end"]].head(MOST_STEPS)
    marks = shown["row"].astype(str).isin(proof).map({True: "●", False: ""})
    told = shown.assign(proof=marks, case_id=chosen["case_id"], detail=chosen["detail"])
    return told[["proof", *shown.columns, "case_id", "detail"]].reset_index(drop=True)


def typical_case(deviations: pd.DataFrame, cases: pd.DataFrame, rule_id: str) -> pd.Series:
    """
    The case that shows best how a rule is broken: one of middling length.

    Parameters
    ----------
    deviations
        ``tables.DEVIATIONS``.
    cases
        ``tables.CASES``.
    rule_id
        A rule that was broken.

    Returns
    -------
    Series
        Its row of ``deviations``.
    """
    broken = deviations[deviations["rule_id"] == rule_id].merge(
        cases[["case_id", "steps"]], on="case_id", how="left"
    )
    ordered = broken.sort_values(["steps", "case_id"]).reset_index(drop=True)
    return ordered.iloc[(len(ordered) - 1) // 2]


KIND = Kind("rule", find, measure, exhibit, observe, flows=False)
