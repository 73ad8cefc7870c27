"""Findings are numbered cards."""

from __future__ import annotations

from efficiency.report.blocks import Card, Report
from efficiency.report.chapters.whole import tell
from studied import FINDING, of, prose, study


def test_findings_are_numbered_cards(told: Report) -> None:
    assert of(told, Card) == [Card(FINDING, 1)]
    none = tell(study(findings=()))
    assert not of(none, Card)
    assert "The evidence supports no finding." in prose(none)
