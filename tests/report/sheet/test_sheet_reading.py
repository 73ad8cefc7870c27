"""What was changed by hand in a workbook is found, and nothing else."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from efficiency.language import Language
from efficiency.report.sheet.sheet_reading import Difference, differences, read_tables
from efficiency.report.sheet.workbook import workbook
from reported import NASTY


def tables() -> dict[str, pd.DataFrame]:
    chance = np.random.default_rng(1)
    return {
        "waiting": pd.DataFrame(
            {
                "activity": ["登记", "转办", "=1+1", NASTY, "_x0041_", "a\nb\tc", " d "],
                "hours": [0.1 + 0.2, 1234567.891, -3.0, np.nan, np.inf, 1e-5, 98765432.123456],
                "share": [1 / 3, 0, 1, 0.5, np.nan, 1e-7, 0.999999],
                "n": [1, 2, 1234567, 0, 5, 6, 999],
                "at": pd.to_datetime(
                    ["2024-12-13 15:27", None, "2024-02-29 23:59:59.999999", "2024-01-01",
                     "1999-12-31 00:00:01.000001", None, "2038-01-19 03:14:08"],
                    format="ISO8601"),
                "is_late": [True, False, True, None, None, False, True],
            }
        ),
        "random": pd.DataFrame({"x": chance.normal(size=50) * 1e4, "y": chance.random(50)}),
        "nothing": pd.DataFrame({"n": pd.Series(dtype="int64")}),
        "no columns": pd.DataFrame(),
        "a/b": pd.DataFrame({"n": [1]}),
    }  # fmt: skip


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook(tables(), "zh", "示例")


@pytest.fixture
def edited(made: bytes) -> Callable[..., bytes]:
    """Edit the workbook by another library."""

    def edit(change: Callable[[Any], object]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(made))
        change(book)
        kept = io.BytesIO()
        book.save(kept)
        return kept.getvalue()

    return edit


# --- read back


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_come_back_by_their_own_names(language: Language) -> None:
    read = read_tables(workbook(tables(), language, ""))
    assert list(read) == list(tables())
    for name, frame in tables().items():
        assert list(read[name].columns) == list(frame.columns)
        assert list(read[name].index) == list(range(3, 3 + len(frame)))
    waiting = read["waiting"]
    assert waiting["activity"].tolist() == tables()["waiting"]["activity"].tolist()
    assert waiting["n"].tolist() == [1, 2, 1234567, 0, 5, 6, 999]
    assert waiting["hours"].tolist()[:3] == [0.3, 1234567.891, -3]
    assert waiting["at"][3] == pd.Timestamp("2024-12-13 15:27")
    assert waiting["at"][4] is None


def test_a_file_reads_as_its_bytes_do(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    path.write_bytes(made)
    assert differences(path, tables()) == differences(str(path), tables()) == []
    assert list(read_tables(path)) == list(tables())


# --- what was written is what is expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_untouched_workbook_has_no_differences(language: Language) -> None:
    assert differences(workbook(tables(), language, "t", 5), tables()) == []


def test_nor_has_one_that_another_library_saved(edited: Callable[..., bytes]) -> None:
    assert differences(edited(lambda _: None), tables()) == []


@pytest.mark.slow
def test_nor_has_one_that_libreoffice_saved(made: bytes, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    (tmp_path / "w.xlsx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir",
         tmp_path / "saved", tmp_path / "w.xlsx"],
        capture_output=True, check=False, timeout=180,
    )  # fmt: skip
    saved = tmp_path / "saved" / "w.xlsx"
    if not saved.exists():
        pytest.skip("this LibreOffice has no Calc")
    assert differences(saved, tables()) == []


# --- every change is found


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("A3", "activity", "登纪"), ("B4", "hours", 1234567.892), ("B3", "hours", 0.300002),
        ("C3", "share", 0.343333), ("D5", "n", 1234568), ("D6", "n", None), ("B6", "hours", 1),
        ("E3", "at", pd.Timestamp("2024-12-13 15:28")), ("F3", "is_late", False),
        ("D3", "n", "1"), ("A5", "activity", "1+1"), ("E4", "at", pd.Timestamp("2024-01-01")),
    ],
)  # fmt: skip
def test_one_cell_changed_by_hand(
    edited: Callable[..., bytes], cell: str, column: str, value: Any
) -> None:
    def change(book: Any) -> None:
        book["waiting"][cell].value = value

    (found,) = differences(edited(change), tables())
    assert (found.sheet, found.cell, found.column) == ("waiting", cell, column)
    assert found.found == value


def test_what_is_told_of_a_change(edited: Callable[..., bytes]) -> None:
    def change(book: Any) -> None:
        book["a_b"]["A3"].value = 7

    assert differences(edited(change), tables()) == [Difference("a_b", "A3", "n", 7, 1)]


def test_rows_added_missing_and_sorted(edited: Callable[..., bytes]) -> None:
    def add(book: Any) -> None:
        book["random"].append([1.5, 2.5])

    assert differences(edited(add), tables()) == [Difference("random", "A53", "", (1.5, 2.5), None)]
    (gone,) = differences(edited(lambda book: book["random"].delete_rows(10)), tables())
    assert (gone.cell, gone.column, gone.found) == ("", "", None)
    assert gone.expected == pytest.approx(tuple(tables()["random"].iloc[7]), abs=1e-6)

    def turn(book: Any) -> None:
        rows = [[cell.value for cell in row] for row in book["random"].iter_rows(min_row=3)]
        for place, row in enumerate(reversed(rows), 3):
            for column, cell in enumerate(row, 1):
                book["random"].cell(place, column).value = cell

    assert differences(edited(turn), tables()) == []


def test_columns_and_sheets_that_are_gone_or_new(edited: Callable[..., bytes]) -> None:
    gone = differences(edited(lambda book: book["random"].delete_cols(2)), tables())
    assert gone == [Difference("random", "", "y", None, "y")]
    lost = differences(edited(lambda book: book.remove(book["random"])), tables())
    assert lost == [Difference("random", "", "", None, "random")]

    def note(book: Any) -> None:
        book["random"]["D4"].value = "核对过"
        book.create_sheet("我的")["A1"].value = 12

    assert differences(edited(note), tables()) == [Difference("random", "D4", "", "核对过", None)]


def test_columns_that_were_moved_are_known_by_their_names(edited: Callable[..., bytes]) -> None:
    def swap(book: Any) -> None:
        for row in book["random"].iter_rows():
            row[0].value, row[1].value = row[1].value, row[0].value

    assert differences(edited(swap), tables()) == []


def test_a_count_in_the_contents_that_was_changed(edited: Callable[..., bytes]) -> None:
    def change(book: Any) -> None:
        book["目录"]["C5"].value = 8

    assert differences(edited(change), tables()) == [Difference("目录", "C5", "行数", 8, 7)]


def test_a_workbook_of_other_tables(made: bytes) -> None:
    other = tables() | {"random": pd.DataFrame({"x": [1.0], "y": [2.0]})}
    found = differences(made, other)
    assert len(found) >= 50
    assert {one.sheet for one in found} == {"random", "目录"}
