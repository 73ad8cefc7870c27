"""No phrase of this part is one of another part: the later would hide the earlier."""

from __future__ import annotations

from efficiency.words import COLUMNS, PARTS, PHRASES, plots


def test_the_phrases_are_part_of_the_whole() -> None:
    assert plots in PARTS
    assert plots.PHRASES.items() <= PHRASES.items()
    assert plots.COLUMNS.items() <= COLUMNS.items()


def test_no_other_part_has_the_same_keys() -> None:
    others = [part for part in PARTS if part is not plots]
    assert not any(set(part.PHRASES) & set(plots.PHRASES) for part in others)
    assert not any(set(part.COLUMNS) & set(plots.COLUMNS) for part in others)
