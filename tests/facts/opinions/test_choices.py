"""Options ticked: shares of respondents, which add up to more than all."""

from __future__ import annotations

from pathlib import Path

from efficiency.facts.opinions.choices import choices
from surveyed import surveyed


def test_shares_are_of_those_who_ticked_any(tmp_path: Path) -> None:
    said = {"Q1": ["会议多┋材料多", "会议多", "(跳过)", "材料多┋会议多", "检查多"]}
    rows = choices(surveyed(tmp_path, said, "Q1,multi,,,\n", rules=()))
    assert rows[["option", "k", "n", "share"]].values.tolist() == [
        ["会议多", 3, 4, 0.75], ["材料多", 2, 4, 0.5], ["检查多", 1, 4, 0.25],
    ]  # fmt: skip
    assert rows["share"].sum() > 1
    assert ((rows["low"] <= rows["share"]) & (rows["share"] <= rows["high"])).all()


def test_without_such_a_question_there_are_no_rows(tmp_path: Path) -> None:
    assert choices(surveyed(tmp_path, {"Q1": [1]}, "Q1,1-5,,,\n", rules=())).empty
