"""What a review writes: cells that stay what they are, in every spreadsheet."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.reviews.documents.outputs import csv_bytes


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
