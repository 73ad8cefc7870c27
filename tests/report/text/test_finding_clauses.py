"""Each kind of finding in one clause of the main text: its figures are those of its table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from efficiency.criteria.rules import Rule
from efficiency.findings.kinds import KINDS
from efficiency.language import Language
from efficiency.report.blocks import read
from efficiency.report.chapters.annexes.procedure import Procedure
from efficiency.report.material import Material
from efficiency.report.numbers import Bound
from efficiency.report.telling import ToldFinding
from efficiency.report.text.finding_clauses import change_sentence, clause, name_of, time_words
from efficiency.words import PHRASES
from small_review import WORDS
from studied import found, log_study, study

LOG = {"log": "incoming"}
GROUP = {**LOG, "attribute": "unit", "value": "Desk 7", "measure": "desk", "activity": "draft"}
COMPARISONS = pd.DataFrame(
    [
        {**GROUP, "ratio": 1.18, "ratio_low": 1.06, "ratio_high": 1.31, "hours": 19128.3,
         "held_equal": "activity; 文种"},
        {**GROUP, "measure": "handling", "ratio": 1.5, "ratio_low": 1.2, "ratio_high": 2.0,
         "hours": 35.25, "held_equal": ""},
        {**GROUP, "activity": "", "measure": "case", "ratio": 2.0, "ratio_low": 1.5,
         "ratio_high": 2.5, "hours": 99.9, "held_equal": ""},
    ]
)  # fmt: skip
CHANGES = pd.DataFrame(
    [
        {**LOG, "measure": "case", "kind": "reform", "at": pd.Timestamp("2024-07-01"),
         "title": "No more meetings", "median_before_hours": 33.9, "median_after_hours": 30.3,
         "difference_hours": -3.6, "difference_low": -5.0, "difference_high": -2.0},
        {**LOG, "measure": "draft", "kind": "found", "at": pd.Timestamp("2024-03-04"),
         "title": "", "median_before_hours": 2.0, "median_after_hours": 3.0,
         "difference_hours": 1.0, "difference_low": 0.5, "difference_high": 1.5},
    ]
)  # fmt: skip
TABLES = {
    "comparisons": COMPARISONS,
    "changes": CHANGES,
    "shares": pd.DataFrame(
        [{**LOG, "measure": name, "attribute": "unit", "value": "Desk 7", "compared": 807,
          "compared_k": 97, "share": 0.12, "expected": 0.08} for name in ("late", "rework", "breach")]
    ),
    "awaited": pd.DataFrame([{**LOG, "activity": "draft", "hours": 12345.0, "share": 0.44}]),
    "rework": pd.DataFrame(
        [{**LOG, "activity": "draft", "repeated_cases": 11, "repeated_hours": 6.04}]
    ),
    "balance": pd.DataFrame(
        [{**LOG, "unit": "Desk 7", "arrivals": 1234, "completions": 1049, "open": 196}]
    ),
}  # fmt: skip
#: A finding of each kind that has a clause of its own, but for a standard.
GROUP_FOUND = found("slow_group", attribute="unit", value_="x")


def group(ratio: float, **subject: str) -> ToldFinding:
    parts = {"attribute": "unit", **subject}
    one = found("slow_group", **parts)
    return with_subject(one, value="Desk 7", ratio=ratio)


def with_subject(one: ToldFinding, ratio: float, **more: str) -> ToldFinding:
    """A finding has a value of its own beside the one in its subject."""
    from dataclasses import replace

    subject = (*one.finding.subject, *more.items())
    return replace(one, finding=replace(one.finding, subject=subject, value=ratio))
