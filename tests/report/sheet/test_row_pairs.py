"""Rows that were sorted, changed, added or taken out, against what was done to them."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from efficiency.report.sheet.row_pairs import NONE, paired

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8)


def numbered(rows: list[tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    return dict(enumerate(rows, 1))


@given(ROWS, st.randoms())
def test_sorting_is_no_difference(rows: list[tuple[int, ...]], chance: random.Random) -> None:
    moved = chance.sample(rows, len(rows))
    assert list(paired(numbered(moved), numbered(rows))) == []


@given(ROWS, ROWS)
def test_each_row_has_one_other_at_most(a: list[tuple[int, ...]], b: list[tuple[int, ...]]) -> None:
    found, expected = numbered(a), numbered(b)
    pairs = list(paired(found, expected))
    left = [row for row, _ in pairs if row != NONE]
    right = [row for _, row in pairs if row != NONE]
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)
    assert all(found[one] != expected[other] for one, other in pairs if one and other)
    # What is left out on both sides is equal.
    rest = sorted(found[n] for n in found if n not in left)
    assert rest == sorted(expected[n] for n in expected if n not in right)


def test_a_changed_row_is_found_after_sorting() -> None:
    rows = [(n, n * 10, n * 100) for n in range(1, 6)]
    edited = [*rows[::-1]]
    edited[1] = (4, 41, 400)
    assert list(paired(numbered(edited), numbered(rows))) == [(2, 4)]


def test_a_row_that_was_put_in_or_taken_out() -> None:
    rows = [(1, 1), (2, 2), (3, 3)]
    assert list(paired(numbered([(1, 1), (9, 9), (2, 2), (3, 3)]), numbered(rows))) == [(2, NONE)]
    assert list(paired(numbered([(1, 1), (3, 3)]), numbered(rows))) == [(NONE, 2)]


def test_very_many_changed_rows_are_paired_by_their_place() -> None:
    rows = [(n, 0) for n in range(500)]
    edited = [(n, 1) for n in range(501)]
    pairs = list(paired(numbered(edited), numbered(rows)))
    assert pairs == [*((n, n) for n in range(1, 501)), (501, NONE)]
