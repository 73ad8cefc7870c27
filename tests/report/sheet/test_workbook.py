"""The workbook, read by openpyxl and as the XML that it is."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pandas as pd
import pytest

from efficiency.report.sheet import cell_values
from efficiency.report.sheet import workbook as module
from efficiency.report.sheet.workbook import contract_of, workbook
from reported import NASTY

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.cn", "0007", NASTY,
]  # fmt: skip


def tables() -> dict[str, pd.DataFrame]:
    return {
        "compliance": pd.DataFrame(
            {"log": ["收文", "b"], "standard_id": ["T4", None], "n": [959, 12],
             "share": [0.7873, None]}
        ),
        "texts": pd.DataFrame({"office": FORMULAS, "hours": [1.0, 2.345, None, 4, 5, 6, 7, 8]}),
        "moments": pd.DataFrame(
            {"at": pd.to_datetime(["2024-12-13 15:27", None, "2024-12-13 15:27:01.5"],
                                  format="ISO8601")}
        ),
        "nothing": pd.DataFrame({"n": pd.Series(dtype="int64")}),
        "no columns": pd.DataFrame(),
    }  # fmt: skip


def opened(made: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))


@pytest.fixture(scope="module")
def book() -> Any:
    return opened(workbook(tables(), "zh", "示例机关", 5))


def test_the_contents_lead_to_every_table(book: Any) -> None:
    assert book.sheetnames == ["目录", *tables()]
    sheet = book["目录"]
    assert sheet["A1"].value == "示例机关"
    assert "5件" in sheet["A2"].value
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_col=3)]
    assert rows[0] == ["表名", "一行是什么", "行数"]
    assert rows[1] == ["compliance", "一项时限标准的全部计时", 2]
    assert [row[0] for row in rows[1:]] == list(tables())
    assert [row[2] for row in rows[1:]] == [2, 8, 3, 0, 0]
    links = [sheet.cell(row, 1).hyperlink for row in range(5, 10)]
    assert [link.location for link in links] == [f"'{name}'!A2" for name in tables()]
    assert all(link.target is None for link in links)


def test_heads_are_in_the_language_with_name_meaning_and_unit_as_a_note(book: Any) -> None:
    sheet = book["compliance"]
    assert [cell.value for cell in sheet[1]] == ["log", "standard_id", "n", "share"]
    assert sheet.row_dimensions[1].hidden
    assert sheet["D2"].value != "share"
    assert sheet["D2"].comment.text == "share\n达标 ÷（达标 + 超时 + 超期未办） (比例)"
    assert sheet["A2"].comment.text == "log"
    english = opened(workbook(tables(), "en", "t"))
    assert english.sheetnames[0] == "Contents"
    assert english["Contents"]["B5"].value == "one standard over all its clocks"
    head = english["compliance"]["D2"]
    assert max(head.value) < "\u4e00"
    assert head.comment.text == "share\nmet ÷ (met + late + overdue) (0 to 1)"


def test_a_head_says_what_its_column_means_in_that_table() -> None:
    """A unit is a part of an office, but of a point it is what it is measured in."""
    frame = pd.DataFrame({"unit": ["share"], "title": ["t"]})
    made = opened(workbook({"points": frame, "judgements": frame}, "zh", "t"))
    assert [cell.value for cell in made["points"][2]] == ["计量单位", "问题"]
    assert made["judgements"]["A2"].value == "部门"


def test_the_head_and_the_first_column_stay_and_the_head_filters(book: Any) -> None:
    assert book["compliance"].freeze_panes == "B3"
    assert book["compliance"].auto_filter.ref == "A2:D4"
    assert book["nothing"].auto_filter.ref == "A2:A3"


def test_a_sheet_is_printed_across_as_broad_as_a_page(book: Any) -> None:
    """On A4, as long as it takes, with the head on every page."""
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
    assert book["目录"].print_title_rows is None
    assert book["compliance"].print_title_rows == "$2:$2"


def test_numbers_shares_and_moments_have_their_formats(book: Any) -> None:
    sheet = book["compliance"]
    assert (sheet["C3"].value, sheet["C3"].number_format) == (959, "#,##0")
    assert (sheet["D3"].value, sheet["D3"].number_format) == (0.7873, "0.0%")
    assert sheet["B4"].value is None
    assert sheet["D4"].value is None
    assert (book["texts"]["B4"].value, book["texts"]["B4"].number_format) == (2.345, "#,##0.00")
    assert book["moments"]["A3"].value == dt.datetime(2024, 12, 13, 15, 27)
    assert book["moments"]["A3"].number_format == "yyyy-mm-dd hh:mm"
    assert book["moments"]["A4"].value is None
    assert book["moments"]["A5"].value == dt.datetime(2024, 12, 13, 15, 27, 1, 500_000)


@pytest.mark.parametrize(
    ("name", "cells", "shown"),
    [
        ("hours", [1000.0, None], "#,##0"), ("hours", [0.0, 1.0], "#,##0.00"),
        ("p", [0.0004], '[<0.001]"<0.001";0.000'), ("p_adjusted", [0.5], '[<0.001]"<0.001";0.000'),
    ],
)  # fmt: skip
def test_how_a_column_without_contract_is_shown(name: str, cells: list[float], shown: str) -> None:
    """What is whole has no decimals, but for ones and noughts, which may be shares or hours."""
    made = opened(workbook({"t": pd.DataFrame({name: cells})}, "en", ""))
    assert made["t"]["A3"].number_format == shown


def test_long_texts_are_wrapped() -> None:
    frame = pd.DataFrame({"long": ["长" * 60, "a"], "brief": ["长" * 20, "a"]})
    sheet = opened(workbook({"t": frame}, "zh", ""))["t"]
    assert [sheet[at].alignment.wrap_text for at in ("A3", "A4")] == [True, True]
    assert sheet["A3"].alignment.vertical == "top"
    assert not sheet["B3"].alignment.wrap_text


def test_no_text_is_alive(book: Any) -> None:
    cells = [row[0] for row in book["texts"].iter_rows(min_row=3, max_col=1)]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(io.BytesIO(workbook(tables(), "zh", "=1+1"))) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/sheet" in name]
        assert not [name for name in sheets if re.search(rb"<f[ >]", parts.read(name))]
        links = [name for name in parts.namelist() if name.endswith(".rels")]
        assert not [name for name in links if b"External" in parts.read(name)]


def test_columns_are_as_wide_as_what_they_hold_within_bounds(book: Any) -> None:
    widths = book["texts"].column_dimensions
    assert widths["A"].width == pytest.approx(40, abs=1)
    assert 7 < widths["B"].width < 20


def test_the_same_tables_give_the_same_bytes_on_any_day() -> None:
    made = workbook(tables(), "zh", "t")
    assert made == workbook(tables(), "zh", "t")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", told)) == {"2000-01-01T"}


def test_the_tables_are_not_changed() -> None:
    given = tables()
    workbook(given, "zh", "t")
    for name, frame in tables().items():
        pd.testing.assert_frame_equal(given[name], frame)


def test_a_workbook_without_tables() -> None:
    assert opened(workbook({}, "en", "")).sheetnames == ["Contents"]


def test_rows_beyond_a_sheet_are_cut_and_the_contents_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert cell_values.MOST_ROWS + cell_values.HEAD_ROWS <= 2**20  # what a sheet can hold
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    made = opened(workbook({"long": pd.DataFrame({"n": range(5)})}, "en", ""))
    assert [cell.value for cell in made["long"]["A"]][2:] == [0, 1, 2]
    assert made["Contents"]["C5"].value == 5
    assert made["Contents"]["D5"].value == "Only the first 3 rows are listed"


def test_nasty_names_of_tables_and_columns() -> None:
    nasty = {NASTY: pd.DataFrame({NASTY: [NASTY]}), "a" * 40: pd.DataFrame({"=1": [1]}),
             "Contents": pd.DataFrame({"n": [1]})}  # fmt: skip
    made = opened(workbook(nasty, "en", NASTY))
    assert len(made.sheetnames) == 4
    assert made.worksheets[1]["A3"].value == NASTY
    assert made["Contents"]["A5"].value == NASTY
    assert made["Contents 2"]["A3"].value == 1


def test_a_contract_is_found_by_the_name_of_the_file() -> None:
    assert contract_of("compliance").name == "compliance"
    assert contract_of("Table") is None
    assert contract_of("names") is None
