"""No phrase of this part is one of another part: the later would hide the earlier."""

from __future__ import annotations

from efficiency.words import COLUMNS, PARTS, PHRASES, load


def test_the_phrases_are_part_of_the_whole() -> None:
    assert load in PARTS
    assert load.PHRASES.items() <= PHRASES.items()
    assert load.COLUMNS.items() <= COLUMNS.items()


def test_no_other_part_has_the_same_keys() -> None:
    others = [part for part in PARTS if part is not load]
    assert not any(set(part.PHRASES) & set(load.PHRASES) for part in others)
    assert not any(set(part.COLUMNS) & set(load.COLUMNS) for part in others)
