"""No phrase of this part is one of another part: the later would hide the earlier."""

from __future__ import annotations

from efficiency.words import COLUMNS, PARTS, PHRASES, what_if


def test_the_phrases_are_part_of_the_whole() -> None:
    assert what_if in PARTS
    assert what_if.PHRASES.items() <= PHRASES.items()
    assert what_if.COLUMNS.items() <= COLUMNS.items()


def test_no_other_part_has_the_same_keys() -> None:
    others = [part for part in PARTS if part is not what_if]
    assert not any(set(part.PHRASES) & set(what_if.PHRASES) for part in others)
    assert not any(set(part.COLUMNS) & set(what_if.COLUMNS) for part in others)
