"""Columns on paper: they fill the page and never more, and what can be read is not broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.report.pdf.columns import PADDING, broken, ems, fitted, is_wide, plain

TEXTS = st.text(st.sampled_from("登记转办 a1.-号"), max_size=60)


@given(st.integers(1, 14).flatmap(lambda n: st.lists(
    st.lists(TEXTS, min_size=n, max_size=n), min_size=1, max_size=4)))  # fmt: skip
def test_a_table_is_never_wider_than_it_may_be(rows: list[list[str]]) -> None:
    size, widths = fitted(rows, 442.2)
    assert sum(widths) <= 442.2 + 0.1 * len(widths)
    assert len(widths) == len(rows[0])
    assert 6 <= size <= 12
    assert min(widths) > PADDING


@given(TEXTS, st.floats(2, 30))
def test_breaking_adds_places_to_break_and_nothing_else(text: str, most: float) -> None:
    assert broken(text, most).replace("\u200b", "") == text


def test_small_tables_keep_their_size_and_width() -> None:
    size, widths = fitted([["环节", "件数"], ["登记转办", "12"]], 442.2)
    assert size == 12
    assert widths[0] == pytest.approx(4 * 12 + PADDING, abs=3)
    assert sum(widths) < 120


def test_a_long_text_gets_the_room_that_short_ones_leave() -> None:
    _, (short, long, number) = fitted([["甲", "乙", "丙"], ["登记", "长" * 300, "12.5"]], 442.2)
    assert long > 330
    assert short == pytest.approx(2 * 12 + PADDING, abs=3)
    assert number < 50


def test_many_columns_are_set_smaller_before_the_page_is_turned() -> None:
    row = ["2024-12-13 15:27"] * 7
    size, widths = fitted([row], 442.2)
    assert size < 12
    assert not is_wide([["列"] * 9], 442.2)
    assert is_wide([["列"] * 10], 442.2)
    assert is_wide([["abcdefghijklmn"] * 9], 442.2)
    assert len(widths) == 7


def test_widths_of_signs() -> None:
    assert ems("〔2024〕") == pytest.approx(2 + 4 * 0.6)
    assert ems("i") < ems("a") < ems("A") < ems("登")


def test_what_no_page_can_show_is_taken_out() -> None:
    assert plain("a\x00\x07\ud800b\tc\nd") == "ab\tc\nd"
