"""A register is read whatever people and their spreadsheets made of it, or every slip is told."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from efficiency import tables
from efficiency.evidence.points.points_file import (
    THEIRS,
    no_points,
    read_points,
    typed_points,
)
from efficiency.problems import SettingsError
from efficiency.tables.identity import point_id
from efficiency.words.point_words import CODES, REGISTER

T1, T2 = (point_id("standard", {"standard_id": name}) for name in ("T1", "T2"))
SUBJECT = '"{""standard_id"": ""T1""}"'


def written(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "points.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_contract() -> None:
    empty = no_points()
    assert empty.columns.tolist() == tables.POINTS.names
    tables.POINTS.check(empty)
    assert set(THEIRS) < set(tables.POINTS.names) == set(REGISTER)
    assert set(CODES) < set(REGISTER)
    names = [name for pair in REGISTER.values() for name in set(pair)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_chinese_headings_and_words_of_a_spreadsheet(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    """As Excel leaves them: dates and percentages in its own forms, a remark, blank rows."""
    lines = [
        ["2024年度台账", "", ""],
        [],
        ["编号", "问题", "状态", "备注", "基线", "目标", "时限", "完成日期", "检查结论",
         "处理", "类别", "对象", "检查件数"],
        ["# 以下由综合处填写"],
        [T1, "转办慢", "仍存在", "第一行\n第二行", "62.5%", "≥90%", "2025/3/1", "2025年2月28日",
         "部分有效", "再改", "standard", '{"standard_id": "T1"}', "1,200"],
        ["", "", ""],
        ["007", "手工填的", "", "=1+1", "", "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    text = "\r\n".join(
        mark.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    points = read_points(written(tmp_path, text, encoding))
    assert points["id"].tolist() == [T1, "007"]
    first = points.iloc[0]
    assert (first["status"], first["verdict"], first["decision"]) == (
        "recurring", "partly", "adjust"
    )  # fmt: skip
    assert (first["baseline"], first["target"], first["n"]) == (0.625, 0.9, 1200)
    assert (first["due"], first["done"]) == (pd.Timestamp("2025-03-01"), pd.Timestamp("2025-02-28"))
    assert points["备注"].tolist() == ["第一行\n第二行", "=1+1"]
    assert points.columns.tolist() == [*tables.POINTS.names, "备注"]
    assert points.loc[1, ["kind", "title"]].tolist() == ["", "手工填的"]


def test_english_headings_in_any_order(tmp_path: Path) -> None:
    path = written(tmp_path, f"x,subject,kind,title,status\n1,{SUBJECT},standard,slow,Relapsed\n")
    points = read_points(path)
    assert points.loc[0, ["id", "status", "x"]].tolist() == [T1, "relapsed", "1"]


def test_an_id_that_excel_took_for_a_number_is_mended(tmp_path: Path) -> None:
    """It is the digest of kind and subject, which no spreadsheet takes for numbers."""
    path = written(tmp_path, f"id,kind,subject\n1.23E+11,standard,{SUBJECT}\n")
    assert read_points(path)["id"].tolist() == [T1]


def test_points_without_an_id_get_one_by_their_title(tmp_path: Path) -> None:
    points = read_points(written(tmp_path, "id,title\n,甲\n,乙\n"))
    assert points["id"].tolist() == [point_id("own", {"title": title}) for title in "甲乙"]
    assert set(points["kind"]) == {"own"}
    assert read_points(written(tmp_path, "title,owner\n乙,\n甲,王\n"))["id"].tolist() == [
        point_id("own", {"title": title}) for title in "乙甲"
    ]


def test_history_is_read_in_either_language_and_other_lines_stay(tmp_path: Path) -> None:
    first = "2023-12-31 · 新发现 · 尚早 · 0.6 (0.5–0.7) · n=9"
    history = f"{first}\r\n有人写的\r\n2024-12-31 · resolved · 有效"
    points = read_points(written(tmp_path, f'编号,历次检查\nx,"{history}"\n'))
    assert points.loc[0, "history"].split("\n") == [
        "2023-12-31 · new · too early · 0.6 (0.5–0.7) · n=9",
        "有人写的",
        "2024-12-31 · resolved · effective",
    ]


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "编号,问题\n", "# 空\n编号,问题\n,\n"])
def test_a_register_without_points(tmp_path: Path, text: str) -> None:
    points = read_points(written(tmp_path, text, "utf-8"))
    pd.testing.assert_frame_equal(points, no_points())


def test_every_slip_is_told_with_its_place(tmp_path: Path) -> None:
    """The line is the row that a spreadsheet shows, line breaks in cells or not."""
    text = (
        "编号,问题,状态,目标,时限,检查件数,单位,责任,下轮目标\n"
        'a,"两\n行",还在,九成,下月,几件,比例,,1.2\n'
        "# 备注\n"
        "b,x,,90,2025-02-30,-1,share,,\n"
        ",,,,,,,王处长,\n"
        "a,y,,,,,,,\n"
    )
    with pytest.raises(SettingsError) as caught:
        read_points(written(tmp_path, text))
    told = [(problem.line, problem.column, problem.key) for problem in caught.value.problems]
    assert told == [
        (2, "status", "point_code"),
        (2, "target", "number"),
        (2, "due", "date"),
        (2, "n", "whole_number"),
        (2, "next_target", "point_aim"),
        (4, "due", "date"),
        (4, "n", "whole_number"),
        (4, "target", "point_aim"),
        (5, "owner", "point_untitled"),
        (6, "id", "twice_id"),
    ]
    lines = caught.value.text("zh").splitlines()
    assert lines[1] == (
        "  - points.csv:2: [status] status 应为 新发现 (new), 仍存在 (recurring), "
        "已解决 (resolved), 反弹 (relapsed) 之一，现为 '还在'"
    )
    assert "target 为 '90'，而衡量指标是 0 与 1 之间的比例；请写 90% 或 0.9" in lines[8]
    assert "'王处长'" in lines[9]


def test_hours_may_be_aimed_at_in_hours(tmp_path: Path) -> None:
    points = read_points(written(tmp_path, "id,单位,目标\nx,办公小时,90\ny,,90\nz,比例,1\n"))
    assert points["target"].tolist() == [90, 90, 1]


def test_headings_must_be_there_and_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no row of headings .* the first row is: a, b"):
        read_points(written(tmp_path, "\na,b\n1,2\n"))
    with pytest.raises(SettingsError, match=r"points\.csv:1: 'title' stands twice"):
        read_points(written(tmp_path, "id,title,问题\n1,2,3\n"))
    with pytest.raises(SettingsError, match="there is no file"):
        read_points(tmp_path / "none.csv")


def test_a_workbook_is_read_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["台账"])
    page.append(["编号", "问题", "目标", "时限", "检查件数", "备注"])
    page.append(["007", "x", 0.9, pd.Timestamp("2025-03-01").to_pydatetime(), 320.0, 12])
    page["C3"].number_format = "0.0%"
    book.save(tmp_path / "points.xlsx")
    points = read_points(tmp_path / "points.xlsx")
    assert points.loc[0, ["id", "target", "due", "n", "备注"]].tolist() == [
        "007", 0.9, pd.Timestamp("2025-03-01"), 320, "12"
    ]  # fmt: skip


def test_typing_a_frame_leaves_it_alone() -> None:
    frame = pd.DataFrame({"extra": [1.5, None], "id": ["a", "b"], "n": [3, None]})
    before = frame.copy()
    typed = typed_points(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert typed.columns[-1] == "extra"
    assert typed["n"].tolist()[0] == 3
    assert typed["title"].tolist() == ["", ""]
    assert re.fullmatch("Int64", str(typed["n"].dtype))
