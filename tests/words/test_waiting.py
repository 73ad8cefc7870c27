"""No phrase of this part is one of another part: the later would hide the earlier."""

from __future__ import annotations

from efficiency.words import COLUMNS, PARTS, PHRASES, waiting


def test_the_phrases_are_part_of_the_whole() -> None:
    assert waiting in PARTS
    assert waiting.PHRASES.items() <= PHRASES.items()
    assert waiting.COLUMNS.items() <= COLUMNS.items()


def test_no_other_part_has_the_same_keys() -> None:
    others = [part for part in PARTS if part is not waiting]
    assert not any(set(part.PHRASES) & set(waiting.PHRASES) for part in others)
    assert not any(set(part.COLUMNS) & set(waiting.COLUMNS) for part in others)
