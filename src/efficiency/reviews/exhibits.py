"""The rows that show a finding best, as they stand in the record."""

from __future__ import annotations

import pandas as pd

from efficiency.findings.breaches import typical_case
from efficiency.findings.finding import Finding
from efficiency.reviews.inputs import Inputs

#: Rows that the report shows under a finding, and steps of a typical case.
MOST_ROWS, MOST_STEPS = 5, 40
#: Findings on single cases; the others are told by a table of their own.
_OF_CASES = ("standard", "rule", "slow_step", "rework")


def exhibit(
    finding: Finding, found: dict[str, pd.DataFrame], inputs: Inputs
) -> pd.DataFrame | None:
    """
    Pick the rows that show a finding best: the worst of its first cases, or a typical case.

    Parameters
    ----------
    finding
        The finding.
    found
        The review's tables.
    inputs
        What the review reads.

    Returns
    -------
    DataFrame or None
        None for findings that rest on all cases together.
    """
    if finding.kind not in _OF_CASES:
        return None
    subject, cases = dict(finding.subject), finding.cases[:MOST_ROWS]
    if "rule_id" in subject:
        return _typical(subject["rule_id"], found, inputs)
    if "standard_id" in subject:
        rows = found["judgements"]
        rows = rows[rows["standard_id"] == subject["standard_id"]]
        columns, worst = ["case_id", "from_time", "due", "to_time", "over_hours"], "over_hours"
    else:
        rows = found["steps"]
        rows = rows[(rows["log"] == subject["log"]) & (rows["activity"] == subject["activity"])]
        hours = ["queue_hours", "handling_hours", "work_hours"]
        columns, worst = ["case_id", "row", "unit", *hours], "work_hours"
    shown = rows[rows["case_id"].isin(cases)].sort_values(
        [worst, "case_id"], ascending=[False, True]
    )
    return shown[columns].head(MOST_ROWS)


def _typical(rule_id: str, found: dict[str, pd.DataFrame], inputs: Inputs) -> pd.DataFrame:
    """Tell a typical case step by step; the rows that prove the breach are marked."""
    chosen = typical_case(found["deviations"], found["cases"], rule_id)
    log = inputs.records[chosen["log"]].log
    steps = log[log["case_id"] == chosen["case_id"]]
    seen = steps[["received", "start", "end"]].le(inputs.cutoff)
    steps = steps[seen.any(axis=1)].assign(end=steps["end"].where(seen["end"]))
    ordered = steps.sort_values(["end", "row"], kind="stable", na_position="last")
    proof = set(chosen["rows"].split(";"))
    shown = ordered[["row", "activity", "unit", "actor", "received", "end"]].head(MOST_STEPS)
    marks = shown["row"].astype(str).isin(proof).map({True: "●", False: ""})
    told = shown.assign(proof=marks, case_id=chosen["case_id"], detail=chosen["detail"])
    return told[["proof", *shown.columns, "case_id", "detail"]]
