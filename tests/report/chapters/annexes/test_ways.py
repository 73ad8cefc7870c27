"""The ways through and the times, from small tables."""

from __future__ import annotations

from efficiency.report.blocks import Picture, Report
from studied import annexes, log_study, of, prose, study, table


def test_the_ways_through(told: Report) -> None:
    """The first covers 60 %, with the second 89 %: two are needed for eight in ten."""
    assert "There are 3 variants; the most frequent takes 60.0%" in prose(told)
    assert "and 2 are needed" in prose(told)
    ways = table(told, "most frequent variants")
    assert ways["variant"] == ["in → out", "in", "(no done step yet)"]
    assert ways["share"] == ["60.0%", "29.0%", "11.0%"]


def test_the_times(told: Report) -> None:
    assert "Half of the cases were done within 12.0 working hours." in prose(told)
    assert "Nine in ten were done within 88.0 working hours." in prose(told)
    steps = table(told, "working hours by step")
    assert (steps["median"], steps["total"], steps["median queue"]) == (["2.5"], ["2,400.0"], ["—"])


def test_a_share_that_was_never_reached_is_said_so() -> None:
    slow = log_study(completed=log_study().completed.head(1))
    assert "the share done had not reached 50%" in prose(annexes(study(logs=(slow,))))


def test_a_log_in_which_nothing_was_done() -> None:
    log = log_study()
    bare = log_study(
        edges=log.edges.iloc[:0], completed=log.completed.iloc[:0], summary=log.summary.iloc[:0],
        quality=log.quality.iloc[:0], ends=log.ends.iloc[:0],
    )  # fmt: skip
    report = annexes(study(logs=(bare,)))
    assert "Nothing doubtful was found." in prose(report)
    assert len(of(report, Picture)) == 2  # the volume and the standards
