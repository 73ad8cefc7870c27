"""Scales: known by their words, read from a codebook, and what one answer means on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.evidence.survey.scales import (
    FAMILIES,
    ROLES,
    Scale,
    degree,
    guess_scale,
    in_order,
    read_scale,
)


@pytest.mark.parametrize("words", FAMILIES, ids=lambda words: words[-1])
def test_a_scale_is_known_by_its_words_in_any_order(words: tuple[str, ...]) -> None:
    found = guess_scale(reversed(words))
    assert found is not None
    assert found.words == words
    assert in_order(found) == found
    assert in_order(Scale(tuple(reversed(words)))) == found


@pytest.mark.parametrize("words", FAMILIES, ids=lambda words: words[-1])
def test_what_is_missing_is_no_step(words: tuple[str, ...]) -> None:
    found = guess_scale([*words, "不了解", "不适用", "", "(跳过)"])
    assert found is not None
    assert found.words == words
    assert found.step("不适用") == "not_applicable"
    assert found.step("(跳过)") == "not_applicable"
    assert found.step("") == "blank"


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (["1", "2", "4", "5"], "1-5"),
        (["1", "2", "3", "4"], "1-4"),
        (["7", "1", "4"], "1-7"),
        (["10", "1", "8"], "1-10"),
        (["0", "10", "8"], "0-10"),
        (["5分", "3分", "1分"], "1-5"),
    ],
)
def test_numbers_are_on_the_shortest_range_that_holds_them(answers: list[str], text: str) -> None:
    found = guess_scale(answers)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "answers", [["本科", "大专"], ["是", "否"], ["1", "2"], ["", "(跳过)"], ["50", "2"]]
)
def test_what_is_no_scale(answers: list[str]) -> None:
    assert guess_scale(answers) is None


def test_words_that_no_family_has_are_put_in_order_by_how_strong_they_are() -> None:
    found = guess_scale(["十分满意", "不太满意", "基本满意", "极不满意"])
    assert found is not None
    assert found.words == ("极不满意", "不太满意", "基本满意", "十分满意")


@given(st.integers(0, 3), st.integers(4, 12))
def test_a_range_reads_its_own_numbers_and_no_other(low: int, high: int) -> None:
    scale = read_scale(f"{low}-{high}")
    assert isinstance(scale, Scale)
    assert [scale.step(str(n)) for n in range(low, high + 1)] == list(range(1, high - low + 2))
    assert scale.step(str(high + 1)) == "off_scale"
    assert scale.text == f"{low}-{high}"


def test_a_scale_that_is_not_in_order_is_put_in_order() -> None:
    mixed = Scale(("满意", "非常满意", "一般", "不满意"))
    assert in_order(mixed).words == ("不满意", "一般", "满意", "非常满意")
    assert in_order(Scale(("10", "9", "8"))).words == ("8", "9", "10")
    own = Scale(("红", "黄", "绿"))
    assert in_order(own) == own


def test_a_cell_that_is_neither_scale_nor_role() -> None:
    assert [read_scale(text) for text in ("5-1", "满意", "满意|", "满意|满意", "?")] == [None] * 5
    assert [read_scale(role) for role in ROLES] == list(ROLES)


def test_degrees_rise_along_each_family() -> None:
    for words in FAMILIES:
        told = [value for value in map(degree, words) if value is not None]
        assert told == sorted(told), words
