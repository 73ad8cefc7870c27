"""A report is put together of frozen values; tables, pictures and numbers are numbered in order."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from efficiency.report.blocks import (
    Grid,
    Heading,
    KeyFigures,
    Note,
    Paragraph,
    Ref,
    Report,
    Text,
    grid,
    numbered,
    read,
)
from efficiency.report.numbers import Bound
from reported import number, report


@pytest.mark.parametrize("value", [Report("t", "zh"), Heading("a"), Text("a"), Note("a")])
def test_blocks_are_frozen(value: Report) -> None:
    name = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "other")


def test_numbers_tables_and_pictures_count_through_all_three_layers() -> None:
    made = report()
    ids = [one.id for one in made.numbers()]
    assert ids == [f"n{n:04d}" for n in range(1, 8)]
    labels = [block.label for block in made.blocks if isinstance(block, Grid)]
    assert labels == ["表1", "表2"]
    said = [block.text for block in made.body if isinstance(block, Paragraph)]
    assert "达标率为78.7%，见表1、图1。" in said


def test_a_card_and_a_pair_hold_labels_too() -> None:
    *_, card, pair = report("en").annex
    assert card.evidence.label == "Table 3"  # type: ignore[union-attr]
    assert (pair.left.label, pair.right.label) == ("Figure 2", "Figure 3")  # type: ignore[union-attr]


def test_what_is_spoken_of_must_be_there() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        numbered(Report("t", "zh", body=(Paragraph((Ref("nowhere"),)),)))


def test_spans_are_read_in_order_whatever_they_are() -> None:
    assert read(("a", number("1.0"), Ref("x"))) == "a1.0〔x〕"
    items = KeyFigures((("n", (number("3"), "件")),))
    ((_, spans),) = numbered(Report("t", "zh", summary=(items,))).summary[0].items  # type: ignore[union-attr]
    assert isinstance(spans[0], Bound)
    assert spans[0].id == "n0001"


def cells(*values: object) -> list[object]:
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
            "bound": [number("93.2%"), number("4")],
            "interval": ["1.0%–2.0%", "<5, withheld"],
            "case": ["007", "008"],
        }
    )
    made = grid(frame, "caption")
    assert made.headings == ("name", "n", "share", "bound", "interval", "case")
    assert made.numeric == (False, True, True, True, False, True)
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
