"""What stands in a cell: everything a table may hold, and what counts as equal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.report.sheet.cell_values import same, sheet_names, value, values


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (None, None), (pd.NA, None), (pd.NaT, None), (float("nan"), None), ("", None),
        ("\x00\ud800", "␀�"), ("a\x0bb\x1f\nc", "a␋b␟\nc"), ("=1+1", "=1+1"),
        (np.int64(3), 3), (np.float64(0.12345678), 0.123457), (-0.0000001, 0.0),
        (Decimal("1.5"), 1.5), (np.bool_(True), True), (True, True),
        (10**15, "1000000000000000"), (-(10**14), -(10**14)),
        (float("inf"), "∞"), (float("-inf"), "-∞"),
        (dt.date(2024, 1, 2), dt.datetime(2024, 1, 2)),
        (pd.Timestamp("2024-01-02 03:04:05.678901"), dt.datetime(2024, 1, 2, 3, 4, 5, 678901)),
        (pd.Timestamp("2024-01-02 03:04:05.123456789"), dt.datetime(2024, 1, 2, 3, 4, 5, 123456)),
        (pd.Timestamp("1899-12-31"), "1899-12-31 00:00:00"),
        (("登记", 1), "('登记', 1)"), ("长" * 40_000, "长" * 32_767),
    ],
)  # fmt: skip
def test_what_a_workbook_holds(one: Any, written: Any) -> None:
    got = value(one)
    assert got == written
    assert type(got) is type(written)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["a", None], dtype="string"), pd.Series(["a", None], dtype="category"),
        pd.Series([1, None], dtype="Int64"), pd.Series([True, None], dtype="boolean"),
        pd.Series([1.5, None]), pd.to_datetime(pd.Series(["2024-01-01", None])),
    ],
)  # fmt: skip
def test_an_empty_cell_of_any_type_is_empty(column: pd.Series) -> None:
    first, second = values(column)
    assert first is not None
    assert second is None


@given(st.integers(-(10**14), 10**14))
def test_one_more_is_never_the_same(n: int) -> None:
    assert same(n) != same(n + 1)
    assert same(n) == same(float(n))


@given(st.floats(-1e8, 1e8))
def test_a_change_of_a_digit_that_is_written_is_seen(x: float) -> None:
    kept = round(x, 6)
    assert same(kept) == same(float(f"{kept:.15g}"))
    assert same(kept) != same(kept + 2e-6)


def test_a_truth_is_no_number_and_a_text_no_number() -> None:
    assert same(True) != same(1)
    assert same("1") != same(1)
    assert same("a\r\nb") == same("a\nb")


@given(st.lists(st.text(max_size=40), unique=True, max_size=12))
def test_names_of_sheets_are_legal_and_no_two_alike(tables: list[str]) -> None:
    names = sheet_names(tables, "Contents")
    folded = [name.lower() for name in names.values()]
    assert len(set(folded)) == len(tables)
    assert not {"contents", "history"} & set(folded)
    for name in names.values():
        assert 1 <= len(name) <= 31
        assert not set("[]:*?/\\'") & set(name)


def test_a_table_keeps_its_own_name() -> None:
    assert sheet_names(["steps", "x" * 40], "目录") == {"steps": "steps", "x" * 40: "x" * 31}
