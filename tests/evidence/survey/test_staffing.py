"""The table of staff: masked stays masked, 余 is a lower bound, sums are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.survey.staffing import read_staffing
from efficiency.problems import SettingsError
from surveyed import written


def test_a_wide_table(tmp_path: Path) -> None:
    text = "单位,总人数,大专,本科,公务员,工勤,35岁以下\n甲,12,4,8,*,3,5\n乙,30余人,10,20,25,5,\n"
    rows = read_staffing(written(tmp_path, "staffing.csv", text))
    known = {(r.office, r.attribute, r.value): r for r in rows.itertuples(index=False)}
    assert known["甲", "total", ""].headcount == 12
    assert known["甲", "education", "本科"].headcount == 8
    assert (
        known["甲", "post_type", "公务员"].headcount != known["甲", "post_type", "公务员"].headcount
    )
    assert known["乙", "total", ""].at_least
    assert known["乙", "age_band", "35岁以下"].headcount != 0
    assert not rows["doubted"].any()


def test_a_long_table_sums_over_the_other_trait(tmp_path: Path) -> None:
    text = (
        "office,education,post_type,headcount\n甲,本科,公务员,3\n甲,本科,工勤,2\n甲,大专,公务员,*\n"
        "甲,大专,工勤,1\n"
    )
    rows = read_staffing(written(tmp_path, "staffing.csv", text))
    known = rows.set_index(["attribute", "value"])["headcount"]
    assert known["education", "本科"] == 5
    assert known["post_type", "工勤"] == 3
    assert known.isna()["education", "大专"]


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("甲,10,4,6,7,3", False),  # all add up
        ("甲,9,4,6,7,3", True),  # parts are more than the total
        ("甲,11,4,6,7,3", True),  # all parts are known and are fewer
        ("甲,11,4,*,7,*", False),  # what is masked may make it up
        ("甲,3,4,*,*,*", True),
        ("甲,*,4,6,7,4", True),  # two traits that do not agree
        ("甲,10余,4,8,7,5", False),  # a lower bound may be less
    ],
)
def test_sums_are_checked(row: str, doubted: bool, tmp_path: Path) -> None:
    text = f"单位,总人数,大专,本科,公务员,工勤\n{row}\n"
    rows = read_staffing(written(tmp_path, "staffing.csv", text))
    assert rows["doubted"].all() == rows["doubted"].any() == doubted


def test_headings_that_end_in_a_count_are_what_they_count(tmp_path: Path) -> None:
    text = "单位,总人数,本科人数,大专人数,公务员人数,35岁以下人数,其他学历\n甲,10,6,3,10,3,1\n"
    rows = read_staffing(written(tmp_path, "staffing.csv", text))
    by = rows.groupby("attribute")["value"].agg(list).to_dict()
    assert by == {"total": [""], "education": ["本科", "大专", "其他学历"], "post_type": ["公务员"],
                  "age_band": ["35岁以下"]}  # fmt: skip


def test_an_office_that_stands_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"staffing.csv:3: 甲"):
        read_staffing(written(tmp_path, "staffing.csv", "单位,总人数,本科\n甲,3,3\n甲,4,4\n"))


def test_a_number_that_is_none_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read_staffing(written(tmp_path, "staffing.csv", "单位,本科\n甲,三\n乙,4人\n"))
    assert "staffing.csv:2: [本科]" in str(caught.value)
    with pytest.raises(SettingsError, match="单位"):
        read_staffing(written(tmp_path, "staffing.csv", "名称,本科\n甲,3\n"))


def test_the_export_of_an_office(exports: Path) -> None:
    """`*` is masked; two offices have parts that are more than their total."""
    rows = read_staffing(exports / "staffing.csv")
    assert sorted(rows.loc[rows["doubted"], "office"].unique()) == ["城关镇", "新城街道"]
    assert rows.query("attribute == 'total'")["headcount"].isna().sum() == 2
