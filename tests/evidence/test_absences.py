"""The table of leave: read under the names that people give, all that is wrong at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.absences import read_absences
from efficiency.problems import SettingsError

HEAD = "姓名,离岗日期,返岗前一日,顶岗人\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "leave.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    "head", ["姓名,离岗日期,返岗前一日,顶岗人\n", "actor,first,last,cover\n", "A岗,开始,结束,B岗\n"]
)
def test_days_are_read_in_any_form_that_people_write(head: str, tmp_path: Path) -> None:
    table = read_absences(written(tmp_path, head + "甲,2024/3/5,2024年3月7日,乙\n"))
    assert table.astype(str).values.tolist() == [["甲", "2024-03-05", "2024-03-07", "乙"]]


def test_all_that_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    text = HEAD + "甲,2024-03-05,2024-03-01,乙\n,2024-03-05,2024-03-06,乙\n甲,春节,2024-03-06,\n"
    with pytest.raises(SettingsError) as caught:
        read_absences(written(tmp_path, text))
    told = [problem.text("en") for problem in caught.value.problems]
    assert [one.split("]")[0] for one in told] == [
        "leave.csv:2: [返岗前一日", "leave.csv:3: [姓名", "leave.csv:4: [离岗日期",
        "leave.csv:4: [顶岗人",
    ]  # fmt: skip


def test_a_missing_column_is_told_with_what_it_may_be_called(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="顶岗人"):
        read_absences(written(tmp_path, "姓名,离岗日期,返岗前一日\n甲,2024-03-05,2024-03-06\n"))
