"""Text as text: nothing hidden in it, nothing that turns it round, no live formula."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency._doors.signs import FORMULA, is_formula, visible, visible_in

#: Of the Unicode standard: what has no glyph and is none of blank, tab, line end.
UNSEEN = {"Cc", "Cs"}
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(st.characters(codec=None, categories=["L", "N", "P", "S", "Z", "C"]), max_size=40))
def test_nothing_is_left_that_nobody_sees(text: str) -> None:
    """By the categories of the Unicode standard; what is seen stays as it is."""
    shown = visible(text)
    assert not any(
        (unicodedata.category(sign) in UNSEEN and sign not in "\t\n\r")
        or unicodedata.bidirectional(sign) in BIDI
        for sign in shown
    )
    assert visible(shown) == shown


def test_each_control_has_its_own_picture() -> None:
    told = [visible(chr(code)) for code in range(0x20) if chr(code) not in "\t\n\r"]
    assert len(set(told)) == len(told)
    assert all(unicodedata.name(sign).startswith("SYMBOL FOR") for sign in told)


def test_in_lists_and_dicts() -> None:
    assert visible_in({"a": ["\x00", ("\x01", 1)]}) == {"a": ["␀", ["␁", 1]]}


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@a", " =1", "\u3000=1", "\t=1", "＝1", "＋1", "－1", "＠a", "\ufeff=1",
     "\u200b =1", "\r1", "\t1", "\n=1"],
)  # fmt: skip
def test_formulas(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["收文", "a=1", "", "〔2024〕1号", "1-2", "（=1）"])
def test_no_formulas(text: str) -> None:
    assert not is_formula(text)
    assert FORMULA
