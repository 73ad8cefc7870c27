"""The ways through and the times, from small tables."""

from __future__ import annotations

import pandas as pd

from efficiency.report.blocks import Heading, Picture, Report
from efficiency.report.text.teller import LogWords
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


def test_when_work_was_done_is_drawn_where_it_is_known() -> None:
    """Two pictures, by the title of the log; nothing where no step followed another."""
    day = pd.Timestamp("2024-03-04")
    dots = pd.DataFrame({"place": [1], "activity": "in", "day": day, "after": 0, "steps": 1})
    passed = pd.DataFrame(
        {"rank": [1], "source": "in", "target": "out", "left": day, "arrived": day,
         "quarter": 1, "steps": 1}
    )  # fmt: skip
    log = log_study(dots=dots, spectrum=passed, words=LogWords("letters received", "", ""))
    report = annexes(study(logs=(log,)))
    captions = [
        p.caption
        for p in of(report, Picture)
        if "when each" in p.caption or "passages" in p.caption
    ]
    assert [caption.split(":")[0] for caption in captions] == ["letters received"] * 2
    assert Heading("When work was done", 3) in report.blocks
    assert Heading("When work was done", 3) not in annexes(study()).blocks


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
