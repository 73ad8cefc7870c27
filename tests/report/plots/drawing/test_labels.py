"""A label is broken into lines, and nothing but its end is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.report.plots.drawing.labels import LINE, LINES, in_lines

LETTERS = st.text(alphabet="收文办理 ab1", max_size=80)


def width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


@given(LETTERS)
def test_no_line_is_wider_and_what_is_cut_says_so(text: str) -> None:
    """Blanks may go at the breaks; all other signs stay up to the mark of a cut."""
    shown = in_lines(text)
    lines = shown.split("\n")
    assert len(lines) <= LINES
    assert all(width(line) <= LINE for line in lines)
    kept = shown.replace("\n", "").replace(" ", "")
    whole = text.replace(" ", "")
    assert kept == whole or (kept.endswith("…") and whole.startswith(kept[:-1]))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Stop indication settled within the permit", "Stop indication settled\nwithin the permit"),
        ("Step 'Draft' (in hand) · 2024-07-01", "Step 'Draft' (in hand) ·\n2024-07-01"),
        ("请示性文件收文登记后转有关业务处室", "请示性文件收文登记后转有关\n业务处室"),
    ],
)  # fmt: skip
def test_where_a_line_ends(text: str, lines: str) -> None:
    """English at a blank, whatever its signs; Chinese where the line is full."""
    assert in_lines(text) == lines


def test_a_short_label_stays() -> None:
    """As it is, in one line."""
    assert in_lines("拟办 · 综合处") == "拟办 · 综合处"
