"""Open answers by the word list: each counted once a code, what is left counted too."""

from __future__ import annotations

from pathlib import Path

from efficiency.facts.opinions.open_answers import open_answers
from surveyed import surveyed

CODES = {"会议": ("会议", "开会"), "报表": ("报表",)}


def test_codes_and_what_no_word_is_in(tmp_path: Path) -> None:
    said = {"Q1": ["少开会", "会议和报表都多", "报表重复", "食堂", "无", ""]}
    rows = open_answers(surveyed(tmp_path, said, "Q1,text,,,\n", rules=()), CODES)
    assert rows[["code", "k", "n", "share"]].values.tolist() == [
        ["会议", 2, 4, 0.5], ["报表", 2, 4, 0.5], ["", 1, 4, 0.25],
    ]  # fmt: skip
    assert rows["example"].tolist() == ["少开会", "会议和报表都多", "食堂"]


def test_a_long_example_is_cut(tmp_path: Path) -> None:
    rows = open_answers(surveyed(tmp_path, {"Q1": ["会议" * 50]}, "Q1,text,,,\n", rules=()), CODES)
    assert len(rows["example"].iloc[0]) == 61


def test_nobody_wrote_anything(tmp_path: Path) -> None:
    assert open_answers(surveyed(tmp_path, {"Q1": ["无"]}, "Q1,text,,,\n", rules=()), CODES).empty
