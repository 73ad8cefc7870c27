"""The coding table of interviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.survey.interviews import read_interviews
from efficiency.problems import SettingsError
from surveyed import written


@pytest.mark.parametrize(
    "head",
    ["访谈编号,单位,岗位类别,主题,编码,原话\n", "interview,office,post_type,theme,code,quote\n"],
)
def test_it_is_read_in_either_language(head: str, tmp_path: Path) -> None:
    rows = read_interviews(
        written(tmp_path, "talks.csv", head + "访01,甲,公务员,协调,会签慢,等了\n")
    )
    assert rows.values.tolist() == [["访01", "甲", "公务员", "协调", "会签慢", "等了"]]


def test_a_theme_without_a_code_is_its_own_code(tmp_path: Path) -> None:
    rows = read_interviews(written(tmp_path, "talks.csv", "编号,主题\n1,协调\n2,\n"))
    assert rows["code"].tolist() == ["协调", ""]


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="主题"):
        read_interviews(written(tmp_path, "talks.csv", "编号,单位\n1,甲\n"))
    with pytest.raises(SettingsError, match=r"talks.csv:3: \[编号\]"):
        read_interviews(written(tmp_path, "talks.csv", "编号,主题\n1,协调\n,学习\n"))
