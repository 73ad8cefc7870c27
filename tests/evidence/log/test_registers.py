"""A register becomes a log: each moment once, every matter accounted for, nothing guessed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency import tables
from efficiency.evidence.log.registers import RegisterStep, read_register, steps_of
from efficiency.problems import LogError

STEPS = steps_of(
    {
        "立项": "立项日期",
        "交办": RegisterStep(received="交办日期", unit="责任单位"),
        "销号": "销号日期",
    }
)
FRAME = pd.DataFrame(
    {
        "编号": ["督1", "督2", "", "督4"],
        "来源": ["领导批示", "民生实事", "会议议定", "重点工作"],
        "立项日期": ["2024-03-05", "2024-03-06 09:30", "2024-03-07", ""],
        "交办日期": ["2024-03-08", "", "2024-03-09", ""],
        "责任单位": ["教育局", "水利局", "财政局", "住建局"],
        "销号日期": ["", "三月底", "", ""],
    }
)


def test_each_moment_is_a_step_in_the_order_of_the_settings() -> None:
    """By hand: three steps of two matters; what else a row says goes with each of its steps."""
    record = read_register(FRAME, {"case_id": "编号"}, STEPS)
    log = tables.LOG.check(record.log)
    shown = log[["case_id", "activity", "unit", "来源"]].fillna("").values.tolist()
    assert shown == [
        ["督1", "立项", "", "领导批示"],
        ["督1", "交办", "教育局", "领导批示"],
        ["督2", "立项", "", "民生实事"],
    ]
    assert log["received"].notna().tolist() == [False, True, False]
    assert log["end_precision"].tolist()[::2] == ["day", "minute"]
    assert log["row"].is_unique


def test_every_matter_and_every_unread_date_is_accounted_for() -> None:
    """No id, and no date at all: rejected by the row of the file; an unread date is told."""
    record = read_register(FRAME, {"case_id": "编号"}, STEPS)
    assert record.rows == 4
    assert record.rejected[["row", "column"]].values.tolist() == [[3, "编号"], [4, "立项日期"]]
    told = record.changed[["row", "column", "value"]].values.tolist()
    assert told == [[2, "销号日期", "三月底"]]


def test_all_that_is_wrong_is_told_at_once() -> None:
    """A column that is not there, one that stands for two steps, and no id."""
    steps = steps_of({"立项": "立项日", "交办": "交办日期", "反馈": "交办日期"})
    with pytest.raises(LogError) as met:
        read_register(FRAME, {}, steps)
    assert [problem.key for problem in met.value.problems] == [
        "no_column",
        "unmapped",
        "two_columns",
    ]
    with pytest.raises(LogError, match="no column of dates"):
        read_register(FRAME, {"case_id": "编号"}, {"立项": RegisterStep(unit="责任单位")})


def test_a_time_of_day_has_the_date_of_the_moment_before_it() -> None:
    """From 11:52 of a day to 13:22: of the same day."""
    frame = pd.DataFrame({"编号": ["1"], "开始": ["2024.07.18 11:52"], "结束": ["13:22"]})
    steps = steps_of({"开始": "开始", "结束": "结束"})
    ends = read_register(frame, {"case_id": "编号"}, steps).log["end"].astype(str).tolist()
    assert ends == ["2024-07-18 11:52:00", "2024-07-18 13:22:00"]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=20))
def test_as_many_steps_as_dates(known: list[tuple[bool, bool, bool]]) -> None:
    """Whatever stands in a register, its dates come back, and its rows add up."""
    columns = ("甲", "乙", "丙")
    frame = pd.DataFrame(
        [[str(at), *("2024-03-05" if one else "" for one in row)] for at, row in enumerate(known)],
        columns=["编号", *columns],
    )
    steps = steps_of(dict(zip(columns, columns, strict=True)))
    if not any(map(any, known)):
        with pytest.raises(LogError):
            read_register(frame, {"case_id": "编号"}, steps)
        return
    record = read_register(frame, {"case_id": "编号"}, steps)
    assert len(record.log) == sum(map(sum, known))
    assert record.log["case_id"].nunique() + len(record.rejected) == len(known)


def doubts(frame: pd.DataFrame) -> list[tuple[int, str, str, int]]:
    changed = read_register(frame, {"case_id": "编号"}, STEPS).changed
    told = changed[["row", "column", "reason", "n"]]
    return [row for row in told.itertuples(index=False, name=None) if row[2] != "trimmed"]


def test_a_date_before_its_predecessor_is_doubted_and_kept() -> None:
    """Whatever lies between; on one day nothing is before anything."""
    frame = pd.DataFrame(
        {
            "编号": ["1", "2", "3"], "责任单位": "甲",
            "立项日期": ["2024-03-05", "2024-03-05 16:00", "2024-03-05"],
            "交办日期": ["2024-03-04", "2024-03-05", ""],
            "销号日期": ["2024-03-09", "2024-03-06", "2024-03-01"],
        }
    )  # fmt: skip
    assert doubts(frame) == [
        (1, "交办日期", "before its predecessor", 1), (3, "销号日期", "before its predecessor", 1),
    ]  # fmt: skip
    assert len(read_register(frame, {"case_id": "编号"}, STEPS).log) == 8


def test_a_number_in_several_rows_is_doubted() -> None:
    frame = FRAME.assign(编号=["督1", "督2", "督1", "督4"])
    assert ("编号", "one number in several rows", 2) in [one[1:] for one in doubts(frame)]


@pytest.mark.parametrize("day", ["2024年5月1日", "20240501", "2024-05-01 23:40", "45413"])
def test_a_time_of_day_has_the_date_however_that_is_written(day: str) -> None:
    """And one that is before it, as after midnight, is doubted."""
    steps = steps_of({"接报": "接报日期", "处置": "处置时间"})
    frame = pd.DataFrame(
        {"编号": ["1", "2"], "接报日期": [day, "2024-05-02 09:00"], "处置时间": ["0:30", "10:05"]}
    )
    record = read_register(frame, {"case_id": "编号"}, steps)
    ends = record.log.loc[record.log["activity"] == "处置", "end"].astype(str).tolist()
    assert ends == ["2024-05-01 00:30:00", "2024-05-02 10:05:00"]
    early = record.changed["reason"].tolist() == ["before its predecessor"]
    assert early == (day == "2024-05-01 23:40")
