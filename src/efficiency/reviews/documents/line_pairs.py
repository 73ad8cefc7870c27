"""Lines of an edited document beside those that it ought to hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

_DIGITS = re.compile(r"\d[\d.,]*")


def unequal(found: list[str], expected: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """
    Pair the lines that differ: one that was edited with its original, one added or gone alone.

    Parameters
    ----------
    found, expected
        Lines in their order.

    Yields
    ------
    tuple
        As it stands there, and as it ought to; None: there is none.

    Examples
    --------
    >>> list(unequal(["甲 1件", "乙 3件"], ["甲 1件", "乙 2件", "丙 4件"]))
    [('乙 3件', '乙 2件'), (None, '丙 4件')]
    """
    for kind, left, right in _stretches(found, expected):
        if kind == "equal":
            continue
        # Inside a stretch an edited line is known by its words: only its numbers are others.
        for _, lines, now in _stretches(left, right, _worded):
            yield from (pair for pair in zip_longest(lines, now) if pair[0] != pair[1])


def _stretches(
    found: list[str], expected: list[str], key: Callable[[str], str] = str
) -> Iterator[tuple[str, list[str], list[str]]]:
    """Stretches of lines that are equal by a key, and those between."""
    keys = [[key(line) for line in lines] for lines in (found, expected)]
    matcher = difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for kind, first, last, start, stop in matcher.get_opcodes():
        yield kind, found[first:last], expected[start:stop]


def _worded(line: str) -> str:
    """A line by its words; what a row is of stands first, and counts with its digits."""
    first, gap, rest = line.partition(" ")
    return f"{first} {_DIGITS.sub('#', rest)}" if gap else _DIGITS.sub("#", line)
