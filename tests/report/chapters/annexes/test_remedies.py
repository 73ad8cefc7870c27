"""The chapter on improvement: its table, its offers and its figures, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.evidence.points.points_file import no_points, subject_text, typed_points
from efficiency.language import Language
from efficiency.report.blocks import Block, Grid, Heading, Picture, Text
from efficiency.report.chapters.annexes.remedies import loop_table, tell_measures

CUTOFF = pd.Timestamp("2024-12-31 18:00")


def made() -> pd.DataFrame:
    """A share that got better, hours that did not, a rule just found, and one solved."""
    subjects = [
        {"standard_id": "T1"}, {"log": "a", "activity": "审核"}, {"rule_id": "P12A"},
        {"log": "a", "activity": "拟办"},
    ]  # fmt: skip
    return typed_points(
        pd.DataFrame(
            {
                "id": list("abcd"), "title": ["转办超时", "审核慢", "疑似推诿", "拟办慢"],
                "kind": ["standard", "slow_step", "rule", "slow_step"],
                "subject": [subject_text(subject) for subject in subjects],
                "status": ["recurring", "recurring", "new", "resolved"],
                "first_found": pd.to_datetime(["2023-12-31"] * 2 + ["2024-12-31", "2023-12-31"]),
                "measure": ["达标率", "中位用时", "违反比例", "中位用时"],
                "better": ["higher", "lower", "lower", "lower"],
                "unit": ["share", "hours", "share", "hours"],
                "baseline": [0.625, 0.8, 0.25, 5.0], "baseline_low": [0.57, 0.7, 0.1, 4.0],
                "baseline_high": [0.68, 0.9, 0.4, 6.0], "baseline_n": [320, 90, 4, 90],
                "target": [0.9, None, None, None], "value": [0.8125, 0.75, 0.25, 3.0],
                "low": [0.76, 0.6, 0.1, 2.5], "high": [0.85, 0.9, 0.4, 3.5], "n": [300, 80, 4, 80],
                "countermeasure": ["限时办结", "", "", ""], "owner": ["综合处", "", "", ""],
                "due": pd.to_datetime(["2024-06-30", "2025-01-15", None, None]),
                "done": pd.to_datetime(["2024-06-01", "2024-06-01", None, "2024-06-01"]),
                "checked": pd.Timestamp("2024-12-31"),
                "verdict": ["partly", "no effect", "too early", "effective"],
                "hours": [300.0, 100.0, 0.0, 50.0], "hours_low": [250.0, None, 0.0, 40.0],
                "hours_high": [350.0, None, 0.0, 60.0],
            }
        )
    )  # fmt: skip


def chosen(blocks: list[Block], kind: type) -> list:
    return [block for block in blocks if isinstance(block, kind)]


def test_the_chapter_in_chinese() -> None:
    points = made()
    before = points.copy()
    told = list(tell_measures(points, "zh", CUTOFF))
    pd.testing.assert_frame_equal(points, before)
    assert [block.text for block in chosen(told, Heading)] == [
        "附件七　改进台账全表", "改进台账（PDCA）", "可供选择的措施", "闭环情况"
    ]  # fmt: skip
    short = chosen(told, Text)[0].text
    assert short == (
        "台账共有改进点 4 个：本次新发现 1 个，仍存在 2 个，反弹 0 个，已解决 1 个。"
        "截至 2024-12-31，逾期未落实 0 个，三十日内到期 0 个。"
    )
    table, offers, loop = chosen(told, Grid)
    assert table.headings == (
        "问题", "措施", "责任", "原定时限", "衡量指标", "基线", "检查值", "目标", "检查结论",
    )  # fmt: skip
    assert table.rows[0] == (
        "转办超时", "限时办结", "综合处", "2024-06-30", "达标率", "62.5%", "81.2%", "90.0%",
        "部分有效 · 已检查、待处理",
    )  # fmt: skip
    # Hours below one are hours and no share; what is not filled in is said; small cells withheld.
    assert table.rows[1][1:8] == (
        "待填写", "待填写", "2025-01-15", "中位用时", "0.80", "0.75", "待填写"
    )  # fmt: skip
    assert table.rows[2][5] == table.rows[2][6] == "<5，不显示"
    assert "尚未安排措施的 2 项" in table.caption
    assert [(row[0], row[3]) for row in offers.rows] == [
        ("到期前提醒", "转办超时"), ("限时办结", "审核慢"), ("首问负责", "疑似推诿")
    ]  # fmt: skip
    assert all("“" in row[2] for row in offers.rows)
    assert len(loop.rows) == 7


def test_pictures_are_of_one_unit_each() -> None:
    """Pareto, then shares, then hours; a small cell is not drawn."""
    pictures = chosen(list(tell_measures(made(), "en", CUTOFF)), Picture)
    assert len(pictures) == 3
    assert pictures[0].caption.startswith("Working hours at stake in a year")
    assert pictures[1].caption == pictures[2].caption


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_register(language: Language) -> None:
    told = list(tell_measures(no_points(), language, CUTOFF))
    assert [type(block) for block in told] == [Heading, Text]


def test_the_loop_as_people_read_it() -> None:
    """By hand: three found in 2023, none of them planned; all three done and checked."""
    told = loop_table(made(), CUTOFF, "en").set_index("loop_measure")
    assert told.loc["planned within 30 days of being found"].tolist() == [
        "0.0% (0/3)", "0.0% to 56.1%", "3"
    ]  # fmt: skip
    assert told.loc["done by the day they were due", "loop_value"] == "100.0% (1/1)"
    assert told.loc["checked and improved beyond noise", "loop_value"] == "66.7% (2/3)"
    assert told.loc["resolved and back within 180 days"].tolist() == ["—", "—", "0"]
    assert told.loc["days for one loop (median)", "loop_value"] == "366"


def test_no_phrase_in_english_is_chinese() -> None:
    points = made().assign(title="t", measure="m", owner="o", countermeasure="c")
    told = list(tell_measures(points, "en", CUTOFF))
    texts = [block.text for block in told if isinstance(block, Heading | Text)]
    cells = [cell for grid in chosen(told, Grid) for row in (grid.headings, *grid.rows)
             for at, cell in enumerate(row) if "“" not in cell]  # fmt: skip
    assert not [
        text for text in [*texts, *cells] if any("\u3000" <= sign <= "\u9fff" for sign in text)
    ]
