"""What the study rests on, from small tables."""

from __future__ import annotations

from dataclasses import replace

from efficiency.criteria.calendar import Calendar
from efficiency.report.blocks import Note, Picture, Report
from studied import annexes, log_study, of, prose, study, table


def test_the_basis_gives_the_counts(told: Report) -> None:
    text = prose(told)
    assert "2024-12-31 18:00: 1,010 cases with 1,290 steps, of which 3 cases" in text
    assert "from 2024-01-01 to 2024-12-31" in text
    assert "Of 1,300 rows 1,290 were accepted and 10 rejected; 4 values" in text
    # Of T1 and T2 the first alone has a target.
    assert (
        "Time limits with a target: 1, of which 0 met and 1 missed; there are 1 findings, 0" in text
    )
    overview = table(told, "The logs")
    assert overview["encoding"] == ["gb18030"]
    assert (overview["first"], overview["last"]) == (["2024-01-02"], ["2024-12-30"])
    assert Note("Mind the gap.") in told.blocks


def test_doubts_are_told_in_words(told: Report) -> None:
    doubts = table(told, "Doubts")
    assert doubts["check"] == ["missing"]
    assert doubts["share"] == ["0.5%"]
    assert doubts["source rows"] == ["1, 2, 3"]


def test_several_logs_are_told_one_after_the_other() -> None:
    report = annexes(study(logs=(log_study("incoming"), log_study("outgoing"))))
    assert "2,020 cases with 2,580 steps, of which 6" in prose(report)
    assert table(report, "The logs")["log"] == ["incoming", "outgoing"]
    assert [p.caption.split(":")[0] for p in of(report, Picture) if "map" in p.caption] == [
        "incoming",
        "outgoing",
    ]


def test_another_calendar_is_named() -> None:
    assert "public holidays of NL" in prose(
        annexes(study(calendar=replace(Calendar(), region="NL")))
    )
