"""How procedure and organisation are told: the blocks, their numbers and their words."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import efficiency as eff
from efficiency.criteria.prescribed_flows import parse_flow
from efficiency.criteria.rules import parse_rules
from efficiency.language import Language
from efficiency.report.blocks import Grid, Pair, Picture, Text
from efficiency.report.chapters.annexes.procedure import (
    Organisation,
    Procedure,
    tell_flow,
    tell_hands,
    tell_rules,
)


@pytest.fixture
def log(make_log: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Three cases: one as prescribed, one that skips, one that comes back and adds."""
    return make_log(
        ("1", "登记", "2024-03-05 09:00"),
        ("1", "批示", "2024-03-05 10:00"),
        ("1", "承办", "2024-03-05 11:00"),
        ("2", "登记", "2024-03-05 09:00"),
        ("2", "承办", "2024-03-05 10:00"),
        ("3", "登记", "2024-03-05 09:00"),
        ("3", "批示", "2024-03-05 10:00"),
        ("3", "催办", "2024-03-05 15:00"),
        ("3", "承办", "2024-03-05 16:00"),
        unit=["文书科", "领导", "甲", "文书科", "甲", "文书科", "领导", "文书科", "甲"],
        actor=list("abcabcaba"),
    )


FLOW = parse_flow("登记 → 批示 → 承办")


def grids(blocks: list) -> list[Grid]:
    return [block for block in blocks if isinstance(block, Grid)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "部门之间共传递 6 次，其中 0 次退回上一部门（0.0%）"),
     ("en", "6 hand-overs between units, 0 of them back to the unit before (0.0%)")],
)  # fmt: skip
def test_hand_overs(log: pd.DataFrame, language: Language, text: str) -> None:
    """By hand: 2 in case 1, 1 in case 2, 3 in case 3, none goes back."""
    made = Organisation(
        eff.handovers(log), eff.involvement(log), eff.approvals(log, ["批示"]), ("文书科",)
    )
    told = list(tell_hands("a", made, language))
    assert isinstance(told[0], Text)
    assert text in told[0].text
    assert isinstance(told[1], Picture)
    assert "甲" in told[1].svg
    assert "#c0392b" in told[1].svg  # 领导 → 甲 goes past the hub
    carried, approved = grids(told)
    assert carried.rows[0][:3] == ("文书科", "3", "100.0%")
    nothing = "（未经审批）" if language == "zh" else "(none)"
    assert [row[:3] for row in approved.rows] == [("1", "领导", "2"), ("0", nothing, "1")]


def test_without_hubs_nothing_is_marked(log: pd.DataFrame) -> None:
    made = Organisation(eff.handovers(log), eff.involvement(log))
    told = list(tell_hands("a", made, "zh"))
    assert isinstance(told[1], Picture)
    assert "#c0392b" not in told[1].svg
    assert "红色" not in told[1].caption
    assert list(tell_hands("a", Organisation(), "zh")) == []


def test_an_approver_that_is_not_known_is_said_so(log: pd.DataFrame) -> None:
    unnamed = log.assign(unit=log["unit"].where(log["activity"] != "批示"))
    made = Organisation(
        eff.handovers(unnamed), eff.involvement(unnamed), eff.approvals(unnamed, ["批示"])
    )
    approved = grids(list(tell_hands("a", made, "zh")))[1]
    assert approved.rows[0][:3] == ("1", "（不明）", "2")


def test_the_prescribed_flow(log: pd.DataFrame) -> None:
    """One of three keeps to it; 批示 is skipped once, 催办 added once after 批示."""
    held = eff.conformance(log, FLOW)
    told = list(tell_flow("a", Procedure(held, eff.discover(log), FLOW), "zh"))
    assert isinstance(told[0], Text)
    assert "已办结 3 件" in told[0].text
    assert "完全一致 1 件，占 33.3%" in told[0].text
    (departures,) = grids(told)
    assert departures.rows == (
        ("在“批示”之后多出“催办”", "1", "1", "33.3%"),
        ("应办未办“批示”", "1", "1", "33.3%"),
    )
    assert [type(block) for block in told] == [Text, Picture, Picture, Grid]
    assert "未办 1" in told[1].svg


def test_a_long_flow_stands_upright_beside_the_discovered_one(log: pd.DataFrame) -> None:
    steps = parse_flow("登记 → 批示 → 承办 → 甲 → 乙 → 丙 → 丁 → 戊 → 己")
    held = eff.conformance(log, steps)
    told = list(tell_flow("a", Procedure(held, eff.discover(log), steps), "en"))
    assert any(isinstance(block, Pair) for block in told)


def test_what_was_left_out_is_said(log: pd.DataFrame) -> None:
    held = eff.conformance(log, FLOW, most_variants=1)
    told = list(tell_flow("a", Procedure(held, None, FLOW), "zh"))
    assert isinstance(told[1], Text)
    assert told[1].text == "未对照 2 种办理路径、2 件：超出对照的路径数。"
    assert list(tell_flow("a", Procedure(), "zh")) == []


def test_the_rules(log: pd.DataFrame) -> None:
    """One broken, one kept, one that the log cannot decide, one over few cases."""
    frame = pd.DataFrame(
        {
            "rule_id": ["P8", "P9", "P6", "P7"],
            "title": ["批后承办", "有登记", "有签发人", "少见"],
            "kind": ["precedence", "existence", "attribute", "existence"],
            "a": ["批示", "登记", "签发人=", "催办"],
            "b": ["承办", "", "", ""],
            "scope": ["", "", "", "case_id=1"],
        }
    )
    with pytest.warns(UserWarning, match="签发人"):
        kept = eff.adherence(log, frame)
    made = Procedure(rules=parse_rules(frame), adherence=kept)
    text, grid, zero = tell_rules([made, Procedure()], "zh", 2)
    assert isinstance(text, Text)
    assert isinstance(grid, Grid)
    # None of three: 1 - 0.05 ** (1 / 3) is 63.2 %.
    assert isinstance(zero, Text)
    assert "有登记" in zero.text
    assert "63.2%" in zero.text
    assert text.text.startswith("共 4 条规则：未见违反 1 条，有违反 2 条，不可判定 1 条。")
    assert [row[3:8] for row in grid.rows] == [
        ("3", "1", "0", "0", "33.3%"),
        ("3", "0", "0", "0", "0.0%"),
        ("3", "—", "—", "3", "不可判定：缺 签发人"),
        ("<2，不显示",) * 5,
    ]
    assert list(tell_rules([Procedure()], "zh", 2)) == []
