"""Every row, column and unit of the contracts has its Chinese, and nothing else has."""

from __future__ import annotations

import re

import pytest

from efficiency import tables
from efficiency.words.meaning_words import MEANINGS, UNITS, meaning

TABLES = [table for table in vars(tables).values() if isinstance(table, tables.Table)]
SAID = {table.row for table in TABLES} | {
    column.meaning for table in TABLES for column in table.columns
}
COUNTED_IN = {column.unit for table in TABLES for column in table.columns if column.unit}


def test_every_row_meaning_and_unit_has_its_chinese() -> None:
    assert TABLES
    assert sorted(SAID - set(MEANINGS)) == []
    assert sorted(COUNTED_IN - set(UNITS)) == []


def test_nothing_is_there_that_no_contract_says() -> None:
    assert sorted(set(MEANINGS) - SAID) == []
    assert sorted(set(UNITS) - COUNTED_IN) == []


@pytest.mark.parametrize("words", [MEANINGS, UNITS], ids=["meanings", "units"])
def test_the_chinese_is_chinese_and_done(words: dict[str, str]) -> None:
    assert [text for text in words.values() if not re.search(r"[\u4e00-\u9fff]", text)] == []
    assert [text for text in words.values() if "TODO" in text or text != text.strip()] == []


def test_what_is_a_meaning_and_a_unit_has_one_chinese() -> None:
    both = set(MEANINGS) & set(UNITS)
    assert {text: MEANINGS[text] for text in both} == {text: UNITS[text] for text in both}


def test_a_meaning_is_said_in_the_language_that_is_asked_for() -> None:
    assert meaning("the deadline", "zh") == "到期时刻"
    assert meaning("hours", "zh") == "小时"
    assert meaning("the deadline", "en") == "the deadline"
    assert meaning("hours", "en") == "hours"


def test_what_is_not_known_stays_as_it_is() -> None:
    assert [meaning(text, "zh") for text in ("no such meaning", "")] == ["no such meaning", ""]
