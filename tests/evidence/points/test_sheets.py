"""A sheet is opened cell by cell, and written back with nothing changed but what was asked for."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from efficiency.evidence.points.sheets import Sheet, open_sheet, sheet_bytes
from efficiency.problems import LogError, SettingsError

NAMES = frozenset({"a", "b", "c", "id", "title"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_way_of_writing_a_csv(
    tmp_path: Path, encoding: str, separator: str, newline: str
) -> None:
    """Found out, kept when written, and read again as the same."""
    path = tmp_path / "a.csv"
    rows = [["# 备注"], ["id", "title", "其他"], ["1", '他说"好", ; | \t', "第一行\n第二行"], []]
    lines = [
        separator.join('"' + c.replace('"', '""') + '"' if len(c) > 5 else c for c in row)
        for row in rows
    ]
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    sheet = open_sheet(path, NAMES)
    assert [list(row) for row in sheet.rows] == rows
    assert (sheet.separator, sheet.newline) == (separator, newline)
    content = sheet_bytes(sheet, {(2, 0): "007"}, ".csv")
    assert content.decode(sheet.encoding).startswith("# 备注" + newline)
    if encoding != "gb18030":
        assert content[:2] in (b"\xef\xbb", b"\xff\xfe")  # with its mark, for Excel
    path.write_bytes(content)
    again = open_sheet(path, NAMES)
    rows[2][0] = "007"
    assert [list(row) for row in again.rows] == rows
    assert (again.encoding, again.separator) == (sheet.encoding, separator)


def test_the_separator_is_the_one_that_shows_the_names(tmp_path: Path) -> None:
    """Though another one cuts the lines into as many columns."""
    (tmp_path / "a.csv").write_text("id;title\n1;x,y\n", encoding="utf-8")
    assert open_sheet(tmp_path / "a.csv", NAMES).rows[1] == ("1", "x,y")


def test_the_sheet_grows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1\n", encoding="utf-8")
    sheet = open_sheet(tmp_path / "a.csv", NAMES)
    assert sheet.cell(1, 1) == ""
    assert sheet.cell(1, None) == ""
    content = sheet_bytes(sheet, {(1, 2): "=x", (3, 1): 0.5, (3, 0): 7}, ".csv")
    assert content.decode("utf-8-sig") == "a,b\n1,,'=x\n\n7,0.5\n"


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no file"):
        open_sheet(tmp_path / "a.csv", NAMES)
    (tmp_path / "a.csv").write_bytes(b'a,b\n1,"x\n2,y\n')
    with pytest.raises(SettingsError, match=r"a\.csv: a quote is opened and not closed"):
        open_sheet(tmp_path / "a.csv", NAMES)
    (tmp_path / "b.csv").write_bytes(b"a,b\n\xff\xff\xff\n")
    with pytest.raises(SettingsError, match="the encoding is none of"):
        open_sheet(tmp_path / "b.csv", NAMES)
    (tmp_path / "c.xlsx").write_bytes(b"no zip")
    with pytest.raises(LogError, match="this is no xlsx workbook"):
        open_sheet(tmp_path / "c.xlsx", NAMES)
    with zipfile.ZipFile(tmp_path / "d.xlsx", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(SettingsError, match="refused"):
        open_sheet(tmp_path / "d.xlsx", NAMES)


#: What a spreadsheet can hold: no control signs but tab and line break.
cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"],
                              include_characters="\n\t\"',;|"), max_size=8)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Written by us and read by us; only what would be a formula is guarded."""
    sheet = Sheet(tuple(tuple(row) for row in [["id", "title"], *rows]))
    content = sheet_bytes(sheet, {}, ".csv")
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    again = open_sheet(path, NAMES)
    assert again.rows == sheet.rows
    assert sheet_bytes(again, {}, ".csv") == content


# --- workbooks


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with all that people put into one."""
    made = openpyxl.Workbook()
    page = made.active
    page.append(["id", "title", "n", "when"])
    page.append(["007", "x", 0.625, None])
    page["D2"] = dt.datetime(2025, 3, 1)
    page["C2"].number_format = "0.0%"
    page["B2"].comment = Comment("同事的批注", "王")
    page["E2"] = "=C2*2"
    page.column_dimensions["B"].width = 40
    page.freeze_panes = "A2"
    made.create_sheet("别的")["A1"] = "另一张表"
    made.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_a_workbook_keeps_all_but_the_cells_that_change(book: Path) -> None:
    sheet = open_sheet(book, NAMES)
    assert sheet.rows[1] == ("007", "x", "0.625", "2025-03-01", "")
    content = sheet_bytes(sheet, {(1, 1): "=y", (4, 0): 5}, ".xlsx")
    page = (made := openpyxl.load_workbook(io.BytesIO(content))).worksheets[0]
    assert (page["B2"].value, page["B2"].data_type) == ("=y", "s")  # a text, no formula
    assert page["B2"].comment.text == "同事的批注"
    assert page["B2"].comment.author == "王"
    assert (page["C2"].value, page["C2"].number_format) == (0.625, "0.0%")
    assert (page["E2"].value, page["E2"].data_type) == ("=C2*2", "f")
    assert (page["A2"].value, page["A5"].value) == ("007", 5)
    assert (page.column_dimensions["B"].width, page.freeze_panes) == (40, "A2")
    assert made["别的"]["A1"].value == "另一张表"


def test_merged_cells_are_told(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made.worksheets[0].merge_cells("A2:B2")
    made.save(book)
    with pytest.raises(SettingsError, match="cells B2 are merged"):
        sheet_bytes(open_sheet(book, NAMES), {(1, 0): "1", (1, 1): "y"}, ".xlsx")


@pytest.mark.parametrize("part", ["charts/chart1.xml", "threadedComments/threadedComment1.xml"])
def test_what_would_be_lost_is_not_rewritten(book: Path, part: str) -> None:
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(f"xl/{part}", "<x/>")
    with pytest.raises(SettingsError, match=f"the workbook holds {Path(part).parent}"):
        sheet_bytes(open_sheet(book, NAMES), {}, ".xlsx")


def test_a_new_workbook_of_a_text(tmp_path: Path) -> None:
    content = sheet_bytes(Sheet((("id", "=x"),)), {(1, 0): 2.5}, ".xlsx")
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [["id", "=x"], [2.5, None]]
    assert page["B1"].data_type == "s"
