"""Findings are numbered cards."""

from __future__ import annotations

from efficiency.report.blocks import Card, Report
from studied import FINDING, annexes, of, prose, study


def test_findings_are_numbered_cards(told: Report) -> None:
    assert of(told, Card) == [Card(FINDING, 1)]
    none = annexes(study(findings=()))
    assert not of(none, Card)
    assert "The evidence supports no finding." in prose(none)
