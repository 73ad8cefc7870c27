"""Marked cases are left out whole, counted, and nothing of them is kept."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.evidence.log.classified import emptied
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.registers import read_register, steps_of

FRAME = pd.DataFrame(
    {
        "case_id": ["1", "2", "2", "3", "4"],
        "activity": ["登记", "登记", " 办结 ", "登记", "登记"],
        "end": ["2024-03-05 09:00", "2024-03-05 10:00", "soon", "2024-03-05 11:00", "x"],
        "标题": ["甲", "乙 ", "乙 ", "丙", "丁"],
        "密级": ["", "机密★10年", "", "非密", "秘密"],
        "件数": [1, 2, 3, 4, 5],
    }
)


@pytest.mark.parametrize(
    ("name", "marks", "marked"),
    [
        ("密级", ["", "绝密", "公开"], [False, True, False]),
        ("是否涉密", ["是", "否", None], [True, False, False]),
        ("类别", ["密件", "无", None], [True, False, False]),
        ("类别", ["密件", "通知", None], [False, False, False]),  # a title may say 密件
        ("密级", ["内部", "工作秘密", "无"], [False, False, False]),
        ("是否涉密", [True, False, False], [True, False, False]),
    ],
)
def test_marks(name: str, marks: list[object], marked: list[bool]) -> None:
    frame = pd.DataFrame({"id": list("abc"), name: marks})
    assert emptied(frame, "id").marked.tolist() == marked


def test_nothing_of_a_marked_case_is_kept() -> None:
    record = read_record(FRAME, classified=False)
    assert record.log["case_id"].tolist() == ["1", "3"]
    assert "密级" not in record.log
    assert record.log["件数"].tolist() == [1, 4]
    assert record.rows == len(record.log) + len(record.rejected)
    assert record.rejected["row"].tolist() == [2, 3, 5]
    assert set(record.rejected["reason"]) == {"marked as a state secret, not loaded"}
    assert (record.rejected[["value", "case_id", "activity"]] == "").all(axis=None)
    assert record.changed.empty
    assert (record.secrets.cases, record.secrets.rows) == (2, 3)


def test_all_is_read_where_that_is_asked() -> None:
    record = read_record(FRAME)
    assert record.log["case_id"].tolist() == ["1", "2", "3"]
    assert "密级" in record.log
    assert record.secrets.rows == 0


def test_in_a_register() -> None:
    frame = pd.DataFrame(
        {
            "编号": ["1", "2"],
            "立项": ["2024-03-05", "2024-03-06"],
            "涉密": ["否", "是"],
            "事由": ["a", "b"],
        }
    )
    steps = steps_of({"立项": "立项"})
    record = read_register(frame, {"case_id": "编号"}, steps, classified=False)
    assert record.log["case_id"].tolist() == ["1"]
    assert "涉密" not in record.log
    assert record.rejected[["row", "case_id", "value"]].values.tolist() == [[2, "", ""]]
    assert read_register(frame, {"case_id": "编号"}, steps).log["case_id"].tolist() == ["1", "2"]


@pytest.mark.parametrize(
    "mark",
    ["绝　密", "绝 密", "机密1年", "秘密(3年)", "机密文件（10年）", "秘密级（长期）", "★机密",
     "【秘密】", "机密、特急", "内部资料/秘密", "Secret", "√", "✓", "是（机密）", "真", "需保密"],
)  # fmt: skip
def test_marks_however_they_are_set(mark: str) -> None:
    frame = pd.DataFrame({"id": list("abc"), "密级": [mark, "无", "工作秘密"]})
    assert emptied(frame, "id").marked.tolist() == [True, False, False]


def test_one_case_under_another_width_of_its_id() -> None:
    frame = pd.DataFrame({"id": ["1003", "１００３", "1003.0", "10"], "密级": ["机密", "", "", ""]})
    assert emptied(frame, "id").marked.tolist() == [True, True, True, False]
