"""Edited lines beside their originals, whatever was added or taken out around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from efficiency.reviews.documents.line_pairs import unequal

LINES = st.lists(st.sampled_from(["a 1", "a 2", "b 1", "c"]), max_size=8)


def test_an_edited_line_is_paired_past_one_that_is_new() -> None:
    found = ["head", "new 7", "b 9", "foot"]
    assert [*unequal(found, ["head", "b 2", "foot"])] == [("new 7", None), ("b 9", "b 2")]


@given(LINES, LINES)
def test_every_line_that_differs_stands_in_one_pair(found: list[str], expected: list[str]) -> None:
    pairs = [*unequal(found, expected)]
    left, right = ([side for side in sides if side is not None] for sides in
                   ([a for a, _ in pairs], [b for _, b in pairs]))  # fmt: skip
    assert len(found) - len(left) == len(expected) - len(right)
    assert all(a != b for a, b in pairs)


@given(LINES)
def test_equal_texts_differ_nowhere(lines: list[str]) -> None:
    assert [*unequal(lines, lines)] == []
