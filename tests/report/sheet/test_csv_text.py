"""Tables as csv text: cells that stay what they are, in every spreadsheet."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency._doors.signs import is_formula, visible
from efficiency.report.sheet import csv_text
from efficiency.report.sheet.csv_text import csv_bytes


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_live_formula(start: str) -> None:
    """CWE-1236: a spreadsheet takes such a cell for a formula; an apostrophe keeps it text."""
    text = f"{start}cmd|' /C calc'!A0"
    data = csv_bytes(pd.DataFrame({"a": [text, "plain", None]})).decode("utf-8-sig")
    cell = pd.read_csv(pd.io.common.StringIO(data), dtype=str)["a"][0]
    assert cell.startswith("'")


def test_numbers_stay_numbers() -> None:
    frame = pd.DataFrame(
        {
            "n": [-1, 2],
            "share": [-0.1 - 0.2, float("nan")],
            "at": pd.to_datetime(["2024-03-05 09:00:00.25", "2024-03-05 00:00:00.00"]),
            "none": [None, None],
        }
    )
    assert csv_bytes(frame).decode("utf-8-sig") == (
        "n,share,at,none\n-1,-0.3,2024-03-05 09:00:00.250000,\n2,,2024-03-05 00:00:00,\n"
    )


def test_an_empty_table_has_its_header_and_the_frame_stays() -> None:
    frame = pd.DataFrame({"a": ["=1"], "b": [1 / 3]})
    before = frame.copy()
    csv_bytes(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert csv_bytes(frame.iloc[:0]) == b"\xef\xbb\xbfa,b\n"


def test_commas_quotes_and_lines_come_back() -> None:
    frame = pd.DataFrame({"a": ['a,"b"', "two\nlines", "登记 → 转办"]})
    data = csv_bytes(frame).decode("utf-8-sig")
    assert pd.read_csv(pd.io.common.StringIO(data))["a"].tolist() == frame["a"].tolist()


def as_python_writes(value: Any) -> str:
    """One value as a cell, by Python's own rules."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return repr(round(value, 6))
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f").removesuffix(".000000")
    if isinstance(value, str):
        return ("'" if is_formula(value) else "") + visible(value)
    return str(value)


TEXTS = (
    st.none() | st.text(max_size=6) | st.sampled_from(["=1", "\u3000＝a", "\x1f-2", "a\u202e", ""])
)
HALVES = st.text(st.characters(categories=["Cs"]))
MOMENTS = st.none() | st.datetimes(pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01"))
NUMBERS = st.floats(-1e18, 1e18) | st.floats(-0.01, 0.01) | st.sampled_from([math.inf, math.nan])


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(
        st.tuples(TEXTS, NUMBERS, MOMENTS, st.integers(-(2**62), 2**62), st.booleans(),
                  TEXTS | st.integers() | st.booleans() | HALVES),
        min_size=1, max_size=20,
    )
)  # fmt: skip
def test_any_table_is_read_back_as_python_would_have_written_it(
    rows: list[tuple[Any, ...]],
) -> None:
    """Cell for cell, by Python's own reader; lines are joined in parts of three."""
    names = ["text", "number", "at", "whole", "truth", "mixed"]
    frame = pd.DataFrame({
        name: pd.Series(column, dtype=kind) for name, column, kind in zip(
            names, zip(*rows, strict=True),
            [object, "float64", "datetime64[us]", "int64", bool, object], strict=True)
    })  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_AT_ONCE", 3)
        told = csv_bytes(frame).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(told, newline="")))
    expected = [[as_python_writes(value) for value in row] for row in frame.astype(object).values]
    assert read == [names, *expected]
