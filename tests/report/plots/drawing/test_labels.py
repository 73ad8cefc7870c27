"""A label is broken into lines, and nothing but its end is lost."""

from __future__ import annotations

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


def test_a_short_label_stays() -> None:
    """As it is, in one line."""
    assert in_lines("拟办 · 综合处") == "拟办 · 综合处"
