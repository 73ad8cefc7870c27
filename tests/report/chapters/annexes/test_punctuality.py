"""Times against the standards, from small tables."""

from __future__ import annotations

from efficiency.report.blocks import Grid, Picture, Report
from studied import COMPLIANCE, STANDARDS, annexes, of, prose, study, table


def test_rates_over_few_cases_are_withheld(told: Report) -> None:
    """T1 rests on 8 decided cases, T2 on 4: neither its rate nor its counts are shown."""
    rates = table(told, "The standards$")
    assert rates["share"] == ["75.0%", "<5, withheld"]
    assert rates["95% interval"] == ["40.9% to 92.9%", "<5, withheld"]
    assert rates["met"] == ["6", "<5, withheld"]
    assert rates["target"] == ["90.0%", "—"]
    assert rates["standard"] == ["quick", "slow"]
    picture = next(p for p in of(told, Picture) if p.caption.startswith("Share met"))
    open_handed = annexes(study(small_cell=4))
    assert table(open_handed, "The standards$")["share"] == ["75.0%", "25.0%"]
    more = next(p for p in of(open_handed, Picture) if p.caption.startswith("Share met"))
    assert len(more.svg) > len(picture.svg)


def test_where_every_rate_is_withheld_there_is_no_picture() -> None:
    pictures = of(annexes(study(small_cell=50)), Picture)
    assert not [p for p in pictures if p.caption.startswith("Share met")]


def test_without_standards_the_report_describes_only() -> None:
    none = annexes(study(standards=STANDARDS.iloc[:0], compliance=COMPLIANCE.iloc[:0], findings=()))
    assert "No standards were given" in prose(none)
    assert not [grid for grid in of(none, Grid) if "standards" in grid.caption.lower()]
