"""The table in a sheet or a text: its heading found, what lies about it told, nothing lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import efficiency as eff
from efficiency.evidence.log.headers import below_from, heading_at, letter
from efficiency.problems import LogError

COLUMNS = {"case_id": "流水号", "activity": "环节", "end": "办结时间"}
STEPS = [("1", "登记", "2024-03-05 09:00"), ("1", "归档", "2024-03-05 10:00")]


def told(record: eff.Record) -> list[tuple[str, str, int]]:
    """What was set aside or named: its value or column, the reason, how many."""
    rows = record.changed.to_dict("records")
    return [(row["value"] or row["column"], row["reason"], row["n"]) for row in rows]


def test_a_title_ids_that_are_merged_and_totals_below(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2024年度收文登记簿"])
    sheet.append(["打印日期：2024-12-31"])
    sheet.append(list(COLUMNS.values()))
    for number, step in enumerate(STEPS):
        sheet.append([step[0] if not number else None, *step[1:]])
    sheet.append([])
    sheet.append(["2", "登记", "2024-03-06 09:00"])
    sheet.append(["合计", "3"])
    sheet.append(["制表：张某"])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A4:A5")
    book.save(tmp_path / "a.xlsx")
    record = eff.read_record(tmp_path / "a.xlsx", COLUMNS)
    assert record.log["case_id"].tolist() == ["1", "1", "2"]
    assert record.rejected.empty
    assert record.rows == 3
    outside = "outside the table"
    assert told(record) == [
        ("2024年度收文登记簿", outside, 1), ("打印日期：2024-12-31", outside, 1), ("", outside, 1),
        ("合计 | 3", outside, 1), ("制表：张某", outside, 1),
    ]  # fmt: skip


def test_a_heading_over_two_rows_and_a_column_without_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["流水号", "环节", "时间", None, None])
    sheet.append([None, None, "到达", "办结", None])
    sheet.append(["1", "登记", "2024-03-05 09:00", "2024-03-05 10:00", "急"])
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "two.xlsx")
    columns = {"case_id": "流水号", "activity": "环节", "received": "时间 到达", "end": "时间 办结"}
    record = eff.read_record(tmp_path / "two.xlsx", columns)
    assert record.log[["received", "end"]].astype(str).values.tolist() == [
        ["2024-03-05 09:00:00", "2024-03-05 10:00:00"]
    ]
    assert record.log["列E"].tolist() == ["急"]
    assert told(record) == [("列E", "no heading", 1)]


@pytest.fixture
def three_sheets(tmp_path: Path) -> Path:
    """A hidden template, a cover, and two sheets with tables."""
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title, hidden.sheet_state = "模板", "hidden"
    for row in (list(COLUMNS.values()), *[("示例", *STEPS[0][1:])] * 5):
        hidden.append(row)
    cover = book.create_sheet("说明")
    cover["A1"] = "本表由系统导出"
    for name, steps in (("收文", STEPS), ("发文", STEPS[:1])):
        sheet = book.create_sheet(name)
        for row in (list(COLUMNS.values()), *steps):
            sheet.append(row)
    book.save(tmp_path / "sheets.xlsx")
    return tmp_path / "sheets.xlsx"


def test_the_visible_sheet_with_the_largest_table_is_read(three_sheets: Path) -> None:
    record = eff.read_record(three_sheets, COLUMNS)
    assert (record.sheet, len(record.log)) == ("收文", 2)
    other = eff.read_record(three_sheets, COLUMNS, sheet="发文")
    assert (other.sheet, len(other.log)) == ("发文", 1)
    hidden = eff.read_record(three_sheets, COLUMNS, sheet="模板")
    assert set(hidden.log["case_id"]) == {"示例"}
    with pytest.raises(LogError, match="no sheet '收件' to use; there are 模板, 说明, 收文, 发文"):
        eff.read_record(three_sheets, COLUMNS, sheet="收件")


def test_days_of_a_mac_are_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["case_id", "activity", "end"])
    sheet.append(["1", "登记", dt.datetime(2024, 3, 5, 9, 5)])
    sheet.append(["1", "归档", 43894.5])
    sheet["C3"].number_format = "General"
    book.save(tmp_path / "mac.xlsx")
    ends = eff.read_log(tmp_path / "mac.xlsx")["end"]
    by_hand = dt.datetime(1904, 1, 1) + dt.timedelta(days=43894.5)
    assert ends.tolist() == [dt.datetime(2024, 3, 5, 9, 5), by_hand]


HEAD = "流水号,环节,办结时间"
LINES = "1,登记,2024-03-05 09:00"
TEXTS = {
    "returns alone": f"{HEAD}\r{LINES}\r".encode(),
    "one zero byte": f"{HEAD}\n1,登\x00记,2024-03-05 09:00\n".encode(),
    "the separator is named": f"sep=;\n{HEAD}\n{LINES}\n".replace(",", ";").encode(),
    "a title": f"2024年收文登记簿\n{HEAD}\n{LINES}\n".encode(),
    "utf-16 without a mark": f"{HEAD}\n{LINES}\n".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_slips_of_text_files_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_bytes(TEXTS[name])
    record = eff.read_record(tmp_path / "a.csv", COLUMNS)
    assert record.log[["case_id", "activity"]].values.tolist() == [["1", "登记"]]
    assert len(told(record)) == (name in {"a title", "one zero byte"})


def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'{HEAD}\n1,"登记,2024-03-05 09:00\n{LINES}\n', "utf-8")
    with pytest.raises(LogError, match="a quote in line 2 is never closed"):
        eff.read_record(tmp_path / "a.csv", COLUMNS)


def test_a_column_without_a_heading_is_kept_where_it_holds_something(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{HEAD},,\n{LINES},急,\n", "utf-8")
    record = eff.read_record(tmp_path / "a.csv", COLUMNS)
    assert record.log["列D"].tolist() == ["急"]
    assert told(record) == [("列D", "no heading", 1)]


def test_letters_headings_and_what_lies_below() -> None:
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert heading_at([["a", "b"], ["1", "2"]]) == 0
    assert below_from([["合计", "1"], ["1", "登记"], ["备注：无", ""]]) == 2


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([["1", "审核人复核"], ["2", "负责人审批"]], 2),
        ([["1", "总计划编制工作方案"]], 1),
        ([["1", "登记"], ["合计", "2"], ["注：1.本表每月更新", ""], ["2.逾期的请说明原因", ""]], 1),
        ([["1", "登记"], ["单位负责人（签字）：", "张某"]], 1),
        ([["1", "登记"], ["2.逾期的请说明原因", ""]], 2),
    ],
)
def test_what_lies_below_a_table_is_told_from_its_rows(rows: list[list[str]], kept: int) -> None:
    assert below_from(rows) == kept


def test_totals_between_the_rows_are_set_aside(tmp_path: Path) -> None:
    text = "编号,环节,办结\n1,登记,2024-03-05\n1季度小计,1,\n2,登记,2024-04-05\n合计,2,\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    columns = {"case_id": "编号", "activity": "环节", "end": "办结"}
    record = eff.read_record(tmp_path / "a.csv", columns)
    assert record.log["case_id"].tolist() == ["1", "2"]
    assert record.rejected.empty
    assert sorted(record.changed["value"]) == ["1季度小计 | 1", "合计 | 2"]


def test_title_lines_padded_with_separators_are_no_heading(tmp_path: Path) -> None:
    """As Excel saves them."""
    text = "公文流转明细表,,\n导出时间：2024-12-31,,\n编号,环节,办结\n1,登记,2024-03-05\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    columns = {"case_id": "编号", "activity": "环节", "end": "办结"}
    record = eff.read_record(tmp_path / "a.csv", columns)
    assert (len(record.log), record.rows) == (1, 1)
    assert sorted(record.changed["value"]) == ["公文流转明细表", "导出时间：2024-12-31"]


def test_a_line_of_labels_as_wide_as_the_table_is_no_heading() -> None:
    rows = [["填报单位：", "市府办", "填报日期：", "2024-12"], ["编号", "环节", "办结", "经办人"],
            ["1", "登记", "2024-03-05", "张某"]]  # fmt: skip
    assert heading_at(rows) == 1
    assert heading_at([["填报单位：市府办", "", "审核人:李某"], *rows[1:]]) == 1
    assert heading_at([["办结时间 08:00", "环节"], ["1", "登记"]]) == 0
