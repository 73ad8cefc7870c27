"""Dates, numbers and texts are read as people and spreadsheets write them, or refused."""

from __future__ import annotations

import datetime as dt
import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.evidence.points.cells import escaped, guarded, read_date, read_number, unguarded


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01", "2025-3-1", "2025/3/1", "2025/03/01", "2025.3.1", "2025年3月1日",
        "2025年03月01日", " 2025-03-01 ", "2025-03-01 00:00:00", "2025/3/1 9:30",
        "２０２５－３－１",
        "45717", "2025-03-01T08:00:00.000",
    ],
)  # fmt: skip
def test_forms_of_a_date(text: str) -> None:
    assert read_date(text) == pd.Timestamp("2025-03-01")


@pytest.mark.parametrize(
    "text", ["1/3/2025", "03-01-25", "2025-13-01", "2025-02-30", "soon", "########", "2025", "0",
             "457170", "2025-03", "三月一日"]
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_date(text)


def test_no_date_at_all() -> None:
    assert pd.isna(read_date(""))
    assert pd.isna(read_date("  "))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_a_date_is_the_day_that_excel_counts(day: dt.date) -> None:
    """Day 1 is 1900-01-01 and 1900 is taken for a leap year: from March 1900 on one more."""
    serial = (day - dt.date(1900, 1, 1)).days + 2
    assert read_date(str(serial)) == read_date(day.isoformat()) == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.625", 0.625), ("62.5%", 0.625), ("62.5 %", 0.625), ("６２．５％", 0.625), ("1", 1),
        ("1,234.5", 1234.5), ("1,234,567", 1234567), ("-0.5", -0.5), ("+3", 3), (".5", 0.5),
        ("1.5E-3", 0.0015), ("≥90%", 0.9), ("90%以上", 0.9), ("不低于 95%", 0.95),
        ("不超过2.5", 2.5), ("≤ 5%", 0.05), ("100%", 1.0), ("0%", 0.0), ("57%", 0.57),
    ],
)  # fmt: skip
def test_forms_of_a_number(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["abc", "%", "1,23", "1.2.3", "9成", "#N/A", "12 34", "5-10", "1e400%x", "nan", "inf"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_number(text)


def test_no_number_at_all() -> None:
    assert math.isnan(read_number(""))


@given(st.integers(0, 1000))
def test_a_percentage_is_the_number_next_to_it(tenths: int) -> None:
    """To the last bit, so that nothing is rewritten for a rounding error."""
    assert read_number(f"{tenths / 10}%") == float(f"{tenths}e-3")


@given(st.text())
def test_a_guarded_text_is_given_back(text: str) -> None:
    assert unguarded(guarded(text)) == unguarded(escaped(text)) == text


@given(st.text(min_size=1))
def test_what_is_guarded_is_no_formula(text: str) -> None:
    shown = guarded(text)
    assert shown[0] not in "=@\t\r"
    assert shown[0] not in "+-" or re.fullmatch(r"[-+]\d+(\.\d+)?%?", shown)
