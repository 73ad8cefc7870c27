"""Interviews: counted are interviews; when nothing new came up any more."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from efficiency import tables
from efficiency.facts.opinions.interview_themes import (
    interview_groups,
    interview_themes,
    saturation,
)

ROWS = [
    ("1", "甲", "公务员", "协调", "会签慢", "等了一周"),
    ("1", "甲", "公务员", "协调", "会签慢", "又等一周"),
    ("1", "甲", "公务员", "学习", "没时间", ""),
    ("2", "乙", "工勤", "协调", "会签慢", ""),
    ("3", "乙", "公务员", "", "", ""),
    ("4", "甲", "公务员", "协调", "多头要数", "三遍"),
]


def talks(rows: list[tuple[str, ...]] = ROWS) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=tables.INTERVIEWS.names)


def test_an_interview_counts_once_under_a_code() -> None:
    rows = interview_themes(talks()).set_index("code")
    assert rows.loc["会签慢", ["k", "n", "offices"]].tolist() == [2, 4, 2]
    assert rows.at["会签慢", "example"] == "等了一周"
    assert rows.at["没时间", "example"] == ""


def test_posts_and_offices() -> None:
    rows = interview_groups(talks()).set_index(["attribute", "value", "theme"])
    assert rows.loc[("post_type", "公务员", "协调")].tolist() == [2, 3]
    assert rows.loc[("office", "乙", "协调")].tolist() == [1, 2]


def test_the_curve_of_saturation() -> None:
    rows = saturation(talks())
    assert rows["fresh"].tolist() == [2, 0, 0, 1]
    assert rows["codes"].tolist() == [2, 2, 2, 3]


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abcd")), min_size=1, max_size=30))
def test_the_curve_ends_at_the_number_of_codes(said: list[tuple[int, str]]) -> None:
    rows = [(str(one), "甲", "", code, code, "") for one, code in said]
    told = saturation(talks(rows))
    assert told["codes"].iloc[-1] == len({code for _, code in said})
    assert len(told) == len({one for one, _ in said})
    assert told["codes"].is_monotonic_increasing
