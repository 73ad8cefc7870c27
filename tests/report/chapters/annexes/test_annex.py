"""The annex holds what was decided."""

from __future__ import annotations

from efficiency.report.blocks import Report
from studied import table


def test_the_annex_holds_hours_and_standards(told: Report) -> None:
    hours = table(told, "Office hours")
    assert list(hours.values()) == [["—"], ["08:30–12:00、14:30–18:00"]] or list(
        hours.values()
    ) == [["—"], ["08:30–12:00, 14:30–18:00"]]
    full = table(told, "The standards in full")
    assert full["limit"] == ["30 minutes", "2 hours"]
    assert full["scope"] == ["", ""]
