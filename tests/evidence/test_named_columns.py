"""Columns under the names that people give them."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.evidence.named_columns import named_columns, told_by
from efficiency.problems import SettingsError

NAMES = {"office": ("office", "单位"), "issued": ("issued", "发放"), "returned": ("回收",)}


def test_blanks_width_and_case_do_not_matter() -> None:
    frame = pd.DataFrame(columns=["ＯＦＦＩＣＥ", "发 放", "其他"])
    assert named_columns(frame, NAMES, ["office"], "f.csv") == {
        "office": "ＯＦＦＩＣＥ", "issued": "发 放", "returned": "",
    }  # fmt: skip


def test_all_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        named_columns(pd.DataFrame(columns=["甲"]), NAMES, NAMES, "f.csv")
    told = [problem.text("zh") for problem in caught.value.problems]
    assert [one.startswith("f.csv:1:") for one in told] == [True] * 3
    assert "单位" in told[0]
    assert "甲" in told[0]


def test_cells_are_text_without_blanks() -> None:
    frame = pd.DataFrame({"单位": [" 甲 ", None], "发放": [7, 8]})
    there = named_columns(frame, NAMES, ["office"], "f.csv")
    assert told_by(frame, there).values.tolist() == [["甲", "7", ""], ["", "8", ""]]
