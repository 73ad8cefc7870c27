"""A table as people read it: heads in words, figures as they are written, the table untouched."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from efficiency.language import Language
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


def figures(table: pd.DataFrame, language: Language = "zh") -> list[str]:
    """The cells as they are written, row by row."""
    return re.findall(r"<td[^>]*>(.*?)</td>", show(table, language).to_html())


def test_heads_and_figures_in_words() -> None:
    page = show(TABLE, "zh").to_html()
    for said in ("环节", "件数", "78.7%", "1,234", "1.2", "2024-03-05 18:00", "来文单位", "—"):
        assert said in page
    assert "nan" not in page.lower()
    assert "activity" in show(TABLE, "en").to_html()


@pytest.mark.parametrize(("language", "words"), [("zh", ("是", "否")), ("en", ("yes", "no"))])
def test_what_is_so_or_not_is_said_in_words(language: Language, words: tuple[str, str]) -> None:
    for kind in ("bool", "boolean"):
        table = pd.DataFrame({"open": pd.array([True, False], dtype=kind)})
        assert figures(table, language) == list(words)
    assert figures(pd.DataFrame({"open": pd.array([True, None], dtype="boolean")}))[1] == "—"


@pytest.mark.parametrize(
    ("values", "shown"),
    [([0.954, 9.996], ["0.95", "10.00"]), ([0.954, 10.0], ["1.0", "10.0"]),
     ([-12.0, np.nan], ["-12.0", "—"])],
)  # fmt: skip
def test_small_numbers_have_two_figures_after_the_point(
    values: list[float], shown: list[str]
) -> None:
    """Where all of a column are below ten."""
    assert figures(pd.DataFrame({"hours": values})) == shown


def test_what_stands_beside_a_share_is_a_share() -> None:
    """A target by itself may be hours."""
    beside = pd.DataFrame({"share": [0.5], "target": [0.9], "gap": [-0.4], "expected": [0.25]})
    assert figures(beside) == ["50.0%", "90.0%", "-40.0%", "25.0%"]
    assert figures(beside[["target"]]) == ["0.90"]


def test_the_doubts_of_a_log_name_its_columns_in_words() -> None:
    doubts = pd.DataFrame({"detail": ["end < received", "actor, end", "反馈时间"]})
    assert figures(doubts) == ["办完早于到达", "经办人、办完", "反馈时间"]
    assert figures(doubts, "en")[:2] == ["done before received", "actor, done"]


def test_heads_of_texts_stand_over_their_texts() -> None:
    page = show(pd.DataFrame({"activity": ["登记"], "n": [3]}), "zh").to_html()
    assert re.search(r"th\.col0 \{\s*text-align: left", page)
    assert not re.search(r"th\.col1 \{\s*text-align: left", page)


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


def test_codes_and_names_of_columns_are_words() -> None:
    table = pd.DataFrame(
        {
            "verdict": ["late", "met", "odd"],
            "attribute": ["unit", "来文单位", "hour_band"],
            "held_equal": ["activity; unit", "", None],
        }
    )
    assert figures(table) == [
        *("超时", "部门", "环节；部门"), *("达标", "来文单位", ""), *("odd", "起算时段", "—"),
    ]  # fmt: skip
    assert figures(table, "en")[0] == "late"


def test_a_p_is_no_percentage() -> None:
    table = pd.DataFrame({"p": [0.73, 0.0004, np.nan], "p_adjusted": [1.0, 0.0421, 0.001]})
    assert figures(table) == ["0.730", "1.000", "&lt;0.001", "0.042", "—", "0.001"]


def test_a_name_is_text_and_no_markup() -> None:
    table = pd.DataFrame({"activity": ["<b>登记</b>"], "unit": ["甲&乙"]})
    assert figures(table) == ["&lt;b&gt;登记&lt;/b&gt;", "甲&amp;乙"]
