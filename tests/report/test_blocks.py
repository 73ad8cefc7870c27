"""A report is put together of frozen values; a table for reading shows its cells as people do."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from efficiency.report.blocks import Heading, Note, Report, Text, grid


def test_adding_gives_a_new_report() -> None:
    empty = Report("t", "zh")
    full = empty.add(Heading("一"), Text("a")).add(Note("b"))
    assert empty.blocks == ()
    assert full.blocks == (Heading("一", 2), Text("a"), Note("b"))
    assert (full.title, full.language) == ("t", "zh")
    assert full.add() == full


@pytest.mark.parametrize("value", [Report("t", "zh"), Heading("a"), Text("a"), Note("a")])
def test_blocks_are_frozen(value: Report) -> None:
    name = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "other")


def cells(*values: object) -> list[str]:
    return [row[0] for row in grid(pd.DataFrame({"a": pd.Series(values)}), "").rows]


def test_numbers_have_their_thousands_parted() -> None:
    assert cells(1, 1234567, -20) == ["1", "1,234,567", "-20"]
    assert cells(0.25, 1234.56, float("nan")) == ["0.2", "1,234.6", "—"]
    assert cells(np.int64(1000), None, "a") == ["1,000", "—", "a"]


def test_missing_values_are_a_dash() -> None:
    assert cells("a", None) == ["a", "—"]
    assert [r[0] for r in grid(pd.DataFrame({"a": pd.array([1000, None], "Int64")}), "").rows] == [
        "1,000",
        "—",
    ]


def test_columns_of_numbers_and_what_looks_like_them() -> None:
    frame = pd.DataFrame(
        {
            "name": ["a", "b"],
            "n": [1, 2],
            "share": ["93.2%", "—"],
            "interval": ["1.0%–2.0%", "<5, withheld"],
            "case": ["007", "008"],
        }
    )
    made = grid(frame, "caption")
    assert made.headings == ("name", "n", "share", "interval", "case")
    assert made.numeric == (False, True, True, False, True)
    assert made.caption == "caption"
    # An id stays as it was typed.
    assert made.rows[0][-1] == "007"


def test_a_table_without_rows() -> None:
    made = grid(pd.DataFrame({"a": pd.Series(dtype=object)}), "")
    assert (made.rows, made.numeric) == ((), (False,))


def test_the_frame_is_untouched() -> None:
    frame = pd.DataFrame({"a": [1.5, None]})
    before = frame.copy()
    grid(frame, "")
    pd.testing.assert_frame_equal(frame, before)
