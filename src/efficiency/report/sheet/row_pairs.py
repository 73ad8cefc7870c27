"""Which row of a table is which row of an edited copy of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

#: Rows by their numbers.
Rows: TypeAlias = Mapping[int, tuple[Any, ...]]
#: So many rows that have no equal are paired with those most like them; more by their place.
_MOST_COMPARED = 200
#: In the place of a number: there is no such row.
NONE = 0


def paired(found: Rows, expected: Rows) -> Iterator[tuple[int, int]]:
    """
    Pair the rows that are not equal; rows that only changed their places are left out.

    Parameters
    ----------
    found, expected
        The rows of the copy and of the table, from 1.

    Yields
    ------
    tuple
        The numbers of a found and an expected row, in order; `NONE` for a row without another.

    Examples
    --------
    >>> list(paired({1: ("b", 2), 2: ("a", 1)}, {1: ("a", 1), 2: ("b", 3), 3: ("c", 4)}))
    [(0, 3), (1, 2)]
    """
    rest, others = _unequal(found, expected)
    pairs = _likest(rest, others) if len(rest) * len(others) <= _MOST_COMPARED**2 else []
    pairs = pairs or [(number, number) for number in rest if number in others]
    paired_rows = {row for row, _ in pairs}
    paired_others = {other for _, other in pairs}
    added = [(row, NONE) for row in rest if row not in paired_rows]
    missing = [(NONE, other) for other in others if other not in paired_others]
    yield from sorted([*pairs, *added, *missing])


def _unequal(found: Rows, expected: Rows) -> tuple[Rows, Rows]:
    """The rows on either side that have no equal on the other."""
    moved = defaultdict(list)
    for number, row in found.items():
        if expected.get(number) != row:
            moved[row].append(number)
    others = {}
    for number, row in expected.items():
        if found.get(number) == row:
            continue
        if moved.get(row):
            moved[row].pop(0)
        else:
            others[number] = row
    left = {number for numbers in moved.values() for number in numbers}
    return {number: row for number, row in found.items() if number in left}, others


def _likest(found: Rows, expected: Rows) -> list[tuple[int, int]]:
    """The pairs that share most cells, those in one place first; rows that share none are none."""
    scored = []
    for number, row in found.items():
        for other, wanted in expected.items():
            shared = sum(one == two for one, two in zip(row, wanted, strict=True))
            score = shared + 0.5 * (number == other)
            if score:
                scored.append((-score, number, other))
    pairs: dict[int, int] = {}
    for _, number, other in sorted(scored):
        if number not in pairs and other not in pairs.values():
            pairs[number] = other
    return list(pairs.items())
