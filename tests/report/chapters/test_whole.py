"""The chapters tell what the tables hold: no number of their own, small cells withheld."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from efficiency.criteria.calendar import Calendar
from efficiency.findings.finding import Finding
from efficiency.report.blocks import Block, Card, Grid, Heading, Note, Picture, Report, Text
from efficiency.report.chapters.reasons import Causes
from efficiency.report.chapters.whole import tell
from efficiency.report.material import LogMaterial, Material
from efficiency.report.telling import ToldFinding

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def log_study(name: str = "incoming", **changes: Any) -> LogMaterial:
    """Make a log of three ways through, ten cases, two activities."""
    plain: dict[str, Any] = {
        "name": name,
        "file": "incoming.csv",
        "encoding": "gb18030",
        "counts": {"rows": 1300, "accepted": 1290, "rejected": 10, "changed": 4, "cases": 1010,
                   "steps": 1290, "open": 3},
        "first": pd.Timestamp("2024-01-02 09:00"),
        "last": pd.Timestamp("2024-12-30 17:00"),
        "quality": pd.DataFrame(
            {"check": ["missing"], "detail": ["actor"], "n": [7], "share": [0.0054],
             "rows": ["1;2;3"]}
        ),
        "variants": pd.DataFrame(
            {"variant": [1, 2, 3], "activities": ["in → out", "in", ""], "cases": [600, 300, 110],
             "share": [0.6, 0.29, 0.11]}
        ),
        "edges": pd.DataFrame(
            {"source": ["in"], "target": ["out"], "cases": [600], "count": [600],
             "median_work_hours": [2.5], "p90_work_hours": [9.0]}
        ),
        "ends": pd.DataFrame({"activity": ["in", "out"], "starts": [900, 0], "ends": [300, 600]}),
        "volume": pd.DataFrame(
            {"month": ["2024-01"], "begun": [1010], "closed": [1007], "in_hand": [3]}
        ),
        "completed": pd.DataFrame(
            {"hours": [3.0, 12.0, 88.0], "share": [0.4, 0.6, 0.95], "low": [0.3, 0.5, 0.9],
             "high": [0.5, 0.7, 0.98]}
        ),
        "summary": pd.DataFrame(
            {"activity": ["out"], "n": [600], "hours": [2400.0], "p10": [0.5], "median": [2.5],
             "p90": [9.0], "queue_median": [float("nan")], "handling_median": [1.5],
             "queue_share": [float("nan")], "share": [1.0], "low": [0.9], "high": [1.0]}
        ),
    }  # fmt: skip
    return LogMaterial(**plain | changes)


COMPLIANCE = pd.DataFrame(
    {
        "standard_id": ["T1", "T2"],
        "n": [12, 4],
        "met": [6, 1],
        "late": [2, 1],
        "pending": [4, 0],
        "overdue": [0, 2],
        "suspended": [0, 0],
        "undecidable": [0, 0],
        "not_started": [5, 0],
        "share": [0.75, 0.25],
        "low": [0.409, 0.046],
        "high": [0.929, 0.699],
        "target": [0.9, None],
        "target_met": pd.array([False, None], dtype="boolean"),
    }
)
STANDARDS = pd.DataFrame(
    {
        "standard_id": ["T1", "T2"],
        "title": ["quick", "slow"],
        "from": ["in", "in"],
        "to": ["out", "out"],
        "limit": ["30 min", "2 h"],
        "clock": ["working", "elapsed"],
        "target": [0.9, None],
    }
)
FINDING = ToldFinding(
    Finding(
        kind="standard", subject=(("log", "a"), ("standard_id", "T1")), level="watch", says={},
        value=0.75, low=0.409, high=0.929, n=8, p=None, cases=("1",), table="judgements",
        hours=3.0,
    ),
    title="A title", criterion="c", condition="d", cause="e", effect="f", action="g",
)  # fmt: skip


#: One group was looked at, and was too small to be compared.
CAUSES = Causes(
    waiting=pd.DataFrame(columns=["log", "activity", "cause", "hours", "work_share"]),
    comparisons=pd.DataFrame(
        {
            "log": ["incoming"], "attribute": "unit", "value": "desk", "measure": "desk",
            "activity": "", "n": 3, "others": 0, "ratio": float("nan"), "p": float("nan"),
            "p_adjusted": float("nan"), "untested": "few",
        }
    ),
    changes=pd.DataFrame(
        {
            "log": ["incoming"], "measure": "case", "kind": "found", "at": pd.NaT,
            "at_low": pd.NaT, "at_high": pd.NaT, "difference_hours": float("nan"),
            "difference_low": float("nan"), "difference_high": float("nan"),
            "ratio": float("nan"), "p": float("nan"), "p_adjusted": float("nan"),
        }
    ),
)  # fmt: skip


def study(**changes: Any) -> Material:
    plain: dict[str, Any] = {
        "title": "How the work flows",
        "language": "en",
        "cutoff": pd.Timestamp("2024-12-31 18:00"),
        "calendar": Calendar(),
        "logs": (log_study(),),
        "standards": STANDARDS,
        "compliance": COMPLIANCE,
        "findings": (FINDING,),
        "period": ("2024-01-01", "2024-12-31"),
        "notices": ("Mind the gap.",),
    }
    return Material(**plain | changes)


@pytest.fixture(scope="module")
def told() -> Report:
    return tell(study())


def of(report: Report, kind: type[Block]) -> list[Any]:
    return [block for block in report.blocks if isinstance(block, kind)]


def prose(report: Report) -> str:
    return "\n".join(block.text for block in report.blocks if isinstance(block, Text | Note))


def table(report: Report, caption: str) -> dict[str, list[str]]:
    (found,) = [grid for grid in of(report, Grid) if re.search(caption, grid.caption)]
    return {name: [row[at] for row in found.rows] for at, name in enumerate(found.headings)}


def chapters(report: Report) -> list[str]:
    return [block.text for block in of(report, Heading) if block.level == 2]


def test_six_chapters_in_order() -> None:
    whole = tell(study(causes=CAUSES))
    assert [text[:2] for text in chapters(whole)] == ["1.", "2.", "3.", "4.", "5.", "6.", "An"]
    assert whole.title == "How the work flows"


def test_a_study_that_looks_behind_nothing_has_no_chapter_on_causes(told: Report) -> None:
    """As of a register, in which nothing flows."""
    assert not [text for text in chapters(told) if "Why" in text]
    assert [text for text in chapters(told) if "Improvement" in text]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_chapters_are_numbered_without_a_gap(language: Any) -> None:
    numbers = [text[0] for text in chapters(tell(study(language=language)))]
    assert numbers[:-1] == list("12345" if language == "en" else "一二三四五")


def test_a_study_without_points_says_so(told: Report) -> None:
    """And nothing more in its chapter."""
    at = next(n for n, block in enumerate(told.blocks) if "5. " in getattr(block, "text", ""))
    below = told.blocks[at + 1]
    assert isinstance(below, Text)
    assert isinstance(told.blocks[at + 2], Heading)


def test_what_goes_with_lateness_is_told_of_what_was_missed_most_first() -> None:
    """T1 falls short by 15 points, T3 by 30, T4 reaches its target and T2 has none."""
    rows = [COMPLIANCE.iloc[0], COMPLIANCE.iloc[1]]
    rows += [rows[0].replace({"T1": name}) for name in ("T3", "T4")]
    compliance = pd.DataFrame(rows).assign(share=[0.75, 0.25, 0.6, 0.95])
    compliance = compliance.assign(low=compliance["share"] - 0.1, high=compliance["share"] + 0.04)
    compliance = compliance.assign(target_met=pd.array([False, None, False, True], "boolean"))
    clear = {"attribute": "unit", "values": 2, "n": 90, "share": 0.2, "low": 0.1, "high": 0.3}
    factors = pd.DataFrame(
        [{"log": "incoming", "standard_id": name, **clear} for name in ("T1", "T2", "T3", "T4")]
    )
    causes = replace(CAUSES, factors=factors, trees=factors.iloc[:0])
    standards = pd.concat([STANDARDS, STANDARDS.assign(standard_id=["T3", "T4"])])
    whole = tell(study(compliance=compliance, standards=standards, causes=causes))
    told = [grid.caption[:2] for grid in of(whole, Grid) if "how much of lateness" in grid.caption]
    assert told == ["T3", "T1"]


def test_the_basis_gives_the_counts(told: Report) -> None:
    text = prose(told)
    assert "2024-12-31 18:00: 1,010 cases with 1,290 steps, of which 3 cases" in text
    assert "from 2024-01-01 to 2024-12-31" in text
    assert "Of 1,300 rows 1,290 were accepted and 10 rejected; 4 values" in text
    assert "Of 2 standards 0 reached their target and 1 did not; there are 1 findings, 0 of" in text
    overview = table(told, "The logs")
    assert overview["encoding"] == ["gb18030"]
    assert (overview["first"], overview["last"]) == (["2024-01-02"], ["2024-12-30"])
    assert Note("Mind the gap.") in told.blocks


def test_doubts_are_told_in_words(told: Report) -> None:
    doubts = table(told, "Doubts")
    assert doubts["check"] == ["missing"]
    assert doubts["share"] == ["0.5%"]
    assert doubts["rows"] == ["1, 2, 3"]


def test_the_ways_through(told: Report) -> None:
    """The first covers 60 %, with the second 89 %: two are needed for eight in ten."""
    assert "There are 3 ways through; the most frequent takes 60.0%" in prose(told)
    assert "and 2 are needed" in prose(told)
    ways = table(told, "most frequent ways")
    assert ways["way through"] == ["in → out", "in", "(no done step yet)"]
    assert ways["share"] == ["60.0%", "29.0%", "11.0%"]


def test_the_times(told: Report) -> None:
    assert "Half of the cases were done within 12.0 working hours." in prose(told)
    assert "Nine in ten were done within 88.0 working hours." in prose(told)
    steps = table(told, "working hours by step")
    assert (steps["median"], steps["total"], steps["median queue"]) == (["2.5"], ["2,400.0"], ["—"])


def test_a_share_that_was_never_reached_is_said_so() -> None:
    slow = log_study(completed=log_study().completed.head(1))
    assert "the share done had not reached 50%" in prose(tell(study(logs=(slow,))))


def test_rates_over_few_cases_are_withheld(told: Report) -> None:
    """T1 rests on 8 decided cases, T2 on 4: the counts stay, the rate does not."""
    rates = table(told, "The standards$")
    assert rates["share"] == ["75.0%", "<5, withheld"]
    assert rates["95 % interval"] == ["40.9%–92.9%", "<5, withheld"]
    assert rates["met"] == ["6", "1"]
    assert rates["target"] == ["90.0%", "—"]
    assert rates["standard"] == ["quick", "slow"]
    picture = next(p for p in of(told, Picture) if p.caption.startswith("Share met"))
    open_handed = tell(study(small_cell=4))
    assert table(open_handed, "The standards$")["share"] == ["75.0%", "25.0%"]
    more = next(p for p in of(open_handed, Picture) if p.caption.startswith("Share met"))
    assert len(more.svg) > len(picture.svg)


def test_where_every_rate_is_withheld_there_is_no_picture() -> None:
    pictures = of(tell(study(small_cell=50)), Picture)
    assert not [p for p in pictures if p.caption.startswith("Share met")]


def test_findings_are_numbered_cards(told: Report) -> None:
    assert of(told, Card) == [Card(FINDING, 1)]
    none = tell(study(findings=()))
    assert not of(none, Card)
    assert "The evidence supports no finding." in prose(none)


def test_the_annex_holds_hours_and_standards(told: Report) -> None:
    hours = table(told, "Office hours")
    assert list(hours.values()) == [["—"], ["08:30–12:00、14:30–18:00"]] or list(
        hours.values()
    ) == [["—"], ["08:30–12:00, 14:30–18:00"]]
    full = table(told, "The standards in full")
    assert full["limit"] == ["30 min", "2 h"]
    assert full["scope"] == ["", ""]


def test_without_standards_the_report_describes_only() -> None:
    none = tell(study(standards=STANDARDS.iloc[:0], compliance=COMPLIANCE.iloc[:0], findings=()))
    assert "No standards were given" in prose(none)
    assert not [grid for grid in of(none, Grid) if "standards" in grid.caption.lower()]


def test_a_log_in_which_nothing_was_done() -> None:
    log = log_study()
    bare = log_study(
        edges=log.edges.iloc[:0], completed=log.completed.iloc[:0], summary=log.summary.iloc[:0],
        quality=log.quality.iloc[:0], ends=log.ends.iloc[:0],
    )  # fmt: skip
    report = tell(study(logs=(bare,)))
    assert "Nothing doubtful was found." in prose(report)
    assert len(of(report, Picture)) == 2  # the volume and the standards


def test_several_logs_are_told_one_after_the_other() -> None:
    report = tell(study(logs=(log_study("incoming"), log_study("outgoing"))))
    assert "2,020 cases with 2,580 steps, of which 6" in prose(report)
    assert table(report, "The logs")["log"] == ["incoming", "outgoing"]
    assert [p.caption.split(":")[0] for p in of(report, Picture) if "map" in p.caption] == [
        "incoming",
        "outgoing",
    ]


def test_another_calendar_is_named() -> None:
    assert "public holidays of NL" in prose(tell(study(calendar=replace(Calendar(), region="NL"))))


def words_of(report: Report) -> list[str]:
    """Give all that a reader reads but the pictures."""
    told = [report.title]
    for block in report.blocks:
        if isinstance(block, Heading | Text | Note):
            told.append(block.text)
        elif isinstance(block, Grid):
            told += [block.caption, *block.headings, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Picture):
            told.append(block.caption)
    return told


def test_an_english_report_is_english(told: Report) -> None:
    assert [text for text in words_of(told) if CHINESE.search(text)] == []


def test_a_chinese_report_is_chinese() -> None:
    """Headings and captions throughout; glyphs in the pictures are checked by their warnings."""
    report = tell(study(language="zh", causes=CAUSES))
    for block in report.blocks:
        if isinstance(block, Heading | Text):
            assert CHINESE.search(block.text)
        if isinstance(block, Grid | Picture):
            assert CHINESE.search(block.caption)
    assert [text[:2] for text in chapters(report)] == [
        "一、", "二、", "三、", "四、", "五、", "六、", "附件",
    ]  # fmt: skip


def test_the_same_study_gives_the_same_report(told: Report) -> None:
    assert tell(study()) == told


def test_no_figure_is_left_open(told: Report) -> None:
    plt.close("all")
    tell(study())
    assert plt.get_fignums() == []
