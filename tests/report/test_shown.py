"""A table as people read it: heads in words, figures as they are written, the table untouched."""

from __future__ import annotations

import numpy as np
import pandas as pd

from efficiency.report.shown import MOST_ROWS, show

TABLE = pd.DataFrame(
    {
        "activity": ["登记", None],
        "n": [1234, 5],
        "share": [0.787, np.nan],
        "median": [1.25, np.nan],
        "due": pd.to_datetime(["2024-03-05 18:00", None]),
        "target_met": pd.array([True, None], dtype="boolean"),
        "来文单位": ["甲县", "乙县"],
    }
)


def test_heads_and_figures_in_words() -> None:
    page = show(TABLE, "zh").to_html()
    for said in ("环节", "件数", "78.7%", "1,234", "1.2", "2024-03-05 18:00", "来文单位", "—"):
        assert said in page
    assert "nan" not in page.lower()
    assert "activity" in show(TABLE, "en").to_html()


def test_the_table_is_untouched() -> None:
    before = TABLE.copy()
    show(TABLE, "zh").to_html()
    pd.testing.assert_frame_equal(TABLE, before)


def test_only_so_many_rows_are_shown() -> None:
    long = pd.DataFrame({"n": range(100)})
    assert show(long, "zh").to_html().count("<tr>") == MOST_ROWS + 1
    assert show(long, "zh", rows=3).to_html().count("<tr>") == 4


def test_columns_that_would_be_called_alike_keep_their_names() -> None:
    both = pd.DataFrame({"unit": ["甲"], "部门": ["乙"]})
    assert list(show(both, "zh").data.columns) == ["unit", "部门"]  # type: ignore[attr-defined]


def test_no_rows_and_no_columns() -> None:
    assert "<table" in show(TABLE.iloc[:0], "zh").to_html()
    assert "<table" in show(pd.DataFrame(), "zh").to_html()
