"""The chapters tell what the tables hold: no number of their own, small cells withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from efficiency.report.blocks import Grid, Heading, Note, Picture, Report, Text
from efficiency.report.chapters.whole import tell
from studied import CAUSES as SMALL
from studied import CHINESE, COMPLIANCE, STANDARDS, chapters, of, study

#: As of a review: every search for a change says why it was not tested, or that it was.
CAUSES = replace(SMALL, changes=SMALL.changes.assign(untested=""))


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
    clear = {"attribute": "unit", "values": 2, "n": 90, "share": 0.2, "low": 0.1, "high": 0.3,
             "p": 1e-6}  # fmt: skip
    factors = pd.DataFrame(
        [{"log": "incoming", "standard_id": name, **clear} for name in ("T1", "T2", "T3", "T4")]
    )
    causes = replace(CAUSES, factors=factors, trees=factors.iloc[:0])
    standards = pd.concat([STANDARDS, STANDARDS.assign(standard_id=["T3", "T4"])])
    whole = tell(study(compliance=compliance, standards=standards, causes=causes))
    told = [grid.caption[:2] for grid in of(whole, Grid) if "how much of lateness" in grid.caption]
    assert told == ["T3", "T1"]


def words_of(report: Report) -> list[str]:
    """All that a reader reads but the pictures."""
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
