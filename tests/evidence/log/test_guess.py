"""Which column of somebody's log is which of ours."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.evidence.log.guess import (
    KNOWN,
    clock_beside,
    due_column,
    guess_columns,
    guess_register,
    year_beside,
)
from efficiency.evidence.log.records import OURS, read_record

STAMP = "2024-03-05 09:00"


def frame(**columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: [value, value] for name, value in columns.items()})


def test_a_register_of_documents() -> None:
    columns = ["流水号", "环节", "到达时间", "开始时间", "办结时间", "经办人", "处室", "文种"]
    values = ["1", "登记", STAMP, STAMP, STAMP, "甲", "办公室", "请示"]
    assert guess_columns(frame(**dict(zip(columns, values, strict=True)))) == {
        "case_id": "流水号",
        "activity": "环节",
        "actor": "经办人",
        "unit": "处室",
        "received": "到达时间",
        "start": "开始时间",
        "end": "办结时间",
    }


def test_a_log_in_the_words_of_xes() -> None:
    log = frame(**{
        "case:concept:name": "1", "concept:name": "a", "org:resource": "x", "org:group": "u",
        "time:timestamp": STAMP + ":00+01:00", "lifecycle:transition": "complete",
    })  # fmt: skip
    assert guess_columns(log) == {
        "case_id": "case:concept:name",
        "activity": "concept:name",
        "actor": "org:resource",
        "unit": "org:group",
        "end": "time:timestamp",
        "transition": "lifecycle:transition",
    }


def test_upper_case_and_spaces_do_not_matter() -> None:
    assert guess_columns(frame(**{" Case_ID ": "1", "ACTIVITY": "a", "End": STAMP})) == {
        "case_id": " Case_ID ",
        "activity": "ACTIVITY",
        "end": "End",
    }


def test_no_column_serves_twice() -> None:
    """收文编号 is the surer name of a case than 编号, and 编号 is then nobody's."""
    guess = guess_columns(frame(编号="1", 收文编号="2", 环节="a", 时间=STAMP))
    assert guess == {"case_id": "收文编号", "activity": "环节", "end": "时间"}


def test_a_column_that_holds_no_times_is_none() -> None:
    """办理时间 here says how long, not when."""
    guess = guess_columns(frame(编号="1", 环节="a", 办理时间="3 天", 完成时间=STAMP))
    assert guess["end"] == "完成时间"
    assert guess_columns(frame(编号="1", 环节="a", 办理时间="")) == {
        "case_id": "编号",
        "activity": "环节",
    }


def test_where_no_time_has_a_known_name_the_last_is_the_end() -> None:
    guess = guess_columns(frame(编号="1", 环节="a", 何时开始="2024-03-05", 何时完="2024/3/6"))
    assert guess["end"] == "何时完"
    assert "start" not in guess


def test_one_slip_in_many_is_still_a_time_and_typed_times_are() -> None:
    mostly = pd.DataFrame({"编号": list("12345"), "时间": [STAMP] * 4 + ["不详"]})
    assert guess_columns(mostly) == {"case_id": "编号", "end": "时间"}
    typed = pd.DataFrame({"编号": ["1"], "时间": pd.to_datetime([STAMP])})
    assert guess_columns(typed)["end"] == "时间"
    half = pd.DataFrame({"编号": list("12"), "时间": [STAMP, "不详"]})
    assert "end" not in guess_columns(half)


def test_dates_whose_day_cannot_be_told_from_their_month_are_times() -> None:
    log = pd.DataFrame({"编号": list("12"), "时间": ["03/04/2024", "05/06/2024"]})
    assert guess_columns(log)["end"] == "时间"


def test_nothing_known_nothing_guessed() -> None:
    assert guess_columns(frame(甲="1", 乙="x")) == {}


def test_the_frame_is_untouched() -> None:
    log = frame(编号="1", 时间=STAMP)
    before = log.copy()
    guess_columns(log)
    pd.testing.assert_frame_equal(log, before)


def test_every_name_is_of_ours_and_stands_once() -> None:
    assert list(KNOWN) == list(OURS)
    names = [name for known in KNOWN.values() for name in known]
    assert len(names) == len(set(names))
    assert names == [name.lower() for name in names]


def test_the_guess_reads_the_worked_example(example: Path) -> None:
    """The guess is what the example's settings say."""
    guess = guess_columns(str(example / "incoming.csv"))
    assert guess == {
        "case_id": "流水号",
        "activity": "环节",
        "actor": "经办人",
        "unit": "处室",
        "received": "到达时间",
        "start": "开始时间",
        "end": "办结时间",
    }
    assert len(read_record(example / "incoming.csv", guess).log)


@pytest.mark.parametrize("name", ["时间", "time", "date"])
def test_a_single_stamp_is_the_end(name: str) -> None:
    assert guess_columns(frame(编号="1", 环节="a", **{name: STAMP}))["end"] == name


def test_a_stamp_that_never_varies_within_a_case_is_not_the_end() -> None:
    """An export of incidents repeats when each was closed; what changes is when a row was made."""
    frame = pd.DataFrame({
        "number": ["1", "1", "2", "2"], "incident_state": ["New", "Closed"] * 2,
        "opened_at": ["2016-02-29 01:16"] * 2 + ["2016-02-29 04:40"] * 2,
        "sys_updated_at": ["2016-02-29 01:23", "2016-03-05 12:00", "2016-02-29 04:57",
                           "2016-03-06 10:00"],
        "closed_at": ["2016-03-05 12:00"] * 2 + ["2016-03-06 10:00"] * 2,
    })  # fmt: skip
    assert guess_columns(frame) == {
        "case_id": "number", "activity": "incident_state", "end": "sys_updated_at"
    }  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        ("Case ID", "Activity", "Complete Timestamp"), ("CaseID", "ActivityName", "EventTime"),
        ("Ticket No", "Status", "Changed at"), ("bill_id", "bill_status", "status_changed_at"),
        ("案件号", "操作", "操作时间"), ("任务编号", "当前节点", "操作时间"),
        ("单号", "流程节点", "审批时间"),
    ],
)  # fmt: skip
def test_names_of_other_systems(names: tuple[str, str, str]) -> None:
    rows = [("1", "a", "2024-03-05 09:00"), ("1", "b", "2024-03-05 10:00")]
    guess = guess_columns(pd.DataFrame(rows, columns=list(names)))
    assert guess == dict(zip(("case_id", "activity", "end"), names, strict=True))


def test_a_register_is_recognised_by_its_dates() -> None:
    """One row a matter; a due moment is none of its steps, nor is a count or a running number."""
    frame = pd.DataFrame(
        {
            "序号": [1, 2],
            "工单编号": ["a", "b"],
            "受理时间": ["2024-03-05 09:00", "2024-03-06 10:00"],
            "办结时限": ["2024-03-15 18:00", "2024-03-16 18:00"],
            "退回次数": [0, 2],
            "办结时间": ["2024-03-12 09:00", ""],
            "承办单位": ["水务集团", "环保局"],
        }
    ).astype(str)
    names, moments = guess_register(frame)
    assert names == {"case_id": "工单编号", "unit": "承办单位"}
    assert moments == {"受理": "受理时间", "办结": "办结时间"}
    assert due_column(frame) == "办结时限"


def test_a_log_of_steps_is_no_register() -> None:
    """Where a column says what was done, or an id stands twice, rows are steps."""
    steps = pd.DataFrame(
        {
            "编号": ["1", "1"],
            "环节": ["登记", "办结"],
            "到达时间": ["2024-03-05", "2024-03-06"],
            "办结时间": ["2024-03-05", "2024-03-07"],
        }
    )
    assert guess_register(steps) == ({}, {})


def test_what_differs_within_cases_is_the_activity() -> None:
    """A column under a strange name that has few values and changes from row to row."""
    frame = pd.DataFrame(
        {
            "流水号": ["1", "1", "2", "2"],
            "流转位置": ["登记", "办结", "登记", "办结"],
            "文种": ["请示", "请示", "函", "函"],
            "时间": ["2024-03-05", "2024-03-06", "2024-03-05", "2024-03-07"],
        }
    )
    assert guess_columns(frame)["activity"] == "流转位置"


def test_numbers_that_restart_each_year_are_numbers_with_their_year() -> None:
    register = pd.DataFrame({
        "年度": ["2023"] * 5 + ["2024"] * 5, "督查编号": [str(n) for n in range(1, 6)] * 2,
        "立项日期": [f"202{3 + n // 5}-03-0{1 + n % 5}" for n in range(10)],
        "办结日期": [f"202{3 + n // 5}-04-0{1 + n % 5}" for n in range(10)],
    })  # fmt: skip
    assert year_beside(register, "督查编号") == "年度"
    assert guess_register(register) == (
        {"case_id": "督查编号"}, {"立项": "立项日期", "办结": "办结日期"}
    )  # fmt: skip
    assert year_beside(register.assign(年度="2024"), "督查编号") is None
    assert year_beside(register.assign(督查编号=[str(n) for n in range(10)]), "督查编号") is None


@pytest.mark.parametrize(
    "clock", ["9:30", "09:30:05", "上午9时30分", "下午3时", "9点半", "晚上 8:05", "9:30 PM"]
)
def test_a_time_of_day_stands_beside_the_date_of_its_name(clock: str) -> None:
    log = frame(到达日期="2024-03-05", 到达时刻=clock, 办结日期="2024-03-06", 办结时刻=clock)
    assert clock_beside(log, "到达日期") == "到达时刻"
    assert clock_beside(log, "办结日期") == "办结时刻"
    assert clock_beside(log.rename(columns={"到达时刻": "甲"}), "到达日期") is None


@pytest.mark.parametrize("other", ["9:75:00:00", "上午", "30分", "2024-03-05"])
def test_what_is_no_time_of_day_stands_beside_none(other: str) -> None:
    assert clock_beside(frame(日期="2024-03-05", 时间=other), "日期") is None
