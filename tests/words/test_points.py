"""No phrase of this part is one of another part: the later would hide the earlier."""

from __future__ import annotations

from efficiency.words import COLUMNS, PARTS, PHRASES, points


def test_the_phrases_are_part_of_the_whole() -> None:
    assert points in PARTS
    assert points.PHRASES.items() <= PHRASES.items()
    assert points.COLUMNS.items() <= COLUMNS.items()


def test_no_other_part_has_the_same_keys() -> None:
    others = [part for part in PARTS if part is not points]
    assert not any(set(part.PHRASES) & set(points.PHRASES) for part in others)
    assert not any(set(part.COLUMNS) & set(points.COLUMNS) for part in others)
