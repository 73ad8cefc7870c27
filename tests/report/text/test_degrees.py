"""A word of degree is said by its rule alone, never by mood."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.report.text.degrees import degree
from efficiency.words import PHRASES

WORDS = ("none", "slight", "clear", "large")
ends = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("part", "word"),
    [(0.0, "slight"), (0.0999, "slight"), (0.1, "clear"), (0.3333, "clear"), (1 / 3, "large"),
     (2.0, "large"), (-0.1, "clear"), (-0.5, "large")],
)  # fmt: skip
def test_by_how_large_a_part(part: float, word: str) -> None:
    """From a tenth on clear, from a third on large; the sign is told otherwise."""
    assert degree(part, 1.0, 2.0) == word


@pytest.mark.parametrize(
    ("low", "high"),
    [(-1.0, 2.0), (0.0, 2.0), (-2.0, 0.0), (math.nan, 2.0), (1.0, math.nan), (-math.inf, -1.0),
     (1.0, math.inf)],
)  # fmt: skip
def test_nothing_is_said_of_what_chance_may_bring(low: float, high: float) -> None:
    """Or of what has no interval."""
    assert degree(0.5, low, high) == "none"


@given(st.floats(-10, 10), ends, ends)
def test_the_word_hangs_on_the_interval_and_the_size(part: float, a: float, b: float) -> None:
    low, high = min(a, b), max(a, b)
    word = degree(part, low, high)
    assert (word == "none") == (low * high <= 0 and low <= 0 <= high)
    assert degree(-part, -high, -low) == word  # more and less are told alike
    if word != "none":
        assert WORDS.index(degree(part * 2, low, high)) >= WORDS.index(word)


def test_every_degree_has_its_word() -> None:
    """In Chinese 大幅, 明显 and 略; nothing where nothing may be said."""
    said = {word: PHRASES[f"degree_{word}"] for word in WORDS}
    assert [said[word][0] for word in WORDS] == ["", "略", "明显", "大幅"]
    assert said["none"] == ("", "")
