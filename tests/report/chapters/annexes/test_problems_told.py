"""Findings are numbered cards."""

from __future__ import annotations

import pandas as pd

from efficiency.report.blocks import Card, Heading, Note, Report
from studied import FINDING, annexes, of, prose, study


def test_findings_are_numbered_cards(told: Report) -> None:
    assert of(told, Card) == [Card(FINDING, 1)]
    none = annexes(study(findings=()))
    assert not of(none, Card)
    assert "The evidence supports no finding." in prose(none)


def test_what_was_set_aside_comes_last_with_its_reason() -> None:
    """And keeps its card: nothing that was found is lost."""
    report = annexes(study(set_aside={FINDING.id: "agreed with the office"}))
    assert of(report, Card) == [Card(FINDING, 1)]
    assert Heading("Looked at and set aside", 3) in report.blocks
    assert Note("'A title' was set aside: agreed with the office") in report.blocks


def test_what_was_set_aside_without_a_reason_says_so() -> None:
    report = annexes(study(set_aside={FINDING.id: ""}))
    assert Note("'A title' was set aside: no reason was given") in report.blocks


def test_evidence_without_a_row_is_no_table() -> None:
    none = pd.DataFrame({"case_id": pd.Series(dtype=str)})
    report = annexes(study(evidence={FINDING.id: none}))
    assert of(report, Card) == [Card(FINDING, 1)]
