"""Workbooks as offices have them: of other programs, wrong about their size, with hidden parts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from efficiency.evidence.log.sources import open_source
from efficiency.evidence.log.workbooks import read_workbook
from efficiency.problems import LogError

#: One table, saved by LibreOffice as .xls and .ods: a title, twelve steps from 4 March 2024 on, two
#: a day at nine and at midnight, a total, and a hidden sheet.
SAVED = Path(__file__).parent / "workbooks"


def book(path: Path, rows: int = 50) -> Path:
    """A workbook with one sheet of so many steps."""
    made = openpyxl.Workbook()
    made.active.append(["编号", "环节", "办结时间"])
    for at in range(rows):
        made.active.append([f"A{at:03d}", "登记", f"2024-03-{1 + at % 28:02d} 09:00"])
    made.save(path)
    return path


def redrawn(path: Path, pattern: bytes, by: bytes) -> Path:
    """A workbook whose first sheet is written otherwise, as other programs do."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name], many = re.subn(pattern, by, parts[name])
    assert many
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


@pytest.mark.parametrize("name", ["steps.xls", "steps.ods"])
def test_older_workbooks_and_those_of_other_programs_are_read(name: str) -> None:
    read = open_source(SAVED / name)
    assert list(read.frame.columns) == ["收文编号", "节点名称", "办理时间", "序"]
    assert len(read.frame) == 12
    assert read.frame.iloc[0].tolist() == ["A000", "登记", "2024-03-04 09:00", "1"]
    # At midnight sharp nothing tells a moment from a date.
    assert read.frame["办理时间"].iloc[1] == "2024-03-04"
    told = {
        note.reason: note.value
        for note in read.notes
        if note.row != 0 or note.value != "收文登记簿"
    }
    assert told == {"outside the table": "合计 | 12", "hidden sheet": "备份"}


def test_all_rows_are_read_whatever_a_sheet_says_of_its_size(tmp_path: Path) -> None:
    path = redrawn(
        book(tmp_path / "a.xlsx"), rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:C3"/>'
    )
    assert len(read_workbook(path).frame) == 50


def test_a_sheet_that_does_not_say_its_size_is_read(tmp_path: Path) -> None:
    path = redrawn(book(tmp_path / "a.xlsx"), rb'<dimension ref="[^"]*"/>', b"")
    assert len(read_workbook(path).frame) == 50


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", 9))
    for row in (3, 4, 6):
        made.active.row_dimensions[row].hidden = True
    made.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx")
    assert len(read.frame) == 9
    assert [(note.value, note.n) for note in read.notes if note.reason == "hidden row"] == [
        ("3, 4, 6", 3)
    ]


def test_formulas_whose_value_was_never_stored_are_told(tmp_path: Path) -> None:
    """openpyxl writes formulas and computes none, as do exports of many programs."""
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", 8))
    for row in range(2, 9):
        made.active.cell(row, 3).value = f"=NOW()+{row}"
    made.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx")
    assert read.frame["办结时间"].tolist() == [""] * 7 + ["2024-03-08 09:00"]
    (note,) = read.notes
    assert (note.value, note.reason, note.n) == (
        "C2, C3, C4, C5, C6 …", "formula without a value", 7,
    )  # fmt: skip


def test_a_formula_with_its_value_is_no_gap(tmp_path: Path) -> None:
    path = redrawn(
        book(tmp_path / "a.xlsx", 2), rb'<c r="C2"[^>]*>.*?</c>',
        b'<c r="C2"><f>NOW()</f><v>45356.375</v></c>',
    )  # fmt: skip
    read = read_workbook(path)
    assert read.frame["办结时间"].iloc[0] == "45356.375"
    assert read.notes == ()


def test_other_sheets_with_tables_are_named(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(book(tmp_path / "a.xlsx", 3))
    made.create_sheet("上年").append(["编号", "环节"])
    made.save(tmp_path / "a.xlsx")
    assert [(n.value, n.reason) for n in read_workbook(tmp_path / "a.xlsx").notes] == [
        ("上年", "another sheet")
    ]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.xlsb"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(LogError, match=f"{name}: (?:refused|this is no)"):
        open_source(tmp_path / name)


@pytest.mark.parametrize("name", ["收文.et", "收文.numbers"])
def test_forms_of_one_program_alone_are_to_be_saved_otherwise(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(LogError, match=r"save it as \.xlsx"):
        open_source(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("page.xls", "<html><table><tr><td>编号</td></tr></table></html>".encode(), "web_page"),
        ("page.xlsx", "\ufeff  <?xml version='1.0'?><Workbook/>".encode(), "web_page"),
        ("text.xls", "编号\t环节\n1\t登记\n".encode("gb18030"), "misnamed"),
        ("old.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "misnamed"),
        ("new.xls", b"PK\x03\x04" + bytes(60), "misnamed"),
        ("locked.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
         + "EncryptedPackage".encode("utf-16-le"), "locked"),
        ("noise.xlsx", bytes(range(256)) * 4, "not_xlsx"),
    ],
)  # fmt: skip
def test_what_only_bears_the_name_of_a_workbook_is_told(
    tmp_path: Path, name: str, content: bytes, key: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LogError) as error:
        open_source(path)
    assert [problem.key for problem in error.value.problems] == [key]


def test_merged_cells_of_an_opendocument_are_filled() -> None:
    """Twelve cases of three steps each, whose number stands in a cell over three rows."""
    frame = read_workbook(SAVED / "merged.ods").frame
    assert frame["收文编号"].tolist() == [f"A{case:02d}" for case in range(12) for _ in range(3)]
    assert frame["环节"].tolist() == ["登记", "拟办", "办结"] * 12
